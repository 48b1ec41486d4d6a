"""Footnotes of a Word document, with numbers that Word keeps, and references back to them.

python-docx (1.2) has no call for them. Knows nothing of what they say.
"""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.story import StoryPart
from docx.shared import Pt
from docx.text.paragraph import Paragraph

REFERENCE, NOTE = "footnote reference", "footnote text"
"""Word's own names of the two styles of footnotes."""
SEPARATORS = {"-1": "separator", "0": "continuationSeparator"}
"""The lines that part footnotes from the text; they are notes too, with the numbers Word gives them."""
BOOKMARK = "_Note{number}"
"""What is round a footnote's number in the text, so that it can be referred to; Word hides what begins with `_`."""


class Footnotes:
    """The footnotes of a Word document, numbered as they are added."""

    def __init__(self, document: WordDocument) -> None:
        number = document.styles.add_style(REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True)
        number.font.superscript = True
        style = document.styles.add_style(NOTE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style, style.font.size = document.styles["Normal"], Pt(10)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), 1
        named = "".join(f'<w:footnote w:id="{n}"/>' for n in SEPARATORS)
        settings = parse_xml(f"<w:footnotePr {nsdecls('w')}>{named}</w:footnotePr>")
        document.settings.element.xpath("w:compat")[0].addprevious(settings)
        drawn = "".join(
            f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for n, kind in SEPARATORS.items()
        )
        root = parse_xml(f"<w:footnotes {nsdecls('w')}>{drawn}</w:footnotes>")
        self._part = StoryPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, document.part.package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        # By their ids: python-docx looks through all styles for each name, which took most of the time.
        self._number_style, self._note_style = number.style_id, style.style_id
        self._count = 0

    def add(self, paragraph: Paragraph, text: str, *, is_referred_to: bool = False) -> None:
        """Put the number of a new footnote behind what the paragraph holds so far."""
        self._count += 1
        number = {qn("w:id"): str(self._count)}
        run = self._add_run(paragraph)
        run.append(OxmlElement("w:footnoteReference", number))
        if is_referred_to:
            named = number | {qn("w:name"): BOOKMARK.format(number=self._count)}
            run.addprevious(OxmlElement("w:bookmarkStart", named))
            run.addnext(OxmlElement("w:bookmarkEnd", number))
        note: Any = OxmlElement("w:footnote", number)
        note.append(OxmlElement("w:p"))
        self._part.element.append(note)
        inside = Paragraph(note[0], self._part)
        note[0].style = self._note_style
        self._add_run(inside).append(OxmlElement("w:footnoteRef"))
        inside.add_run(f" {text}")

    def refer(self, paragraph: Paragraph, number: int) -> None:
        """Put the number of a footnote that hangs elsewhere, as a field that Word renews when it is asked to."""
        asked = {qn("w:instr"): f" NOTEREF {BOOKMARK.format(number=number)} \\f \\h "}
        field = OxmlElement("w:fldSimple", asked)
        field.append(self._add_run(paragraph, str(number)))
        paragraph._p.append(field)

    def between(self, paragraph: Paragraph, text: str) -> None:
        """Put what stands between two numbers."""
        self._add_run(paragraph, text)

    def _add_run(self, paragraph: Paragraph, text: str = "") -> Any:
        """Some text raised as the numbers are, as the element that it is."""
        run: Any = paragraph.add_run(text).element
        run.style = self._number_style
        return run
