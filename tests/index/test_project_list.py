"""The table of projects: each filter, each order, pages that hold every project once."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import MisuseError
from index.listing import Money, Page, every_row, list_projects
from index.store import Store
from index.wanted import SORTS, Wanted, to_query
from tests.index.listed import PROJECTS, listed_store

EVERY = tuple(one.id for one in PROJECTS)
wanted_at_random = st.builds(
    Wanted,
    text=st.sampled_from(["", "", "hills", "night"]),
    organisation=st.sampled_from(["", "", "eea", '"EEA"']),
    role=st.sampled_from(["", "funder", "partner"]),
    place=st.sampled_from(["", "", "RO", "i"]),
    since=st.sampled_from(["", "2010", "2013"]),
    until=st.sampled_from(["", "2012", "2014"]),
    currency=st.sampled_from(["", "EUR"]),
    sort=st.sampled_from(["", *SORTS]),
    descending=st.booleans(),
)


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory, small_model: Path) -> Iterator[Store]:
    with closing(listed_store(tmp_path_factory.mktemp("listed") / "store", small_model)) as store:
        yield store


def ids(page: Page) -> str:
    return " ".join(row.id for row in page.rows)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), "lamps lamps-2 owls wells bridges deer agreed"),
        (Wanted(text="every hill lamp"), "lamps"),  # of its passage, in other forms
        (Wanted(text="lamps hill"), "lamps lamps-2"),  # of the titles
        (Wanted(text="bufniță"), "owls"),
        (Wanted(text="horned water"), "deer"),  # of an alias
        (Wanted(text="night"), "owls wells"),
        (Wanted(text="night lamps"), ""),
        (Wanted(text="!?"), ""),
        (Wanted(organisation="eea"), "lamps lamps-2 owls wells"),
        (Wanted(organisation='"eea"'), "owls wells"),
        (Wanted(organisation="FUNDATIA"), "owls wells"),
        (Wanted(organisation="oil", role="funder"), ""),
        (Wanted(organisation="owl & co"), "lamps"),
        (Wanted(organisation="o%l"), ""),
        (Wanted(role="partner"), "lamps"),
        (Wanted(role="sponsor"), "deer"),
        (Wanted(place="ias"), "lamps lamps-2"),
        (Wanted(place="România"), "lamps lamps-2 owls"),
        (Wanted(place="ro"), "lamps lamps-2 owls"),
        (Wanted(place='"Romania"'), "owls"),
        (Wanted(place="United Kingdom"), "wells"),
        (Wanted(place="Marea Britanie"), "wells"),
        (Wanted(place="Scoția"), "wells"),
        (Wanted(place="Anglia"), "wells"),  # where Devon is
        (Wanted(place="Țara Galilor"), ""),
        (Wanted(place="_"), ""),
        (Wanted(programme="bright"), "lamps"),
        (Wanted(programme="Bright Futures"), "lamps"),
        (Wanted(programme='"bright"'), ""),
        (Wanted(since="2014"), "lamps lamps-2 owls"),
        (Wanted(until="2009-05"), "deer"),
        (Wanted(since="2012", until="2012"), "wells agreed"),
        (Wanted(since="2014", until="2013"), ""),
        (Wanted(least="1000000.0002"), "lamps lamps-2"),
        (Wanted(least="1000000.0001", most="1000000.0001"), "lamps"),
        (Wanted(least="7", most="7"), ""),  # a cost share
        (Wanted(most="0.1"), "deer"),
        (Wanted(currency="RON"), "owls wells deer"),
        (Wanted(least="50", most="300", currency="ron"), "owls wells"),
        (Wanted(document="b.csv"), "lamps-2 owls"),
        (Wanted(document="b.csv#row=1-2"), "lamps-2 owls"),
        (Wanted(document="b"), ""),
        (Wanted(organisation="eea", since="2014", currency="RON"), "owls"),
    ],
    ids=lambda told: to_query(told) if isinstance(told, Wanted) else "",
)
def test_what_is_asked_of_projects_is_what_is_listed(listed: Store, wanted: Wanted, expected: str) -> None:
    page = list_projects(listed, wanted)
    assert (ids(page), page.found, page.total) == (expected, len(expected.split()), len(PROJECTS))


@pytest.mark.parametrize(
    ("sort", "up", "down"),
    [
        ("title", "agreed deer bridges owls wells lamps lamps-2", "lamps lamps-2 wells owls bridges deer agreed"),
        ("start", "wells agreed lamps lamps-2 owls bridges deer", "owls lamps lamps-2 agreed wells bridges deer"),
        ("end", "deer wells agreed lamps lamps-2 owls bridges", "lamps lamps-2 agreed wells deer owls bridges"),
        # euros, lei, no currency, dollars; of the owls' budget there is no value
        ("amount", "lamps lamps-2 deer wells bridges agreed owls", "lamps-2 lamps wells deer bridges agreed owls"),
        (
            "organisation",
            "deer owls lamps lamps-2 wells bridges agreed",
            "wells lamps lamps-2 owls deer bridges agreed",
        ),
        ("place", "lamps lamps-2 owls wells bridges deer agreed", "wells owls lamps lamps-2 bridges deer agreed"),
    ],
)
def test_what_lacks_a_value_stands_last_and_currencies_stand_apart(
    listed: Store, sort: str, up: str, down: str
) -> None:
    assert ids(list_projects(listed, Wanted(sort=sort))) == up
    assert ids(list_projects(listed, Wanted(sort=sort, descending=True))) == down


def test_a_row_holds_the_words_of_the_record_and_counts_its_doubts(listed: Store) -> None:
    lamps, again, owls, wells, bridges, *_ = list_projects(listed, Wanted()).rows
    assert (lamps.title, lamps.language, lamps.period) == ("“Lamps” for the hills", "en", "2013 to 2014-06")
    assert (lamps.start, lamps.end, lamps.document) == ("2013", "2014-06", "a.txt")
    assert lamps.money[:2] == (
        Money(Decimal("600000.50"), "EUR", "grant", "600000.50 EUR", ""),
        Money(Decimal("1000000.0001"), "EUR", "budget", "1000000.0001 EUR", ""),
    )
    assert (lamps.funders, lamps.partners, lamps.places) == (("EEA Grants",), ("Oil Town",), ("Iași", "Lyon"))
    assert lamps.programme == "Bright Futures"
    assert (lamps.same_as, again.same_as, owls.same_as) == (("lamps-2",), ("lamps",), ())
    # The other file gives a budget that is none of the two here.
    assert (lamps.notes, again.notes, owls.notes, wells.notes) == (1, 1, 1, 0)
    assert (bridges.period, bridges.start, bridges.money[0].currency) == ("", None, None)


def test_a_start_that_an_agreement_stands_for_is_no_doubt(listed: Store) -> None:
    assert [row.notes for row in list_projects(listed, Wanted(document="d.txt")).rows] == [0, 0]


def test_a_page_that_is_not_there_is_the_nearest(listed: Store) -> None:
    assert list_projects(listed, Wanted(), page=0, per_page=3).number == 1
    last = list_projects(listed, Wanted(), page=99, per_page=3)
    assert (ids(last), last.number, last.pages) == ("agreed", 3, 3)
    nothing = list_projects(listed, Wanted(text="zebra"), page=2)
    assert (nothing.rows, nothing.number, nothing.pages, nothing.found) == ((), 1, 1, 0)


@pytest.mark.parametrize("wanted", [Wanted(since="soon"), Wanted(least="much"), Wanted(most="NaN")])
def test_a_date_or_an_amount_that_is_none_is_told(listed: Store, wanted: Wanted) -> None:
    with pytest.raises(MisuseError, match="expected"):
        list_projects(listed, wanted)


@given(wanted_at_random, st.integers(1, 8))
def test_pages_hold_every_project_once_in_the_order_of_the_whole(listed: Store, wanted: Wanted, per_page: int) -> None:
    first = list_projects(listed, wanted, per_page=per_page)
    pages = [list_projects(listed, wanted, page=number, per_page=per_page) for number in range(1, first.pages + 1)]
    found = [row.id for page in pages for row in page.rows]
    assert found == [one.id for one in every_row(listed, wanted)]
    assert len(found) == len(set(found)) == first.found
    unsorted = list_projects(listed, replace(wanted, sort="", descending=False))
    assert [row.id for row in unsorted.rows] == [one for one in EVERY if one in found]


def test_a_project_is_found_by_an_order_that_was_made_before_it_is_asked_for(listed: Store) -> None:
    assert {one.id for one in every_row(listed, Wanted(sort="amount", text="night"))} == {"owls", "wells"}
