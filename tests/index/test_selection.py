"""Records chosen by what the catalogue says of them, the names they go by, and their figures: exact and complete."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from index.contents import Keys
from index.filters import Filters
from index.selection import Figure
from index.settings import Settings
from index.store import Store
from index.sync import build

GEORGIA = {"Coastal Roads Upgrade", "Energy", "Turbine Halls"}
NORDHAVEN = {"Lantern Walk", "Harbour Voices", "Podul de Lemn"}
CLOSED = {"Rural Wells", "Coastal Roads Upgrade", "Town Water Mains", "Turbine Halls"}


@pytest.fixture(scope="module")
def store(reedmoor_store: Path) -> Iterator[Store]:
    """Open the store of the invented organisation."""
    with closing(Store(Settings(reedmoor_store))) as opened:
        yield opened


def _titles(store: Store, keys: Keys) -> set[str]:
    known = {one.key: one.title for one in store.names.titles}
    return {known[key] for key in keys.tolist()}


def _key(store: Store, title: str) -> Keys:
    return np.array([one.key for one in store.names.titles if one.title == title][:1], np.int64)


def test_titles_come_in_order_of_document_and_place_with_their_references(store: Store) -> None:
    titles = store.names.titles
    assert [one.title for one in titles[:4]] == ["Lantern Walk", "Casa Albinelor", "Moara Veche", "Podul de Lemn"]
    assert [one.source for one in titles] == sorted(one.source for one in titles)
    assert len(titles) == len({one.key for one in titles}) == len({one.id for one in titles}) == 17
    assert {one.title: one.reference for one in titles}["Rural Wells"] == "RM-2042"


def test_names_of_organisations_and_places_are_given_once_each(store: Store) -> None:
    names = store.names
    assert len(names.organisations) == len(set(names.organisations))
    assert {"Nordhaven Fund", "Kyiv Institute of Reading", "Banca Dunării", "Brightwater Paper Mill"} <= set(
        names.organisations
    )
    assert set(names.places) >= {("Albania", "AL"), ("Georgia", "GE"), ("Tunisia", "TN")}


def test_documents_that_describe_no_project_are_named(store: Store) -> None:
    assert [title for _, title in store.names.documents] == ["About the Reedmoor Trust"]


def test_values_that_several_records_share_are_categories(store: Store) -> None:
    told = set(store.names.categories)
    assert {("status", "Closed"), ("status", "Active"), ("sector", "Transport"), ("sector", "Energy")} <= told
    assert ("status", "Dropped") in told  # one record has it, but a status is what records share
    assert not any(label in ("title", "projectcode", "summary") for label, _ in told)


def test_labels_tell_what_they_are_read_as_and_how_many_have_them(store: Store) -> None:
    told = {one.label: (one.name, one.role, one.count) for one in store.names.labels}
    assert told["status"] == ("other", "", 7)
    assert told["totalcostamt"] == ("amount", "budget", 6)
    assert told["closingdate"] == ("period", "end", 6)
    assert told["Cost share"] == ("amount", "cost share", 1)
    assert told["Finanțator"] == ("organisation", "funder", 3)


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(projects=("salt-road",)), {"Salt Road"}),
        (Filters(organisation="nordhaven fund", role="funder"), NORDHAVEN),
        (Filters(organisation="Nordhaven Fund", role="partner"), set()),
        (Filters(organisation=("Banca Dunării", "aurel pop")), {"Moara Veche", "Winter Orchard"}),
        (Filters(role=("sponsor", "client")), {"Paper Boats"}),
        (Filters(organisation_country="UA"), {"Lantern Walk", "Harbour Voices"}),
        (Filters(organisation_country="PL", role="partner"), {"Harbour Voices", "Harbour Voices Junior"}),
        (Filters(country="GE"), GEORGIA),
        (Filters(country="ge"), GEORGIA),
        (Filters(place="georgia"), GEORGIA),
        (Filters(place=("Georgia", "Tunisia")), GEORGIA | {"School Kitchens", "Town Water Mains"}),
        (Filters(category=("status", "Closed")), CLOSED),
        (Filters(category=("sector", "Closed")), set()),
        (Filters(since="2019-07", until="2019-07"), {"Harbour Voices Junior", "Paper Boats", "Energy"}),
        (Filters(started=("2016", "2016")), {"Harbour Voices", "Energy"}),
        (Filters(started=(None, "2009")), {"Turbine Halls"}),
        (Filters(ended=("2019-08", None)), {"Harbour Voices Junior", "Paper Boats", "Energy"}),
        (Filters(least=Decimal(7_000_000)), {"Coastal Roads Upgrade"}),
        (Filters(least=Decimal(45_000), currency="EUR"), {"Lantern Walk", "Harbour Voices"}),
        (Filters(most=Decimal(2_500), currency="GBP"), {"Salt Road"}),
        (Filters(most=Decimal(2_500), currency="GBP", measure="budget"), set()),
        (Filters(currency="CHF"), {"Winter Orchard"}),
        (Filters(least=Decimal(1), currency="CHF"), set()),
        (Filters(language="ro"), {"Casa Albinelor", "Moara Veche", "Podul de Lemn"}),
        (Filters(documents=("lantern-report.txt",)), {"Lantern Walk"}),
    ],
)
def test_projects_are_chosen_by_each_condition(store: Store, filters: Filters, titles: set[str]) -> None:
    keys = store.choose([filters])
    assert _titles(store, keys) == titles
    assert keys.tolist() == sorted(keys.tolist())


def test_a_programme_is_a_condition(sample_store: Path) -> None:
    with closing(Store(Settings(sample_store))) as opened:
        assert "Leonardo da Vinci" in opened.names.programmes
        assert _titles(opened, opened.choose([Filters(programme="Leonardo da Vinci")])) == {"Silver Stories"}
        assert not len(opened.choose([Filters(programme="Leonardo")]))


def test_a_project_without_any_place_is_told_apart(store: Store) -> None:
    placed = _titles(store, store.choose([Filters(placed=True)]))
    assert placed >= GEORGIA
    assert not placed & {"Salt Road", "Winter Orchard"}


def test_all_filters_have_to_be_fulfilled_and_none_gives_all(store: Store) -> None:
    both = store.choose([Filters(country="GE"), Filters(category=("status", "Closed"))])
    assert _titles(store, both) == GEORGIA & CLOSED
    assert len(store.choose()) == len(store.choose([Filters()])) == 17
    assert not len(store.choose([Filters(country="GE"), Filters(country="AL")]))


def test_projects_hold_words_in_any_form_and_all_of_them(store: Store) -> None:
    assert _titles(store, store.holding("apple")) == {"Winter Orchard"}
    assert _titles(store, store.holding("lamps")) == {"Lantern Walk"}
    assert len(store.holding("lamps")) == 2  # its two files
    assert _titles(store, store.holding("voluntar")) == {"Moara Veche"}
    assert _titles(store, store.holding("roads districts")) == {"Hill Roads Rehabilitation"}
    assert not len(store.holding("roads turbines"))
    assert not len(store.holding("volcano"))


def test_figures_are_exact_and_say_where_their_words_stand(store: Store) -> None:
    keys = np.concatenate([_key(store, title) for title in ("Salt Road", "Winter Orchard", "Paper Boats")])
    found = store.figures(keys, ("budget",))
    assert [(one.amount, one.currency, one.role) for one in found] == [
        (Decimal(12_500), "GBP", "budget"), (None, "CHF", "budget"),
    ]  # fmt: skip
    text = store.sources["projects.md"].text
    assert [one.span.of(text) for one in found] == ["12,500 GBP", "640,00 CHF"]
    both = store.figures(_key(store, "Salt Road"), ("cost share", "budget"))
    assert {one.amount for one in both} == {Decimal(12_500), Decimal(2_500)}
    assert store.figures(keys, ()) == []


def test_figures_under_a_label_are_amounts_or_else_plain_numbers(
    store: Store, tmp_path: Path, small_model: Path
) -> None:
    every = store.choose()
    assert {one.amount for one in store.figures(every, label="totalcostamt")} == {
        Decimal(number) for number in (4_500_000, 1_200_000, 7_250_000, 3_000_000, 2_600_000, 900_000)
    }
    (tmp_path / "r.csv").write_text("title,budget,visitors\nTide School,5 EUR,240\nFen Fair,6 EUR,many\n")
    settings = Settings(tmp_path / "store", str(small_model))
    build(settings, [tmp_path / "r.csv"])
    with closing(Store(settings)) as opened:
        found = opened.figures(opened.choose(), label="visitors")
    assert [(one.amount, one.currency, one.text) for one in found] == [
        (Decimal(240), None, "240"),
        (None, None, "many"),
    ]


def test_what_stands_under_a_label_is_given_as_it_is(store: Store) -> None:
    found = store.labelled(store.choose(), "status")
    assert [one.text for one in found].count("Closed") == 4
    assert all(
        isinstance(one, Figure) and one.span.of(store.sources["register.csv#row=2-8"].text) == one.text for one in found
    )
    assert len(store.labelled(store.choose(), "status", 3)) == 3
    assert store.labelled(_key(store, "Salt Road"), "status") == []
    assert store.labelled(store.choose(), "no such label") == []
