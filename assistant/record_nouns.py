"""What a store's sources call their records, where that is no word for a project: loans, awards, studies, schemes.

Learnt from the labels of what tells one record from another, `Loan No.`, and from the names of registers, `loans.csv`.
In a question such a noun is read as "project", so that the grammar needs not know it.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from assistant.grammar import grammar
from assistant.heard import Heard, hear
from assistant.plan import Condition
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
MAY_NAME_RECORDS = frozenset({"award"})
"""Words that go with any question, but are what records are called where a label or a file says so."""
TELLS_APART = re.compile(r"([^\W\d_]{4,})[\W_]*(?:no|nr|id|number|code|ref|reference|title|name|titlul?|cod|numar)\W*")
"""A label of what every record has for itself."""


def record_nouns(names: Names) -> dict[str, tuple[str, ...]]:
    """The nouns, in the singular, with the labels that say so: those that most records have; none of a file's name."""
    told: dict[str, tuple[str, ...]] = {}
    for file in {file_of(title.source) for title in names.titles}:
        path = PurePosixPath(file)
        called = words(path.name.partition(".")[0])[-1:] if path.suffix in REGISTER_READERS else []
        told |= {word.removesuffix("s"): () for word in called if word.endswith("s")}
    for label in names.labels:
        if label.count >= MOST * len(names.titles) and (match := TELLS_APART.fullmatch(fold(label.label))):
            told[match[1]] = (*told.get(match[1], ()), label.label)
    known = (grammar().closed | grammar().helpers) - MAY_NAME_RECORDS
    return {word: own for word, own in told.items() if word.isalpha() and word not in known and not _is_known(word)}


def as_projects(
    question: str, language: str, nouns: Mapping[str, tuple[str, ...]], labels: Iterable[str]
) -> tuple[str, Condition | None]:
    """(the question with nouns for records read as "project", what such records are told by).

    Part of a label or of a name a noun stays: "loan amount".
    """
    heard = hear(question, language)
    squashed = ["".join(words(label)) for label in labels] if nouns else []
    condition = None
    for at in range(len(heard.words) - 1, -1, -1):
        noun = None if heard.is_name(at) else _meant(heard, at, nouns)
        if noun and not _in_label(heard, at, squashed):
            start, end = heard.spans[at]
            if nouns[noun]:
                condition = Condition("kind", heard.written(at), labels=nouns[noun])
            question = f"{question[:start]}{_project(heard.words[at], language)}{question[end:]}"
    return question, condition


def _meant(heard: Heard, at: int, nouns: Mapping[str, tuple[str, ...]]) -> str | None:
    word = heard.words[at]
    # The first translation alone: „împrumutatul” is the borrower, though "loan" is among what it may stand for.
    forms = [word, word.removesuffix("s"), *(translations_of(word, "ro")[:1] if heard.language == "ro" else ())]
    return next((form for form in forms if form in nouns), None)


def _in_label(heard: Heard, at: int, labels: Iterable[str]) -> bool:
    pairs = ["".join(heard.words[first : first + 2]) for first in (at - 1, at) if first >= 0]
    forms = [form for pair in pairs for form in (pair, pair.removesuffix("s")) if len(pair) > len(heard.words[at])]
    return any(label.startswith(form) for form in forms for label in labels)


def _is_known(word: str) -> bool:
    return any(grammar().across[key].fullmatch(word) for key in ("records", "several", "organisations"))


def _project(word: str, language: str) -> str:
    if language != "ro":
        return "projects" if word.endswith("s") else "project"
    ending = next((ending for ending in _ROMANIAN if word.endswith(ending)), "")
    return _ROMANIAN.get(ending, "proiect")
