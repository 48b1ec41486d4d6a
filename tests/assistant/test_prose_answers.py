"""Passage answers over small stores: which sentence is shown, beside which others, and when none is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.answer import ANSWERED, REFUSED, Answer
from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store
from index.texts import add_texts

Ask = Callable[..., Answer]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    """Ask a question of texts: (title, text) or (title, text, language)."""
    stores: list[Store] = []

    def asked(question: str, *texts: tuple[str, ...]) -> Answer:
        settings = Settings(tmp_path / f"store-{len(stores)}")
        add_texts(
            settings,
            [(f"{at}.txt", one[0], one[1], one[2] if len(one) > 2 else "en") for at, one in enumerate(texts)],
        )
        stores.append(Store(settings))
        return Assistant(stores[-1]).ask(question)

    yield asked
    for store in stores:
        store.close()


WELLS = (
    "",
    "The wells of the valley were dug by hand in 1902. Forty families drew their water there until the pumps came. "
    "The last well was closed by Ana Dobre, who had kept its rope for thirty years.",
)


def test_the_number_with_its_noun_is_decisive(ask: Ask) -> None:
    answer = ask("How many families drew water from the wells?", WELLS)
    assert answer.status == ANSWERED
    (citation,) = answer.citations
    (span,) = citation.decisive
    at = citation.span.start
    assert citation.quote[span.start - at : span.end - at] == "Forty families"


def test_the_name_is_decisive_where_a_person_is_asked_for(ask: Ask) -> None:
    answer = ask("Who kept the rope of the well for thirty years?", WELLS)
    said = [c.quote[s.start - c.span.start : s.end - c.span.start] for c in answer.citations for s in c.decisive]
    assert said == ["Ana Dobre"]


@pytest.mark.parametrize(
    "question",
    [
        "How much were the diggers of the wells paid?",
        "How many pumps came to the valley?",
        "Who drew the map of the valley's mines?",
        "When did the football club win the cup?",
    ],
)
def test_what_the_text_does_not_say_is_refused(ask: Ask, question: str) -> None:
    assert ask(question, WELLS).status == REFUSED


def test_a_year_of_something_else_is_not_told(assistant: Assistant, ask: Ask) -> None:
    question = "In which year was the Progress Foundation set up?"
    assert assistant.ask(question).status == REFUSED
    told = ask("In which year were the wells dug?", WELLS)
    assert "1902" in told.text


@pytest.mark.parametrize("kind", ["țări", "orașe"])
def test_where_no_place_is_named_none_is_told(assistant: Assistant, kind: str) -> None:
    said = assistant.ask(f"În ce {kind} s-au ținut întâlnirile din Learning circle in libraries?")
    assert said.status == REFUSED


@pytest.mark.parametrize(
    "question", ["In which village were the wells dug by hand?", "Where were the wells dug by hand?"]
)
def test_a_place_that_is_named_answers(ask: Ask, question: str) -> None:
    said = ask(question, ("", "The wells were dug by hand in Vadu Rece. The pumps came later."))
    assert "Vadu Rece" in said.text


def test_a_second_source_that_says_the_same_is_shown_too(ask: Ask) -> None:
    other = ("", "By all accounts forty families drew water from the old wells in those years.")
    answer = ask("How many families drew water from the wells?", WELLS, other)
    assert {citation.document for citation in answer.citations} == {"0.txt", "1.txt"}
    assert not any(statement.is_remark for statement in answer.statements)


def test_sources_that_differ_are_both_shown_with_a_remark(ask: Ask) -> None:
    one = ("", "Forty families drew their water from the wells of the valley until the pumps came.")
    other = ("", "Sixty families drew their water from the wells of the valley before the pumps came.")
    answer = ask("How many families drew water from the wells of the valley?", one, other)
    assert {citation.document for citation in answer.citations} == {"0.txt", "1.txt"}
    assert [statement.is_remark for statement in answer.statements][-1]


def test_a_romanian_question_finds_the_english_sentence(ask: Ask) -> None:
    answer = ask("Câte familii își luau apa din fântânile din vale?", WELLS)
    assert answer.status == ANSWERED
    assert "Forty families" in answer.text


def test_an_english_question_finds_the_romanian_sentence(ask: Ask) -> None:
    told = "Biblioteca a fost deschisă în 1931. Patruzeci de elevi au învățat acolo să citească hărți."
    answer = ask("How many pupils learned to read maps at the library?", ("", told, "ro"))
    assert answer.status == ANSWERED
    assert "Patruzeci de elevi" in answer.text


def test_a_description_has_two_to_four_sentences_and_the_facts_in_one_line(assistant: Assistant) -> None:
    answer = assistant.ask("What is Silver Stories?")
    quoted = [statement for statement in answer.statements if statement.text.startswith("“")]
    assert 2 <= len(quoted) <= 4
    starts = [citation.span.start for citation in answer.citations[: len(quoted)]]
    assert starts == sorted(starts)
    assert "Budget: “" in answer.statements[-1].text
    assert len(answer.statements[-1].cites) > 1
