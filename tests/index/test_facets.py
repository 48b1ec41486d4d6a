"""Plots of what is wanted: exact sums, each project once, currencies apart, and what each bar leads to."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from index.facets import Bar, facets
from index.listing import list_projects
from index.store import Store
from index.timeline import Lasting, timeline
from index.wanted import Wanted
from tests.index.listed import listed_store
from tests.index.test_project_list import wanted_at_random


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory, small_model: Path) -> Iterator[Store]:
    with closing(listed_store(tmp_path_factory.mktemp("listed") / "store", small_model)) as store:
        yield store


def test_records_are_counted_in_each_year_that_their_period_touches(listed: Store) -> None:
    told = {bar.value: bar.count for bar in facets(listed, Wanted()).by_year}
    assert told == {"2009": 1, "2010": 1, "2011": 1, "2012": 2, "2013": 3, "2014": 3}
    within = facets(listed, Wanted(since="2012-06", until="2013")).by_year
    assert {bar.value: bar.count for bar in within} == {"2012": 2, "2013": 3}


def test_money_is_added_exactly_once_a_project_and_never_across_currencies(listed: Store) -> None:
    found = facets(listed, Wanted())
    assert list(found.money_by_year) == ["RON", "", "EUR", "USD"]
    assert found.money_by_year["EUR"] == (Bar("2013", "2013", 1, Decimal("1000000.0001")),)  # of the first file
    # Of the wells' two amounts one is a part of another project's.
    assert found.money_by_year["RON"] == (Bar("2010", "2010", 1, Decimal(300)), Bar("", "", 1, Decimal("0.1")))
    assert found.money_by_year[""] == (Bar("", "", 1, Decimal(10)),)
    assert found.money_by_year["USD"] == (Bar("2012", "2012", 1, Decimal(8)),)  # the budget and not the grant


def test_the_second_file_counts_where_the_first_is_not_wanted(listed: Store) -> None:
    found = facets(listed, Wanted(document="b.csv"))
    assert found.money_by_year == {"EUR": (Bar("2013", "2013", 1, Decimal(1200000)),)}


def test_what_several_pay_is_under_each_and_what_filters_by_a_name_finds_no_other(listed: Store) -> None:
    found = facets(listed, Wanted()).money_by_funder
    assert found["EUR"] == (Bar("EEA Grants", "EEA Grants", 1, Decimal("1000000.0001")),)
    assert found["RON"] == (
        Bar('"EEA"', "EEA", 1, Decimal(300)),
        Bar("Fundația Ștefan", "Fundația Ștefan", 1, Decimal(300)),
    )
    assert found[""] == ()


def test_the_funders_that_are_not_shown_are_one_bar(listed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.facets.MOST_FUNDERS", 1)
    told = facets(listed, Wanted(text="wells")).money_by_funder["RON"]
    assert told == (Bar('"EEA"', "EEA", 1, Decimal(300)), Bar("", "", 1, Decimal(300)))


def test_places_are_counted_by_name_the_most_frequent_first(listed: Store) -> None:
    by_place = facets(listed, Wanted()).by_place
    assert by_place[0] == Bar("Iași", "Iași", 2)
    assert {bar.value for bar in by_place} == {"Iași", "Lyon", '"Romania"', '"Scotland"', "Devon"}


def test_options_are_those_of_the_whole_store(listed: Store) -> None:
    found = facets(listed, Wanted(text="zebra"))
    assert found.roles == ("funder", "partner", "client", "sponsor")
    assert found.currencies == ("EUR", "RON", "USD")
    assert found.programmes == ("Bright Futures",)
    assert set(found.funders) == {"EEA Grants", "EEA", "Fundația Ștefan"}
    assert (found.by_year, found.by_place, found.money_by_year) == ((), (), {})


def test_what_could_not_be_counted_is_told(listed: Store) -> None:
    assert facets(listed, Wanted()).left_out == {
        "year": 1,  # bridges
        "place": 3,  # bridges, deer, agreed
        "same": 1,  # the lamps of the second file
        "amount": 1,  # owls
        "start": 2,  # bridges, deer
        "funder": 3,  # bridges, deer, agreed
        "shared": 1,  # wells
    }


@given(wanted_at_random)
def test_each_bar_leads_to_as_many_projects_as_it_counts(listed: Store, wanted: Wanted) -> None:
    found = facets(listed, wanted)
    for bar in found.by_year:
        assert list_projects(listed, replace(wanted, since=bar.value, until=bar.value)).found == bar.count
    if not wanted.place:
        for bar in found.by_place:
            assert list_projects(listed, replace(wanted, place=bar.value)).found == bar.count
    if not wanted.organisation and not wanted.role:
        for code, bars in found.money_by_funder.items():
            for bar in (one for one in bars if one.value):
                theirs = facets(listed, replace(wanted, organisation=bar.value, role="funder")).money_by_year[code]
                assert sum(one.amount or 0 for one in theirs) == bar.amount
    counted = sum(bar.count for bars in found.money_by_year.values() for bar in bars)
    listed_rows = list_projects(listed, wanted)
    assert counted + found.left_out["amount"] + found.left_out["same"] == listed_rows.found
    without = sum(one.start is None and one.end is None for one in listed_rows.rows)
    assert found.left_out["year"] == without == listed_rows.found - timeline(listed, wanted)[1]


def test_periods_stand_along_the_line_of_time_the_earliest_first(listed: Store) -> None:
    first, count = timeline(listed, Wanted(), most=4)
    assert [one.id for one in first] == ["deer", "wells", "agreed", "lamps"]
    assert first[0] == Lasting("deer", "Apă și cerbi", "2009-05-31", "2009-05-31", "until May 2009")
    assert (first[1].first_day, first[1].last_day, count) == ("2010-01-01", "2012-12-31", 6)
    assert [one.id for one in timeline(listed, Wanted(), most=4, page=9)[0]] == ["lamps-2", "owls"]
    assert timeline(listed, Wanted(text="zebra")) == ((), 0)
