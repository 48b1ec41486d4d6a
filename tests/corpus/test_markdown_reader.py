"""Markdown into blocks without markup."""

import pytest

from corpus.readers.draft import Draft
from corpus.readers.markdown import read_markdown


def blocks(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(draft.text)) for block in draft.blocks]


def test_front_matter_becomes_labelled_lines_as_they_were_written() -> None:
    draft = read_markdown(
        "---\ntitle: Lantern Walk\nlang: en-GB\nbudget: 300,00 GBP\nstart: 2013-11-05\n"
        "partners: [Sea Wall Society, School]\n---\nEvery November.\n"
    )
    assert blocks(draft) == [
        ("meta", "title: Lantern Walk"),
        ("meta", "lang: en-GB"),
        ("meta", "budget: 300,00 GBP"),
        ("meta", "start: 2013-11-05"),
        ("meta", "partners: Sea Wall Society; School"),
        ("paragraph", "Every November."),
    ]
    assert (draft.title, draft.language) == ("Lantern Walk", "en")


@pytest.mark.parametrize("front", ["---\nnot: [yaml\n---\n", "---\njust words\n---\n", "---\nnever: closed\n"])
def test_front_matter_that_is_none_is_text(front: str) -> None:
    draft = read_markdown(f"{front}\nEvery November.")
    assert "meta" not in [kind for kind, _ in blocks(draft)]
    assert "Every November." in draft.text


def test_headings_keep_their_level_and_the_first_top_one_is_the_title() -> None:
    draft = read_markdown("# Our work\n\n## 1. Lantern Walk\n\nSetext\n------\n")
    assert [(block.level, block.span.of(draft.text)) for block in draft.blocks] == [
        (1, "Our work"),
        (2, "1. Lantern Walk"),
        (2, "Setext"),
    ]
    assert draft.title == "Our work"


def test_a_table_is_rows_of_cells() -> None:
    assert blocks(read_markdown("| Field | Value |\n|---|---|\n| Budget | 300 EUR |\n| Funder | |\n")) == [
        ("row", "Field | Value"),
        ("row", "Budget | 300 EUR"),
        ("row", "Funder"),
    ]


def test_bold_labels_lose_their_stars_and_a_bold_line_is_a_heading() -> None:
    draft = read_markdown("**Lantern Walk**\n\n**Budget:** 300 EUR\n**Funder:** The Fund\n")
    assert blocks(draft) == [
        ("heading", "Lantern Walk"),
        ("paragraph", "Budget: 300 EUR"),
        ("paragraph", "Funder: The Fund"),
    ]


def test_lists_are_items_and_inline_markup_goes() -> None:
    assert blocks(read_markdown("- *one* and `two`\n- [three](https://example.org)\n\n1. four\n")) == [
        ("item", "one and two"),
        ("item", "three"),
        ("item", "four"),
    ]


def test_hand_wrapped_prose_is_one_block() -> None:
    wrapped = (
        "Every November the children of Saltmarsh carry lanterns that they\n"
        "made themselves along the old sea wall, and the whole town comes\n"
        "out to watch them."
    )
    assert blocks(read_markdown(wrapped)) == [("paragraph", wrapped.replace("\n", " "))]


def test_entities_and_embedded_html_are_read_as_a_browser_would() -> None:
    assert blocks(read_markdown("Fish &amp; chips\n\n<div>In <b>HTML</b><script>var x = 1</script></div>\n")) == [
        ("paragraph", "Fish & chips"),
        ("paragraph", "In HTML"),
    ]


def test_nothing_gives_no_block() -> None:
    assert read_markdown("").blocks == ()
    assert read_markdown("---\n---\n").blocks == ()
