"""A plan with the changes that a visitor makes to it: parts left out, another project, field or operation meant.

What is changed is carried out by the same code as any plan. A change that the plan does not allow marks it `unmended`,
which refuses the question; nothing is looked up here but what the store calls its projects.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace

from assistant.grammar import Asked, grammar
from assistant.heard import hear
from assistant.linking import Subject
from assistant.mend import Mend
from assistant.names import DOCUMENT, PROJECT, Called
from assistant.plan import (
    ACROSS,
    AMOUNT,
    AVERAGE,
    COMPARISON,
    COUNT,
    DESCRIPTION,
    FIELD,
    GROUPS,
    HIGHEST,
    LIST,
    LOWEST,
    MEMBERS,
    PASSAGE,
    SUM,
    Condition,
    Measure,
    Plan,
)
from assistant.vocabulary import Vocabulary
from corpus.words import words

OF_ONE = (FIELD, DESCRIPTION, PASSAGE)
"""Intents of questions about one project, or a few by one name."""
NARROWED = (*OF_ONE, ACROSS, GROUPS, MEMBERS)
"""Intents whose conditions can be left out."""
OPERATIONS = (LIST, COUNT, SUM, AVERAGE, HIGHEST, LOWEST)
OF_GROUPS = (COUNT, SUM, AVERAGE, HIGHEST, LOWEST)
PART, SUBJECT, FIELD_ASKED, OPERATION = "part", "subject", "field", "operation"
"""What cannot be changed as was wished: values of `Plan.unmended`."""
GROUPING, EACH, UNREAD, BESIDES, OWN_LABEL = "grouping", "each", "unread", "besides", "label"
"""Keys of parts that are no conditions, or their beginnings, and that of a field that is a source's own label."""

Again = Callable[[str], Plan]
"""Understands another question in place of the one asked."""


def mended(plan: Plan, mend: Mend, vocabulary: Vocabulary, again: Again) -> Plan:
    """The plan with the changes made; `again` understands the question with another project's title in it."""
    if mend.subject is not None:
        plan = _about(plan, mend.subject, vocabulary, again)
    if mend.without and not plan.unmended:
        plan = _without(plan, mend.without)
    if mend.field is not None and not plan.unmended:
        plan = _telling(plan, mend.field, vocabulary)
    if mend.operation is not None and not plan.unmended:
        plan = _doing(plan, mend.operation)
    return plan


# Parts that are left out


def keyed(conditions: Sequence[Condition]) -> list[tuple[str, Condition]]:
    """Conditions with a key of each, which it keeps whatever else is left out."""
    seen: Counter[str] = Counter()
    found = []
    for one in conditions:
        key = key_of(one.kind, " ".join(one.said.split()))
        seen[key] += 1
        found.append((key if seen[key] == 1 else f"{key}#{seen[key]}", one))
    return found


def is_unread_part(plan: Plan, said: str) -> bool:
    """Whether something not understood can be left out: it is not the question as a whole."""
    return said != plan.question


def is_plain_grouping(plan: Plan) -> bool:
    """Whether records can be told together instead: no group is asked for by itself."""
    one = plan.grouped
    return one is not None and not (one.rank or one.only or one.is_values or plan.recurring)


def key_of(kind: str, said: str) -> str:
    """The key of a part that is no condition."""
    return f"{kind}:{said}"


def _without(plan: Plan, keys: Sequence[str]) -> Plan:
    told = keyed(plan.conditions) if plan.intent in NARROWED else []
    unread = [one for one in plan.unread if is_unread_part(plan, one)]
    known = {key for key, _ in told} | {key_of(UNREAD, one) for one in unread}
    known |= {key_of(BESIDES, one.key) for one in plan.excluded} if plan.beyond is None else set()
    known |= {GROUPING} if plan.intent == GROUPS and is_plain_grouping(plan) else set()
    known |= {EACH} if plan.intent == ACROSS and plan.fields else set()
    if not known.issuperset(keys):
        return replace(plan, unmended=PART)
    gone = [one for key, one in told if key in keys]
    left = tuple(one for key, one in told if key not in keys) if told else plan.conditions
    plan = _less_said(replace(plan, conditions=left), [one.said for one in gone])
    plan = replace(
        plan,
        unread=tuple(one for one in plan.unread if key_of(UNREAD, one) not in keys and one not in _saids(gone)),
        excluded=tuple(one for one in plan.excluded if key_of(BESIDES, one.key) not in keys),
        measure=_measure_of(plan.measure, gone, left),
    )
    if EACH in keys:
        plan = replace(plan, fields=())
    if GROUPING in keys:
        plan = replace(plan, intent=ACROSS, grouped=None, operation=plan.operation or LIST)
    return plan


def _saids(conditions: Iterable[Condition]) -> set[str]:
    return {one.said for one in conditions}


def _measure_of(measure: Measure, gone: Sequence[Condition], left: Sequence[Condition]) -> Measure:
    """The measure without the currency that only a condition left out has named."""
    named = [{each.currency for one in some for each in one.filters if each.currency} for some in (gone, left)]
    is_gone = measure.currency in named[0] - named[1]
    return replace(measure, currency=None) if is_gone else measure


def _less_said(plan: Plan, saids: Sequence[str]) -> Plan:
    """The plan as though its question did not have these words."""
    question = plan.question
    for said in saids:
        question = _cut(question, said)
    kept = {word for one in plan.conditions for word in words(one.said)} | {*words(question)}
    gone = {word for said in saids for word in words(said)} - kept
    return replace(_less(plan, gone), question=question)


def _less(plan: Plan, gone: Container[str]) -> Plan:
    said = (plan.words, plan.leftover, plan.narrowing, plan.heads, plan.own, plan.counted)
    looked_for, leftover, narrowing, heads, own, counted = (
        tuple(word for word in each if word not in gone) for each in said
    )
    names, quoted = (frozenset(word for word in each if word not in gone) for each in (plan.names, plan.quoted))
    return replace(
        plan,
        words=looked_for,
        leftover=leftover,
        narrowing=narrowing,
        heads=heads,
        own=own,
        counted=counted,
        names=names,
        quoted=quoted,
    )


def _cut(question: str, said: str) -> str:
    """The question without the words of a condition, where it has them in a row."""
    heard, told = hear(question), words(said)
    for start in range(len(heard.words) - len(told) + 1) if told else ():
        if heard.words[start : start + len(told)] == told:
            begin, finish = heard.spans[start][0], heard.spans[start + len(told) - 1][1]
            return f"{question[:begin].rstrip()} {question[finish:].lstrip()}"
    return question


# Another project


def _about(plan: Plan, identity: str, vocabulary: Vocabulary, again: Again) -> Plan:
    subject = named_subject(identity, vocabulary)
    if subject is None or plan.intent not in OF_ONE:
        return replace(plan, unmended=SUBJECT)
    if asked := _renamed(plan, subject, vocabulary):
        other = again(asked)
        if other.intent in OF_ONE:
            return replace(other, subjects=(subject,), unknown="", alternatives=())
    named = plan.leftover if plan.intent == FIELD and not plan.subjects else ()
    named = tuple(word for word in named if word in plan.names | plan.quoted) or named
    plan = _less_said(replace(_less(plan, named), conditions=()), [one.said for one in plan.conditions])
    return replace(plan, subjects=(subject,), unknown="", alternatives=(), inherited=True)


def named_subject(identity: str, vocabulary: Vocabulary) -> Subject | None:
    """The project or document of an id, if the store has it."""
    records = vocabulary.records
    if identity in records.keys:
        return records.subject(Called(PROJECT, identity, identity))
    title = next((name for key, name in records.store.names.documents if key == identity), None)
    return None if title is None else records.subject(Called(DOCUMENT, title, identity))


def _renamed(plan: Plan, subject: Subject, vocabulary: Vocabulary) -> str:
    """The question with a title in place of the one that it has; nothing where it names none, or two apart."""
    keys, title = {one.key for one in plan.subjects}, " ".join(subject.title.split())
    for told in dict.fromkeys((plan.question, vocabulary.spelling.mend(plan.question, plan.language))):
        heard = hear(told, plan.language)
        links = vocabulary.linker.link(heard.words, plan.language, heard.names())
        places = {link.positions for link in links if link.called.key in keys}
        if len(places) == 1:
            at = sorted(places.pop())
            between = [heard.words[one] for one in range(at[0], at[-1]) if one not in at]
            if all(word in grammar().closed for word in between):
                return f"{told[: heard.spans[at[0]][0]]}{title}{told[heard.spans[at[-1]][1] :]}"
    return ""


# Another field, another operation


def value_of(one: Asked | str) -> str:
    """How a change names a field, or a label of the source's own."""
    return f"{OWN_LABEL}:{one}" if isinstance(one, str) else f"{one.meaning.name}:{one.meaning.role}"


def _telling(plan: Plan, value: str, vocabulary: Vocabulary) -> Plan:
    fields = tuple(one for one in grammar().fields if value_of(one) == value)
    labels = tuple(dict.fromkeys(one.label for one in vocabulary.own_labels if value_of(one.label) == value))
    if plan.intent not in (*OF_ONE, COMPARISON) or not plan.subjects or not (fields or labels):
        return replace(plan, unmended=FIELD_ASKED)
    intent = COMPARISON if plan.intent == COMPARISON else FIELD
    name = [*(one.names[plan.language].lower() for one in fields), *labels][0]
    titles = "; ".join(dict.fromkeys(one.title for one in plan.subjects))
    return Plan(f"{name}: {titles}", plan.language, intent, plan.subjects, fields, labels, inherited=plan.inherited)


def _doing(plan: Plan, operation: str) -> Plan:
    allowed = OPERATIONS if plan.intent == ACROSS else OF_GROUPS if plan.intent == GROUPS else ()
    if operation not in allowed or plan.beyond:
        return replace(plan, unmended=OPERATION)
    is_added = operation in (SUM, AVERAGE) and plan.measure.kind != AMOUNT
    measure = Measure(currency=plan.measure.currency) if is_added else plan.measure
    plan = replace(plan, operation=operation, measure=measure, is_ordered=False)
    return plan if operation in (HIGHEST, LOWEST) else replace(plan, limit=None, place=1)
