"""Answers over several records: lists, counts, sums, averages and extremes, complete, each record cited.

Currencies are never added together; a record without a usable value is named. Words nothing: phrases does.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.answer import Citation, Derived, Statement, cite
from assistant.linking import Subject
from assistant.lookup import fields_of
from assistant.phrases import figure, quote, say
from assistant.plan import AMOUNT, AVERAGE, COUNT, DURATION, END, HIGHEST, LIST, PARTNERS, START, SUM, Measure, Plan
from assistant.records import Records
from assistant.selecting import Chosen, choose, shown_by
from corpus.document import Span
from corpus.record import Period
from index.records import days
from index.selection import Figure

MOST_CITED = 200
"""Records that an answer lists and cites; of more, it says how many there are."""


@dataclass(frozen=True, slots=True)
class Valued:
    """A record with the figure that is added up or compared, and the words that give it."""

    subject: Subject
    value: Decimal | None
    currency: str | None
    span: Span | None
    note: str = ""


@dataclass(slots=True)
class Said:
    """Statements and citations of an answer in the making."""

    statements: list[Statement]
    citations: list[Citation]

    def cite(self, subject: Subject, span: Span) -> int:
        """The number of the citation of a span, which is added where it is not there yet."""
        for there in self.citations:
            if (there.document_id, there.span) == (subject.document.id, span):
                return there.n
        self.citations.append(cite(len(self.citations) + 1, subject.document, span, subject.project))
        return len(self.citations)

    def say(
        self, text: str, cites: Sequence[int] = (), *, is_remark: bool = False, derived: Sequence[Derived] = ()
    ) -> None:
        """Add a statement."""
        self.statements.append(Statement(text, tuple(cites), is_remark, tuple(derived)))


def answer_across(plan: Plan, records: Records) -> tuple[list[Statement], list[Citation], Chosen]:
    """(statements, citations, what was chosen); no statement where no record fulfils the conditions."""
    chosen = choose(records, plan.conditions)
    said = Said([], [])
    if len(chosen.keys):
        subjects = records.projects(chosen.keys[:MOST_CITED])
        if plan.operation in (LIST, COUNT):
            _list(plan, said, subjects, chosen)
        else:
            _figures(plan, said, subjects, chosen, records)
    return said.statements, said.citations, chosen


def _list(plan: Plan, said: Said, subjects: Sequence[Subject], chosen: Chosen) -> None:
    lines = [(subject, _shown(plan, said, subject)) for subject in subjects]
    _of_total(plan, said, len(chosen.keys), chosen.total, [shown[0] for _, shown in lines])
    for subject, shown in lines:
        said.say(_line(plan, said, subject, shown), shown)
    _rest(plan, said, len(chosen.keys) - len(subjects))


def _shown(plan: Plan, said: Said, subject: Subject) -> list[int]:
    """Citations of what shows that a record fulfils the conditions; of its title where there are none."""
    spans = [span for condition in plan.conditions if (span := shown_by(subject, condition))]
    spans = spans or [_title(subject)]
    return list(dict.fromkeys(said.cite(subject, span) for span in spans))


def _title(subject: Subject) -> Span:
    title = subject.project.title_span if subject.project else None
    return title or Span(subject.span.start, min(subject.span.end, subject.span.start + len(subject.title)))


def _line(plan: Plan, said: Said, subject: Subject, shown: list[int]) -> str:
    """A record in a list: its title, the fields asked for, else the words that show why it is there."""
    told = []
    for one in plan.fields:
        for field in fields_of(subject, one)[:1]:
            shown.append(said.cite(subject, field.whole))
            told.append(quote(plan.language, field.span.of(subject.document.text)))
    quotes = told or [
        quote(plan.language, said.citations[n - 1].quote) for n in shown if said.citations[n - 1].span != _title(subject)
    ]
    return f"{subject.title} – {'; '.join(quotes)}" if quotes else subject.title


def _of_total(plan: Plan, said: Said, count: int, total: int, cites: Sequence[int]) -> None:
    """How many of how many; of more than are cited, the number is as the catalogue counts them."""
    where = "; ".join(condition.said for condition in plan.conditions)
    text = say(plan.language, "of_total", count=str(count), total=str(total), where=f" ({where})" if where else "")
    counted = Derived("count", Decimal(count), from_=tuple(cites)) if count == len(cites) else _vouched(count)
    said.say(text, cites, is_remark=True, derived=(counted, _vouched(total)))


def _vouched(count: int) -> Derived:
    return Derived("total", Decimal(count))


def _rest(plan: Plan, said: Said, count: int) -> None:
    if count > 0:
        said.say(say(plan.language, "rest", count=str(count)), is_remark=True, derived=[_vouched(count)])


# Figures


def _figures(plan: Plan, said: Said, subjects: Sequence[Subject], chosen: Chosen, records: Records) -> None:
    found = valued(plan.measure, subjects, records)
    known = [one for one in found if one.value is not None and plan.measure.currency in (None, one.currency)]
    if plan.operation in (SUM, AVERAGE):
        _added(plan, said, known, chosen)
    else:
        _extreme(plan, said, known)
    unknown = [one for one in found if one.value is None]
    for one in unknown:
        _unknown(plan, said, one)
    _rest(plan, said, len(chosen.keys) - len(subjects))


def valued(measure: Measure, subjects: Sequence[Subject], records: Records) -> list[Valued]:
    """The figure of each subject that a measure looks at."""
    if measure.kind == AMOUNT:
        keys = records.keys_of(subjects)
        figures: dict[int, list[Figure]] = defaultdict(list)
        for one in records.store.figures(keys, measure.roles, measure.label):
            figures[one.project].append(one)
        return [_amount(subject, figures.get(records.keys[subject.key], []), measure.roles) for subject in subjects]
    return [_property(subject, measure.kind) for subject in subjects]


def _amount(subject: Subject, figures: Sequence[Figure], roles: Sequence[str]) -> Valued:
    """The amount of the first role that has one; one without a value only where there is no other."""
    ordered = sorted(figures, key=lambda one: (roles.index(one.role) if one.role in roles else 0, one.amount is None))
    if not ordered:
        return Valued(subject, None, None, None)
    best = ordered[0]
    return Valued(subject, best.amount, best.currency, best.span, best.note)


def _property(subject: Subject, kind: str) -> Valued:
    project = subject.project
    if project is None:
        return Valued(subject, None, None, None)
    if kind == PARTNERS:
        partners = [one for one in project.organisations if one.role == "partner"]
        span = next((f.whole for f in project.fields if f.name == "organisation" and f.role == "partner"), None)
        return Valued(subject, Decimal(len(partners)) if partners else None, None, span)
    period = project.period
    told_days = _days(project.period) if project.period else None
    if period is None or told_days is None:
        return Valued(subject, None, None, period.span if period else None, period.note if period else "")
    first, last = told_days
    value = {DURATION: (last - first).days + 1, START: first.toordinal(), END: last.toordinal()}[kind]
    told = {DURATION: period.start and period.end, START: period.start, END: period.end}[kind]
    return Valued(subject, Decimal(value) if told else None, None, period.span)


def _days(period: Period) -> tuple[date, date] | None:
    first, last = days(period)
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def _added(plan: Plan, said: Said, known: Sequence[Valued], chosen: Chosen) -> None:
    by_currency: dict[str | None, list[Valued]] = defaultdict(list)
    for one in known:
        by_currency[one.currency].append(one)
    cites = [said.cite(one.subject, one.span) for one in known if one.span]
    _of_total(plan, said, len(known), chosen.total, cites)
    for currency, group in sorted(by_currency.items(), key=lambda pair: -len(pair[1])):
        total = sum((one.value for one in group if one.value is not None), Decimal(0))
        value = total if plan.operation == SUM else total / len(group)
        own = tuple(said.cite(one.subject, one.span) for one in group if one.span)
        text = say(plan.language, plan.operation, value=figure(plan.language, value, currency), count=str(len(group)))
        derived = (Derived(plan.operation, value, currency, own), Derived("count", Decimal(len(group)), from_=own))
        said.say(text, own, derived=derived)
    for one in known:
        if one.span:
            words = quote(plan.language, one.span.of(one.subject.document.text))
            said.say(f"{one.subject.title} – {words}", [said.cite(one.subject, one.span)])


def _extreme(plan: Plan, said: Said, known: Sequence[Valued]) -> None:
    by_currency: dict[str | None, list[Valued]] = defaultdict(list)
    for one in known:
        by_currency[one.currency].append(one)
    sign = -1 if plan.operation == HIGHEST else 1
    for _, group in sorted(by_currency.items(), key=lambda pair: -len(pair[1])):
        ordered = sorted(group, key=lambda one: sign * (one.value or Decimal(0)))
        limit = plan.limit or 1
        start = plan.place - 1 if plan.place > 0 else len(ordered) + plan.place
        best = ordered[start : start + limit]
        if best:
            # Whoever has the same value as the last one shares its place.
            best += [one for one in ordered[start + limit :] if one.value == best[-1].value]
        for one in best:
            if one.span:
                words = quote(plan.language, one.span.of(one.subject.document.text))
                said.say(f"{one.subject.title} – {words}", [said.cite(one.subject, one.span)])


def _unknown(plan: Plan, said: Said, one: Valued) -> None:
    if one.span is None:
        said.say(say(plan.language, "no_value", title=one.subject.title), is_remark=True)
        return
    words = quote(plan.language, one.span.of(one.subject.document.text))
    text = say(plan.language, "not_counted", title=one.subject.title, words=words)
    said.say(text, [said.cite(one.subject, one.span)])
