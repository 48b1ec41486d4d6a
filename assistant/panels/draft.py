"""A drafted section as a page shows it while it is written, and as the form that takes it along sends it back.

Knows no Gradio. What comes back is checked anew by whoever writes the file (`web.track_record`).
"""

import json
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from assistant.answer import Citation, Statement
from assistant.live import LiveAssistant
from assistant.llm.experience import draft_section, section_deadline
from assistant.llm.section import MOST_PARTS, Part, Section, notice_of
from assistant.panels.found import Found, key_of
from assistant.panels.turns import Marker
from corpus.errors import MisuseError, ProjectError
from index.listing import to_query
from index.panels.frame import Frame

TEMPLATE = Path(__file__).with_name("draft.jinja")
LONGEST_GLANCE = 400
"""Characters of a quote that are shown beside a marker."""
LONGEST_FORM = 200_000
"""Characters of a draft that is sent back; the longest that is written has a tenth of them."""


def drafting(frame: Frame, live: LiveAssistant, found: Found) -> Iterator[Markup]:
    """The draft of what is kept, as it is written."""
    if live.model is None or found.precedents is None or not found.kept:
        return
    yield draft_html(frame, found, Section(found.kept_precedents))  # so that whoever pressed sees that it is coming
    try:
        material = live.material(found.kept_precedents)
        for section in draft_section(live.model, material, section_deadline(live.model, material)):
            yield draft_html(frame, found, section)
    except ProjectError as error:
        yield draft_html(frame, found, None, trouble=str(error))


def draft_html(frame: Frame, found: Found, section: Section | None, *, trouble: str = "") -> Markup:
    """What is written so far, and once it is finished, what can be done with it."""
    if section is None and not trouble:
        return Markup("")
    markers = {one.n: _marker(frame, one, section.language) for one in section.citations} if section else {}
    parts = [(section.title_of(part), part, _lines(part, markers)) for part in section.parts] if section else []
    return frame.render(
        TEMPLATE, section=section, parts=parts, trouble=trouble, notice=notice_of(section) if section else "",
        told=form_of(section) if section else "", idea=found.precedents.idea if found.precedents else "",
        keys=[key_of(one) for one in found.kept], query=to_query(found.wanted),
    )  # fmt: skip


def _lines(part: Part, markers: dict[int, Marker]) -> list[tuple[Statement, list[Marker]]]:
    return [(one, [markers[n] for n in one.cites if n in markers]) for one in part.statements]


def _marker(frame: Frame, citation: Citation, language: str) -> Marker:
    href = f"{frame.base}/passages/{citation.document_id}?start={citation.span.start}&end={citation.span.end}"
    quote = " ".join(citation.quote.split())
    glance = quote if len(quote) <= LONGEST_GLANCE else quote[:LONGEST_GLANCE].rsplit(" ", 1)[0] + " …"
    return Marker(citation.n, href, glance, language)


def form_of(section: Section) -> str:
    """The section's sentences and the numbers that they cite, as JSON."""
    told = [
        {"rank": part.rank, "quoted": part.is_quoted, "said": [[one.text, list(one.cites)] for one in part.statements]}
        for part in section.parts
    ]
    return json.dumps(told, ensure_ascii=False)


def parts_of(told: str) -> list[Part]:
    """What `form_of` made, read again; none of it is known to hold.

    Raises:
        MisuseError: it was not made so.
    """
    try:
        read = json.loads(told) if len(told) <= LONGEST_FORM else None
        if not isinstance(read, list) or len(read) > MOST_PARTS + 2:
            raise ValueError
        return [_part(one) for one in read]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise MisuseError("this is no draft; write it anew") from error


def _part(told: dict[str, object]) -> Part:
    rank, said = told["rank"], told["said"]
    if not isinstance(rank, int) or not isinstance(said, list):
        raise TypeError
    return Part(rank, tuple(_statement(*one) for one in said), told["quoted"] is True)


def _statement(text: str, cites: list[int]) -> Statement:
    if not isinstance(text, str) or not all(isinstance(n, int) for n in cites):
        raise TypeError
    return Statement(text, tuple(cites), is_connecting=not cites)
