"""What goes to the clipboard: plain text, with where each quote stands."""

from dataclasses import replace

from assistant.answer import ANSWERED, LLM, Answer, Citation, Statement
from assistant.copied import with_references
from corpus.document import Span

CITED = (
    Citation(1, "Lamps", "lamps", "reports/lamps.pdf", "d1", 2, Span(0, 9), "Budget:\n 5 EUR"),
    Citation(2, None, None, "boats.md", "d2", None, Span(3, 7), "<b>7</b> EUR"),
)
SAID = (Statement("Lamps – “5 EUR”", (1,)), Statement("Boats – “7 EUR”", (2,)))
ANSWER = Answer("How much?", ANSWERED, SAID, CITED, "budget", "en")


def test_the_answer_comes_first_then_where_its_quotes_stand() -> None:
    assert with_references(ANSWER) == (
        "Lamps – “5 EUR” [1]\nBoats – “7 EUR” [2]\n\n"
        "[1] Lamps, reports/lamps.pdf, page 2: “Budget: 5 EUR”\n[2] boats.md: “<b>7</b> EUR”"
    )


def test_it_speaks_the_language_of_the_answer() -> None:
    told = with_references(replace(ANSWER, language="ro"))
    assert "\n[1] Lamps, reports/lamps.pdf, pagina 2: „Budget: 5 EUR”\n" in told
    assert with_references(replace(ANSWER, language="und")) == with_references(ANSWER)


def test_without_quotes_the_answer_stands_alone() -> None:
    nothing = replace(ANSWER, statements=(Statement("Not found.", is_remark=True),), citations=())
    assert with_references(nothing) == "Not found."


def test_who_has_written_it_and_what_was_left_out_stands_behind_the_answer() -> None:
    said = (Statement("Lamps cost 5 EUR.", (1,)), Statement("That was that.", is_connecting=True))
    written = replace(ANSWER, statements=said, mode=LLM, notice="1 sentence was left out.")
    told = with_references(written, "tiny-1").split("\n\n")
    assert told[0] == "Lamps cost 5 EUR. [1]\n_That was that._"
    assert told[1].splitlines() == [
        "1 sentence was left out.",
        "Written by the language model tiny-1; each sentence was checked against the words it cites.",
        "Sentences between _ and _ only connect the others; they rest on no source.",
    ]
    assert told[2].startswith("[1] Lamps")
    assert "Scris de un model de limbaj;" in with_references(replace(written, language="ro"))


def test_a_quoted_answer_says_only_that_the_model_gave_none() -> None:
    told = with_references(replace(ANSWER, notice="The model gave no answer."), "tiny-1")
    assert told.split("\n\n")[1] == "The model gave no answer."
    assert "tiny-1" not in told


def test_what_no_clipboard_holds_shows_as_missing() -> None:
    odd = replace(CITED[0], document="lamp\udce2.pdf", quote="a\x00b")
    told = with_references(replace(ANSWER, citations=(odd,)))
    assert told.endswith("[1] Lamps, lamp\ufffd.pdf, page 2: “a\ufffdb”")
    assert told.encode()
