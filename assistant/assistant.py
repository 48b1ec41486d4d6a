"""Assistant: a store and its catalogue's names, ready to answer questions one after the other."""

import logging
import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.across import answer_across, found_by, where_of
from assistant.answer import ANSWERED, CLARIFY, REFUSED, Answer
from assistant.check import check
from assistant.compare import compare, compares_prose
from assistant.crosslingual import is_held
from assistant.described import Described
from assistant.events_asked import asks_of_an_event, asks_of_an_organisation, asks_who_led
from assistant.evidence import Rarity, stems
from assistant.given import told_as_given
from assistant.grammar import grammar
from assistant.grouping import tell_groups
from assistant.language import detect_language
from assistant.linking import Subject
from assistant.lookup import is_told_by_another, look_up
from assistant.members import answer_members, list_members
from assistant.mend import LONGEST_QUESTION, History, Mend, recent
from assistant.names import ORGANISATION, PROJECT, Called
from assistant.operations import listed
from assistant.phrases import listing
from assistant.plan import (
    ABILITIES,
    ACROSS,
    COMPARISON,
    DESCRIPTION,
    FIELD,
    GREETED,
    GROUPS,
    MEMBERS,
    PASSAGE,
    PRECEDENT,
    SHARE,
    TASK,
    Plan,
)
from assistant.precedent import Precedents
from assistant.precedents import SHOWN, find_precedents, idea_of, said_of
from assistant.prose import Prose
from assistant.question import UNCHANGED, understand
from assistant.records import Records
from assistant.refusing import MOST_WORDS, Refusals, not_stated, titles_of
from assistant.said import Said
from assistant.second_look import readings
from assistant.selecting import is_there
from assistant.sentences_asked import clauses
from assistant.shares import tell_share
from assistant.suggestions import Suggestions
from assistant.understood import Understood, understood
from assistant.vocabulary import Vocabulary
from corpus.document import canonical
from corpus.errors import MisuseError
from corpus.words import fold, words
from index.filters import Filters
from index.settings import NO_READER
from index.store import Store

MOST_SUBJECTS = 4
"""More projects than this fitting a question are asked about, not answered."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, the plan that was carried out, how that is told on a page, and questions that may be asked next."""

    answer: Answer
    plan: Plan
    understood: Understood
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the documents give for a question: the plan as it was carried out, the answer's status, what is said."""

    plan: Plan
    status: str
    said: Said


class Assistant:
    """Answers from one generation of a store. Nothing is loaded before a question needs it.

    The reader of the store's settings reads the passages found, unless `reader` is False.
    """

    def __init__(self, store: Store, *, reader: bool = True) -> None:
        self.store = store
        self.records = Records(store)
        self.vocabulary = Vocabulary(self.records)
        self.rarity = Rarity(store)
        self.prose = Prose(self.records, self.rarity, readings(store.settings.reader if reader else NO_READER))
        self._described = Described(self.records, self.vocabulary, self.rarity)
        self._refusals = Refusals(self.records)
        self._suggestions = Suggestions(self.vocabulary)

    def ask(self, question: str, history: History = (), mend: Mend = UNCHANGED) -> Answer:
        """Answer `question`; `history` are the earlier questions of the conversation, oldest first.

        `mend` is what is changed in how the question is understood; what cannot be changed so is refused.

        Raises:
            MisuseError: the question holds no word.
        """
        return self.carry_out(question, history, mend)[0]

    def answer(
        self, question: str, history: History = (), mend: Mend = UNCHANGED, *, language: str | None = None
    ) -> Told:
        """The same with how the question was understood and what may be asked next; `language` is the page's.

        Raises:
            MisuseError: the question holds no word.
        """
        answer, plan = self.carry_out(question, history, mend)
        return self.told(answer, plan, history, mend, language)

    def carry_out(self, question: str, history: History = (), mend: Mend = UNCHANGED) -> tuple[Answer, Plan]:
        """(the answer, the plan as it was carried out).

        Raises:
            MisuseError: the question holds no word.
        """
        started = time.perf_counter()
        found = self.look_up(self.understand(question, history, mend), history, mend)
        answer = self.checked(found, question[:LONGEST_QUESTION])
        return replace(answer, elapsed_ms=(time.perf_counter() - started) * 1000), found.plan

    # The steps of that, for whoever does something between them

    def understand(self, question: str, history: History = (), mend: Mend = UNCHANGED) -> Plan:
        """The plan of a question, by the grammar.

        Raises:
            MisuseError: the question holds no word.
        """
        question = question[:LONGEST_QUESTION]
        if not any(character.isalnum() for character in question):
            raise MisuseError("the question is empty; ask something, for example: What was the budget of …?")
        return understand(canonical(question), recent(history), self.vocabulary, self._found, mend)

    def look_up(self, plan: Plan, history: History = (), mend: Mend = UNCHANGED) -> LookedUp:
        """What the documents give for a plan; `history` and `mend` are those that it was understood with."""
        return LookedUp(*(self._clauses_of(plan, recent(history), mend) or self._answer(plan)))

    def checked(self, found: LookedUp, question: str) -> Answer:
        """The answer that says it, or a refusal where it does not hold; `question` is shown as the one asked."""
        answer = replace(_made(found.plan, found.status, found.said), question=question)
        if not (faults := self.faults(answer, found.said.vouched)):
            return answer
        logging.getLogger(__name__).warning("not shown, since %s", "; ".join(faults))
        refusal = self._refusals.refusal(found.plan, "failed_check")
        return replace(_made(found.plan, REFUSED, refusal), question=question)

    def faults(self, answer: Answer, totals: Collection[Decimal]) -> list[str]:
        """What is wrong with an answer over these documents, in words; `totals` are counts that the catalogue gave."""
        texts = self.store.texts({citation.document for citation in answer.citations})
        documents = {document.id: document for document in texts.values()}
        return check(answer, documents, totals=frozenset(totals), titles=self.records.all_titles)

    def told(self, answer: Answer, plan: Plan, history: History, mend: Mend, language: str | None) -> Told:
        """An answer with how its question was understood and what may be asked next."""
        heard = understood(plan, answer, self.vocabulary, language or answer.language, mend)
        return Told(answer, plan, heard, self._suggestions.after(answer, plan, (*recent(history), answer.question)))

    def _clauses_of(self, plan: Plan, history: History, mend: Mend) -> tuple[Plan, str, Said] | None:
        """The answer to two clauses of a question of which nothing is changed but, for both, the project meant."""
        if mend and mend != Mend(subject=mend.subject):
            return None
        both = self._both_clauses(plan, history)
        is_of_same = both and {one.key for one in plan.subjects} <= {one.key for one in both[0].subjects}
        return both if is_of_same or not mend else None

    def _found(self, plan: Plan) -> list[Subject]:
        """The few records that a question over several, asked before, has come down to."""
        if plan.intent == PRECEDENT:
            told = self.precedents(idea_of(plan.question)).found
            ids = [fact.citation.project_id for one in told for fact in (*one.facts, *one.reasons)[:1]]
            return [self.records.subject(Called(PROJECT, key, key)) for key in ids if key]
        return found_by(replace(plan, operation=listed(plan.operation)), self.records)

    def _answer(self, plan: Plan) -> tuple[Plan, str, Said]:
        """(the plan as it was carried out, the answer's status, what is said)."""
        if plan.unmended:
            return plan, REFUSED, self._refusals.remark(plan, f"unmended_{plan.unmended}")
        if plan.intent in (GREETED, ABILITIES):
            return plan, CLARIFY, self._refusals.remark(plan, "greeting", titles=self._refusals.examples())
        if plan.intent == TASK:
            return plan, REFUSED, self._refusals.remark(plan, "task")
        plan = replace(plan, subjects=self.records.in_all_files(plan.subjects))
        if plan.alternatives and (both := self._both(plan)):
            return self._compared(replace(plan, intent=COMPARISON, subjects=both, conditions=(), leftover=()))
        if plan.alternatives and (unknown := _unknown_part(plan)):
            return plan, REFUSED, self._refusals.refusal(plan, "no_such", words=unknown)
        if plan.unknown:
            return plan, REFUSED, self._refusals.refusal(plan, "no_such", words=plan.unknown)
        if plan.unread:
            return plan, REFUSED, self._refusals.remark(plan, "unread", words=", ".join(plan.unread))
        if plan.intent == ACROSS:
            return self._across(replace(plan, operation=listed(plan.operation)))
        if plan.intent == PRECEDENT:
            said = said_of(self.precedents(idea_of(plan.question)))
            return (plan, ANSWERED, said) if said.statements else self._refusals.nothing(plan)
        if plan.intent == COMPARISON:
            return self._compared(plan)
        if plan.intent == GROUPS:
            said = tell_groups(plan, self.records, self.vocabulary)
            if not said.citations and any(one.kind == "mention" for one in plan.conditions):
                return self._read(plan)
            if not said.citations:
                return plan, REFUSED, self._refusals.none_of(plan, self.records.total)
            return plan, ANSWERED, said
        if plan.intent == MEMBERS:
            said = list_members(plan, self.records, self.vocabulary)
            if not said.statements and plan.conditions and not plan.subjects:
                return plan, REFUSED, self._refusals.none_of(plan, self.records.total)
            if not said.statements and len(plan.subjects) > 1:  # one of them tells none: no sentence has it in common
                return self._compared(replace(plan, intent=COMPARISON))
            return (plan, ANSWERED, said) if said.statements else self._read(plan)
        if not plan.subjects and (about := self.records.about) and grammar().own.search(fold(plan.question)):
            plan = replace(plan, intent=DESCRIPTION, subjects=(self.records.subject(about),))
        sought, named = _without_named(plan)
        if not plan.subjects and (found := self._described.find(sought)):
            own, left = self._described.beside(sought, found), _less(sought)
            plan = replace(sought, subjects=tuple(found), words=left, leftover=named, narrowing=(), heads=(), own=own)
        elif plan.intent == FIELD and not plan.subjects and (several := self._described.several(plan)):
            return plan, CLARIFY, self._refusals.remark(plan, "which", titles=listing(titles_of(several)))
        if plan.subjects and plan.conditions and not plan.inherited:
            there = [subject for subject in plan.subjects if is_there(subject, plan.conditions)]
            if not there:
                return self._refusals.nothing(plan)
            plan = replace(plan, subjects=tuple(there), words=_less(plan))
        if given := told_as_given(plan, self.vocabulary):
            read = self._read(plan)  # "64,200 lei, of which 57,000 from NAME"
            return read if read[1] == ANSWERED else (given, ANSWERED, look_up(given, given.language)[0])
        if plan.intent == FIELD:
            return self._field(plan)
        if plan.intent == DESCRIPTION and plan.subjects:
            said = self.prose.describe(plan.subjects[:MOST_SUBJECTS], plan.language)
            return (plan, ANSWERED, said) if said.statements else self._read(plan)
        return self._read(plan)

    def _both_clauses(self, plan: Plan, history: History) -> tuple[Plan, str, Said] | None:
        """The answer to a field and, behind an "and", to what is none: "what was its budget, and who painted it"."""
        first, clause = clauses(plan.question) if plan.intent in (FIELD, PASSAGE) else ("", "")
        if not clause:
            return None
        part = understand(clause, (*history, first), self.vocabulary, self._found)
        is_other = part.intent == DESCRIPTION or (part.intent == PASSAGE or (part.fields and asks_of_an_event(part)))
        if not is_other or part.labels or not part.words:
            return None  # both are fields of one question
        head, status, said = self._answer(understand(first, history, self.vocabulary, self._found))
        keys = {subject.key for subject in head.subjects}
        if head.intent != FIELD or status != ANSWERED or not keys or {one.key for one in part.subjects} - keys:
            return None
        part = replace(part, subjects=head.subjects, conditions=(), language=plan.language)
        is_described = part.intent == DESCRIPTION
        told = self.prose.describe(part.subjects, part.language) if is_described else None
        if told := told or self.prose.read(replace(part, intent=PASSAGE)):
            said.add(told)
        else:
            not_stated(plan, said, [(subject, clause.rstrip("?!. ")) for subject in head.subjects[:1]])
        return head, status, said

    def _both(self, plan: Plan) -> tuple[Subject, ...]:
        """The two projects that a question sets against each other without their names."""
        first, second = plan.alternatives
        if not second.telling:  # "the roads project in Georgia or the one in Albania"
            second = replace(second, leftover=(*second.leftover, *first.telling))
        found = [one.subjects or tuple(self._described.find(one, is_part=True)) for one in (first, second)]
        titles = [{subject.title for subject in subjects} for subjects in found]
        is_each_one = all(len(one) == 1 for one in titles) and titles[0] != titles[1]
        return tuple(subjects[0] for subjects in found) if is_each_one else ()

    def precedents(self, idea: str, *, count: int = SHOWN, filters: Filters | None = None) -> Precedents:
        """The projects most like an idea, at most `count`, among those that fulfil `filters`."""
        said = words(idea)
        asking = {word for match in grammar().across["precedent"].finditer(fold(idea)) for word in words(match.group())}
        closed = grammar().closed | grammar().helpers | asking
        telling = tuple(dict.fromkeys(word for word in said if word not in closed))
        plan = Plan(idea, detect_language(idea), PRECEDENT, words=telling)
        return find_precedents(idea, self.records, self.rarity, plan, count=count, filters=filters)

    def _across(self, plan: Plan) -> tuple[Plan, str, Said]:
        if plan.operation == SHARE:
            said = tell_share(plan, self.records)
            return (plan, ANSWERED, said) if said.statements else self._refusals.nothing(plan)
        said, chosen = answer_across(plan, self.records)
        if said.statements:
            return plan, ANSWERED, said
        if chosen.groups:
            refusal = self._refusals.remark(plan, "no_figures", where=where_of(plan))
        else:
            refusal = self._refusals.none_of(plan, chosen.total)
        return plan, REFUSED, refusal

    def _compared(self, plan: Plan) -> tuple[Plan, str, Said]:
        if compares_prose(plan):
            both = Said()
            for subject in plan.subjects[:MOST_SUBJECTS]:
                if one := self.prose.read(replace(plan, subjects=(subject,))):
                    both.add(one)
            return (plan, ANSWERED, both) if both.statements else self._refusals.nothing(plan)
        said, missing = compare(plan, self.records, self.vocabulary)
        if not said.statements:
            return self._read(plan)
        not_stated(plan, said, missing)
        return plan, ANSWERED, said

    # Fields

    def _field(self, plan: Plan) -> tuple[Plan, str, Said]:
        if not plan.subjects:
            return self._field_of_unnamed(plan)
        if len({subject.title for subject in plan.subjects}) > MOST_SUBJECTS:
            return plan, CLARIFY, self._refusals.remark(plan, "which", titles=listing(titles_of(plan.subjects)))
        if asks_of_an_event(plan):
            return self._read(replace(plan, intent=PASSAGE))  # in its own words, whatever else would give the field
        if asks_of_an_organisation(plan):
            return self._read(plan)
        if members := answer_members(plan, self.vocabulary):
            if not members.citations:  # who is, though not who was asked about
                members.add(look_up(plan, plan.language)[0])
                return plan, REFUSED, members
            return plan, ANSWERED, members
        if plan.wants_number and not plan.counted and all(one.meaning.name == "organisation" for one in plan.fields):
            return self._read(plan)  # "how much did X give": who gave is not asked for
        is_money = any(one.meaning.name == "amount" for one in plan.fields)
        is_told_by_labels = not (plan.heads and is_money) and not any(one.prose for one in plan.fields)
        if plan.narrowing and not is_told_by_labels and not plan.labels:
            read = self._read(plan)
            if read[1] == ANSWERED or (plan.heads and is_money) or not self._described.fits_all(plan):
                return read
        if plan.heads and all(one.meaning.name == "place" for one in plan.fields) and not plan.labels:
            return self._read(plan)  # "where were the librarians trained": not where the project was
        if is_told_by_another(plan) and (read := self._read(plan))[1] == ANSWERED:
            return read
        said, missing = look_up(plan, plan.language)
        if not said.statements and (plan.leftover or plan.wants_number) and not plan.labels:
            read = self._read(plan)
            if read[1] == ANSWERED:
                return read
        if not said.statements and asks_who_led(plan) and (told := self._who_led(replace(plan, intent=PASSAGE))):
            return replace(plan, intent=PASSAGE), ANSWERED, told
        status = ANSWERED if said.statements else REFUSED
        not_stated(plan, said, missing)
        return plan, status, said

    def _who_led(self, plan: Plan) -> Said | None:
        """Who led a project of which no field tells it, by a sentence that has the question's word for that."""
        said = self.prose.read(plan)
        language = plan.subjects[0].document.language
        held = {one for cited in said.citations for one in stems(cited.quote, language)} if said else set()
        return said if any(is_held(word, held, language, plan.language) for word in plan.words) else None

    def _field_of_unnamed(self, plan: Plan) -> tuple[Plan, str, Said]:
        """A field of a project that nothing in the question singles out."""
        if not plan.leftover and not plan.conditions:
            if self.records.count == 1:
                return self._field(replace(plan, subjects=tuple(self.records.projects(self.store.choose()))))
            return plan, CLARIFY, self._refusals.remark(plan, "which", titles=self._refusals.examples())
        read = self._read(plan)
        if read[1] == ANSWERED:
            return read
        return plan, REFUSED, self._refusals.refusal(plan, "no_such", words=" ".join(plan.leftover[:MOST_WORDS]))

    def _read(self, plan: Plan) -> tuple[Plan, str, Said]:
        """The sentence that answers, if enough speaks for it."""
        said = self.prose.read(plan)
        return (plan, ANSWERED, said) if said else self._refusals.nothing(plan)


def _without_named(plan: Plan) -> tuple[Plan, tuple[str, ...]]:
    """(the plan without the organisation that it asks about, its words): "was X the client of the harbour study"."""
    is_role = bool(plan.fields) and all(one.meaning.name == "organisation" for one in plan.fields)
    if plan.intent != FIELD or not is_role or not grammar().whether.match(fold(plan.question)):
        return plan, ()
    named = [one for one in plan.conditions if one.kind == ORGANISATION]
    said = tuple(word for one in named for word in words(one.said))
    left, own = (tuple(word for word in words_left if word not in said) for words_left in (plan.leftover, plan.own))
    conditions = tuple(one for one in plan.conditions if one not in named)
    return replace(plan, conditions=conditions, leftover=left, own=own), said


def _unknown_part(plan: Plan) -> str:
    """The name that nothing has, of two that are compared: "X or Y", where X alone is known."""
    unknown = plan.names & set(plan.telling)
    parts = [one.question for one in plan.alternatives if unknown & set(words(one.question))]
    return parts[0] if len(parts) == 1 and len({subject.title for subject in plan.subjects}) == 1 else ""


def _less(plan: Plan) -> tuple[str, ...]:
    """The words to look for, less those that have told which subject is meant."""
    told = {word for one in plan.conditions for word in words(one.said)}
    return tuple(word for word in plan.words if word not in told)


def _made(plan: Plan, status: str, said: Said) -> Answer:
    return Answer(plan.question, status, tuple(said.statements), tuple(said.citations), plan.in_words, plan.language)
