"""A question in, an answer with citations or a refusal out.

Imports `index` and `corpus`; knows nothing of evaluation, and of pages only in its `panel` module.
"""
