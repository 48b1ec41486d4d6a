"""Questions that may be asked next and that the store can answer, in the language of the one just answered.

Made from what its projects' records hold; each is understood once, to be sure that its names are read as meant. None
repeats what the conversation has asked.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, islice

from assistant.answer import ANSWERED, Answer
from assistant.choosing import fields_had
from assistant.grammar import grammar
from assistant.linking import Subject
from assistant.mend import History, earlier
from assistant.mending import value_of
from assistant.name_conditions import FUNDING
from assistant.names import PROJECT, Called
from assistant.neighbours import OF_COUNTRY, Shared, beside, is_sayable, shared_of
from assistant.plan import ACROSS, COMPARISON, COUNT, DESCRIPTION, FIELD, GROUPS, LIST, MEMBERS, SHARE, SUM, Plan
from assistant.plan_words import country_called
from assistant.question import behind, understand_alone
from assistant.questions_made import FIELDS, of_many, of_one
from assistant.understood import counted_in
from assistant.value_conditions import AMOUNT_ROLES
from assistant.vocabulary import Vocabulary
from corpus.words import fold, words
from index.filters import Filters

MOST = 3
MOST_TRIED = 6
"""Questions that are understood to find these."""
MOST_READ = 100
"""Projects cited whose amounts are looked at."""
FEW_RECORDS = 2_000
"""Of so many records questions over all are proposed, and understood too; over more both take too long."""
KEPT = 256
"""Questions that are kept as they are read."""
BUDGET, ABOUT = "amount:budget", "description"


@dataclass(frozen=True, slots=True)
class Next:
    """A question that may be asked next, and as what it has to be understood: an intent, and the one project of it.

    One that `follows` leans on the records just told.
    """

    question: str
    intent: str
    subject: Subject | None = None
    follows: bool = False


class Suggestions:
    """What may be asked next of one store. How a question is read alone stays so for a generation, and is kept."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._alone: OrderedDict[tuple[str, str], Plan] = OrderedDict()

    def after(self, answer: Answer, plan: Plan, asked: History) -> tuple[str, ...]:
        """Up to three questions; `asked` are those of the conversation, the one just answered by `plan` last."""
        before = [earlier(one).question for one in asked]
        said, found = {" ".join(words(one)) for one in before}, list[str]()
        sure, tried = set[str](), 0  # titles of which one question has been understood are read so in the next
        for one in _after(answer, plan, self._vocabulary, [fold(one) for one in before], self._of_all):
            called = " ".join(words(one.question))
            if called in said:
                continue
            said.add(called)
            title = one.subject.title if one.subject else ""
            tried += 1
            if title in sure or self._is_understood(one, plan):
                found.append(one.question)
                sure |= {title} - {""}
            if len(found) == MOST or tried == MOST_TRIED:
                break
        return tuple(found)

    def _is_understood(self, one: Next, last: Plan) -> bool:
        """Whether a question is read as it is meant, behind the one just answered, and asks for something new."""
        if one.subject is None and self._vocabulary.records.count > FEW_RECORDS:
            return True
        plan = behind(self._read(one.question, last.language), last)
        is_read = plan.intent == one.intent and not plan.unread and plan.inherited == one.follows
        is_read = is_read and plan.language == last.language and plan.in_words != last.in_words
        return is_read and (one.subject is None or {each.title for each in plan.subjects} == {one.subject.title})

    def _read(self, question: str, usual: str) -> Plan:
        if (question, usual) not in self._alone:
            self._alone[question, usual] = understand_alone(question, self._vocabulary, usual)
        self._alone.move_to_end((question, usual))
        if len(self._alone) > KEPT:
            self._alone.popitem(last=False)
        return self._alone[question, usual]

    @cached_property
    def _of_all(self) -> tuple[tuple[str, str], ...]:
        """(question, intent) over all records of a store that is not large, as far as several tell what they ask."""
        records = self._vocabulary.records
        if not 1 < records.count <= FEW_RECORDS:
            return ()
        told = (
            ("by_funder", GROUPS, Filters(role=FUNDING)),
            ("largest_all", ACROSS, Filters(measure=AMOUNT_ROLES)),
            ("by_country", GROUPS, Filters(placed=True)),
            ("by_year", GROUPS, Filters(started=(None, None))),
        )
        has_countries = len({code for _, code in records.store.names.places if code}) > 1
        kept = [one for one in told if one[0] != "by_country" or has_countries]
        return tuple((key, intent) for key, intent, filters in kept if len(records.store.choose([filters])) > 1)


def _after(
    answer: Answer, plan: Plan, vocabulary: Vocabulary, before: Sequence[str], of_all: Sequence[tuple[str, str]]
) -> Iterator[Next]:
    """What may be asked after an answer, the likeliest first."""
    records, language = vocabulary.records, plan.language
    ids = list(dict.fromkeys(one.project_id for one in answer.citations if one.project_id))
    own = [one for one in plan.subjects if one.project]
    every = [Next(of_many(language, key), intent) for key, intent in of_all]
    if answer.status != ANSWERED:
        own = own or _nearest(plan, vocabulary)
        yield from chain.from_iterable(_fields(one, language, before) for one in own[:1])
        yield from every
    elif plan.intent == ACROSS:
        yield from _of_records(answer, plan, ids, vocabulary)
        yield from _of_first(ids, vocabulary, language, before)
        yield from every
    elif plan.intent in (GROUPS, MEMBERS):
        yield from every
        yield from _of_first(ids, vocabulary, language, before)
    else:
        subjects = own or [records.subject(Called(PROJECT, key, key)) for key in ids[:1]]
        each = [_beside(one, plan, vocabulary, before) for one in subjects[: 2 if plan.intent == COMPARISON else 1]]
        yield from chain.from_iterable(zip(*each, strict=False)) if len(each) > 1 else chain.from_iterable(each)
        yield from every


def _nearest(plan: Plan, vocabulary: Vocabulary) -> list[Subject]:
    """The project that a question without an answer may have meant, else the first."""
    records = vocabulary.records
    near = [one for one in vocabulary.linker.near(words(plan.question), MOST) if is_sayable(one.name)]
    few = records.store.names.titles[:MOST_READ]
    first = [Called(PROJECT, one.title, one.id) for one in few if is_sayable(one.title)]
    return [records.subject(Called(PROJECT, one.key, one.key)) for one in (near or first)[:1]]


def _fields(subject: Subject, language: str, before: Sequence[str]) -> Iterator[Next]:
    """Questions for what a project's record holds, but for fields that the conversation has asked for."""
    if not is_sayable(subject.title):
        return
    asked = {value_of(one) for one in grammar().fields if any(one.pattern.search(said) for said in before)}
    had = {value_of(one) for one in fields_had(subject) if not isinstance(one, str)}
    for value in FIELDS:
        if value in had - asked:
            yield Next(of_one(language, value, subject.title), FIELD, subject)


def _beside(subject: Subject, plan: Plan, vocabulary: Vocabulary, before: Sequence[str]) -> Iterator[Next]:
    """Two fields of a project, what shares its funder, country or year, and a comparison with one of these."""
    records, language = vocabulary.records, plan.language
    fields = _fields(subject, language, before)
    yield from islice(fields, 1)
    shared = shared_of(subject, records)
    for one in islice(shared, 1):
        yield _of_shared(one, language)
        other = beside(subject, one, records)
        if other and all(_has_budget(each) and is_sayable(each.title) for each in (subject, other)):
            yield Next(of_many(language, "compared", title=subject.title, other=other.title), COMPARISON)
    if plan.intent != DESCRIPTION and is_sayable(subject.title):
        yield Next(of_one(language, ABOUT, subject.title), DESCRIPTION, subject)
    yield from fields
    yield from map(partial(_of_shared, language=language), shared)


def _of_shared(one: Shared, language: str) -> Next:
    name = country_called(one.name, language) if one.kind == OF_COUNTRY else one.name
    return Next(of_many(language, one.kind, name=name), ACROSS)


def _has_budget(subject: Subject) -> bool:
    return bool(subject.project) and any(value_of(one) == BUDGET for one in fields_had(subject))


def _of_records(answer: Answer, plan: Plan, ids: Sequence[str], vocabulary: Vocabulary) -> Iterator[Next]:
    """What may be asked of the records just told, as a follow-up: which, how much together, which is the largest."""
    records, language = vocabulary.records, plan.language
    counted = counted_in(plan, answer)
    if plan.beyond or plan.operation not in (LIST, COUNT, SUM, SHARE) or not counted or counted[0] > FEW_RECORDS:
        return  # those just told are not what such a question would be about, or very many
    figures = records.figures([records.keys[one] for one in ids[:MOST_READ]], AMOUNT_ROLES)
    if len({one.project for one in figures if one.amount is not None}) > 1:
        if plan.operation != SUM:
            yield Next(of_many(language, "sum"), ACROSS, follows=True)
        yield Next(of_many(language, "largest"), ACROSS, follows=True)


def _of_first(ids: Sequence[str], vocabulary: Vocabulary, language: str, before: Sequence[str]) -> Iterator[Next]:
    """What may be asked of the first project just told: what it is about, and what its record holds."""
    for key in ids[:1]:
        subject = vocabulary.records.subject(Called(PROJECT, key, key))
        if is_sayable(subject.title):
            yield Next(of_one(language, ABOUT, subject.title), DESCRIPTION, subject)
        yield from _fields(subject, language, before)
