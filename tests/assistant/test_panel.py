"""The chat's HTML and its conversation, without a page around them."""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import ANSWERED, CLARIFY, REFUSED
from assistant.panel import (
    EXAMPLES,
    LONGEST_TITLE,
    NO_SOURCE,
    SURROUNDINGS,
    VERDICTS,
    WAITING,
    LiveAssistant,
    Turn,
    converse,
    example_questions,
    in_surroundings,
    messages,
    sources,
    take_turn,
)
from assistant.panel_text import literal, one_line
from corpus.document import Span
from corpus.record import Amount, Organisation, Period, Project
from index.settings import Settings

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) \"'&amp;\n\n    # <script>"


@pytest.fixture(scope="module")
def live(sample_store: Path) -> LiveAssistant:
    """Open the sample store."""
    return LiveAssistant(Settings(sample_store))


def project(title: str, *, budget: bool = False, funder: bool = False, period: bool = False) -> Project:
    """Make a record that holds only what is named."""
    span = Span(0, 1)
    return Project(
        id=title, title=title, title_span=None, aliases=(), document="d.txt", span=span, language="en", description="",
        period=Period("2013", None, "2013", span) if period else None,
        amounts=(Amount("5", "EUR", "budget", "5 EUR", span),) if budget else (),
        organisations=(Organisation("EC", "funder", "EC", span),) if funder else (),
    )  # fmt: skip


# Escaping


@given(st.text())
def test_text_becomes_one_line_of_html_that_reads_as_the_text(text: str) -> None:
    html = literal(text)
    assert not re.search(r"[\r\n]", html)
    assert not re.search(r"[<>\"']", html.replace("<br>", ""))
    assert unescape(html.replace("<br>", "\n")) == re.sub(r"\r\n?", "\n", text)


def test_a_heading_is_on_one_line_and_escaped() -> None:
    assert one_line(" <b>\n two  words ") == "&lt;b&gt; two words"


def test_nothing_of_a_question_becomes_markup() -> None:
    turns = (Turn(HOSTILE, ("<p>x</p>",)),)
    asked = messages(turns)[0]["content"]
    assert re.findall(r"<[^>]*>", asked) == ['<div class="said asked">', "<br>", "<br>", "</div>"]
    assert "\n" not in asked
    assert "<img" not in sources(turns)


# Surroundings


@given(st.text(st.sampled_from("ab \n"), max_size=1500), st.data())
def test_a_quote_stands_in_the_text_around_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, quote, after = in_surroundings(text, Span(start, end))
    assert quote == text[start:end]
    before, after = before.removeprefix("… "), after.removesuffix(" …")
    assert text[:start].endswith(before)
    assert text[end:].startswith(after)
    assert max(len(before), len(after)) <= SURROUNDINGS


def test_surroundings_are_cut_between_words_and_say_so() -> None:
    text = "word " * 100 + "QUOTE" + " word" * 100
    before, _, after = in_surroundings(text, Span(500, 505))
    assert before == "… " + "word " * (SURROUNDINGS // 5 - 1)
    assert after == " word" * (SURROUNDINGS // 5 - 1) + " …"


def test_surroundings_that_reach_the_ends_of_the_document_are_whole() -> None:
    assert in_surroundings("a QUOTE b", Span(2, 7)) == ("a ", "QUOTE", " b")


def test_a_quote_amid_one_endless_word_still_has_surroundings() -> None:
    before, _, after = in_surroundings("x" * 2000, Span(1000, 1001))
    assert (before, after) == ("… " + "x" * SURROUNDINGS, "x" * SURROUNDINGS + " …")


# Example questions


def test_each_example_question_is_about_another_project_that_can_answer_it() -> None:
    projects = [project("A", period=True), project("B", budget=True, funder=True), project("C", funder=True)]
    assert example_questions(projects) == ["What was the budget of B?", "Who funded C?", "When did A take place?"]


def test_a_field_that_no_project_has_is_not_asked_for() -> None:
    assert example_questions([project("A", period=True)]) == ["When did A take place?"]
    assert example_questions([project("A")]) == []


def test_a_title_too_long_to_read_is_no_example() -> None:
    assert example_questions([project("x" * (LONGEST_TITLE + 1), budget=True)]) == []


def test_the_example_questions_of_the_sample_are_answered(live: LiveAssistant) -> None:
    questions = example_questions(list(live.store.projects.values()))
    assert len(questions) == len(EXAMPLES)
    assert [live.ask(question, [])[0].status for question in questions] == [ANSWERED] * len(EXAMPLES)


# Conversation


def test_a_marker_leads_to_the_card_with_the_quote(live: LiveAssistant) -> None:
    turn = take_turn(live, "What was the budget of Silver Stories?", [], 3)
    assert turn.status == ANSWERED
    assert '<a href="#source-3-1">[1]</a>' in turn.statements[0]
    assert '<article id="source-3-1"><h3>[1] Silver Stories</h3>' in turn.cards
    assert "<mark>Budget: 279.014 EUR</mark>" in turn.cards
    assert "silver-stories.md, characters 747–766" in turn.cards
    assert turn.note == "Understood as: budget of Silver Stories. Every quote was checked against its document."


def test_a_quote_of_a_report_says_on_which_page_it_stands(live: LiveAssistant) -> None:
    turn = take_turn(live, "Who were the sponsors of the OCCUPY LIBRARY Conference?", [], 1)
    assert "<mark>Sponsors: Qulto, Solus</mark>" in turn.cards
    assert "<p>occupy-library-report.pdf, page 3, characters " in turn.cards


def test_an_answer_is_shown_statement_by_statement_and_its_note_last(live: LiveAssistant) -> None:
    steps = [shown[-1]["content"] for _, shown, _ in converse(live, "What is Silver Stories?", ())]
    assert WAITING in steps[0]
    counts = [step.count("<p>") for step in steps[1:]]
    assert len(counts) > 1
    assert counts == list(range(1, len(counts) + 1))
    assert ["<small>" in step for step in steps[1:]] == [*[False] * (len(counts) - 1), True]


def test_an_earlier_question_says_what_a_later_one_is_about(live: LiveAssistant) -> None:
    *_, (turns, _, _) = converse(live, "What was the budget of Silver Stories?", ())
    *_, (turns, shown, pane) = converse(live, "Who funded it?", turns)
    assert [turn.question for turn in turns] == ["What was the budget of Silver Stories?", "Who funded it?"]
    assert "Leonardo da Vinci" in shown[-1]["content"]
    assert pane.count("<details") == 2
    assert '<details name="turn" open><summary>Who funded it?' in pane


def test_a_refusal_looks_like_one_and_cites_nothing(live: LiveAssistant) -> None:
    turns = (take_turn(live, "Who funded Project Apollo?", [], 1),)
    assert turns[0].status == REFUSED
    assert f'<div class="said refused"><b>{VERDICTS[REFUSED]}</b>' in messages(turns)[-1]["content"]
    assert "Nothing is cited." in messages(turns)[-1]["content"]
    assert NO_SOURCE in sources(turns)


def test_a_list_is_shown_line_by_line_with_a_card_for_each_project(live: LiveAssistant) -> None:
    turn = take_turn(live, "How many projects are there?", [], 1)
    assert turn.status == ANSWERED
    assert turn.statements[0].startswith("<p>All 15 projects:")
    assert len(turn.statements) == 1 + 15
    assert turn.cards.count("<article") == 15
    markers = set(re.findall(r'href="#(source-1-\d+)"', "".join(turn.statements)))
    assert markers == set(re.findall(r'<article id="(source-1-\d+)"', turn.cards))


def test_three_projects_side_by_side_are_shown_as_a_table(live: LiveAssistant) -> None:
    turn = take_turn(live, "Compare the budgets of Silver Stories, DigiTales and CODE Kids", [], 2)
    html = "".join(turn.statements)
    assert "---" not in html
    assert "|" not in html
    assert html.count("<tr") == 1 + 3
    assert "279.014 EUR" in html
    assert 'href="#source-2-1"' in html


def test_a_list_can_be_narrowed_by_the_next_question(live: LiveAssistant) -> None:
    *_, (turns, _, _) = converse(live, "Which projects were funded by EEA Grants?", ())
    *_, (turns, shown, _) = converse(live, "How many are there?", turns)
    assert turns[1].status == ANSWERED
    assert "2 of 15 projects (EEA Grants)" in shown[-1]["content"]


def test_a_blank_question_changes_nothing(live: LiveAssistant) -> None:
    turns = (Turn("before", ("<p>answer</p>",)),)
    assert list(converse(live, " \n ", turns)) == [(turns, messages(turns), sources(turns))]


def test_a_question_without_a_word_is_asked_about_in_one_line(live: LiveAssistant) -> None:
    turn = take_turn(live, "???", [], 1)
    assert turn.status == CLARIFY
    assert len(turn.statements) == 1
