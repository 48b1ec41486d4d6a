"""A small reading model: where in a passage a question is answered, or that it is not.

Trained by whoever has questions to train it on (`python -m assistant.reader train`), and used where `ASSISTANT_READER`
names its file.
"""
