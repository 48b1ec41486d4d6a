"""Word and Figure: pieces of a text at their places, with how they are meant there. Knows no text."""

from dataclasses import dataclass

FROM, TO = "from", "to"
"""Whether a figure begins or ends what it bounds."""
Span = tuple[int, int]
"""Characters from one offset to another, the second not included."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, in which clause, and how it is meant."""

    at: int
    folded: str
    start: int
    end: int
    clause: int
    is_light: bool
    is_capital: bool
    """Written with a capital that no sentence's beginning explains."""
    is_figure: bool
    is_strict: bool
    families: frozenset[str]
    is_denied: bool
    is_by_denial: bool
    """Stands before what denies its clause, and may be denied with it."""
    is_unreal: bool

    @property
    def tells(self) -> bool:
        """Whether it states something and is no number."""
        return not (self.is_light or self.is_figure)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date at its place; `unit` is the unit it counts, `side` whether it begins or ends something."""

    written: str
    start: int
    end: int
    clause: int
    is_date: bool
    value: frozenset[object]
    """All that it may mean, so that two can be compared: numbers, or points in time as year, month and day."""
    unit: str | None
    side: str | None
    is_money: bool = False

    def is_same(self, other: "Figure") -> bool:
        """Whether both may mean the same."""
        return self.is_date == other.is_date and bool(self.value & other.value)


Found = list[tuple[int, Figure]]
"""Figures of sources, each with its source's number."""
