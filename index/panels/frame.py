"""Frame: what every panel is drawn with, in one language: its words, its numbers and days, templates that escape.

A panel is HTML made here and on the server; what is pressed in it comes back as `Pressed` (web/page.js sends it). Knows
nothing of what is shown, and no Gradio but the event that it is handed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from index.panels.words import ENGLISH

WIRED = "page.wire(element, trigger)"
"""The `js_on_load` of a `gr.HTML` whose buttons (`data-act`) and forms (`data-act`) come back as clicks and submits."""
_SHARED = Path(__file__).parent
"""Where templates are that others import from."""


@dataclass(frozen=True)
class Frame:
    """How a page is drawn: in which language, and where it is served (`base`: "" or a path such as "/ro")."""

    language: str = ENGLISH
    words: NullTranslations = field(default_factory=NullTranslations)
    base: str = ""

    def say(self, text: str, **values: object) -> str:
        """An English text in the page's language, with `{name}` replaced by values. As text: escape it in HTML."""
        return self.words.gettext(text).format(**values)

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """The same of a text that depends on a number; `{n}` is the number, written as the language does."""
        return self.words.ngettext(one, many, n).format(n=self.number(n), **values)

    def number(self, value: int | float | Decimal) -> str:
        """A number as the language writes it: 27,132 or 27.132."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.language)

    def day(self, value: str | date) -> str:
        """A day (ISO 8601 or a date), a moment's day too, as the language writes it: 5 Nov 2013."""
        from babel.dates import format_date

        day = datetime.fromisoformat(value).date() if isinstance(value, str) else value
        return format_date(day, "d MMM y", locale=self.language)

    def render(self, template: Path, **values: Any) -> Markup:
        """The HTML of a template; all that comes into it is escaped, but for `Markup`, which only this returns.

        In it `_`, `ngettext`, `number`, `day` and `frame` are at hand; `parts.jinja` of this folder can be imported.
        """
        made = _environment(template.parent).get_template(template.name)
        own = {"_": self.say, "count": self.count, "number": self.number, "day": self.day, "frame": self}
        return Markup(made.render(own | values))  # noqa: S704  # autoescaped


@cache
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(folder), FileSystemLoader(_SHARED)]), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_finalize,
        auto_reload=False,  # else each rendering looks at the file of each template, and of what it includes
    )  # fmt: skip


def _finalize(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.encode("utf-8", "replace").decode()  # lone surrogates of odd file names
    return "" if value is None else value


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a visitor pressed or sent in a panel: its `data-act`, its `data-value`, and a form's fields by name."""

    act: str
    value: str = ""
    fields: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


def pressed(event: Any) -> Pressed:
    """What an event (`gr.EventData`) of a wired panel says; whatever else comes is an act of no name."""
    told = event._data if isinstance(event._data, dict) else {}
    fields = told.get("fields")
    return Pressed(str(told.get("act") or ""), str(told.get("value") or ""), fields if isinstance(fields, dict) else {})
