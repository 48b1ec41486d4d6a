"""ODT into blocks, as a reader of the printed page would see them."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.readers.draft import Draft
from corpus.readers.odt import NAMES, read_odt
from corpus.readers.office import MOST_COLUMNS

DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
STYLES = (
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="Heading_20_2" style:family="paragraph"/>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Heading_20_2"/>'
    '<style:style style:name="P3" style:family="paragraph" style:parent-style-name="P3"/>'
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="N" style:family="text" style:parent-style-name="B">'
    '<style:text-properties fo:font-weight="normal"/></style:style>'
    '<style:style style:name="X" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def content(xml: str) -> str:
    return (
        f"<office:document-content {DECLARED}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{xml}</office:text></office:body></office:document-content>"
    )


def packed(parts: dict[str, str], folder: Path) -> Path:
    path = folder / "report.odt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def body(xml: str, folder: Path, **parts: str) -> Draft:
    """What is read from a document whose text is this XML."""
    return read_odt(
        packed({"content.xml": content(xml), **{f"{name}.xml": xml for name, xml in parts.items()}}, folder)
    )


def blocks(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(draft.text)) for block in draft.blocks]


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows)
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in cells)}</table:table>"


def test_a_report_is_headings_paragraphs_items_and_rows_in_order(tmp_path: Path) -> None:
    draft = body(
        p("Annual report", "P1")
        + '<text:h text:outline-level="2">Lantern Walk</text:h>'
        + p("Every  November.")
        + f"<text:list><text:list-item>{p('one')}<text:list><text:list-item>{p('two')}</text:list-item></text:list>"
        + "</text:list-item></text:list>"
        + table([p("Budget"), p("300 EUR")], [p("Funder"), p("The Fund")])
        + p("Results", "P2"),
        tmp_path,
    )
    assert [(block.kind, block.level, block.span.of(draft.text)) for block in draft.blocks] == [
        ("heading", 1, "Annual report"),
        ("heading", 2, "Lantern Walk"),
        ("paragraph", 0, "Every November."),
        ("item", 0, "one"),
        ("item", 0, "two"),
        ("row", 1, "Budget | 300 EUR"),
        ("row", 0, "Funder | The Fund"),
        ("heading", 2, "Results"),
    ]
    assert [part.of(draft.text) for part in draft.blocks[5].cells] == ["Budget", "300 EUR"]
    assert draft.title == "Annual report"


def test_title_and_language_are_what_the_properties_say(tmp_path: Path) -> None:
    said = "<dc:title>Lantern Walk</dc:title><dc:language>ro-RO</dc:language>"
    meta = f"<office:document-meta {DECLARED}><office:meta>{said}</office:meta></office:document-meta>"
    draft = body(p("Every November."), tmp_path, meta=meta)
    assert (draft.title, draft.language) == ("Lantern Walk", "ro")


def test_spaces_tabs_and_line_breaks_are_white_space(tmp_path: Path) -> None:
    draft = body(p('Budget:<text:tab/>300<text:s text:c="3"/>EUR<text:line-break/>Funder:<text:s/>The Fund'), tmp_path)
    assert blocks(draft) == [("paragraph", "Budget: 300 EUR"), ("paragraph", "Funder: The Fund")]
    assert draft.text == "Budget: 300 EUR\nFunder: The Fund\n"


def test_a_paragraph_bold_throughout_is_a_heading_and_a_bold_label_is_not(tmp_path: Path) -> None:
    draft = body(
        p(span("Lantern ", "B") + span("Walk", "B"))
        + p(span("Budget:", "B") + " 300 EUR")
        + p(span("Funder: " + span("The Fund", "N"), "B"))
        + p("plain", "P3"),
        tmp_path,
    )
    assert [(block.kind, block.level) for block in draft.blocks] == [
        ("heading", 7),
        ("paragraph", 0),
        ("paragraph", 0),
        ("paragraph", 0),
    ]


def test_what_is_not_shown_is_left_out(tmp_path: Path) -> None:
    deleted = f"<text:tracked-changes><text:changed-region>{p('deleted')}</text:changed-region></text:tracked-changes>"
    index = f"<text:table-of-content><text:index-body>{p('Lantern Walk 3')}</text:index-body></text:table-of-content>"
    section = f'<text:section text:display="none">{p("hidden section")}</text:section>'
    remark = f"<office:annotation>{p('a remark')}</office:annotation>"
    draft = body(deleted + index + section + p(f"shown{span(' hidden', 'X')}{remark}, and on"), tmp_path)
    assert draft.text == "shown, and on\n"


def test_notes_and_text_boxes_follow_the_paragraph_that_holds_them(tmp_path: Path) -> None:
    words = f"<text:note-citation>1</text:note-citation><text:note-body>{p('A note.')}</text:note-body>"
    note = f"<text:note>{words}</text:note>"
    box = f"<draw:frame><draw:text-box>{p('In the box')}</draw:text-box><svg:title>Picture</svg:title></draw:frame>"
    draft = body(p(f"Cites{note} and shows{box}.") + box + p("The end."), tmp_path)
    assert [text for _, text in blocks(draft)] == [
        "Cites and shows.",
        "In the box",
        "A note.",
        "In the box",
        "The end.",
    ]


def test_a_note_in_a_table_follows_the_table(tmp_path: Path) -> None:
    note = f"<text:note><text:note-body>{p('A note.')}</text:note-body></text:note>"
    draft = body(table([p("Budget"), p(f"300 EUR{note}")], [p("Funder"), p("The Fund")]), tmp_path)
    assert [text for _, text in blocks(draft)] == ["Budget | 300 EUR", "Funder | The Fund", "A note."]


def test_covered_cells_are_empty_and_repeated_ones_bounded(tmp_path: Path) -> None:
    rows = (
        f"<table:table><table:table-header-rows><table:table-row><table:table-cell>{p('Project')}</table:table-cell>"
        f'<table:table-cell table:number-columns-spanned="2">{p("2019")}</table:table-cell><table:covered-table-cell/>'
        "</table:table-row></table:table-header-rows>"
        f'<table:table-row><table:table-cell table:number-columns-repeated="2">{p("x")}</table:table-cell>'
        '<table:table-cell table:number-columns-repeated="99999999"/></table:table-row></table:table>'
    )
    draft = body(rows, tmp_path)
    cells = [[part.of(draft.text) for part in block.cells] for block in draft.blocks]
    assert cells[0] == ["Project", "2019", ""]
    assert cells[1][:3] == ["x", "x", ""]
    assert len(cells[1]) <= MOST_COLUMNS


def test_a_one_column_table_is_its_paragraphs(tmp_path: Path) -> None:
    assert blocks(body(table([p("Lantern Walk")], [p("Every November.")]), tmp_path)) == [
        ("paragraph", "Lantern Walk"),
        ("paragraph", "Every November."),
    ]


def test_tables_in_tables_a_hundred_deep_are_refused_or_read_within_bounds(tmp_path: Path) -> None:
    def nested(depth: int) -> str:
        inside = p("deep")
        for _ in range(depth):
            inside = table([p("x"), inside])
        return inside

    draft = body(nested(50), tmp_path)
    assert "deep" in draft.text
    assert "20 deep" in draft.notes[0]
    with pytest.raises(UnreadableError, match="depth"):
        body(nested(100), tmp_path)


def test_spans_nested_as_deep_as_xml_goes_are_read(tmp_path: Path) -> None:
    deep = "<text:span>" * 200 + "deep" + "</text:span>" * 200
    assert body(p(deep), tmp_path).text == "deep\n"


def test_a_locked_document_says_so(tmp_path: Path) -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    path = packed({"content.xml": "\x01\x02", "META-INF/manifest.xml": manifest}, tmp_path)
    with pytest.raises(UnreadableError, match="locked with a password"):
        read_odt(path)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"word/document.xml": "<w/>"}, "content.xml"),
        ({"content.xml": "<unclosed>"}, "not well formed"),
        ({"content.xml": content("").replace("office:text", "office:spreadsheet")}, "no text document"),
        ({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "document type"),
        ({"content.xml": content(p(" " * 5_000_000))}, "times its size"),
    ],
)
def test_what_cannot_be_read_says_why(parts: dict[str, str], reason: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_odt(packed(parts, tmp_path))


def test_a_file_that_is_no_archive_says_so(tmp_path: Path) -> None:
    path = tmp_path / "report.odt"
    path.write_bytes(b"<office:document/>")
    with pytest.raises(UnreadableError, match="right ending"):
        read_odt(path)


def is_read_or_refused(path: Path) -> bool:
    """Whether reading ends in blocks that hold text, or in a reason."""
    try:
        draft = read_odt(path)
    except UnreadableError as refusal:
        return bool(str(refusal))
    return all(block.span.of(draft.text) for block in draft.blocks)


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_document_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = packed({"content.xml": content(p("Budget: 300 EUR") + table([p("Funder"), p("The Fund")]))}, tmp_path)
    damaged = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))] if data.draw(st.booleans()) else damaged)
    assert is_read_or_refused(path)


ELEMENTS: tuple[Callable[[str], str], ...] = (
    p,
    lambda inner: table([inner, inner]),
    lambda inner: f"<text:list><text:list-item>{inner}</text:list-item></text:list>",
    lambda inner: f"<draw:frame><draw:text-box>{inner}</draw:text-box></draw:frame>",
    lambda inner: f"<text:note><text:note-body>{inner}</text:note-body></text:note>",
    lambda inner: f'<text:h text:outline-level="-1">{inner}</text:h>',
    lambda inner: span(inner, "B"),
)


@given(st.lists(st.sampled_from(ELEMENTS), max_size=9))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_elements_in_any_order_are_read(tmp_path: Path, wrappers: list[Callable[[str], str]]) -> None:
    inside = "words"
    for wrap in wrappers:
        inside = wrap(inside)
    assert is_read_or_refused(packed({"content.xml": content(inside)}, tmp_path))
