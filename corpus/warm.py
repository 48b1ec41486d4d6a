"""Imported by the server that processes which read are forked from, for what it does: load what every file needs.

Telling languages apart and knowing countries takes most of a second to load; forked processes find it there.
"""

from contextlib import suppress

from corpus.places import countries_in
from corpus.reading import detect_language

with suppress(Exception):  # a full disk, for one: it fails once more where it is needed, and is told there
    detect_language("What is loaded now need not be loaded by each of them.")
    countries_in("Romania")
