"""The records of one register, called by its file's name: "which small grants", of a store with `small-grants.csv`.

Or in one word, "micro-grants", of one with `microgranturi.xlsx`.
Learnt from the names of registers; a word that says more in a question, such as "finished", names none.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from assistant.grammar import grammar
from assistant.heard import hear
from assistant.plan import Condition
from assistant.translation import translations_of
from assistant.value_words import anywhere
from corpus.files import file_of
from corpus.folding import fold_keeping_length
from corpus.reading import REGISTER_READERS
from corpus.words import stem, words
from index.filters import Filters
from index.selection import Names

BOUNDARY = r"\b"
FEWEST, MOST = 2, 3
"""Words of such a name, the noun for records among them."""
SHORTEST_PART = 3
"""Letters of what makes one word of a noun for records and more: `microgranturi`."""
MOST_FORMS = 3
"""Translations of a word that are taken for it."""


def registers_named(names: Names, nouns: Mapping[str, tuple[str, ...]]) -> dict[frozenset[str], tuple[str, ...]]:
    """The documents of registers, by the stems of the words of their names; `nouns` are what records are called."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    sources = tuple(dict.fromkeys(title.source for title in names.titles))
    for file in dict.fromkeys(map(file_of, sources)):
        path = PurePosixPath(file)
        said = words(path.name.partition(".")[0]) if path.suffix in REGISTER_READERS else []
        if len(said) == 1 and (part := _first_part(said[0])):
            found[frozenset({part})] = tuple(s for s in sources if file_of(s) == file)
        is_named = FEWEST <= len(said) <= MOST and _is_noun(said[-1], nouns) and all(map(_is_telling, said[:-1]))
        if is_named:
            found[frozenset(stem(word, "en") for word in said)] = tuple(s for s in sources if file_of(s) == file)
    return found


def in_register(
    question: str, language: str, registers: Mapping[frozenset[str], tuple[str, ...]]
) -> tuple[str, Condition | None]:
    """(the question with the noun alone in place of a register's name, that records are of it)."""
    heard = hear(question, language)
    operated = heard.matching([grammar().across["highest"], grammar().across["lowest"]])  # „cel mai mic grant”
    forms = [_forms(word, language) if registers else frozenset[str]() for word in heard.words]
    for key, sources in registers.items():
        if len(key) == 1:
            if match := _in_one_word(next(iter(key))).search(fold_keeping_length(question)):
                condition = Condition("kind", question[slice(*match.span())], (Filters(documents=sources),))
                return question[: match.start()] + question[match.start("noun") :], condition
            continue  # the first part alone says nothing of records
        for start in range(len(heard.words) - len(key) + 1):
            run = range(start, start + len(key))
            if any(at in operated or heard.is_name(at) for at in run) or not _are(key, [forms[at] for at in run]):
                continue
            noun = start if language == "ro" else start + len(key) - 1
            begin, finish = heard.spans[start][0], heard.spans[start + len(key) - 1][1]
            condition = Condition("kind", question[begin:finish], (Filters(documents=sources),))
            return f"{question[:begin]}{heard.written(noun)}{question[finish:]}", condition
    return question, None


def _first_part(word: str) -> str:
    """What stands before a noun for records within one word."""
    starts = range(SHORTEST_PART, len(word) - SHORTEST_PART)
    return next((word[:at] for at in starts if grammar().across["several"].fullmatch(word[at:])), "")


def _in_one_word(part: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b{re.escape(part)}[- ]?(?P<noun>{grammar().across['records'].pattern.removeprefix(BOUNDARY)})"
    )


def _are(key: frozenset[str], forms: Sequence[frozenset[str]]) -> bool:
    """Whether words are those of a name, each once, in any order."""
    return all(any(one in own for own in forms) for one in key) and all(own & key for own in forms)


def _forms(word: str, language: str) -> frozenset[str]:
    own = {stem(word, "en"), *(translations_of(word, "ro")[:MOST_FORMS] if language == "ro" else ())}
    return frozenset(own)


def _is_noun(word: str, nouns: Mapping[str, tuple[str, ...]]) -> bool:
    return word.removesuffix("s") in nouns or grammar().across["several"].fullmatch(word) is not None


def _is_telling(word: str) -> bool:
    """Whether a word says nothing else in a question: no status, order, time or amount."""
    across, values = grammar().across, ("started", "ended", "ran", "before", "after")
    known = grammar().closed | grammar().helpers
    patterns = (*across.values(), *grammar().comparatives.values(), *map(anywhere, values))
    return word.isalpha() and word not in known and not any(one.fullmatch(word) for one in patterns)
