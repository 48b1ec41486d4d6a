"""Shelf: what staff see of a store's documents and may do with them, one page at a time.

What is done takes effect with the next sync; until then it is said what waits for it. Knows no page and no visitor.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from corpus.errors import MisuseError, UnreadableError
from corpus.files import ARCHIVE, File
from index import contents
from index.findings import Findings
from index.holdings import Holding, read_holdings, read_made
from index.originals import digest_of, find_file, size_of
from index.roots import leave_out, read_left_out, read_roots, take_in
from index.store import Store
from index.uploads import (
    SOURCE,
    Removed,
    Upload,
    keep_upload,
    put_back,
    remove_upload,
    removed_uploads,
    upload_of,
    uploads,
    uploads_folder,
)

PAGE_ROWS = 25
LEFT_OUT, REMOVED = "left out", "removed"
"""What waits for the next sync to be forgotten."""
NEW, CHANGED = "new", "changed"
"""What waits for the next sync to be read."""
LEAVE, TAKE, REMOVE, BACK = "leave", "take", "remove", "back"
"""What staff may do with a document."""


@dataclass(frozen=True, slots=True)
class Row:
    """A file that the store holds. `size` is in bytes, None where the file is not there any more.

    `upload` is the name of the upload that it is, or is in; `waits`, `left out` or `removed`, is empty for most.
    """

    holding: Holding
    size: int | None
    upload: str | None
    waits: str
    findings: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """An upload that the store does not hold as it is: `how` is `new` or `changed`, `reason` why it was not read."""

    name: str
    how: str
    reason: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the files that a store holds, and what is beside it: waiting, left out, removed."""

    rows: list[Row]
    total: int
    page: int
    pages: int
    waiting: list[Waiting]
    left_out: list[str]
    removed: list[Removed]


def shelf(store: Store, findings: Findings | None, *, containing: str = "", page: int = 1) -> Shelf:
    """A page of the files with `containing` in source or title, counted from 1; the nearest where there is no such."""
    folder = store.settings.store
    with store.catalogue.transaction() as connection:
        held = read_holdings(connection, store.generation, containing)
        out, roots = read_left_out(connection), read_roots(connection)
        waiting = _waiting(connection, store, findings)
        files = contents.files_of(connection, store.generation)
    pages = max(1, -(-len(held) // PAGE_ROWS))
    page = min(max(1, page), pages)
    shown = held[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    names, counted = set(uploads(folder)), findings.by_file() if findings else {}
    rows = [_row(holding, roots, folder, names, set(out), counted) for holding in shown]
    gone = [file for file in out if file not in files]
    return Shelf(rows, len(held), page, pages, waiting, gone, removed_uploads(folder))


def _row(
    holding: Holding,
    roots: Sequence[Path],
    folder: Path,
    names: set[str],
    out: set[str],
    counted: Mapping[str, int],
) -> Row:
    upload, file = upload_of(holding.file), find_file(roots, uploads_folder(folder), holding.file)
    waits = LEFT_OUT if holding.file in out else REMOVED if upload and upload not in names and not file else ""
    return Row(
        holding, size_of(file) if file else None, upload if upload in names else None, waits,
        counted.get(holding.file, 0),
    )  # fmt: skip


def _waiting(connection: Connection, store: Store, findings: Findings | None) -> list[Waiting]:
    """Uploads that are not in the store as they are now."""
    folder, files = store.settings.store, contents.files_of(connection, store.generation)
    made = read_made(connection, store.generation)
    reasons, out = findings.unreadable() if findings else {}, set(read_left_out(connection))
    archives = {upload_of(file) for file in files if file.startswith(SOURCE)}
    found = []
    for name in uploads(folder):
        source, path = SOURCE + name, uploads_folder(folder) / name
        if source in out:
            continue
        if source in files:
            if not _is(File(source, path), files[source][1]):
                found.append(Waiting(name, CHANGED, reasons.get(source, "")))
        elif name not in archives:
            found.append(Waiting(name, NEW, reasons.get(source, "")))
        elif path.suffix.lower() == ARCHIVE and made and _written(path) > datetime.fromisoformat(made.at):
            found.append(Waiting(name, CHANGED, ""))
    return found


def _is(file: File, sha256: str) -> bool:
    with suppress(OSError, UnreadableError):
        return digest_of(file) == sha256
    return False


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def add_upload(store: Store, path: Path, name: str) -> Upload:
    """Keep an upload, to be read by the next sync although one of its name was left out before.

    Raises:
        UploadError: it is not kept; the message says why.
    """
    kept = keep_upload(store.settings.store, path, name)
    with store.catalogue.transaction() as connection:
        for file in read_left_out(connection):
            if upload_of(file) == kept.name:
                take_in(connection, file)
    return kept


def act_on(store: Store, act: str, value: str) -> str:
    """Do to a document what staff want: leave it out, take it in, remove it, put it back; its name.

    `value` is the source of its file; of a removed one, moment and name with a slash between.

    Raises:
        MisuseError: there is no such act or document.
        UploadError: the file cannot be moved.
    """
    acts: dict[str, Callable[[Store, str], str]] = {LEAVE: _leave, TAKE: _take, REMOVE: _remove, BACK: _back}
    if act not in acts:
        raise MisuseError(f"{act!r}: expected one of {', '.join(acts)}")
    return acts[act](store, value)


def _leave(store: Store, file: str) -> str:
    with store.catalogue.transaction() as connection:
        if file not in contents.files_of(connection, store.generation):
            raise MisuseError(f"{file} is not among the documents; look at the list again")
        leave_out(connection, file)
    return file


def _take(store: Store, file: str) -> str:
    with store.catalogue.transaction() as connection:
        take_in(connection, file)
    return file


def _remove(store: Store, file: str) -> str:
    name = upload_of(file)
    if name is None:
        raise MisuseError(f"{file} is in the organisation's own folders, from which nothing is removed; leave it out")
    remove_upload(store.settings.store, name)
    return name


def _back(store: Store, value: str) -> str:
    moment, _, name = value.partition("/")
    put_back(store.settings.store, moment, name)
    return name
