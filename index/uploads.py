"""Documents that staff have uploaded: a folder of the store, which every build reads along with the paths it is given.

Nothing in it is ever overwritten or deleted: what a new version replaces, and what is removed, is put aside in hidden
folders beside it, which no build reads. Knows nothing of what the documents say, nor of the catalogue.
"""

import shutil
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from corpus.errors import UnreadableError
from corpus.files import ARCHIVE, File, file_digest, list_archive, opened, printable
from index.errors import UploadError

FOLDER = "uploads"
SOURCE = f"{FOLDER}/"
"""What sources of uploaded documents begin with, so that none is taken for one of the organisation's own folders."""
REPLACED, REMOVED = ".replaced", ".removed"
MAX_UPLOAD_BYTES = 200_000_000
LONGEST_NAME = 200
"""Bytes of a name in UTF-8; file systems take 255."""
ADDED, CHANGED, SAME = "added", "changed", "same"
"""What keeping an upload may come to: a new document, a new version of one, the very bytes that were there."""
_TIME = "%Y-%m-%dT%H-%M-%S.%fZ"


@dataclass(frozen=True, slots=True)
class Upload:
    """A document as it was kept; `how` is `added`, `changed` or `same`."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that was removed and can be put back; `moment` is a folder's name, `at` the same in ISO 8601."""

    moment: str
    name: str
    at: str


def uploads_folder(store: Path) -> Path:
    """Where a store keeps what is uploaded; not there before the first document is."""
    return store / FOLDER


def uploads(store: Path) -> list[str]:
    """Names of the documents that are kept, in order."""
    folder = uploads_folder(store)
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def upload_of(source: str) -> str | None:
    """The name of the upload that a file's source stands for or, of a member of an archive, is in."""
    return PurePosixPath(source).parts[1] if source.startswith(SOURCE) and source != SOURCE else None


def keep_upload(store: Path, path: Path, name: str, *, most_bytes: int = MAX_UPLOAD_BYTES) -> Upload:
    """Copy the file at `path` to the uploads under a safe form of `name`; a version that is there is put aside.

    Raises:
        UploadError: it is too large, of a type that is not read, or cannot be written; the message says what to do.
    """
    name = safe_name(name)
    size = path.stat().st_size
    if size > most_bytes:
        raise UploadError(f"{name} has {size:,} bytes; up to {most_bytes:,} can be uploaded; split it")
    folder = uploads_folder(store)
    target = folder / name
    # With the same ending, by which it is known what it is.
    coming = folder / f".{uuid.uuid4().hex}{''.join(Path(name).suffixes[-2:])}"
    with _moving(name):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(path, coming)
            _check(File(name, coming))
            there = target.is_file()
            if there and file_digest(File(name, target)) == file_digest(File(name, coming)):
                return Upload(name, SAME)
            if there:
                _put_aside(target, folder / REPLACED)
            coming.replace(target)
        finally:
            coming.unlink(missing_ok=True)
    return Upload(name, CHANGED if there else ADDED)


def _check(file: File) -> None:
    """Refuse what no build could read; what a file says is looked at when it is read."""
    try:
        if file.ending != ARCHIVE:
            with opened(file):
                return
        if not list_archive(file.path):
            raise UploadError(f"{file.source}: the archive holds no file; upload the documents themselves")
    except UnreadableError as error:
        raise UploadError(f"{file.source}: {error}") from error


def safe_name(name: str) -> str:
    """A file's name as it is kept: without folders, control characters and leading dots, and not too long.

    Raises:
        UploadError: nothing is left of it, or it has no ending.
    """
    bare = printable(name.replace("\\", "/").rpartition("/")[2]).replace("\N{REPLACEMENT CHARACTER}", "")
    bare = " ".join(unicodedata.normalize("NFC", bare).split()).strip(". ")
    stem, _, ending = bare.rpartition(".")
    room = LONGEST_NAME - len(f".{ending}".encode())
    if not stem.strip(". ") or room < 1:
        raise UploadError(
            f"{printable(name)[:80]}: expected a name with an ending, such as report.pdf; rename the file"
        )
    return f"{stem.encode()[:room].decode('utf-8', 'ignore').rstrip('. ')}.{ending}"


def remove_upload(store: Path, name: str) -> None:
    """Put a document aside; the next build forgets it.

    Raises:
        UploadError: there is none of this name.
    """
    if name not in uploads(store):
        raise UploadError(f"{name} is not among the uploaded documents; look at the list again")
    with _moving(name):
        _put_aside(uploads_folder(store) / name, uploads_folder(store) / REMOVED)


def removed_uploads(store: Path) -> list[Removed]:
    """Documents that were removed and can be put back, the last one first."""
    found = []
    for path in (uploads_folder(store) / REMOVED).glob("*/*"):
        with suppress(ValueError):  # a folder that somebody else has made there
            at = datetime.strptime(path.parent.name, _TIME).replace(tzinfo=UTC)
            found.append(Removed(path.parent.name, path.name, at.isoformat(timespec="seconds")))
    return sorted(found, key=lambda one: one.moment, reverse=True)


def put_back(store: Path, moment: str, name: str) -> None:
    """Undo a removal; the next build reads the document again.

    Raises:
        UploadError: it is not there any more, or another document of its name has been uploaded since.
    """
    if not any((one.moment, one.name) == (moment, name) for one in removed_uploads(store)):
        raise UploadError(f"{name} is not among the removed documents; look at the list again")
    folder = uploads_folder(store)
    if (folder / name).exists():
        raise UploadError(f"another {name} has been uploaded since; remove that one first")
    with _moving(name):
        (folder / REMOVED / moment / name).rename(folder / name)
        (folder / REMOVED / moment).rmdir()


def _put_aside(path: Path, folder: Path) -> None:
    """Move a file into a folder of its own, called after the moment."""
    aside = folder / datetime.now(UTC).strftime(_TIME)
    aside.mkdir(parents=True)
    path.rename(aside / path.name)


@contextmanager
def _moving(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UploadError(
            f"{name} was left as it is: {error.strerror or error}; see to the disk and try again"
        ) from error
