"""HTML as blocks: headings, paragraphs, list items, table rows; menus, scripts and dialogs left out.

White space is collapsed as a browser would; `<br>` stays a line break; a term and its definition share a line.
"""

import re

from lxml import etree, html

from corpus.document import canonical
from corpus.readers.draft import Draft, DraftBuilder, unwrap

SILENT = {"script", "style", "noscript", "template", "head", "svg", "iframe", "nav", "button", "select", "textarea"}
SILENT_ROLES = {"navigation", "dialog", "alertdialog", "menu", "menubar", "search"}
INLINE = set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark picture q s samp small span"
    " strong sub sup time tt u var wbr".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LAYOUT = "./td//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6 or self::ul or self::table]"
BOLD_LINE_LEVEL = 7
LONGEST_BOLD_LINE = 150
"""Characters; a longer run of bold is emphasis, not a heading."""


def read_html(text: str, *, wrapped: bool = False) -> Draft:
    """Blocks of an HTML page or fragment. With `wrapped`, line breaks inside paragraphs may be hand wrapping."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", canonical(text))
    if not text.strip():
        return Draft("", ())
    try:
        root = html.document_fromstring(text)
    except etree.ParserError:
        return Draft("", ())
    walker = _Walker(wrapped)
    walker.walk(root)
    walker.flush()
    titles = [_squeeze(_visible(element)) for element in (*root.iter("h1"), *root.iter("title"))]
    language = (root.get("lang") or root.get("xml:lang") or "")[:2].lower()
    return walker.builder.draft(next(filter(None, titles), ""), language if language.isalpha() else "")


class _Walker:
    """Depth-first walk that gathers inline text and cuts a block wherever a browser would start a new line."""

    def __init__(self, wrapped: bool) -> None:
        self.builder = DraftBuilder()
        self._wrapped = wrapped
        self._text = ""
        self._kind, self._level = "paragraph", 0
        self._bold_depth = 0
        self._plain_seen = False

    def walk(self, element: html.HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if _is_silent(element):
            return
        if tag == "br":
            self._text = self._text.rstrip(" ") + "\n"
        elif tag in ("tr", "dl"):
            self._flat(element, tag)
        elif tag in INLINE:
            bold = tag in ("b", "strong")
            self._bold_depth += bold
            self._inside(element)
            self._bold_depth -= bold
        else:
            self._block(element, tag)

    def _block(self, element: html.HtmlElement, tag: str) -> None:
        self.flush()
        outer = self._kind, self._level
        if tag in HEADINGS:
            self._kind, self._level = "heading", HEADINGS[tag]
        elif tag == "li":
            self._kind, self._level = "item", 0
        self._inside(element)
        self.flush()
        self._kind, self._level = outer

    def _inside(self, element: html.HtmlElement) -> None:
        self._say(element.text)
        for child in element:
            self.walk(child)
            self._say(child.tail)

    def _flat(self, element: html.HtmlElement, tag: str) -> None:
        self.flush()
        if tag == "tr" and element.xpath(LAYOUT):
            self._inside(element)  # a table that lays out the page, not one that holds facts
            self.flush()
        elif tag == "tr":
            cells = [_squeeze(_visible(cell)) for cell in element if cell.tag in ("td", "th")]
            self.builder.add(" | ".join(filter(None, cells)), "row")
        else:
            self._terms(element)

    def _terms(self, element: html.HtmlElement) -> None:
        term = ""
        for part in element.xpath("./dt | ./dd | ./div/dt | ./div/dd"):
            words = _squeeze(_visible(part))
            if part.tag == "dt":
                term = words
            else:
                self.builder.add(f"{term.rstrip(': ')}: {words}" if term else words, "item")

    def _say(self, text: str | None) -> None:
        if not text:
            return
        words = re.sub(r"[\s\xa0]+", " ", text)
        if self._text.endswith((" ", "\n")) or not self._text:
            words = words.lstrip(" ")
        self._text += words
        self._plain_seen |= bool(words.strip()) and not self._bold_depth

    def flush(self) -> None:
        """End the block under way."""
        text = self._text.strip()
        kind, level = self._kind, self._level
        if kind == "paragraph" and not self._plain_seen and len(text) <= LONGEST_BOLD_LINE and "\n" not in text:
            kind, level = "heading", BOLD_LINE_LEVEL
        if kind == "heading":
            text = text.replace("\n", " ")
        for number, line in enumerate((unwrap(text) if self._wrapped else text).split("\n")):
            self.builder.add(line, kind, level, tight=number > 0)
        self._text, self._plain_seen = "", False


def _is_silent(element: html.HtmlElement) -> bool:
    """Whether a reader of the page does not see it, or sees it as a control and not as text."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return not tag or tag in SILENT or element.get("role") in SILENT_ROLES or element.get("hidden") is not None


def _visible(element: html.HtmlElement) -> str:
    """The text of an element as one run; parts that a browser would put on lines of their own are kept apart."""
    said = element.text or ""
    for child in element:
        if not _is_silent(child):
            gap = "" if child.tag in INLINE else " "
            said += gap + _visible(child) + gap
        said += child.tail or ""
    return said


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\xa0]+", " ", text).strip()
