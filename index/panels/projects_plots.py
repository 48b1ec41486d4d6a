"""What the listed projects have in common, as plots of bars that can be pressed. Knows no Gradio."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from index.facets import Bar, Facets, facets
from index.listing import Wanted
from index.listing_filters import find
from index.panels.frame import Frame
from index.panels.projects_view import is_chosen
from index.panels.told import told_amount
from index.store import Store

PLOTS = Path(__file__).with_name("projects_plots.jinja")
Chosen = Callable[[str], bool]
"""Whether a bar of this value is what is filtered by."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar: its length in per cent of the longest; without `value` there is nothing to filter by."""

    value: str
    label: str
    figure: str
    share: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot of bars; `act` is what pressing one does, `left_out` says what is in no bar."""

    name: str
    title: str
    act: str
    bars: tuple[Drawn, ...]
    left_out: tuple[str, ...] = ()


def draw_plots(frame: Frame, store: Store, wanted: Wanted) -> str:
    """The plots of what is wanted."""
    return frame.render(PLOTS, plots=plots(frame, facets(store, wanted), wanted, len(find(store, wanted))))


def plots(frame: Frame, found: Facets, wanted: Wanted, total: int) -> list[Plot]:
    """The plots that have a bar: projects by year and place, a plot of money for each currency; `total` are wanted."""

    def left_out(*whats: str) -> tuple[str, ...]:
        return tuple(_left_out(frame, what, found.left_out[what], total) for what in whats if found.left_out.get(what))

    made = [
        Plot("years", frame.say("Projects by year"), "year",
             _counts(frame, _newest_first(found.by_year), _year(wanted)), left_out("year")),
        Plot("places", frame.say("Projects by place"), "place", _counts(frame, found.by_place, _place(wanted)),
             left_out("place")),
        *_money_plots(frame, found.money_by_funder, "funder", _funder(wanted),
                      left_out("amount", "funder", "shared", "same")),
        *_money_plots(frame, found.money_by_year, "year", _year(wanted), left_out("amount", "start", "same")),
    ]  # fmt: skip
    return [plot for plot in made if plot.bars]


def _money_plots(
    frame: Frame, by_currency: Mapping[str, Sequence[Bar]], act: str, chosen: Chosen, left_out: tuple[str, ...]
) -> Iterator[Plot]:
    """A plot for each currency; what all of them leave out is said below the last."""
    rest = frame.say("all other funders") if act == "funder" else frame.say("no start given")
    for number, (code, bars) in enumerate(by_currency.items(), start=1):
        money = code or frame.say("no currency told")
        title = (
            frame.say("Budgets by funder, {currency}", currency=money)
            if act == "funder"
            else frame.say("Budgets by year of start, {currency}", currency=money)
        )
        drawn = _sums(frame, _newest_first(bars) if act == "year" else bars, code, rest, chosen)
        yield Plot(f"{act}-{code or 'none'}", title, act, drawn, left_out if number == len(by_currency) else ())


def _newest_first(bars: Sequence[Bar]) -> list[Bar]:
    return sorted(bars, key=lambda bar: bar.value, reverse=True)


def _year(wanted: Wanted) -> Chosen:
    return lambda value: is_chosen(wanted, since=value, until=value)


def _funder(wanted: Wanted) -> Chosen:
    return lambda value: is_chosen(wanted, organisation=value, role="funder")


def _place(wanted: Wanted) -> Chosen:
    return lambda value: is_chosen(wanted, place=value)


def _counts(frame: Frame, bars: Sequence[Bar], chosen: Chosen) -> tuple[Drawn, ...]:
    most = max((bar.count for bar in bars), default=0)
    return tuple(
        Drawn(
            bar.value,
            bar.label,
            frame.number(bar.count),
            _share(bar.count, most),
            bool(bar.value) and chosen(bar.value),
        )
        for bar in bars
    )


def _sums(frame: Frame, bars: Sequence[Bar], code: str, rest: str, chosen: Chosen) -> tuple[Drawn, ...]:
    most = max((bar.amount or Decimal() for bar in bars), default=Decimal())
    return tuple(
        Drawn(bar.value, bar.label or rest, told_amount(frame, bar.amount, code or None),
              _share(bar.amount or Decimal(), most), bool(bar.value) and chosen(bar.value))
        for bar in bars
    )  # fmt: skip


def _share(value: Decimal | int, most: Decimal | int) -> str:
    """Per cent of the longest bar, exact to a tenth, none below nothing."""
    return str((Decimal(value) * 100 / Decimal(most)).quantize(Decimal("0.1"))) if most > 0 < value else "0"


def _left_out(frame: Frame, what: str, n: int, total: int) -> str:
    """What a plot does not show, or shows twice, in a sentence."""
    of = {"total": frame.number(total)}
    if what == "year":
        return frame.count("{n} of {total} gives no period.", "{n} of {total} give no period.", n, **of)
    if what == "place":
        return frame.count("{n} of {total} gives no place.", "{n} of {total} give no place.", n, **of)
    if what == "amount":
        return frame.count("{n} of {total} gives no clear amount.", "{n} of {total} give no clear amount.", n, **of)
    if what == "funder":
        return frame.count("{n} gives an amount and no funder.", "{n} give an amount and no funder.", n)
    if what == "start":
        return frame.count("{n} gives an amount and no start.", "{n} give an amount and no start.", n)
    if what == "shared":
        return frame.count(
            "{n} has several funders and is counted under each.",
            "{n} have several funders and are counted under each.", n,
        )  # fmt: skip
    return frame.count(
        "{n} is another description of a project that is counted already.",
        "{n} are other descriptions of projects that are counted already.", n,
    )  # fmt: skip
