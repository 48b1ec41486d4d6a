"""Sums, averages and extremes over several records, every one of them looked at, the first of them cited.

Currencies are never added together; records without a usable value are named. Words nothing: phrases does.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from assistant.answer import Derived
from assistant.linking import Subject
from assistant.lookup import end_told, first_told, reading_of
from assistant.name_conditions import FUNDING
from assistant.phrases import figure, listing, quote, say
from assistant.plan import AMOUNT, AVERAGE, DURATION, END, HIGHEST, PARTNERS, START, SUM, Measure, Plan
from assistant.records import Records
from assistant.said import Said
from assistant.selecting import Chosen, first_shown_of
from assistant.value_conditions import AMOUNT_ROLES
from corpus.collector import collector_paused
from corpus.document import Span
from corpus.record import Period, Project
from index.records import days
from index.selection import Figure

MOST_CITED = 200
"""Records whose figures an answer cites; of more, it says how many there are."""
MOST_NAMED = 12
"""Records without a figure that are named."""


class Valued(NamedTuple):
    """The figure of a record, by the store's number for it, and where the words stand that give it."""

    key: int
    value: Decimal | None = None
    currency: str | None = None
    places: tuple[tuple[int, int], ...] = ()
    """Two where a period is told in two places."""

    @property
    def spans(self) -> list[Span]:
        """Where its words stand."""
        return [Span(*place) for place in self.places]


def tell_figures(plan: Plan, said: Said, chosen: Chosen, records: Records) -> None:
    """The sum, average or extreme that a plan asks for, over what was chosen."""
    with collector_paused():
        found = _found(plan, chosen, records)
        if plan.measure.kind in (START, END) and not any(one.value for one in found) and (told := records.dated_labels):
            # Where no period is told, the date under an own label is: that of a page.
            found = _found(replace(plan, measure=Measure(START, (), told)), chosen, records)
    if plan.measure.roles == ("grant",) and not any(one.places for one in found):
        # Where no record tells one apart, "the largest grant" is the largest record.
        found = _found(replace(plan, measure=replace(plan.measure, roles=AMOUNT_ROLES)), chosen, records)
    currency = plan.measure.currency
    known = [one for one in found if one.value is not None and currency in (None, one.currency)]
    if plan.beyond:
        _beyond(plan, said, known, chosen, records)
        return
    if plan.operation in (SUM, AVERAGE):
        _added(plan, said, known, chosen, records)
    else:
        _extreme(plan, said, known, chosen, records)
    if not known and currency is None and not any(one.places for one in found):
        said.statements.clear()
        return
    tell_unknown(plan, said, [one for one in found if one.value is None], records)


def _found(plan: Plan, chosen: Chosen, records: Records) -> list[Valued]:
    of_key = values_of(plan.measure, [key for group in chosen.groups for key in group], records)
    return [figure_of_group(group, of_key) for group in chosen.groups]


def figure_of_group(group: Sequence[int], of_key: Mapping[int, Valued]) -> Valued:
    """The figure of a project that several files may describe: the first that is usable."""
    own = [of_key[key] for key in group]
    if len(own) == 1:
        return own[0]
    return next((one for one in own if one.value is not None), next((one for one in own if one.places), own[0]))


def values_of(measure: Measure, keys: Sequence[int], records: Records) -> dict[int, Valued]:
    """The figure of each record that a measure looks at."""
    if measure.labels and measure.kind == AMOUNT:
        figures = [one for label in measure.labels for one in records.labelled(keys, label)]
        return _amounts(keys, figures, ())
    if measure.labels:
        return _dates(measure.labels, keys, records)
    if measure.kind == AMOUNT:
        return _amounts(keys, records.figures(keys, measure.roles), measure.roles)
    subjects = records.by_key(keys)
    return {key: _property(key, subjects[key], measure.kind) for key in keys}


def _amounts(keys: Sequence[int], figures: Sequence[Figure], roles: Sequence[str]) -> dict[int, Valued]:
    """The amount of the first role that has one; one without a value only where there is no other."""
    ranks = {role: at for at, role in enumerate(roles)}
    best: dict[int, tuple[tuple[int, bool], Figure]] = {}
    for one in figures:
        rank = (ranks.get(one.role, 0), one.amount is None)
        if one.project not in best or rank < best[one.project][0]:
            best[one.project] = (rank, one)
    found = {key: Valued(key) for key in keys}
    return found | {
        key: Valued(key, one.amount, one.currency, ((one.start, one.end),)) for key, (_, one) in best.items()
    }


def _dates(labels: Sequence[str], keys: Sequence[int], records: Records) -> dict[int, Valued]:
    found = {key: Valued(key) for key in keys}
    for label in reversed(labels):
        spans = {one.project: ((one.start, one.end),) for one in records.labelled(keys, label)}
        for key, (first, _) in records.dates(label).items():
            if key in spans:
                found[key] = Valued(key, Decimal(date.fromisoformat(first).toordinal()), None, spans[key])
    return found


def _property(key: int, subject: Subject, kind: str) -> Valued:
    project = subject.project
    if project is None:
        return Valued(key)
    if kind == PARTNERS:
        partners = [one for one in project.organisations if one.role == "partner"]
        told = [f.whole for f in project.fields if f.name == "organisation" and f.role == "partner"][:1]
        return Valued(key, Decimal(len(partners)) if partners else None, None, _pairs(told))
    period = project.period
    told_days = _days(period) if period else None
    if period is None or told_days is None:
        return Valued(key, None, None, _pairs([period.span] if period else []))
    first, last = told_days
    value = {DURATION: (last - first).days + 1, START: first.toordinal(), END: last.toordinal()}[kind]
    is_told = {DURATION: period.start and period.end, START: period.start, END: period.end}[kind]
    return Valued(key, Decimal(value) if is_told else None, None, _pairs(_told_at(project, period, kind)))


def _pairs(spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in spans)


def _told_at(project: Project, period: Period, kind: str) -> list[Span]:
    """The words that give the period or, where its ends stand apart as in a register, the one asked for, or both."""
    told = [field for field in project.fields if field.name == "period"]
    ends = {end_told(field): field.span for field in reversed(told) if field.role}
    if not all(field.role for field in told):
        return [period.span]
    wanted = (START, END) if kind == DURATION else (kind,)
    return [ends[end] for end in wanted if end in ends] or [period.span]


def _days(period: Period) -> tuple[date, date] | None:
    first, last = days(period)
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def _by_currency(known: Sequence[Valued]) -> list[tuple[str | None, list[Valued]]]:
    groups: dict[str | None, list[Valued]] = defaultdict(list)
    for one in known:
        groups[one.currency].append(one)
    return sorted(groups.items(), key=lambda pair: -len(pair[1]))


def _cited(said: Said, ones: Sequence[Valued], records: Records) -> dict[int, list[int]]:
    """Citation numbers by record, of the first MOST_CITED."""
    subjects = records.by_key(one.key for one in ones[:MOST_CITED])
    return {one.key: [said.cite(subjects[one.key], span) for span in one.spans] for one in ones[:MOST_CITED]}


def _added(plan: Plan, said: Said, known: Sequence[Valued], chosen: Chosen, records: Records) -> None:
    for currency, group in _by_currency(known):
        total = sum((one.value for one in group if one.value is not None), Decimal(0))
        value = total if plan.operation == SUM else total / len(group)
        cites = _cited(said, group, records)
        told, measure = figure(plan.language, value, currency), AMOUNT
        if plan.measure.kind == DURATION:
            told, measure = say(plan.language, "days", count=told), "days"
        text = say(plan.language, plan.operation, value=told, count=str(len(group)), total=str(chosen.total))
        own = tuple(n for numbers in cites.values() for n in numbers)
        derived = [said.vouch(chosen.total), said.vouch(len(group))]
        if len(own) == len(group):
            derived.append(Derived(plan.operation, value, currency, own, measure))
        else:  # more than are cited, or periods told in two places each
            derived.append(said.vouch(round(value, 2), currency))
        said.say(text, own, derived=derived)
        _lines(plan, said, group[:MOST_CITED], records)
        _shared_with(plan, said, group[:MOST_CITED], records)
        if len(group) > MOST_CITED:
            rest = len(group) - MOST_CITED
            said.say(say(plan.language, "rest", count=str(rest)), is_remark=True, derived=[said.vouch(rest)])


def _shared_with(plan: Plan, said: Said, ones: Sequence[Valued], records: Records) -> None:
    """The projects that others funded as well, where a sum is asked of one funder: its share is not told."""
    roles = {role for one in plan.conditions for filters in one.filters for role in filters.role or ()}
    if plan.operation != SUM or not roles & set(FUNDING):
        return
    subjects = records.by_key(one.key for one in ones)
    shared = [
        subject.title
        for subject in subjects.values()
        if subject.project and len({one.name for one in subject.project.organisations if one.role in FUNDING}) > 1
    ]
    if titles := list(dict.fromkeys(shared[:MOST_NAMED])):
        said.say(say(plan.language, "others_too", titles=listing(titles)), is_remark=True)


def _lines(plan: Plan, said: Said, ones: Sequence[Valued], records: Records) -> None:
    files = {one.key: records.files_of(one.key) for one in ones}
    subjects = records.by_key(key for keys in files.values() for key in keys)
    for one in ones:
        subject = subjects[one.key]
        if told := _told(plan, subject, one):
            cites = [said.cite(subject, span) for span in one.spans]
            own = [subject, *(subjects[key] for key in files[one.key] if key != one.key)]
            others, beside = _beside(plan, said, own)
            said.say("; ".join([f"{subject.title} – {told}", *others]), [*cites, *beside])


def _beside(plan: Plan, said: Said, own: Sequence[Subject]) -> tuple[list[str], list[int]]:
    """(other fields asked for of a project, citations of these and of what shows that it fulfils the conditions)."""
    kind = "amount" if plan.measure.kind == AMOUNT else "period"
    told, cites = [], []
    for one in plan.fields:
        if plan.operation not in (SUM, AVERAGE) and one.meaning.name != kind and plan.measure.kind != PARTNERS:
            subject = next((subject for subject in own if first_told(subject, one)), own[0])
            for field in first_told(subject, one):
                cites.append(said.cite(subject, field.whole))
                words = quote(plan.language, field.span.of(subject.document.text))
                told.append(f"{one.names[plan.language]}: {words}{reading_of(subject, field.span, plan.language)}")
    others = [one for one in plan.conditions if one.kind != AMOUNT]  # the figure itself shows its currency
    return told, list(dict.fromkeys([*cites, *first_shown_of(others, said, own)]))


def _told(plan: Plan, subject: Subject, one: Valued) -> str:
    """The words that give a figure, with what they mean."""
    return "; ".join(
        quote(plan.language, span.of(subject.document.text)) + reading_of(subject, span, plan.language)
        for span in one.spans
    )


def _extreme(plan: Plan, said: Said, known: Sequence[Valued], chosen: Chosen, records: Records) -> None:
    sign = -1 if plan.operation == HIGHEST else 1
    for _, group in _by_currency(known):
        ordered = sorted(group, key=lambda one: sign * (one.value or Decimal(0)))
        limit = len(ordered) if plan.is_ordered else plan.limit or 1
        start = plan.place - 1 if plan.place > 0 else len(ordered) + plan.place
        best = ordered[start : start + limit]
        if best:
            # Whoever has the same value as the last one shares its place.
            best += [one for one in ordered[start + limit :] if one.value == best[-1].value]
        _lines(plan, said, best[:MOST_CITED], records)
    if known:
        text = say(plan.language, "compared", count=str(len(known)), total=str(chosen.total))
        said.say(text, is_remark=True, derived=[said.vouch(len(known)), said.vouch(chosen.total)])


def _beyond(plan: Plan, said: Said, known: Sequence[Valued], chosen: Chosen, records: Records) -> None:
    """The records whose figure is above, or below, that of the one named; in another currency none is compared."""
    key = records.keys_of([plan.beyond])[0] if plan.beyond else 0
    keys = records.files_of(int(key))
    own = figure_of_group(keys, values_of(plan.measure, keys, records))
    if own.value is None:
        return
    sign = 1 if plan.operation == HIGHEST else -1
    like = [one for one in known if one.currency == own.currency and one.value is not None]
    found = [one for one in like if sign * (one.value or Decimal(0)) > sign * own.value]
    text = say(plan.language, "beyond", count=str(len(found)), total=str(chosen.total))
    said.say(text, is_remark=True, derived=[said.vouch(len(found)), said.vouch(chosen.total)])
    _lines(plan, said, [own], records)
    _lines(plan, said, sorted(found, key=lambda one: -sign * (one.value or Decimal(0)))[:MOST_CITED], records)
    if len(like) < len(known):
        said.say(say(plan.language, "currencies_differ"), is_remark=True)


def tell_unknown(plan: Plan, said: Said, ones: Sequence[Valued], records: Records) -> None:
    """The records whose words give no single figure, quoted; those that give none, named."""
    subjects = records.by_key(one.key for one in ones if one.places)
    for one in [one for one in ones if one.places][:MOST_NAMED]:
        subject = subjects[one.key]
        words = "; ".join(quote(plan.language, span.of(subject.document.text)) for span in one.spans)
        text = say(plan.language, "not_counted", title=subject.title, words=words)
        said.say(text, [said.cite(subject, span) for span in one.spans])
    without = [one for one in ones if not one.places]
    if without:
        titles = listing([records.title(one.key) for one in without[:MOST_NAMED]])
        said.say(say(plan.language, "no_value", titles=titles), is_remark=True)
    rest = len(without) - MOST_NAMED
    if rest > 0:
        said.say(say(plan.language, "rest", count=str(rest)), is_remark=True, derived=[said.vouch(rest)])
