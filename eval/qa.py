"""QA pairs: questions with the answers, sources and answerability a person has fixed, as JSON Lines.

A source names a document of the store and words that stand in it, or a project that it describes; where they stand is
looked up (`eval.gold`), so that a set survives the document being moved or lengthened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvaluationError
from eval.json_lines import read_rows

SHIPPED = Path(__file__).parent / "sample.jsonl"
"""The set over the sample corpus."""
Row = dict[str, Any]


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
        MisuseError: there is no such file.
        EvaluationError: naming the line and the field that is wrong, or that the file holds no pair.
    """
    rows = list(read_rows(path, "give a JSON Lines file with --qa FILE"))
    if not rows:
        raise EvaluationError(f"{path} holds no question; write one JSON object a line, as docs/evaluation.md shows")
    return pairs_of(rows, originals)


def pairs_of(rows: Sequence[tuple[str, Row]], originals: Path = SHIPPED) -> list[Pair]:
    """The pairs of the lines of a set, each given with where it stands, for messages.

    Raises:
        EvaluationError: as `read_pairs`.
    """
    named = {given["id"]: (where, given) for where, given in rows if isinstance(given.get("id"), str)}
    if any("of" in given and str(given["of"]) not in named for _, given in rows):
        named = _named(originals) | named
    pairs = [
        _wording(given, where, named, originals) if "of" in given else _pair(given, where) for where, given in rows
    ]
    seen: set[str] = set()
    for (where, _), pair in zip(rows, pairs, strict=True):
        if pair.id in seen:
            raise EvaluationError(f"{where}: the id {pair.id!r} is used twice")
        seen.add(pair.id)
    return pairs


def _named(path: Path) -> dict[str, tuple[str, Row]]:
    rows = read_rows(path, "give the file that holds the originals with --originals FILE")
    return {given["id"]: (where, given) for where, given in rows if isinstance(given.get("id"), str)}


def _wording(given: Row, where: str, named: dict[str, tuple[str, Row]], originals: Path) -> Pair:
    """A question in other words: what it does not give is as its original has it."""
    of = _get(given, "of", str, where)
    if of not in named or "of" in named[of][1]:
        wrong = "is a wording itself" if of in named else f"is neither in this file nor in {originals}"
        raise EvaluationError(f"{where}: field 'of' has to hold the id of an original; {of!r} {wrong}")
    there, original = named[of]
    _get(given, "id", str, where)
    return _pair(original | given, where, _pair(original, there))


def _pair(given: Row, where: str, original: Pair | None = None) -> Pair:
    answerable = _get(given, "answerable", bool, where)
    answers = tuple(_strings(given, "answers", where))
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
        sources=tuple(_sources(given, where)),
        history=tuple(_strings(given, "history", where)),
        every=every,
        none=tuple(_strings(given, "none", where)),
        original=original,
    )


def _sources(given: Row, where: str) -> Iterator[tuple[Source, ...]]:
    for item in _get(given, "sources", list, where):
        several = item if isinstance(item, list) else [item]
        if not several or not all(isinstance(one, dict) for one in several):
            raise EvaluationError(
                f"{where}: field 'sources' has to hold objects with 'document' and 'quote' or 'project', or lists of "
                f"them, not {item!r}"
            )
        yield tuple(_source(one, where) for one in several)


def _source(given: Row, where: str) -> Source:
    document = _get(given, "document", str, where)
    if "project" not in given:
        return Source(document, quote=_get(given, "quote", str, where))
    if "quote" in given:
        raise EvaluationError(f"{where}: field 'sources' has to give 'quote' or 'project', not both, for {document}")
    return Source(document, project=_get(given, "project", str, where))


def _alternatives(given: Row, where: str) -> Iterator[tuple[str, ...]]:
    for item in _get(given, "all", list, where):
        several = item if isinstance(item, list) else [item]
        if not several or not all(isinstance(one, str) and one.strip() for one in several):
            raise EvaluationError(f"{where}: field 'all' has to hold strings or lists of them, not {item!r}")
        yield tuple(several)


def _get(given: Row, name: str, kind: type, where: str) -> Any:
    value = given.get(name, [] if kind is list else None)
    if not isinstance(value, kind) or (isinstance(value, str) and not value.strip()):
        raise EvaluationError(
            f"{where}: field {name!r} has to be a {'non-empty string' if kind is str else kind.__name__}, not {value!r}"
        )
    return value


def _strings(given: Row, name: str, where: str) -> Iterator[str]:
    for value in _get(given, name, list, where):
        if not isinstance(value, str):
            raise EvaluationError(f"{where}: field {name!r} has to hold strings, not {value!r}")
        yield value
