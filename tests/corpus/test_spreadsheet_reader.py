"""XLSX and ODS into Drafts: sheets, what cells show, and what is reported. Workbooks are made here, by openpyxl."""

import datetime
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from corpus.errors import UnreadableError
from corpus.readers.draft import Draft
from corpus.readers.spreadsheet import MOST_EMPTY_ROWS, plain_number, read_ods, read_xlsx

Rows = list[list[Any]]
Reader = Callable[[Path], Iterator[Draft]]


def workbook(path: Path, *sheets: tuple[str, Rows], formats: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for place, code in (formats or {}).items():
        book.worksheets[0][place].number_format = code
    book.save(path)
    return path


def text(path: Path, read: Reader = read_xlsx) -> str:
    return "".join(draft.text for draft in read(path))


def test_a_sheet_is_a_table_with_its_row_numbers(tmp_path: Path) -> None:
    rows: Rows = [
        ["Grants of 2021"],
        [],
        ["Title", "Budget (EUR)", "Place"],
        ["Lamps", 1200000, "Cluj"],
        ["Hills", 5.5, None],
    ]
    (draft,) = read_xlsx(workbook(tmp_path / "a.xlsx", ("Grants", rows)))
    assert draft.text == "Lamps\nBudget (EUR): 1200000\nPlace: Cluj\n\nHills\nBudget (EUR): 5.5\n"
    assert (draft.title, draft.rows, draft.notes) == ("Grants of 2021", (4, 5), ())


def test_a_header_that_is_merged_over_two_rows_names_each_column(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("Grants", [["Project title", "Budget", None], [None, "Total", "Grant"], ["Lamps", 12, 6], ["Hills", 13, 7]]),
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("B1:C1")
    book.worksheets[0].merge_cells("A1:A2")
    book.save(path)
    assert text(path).startswith("Lamps\nBudget Total: 12\nBudget Grant: 6\n")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1200000, "#,##0", "1200000"),
        (1200.5, '#,##0.00 "lei"', "1200.5 lei"),
        (1200.5, "[$€-2] #,##0.00", "€ 1200.5"),
        (1200, "_($* #,##0.00_)", "$ 1200"),
        (0.85, "0%", "85%"),
        (0.1 + 0.2, "General", "0.3"),
        (5, '0 "km"', "5"),
        (datetime.date(2021, 3, 5), "DD.MM.YYYY", "2021-03-05"),
        (datetime.datetime(2021, 3, 5, 14, 30), "DD.MM.YYYY HH:MM", "2021-03-05 14:30"),
        (datetime.time(14, 30), "HH:MM", "14:30"),
        (True, "General", "TRUE"),
        ("  two\nlines ", "General", "two lines"),
    ],
)
def test_cells_show_what_a_person_sees_without_rounding(tmp_path: Path, value: Any, code: str, shown: str) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A", [["Title", "Thing"], ["Lamps", value]]), formats={"B2": code})
    assert text(path) == f"Lamps\nThing: {shown}\n"


def test_a_number_s_point_is_a_decimal_point(tmp_path: Path) -> None:
    (draft,) = read_xlsx(workbook(tmp_path / "a.xlsx", ("A", [["Title", "Budget (EUR)"], ["Lamps", 1.234]])))
    assert [column.decimal_mark for column in draft.columns] == ["", "."]


def test_sheets_come_in_order_by_name_with_no_two_rows_of_one_number_and_hidden_ones_are_told(tmp_path: Path) -> None:
    rows: Rows = [["Title", "Budget"], ["Lamps", 5]]
    path = workbook(tmp_path / "a.xlsx", ("One", rows), ("Secret", rows), ("Two", rows))
    book = openpyxl.load_workbook(path)
    book["Secret"].sheet_state = "hidden"
    book.save(path)
    found = list(read_xlsx(path))
    assert [(draft.title, draft.rows) for draft in found] == [("One", (2, 2)), ("Two", (4, 4))]
    assert found[0].notes == ("the hidden sheet Secret is not read",)


def test_a_formula_is_the_value_it_was_saved_with_and_one_without_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A", [["Title", "Budget"], ["Lamps", "=2+3"]]))
    (draft,) = read_xlsx(path)
    assert draft.text == "Lamps\n"
    assert draft.notes[0].startswith("formulas without saved values are left out")
    saved = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"</f><v ?/>|</f><v></v>", rb"</f><v>5</v>", old.read(name)))
    (draft,) = read_xlsx(saved)
    assert (draft.text, draft.notes) == ("Lamps\nBudget: 5\n", ())


def test_a_sheet_of_ten_thousand_columns_is_cut_and_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A", [[f"c{at}" for at in range(10_000)], [1] * 10_000]))
    (draft,) = read_xlsx(path)
    assert draft.notes == ("more than 1,000 columns; the first 1,000 are read",)


def test_rows_that_are_only_formatted_come_to_an_end(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A", [["Title", "Budget"], ["Lamps", 5]]))
    styled = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (at, at) for at in range(3, MOST_EMPTY_ROWS + 5_000))
    patched = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(patched, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", styled + b"</sheetData>"))
    assert text(patched) == "Lamps\nBudget: 5\n"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "3"),
        (1e15, "1000000000000000"),
        (1e20, "100000000000000000000"),
        (1.10, "1.1"),
        (-0.5, "-0.5"),
        (1e-7, "0.0000001"),
    ],
)
def test_a_number_has_all_its_digits_and_no_exponent(value: float, shown: str) -> None:
    assert plain_number(value) == shown


def test_no_number_is_written_for_what_is_none() -> None:
    assert plain_number(float("inf")) == plain_number(float("nan")) == ""


CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>'
    '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>%s</office:spreadsheet></office:body>"
    "</office:document-content>"
)


def cell(words: str, **attributes: str) -> str:
    told = "".join(f' {key.replace("_", ":", 1).replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<table:table-cell{told}><text:p>{words}</text:p></table:table-cell>"


def row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def table(name: str, *rows: str, style: str = "on") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def ods(path: Path, *tables: str, manifest: str = "<manifest/>") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("content.xml", CONTENT % "".join(tables))
        package.writestr("META-INF/manifest.xml", manifest)
    return path


HEADER = row(cell("Title"), cell("Budget"), cell("Start"))
NOTHING = '<table:table-cell table:number-columns-repeated="16000"/>'


def test_an_opendocument_sheet_gives_values_with_their_currency_and_dates_as_iso(tmp_path: Path) -> None:
    money = cell("1.200,50 lei", office_value_type="currency", office_currency="RON", office_value="1200.5")
    day = cell("05.03.2021", office_value_type="date", office_date_value="2021-03-05")
    path = ods(
        tmp_path / "a.ods",
        table("A", HEADER, row(cell("Lamps<text:s/>on<text:span> hills</text:span>"), money, day, NOTHING)),
    )
    assert text(path, read_ods) == "Lamps on hills\nBudget: 1200.5 RON\nStart: 2021-03-05\n"


def test_a_million_empty_rows_cost_nothing_and_rows_below_keep_their_number(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", table("A", HEADER, row(NOTHING, times=1_000_000), row(cell("Lamps"), cell("5 EUR"))))
    (draft,) = read_ods(path)
    assert draft.rows == (1_000_002, 1_000_002)


def test_a_row_repeated_a_million_times_is_bounded(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", table("A", HEADER, row(cell("Lamps"), cell("5 EUR"), times=1_000_000)))
    assert sum(block.kind == "record" for draft in read_ods(path) for block in draft.blocks) == 1_000


def test_a_hidden_opendocument_sheet_is_left_out(tmp_path: Path) -> None:
    hidden = table("Secret", HEADER, row(cell("No"), cell("5 EUR")), style="off")
    path = ods(tmp_path / "a.ods", hidden, table("B", HEADER, row(cell("Lamps"), cell("5 EUR"))))
    assert text(path, read_ods) == "Lamps\nBudget: 5 EUR\n"


def test_a_locked_file_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    locked = ods(tmp_path / "a.ods", table("A"), manifest="<manifest><encryption-data/></manifest>")
    with pytest.raises(UnreadableError, match="locked with a password"):
        list(read_ods(locked))
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(UnreadableError, match="locked with a password"):
        list(read_xlsx(path))
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook")
    with pytest.raises(UnreadableError, match=r"old Office format, whatever .*; open it and save it as \.xlsx"):
        list(read_xlsx(path))


@pytest.mark.parametrize("read", [read_xlsx, read_ods])
@pytest.mark.parametrize("data", [b"", b"words", b"PK\x03\x04 and no more", b"%PDF-1.7"])
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, read: Reader, data: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match="save it anew"):
        list(read(path))


def test_an_archive_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", table("A"))
    with pytest.raises(UnreadableError, match=r"holds no xl/workbook\.xml"):
        list(read_xlsx(path))


def test_a_part_that_unpacks_to_thousands_of_times_its_size_is_not_unpacked(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", table("A", HEADER, row(cell("x" * 20_000_000))))
    with pytest.raises(UnreadableError, match=r"a part unpacks to [\d,]+ times its size"):
        list(read_ods(path))


def test_a_document_type_with_entities_is_not_unfolded(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    entities = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>'
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", entities + CONTENT % table("A", HEADER, row(cell("Lamps &c;"), cell("5 EUR"))))
    assert "aaaa" not in text(path, read_ods)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_damaged_bytes_anywhere_end_in_a_reason(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    read: Reader = read_xlsx if ending == "xlsx" else read_ods
    if ending == "xlsx":
        workbook(path, ("A", [["Title", "Budget"], *[[f"Lamps {at}", at] for at in range(50)]]))
    else:
        ods(path, table("A", HEADER, *[row(cell(f"Lamps {at}"), cell(f"{at} EUR")) for at in range(50)]))
    data = path.read_bytes()
    chance = random.Random(7)  # noqa: S311  # no secret, the same damage each time
    refused = 0
    for _ in range(60):
        broken = bytearray(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data)
        for _ in range(chance.randrange(1, 6)):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        path.write_bytes(broken)
        try:
            list(read(path))
        except UnreadableError:
            refused += 1
    assert refused > 20
