"""How a question was understood, for people to read and to mend: a line on the page made of parts.

`Plan.in_words` is for programs and stays as it is; this is in the page's language and says what may be left out or
meant otherwise. Every choice brings the whole `Mend` that makes it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import REFUSED, TOTAL, Answer, Derived
from assistant.choosing import other_fields, other_operations, other_subjects
from assistant.conditions_told import read_as, told_as
from assistant.grammar import Asked, grammar
from assistant.mend import Mend
from assistant.mending import (
    BESIDES,
    EACH,
    GROUPING,
    NARROWED,
    OF_ONE,
    UNREAD,
    is_plain_grouping,
    is_unread_part,
    key_of,
    keyed,
)
from assistant.part import Part
from assistant.phrases import listing
from assistant.plan import (
    ABILITIES,
    ACROSS,
    AMOUNT,
    AVERAGE,
    COMPARISON,
    COUNT,
    DESCRIPTION,
    FIELD,
    GREETED,
    GROUPS,
    HIGHEST,
    LIST,
    LOWEST,
    MEMBERS,
    PASSAGE,
    PRECEDENT,
    SHARE,
    SUM,
    TASK,
    Plan,
)
from assistant.plan_words import has_word, word
from assistant.vocabulary import Vocabulary

MOST_WORDS = 12
"""Words looked for that the line tells."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was understood: a line, its parts in order, those that were left out, and "n of m" where known."""

    line: str
    parts: tuple[Part, ...]
    left_out: tuple[Part, ...] = ()
    """Parts that the visitor has taken out: their `removed` puts them back."""
    counted: tuple[int, int] | None = None
    """Of how many projects, out of how many, the answer tells; as it states them."""


def understood(plan: Plan, answer: Answer, vocabulary: Vocabulary, language: str, mend: Mend) -> Understood:
    """How the plan that was carried out is told on a page in `language`; `mend` is what was changed in it."""
    parts = tuple(_parts(plan, vocabulary, language, mend))
    counted = counted_in(plan, answer)
    line = _line(plan, parts, language)
    if counted:
        line += f"; {word(language, 'of_total', count=str(counted[0]), total=str(counted[1]))}"
    gone = tuple(Part("condition", key.partition(":")[2] or key, key, (), mend.with_again(key)) for key in mend.without)
    return Understood(line, parts, gone, counted)


# Parts


def _parts(plan: Plan, vocabulary: Vocabulary, language: str, mend: Mend) -> Iterator[Part]:
    if plan.intent in (GREETED, ABILITIES, TASK):
        yield Part("other", word(language, "task" if plan.intent == TASK else "talk"), "intent")
        return
    if plan.intent == PRECEDENT:
        yield Part("topic", word(language, "like", words=", ".join(plan.words[:MOST_WORDS])), "topic")
        return
    if plan.intent in (*OF_ONE, COMPARISON):
        yield from _of_subjects(plan, vocabulary, language, mend)
    else:
        yield from _of_records(plan, vocabulary, language, mend)
    yield from _conditions(plan, language, mend)
    if plan.intent == ACROSS and plan.fields and plan.operation in (LIST, COUNT):
        names = ", ".join(one.names[language].lower() for one in plan.fields)
        yield Part("field", word(language, "with_fields", what=names), EACH, (), mend.less(EACH))


def _of_subjects(plan: Plan, vocabulary: Vocabulary, language: str, mend: Mend) -> Iterator[Part]:
    fields = [one.names[language].lower() for one in plan.fields] or list(plan.labels)
    if not fields:
        text = {COMPARISON: "all_facts", DESCRIPTION: "description"}.get(plan.intent, "text")
        fields = [word(language, text)]
    yield Part("field", ", ".join(fields), "field", other_fields(plan, language, mend))
    titles = list(dict.fromkeys(one.title for one in plan.subjects))
    if titles or plan.intent == FIELD:
        choices = () if plan.intent == COMPARISON else other_subjects(plan, vocabulary, mend)
        yield Part("subject", listing(titles) or word(language, "unnamed"), "subject", choices)
    if plan.intent == PASSAGE and plan.words:
        yield Part("topic", word(language, "about", words=", ".join(plan.words[:MOST_WORDS])), "topic")


def _of_records(plan: Plan, vocabulary: Vocabulary, language: str, mend: Mend) -> Iterator[Part]:
    if plan.intent == MEMBERS:
        names = ", ".join(one.names[language].lower() for one in plan.fields if one.meaning.name == "organisation")
        yield Part("operation", word(language, "all_of", what=names), "operation")
        titles = list(dict.fromkeys(one.title for one in plan.subjects))
        if titles:
            yield Part("subject", listing(titles), "subject")
        return
    what = _measured(plan, language)
    has_amounts = any(one.name == "amount" for one in vocabulary.records.store.names.labels)
    choices = other_operations(plan, what, language, mend, has_amounts=has_amounts)
    yield Part("operation", _operation(plan, what, language), "operation", choices)
    if plan.intent == GROUPS and plan.grouped:
        removed = mend.less(GROUPING) if is_plain_grouping(plan) else None
        by = f"by_{plan.grouped.rank}" if plan.grouped.rank else "by"
        yield Part("grouping", word(language, by, what=_grouped(plan, language)), GROUPING, (), removed)
    if plan.beyond:
        key = "above" if plan.operation == HIGHEST else "below"
        yield Part("condition", word(language, key, title=plan.beyond.title), "beyond")


def _conditions(plan: Plan, language: str, mend: Mend) -> Iterator[Part]:
    for key, one in keyed(plan.conditions):
        removed = mend.less(key) if plan.intent in NARROWED else None
        yield Part("condition", told_as(one, language), key, (), removed, read_as(one))
    for other in plan.excluded if plan.beyond is None else ():
        key = key_of(BESIDES, other.key)
        yield Part("condition", word(language, "besides", title=other.title), key, (), mend.less(key))
    for said in plan.unread:
        key = key_of(UNREAD, said)
        removed = mend.less(key) if is_unread_part(plan, said) else None
        yield Part("condition", word(language, "unread", said=said), key, (), removed)


def _measured(plan: Plan, language: str) -> str:
    if plan.measure.labels:
        return ", ".join(plan.measure.labels)
    role = plan.measure.roles[0] if plan.measure.roles and plan.measure.kind == AMOUNT else "budget"
    return word(language, role) if has_word(role) else role


def _operation(plan: Plan, what: str, language: str) -> str:
    operation = plan.operation or LIST
    if operation in (LIST, COUNT, SHARE):
        return word(language, operation)
    if operation in (SUM, AVERAGE):
        return word(language, operation, what=what)
    if plan.beyond:
        return word(language, LIST)
    is_amount = plan.measure.kind == AMOUNT or plan.intent == GROUPS
    text = word(language, f"{operation}_{AMOUNT if is_amount else plan.measure.kind}", what=what)
    if plan.place != 1:
        text += f", {word(language, 'placed', place=str(plan.place))}"
    return f"{text}, {word(language, 'first', count=str(plan.limit))}" if plan.limit else text


def _grouped(plan: Plan, language: str) -> str:
    one = plan.grouped
    if one is None:
        return ""
    if has_word(one.kind):
        return word(language, one.kind)
    names = [role.names[language].lower() for role in _roles_named(one.names)]
    return ", ".join(names or one.names) or one.said


def _roles_named(names: Sequence[str]) -> list[Asked]:
    return [one for one in grammar().fields if one.meaning.name == "organisation" and one.meaning.role in names]


# The line


def _line(plan: Plan, parts: Sequence[Part], language: str) -> str:
    """The parts as one line, in the order in which they are said."""
    told = {kind: "; ".join(one.text for one in parts if one.kind == kind) for kind in ("field", "subject", "topic")}
    rest = [one.text for one in parts if one.kind == "condition"]
    if plan.intent in (*OF_ONE, COMPARISON):
        key = {COMPARISON: "compared", DESCRIPTION: "what_is", PASSAGE: "text_of"}.get(plan.intent, "of")
        is_named = bool(told["subject"])
        head = word(language, key, what=told["field"], titles=told["subject"]) if is_named else told["field"]
        return ", ".join([" ".join(filter(None, (head, told["topic"]))), *rest])
    head = " ".join(one.text for one in parts if one.kind in ("operation", "grouping", "topic", "other"))
    if plan.intent == ACROSS and rest and plan.operation not in (LIST, COUNT, SHARE) and not plan.beyond:
        head += f", {word(language, LIST)}"  # "sum of budgets, projects in Romania"
    head = " ".join([head, *rest[:1]])
    of_each = [told["field"]] if told["field"] else []
    return "; ".join([", ".join([head, *rest[1:]]), *of_each])


# The numbers that the answer states


def counted_in(plan: Plan, answer: Answer) -> tuple[int, int] | None:
    """(how many projects, of how many) the answer tells, where its own derived figures say so."""
    derived = [one.derived for one in answer.statements if one.derived]
    if plan.intent not in (ACROSS, GROUPS) or not derived:
        return None
    if answer.status == REFUSED:  # "none of the 15"
        return (0, int(derived[0][0].value)) if len(derived[0]) == 1 else None
    if plan.intent == GROUPS:
        return _pair(derived[0][1], derived[0][2]) if len(derived[0]) == 3 and _are_totals(derived[0]) else None
    if plan.operation in (SUM, AVERAGE):
        added = [each for each in derived if len(each) == 3 and _are_totals(each[:2])]
        return (sum(int(each[1].value) for each in added), int(added[0][0].value)) if added else None
    if plan.operation in (HIGHEST, LOWEST) and not plan.beyond:
        pairs = [each for each in derived if len(each) == 2 and _are_totals(each)]
        return _pair(*pairs[0]) if pairs else None
    return _pair(derived[0][0], derived[0][1]) if len(derived[0]) > 1 else None


def _are_totals(derived: Sequence[Derived]) -> bool:
    return all(one.kind == TOTAL for one in derived)


def _pair(count: Derived, total: Derived) -> tuple[int, int]:
    return int(count.value), int(total.value)
