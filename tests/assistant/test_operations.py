"""Sums, averages and extremes: every record looked at, currencies apart, what gives no figure named."""

import re

import pytest

from assistant.assistant import Assistant
from assistant.operations import operation_of
from tests.assistant.answers import ask, listed, quotes


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("how many projects are there", "count"),
        ("cate proiecte sunt", "count"),
        ("how many people came", ""),
        ("what is the average budget of the projects", "average"),
        ("which project had the largest budget", "highest"),
        ("which project has the smallest budget", "lowest"),
        ("care este cel mai mare buget", "highest"),
        ("what do the budgets add up to altogether", "sum"),
        ("who funded it", ""),
    ],
)
def test_the_operation_is_told_by_words_of_asking(question: str, operation: str) -> None:
    assert operation_of(question) == operation


def test_a_sum_is_told_by_currency_and_names_what_gives_no_figure(reedmoor: Assistant) -> None:
    lines = ask(reedmoor, "What is the total budget of all projects?").text.splitlines()
    sums = [re.sub(r"([ –]\[\d+])+$", "", line) for line in lines if line.startswith("Together")]
    register = 4_500_000 + 1_200_000 + 7_250_000 + 3_000_000 + 2_600_000 + 900_000
    assert set(sums) == {
        f"Together: {register:,} (6 of 16 projects)",
        f"Together: {120_000 + 20_000 + 45_000:,} EUR (3 of 16 projects)",
        f"Together: {30_000 + 75_000:,} RON (2 of 16 projects)",
        "Together: 80,500 USD (1 of 16 projects)",
        "Together: 12,500 GBP (1 of 16 projects)",
    }
    assert lines[-2].startswith("Not counted, as it gives no single figure: Winter Orchard – “640,00 CHF”")
    assert lines[-1] == "No figure is given, so not counted: Paper Boats; School Kitchens."


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("What is the total budget of the projects funded by the Nordhaven Fund?", "Together: 185,000 EUR (3 of 16"),
        ("Ce buget total au proiectele finanțate de Nordhaven Fund?", "Împreună: 185.000 EUR (3 din 16"),
        ("What is the total budget in EUR?", "Together: 185,000 EUR (3 of 16"),
        ("What is the total budget of the projects in Albania?", "Together: 5,700,000 (2 of 16"),
        ("What is the total cost of the projects in Georgia?", "Together: 11,150,000 (3 of 16"),
        ("What is the average budget of the projects in EUR?", "On average: 61,666.67 EUR (3 of 16"),
        ("What is the average total cost of closed projects?", "On average: 2,987,500 (4 of 16"),
        ("Ce buget mediu au proiectele în RON?", "În medie: 52.500 RON (2 din 16"),
    ],
)
def test_figures_are_added_up_over_what_fulfils_the_conditions(reedmoor: Assistant, question: str, total: str) -> None:
    found = ask(reedmoor, question)
    assert found.text.startswith(total)
    assert found.statements[0].cites


def test_a_project_in_two_files_is_added_once(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "What is the total budget in EUR?")
    assert sorted(quotes(found)) == ["120,000 EUR", "20.000 EUR", "45,000 EUR"]


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which project has the largest budget in EUR?", ["Lantern Walk"]),
        ("Which project has the smallest budget in EUR?", ["Podul de Lemn"]),
        ("Which project has the second largest budget in EUR?", ["Harbour Voices"]),
        ("What are the two largest projects in EUR?", ["Lantern Walk", "Harbour Voices"]),
        ("What are the three largest projects in EUR?", ["Lantern Walk", "Harbour Voices", "Podul de Lemn"]),
        ("Care este proiectul cu cel mai mare buget în RON?", ["Moara Veche"]),
        ("Care este cel mai ieftin proiect în RON?", ["Casa Albinelor"]),
        ("Which project in Georgia has the highest total cost?", ["Coastal Roads Upgrade"]),
    ],
)
def test_the_largest_and_the_smallest_are_in_order(reedmoor: Assistant, question: str, titles: list[str]) -> None:
    assert listed(ask(reedmoor, question)) == titles


def test_the_largest_is_told_for_each_currency(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which project had the largest budget?")
    largest = {"Coastal Roads Upgrade", "Lantern Walk", "Moara Veche", "Harbour Voices Junior", "Salt Road"}
    assert set(listed(found)) == largest
    assert "Compared: 13 of 16 projects." in found.text
    assert "no single figure: Winter Orchard" in found.text


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Which project started first?", "Turbine Halls"),
        ("Which project started last?", "Paper Boats"),
        ("Which project ended last?", "Paper Boats"),
        ("Which project ended first?", "Turbine Halls"),
        ("Which project has the earliest closing date?", "Turbine Halls"),
        ("Which project lasted the longest?", "Coastal Roads Upgrade"),
        ("Care proiect a durat cel mai mult?", "Coastal Roads Upgrade"),
        ("Which project in Albania was approved last?", "Hill Roads Rehabilitation"),
        ("Which project had the most partners?", "Lantern Walk"),
    ],
)
def test_the_first_the_last_and_the_longest_are_found(reedmoor: Assistant, question: str, title: str) -> None:
    assert listed(ask(reedmoor, question)) == [title]


def test_of_equally_small_figures_all_are_told(reedmoor: Assistant) -> None:
    # One partner each; Lantern Walk has three, Harbour Voices, Moara Veche and Paper Boats two.
    found = ask(reedmoor, "Which project had the most partners?")
    assert "Compared: 8 of 16 projects." in found.text
    assert "Hill Roads Rehabilitation" in found.statements[-1].text
    tied = ask(reedmoor, "Which project funded by the European Salt Council had the most partners?")
    assert set(listed(tied)) == {"Salt Road", "Harbour Voices Junior"}


def test_a_period_told_in_two_cells_is_cited_with_both(reedmoor: Assistant) -> None:
    found = " ".join(quotes(ask(reedmoor, "Which project lasted the longest?")))
    assert "2012-05-20" in found
    assert "2017-09-30" in found


def test_the_average_length_is_told_in_days(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "How long did the projects funded by the Nordhaven Fund last on average?")
    days = (853 + 1096 + 365) / 3  # 2014-03-01 to 2016-06-30, 2016 to 2018, 2017-04-01 to 2018-03-31
    assert found.text.startswith(f"On average: {days:,.2f} days (3 of 16 projects)")


def test_the_average_length_of_all_is_not_withheld(reedmoor: Assistant) -> None:
    assert ask(reedmoor, "How long did the projects last on average?").text.startswith("On average: 1,013.13 days")


def test_top_of_an_own_label_is_an_order(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which are the top 3 projects in Georgia or Albania by total cost?")
    assert listed(found) == ["Coastal Roads Upgrade", "Hill Roads Rehabilitation", "Energy"]
