"""Follow-up questions take from the ones before what they leave unsaid, and nothing else."""

import pytest

from assistant.assistant import Assistant
from tests.assistant.answers import ask, cited, listed

BUDGET = "What was the budget of Salt Road?"
SALT = "Which projects were funded by the European Salt Council?"
LARGEST = "Which project has the largest budget in EUR?"


@pytest.mark.parametrize(
    ("history", "question", "told"),
    [
        ([BUDGET], "And who funded it?", "Salt Road – Funder: “European Salt Council”"),
        ([BUDGET], "When did it run?", "Salt Road – Period: “May 2012 – May 2013”"),
        ([BUDGET], "When?", "Salt Road – Period: “May 2012 – May 2013”"),
        ([BUDGET], "its partners?", "Salt Road – Partners: “Varna Museum of Trade (Bulgaria)”"),
        ([BUDGET], "What about Harbour Voices?", "Harbour Voices – Budget: “45,000 EUR”"),
        ([BUDGET], "And Harbour Voices?", "Harbour Voices – Budget: “45,000 EUR”"),
        (
            ["Ce buget a avut Casa Albinelor?"],
            "și cine a fost partener?",
            "Casa Albinelor – Parteneri: „Școala din Luncani”",
        ),
        (["Ce buget a avut Casa Albinelor?"], "dar Moara Veche?", "Moara Veche – Buget: „75.000 RON”"),
        (["Cine a finanțat Moara Veche?"], "Când s-a desfășurat?", "Moara Veche – Perioadă: „2015 – 2017”"),
        (["What is the status of Rural Wells?"], "And of Town Water Mains?", "Town Water Mains – status: “Closed”"),
        ([BUDGET, "And who funded it?"], "And when did it end?", "Salt Road – Period: “May 2012 – May 2013”"),
        ([BUDGET, "How tall is Mont Blanc?"], "Who funded it?", "Salt Road – Funder: “European Salt Council”"),
    ],
)
def test_the_project_or_the_field_is_that_of_the_question_before(
    reedmoor: Assistant, history: list[str], question: str, told: str
) -> None:
    (one,) = ask(reedmoor, question, *history).statements
    assert one.text == told


def test_a_follow_up_about_a_project_in_two_files_does_not_contradict_itself(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "și cine a fost partener?", "Cine a finanțat Lantern Walk?")
    assert "Kyiv Institute of Reading" in found.text
    assert "nu spun acest lucru" not in found.text


def test_a_question_of_its_own_takes_nothing_from_before(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "How tall is Mont Blanc?", BUDGET)
    assert found.status == "refused"
    assert found.plan == "passages about: tall, mont, blanc"


def test_the_first_question_has_nothing_to_lean_on(reedmoor: Assistant) -> None:
    assert ask(reedmoor, "And who funded it?").status == "clarify"


@pytest.mark.parametrize(
    ("history", "question", "told"),
    [
        (
            ["What was the budget of Harbour Voices?", "And of Podul de Lemn?"],
            "Which of them was larger?",
            "Harbour Voices has the larger one, by 25,000 EUR.",
        ),
        (
            ["What was the budget of Harbour Voices?", "And of Lantern Walk?"],
            "Which of them was larger?",
            "Lantern Walk has the larger one, by 75,000 EUR.",
        ),
        (
            ["Ce buget a avut Casa Albinelor?", "dar Moara Veche?"],
            "Care a fost mai mare?",
            "Moara Veche are suma mai mare, cu 45.000 RON.",
        ),
    ],
)
def test_the_two_spoken_of_last_are_compared(reedmoor: Assistant, history: list[str], question: str, told: str) -> None:
    assert told in [one.text for one in ask(reedmoor, question, *history).statements]


@pytest.mark.parametrize(
    ("history", "question", "title"),
    [
        ([SALT], "When did the second one run?", "Salt Road"),
        ([SALT], "When did the first one run?", "Harbour Voices Junior"),
        (["Ce proiecte a finanțat European Salt Council?"], "Ce buget a avut cel din urmă?", "Salt Road"),
        (
            ["What was the budget of Salt Road?", "And of Harbour Voices?"],
            "When did the second one run?",
            "Harbour Voices",
        ),
        (
            ["What was the budget of Lantern Walk?", "And of Harbour Voices?"],
            "When did the second one run?",
            "Harbour Voices",
        ),
        ([LARGEST], "Who funded it?", "Lantern Walk"),
        (["Which project has the highest total cost?"], "In which country is it?", "Coastal Roads Upgrade"),
        (["Care este proiectul cu cel mai mare buget în RON?"], "Cine l-a finanțat?", "Moara Veche"),
    ],
)
def test_one_of_those_spoken_of_is_singled_out(
    reedmoor: Assistant, history: list[str], question: str, title: str
) -> None:
    assert {project for project, _ in cited(ask(reedmoor, question, *history))} == {title}


def test_all_of_those_spoken_of_answer_where_none_is_singled_out(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "And who funded them?", "Compare Harbour Voices and Salt Road")
    assert {project for project, _ in cited(found)} == {"Harbour Voices", "Salt Road"}


@pytest.mark.parametrize(
    ("history", "question", "titles"),
    [
        (["Which projects are closed?"], "Only those in Georgia", ["Coastal Roads Upgrade", "Turbine Halls"]),
        (["Ce proiecte sunt în Georgia?"], "Doar cele active", ["Energy"]),
        (["How many projects are in Albania?"], "Which ones?", ["Hill Roads Rehabilitation", "Rural Wells"]),
        (["Câte proiecte sunt în Albania?"], "Care sunt?", ["Hill Roads Rehabilitation", "Rural Wells"]),
        (["How many projects are in Georgia?"], "And in Albania?", ["Hill Roads Rehabilitation", "Rural Wells"]),
        (["Câte proiecte sunt în Georgia?"], "dar în Tunisia?", ["School Kitchens", "Town Water Mains"]),
        (["Which projects are in Georgia?"], "Which of them cost the most?", ["Coastal Roads Upgrade"]),
        (["Which projects are in Georgia?"], "Which of these has the smallest budget?", ["Turbine Halls"]),
        (["Which project started first?"], "And which one started last?", ["Paper Boats"]),
    ],
)
def test_a_list_is_narrowed_or_asked_anew_or_ordered(
    reedmoor: Assistant, history: list[str], question: str, titles: list[str]
) -> None:
    assert listed(ask(reedmoor, question, *history)) == titles


def test_a_list_is_counted_and_added_up_afterwards(reedmoor: Assistant) -> None:
    georgia = "Which projects are in Georgia?"
    assert ask(reedmoor, "How many are there?", georgia).text.startswith("3 of 16 projects (Georgia)")
    assert ask(reedmoor, "How many projects are there?", georgia).text.startswith("All 16 projects")
    assert ask(reedmoor, "Câte proiecte aveți în total?", georgia).text.startswith("Toate cele 16 proiecte")
    assert ask(reedmoor, "What do their budgets add up to?", georgia).text.startswith("Together: 11,150,000 (3 of 16")


def test_a_follow_up_says_in_its_plan_what_it_is_about(reedmoor: Assistant) -> None:
    assert ask(reedmoor, "And who funded it?", BUDGET).plan == "funder of Salt Road"
    assert (
        ask(reedmoor, "Only those in Georgia", "Which projects are closed?").plan == "list: projects (closed; Georgia)"
    )
