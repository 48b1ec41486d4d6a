"""A small reading model: where in a passage a question is answered, or that it is not.

`reader.onnx` comes with the program; CARD.md says what it is, what it was made of and what it cannot do. Another one is
trained by whoever has questions to train it on (`python -m assistant.reader train`), and used where `ASSISTANT_READER`
names its file.
"""
