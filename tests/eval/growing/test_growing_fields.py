"""Questions for money, dates and labelled fields of one project."""

from collections.abc import Callable

import pytest

from eval.growing.asking import Labels
from eval.growing.fields import fields, value_ways
from eval.growing.records import Records
from eval.growing.wording import worded
from eval.normalise import holds
from tests.eval.growing.conftest import Named, by_slug


def test_a_budget_is_asked_for_with_the_words_of_its_field_as_source(named: Named, labels: Labels) -> None:
    asked = by_slug(fields(named("Moara Veche"), labels))["budget-moara-veche"]
    assert worded(asked, "ro") in {
        "Ce buget a avut proiectul Moara Veche?",
        "Care a fost bugetul proiectului Moara Veche?",
        "Cu ce buget s-a lucrat în proiectul Moara Veche?",
    }
    assert asked.gold["answers"][0] == "75.000 RON"
    assert asked.gold["sources"] == [{"document": "proiecte.md", "quote": "Buget: 75.000 RON"}]


def test_start_end_and_both_are_asked_for(named: Named, labels: Labels) -> None:
    found = by_slug(fields(named("Salt Road"), labels))
    assert "May 2012" in found["start-salt-road"].gold["answers"]
    assert "May 2013" in found["end-salt-road"].gold["answers"]
    assert [ways[1] for ways in found["period-salt-road"].gold["all"]] == ["May 2012", "May 2013"]  # type: ignore[index]


def test_of_one_year_nobody_asks_when_it_started(named: Named, labels: Labels) -> None:
    found = by_slug(fields(named("Winter Orchard"), labels))
    assert set(found) == {"period-winter-orchard"}
    assert found["period-winter-orchard"].gold["answers"] == ["2011"]


def test_an_amount_that_can_be_read_in_two_ways_is_not_asked_for(named: Named, labels: Labels) -> None:
    assert not any("budget" in slug for slug in by_slug(fields(named("Winter Orchard"), labels)))


def test_a_date_of_an_agreement_is_asked_for_by_its_label_and_is_no_start(named: Named, labels: Labels) -> None:
    found = by_slug(fields(named("Turbine Halls"), labels))
    approval = found["approval-date-turbine-halls"]
    assert worded(approval, "en") in {
        "What is the approval date of Turbine Halls?",
        "What is given as the approval date of Turbine Halls?",
    }
    assert "1 April 2009" in approval.gold["answers"]
    assert not {"start-turbine-halls", "period-turbine-halls"} & set(found)


def test_a_label_of_the_source_s_own_is_asked_for_as_the_source_calls_it(named: Named, labels: Labels) -> None:
    found = by_slug(fields(named("Turbine Halls"), labels))
    assert found["sector-turbine-halls"].gold["answers"] == ["Energy"]
    assert "„total cost”" in worded(found["total-cost-turbine-halls"], "ro")


def test_an_end_that_stands_apart_is_not_answered_by_the_words_of_the_start(told_as: Callable[[str], Records]) -> None:
    records = told_as(
        "# Projects\n\n## Green Lamps\n\nLamps were painted green by children of the town.\n\n"
        "Start: March 2023\nEnd: February 2025\nBudget: 900 EUR\n\n"
        "## Blue Owls\n\nOwls were counted at night in all the yards.\n\nPeriod: 2019 – 2021\nBudget: 500 EUR\n"
    )
    found = by_slug(one for told in records.told for one in fields(told, {}))
    assert "March 2023" in found["start-green-lamps"].gold["answers"]
    assert not any("March" in str(way) for way in found["end-green-lamps"].gold["answers"])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Closed", "Closed"), ("2014", "2014"), ("48 750", "48 750"), ("2 June 2017", "2 June 2017"),
        ("Key Expert 1: Team Leader", "Key Expert 1: Team Leader"), ("N", ""), ("", ""), ("yes", ""), ("0", ""),
        ("/assets/a.jpg", ""), ("https://a.example", ""), ("a@b.example", ""), ("word " * 13, ""), ("w" * 81, ""),
    ],
)  # fmt: skip
def test_only_what_could_be_an_answer_is_a_value(text: str, first: str) -> None:
    assert value_ways(text)[:1] == ([first] if first else [])


def test_a_value_that_is_a_date_or_a_number_is_given_as_others_print_it() -> None:
    assert "17 June 2017" in value_ways("2017-06-17")
    assert any(holds("48,750", one) for one in value_ways("48750"))
    assert value_ways("EuropeAid/140128/IH/SER/TR") == ["EuropeAid/140128/IH/SER/TR"]
