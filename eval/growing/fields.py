"""Questions for money, for dates and for whatever has a label of the source's own, of one project.

Only what the record is sure of and has one reading of. Who took part, where, under what: `eval.growing.names`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.dates import read_period
from corpus.numbers import read_number
from corpus.record import APART, Field, Period
from corpus.words import fold
from eval.growing.asked import Asked
from eval.growing.asking import LABEL, Labels, ask, holding, way_of
from eval.growing.records import Told
from eval.growing.values import amount_ways, date_ways, exact
from eval.growing.wording import at

PERIOD = "field.period"
LONGEST_VALUE, MOST_WORDS = 80, 12
"""Characters and words of what stands under a label; longer is prose, of which an answer may give a part."""
NO_VALUE = re.compile(
    r"(?:https?:|www\.|/)\S*|\S+@\S+|\S*\.(?:jpe?g|png|svg|pdf)|.{0,2}|true|false|yes|no|da|nu|n/?a|none|-+", re.I
)
YEAR = re.compile(r"(?:19|20)\d\d")
FIGURE = re.compile(r"[\d.,\s]+")
DATE = re.compile(r"\d{4}-\d\d-\d\d\S*|(?:\d{1,2}\W{1,2})?(?:\d{1,2}|[^\W\d]+)\W{1,2}(?:19|20)\d\d")
LEAST_NUMBER = Decimal(1)


def fields(one: Told, labels: Labels) -> Iterator[Asked]:
    """Money, dates and what has a label of its own; `labels` are those that may be used, each with its words."""
    yield from _amounts(one, labels)
    if one.project.period:
        yield from _dates(one, one.project.period)
    yield from _dated_labels(one, labels)
    yield from _other(one, labels)


def _amounts(one: Told, labels: Labels) -> Iterator[Asked]:
    for role in at("field.amount"):
        own = [amount for amount in one.project.amounts if amount.role == role]
        value = exact(own[0]) if len(own) == 1 else None
        if value is None:
            continue
        field = holding(one, own[0].span)
        ways = way_of(f"field.amount.{role}", field, labels)
        gold = {"answers": amount_ways(value, own[0].currency, own[0].text)}
        yield ask(one, ways, role, gold, [field], [own[0].text], labels.get(field.label, "") if field else "")


def _dates(one: Told, period: Period) -> Iterator[Asked]:
    """Start, end and both, where the source tells them in so many words."""
    field = holding(one, period.span)
    if not is_told_plainly(period) or (field and is_open(field.label) and period.start == period.end):
        return
    is_one = not period.note  # of two places the words are the start's
    texts = {"start": period.text, "end": period.text if is_one else period.note.rpartition(": ")[2]}
    ends = {"start": period.start, "end": period.end}
    ways = {name: date_ways(iso, texts[name]) for name, iso in ends.items() if iso}
    held = [field] if is_one else []
    years = [iso[:4] for iso in ends.values() if iso]
    if period.start == period.end:  # of a day or a year nobody asks when it started
        yield ask(one, f"{PERIOD}.both", "period", {"answers": ways["start"]}, held, years[:1])
        return
    for name, forms in ways.items():
        yield ask(one, f"{PERIOD}.{name}", name, {"answers": forms}, held, years)
    if len(ways) == len(ends):
        yield ask(one, f"{PERIOD}.both", "period", {"all": list(ways.values())}, held, years)


def is_told_plainly(period: Period) -> bool:
    """Whether start and end are what the source calls so: read in one way, and not the day of an agreement."""
    return not period.note or period.note.startswith(APART)


def is_open(label: str) -> bool:
    """Whether a label says that what stands under it is only the beginning: `Running since`."""
    return bool(re.search(r"\b(?:since|ongoing|din|de la)\b", fold(label)))


def _dated_labels(one: Told, labels: Labels) -> Iterator[Asked]:
    """Dates that are no start or end of the work by themselves, under their labels: an approval, a closing date."""
    period = one.project.period
    is_plain = period is None or is_told_plainly(period)
    for field in one.project.fields:
        if field.name == "period" and field.label in labels and (field.role == "agreed" or not is_plain):
            yield from _labelled(one, field, labels)


def _other(one: Told, labels: Labels) -> Iterator[Asked]:
    for field in one.project.fields:
        if field.name == "other" and field.label in labels:
            yield from _labelled(one, field, labels)


def _labelled(one: Told, field: Field, labels: Labels) -> Iterator[Asked]:
    text = one.words_at(field.span)
    alike = [other for other in one.project.fields if fold(other.label) == fold(field.label)]
    if len(alike) == 1 and (ways := value_ways(text)):
        yield ask(one, LABEL, field.label, {"answers": ways}, [field], [text], labels[field.label])


def value_ways(text: str) -> list[str]:
    """How a value under a label may be printed; empty where it is prose or says nothing that could be asked for."""
    if len(text) > LONGEST_VALUE or len(text.split()) > MOST_WORDS or NO_VALUE.fullmatch(text):
        return []
    if YEAR.fullmatch(text):
        return [text]
    if FIGURE.fullmatch(text) and (number := read_number(text)[0]) is not None:
        return amount_ways(number, None, text) if number >= LEAST_NUMBER else []
    start, end, note = read_period(text) if DATE.fullmatch(text) else (None, None, "")
    return date_ways(start, text) if start and end in (None, start) and not note else [text]
