"""What tests read from documents that were made: Word's parts and notes, Markdown's, the text of a PDF."""

import io
import re
import zipfile
from pathlib import Path

from lxml import etree
from markdown_it import MarkdownIt
from pypdf import PdfReader

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def parts(path: Path | io.BytesIO) -> dict[str, etree._Element]:
    """The XML parts of a Word document."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        assert len(names) == len(set(names))
        return {name: etree.fromstring(package.read(name)) for name in names}


def text_of(element: etree._Element) -> str:
    """The characters Word shows of an element, line breaks included."""
    return "".join("\n" if part.tag == f"{W}br" else part.text or "" for part in element.iter(f"{W}t", f"{W}br"))


def word_notes(path: Path | io.BytesIO) -> dict[str, str]:
    """The footnotes of a Word document that a reader sees, by their id, in order."""
    notes = parts(path)["word/footnotes.xml"]
    return {str(note.get(f"{W}id")): text_of(note) for note in notes if note.get(f"{W}type") is None}


def rendered(markdown: str) -> str:
    """What a reader of Markdown sees of one line; nothing in it may be more than text."""
    children = MarkdownIt().enable(["table", "strikethrough"]).parseInline(markdown)[0].children or []
    assert {child.type for child in children} <= {"text"}
    return "".join(child.content for child in children)


def markdown_notes(text: str) -> dict[str, str]:
    return {n: rendered(note) for n, note in re.findall(r"^\[\^(\d+)\]: (.+)$", text, re.MULTILINE)}


def pdf_text(data: bytes) -> str:
    """All that pypdf reads, on one line; the foot of a page stands behind it."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
