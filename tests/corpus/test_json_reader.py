"""JSON and JSON Lines into Drafts: where the records are, how nested values are labelled, what is reported."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.readers.draft import Draft
from corpus.readers.json_register import MOST_DEPTH, read_json, read_json_lines

GRANT: dict[str, Any] = {
    "id": "g-1",
    "title": "Lamps",
    "amountAwarded": 1200,
    "currency": "GBP",
    "plannedDates": [{"startDate": "2020-01-01", "endDate": "2021-01-01"}],
    "recipientOrganization": [{"id": "o-1", "name": "Org A"}, {"id": "o-2", "name": "Org; B"}],
    "fundingOrganization": [{"name": "A Fund"}],
    "themes": ["light", "hills"],
    "empty": None,
    "blank": "",
    "open": False,
}
LINES = [
    "Lamps",
    "id: g-1",
    "amountAwarded: 1200",
    "currency: GBP",
    "plannedDates startDate: 2020-01-01",
    "plannedDates endDate: 2021-01-01",
    "recipientOrganization id: o-1",
    "recipientOrganization name: Org A",
    "recipientOrganization 2 id: o-2",
    "recipientOrganization 2 name: Org; B",
    "fundingOrganization name: A Fund",
    "themes: light; hills",
    "open: false",
]


def write(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "register.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def one(tmp_path: Path, content: Any) -> Draft:
    (draft,) = read_json(write(tmp_path, content))
    return draft


def lines_of(draft: Draft) -> list[str]:
    return draft.text.strip().split("\n")


def titles(draft: Draft) -> list[str]:
    return [block.span.of(draft.text) for block in draft.blocks if block.kind == "record"]


def test_objects_of_a_list_are_records_and_nested_values_have_labels_of_their_path(tmp_path: Path) -> None:
    draft = one(tmp_path, [GRANT])
    assert lines_of(draft) == LINES
    assert draft.rows == (1, 1)


def test_records_are_found_in_the_longest_list_of_an_object_and_its_title_kept(tmp_path: Path) -> None:
    package = {"title": "Our grants", "publisher": {"name": "A Fund"}, "notes": [{"n": 1}], "grants": [GRANT, GRANT]}
    draft = one(tmp_path, package)
    assert (draft.title, titles(draft)) == ("Our grants", ["Lamps", "Lamps"])


def test_one_object_with_lists_of_its_parts_is_one_record(tmp_path: Path) -> None:
    project = {
        "title": "Lamps",
        "budget": {"amount": 5, "currency": "EUR"},
        "period": {"start": "2012", "end": "2013"},
        "partners": [{"name": "A", "country": "RO"}, {"name": "B", "country": "BG"}],
    }
    draft = one(tmp_path, project)
    assert titles(draft) == ["Lamps"]
    assert "partners 2 name: B" in lines_of(draft)
    assert draft.rows is None


def test_objects_under_a_key_each_are_records_that_keep_their_key(tmp_path: Path) -> None:
    draft = one(tmp_path, {"P1": {"title": "Lamps", "budget": "5 EUR"}, "P2": {"title": "Hills", "budget": "6 EUR"}})
    assert draft.text == "Lamps\nKey: P1\nbudget: 5 EUR\n\nHills\nKey: P2\nbudget: 6 EUR\n"


def test_rows_of_a_list_are_a_table(tmp_path: Path) -> None:
    draft = one(tmp_path, [["Title", "Budget (EUR)"], ["Lamps", 5], ["Hills", None]])
    assert draft.text == "Lamps\nBudget (EUR): 5\n\nHills\n"


@pytest.mark.parametrize("written", ["1.10", "1.1", "0.30000000000000004", "13190000", "12345678901234567890"])
def test_numbers_of_json_lines_stay_as_written(tmp_path: Path, written: str) -> None:
    (draft,) = read_json_lines(write(tmp_path, f'{{"title": "Lamps", "cost": {written}}}\n'))
    assert f"cost: {written}" in draft.text


def test_a_fraction_of_json_gains_no_digits(tmp_path: Path) -> None:
    assert "cost: 1.1\n" in one(tmp_path, '[{"title": "Lamps", "cost": 1.1}]').text


def test_a_point_in_a_number_is_a_decimal_point(tmp_path: Path) -> None:
    draft = one(tmp_path, [{"title": "Lamps", "cost": 1.234}])
    assert [column.decimal_mark for column in draft.columns if column.label == "cost"] == ["."]


def test_a_label_that_comes_late_is_learned_where_it_comes(tmp_path: Path) -> None:
    records = [{"title": f"Lamps {at}", "cost": at} for at in range(1, 1_001)] + [
        {"title": "Hills", "startDate": "2012"}
    ]
    first, second = read_json(write(tmp_path, records))
    assert [column.label for column in first.columns] == ["title", "cost"]
    late = second.columns[-1]
    assert (late.label, late.meaning.name if late.meaning else "") == ("startDate", "period")


def test_lines_that_are_no_objects_are_told_by_number_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, '{"title": "Lamps", "cost": 5}\n{"title": \n\n[1]\n{"title": "Hills", "cost": 6}\n')
    (draft,) = read_json_lines(path)
    assert titles(draft) == ["Lamps", "Hills"]
    assert draft.rows == (1, 5)
    assert [note.split(" and")[0] for note in draft.notes] == [
        "line 2 is no JSON (Expecting value)",
        "line 4 is no object",
    ]


def test_many_bad_lines_are_counted(tmp_path: Path) -> None:
    (draft,) = read_json_lines(write(tmp_path, '{"title": "Lamps", "cost": 5}\n' + "bad\n" * 50))
    assert len(draft.notes) == 21
    assert draft.notes[-1] == "30 more lines are no JSON"


def test_a_file_of_lines_called_json_and_a_list_called_lines_are_both_read(tmp_path: Path) -> None:
    lines = '{"title": "Lamps", "cost": 5}\n{"title": "Hills", "cost": 6}\n'
    assert titles(one(tmp_path, lines)) == ["Lamps", "Hills"]
    (draft,) = read_json_lines(write(tmp_path, json.dumps([{"title": "Lamps"}, {"title": "Hills"}], indent=1)))
    assert titles(draft) == ["Lamps", "Hills"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1250"])
def test_json_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    text = '[{"title": "Şcoala în judeţ", "cost": 5}]'
    assert titles(one(tmp_path, text.encode(encoding))) == ["Şcoala în judeţ"]


def test_a_lone_surrogate_is_replaced(tmp_path: Path) -> None:
    for content in ('[{"title": "L\\ud800amps", "cost": 5}]', '{"title": "L\\ud800amps", "cost": 5}\n' * 2):
        text = one(tmp_path, content).text
        # ijson puts a question mark there, the standard library's parser leaves it to us.
        assert {"L?amps", "L\N{REPLACEMENT CHARACTER}amps"} & set(text.split("\n"))


def test_values_nested_too_deep_are_left_out_and_told(tmp_path: Path) -> None:
    value: Any = "deep"
    for _ in range(MOST_DEPTH + 1):
        value = {"in": value}
    draft = one(tmp_path, [{"title": "Lamps", "cost": 5, "nested": value}])
    assert lines_of(draft) == ["Lamps", "cost: 5"]
    assert draft.notes == ("1 values nested too deep or in too long a list are left out",)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "not well formed JSON"),
        ('[{"title": "Lamps"}, {"ti', "not well formed JSON: .*cut off"),
        ("[1, 2]", "no object in it"),
        ('"words"', "no object in it"),
        ("[" * 100_000, "nested more than 200 levels deep"),
        ('{"a":' * 100_000, "nested more than 200 levels deep"),
        (b"PK\x03\x04\x00", "zip archive"),
    ],
)
def test_what_holds_no_records_is_refused_with_a_reason(tmp_path: Path, content: Any, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        list(read_json(write(tmp_path, content)))


def test_a_file_without_an_object_on_any_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no line of it is a JSON object: line 1 is no JSON"):
        list(read_json_lines(write(tmp_path, "words\nmore words\n")))


def test_a_line_nested_without_end_is_one_bad_line(tmp_path: Path) -> None:
    (draft,) = read_json_lines(write(tmp_path, '{"title": "Lamps"}\n' + '{"a":' * 100_000 + "\n"))
    assert titles(draft) == ["Lamps"]
    assert len(draft.notes) == 1


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(values)
def test_any_json_is_read_or_refused_and_its_fields_can_be_pointed_at(
    tmp_path_factory: pytest.TempPathFactory, value: Any
) -> None:
    path = tmp_path_factory.mktemp("law") / "register.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    for read in (read_json, read_json_lines):
        try:
            for draft in read(path):
                fields = [block for block in draft.blocks if block.kind == "field"]
                for field in fields:
                    label, words = (cell.of(draft.text) for cell in field.cells)
                    assert field.span.of(draft.text) == f"{label}: {words}"
        except UnreadableError as error:
            assert str(error)  # noqa: PT017  # either outcome is right, another error is not


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=100).map(lambda data: b'[{"title": "Lamps", "x": ' + data))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "register.json"
    path.write_bytes(data)
    for read in (read_json, read_json_lines):
        try:
            list(read(path))
        except UnreadableError as error:
            assert str(error)  # noqa: PT017
