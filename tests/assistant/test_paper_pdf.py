"""A PDF is what a reader, a printer and a screen reader need: tagged, named, with its fonts, nothing off the page."""

import io
import random
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from assistant.paper import HEADING, TEXT, TITLE, Paper, Paragraph, Piece, Table, new_note
from assistant.paper_pdf import _LOST, MISSING, paper_pdf
from tests.assistant.papers import pdf_text

DAY = date(2026, 11, 26)


def paper(*notes: str, words: str = "Said", language: str = "en") -> Paper:
    pieces = tuple(Piece(words, new_note(n)) for n in range(1, len(notes) + 1))
    blocks = (Paragraph(TITLE, (Piece("Țărm"),)), Paragraph(HEADING, (Piece("Why?"),)), Paragraph(TEXT, pieces))
    return Paper("Țărm", language, DAY, blocks, notes)


def test_it_is_tagged_and_says_its_title_language_and_day() -> None:
    reader = PdfReader(io.BytesIO(paper_pdf(paper("a", language="ro"))))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "ro"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Țărm"
    for moment in (reader.metadata.creation_date_raw, reader.metadata.modification_date_raw):
        assert str(moment).startswith("D:20261126")
    assert reader.xmp_metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data()


def test_its_fonts_are_in_it() -> None:
    page: Any = PdfReader(io.BytesIO(paper_pdf(paper("ș ț ă â î € Жук Ψ עברית")))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    carried = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert len(carried) >= 2
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in carried)


def test_the_letters_of_europe_are_all_there() -> None:
    said = "„ș ț ă â î Ș Ț Ă Â Î” – “€ £ ½ § № ° × …” Жуковский Їжак Ελλάδα Łódź İstanbul ðþß œ Æ ő ű"
    text = pdf_text(paper_pdf(paper(said)))
    assert said in text
    assert MISSING not in text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("中文 text", f"{MISSING * 2} text"),
        ("a 😀 b", f"a {MISSING} b"),
        ("👩🏽‍🔬❤️", MISSING * 3),
        ("ไทย", MISSING * 3),
        ("\U0010fffd", MISSING),
    ],
)
@pytest.mark.parametrize("language", ["en", "ro"])
def test_a_character_that_no_font_has_shows_as_missing_and_the_end_says_so(
    said: str, shown: str, language: str
) -> None:
    text = pdf_text(paper_pdf(paper(said, language=language))).replace("\ufe0f", "")
    assert f"1 {shown}" in text
    assert text.count(_LOST[language].format(missing=MISSING)) == 1


def test_a_quote_that_is_all_such_characters_is_missing_whole() -> None:
    said = "".join(chr(0x4E00 + n) for n in range(3_000))
    text = pdf_text(paper_pdf(paper(said))).replace(" ", "")
    assert text.count(MISSING) == 3_000 + 1


@pytest.mark.parametrize(
    "said", ["x" * 10_000, "https://example.org/" + "abc123/" * 100, "Ș" * 100 + " end", "字" * 500]
)
def test_a_word_longer_than_a_line_stays_on_the_page(said: str) -> None:
    row = Table(("a", "b", "c", "d"), ((Piece(said), Piece(said), Piece(""), Piece(said)),))
    told = paper(said, words=said)
    document = pypdfium2.PdfDocument(paper_pdf(Paper("A", "en", DAY, (*told.blocks, row), told.notes)))
    for page in document:
        text, width = page.get_textpage(), page.get_width()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        assert all(0 < left <= right < width - 30 for left, _, right, _ in boxes)
    document.close()


def test_typst_markup_in_every_place_is_text() -> None:
    said = '#let a = 1 #read("/etc/passwd") #import "@preview/x:1.0.0": * $x^2$ \\ [b] @c <d> // e /* f */ = g'
    told = paper(said, words=said)
    blocks = (*told.blocks, Paragraph(TEXT, (Piece(said),), said), Table((said, "h"), ((Piece(said), Piece("")),)))
    text = pdf_text(paper_pdf(Paper(said, "en", DAY, blocks, told.notes))).replace(" ", "")
    assert text.count(said.replace(" ", "")) == 6


def test_the_numbers_of_two_notes_are_told_apart() -> None:
    both = Piece("Said", (*new_note(1), *new_note(2)))
    told = Paper("A", "en", DAY, (Paragraph(TEXT, (both,)),), ("first", "second"))
    assert pdf_text(paper_pdf(told)).replace(" ", "").startswith("Said1,2")


def test_what_stands_under_a_heading_is_not_left_alone_with_it_at_the_foot_of_a_page() -> None:
    told: list[Paragraph] = []
    for n in range(60):
        told += [Paragraph(HEADING, (Piece(f"Why {n}"),)), Paragraph(TEXT, (Piece("asked"),))]
        told.append(Paragraph(TEXT, (Piece("body " * (40 + 7 * n)),)))
    pages = PdfReader(io.BytesIO(paper_pdf(Paper("A", "en", DAY, tuple(told), ())))).pages
    assert len(pages) > 5
    for page in pages:
        *_, last, foot = page.extract_text().splitlines()
        assert "body" in last, foot


@pytest.mark.parametrize("seed", range(4))
def test_a_note_stands_at_the_foot_of_the_page_that_refers_to_it(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311
    told: list[Paragraph | Table] = []
    notes: list[str] = []
    for n in range(1, 60):
        cells = (Piece("cell"), Piece(f"row{n}z", new_note(2 * n)))
        notes += [f"first{n}z " * chosen.randint(1, 20), f"second{n}z"]
        told += [
            Paragraph(HEADING, (Piece("Why"),)),
            Paragraph(TEXT, (Piece("said " * chosen.randint(1, 90) + f"body{n}z", new_note(2 * n - 1)),)),
            Table(("a", "b"), (cells,)),
        ]
    made = paper_pdf(Paper("A", "en", DAY, tuple(told), tuple(notes)))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    for word, note in (("body", "first"), ("row", "second")):
        found = [
            [next(at for at, page in enumerate(pages) if f"{one}{n}z" in page) for n in range(1, 60)]
            for one in (word, note)
        ]
        assert found[0] == found[1]


def test_line_breaks_in_a_note_stay() -> None:
    lines = PdfReader(io.BytesIO(paper_pdf(paper("first line\nsecond line")))).pages[0].extract_text().splitlines()
    assert "second line" in [line.strip() for line in lines]


def test_it_is_the_same_each_time_in_any_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.typ").write_text("#panic()")
    made: list[bytes] = []
    told = paper("a", "中", "b" * 5_000)
    threads = [threading.Thread(target=lambda: made.append(paper_pdf(told))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [paper_pdf(told)] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["paper.typ"]
