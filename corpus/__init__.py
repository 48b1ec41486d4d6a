"""Documents in, text with exact offsets out, and in that text the project records.

Knows nothing of stores, questions or pages: it imports no other part of this program.
"""
