"""A drafted section as a file: footnotes for what was checked, italics for what only connects, read back from each."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from assistant.answer import Citation, Statement
from assistant.llm.section import Part, Section
from assistant.llm.section_paper import SECTION_ENDINGS, section_to_format, write_section
from assistant.precedent import Fact, Precedent, Precedents
from corpus.document import Span
from corpus.errors import MisuseError
from tests.assistant.papers import markdown_notes, pdf_text, word_notes


def cited(n: int, quote: str) -> Citation:
    return Citation(n, "Lamps", "lamps", "lamps.pdf", "d", 2, Span(0, len(quote)), quote)


FOUND = Precedents(
    "A call",
    tuple(Precedent(title, (Fact("Budget", "5 EUR", cited(0, "5 EUR")),), (), (), 0.5) for title in ("Lamps", "Boats")),
    15,
    "en",
    date(2026, 11, 26),
)
LINK = "The projects below are *relevant* to this call."
SECTION = Section(
    FOUND,
    (
        Part(0, (Statement(LINK, is_connecting=True),)),
        Part(1, (Statement("Lamps were lent.", (4, 2)), Statement("They came back.", (4,)))),
        Part(2, (Statement("“Boats were built.”", (7,)), Statement("Budget: “5 EUR”", (8,))), is_quoted=True),
    ),
    (cited(2, "lent"), cited(4, "lamps & nets"), cited(7, "Boats were built."), cited(8, "5 EUR")),
    left_out=2,
    is_finished=True,
)
ABOUT = (
    "Sentences in italics only connect the others; they rest on no source and state nothing of a project.",
    "2 sentences of the language model were left out, since their sources do not say them.",
)


def test_in_word_connecting_sentences_are_grey_italics_and_the_others_have_footnotes() -> None:
    data = section_to_format(SECTION, ".docx")
    read = docx.Document(io.BytesIO(data))
    runs = [run for paragraph in read.paragraphs for run in paragraph.runs if run.text.strip()]
    italic = [run for run in runs if run.italic]
    assert [run.text.strip() for run in italic] == [LINK]
    assert str(italic[0].font.color.rgb) == "595959"
    assert [p.text for p in read.paragraphs if p.style and p.style.name == "Heading 1"] == ["Lamps", "Boats"]
    assert [p.text for p in read.paragraphs if p.style and p.style.name == "List Bullet"] == ["Budget: “5 EUR”"]
    assert list(word_notes(io.BytesIO(data)).values()) == [
        f" “{quote}”, lamps.pdf, page 2, retrieved 26 November 2026."
        for quote in ("lamps & nets", "lent", "Boats were built.", "5 EUR")
    ]
    assert all(line in read.paragraphs[-1].text for line in ABOUT)


def test_in_markdown_too() -> None:
    text = section_to_format(SECTION, ".md").decode()
    lines = text.splitlines()
    assert lines[2] == "*The projects below are \\*relevant\\* to this call.*"
    assert "Lamps were lent.[^1] [^2] They came back.[^1]" in lines
    assert next(iter(markdown_notes(text).values())) == "“lamps & nets”, lamps.pdf, page 2, retrieved 26 November 2026."
    assert all(line in text for line in ABOUT)


def test_in_a_pdf_too() -> None:
    text = pdf_text(section_to_format(SECTION, ".pdf"))
    for told in (LINK, "Lamps were lent.", "“lamps & nets”, lamps.pdf, page 2, retrieved 26 November 2026.", *ABOUT):
        assert told in text
    assert section_to_format(SECTION, ".pdf") == section_to_format(SECTION, ".pdf")


def test_in_romanian_its_frame_is_romanian() -> None:
    told = replace(SECTION, precedents=replace(FOUND, language="ro"))
    text = section_to_format(told, ".md").decode()
    assert text.startswith("# Experiență anterioară (schiță)\n")
    assert "Propozițiile cursive doar le leagă pe celelalte" in text


def test_what_no_model_has_written_is_the_track_record() -> None:
    quoted = replace(SECTION, parts=(Part(1, (Statement("“Lamps”", (4,)),), is_quoted=True),))
    assert section_to_format(quoted, ".md").decode().startswith("# Track record\n\n## Lamps\n")


@pytest.mark.parametrize("ending", SECTION_ENDINGS)
def test_each_format_is_written_to_a_file(ending: str, tmp_path: Path) -> None:
    write_section(SECTION, tmp_path / f"draft{ending}")
    assert (tmp_path / f"draft{ending}").stat().st_size > 300
    assert list(tmp_path.iterdir()) == [tmp_path / f"draft{ending}"]


@pytest.mark.parametrize("name", ["draft.csv", "draft", "draft.txt"])
def test_other_formats_are_refused_by_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=r"no draft is written so; .* \.docx, \.pdf, \.md"):
        write_section(SECTION, tmp_path / name)
