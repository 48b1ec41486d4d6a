"""DOCX into blocks, as a reader of the printed page would see them."""

from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from corpus.readers.docx import read_docx
from corpus.readers.draft import Draft

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def blocks(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(draft.text)) for block in draft.blocks]


def saved(document: Word, folder: Path) -> Path:
    path = folder / "report.docx"
    document.save(str(path))
    return path


def body(xml: str, folder: Path) -> Draft:
    """What is read from a document whose body holds this WordprocessingML."""
    document = docx.Document()
    for element in parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    return read_docx(saved(document, folder))


def run(text: str, settings: str = "") -> str:
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, settings: str = "") -> str:
    return f"<w:p><w:pPr>{settings}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def cell(*texts: str) -> str:
    return "".join(paragraph(run(text)) for text in texts)


def test_a_report_is_headings_paragraphs_items_and_rows_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Annual report", 0)
    document.add_heading("Lantern Walk", 1)
    document.add_paragraph("Every  November.")
    document.add_paragraph("made of willow", style="List Bullet")
    rows = document.add_table(2, 2)
    for number, text in enumerate(("Budget", "300 EUR", "Funder", "The Fund")):
        rows.cell(number // 2, number % 2).text = text
    document.add_heading("Results", 2)
    document.sections[0].header.paragraphs[0].text = "Sea Wall Society"
    document.sections[0].footer.paragraphs[0].text = "page 1"
    draft = read_docx(saved(document, tmp_path))
    assert [(block.kind, block.level, block.span.of(draft.text)) for block in draft.blocks] == [
        ("heading", 1, "Annual report"),
        ("heading", 1, "Lantern Walk"),
        ("paragraph", 0, "Every November."),
        ("item", 0, "made of willow"),
        ("row", 1, "Budget | 300 EUR"),
        ("row", 0, "Funder | The Fund"),
        ("heading", 2, "Results"),
    ]
    assert [part.of(draft.text) for part in draft.blocks[4].cells] == ["Budget", "300 EUR"]
    assert draft.title == "Annual report"


def test_the_title_is_what_the_properties_say_where_no_paragraph_is_in_style_title(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Every November.")
    document.core_properties.title = "Lantern Walk"
    assert read_docx(saved(document, tmp_path)).title == "Lantern Walk"


@pytest.mark.parametrize("title", ["Microsoft Word - draft_final.docx", "Document1", "report.doc", " "])
def test_a_title_that_a_program_made_up_is_none(title: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Every November.")
    document.core_properties.title = title
    assert read_docx(saved(document, tmp_path)).title == ""


def test_a_style_is_a_heading_by_its_outline_or_by_the_style_it_is_based_on(tmp_path: Path) -> None:
    document = docx.Document()
    for name, inner in (
        ("Titlu proiect", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("Proiect", '<w:basedOn w:val="Heading3"/>'),
        (
            "Corp",
            '<w:basedOn w:val="Heading3"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr><w:rPr><w:b w:val="0"/></w:rPr>',
        ),
        ("Circular", '<w:basedOn w:val="Circular"/>'),
    ):
        style = f'<w:style {NAMESPACES} w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{inner}</w:style>'
        document.styles.element.append(parse_xml(style))
        document.add_paragraph(name, style=name)
    draft = read_docx(saved(document, tmp_path))
    assert [(block.kind, block.level) for block in draft.blocks] == [
        ("heading", 2),
        ("heading", 3),
        ("paragraph", 0),
        ("paragraph", 0),
    ]


def test_a_paragraph_bold_throughout_is_a_heading_and_a_bold_label_is_not(tmp_path: Path) -> None:
    draft = body(
        paragraph(run("Lantern ", "<w:b/>"), run("Walk", '<w:b w:val="1"/>'))
        + paragraph(run("Budget:", "<w:b/>"), run(" 300 EUR", '<w:b w:val="0"/>'))
        + paragraph(run("x" * 151, "<w:b/>")),
        tmp_path,
    )
    assert [(block.kind, block.level) for block in draft.blocks] == [("heading", 7), ("paragraph", 0), ("paragraph", 0)]


def test_line_breaks_stay_and_tabs_are_spaces(tmp_path: Path) -> None:
    draft = body(
        "<w:p><w:r><w:t>Budget:</w:t><w:tab/><w:t>300 EUR</w:t><w:br/><w:t>Funder: The Fund</w:t></w:r></w:p>", tmp_path
    )
    assert draft.text == "Budget: 300 EUR\nFunder: The Fund\n"
    assert blocks(draft) == [("paragraph", "Budget: 300 EUR"), ("paragraph", "Funder: The Fund")]


def test_a_line_break_in_a_heading_is_a_space(tmp_path: Path) -> None:
    heading = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Lantern</w:t><w:br/><w:t>Walk</w:t></w:r></w:p>'
    )
    assert blocks(body(heading, tmp_path)) == [("heading", "Lantern Walk")]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    draft = body(
        paragraph(
            run("Budget: "),
            f"<w:del>{run('200').replace('w:t', 'w:delText')}</w:del>",
            f"<w:ins>{run('300')}</w:ins>",
            f"<w:moveFrom>{run(' USD')}</w:moveFrom>",
            f"<w:moveTo>{run(' EUR')}</w:moveTo>",
        ),
        tmp_path,
    )
    assert draft.text == "Budget: 300 EUR\n"


def test_a_deleted_row_is_left_out(tmp_path: Path) -> None:
    rows = table([cell("Budget"), cell("300 EUR")], [cell("Funder"), cell("The Fund")])
    deleted = rows.replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1)
    assert body(deleted, tmp_path).text == "Funder | The Fund\n"


def test_the_result_of_a_field_is_kept_and_its_code_dropped(tmp_path: Path) -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    draft = body(
        paragraph(
            run("See "),
            field("begin"),
            "<w:r><w:instrText> HYPERLINK https://example.org </w:instrText></w:r>",
            run("never shown"),
            field("separate"),
            run("the page"),
            field("end"),
            run(" of "),
            '<w:fldSimple w:instr=" DATE ">' + run("5 May 2020") + "</w:fldSimple>",
        )
        + paragraph(run("never "), field("begin"), run("closed"))
        + paragraph(field("end"), run("and on")),
        tmp_path,
    )
    assert draft.text == "See the page of 5 May 2020\n\nnever\n\nand on\n"


def test_hidden_text_is_left_out(tmp_path: Path) -> None:
    assert body(paragraph(run("shown"), run(" hidden", "<w:vanish/>")), tmp_path).text == "shown\n"


def test_links_content_controls_and_maths_are_text(tmp_path: Path) -> None:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    maths = f'<m:oMath xmlns:m="{namespace}"><m:r><m:t>= 2</m:t></m:r></m:oMath>'
    draft = body(
        "<w:sdt><w:sdtContent>"
        + paragraph(
            run("The "),
            f"<w:hyperlink>{run('Fund')}</w:hyperlink>",
            f"<w:sdt><w:sdtContent>{run(' gave 1+1')}</w:sdtContent></w:sdt>",
            maths,
        )
        + "</w:sdtContent></w:sdt>",
        tmp_path,
    )
    assert draft.text == "The Fund gave 1+1= 2\n"


def test_a_prompt_to_enter_text_and_a_table_of_contents_are_left_out(tmp_path: Path) -> None:
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + cell("Click here.") + "</w:sdtContent></w:sdt>"
    )
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{cell('Lantern Walk 3')}</w:sdtContent></w:sdt>"
    )
    assert body(prompt + contents + cell("Every November."), tmp_path).text == "Every November.\n"


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{cell('In the box', 'twice')}</w:txbxContent>"
    shape = (
        "<mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    draft = body(paragraph(run("Before"), f"<w:r>{shape}</w:r>", run(" and on")) + cell("After"), tmp_path)
    assert [text for _, text in blocks(draft)] == ["Before and on", "In the box", "twice", "After"]


def test_footnotes_and_endnotes_follow_the_text_that_cites_them(tmp_path: Path) -> None:
    document = docx.Document()
    for kind, relation in (("footnote", RELATIONSHIP_TYPE.FOOTNOTES), ("endnote", RELATIONSHIP_TYPE.ENDNOTES)):
        xml = (
            f'<w:{kind}s {NAMESPACES}><w:{kind} w:id="0" w:type="separator">{cell("---")}</w:{kind}>'
            f'<w:{kind} w:id="1">{cell(f"A {kind}.")}</w:{kind}></w:{kind}s>'
        )
        content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
        part = Part(PackURI(f"/word/{kind}s.xml"), content_type, xml.encode(), document.part.package)
        document.part.relate_to(part, relation)
        added = document.add_paragraph(f"Cites a {kind}")
        added._p.append(parse_xml(f'<w:r {NAMESPACES}><w:{kind}Reference w:id="1"/></w:r>'))
    document.add_paragraph("The end.")
    draft = read_docx(saved(document, tmp_path))
    assert [text for _, text in blocks(draft)] == [
        "Cites a footnote",
        "A footnote.",
        "Cites a endnote",
        "A endnote.",
        "The end.",
    ]


def test_merged_cells_are_said_once_and_the_others_keep_their_column(tmp_path: Path) -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + cell("2019 and 2020")
    start = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + cell("The Fund")
    on = "<w:tcPr><w:vMerge/></w:tcPr>" + cell("")
    draft = body(
        table([cell("Project"), wide], [start, cell("300"), cell("400")], [on, cell("500"), cell("600")]), tmp_path
    )
    assert [[part.of(draft.text) for part in block.cells] for block in draft.blocks] == [
        ["Project", "2019 and 2020", ""],
        ["The Fund", "300", "400"],
        ["", "500", "600"],
    ]


def test_paragraphs_of_a_cell_share_its_line(tmp_path: Path) -> None:
    draft = body(
        table([cell("Field", "Name"), cell("Value")], [cell("Partners"), cell("Owl Trust", "Lamp School")]),
        tmp_path,
    )
    assert draft.text == "Field Name | Value\nPartners | Owl Trust; Lamp School\n"


def test_a_table_that_lays_out_the_page_is_its_paragraphs(tmp_path: Path) -> None:
    one_column = table([cell("Lantern Walk")], [cell("Every November.", "Budget: 300 EUR")])
    heading = paragraph(run("Owl Watch"), settings='<w:pStyle w:val="Heading2"/>')
    columns = table([heading + cell("At night."), cell("And more.")])
    draft = body(one_column + columns, tmp_path)
    assert blocks(draft) == [
        ("paragraph", "Lantern Walk"),
        ("paragraph", "Every November."),
        ("paragraph", "Budget: 300 EUR"),
        ("heading", "Owl Watch"),
        ("paragraph", "At night."),
        ("paragraph", "And more."),
    ]


def test_a_table_within_a_table_keeps_its_rows(tmp_path: Path) -> None:
    inner = table([cell("Budget"), cell("300 EUR")])
    draft = body(table([cell("Left"), inner + cell("")]), tmp_path)
    assert blocks(draft) == [("paragraph", "Left"), ("row", "Budget | 300 EUR")]


@pytest.mark.parametrize(
    ("default", "marked", "language"),
    [
        ("en-US", None, ""),
        ("ro-RO", None, "ro"),
        ("en-US", "ro-RO", "ro"),
        ("ro-RO", "en-GB", "en"),
    ],
)
def test_the_language_is_what_the_text_is_marked_with(
    default: str, marked: str | None, language: str, tmp_path: Path
) -> None:
    document = docx.Document()
    for mark in document.styles.element.iter(f"{{{document.styles.element.nsmap['w']}}}lang"):
        mark.set(f"{{{document.styles.element.nsmap['w']}}}val", default)
    text = run("Every November.", f'<w:lang w:val="{marked}"/>' if marked else "")
    document.element.body.insert(0, parse_xml(f"<w:p {NAMESPACES}>{text}</w:p>"))
    assert read_docx(saved(document, tmp_path)).language == language


def test_tables_in_tables_are_kept_so_deep_and_no_deeper(tmp_path: Path) -> None:
    open_, close = "<w:tbl><w:tr><w:tc>" + cell("x"), "</w:tc></w:tr></w:tbl>"
    draft = body(open_ * 40 + cell("deep") + close * 40, tmp_path)
    assert "deep" in draft.text
    assert "20 deep" in draft.notes[0]
