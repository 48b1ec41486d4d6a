"""QA pairs: questions with the answers, sources and answerability a person has fixed, as JSON Lines.

A source names a document of the store and words that stand in it; where they stand is looked up, so that a set survives
the document being moved or lengthened.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document, Span
from corpus.files import file_of
from eval.errors import EvaluationError
from eval.json_lines import read_rows


@dataclass(frozen=True, slots=True)
class Source:
    """Words that an answer has to rest on."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One question; `history` are earlier questions.

    A right answer holds one of `answers` if there are any, one alternative of each item of `every`, none of `none`.
    """

    id: str
    question: str
    kind: str
    language: str
    answerable: bool
    answers: tuple[str, ...]
    sources: tuple[Source, ...]
    history: tuple[str, ...] = ()
    every: tuple[tuple[str, ...], ...] = ()
    none: tuple[str, ...] = ()


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a file.

    Raises:
        MisuseError: there is no such file.
        EvaluationError: naming the line and the field that is wrong, or that the file holds no pair.
    """
    pairs = [_pair(given, where) for where, given in read_rows(path, "give a JSON Lines file with --qa FILE")]
    if not pairs:
        raise EvaluationError(f"{path} holds no question; write one JSON object a line, as docs/evaluation.md shows")
    seen: set[str] = set()
    for pair in pairs:
        if pair.id in seen:
            raise EvaluationError(f"{path}: the id {pair.id!r} is used twice")
        seen.add(pair.id)
    return pairs


def _pair(given: dict[str, Any], where: str) -> Pair:
    answerable = _get(given, "answerable", bool, where)
    answers = tuple(_strings(given, "answers", where))
    raw_sources = _get(given, "sources", list, where)
    if not all(isinstance(source, dict) for source in raw_sources):
        raise EvaluationError(f"{where}: field 'sources' has to hold objects with 'document' and 'quote'")
    sources = tuple(Source(_get(s, "document", str, where), _get(s, "quote", str, where)) for s in raw_sources)
    every = tuple(_alternatives(given, where))
    if answerable and not (every or answers):
        raise EvaluationError(f"{where}: an answerable question needs 'answers' or 'all'")
    if not any(character.isalnum() for character in _get(given, "question", str, where)):
        raise EvaluationError(f"{where}: field 'question' holds no word")
    text = {name: _get(given, name, str, where) for name in ("id", "question", "kind", "language")}
    return Pair(
        **text,
        answerable=answerable,
        answers=answers,
        sources=sources,
        history=tuple(_strings(given, "history", where)),
        every=every,
        none=tuple(_strings(given, "none", where)),
    )


def _alternatives(given: dict[str, Any], where: str) -> Iterator[tuple[str, ...]]:
    for item in _get(given, "all", list, where):
        several = item if isinstance(item, list) else [item]
        if not several or not all(isinstance(one, str) and one.strip() for one in several):
            raise EvaluationError(f"{where}: field 'all' has to hold strings or lists of them, not {item!r}")
        yield tuple(several)


def _get(given: dict[str, Any], name: str, kind: type, where: str) -> Any:
    value = given.get(name, [] if kind is list else None)
    if not isinstance(value, kind) or (isinstance(value, str) and not value.strip()):
        raise EvaluationError(
            f"{where}: field {name!r} has to be a {'non-empty string' if kind is str else kind.__name__}, not {value!r}"
        )
    return value


def _strings(given: dict[str, Any], name: str, where: str) -> Iterator[str]:
    for value in _get(given, name, list, where):
        if not isinstance(value, str):
            raise EvaluationError(f"{where}: field {name!r} has to hold strings, not {value!r}")
        yield value


def locate(source: Source, documents: dict[str, Document], pair_id: str) -> list[tuple[str, Span]]:
    """Every (document source, place) of the quote; white space may differ.

    A source that names a register's file means all its parts, so that a set survives rows being added before one.

    Raises:
        EvaluationError: the store has no such document, or the words are not in it.
    """
    parts = [one for one in documents.values() if source.document in (one.source, file_of(one.source))]
    if not parts:
        raise EvaluationError(
            f"{pair_id}: the store holds no document {source.document!r}; it holds {', '.join(sorted(documents)[:5])}"
        )
    pattern = re.compile(r"\s+".join(map(re.escape, source.quote.split())))
    places = [(one.source, Span(*match.span())) for one in parts for match in pattern.finditer(one.text)]
    if not places:
        raise EvaluationError(f"{pair_id}: {source.document} does not hold the words {source.quote!r}")
    return places
