"""Files: what there is to read at the given paths, folders and archives walked, and the bytes of each within bounds.

Knows names, sizes and media types; knows nothing of what the files say.
"""

import gzip
import hashlib
import lzma
import os
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from corpus.errors import MisuseError, UnreadableError

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".xml": "application/xml",
}
ARCHIVE = ".zip"
PACKED = ".gz"
"""One file, packed: `grants.csv.gz` is read as `grants.csv`."""
REGISTERS = frozenset(MEDIA_TYPES[ending] for ending in (".csv", ".tsv", ".json", ".jsonl", ".xml"))
"""Types that are read piece by piece, so that their size bounds nothing in memory."""

MAX_FILE_BYTES = 50_000_000
"""Of a file that is read as a whole."""
MAX_REGISTER_BYTES = 4_000_000_000
MAX_ARCHIVE_MEMBERS = 20_000
MAX_ARCHIVE_BYTES = 4_000_000_000
"""Of an archive's members together, unpacked."""
MAX_ARCHIVE_RATIO = 200
"""Unpacked bytes for each packed one; text packs 3 to 20 times, a register of repeated cells up to 50 times."""
SMALL_MEMBER_BYTES = 1_000_000
"""Below this no ratio is looked at: ten thousand spaces pack very well and harm nobody."""
CHUNK_BYTES = 1 << 20

PART = "#row="
"""Between a register's name and the rows of one of its parts, `grants.csv#row=1002-2001`, as in RFC 7111."""

_ADVICE = {
    ".doc": "save it as .docx",
    ".xls": "save it as .xlsx",
    ".rtf": "save it as .docx",
    ".ppt": "save it as .pdf",
    ".pptx": "save it as .pdf",
    ".odp": "save it as .pdf",
    PACKED: "its name does not say what is packed in it; unpack it first",
    ".7z": "unpack it first",
    ".rar": "unpack it first",
    ".tar": "unpack it first",
    ARCHIVE: "an archive within an archive is not opened; unpack it first",
}
_UNPACKING = (zlib.error, lzma.LZMAError, struct.error, ValueError)
"""What the methods of packing raise that an archive may name: deflate, LZMA and bzip2."""
_INVISIBLE = {"Cc": "\N{REPLACEMENT CHARACTER}", "Cf": "", "Zl": " ", "Zp": " "}


@dataclass(frozen=True, slots=True)
class File:
    """One file to read. `source` is its name towards people: relative to what was given, forward slashes, one line.

    For a member of an archive, `path` is the archive and `member` the name inside it.
    """

    source: str
    path: Path
    member: str = ""

    @property
    def ending(self) -> str:
        """The file's ending in lower case, with its dot: `.pdf`; of a packed file, the one of what is in it."""
        name = PurePosixPath(self.member or self.path.name)
        ending = name.suffix.lower()
        return name.with_suffix("").suffix.lower() or ending if ending == PACKED else ending

    @property
    def is_packed(self) -> bool:
        """Whether the bytes at `path` have to be unpacked before they are what `ending` says."""
        return not self.member and self.path.suffix.lower() == PACKED

    @property
    def media_type(self) -> str | None:
        """What the ending says it is; None where there is no reader for it."""
        return MEDIA_TYPES.get(self.ending)


def file_of(source: str) -> str:
    """The source of the file that a document's source is a part of."""
    name, part, rows = source.rpartition(PART)
    return name if part and rows.replace("-", "").isdigit() else source


def find_files(paths: Iterable[Path]) -> list[File]:
    """Every visible file at or under `paths`, members of archives included, folders walked in order of name.

    An archive that cannot be listed stands for itself, so that reading it gives the reason.

    Raises:
        MisuseError: a path does not exist, or two files would have the same source.
    """
    found: dict[str, File] = {}
    for root in paths:
        if not _exists(root):
            raise MisuseError(f"{root}: no such file or folder; give the path of a document or a folder of documents")
        for path in sorted(_walk(root)) if root.is_dir() else [root]:
            for file in _files_at(path, path.relative_to(root).as_posix() if root.is_dir() else path.name):
                there = found.setdefault(file.source, file)
                if there.path.resolve() != file.path.resolve():
                    raise MisuseError(
                        f"{there.path} and {file.path} would both be called {file.source}; give their common folder"
                    )
    return list(found.values())


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than the file system knows
        return False


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def _files_at(path: Path, name: str) -> Iterator[File]:
    source = printable(name)
    if path.suffix.lower() != ARCHIVE:
        yield File(source, path)
        return
    try:
        members = list_archive(path)
    except UnreadableError:
        yield File(source, path)
        return
    for member in members:
        yield File(f"{source}/{printable(member.filename)}", path, member.filename)


def printable(name: str) -> str:
    """A file's name on one line: no newline, no control character, no mark that turns the direction of writing."""
    # A name that is not UTF-8 comes from the file system as lone surrogates, which nothing can print.
    name = name.encode("utf-8", "replace").decode()
    return "".join(_INVISIBLE.get(unicodedata.category(c), c) for c in name)


def list_archive(path: Path) -> list[zipfile.ZipInfo]:
    """The visible files in a zip archive, in order of name.

    Raises:
        UnreadableError: it is damaged, has too many members or would unpack to too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableError(f"the archive is damaged: {error}; pack it again") from error
    total = sum(member.file_size for member in members)
    if len(members) > MAX_ARCHIVE_MEMBERS:
        raise UnreadableError(f"{len(members):,} files in it; up to {MAX_ARCHIVE_MEMBERS:,} are read; unpack it first")
    if total > MAX_ARCHIVE_BYTES:
        raise UnreadableError(f"it unpacks to {total:,} bytes; up to {MAX_ARCHIVE_BYTES:,} are read; unpack it first")
    return sorted((member for member in members if not _is_hidden(member.filename)), key=lambda m: m.filename)


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "__MACOSX")) for part in parts if part not in (".", ".."))


@contextmanager
def opened(file: File) -> Iterator[Path]:
    """A path at which the file's bytes lie: its own or, for a member of an archive, a copy that goes at the end.

    Raises:
        UnreadableError: there is no reader for it, it is too large, or the system or the archive does not give it.
    """
    if file.media_type is None:
        advice = _ADVICE.get(file.ending, f"files that are read end in {' '.join(sorted(MEDIA_TYPES))}")
        if file.ending == ARCHIVE and not file.member:
            list_archive(file.path)  # says what is wrong with it
            advice = "the archive holds no file"
        raise UnreadableError(f"{file.ending or 'a file without an ending'} is not read; {advice}")
    if not file.member and not file.is_packed:
        _check_size(file, _size(file.path))
        yield file.path
        return
    with tempfile.TemporaryDirectory(prefix="member-") as folder:
        # A short name of our own: the member's may be longer than the file system takes.
        copy = Path(folder, f"member{file.ending}")
        with _unpacked(file) if file.is_packed else _member(file) as unpacked, copy.open("wb") as out:
            for chunk in unpacked:
                out.write(chunk)
        yield copy


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            raise UnreadableError("not a regular file")
        return path.stat().st_size
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error


def _check_size(file: File, size: int) -> None:
    limit = MAX_REGISTER_BYTES if file.media_type in REGISTERS else MAX_FILE_BYTES
    if size > limit:
        raise UnreadableError(f"{size:,} bytes; files of up to {limit:,} bytes are read; split it")


@contextmanager
def _unpacked(file: File) -> Iterator[Iterator[bytes]]:
    """The bytes in a packed file; how many they are is known only once they are there."""
    size = _size(file.path)

    def counted(stream: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
        total = 0
        for chunk in _chunks(stream):
            total += len(chunk)
            _check_size(file, total)
            _check_ratio(total, size)
            yield chunk

    try:
        with gzip.open(file.path) as stream:
            yield counted(stream)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(f"it cannot be unpacked: {error}; pack it again") from error


@contextmanager
def _member(file: File) -> Iterator[Iterator[bytes]]:
    """The unpacked bytes of an archive's member, never more than the archive's directory says."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            member = archive.getinfo(file.member)
            if member.flag_bits & 1:
                raise UnreadableError("it is locked with a password; unpack the archive and give the files")
            _check_size(file, member.file_size)
            _check_ratio(member.file_size, member.compress_size)
            with archive.open(member) as packed:
                yield _chunks(packed)
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError, OSError, *_UNPACKING) as error:
        raise UnreadableError(f"it cannot be unpacked: {error}; pack it again") from error


def _check_ratio(unpacked: int, packed: int) -> None:
    ratio = unpacked / max(1, packed)
    if unpacked > SMALL_MEMBER_BYTES and ratio > MAX_ARCHIVE_RATIO:
        raise UnreadableError(
            f"it unpacks to {ratio:,.0f} times its size; up to {MAX_ARCHIVE_RATIO} is read; unpack it first"
        )


def _chunks(stream: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def file_digest(file: File) -> str:
    """SHA-256 of the file's bytes, hexadecimal, read piece by piece.

    Raises:
        UnreadableError: as `opened`.
    """
    if file.member:
        sha256 = hashlib.sha256()
        with _member(file) as packed:
            for chunk in packed:
                sha256.update(chunk)
        return sha256.hexdigest()
    try:
        _size(file.path)
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error
