"""Two or more projects side by side: the field asked for of each, and which of them has more where that can be said."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Derived
from assistant.figuring import Valued, values_of
from assistant.grammar import Asked, grammar
from assistant.linking import Subject
from assistant.lookup import fields_of, look_up
from assistant.operations import EXTREMES
from assistant.phrases import figure, quote, say
from assistant.plan import AMOUNT, END, HIGHEST, PARTNERS, START, Measure, Plan
from assistant.records import Records
from assistant.said import Said
from assistant.vocabulary import Vocabulary
from corpus.document import Span
from corpus.record import Field
from corpus.words import fold, words

MEASURED = ("amount", "period")
SIDE_BY_SIDE = (("period", ""), ("amount", "budget"), ("organisation", "funder"), ("organisation", "partner"))
"""What is compared where a question names nothing."""
TABLE_FROM = 3
"""So many projects are told in a table."""


def compares_prose(plan: Plan) -> bool:
    """Whether something is compared that only the text tells: "whose children are younger"."""
    return not plan.fields and not plan.labels and bool(set(plan.leftover) - _comparative_words(plan))


def _comparative_words(plan: Plan) -> set[str]:
    said = fold(plan.question)
    patterns = (*grammar().comparatives.values(), *grammar().operations)
    return {word for one in patterns for match in one.finditer(said) for word in words(match.group())}


def compare(plan: Plan, records: Records, vocabulary: Vocabulary) -> tuple[Said, list[tuple[Subject, Asked | str]]]:
    """(what is said, what is missing) of the plan's subjects."""
    direction, kind = _wanted(plan)
    fields = plan.fields or _fields_for(direction, kind)
    if len({subject.title for subject in plan.subjects}) >= TABLE_FROM:
        return _table(plan, fields), []
    said, missing = look_up(replace(plan, fields=fields), plan.language)
    if not said.statements:
        return said, missing
    if direction:
        measure = Measure(kind, _roles(fields) or ("budget", "grant"))
        projects = [subject for subject in plan.subjects if subject.project]
        keys = records.keys_of(projects).tolist()
        values = values_of(measure, keys, records)
        _conclude(plan, said, [(s, values[key]) for s, key in zip(projects, keys, strict=True)], direction, kind)
    elif grammar().across["same"].search(fold(plan.question)):
        _in_common(plan, said, fields, vocabulary)
    return said, missing


def _wanted(plan: Plan) -> tuple[str, str]:
    """(which end, of what) a comparative asks for: "longer", "cheaper"; the larger amount where it says no more."""
    folded = fold(plan.question)
    asked = {one.meaning.name for one in plan.fields}
    for key, (direction, kind) in EXTREMES.items():
        if grammar().comparatives[key].search(folded):
            return direction, kind
    return (HIGHEST, AMOUNT) if "amount" in asked else ("", AMOUNT)


def _fields_for(direction: str, kind: str) -> tuple[Asked, ...]:
    """The fields of what is compared."""
    wanted: Sequence[tuple[str, str]] = SIDE_BY_SIDE
    if direction:
        wanted = [
            ("amount", "budget")
            if kind == AMOUNT
            else ("organisation", "partner")
            if kind == PARTNERS
            else ("period", "")
        ]
    return tuple(one for one in grammar().fields if (one.meaning.name, one.meaning.role) in wanted)


def _roles(fields: Sequence[Asked]) -> tuple[str, ...]:
    return tuple(role for one in fields if one.meaning.name == "amount" for role in (one.meaning.role, *one.also))


def _conclude(plan: Plan, said: Said, found: Sequence[tuple[Subject, Valued]], direction: str, kind: str) -> None:
    known = [(subject, one) for subject, one in found if one.value is not None and one.places]
    titles = {subject.title for subject in plan.subjects}
    if len(titles) != 2 or {subject.title for subject, _ in known} != titles:
        return
    if len({one.currency for _, one in known}) > 1:
        said.say(say(plan.language, "currencies_differ"), is_remark=True)
        return
    ordered = sorted(known, key=lambda each: each[1].value or Decimal(0), reverse=direction == HIGHEST)
    cites = [
        [
            said.cite_within(subject, span) if _is_alone(said, subject, span, kind) else said.cite(subject, span)
            for span in one.spans
        ]
        for subject, one in ordered
    ]
    every = [n for numbers in cites for n in numbers]
    (first, value), (second, other) = ordered[0], ordered[-1]
    if _are_within(first, second, kind):
        said.say(say(plan.language, "not_told_apart"), is_remark=True)
    elif value.value == other.value:
        said.say(say(plan.language, "alike"), every)
    elif kind != AMOUNT:
        said.say(say(plan.language, f"first_{kind}_{direction}", title=first.title), every)
    else:
        apart = abs((value.value or Decimal(0)) - (other.value or Decimal(0)))
        derived = [Derived("difference", apart, value.currency, (cites[0][0], cites[-1][0]))]
        told = figure(plan.language, apart, value.currency)
        said.say(say(plan.language, f"first_{direction}", title=first.title, value=told), every, derived=derived)


def _is_alone(said: Said, subject: Subject, span: Span, kind: str) -> bool:
    """Whether what is cited already around a figure holds no other: a field may give several amounts."""
    around = [one.span for one in said.citations if one.document_id == subject.document.id and one.span.holds(span)]
    amounts = subject.project.amounts if subject.project else ()
    return kind != AMOUNT or all(sum(each.holds(one.span) for one in amounts) == 1 for each in around[:1])


def _are_within(one: Subject, other: Subject, kind: str) -> bool:
    """Whether one date is told as a year or a month that the other one lies in: which was first is not known."""
    periods = [each.project.period for each in (one, other) if each.project and each.project.period]
    if kind not in (START, END) or len(periods) != 2:
        return False
    first, second = (getattr(period, kind) or "" for period in periods)
    return first != second and bool(first.startswith(second) or second.startswith(first))


def _in_common(plan: Plan, said: Said, fields: Sequence[Asked], vocabulary: Vocabulary) -> None:
    """Whether a field names the same for all, the same funder, the same programme, or some of it only."""
    for one in fields:
        named = [
            {
                key: (subject, field, span)
                for subject in subjects
                for field in fields_of(subject, one)
                for key, span in _names_in(subject, field, vocabulary).items()
            }
            for subjects in _by_title(plan.subjects).values()
        ]
        if not all(named):
            continue
        shared, every = (way(*(set(each) for each in named)) for way in (set.intersection, set.union))
        if not shared:
            said.say(say(plan.language, "differs", name=one.names[plan.language]), is_remark=True)
            continue
        told = [each[name] for name in sorted(shared) for each in named]
        cites = [said.cite(subject, field.whole) for subject, field, _ in told]
        # Of fields that are not the same throughout only what they share is the same.
        spans = ((subject, field.span if shared == every else span) for subject, field, span in told)
        names = "; ".join(dict.fromkeys(quote(plan.language, span.of(s.document.text)) for s, span in spans))
        key = "both" if shared == every else "partly"
        said.say(say(plan.language, key, name=one.names[plan.language], names=names), cites)


def _names_in(subject: Subject, field: Field, vocabulary: Vocabulary) -> dict[str, Span]:
    """What a field names, and where: its organisations by whatever name and the programme behind, else its words."""
    text = subject.document.text
    organisations, fields = (subject.project.organisations, subject.project.fields) if subject.project else ((), ())
    named = {vocabulary.key_of(one.name): one.span for one in organisations if field.span.holds(one.span)}
    parts = (one.span for one in fields if one.name == "programme" and field.span.holds(one.span))
    named |= {fold(span.of(text)): span for span in parts}
    return named or {fold(field.span.of(subject.document.text)): field.span}


def _table(plan: Plan, fields: Sequence[Asked]) -> Said:
    """A row for each project, a column for each field; the last column is for the citations."""
    said = Said()
    names = " | ".join(one.names[plan.language] for one in fields)
    said.say(f"| {say(plan.language, 'project')} | {names} | |", is_remark=True)
    said.say(f"|{'---|' * (len(fields) + 2)}", is_remark=True)
    for title, subjects in _by_title(plan.subjects).items():
        cells, cites = [], []
        for one in fields:
            told = [(subject, field) for subject in subjects for field in fields_of(subject, one)]
            told = [(subject, field) for subject, field in told if "|" not in field.span.of(subject.document.text)]
            cites += [said.cite(subject, field.whole) for subject, field in told]
            words_told = (quote(plan.language, field.span.of(subject.document.text)) for subject, field in told)
            cells.append("; ".join(dict.fromkeys(words_told)) or "–")
        said.say(f"| {title.replace('|', '/')} | {' | '.join(cells)} |", cites, is_remark=not cites)
    return said if said.citations else Said()


def _by_title(subjects: Sequence[Subject]) -> dict[str, list[Subject]]:
    """The subjects by what they are called: one project may stand in two files."""
    found: dict[str, list[Subject]] = {}
    for subject in subjects:
        found.setdefault(subject.title, []).append(subject)
    return found
