"""PDF pages with columns, tables and running heads, typeset here, read in the order a reader reads them."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
import typst

from corpus.readers.draft import Draft
from corpus.readers.pdf import read_pdf

Typeset = Callable[..., Path]
PAGE = '#set page(width: 21cm, height: 29.7cm)\n#set text(size: 10pt, lang: "en", hyphenate: false)\n'
PROSE = """Every November the children of the town carry lanterns that they made themselves along the old sea wall, and
behind them walk the brass bands, the fishermen and whoever else is awake. The walk ends at the harbour, where there is
soup for everybody and a speech by nobody at all."""


@pytest.fixture
def typeset(tmp_path: Path) -> Typeset:
    """Give a function that typesets a source, with the fonts that come with typst alone, into a PDF file."""

    def make(source: str, name: str = "page.pdf") -> Path:
        path = tmp_path / name
        path.write_bytes(pdf_of(source))
        return path

    return make


def pdf_of(source: str, preamble: str = PAGE) -> bytes:
    made = typst.compile((preamble + dedent(source)).encode(), ignore_system_fonts=True, format="pdf")
    assert isinstance(made, bytes)
    return made


def blocks(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(draft.text)) for block in draft.blocks]


def line(text: str) -> str:
    return " ".join(text.split())


def test_a_label_and_a_value_that_stand_apart_are_cells(typeset: Typeset) -> None:
    draft = read_pdf(typeset(f"{PROSE}\n\nBudget #h(3cm) 20,000 EUR\n\n{PROSE}"))
    assert blocks(draft)[1] == ("row", "Budget | 20,000 EUR")
    assert [cell.of(draft.text) for cell in draft.blocks[1].cells] == ["Budget", "20,000 EUR"]


def test_a_contents_line_is_a_title_and_a_page(typeset: Typeset) -> None:
    draft = read_pdf(typeset("Lantern Walk #box(width: 1fr, repeat[.]) 12\n\n" + PROSE))
    assert blocks(draft)[0] == ("row", "Lantern Walk | 12")


TABLE = """columns: (3cm, 6cm, 3cm),
  [Project], [What happened], [Cost],
  [Lantern Walk], [Four hundred people walked along the sea wall, and two brass bands walked behind them], [12,400],
  [Net Menders], [], [9,500],
  [Library], [A barge of books], [1,000]"""


@pytest.mark.parametrize(
    "table",
    [
        f"#table({TABLE})",
        f"#table(stroke: none, {TABLE})",
        f"#table(stroke: (x, y) => if y == 1 {{ (top: 1pt) }} else {{ none }}, {TABLE})",
        f"#grid(row-gutter: 12pt, column-gutter: 10pt, {TABLE})",
    ],
    ids=["bordered", "without borders", "a line below its head", "a grid"],
)
def test_a_table_is_rows_with_cells_and_a_wrapped_cell_is_one(typeset: Typeset, table: str) -> None:
    draft = read_pdf(typeset(f"{PROSE}\n\n{table}\n\n{PROSE}"))
    happened = "Four hundred people walked along the sea wall, and two brass bands walked behind them"
    assert blocks(draft) == [
        ("paragraph", line(PROSE)),
        ("row", "Project | What happened | Cost"),
        ("row", f"Lantern Walk | {happened} | 12,400"),
        ("row", "Net Menders | 9,500"),
        ("row", "Library | A barge of books | 1,000"),
        ("paragraph", line(PROSE)),
    ]
    assert [block.level for block in draft.blocks[1:5]] == [1, 0, 0, 0]
    assert [[cell.of(draft.text) for cell in block.cells] for block in draft.blocks[3:4]] == [
        ["Net Menders", "", "9,500"]
    ]


def test_lines_between_rows_tell_rows_from_wrapped_cells(typeset: Typeset) -> None:
    source = """
    #table(columns: (3cm, 3cm), inset: 5pt,
      [Children carry lanterns along the wall], [Many came to see them walk],
      [Old men mend nets in the harbour], [Young men learn it from them])
    """
    assert [text for _, text in blocks(read_pdf(typeset(source)))] == [
        "Children carry lanterns along the wall | Many came to see them walk",
        "Old men mend nets in the harbour | Young men learn it from them",
    ]


def test_a_table_goes_on_over_the_page_and_its_head_is_said_once(typeset: Typeset) -> None:
    rows = ", ".join(f"[Project {n}], [{n}00 EUR]" for n in range(1, 51))
    source = f"#table(columns: (6cm, 4cm), table.header[Project][Budget], {rows})"
    draft = read_pdf(typeset(source))
    assert len(draft.page_starts) == 2
    assert [block.level for block in draft.blocks] == [1, *50 * [0]]
    assert draft.text[draft.page_starts[1] :].startswith("Project ")


def numbered(prefix: str, sentences: int) -> str:
    return " ".join(f"{prefix} sentence {n} says what was done and with whom it was done." for n in range(sentences))


@pytest.mark.parametrize("count", [2, 3])
def test_columns_are_read_one_after_the_other(typeset: Typeset, count: int) -> None:
    source = f"""
    #align(center)[#text(18pt)[A heading across all of the columns]]
    #columns({count}, gutter: 5mm)[{numbered("Every", 60 + 20 * count)}]
    """
    draft = read_pdf(typeset(source.replace("#set page(", "#set page(")))
    assert blocks(draft)[0] == ("heading", "A heading across all of the columns")
    assert " ".join(text for _, text in blocks(draft)[1:]) == numbered("Every", 60 + 20 * count)


def test_a_heading_between_two_sets_of_columns_stands_between_them(typeset: Typeset) -> None:
    columns = f"#block(height: 3.2cm, columns(2)[{PROSE} {PROSE}])"
    draft = read_pdf(typeset(f"{columns}\n#text(16pt)[Net Menders]\n\n{columns}"))
    prose = line(f"{PROSE} {PROSE}")
    assert blocks(draft) == [("paragraph", prose), ("heading", "Net Menders"), ("paragraph", prose)]


def test_two_projects_side_by_side_are_read_one_after_the_other(typeset: Typeset) -> None:
    def card(name: str) -> str:
        return f"[#text(13pt)[{name}]\n\n{PROSE}\n\nBudget: 300 EUR \\ Funder: The Fund]"

    names = ["Lantern Walk", "Net Menders", "Floating Library", "Sea Wall"]
    draft = read_pdf(typeset(f"#grid(columns: 2, gutter: 8mm, {', '.join(map(card, names))})"))
    told = [("paragraph", line(PROSE)), ("paragraph", "Budget: 300 EUR"), ("paragraph", "Funder: The Fund")]
    in_order = ["Lantern Walk", "Floating Library", "Net Menders", "Sea Wall"]
    assert blocks(draft) == [block for name in in_order for block in [("heading", name), *told]]


def test_a_table_of_wrapped_text_without_lines_is_read_row_by_row(typeset: Typeset) -> None:
    cells = [f"{word} {PROSE[:90]}." for word in ("One", "Two", "Three", "Four", "Five", "Six")]
    table = f"#table(stroke: none, columns: 2, inset: 6pt, {', '.join(f'[{line(cell)}]' for cell in cells)})"
    draft = read_pdf(typeset(f"#set page(width: 14cm)\n{table}"))
    pairs = zip(cells[::2], cells[1::2], strict=True)
    assert [text for _, text in blocks(draft)] == [f"{line(one)} | {line(other)}" for one, other in pairs]


def test_columns_that_are_drawn_line_by_line_are_read_column_by_column(typeset: Typeset) -> None:
    left = [f"left {n} of what was done along the wall" for n in range(8)]
    right = [f"right {n} of what was paid for it by whom" for n in range(8)]
    drawn = "".join(
        f"#place(top + left, dx: 0cm, dy: {14 * n}pt)[{one}]#place(top + left, dx: 9cm, dy: {14 * n + 5}pt)[{other}]"
        for n, (one, other) in enumerate(zip(left, right, strict=True))
    )
    text = " ".join(read_pdf(typeset(drawn)).text.split())
    assert text == " ".join([*left, *right])


def test_a_box_of_facts_beside_prose_does_not_cut_the_prose(typeset: Typeset) -> None:
    source = f"""
    #grid(columns: (9cm, 5cm), column-gutter: 1cm,
      [{PROSE} {PROSE}],
      [Budget \\ 20,000 EUR \\ Funder \\ The Fund \\ Period \\ 2018–2019])
    """
    text = read_pdf(typeset(source)).text
    assert line(f"{PROSE} {PROSE}") in text
    assert [word for word in text.split("\n") if word][1:] == [
        "Budget",
        "20,000 EUR",
        "Funder",
        "The Fund",
        "Period",
        "2018–2019",
    ]


def test_what_stands_at_the_edge_of_every_page_is_left_out(typeset: Typeset) -> None:
    source = """
    #set page(header: [Tidewater Trust #h(1fr) Annual report 2019],
      footer: context align(center)[Page #counter(page).display("1 of 1", both: true)])
    """ + "\n#pagebreak()\n".join(f"= Project {n}\n\nBudget: {n}00 EUR\n\n{PROSE}" for n in range(1, 6))
    draft = read_pdf(typeset(source))
    assert "Tidewater" not in draft.text
    assert "Page" not in draft.text
    assert [text for kind, text in blocks(draft) if kind == "heading"] == [f"Project {n}" for n in range(1, 6)]
    assert [text for _, text in blocks(draft) if text.startswith("Budget")] == [
        f"Budget: {n}00 EUR" for n in range(1, 6)
    ]


def test_running_heads_go_whether_left_right_or_by_chapter(typeset: Typeset) -> None:
    source = """
    #set page(header: context {
      let n = counter(page).get().first()
      if calc.odd(n) [Chapter #calc.ceil(n / 3): What we did #h(1fr) #n] else [#n #h(1fr) The Tidewater Trust]
    })
    """ + "\n#pagebreak()\n".join(f"{PROSE}\n\nTotal in area {n * n}: many." for n in range(9))
    draft = read_pdf(typeset(source))
    assert [text for _, text in blocks(draft)[::2]] == 9 * [line(PROSE)]
    assert [text for _, text in blocks(draft)[1::2]] == [f"Total in area {n * n}: many." for n in range(9)]


def test_a_last_line_that_is_the_same_on_every_page_is_kept_where_it_belongs_to_the_text(typeset: Typeset) -> None:
    source = "\n#pagebreak()\n".join(f"= Walk {name}\n{PROSE} \\\nFunder: The Fund" for name in ("one", "two", "three"))
    assert read_pdf(typeset(source)).text.count("Funder: The Fund") == 3
