"""CSV and its kin into Drafts: delimiter, header, parts, and what is reported."""

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.readers.delimited import find_delimiter, read_csv
from corpus.readers.draft import Draft, squeeze
from corpus.readers.register import MOST_COLUMNS, ROWS_A_PART


def drafts(tmp_path: Path, content: str | bytes) -> list[Draft]:
    path = tmp_path / "register.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_csv(path))


def records(draft: Draft) -> list[list[str]]:
    """Each record as its title and its lines."""
    found: list[list[str]] = []
    for block in draft.blocks:
        if block.kind == "record":
            found.append([])
        found[-1].append(block.span.of(draft.text))
    return found


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    rows = [["Title", "Budget", "Place"], ["Lamps", "12 EUR", "Cluj"], ["Hills", "13 EUR", "Iași"]]
    (draft,) = drafts(tmp_path, "\n".join(mark.join(row) for row in rows))
    assert records(draft) == [["Lamps", "Budget: 12 EUR", "Place: Cluj"], ["Hills", "Budget: 13 EUR", "Place: Iași"]]


def test_commas_in_prose_and_in_numbers_do_not_pass_for_the_delimiter() -> None:
    assert find_delimiter("Title;Cost\nLamps, hills, and more;1.234,50\nOther, thing;2,5\n") == ";"


def test_a_line_that_names_the_delimiter_is_obeyed_and_left_out(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, "sep=;\r\nTitle;Budget\r\nLamps;12 EUR\r\n")
    assert records(draft) == [["Lamps", "Budget: 12 EUR"]]


def test_rows_are_counted_as_in_the_file_with_lines_above_the_header_and_blank_ones(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, "List of grants;;\n;;\nTitle;Start;Amount\nLamps;2012;5 EUR\n\nHills;2013;6 EUR\n")
    assert (draft.title, draft.rows) == ("List of grants", (4, 6))
    assert records(draft)[1] == ["Hills", "Start: 2013", "Amount: 6 EUR"]


def test_a_header_of_two_rows_names_each_column_by_both(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, ",,Budget,,Period,\nTitle,Ref,EUR,RON,Start,End\nLamps,A1,12.5,60.5,2012,2013\n")
    assert records(draft) == [
        ["Lamps", "Ref: A1", "Budget EUR: 12.5", "Budget RON: 60.5", "Period Start: 2012", "Period End: 2013"]
    ]


def test_a_group_row_above_with_gaps_below_is_a_header_of_two_rows(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, "Project title,Budget,\n,Total,Grant\nLamps,12.5,6\nHills,13.5,7\n")
    assert records(draft)[0] == ["Lamps", "Budget Total: 12.5", "Budget Grant: 6"]


def test_columns_without_a_header_are_numbered_and_learned_from_their_values(tmp_path: Path) -> None:
    rows = [
        "P001\tLamps for all the hills\t2012-03-01\t12000 EUR\tRomania",
        "P002\tHills for lamps\t2013\t5 EUR\tKenya",
    ]
    (draft,) = drafts(tmp_path, "\n".join(rows))
    assert draft.rows == (1, 2)
    assert records(draft)[0] == [
        "Lamps for all the hills",
        "Column 1: P001",
        "Column 3: 2012-03-01",
        "Column 4: 12000 EUR",
        "Column 5: Romania",
    ]
    meanings = [column.meaning.name if column.meaning else "" for column in draft.columns]
    assert meanings == ["reference", "title", "period", "amount", "place"]


def test_years_may_be_headers(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, "Project,2019,2020\nLamps,12,13\nHills,14,15\n")
    assert records(draft) == [["Lamps", "2019: 12", "2020: 13"], ["Hills", "2019: 14", "2020: 15"]]


def test_pairs_of_label_and_value_are_one_record(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, 'Title,Lamps\nBudget,12000 EUR\nPeriod,2011-2012\nFunder:,"X, Y"\n')
    assert records(draft) == [["Lamps", "Budget: 12000 EUR", "Period: 2011-2012", "Funder: X, Y"]]
    assert draft.rows is None


def test_a_list_that_is_no_register_of_projects_is_titled_by_its_first_cell(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, "City,People\nCluj,300000\nIași,290000\n")
    assert records(draft) == [["Cluj", "City: Cluj", "People: 300000"], ["Iași", "City: Iași", "People: 290000"]]


def test_a_row_without_a_title_goes_by_its_reference_else_by_its_number(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, "Title,Project code,Budget\nLamps,A1,5\n,A2,6\n,,7\n")
    assert [record[0] for record in records(draft)] == ["Lamps", "A2", "Row 4"]
    assert records(draft)[1] == ["A2", "Project code: A2", "Budget: 6"]


def test_short_rows_lack_cells_and_long_rows_have_numbered_ones(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, "Title,Budget,Place\nLamps,5\nHills,6,Cluj,extra\n")
    assert records(draft) == [["Lamps", "Budget: 5"], ["Hills", "Budget: 6", "Place: Cluj", "Column 4: extra"]]


def test_a_cell_with_line_breaks_is_one_line_and_a_header_of_each_page_is_no_record(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, 'Title,Summary\nLamps,"one\r\ntwo"\nTitle,Summary\nHills,"three"\n')
    assert records(draft) == [["Lamps", "Summary: one two"], ["Hills", "Summary: three"]]


def test_two_columns_of_one_name_have_labels_of_their_own(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, "Title,Partner,Partner\nLamps,A,B\n")
    assert records(draft) == [["Lamps", "Partner: A", "Partner (2): B"]]


def test_a_register_comes_in_parts_of_a_thousand_rows(tmp_path: Path) -> None:
    rows = "".join(f"Lamps {at},{at}\n" for at in range(1, 2 * ROWS_A_PART + 2))
    found = drafts(tmp_path, "Title,Budget\n" + rows)
    assert [draft.rows for draft in found] == [(2, 1001), (1002, 2001), (2002, 2002)]


def test_a_register_is_never_in_memory_whole(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    with path.open("w") as file:
        file.write("Title,Description,Budget\n")
        file.writelines(f"Lamps {at},{'words ' * 40},{at}\n" for at in range(20_000))
    next(read_csv(path))  # what is imported and cached once
    tracemalloc.start()
    for _ in read_csv(path):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 5_000_000
    # A part of 1,000 rows takes about 3 MB with its blocks; two are alive at a time.
    assert peak < 10_000_000


def test_columns_beyond_the_bound_are_left_out_and_told(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, ",".join(f"c{at}" for at in range(10_000)) + "\n" + ",".join("1" * 10_000))
    assert draft.notes == ("more than 1,000 columns; the first 1,000 are read",)
    assert len(draft.columns) == MOST_COLUMNS


def test_a_stray_nul_is_dropped_and_told(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, "Title,Budget\n" + "Lamps,5 EUR\n" * 50 + "La\x00mps,6 EUR\n")
    assert draft.notes == ("1 NUL bytes were dropped",)
    assert records(draft)[-1] == ["Lamps", "Budget: 6 EUR"]


def test_a_quotation_mark_that_is_not_closed_is_told_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"row 2: .*quotation mark that is not closed before line"):
        drafts(tmp_path, 'a,b\n"open,1\n' + "2,3\n" * 50_000)


def test_a_file_without_line_breaks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"line 1 has more than 5,000,000 characters"):
        drafts(tmp_path, "word," * 1_000_001)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b",,,\n,,\n"])
def test_a_register_without_a_word_has_no_drafts(tmp_path: Path, content: bytes) -> None:
    assert drafts(tmp_path, content) == []


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="zip archive"):
        drafts(tmp_path, b"PK\x03\x04" + b"\x00" * 50)


cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=8))
def test_every_filled_cell_can_be_pointed_at(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("law") / "register.csv"
    out = io.StringIO()
    csv.writer(out).writerows([["Title", "Budget", "Remarks", "More"], *rows])
    path.write_text(out.getvalue(), newline="", encoding="utf-8")
    for draft in read_csv(path):
        pointed = [cell.of(draft.text) for block in draft.blocks for cell in block.cells]
        titles = [block.span.of(draft.text) for block in draft.blocks if block.kind in ("record", "heading")]
        for block in draft.blocks:
            if block.kind == "field":
                label, value = (cell.of(draft.text) for cell in block.cells)
                assert block.span.of(draft.text) == f"{label}: {value}"
        if draft.columns[0].label == "Title":
            for row in rows:
                assert all(squeeze(cell) in [*pointed, *titles] for cell in row if squeeze(cell))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "register.csv"
    path.write_bytes(data)
    try:
        for draft in read_csv(path):
            assert all(block.span.of(draft.text) for block in draft.blocks)
    except UnreadableError as error:
        assert str(error)  # noqa: PT017  # either outcome is right, silence is not
