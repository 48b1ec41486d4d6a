"""QA pairs: questions with the answers, sources and answerability a person has fixed, as JSON Lines.

A source names a document of the store and words that stand in it, or a project that it describes; where they stand is
looked up (`eval.gold`), so that a set survives the document being moved or lengthened. How a line is written is the
schema's matter (`eval.schema`), what is wrong in a file is told by `eval.validate`.
"""

import json
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import digest
from eval.errors import EvaluationError
from eval.json_lines import Row, read_lines
from eval.lines import Line, Mistake
from eval.validate import examine

SHIPPED = Path(__file__).parent / "sample.jsonl"
"""The set over the sample corpus."""
DIGITS = 16
"""Of a pair's digest; two of a million pairs have the same by chance once in thirty million times."""


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer has to rest on: words of a document, or the whole of what it says of a project.

    `document` may be a register's file, for any of its parts. One of `quote` and `project` is given; a project is
    named by its title, its id or its reference.
    """

    document: str
    quote: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One question; `history` are earlier questions.

    A right answer holds one of `answers` if there are any, one alternative of each item of `every`, none of `none`,
    and cites one alternative of each of `sources`. `original` is the question that this one says in other words.
    """

    id: str
    question: str
    kind: str
    language: str
    answerable: bool
    answers: tuple[str, ...]
    sources: tuple[tuple[Source, ...], ...]
    history: tuple[str, ...] = ()
    every: tuple[tuple[str, ...], ...] = ()
    none: tuple[str, ...] = ()
    original: "Pair | None" = None


def read_pairs(path: Path, originals: Path = SHIPPED) -> list[Pair]:
    """The pairs of a file; those that say another question in other words find it there or in `originals`.

    Raises:
        MisuseError: there is no such file, or it is not text.
        EvaluationError: the line and the field of the first mistake, and how to see the others.
    """
    lines, mistakes = examine(read_lines(path, "give a JSON Lines file with --qa FILE"), originals)
    if mistakes:
        raise EvaluationError(_first_of(mistakes, path, originals))
    return [pair_of(line) for line in lines]


def pairs_of(rows: Iterable[Row], originals: Path = SHIPPED, called: str = "proposed questions") -> list[Pair]:
    """The pairs of rows that stand in no file yet; `called` is what a message says in place of the file's name.

    Raises:
        EvaluationError: the first mistake, by the row's number as the line and by field.
    """
    lines, mistakes = examine(map(json.dumps, rows), originals)
    if mistakes:
        raise EvaluationError(mistakes[0].told(Path(called)))
    return [pair_of(line) for line in lines]


def _first_of(mistakes: Sequence[Mistake], path: Path, originals: Path) -> str:
    said = mistakes[0].told(path)
    if more := len(mistakes) - 1:
        given = [str(path), *(["--originals", str(originals)] if originals != SHIPPED else [])]
        said += f" ({more} more mistake{'s' * (more > 1)}; see all with: python -m eval check {shlex.join(given)})"
    return said


def pair_of(line: Line) -> Pair:
    """The pair of a line without mistakes."""
    given = line.whole
    return Pair(
        **{field: given[field] for field in ("id", "question", "kind", "language", "answerable")},
        answers=tuple(given.get("answers", ())),
        sources=tuple(tuple(Source(**one) for one in _several(item)) for item in given.get("sources", ())),
        history=tuple(given.get("history", ())),
        every=tuple(_several(item) for item in given.get("all", ())),
        none=tuple(given.get("none", ())),
        original=pair_of(line.original) if line.original else None,
    )


def _several(item: Any) -> tuple[Any, ...]:
    """The alternatives of an item, which may be written as one."""
    return tuple(item) if isinstance(item, list) else (item,)


def digest_of(pair: Pair) -> str:
    """A digest of what is asked and what is right, 16 hexadecimal digits: two runs with the same asked the same.

    That is the question with what was asked before, its language, answers and sources. The id, the kind, the order of
    alternatives and of what all has to be there, and white space in quotes change nothing.
    """
    sources = [
        sorted({(o.document, " ".join(o.quote.split()), o.project) for o in several}) for several in pair.sources
    ]
    said = {
        "question": pair.question,
        "history": pair.history,
        "language": pair.language,
        "answerable": pair.answerable,
        "answers": sorted(set(pair.answers)),
        "all": sorted(sorted(set(several)) for several in pair.every),
        "none": sorted(set(pair.none)),
        "sources": sorted(sources),
    }
    return digest(json.dumps(said).encode())[:DIGITS]
