"""HTML into blocks, as a reader of the page would see them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableError
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


def cells(draft: Draft) -> list[list[str]]:
    return [[cell.of(draft.text) for cell in block.cells] for block in draft.blocks]


def test_a_row_keeps_its_cells_and_the_first_of_a_table_is_marked() -> None:
    draft = read_html("<table><tr><th>Name<th>Budget<tr><td>Owl<td>300</table><table><tr><td>a<td>b</table>")
    assert cells(draft) == [["Name", "Budget"], ["Owl", "300"], ["a", "b"]]
    assert [block.level for block in draft.blocks] == [1, 0, 1]


def test_a_merged_cell_is_said_once_and_the_others_keep_their_column() -> None:
    draft = read_html(
        "<table><tr><th>Project<th colspan=2>2019 and 2020</th></tr>"
        "<tr><td rowspan=2>Owl</td><td>300</td><td>400</td></tr><tr><td>500</td><td>600</td></tr>"
        "<tr><td colspan=x>a</td><td rowspan=0>b</td><td>c</td></tr></table>"
    )
    assert cells(draft) == [
        ["Project", "2019 and 2020", ""],
        ["Owl", "300", "400"],
        ["", "500", "600"],
        ["a", "b", "c"],
    ]


def test_lines_of_a_cell_share_its_line_and_those_of_a_header_run_on() -> None:
    draft = read_html(
        "<table><tr><th>Total<br>Value</th><th>Partners</th></tr>"
        "<tr><td>300<br>EUR 400</td><td><ul><li>Owl Trust<li>Lamp School</ul></td></tr>"
        "<tr><td>the budget<br>of 2019</td><td><p>Owl Trust,</p><p>Lamp School</p></td></tr></table>"
    )
    assert draft.text == (
        "Total Value | Partners\n300; EUR 400 | Owl Trust; Lamp School\nthe budget of 2019 | Owl Trust, Lamp School\n"
    )


def test_a_table_that_lays_out_the_page_is_its_blocks() -> None:
    draft = read_html(
        "<table><tr><td><h2>Owl Watch</h2><p>At night.</p></td><td>menu</td></tr></table>"
        "<table><tr><td><p>Budget: 300 EUR</p><p>Funder: The Fund</p></td></tr></table>"
    )
    assert blocks(draft) == [
        ("heading", "Owl Watch"),
        ("paragraph", "At night."),
        ("paragraph", "menu"),
        ("paragraph", "Budget: 300 EUR"),
        ("paragraph", "Funder: The Fund"),
    ]


def test_captions_are_text() -> None:
    page = (
        "<table><caption>At a glance</caption><tr><td>a<td>b</table>"
        "<figure><img><figcaption>The wall.</figcaption></figure>"
    )
    assert blocks(read_html(page)) == [("paragraph", "At a glance"), ("row", "a | b"), ("paragraph", "The wall.")]


def test_what_a_reader_opens_is_text_and_its_name_a_heading() -> None:
    page = (
        "<details><summary>Owl Watch</summary><p>At night.</p></details>"
        '<h3><button aria-controls="more">Reed Boats</button></h3>'
        '<div id="more" style="display: none"><p>By day.</p></div>'
        '<div role="tabpanel" aria-hidden="true"><p>In the tab.</p></div>'
    )
    assert blocks(read_html(page)) == [
        ("heading", "Owl Watch"),
        ("paragraph", "At night."),
        ("heading", "Reed Boats"),
        ("paragraph", "By day."),
        ("paragraph", "In the tab."),
    ]


@pytest.mark.parametrize(
    "hidden",
    ['<p style="color: red; display:none">x</p>', '<i aria-hidden="true">x</i>', '<p style="visibility: hidden">x'],
)
def test_what_the_page_hides_is_left_out(hidden: str) -> None:
    assert read_html(f"<p>before</p>{hidden}</p><p>after</p>").text == "before\n\nafter\n"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<div><div>Budget</div><div>300 EUR</div></div>", "Budget: 300 EUR"),
        ("<li><span>Finanțator</span> <span>Fundația Câmpia Verde</span></li>", "Finanțator: Fundația Câmpia Verde"),
        ("<div><p>Visitors:</p><p>412</p></div>", "Visitors: 412"),
        ("<p><b>Budget</b> 300 EUR<br><strong>Funder</strong> The Fund</p>", "Budget: 300 EUR\nFunder: The Fund"),
        ("<p><b>Budget</b>: 300 EUR</p>", "Budget: 300 EUR"),
        ("<p><b>Partners</b> are many.</p>", "Partners are many."),
        ("<p>The <b>budget</b> The Fund gave.</p>", "The budget The Fund gave."),
        ("<div><p>Visitors</p><p>412</p></div>", "Visitors\n\n412"),
        ("<div><span>Details</span><a href=/x>Read on</a></div>", "DetailsRead on"),
        ("<div><h3>Partners</h3><p>Owl Trust</p></div>", "Partners\n\nOwl Trust"),
    ],
)
def test_a_known_label_and_the_value_beside_it_share_a_line(page: str, text: str) -> None:
    assert read_html(page).text == f"{text}\n"


def test_lines_of_preformatted_text_stay_and_breaks_that_nobody_sees_go() -> None:
    assert read_html("<pre>Budget: 300 EUR\nFunder: The Fund</pre><p>Bud&shy;get&#8203;s</p>").text == (
        "Budget: 300 EUR\nFunder: The Fund\n\nBudgets\n"
    )


def test_what_follows_the_end_of_the_page_is_read() -> None:
    assert read_html("<html><body><p>one</p></body></html><p>two</p>").text == "one\n\ntwo\n"


def test_the_title_is_that_of_the_matter_where_the_name_of_the_site_is_a_heading_too() -> None:
    page = "<body><div><h1>Sea Wall Society</h1></div><main><h1>Lantern Walk</h1><p>x</p></main></body>"
    assert read_html(page).title == "Lantern Walk"


@pytest.mark.parametrize("depth", [100, 2_000])
def test_a_page_nested_deeper_than_python_calls_is_read(depth: int) -> None:
    for open_, close in (("<div>", "</div>"), ("<b>", "</b>"), ("<ul><li>", "</li></ul>"), ("<span>", "</span>")):
        levels = depth // (2 if "li" in open_ else 1)
        assert read_html("<p>top</p>" + open_ * levels + "deep" + close * levels).text == "top\n\ndeep\n"
    assert "deep" in read_html("<table><tr><td>" * (depth // 4) + "deep").text


def test_a_page_nested_deeper_than_any_browser_shows_is_refused() -> None:
    with pytest.raises(UnreadableError, match="2,048 deep"):
        read_html("<div>" * 10_000 + "deep")


@pytest.mark.parametrize(
    "page",
    [
        "<p class='" + "x " * 100_000 + "'>words</p>",
        "<p>wo\x00rds</p>",
        "<p " + "<" * 10_000 + ">words",
        "<table><tr>" + "<td>words</td>" * 10_000 + "</table>",
        "<table>" + ("<tr>" + "<td colspan=9999 rowspan=9999>words</td>" * 20) * 20 + "</table>",
        "words<b>x</b><br>" * 10_000,
    ],
)
def test_odd_pages_are_read_in_bounded_time(page: str) -> None:
    assert "words" in read_html(page).text


TAGS = "p div li ul b table tr td th dl dt dd br h1 summary details pre button span caption nav".split()


@given(st.lists(st.one_of(st.sampled_from(TAGS), st.sampled_from(TAGS).map("/{}".format), st.text(max_size=8))))
@settings(max_examples=200, deadline=None)
def test_any_soup_of_tags_keeps_text_and_spans_in_step(parts: list[str]) -> None:
    page = "".join(f"<{part}>" if part.lstrip("/") in TAGS else part for part in parts)
    draft = read_html(page)
    for block in draft.blocks:
        words = block.span.of(draft.text)
        assert words == words.strip() != ""
        assert " | ".join(cell.of(draft.text) for cell in block.cells if cell.start < cell.end) in ("", words)
