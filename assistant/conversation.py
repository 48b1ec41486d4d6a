"""A conversation that lasts: its answers, and each document they cite as it was when it was quoted.

Knows no page.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from assistant.answer import Answer, Citation, numbered
from assistant.answer_rows import answer_of, answer_row
from assistant.errors import ConversationError
from assistant.mend import Mend, mend_to_json, read_mend
from assistant.moved import find_again
from assistant.question import UNCHANGED
from corpus.document import Document, Span
from corpus.files import file_of
from index.conversations import (
    Turn,
    add_turn,
    copy_conversation,
    digest_of,
    new_conversation,
    read_cited,
    read_conversation,
)
from index.parts import read_parts, read_project_spans
from index.store import Store

CURRENT, MOVED, CHANGED, GONE = "current", "moved", "changed", "gone"
"""How a quote stands to what the store holds now: in the same text; in another text, verbatim; in another text, not
found there; no such document."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answer. `asked_at` is ISO 8601, UTC; `generation` is the store's that was answered from.

    `digests` are those of the copies of the cited documents, by the id that citations have. `turn` names this one
    exchange, `CONVERSATION/3` for the third of a conversation. `mend` is what was changed in how the question was
    understood, `understood` how that was told. `model` is the name of the language model that was asked, if one was.
    """

    answer: Answer
    asked_at: str
    generation: int
    digests: Mapping[str, str] = field(default_factory=dict)
    turn: str = ""
    mend: Mend = UNCHANGED
    understood: str = ""
    model: str = ""

    @property
    def conversation(self) -> str:
        """The id of the conversation; nothing where the exchange is not kept."""
        return self.turn.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Opened:
    """A citation with its document as it was when it was quoted, and how it stands to what the store holds now.

    `now` is the document of that source as it is now, or the part of a register in which the quote stands now; `span`
    is where in it. Both are those of the citation where it is `current`; there is no span where it is `changed`, and
    neither where it is `gone`.
    """

    document: Document
    citation: Citation
    standing: str
    now: Document | None = None
    span: Span | None = None


def keep(
    store: Store,
    conversation: str,
    answer: Answer,
    documents: Iterable[Document],
    *,
    mend: Mend = UNCHANGED,
    understood: str = "",
    model: str = "",
) -> Exchange:
    """Add an answer to a conversation, or to a new one where `conversation` is empty; `documents` are those it cites.

    Raises:
        StoreError: the store cannot be written, or is being made anew; nothing was kept.
        ConversationError: there is no such conversation, or it has been forgotten; nothing was kept.
    """
    copies = _copies(answer, documents)
    try:
        with store.catalogue.lasting() as connection:
            identity = conversation or new_conversation(connection, answer.language)
            row = answer_row(answer) | {"mend": mend_to_json(mend), "understood": understood, "model": model}
            turn = add_turn(connection, identity, row, copies, store.generation)
    except KeyError as error:
        raise ConversationError(f"there is no conversation {conversation!r} any more; begin a new one") from error
    name = f"{identity}/{turn.position}"
    return Exchange(answer, turn.made_at, turn.generation, turn.digests, name, mend, understood, model)


def unkept(store: Store, answer: Answer, model: str = "") -> Exchange:
    """The exchange of an answer that could not be kept: it can be shown and opened as long as the store is as it is."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Exchange(answer, now, store.generation, turn=f"/{secrets.token_urlsafe()}", model=model)


def branch(store: Store, conversation: str, last: int) -> str:
    """Begin a conversation of one's own with another's first turns, up to the number `last`; its id.

    Raises:
        StoreError: the store cannot be written, or is being made anew; nothing was kept.
        ConversationError: there is no such conversation, or it has been forgotten; nothing was kept.
    """
    try:
        with store.catalogue.lasting() as connection:
            return copy_conversation(connection, conversation, last)
    except KeyError as error:
        raise ConversationError(f"there is no conversation {conversation!r} any more; begin a new one") from error


def _copies(answer: Answer, documents: Iterable[Document]) -> dict[str, Document]:
    by_id = {document.id: document for document in documents}
    cited = {citation.document_id for citation in answer.citations}
    if lacking := sorted(cited - set(by_id)):
        raise ValueError(f"documents {lacking}: the answer cites them, give them as well")
    return {digest_of(by_id[identity]): by_id[identity] for identity in cited}


def recall(store: Store, conversation: str) -> tuple[Exchange, ...]:
    """The exchanges of a conversation, oldest first; none where there is no such conversation, or no more.

    Raises:
        StoreError: the store cannot be read.
    """
    with store.catalogue.transaction() as connection:
        found = read_conversation(connection, conversation)
    return tuple(_exchange(conversation, one) for one in found)


def _exchange(conversation: str, turn: Turn) -> Exchange:
    row = dict(turn.answer)
    mend = read_mend(row.pop("mend", None))
    told, model = str(row.pop("understood", "")), str(row.pop("model", ""))
    name = f"{conversation}/{turn.position}"
    return Exchange(answer_of(row), turn.made_at, turn.generation, turn.digests, name, mend, told, model)


def open_citation(store: Store, exchange: Exchange, n: int) -> Opened:
    """The citation `n` of an exchange in its document as it was, compared with what the store holds now.

    Raises:
        ConversationError: there is no such citation, or its document is kept no more.
        StoreError: the store cannot be read.
    """
    citation = numbered(exchange.answer.citations).get(n)
    if citation is None:
        raise ConversationError(f"citation {n}: this answer has {len(exchange.answer.citations)} of them")
    document = _as_quoted(store, exchange, citation)
    now = store.texts([citation.document]).get(citation.document)
    if now and now.text == document.text:
        return Opened(document, citation, CURRENT, now, citation.span)
    return _compared(store, document, citation, now)


def _as_quoted(store: Store, exchange: Exchange, citation: Citation) -> Document:
    """The copy under the id that the citation has; of what could not be kept, the store's own document."""
    digest = exchange.digests.get(citation.document_id)
    try:
        if digest is None:
            found = store.texts([citation.document])[citation.document]
        else:
            with store.catalogue.transaction() as connection:
                found = read_cited(connection, digest)
    except KeyError as error:
        raise ConversationError(f"{citation.document} as it was quoted is kept no more; ask again") from error
    if citation.span.of(found.text) != citation.quote:  # only of what could not be kept
        raise ConversationError(f"{citation.document} has changed, and this answer could not be kept; ask again")
    return Document(
        citation.document_id, found.source, found.media_type, found.title, found.language, found.sha256, found.text,
        (), found.page_starts,
    )  # fmt: skip


def _compared(store: Store, document: Document, citation: Citation, now: Document | None) -> Opened:
    """Look for the quote in all that the file holds now: a register's rows move from one part of it to another."""
    file = file_of(citation.document)
    with store.catalogue.transaction() as connection:
        parts = read_parts(connection, store.generation, file)
        titled = citation.project is not None
        about = read_project_spans(connection, store.generation, file, citation.project or "") if titled else {}
    if not parts:
        return Opened(document, citation, GONE)
    found = []
    for part in parts:
        within = about.get(part.source, ()) if about else None
        if place := find_again(document.text, citation.span, part.text, within):
            found.append((place[1], part, place[0]))
    if not found:
        return Opened(document, citation, CHANGED, now or parts[0])
    _, part, span = max(found, key=lambda one: one[0])
    return Opened(document, citation, MOVED, part, span)
