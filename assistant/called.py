"""What questions may call the projects of a store: titles, aliases, references, and the titles of their pages."""

from collections import Counter

from assistant.grammar import grammar
from assistant.names import DOCUMENT, PROJECT, Called
from corpus.titles import aliases_of
from corpus.words import fold, words
from index.selection import Names

FEWEST_TELLING = 2
"""Telling words from which a page's title names the project on it: "Projects 2019" names none."""


def called_in(names: Names) -> list[Called]:
    """The names of projects, and of the documents that describe none."""
    found = []
    for title in names.titles:
        found.append(Called(PROJECT, title.title, title.id))
        found += [Called(PROJECT, alias, title.id, whole=True) for alias in title.aliases]
        if title.reference:
            found.append(Called(PROJECT, title.reference, title.id, whole=True))
    for identity, name in names.documents:
        found.append(Called(DOCUMENT, name, identity))
        found += [Called(DOCUMENT, alias, identity, whole=True) for alias in aliases_of(name)]
    return found


def pages_in(names: Names) -> list[Called]:
    """The titles of pages that describe one project alone, where it is called otherwise and no other page so."""
    own = Counter(title.source for title in names.titles)
    pages = Counter({title.source: title.page for title in names.titles}.values())
    closed = grammar().closed
    return [
        Called(PROJECT, title.page, title.id)
        for title in names.titles
        if own[title.source] == pages[title.page] == 1
        and fold(title.page) != fold(title.title)
        and sum(word.isalpha() and word not in closed for word in words(title.page)) >= FEWEST_TELLING
    ]
