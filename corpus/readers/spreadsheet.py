"""XLSX and ODS: the sheets that a person sees, row by row, cells as words.

A date is written as ISO 8601, a number plainly with a point before decimals and with all its decimals, whatever its
format rounds or groups, a share as a percentage, and an amount with the currency that its format shows. A formula is
the value it was saved with. What the rows mean is left to `corpus.readers.register`.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any

from lxml import etree

from corpus.cells import Number, currency_code
from corpus.errors import UnreadableError
from corpus.files import SMALL_MEMBER_BYTES
from corpus.readers.draft import Draft
from corpus.readers.package import Kind, check_package
from corpus.readers.register import MOST_COLUMNS, Row, read_table

MAX_UNPACKED_BYTES = 2_000_000_000
"""Of all parts; a sheet is read piece by piece, and a million rows of ten cells have 500 MB."""
MAX_STRINGS_BYTES = 200_000_000
"""Of the table of strings, which is read whole."""
XLSX = Kind(
    "workbook (.xlsx)",
    "xl/workbook.xml",
    ".xlsx",
    MAX_UNPACKED_BYTES,
    MAX_STRINGS_BYTES,
    (".rels", "sharedStrings.xml", "styles.xml"),
    "save it as .csv",
)
ODS = Kind(
    "OpenDocument spreadsheet (.ods)",
    "content.xml",
    ".ods",
    MAX_UNPACKED_BYTES,
    MAX_STRINGS_BYTES,
    (),
    "save it as .csv",
)
MOST_ROWS = 1_048_576
"""Of a sheet; no spreadsheet program has more."""
MOST_EMPTY_ROWS = 20_000
"""On end; what stands below them is not looked for, since a formatted sheet has a million."""
MOST_REPEATED = 1_000
"""Times that a row with words may be repeated by one mark in ODS."""
ROWS_AT_ONCE = 500
SIGNIFICANT_DIGITS = 15
"""Which a spreadsheet's number has; further digits come from the binary fraction it is kept in."""

_CURRENCY = re.compile(r"\[\$(?P<coded>[^\]-]+)(?:-[^\]]*)?\]|\"(?P<quoted>[^\"]+)\"|(?P<sign>[€£$¥])")
_PLACE = re.compile(r"[0#?]")
_DECIMALS = re.compile(r"\d\.\d")
_UNSAVED = re.compile(rb"<f\b[^>]*>[^<]{1,500}</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError,
    NotImplementedError, RuntimeError, SyntaxError, OverflowError, OSError,
)  # fmt: skip
"""What openpyxl and lxml raise where a file is damaged; a damaged XML part is a SyntaxError, a place
before the file's beginning an OSError."""


def read_xlsx(path: Path) -> Iterator[Draft]:
    """The Drafts of a workbook, its visible sheets in order; rows are counted on from sheet to sheet.

    Raises:
        UnreadableError: it is locked, damaged, no workbook, or unpacks to more than is read.
    """
    check_package(path, XLSX)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations, which are not read
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        notes = [f"the hidden sheet {name} is not read" for name in hidden]
        if _has_unsaved_formulas(path):
            notes.append("formulas without saved values are left out; open it in a spreadsheet program and save it")
        yield from _sheets(((sheet.title, _xlsx_rows(sheet)) for sheet in visible), len(visible), notes)
        book.close()
    except _BROKEN as error:
        reason = _reason(error).replace(str(path), path.name)  # the path here is none of the reader's
        raise UnreadableError(f"a damaged workbook ({reason}); open it and save it anew") from error


def read_ods(path: Path) -> Iterator[Draft]:
    """The Drafts of an OpenDocument spreadsheet, as `read_xlsx`.

    Raises:
        UnreadableError: as `read_xlsx`.
    """
    check_package(path, ODS)
    try:
        with zipfile.ZipFile(path) as package, package.open("content.xml") as content:
            yield from _sheets(_ods_tables(content), 0, [])
    except _BROKEN as error:
        raise UnreadableError(f"a damaged spreadsheet ({_reason(error)}); open it and save it anew") from error


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__).split("\n")[0][:120]


def _sheets(sheets: Iterable[tuple[str, Iterator[Row]]], total: int, notes: list[str]) -> Iterator[Draft]:
    """The Drafts of all sheets. Rows are counted on, so that no two parts of a file have the same numbers."""
    offset = 0
    for at, (name, rows) in enumerate(sheets):
        last = [offset]
        told: list[str] = []
        numeric: set[int] = set()
        # The only sheet is the file; of several, each goes by its own name.
        title = name if total != 1 and (total or at) else ""
        numbered = _numbered(rows, offset, last, told, numeric)
        for draft in read_table(numbered, title=title, notes=notes, numeric=numeric):
            yield replace(draft, notes=(*draft.notes, *told))
            notes, told[:] = [], []
        offset = last[0]


def _numbered(rows: Iterator[Row], offset: int, last: list[int], notes: list[str], numeric: set[int]) -> Iterator[Row]:
    before = 0
    for row in rows:
        if row.number > MOST_ROWS:
            notes.append(f"more than {MOST_ROWS:,} rows; what is below is left out")
            return
        before = row.number
        last[0] = offset + before
        numeric.update(at for at, cell in enumerate(row.cells) if type(cell) is Number and _DECIMALS.search(cell))
        yield Row(offset + row.number, row.cells)


def _xlsx_rows(sheet: Any) -> Iterator[Row]:
    """The rows of a sheet that have a cell with something in it."""
    sheet.reset_dimensions()  # what a file says of its size may be wrong either way
    rows = enumerate(sheet.iter_rows(), start=1)
    empty = 0
    while empty < MOST_EMPTY_ROWS:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            some = list(islice(rows, ROWS_AT_ONCE))
        if not some:
            return
        for number, cells in some:
            words = [_words(cell.value, cell) if cell.value is not None else "" for cell in cells[: MOST_COLUMNS + 1]]
            if any(words):
                empty = 0
                yield Row(number, words)
            else:
                empty += 1


def _words(value: Any, cell: Any) -> str:
    """What a cell of a workbook shows."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        before, behind, is_share = _format(cell.number_format or "")
        return Number(f"{before}{plain_number(value * 100 if is_share else value)}{behind}")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, timedelta) else ""


def plain_number(value: float) -> str:
    """All digits that a spreadsheet's number has, no exponent: `0.3` for 0.1 + 0.2."""
    if isinstance(value, int):
        return str(value)
    try:
        number = Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}")
        return f"{number:f}" if number.is_finite() else ""
    except InvalidOperation:
        return ""


@lru_cache(maxsize=1024)
def _format(code: str) -> tuple[str, str, bool]:
    """(currency before, currency behind, whether it is a share) that a number format shows."""
    first = code.split(";")[0]
    if "%" in re.sub(r'"[^"]*"', "", first):
        return "", "%", True
    place = _PLACE.search(first)
    for match in _CURRENCY.finditer(first):
        words = (match["coded"] or match["quoted"] or match["sign"]).strip()
        if currency_code(words):
            is_before = place is not None and match.start() < place.start()
            return (f"{words} ", "", False) if is_before else ("", f" {words}", False)
    return "", "", False


def _has_unsaved_formulas(path: Path) -> bool:
    """Whether the first rows of a sheet hold formulas without a value, as programs write that compute nothing."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in names[:10]:
            with package.open(name) as part:
                if _UNSAVED.search(part.read(SMALL_MEMBER_BYTES)):
                    return True
    return False


_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def _ods_tables(content: IO[bytes]) -> Iterator[tuple[str, Iterator[Row]]]:
    """Each visible sheet with its rows; the rows of one are to be read before the next is asked for."""
    events = etree.iterparse(content, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False)
    hidden: set[str] = set()
    for event, element in events:
        if event == "end" and element.tag == f"{_STYLE}table-properties" and element.get(f"{_TABLE}display") == "false":
            parent = element.getparent()
            hidden.add(parent.get(f"{_STYLE}name", "") if parent is not None else "")
        elif event == "start" and element.tag == f"{_TABLE}table":
            rows = _ods_rows(events, element)
            if element.get(f"{_TABLE}style-name") in hidden:
                for _ in rows:
                    pass
            else:
                yield element.get(f"{_TABLE}name", ""), rows
                for _ in rows:  # what the reader left
                    pass


def _ods_rows(events: Any, table: Any) -> Iterator[Row]:
    number = 0
    for event, element in events:
        if event == "end" and element is table:
            table.clear()
            return
        if event == "end" and element.tag == f"{_TABLE}table-row":
            times = _times(element, "rows")
            words = _ods_cells(element)
            if any(words):
                for copy in range(1, min(times, MOST_REPEATED) + 1):
                    yield Row(number + copy, words)
            number += times
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]


def _times(element: Any, of: str) -> int:
    repeated = element.get(f"{_TABLE}number-{of}-repeated", "1")
    return int(repeated) if repeated.isdecimal() and len(repeated) < len(str(MOST_ROWS)) + 1 else 1


def _ods_cells(row: Any) -> list[str]:
    words: list[str] = []
    for cell in row.iterchildren(*_CELLS):
        shown = _ods_words(cell) if cell.tag == _CELLS[0] else ""
        words += [shown] * min(_times(cell, "columns"), MOST_COLUMNS + 1 - len(words))
        if len(words) > MOST_COLUMNS:
            break
    return words


def _ods_words(cell: Any) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "")
    value = cell.get(f"{_OFFICE}value", "")
    if kind in ("float", "currency", "percentage") and value:
        number = float(value)
        shown = plain_number(number * 100 if kind == "percentage" else number)
        currency = cell.get(f"{_OFFICE}currency", "")
        return Number(f"{shown}%" if kind == "percentage" else f"{shown} {currency}".strip())
    if kind == "date":
        return str(cell.get(f"{_OFFICE}date-value", "")).removesuffix("T00:00:00")
    return "\n".join(_ods_text(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h"))


def _ods_text(element: Any) -> str:
    if element.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
        return " "
    inner = "".join(_ods_text(child) + (child.tail or "") for child in element if isinstance(child.tag, str))
    return (element.text or "") + inner
