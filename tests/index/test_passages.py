"""Passages: verbatim, complete, never across two projects. Where texts are made up, a word is a token."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Block, Document, Span
from corpus.files import find_files
from corpus.projects import find_projects
from corpus.readers.draft import Draft
from corpus.readers.markdown import read_markdown
from corpus.readers.text import read_text
from corpus.reading import read_file
from corpus.record import Field, Project, Reading
from index.models import find_model, open_tokenizer
from index.passages import CONTEXT_CHARACTERS, KEPT, PASSAGE_WORDS, Passage, context, embedded_text, size, split
from index.settings import DEFAULT_MODEL

Tokenizer = Callable[[str], list[str]]
Reader = Callable[[str], Draft]

PIECES = st.sampled_from(
    [
        *("Lamp Hill\n\n", "## Oil Yard\n\n", "3. Owl Wood\n\n", "Who we are\n\n", "\n\n", "\n", " ", "\u00a0", "\t"),
        *("Period: 2011-2012 | Budget: 300 EUR\n\n", "Perioada: mai 2016\n\n", "- Budget: 300 EUR\n- Period: 2012\n\n"),
        *("| Owls | Lamps |\n|---|---|\n| two. Or three | one |\n", "| four | five |\n", "Budget: " + "1 EUR or " * 30),
        *(
            "The lamp shines over the yard, and everybody sees it. ",
            "Dr. Pop, i.e. the owl, said so... ",
            "Lămpi în șapte sate! ",
        ),
        *("and so on, " * 60, "words without any end " * 50, "x" * 700, "a;;b,,c.." * 80, "字" * 300, "•\u200b"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=2000)
LINES = st.lists(st.integers(1, 14), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Open the default model's own."""
    opened: Tokenizer = open_tokenizer(find_model(DEFAULT_MODEL).folder)
    return opened


def document(text: str, blocks: Sequence[Block] = (), title: str = "") -> Document:
    """Make a document of a text."""
    return Document("id", "page", "text/plain", title, "en", "0" * 64, text, tuple(blocks))


def lined(*lines: tuple[str, str]) -> Document:
    """Make a document whose lines are blocks, each given as kind and words."""
    blocks, at = [], 0
    for kind, words in lines:
        blocks.append(Block(Span(at, at + len(words)), kind, 1 if kind == "heading" else 0))
        at += len(words) + 1
    return document("\n".join(words for _, words in lines), blocks)


def project(text: str, span: Span, fields: Sequence[Field] = ()) -> Project:
    """Make a project of a place in a text, called by its first line."""
    title = span.of(text).split("\n")[0]
    at = Span(span.start, span.start + len(title))
    return Project("p", title, at, (), "page", span, "en", "", fields=tuple(fields))


def texts(passages: Sequence[Passage]) -> list[str]:
    """List what the passages say."""
    return [passage.text for passage in passages]


def numbered(first: int, last: int) -> str:
    """Words that are a token each: `w1 w2 w3`."""
    return " ".join(f"w{number}" for number in range(first, last + 1))


def check(one: Document, projects: Sequence[Project], passages: Sequence[Passage]) -> None:
    """Assert what every splitting of a document has to keep."""
    text = one.text
    spans = [passage.span for passage in passages]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        assert passage.text == passage.span.of(text) == passage.text.strip()
        assert passage.document_id == one.id
        around = [project for project in projects if project.span.overlaps(passage.span)]
        assert [project.id for project in around] == ([passage.project_id] if passage.project_id else [])
        assert all(project.span.holds(passage.span) for project in around)
    held = {place for span in spans for place in range(span.start, span.end)}
    assert {place for place, character in enumerate(text) if not character.isspace()} <= held


def check_kept(
    one: Document, projects: Sequence[Project], passages: Sequence[Passage], tokenizer: Tokenizer, limit: int
) -> None:
    """Assert that no row and no labelled value that fits into a passage is cut."""
    kept = [block.span for block in one.blocks if block.kind in KEPT]
    kept += [field.whole for each in projects for field in each.fields if field.source == "label"]
    for span in kept:
        cut = [p for p in passages if p.span.overlaps(span) and not p.span.holds(span)]
        assert not cut or size(span.of(one.text), tokenizer) > limit


@pytest.mark.parametrize("reader", [read_text, read_markdown])
@given(text=TEXTS, language=st.sampled_from(["en", "ro", "und"]), limit=st.sampled_from([32, PASSAGE_WORDS]))
def test_every_word_is_in_one_passage_verbatim_and_none_spans_two_projects(
    reader: Reader, tokenizer: Tokenizer, text: str, language: str, limit: int
) -> None:
    draft = reader(text)
    one = Document("id", "page", "text/plain", "", language, "0" * 64, draft.text, draft.blocks)
    projects = find_projects(one)
    passages = split(one, projects, tokenizer, limit=limit)
    check(one, projects, passages)
    check_kept(one, projects, passages, tokenizer, limit)
    assert all(size(passage.text, tokenizer) <= limit or len(passage.text.split()) == 1 for passage in passages)
    assert passages == split(one, projects, tokenizer, limit=limit)


@given(words=LINES, kinds=st.lists(st.sampled_from([*sorted(KEPT), "paragraph"]), min_size=40, max_size=40))
def test_lines_are_kept_whole_headings_lead_and_nothing_small_is_left_behind(
    words: list[int], kinds: list[str]
) -> None:
    one = lined(*((kind, numbered(1, count)) for kind, count in zip(kinds, words, strict=False)))
    passages = split(one, [], str.split, limit=20)
    check(one, [], passages)
    check_kept(one, [], passages, str.split, limit=20)
    sizes = [len(passage.text.split()) for passage in passages]
    assert max(sizes) <= 20
    assert all(left + right > 20 for left, right in pairwise(sizes))
    begins = {passage.span.start for passage in passages}
    for run in _led(one):
        inner = {block.span.start for block in run[1:]}
        assert not inner & begins or sum(len(block.span.of(one.text).split()) for block in run) > 20


def _led(one: Document) -> list[list[Block]]:
    """List runs of headings, each with what follows them."""
    runs: list[list[Block]] = [[]]
    for block in one.blocks:
        runs[-1].append(block)
        if block.kind not in ("heading", "record"):
            runs.append([])
    return runs


def test_every_word_of_the_sample_can_be_quoted(sample: Path, tokenizer: Tokenizer) -> None:
    readings: list[Reading] = [reading for file in find_files([sample]) for reading in read_file(file)]
    assert sum(len(reading.projects) for reading in readings) == 15
    for reading in readings:
        passages = split(reading.document, reading.projects, tokenizer)
        check(reading.document, reading.projects, passages)
        check_kept(reading.document, reading.projects, passages, tokenizer, PASSAGE_WORDS)
        named = [passage.project_id for passage in passages]
        assert {project.id for project in reading.projects} == set(named) - {None}


def test_sentences_are_cut_only_where_one_alone_is_too_long(tokenizer: Tokenizer) -> None:
    sentences = [f"Sentence number {number} tells of lamps and owls in the yard." for number in range(60)]
    text = " ".join(sentences)
    passages = split(document(text), [], tokenizer)
    assert len(passages) > 3
    assert " ".join(texts(passages)) == text
    assert all(passage.text.startswith("Sentence") and passage.text.endswith(".") for passage in passages)


def test_a_sentence_that_is_too_long_is_cut_into_even_parts_between_words() -> None:
    words = numbered(10, 33)  # 24 words of three letters
    assert texts(split(document(words), [], str.split, limit=20)) == [numbered(10, 21), numbered(22, 33)]


def test_a_word_that_is_too_long_is_cut_all_the_same() -> None:
    assert texts(split(document("12345678"), [], list, limit=4)) == ["1234", "5678"]


def test_a_language_that_the_model_cuts_to_pieces_has_passages_as_long_as_another() -> None:
    words = " ".join(["propozitie"] * 40)
    assert size(words, list) == 40
    assert texts(split(document(words), [], list, limit=40)) == [words]


def test_numbers_and_runs_without_spaces_count_by_their_tokens() -> None:
    assert size("12345678", list) == 6
    assert size("\u6c49" * 40, list) == 30
    assert size("7", list) == 1


def test_a_project_and_what_surrounds_it_are_apart() -> None:
    text = "Before.\n\nLamp Hill\n\nLamps.\n\nAfter."
    found = split(document(text), [project(text, Span(9, 26))], str.split)
    assert [(passage.text, passage.project_id) for passage in found] == [
        ("Before.", None),
        ("Lamp Hill\n\nLamps.", "p"),
        ("After.", None),
    ]


def test_a_project_that_fits_is_one_passage_and_a_longer_one_is_cut_evenly() -> None:
    lines = [f"{numbered(1, 5)}." for _ in range(4)]
    assert texts(split(document("\n\n".join(lines)), [], str.split, limit=20)) == ["\n\n".join(lines)]
    assert texts(split(document("\n\n".join(lines)), [], str.split, limit=19)) == ["\n\n".join(lines[:2])] * 2


def test_paragraphs_are_cut_before_sentences_are() -> None:
    first, second = f"{numbered(1, 6)}. {numbered(1, 6)}.", f"{numbered(1, 4)}."  # 6 and 10 words would be more even
    for one in (document(f"{first}\n\n{second}"), lined(("paragraph", first), ("paragraph", second))):
        assert texts(split(one, [], str.split, limit=12)) == [first, second]


# In the four that follow, a cut behind what leads would be as even or more so.


def test_a_heading_goes_with_what_follows_it() -> None:
    one = lined(("paragraph", numbered(1, 7)), ("heading", "Results"), ("paragraph", numbered(1, 9)))
    assert texts(split(one, [], str.split, limit=10)) == [numbered(1, 7), f"Results\n{numbered(1, 9)}"]


def test_what_ends_in_a_colon_goes_with_what_follows_it() -> None:
    one = lined(("paragraph", numbered(1, 6)), ("paragraph", "We did:"), ("item", numbered(1, 8)))
    assert texts(split(one, [], str.split, limit=10)) == [numbered(1, 6), f"We did:\n{numbered(1, 8)}"]


def test_the_first_row_of_a_table_goes_with_the_second() -> None:
    lines = [numbered(1, 6), "Owls Lamps", numbered(1, 8)]
    one = lined(("paragraph", lines[0]), ("row", lines[1]), ("row", lines[2]))
    blocks = [Block(block.span, block.kind, int(block.span.of(one.text) == lines[1])) for block in one.blocks]
    found = split(document(one.text, blocks), [], str.split, limit=10)
    assert texts(found) == [lines[0], f"{lines[1]}\n{lines[2]}"]


def test_a_title_in_plain_text_goes_with_what_follows_it() -> None:
    one = lined(("paragraph", "Lamp Hill"), ("paragraph", numbered(1, 8)), ("paragraph", "Two more"))
    found = split(one, [project(one.text, Span(0, len(one.text)))], str.split, limit=10)
    assert texts(found) == [f"Lamp Hill\n{numbered(1, 8)}", "Two more"]


@pytest.mark.parametrize("kind", sorted(KEPT))
def test_sentences_of_a_row_stay_together(kind: str) -> None:
    row = "One owl. Two owls. Three owls."
    one = lined(("paragraph", "Here it is. There it is."), (kind, row))
    assert texts(split(one, [], str.split, limit=8)) == ["Here it is. There it is.", row]


def test_a_row_that_is_too_long_is_cut_between_sentences() -> None:
    one = lined(("row", "One owl flies. Two owls fly. Three owls fly."))
    assert texts(split(one, [], str.split, limit=6)) == ["One owl flies.", "Two owls fly. Three owls fly."]


def test_a_labelled_line_is_whole_and_one_too_long_is_cut_between_its_labels() -> None:
    line = "Budget: 3 EUR. | Funder: The Owl Co. of the Old Wood"  # twelve words, four of them up to the mark
    text = f"Lamps. Owls.\n{line}"
    wholes = [Span(text.index("Budget"), text.index(" |")), Span(text.index("Funder"), len(text))]
    fields = [Field("amount", "budget", "Budget", whole, whole) for whole in wholes]
    one = [project(text, Span(0, len(text)), fields)]
    assert len(line.split()) == 12
    assert texts(split(document(text), one, str.split, limit=12)) == ["Lamps. Owls.", line]
    cut = ["Lamps. Owls.\nBudget: 3 EUR. |", "Funder: The Owl Co. of the Old Wood"]
    assert texts(split(document(text), one, str.split, limit=11)) == cut


def test_of_an_item_that_runs_on_behind_a_labelled_value_the_value_is_kept() -> None:
    text = "Partners:\na b c d eeeeeeee ffffffff gggggggg hhhhhhhh"
    whole = Span(0, text.index(" e"))
    blocks = [Block(Span(0, 9), "paragraph"), Block(Span(10, len(text)), "item")]
    one = [project(text, Span(0, len(text)), [Field("organisation", "partner", "Partners", whole, whole)])]
    found = split(document(text, blocks), one, str.split, limit=8)
    assert texts(found) == ["Partners:\na b c d", "eeeeeeee ffffffff gggggggg hhhhhhhh"]


def test_a_passage_names_the_page_it_begins_on() -> None:
    one = Document("id", "a.pdf", "application/pdf", "", "en", "0" * 64, "One owl.\nTwo owls.", (), (0, 9))
    assert [(p.text, p.page) for p in split(one, [], str.split, limit=2)] == [("One owl.", 1), ("Two owls.", 2)]


def test_a_text_of_white_space_has_no_passage() -> None:
    assert split(document(" \n\n "), [], str.split) == []


def test_a_list_of_many_short_lines_is_filled_up() -> None:
    one = lined(*(("item", f"owl{number}") for number in range(100)))
    assert [len(passage.text.split()) for passage in split(one, [], str.split, limit=50)] == [50, 50]


def test_a_short_line_is_not_drawn_along_by_a_short_heading_behind_it() -> None:
    kinds = ("paragraph", "paragraph", "heading", "paragraph")
    one = lined(*zip(kinds, (numbered(1, 49), "Yes", "Results", numbered(1, 49)), strict=True))
    assert texts(split(one, [], str.split, limit=50)) == [f"{numbered(1, 49)}\nYes", f"Results\n{numbered(1, 49)}"]


def test_the_context_is_the_title_of_the_project_or_else_of_the_document() -> None:
    text = "Lamp  Hill\n\nLamps."
    one = document(text, title="All our\nprojects")
    assert context(one, project(text, Span(0, len(text)))) == "Lamp Hill"
    assert context(one, None) == "All our projects"


def test_a_long_title_is_cut_between_words() -> None:
    assert context(document("", title="owl " * 100), None) == " ".join(["owl"] * (CONTEXT_CHARACTERS // 4))
    assert context(document("", title="x" * 1000), None) == "x" * CONTEXT_CHARACTERS


@pytest.mark.parametrize(
    ("text", "embedded"),
    [
        ("Lamps.", "Lamp Hill\nLamps."),
        ("Lamp Hill\n\nLamps.", "Lamp Hill\n\nLamps."),
        ("Lamp\n Hill was here.", "Lamp\n Hill was here."),
        ("The Lamp Hill", "Lamp Hill\nThe Lamp Hill"),
    ],
)
def test_the_context_is_not_said_twice(text: str, embedded: str) -> None:
    passage = Passage("id", "id", None, Span(0, len(text)), text)
    assert embedded_text(passage, "Lamp Hill") == embedded
    assert embedded_text(passage, "") == text
