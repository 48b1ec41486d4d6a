"""Passages: verbatim, complete, never across two projects. On made-up documents and on the whole sample."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Span
from corpus.projects import find_projects
from corpus.readers.draft import Draft
from corpus.readers.markdown import read_markdown
from corpus.readers.text import read_text
from corpus.record import Project
from index.embedding import find_model, open_tokenizer
from index.passages import PASSAGE_TOKENS, Passage, split
from index.settings import DEFAULT_MODEL, Settings
from index.store import Store

PIECES = st.sampled_from(
    [
        *("Lamp Hill\n\n", "## Oil Yard\n\n", "3. Owl Wood\n\n", "Who we are\n\n", "\n\n", "\n", " ", "\u00a0", "\t"),
        *("Period: 2011-2012 | Budget: 300 EUR\n\n", "Perioada: mai 2016\n\n", "- Budget: 300 EUR\n- Period: 2012\n\n"),
        *(
            "The lamp shines over the yard, and everybody sees it. ",
            "Dr. Pop, i.e. the owl, said so... ",
            "Lămpi în șapte sate! ",
        ),
        *("and so on, " * 60, "words without any end " * 50, "x" * 700, "a;;b,,c.." * 80, "字" * 300, "•\u200b"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=2000)


def check(document: Document, projects: Sequence[Project], passages: Sequence[Passage]) -> None:
    """Assert what every splitting of a document has to keep."""
    text = document.text
    spans = [passage.span for passage in passages]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        assert passage.text == passage.span.of(text)
        assert passage.document_id == document.id
        around = [project for project in projects if project.span.overlaps(passage.span)]
        assert [project.id for project in around] == ([passage.project_id] if passage.project_id else [])
        assert all(project.span.holds(passage.span) for project in around)
    held = {place for span in spans for place in range(span.start, span.end)}
    assert {place for place, character in enumerate(text) if not character.isspace()} <= held


@pytest.mark.parametrize("reader", [read_text, read_markdown])
@given(text=TEXTS, language=st.sampled_from(["en", "ro", "und"]))
def test_every_word_is_in_one_passage_verbatim_and_none_spans_two_projects(
    reader: Callable[[str], Draft], text: str, language: str
) -> None:
    draft = reader(text)
    document = Document("id", "page", "text/plain", "", language, "0" * 64, draft.text, draft.blocks)
    projects = find_projects(document)
    tokenizer = open_tokenizer(find_model(DEFAULT_MODEL).folder)
    passages = split(document, projects, tokenizer)
    check(document, projects, passages)
    assert all(len(tokenizer(passage.text)) <= PASSAGE_TOKENS for passage in passages)


def test_every_quote_of_the_sample_is_verbatim_and_every_word_can_be_quoted(sample_store: Path) -> None:
    store = Store(Settings(sample_store))
    passages = sorted(store.passages(), key=lambda passage: (passage.document_id, passage.span.start))
    assert len(passages) > len(store.projects) == 15
    for document in store.documents.values():
        projects = [project for project in store.projects.values() if project.document == document.source]
        check(document, projects, [passage for passage in passages if passage.document_id == document.id])


def test_sentences_are_cut_only_where_one_alone_is_too_long() -> None:
    tokenizer = open_tokenizer(find_model(DEFAULT_MODEL).folder)
    sentences = [f"Sentence number {number} tells of lamps and owls in the yard." for number in range(60)]
    text = " ".join(sentences)
    document = Document("id", "page", "text/plain", "", "en", "0" * 64, text, ())
    passages = split(document, [], tokenizer)
    assert len(passages) > 3
    assert " ".join(passage.text for passage in passages) == text
    assert all(passage.text.startswith("Sentence") and passage.text.endswith(".") for passage in passages)


def test_a_project_and_what_surrounds_it_are_apart() -> None:
    text = "Before.\n\nLamp Hill\n\nLamps.\n\nAfter."
    document = Document("id", "page", "text/plain", "", "en", "0" * 64, text, ())
    project = Project("lamp-hill", "Lamp Hill", None, (), "page", Span(9, 26), "en", "")
    tokenizer = open_tokenizer(find_model(DEFAULT_MODEL).folder)
    assert [(passage.text, passage.project_id) for passage in split(document, [project], tokenizer)] == [
        ("Before.", None),
        ("Lamp Hill\n\nLamps.", "lamp-hill"),
        ("After.", None),
    ]


def test_a_text_of_white_space_has_no_passage() -> None:
    document = Document("id", "page", "text/plain", "", "en", "0" * 64, " \n\n ", ())
    assert split(document, [], str.split) == []
