"""What a press makes of the view of the projects, and that an address brings a view back."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from index.listing import Wanted
from index.panels.frame import Pressed
from index.panels.projects_view import View, from_address, groups_set, step, to_address, without

START = View(Wanted(text="lamp", organisation="Nordhaven", role="funder", sort="title"), page=3, stretch=2)


def test_a_form_filters_from_its_first_page_and_keeps_the_order() -> None:
    after = step(START, Pressed("filter", fields={"text": "walk", "since": "2014", "least": "10.000", "unknown": "x"}))
    assert after.wanted == Wanted(text="walk", since="2014", least="10000", sort="title")
    assert (after.page, after.stretch, after.misread) == (1, 1, ())


def test_what_was_typed_and_cannot_be_read_is_told() -> None:
    after = step(START, Pressed("filter", fields={"since": "long ago", "least": "plenty", "until": "2020"}))
    assert (after.wanted.since, after.wanted.until, after.misread) == ("", "2020", ("long ago", "plenty"))
    assert step(after, Pressed("clear")).misread == ()


@pytest.mark.parametrize(
    ("act", "value", "set_to"),
    [
        ("year", "2014", {"since": "2014", "until": "2014"}),
        ("place", "Moldova", {"place": "Moldova"}),
        ("funder", '"EEA"', {"organisation": '"EEA"', "role": "funder"}),
    ],
)
def test_a_bar_filters_and_pressed_again_takes_the_filter_off(act: str, value: str, set_to: dict[str, str]) -> None:
    once = step(View(page=2), Pressed(act, value))
    assert once == View(replace(Wanted(), **set_to))  # type: ignore[arg-type]
    assert step(once, Pressed(act, value)) == View()
    assert step(once, Pressed(act, "another")).wanted != once.wanted


def test_a_chip_takes_off_all_that_it_stands_for_and_nothing_else() -> None:
    assert groups_set(START.wanted) == ["text", "organisation"]
    after = step(START, Pressed("drop", "organisation"))
    assert after.wanted == Wanted(text="lamp", sort="title")
    assert without(Wanted(least="1", currency="EUR", place="x"), "money") == Wanted(place="x")
    assert step(START, Pressed("drop", "sort")) == START


def test_a_heading_sorts_the_other_way_when_it_is_pressed_again() -> None:
    once = step(START, Pressed("sort", "amount"))
    assert (once.wanted.sort, once.wanted.descending, once.page) == ("amount", True, 1)
    assert step(once, Pressed("sort", "amount")).wanted.descending is False
    assert step(once, Pressed("sort", "place")).wanted.descending is False
    assert step(START, Pressed("sort", "drop table")) == START


def test_an_opened_project_keeps_filters_and_page_for_the_way_back() -> None:
    opened = step(START, Pressed("open", "lamp-walk"))
    assert opened == replace(START, opened="lamp-walk")
    assert step(opened, Pressed("back")) == START


@pytest.mark.parametrize(
    "pressed",
    [Pressed("page", "x"), Pressed("page", "-1"), Pressed("page", "9" * 99), Pressed("rows", "7"),
     Pressed("stretch", "²"), Pressed("nonsense", "1"), Pressed("filter", fields={"text": [1, 2]})],  # type: ignore[list-item]
    ids=str,
)  # fmt: skip
def test_nonsense_from_whoever_writes_the_request_himself_breaks_nothing(pressed: Pressed) -> None:
    after = step(View(), pressed)
    assert (after.page, after.stretch, after.size, after.wanted) == (1, 1, 50, Wanted())


@pytest.mark.parametrize(
    "view",
    [View(), START, View(Wanted(place="Cluj & co", descending=True, sort="end"), page=7, size=100, opened="a b/c?d=é")],
    ids=["nothing", "filters", "all"],
)
def test_an_address_brings_the_same_view_back(view: View) -> None:
    query = dict(parse_qsl(to_address(view)))
    assert query["tab"] == "projects"
    assert from_address(query) == replace(view, stretch=1)


def test_an_address_of_nonsense_shows_the_list() -> None:
    assert from_address({"at": "many", "rows": "1", "since": "x", "sort": "x", "least": "y"}) == View()
