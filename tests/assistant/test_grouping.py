"""Records put together by what they share: counted, added up, ranked, compared; complete, and each cited."""

import pytest

from assistant.assistant import Assistant
from assistant.question import understand
from tests.assistant.answers import ask, quotes

SECTORS = ["“Energy” – 2", "“Transport” – 2", "“Water” – 2", "“Education” – 1"]
SECTOARE = ["„Energy” – 2", "„Transport” – 2", "„Water” – 2", "„Education” – 1"]
MORE = "“Georgia” has more, by 1."
GEORGIA, ALBANIA = "Georgia” – 3", "Albania” – 2"


def lines(assistant: Assistant, question: str) -> list[str]:
    """What is said of each group."""
    return [one.text for one in ask(assistant, question).statements if not one.is_remark]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many projects per sector?", SECTORS),
        (
            "Câte proiecte sunt în fiecare sector?",
            SECTOARE,
        ),
        ("How many projects are there by status?", ["“Closed” – 4", "“Active” – 2", "“Dropped” – 1"]),
        ("Which sectors are there?", SECTORS),
        (
            "How many different sectors are there?",
            SECTORS,
        ),
        ("Ce sectoare există?", SECTOARE),
        ("Which sectors had projects in Georgia?", ["“Energy” – 2", "“Transport” – 1"]),
        ("Which status has the most projects?", ["“Closed” – 4"]),
        ("Which sector has the fewest projects?", ["“Education” – 1"]),
        ("Which sectors have more than one project?", ["“Energy” – 2", "“Transport” – 2", "“Water” – 2"]),
        ("How many closed projects are there in each country?", ["“Georgia” – 2", "“Albania” – 1", "“Tunisia” – 1"]),
    ],
)
def test_records_are_counted_by_any_label_that_they_share(reedmoor: Assistant, question: str, told: list[str]) -> None:
    said = lines(reedmoor, question)
    assert [line.partition(":")[0] for line in said] == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Total cost by sector",
            [
                "“Transport” – 11,750,000 together (2",
                "“Energy” – 3,900,000 together (2",
                "“Water” – 3,800,000 together (2",
            ],
        ),
        ("Which sector received the most money?", ["“Transport” – 11,750,000 together (2"]),
        ("What is the average cost per status?", ["“Active” – 3,750,000 on", "“Closed” – 2,987,500 on"]),
        ("Which funder gave the most money in GBP?", ["“European Salt Council” – 12,500 GBP together (1"]),
    ],
)
def test_figures_are_added_up_for_each_group(reedmoor: Assistant, question: str, told: list[str]) -> None:
    said = lines(reedmoor, question)
    assert [line[: len(one)] for line, one in zip(said, told, strict=False)] == told


def test_what_tells_no_value_is_counted_apart(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "How many projects per sector?")
    assert "over 7 of" in found.statements[0].text
    assert "do not tell this (sector)" in found.text
    assert len(found.citations) == 7


def test_years_are_those_in_which_projects_began_or_ended(reedmoor: Assistant) -> None:
    began = {line.partition(":")[0] for line in lines(reedmoor, "How many projects began each year?")}
    ended = {line.partition(":")[0] for line in lines(reedmoor, "How many projects ended each year?")}
    assert {"2011 – 2", "2014 – 1"} <= began
    assert "2018 – 2" in ended
    assert began != ended


@pytest.mark.parametrize(
    ("question", "told", "end"),
    [
        (
            "Are there more projects in Georgia or in Albania?",
            {"“Georgia” – 3", "“Albania” – 2"},
            "“Georgia” has more, by 1.",
        ),
        (
            "Sunt mai multe proiecte în Georgia sau în Albania?",
            {"„Georgia” – 3", "„Albania” – 2"},
            "„Georgia”: mai mult, cu 1.",
        ),
        ("Did Georgia receive more than Albania?", set(), "“Georgia” has more, by 5,450,000."),
        ("Compare the total cost of Georgia and Albania", set(), "“Georgia” has more, by 5,450,000."),
        ("Which sector got more money, Transport or Water?", set(), "“Transport” has more, by 7,950,000."),
        ("Are there more dropped projects in Tunisia or in Georgia?", {"“Tunisia” – 1"}, "“Georgia” – 0"),
    ],
)
def test_groups_are_set_against_each_other(reedmoor: Assistant, question: str, told: set[str], end: str) -> None:
    found = ask(reedmoor, question)
    assert told <= {one.text.partition(":")[0] for one in found.statements}
    assert end in [one.text for one in found.statements]


@pytest.mark.parametrize(
    "question",
    ["Which projects share a funder?", "Which projects have the same funder?", "Ce proiecte au același finanțator?"],
)
def test_projects_of_one_funder_are_put_together(reedmoor: Assistant, question: str) -> None:
    said = lines(reedmoor, question)
    assert any("European Salt Council" in line and "Salt Road" in line for line in said)
    assert not any("Aurel Pop" in line for line in said)


@pytest.mark.parametrize(
    "question",
    [
        "How many projects per lighthouse?",
        "Which village had the most projects?",
        "Câte proiecte are fiecare insulă?",
        "Which sectors are not represented in Georgia?",
    ],
)
def test_what_is_not_understood_of_groups_is_refused(reedmoor: Assistant, question: str) -> None:
    assert ask(reedmoor, question).status == "refused"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What share of the projects in Georgia are closed?", "2 of 3 projects, 66.67%"),
        ("Ce procent din proiectele din Georgia sunt Closed?", "2 din 3 proiecte, 66,67%"),
    ],
)
def test_a_share_of_records_is_told_in_percent(reedmoor: Assistant, question: str, told: str) -> None:
    assert ask(reedmoor, question).text.startswith(told)


def test_a_value_behind_its_label_is_a_condition(reedmoor: Assistant) -> None:
    assert "3" not in quotes(ask(reedmoor, "Which projects are by status Dropped?"))
    assert ask(reedmoor, "Which projects are by status Dropped?").plan.startswith("list")


def test_the_most_projects_are_not_several_projects(reedmoor: Assistant) -> None:
    most = understand("Cine a finanțat cele mai multe proiecte?", (), reedmoor.vocabulary)
    several = understand("Ce finanțatori apar în mai multe proiecte?", (), reedmoor.vocabulary)
    assert most.recurring is None
    assert several.recurring is not None
