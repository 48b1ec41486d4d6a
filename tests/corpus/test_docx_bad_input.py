"""DOCX files that are damaged, locked, bombs or something else: refused with a reason, or read as far as they go."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.readers.docx import read_docx


def saved(document: Word, folder: Path) -> Path:
    path = folder / "report.docx"
    document.save(str(path))
    return path


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The package with each part's bytes replaced."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, change(name, data))
    return path


def test_tables_in_tables_a_hundred_deep_are_refused(tmp_path: Path) -> None:
    nested = "<w:tbl><w:tr><w:tc>" * 100 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 100

    def deepen(name: str, data: bytes) -> bytes:
        return data.replace(b"<w:body>", f"<w:body>{nested}".encode()) if name == "word/document.xml" else data

    with pytest.raises(UnreadableError, match="depth"):
        read_docx(rewritten(saved(docx.Document(), tmp_path), deepen))


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ole("EncryptedPackage"), "locked with a password"),
        (ole("WordDocument"), "save it as .docx"),
        (b"", "empty"),
        (b"{\\rtf1 Lantern Walk}", "right ending"),
        (b"PK\x03\x04 and then nothing", "cut short"),
    ],
)
def test_what_is_no_word_document_says_what_to_do(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match=reason):
        read_docx(path)


def packed(parts: dict[str, bytes], folder: Path) -> Path:
    path = folder / "report.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no Word document"):
        read_docx(packed({"report.txt": b"Budget: 300 EUR"}, tmp_path))
    with pytest.raises(UnreadableError, match="in Word, save it"):
        read_docx(packed({"[Content_Types].xml": b"<Types/>"}, tmp_path))


def test_a_part_that_unpacks_to_far_more_than_its_size_is_refused_unread(tmp_path: Path) -> None:
    path = saved(docx.Document(), tmp_path)
    bomb = rewritten(path, lambda name, data: bytes(5_000_000) if name == "word/styles.xml" else data)
    with pytest.raises(UnreadableError, match="times its size"):
        read_docx(bomb)


def test_entities_are_refused(tmp_path: Path) -> None:
    def declare(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        entities = b'<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
        return data.replace(b"<w:document", entities + b"<w:document", 1)

    with pytest.raises(UnreadableError, match="document type"):
        read_docx(rewritten(saved(docx.Document(), tmp_path), declare))


def is_read_or_refused(path: Path) -> bool:
    """Whether reading ends in blocks that hold text, or in a reason."""
    try:
        draft = read_docx(path)
    except UnreadableError as refusal:
        return bool(str(refusal))
    return all(block.span.of(draft.text) for block in draft.blocks)


@pytest.fixture(scope="module")
def report() -> bytes:
    document = docx.Document()
    document.add_heading("Lantern Walk", 1)
    document.add_paragraph("Budget: 300 EUR")
    document.add_table(1, 2).cell(0, 0).text = "Funder"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_document_is_read_or_refused(report: bytes, tmp_path: Path, data: st.DataObject) -> None:
    damaged = bytearray(report)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(report) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "report.docx"
    path.write_bytes(damaged[: data.draw(st.integers(0, len(report)))] if data.draw(st.booleans()) else damaged)
    assert is_read_or_refused(path)


PARTS = ("word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "_rels/.rels")


@given(st.sampled_from(PARTS), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_document_whose_xml_says_something_else_is_read_or_refused(
    report: bytes, tmp_path: Path, part: str, data: st.DataObject
) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(report)

    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        words = content.split(b'"')
        at = data.draw(st.integers(0, len(words) - 1))
        words[at] = data.draw(st.sampled_from([b"", b"-1", b"99999999999", b"x", words[at][::-1]]))
        return b'"'.join(words)

    assert is_read_or_refused(rewritten(path, change))
