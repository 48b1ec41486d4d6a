"""What belongs to the frame of a web page and not to its matter: menus, sidebars, footers, banners, related news.

A part goes only if three tell so: it looks like a frame (by its element, role, name or links), trafilatura does not
count it as matter, and no labelled fact of a project stands in it. Losing what a page says is worse than keeping its
footer; trafilatura by itself loses titles that are links, facts in sidebars and short paragraphs (22 of 39 pieces kept
on the pages of the tests, where this module keeps 39).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from corpus.labels import meaning_of, speaks_of_project
from corpus.readers.draft import squeeze

MAX_PAGE_CHARS = 1_000_000
"""A longer page is data with little frame; it is left whole, and trafilatura's time bounded."""
DEEPEST_PAGE = 200
"""Elements within elements; pages have 20 to 60. A deeper one is left whole: frames within frames cost their square."""
MOST_OF_A_PAGE = 0.5
"""Share of the page's text; what holds more is not its frame, whatever it is called."""
KEPT_SHARE = 0.3
"""Of the characters of a part; where trafilatura keeps more, the part is matter."""
LINKED_SHARE = 0.8
"""Of the characters of a part that stand in links; prose with links has 0.1 to 0.3, a menu nearly 1."""
FEWEST_LINKS = 3
LONGEST_MENU_ENTRY = 30
"""Characters on average; lists of longer links are titles: of news, or of projects."""
MOST_LOOKS = 5
"""Times that the text of a page is looked through for facts: frames stand within frames, but not a thousand deep."""

SHORTEST_PROSE = 150
"""Characters outside links from which on a box in the midst of text counts as text, whatever it is called."""
TEXT_TAGS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "dl")
FRAME_TAGS = {"footer", "aside", "header", "form"}
FRAME_ROLES = {"contentinfo", "complementary", "banner", "toolbar"}
FRAME_WORDS = set(
    "menu meniu nav navbar navigation navigare footer subsol sidebar cookie cookies consent gdpr breadcrumb breadcrumbs"
    " share sharing sharedaddy related relatedposts newsletter subscribe pagination pager skip masthead topbar advert"
    " popup comments addtoany".split()
)
PLAIN_WORDS = set(
    "area bar banner block bottom box button buttons column container content desktop enabled first group header holder"
    " icons info inner item items left link links list main message mobile modal notice outer overlay panel primary"
    " region right second secondary section site top widget widgets wrap wrapper".split()
)
"""Words that may follow the word of a frame in a name: `sidebar-left` is a sidebar, `cookie-club` is a club."""
FRAME_NAMES = re.compile(
    r"(?:site|page|global|top)[-_]?header|social[-_]?(?:media|links?|icons?|networks?|bar|list|buttons?)?|widget"
)
NOT_A_NAME = re.compile(r"(?:no|has|with|without|category|tag|post|type|status|page|node|js)[-_]", re.IGNORECASE)
"""How classes begin that say something of the page around or of what the part is about: `has-sidebar`, `tag-menu`."""
SHARING = re.compile(r"/share|/sharer|intent/(?:tweet|post)|^mailto:\?|^whatsapp:|//wa\.me/|pinterest\.\w+/pin/create")
LONGEST_LABEL = 60
MOST_SHARING_LINKS = 12
INLINE = "a abbr b bdi cite code em font i img label mark q s small span strong sub sup time u wbr".split()
NEVER_TEXT = "script style noscript template svg iframe select textarea".split()


def drop_frame(root: html.HtmlElement, length: int) -> None:
    """Remove the frame of a page from its tree; `length` is that of its source, in characters."""
    if length > MAX_PAGE_CHARS:
        return
    page = _Page(root)
    suspects = list(page.suspects()) if page.depth <= DEEPEST_PAGE else []
    matter = _Matter(root) if suspects else None
    for element in suspects:
        if matter and matter.lines and matter.share_of(element) < KEPT_SHARE:
            element.drop_tree()


class _Page:
    """The counts that the parts of a page are measured against."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._counts, self.depth = _counts(root)
        self._size = max(1, self._counts[root].chars)
        titles = (*root.xpath("//main//h1 | //article//h1"), *root.iter("h1"))
        around = (list(element.iterancestors()) for element in (*titles[:1], *root.iter("main")))
        self._around_matter = {element for ancestors in around for element in ancestors}
        self._has_main = bool(root.xpath("//main | //article | //*[@role='main']"))

    def suspects(self) -> Iterator[html.HtmlElement]:
        """The elements that look like a frame and hold no facts, outer before inner."""
        left = MOST_LOOKS * self._size
        for element, count in self._counts.items():
            if left > 0 and self._looks_like_frame(element, count):
                left -= count.chars
                if not holds_facts(element):
                    yield element

    def _looks_like_frame(self, element: html.HtmlElement, count: "_Count") -> bool:
        """Whether an element is one of those that frames are built from, by what it is, is called or holds."""
        if element.tag in ("html", "body", "main", "head", "title") or element in self._around_matter:
            return False
        if not 0 < count.chars <= MOST_OF_A_PAGE * self._size:
            return False
        if count.linked >= LINKED_SHARE * count.chars and (
            _is_for_sharing(element, count) or (self._is_menu(element, count) and not _stands_in_text(element))
        ):
            return True
        prose = count.chars - count.linked >= SHORTEST_PROSE
        return _is_called_frame(element) and not (prose and _stands_in_text(element))

    def _is_menu(self, element: html.HtmlElement, count: "_Count") -> bool:
        """Whether the links that an element is made of are short, and it stands where no matter is."""
        if element.tag not in ("ul", "ol", "div", "p", "section", "table") or count.links < FEWEST_LINKS:
            return False
        inside = self._has_main and next(element.iterancestors("main", "article"), None) is not None
        return count.linked <= count.links * LONGEST_MENU_ENTRY and not inside


@dataclass(slots=True)
class _Count:
    """Of an element: its characters, those in links, and its links."""

    chars: int = 0
    linked: int = 0
    links: int = 0


def _counts(root: html.HtmlElement) -> tuple[dict[html.HtmlElement, _Count], int]:
    """The counts of every element, outer before inner, and how deep elements stand within elements."""
    counts: dict[html.HtmlElement, _Count] = {}
    events = etree.iterwalk(root, events=("start", "end"))
    depth = deepest = 0
    for event, element in events:
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        if event == "start":
            counts[element] = _Count(len((element.text or "").strip()))
            if element.tag in NEVER_TEXT:
                events.skip_subtree()
                counts[element].chars = 0
            continue
        own, parent = counts[element], element.getparent()
        if element.tag == "a":
            own.linked, own.links = own.chars, 1
        if parent is not None:
            above = counts[parent]
            above.chars += own.chars + len((element.tail or "").strip())
            above.linked += own.linked
            above.links += own.links
    return counts, deepest


def _stands_in_text(element: html.HtmlElement) -> bool:
    """Whether paragraphs or headings stand right beside an element, as around a box within an article."""
    parent = element.getparent()
    beside = () if parent is None or element.tag == "footer" else parent.iterchildren(*TEXT_TAGS)
    return any(other is not element and not _is_called_frame(other) and _lines(other) for other in beside)


def _is_called_frame(element: html.HtmlElement) -> bool:
    if element.tag in FRAME_TAGS or element.get("role") in FRAME_ROLES:
        # The header of an article is its title and its date; that of the page is the frame's.
        in_article = (
            element.tag in ("header", "form") and next(element.iterancestors("main", "article"), None) is not None
        )
        return not in_article
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    return any(_is_frame_name(name) for name in names if not NOT_A_NAME.match(name))


def _is_frame_name(name: str) -> bool:
    """Whether a class or an id names a part of a frame: `main-menu`, `cookieNotice`, `region-sidebar-first`."""
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)]
    if FRAME_NAMES.fullmatch(name.lower()) or "related" in words[:1]:
        return True
    return not FRAME_WORDS.isdisjoint(words) and words[-1] in FRAME_WORDS | PLAIN_WORDS


def _is_for_sharing(element: html.HtmlElement, count: _Count) -> bool:
    """Whether an element only holds links by which a reader passes the page on."""
    if not count.links or count.links > MOST_SHARING_LINKS or element.tag not in ("ul", "div", "p", "span"):
        return False
    return all(SHARING.search(link.get("href", "")) for link in element.iter("a"))


def holds_facts(element: html.HtmlElement) -> bool:
    """Whether labelled facts of a project stand in an element, or it is the value of such a label above it."""
    lines = _lines(element)
    before = element.getprevious()
    heading = _lines(before) if before is not None and before.tag not in NEVER_TEXT else []
    lines = [*heading, *lines] if len(heading) == 1 and not heading[0].partition(":")[2] else lines
    entries = {" ".join(_lines(link)) for link in element.iter("a")}
    found = set()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        label, _, value = line.partition(":")
        meaning = meaning_of(label) if len(label) <= LONGEST_LABEL and line not in entries else None
        if meaning is not None and meaning.name != "link" and (value.strip() or following):
            found.add(meaning)
    return any(map(speaks_of_project, found)) or len(found) > 1


def _lines(element: html.HtmlElement) -> list[str]:
    """The lines of text that a browser would put into an element."""
    parts: list[str] = []
    events = etree.iterwalk(element, events=("start", "end"))
    for event, part in events:
        parts += [] if part.tag in INLINE else ["\n"]
        if event == "start" and part.tag in NEVER_TEXT:
            events.skip_subtree()
        elif event == "start":
            parts.append(re.sub(r"\s", " ", part.text or ""))
        elif part is not element:
            parts.append(re.sub(r"\s", " ", part.tail or ""))
    return [line for line in map(squeeze, "".join(parts).split("\n")) if line]


class _Matter:
    """What trafilatura takes a page's matter to be."""

    def __init__(self, root: html.HtmlElement) -> None:
        from trafilatura import bare_extraction

        try:
            document = bare_extraction(root, fast=True, favor_recall=True, include_comments=False, include_tables=True)
        except (RecursionError, AttributeError, IndexError, KeyError, etree.LxmlError):
            document = None  # it stumbles over the page's tree; the page is read whole
        body = getattr(document, "body", None)
        self.lines = set(_lines(body)) if body is not None else set()

    def share_of(self, element: html.HtmlElement) -> float:
        """The share of an element's characters that is matter, from 0 to 1."""
        lines = _lines(element)
        kept = [line for line in lines if line in self.lines]
        return sum(map(len, kept)) / max(1, sum(map(len, lines)))
