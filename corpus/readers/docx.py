"""DOCX as blocks: headings, paragraphs, list items, table rows, notes where the text cites them.

Text that Word does not show (deleted, hidden, the codes of fields) is left out, and so are page headers, page footers
and tables of contents. Knows WordprocessingML; what text and tables have in common with ODT is
`corpus.readers.office`.
"""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from corpus.errors import UnreadableError
from corpus.readers.draft import Draft, squeeze
from corpus.readers.office import (
    IN_MEMORY,
    MAX_PACKAGE_BYTES,
    MAX_PART_BYTES,
    MOST_COLUMNS,
    MOST_LEVELS,
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

if TYPE_CHECKING:
    from docx.document import Document

KIND = Kind(
    "Word document (.docx)", "[Content_Types].xml", ".docx", MAX_PACKAGE_BYTES, MAX_PART_BYTES, IN_MEMORY, "split it"
)
LANGUAGE_SHARE = 0.8
"""Of the characters; a language that fewer of them are marked with is not the document's."""
EVERYBODYS_LANGUAGE = "en"
"""What templates are set to, whatever is written in them: alone it tells nothing."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
VAL = f"{W}val"
WRAPPERS = {f"{W}{name}" for name in "sdt sdtContent customXml smartTag ins moveTo".split()}
WRAPPERS |= {f"{MC}{name}" for name in "AlternateContent Choice Fallback".split()}
UNSEEN = {f"{W}{name}" for name in "pPr rPr tblPr tblGrid trPr tcPr sdtPr del moveFrom instrText delText rt".split()}
CHARACTERS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
BROKEN = (KeyError, ValueError, AttributeError, IndexError, TypeError, EOFError, etree.LxmlError)
"""What python-docx meets in a package whose parts are not what they should be."""


def read_docx(path: Path) -> Draft:
    """Blocks of a Word document; the title is its paragraph in style Title, else what its properties say.

    Raises:
        UnreadableError: it is locked, damaged, no Word document, or unpacks to more than is read.
    """
    check_package(path, KIND)
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(str(path))
        refuse_doctype(document.element)
        reader = _Reader(document)
        contents = reader.contents(document.element.body, 0)
        title = reader.title or str(document.core_properties.title or "")
    except etree.XMLSyntaxError as error:
        raise UnreadableError(
            f"not well formed: {squeeze(error.msg or '')}; open it in Word and save it anew"
        ) from error
    except (*BROKEN, OSError, zipfile.BadZipFile, zlib.error, PackageNotFoundError) as error:
        # The message of python-docx may name the file by its path here.
        reason = str(error).replace(str(path), path.name)
        raise UnreadableError(f"its parts do not fit together ({reason}); open it in Word, save it as .docx") from error
    return as_draft(contents, title, reader.language(), reader.remarks)


class _Reader:
    """Turns the body's elements into Contents; remembers notes and text boxes until the place they belong to."""

    def __init__(self, document: "Document") -> None:
        self.title = ""
        self.remarks: list[str] = []
        self._styles = _Styles(document.styles.element)
        self._notes = dict(_notes(document))
        self._cited: list[Element] = []
        self._boxes: list[Element] = []
        self._languages: Counter[str] = Counter()

    def contents(self, parent: Element, depth: int) -> list[Content]:
        """The paragraphs and tables in an element; `depth` counts the tables and text boxes around it."""
        if depth > MOST_LEVELS:
            self.remarks += [] if TOO_DEEP in self.remarks else [TOO_DEEP]
            return [Paragraph(" ".join(text.text or "" for text in parent.iter(f"{W}t")))]
        found: list[Content] = []
        for child in _inside(parent):
            if child.tag == f"{W}p":
                found += self._paragraph(child)
            elif child.tag == f"{W}tbl":
                found.append(Table(tuple(self._rows(child, depth))))
            elif child.tag == f"{W}altChunk":
                self.remarks.append("a file embedded in it was not read; open it in Word and save it anew")
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                found += self.contents(box, depth + 1)
            if not depth:
                cited, self._cited = self._cited, []
                found += [part for note in cited for part in self.contents(note, 1)]
        return found

    def _paragraph(self, element: Element) -> Iterator[Paragraph]:
        settings = element.find(f"{W}pPr")
        style = self._styles.of(settings, "p")
        pieces = list(self._pieces(element, style))
        own = _own(settings)
        level = style.level if own.level is None else own.level
        item = style.item if own.item is None else own.item
        paragraph = paragraph_of(pieces, "heading" if level else "item" if item else "paragraph", level or 0)
        if style.is_title and not self.title:
            self.title = paragraph.text
        if paragraph.text and not style.is_contents:
            yield paragraph

    def _pieces(self, element: Element, style: "_Style") -> Iterator[tuple[str, bool]]:
        """The visible characters of a paragraph, each piece with whether it is bold."""
        bold = False
        fields: list[bool] = []  # of the fields around this place, whether we are in the code and not yet the result
        events = etree.iterwalk(element, events=("start",))
        for _, part in events:
            tag = part.tag
            if tag in UNSEEN or _is_unseen(part):
                events.skip_subtree()
            elif tag == f"{W}r":
                run = self._styles.of(part.find(f"{W}rPr"), "r")
                bold = bool(style.bold if run.bold is None else run.bold)
                if style.hidden if run.hidden is None else run.hidden:
                    events.skip_subtree()
                self._count_language(part)
            elif tag == f"{W}txbxContent":
                self._boxes.append(part)
                events.skip_subtree()
            elif tag == f"{W}fldChar":
                _follow(fields, part.get(f"{W}fldCharType"))
            elif tag in NOTES:
                note = self._notes.pop((NOTES[tag], part.get(f"{W}id")), None)
                self._cited += [] if note is None else [note]
            elif not any(fields):
                yield (part.text or "") if tag in (f"{W}t", MATHS_TEXT) else CHARACTERS.get(tag, ""), bold

    def _rows(self, table: Element, depth: int) -> Iterator[tuple[tuple[Content, ...], ...]]:
        for row in _inside(table):
            if row.tag != f"{W}tr" or row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells: list[tuple[Content, ...]] = [()] * _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
            for cell in _inside(row):
                if cell.tag == f"{W}tc" and len(cells) < MOST_COLUMNS:
                    merge = cell.find(f"{W}tcPr/{W}vMerge")
                    goes_on = merge is not None and merge.get(VAL) != "restart"
                    cells.append(() if goes_on else tuple(self.contents(cell, depth + 1)))
                    cells += [()] * (_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1) - 1)
            yield tuple(cells[:MOST_COLUMNS])

    def _count_language(self, run: Element) -> None:
        length = sum(len(text.text or "") for text in run.iterchildren(f"{W}t"))
        self._languages[(_value(run, "rPr/lang") or self._styles.language)[:2].lower()] += length

    def language(self) -> str:
        """ISO 639-1 of what most characters are marked with; empty where only the template says so."""
        language, most = next(iter(self._languages.most_common(1)), ("", 0))
        by_default = language == EVERYBODYS_LANGUAGE == self._styles.language[:2].lower()
        plausible = most >= LANGUAGE_SHARE * self._languages.total() and language.isalpha()
        return language if plausible and not by_default else ""


@dataclass(frozen=True, slots=True)
class _Style:
    """What the style of a paragraph or of characters says; None where it leaves it to the style it is based on."""

    level: int | None = None
    """1 to 9 for a heading, 0 for a style that says it is none."""
    item: bool | None = None
    bold: bool | None = None
    hidden: bool | None = None
    is_title: bool = False
    is_contents: bool = False


class _Styles:
    """The styles of a document by their id, each with what it takes from those it is based on."""

    def __init__(self, root: Element) -> None:
        self._elements = {str(style.get(f"{W}styleId")): style for style in root.iterchildren(f"{W}style")}
        self._known: dict[str, _Style] = {"": _Style()}
        self._default = next(
            (
                name
                for name, style in self._elements.items()
                if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph"
            ),
            "",
        )
        self.language = _value(root, "docDefaults/rPrDefault/rPr/lang") or ""

    def of(self, settings: Element | None, kind: str) -> _Style:
        """What the style of a paragraph (`p`) says, or the style and the settings of a run (`r`)."""
        name = (_value(settings, f"{kind}Style") if settings is not None else None) or ""
        if kind == "p":
            return self._named(name or self._default)
        return _over(_own(settings), self._named(name))

    def _named(self, name: str) -> _Style:
        chain: list[str] = []
        while name in self._elements and name not in self._known and name not in chain:
            chain.append(name)
            name = _value(self._elements[name], "basedOn") or ""
        style = self._known.get(name, _Style())
        for link in reversed(chain):
            style = self._known[link] = _over(_style(self._elements[link]), style)
        return style


def _style(element: Element) -> _Style:
    called = (_value(element, "name") or "").lower()
    numbered = re.fullmatch(r"heading (\d)", called)
    paragraph, characters = _own(element.find(f"{W}pPr")), _own(element.find(f"{W}rPr"))
    level = int(numbered[1]) if numbered else 1 if called == "title" else None
    return _Style(
        level if paragraph.level is None else paragraph.level,
        paragraph.item,
        characters.bold,
        characters.hidden,
        is_title=called == "title",
        is_contents=re.fullmatch(r"toc \d|toc heading|table of figures", called) is not None,
    )


def _own(settings: Element | None) -> _Style:
    """What the settings of a paragraph, of a run or of a style (`pPr`, `rPr`) say by themselves."""
    if settings is None:
        return _Style()
    outline, listed = _value(settings, "outlineLvl"), settings.find(f"{W}numPr/{W}numId")
    level = (int(outline) + 1) % 10 if outline and outline.isdecimal() else None
    item = None if listed is None else listed.get(VAL) != "0"
    return _Style(level, item, _switch(settings, "b"), _switch(settings, "vanish"))


def _over(own: _Style, base: _Style) -> _Style:
    """A style where it says something, else the one it is based on; a table of contents is one by its own name."""
    said = {name: value for name in ("level", "item", "bold", "hidden") if (value := getattr(own, name)) is not None}
    return replace(base, **said, is_title=own.is_title, is_contents=own.is_contents)


def _notes(document: "Document") -> Iterator[tuple[tuple[str, str | None], Element]]:
    """Footnotes and endnotes by kind and id; python-docx hands over their parts as bytes."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1].removesuffix("s")
        if kind in NOTES.values() and not relation.is_external:
            root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            refuse_doctype(root)
            for note in root.iterchildren(f"{W}{kind}"):
                yield (kind, note.get(f"{W}id")), note


def _inside(element: Element) -> Iterator[Element]:
    """The children of an element, those of wrappers (content controls, insertions) in their place."""
    open_: list[Any] = [iter(element)]
    while open_:
        child = next(open_[-1], None)
        if child is None:
            open_.pop()
        elif child.tag in WRAPPERS:
            open_ += [] if _is_unseen(child) else [iter(child)]
        else:
            yield child


def _is_unseen(element: Element) -> bool:
    """Whether an element repeats what was said in another way, prompts for text, or lists the document's headings."""
    if element.tag == f"{MC}Fallback":
        choice = element.getprevious()
        return choice is not None and next(choice.iter(f"{W}t"), None) is not None
    if element.tag == f"{MC}Choice":
        return next(element.iter(f"{W}t"), None) is None
    if element.tag == f"{W}sdt":
        gallery = _value(element, "sdtPr/docPartObj/docPartGallery") or ""
        return gallery == "Table of Contents" or element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    return False


def _follow(fields: list[bool], change: str | None) -> None:
    if change == "begin":
        fields.append(True)
    elif fields and change == "separate":
        fields[-1] = False
    elif fields and change == "end":
        fields.pop()


def _value(element: Element, path: str) -> str | None:
    """The value of the setting at `path`: `pStyle`, `rPr/lang`."""
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(VAL)


def _switch(settings: Element | None, name: str) -> bool | None:
    found = None if settings is None else settings.find(f"{W}{name}")
    return None if found is None else found.get(VAL) not in ("0", "false", "off", "none")


def _number(setting: Element | None, default: int) -> int:
    value = None if setting is None else setting.get(VAL)
    return min(int(value), MOST_COLUMNS) if value and value.isdecimal() else default
