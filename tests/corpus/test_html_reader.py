"""HTML into blocks, as a reader of the page would see them."""

import pytest

from corpus.readers.draft import Draft
from corpus.readers.html import read_html


def blocks(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(draft.text)) for block in draft.blocks]


def test_headings_paragraphs_and_items_are_blocks() -> None:
    draft = read_html("<h1>Our  work</h1><p>Every\n November.</p><ul><li>one<li>two<ol><li>three</ol>and more</ul>")
    assert blocks(draft) == [
        ("heading", "Our work"),
        ("paragraph", "Every November."),
        ("item", "one"),
        ("item", "two"),
        ("item", "three"),
        ("item", "and more"),
    ]
    assert draft.blocks[0].level == 1


def test_table_rows_are_cells_between_bars() -> None:
    page = "<table><thead><tr><th>Field<th>Value<tbody><tr><th>Budget<td>300&nbsp;EUR<tr><td><td>alone</table>"
    assert blocks(read_html(page)) == [("row", "Field | Value"), ("row", "Budget | 300 EUR"), ("row", "alone")]


def test_a_term_and_its_definitions_share_a_line() -> None:
    page = "<dl><dt>Budget:</dt><dd>300 EUR</dd><div><dt>Partners</dt><dd>School</dd><dd>Society</dd></div></dl>"
    assert blocks(read_html(page)) == [
        ("item", "Budget: 300 EUR"),
        ("item", "Partners: School"),
        ("item", "Partners: Society"),
    ]


def test_a_break_is_a_line_break_but_not_in_a_heading() -> None:
    assert blocks(read_html("<h2>Lantern<br>Walk</h2><p>Budget: 300 EUR<br/>Funder: The Fund</p>")) == [
        ("heading", "Lantern Walk"),
        ("paragraph", "Budget: 300 EUR"),
        ("paragraph", "Funder: The Fund"),
    ]


def test_entities_are_characters() -> None:
    assert (
        read_html("<p>Fish &amp; chips&nbsp;&ndash; &#8220;300&#x20AC;&rdquo; &lt;b&gt;</p>").text
        == "Fish & chips – “300€” <b>\n"
    )


@pytest.mark.parametrize(
    "silent",
    [
        "<script>var a = 'Budget: 1 EUR'</script>",
        "<style>p { color: red }</style>",
        "<nav><ul><li>Home</li></ul></nav>",
        "<noscript>Turn it on</noscript>",
        "<div role=navigation>Home</div>",
        "<div role='dialog'>We use cookies</div>",
        "<p hidden>not yet</p>",
        "<button>Menu</button>",
        "<select><option>Language</select>",
        "<svg><title>Logo</title></svg>",
        "<!-- to do -->",
        "<template><p>x</p></template>",
    ],
)
def test_what_is_no_part_of_the_text_is_left_out(silent: str) -> None:
    assert read_html(f"<body><p>before</p>{silent}<p>after</p></body>").text == "before\n\nafter\n"


def test_a_bold_line_is_a_heading_and_a_bold_label_is_not() -> None:
    draft = read_html("<p><strong>Lantern Walk</strong></p><p><b>Budget:</b> 300 EUR</p>")
    assert blocks(draft) == [("heading", "Lantern Walk"), ("paragraph", "Budget: 300 EUR")]
    assert draft.blocks[0].level > 6


def test_the_title_is_the_first_heading_of_the_page_else_what_its_head_says() -> None:
    assert read_html("<title>Site – Page</title><h2>No</h2><h1> Our <i>work</i> </h1>").title == "Our work"
    assert read_html("<title>Site &amp; Page</title><h2>No</h2>").title == "Site & Page"


@pytest.mark.parametrize(
    ("attribute", "language"),
    [
        ("lang=ro-RO", "ro"),
        ("lang='EN'", "en"),
        ("", ""),
        ("lang=''", ""),
        ("xml:lang=ro", "ro"),
    ],
)
def test_the_language_is_what_the_page_says(attribute: str, language: str) -> None:
    assert read_html(f"<html {attribute}><body><p>x</p></body></html>").language == language


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>never <b>closed<p>next", "never closed\n\nnext\n"),
        ("</div></p>stray<td>cells", "stray"),
        ("<p>5 < 6 & 7 > 2</p>", "5 < 6 & 7 > 2\n"),
        ("just words", "just words\n"),
        ("<p>one<p", "one"),
        ('<?xml version="1.0" encoding="utf-8"?><html><body><p>x</p></body></html>', "x\n"),
    ],
)
def test_a_page_that_is_not_well_formed_is_read_all_the_same(page: str, text: str) -> None:
    assert read_html(page).text.startswith(text)


@pytest.mark.parametrize("page", ["", "  \n", "<!-- only a note -->", "<html></html>", "<script>var a</script>"])
def test_a_page_without_words_gives_no_block(page: str) -> None:
    draft = read_html(page)
    assert (draft.text, draft.blocks) == ("", ())


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<tr><td>Funder</td><td><b>T</b>he Fund, “<em>Shore</em>”</td></tr>", "Funder | The Fund, “Shore”\n"),
        ("<dl><dt>Funder</dt><dd><b>T</b>he Fund</dd></dl>", "Funder: The Fund\n"),
    ],
)
def test_inline_markup_leaves_words_whole_in_cells(page: str, text: str) -> None:
    page = f"<table>{page}</table>" if page.startswith("<tr>") else page
    assert read_html(page).text == text


def test_what_is_silent_is_silent_in_cells_too() -> None:
    page = (
        "<table><tr><td>Budget</td><td>300 EUR<script>var a = 1</script><span hidden>old: 200</span></td></tr></table>"
    )
    assert read_html(page).text == "Budget | 300 EUR\n"


def test_a_nested_definition_is_said_once() -> None:
    assert read_html("<dl><dt>A<dd>b<dl><dt>C<dd>d</dl></dl>").text.count("d") == 1
