"""HTML as blocks: headings, paragraphs, list items, table rows; scripts, controls and a page's frame left out.

White space is collapsed as a browser would; `<br>` stays a line break; a term and its definition share a line. What
belongs to the frame of a page (menus, footers, banners) is told by `corpus.readers.boilerplate`.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree, html

from corpus.document import canonical
from corpus.errors import UnreadableError
from corpus.labels import meaning_of
from corpus.readers.boilerplate import drop_frame
from corpus.readers.draft import Draft, DraftBuilder, run_on, unwrap

SILENT = set("script style noscript template head title svg iframe nav button select textarea".split())
SILENT_ROLES = {"navigation", "dialog", "alertdialog", "menu", "menubar", "search"}
INLINE = set(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i img ins kbd label mark picture q s samp small"
    " span strong sub sup time tt u var wbr".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
NAMED = {*HEADINGS, "summary", "dt"}
"""What gives its name to what follows; a button inside opens that and bears the name."""
BOLD_LINE_LEVEL = 7
LONGEST_BOLD_LINE = 150
"""Characters; a longer run of bold is emphasis, not a heading."""
LONGEST_LABEL = 60
LONGEST_VALUE = 300
"""Characters of what stands beside a label without a colon; what is longer is the text of a section."""
MOST_VALUE_ELEMENTS = 30
LONGEST_LISTED_CELL = 600
"""Characters of a cell with a list in it; a longer one is a column of a page."""
MOST_SPAN = 100
MOST_MERGED_COLUMNS = 1_000
"""Cells are read however many there are; past these none is held empty for a merged one."""
DEEPEST = 2_048
"""Elements within elements, the most that libxml2 takes."""
IS_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
OPENERS = "//@aria-controls | //@data-target | //@data-bs-target | //@href[starts-with(., '#')]"


def read_html(text: str, *, wrapped: bool = False) -> Draft:
    """Blocks of an HTML page or fragment. With `wrapped`, line breaks inside paragraphs may be hand wrapping.

    Raises:
        UnreadableError: its tags are nested deeper than any browser shows.
    """
    root = _parsed(re.sub(r"^\s*<\?xml[^>]*\?>", "", canonical(text)))
    if root is None:
        return Draft("", ())
    if not wrapped and IS_PAGE.search(text):
        drop_frame(root, len(text))
    walker = _Walker(root, wrapped)
    walker.walk()
    named = (*root.xpath("//main//h1"), *root.iter("h1"), *root.iter("title"))
    title = next(filter(None, (squeezed(walker.visible(element)) for element in named)), "")
    language = (root.get("lang") or root.get("xml:lang") or "")[:2].lower()
    return walker.builder.draft(title, language if language.isalpha() else "")


def squeezed(text: str) -> str:
    """Every run of white space as one space, none around; invisible characters dropped."""
    return " ".join(_without_breaks(text).split())


def _without_breaks(text: str) -> str:
    """Text without soft hyphens and zero-width spaces: places at which a line may break, seen by nobody."""
    return text.replace("\xad", "").replace("\u200b", "")


def _parsed(text: str) -> html.HtmlElement | None:
    if not text.strip():
        return None
    # libxml2 drops what follows the end of the body; browsers do not, and pages are pasted behind pages.
    text = re.sub(r"</(?:body|html)\s*>", "", text, flags=re.IGNORECASE)
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except etree.ParserError:
        return None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise UnreadableError(f"its tags are nested more than {DEEPEST:,} deep; save what it says as text")
    return root


class _Walker:
    """Depth-first walk that gathers inline text and cuts a block wherever a browser would start a new line.

    It keeps its own stacks: a page may be nested deeper than Python calls.
    """

    def __init__(self, root: html.HtmlElement, wrapped: bool) -> None:
        self.builder = DraftBuilder()
        self._root = root
        self._wrapped = wrapped
        # What a link or a button on the page opens is text, though it may be closed now.
        self._opened = {str(name).lstrip("#") for name in root.xpath(OPENERS)}
        self._kinds = [("paragraph", 0)]
        self._tables: list[_Grid] = []
        self._parts: list[str] = []
        self._line_from = 0
        self._label_at = -1
        self._bold_depth = self._kept_breaks = 0
        self._plain_seen = self._plain_in_line = False

    def walk(self) -> None:
        """Add the blocks of the whole tree."""
        events = etree.iterwalk(self._root, events=("start", "end"))
        whole: html.HtmlElement | None = None
        for event, element in events:
            if event == "start":
                if self._is_silent(element) or self._takes_whole(element):
                    whole = element
                    events.skip_subtree()
                else:
                    self._enter(element)
                continue
            if element is not whole:
                self._leave(element)
            self._say(element.tail)
        self._flush()

    def _takes_whole(self, element: html.HtmlElement) -> bool:
        """Add what is a block, or some, with all that is inside: a row, a list of terms, a label with its value."""
        tag = element.tag
        if tag == "tr" and not self._is_layout(element):
            self._flush()
            self._row(element)
        elif tag == "dl":
            self._flush()
            self._terms(element)
        elif tag in ("div", "li", "p") and (pair := self._pair(element)):
            self._flush()
            self.builder.add(pair, "paragraph" if tag == "p" else "item")
        else:
            return False
        return True

    def _enter(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._break()
        elif tag in INLINE:
            self._bold_depth += _is_bold(element)
        else:
            self._flush()
            kind = self._kinds[-1]
            level = _heading_level(element)
            self._kinds.append(("heading", level) if level else ("item", 0) if tag == "li" else kind)
            self._kept_breaks += tag == "pre"
            if tag == "table":
                self._tables.append(_Grid())
        self._say(element.text)

    def _leave(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag in INLINE:
            self._bold_depth -= _is_bold(element)
            if _is_bold(element):
                self._note_label()
        elif tag != "br":
            self._flush()
            self._kinds.pop()
            self._kept_breaks -= tag == "pre"
            if tag == "table":
                self._tables.pop()

    def _say(self, text: str | None) -> None:
        if not text:
            return
        for number, line in enumerate(text.split("\n") if self._kept_breaks else [text]):
            if number:
                self._break()
            words = re.sub(r"[\s\xa0]+", " ", _without_breaks(line))
            if words.strip():
                if self._label_at == len(self._parts) and _starts_value(words.lstrip()[0]):
                    words = f": {words.lstrip()}"
                self._label_at = -1
                self._plain_seen |= not self._bold_depth
                self._plain_in_line |= not self._bold_depth
            self._parts.append(words)

    def _break(self) -> None:
        self._parts.append("\n")
        self._line_from = len(self._parts)
        self._plain_in_line = False

    def _note_label(self) -> None:
        """Remember that the line so far is a known label in bold, so that its value gets a colon before it."""
        words = self._parts[self._line_from :]
        if self._bold_depth or self._plain_in_line or sum(map(len, words)) > LONGEST_LABEL:
            return
        if _is_label("".join(words).strip()):
            self._label_at = len(self._parts)

    def _flush(self) -> None:
        """End the block under way."""
        text = re.sub(r" *\n *", "\n", re.sub(r" +", " ", "".join(self._parts))).strip()
        kind, level = self._kinds[-1]
        if kind == "paragraph" and not self._plain_seen and len(text) <= LONGEST_BOLD_LINE and "\n" not in text:
            kind, level = "heading", BOLD_LINE_LEVEL
        if kind == "heading":
            text = text.replace("\n", " ")
        for number, line in enumerate((unwrap(text) if self._wrapped else text).split("\n")):
            self.builder.add(line, kind, level, tight=number > 0)
        self._parts = []
        self._line_from, self._label_at = 0, -1
        self._plain_seen = self._plain_in_line = False

    def _row(self, row: html.HtmlElement) -> None:
        grid = self._tables[-1] if self._tables else _Grid()
        cells = []
        for cell in row.iterchildren("td", "th"):
            words = self.lines(cell)
            cells.append((" ".join(words) if cell.tag == "th" else run_on(words), cell))
        self.builder.add_row(grid.placed(cells), first=grid.is_new)
        grid.is_new = False

    def _is_layout(self, row: html.HtmlElement) -> bool:
        """Whether a row lays out the page: a cell holds sections, tables or columns of text, not a fact."""
        cells = list(row.iterchildren("td", "th"))
        if any(next(cell.iter(*HEADINGS, "table"), None) is not None for cell in cells if cell.tag == "td"):
            return True
        listed = [cell for cell in cells if next(cell.iter("ul", "ol"), None) is not None]
        if not listed:
            return len(cells) == 1 and len(self.lines(cells[0])) > 1
        facts = len(listed) == 1 and listed[0] is not cells[0]
        return not facts or len(self.visible(listed[0])) > LONGEST_LISTED_CELL

    def _terms(self, element: html.HtmlElement) -> None:
        term = ""
        for part in element.xpath("./dt | ./dd | ./div/dt | ./div/dd"):
            words = self.lines(part)
            if part.tag == "dt":
                term = " ".join(words)
            else:
                self.builder.add(f"{term.rstrip(': ')}: {run_on(words)}" if term else run_on(words), "item")

    def _pair(self, element: html.HtmlElement) -> str:
        """`Label: value` where an element holds nothing but a label and its value; else empty."""
        if len(element) != 2 or (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            return ""
        first, second = element
        if first.tag in HEADINGS or any(_size(child) > MOST_VALUE_ELEMENTS for child in element):
            return ""
        if next(second.iter(*HEADINGS, "table", "dl", "ul", "ol"), None) is not None:
            return ""
        label, value = squeezed(self.visible(first)), run_on(self.lines(second))
        if not value or len(value) > LONGEST_VALUE or self._is_silent(first) or self._is_silent(second):
            return ""
        colon = label.endswith(":") and not (first.tag in INLINE and second.tag in INLINE)
        known = _is_label(label) and not (first.tag in INLINE and not _starts_value(value[0]))
        return f"{label.rstrip(': ')}: {value}" if len(label) <= LONGEST_LABEL and (colon or known) else ""

    def lines(self, element: html.HtmlElement) -> list[str]:
        """The lines of text that a browser would put into an element, each squeezed."""
        return [line for line in map(squeezed, self.visible(element).split("\n")) if line]

    def visible(self, element: html.HtmlElement) -> str:
        """The text of an element; what a browser would put on a line of its own stands between line breaks."""
        parts: list[str] = []
        events = etree.iterwalk(element, events=("start", "end"))
        for event, part in events:
            own_line = "" if part.tag in INLINE else "\n"
            if event == "start" and part is not element and self._is_silent(part):
                events.skip_subtree()
            elif event == "start":
                parts += own_line, re.sub(r"\s", " ", part.text or "")
            else:
                parts += own_line, re.sub(r"\s", " ", (part.tail or "") if part is not element else "")
        return "".join(parts)

    def _is_silent(self, element: html.HtmlElement) -> bool:
        """Whether a reader of the page does not see an element, or sees it as a control and not as text."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "button" and element.getparent() is not None and element.getparent().tag in NAMED:
            return False
        if not tag or tag in SILENT or element.get("role") in SILENT_ROLES:
            return True
        hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
        if hidden or HIDING_STYLE.search(element.get("style", "")):
            return element.get("role") != "tabpanel" and element.get("id") not in self._opened
        return False


class _Grid:
    """The columns of a table that cells of earlier rows reach down into."""

    def __init__(self) -> None:
        self.is_new = True
        self._reaching: dict[int, int] = {}

    def placed(self, cells: Iterable[tuple[str, html.HtmlElement]]) -> list[str]:
        """The texts of a row's cells, each in its column; empty where another cell is merged over the place."""
        row: list[str] = []
        for words, cell in cells:
            row += self._merged(len(row))
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            width = min(width, max(1, MOST_MERGED_COLUMNS - len(row)))
            if height > 1 and len(row) < MOST_MERGED_COLUMNS:
                self._reaching |= dict.fromkeys(range(len(row), len(row) + width), height - 1)
            row += [words, *[""] * (width - 1)]
        return [*row, *self._merged(len(row))]

    def _merged(self, column: int) -> Iterator[str]:
        while left := self._reaching.get(column, 0):
            self._reaching[column] = left - 1
            column += 1
            yield ""


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(int(value), MOST_SPAN) if value.isdecimal() and 0 < len(value) < 6 else 1


def _size(element: html.HtmlElement) -> int:
    """How many elements are inside, counted no further than matters."""
    return sum(1 for _ in islice(element.iterdescendants(), MOST_VALUE_ELEMENTS + 1))


def _heading_level(element: html.HtmlElement) -> int:
    if element.get("role") == "heading":
        level = element.get("aria-level", "2")
        return min(int(level), 6) if level in "123456789" and level else 2
    return BOLD_LINE_LEVEL if element.tag == "summary" else HEADINGS.get(element.tag, 0)


def _is_bold(element: html.HtmlElement) -> bool:
    return element.tag in ("b", "strong") or BOLD_STYLE.search(element.get("style", "")) is not None


def _is_label(words: str) -> bool:
    """Whether words without a colon are a field's name all the same; a link's ("Details") is no label by itself."""
    meaning = meaning_of(words) if 0 < len(words) <= LONGEST_LABEL and words[-1].isalpha() else None
    return meaning is not None and meaning.name != "link"


def _starts_value(first: str) -> bool:
    """Whether a character begins a value rather than goes on with a sentence: "Budget 300", "Partners are"."""
    return first.isupper() or first.isdigit() or first in '€$£„“"('
