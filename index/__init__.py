"""Documents and records in, a store that can be searched out: the catalogue and the vectors.

Imports `corpus`; knows nothing of questions, answers or pages.
"""
