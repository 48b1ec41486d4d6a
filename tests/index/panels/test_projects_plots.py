"""Plots whose bars can be pressed, and the line of time."""

from decimal import Decimal

from index.facets import Bar, Facets
from index.listing import Wanted
from index.panels.frame import Frame
from index.panels.projects_plots import plots
from index.panels.projects_timeline import along
from index.timeline import Lasting

FOUND = Facets(
    by_year=(Bar("2014", "2014", 1), Bar("2015", "2015", 3)),
    money_by_year={"EUR": (Bar("2014", "2014", 1, Decimal("500.25")), Bar("", "", 1, Decimal(7)))},
    money_by_funder={
        "EUR": (Bar('"EEA"', "EEA", 1, Decimal(279014)), Bar("", "", 2, Decimal(0))),
        "": (Bar("NH", "NH", 1, Decimal(-4)),),
    },
    by_place=(),
    roles=(), currencies=(), programmes=(), funders=(),
    left_out={"year": 1, "amount": 2, "shared": 1},
)  # fmt: skip


def test_each_currency_has_a_plot_of_its_own_and_a_plot_of_nothing_is_none() -> None:
    made = plots(Frame(), FOUND, Wanted(), 15)
    assert [(plot.title, plot.act) for plot in made] == [
        ("Projects by year", "year"),
        ("Budgets by funder, EUR", "funder"),
        ("Budgets by funder, no currency told", "funder"),
        ("Budgets by year of start, EUR", "year"),
    ]
    assert len({plot.name for plot in made}) == 4


def test_a_bar_has_its_figure_and_its_length_beside_the_longest() -> None:
    years, funders, unknown, _ = plots(Frame(), FOUND, Wanted(), 15)
    assert [(bar.label, bar.figure, bar.share) for bar in years.bars] == [("2015", "3", "100.0"), ("2014", "1", "33.3")]
    assert [(bar.label, bar.figure, bar.share, bar.value) for bar in funders.bars] == [
        ("EEA", "279,014 EUR", "100.0", '"EEA"'), ("all other funders", "0 EUR", "0", ""),
    ]  # fmt: skip
    assert [(bar.figure, bar.share) for bar in unknown.bars] == [("-4", "0")]


def test_what_no_bar_shows_is_said_once_for_the_plots_of_one_kind() -> None:
    made = plots(Frame(), FOUND, Wanted(), 15)
    assert [plot.left_out for plot in made] == [
        ("1 of 15 gives no period.",),
        (),
        ("2 of 15 give no clear amount.", "1 has several funders and is counted under each."),
        ("2 of 15 give no clear amount.",),
    ]


def test_the_bar_that_is_filtered_by_is_marked() -> None:
    made = plots(Frame(), FOUND, Wanted(since="2014", until="2014", organisation='"EEA"', role="funder"), 15)
    assert [bar.label for plot in made for bar in plot.bars if bar.is_chosen] == ["2014", "EEA", "2014"]


def test_periods_lie_along_whole_years() -> None:
    bars, ticks = along([
        Lasting("a", "A", "2014-01-01", "2014-12-31", "2014"),
        Lasting("b", "B", "2015-07-02", "2015-12-31", "second half of 2015"),
        Lasting("c", "C", "2015-05-01", "2014-02-01", "the wrong way round"),
    ])  # fmt: skip
    assert [(bar.left, bar.width) for bar in bars[:2]] == [("0.00", "50.00"), ("74.93", "25.07")]  # 365 + 182 of 730
    assert bars[2].width == "0.14"  # a day
    assert [(tick.year, tick.left) for tick in ticks] == [(2014, "0.00"), (2015, "50.00")]
    assert along([]) == ([], [])


def test_over_many_years_only_round_ones_are_written() -> None:
    _, ticks = along([Lasting("a", "A", "1947-05-09", "2031-12-31", "")])
    assert [tick.year for tick in ticks] == [1960, 1980, 2000, 2020]
