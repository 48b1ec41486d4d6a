"""Memory: the earlier turns of a conversation that a language model is told of, as LlamaIndex's memory keeps them.

Bounded by tokens: of turns that do not fit, the oldest go first. Nothing of it outlasts the question.
"""

# ruff: noqa: ARG002  # the memory hands a key and a status to where it keeps one conversation

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from assistant.llm.message import MODEL, USER, Message
from assistant.mend import Earlier

if TYPE_CHECKING:
    from llama_index.core.storage.chat_store.base_db import AsyncDBChatStore

MOST_TURNS = 6
"""Earlier questions that a follow-up may lean on."""
LONGEST_QUESTION, LONGEST_ANSWER = 300, 400
"""Characters of an earlier question and its answer."""
CUT = "…"


def remembered(
    earlier: Sequence[Earlier], tokens: int, counts: Callable[[Sequence[str]], list[int]]
) -> tuple[Message, ...]:
    """The last turns that fit into so many tokens, oldest first: what was asked and, where known, answered.

    `counts` gives the tokens of each of some texts, as the model that will read them does.
    """
    turns = [one for one in earlier[-MOST_TURNS:] if one.question.strip()]
    if not turns or tokens < 1:
        return ()
    return _kept([message for one in turns for message in _turn(one)], tokens, counts)


def shortened(text: str, most: int) -> str:
    """A text in one line, cut behind a word."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]} {CUT}"


def _turn(one: Earlier) -> list[Message]:
    question = Message(USER, shortened(one.question, LONGEST_QUESTION))
    return [question, Message(MODEL, shortened(one.answer, LONGEST_ANSWER))] if one.answer.strip() else [question]


def _kept(
    messages: Sequence[Message], tokens: int, counts: Callable[[Sequence[str]], list[int]]
) -> tuple[Message, ...]:
    """What the memory has left of some messages; in a thread of its own, since whoever asks may run an event loop."""
    texts = list(dict.fromkeys(one.text for one in messages))
    told = dict(zip(texts, counts(texts), strict=True))  # the memory counts many times
    with ThreadPoolExecutor(max_workers=1) as pool:
        kept = pool.submit(lambda: asyncio.run(_remember(messages, tokens, told))).result()
    if sum(told[one.text] for one in kept) > tokens:  # the memory keeps the last turn, however long it is
        kept = tuple(one for one in kept if one.role == USER and told[one.text] <= tokens)[-1:]
    return kept


async def _remember(messages: Sequence[Message], tokens: int, told: Mapping[str, int]) -> tuple[Message, ...]:
    from llama_index.core.llms import ChatMessage
    from llama_index.core.memory import Memory

    memory = Memory.from_defaults(
        token_limit=tokens, chat_history_token_ratio=1.0, token_flush_size=1, chat_store=_kept_in_a_list(),
        tokenizer_fn=lambda text: range(told.get(text, 0)),  # type: ignore[arg-type, return-value]
    )  # fmt: skip
    await memory.aput_messages([ChatMessage(role=one.role, content=one.text) for one in messages])
    return tuple(Message(one.role.value, one.content or "") for one in await memory.aget())


def _kept_in_a_list() -> "AsyncDBChatStore":
    """Where the memory keeps its messages: its own choice is a database in memory, whose connection it never closes."""
    from llama_index.core.bridge.pydantic import Field
    from llama_index.core.llms import ChatMessage
    from llama_index.core.storage.chat_store.base_db import AsyncDBChatStore, MessageStatus

    class Kept(AsyncDBChatStore):
        """One conversation; what is archived is gone."""

        messages: list[ChatMessage] = Field(default_factory=list)

        async def get_messages(
            self, key: str, status: MessageStatus | None = None, limit: int | None = None, offset: int | None = None
        ) -> list[ChatMessage]:
            start = offset or 0
            return self.messages[start : None if limit is None else start + limit]

        async def count_messages(self, key: str, status: MessageStatus | None = None) -> int:
            return len(self.messages)

        async def add_message(self, key: str, message: ChatMessage, status: MessageStatus | None = None) -> None:
            self.messages.append(message)

        async def add_messages(
            self, key: str, messages: list[ChatMessage], status: MessageStatus | None = None
        ) -> None:
            self.messages += messages

        async def set_messages(
            self, key: str, messages: list[ChatMessage], status: MessageStatus | None = None
        ) -> None:
            self.messages = list(messages)

        async def delete_message(self, key: str, idx: int) -> ChatMessage | None:
            return self.messages.pop(idx)

        async def delete_messages(self, key: str, status: MessageStatus | None = None) -> None:
            self.messages = []

        async def delete_oldest_messages(self, key: str, n: int) -> list[ChatMessage]:
            gone, self.messages = self.messages[:n], self.messages[n:]
            return gone

        async def archive_oldest_messages(self, key: str, n: int) -> list[ChatMessage]:
            return await self.delete_oldest_messages(key, n)

        async def get_keys(self) -> list[str]:
            return []

    return Kept()
