"""The words of a PDF page with their places, as pdfium finds them, and what else is drawn there.

Knows characters and fonts, nothing of lines, columns or headings. Coordinates are points, x to the right and y upwards
as the page's main direction of writing has it, whichever way the page is turned.
"""

import ctypes
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

MAX_CHARACTERS_A_PAGE = 100_000
"""A densely set newspaper page has 30,000."""
MAX_DRAWINGS_A_PAGE = 20_000
"""Drawn things looked at for rules and images; a map may have a million, and none of them separates rows."""
MAX_FONT_NAME_BYTES = 256
BOLD_WEIGHT = 700
"""pdfium guesses a font's weight from its stems; regular ones reach 600, so below this only the name counts."""
SUPERSCRIPT_HEIGHT = 0.8
"""Of the height of the word's first character; footnote marks are set at 0.6 to 0.75."""
LONGEST_MARK = 3
"""Digits of a footnote's mark."""
RULE_POINTS = 3.0
"""Thickest line that separates rather than fills."""
SHORTEST_RULE_POINTS = 20.0

HYPHEN = "\ufffe"
"""What pdfium puts for a hyphen at the end of a line, soft or hard, in place of the line break."""
WORD = re.compile(rf"[^\s\x00-\x1f{HYPHEN}]+{HYPHEN}?")
_PLAIN = re.compile("regular|roman|book|light|medium", re.IGNORECASE)
_BOLD = re.compile("bold|black|heavy|demi|extrab", re.IGNORECASE)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_SHAPELESS = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF, 0x7F])
_LETTERS = {**_LIGATURES, **_SHAPELESS}
_UNUSUAL = re.compile("[\x7f\xad\u200b-\u200f\u2060-\u2064\ufeff\ufb00-\ufb06\ud800-\udfff]")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Word(NamedTuple):
    """Characters without white space between; `y` is the line they stand on, `size` the font's, in points."""

    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    text: str


class Rule(NamedTuple):
    """A horizontal line drawn on the page."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one page. `aside` is text set at another angle than the page's: watermarks, labels of charts."""

    words: list[Word]
    rules: list[Rule]
    aside: list[str]
    has_image: bool
    cut: bool
    """Whether the page held more than MAX_CHARACTERS_A_PAGE."""


class _Style(NamedTuple):
    size: float
    bold: bool
    turn: int | None
    """Quarter turns of the writing against the clock; None for any other angle."""


def read_sheet(pdf: Any, index: int) -> Sheet | None:
    """The page at `index`, from 0, of an open `pypdfium2.PdfDocument`; None where it is too damaged to open."""
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(pdf.raw, index)
    if not page:
        return None
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return None
        try:
            turned, cut = _turned_words(pdfium, text_page)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        turn = Counter(turn for turn, _ in turned if turn is not None).most_common(1)
        main = turn[0][0] if turn else 0
        rules, has_image = _drawings(pdfium, page, main)
    finally:
        pdfium.FPDF_ClosePage(page)
    words = [word for turn, word in turned if turn == main]
    aside = [word.text for turn, word in turned if turn != main]
    return Sheet(words, rules, [" ".join(aside)] if aside else [], has_image, cut)


def _turned_words(pdfium: Any, text_page: Any) -> tuple[list[tuple[int | None, Word]], bool]:
    """Each word with the turn of its writing, and whether there were more than are read."""
    count = max(0, pdfium.FPDFText_CountChars(text_page))
    taken = min(count, MAX_CHARACTERS_A_PAGE)
    text = _units(pdfium, text_page, taken)
    style_of = _styles(pdfium, text_page)
    first, last = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for match in WORD.finditer(text):
        start, end = match.span()
        words = match.group()
        hyphen = words[-1] == HYPHEN
        end -= hyphen
        if hyphen and pdfium.FPDFText_IsHyphen(text_page, end) != 1:
            hyphen, words = False, words[:-1]  # a character that is none
        style = style_of(start)
        pdfium.FPDFText_GetLooseCharBox(text_page, start, first)
        pdfium.FPDFText_GetLooseCharBox(text_page, end - 1, last)
        pdfium.FPDFText_GetCharOrigin(text_page, start, x, y)
        if words[-1].isdigit() and last.top - last.bottom < SUPERSCRIPT_HEIGHT * (first.top - first.bottom):
            words = _with_mark(pdfium, text_page, words, start, first)
        words = _letters(words[:-1] + "-" if hyphen else words)
        left, right = (first, last) if style.turn in (0, None) else _turn_boxes(first, last, style.turn)
        base = _turn_point(x.value, y.value, style.turn)[1]
        found.append((style.turn, Word(left.left, right.right, base, style.size, style.bold, words)))
    return found, count > taken


def _units(pdfium: Any, text_page: Any, count: int) -> str:
    """The page's text as one character for each of pdfium's, which counts in UTF-16."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer) - 1
    if written == count:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        return text if len(text) == count else "".join(map(chr, array("H", bytes(buffer)[: 2 * count])))
    # It leaves out characters that mean nothing to it; the places of the others are counted with them.
    codes = (pdfium.FPDFText_GetUnicode(text_page, at) for at in range(count))
    return "".join(HYPHEN if code == 2 else chr(code) if code < 0x110000 else " " for code in codes)


def _letters(words: str) -> str:
    """A word as letters: ligatures taken apart, marks without a shape left out, surrogates joined."""
    if words.isascii() or not _UNUSUAL.search(words):
        return words
    words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return re.sub("\xad$", "-", words).translate(_LETTERS)


def _styles(pdfium: Any, text_page: Any) -> Any:
    """A function from a character's place to its style, which is asked for once for each drawn piece of text."""
    known: dict[int, _Style] = {}
    matrix = pdfium.FS_MATRIX()

    def style_of(at: int) -> _Style:
        piece = pdfium.FPDFText_GetTextObject(text_page, at)
        address = ctypes.addressof(piece.contents) if piece else 0
        style = known.get(address)
        if style is None:
            pdfium.FPDFText_GetMatrix(text_page, at, matrix)
            scale = math.hypot(matrix.c, matrix.d)
            size = pdfium.FPDFText_GetFontSize(text_page, at) * scale
            bold = bool(piece) and _is_bold(pdfium, piece)
            known[address] = style = _Style(size or 1.0, bold, _quarter(matrix.a, matrix.b))
        return style

    return style_of


def _is_bold(pdfium: Any, piece: Any) -> bool:
    if pdfium.FPDFTextObj_GetTextRenderMode(piece) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE:
        return True  # thickened by an outline
    font = pdfium.FPDFTextObj_GetFont(piece)
    if not font:
        return False
    buffer = ctypes.create_string_buffer(MAX_FONT_NAME_BYTES)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, MAX_FONT_NAME_BYTES)
    name = buffer.value.decode("utf-8", "replace")
    if _BOLD.search(name):
        return True
    return not _PLAIN.search(name) and pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT


def _quarter(a: float, b: float) -> int | None:
    turns = math.atan2(b, a) / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < 0.05 else None


def _with_mark(pdfium: Any, text_page: Any, words: str, start: int, first: Any) -> str:
    """The word with a raised figure at its end as such: `20,000¹` is not 200,001."""
    box, low = pdfium.FS_RECTF(), SUPERSCRIPT_HEIGHT * (first.top - first.bottom)
    cut = len(words)
    while cut > 1 and len(words) - cut < LONGEST_MARK and words[cut - 1].isdigit():
        pdfium.FPDFText_GetLooseCharBox(text_page, start + cut - 1, box)
        if box.top - box.bottom >= low or box.bottom <= first.bottom:
            break
        cut -= 1
    return words[:cut] + words[cut:].translate(SUPERSCRIPTS)


class _Box(NamedTuple):
    left: float
    right: float


def _turn_boxes(first: Any, last: Any, turn: int) -> tuple[_Box, _Box]:
    if turn == 1:
        return _Box(first.bottom, first.top), _Box(last.bottom, last.top)
    if turn == 2:
        return _Box(-first.right, -first.left), _Box(-last.right, -last.left)
    return _Box(-first.top, -first.bottom), _Box(-last.top, -last.bottom)


def _turn_point(x: float, y: float, turn: int | None) -> tuple[float, float]:
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn or 0]


def _drawings(pdfium: Any, page: Any, turn: int) -> tuple[list[Rule], bool]:
    """The horizontal lines of a page from its foot up, and whether it shows an image or a form that may hold one."""
    rules, has_image = [], False
    sides = [ctypes.c_float() for _ in range(4)]
    for drawing in _objects(pdfium, page):
        kind = pdfium.FPDFPageObj_GetType(drawing)
        has_image |= kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_SHADING)
        if kind == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(drawing, *sides):
            left, bottom, right, top = (side.value for side in sides)
            (x0, y0), (x1, y1) = _turn_point(left, bottom, turn), _turn_point(right, top, turn)
            if abs(y1 - y0) <= RULE_POINTS and abs(x1 - x0) >= SHORTEST_RULE_POINTS:
                rules.append(Rule(min(x0, x1), max(x0, x1), (y0 + y1) / 2))
    return sorted(rules, key=lambda rule: rule.y), has_image


def _objects(pdfium: Any, page: Any) -> Iterator[Any]:
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_DRAWINGS_A_PAGE)):
        yield pdfium.FPDFPage_GetObject(page, index)
