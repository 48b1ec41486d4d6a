"""Questions over several projects, each with what the records give."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from eval.growing.asked import Asked
from eval.growing.asking import Labels
from eval.growing.conditions import conditions
from eval.growing.lists import counts, extremes, lists, measured, sums
from eval.growing.records import Records
from eval.growing.wording import worded

Ask = Callable[[Records, str, str], list[Asked]]


@pytest.fixture
def asked_of(labels: Labels) -> Ask:
    """Give a function from records, a condition in English and a kind to the questions of that kind."""

    def ask(records: Records, noun: str, kind: str) -> list[Asked]:
        (condition,) = (one for one in conditions(records, labels) if one.noun.get("en") == noun)
        made: dict[str, Callable[[], Iterator[Asked]]] = {
            "list": lambda: lists(records, condition),
            "count": lambda: counts(records, condition),
            "sum": lambda: sums(records, condition, labels),
            "extreme": lambda: extremes(records, condition, labels),
        }
        return list(made[kind]())

    return ask


def test_a_list_has_every_title_and_none_of_others(records: Records, asked_of: Ask) -> None:
    (asked,) = asked_of(records, "in Albania", "list")
    assert worded(asked, "en") in {
        "Which projects took place in Albania?",
        "List the projects in Albania.",
        "Name all projects in Albania.",
    }
    (asked,) = asked_of(records, "with the status Closed", "list")
    titles = ["Rural Wells", "Coastal Roads Upgrade", "Town Water Mains", "Turbine Halls"]
    assert [ways[0] for ways in asked.gold["all"]] == titles  # type: ignore[index]
    assert set(asked.gold["none"]) <= {"Hill Roads Rehabilitation", "School Kitchens"}
    assert asked.gold["sources"][0] == {"document": "register.csv", "project": "Rural Wells"}


def test_no_list_is_asked_for_of_projects_that_are_not_told_apart(records: Records, asked_of: Ask) -> None:
    assert asked_of(records, "that started in 2014", "list") == []  # Lantern Walk, in two files


def test_a_count_is_said_so_that_no_other_number_is_taken_for_it(records: Records, asked_of: Ask) -> None:
    (asked,) = asked_of(records, "with the status Closed", "count")
    assert {"4 of", "four of", "4 projects", "patru proiecte"} <= set(asked.gold["answers"])
    assert "4" not in asked.gold["answers"]


def test_a_project_told_in_two_files_is_not_counted(records: Records, asked_of: Ask) -> None:
    assert asked_of(records, "that started in 2014", "count") == []


def test_a_sum_adds_what_one_column_gives(records: Records, asked_of: Ask) -> None:
    (asked,) = asked_of(records, "with the status Closed", "sum")
    assert asked.gold["answers"][0] == f"{1_200_000 + 7_250_000 + 2_600_000 + 900_000}"
    assert "combined total cost" in worded(asked, "en")


def test_nothing_is_added_where_a_project_lacks_its_amount(records: Records, asked_of: Ask) -> None:
    assert asked_of(records, "in Tunisia", "sum") == []  # School Kitchens has none


def test_the_largest_and_the_smallest_are_asked_for(records: Records, asked_of: Ask) -> None:
    largest, smallest = asked_of(records, "with the status Closed", "extreme")
    assert (largest.gold["answers"], smallest.gold["answers"]) == (["Coastal Roads Upgrade"], ["Turbine Halls"])
    assert "largest" in worded(largest, "en")


def test_two_currencies_are_never_measured_together(records: Records, labels: Labels) -> None:
    named = {one.project.title: one for one in records.told}
    assert measured([named["Moara Veche"], named["Salt Road"]], "budget", labels) is None
    assert measured([named["Moara Veche"], named["Casa Albinelor"]], "budget", labels) == (
        [(Decimal(75000), "RON"), (Decimal(30000), "RON")],
        "measure.budget",
        "",
    )


def test_amounts_without_currency_are_of_one_unit_in_one_column_only(records: Records, labels: Labels) -> None:
    named = {one.project.title: one for one in records.told}
    found = measured([named["Rural Wells"], named["Turbine Halls"]], "budget", labels)
    assert found
    assert found[1:] == ("measure.label", "total cost")
    assert measured([named["Rural Wells"], named["Moara Veche"]], "budget", labels) is None
