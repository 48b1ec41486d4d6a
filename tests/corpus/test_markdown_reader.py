"""Markdown into blocks without markup."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_toml_front_matter_is_read_as_it_was_written() -> None:
    draft = read_markdown(
        '+++\ntitle = "Lantern Walk"\nbudget = 300.50\nstart = 2013-11-05\nopen = true\n[period]\nend = 2014\n'
        '[[partners]]\nname = "Owl Trust"\ncountry = "Norway"\n+++\nEvery November.\n'
    )
    assert blocks(draft) == [
        ("meta", "title: Lantern Walk"),
        ("meta", "budget: 300.50"),
        ("meta", "start: 2013-11-05"),
        ("meta", "open: true"),
        ("meta", "period end: 2014"),
        ("meta", "partners: Owl Trust (Norway)"),
        ("paragraph", "Every November."),
    ]
    assert draft.title == "Lantern Walk"


def test_maps_in_a_list_are_names_with_the_rest_in_brackets() -> None:
    draft = read_markdown(
        "---\npartners: [{name: Owl Trust, country: Norway, role: lead}, {name: Lamp School}, Sun]\n"
        "amounts:\n  - {year: 2019, value: 300 EUR}\n---\n"
    )
    assert blocks(draft) == [
        ("meta", "partners: Owl Trust (Norway, lead); Lamp School; Sun"),
        ("meta", "amounts: year 2019, value 300 EUR"),
    ]


def test_the_cells_of_a_row_stand_where_they_are_behind_front_matter() -> None:
    draft = read_markdown("---\ntitle: Owls\n---\n| Field | Value |\n|---|---|\n| Budget | 300 EUR |\n")
    assert [[cell.of(draft.text) for cell in block.cells] for block in draft.blocks] == [
        [],
        ["Field", "Value"],
        ["Budget", "300 EUR"],
    ]
    assert [block.level for block in draft.blocks] == [0, 1, 0]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**Budget** 300 EUR", "Budget: 300 EUR"),
        ("**Budget:** 300 EUR", "Budget: 300 EUR"),
        ("**Budget**: 300 EUR", "Budget: 300 EUR"),
        ("**Partners** are many.", "Partners are many."),
        ("Budget\n: 300 EUR", "Budget: 300 EUR"),
        ("**Partners**\n:   Owl Trust\n:   Lamp School", "Partners: Owl Trust\nPartners: Lamp School"),
        ("Budget\n\n: 300 EUR", "Budget: 300 EUR"),
        ("A sentence.\nAnother: one", "A sentence.\nAnother: one"),
    ],
)
def test_labels_in_bold_and_definitions_are_labelled_lines(line: str, text: str) -> None:
    assert read_markdown(f"# Owl Watch\n\n{line}\n").text == f"Owl Watch\n\n{text}\n"


BOMB = "a0: &a0 [x, x, x]\n" + "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))


@pytest.mark.parametrize(
    "front",
    [
        f"---\n{BOMB}\n---",
        "---\na: " + "[" * 2_000 + "\n---",
        "---\na: " + "[" * 100 + "]" * 100 + "\n---",
        "+++\na = " + "[" * 2_000 + "\n+++",
        "+++\nnot toml\n+++",
        "---\n? [a]\n: b\n---",
        "---\ntitle: " + "x " * 60_000 + "\n---",
    ],
)
def test_front_matter_that_would_not_end_is_text(front: str) -> None:
    draft = read_markdown(f"{front}\nEvery November.")
    assert "meta" not in [kind for kind, _ in blocks(draft)]
    assert "Every November." in draft.text


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(" " * (2 * depth) + f"- item {depth}" for depth in range(100)),
        "\n".join("> " * depth + f"item {depth}\n" for depth in range(1, 100)),
        "- " * 100 + "item 99",
        "1. " * 100 + "item 99",
        ">" * 5_000 + " item 99",
    ],
)
def test_lists_and_quotes_nested_a_hundred_deep_lose_no_words(text: str) -> None:
    draft = read_markdown(text)
    assert "item 99" in draft.text
    assert len([block for block in draft.blocks if "item" in block.span.of(draft.text)]) == text.count("item")


@given(
    st.lists(
        st.sampled_from(["---\n", "+++\n", "a: b\n", "- ", "> ", "| ", "|-|\n", "# ", "**", "\n", ": ", "x", "<p>"])
    )
)
@settings(max_examples=200, deadline=None)
def test_any_soup_of_marks_keeps_text_and_spans_in_step(parts: list[str]) -> None:
    draft = read_markdown("".join(parts))
    for block in draft.blocks:
        assert block.span.of(draft.text).strip() == block.span.of(draft.text) != ""
        assert all(block.span.holds(cell) for cell in block.cells)
