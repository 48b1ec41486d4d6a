"""Fluent: the answers of an Assistant, understood and written by a language model where it helps.

What is looked up, counted and added up stays the Assistant's; what the model writes is held against it, sentence by
sentence. Whatever the model does, a question comes back with an answer: the documents' own words, in the end.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import replace

from assistant.answer import ANSWERED, LLM, Answer
from assistant.assistant import Assistant, LookedUp, Told
from assistant.draft_asked import asks_for_draft
from assistant.errors import LanguageModelError
from assistant.llm.experience import draft_section, section_deadline
from assistant.llm.language_model import LanguageModel
from assistant.llm.merging import head_of, merged, renumbered
from assistant.llm.message import Deadline
from assistant.llm.notices import notice_of
from assistant.llm.planning import plan_by_model
from assistant.llm.section import answer_with, gathered
from assistant.llm.source import Ground
from assistant.llm.sources import sources_of
from assistant.llm.writable import is_writable, sentences_for
from assistant.llm.writing import Written, room_for_sources, write
from assistant.mend import LONGEST_QUESTION, History, Mend, recent
from assistant.plan import ABILITIES, GREETED, TASK, Plan
from assistant.precedent import Precedents
from assistant.precedents import SHOWN
from assistant.question import UNCHANGED
from assistant.said import Said
from index.filters import Filters

PLANNING = 0.5
"""The part of a question's time that its plan may take."""
PLAIN = (GREETED, ABILITIES, TASK)
"""Intents that a model is not asked about: nothing is looked up for them."""


class Fluent:
    """An Assistant with a language model. Any number of questions may be asked one after the other."""

    def __init__(self, assistant: Assistant, model: LanguageModel) -> None:
        self.assistant = assistant
        self.model = model

    def ask(self, question: str, history: History = (), mend: Mend = UNCHANGED) -> Answer:
        """Answer `question`; see `Assistant.ask`.

        Raises:
            MisuseError: the question holds no word.
        """
        return self.answer(question, history, mend).answer

    def answer(
        self, question: str, history: History = (), mend: Mend = UNCHANGED, *, language: str | None = None
    ) -> Told:
        """The same with how the question was understood and what may be asked next.

        Raises:
            MisuseError: the question holds no word.
        """
        *_, last = self.stream(question, history, mend, language=language)
        return last

    def precedents(self, idea: str, *, count: int = SHOWN, filters: Filters | None = None) -> Precedents:
        """The projects most like an idea, found without the model; see `Assistant.precedents`."""
        return self.assistant.precedents(idea, count=count, filters=filters)

    def stream(
        self, question: str, history: History = (), mend: Mend = UNCHANGED, *, language: str | None = None
    ) -> Iterator[Told]:
        """The answer as it grows, each time with one more sentence that was checked; the last one is the whole of it.

        Raises:
            MisuseError: the question holds no word.
        """
        if (call := asks_for_draft(question[:LONGEST_QUESTION])) and not mend:
            yield from self._drafted(question[:LONGEST_QUESTION], call, language)
            return
        started = time.perf_counter()
        asked, history = question[:LONGEST_QUESTION], recent(history)
        deadline = Deadline.within(self.model.settings.timeout_s)
        found, trouble = self._found(asked, history, mend, deadline)
        plain = self.assistant.told(self.assistant.checked(found, asked), found.plan, history, mend, language)
        if not is_writable(found, plain.answer):
            answer = replace(plain.answer, notice=notice_of(plain.answer, trouble))
        else:
            answer = plain.answer
            for answer in self._written(found, plain.answer, deadline):
                yield replace(plain, answer=answer, suggestions=())
        answer = replace(answer, elapsed_ms=(time.perf_counter() - started) * 1000)
        yield self.assistant.told(answer, found.plan, history, mend, language)

    def _drafted(self, question: str, call: str, language: str | None) -> Iterator[Told]:
        """The section on earlier projects for a call, as it grows; no history has a part in it."""
        started = time.perf_counter()
        plain = self.assistant.answer(question, language=language)
        material = gathered(self.assistant.precedents(call), self.assistant.records)
        if not material.grounds:
            yield plain
            return
        for section in draft_section(self.model, material, section_deadline(self.model, material)):
            elapsed_ms = (time.perf_counter() - started) * 1000
            yield replace(plain, answer=replace(answer_with(section, plain.answer), elapsed_ms=elapsed_ms))

    def _found(self, question: str, history: History, mend: Mend, deadline: Deadline) -> tuple[LookedUp, str]:
        """(what the documents give, what the model failed at): by its plan, where it has one, else by the grammar's."""
        hint = self.assistant.understand(question, history, mend)
        plan: Plan | None = None
        trouble = ""
        if hint.intent not in PLAIN and not mend:
            try:
                half = Deadline.within(deadline.left_s * PLANNING)  # so that there is time to write, whatever comes
                plan = plan_by_model(self.model, question, recent(history), hint, self.assistant.vocabulary, half)
            except LanguageModelError as error:
                trouble = str(error)
                logging.getLogger(__name__).warning("the language model made no plan: %s", trouble)
        if plan is not None and plan != hint:
            found = self.assistant.look_up(plan)
            if found.status == ANSWERED:
                return found, trouble
        return self.assistant.look_up(hint, history, mend), trouble

    def _written(self, found: LookedUp, plain: Answer, deadline: Deadline) -> Iterator[Answer]:
        """What the model writes from what was found, with what is kept of that; the plain answer where nothing is."""
        ground, said = self._ground(found, plain)
        if not ground.sources:
            return
        for written in write(self.model, ground, deadline):
            if written.trouble:
                logging.getLogger(__name__).warning("the language model broke off: %s", written.trouble)
            yield self._answer(found, plain, written, said)

    def _ground(self, found: LookedUp, plain: Answer) -> tuple[Ground, Said]:
        """What the model may write from, and everything that is cited in it."""
        store, plan = self.assistant.store, found.plan
        sentences = sentences_for(found, plain, self.assistant.prose, self.assistant.rarity)
        room = room_for_sources(self.model, plan.standalone, plan.language)
        sources, said = sources_of(
            plan, plain.status, found.said, sentences, self.assistant.records, self.model.counts, room
        )
        texts = store.texts({citation.document for citation in said.citations})
        return Ground(
            plan.standalone, plan.language, sources, {one.n: one for one in said.citations},
            {document.id: document for document in texts.values()},
            self.assistant.records.all_titles, frozenset(said.vouched),
        ), said  # fmt: skip

    def _answer(self, found: LookedUp, plain: Answer, written: Written, said: Said) -> Answer:
        """The answer with what is written so far; the plain one where that is nothing, or does not hold after all."""
        if not written.statements:
            return replace(plain, notice=notice_of(plain, written.trouble, written.left_out))
        looked_up = found.said if plain.status == ANSWERED else Said()
        kept = looked_up if written.is_finished else head_of(looked_up)
        statements, citations = renumbered(merged(written.statements, kept), said.citations)
        answer = replace(plain, status=ANSWERED, statements=statements, citations=citations, mode=LLM)
        if faults := self.assistant.faults(answer, said.vouched):
            logging.getLogger(__name__).error("written, but not shown, since %s", "; ".join(faults))
            return plain
        return replace(answer, notice=notice_of(answer, written.trouble, written.left_out))
