"""A project that is not named is found by who paid, where it was and what its text tells of, if one fits alone."""

import pytest

from assistant.assistant import Assistant
from assistant.described import Described
from assistant.evidence import Rarity
from assistant.linking import Subject
from assistant.question import understand
from tests.assistant.answers import ask, quotes


@pytest.fixture(scope="module")
def described(reedmoor: Assistant) -> Described:
    return Described(reedmoor.records, reedmoor.vocabulary, Rarity(reedmoor.store))


def _found(reedmoor: Assistant, described: Described, question: str) -> list[Subject]:
    return described.find(understand(question, [], reedmoor.vocabulary))


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What was the budget of the project in Chișinău?", "Buget: 20.000 EUR"),
        ("What was the budget of the project that Banca Dunării paid for?", "Buget: 75.000 RON"),
        ("Ce buget a avut proiectul finanțat de Ministerul Apelor?", "Buget: 30.000 RON"),
        ("Who funded the project that grafted forgotten apples?", "Funder: Aurel Pop"),
        ("When did the project with evening walks and street lamps run?", "Period: March 2014 – June 2016"),
        ("What is the status of the roads project in Georgia?", "status: Closed"),
        ("What is the total cost of the wells project in Albania?", "totalcostamt: 1200000"),
    ],
)
def test_the_one_project_that_fits_answers(reedmoor: Assistant, question: str, quote: str) -> None:
    assert quote in quotes(ask(reedmoor, question))


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        (
            "What was the budget of the project funded by the Nordhaven Fund?",
            ["120,000 EUR", "45,000 EUR", "20.000 EUR"],
        ),
        ("What is the status of the project in Georgia?", ["Closed", "Active", "Closed"]),
    ],
)
def test_of_the_few_that_fit_each_answers_or_it_is_asked_which(
    reedmoor: Assistant, question: str, quoted: list[str]
) -> None:
    found = ask(reedmoor, question)
    told = [quote.partition(": ")[2] for quote in dict.fromkeys(quotes(found)) if found.status == "answered"]
    assert found.status == "clarify" or set(told) == set(quoted)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Who funded the orchard project?", "Funder: Aurel Pop"),
        ("Who were the partners of the boats project?", "Partners: Varna Museum of Trade (Bulgaria), Ostrava City"),
        ("Budget orchard", "Budget: 640,00 CHF"),
        ("Ce buget a avut proiectul despre albine?", "Buget: 30.000 RON"),
        ("Cine a finanțat proiectul cu stupi?", "Finanțator: Ministerul Apelor"),
        ("Who funded the project about prisons?", "Funder: Aurel Pop"),
        ("Partenerii Podului de Lemn", "Parteneri: Biblioteca Municipală din Chișinău (Moldova)"),
    ],
)
def test_one_word_is_enough_where_one_project_tells_of_it(reedmoor: Assistant, question: str, quote: str) -> None:
    (told,) = quotes(ask(reedmoor, question))
    assert told.startswith(quote)


def test_where_several_titles_hold_the_word_it_is_asked_which(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Who funded the voices project?")
    assert found.status == "clarify"
    assert "Harbour Voices; Harbour Voices Junior" in found.text


def test_what_the_project_is_called_by_is_not_looked_for_in_its_text(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "How many walkers took part in the lantern project?")
    assert "640 walkers came along" in found.text


def test_where_none_fits_no_figure_is_told(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "What was the budget of the project on volcanoes in Iceland?")
    assert (found.status, found.citations) == ("refused", ())


def test_a_condition_with_words_of_the_text_finds_the_one_among_several(
    reedmoor: Assistant, described: Described
) -> None:
    (one,) = _found(reedmoor, described, "What was the status of the boilers project in Georgia?")
    assert one.title == "Energy"
    assert len(_found(reedmoor, described, "What was the status of the project in Georgia?")) != 1


def test_the_files_of_one_project_are_one(reedmoor: Assistant, described: Described) -> None:
    found = _found(reedmoor, described, "When did the project run that mapped street lamps with teenagers?")
    assert {one.title for one in found} == {"Lantern Walk"}


def test_a_share_of_the_words_is_held_in_any_form_and_language(reedmoor: Assistant, described: Described) -> None:
    subject = next(one for one in reedmoor.records.projects(reedmoor.store.choose()) if one.title == "Winter Orchard")
    assert described.share(subject, ["apple", "gardener"], "en") == pytest.approx(1.0)
    assert described.share(subject, ["inchisoare"], "ro") == pytest.approx(1.0)
    assert described.share(subject, ["volcano"], "en") == 0.0
    assert 0 < described.share(subject, ["apple", "volcano"], "en") < 1
    assert described.share(subject, [], "en") == 1.0
