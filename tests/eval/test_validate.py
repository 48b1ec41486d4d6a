"""Every mistake of a set is named by line and field, whatever stands in the file."""

import gzip
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.json_lines import KEPT, read_lines
from eval.lines import Mistake
from eval.qa import SHIPPED, Pair, read_pairs
from eval.schema import schema
from eval.validate import examine, mistakes_of

SOURCE = {"document": "page.txt", "quote": "Funder: Tidewater Fund"}
GOOD: dict[str, Any] = {
    "id": "one",
    "question": "Who paid?",
    "kind": "field",
    "language": "en",
    "answerable": True,
    "answers": ["Tidewater Fund"],
    "sources": [SOURCE],
}
NONE = {"answerable": False, "answers": [], "sources": []}
NEVER = "Ashlar"
"""What no accepted answer of a made-up set holds."""


def _row(**change: Any) -> dict[str, Any]:
    row = GOOD | {"question": f"Who paid for {change.get('id')}?"} | change
    return {name: value for name, value in row.items() if value is not ...}


def _said(*rows: Any, originals: Path = SHIPPED) -> list[tuple[int, str, str]]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return [(one.line, one.field, one.message) for one in examine(lines, originals).mistakes]


def test_mistakes_come_in_the_order_of_lines_and_all_of_them() -> None:
    rows = [_row(id="a", kind=3, answers=[1]), _row(id="b"), "", "{", _row(id="b", question="Why?", history=[2])]
    assert [(line, field) for line, field, _ in _said(*rows)] == [
        (1, "kind"), (1, "answers[0]"), (4, ""), (5, "history[0]"), (5, "id"),
    ]  # fmt: skip


def test_a_mistake_is_told_in_a_line() -> None:
    path = Path("set.jsonl")
    assert Mistake(3, "answers", "is missing").told(path) == "set.jsonl, line 3: field 'answers': is missing"
    assert Mistake(3, "", "not JSON").told(path) == "set.jsonl, line 3: not JSON"
    assert Mistake(0, "", "holds no question").told(path) == "set.jsonl holds no question"


def test_what_is_no_object_is_told_by_line() -> None:
    ((line, field, said),) = _said(GOOD, '{"id" "two"}')
    assert (line, field) == (2, "")
    assert said == "not JSON (Expecting ':' delimiter, character 7); write one JSON object a line"
    assert _said('["a"]') == [(1, "", "expected an object, not '[\"a\"]'")]
    deeper = "a number of more digits, or lists deeper within lists, than can be read"
    for text in ("[" * 100_000, f'{{"id": {"1" * 5_000}}}'):
        ((line, field, said),) = _said(text)
        assert (line, field, said.split(";")[0]) == (1, "", deeper)
    told = {_said(f'{{"sources": {"[" * depth}{"]" * depth}}}')[0][2] for depth in range(800, 1_000)}
    assert "lists deeper within lists than can be read; leave some out" in told


def test_a_file_that_holds_nothing_or_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(" \n\n")
    assert [(one.line, one.field) for one in mistakes_of(path, SHIPPED)] == [(0, "")]
    sound = json.dumps(GOOD).encode()
    path.write_bytes(b"\xef\xbb\xbf" + sound + b'\n{"id": "Bistri\xfea"}\n' + sound)
    assert [(one.line, one.field, one.message.split(";")[0]) for one in mistakes_of(path, SHIPPED)] == [
        (2, "", "not UTF-8"),
        (3, "id", "'one' is used twice: line 1 has it too"),
    ]
    with pytest.raises(MisuseError, match="give a JSON Lines file"):
        mistakes_of(tmp_path / "nowhere.jsonl", SHIPPED)


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "set.jsonl.gz", "wt") as file:
        file.write(json.dumps(_row(id=3)))
    assert [(one.line, one.field) for one in mistakes_of(tmp_path / "set.jsonl.gz", SHIPPED)] == [(1, "id")]


def test_a_name_given_twice_in_a_line_is_told_and_the_last_one_counts() -> None:
    text = json.dumps(GOOD)[:-1] + ', "answers": ["Tidewater"]}'
    assert _said(text) == [(1, "answers", "is given twice; give it once")]


def test_a_text_without_a_letter_or_a_figure_is_told_where_it_would_be_compared() -> None:
    empty = {"question": "?!", "history": ["…"], "answers": ["–"], "all": ["a", ["b", "·"]], "none": ["\u00a0."]}
    assert [(field, said) for _, field, said in _said(_row(**empty))] == [
        ("question", 'holds no letter and no figure, only "?!"'),
        ("history[0]", 'holds no letter and no figure, only "…"'),
        ("answers[0]", 'holds no letter and no figure, only "–"'),
        ("all[1][1]", 'holds no letter and no figure, only "·"'),
        ("none[0]", 'holds no letter and no figure, only "\u00a0."'),
    ]
    assert _said(_row(id="–", note="!", sources=[{"document": "a", "quote": "–"}])) == []
    assert _said(r'{"id": "a\ud800"}')[0] == (1, "id", "holds half a character; write it anew")


def test_one_slip_is_one_mistake() -> None:
    assert [field for _, field, _ in _said(_row(question=["?"]))] == ["question"]
    assert [field for _, field, _ in _said(_row(answers=..., anwsers=["Tidewater"]))] == ["anwsers"]
    assert [field for _, field, _ in _said(_row(answerable=..., answerabel=True))] == ["answerabel"]
    assert _said(_wording(of=" "), GOOD) == [(1, "of", 'is blank: " "')]


def test_a_doubled_id_is_told_with_both_lines() -> None:
    assert _said(_row(id="a"), _row(id="b"), _row(id="a", question="Why?")) == [
        (3, "id", "'a' is used twice: line 1 has it too; give each line its own")
    ]


def test_answers_and_sources_have_to_fit_answerable() -> None:
    needs = "an answerable question needs 'answers' or 'all'"
    assert _said(_row(answers=[])) == _said(_row(answers=...)) == [(1, "answers", needs)]
    assert _said(_row(answers=..., all=["Tidewater"])) == []
    assert _said(_row(answers=..., sources=...)) == [(1, "answers", needs)]
    assert _said(_row(sources=...)) == []
    assert _said(_row(**NONE)) == []
    assert _said(_row(answerable=False, all=["a"])) == [
        (1, field, "has to be empty, since 'answerable' is false; give [] or answerable true")
        for field in ("answers", "all", "sources")
    ]


def test_an_accepted_answer_that_may_not_be_given_is_told() -> None:
    clash = "can never be right, since 'none' has \"Moss\"; remove one of them"
    assert _said(_row(answers=["Reed", "Moss Works"], all=["Mossy", ["Lamp", "the MOSS"]], none=["Pier", "Moss"])) == [
        (1, "answers[1]", f'"Moss Works" {clash}'),
        (1, "all[1][1]", f'"the MOSS" {clash}'),
    ]


def test_one_question_cannot_have_an_answer_and_none() -> None:
    asked = {"question": "Who  paid?", "history": ["Who else?"]}
    assert _said(_row(id="a", **asked), _row(id="b", **asked | NONE | {"question": "who paid?"})) == [
        (2, "answerable", "the same question is asked in line 1, and there it is true")
    ]
    assert _said(_row(id="a", **asked), _row(id="b", **asked | NONE | {"history": []})) == []
    assert _said(_row(id="a", **asked), _row(id="b", **asked)) == []


def _wording(**change: Any) -> dict[str, Any]:
    return {"id": "one~1", "of": "one", "question": "Paid by whom?"} | change


def test_a_wording_needs_an_original_that_is_none(tmp_path: Path) -> None:
    said = "has to hold the id of an original;"
    nowhere = (1, "of", f"{said} 'two' is neither in this file nor in {SHIPPED}")
    assert _said(_wording(of="two"), GOOD) == [nowhere]
    assert _said(GOOD, _wording(), _wording(id="b", of="one~1", question="Whose money?")) == [
        (3, "of", f"{said} 'one~1' is a wording itself")
    ]
    assert [(line, field) for line, field, _ in _said(_wording(of=3), GOOD)] == [(1, "of")]
    with pytest.raises(MisuseError, match="--originals FILE"):
        _said(_wording(), originals=tmp_path / "nowhere.jsonl")


def test_a_mistake_of_an_original_in_this_file_is_told_once() -> None:
    spoilt: list[dict[str, Any]] = [
        {"answers": "Moss"}, {"answers": [3]}, {"answers": []}, {"none": ["Fund"]}, {"answerable": False}, {"kind": 3},
    ]  # fmt: skip
    for change in spoilt:
        assert {line for line, _, _ in _said(GOOD | change, _wording(none=["Moss"]))} == {1}
        assert {line for line, _, _ in _said(GOOD | change, _wording(), _wording(id="c", question="Whose?"))} == {1}


def test_a_mistake_of_an_original_elsewhere_is_told_at_of(tmp_path: Path) -> None:
    originals = tmp_path / "originals.jsonl"
    originals.write_text(f"{{\n{json.dumps(GOOD)}\n{json.dumps(_row(id='two', answers=[], history=[4]))}\n")
    assert _said(_wording(), originals=originals) == []
    assert _said(_wording(of="two"), originals=originals) == [
        (
            1, "of", f"the original has a mistake itself: {originals}, line 3: field 'history[0]': has to be a text in "
            "quotes, not 4",
        )
    ]  # fmt: skip


def test_what_a_wording_gives_itself_has_to_fit_what_it_takes() -> None:
    assert _said(GOOD, _wording(answers=[])) == [(2, "answers", "an answerable question needs 'answers' or 'all'")]
    assert _said(GOOD, _wording(none=["Tidewater"])) == [
        (2, "answers[0]", '"Tidewater Fund" can never be right, since \'none\' has "Tidewater"; remove one of them')
    ]
    told = "has to be empty, since 'answerable' is false, and the original's are not; give [] or answerable true"
    assert _said(GOOD, _wording(answerable=False)) == [(2, "answers", told), (2, "sources", told)]
    assert _said(GOOD, _wording(**NONE)) == []


words = st.builds("{}{}".format, st.sampled_from("aș3Ж字"), st.text(max_size=8))
texts = st.lists(words, max_size=3)
names = st.builds("{}{}".format, st.sampled_from("a-ș…"), st.text(max_size=5))
sources = st.builds(
    lambda document, field, value: {"document": document, field: value},
    names, st.sampled_from(["quote", "project"]), names,
)  # fmt: skip
gold = st.fixed_dictionaries(
    {"answerable": st.just(True), "answers": st.lists(words, min_size=1, max_size=3)},
    optional={
        "all": st.lists(words | st.lists(words, min_size=1, max_size=3), max_size=3),
        "none": st.just([NEVER]),
        "sources": st.lists(sources | st.lists(sources, min_size=1, max_size=2), max_size=3),
    },
)
rows = st.builds(
    lambda asked, gold: asked | gold,
    st.fixed_dictionaries(
        {"question": words, "kind": names, "language": st.sampled_from(["en", "ro", "sr-Latn"])},
        optional={"history": texts, "note": names, "reviewed": names},
    ),
    gold | st.fixed_dictionaries({"answerable": st.just(False)}, optional={"answers": st.just([])}),
)
sets = st.lists(rows, min_size=1, max_size=4).map(
    lambda several: [row | {"id": f"q{n}", "question": f"{row['question']} {n}"} for n, row in enumerate(several)]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats()
anything = st.recursive(
    scalars | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def _given_back(pair: Pair) -> dict[str, Any]:
    """What a pair was read from, all fields given and all items as lists."""
    return {
        "id": pair.id, "question": pair.question, "history": [*pair.history], "kind": pair.kind,
        "language": pair.language, "answerable": pair.answerable, "answers": [*pair.answers],
        "all": [[*several] for several in pair.every], "none": [*pair.none],
        "sources": [
            [{name: text for name, text in asdict(one).items() if text} for one in several] for several in pair.sources
        ],
    }  # fmt: skip


@given(sets)
def test_a_sound_set_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, asked: list[Any]) -> None:
    path = tmp_path_factory.mktemp("sound") / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    for row, pair in zip(asked, read_pairs(path), strict=True):
        full = {"history": [], "answers": [], "all": [], "none": [], "sources": []} | row
        for field in ("all", "sources"):
            full[field] = [item if isinstance(item, list) else [item] for item in full[field]]
        assert _given_back(pair) == {name: full[name] for name in full if name not in ("note", "reviewed")}


LISTS = ("history", "answers", "all", "none", "sources")


@given(sets, st.data())
def test_a_spoilt_field_is_told_with_its_line_and_nothing_else_is(asked: list[Any], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(asked) - 1))
    field = data.draw(st.sampled_from([name for name in schema()["properties"] if name != "of"]))
    value = data.draw(anything)
    right = {**dict.fromkeys(LISTS, list), "answerable": bool}.get(field, str)
    assume(not isinstance(value, right))
    spoilt = [row | {field: value} if n == number else row for n, row in enumerate(asked)]
    told = _said(*spoilt)
    assert {(line, said_of) for line, said_of, _ in told} == {(number + 1, field)}


@given(sets, st.data())
def test_a_spoilt_item_of_a_list_is_told_with_its_number(asked: list[Any], data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(LISTS))
    value = data.draw(scalars)
    row = GOOD | {"id": "last", "question": "Last of all?"}
    items = [*row.get(field, []), value]
    told = _said(*asked, row | {field: items})
    assert {(line, said_of) for line, said_of, _ in told} == {(len(asked) + 1, f"{field}[{len(items) - 1}]")}


@given(st.dictionaries(st.sampled_from([*schema()["properties"]]) | st.text(max_size=8), anything))
def test_any_object_is_told_or_read(row: dict[str, Any]) -> None:
    for line, field, said in _said(GOOD, row, _wording()):
        assert line in (2, 3)
        assert said
        assert field


@given(st.binary(max_size=200))
def test_any_file_is_told_or_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "set.jsonl"
    path.write_bytes(content)
    assert mistakes_of(path, SHIPPED)
    assert len([*read_lines(path, "", KEPT)]) == content.count(b"\n") + (not content.endswith(b"\n") and bool(content))
    with pytest.raises((EvaluationError, MisuseError)):
        read_pairs(path)
