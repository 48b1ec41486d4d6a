"""PDF into blocks, on pages typeset here: what a reader of the page sees, in the order it is read."""

from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import pypdf
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.document import canonical
from corpus.errors import UnreadableError
from corpus.readers.draft import Draft
from corpus.readers.pdf import MAX_PAGES, read_pdf
from corpus.readers.pdf_words import MAX_CHARACTERS_A_PAGE

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


def test_headings_have_the_levels_of_their_sizes_and_bold_lines_are_below_all(typeset: Typeset) -> None:
    source = f"""
    #text(20pt)[Our work]

    {PROSE}

    #text(14pt)[Lantern Walk]

    {PROSE}

    *Who paid for it*

    {PROSE}

    #text(14pt)[Net Menders]

    {PROSE}
    """
    draft = read_pdf(typeset(source))
    assert [(b.level, b.span.of(draft.text)) for b in draft.blocks if b.kind == "heading"] == [
        (1, "Our work"),
        (2, "Lantern Walk"),
        (7, "Who paid for it"),
        (2, "Net Menders"),
    ]
    assert [text for kind, text in blocks(draft) if kind == "paragraph"] == 4 * [line(PROSE)]


def test_a_heading_of_two_lines_is_one_and_keeps_its_year(typeset: Typeset) -> None:
    draft = read_pdf(typeset(f"#text(24pt)[Annual Report \\ 2019]\n\n{PROSE}"))
    assert blocks(draft)[0] == ("heading", "Annual Report 2019")


def test_bold_words_at_the_start_of_a_line_make_no_heading(typeset: Typeset) -> None:
    draft = read_pdf(
        typeset(f"*Budget:* 300 EUR\n\n{PROSE} *all of these words are bold and go on and on* until they end.")
    )
    assert {kind for kind, _ in blocks(draft)} == {"paragraph"}


def test_labelled_lines_stay_lines_and_a_wrapped_value_is_joined(typeset: Typeset) -> None:
    source = r"""
    Period: October 2017 – March 2018 \
    Partners: Saltmarsh Primary School, Sea Wall Society, the Association of Harbour Masters of the Northern Coast,
    Friends of the Brass Band \
    Budget: 300 EUR \
    Funder: The Fund
    """
    draft = read_pdf(typeset(source))
    assert blocks(draft) == [
        ("paragraph", "Period: October 2017 – March 2018"),
        (
            "paragraph",
            "Partners: Saltmarsh Primary School, Sea Wall Society, the Association of Harbour Masters of the Northern"
            " Coast, Friends of the Brass Band",
        ),
        ("paragraph", "Budget: 300 EUR"),
        ("paragraph", "Funder: The Fund"),
    ]
    assert "\n\n" not in draft.text


def test_a_facts_line_that_is_wrapped_at_a_bar_stays_one(typeset: Typeset) -> None:
    source = f"""
    {PROSE}

    Period: October 2017 – March 2018 | Partners: Saltmarsh Primary School, Sea Wall Society and others |
    Budget: 12,400 GBP | Details
    """
    last = blocks(read_pdf(typeset(source)))[-1][1]
    assert last.startswith("Period:")
    assert last.endswith("others | Budget: 12,400 GBP | Details")


def test_items_lose_their_bullets_and_keep_their_numbers(typeset: Typeset) -> None:
    source = """
    - one thing that is so long that it has to go over the end of its line, as long things tend to do once they begin
      to speak of themselves
    - another
    + first
    + second
    """
    draft = read_pdf(typeset(source))
    assert blocks(draft) == [
        (
            "item",
            "one thing that is so long that it has to go over the end of its line, as long things tend to do once they"
            " begin to speak of themselves",
        ),
        ("item", "another"),
        ("item", "1. first"),
        ("item", "2. second"),
    ]


def test_pages_keep_their_starts_and_an_empty_page_has_one_too(typeset: Typeset) -> None:
    draft = read_pdf(typeset("First.\n#pagebreak()\n#pagebreak()\nThird.\n#pagebreak()\n#pagebreak(weak: false)"))
    assert draft.text == "First.\n\nThird.\n"
    assert draft.page_starts == (0, 8, 8, 15, 15)


def test_a_paragraph_that_runs_over_the_page_is_one_and_one_that_does_not_is_two(typeset: Typeset) -> None:
    running = read_pdf(typeset("The children carry lanterns along\n#pagebreak()\nthe old sea wall.\n\nEnd.", "a.pdf"))
    assert running.text == "The children carry lanterns along the old sea wall.\n\nEnd.\n"
    assert running.page_starts == (0, running.text.index("End."))
    ended = read_pdf(typeset("The children carry lanterns.\n#pagebreak()\nthe old sea wall.", "b.pdf"))
    assert [text for _, text in blocks(ended)] == ["The children carry lanterns.", "the old sea wall."]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["the har-", "bour is old"], "the harbour is old"),
        (["the county of Bistrița-", "Năsăud is far"], "the county of Bistrița-Năsăud is far"),
        (["in the years 2013-", "2014 it was"], "in the years 2013-2014 it was"),
        (["it is well-", "known and a well-known thing"], "it is well-known and a well-known thing"),
        (["they re-", "form it; a reform"], "they reform it; a reform"),
        (["proiectul s-", "a încheiat"], "proiectul s-a încheiat"),
        (["proiectul s-a făcut într-", "un an bun"], "proiectul s-a făcut într-un an bun"),
        (["in- and out-", "door work"], "in- and outdoor work"),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_is_mended(typeset: Typeset, lines: list[str], text: str) -> None:
    width = "#set page(width: 6cm)\n"
    assert read_pdf(typeset(f"{width}#box[{' #linebreak() '.join(lines)}]")).text == f"{text}\n"


def test_hyphenated_prose_reads_as_it_was_written(typeset: Typeset) -> None:
    source = f"#set text(hyphenate: true)\n#set par(justify: true)\n#columns(3)[{PROSE} {PROSE}]"
    assert read_pdf(typeset(source)).text == line(f"{PROSE} {PROSE}") + "\n"


def test_ligatures_are_letters_again(typeset: Typeset) -> None:
    draft = read_pdf(typeset("The ﬁrst oﬃce, the ﬂat cliﬀ and the aﬄuent. The office, fluffy, fjord."))
    assert draft.text == "The first office, the flat cliff and the affluent. The office, fluffy, fjord.\n"


def test_a_line_drawn_twice_is_read_once(typeset: Typeset) -> None:
    source = "#place(top + left)[Lantern Walk walk]#place(top + left, dx: 0.3pt, dy: 0.2pt)[Lantern Walk walk]"
    assert read_pdf(typeset(source)).text == "Lantern Walk walk\n"


def test_the_mark_of_a_footnote_is_no_figure_of_the_amount(typeset: Typeset) -> None:
    source = "#set super(typographic: false)\nThe budget was 20,000#super[12] EUR and the word#super[3] too."
    assert read_pdf(typeset(source)).text == "The budget was 20,000¹² EUR and the word³ too.\n"


def drawn(lines: list[bytes], meanings: dict[str, int], path: Path) -> Path:
    """A page drawn by hand in Helvetica, some of whose letters mean other characters."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 800)
    chars = "\n".join(f"<{ord(letter):02x}> <{code:04x}>" for letter, code in meanings.items())
    cmap, content = DecodedStreamObject(), DecodedStreamObject()
    cmap.set_data(
        "begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(meanings)} beginbfchar\n{chars}\nendbfchar endcmap".encode()
    )
    content.set_data(b"BT /F1 10 Tf 13 TL 72 700 Td " + b" ".join(b"(%b) Tj T*" % one for one in lines) + b" ET")
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    made = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    made[NameObject("/ToUnicode")] = writer._add_object(cmap)
    fonts = DictionaryObject({NameObject("/F1"): made})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.write(path)
    return path


def test_glyphs_without_a_meaning_are_bullets_or_nothing(tmp_path: Path) -> None:
    path = drawn([b"* one thing", b"* another# thing"], {"*": 0xF0B7, "#": 0xE123}, tmp_path / "page.pdf")
    draft = read_pdf(path)
    assert blocks(draft) == [("item", "one thing"), ("item", "another thing")]
    assert draft.notes == ()


def test_a_page_in_letters_that_cannot_be_told_is_noted(tmp_path: Path) -> None:
    meanings = {letter: 0xE000 + at for at, letter in enumerate("aeiourstn")}
    path = drawn(
        [b"Budget: 300 EUR", b"four hundred and ten thousand and nine of them"], meanings, tmp_path / "page.pdf"
    )
    assert ["OCR" in note and note.startswith("page 1 ") for note in read_pdf(path).notes] == [True]


def test_a_ligature_that_the_file_gives_as_one_character_is_letters(tmp_path: Path) -> None:
    path = drawn([b"the #rst o@ce, nul% and more"], {"#": 0xFB01, "@": 0xFB03, "%": 0}, tmp_path / "page.pdf")
    assert read_pdf(path).text == "the first office, nul and more\n"


def test_text_of_a_turned_page_is_read_upright_and_turned_words_come_last(typeset: Typeset) -> None:
    turned = f"#place(top + left, rotate(90deg, reflow: true)[#box(width: 15cm)[{PROSE}]])"
    assert read_pdf(typeset(turned, "a.pdf")).text == line(PROSE) + "\n"
    stamped = f"{PROSE}\n#place(center + horizon, rotate(-45deg)[DRAFT])"
    assert read_pdf(typeset(stamped, "b.pdf")).text == line(PROSE) + "\n\nDRAFT\n"


def test_a_link_is_its_words_alone(typeset: Typeset) -> None:
    assert read_pdf(typeset('See #link("https://tidewater.example/nets")[the nets].')).text == "See the nets.\n"


def test_the_title_and_the_language_are_what_the_file_says(typeset: Typeset) -> None:
    source = '#set document(title: "Annual report of the Tidewater Trust")\n#set text(lang: "ro")\nBuget: 300 lei'
    draft = read_pdf(typeset(source))
    assert (draft.title, draft.language) == ("Annual report of the Tidewater Trust", "ro")


@pytest.mark.parametrize(
    "title", ["Microsoft Word - raport.doc", "Untitled", "report_final.indd", "raport-2019", "Document1"]
)
def test_a_title_that_a_program_gave_is_none(typeset: Typeset, title: str) -> None:
    assert read_pdf(typeset(f'#set document(title: "{title}")\nBudget: 300 EUR')).title == ""


def test_a_locked_file_is_reported_and_one_without_a_user_password_is_read(tmp_path: Path, typeset: Typeset) -> None:
    for name, user in (("locked.pdf", "secret"), ("open.pdf", "")):
        writer = pypdf.PdfWriter(clone_from=typeset("Budget: 300 EUR"))
        writer.encrypt(user_password=user, owner_password=user + "x", algorithm="RC4-128")
        writer.write(tmp_path / name)
    assert read_pdf(tmp_path / "open.pdf").text == "Budget: 300 EUR\n"
    with pytest.raises(UnreadableError, match=r"locked with a password; .*qpdf"):
        read_pdf(tmp_path / "locked.pdf")


def scan_source() -> str:
    pixels = ", ".join(["0", "255"] * 8)
    return f'#let scan = image(bytes(({pixels})), format: (encoding: "luma8", width: 4, height: 4), width: 15cm)\n'


def test_a_scan_is_reported_with_what_to_do(typeset: Typeset) -> None:
    with pytest.raises(UnreadableError, match=r"scan.*ocrmypdf"):
        read_pdf(typeset(scan_source() + "#scan\n#pagebreak()\n#scan"))


def test_pages_that_hold_images_alone_are_noted(typeset: Typeset) -> None:
    between = "\n#pagebreak()\n"
    source = scan_source() + between.join(["First.", "#scan", "#scan", "With words.\n#scan", "", "#scan"])
    draft = read_pdf(typeset(source))
    assert draft.notes == ("pages 2 to 3 hold an image and no text", "page 6 holds an image and no text")
    assert len(draft.page_starts) == 6


def test_a_file_without_a_letter_is_reported(typeset: Typeset) -> None:
    with pytest.raises(UnreadableError, match="no text in it"):
        read_pdf(typeset("#line(length: 3cm)"))


def test_more_characters_than_are_read_of_a_page_are_noted(tmp_path: Path) -> None:
    lines = (MAX_CHARACTERS_A_PAGE // 100 + 10) * [b"word " * 20]
    draft = read_pdf(drawn(lines, {"#": 0x23}, tmp_path / "page.pdf"))
    assert MAX_CHARACTERS_A_PAGE * 0.9 < len(draft.text) <= MAX_CHARACTERS_A_PAGE
    assert draft.notes == ("page 1 holds more than 100,000 characters; the first of them were read; split it",)


def test_more_pages_than_are_read_are_noted(tmp_path: Path, typeset: Typeset) -> None:
    writer = pypdf.PdfWriter(clone_from=typeset("Budget: 300 EUR"))
    for _ in range(MAX_PAGES):
        writer.add_blank_page(600, 800)
    writer.write(tmp_path / "long.pdf")
    draft = read_pdf(tmp_path / "long.pdf")
    assert len(draft.page_starts) == MAX_PAGES
    assert draft.notes == ("it has 5,001 pages; the first 5,000 were read; split it",)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"\x00" * 1000, b"PK\x03\x04 not a pdf"])
def test_what_is_no_pdf_is_reported(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match="damaged or no PDF"):
        read_pdf(path)


def test_a_file_cut_short_is_reported(tmp_path: Path) -> None:
    whole = pdf_of(f"{PROSE}\n#pagebreak()\n{PROSE}")
    path = tmp_path / "page.pdf"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableError, match="damaged"):
        read_pdf(path)


def test_a_file_whose_end_alone_is_missing_is_read_with_a_note(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf_of("Budget: 300 EUR")))
    buffer = BytesIO()
    writer.write(buffer)
    path = tmp_path / "page.pdf"
    path.write_bytes(buffer.getvalue()[:-8])
    draft = read_pdf(path)
    assert draft.text == "Budget: 300 EUR\n"
    assert "end of the file is missing" in draft.notes[0]


SAMPLE = pdf_of(
    f"= One\n{PROSE}\n\nBudget: 300 EUR\n#pagebreak()\n#columns(2)[{PROSE} {PROSE}]\n"
    "#table(columns: 2, [A], [B], [C], [D])"
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=40))
def test_a_damaged_file_is_read_or_reported(tmp_path: Path, edits: list[tuple[int, int]]) -> None:
    data = bytearray(SAMPLE)
    for at, byte in edits:
        data[at] = byte
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    try:
        draft = read_pdf(path)
    except UnreadableError:
        return
    check_laws(draft)


WORDS = st.lists(st.text("abcdefgăș-.,: 0123456789", min_size=1, max_size=60).filter(str.strip), max_size=12)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=st.lists(WORDS, min_size=1, max_size=5).filter(any))
def test_page_starts_and_spans_are_exact(tmp_path: Path, pages: list[list[str]]) -> None:
    source = "\n#pagebreak()\n".join("\n\n".join(f'#"{text}"' for text in page) for page in pages)
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf_of(source))
    draft = read_pdf(path)
    check_laws(draft)
    assert len(draft.page_starts) == len(pages)
    written = Counter("".join(text for page in pages for text in page))
    read = Counter("".join(draft.text.replace(" | ", " ").split()))
    assert not read - written  # nothing is read that was not written


def check_laws(draft: Draft) -> None:
    assert draft.text == canonical(draft.text)
    assert draft.page_starts[0] == 0
    assert list(draft.page_starts) == sorted(draft.page_starts)
    assert draft.page_starts[-1] <= len(draft.text)
    end = 0
    for block in draft.blocks:
        said = block.span.of(draft.text)
        assert said == said.strip() != ""
        assert not draft.text[end : block.span.start].strip()
        assert all(block.span.holds(cell) for cell in block.cells)
        end = block.span.end
    assert draft.text[end:] == "\n" if draft.blocks else draft.text == ""
