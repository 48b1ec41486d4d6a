"""Two projects and more side by side: the field of each, and which has more where that can be said."""

import pytest

from assistant.assistant import Assistant
from tests.assistant.answers import ask, cited, quotes


@pytest.mark.parametrize(
    ("question", "conclusion"),
    [
        (
            "Which was larger, the budget of Lantern Walk or of Harbour Voices?",
            "Lantern Walk has the larger one, by 75,000 EUR.",
        ),
        ("Was Harbour Voices cheaper than Lantern Walk?", "Harbour Voices has the smaller one, by 75,000 EUR."),
        (
            "Care a avut bugetul mai mare, Casa Albinelor sau Moara Veche?",
            "Moara Veche are suma mai mare, cu 45.000 RON.",
        ),
        ("Which lasted longer, Salt Road or Lantern Walk?", "Lantern Walk lasted longer."),
        ("Which was shorter, Salt Road or Lantern Walk?", "Salt Road was shorter."),
        ("Which of Lantern Walk and Salt Road started earlier?", "Salt Road began earlier."),
        ("Did Salt Road end later than Harbour Voices?", "Harbour Voices ended later."),
        ("Care a durat mai mult, Casa Albinelor sau Moara Veche?", "Moara Veche a durat mai mult."),
        ("Which had more partners, Lantern Walk or Salt Road?", "Lantern Walk names more partners."),
    ],
)
def test_which_of_two_has_more_is_concluded(reedmoor: Assistant, question: str, conclusion: str) -> None:
    found = ask(reedmoor, question)
    (last,) = [one for one in found.statements if one.text == conclusion]
    assert len({found.citations[n - 1].project for n in last.cites}) == 2


def test_amounts_in_different_currencies_are_told_and_not_compared(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Was the budget of Salt Road larger than that of Harbour Voices?")
    assert quotes(found) == ["Budget: 12,500 GBP", "Budget: 45,000 EUR"]
    assert found.statements[-1].text == "The amounts are in different currencies, so they are not compared."


def test_an_ambiguous_amount_is_told_and_not_compared(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which was larger, the budget of Winter Orchard or of Salt Road?")
    assert "“640,00 CHF” (the source is ambiguous" in found.text
    assert "larger" not in found.text


def test_what_one_of_two_lacks_is_said(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which was larger, the budget of Paper Boats or of Salt Road?")
    assert "Salt Road – Budget: “12,500 GBP”" in found.text
    assert "The documents describe Paper Boats, but do not state this: budget." in found.text
    assert "larger one" not in found.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did Lantern Walk and Harbour Voices have the same funder?", "The same for both – Funder: “Nordhaven Fund”"),
        ("Did Salt Road and Harbour Voices have the same funder?", "Funder: not the same."),
        (
            "Did Lantern Walk and Paper Boats have the same partners?",
            "Not all the same – Partners; what they have in common: “Ostrava City Library (Czech Republic)”",
        ),
        ("Au avut Casa Albinelor și Moara Veche același finanțator?", "Finanțator: nu sunt la fel."),
    ],
)
def test_whether_two_have_the_same_is_told(reedmoor: Assistant, question: str, told: str) -> None:
    assert told in [one.text for one in ask(reedmoor, question).statements]


def test_nothing_in_particular_is_compared_by_all_that_can_be(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Compare Salt Road and Harbour Voices")
    assert set(quotes(found)) >= {"Period: May 2012 – May 2013", "Budget: 45,000 EUR", "Funder: European Salt Council"}
    assert found.plan == "all facts compared: Salt Road; Harbour Voices"


def test_a_field_that_one_of_two_files_gives_is_not_missing(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Compare Lantern Walk and Harbour Voices")
    assert "Kyiv Institute of Reading" in found.text
    assert "do not state" not in found.text


def test_three_are_told_in_a_table_with_a_row_each(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Compare the budgets of Lantern Walk, Harbour Voices and Podul de Lemn")
    rows = [one.text for one in found.statements]
    assert rows[0] == "| Project | Budget | |"
    assert rows[1] == "|---|---|---|"
    assert rows[2:] == [
        "| Lantern Walk | “120,000 EUR” |",
        "| Harbour Voices | “45,000 EUR” |",
        "| Podul de Lemn | “20.000 EUR” |",
    ]
    assert {project for project, _ in cited(found)} == {"Lantern Walk", "Harbour Voices", "Podul de Lemn"}


def test_a_cell_of_the_table_that_nothing_fills_is_a_dash(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Compare the funders and budgets of Salt Road, Paper Boats and Harbour Voices")
    (row,) = [one.text for one in found.statements if "Paper Boats" in one.text]
    assert row.count("–") == 1


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        (
            "Which had the higher total cost, the roads project in Georgia or the one in Albania?",
            {"Coastal Roads Upgrade", "Hill Roads Rehabilitation"},
        ),
        ("Which started earlier, the project on apples or the one on dockers?", {"Winter Orchard", "Harbour Voices"}),
        (
            "Which is larger, the one funded by Banca Dunării or the one funded by Ministerul Apelor?",
            {"Moara Veche", "Casa Albinelor"},
        ),
    ],
)
def test_two_that_are_only_described_are_compared(reedmoor: Assistant, question: str, titles: set[str]) -> None:
    assert {project for project, _ in cited(ask(reedmoor, question))} == titles
