"""A conversation as Word, Markdown and PDF is opened by others than who wrote it, and holds what was said."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from assistant.answer import ANSWERED, LLM, REFUSED, Answer, Citation, Statement
from assistant.assistant import Assistant
from assistant.phrases import VERDICTS
from assistant.transcript import _WORDS, LONGEST_HEADING, transcript_docx, transcript_markdown, transcript_pdf
from assistant.written import by_whom, connecting
from corpus.document import Span
from corpus.spreadsheets import UNWRITABLE
from index.panels.words import read_words
from tests.assistant.papers import W, markdown_notes, parts, pdf_text, rendered, text_of, word_notes

LOST = "\N{REPLACEMENT CHARACTER}"
HOSTILE = (
    '#let x = 1 #import "@preview/a:1.0.0" $a^2$ \\ [b] @c // d /* e */ <f> `g` ~h~ *i* _j_ = k + l - m '
    "|n| {{o}} &amp; <script>p</script> [q](javascript:r) [^1] 1. s ș ț ă â î € Жук Ψ"
)
ODD = "a\x00b\x07c\ud800d\udce2e\ufffff"


@dataclass(frozen=True)
class Exchange:
    """What is kept of a question, as far as a document of it needs."""

    answer: Answer
    asked_at: str = "2026-11-26T23:30:00+00:00"
    understood: str = ""
    model: str = ""


def cited(n: int, quote: str, *, document: str = "lamps.pdf", page: int | None = 2, project: str = "Lamps") -> Citation:
    return Citation(n, project, "p", document, "d", page, Span(10, 10 + len(quote)), quote)


def answer(question: str, *statements: Statement, citations: Sequence[Citation] = (), **rest: str) -> Exchange:
    told = {"status": ANSWERED, "plan": "budget of Lamps", "language": "en"} | rest
    return Exchange(Answer(question, told["status"], statements, tuple(citations), told["plan"], told["language"]))


TWO = answer(
    "Who paid for Lamps & Șalupe?",
    Statement("2 of 15 projects:", (1, 2)),
    Statement("Lamps – “the Town”", (1,)),
    Statement("Boats – “the Port”", (2,)),
    citations=[
        cited(1, "Funder: the Town\nand its people"),
        cited(2, "paid by the Port", document="boats.md", page=None, project="Boats"),
    ],
)
TABLE = answer(
    "Compare Lamps, Boats and Nets",
    Statement("| Project | Budget | |", is_remark=True),
    Statement("|---|---|---|", is_remark=True),
    Statement("| Lamps | “5 EUR” |", (1,)),
    Statement("| Boats / more | – |", is_remark=True),
    citations=[cited(1, "5 EUR")],
)
NOT = answer("Who was king?", Statement("The documents do not answer this.", is_remark=True), status=REFUSED)
ALL = [TWO, TABLE, NOT]


def word_body(data: bytes) -> str:
    return text_of(parts(io.BytesIO(data))["word/document.xml"])


def body_of(made: str, language: str = "en", exchanges: Sequence[Exchange] = ALL) -> str:
    """The text of the document without its notes, as a reader sees it, on one line."""
    if made == "docx":
        text = word_body(transcript_docx(exchanges, language))
    elif made == "pdf":
        text = pdf_text(transcript_pdf(exchanges, language))
    else:
        text = re.sub(r"\\(.)", r"\1", transcript_markdown(exchanges, language).replace("**", ""))
    return " ".join(text.split())


@pytest.mark.parametrize("made", ["docx", "md", "pdf"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Questions and answers", "Asked: 26 November 2026, 23:30 UTC", "Understood as: budget of Lamps."]),
        (
            "ro",
            ["Întrebări și răspunsuri", "Întrebat la: 26 noiembrie 2026, 23:30 UTC", "Înțeles ca: budget of Lamps."],
        ),
    ],
)
def test_the_frame_is_in_the_language_of_the_page(made: str, language: str, said: list[str]) -> None:
    text = body_of(made, language)
    assert [one for one in said if one not in text] == []
    assert VERDICTS[language][REFUSED] in text
    assert _WORDS[language]["uncited"] in text


def test_the_words_about_an_answer_are_those_of_the_page(root: Path) -> None:
    template = (root / "assistant" / "panels" / "turn.jinja").read_text(encoding="utf-8")
    romanian = read_words("ro", [root / "assistant" / "panels"])
    told = [(_WORDS["en"][key], _WORDS["ro"][key]) for key in ("checked", "partly", "uncited")]
    for english, other in [*zip(VERDICTS["en"].values(), VERDICTS["ro"].values(), strict=True), *told]:
        assert f'_("{english}")' in template
        assert romanian.gettext(english) == other


BY_MODEL = replace(
    TWO,
    model="tiny-1",
    answer=replace(
        TWO.answer,
        statements=(
            Statement("The Town paid for Lamps.", (1,)),
            Statement("There is *more*.", is_connecting=True),
            Statement("The Port paid for Boats.", (2,)),
        ),
        mode=LLM,
        notice="1 sentence was left out.",
    ),
)


@pytest.mark.parametrize("made", ["docx", "md", "pdf"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ["Written by the language model tiny-1; each sentence was checked", "Sentences in italics only connect"],
        ),
        ("ro", ["Scris de modelul de limbaj tiny-1; fiecare propoziție", "Propozițiile cursive doar le leagă"]),
    ],
)
def test_who_has_written_an_answer_and_what_was_left_out_is_told(made: str, language: str, said: list[str]) -> None:
    text = body_of(made, language, [BY_MODEL])
    assert [one for one in [*said, "1 sentence was left out."] if one not in text] == []
    assert _WORDS[language]["checked"] not in text


def test_what_a_model_has_written_is_one_paragraph_with_its_connecting_sentences_in_italics() -> None:
    document = docx.Document(io.BytesIO(transcript_docx([BY_MODEL], "en")))
    (paragraph,) = [one for one in document.paragraphs if "Town paid" in one.text]
    assert [run.text.strip() for run in paragraph.runs if run.italic] == ["There is *more*."]
    text = transcript_markdown([BY_MODEL], "en")
    assert "The Town paid for Lamps.[^1] *There is \\*more\\*.* The Port paid for Boats.[^2]" in text
    plain = transcript_docx([replace(BY_MODEL, answer=replace(BY_MODEL.answer, mode="extractive"))], "en")
    assert len([one for one in docx.Document(io.BytesIO(plain)).paragraphs if " paid for " in one.text]) == 2 + 1


def test_the_words_about_who_has_written_it_are_those_of_the_page(root: Path) -> None:
    template = (root / "assistant" / "panels" / "turn.jinja").read_text(encoding="utf-8")
    romanian = read_words("ro", [root / "assistant" / "panels"])
    for tell in (by_whom, connecting):
        assert f'_("{tell("en")}")' in template
        assert romanian.gettext(tell("en")) == tell("ro")
    assert romanian.gettext(by_whom("en", "{name}")) == by_whom("ro", "{name}")


def test_a_question_is_told_as_understood_in_the_words_of_the_page() -> None:
    text = transcript_markdown([TWO, replace(TWO, understood="what the Lamps cost; 2 of 15")], "en")
    assert text.index("budget of Lamps. ") < text.index("what the Lamps cost; 2 of 15. ")
    assert text.count("budget of Lamps") == 1


def test_word_has_a_heading_for_each_question_and_a_paragraph_for_each_statement() -> None:
    document = docx.Document(io.BytesIO(transcript_docx(ALL, "en")))
    told = [(one.style.name if one.style else "", one.text) for one in document.paragraphs if one.text]
    assert [text for style, text in told if style.startswith("Heading")] == [one.answer.question for one in ALL]
    assert [text for style, text in told if style == "Normal"][:4] == [
        "Asked: 26 November 2026, 23:30 UTC",
        "2 of 15 projects:, ",
        "Lamps – “the Town”",
        "Boats – “the Port”",
    ]
    assert document.core_properties.title == "Questions and answers"


def test_the_rows_of_a_comparison_are_a_table() -> None:
    [table] = docx.Document(io.BytesIO(transcript_docx(ALL, "en"))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Project", "Budget"],
        ["Lamps", "“5 EUR”"],
        ["Boats / more", "–"],
    ]
    assert table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader")
    assert (
        "| Project | Budget |\n| --- | --- |\n| Lamps[^3] | “5 EUR” |\n| Boats / more | – |\n"
        in transcript_markdown(ALL, "en")
    )


@pytest.mark.parametrize("rows", [["| only one row"], ["|-"], ["|"], ["| a | b |", "|---|---|", "| c |"], ["| a", "b"]])
def test_rows_that_make_no_table_are_told_as_they_are(rows: list[str]) -> None:
    text = word_body(transcript_docx([answer("?", *(Statement(row, is_remark=True) for row in rows))], "en"))
    assert [row for row in rows if row not in text] == []


NOTES = [
    "“Funder: the Town\nand its people”, Lamps, lamps.pdf, page 2, retrieved 26 November 2026.",
    "“paid by the Port”, Boats, boats.md, retrieved 26 November 2026.",
    "“5 EUR”, Lamps, lamps.pdf, page 2, retrieved 26 November 2026.",
]


def test_a_note_holds_the_quote_the_project_the_document_the_page_and_the_day() -> None:
    assert list(word_notes(io.BytesIO(transcript_docx(ALL, "en"))).values()) == [f" {note}" for note in NOTES]
    on_one_line = [" ".join(note.split()) for note in NOTES]
    assert list(markdown_notes(transcript_markdown(ALL, "en")).values()) == on_one_line
    text = body_of("pdf")
    assert [note for n, note in enumerate(on_one_line, start=1) if f"{n} {note}" not in text] == []


def test_the_day_of_a_note_is_that_of_its_own_question() -> None:
    later = replace(TABLE, asked_at="2026-11-27T00:30:00+02:00")  # the evening before, in UTC
    last = replace(TWO, asked_at="2026-11-28T08:00:00+00:00")
    days = [
        note.rpartition("retrieved ")[2] for note in markdown_notes(transcript_markdown([later, last], "en")).values()
    ]
    assert days == ["26 November 2026.", "28 November 2026.", "28 November 2026."]


def test_a_citation_used_again_is_the_same_note_referred_to() -> None:
    shown, _, listed = transcript_markdown(ALL, "en").partition("\n[^1]:")
    assert re.findall(r"\[\^(\d+)\]", shown) == ["1", "2", "1", "2", "3"]
    assert re.findall(r"^\[\^(\d+)\]", f"[^1]:{listed}", re.MULTILINE) == ["1", "2", "3"]
    document = parts(io.BytesIO(transcript_docx(ALL, "en")))["word/document.xml"]
    assert [str(one.get(f"{W}id")) for one in document.iter(f"{W}footnoteReference")] == ["1", "2", "3"]
    named = {str(one.get(f"{W}name")): str(one.get(f"{W}id")) for one in document.iter(f"{W}bookmarkStart")}
    assert set(named.values()) == {str(one.get(f"{W}id")) for one in document.iter(f"{W}bookmarkEnd")} == {"1", "2"}
    fields = [(str(one.get(f"{W}instr")).split()[1], text_of(one)) for one in document.iter(f"{W}fldSimple")]
    assert [(named[name], shown) for name, shown in fields] == [("1", "1"), ("2", "2")]


def test_many_in_a_row_are_told_from_first_to_last_where_each_stands_by_itself_too() -> None:
    many = [cited(n, f"project {n}") for n in range(1, 8)]
    each = [Statement(f"Project {one.n}", (one.n,)) for one in many]
    listed = answer("Which?", Statement("7 of 7:", tuple(range(1, 8))), *each, citations=many)
    text = transcript_markdown([TWO, listed], "en")
    assert "\n7 of 7:[^3]–[^9]\n\nProject 1[^3]\n" in text
    assert list(markdown_notes(text)) == [str(n) for n in range(1, 10)]
    assert "7 of 7:3–9 Project 13 Project 24" in body_of("pdf", exchanges=[TWO, listed])
    alone = answer("Which?", Statement("7 of 7:", tuple(range(1, 8))), citations=many)
    assert "\n7 of 7:[^1] [^2] [^3] [^4] [^5] [^6] [^7]\n" in transcript_markdown([alone], "en")


def test_a_long_question_is_cut_in_its_heading_and_stands_below_whole() -> None:
    draft = "Have you ever done " + "a project of this kind " * 40
    lines = transcript_markdown([answer(draft)], "en").splitlines()
    assert lines[2].startswith("## Have you ever done")
    assert lines[2].endswith(" …")
    assert len(lines[2]) <= LONGEST_HEADING + 5
    assert lines[4] == f"> {draft.strip()}"


def test_nothing_asked_is_a_document_that_says_so() -> None:
    for language, words in _WORDS.items():
        assert words["none"] in transcript_markdown([], language)
        assert words["none"] in pdf_text(transcript_pdf([], language))
        assert words["none"] in word_body(transcript_docx([], language))


def test_a_number_without_a_citation_is_left_out() -> None:
    assert "[^" not in transcript_markdown([answer("Who?", Statement("Nobody", (4,)))], "en")


def everywhere(text: str) -> Exchange:
    """A conversation that holds a text in every place that can hold one."""
    one = Citation(1, text, "p", text, "d", 1, Span(0, len(text)), text)
    table = [Statement("| a | |"), Statement("|---|---|"), Statement(f"| {text.replace('|', '/')} |", (1,))]
    return answer(text, Statement(text, (1,)), *table, citations=[one], plan=text)


def seen(text: str) -> str:
    """What a reader sees of a text, on one line."""
    return UNWRITABLE.sub(LOST, " ".join(text.split()))


@pytest.mark.parametrize(
    "text", [HOSTILE, ODD, "long " * 2_000, "x" * 2_000, "line\n" * 300, " ", "", "|", "- a", "1) a"]
)
def test_whatever_stands_in_any_field_comes_out_as_text(text: str) -> None:
    told = [everywhere(text)]
    said = seen(text)
    assert said in " ".join(word_body(transcript_docx(told, "en")).split())
    assert f"“{said}" in " ".join(
        " ".join(word_notes(io.BytesIO(transcript_docx(told, "en"))).values()).split()
    ).replace("“ ", "“")
    assert said in markdown_notes(transcript_markdown(told, "en"))["1"]
    # A word that runs over a line's end, or a page's with its number, is in pieces.
    whole = re.sub(r"\s|\d+ / \d+", "", pdf_text(transcript_pdf(told, "en")))
    assert whole.count(re.sub(r"\s", "", said)[:1_000]) >= 4


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(TEXT)
@example(HOSTILE)
@example("- a")
@example("+ b")
@example("12. c")
@example("(iv) d")
@example("=== e")
@example(": f")
def test_whatever_is_said_markdown_shows_as_it_is(text: str) -> None:
    told = answer("Who?", Statement(text, (1,)), citations=[cited(1, text)])
    shown = transcript_markdown([told], "en")
    line = shown.splitlines()[6]
    assert line.endswith("[^1]")
    assert rendered(line.removesuffix("[^1]")) == seen(text)
    assert [token.type for token in MarkdownIt().parse(line)] == ["paragraph_open", "inline", "paragraph_close"]
    assert markdown_notes(shown)["1"].startswith(seen(f"“{text}"))


@settings(max_examples=12)
@given(TEXT)
def test_whatever_is_said_word_opens_and_holds_it(text: str) -> None:
    data = transcript_docx([everywhere(text)], "en")
    docx.Document(io.BytesIO(data))
    assert seen(text) in " ".join(word_body(data).split())
    assert seen(text) in " ".join(" ".join(word_notes(io.BytesIO(data)).values()).split())


WRITTEN = st.text(st.characters(max_codepoint=0x24F, exclude_categories=("Cc", "Cs", "Cf")), max_size=120)


@settings(max_examples=25)
@given(WRITTEN)
def test_whatever_is_said_in_latin_letters_a_pdf_holds(text: str) -> None:
    whole = re.sub(r"\s", "", pdf_text(transcript_pdf([everywhere(text)], "en")))
    assert re.sub(r"\s", "", text) in whole


@settings(max_examples=25)
@given(TEXT)
def test_whatever_is_said_a_pdf_opens(text: str) -> None:
    assert len(PdfReader(io.BytesIO(transcript_pdf([everywhere(text)], "ro"))).pages) >= 1


@pytest.mark.parametrize("make", [transcript_markdown, transcript_pdf])
def test_the_same_conversation_is_the_same_file(make: Callable[[Sequence[Exchange], str], str | bytes]) -> None:
    assert make(ALL, "en") == make(ALL, "en")
    assert make(ALL, "en") != make([TWO, TABLE], "en")


def test_what_the_assistant_answers_becomes_a_document_with_every_quote(assistant: Assistant) -> None:
    asked = ["Which projects are there?", "Ce buget a avut Silver Stories?", "Who funded Winter Palace?"]
    told = [Exchange(assistant.ask(question)) for question in asked]
    quotes = [" ".join(one.quote.split()) for exchange in told for one in exchange.answer.citations]
    assert len(quotes) >= 16
    notes = list(markdown_notes(transcript_markdown(told, "ro")).values())
    assert [f"„{quote}”" in note for quote, note in zip(quotes, notes, strict=True)] == [True] * len(quotes)
    text = pdf_text(transcript_pdf(told, "ro"))
    assert [quote for quote in quotes if quote not in text] == []
