"""What was written is opened by others than who wrote it: zipfile and lxml, pypdf, csv, markdown-it, our own reader."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.answer import Citation
from assistant.export import to_csv, to_docx, to_markdown, write
from assistant.precedent import Fact, Precedent, Precedents
from corpus.document import Document, Span
from corpus.errors import MisuseError
from corpus.reading import read_document
from tests.assistant.papers import R, W, markdown_notes, parts, pdf_text, word_notes

ENDINGS = (".docx", ".pdf", ".md", ".csv")
IDEA = "A lamp library for harbour towns,\nwith drones"


def fact(
    label: str, text: str, quote: str | None = None, document: str = "reports/lamps.pdf", page: int | None = 2
) -> Fact:
    said = text if quote is None else quote
    return Fact(label, text, Citation(1, "Lamps", "lamps", document, "d1", page, Span(40, 40 + len(said)), said))


LAMPS = Precedent(
    "Lamps & Șalupe",
    (
        fact("Budget", "245.884 EUR", "Budget: 245.884 EUR\nof which 10% by the town"),
        fact("Partners", "Primăria Brăila, Țărm & Co <lamps@example.org>", document="about_us.md", page=None),
        fact("Phone", "+40 268 000 000"),
    ),
    (
        fact("", "Each harbour town got a *lamp library*."),
        fact("", "Lămpile s-au împrumutat vecinilor, „fără nicio plată”."),
    ),
    ("drones", "=bees"),
    0.8,
)
BOATS = Precedent("Boats", (fact("Budget", "245.884 EUR"),), (), (), 0.5)


def precedents(*found: Precedent, language: str = "en", idea: str = IDEA) -> Precedents:
    return Precedents(idea, found, 15, language, date(2026, 11, 26))


BOTH = precedents(LAMPS, BOATS)
CITED = [*LAMPS.reasons, *LAMPS.facts, *BOATS.facts]
"""In the order in which they are told."""
SAID = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1
)


def quoting(quote: str) -> Precedent:
    return Precedent("Lamps", (fact("Budget", "x", quote),), (), (), 1.0)


def written(told: Precedents, path: Path) -> Path:
    write(told, path)
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def body(path: Path) -> Document:
    return read_document(path, path.name)


def test_every_fact_has_its_footnote_with_the_quote_the_document_the_page_and_the_day(tmp_path: Path) -> None:
    notes = list(word_notes(written(BOTH, tmp_path / "found.docx")).values())
    assert notes == [
        " “Each harbour town got a *lamp library*.”, reports/lamps.pdf, page 2, retrieved 26 November 2026.",
        " “Lămpile s-au împrumutat vecinilor, „fără nicio plată”.”, reports/lamps.pdf, page 2, "
        "retrieved 26 November 2026.",
        " “Budget: 245.884 EUR\nof which 10% by the town”, reports/lamps.pdf, page 2, retrieved 26 November 2026.",
        " “Primăria Brăila, Țărm & Co <lamps@example.org>”, about_us.md, retrieved 26 November 2026.",
        " “+40 268 000 000”, reports/lamps.pdf, page 2, retrieved 26 November 2026.",
        " “245.884 EUR”, reports/lamps.pdf, page 2, retrieved 26 November 2026.",
    ]


def test_the_numbers_in_the_text_are_those_of_the_footnotes_in_order(tmp_path: Path) -> None:
    path = written(BOTH, tmp_path / "found.docx")
    cited = [str(one.get(f"{W}id")) for one in parts(path)["word/document.xml"].iter(f"{W}footnoteReference")]
    assert cited == list(word_notes(path)) == ["1", "2", "3", "4", "5", "6"]
    text = to_markdown(BOTH)
    shown, _, listed = text.partition("\n[^1]:")
    assert re.findall(r"\[\^(\d+)\]", shown) == list(markdown_notes(f"[^1]:{listed}")) == cited


def test_a_number_stands_behind_what_it_is_for(tmp_path: Path) -> None:
    path = written(BOTH, tmp_path / "found.docx")
    notes, told = word_notes(path), list(CITED)
    for paragraph in parts(path)["word/document.xml"].iter(f"{W}p"):
        said = ""
        for part in paragraph.iter(f"{W}t", f"{W}footnoteReference"):
            said += part.text or ""
            if part.tag == f"{W}footnoteReference":
                one = told.pop(0)
                assert said.endswith((one.text, f"“{one.text}”"))
                assert one.citation.quote in notes[str(part.get(f"{W}id"))]
    assert told == []


def test_the_footnotes_are_a_part_that_word_knows_of(tmp_path: Path) -> None:
    found = parts(written(BOTH, tmp_path / "found.docx"))
    kinds = {str(one.get("PartName")): str(one.get("ContentType")) for one in found["[Content_Types].xml"]}
    assert kinds["/word/footnotes.xml"].endswith("wordprocessingml.footnotes+xml")
    related = {
        str(one.get("Target")): str(one.get("Type")) for one in found["word/_rels/document.xml.rels"].iter(f"{R}*")
    }
    assert related["footnotes.xml"].endswith("/relationships/footnotes")
    lines = {one.get(f"{W}id"): one.get(f"{W}type") for one in found["word/footnotes.xml"] if one.get(f"{W}type")}
    assert lines == {"-1": "separator", "0": "continuationSeparator"}
    named = found["word/settings.xml"].findall(f"{W}footnotePr/{W}footnote")
    assert [one.get(f"{W}id") for one in named] == list(lines)


def test_every_style_a_word_document_uses_is_one_it_has(tmp_path: Path) -> None:
    found = parts(written(BOTH, tmp_path / "found.docx"))
    known = {style.get(f"{W}styleId") for style in found["word/styles.xml"].iter(f"{W}style")}
    for name in ("word/document.xml", "word/footnotes.xml"):
        used = {style.get(f"{W}val") for style in found[name].iter(f"{W}pStyle", f"{W}rStyle")}
        assert used
        assert used <= known
    number = found["word/styles.xml"].find(f"{W}style[@{W}styleId='footnotereference']/{W}rPr/{W}vertAlign")
    assert number is not None
    assert number.get(f"{W}val") == "superscript"


def test_a_pdf_holds_every_quote_and_the_page_with_its_day(tmp_path: Path) -> None:
    text = pdf_text(written(BOTH, tmp_path / "found.pdf").read_bytes())
    for n, one in enumerate(CITED, start=1):
        assert f"{n} “{' '.join(one.citation.quote.split())}”, {one.citation.document}" in text
    assert text.count("retrieved 26 November 2026.") == len(CITED)
    assert "Does not mention: drones; =bees" in text


def test_our_own_reader_finds_headings_items_and_every_quote(tmp_path: Path) -> None:
    document = body(written(BOTH, tmp_path / "found.docx"))
    told = [(block.kind, block.span.of(document.text)) for block in document.blocks]
    assert [text for kind, text in told if kind == "heading"] == [
        "Projects like the idea",
        "1. Lamps & Șalupe",
        "2. Boats",
    ]
    assert [text for kind, text in told if kind == "item"] == [
        "Budget: 245.884 EUR",
        "Partners: Primăria Brăila, Țărm & Co <lamps@example.org>",
        "Phone: +40 268 000 000",
        "Does not mention: drones; =bees",
        "Budget: 245.884 EUR",
    ]
    assert (
        "paragraph",
        "Like the idea: “Each harbour town got a *lamp library*.” "
        "“Lămpile s-au împrumutat vecinilor, „fără nicio plată”.”",
    ) in told
    assert "“A lamp library for harbour towns, with drones”" in document.text
    assert "Projects compared: 15; shown here, likest first: 2." in document.text
    on_one_line = " ".join(document.text.split())
    assert all(" ".join(one.citation.quote.split()) in on_one_line for one in CITED)


def test_markdown_holds_every_quote_as_text(tmp_path: Path) -> None:
    path = written(BOTH, tmp_path / "found.md")
    notes = markdown_notes(path.read_text(encoding="utf-8"))
    for note, one in zip(notes.values(), CITED, strict=True):
        assert " ".join(one.citation.quote.split()) in note
        assert one.citation.document in note


def test_markdown_reads_as_headings_quotes_and_items() -> None:
    shown = to_markdown(BOTH).partition("\n[^1]:")[0]
    assert shown.splitlines()[:11] == [
        "# Projects like the idea",
        "",
        "> “A lamp library for harbour towns, with drones”",
        "",
        "Projects compared: 15; shown here, likest first: 2.",
        "",
        "## 1. Lamps \\& Șalupe",
        "",
        "**Like the idea:** “Each harbour town got a \\*lamp library\\*.”[^1] “Lămpile s-au împrumutat vecinilor, "
        "„fără nicio plată”.”[^2]",
        "",
        "- **Budget:** 245.884 EUR[^3]",
    ]


@given(SAID)
@example("_so_ *called* __one__ ~~two~~ [a](b) ![c](d) <b> <https://e.f> `g` &amp; \\* [^1]")
def test_whatever_a_source_says_markdown_shows_as_it_is(quote: str) -> None:
    text = to_markdown(precedents(quoting(quote)))
    assert markdown_notes(text)["1"].startswith(" ".join(f"“{quote}”, ".split()))


@settings(max_examples=20)
@given(st.lists(SAID, min_size=1))
def test_whatever_sources_say_word_shows_as_it_is(quotes: list[str]) -> None:
    notes = word_notes(io.BytesIO(to_docx(precedents(*map(quoting, quotes)))))
    for note, quote in zip(notes.values(), quotes, strict=True):
        assert note.startswith(f" “{quote}”, ")


def test_a_table_has_a_row_for_each_fact_with_its_place(tmp_path: Path) -> None:
    data = written(BOTH, tmp_path / "found.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    found = rows(data.decode("utf-8-sig"))
    assert [(row["rank"], row["project"], row["kind"]) for row in found] == [
        *[("1", "Lamps & Șalupe", kind) for kind in ("reason", "reason", "fact", "fact", "fact", "lacks", "lacks")],
        ("2", "Boats", "fact"),
    ]
    assert found[2] == {
        "rank": "1",
        "project": "Lamps & Șalupe",
        "kind": "fact",
        "label": "Budget",
        "text": "245.884 EUR",
        "quote": "Budget: 245.884 EUR\nof which 10% by the town",
        "document": "reports/lamps.pdf",
        "page": "2",
        "start": "40",
        "end": "84",
        "retrieved": "2026-11-26",
    }
    assert (found[3]["document"], found[3]["page"]) == ("about_us.md", "")
    quotes = [row["quote"].removeprefix("'") for row in found if row["quote"]]
    assert quotes == [one.citation.quote for one in CITED]


@pytest.mark.parametrize("text", ["=1+1", "+40 268", "-5 %", "@here", " \t=1+1", "\n@here", "＝1"])
def test_a_cell_that_a_spreadsheet_program_might_run_begins_with_an_apostrophe(text: str) -> None:
    one = Precedent(text, (fact(text, text, document=text),), (), (text,), 1.0)
    for row in rows(to_csv(precedents(one))):
        cells = [row[name] for name in ("project", "label", "text", "quote", "document") if row[name]]
        assert set(cells) == {f"'{text}"}


@given(SAID)
def test_a_cell_gives_back_the_quote(quote: str) -> None:
    cell = rows(to_csv(precedents(quoting(quote))))[0]["quote"]
    assert cell == quote or (cell == f"'{quote}" and quote.lstrip()[0] in "=+-@＝＋－＠")


def test_a_document_in_romanian_speaks_romanian(tmp_path: Path) -> None:
    told = precedents(LAMPS, language="ro")
    path = written(told, tmp_path / "găsite.docx")
    note = next(iter(word_notes(path).values()))
    assert note.endswith("”, reports/lamps.pdf, pagina 2, consultat la 26 noiembrie 2026.")
    assert note.startswith(" „Each")
    spelling = parts(path)["word/styles.xml"].find(f"{W}docDefaults//{W}lang")
    assert spelling is not None
    assert spelling.get(f"{W}val") == "ro-RO"
    document = body(path)
    assert document.title == "Proiecte asemănătoare cu ideea"
    assert "Nu menționează: drones; =bees" in document.text
    assert "Proiecte comparate: 15; prezentate aici, începând cu cel mai asemănător: 1." in document.text
    assert document.language == "ro"
    assert "Primăria Brăila, Țărm \\& Co" in to_markdown(told)


def test_a_language_that_is_neither_is_answered_in_english() -> None:
    assert to_markdown(precedents(LAMPS, language="und")) == to_markdown(precedents(LAMPS))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "No project is like the idea; projects compared: 15."),
        ("ro", "Niciun proiect nu seamănă cu ideea; proiecte comparate: 15."),
    ],
)
def test_a_document_of_no_precedents_says_so(language: str, sentence: str, tmp_path: Path) -> None:
    none = precedents(language=language)
    path = written(none, tmp_path / "found.docx")
    assert sentence in body(path).text
    assert word_notes(path) == {}
    assert to_markdown(none).endswith(f"\n\n{sentence}\n")
    assert [(row["kind"], row["text"], row["retrieved"]) for row in rows(to_csv(none))] == [
        ("none", sentence, "2026-11-26")
    ]


def test_a_precedent_of_which_nothing_is_known_is_still_listed(tmp_path: Path) -> None:
    bare = precedents(Precedent("Boats", (), (), (), 0.1))
    assert "1. Boats" in body(written(bare, tmp_path / "found.docx")).text
    assert to_markdown(bare).endswith("\n\n## 1. Boats\n")
    assert [row["project"] for row in rows(to_csv(bare))] == ["Boats"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_characters_that_no_document_can_hold_are_shown_as_missing(ending: str, tmp_path: Path) -> None:
    odd = precedents(
        Precedent("Lamps", (fact("Budget", "a", "a\x01b", "lamp\udce2.pdf"),), (), (), 1.0), idea="x\udce2"
    )
    path = written(odd, tmp_path / f"found{ending}")
    read = {".docx": lambda: "".join(word_notes(path).values()), ".pdf": lambda: pdf_text(path.read_bytes())}
    text = read.get(ending, lambda: path.read_text(encoding="utf-8-sig"))()
    assert "a\N{REPLACEMENT CHARACTER}b" in text
    assert "lamp\N{REPLACEMENT CHARACTER}.pdf" in text


@pytest.mark.parametrize("name", ["found.odt", "found", "found.docx.zip", ".docx"])
def test_another_ending_is_refused_with_the_four_there_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=r"ends with \.docx, \.pdf, \.md, \.csv"):
        write(BOTH, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_an_ending_counts_in_capitals_too(tmp_path: Path) -> None:
    assert rows(written(BOTH, tmp_path / "FOUND.CSV").read_text(encoding="utf-8-sig"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_there_is_replaced_and_nothing_is_left_beside_it(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"found{ending}"
    path.write_text("old")
    path.chmod(0o640)
    write(BOTH, path)
    assert path.read_bytes() != b"old"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_goes_on_leading_to_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    link = tmp_path / "found.md"
    link.symlink_to(tmp_path / "shared" / "found.md")
    write(BOTH, link)
    assert link.is_symlink()
    assert (tmp_path / "shared" / "found.md").read_text(encoding="utf-8") == to_markdown(BOTH)


@pytest.mark.parametrize("name", ["missing/found.docx", "file.md/found.docx", "folder.csv", "x" * 300 + ".md"])
def test_a_place_where_nothing_can_be_written_is_one_error_and_changes_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file.md").write_text("kept")
    with pytest.raises(MisuseError, match="cannot be written"):
        write(BOTH, tmp_path / name)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file.md", "folder.csv"]
    assert (tmp_path / "file.md").read_text() == "kept"
