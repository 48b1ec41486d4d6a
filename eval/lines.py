"""A line of a set of questions by itself: what it holds, and its mistakes by field.

What lines say of each other is looked at in `eval.validate`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from eval.json_lines import Row, read_object
from eval.schema import At, breaches, misspelt, path_of, rank, shown

COMPARED = {"question", "history", "answers", "all", "none"}
"""Fields compared as words: a text without a letter or a figure would fit any answer, or ask nothing."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong where. `line` counts from 1 and is 0 for the file, `field` is as `sources[1].quote` or empty.

    A warning is what a person should look at; the set can be used as it is.
    """

    line: int
    field: str
    message: str
    is_warning: bool = False

    def told(self, path: Path) -> str:
        """The mistake in one line of text."""
        if not self.line:
            return f"{path} {self.message}"
        return f"{path}, line {self.line}: {f'field {self.field!r}: ' if self.field else ''}{self.message}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds an object; `spoilt` are its fields with a mistake, `original` the line that `of` names."""

    number: int
    given: Row
    spoilt: frozenset[str] = frozenset()
    original: "Line | None" = None

    @property
    def whole(self) -> Row:
        """What is given here and, where this is a wording, what it takes from its original."""
        return self.original.given | self.given if self.original else self.given

    @property
    def is_sound(self) -> bool:
        """Whether all that a question needs is there, so that `whole` can be taken as it is."""
        return not self.spoilt and ("of" not in self.given or (self.original is not None and self.original.is_sound))

    def is_fine(self, *fields: str) -> bool:
        """Whether nothing is wrong with these fields by themselves, here or where they are taken from."""
        return not any(field in self._giving(field).spoilt for field in fields)

    def _giving(self, field: str) -> "Line":
        return self.original if self.original and field not in {*self.given, *self.spoilt} else self


def read_line(number: int, text: str) -> tuple[Line | None, list[Mistake]]:
    """The line of this number, if it holds an object, and its mistakes; those by themselves in the schema's order.

    Bytes that were not UTF-8 are known by having been kept as half characters (`eval.json_lines.KEPT`).
    """
    doubled: list[str] = []
    try:
        text.encode()
        row = read_object(text, partial(_object, doubled))
        twice = {(name,): "is given twice; give it once" for name in doubled}
        broken = breaches(row)
        unsaid = {at: said for at, said in _unsaid(row) if not any(at[:n] in broken for n in range(1, len(at) + 1))}
        wrong = unsaid | twice | broken
    except UnicodeEncodeError:
        return None, [Mistake(number, "", "not UTF-8; save the file as UTF-8 and look at the line's letters")]
    except RecursionError:
        return None, [Mistake(number, "", "lists deeper within lists than can be read; leave some out")]
    except ValueError as error:
        return None, [Mistake(number, "", str(error))]
    spoilt = {str(at[0]) for at in wrong} | misspelt(row).keys() if wrong else set()
    mistakes = [Mistake(number, path_of(at), wrong[at]) for at in sorted(wrong, key=rank)]
    return Line(number, row, frozenset(spoilt)), mistakes


def _object(doubled: list[str], pairs: list[tuple[str, Any]]) -> Row:
    """An object; JSON itself lets a name stand twice, and the last one counts."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        doubled += [name for name in made if names.count(name) > 1]
    return made


def _unsaid(row: Row) -> Iterator[tuple[At, str]]:
    for at, text in texts(row):
        if at[0] in COMPARED and not any(map(str.isalnum, text)):
            yield at, f"holds no letter and no figure, only {shown(text)}"
        elif not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            yield at, "holds half a character; write it anew"


def texts(value: Any, at: At = ()) -> Iterator[tuple[At, str]]:
    """Every text within a value, with the way to it."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list | dict):
        for step, one in enumerate(value) if isinstance(value, list) else value.items():
            yield from texts(one, (*at, step))
