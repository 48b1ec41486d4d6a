"""What a visitor of the projects sees, as a value and as an address, and what a press makes of it.

Knows no HTML and asks no store.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from index.listing import SORTS, Wanted, from_query, to_query
from index.panels.frame import Pressed, number_in

TAB = "projects"
SIZES = (25, 50, 100)
"""Rows that a page may have."""
SIZE = 50
LARGEST_FIRST = ("start", "end", "amount")
"""Columns of which the newest or largest is looked for more often than the first."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "text": ("text",),
    "organisation": ("organisation", "role"),
    "place": ("place",),
    "time": ("since", "until"),
    "money": ("least", "most", "currency"),
    "programme": ("programme",),
    "document": ("document",),
}
"""Filters that are shown and taken off as one, each with its parts."""
TYPED = ("since", "until", "least", "most")
"""Fields of the form in which not everything makes sense."""


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: `page` of the table and `stretch` of the timeline count from 1, `opened` is a project's id.

    `generation` is the one of the store that it was shown from; 0 where nothing has been shown yet.
    """

    wanted: Wanted = field(default_factory=Wanted)
    page: int = 1
    size: int = SIZE
    stretch: int = 1
    opened: str = ""
    generation: int = 0
    misread: tuple[str, ...] = ()
    """What was typed for a year or an amount and is none."""


def to_address(view: View) -> str:
    """The query of the page's address that shows this."""
    own = {
        "at": "" if view.page == 1 else view.page,
        "rows": "" if view.size == SIZE else view.size,
        "project": view.opened,
    }
    told = urlencode({name: value for name, value in own.items() if value})
    return "&".join(filter(None, [f"tab={TAB}", to_query(view.wanted), told]))


def from_address(query: Mapping[str, str]) -> View:
    """What the query of an address shows; what makes no sense in it is left out."""
    size = number_in(query.get("rows", ""))
    return View(
        from_query(dict(query)),
        page=max(1, number_in(query.get("at", ""))),
        size=size if size in SIZES else SIZE,
        opened=query.get("project", ""),
    )


def step(view: View, pressed: Pressed) -> View:
    """What is to be shown after a press; the same where it means nothing."""
    wanted, value = view.wanted, pressed.value
    match pressed.act:
        case "filter":
            return _from_form(view, _plain(pressed.fields))
        case "clear":
            return _filtered(view, _with_order(Wanted(), wanted))
        case "drop" if value in GROUPS:
            return _filtered(view, without(wanted, value))
        case "year":
            return _filtered(view, _toggled(wanted, "time", since=value, until=value))
        case "place":
            return _filtered(view, _toggled(wanted, "place", place=value))
        case "funder":
            return _filtered(view, _toggled(wanted, "organisation", organisation=value, role="funder"))
        case "sort" if value in SORTS:
            return _filtered(view, _sorted(wanted, value))
        case "page":
            return replace(view, page=max(1, number_in(value)), opened="")
        case "rows" if number_in(value) in SIZES:
            return replace(view, size=number_in(value), page=1, opened="")
        case "stretch":
            return replace(view, stretch=max(1, number_in(value)))
        case "open":
            return replace(view, opened=value)
        case "back":
            return replace(view, opened="")
    return view


def is_chosen(wanted: Wanted, **values: str) -> bool:
    """Whether the filters have these values: whether a bar is the one that was pressed."""
    return all(getattr(wanted, name) == value for name, value in values.items())


def without(wanted: Wanted, group: str) -> Wanted:
    """The same without one of the `GROUPS` of filters."""
    return _with(wanted, dict.fromkeys(GROUPS[group], ""))


def unordered(wanted: Wanted) -> Wanted:
    """The same in whatever order: its filters alone."""
    return replace(wanted, sort="", descending=False)


def groups_set(wanted: Wanted) -> list[str]:
    """The `GROUPS` of which something is set."""
    return [group for group, names in GROUPS.items() if any(getattr(wanted, name) for name in names)]


def _toggled(wanted: Wanted, group: str, **values: str) -> Wanted:
    bare = without(wanted, group)
    return bare if is_chosen(wanted, **values) else _with(bare, values)


def _with(wanted: Wanted, values: Mapping[str, Any]) -> Wanted:
    return replace(wanted, **values)


def _sorted(wanted: Wanted, by: str) -> Wanted:
    if wanted.sort == by:
        return replace(wanted, descending=not wanted.descending)
    return replace(wanted, sort=by, descending=by in LARGEST_FIRST)


def _with_order(wanted: Wanted, before: Wanted) -> Wanted:
    return replace(wanted, sort=before.sort, descending=before.descending)


def _filtered(view: View, wanted: Wanted) -> View:
    return replace(view, wanted=wanted, page=1, stretch=1, opened="", misread=())


def _from_form(view: View, fields: Mapping[str, str | Sequence[str]]) -> View:
    wanted = from_query(fields)
    typed = {name: str(fields.get(name, "")).strip() for name in TYPED}
    misread = tuple(told for name, told in typed.items() if told and not getattr(wanted, name))
    return replace(_filtered(view, _with_order(wanted, view.wanted)), misread=misread)


def _plain(fields: Mapping[str, str | Sequence[str]]) -> dict[str, str | Sequence[str]]:
    """A form's fields that are text: whoever writes the request himself may send anything."""
    return {name: value for name, value in fields.items() if isinstance(value, str) or _are_texts(value)}


def _are_texts(value: object) -> bool:
    return isinstance(value, Iterable) and all(isinstance(one, str) for one in value)
