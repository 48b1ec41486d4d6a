"""Known questions in, scores out: how good the answers are, and whether that can be believed.

Imports the layers it measures; they do not know of it.
"""
