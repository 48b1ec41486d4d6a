"""Assistant: a store and its catalogue's names, ready to answer questions one after the other."""

import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.across import answer_across
from assistant.answer import ANSWERED, CLARIFY, REFUSED, Answer, Citation, Derived, Statement
from assistant.check import check
from assistant.compare import compare
from assistant.evidence import Rarity, stems
from assistant.grammar import Asked, grammar
from assistant.linking import Subject, nearest_titles
from assistant.lookup import look_up
from assistant.members import answer_members, wanted_of
from assistant.names import PROJECT, Called
from assistant.operations import listed
from assistant.phrases import listing, say
from assistant.plan import ABILITIES, ACROSS, COMPARISON, DESCRIPTION, FIELD, GREETED, PRECEDENT, Plan
from assistant.precedent import Precedents
from assistant.precedents import SHOWN, find_precedents, idea_of, said_of
from assistant.prose import Prose
from assistant.question import detect_language, understand
from assistant.records import Records
from assistant.vocabulary import Vocabulary
from corpus.document import canonical
from corpus.errors import MisuseError
from corpus.words import stem, words
from index.filters import Filters
from index.store import Store

PASSAGES_LINKED = 20
"""Passages among which a project named only by its content is looked for."""
MOST_SUBJECTS = 4
"""More projects than this fitting a question are asked about, not answered."""
LONGEST_QUESTION = 2_000
"""Characters that are read; who pastes more than that wants a search, not an answer."""
MOST_WORDS, LONGEST_ECHO = 12, 80
"""Words, and characters, of a question that a refusal repeats."""
SHORTEST_ROOT, ROOT_SHARE = 4, 0.55
"""Letters, and share of the longer word, that two words of one family begin with."""


class Assistant:
    """Answers from one generation of a store. Nothing is loaded before a question needs it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.records = Records(store)
        self.vocabulary = Vocabulary(self.records)
        self._rarity = Rarity(store)
        self._prose = Prose(self.records, self._rarity)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer `question`; `history` are the earlier questions of the conversation, oldest first.

        Raises:
            MisuseError: the question holds no word.
        """
        started = time.perf_counter()
        if not any(character.isalnum() for character in question):
            raise MisuseError("the question is empty; ask something, for example: What was the budget of …?")
        plan = understand(canonical(question)[:LONGEST_QUESTION], history, self.vocabulary)
        answer = replace(self._answer(plan), question=question)
        texts = self.store.texts({citation.document for citation in answer.citations})
        faults = check(
            answer,
            {document.id: document for document in texts.values()},
            totals=frozenset(range(self.records.count + 1)),
            titles=self.records.all_titles,
        )
        if faults:
            print(faults, file=sys.stderr)
            answer = self._refusal(plan, "failed_check")
        return replace(answer, elapsed_ms=(time.perf_counter() - started) * 1000)

    def _answer(self, plan: Plan) -> Answer:
        if plan.intent in (GREETED, ABILITIES):
            return self._say(plan, CLARIFY, "greeting", titles=self._examples())
        if plan.intent == ACROSS:
            return self._across(plan)
        if plan.intent == PRECEDENT:
            return self._precedents(plan)
        if plan.intent == COMPARISON:
            return self._compared(plan)
        if plan.intent == FIELD:
            return self._field(plan)
        if plan.intent == DESCRIPTION and plan.subjects:
            return self._description(plan)
        return self._read(plan)

    def _across(self, plan: Plan) -> Answer:
        plan = replace(plan, operation=listed(plan.operation))
        statements, citations, chosen = answer_across(plan, self.records)
        if statements:
            return _made(plan, ANSWERED, statements, citations)
        where = "; ".join(condition.said for condition in plan.conditions)
        text = say(plan.language, "none_of", total=str(chosen.total), where=f" ({where})" if where else "")
        total = (Derived("total", Decimal(chosen.total)),)
        return _made(plan, REFUSED, [Statement(text, is_remark=True, derived=total)], [])

    def precedents(self, idea: str, *, count: int = SHOWN, filters: Filters | None = None) -> Precedents:
        """The projects most like an idea, at most `count`, among those that fulfil `filters`."""
        said = words(idea)
        closed = grammar().closed | grammar().helpers
        telling = tuple(dict.fromkeys(word for word in said if word not in closed))
        plan = Plan(idea, detect_language(said), PRECEDENT, words=telling)
        return find_precedents(idea, self.records, self._rarity, plan, count=count, filters=filters)

    def _precedents(self, plan: Plan) -> Answer:
        statements, citations = said_of(self.precedents(idea_of(plan.question)))
        return _made(plan, ANSWERED, statements, citations) if statements else self._nothing(plan)

    def _compared(self, plan: Plan) -> Answer:
        said, missing = compare(plan, self.records)
        if not said.statements:
            return self._read(plan)
        return _made(plan, ANSWERED, [*said.statements, *_not_stated(plan, missing)], said.citations)

    # Fields

    def _field(self, plan: Plan) -> Answer:
        if not plan.subjects:
            return self._field_of_unnamed(plan)
        if len({subject.title for subject in plan.subjects}) > MOST_SUBJECTS:
            return self._say(plan, CLARIFY, "which", titles=listing(_titles(plan.subjects)))
        if members := self._members(plan):
            return members
        if plan.narrowing:
            read = self._read(plan)
            if read.status == ANSWERED or plan.heads or not self._describes(plan):
                return read
        statements, citations, missing = look_up(plan, plan.language)
        if not statements:
            if plan.leftover or plan.wants_number:
                read = self._read(plan)
                if read.status == ANSWERED:
                    return read
            return _made(plan, REFUSED, _not_stated(plan, missing), [])
        return _made(plan, ANSWERED, [*statements, *_not_stated(plan, missing)], citations)

    def _members(self, plan: Plan) -> Answer | None:
        """The organisations of a country or a kind among those of a role, or how many there are."""
        asked = [one for one in plan.fields if one.meaning.name == "organisation"]
        wanted = wanted_of(plan, asked[0], self.vocabulary) if len(asked) == 1 else None
        said = answer_members(plan, asked[0], wanted) if wanted else None
        return _made(plan, ANSWERED, said.statements, said.citations) if said else None

    def _field_of_unnamed(self, plan: Plan) -> Answer:
        """A field of a project named by what it is about; an answer only where its text holds every word."""
        if not plan.leftover:
            if self.records.count == 1:
                return self._field(replace(plan, subjects=tuple(self.records.projects(self.store.choose()))))
            return self._say(plan, CLARIFY, "which", titles=self._examples())
        described = len(plan.leftover) > 1 and not set(plan.leftover) <= plan.names
        hits = self.store.search(plan.question, PASSAGES_LINKED) if described else []
        keys = dict.fromkeys(hit.passage.project_id for hit in hits if hit.passage.project_id)
        near = [self.records.subject(Called(PROJECT, key, key)) for key in keys]
        fitting = [subject for subject in near if self._holds(subject, plan.leftover, plan.names)]
        if len(_titles(fitting)) == 1:  # one project, though perhaps in two files
            found = replace(plan, subjects=tuple(fitting))
            # Where prose cannot be known to give the field ("reference"), only a label can.
            told_by_prose = all(one.prose for one in plan.fields)
            read = self._read(found) if told_by_prose else None
            return read if read and read.status == ANSWERED else self._field(replace(found, leftover=(), narrowing=()))
        read = self._read(plan)
        if read.status == ANSWERED:
            return read
        if 1 < len(fitting) <= MOST_SUBJECTS:
            return self._say(plan, CLARIFY, "which", titles=listing(_titles(fitting)))
        return self._refusal(plan, "no_such", words=" ".join(plan.leftover[:MOST_WORDS]))

    def _describes(self, plan: Plan) -> bool:
        """Whether the words that no field explains describe the subject: its text holds them all."""
        telling = [word for word in plan.narrowing if len(word) >= SHORTEST_ROOT]  # "teh" tells nothing
        return all(self._holds(subject, telling) for subject in plan.subjects)

    def _holds(self, subject: Subject, wanted: Sequence[str], names: frozenset[str] = frozenset()) -> bool:
        """Whether the subject's text holds all words wanted, in one form or another, and all names as they are."""
        language = subject.document.language
        text = subject.span.of(subject.document.text)
        held = stems(text, language)
        if not names <= set(words(text)):
            return False
        return all(stem(word, language) in held or any(_akin(word, other) for other in held) for word in wanted)

    # Prose

    def _description(self, plan: Plan) -> Answer:
        said = self._prose.describe(plan.subjects[:MOST_SUBJECTS], plan.language)
        return _made(plan, ANSWERED, said.statements, said.citations) if said.statements else self._read(plan)

    def _read(self, plan: Plan) -> Answer:
        """What the documents say, if enough speaks for it."""
        said = self._prose.read(plan)
        return _made(plan, ANSWERED, said.statements, said.citations) if said else self._nothing(plan)

    # Refusals

    def _nothing(self, plan: Plan) -> Answer:
        sought = ", ".join(plan.words[:MOST_WORDS]) or plan.question[:LONGEST_ECHO]
        if plan.subjects:
            return self._refusal(plan, "nothing_about", title=listing(_titles(plan.subjects)), words=sought)
        return self._refusal(plan, "nothing", words=sought)

    def _refusal(self, plan: Plan, key: str, **values: str) -> Answer:
        statements = [Statement(say(plan.language, key, **values))]
        near = nearest_titles(self.records.titles, plan.question)
        if near and key in ("no_such", "nothing"):
            statements.append(Statement(say(plan.language, "nearest", titles=listing(near))))
        return _made(plan, REFUSED, statements, [])

    def _say(self, plan: Plan, status: str, key: str, **values: str) -> Answer:
        return _made(plan, status, [Statement(say(plan.language, key, **values))], [])

    def _examples(self) -> str:
        return listing(self.records.titles[:3])


def _akin(one: str, other: str) -> bool:
    """Whether two words begin alike far enough to be of one family: `italian`, `italy`; `librarian`, `library`."""
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= SHORTEST_ROOT and shared >= ROOT_SHARE * max(len(one), len(other))


def _titles(subjects: Sequence[Subject]) -> list[str]:
    """Their titles, each once: a project may stand in two files."""
    return list(dict.fromkeys(subject.title for subject in subjects))[:MOST_SUBJECTS]


def _not_stated(plan: Plan, missing: Sequence[tuple[Subject, Asked | str]]) -> list[Statement]:
    """A remark for each subject that lacks a field asked for."""
    lacking: dict[str, list[str]] = {}
    for subject, one in missing:
        lacking.setdefault(subject.title, []).append(one if isinstance(one, str) else one.names[plan.language].lower())
    return [
        Statement(say(plan.language, "not_stated", title=title, names=", ".join(names)), is_remark=True)
        for title, names in lacking.items()
    ]


def _made(plan: Plan, status: str, statements: Sequence[Statement], citations: Sequence[Citation]) -> Answer:
    return Answer(plan.question, status, tuple(statements), tuple(citations), plan.in_words, plan.language)
