"""Laws that hold for any text: spans lie in it and give their words back, records survive the store."""

import json
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.document import Document, canonical
from corpus.facts import find_groups
from corpus.projects import find_projects
from corpus.readers.draft import Draft
from corpus.readers.html import read_html
from corpus.readers.markdown import read_markdown
from corpus.readers.text import read_text
from corpus.record import Amount, Organisation, Period, Place, Project, project_from_store, project_to_store, to_json

READERS = pytest.mark.parametrize("reader", [read_text, read_markdown, read_html])
Reader = Callable[[str], Draft]

PIECES = [
    *(
        "Lamp Hill",
        "Oil Yard (2012)",
        "1. Owl Wood",
        "Ora să ȘTIM",
        "**Bold**",
        "# Heading",
        "## Heading",
        "Who we are",
    ),
    *(
        "Period: 2011-2012",
        "Budget: 300 EUR",
        "Budget: 550,00 USD",
        "Funder: A, B; C",
        "Partners: A (B, C), D",
        "Details",
    ),
    *(
        "Perioada: mai 2016",
        "Funded by the Fund",
        "Mentor: Ana",
        "Date: x: y",
        "Budget:",
        "Title: Lamp",
        ": ",
        "title: x",
    ),
    *(
        "Some words of prose. And more of them!",
        "http://a.example/b",
        "a@b.example",
        "• item",
        "- item",
        "| a | b |",
        "|---|---|",
    ),
    *(
        "<h2>Oil</h2>",
        "<p>",
        "<li>",
        "<table><tr><td>",
        "<td>",
        "</table>",
        "<dl><dt>",
        "<dd>",
        "<br>",
        "<b>",
        "&nbsp;",
        "&amp;",
        "<!--",
    ),
    *(
        "1. Lamp Hill. The project, worth 300 EUR, ran from May 2011 to June 2012 and was funded by the Oak Fund.",
        "2. Oil",
    ),
    *(
        "| Project | Period | Budget |",
        "| Lamp | 2011 | 5 EUR |",
        "Perioada mai 2016",
        "Buget total 52.300 €",
        "When? 2011",
    ),
    *(
        "It was implemented from June to November 2014 in Malta to help 60 students.",
        "Location: Cluj, Romania",
        "AB/12/C-4",
    ),
    *("---", "\u00a0", "\u0301", "\u2028", "\t", "”", "İ", "ﬁ", "²", "x" * 130, "<script>", "</", "`", "[a](b)"),
]
GLUE = ["\n", "\n\n", "\n\n", " ", " | ", "|", "; ", ". ", ", ", ""]
JUMBLE = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GLUE)), max_size=40).map(
    lambda pairs: "".join(piece + glue for piece, glue in pairs)
)
"""Anything next to anything."""
LAID_OUT = st.builds(
    lambda mark, glue, sections: "".join(
        f"{mark}{title} {number}\n\n{prose}\n\n{glue.join(facts)}\n\n{after}"
        for number, (title, prose, facts, after) in enumerate(sections)
    ),
    st.sampled_from(["", "## ", "<h2>", "1. "]),
    st.sampled_from([" | ", "|", "; ", "\n", "<li>", " / "]),
    st.lists(
        st.tuples(
            st.sampled_from(["Lamp Hill", "Oil: a yard", "Ora să ȘTIM (STEM)"]),
            st.sampled_from(PIECES),
            st.lists(
                st.sampled_from([piece for piece in PIECES if ": " in piece or "by" in piece]), min_size=1, max_size=5
            ),
            st.sampled_from(["", "", "More.\n\n", "Some words that go on for longer than a trailer would.\n\n"]),
        ),
        max_size=6,
    ),
)
"""Titles, prose and facts in an order that makes sense."""
PAGES = JUMBLE | LAID_OUT
ANY = PAGES | st.text() | st.text(alphabet=st.characters(exclude_categories=()))


def values_of(project: Project) -> list[Period | Amount | Organisation | Place]:
    """List what was read from the fields of a record."""
    return [*([project.period] if project.period else []), *project.amounts, *project.organisations, *project.places]


def document_of(draft: Draft) -> Document:
    return Document("id", "page", "text/plain", draft.title, "en", "0" * 64, draft.text, draft.blocks)


@READERS
@given(text=ANY)
def test_blocks_are_in_the_text_in_order_and_none_is_empty(reader: Reader, text: str) -> None:
    draft = reader(text)
    assert canonical(draft.text) == draft.text
    assert all(0 <= block.span.start < block.span.end <= len(draft.text) for block in draft.blocks)
    assert all(left.span.end <= right.span.start for left, right in pairwise(draft.blocks))
    for block in draft.blocks:
        words = block.span.of(draft.text)
        assert words == words.strip()
        assert "\n" not in words


@READERS
@given(text=ANY)
def test_every_character_of_the_text_but_white_space_is_in_a_block(reader: Reader, text: str) -> None:
    draft = reader(text)
    held = {place for block in draft.blocks for place in range(block.span.start, block.span.end)}
    assert {place for place, character in enumerate(draft.text) if not character.isspace()} <= held


@given(ANY)
def test_plain_text_is_kept_character_for_character(text: str) -> None:
    assert read_text(text).text.replace("\n", " ") == canonical(text).replace("\n", " ")


@READERS
@given(text=ANY)
def test_facts_lie_in_the_text_and_hold_their_label_and_value(reader: Reader, text: str) -> None:
    document = document_of(reader(text))
    for group in find_groups(document):
        for fact in group.facts:
            assert 0 <= fact.whole.start <= fact.value.start < fact.value.end <= fact.whole.end <= len(document.text)
            assert fact.label in fact.whole.of(document.text)
            assert fact.value.of(document.text).strip()


@READERS
@given(text=PAGES | st.text())
def test_every_span_of_every_record_gives_its_words_back(reader: Reader, text: str) -> None:
    document = document_of(reader(text))
    projects = find_projects(document)
    assert all(left.span.end <= right.span.start for left, right in pairwise(projects))
    assert len({project.id for project in projects}) == len(projects)
    for project in projects:
        assert 0 <= project.span.start < project.span.end <= len(document.text)
        assert project.title_span is None or project.span.holds(project.title_span)
        for quoted in values_of(project):
            assert quoted.text
            assert quoted.text == quoted.span.of(document.text)


@READERS
@example(text="Lamp\n\nPeriod: 2011\n\nOil\n\nPeriod: 2012\n\nIt went on.\n\nWebsite: a.example\n")
@example(text="<h2>Lamp</h2><p>Period: 2011<h2>Oil</h2><p>Period: 2012<p>It went on.<p>Website: a.example")
@given(text=PAGES | st.text())
def test_every_field_of_a_record_lies_within_its_project(reader: Reader, text: str) -> None:
    document = document_of(reader(text))
    for project in find_projects(document):
        spans = [span for field in project.fields for span in (field.span, field.whole)]
        assert all(project.span.holds(span) for span in [*spans, *(value.span for value in values_of(project))])


@READERS
@given(text=PAGES)
def test_a_record_is_the_same_after_it_was_stored(reader: Reader, text: str) -> None:
    document = document_of(reader(text))
    for project in find_projects(document):
        assert project_from_store(json.loads(json.dumps(project_to_store(project)))) == project


@given(PAGES)
def test_a_record_as_json_has_the_documented_keys(text: str) -> None:
    document = document_of(read_text(text))
    for project in find_projects(document):
        assert list(json.loads(json.dumps(to_json(project, document.text)))) == [
            *("id", "title", "aliases", "document", "start", "end", "language", "description", "period", "amounts"),
            *("organisations", "places", "programme", "reference", "links", "other", "same_as"),
        ]


def test_made_up_pages_do_hold_projects() -> None:
    """Without this, the laws above could hold for want of any record."""
    page = (
        "Lamp Hill\n\nSome words of prose. And more of them!\n\nPeriod: 2011-2012 | Budget: 300 EUR | Funder: A, B; C\n"
    )
    (project,) = find_projects(document_of(read_text(page)))
    assert project.amounts
    assert project.organisations
    assert project.period
