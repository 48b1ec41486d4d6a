"""The projects as files for spreadsheet programs, with our own names of columns or the 360Giving Data Standard's."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from corpus.document import Document
from corpus.record import Project
from index.store import Store

OURS, GIVING = "", "360giving"
"""What columns are called by."""


def texts_of(store: Store) -> Mapping[str, Document]:
    """The store's documents by source, read when they are asked for; the last ones are kept."""
    raise NotImplementedError


def to_csv(projects: Iterable[Project], documents: Mapping[str, Document], *, names: str = OURS) -> Iterator[bytes]:
    """A CSV file in pieces, UTF-8 with a byte order mark, a row for each record; `documents` by source."""
    raise NotImplementedError


def to_xlsx(projects: Iterable[Project], documents: Mapping[str, Document], path: Path, *, names: str = OURS) -> None:
    """The same as a workbook of one sheet, written to `path` row by row."""
    raise NotImplementedError
