"""The schema of a line of a set of questions, `qa.schema.json`: what breaks it, in words, and its fields as a table.

Knows one line at a time; what lines say of each other is looked at in `eval.validate`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.json_lines import Row
from eval.nearest import nearest_name

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

SCHEMA = Path(__file__).parent / "qa.schema.json"
At = tuple[str | int, ...]
"""The way to a value: names of fields, and numbers in lists from 0."""
LONGEST_SHOWN = 60
"""Characters of a value that a message shows."""
WANTED = {
    "string": "a text in quotes",
    "array": "a list in square brackets",
    "boolean": "true or false, without quotes",
    "object": "an object in curly brackets with 'document' and 'quote' or 'project'",
}
"""What a person writes for a type of JSON."""


@cache
def schema() -> Mapping[str, Any]:
    """The schema as it is written."""
    read: Mapping[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return read


@cache
def _validator() -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema())


def breaches(row: Row) -> dict[At, str]:
    """The first breach of the schema at each place that breaks it: the way there and what is wrong."""
    found: dict[At, str] = {}
    for error in _validator().iter_errors(row):
        for at, said in _told(error):
            found.setdefault(at, said)
    return found


def rank(at: At) -> tuple[int, list[str]]:
    """A key to sort places by: fields as in the schema, others behind them, items of a list by number."""
    order = [*schema()["properties"]]
    return order.index(at[0]) if at[0] in order else len(order), [str(step).zfill(6) for step in at]


def misspelt(row: Row) -> dict[str, str]:
    """Field → the name that stands for it in the line, where a field is missing and another name is like it."""
    return _meant(row, schema()["properties"])


def path_of(at: At) -> str:
    """The way to a value as a person reads it: `sources[1].quote`; an empty name as `?`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step or '?'}" for step in at).removeprefix(".")


def shown(value: Any) -> str:
    """A value as a message shows it: as JSON, cut where it is long; of a list or an object only what it is."""
    if isinstance(value, list | dict):
        kind = "list" if isinstance(value, list) else "object"
        return f"the {kind} given" if value else f"an empty {kind}"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _told(error: "ValidationError") -> Iterator[tuple[At, str]]:
    at: At = tuple(error.absolute_path)
    given, rule = error.instance, error.validator_value
    match error.validator:
        case "type":
            yield at, f"has to be {_wanted(rule)}, not {shown(given)}"
        case "pattern":
            language = at == ("language",) and given.strip()
            wanted = f"has to be a language's code, such as 'en' or 'ro', not {shown(given)}"
            yield at, wanted if language else f"is blank: {shown(given)}"
        case "minItems":
            yield at, "is an empty list; give at least one alternative, or leave it out"
        case "additionalProperties":
            yield from _unknown(at, given, error.schema["properties"])
        case "required":
            yield from (((*at, name), "is missing") for name in _missing(given, rule, at))
        case "oneOf":
            yield from _neither_or_both(at, given)
        case _:
            yield at, error.message


def _neither_or_both(at: At, source: Any) -> Iterator[tuple[At, str]]:
    if not isinstance(source, dict):
        return
    if "quote" in source and "project" in source:
        yield at, "has to give 'quote' or 'project', not both"
    elif not {"quote", "project"} & _meant(source, schema()["$defs"]["source"]["properties"]).keys():
        yield (*at, "quote"), "is missing; give 'quote', words of the document, or 'project'"


def _wanted(types: str | Sequence[str]) -> str:
    if isinstance(types, str):
        return WANTED[types]
    return f"{WANTED[types[0]]}, or a list of such"


def _unknown(at: At, given: Row, known: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
    meant = {name: field for field, name in _meant(given, known).items()}
    for name in (one for one in given if one not in known):
        advice = f"did you mean {meant[name]!r}?" if name in meant else f"expected some of {', '.join(known)}"
        yield (*at, name), f"is not a field; {advice}"


def _missing(given: Row, required: Sequence[str], at: At) -> list[str]:
    """Fields that are not there, not even misspelt: those are named as what they are."""
    known = schema()["$defs"]["source"] if at else schema()
    return [name for name in required if name not in given and name not in _meant(given, known["properties"])]


def _meant(given: Row, known: Iterable[str]) -> dict[str, str]:
    """Field → the misspelt name that stands for it."""
    missing = [name for name in known if name not in given]
    return {field: name for name in given if name not in known and (field := nearest_name(name, missing)) is not None}


def tables() -> tuple[str, str]:
    """The fields of a line and those of a source as Markdown tables, for docs/evaluation.md."""
    own, source = schema(), schema()["$defs"]["source"]
    needed = dict.fromkeys(own["required"], "yes") | dict.fromkeys(own["else"]["required"], "yes, without `of`")
    one_of = dict.fromkeys((name for choice in source["oneOf"] for name in choice["required"]), "one of the two")
    return _rows(own["properties"], needed), _rows(
        source["properties"], dict.fromkeys(source["required"], "yes") | one_of
    )


def _rows(fields: Mapping[str, Mapping[str, Any]], needed: Mapping[str, str]) -> str:
    rows = ["| field | needed | what it is | example |", "|---|---|---|---|"]
    for name, field in fields.items():
        example = json.dumps(field["examples"][0], ensure_ascii=False)
        rows.append(f"| `{name}` | {needed.get(name, 'no')} | {field['description']} | `{example}` |")
    return "\n".join(rows)
