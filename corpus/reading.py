"""Files and folders in, documents out, in a steady order; what cannot be read is reported and the rest goes on."""

import codecs
import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.document import DIGEST_LENGTH, Document, Unreadable, digest, slug
from corpus.errors import CorpusError, MisuseError, UnreadableError
from corpus.readers.draft import Draft
from corpus.readers.html import read_html
from corpus.readers.markdown import read_markdown
from corpus.readers.text import read_text

MAX_FILE_BYTES = 50_000_000
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
READERS: dict[str, Callable[[str], Draft]] = {
    "text/plain": read_text,
    "text/markdown": read_markdown,
    "text/html": read_html,
}
LANGUAGE_SAMPLE = 5_000
"""Characters looked at to tell a document's language."""
LANGUAGE_CERTAINTY = 0.9
"""Below this probability a document's language is `und`; langid gives running prose 0.99 and more."""


def find_files(paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """(source, path) of every visible file at or under `paths`, folders walked in order of name.

    `source` is the path relative to the folder given, or the name of the file given.

    Raises:
        MisuseError: a path does not exist, or two files would have the same source.
    """
    found: dict[str, Path] = {}
    for root in paths:
        if not _exists(root):
            raise MisuseError(f"{root}: no such file or folder; give the path of a document or a folder of documents")
        for path in sorted(_walk(root)) if root.is_dir() else [root]:
            source = path.relative_to(root).as_posix() if root.is_dir() else path.name
            # A name that is not UTF-8 comes from the file system as lone surrogates, which nothing can print.
            source = source.encode("utf-8", "replace").decode()
            if source in found and found[source].resolve() != path.resolve():
                raise MisuseError(f"{found[source]} and {path} would both be called {source}; give their common folder")
            found[source] = path
    return list(found.items())


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than the file system knows
        return False


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def is_supported(path: Path) -> bool:
    """Whether there is a reader for the file's type."""
    return path.suffix.lower() in MEDIA_TYPES


def read_paths(paths: Iterable[Path]) -> Iterator[Document | Unreadable]:
    """Every document at or under `paths`; files of other types inside folders are passed over.

    Raises:
        MisuseError: as `find_files`.
        CorpusError: there is no file of a type that can be read.
    """
    given = list(paths)
    files = [(source, path) for source, path in find_files(given) if is_supported(path) or path in given]
    if not files:
        raise CorpusError(nothing_to_read(given))
    for source, path in files:
        try:
            yield read_document(path, source)
        except UnreadableError as error:
            yield Unreadable(source, str(error))


def nothing_to_read(paths: Iterable[Path]) -> str:
    """The message for paths that hold no file of a type that can be read."""
    names = ", ".join(map(str, paths))
    return f"{names}: no document to read; put {' '.join(sorted(MEDIA_TYPES))} files there or give another path"


def read_document(path: Path, source: str) -> Document:
    """Read one file.

    Raises:
        UnreadableError: the reason it could not be read.
    """
    data = read_bytes(path)
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise UnreadableError(
            f"{path.suffix or 'a file without an ending'} is not read yet; save it as .txt, .md or .html"
        )
    try:
        draft = READERS[media_type](decode(data))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not well formed: {error}") from error
    if not draft.text.strip():
        raise UnreadableError("there is no text in it; write some or remove the file")
    sha256 = digest(data)
    title = draft.title or _first_line(draft.text) or path.stem
    language = draft.language or detect_language(draft.text)
    identity = f"{slug(source)}-{sha256[:DIGEST_LENGTH]}-{digest(source.encode())[:8]}"
    return Document(identity, source, media_type, title, language, sha256, draft.text, draft.blocks)


def read_bytes(path: Path) -> bytes:
    """The file's bytes, at most MAX_FILE_BYTES.

    Raises:
        UnreadableError: it is too large, not a file, or the system does not let it be read.
    """
    try:
        if not path.is_file():
            raise UnreadableError("not a regular file")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableError(f"{size:,} bytes; files of up to {MAX_FILE_BYTES:,} bytes are read")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error


def decode(data: bytes) -> str:
    """Text from bytes: UTF-8 or UTF-16 by its mark, UTF-8, the charset an HTML page names, else the likeliest one.

    Raises:
        UnreadableError: it is not text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\x00" in data[:4096] or data.startswith((b"%PDF-", b"PK\x03\x04")):
        raise UnreadableError("it is not text; save it as .txt, .md or .html")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    named = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", data[:2048], re.IGNORECASE)
    if named:
        try:
            return data.decode(named.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise UnreadableError("its character encoding could not be told; save it as UTF-8")
    return str(best)


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language `text` is written in, or `und`."""
    language, probability = _identifier().classify(text[:LANGUAGE_SAMPLE])
    return str(language) if probability >= LANGUAGE_CERTAINTY else "und"


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0].strip()[:120]
