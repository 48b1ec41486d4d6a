"""ODT as blocks, read straight from its XML: headings, paragraphs, items, rows, notes where the text cites them.

Knows OpenDocument; what text, tables and packages have in common with DOCX is `corpus.readers.office`.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.errors import UnreadableError
from corpus.readers.draft import Draft, squeeze
from corpus.readers.office import (
    IN_MEMORY,
    MAX_PACKAGE_BYTES,
    MAX_PART_BYTES,
    MOST_COLUMNS,
    MOST_LEVELS,
    MOST_SPACES,
    TOO_DEEP,
    Content,
    Element,
    Paragraph,
    Table,
    as_draft,
    paragraph_of,
    refuse_doctype,
)
from corpus.readers.package import Kind, check_package

KIND = Kind("OpenDocument text (.odt)", "content.xml", ".odt", MAX_PACKAGE_BYTES, MAX_PART_BYTES, IN_MEMORY, "split it")
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def _qualified(names: str) -> tuple[str, ...]:
    """`text:p text:h` as lxml writes them."""
    pairs = (name.split(":") for name in names.split())
    return tuple(f"{{{NAMES[prefix]}}}{local}" for prefix, local in pairs)


P, H, SPAN, NOTE, NOTE_BODY = _qualified("text:p text:h text:span text:note text:note-body")
SPACES, TAB, BREAK = _qualified("text:s text:tab text:line-break")
TABLE, ROW, CELL, COVERED = _qualified("table:table table:table-row table:table-cell table:covered-table-cell")
STYLE_NAME, DISPLAY, ITEM = _qualified("text:style-name text:display text:list-item")
WRAPPERS = _qualified(
    "text:list text:list-item text:list-header text:section text:numbered-paragraph draw:frame draw:g draw:a"
    " table:table-rows table:table-header-rows table:table-row-group"
)
UNSEEN = _qualified(
    "text:tracked-changes text:table-of-content text:illustration-index text:table-index text:alphabetical-index"
    " text:note-citation text:ruby-text text:hidden-paragraph text:hidden-text office:annotation office:forms"
    " svg:title svg:desc"
)
BOXES = _qualified("draw:text-box draw:custom-shape draw:rect draw:ellipse")


@dataclass(frozen=True, slots=True)
class _Style:
    level: int = 0
    is_title: bool = False
    bold: bool | None = None
    hidden: bool = False


def read_odt(path: Path) -> Draft:
    """Blocks of an OpenDocument text; the title is its paragraph in style Title, else what its properties say.

    Raises:
        UnreadableError: it is locked, damaged, no OpenDocument text, or unpacks to more than is read.
    """
    check_package(path, KIND)
    try:
        with zipfile.ZipFile(path) as package:
            content, styles, meta = (_part(package, name) for name in ("content.xml", "styles.xml", "meta.xml"))
    except etree.XMLSyntaxError as error:
        reason = squeeze(error.msg or "")
        raise UnreadableError(f"not well formed: {reason}; open it and save it anew") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableError(f"it cannot be unpacked ({error}); copy it again or save it anew") from error
    body = content.find("office:body/office:text", NAMES)
    if body is None:
        raise UnreadableError("it is no text document, whatever its ending says; save it under its right ending")
    reader = _Reader(_styles([styles, content]))
    contents = reader.contents(body, 0)
    title = reader.title or meta.findtext(".//dc:title", "", NAMES)
    language = meta.findtext(".//dc:language", "", NAMES)[:2].lower()
    return as_draft(contents, title, language if language.isalpha() else "", reader.remarks)


def _part(package: zipfile.ZipFile, name: str) -> Element:
    """The root of a part; an empty element where a package lacks it."""
    if name not in package.namelist():
        return etree.Element("none")
    root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    refuse_doctype(root)
    return root


class _Reader:
    """Turns the body's elements into Contents; remembers notes and text boxes until the place they belong to."""

    def __init__(self, styles: dict[str, _Style]) -> None:
        self.title = ""
        self.remarks: list[str] = []
        self._styles = styles
        self._cited: list[Element] = []
        self._boxes: list[Element] = []

    def contents(self, parent: Element, depth: int) -> list[Content]:
        """The paragraphs and tables in an element; `depth` counts the tables, boxes and notes around it."""
        if depth > MOST_LEVELS:
            self.remarks += [] if TOO_DEEP in self.remarks else [TOO_DEEP]
            return [Paragraph(squeeze(" ".join(map(str, parent.itertext(P, H, SPAN)))))]
        found: list[Content] = []
        for child, listed in _inside(parent):
            if child.tag in (P, H):
                found += self._paragraph(child, listed)
            elif child.tag == TABLE:
                found.append(Table(tuple(self._rows(child, depth))))
            elif child.tag in BOXES:
                self._boxes.append(child)
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                found += self.contents(box, depth + 1)
            if not depth:
                cited, self._cited = self._cited, []
                found += [part for note in cited for part in self.contents(note, 1)]
        return found

    def _paragraph(self, element: Element, listed: bool) -> Iterator[Paragraph]:
        style = self._style_of(element)
        level = _number(element.get(_qualified("text:outline-level")[0])) if element.tag == H else style.level
        kind = "heading" if level else "item" if listed else "paragraph"
        paragraph = paragraph_of(list(self._pieces(element, style)), kind, level)
        if style.is_title and not self.title:
            self.title = paragraph.text
        if paragraph.text and not style.hidden:
            yield paragraph

    def _style_of(self, element: Element) -> _Style:
        return self._styles.get(element.get(STYLE_NAME, ""), _Style())

    def _pieces(self, element: Element, style: _Style) -> Iterator[tuple[str, bool]]:
        """The visible characters of a paragraph, each piece with whether it is bold."""
        bold = [bool(style.bold)]
        events = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
        for event, part in events:
            span = self._style_of(part) if part.tag == SPAN else None
            if event == "start":
                bold += [bold[-1] if span.bold is None else span.bold] if span else []
                if part.tag in UNSEEN or self._keeps_for_later(part) or (span and span.hidden):
                    events.skip_subtree()
                else:
                    yield _white(part) or part.text or "", bold[-1]
            else:
                bold[-1:] = [] if span else bold[-1:]
                yield (part.tail if part is not element else "") or "", bold[-1]

    def _keeps_for_later(self, part: Element) -> bool:
        if part.tag == NOTE:
            self._cited += part.iterchildren(NOTE_BODY)
        elif part.tag in BOXES:
            self._boxes.append(part)
        return part.tag == NOTE or part.tag in BOXES

    def _rows(self, table: Element, depth: int) -> Iterator[tuple[tuple[Content, ...], ...]]:
        for row in (child for child, _ in _inside(table) if child.tag == ROW):
            cells: list[tuple[Content, ...]] = []
            for cell in row.iterchildren(CELL, COVERED):
                cells.append(tuple(self.contents(cell, depth + 1)) if cell.tag == CELL else ())
                times = _number(cell.get(_qualified("table:number-columns-repeated")[0]))
                cells += cells[-1:] * min(times - 1, MOST_COLUMNS - len(cells))
            yield tuple(cells[:MOST_COLUMNS])


def _inside(element: Element) -> Iterator[tuple[Element, bool]]:
    """The children of an element, those of sections and lists in their place, each with whether it is a list's."""
    open_: list[tuple[Any, bool]] = [(iter(element), False)]
    while open_:
        children, listed = open_[-1]
        child = next(children, None)
        if child is None:
            open_.pop()
        elif child.tag in WRAPPERS and child.get(DISPLAY) != "none":
            open_.append((iter(child), listed or child.tag == ITEM))
        elif child.tag not in WRAPPERS:
            yield child, listed


def _white(part: Element) -> str:
    spaces = " " * min(_number(part.get(_qualified("text:c")[0])), MOST_SPACES) if part.tag == SPACES else ""
    return spaces or {TAB: " ", BREAK: "\n"}.get(part.tag, "")


def _number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and 0 < len(value) < 9 else 1


def _styles(roots: Sequence[Element]) -> dict[str, _Style]:
    """The styles of paragraphs and characters by name, each with what it takes from its parent."""
    found = (style for root in roots for style in root.iter(_qualified("style:style")[0]))
    elements = {style.get(f"{{{NAMES['style']}}}name", ""): style for style in found}
    known: dict[str, _Style] = {}
    for name in elements:
        chain: list[str] = []
        while name in elements and name not in known and name not in chain:
            chain.append(name)
            name = elements[name].get(f"{{{NAMES['style']}}}parent-style-name", "")
        style = known.get(name, _Style())
        for link in reversed(chain):
            style = known[link] = _style(link, elements[link], style)
    return known


def _style(name: str, element: Element, parent: _Style) -> _Style:
    characters = element.find("style:text-properties", NAMES)
    said = {str(key): str(value) for key, value in characters.attrib.items()} if characters is not None else {}
    weight, display = said.get(f"{{{NAMES['fo']}}}font-weight"), said.get(DISPLAY)
    outline = element.get(f"{{{NAMES['style']}}}default-outline-level")
    numbered = re.fullmatch(r"Heading_20_(\d+)|Title", name)
    level = _number(outline or (numbered and numbered[1])) if outline or numbered else parent.level
    return _Style(
        level=0 if outline == "" else level,
        is_title=name == "Title" or parent.is_title,
        bold=parent.bold if weight is None else weight in ("bold", "600", "700", "800", "900"),
        hidden=parent.hidden if display is None else display == "none",
    )
