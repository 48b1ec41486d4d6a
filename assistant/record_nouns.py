"""What a store's sources call their records, where that is no word for a project: loans, awards, studies, schemes.

Learnt from the labels of what tells one record from another, `Loan No.`, and from the names of registers, `loans.csv`.
In a question such a noun is read as "project", so that the grammar needs not know it.
"""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from assistant.grammar import grammar
from assistant.heard import Heard, hear
from assistant.translation import translations_of
from corpus.files import file_of
from corpus.reading import REGISTER_READERS
from corpus.words import fold, words
from index.selection import Names

_ROMANIAN = {
    "ilor": "proiectelor", "elor": "proiectelor", "ile": "proiectele", "ele": "proiectele", "uri": "proiecte",
    "ului": "proiectului", "ul": "proiectul", "e": "proiecte", "i": "proiecte",
}  # fmt: skip
"""How a noun ends, the longest ending first, and "project" with the same."""
MOST = 0.5
"""Share of the records that have a label."""
TELLS_APART = re.compile(r"([^\W\d_]{4,})[\W_]*(?:no|nr|id|number|code|ref|reference|title|name|titlul?|cod|numar)\W*")
"""A label of what every record has for itself."""


def record_nouns(names: Names) -> frozenset[str]:
    """The nouns, in the singular: of labels that most records have, and of registers called in the plural."""
    told = []
    for label in names.labels:
        if label.count >= MOST * len(names.titles) and (match := TELLS_APART.fullmatch(fold(label.label))):
            told.append(match[1])
    for file in {file_of(title.source) for title in names.titles}:
        path = PurePosixPath(file)
        called = words(path.name.partition(".")[0])[-1:] if path.suffix in REGISTER_READERS else []
        told += [word.removesuffix("s") for word in called if word.endswith("s")]
    known = grammar().closed | grammar().helpers
    return frozenset(word for word in told if word.isalpha() and word not in known and not _is_known(word))


def as_projects(question: str, language: str, nouns: frozenset[str], labels: Iterable[str]) -> str:
    """The question with nouns for records read as "project"; part of a label or of a name they stay: "loan amount"."""
    heard = hear(question, language)
    squashed = ["".join(words(label)) for label in labels] if nouns else []
    for at in range(len(heard.words) - 1, -1, -1):
        if not heard.is_name(at) and _means(heard, at, nouns) and not _in_label(heard, at, squashed):
            start, end = heard.spans[at]
            question = f"{question[:start]}{_project(heard.words[at], language)}{question[end:]}"
    return question


def _means(heard: Heard, at: int, nouns: frozenset[str]) -> bool:
    word = heard.words[at]
    if word in nouns or word.removesuffix("s") in nouns:
        return True
    return heard.language == "ro" and not nouns.isdisjoint(translations_of(word, "ro"))


def _in_label(heard: Heard, at: int, labels: Iterable[str]) -> bool:
    pairs = ["".join(heard.words[first : first + 2]) for first in (at - 1, at) if first >= 0]
    return any(len(pair) > len(heard.words[at]) and label.startswith(pair) for pair in pairs for label in labels)


def _is_known(word: str) -> bool:
    return any(grammar().across[key].fullmatch(word) for key in ("records", "several", "organisations"))


def _project(word: str, language: str) -> str:
    if language != "ro":
        return "projects" if word.endswith("s") else "project"
    ending = next((ending for ending in _ROMANIAN if word.endswith(ending)), "")
    return _ROMANIAN.get(ending, "proiect")
