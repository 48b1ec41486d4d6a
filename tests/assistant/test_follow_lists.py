"""Follow-ups on what a list, an extreme, partners or precedents told: the same records, none lost and none added."""

import pytest

from assistant.assistant import Assistant
from tests.assistant.answers import ask, cited, listed, quotes

GEORGIA, RO_GEORGIA = "Which projects are in Georgia?", "Ce proiecte sunt în Georgia?"
NORDHAVEN = "Which projects were funded by the Nordhaven Fund?"


@pytest.mark.parametrize(
    ("history", "question", "titles"),
    [
        ([NORDHAVEN], "What were their budgets?", {"Lantern Walk", "Harbour Voices", "Podul de Lemn"}),
        ([NORDHAVEN], "Which of them had partners from Ukraine?", {"Lantern Walk", "Harbour Voices"}),
        ([NORDHAVEN], "Which of them is the most recent?", {"Podul de Lemn"}),
        ([NORDHAVEN], "And by the European Salt Council?", {"Salt Road", "Harbour Voices Junior"}),
        (["Which projects are closed?"], "And which are active?", {"Hill Roads Rehabilitation", "Energy"}),
        (
            ["Which projects are closed?"],
            "How many of them are in Georgia?",
            {"Coastal Roads Upgrade", "Turbine Halls"},
        ),
        ([RO_GEORGIA], "și în Tunisia?", {"School Kitchens", "Town Water Mains"}),
        ([RO_GEORGIA], "Câte sunt?", {"Coastal Roads Upgrade", "Energy", "Turbine Halls"}),
        ([RO_GEORGIA], "Care dintre ele a costat cel mai mult?", {"Coastal Roads Upgrade"}),
        ([GEORGIA, "Only the closed ones"], "Which of them is the cheapest?", {"Turbine Halls"}),
        ([GEORGIA, "Who funded Salt Road?"], "When did it run?", {"Salt Road"}),
    ],
)
def test_what_is_asked_next_is_of_the_records_told(
    reedmoor: Assistant, history: list[str], question: str, titles: set[str]
) -> None:
    assert {project for project, _ in cited(ask(reedmoor, question, *history))} == titles


@pytest.mark.parametrize(
    ("history", "question", "told"),
    [
        (["Which project is the largest in EUR?"], "And the second largest?", "Harbour Voices – “45,000 EUR”"),
        (
            ["Which project is the largest in EUR?"],
            "And the smallest?",
            "Podul de Lemn – “20.000 EUR”, that is 20,000 EUR",
        ),
        (["Which project is the largest in EUR?"], "And in RON?", "Moara Veche – “75.000 RON”, that is 75,000 RON"),
        (["What is the total budget in EUR?"], "And in RON?", "Together: 105,000 RON (2 of 16 projects)"),
        ([RO_GEORGIA], "Cât costă împreună?", "Împreună: 11.150.000 (3 din 16 proiecte)"),
        ([GEORGIA], "What is the average cost of these?", "On average: 3,716,666.67 (3 of 16 projects)"),
    ],
)
def test_an_order_or_a_sum_is_asked_anew(reedmoor: Assistant, history: list[str], question: str, told: str) -> None:
    assert ask(reedmoor, question, *history).statements[0].text == told


def test_the_largest_of_three_spoken_of_is_the_largest_of_these(reedmoor: Assistant) -> None:
    budgets = ["What was the budget of Harbour Voices?", "And of Lantern Walk?", "And of Podul de Lemn?"]
    found = ask(reedmoor, "Which of the three was the largest?", *budgets)
    assert "Lantern Walk" in {project for project, _ in cited(found)}
    assert {project for project, _ in cited(found)} <= {"Lantern Walk", "Harbour Voices", "Podul de Lemn"}
    assert "1 of 16" not in found.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which of them is from Poland?", ["Gdynia Sailors' Union (Poland)"]),
        ("How many are there?", ["Gdynia Sailors' Union (Poland)", "Kharkiv Book Club (Ukraine)"]),
    ],
)
def test_partners_told_are_narrowed_down_and_counted(reedmoor: Assistant, question: str, told: list[str]) -> None:
    assert quotes(ask(reedmoor, question, "Who were the partners of Harbour Voices?")) == told


def test_the_partners_that_made_a_project_the_first_are_told(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Who were they?", "Which project had the most partners?")
    assert "Kyiv Institute of Reading" in found.text
    assert "Teenagers" not in found.text


def test_the_first_of_the_precedents_is_what_it_means(reedmoor: Assistant) -> None:
    idea = "Have you done anything similar to mapping street lamps with teenagers?"
    for question in ("Who funded it?", "Who funded the first one?"):
        assert cited(ask(reedmoor, question, idea)) >= {("Lantern Walk", "projects.md")}


@pytest.mark.parametrize("answer", ["Salt Road", "Of Salt Road", "Salt Road, please."])
def test_the_project_that_was_asked_back_for_gets_the_field_asked_before(reedmoor: Assistant, answer: str) -> None:
    assert quotes(ask(reedmoor, answer, "What was the budget?")) == ["Budget: 12,500 GBP"]


def test_thanks_before_a_follow_up_change_nothing(reedmoor: Assistant) -> None:
    told = ask(reedmoor, "Thanks! And Harbour Voices?", "Who funded Salt Road?").text
    assert told == ask(reedmoor, "And Harbour Voices?", "Who funded Salt Road?").text


@pytest.mark.parametrize("question", ["Which other projects did they fund?", "Ce alte proiecte au mai finanțat?"])
def test_other_projects_of_a_funder_just_told_are_not_all_projects(reedmoor: Assistant, question: str) -> None:
    found = ask(reedmoor, question, "Who funded Salt Road?")
    assert found.status != "answered" or listed(found) == ["Harbour Voices Junior"]


@pytest.mark.parametrize("question", ["Why?", "Are you sure?", "Thank you"])
def test_what_asks_for_nothing_is_answered_with_nothing(reedmoor: Assistant, question: str) -> None:
    found = ask(reedmoor, question, "Who funded Salt Road?")
    assert found.status != "answered"
    assert found.citations == ()
