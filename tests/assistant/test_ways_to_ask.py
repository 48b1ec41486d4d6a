"""Questions over records in many wordings: what they leave out, count, put in order and lean on is not lost."""

import pytest

from assistant.assistant import Assistant
from tests.assistant.answers import ask, cited, listed

NORDHAVEN = "Which projects were funded by the Nordhaven Fund?"
IN_2014 = "Which projects ran in 2014?"


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects are not closed?", {"Hill Roads Rehabilitation", "Energy", "School Kitchens"}),
        ("Ce proiecte nu sunt închise?", {"Hill Roads Rehabilitation", "Energy", "School Kitchens"}),
        ("Closed water projects", {"Rural Wells", "Town Water Mains"}),
        ("Which transport and water projects are in Albania?", {"Hill Roads Rehabilitation", "Rural Wells"}),
        ("Which projects approved in 2010 are closed?", {"Rural Wells"}),
        ("Which projects, except those in Georgia, are closed?", {"Rural Wells", "Town Water Mains"}),
        ("Which projects have a cost share?", {"Salt Road"}),
        ("Ce proiecte au cofinanțare?", {"Salt Road"}),
        ("Which projects with sponsors ran in 2020?", {"Paper Boats"}),
        ("What did the European Salt Council support?", {"Salt Road", "Harbour Voices Junior"}),
    ],
)
def test_no_condition_is_lost(reedmoor: Assistant, question: str, titles: set[str]) -> None:
    found = ask(reedmoor, question)
    assert set(listed(found)) == titles
    assert found.status == "answered"


@pytest.mark.parametrize(
    "question", ["Which projects began in May?", "Ce proiecte au început în mai?", "Add up 2 and 2", "Adună 2 și 2"]
)
def test_a_month_or_a_figure_that_says_no_condition_is_told_as_not_understood(
    reedmoor: Assistant, question: str
) -> None:
    found = ask(reedmoor, question)
    assert (found.status, found.citations) == ("refused", ())


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Which was the first project funded by the European Salt Council?", "Salt Road"),
        ("Care a fost primul proiect finanțat de European Salt Council?", "Salt Road"),
        ("Which project closes last?", "Paper Boats"),
        ("Which project was approved first?", "Turbine Halls"),
        ("What was the longest project in EUR?", "Harbour Voices"),
    ],
)
def test_the_first_is_the_earliest_whatever_else_is_asked(reedmoor: Assistant, question: str, first: str) -> None:
    assert ask(reedmoor, question).statements[0].text.startswith(f"{first} – ")


def test_the_last_two_are_the_latest(reedmoor: Assistant) -> None:
    lines = [one.text.partition(" – ")[0] for one in ask(reedmoor, "Ultimele două proiecte").statements]
    assert lines[:2] == ["Paper Boats", "Harbour Voices Junior"]


def test_what_else_is_asked_of_the_largest_is_told_beside_it(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "What is the largest project in EUR and who paid for it?")
    assert found.statements[0].text == "Lantern Walk – “120,000 EUR”; Funder: “Nordhaven Fund”"


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which funders paid for more than one project?", ["Nordhaven Fund", "European Salt Council"]),
        ("Which funders paid for at least three projects?", ["Nordhaven Fund"]),
        ("Ce finanțatori au plătit cel puțin trei proiecte?", ["Nordhaven Fund"]),
    ],
)
def test_organisations_are_asked_for_by_how_many_projects_they_have(
    reedmoor: Assistant, question: str, names: list[str]
) -> None:
    lines = [one.text for one in ask(reedmoor, question).statements[1:]]
    assert [line.split("”")[0].strip("“„") for line in lines] == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (
            "Which projects started before Salt Road?",
            {"Turbine Halls", "Rural Wells", "Winter Orchard", "Town Water Mains"},
        ),
        ("Which projects cost more than Harbour Voices?", {"Lantern Walk"}),
    ],
)
def test_projects_are_measured_by_one_that_is_named(reedmoor: Assistant, question: str, names: set[str]) -> None:
    assert {project for project, _ in cited(ask(reedmoor, question))} - {"Salt Road", "Harbour Voices"} == names


def test_acronyms_are_known_in_a_yes_or_no_question(reedmoor: Assistant) -> None:
    assert ask(reedmoor, "Was Salt Road funded by the ESC?").text == "Salt Road – Funder: “European Salt Council” [1]"


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who paid for Salt Road, and how much?", ["Funder", "Budget"]),
        ("What were the funder, the period and the budget of Salt Road?", ["Funder", "Period", "Budget"]),
        ("Ce buget a avut Salt Road și de la cine?", ["Buget", "Finanțator"]),
    ],
)
def test_all_fields_asked_for_are_told_in_their_order(reedmoor: Assistant, question: str, names: list[str]) -> None:
    lines = [one.text.partition(" – ")[2] for one in ask(reedmoor, question).statements]
    assert [line.partition(":")[0] for line in lines] == names


@pytest.mark.parametrize(
    ("history", "question", "begins"),
    [
        (NORDHAVEN, "Which of them was larger?", "Lantern Walk – “120,000 EUR”"),
        (NORDHAVEN, "How much did they cost together?", "Together: 185,000 EUR (3 of 16 projects)"),
        (NORDHAVEN, "What is their total budget?", "Together: 185,000 EUR (3 of 16 projects)"),
        ("Ce proiecte a finanțat Nordhaven Fund?", "Care este bugetul lor total?", "Împreună: 185.000 EUR (3 din 16"),
        (NORDHAVEN, "How many of them ran in 2014?", "1 of 16 projects (Nordhaven Fund; 2014):"),
        (IN_2014, "How many were in Georgia?", "1 of 16 projects (2014; Georgia):"),
        ("How many projects began in 2012?", "And in 2014?", "1 of 16 projects (2014):"),
        ("Who funded Salt Road?", "What else did they fund?", "1 of 16 projects (European Salt Council):"),
        ("Tell me about Salt Road", "Who are the partners?", "Salt Road – Partners: “Varna Museum of Trade"),
    ],
)
def test_a_follow_up_keeps_what_it_leans_on(reedmoor: Assistant, history: str, question: str, begins: str) -> None:
    assert ask(reedmoor, question, history).statements[0].text.startswith(begins)


def test_a_name_that_nothing_has_is_not_passed_over_in_a_comparison(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which was larger, Salt Harbour or Harbour Voices?")
    assert found.status == "refused"
    assert "Salt Harbour" in found.statements[0].text


def test_a_year_and_a_month_within_it_are_not_put_in_order(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which ended first, Harbour Voices or Hill Roads Rehabilitation?")
    assert "earlier" in found.text
    found = ask(reedmoor, "Which started first, Winter Orchard or Town Water Mains?")
    assert "earlier" not in found.text
