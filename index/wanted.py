"""Wanted: what a visitor filters and sorts the projects by, as a value, as a link's query and as a form's fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SORTS = ("title", "start", "end", "amount", "organisation", "place")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What projects are filtered and sorted by; with all of it empty, every project in the store's own order.

    A project fulfils all that is set. Of `organisation` and `place` a part of a name will do, accents and case forgiven;
    in double quotes it is the whole name. Amounts are plain decimals, dates ISO 8601 at any precision.
    """

    text: str = ""
    """Words that one passage of the project holds, all of them, or its title and aliases, in whatever form."""
    organisation: str = ""
    role: str = ""
    """The role of that organisation; alone: some organisation has it."""
    place: str = ""
    """A place, or the name or the code of a country in English or Romanian."""
    programme: str = ""
    since: str = ""
    until: str = ""
    """A project fits whose period shares a day with the time between."""
    least: str = ""
    most: str = ""
    currency: str = ""
    """With `least` and `most`: a budget or a grant lies within, in this currency; any, where none is given."""
    document: str = ""
    """The source of a document, or of the file that it is a part of."""
    sort: str = ""
    descending: bool = False


def to_query(wanted: Wanted) -> str:
    """The query of a link, `organisation=EEA&sort=title`: what is set, URL-encoded."""
    raise NotImplementedError


def from_query(fields: Mapping[str, str | Sequence[str]]) -> Wanted:
    """What a link's query or a form asks for; values that make no sense are left out.

    Numbers and dates as people type them in English and Romanian: `1,5 milioane`, `250.000`, `31.03.2014`.
    """
    raise NotImplementedError
