"""A paper as a Word document with real footnotes; line breaks within a note stay line breaks."""

import io
from datetime import datetime, time

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from assistant.footnotes import Footnotes
from assistant.paper import HEADING, IDEA, ITEM, TEXT, TITLE, Paper, Paragraph, Piece, Table, clean, one_line

STYLES = {TITLE: "Title", IDEA: "Quote", HEADING: "Heading 1", TEXT: "Normal", ITEM: "List Bullet"}
GREY = RGBColor(0x59, 0x59, 0x59)
"""Of what has no source: dark enough to be read (7 to 1 on white)."""
LOCALES = {"en": "en-GB", "ro": "ro-RO"}


def paper_docx(paper: Paper) -> bytes:
    """The bytes of the document."""
    document = docx.Document()
    _describe(document, paper)
    notes = _Noted(document, paper)
    # By their ids: python-docx looks through all styles for each name.
    styles = {kind: document.styles[name].style_id for kind, name in STYLES.items()}
    for block in paper.blocks:
        if isinstance(block, Table):
            _add_table(document, block, notes)
        else:
            paragraph = document.add_paragraph()
            paragraph._p.style = styles[block.kind]
            _fill(paragraph, block, notes)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


class _Noted:
    """The footnotes of a paper, put into its Word document mark by mark."""

    def __init__(self, document: WordDocument, paper: Paper) -> None:
        self._footnotes, self._notes = Footnotes(document), paper.notes
        told = (piece for block in paper.blocks for piece in _pieces(block))
        again = (mark for piece in told for mark in piece.marks if not mark.is_new)
        self._referred = {n for mark in again for n in (mark.first, mark.last)}

    def put(self, paragraph: WordParagraph, piece: Piece) -> None:
        """Put the numbers behind what the paragraph holds so far."""
        for at, mark in enumerate(piece.marks):
            if at:
                self._footnotes.between(paragraph, ", ")
            if mark.is_new:
                text = clean(self._notes[mark.first - 1])
                self._footnotes.add(paragraph, text, is_referred_to=mark.first in self._referred)
                continue
            self._footnotes.refer(paragraph, mark.first)
            if mark.last > mark.first:
                self._footnotes.between(paragraph, "–")
                self._footnotes.refer(paragraph, mark.last)


def _pieces(block: Paragraph | Table) -> list[Piece]:
    return [piece for row in block.rows for piece in row] if isinstance(block, Table) else list(block.pieces)


def _describe(document: WordDocument, paper: Paper) -> None:
    section, properties = document.sections[0], document.core_properties
    section.page_width, section.page_height = Mm(210), Mm(297)  # A4
    document.styles.element.xpath("w:docDefaults//w:lang")[0].set(qn("w:val"), LOCALES[paper.language])
    properties.title, properties.author, properties.comments = paper.title, "", ""
    if paper.day:
        properties.created = properties.modified = datetime.combine(paper.day, time())


def _fill(paragraph: WordParagraph, block: Paragraph, notes: _Noted) -> None:
    if block.label:
        _add_run(paragraph, block.label).bold = True
    for piece in block.pieces:
        run = _add_run(paragraph, piece.words, block.language)
        if piece.is_unsourced:
            run.italic, run.font.color.rgb = True, GREY
        notes.put(paragraph, piece)


def _add_run(paragraph: WordParagraph, words: str, language: str = "") -> Run:
    """Words behind what stands there, in a language of their own where they have one."""
    run = paragraph.add_run((" " if paragraph.runs else "") + one_line(words))
    if language in LOCALES:
        run.element.get_or_add_rPr().append(OxmlElement("w:lang", {qn("w:val"): LOCALES[language]}))
    return run


def _add_table(document: WordDocument, table: Table, notes: _Noted) -> None:
    made = document.add_table(rows=0, cols=len(table.head), style="Table Grid")
    for row in ([Piece(name) for name in table.head], *table.rows):
        for cell, piece in zip(made.add_row().cells, row, strict=True):
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            _add_run(cell.paragraphs[0], piece.words, table.language)
            notes.put(cell.paragraphs[0], piece)
    head = made.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on each page; read aloud with its cells
    for cell in head.cells:
        cell.paragraphs[0].runs[0].bold = True
    document.add_paragraph().paragraph_format.space_after = Pt(0)  # parts it from what follows
