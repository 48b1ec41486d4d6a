"""The zip archives that office documents are: whether one is what it is called, is locked, and unpacks within bounds.

Serves DOCX, ODT, XLSX and ODS; knows none of their XML.
"""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableError
from corpus.files import MAX_ARCHIVE_MEMBERS, MAX_ARCHIVE_RATIO, SMALL_MEMBER_BYTES

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the office documents of before 2007 begin, and locked ones of today."""
MANIFEST = "META-INF/manifest.xml"
LOCKED = "it is locked with a password; open it and save it without one"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What a zip archive that is damaged or no archive raises; a ValueError is a place before its beginning."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of office document: its `name`, the part that makes it one, and how much of it is read."""

    name: str
    part: str
    ending: str
    """As which one of the old format is to be saved."""
    most_bytes: int
    """Of all parts together, unpacked."""
    most_bytes_whole: int
    """Of a part that stands in memory whole: those whose names end in `whole`."""
    whole: tuple[str, ...]
    advice: str
    """What to do with one that is too large."""


def check_package(path: Path, kind: Kind) -> None:
    """Whether a file is an office document of this kind, and unpacks within bounds.

    Raises:
        UnreadableError: the reason it is not, and what to do.
    """
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as package:
            members = package.infolist()
            names = {member.filename for member in members}
            _check_sizes(members, kind)
            if "encrypted-package" in names or any(member.flag_bits & 1 for member in members):
                raise UnreadableError(LOCKED)
            if MANIFEST in names and b"encryption-data" in package.read(MANIFEST):
                raise UnreadableError(LOCKED)
    except BROKEN as error:
        raise UnreadableError(_what_else(path, kind)) from error
    except OSError as error:
        raise UnreadableError(error.strerror or _what_else(path, kind)) from error
    if kind.part not in names:
        raise UnreadableError(f"no {kind.name}: the archive holds no {kind.part}; save it anew under its right ending")


def _check_sizes(members: Sequence[zipfile.ZipInfo], kind: Kind) -> None:
    if len(members) > MAX_ARCHIVE_MEMBERS:
        raise UnreadableError(f"{len(members):,} parts in it; up to {MAX_ARCHIVE_MEMBERS:,} are read; save it anew")
    for member in members:
        size = member.file_size
        ratio = size / max(1, member.compress_size)
        if size > SMALL_MEMBER_BYTES and ratio > MAX_ARCHIVE_RATIO:
            raise UnreadableError(
                f"a part unpacks to {ratio:,.0f} times its size; up to {MAX_ARCHIVE_RATIO} is read; save it anew"
            )
        if size > kind.most_bytes_whole and member.filename.endswith((*kind.whole, MANIFEST)):
            limit = f"up to {kind.most_bytes_whole:,} are read"
            raise UnreadableError(f"{size:,} bytes of text in one part; {limit}; {kind.advice}")
    total = sum(member.file_size for member in members)
    if total > kind.most_bytes:
        raise UnreadableError(f"it unpacks to {total:,} bytes; up to {kind.most_bytes:,} are read; {kind.advice}")


def _what_else(path: Path, kind: Kind) -> str:
    """Why a file that is no zip archive is not what its name says."""
    with path.open("rb") as stream:
        start = stream.read(len(OLE_MAGIC))
        rest = stream.read() if start == OLE_MAGIC else b""
    if "EncryptedPackage".encode("utf-16-le") in rest:
        return LOCKED
    if start == OLE_MAGIC:
        return f"it is of the old Office format, whatever its ending says; open it and save it as {kind.ending}"
    if not start:
        return "it is empty; save it anew"
    if start.startswith(b"PK"):
        return f"a {kind.name} cut short or damaged; copy it again or save it anew"
    return f"no {kind.name}, whatever its ending says; save it anew under its right ending"
