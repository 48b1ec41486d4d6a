"""The table of projects as HTML, a page of it, with the filters that are set above it. Knows no Gradio."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.listing import Row, Wanted, list_projects, to_query
from index.listing_filters import find
from index.panels.frame import Frame
from index.panels.project_card import UNKNOWN
from index.panels.projects_view import SIZES, View, groups_set, without
from index.panels.told import amount_label, organisation_label, told_amount, told_date, told_period
from index.store import Store

TABLE = Path(__file__).with_name("projects_table.jinja")
NAMES_SHOWN = 3
"""Names in one cell; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of the table as it is written."""

    id: str
    title: str
    language: str
    start: str
    end: str
    money: tuple[tuple[str, str, str], ...]
    """Of each amount the figure, "" where it is not clear, its words, and what it is where that is not the budget."""
    funders: tuple[str, ...]
    partners: tuple[str, ...]
    places: tuple[str, ...]
    notes: int


def draw_table(frame: Frame, store: Store, view: View) -> tuple[View, str]:
    """One page of the table, or what to do where nothing is found; the view with the number of the page shown."""
    page = list_projects(store, view.wanted, page=view.page, per_page=view.size)
    view = replace(view, page=page.number)
    query = to_query(view.wanted)
    made = frame.render(
        TABLE, view=view, page=page, rows=[_cells(frame, row) for row in page.rows],
        first=(page.number - 1) * view.size + 1, chips=chips(frame, view.wanted), sizes=SIZES,
        looser=[] if page.found or not page.total else _looser(frame, store, view.wanted),
        downloads={
            "csv": f"/projects.csv?{query}", "xlsx": f"/projects.xlsx?{query}",
            "csv_360": f"/projects.csv?{_and(query)}names=360giving",
            "xlsx_360": f"/projects.xlsx?{_and(query)}names=360giving",
        },
    )  # fmt: skip
    return view, made


def _and(query: str) -> str:
    return f"{query}&" if query else ""


def _looser(frame: Frame, store: Store, wanted: Wanted) -> list[tuple[str, str, int]]:
    """For each filter, how many projects would be found without it: (group, chip, count), those that help."""
    found = [(group, chip, len(find(store, without(wanted, group)))) for group, chip in chips(frame, wanted)]
    return [one for one in found if one[2]]


def chips(frame: Frame, wanted: Wanted) -> list[tuple[str, str]]:
    """What is filtered by, in words, as (group, words)."""
    told = {
        "text": lambda: frame.say("text: {words}", words=wanted.text),
        "organisation": lambda: _organisation(frame, wanted),
        "place": lambda: frame.say("place: {name}", name=_bare(wanted.place)),
        "time": lambda: frame.say("time: {period}", period=_time(frame, wanted)),
        "money": lambda: frame.say("amount: {amount}", amount=_money(frame, wanted)),
        "programme": lambda: frame.say("programme: {name}", name=_bare(wanted.programme)),
        "document": lambda: frame.say("document: {name}", name=wanted.document),
    }
    return [(group, told[group]()) for group in groups_set(wanted)]


def _organisation(frame: Frame, wanted: Wanted) -> str:
    role = organisation_label(frame, wanted.role) if wanted.role else frame.say("Organisation")
    return f"{role}: {_bare(wanted.organisation) or frame.say('any')}"


def _bare(name: str) -> str:
    """A name without the quotes that ask for the whole of it."""
    return name[1:-1] if len(name) > 2 and name[0] == name[-1] == '"' else name


def _time(frame: Frame, wanted: Wanted) -> str:
    return told_period(frame, wanted.since or None, wanted.until or None)


def _money(frame: Frame, wanted: Wanted) -> str:
    least, most = (told_amount(frame, bound or None, None) for bound in (wanted.least, wanted.most))
    if least and most:
        told = frame.say("{least} to {most}", least=least, most=most)
    elif least:
        told = frame.say("at least {amount}", amount=least)
    else:
        told = frame.say("at most {amount}", amount=most) if most else ""
    return " ".join(filter(None, [told, wanted.currency]))


def _cells(frame: Frame, row: Row) -> Cells:
    start, end = (told_date(frame, day) if day else "" for day in (row.start, row.end))
    money = tuple(
        (
            told_amount(frame, one.amount, one.currency),
            one.text,
            "" if one.role == "budget" else amount_label(frame, one.role),
        )
        for one in row.money
    )
    return Cells(
        row.id, row.title, "" if row.language == UNKNOWN else row.language, start or ("" if end else row.period),
        end, money, _few(frame, row.funders), _few(frame, row.partners), _few(frame, row.places), row.notes,
    )  # fmt: skip


def _few(frame: Frame, names: Sequence[str]) -> tuple[str, ...]:
    shown = tuple(names[:NAMES_SHOWN])
    left = len(names) - len(shown)
    return (*shown, frame.count("and {n} more", "and {n} more", left)) if left else shown
