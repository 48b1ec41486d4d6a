"""Durations that a question gives as conditions: "lasted less than a year", „au durat mai puțin de 6 luni"."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.value_words import ahead, behind, numbers
from corpus.folding import fold_keeping_length

DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}
"""Days of each unit; a month is a twelfth of a year."""
UNITS = {
    "day": "days?|zi|zile|zilei", "week": "weeks?|saptamana|saptamani", "month": "months?|luna|luni",
    "year": "years?|an|ani|anul",
}  # fmt: skip
_FARTHEST = 40


@dataclass(frozen=True, slots=True)
class Lasting:
    """Bounds of a duration in days, either None, and where the question says them."""

    least: float | None
    most: float | None
    begin: int
    finish: int


def durations_in(question: str) -> list[Lasting]:
    """The bounds on durations in a question; a duration without a word that bounds it is none."""
    folded = fold_keeping_length(question)
    found = []
    for match in _duration().finditer(folded):
        unit = next(name for name in UNITS if match[name])
        value = _value(match["number"]) * DAYS[unit]
        begin, finish = match.start(), match.end()
        for key in ("at_most", "at_least", "above", "below"):
            if before := ahead(key, "amount_fillers").search(folded, max(0, begin - _FARTHEST), begin):
                found.append(_bounded(key, value, before.start(), finish))
                break
        else:
            for key, behind_key in (("at_least", "or_more"), ("at_most", "or_less")):
                if after := behind(behind_key).match(folded, finish):
                    found.append(_bounded(key, value, begin, after.end()))
                    break
    return found


def _bounded(key: str, value: float, begin: int, finish: int) -> Lasting:
    # A day apart, so that "more than a year" leaves out what lasted one.
    least, most = {
        "at_most": (None, value), "at_least": (value - 1, None), "above": (value + 1, None), "below": (None, value - 1),
    }[key]  # fmt: skip
    return Lasting(least, most, begin, finish)


def _value(said: str) -> float:
    words = numbers("numbers")
    return float(said) if said.isdigit() else float(words.get(said, 1))


@cache
def _duration() -> re.Pattern[str]:
    spelt = "|".join(sorted(map(re.escape, numbers("numbers")), key=len, reverse=True))
    units = "|".join(f"(?P<{name}>{forms})" for name, forms in UNITS.items())
    return re.compile(rf"(?<!\w)(?P<number>\d+|{spelt})\s+(?:de\s+)?(?:{units})(?!\w)")
