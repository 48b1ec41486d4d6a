"""A small reading model: where in a passage a question is answered, or that it is not.

Trained by the project itself (`python -m assistant.reader train`), shipped as `reader.onnx`; CARD.md tells from what,
how well and with what limits.
"""
