"""Precedents as the track record that a proposal holds, and precedents trimmed by hand."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from assistant.answer import Citation
from assistant.export import ENDINGS, to_csv, to_docx, to_format, to_markdown, to_pdf, write
from assistant.precedent import Fact, Precedent, Precedents, trimmed
from assistant.precedents_paper import FORMS, TRACK_RECORD
from corpus.document import Span
from corpus.errors import MisuseError
from tests.assistant.papers import markdown_notes, parts, pdf_text, text_of, word_notes


def fact(label: str, text: str) -> Fact:
    return Fact(label, text, Citation(0, "Lamps", "lamps", "lamps.pdf", "d", 2, Span(0, len(text)), f"{label}: {text}"))


def precedent(title: str) -> Precedent:
    facts = (fact("Budget", "5 EUR"), fact("Partners", "Țărm & Co | Port"))
    return Precedent(title, facts, (fact("", "Lamps were lent."), fact("", "They came back.")), ("drones",), 0.5)


FOUND = Precedents("An idea", tuple(map(precedent, ("Lamps", "Boats", "Nets"))), 15, "en", date(2026, 11, 26))


def titles(precedents: Precedents) -> list[str]:
    return [one.title for one in precedents.found]


def test_a_track_record_is_a_heading_its_reasons_and_a_table_for_each_project() -> None:
    assert to_markdown(trimmed(FOUND, {2}), TRACK_RECORD).splitlines()[:12] == [
        "# Track record",
        "",
        "## Boats",
        "",
        "“Lamps were lent.”[^1] “They came back.”[^2]",
        "",
        "| Detail | In the words of the source |",
        "| --- | --- |",
        "| Budget | 5 EUR[^3] |",
        "| Partners | Țărm \\& Co \\| Port[^4] |",
        "",
        "[^1]: “: Lamps were lent.”, lamps.pdf, page 2, retrieved 26 November 2026.",
    ]


def test_every_format_of_it_holds_a_note_for_each_fact_and_neither_ranks_nor_what_is_lacking() -> None:
    data = to_docx(FOUND, TRACK_RECORD)
    texts = [
        text_of(parts(io.BytesIO(data))["word/document.xml"]),
        to_markdown(FOUND, TRACK_RECORD),
        pdf_text(to_pdf(FOUND, TRACK_RECORD)),
    ]
    for text in texts:
        assert "drones" not in text
        assert "1. Lamps" not in text
        assert "An idea" not in text
    assert len(word_notes(io.BytesIO(data))) == len(markdown_notes(texts[1])) == 12
    assert texts[2].count("retrieved 26 November 2026.") == 12
    tables = docx.Document(io.BytesIO(data)).tables
    assert [[cell.text for cell in row.cells] for row in tables[0].rows] == [
        ["Detail", "In the words of the source"],
        ["Budget", "5 EUR"],
        ["Partners", "Țărm & Co | Port"],
    ]
    assert len(tables) == 3
    rows = list(csv.DictReader(io.StringIO(to_csv(FOUND, TRACK_RECORD))))
    assert {(row["rank"], row["kind"]) for row in rows} == {("", "reason"), ("", "fact")}


def test_in_romanian_it_is_called_so_too() -> None:
    told = replace(FOUND, language="ro")
    assert to_markdown(told, TRACK_RECORD).startswith("# Experiență anterioară\n")
    assert pdf_text(to_pdf(told, TRACK_RECORD)).startswith("Experiență anterioară Lamps")


def test_without_precedents_it_says_so() -> None:
    assert "No project is like the idea; projects compared: 15." in to_markdown(replace(FOUND, found=()), TRACK_RECORD)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_every_form_is_written_in_every_format(form: str, ending: str, tmp_path: Path) -> None:
    write(FOUND, tmp_path / f"found{ending}", form)
    assert (tmp_path / f"found{ending}").stat().st_size > 500
    if ending != ".docx":  # a zip file holds the time it was made at
        assert (tmp_path / f"found{ending}").read_bytes() == to_format(FOUND, ending, form)


def test_a_form_that_there_is_not_is_refused() -> None:
    with pytest.raises(MisuseError, match=r"^poster: .* precedents, track_record"):
        to_format(FOUND, ".md", "poster")


@pytest.mark.parametrize(
    ("keep", "left"), [({1, 3}, ["Lamps", "Nets"]), ([3, 2], ["Boats", "Nets"]), ((2, 9, 0, -1), ["Boats"])]
)
def test_the_ranks_that_are_kept_stay_in_their_order(keep: set[int], left: list[str]) -> None:
    kept = trimmed(FOUND, keep)
    assert titles(kept) == left
    assert f"shown here, likest first: {len(left)}." in to_markdown(kept)


def test_to_keep_none_is_refused_where_there_are_some() -> None:
    with pytest.raises(MisuseError, match="none of the 3 projects is kept"):
        trimmed(FOUND, {7})
    none = replace(FOUND, found=())
    assert trimmed(none, ()) == none
