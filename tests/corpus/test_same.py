"""The same project in two files, and what the two say differently."""

from time import perf_counter

import pytest

from corpus.document import Span
from corpus.record import Amount, Organisation, Period, Place, Project
from corpus.same import Contradiction, contradictions, find_same, keys_of, tell_alike

HERE = Span(0, 1)


def project(title: str, document: str, *aliases: str, reference: str = "", **fields: object) -> Project:
    """A record of which only what tells it from others is given."""
    made = {"period": None, "amounts": (), "organisations": (), "places": ()} | fields
    return Project(f"{document}:{title}", title, None, aliases, document, HERE, "en", "", reference=reference, **made)  # type: ignore[arg-type]


def period(start: str | None, end: str | None, at: int = 0) -> Period:
    return Period(start, end, "", Span(at, at + 1))


def amount(value: str, currency: str = "EUR", role: str = "budget", at: int = 0) -> Amount:
    return Amount(value, currency, role, value, Span(at, at + 1))


def linked(*projects: Project) -> list[tuple[str, str]]:
    return [(one.id, other.id) for one, other in find_same(projects)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (project("Lamp Hill", "a.md"), project("Lamp Hill", "b.md")),
        (project("Lamp Hill", "a.md"), project("LAMP HILL", "b.md")),
        (project("Ora bună", "a.md"), project("ORA BUNĂ!", "b.md")),
        (project("Ovenlight, the village bakers", "a.md"), project("Ovenlight – Village Bakers", "b.md")),
        (project("Ora bună (Good Hour Club)", "a.md", "Good Hour Club"), project("Good Hour Club", "b.md")),
        (project("Ora bună", "a.md", "Good Hour Club"), project("Good Hour Club", "b.md", "Ora bună")),
        (project("Lanntern results for every pupil", "a.md"), project("Lantern results for every pupil", "b.md")),
        (
            project("Reading circle in the libraries of Oslo", "a.md"),
            project("Reading circles in libraries of Oslo", "b.md"),
        ),
        (project("Lamps", "a.md", reference="OW-2014/117"), project("Lămpi", "b.md", reference="ow 2014 117")),
        (
            project("Owl Market 2014", "a.md", "Owl Market"),
            project("Owl Market", "b.md", period=period("2014", "2014")),
        ),
    ],
)
def test_one_project_in_two_files_is_recognised(one: Project, other: Project) -> None:
    assert linked(one, other) == [(one.id, other.id)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (project("Lamp Hill", "a.md"), project("Lamp Hall", "b.md")),
        (project("Lamp Hill Phase I", "a.md", "Lamp Hill"), project("Lamp Hill Phase II", "b.md", "Lamp Hill")),
        (project("Lamp Hill Phase II", "a.md", "Lamp Hill"), project("Lamp Hill", "b.md")),
        (project("„Owl Market” 2014", "a.md", "Owl Market"), project("„Owl Market” 2015", "b.md", "Owl Market")),
        (
            project("Owl Market 2014", "a.md", "Owl Market"),
            project("Owl Market", "b.md", period=period("2016", "2016")),
        ),
        (
            project("Owl Market", "a.md", period=period("2014", "2014")),
            project("Owl Market", "b.md", period=period("2015", "2015")),
        ),
        (project("CODE – Plan your town", "a.md", "CODE Owls"), project("CODE – Draw your town", "b.md", "CODE Owls")),
        (project("Works on the roads North of Oslo", "a.md"), project("Works on the roads South of Oslo", "b.md")),
        (project("Works on roads of Albania", "a.md"), project("Works on roads of Algeria", "b.md")),
        (project("Lamps", "a.md", reference="OW-2014/117"), project("Lamps", "b.md", reference="OW-2014/118")),
        (project("Lamps", "a.md", reference="P17"), project("Owls", "b.md", reference="P17")),
        (project("Training", "a.md"), project("Training", "b.md")),
        (project("Owl", "a.md"), project("Owl", "b.md")),
        (project("", "a.md"), project("", "b.md")),
        (project("Owls", "a.md", "Lamp"), project("Moths", "b.md", "Lamp")),
        (project("Lamp Hill", "a.md"), project("Lamp Hill", "a.md")),
        (project("Lamp Hill", "a.csv#row=1-1000"), project("Lamp Hill", "a.csv#row=1001-2000")),
    ],
)
def test_two_projects_stay_two(one: Project, other: Project) -> None:
    assert linked(one, other) == []


def test_two_projects_of_one_name_that_agree_in_nothing_told_stay_two() -> None:
    def camp(document: str, funder: str, country: str) -> Project:
        return project(
            *("Summer Owl Camp", document),
            organisations=(Organisation(funder, "funder", funder, HERE),),
            places=(Place("Elm", country, "Elm", HERE),),
        )

    assert linked(camp("a.md", "Owl Trust", "NO"), camp("b.md", "Lamp Bank", "RO")) == []
    assert len(linked(camp("a.md", "Owl Trust", "NO"), camp("b.md", "Lamp Bank", "NO"))) == 1


def test_of_several_in_a_register_only_the_one_with_the_same_amount_is_linked() -> None:
    rows = [project("Lamp Hill", "grants.csv", amounts=(amount(value),)) for value in ("100", "200.00", "300")]
    page = project("Lamp Hill", "page.md", amounts=(amount("200"),))
    assert find_same([*rows, page]) == [(rows[1], page)]
    assert find_same([*rows, project("Lamp Hill", "page.md")]) == []


def test_a_name_that_very_many_bear_tells_nothing() -> None:
    assert find_same([project("Road upkeep", f"{at}.md") for at in range(21)]) == []
    assert len(find_same([project("Road upkeep", f"{at}.md") for at in range(20)])) == 20 * 19 // 2


def test_a_pair_is_given_once_in_the_order_of_the_records() -> None:
    one, other = project("Ora bună", "a.md", "Good Hour Club"), project("Good Hour Club", "b.md", "Ora bună")
    assert find_same([other, one]) == [(other, one)]
    assert find_same([]) == []


def test_a_project_is_known_by_title_long_aliases_and_reference() -> None:
    known = keys_of(project("The Lamp Hill", "a.md", "Hill of the Lamps", "Hill", "LH", reference="OW-2014/117"))
    assert known == {"lamp hill", "hill of lamps", "#ow2014117"}


def test_periods_that_cannot_both_be_right_are_a_contradiction() -> None:
    one = project("Lamps", "a.md", period=period("2013-11", "2015", at=3))
    other = project("Lamps", "b.md", period=period("2013-12", "2015-08", at=7))
    assert list(contradictions(one, other)) == [Contradiction("period", Span(3, 4), Span(7, 8))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (period("2013", "2015"), period("2013-11", "2015-08-31")),
        (period("2013", None), period("2013", "2015")),
        (period(None, None), period("2013", "2015")),
    ],
)
def test_a_more_precise_or_a_missing_date_is_no_contradiction(one: Period, other: Period) -> None:
    assert list(contradictions(project("L", "a", period=one), project("L", "b", period=other))) == []


def test_amounts_of_one_role_and_currency_that_differ_are_a_contradiction() -> None:
    one = project("Lamps", "a.md", amounts=(amount("100", at=1), amount("7", role="cost share"), amount("9", "USD")))
    other = project("Lamps", "b.md", amounts=(amount("120", at=5), amount("8", role="grant"), amount("9.00", "USD")))
    assert list(contradictions(one, other)) == [Contradiction("budget", Span(1, 2), Span(5, 6))]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("885000", "885000.00", False),
        ("1200000", "1203400", False),
        ("1200000", "1260000", True),
        ("1000000", "1400000", True),
        ("245884", "245.884", True),
    ],
)
def test_a_rounded_figure_is_no_contradiction(one: str, other: str, differ: bool) -> None:
    first, second = (project("Lamps", name, amounts=(amount(value),)) for name, value in (("a", one), ("b", other)))
    assert bool(list(contradictions(first, second))) is differ


def test_time_grows_with_the_number_of_records_not_its_square() -> None:
    def seconds(count: int) -> float:
        records = [project(f"Works on the road {at} of Elm and of Oak", f"{at % 7}.md") for at in range(count)]
        records += [project("Road upkeep", f"{at % 7}.md") for at in range(count)]
        begun = perf_counter()
        find_same(records)
        return perf_counter() - begun

    assert seconds(15_000) < 6  # a square of 30,000 takes minutes


def test_a_value_in_common_is_an_amount_or_both_ends_of_a_period() -> None:
    mills = project("Water Mills", "a.md", period=period("2020-09", "2022-12"), amounts=(amount("845210.50"),))
    assert tell_alike(mills, project("Mori", "b.md", amounts=(amount("845210.5"),)))
    assert tell_alike(mills, project("Mori", "b.md", period=period("2020-09-01", "2022-12-31")))
    assert not tell_alike(mills, project("Mori", "b.md", period=period("2020-09", None), amounts=(amount("9"),)))
    assert not tell_alike(mills, project("Mori", "b.md", period=period("2020-09", "2021-12")))
