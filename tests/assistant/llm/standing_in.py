"""A language model for tests of who asks one: a plain client of the chat protocol, and the check of answers alone.

`assistant.llm.model` and `assistant.llm.supported` do more; who writes with a model is not to depend on how.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx

from assistant.answer import ANSWERED, Answer, Statement
from assistant.assistant import Assistant
from assistant.check import check
from assistant.errors import LanguageModelError
from assistant.llm.message import Deadline, Prompt
from assistant.llm.source import Ground
from assistant.llm.sources import sources_of
from assistant.model_client import translated
from assistant.model_settings import ModelSettings

DATA, DONE = "data: ", "[DONE]"


class StandIn:
    """Asks its server, and counts four characters as a token."""

    def __init__(self, settings: ModelSettings) -> None:
        self.settings = settings
        self.name = settings.model
        self.context_tokens = settings.context_tokens
        self.was_closed = False

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:  # noqa: ARG002
        """The pieces as they come; notes when it is closed before its end."""
        messages = [{"role": message.role, "content": message.text} for message in prompt]
        asked = {"model": self.name, "messages": messages, "stream": True, "max_tokens": reply_tokens}
        address = f"{self.settings.url}/chat/completions"
        try:
            with (
                translated(self.settings),
                httpx.Client(trust_env=False, timeout=self.settings.timeout_s) as client,
                client.stream("POST", address, json=asked) as response,
            ):
                if not response.is_success:
                    raise LanguageModelError(f"the key was refused (HTTP {response.status_code})")
                for line in response.iter_lines():
                    if line.startswith(DATA) and line != DATA + DONE:
                        yield json.loads(line.removeprefix(DATA))["choices"][0]["delta"].get("content") or ""
        except GeneratorExit:
            self.was_closed = True
            raise

    def reply(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> str:
        """The whole reply."""
        return "".join(self.stream(prompt, deadline, reply_tokens=reply_tokens))

    def fill(
        self,
        prompt: Prompt,
        schema: Mapping[str, Any],  # noqa: ARG002
        deadline: Deadline,
        *,
        reply_tokens: int,
    ) -> object:
        """The reply, read as JSON."""
        return json.loads(self.reply(prompt, deadline, reply_tokens=reply_tokens))

    def count(self, text: str) -> int:
        """Tokens, roughly."""
        return len(text) // 4 + 1

    def counts(self, texts: Sequence[str]) -> list[int]:
        """Those of each."""
        return [self.count(text) for text in texts]


def checked_alone(statement: Statement, ground: Ground) -> list[str]:
    """What `assistant.check` finds wrong with an answer of this one statement."""
    citations = tuple(ground.citations[n] for n in statement.cites)
    answer = Answer(ground.question, ANSWERED, (statement,), citations, "", ground.language)
    return check(answer, ground.documents, totals=ground.totals, titles=ground.titles)


def ground_for(assistant: Assistant, question: str, *, budget: int = 2000) -> Ground:
    """What a model may write from for a question: what was looked up, and the sentences found."""
    found = assistant.look_up(assistant.understand(question))
    plan = found.plan
    model = StandIn(ModelSettings("http://127.0.0.1:9/v1", "none"))
    sentences = assistant.prose.ranked(plan)
    sources, said = sources_of(plan, found.status, found.said, sentences, assistant.records, model.counts, budget)
    texts = assistant.store.texts({citation.document for citation in said.citations})
    documents = {document.id: document for document in texts.values()}
    citations = {one.n: one for one in said.citations}
    titles, totals = assistant.records.all_titles, frozenset(said.vouched)
    return Ground(question, plan.language, sources, citations, documents, titles, totals)
