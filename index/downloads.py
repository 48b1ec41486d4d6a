"""The projects as files for spreadsheet programs, with our own names of columns or the 360Giving Data Standard's.

A row for each record, written as it is read. What a spreadsheet program might run stands there as text.
"""

import csv
import io
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.errors import MisuseError
from corpus.record import Project
from corpus.spreadsheets import FORMULA, MOST_DIGITS, fitting, harmless
from index.download_columns import GIVING_COLUMNS, OUR_COLUMNS, Cell, Column, Told
from index.store import Store

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

OURS, GIVING = "", "360giving"
"""What columns are called by."""
PIECE_ROWS = 500
"""Rows of a CSV file that are given at a time."""
TEXTS_KEPT = 64
"""Documents that are kept in memory; one of a register has a thousand rows."""


class _Texts(Mapping[str, Document]):
    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[str, Document] = OrderedDict()

    def __getitem__(self, source: str) -> Document:
        if source not in self._kept:
            self._kept[source] = self._store.texts([source])[source]
            if len(self._kept) > TEXTS_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(source)
        return self._kept[source]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(one.source for one in self._store.names.titles))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def texts_of(store: Store) -> Mapping[str, Document]:
    """The documents of a store's projects by source, read when they are asked for; for one download."""
    return _Texts(store)


def to_csv(projects: Iterable[Project], documents: Mapping[str, Document], *, names: str = OURS) -> Iterator[bytes]:
    """A CSV file in pieces, UTF-8 with a byte order mark; `documents` are by source.

    Raises:
        MisuseError: columns are not called by `names`.
    """
    columns = columns_of(names)
    return _csv(projects, documents, columns)


def _csv(
    projects: Iterable[Project], documents: Mapping[str, Document], columns: Mapping[str, Column]
) -> Iterator[bytes]:
    yield "\N{BYTE ORDER MARK}".encode() + _lines([[*columns]])  # by the mark Excel knows it from old encodings
    rows = _rows(projects, documents, columns)
    while piece := list(islice(rows, PIECE_ROWS)):
        yield _lines([_plain(cell) for cell in row] for row in piece)


def _lines(rows: Iterable[list[str]]) -> bytes:
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue().encode()


def _plain(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return harmless(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def to_xlsx(projects: Iterable[Project], documents: Mapping[str, Document], path: Path, *, names: str = OURS) -> None:
    """The same as a workbook of one sheet, written row by row.

    Raises:
        MisuseError: columns are not called by `names`.
    """
    from openpyxl import Workbook

    columns = columns_of(names)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("projects")
    sheet.freeze_panes = "A2"
    sheet.append([*columns])
    for row in _rows(projects, documents, columns):
        sheet.append([_in_sheet(cell, sheet) for cell in row])
    book.save(path)


def _in_sheet(cell: Cell, sheet: "WriteOnlyWorksheet") -> "int | Decimal | WriteOnlyCell | None":
    if isinstance(cell, Decimal):
        if len(cell.as_tuple().digits) <= MOST_DIGITS:
            return cell
        cell = format(cell, "f")
    return _text_cell(cell, sheet) if isinstance(cell, str) else cell


def _text_cell(text: str, sheet: "WriteOnlyWorksheet") -> "WriteOnlyCell | None":
    """A cell that is text whatever it says, to whoever edits it as well."""
    from openpyxl.cell import WriteOnlyCell

    if not text:
        return None
    made = WriteOnlyCell(sheet, fitting(text))
    made.data_type = "s"  # not `f`, as which openpyxl takes what begins with "="
    if FORMULA.match(text):
        made.quotePrefix = True
    return made


def columns_of(names: str) -> Mapping[str, Column]:
    """The columns by what they are called by."""
    known = {OURS: OUR_COLUMNS, GIVING: GIVING_COLUMNS}
    if names not in known:
        raise MisuseError(f"columns cannot be named by {names!r}; expected {GIVING!r}, or nothing for our own names")
    return known[names]


def _rows(
    projects: Iterable[Project], documents: Mapping[str, Document], columns: Mapping[str, Column]
) -> Iterator[list[Cell]]:
    for project in projects:
        told = Told(project, documents.get(project.document))
        yield [cell(told) for cell in columns.values()]
