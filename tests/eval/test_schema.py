"""The schema of a line: sound itself, true of the shipped sets, told in the documents, and spoken in plain words."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from eval.lines import read_line
from eval.schema import SCHEMA, breaches, path_of, schema, shown, tables

GOOD: dict[str, Any] = {"id": "one", "question": "Who paid?", "kind": "field", "language": "en", "answerable": False}
LONG = "Lantern " * 20


def _said(change: dict[str, Any], *without: str) -> dict[str, str]:
    row = {name: value for name, value in (GOOD | change).items() if name not in without}
    return {path_of(at): said for at, said in breaches(row).items()}


def test_the_schema_is_one_and_its_examples_keep_it() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for fields in (schema()["properties"], schema()["$defs"]["source"]["properties"]):
        for name, field in fields.items():
            assert field["title"], name
            assert field["description"], name
            assert field["examples"], name
    for name, field in schema()["properties"].items():
        for example in field["examples"]:
            assert _said({name: example}) == {}, name


def test_the_documents_have_the_tables_of_fields(root: Path) -> None:
    """Made anew by `python -c "from eval.schema import tables; print(*tables())"`."""
    documents = (root / "docs" / "evaluation.md").read_text(encoding="utf-8")
    own, source = tables()
    assert own in documents
    assert source in documents
    assert re.findall(r"^\| `(\w+)`", own, re.MULTILINE) == [*schema()["properties"]]
    assert re.findall(r"^\| `(\w+)`", source, re.MULTILINE) == ["document", "quote", "project"]


def test_the_schema_is_packed_with_the_program(root: Path) -> None:
    packed = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    assert any(SCHEMA.match(pattern) for pattern in packed["eval"])


def test_a_sound_line_breaks_nothing() -> None:
    source = {"document": "a.md", "quote": "b"}
    for change in (
        {"history": ["Before?"], "answers": ["3"], "all": ["a", ["b", "c"]], "none": ["d"], "note": "e"},
        {"sources": [source, [source, {"document": "a.md", "project": "P"}]], "reviewed": "f", "language": "pt-BR"},
    ):
        assert _said(change) == {}
    assert _said({"of": "two"}, "kind", "language", "answerable") == {}


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"id": 3}, "id", "has to be a text in quotes, not 3"),
        ({"id": ""}, "id", 'is blank: ""'),
        ({"question": " \t"}, "question", r'is blank: " \t"'),
        ({"history": "Before?"}, "history", 'has to be a list in square brackets, not "Before?"'),
        ({"history": ["a", None]}, "history[1]", "has to be a text in quotes, not null"),
        ({"kind": ["field"]}, "kind", "has to be a text in quotes, not the list given"),
        ({"kind": {}}, "kind", "has to be a text in quotes, not an empty object"),
        ({"language": "English"}, "language", "has to be a language's code, such as 'en' or 'ro', not \"English\""),
        ({"language": "en\n"}, "language", "has to be a language's code, such as 'en' or 'ro', not \"en\\n\""),
        ({"language": " "}, "language", 'is blank: " "'),
        ({"answerable": "yes"}, "answerable", 'has to be true or false, without quotes, not "yes"'),
        ({"answerable": 1}, "answerable", "has to be true or false, without quotes, not 1"),
        ({"answers": ["a", " "]}, "answers[1]", 'is blank: " "'),
        ({"all": [3]}, "all[0]", "has to be a text in quotes, or a list of such, not 3"),
        ({"all": ["a", ["b", 2]]}, "all[1][1]", "has to be a text in quotes, not 2"),
        ({"all": [[]]}, "all[0]", "is an empty list; give at least one alternative, or leave it out"),
        ({"none": LONG}, "none", f'has to be a list in square brackets, not "{LONG[:59]}…'),
        ({"note": None}, "note", "has to be a text in quotes, not null"),
        ({"anwsers": ["a"]}, "anwsers", "is not a field; did you mean 'answers'?"),
        ({"Reviewd": "a"}, "Reviewd", "is not a field; did you mean 'reviewed'?"),
        ({"zzz": "a"}, "zzz", f"is not a field; expected some of {', '.join(schema()['properties'])}"),
    ],
)  # fmt: skip
def test_a_breach_is_told_in_plain_words_where_it_is(change: dict[str, Any], field: str, message: str) -> None:
    assert _said(change) == {field: message}


OBJECT = "an object in curly brackets with 'document' and 'quote' or 'project'"
NO_QUOTE = "is missing; give 'quote', words of the document, or 'project'"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("page.txt", {"": f'has to be {OBJECT}, or a list of such, not "page.txt"'}),
        ([], {"": "is an empty list; give at least one alternative, or leave it out"}),
        (["page.txt"], {"[0]": f'has to be {OBJECT}, not "page.txt"'}),
        ({}, {".document": "is missing", ".quote": NO_QUOTE}),
        ({"document": "a"}, {".quote": NO_QUOTE}),
        ({"document": "a", "quot": "b"}, {".quot": "is not a field; did you mean 'quote'?"}),
        ({"document": "a", "quote": ""}, {".quote": 'is blank: ""'}),
        ({"document": "a", "quote": "b", "project": "c"}, {"": "has to give 'quote' or 'project', not both"}),
        ({"docment": "a", "project": "b"}, {".docment": "is not a field; did you mean 'document'?"}),
        (
            [{"document": "a", "quote": "b"}, {"document": 3, "quote": "b", "page": 1}],
            {
                "[1].document": "has to be a text in quotes, not 3",
                "[1].page": "is not a field; expected some of document, quote, project",
            },
        ),
    ],
)
def test_a_breach_in_a_source_is_told_with_its_number(source: Any, said: dict[str, str]) -> None:
    sound = {"document": "a", "quote": "b"}
    assert _said({"sources": [sound, source]}) == {f"sources[1]{field}": message for field, message in said.items()}


def test_what_is_missing_is_named_and_what_is_only_misspelt_is_not_missing() -> None:
    assert _said({}, "id", "kind") == {"id": "is missing", "kind": "is missing"}
    assert _said({"of": "two"}, "question", "kind") == {"question": "is missing"}
    assert _said({"knd": "field"}, "kind") == {"knd": "is not a field; did you mean 'kind'?"}


def test_all_breaches_of_a_line_are_found_at_once() -> None:
    spoilt = {"history": 3, "answers": [1, 2], "sources": [{"document": 1}]}
    assert [*_said(spoilt, "kind")] == [
        "history", "answers[0]", "answers[1]", "sources[0].document", "sources[0].quote", "kind",
    ]  # fmt: skip


def test_a_value_is_shown_as_it_is_written_but_not_at_length() -> None:
    assert [shown(value) for value in ("ș\n", None, 2.5, [], [1], {"a": 1})] == [
        '"ș\\n"', "null", "2.5", "an empty list", "the list given", "the object given",
    ]  # fmt: skip
    assert len(shown("x" * 1000)) == 61


def test_every_line_of_the_repository_keeps_the_schema(root: Path) -> None:
    sets = [*root.glob("eval/*.jsonl"), *root.glob("tests/pages/*/qa.jsonl")]
    assert len(sets) == 15
    for path in sets:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert breaches(json.loads(line)) == {}, f"{path}, line {number}"
            assert read_line(number, line)[1] == []
