"""The words of the questions over the World Bank register, as `worldbank.toml` gives them."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from eval.errors import EvaluationError
from eval.sets.forms import without_accents

Row = dict[str, Any]
T = TypeVar("T")


@cache
def told() -> Mapping[str, Any]:
    """All that the file says."""
    read: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "worldbank.toml").read_text(encoding="utf-8"))
    return read


def countries() -> Mapping[str, Sequence[str]]:
    """Name in the register → names in English and Romanian."""
    named: Mapping[str, Sequence[str]] = told()["countries"]
    return named


def forms(table: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str, str, Mapping[str, Any]]]:
    """(number, language, the question's words, all that is said of it) in order."""
    for number, form in enumerate(table):
        language = "ro" if "ro" in form else "en"
        yield number, language, form[language], form


def first(found: Iterator[T], question: str) -> T:
    """The first that the register gives for a question.

    Raises:
        EvaluationError: it gives none.
    """
    for one in found:
        return one
    raise EvaluationError(f"the register holds nothing to ask this about: {question!r}; give another seed")


def country_in(language: str, country: str) -> str:
    """What people call a country of the register."""
    return countries()[country][language == "ro"]


def styled(question: str, language: str, number: int) -> str:
    """Every third Romanian question is typed without accents."""
    return without_accents(question) if language == "ro" and number % 3 == 1 else question


def pair(
    slug: str,
    question: str,
    kind: str,
    language: str,
    answers: Sequence[str] = (),
    every: Sequence[str | Sequence[str]] = (),
    none: Sequence[str] = (),
    sources: Sequence[Mapping[str, str]] = (),
    history: Sequence[str] = (),
) -> Row:
    """A line of the set."""
    return {
        "id": f"wb-{kind}-{slug}",
        "question": question,
        "history": list(history),
        "kind": kind,
        "language": language,
        "answerable": kind != "unanswerable",
        "answers": list(answers),
        "all": list(every),
        "none": list(none),
        "sources": list(sources),
    }
