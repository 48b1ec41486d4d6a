"""A proposed pair as a form gives it back changed: what was enough each stays so, and what was needed whole too.

Knows no page. What comes back is checked by who keeps it (`eval.review`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from eval.errors import EvaluationError
from eval.json_lines import Row

Fields = Mapping[str, str | Sequence[str]]
"""What a form sends, by name; several of one name as a list."""
NO_GOLD: Row = {"answers": [], "all": [], "none": [], "sources": []}


def edited(pair: Mapping[str, Any], fields: Fields) -> Row:
    """The pair as a form has changed it; of a question in other words only its words.

    `answers` and `none` are texts with one a line; `all`, given once for each thing that is needed, one way to say it a
    line, and blank where it is needed no more. `keep` are the numbers of the sources that stay, from 0, and
    `document` and `quote` one more.

    Raises:
        EvaluationError: it says nothing that is right, or of a source that is added one half is missing.
    """
    changed = {**pair, "question": _text(fields, "question")}
    if "of" in pair:
        return changed
    if _text(fields, "answerable") == "no":
        return {**changed, "answerable": False, **NO_GOLD}
    answers = lines_of(str(fields.get("answers", "")))
    needed = [ways for one in _several(fields, "all") if (ways := lines_of(one))]
    if not answers and not needed:
        raise EvaluationError("it has no answers; say what is right, or that the documents do not answer it")
    return {
        **changed,
        "answerable": True,
        "answers": answers,
        "all": [ways[0] if len(ways) == 1 else ways for ways in needed],
        "none": lines_of(str(fields.get("none", ""))),
        "sources": [*_kept(pair, fields), *_added(fields)],
    }


def lines_of(text: str) -> list[str]:
    """The lines that hold anything, white space as one blank."""
    return [words for line in text.splitlines() if (words := " ".join(line.split()))]


def ways_of(item: Any) -> list[str]:
    """An item of `all`, or of `sources`, with its alternatives."""
    return list(item) if isinstance(item, list) else [item]


def _text(fields: Fields, name: str) -> str:
    return " ".join(str(fields.get(name, "")).split())


def _several(fields: Fields, name: str) -> list[str]:
    told = fields.get(name, ())
    return [told] if isinstance(told, str) else [str(one) for one in told]


def _kept(pair: Mapping[str, Any], fields: Fields) -> list[Any]:
    kept = set(_several(fields, "keep"))
    return [source for at, source in enumerate(pair.get("sources") or ()) if str(at) in kept]


def _added(fields: Fields) -> list[Row]:
    document, quote = _text(fields, "document"), _text(fields, "quote")
    if not document and not quote:
        return []
    if not (document and quote):
        missing = "its words" if document else "the document that they stand in"
        raise EvaluationError(f"the source {document or quote!r} is half: give {missing} too")
    return [{"document": document, "quote": quote}]
