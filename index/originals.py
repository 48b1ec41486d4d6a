"""Originals: the file that a document was read from, if it is still where it was, or the address it gives itself.

A file is looked for below the paths that the store was built from and among its uploads, and nowhere else: what a
source, or a link in one of the folders, would lead to beyond them is not there.
"""

import re
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.files import ARCHIVE, File, file_digest, file_of, list_archive, printable
from index.roots import read_roots
from index.store import Store
from index.uploads import SOURCE, uploads_folder

KEYS = ("url", "source", "link", "permalink", "canonical", "canonical_url", "source_url", "original", "adresa", "sursa")
"""Names under which the front matter of a page tells where it was published."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)


def original(store: Store, document: Document) -> File | str | None:
    """The file (a member of an archive is one) or, where there is none, the http(s) address; None without either."""
    return locate(store, file_of(document.source)) or address_of(document)


def locate(store: Store, source: str) -> File | None:
    """The file of a source: below the uploads or a path that the store was built from, all links followed."""
    with store.catalogue.transaction() as connection:
        roots = read_roots(connection)
    return find_file(roots, uploads_folder(store.settings.store), source)


def find_file(roots: Sequence[Path], uploads: Path, source: str) -> File | None:
    """The file that a build from `roots` and `uploads` would give this source."""
    if source.startswith(SOURCE) and (found := _below(uploads, source.removeprefix(SOURCE), source)):
        return found
    each = (_below(root, source, source) if root.is_dir() else _single(root, source) for root in roots)
    return next((found for found in each if found), None)


def _single(root: Path, source: str) -> File | None:
    """The same where a build was given a single file, or a single archive."""
    head, _, rest = source.partition("/")
    if head != printable(root.name) or not root.is_file():
        return None
    return _member(root, rest, source) if rest else File(source, root)


def _below(root: Path, name: str, source: str) -> File | None:
    """The file of this name in a folder; a name is a path with forward slashes, as it is printed."""
    try:
        inside = root.resolve(strict=True)
        place, parts = inside, name.split("/")
        for at, part in enumerate(parts):
            if place.is_file():
                return _member(place, "/".join(parts[at:]), source)
            child = _child(place, part)
            if child is None or not child.resolve(strict=True).is_relative_to(inside):
                return None
            place = child
        return File(source, place) if place.is_file() else None
    except (OSError, ValueError, RuntimeError):  # gone meanwhile, not ours to read, links in a circle
        return None


def _child(folder: Path, name: str) -> Path | None:
    """What is called `name` in a folder, be it that its name has characters that are not printed."""
    if name in ("", ".", "..") or name.startswith("."):
        return None
    if (folder / name).exists():
        return folder / name
    return next((path for path in folder.iterdir() if printable(path.name) == name), None)


def _member(archive: Path, name: str, source: str) -> File | None:
    if archive.suffix.lower() != ARCHIVE:
        return None
    try:
        names = [member.filename for member in list_archive(archive)]
    except UnreadableError:
        return None
    return next((File(source, archive, member) for member in names if printable(member) == name), None)


def size_of(file: File) -> int:
    """Its bytes; 0 where that cannot be told."""
    try:
        if file.member:
            with zipfile.ZipFile(file.path) as archive:
                return archive.getinfo(file.member).file_size
        return file.path.stat().st_size
    except (OSError, KeyError, zipfile.BadZipFile):
        return 0


def same_bytes(document: Document, file: File) -> bool:
    """Whether a file is still what the document was read from, by SHA-256."""
    try:
        return digest_of(file) == document.sha256
    except (OSError, UnreadableError):
        return False


def digest_of(file: File) -> str:
    """SHA-256 of a file, read again only where its size or time is another.

    Raises:
        OSError, UnreadableError: it is not there, or cannot be read.
    """
    told = file.path.stat()
    return _digest(file, told.st_size, told.st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(file: File, _size: int, _changed: int) -> str:
    return file_digest(file)


def address_of(document: Document) -> str | None:
    """Where the document says that it was published: its source, or a line of its front matter."""
    if _ADDRESS.fullmatch(document.source):
        return document.source
    told = {}
    for block in document.blocks:
        if block.kind == "meta":
            key, _, value = block.span.of(document.text).partition(":")
            told[key.strip().lower().replace("-", "_")] = value.strip().strip("\"'")
    return next((told[key] for key in KEYS if _ADDRESS.fullmatch(told.get(key, ""))), None)
