"""Conversations: what was asked and answered, with a copy of each document as it was when it was quoted.

They belong to the store and to no generation of it; a rebuild keeps them. Knows not what an answer is.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, inspect, literal, select, text, update

from corpus.document import Document, digest
from index.contents import among
from index.errors import StoreError
from index.tables import cited_documents, conversations, turn_documents, turns

ABOUT = ("source", "media_type", "title", "language")
COPIED = (*ABOUT, "sha256", "text")


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer, as JSON. `position` counts from 1, `made_at` is ISO 8601, UTC.

    `digests` are those of the copies, by the id of the document that was cited; `generation` is the store's that was
    answered from.
    """

    position: int
    made_at: str
    answer: Mapping[str, Any]
    generation: int
    digests: Mapping[str, str]


def digest_of(document: Document) -> str:
    """By what a copy is known: the same for documents of which all that a copy keeps is the same."""
    about = [*(getattr(document, name) for name in ABOUT), list(document.page_starts)]
    # The text by itself, and not through JSON: an answer that lists a register's rows cites 20 MB of it.
    parts = (json.dumps(about).encode(), document.text.encode("utf-8", "surrogatepass"))
    return digest("".join(digest(part) for part in parts).encode())


def new_conversation(connection: Connection, language: str) -> str:
    """Begin a conversation; its id, which nobody can guess.

    Raises:
        StoreError: the store is of an older version, and cannot be written.
    """
    if not _has_tables(connection):
        raise StoreError(
            "no conversation can be kept: the store is of an older version and cannot be written; choose another with "
            "--store DIR, or make its folder writable"
        )
    identity, now = secrets.token_urlsafe(), _now()
    connection.execute(insert(conversations).values(id=identity, made_at=now, used_at=now, language=language))
    return identity


def add_turn(
    connection: Connection,
    conversation: str,
    answer: Mapping[str, Any],
    documents: Mapping[str, Document],
    generation: int,
) -> Turn:
    """Add an answer, given as JSON, and a copy of each document it cites, by its digest, where there is none yet.

    Raises:
        KeyError: there is no such conversation, or no more.
    """
    now = _now()
    # A write first: from here on nobody else adds to this conversation, nor forgets a document that is cited in it.
    used = update(conversations).where(conversations.c.id == conversation).values(used_at=now)
    if not (_may_be_there(connection, conversation) and connection.execute(used).rowcount):
        raise KeyError(conversation)
    _copy(connection, documents)
    position = _last_position(connection, conversation) + 1
    own: dict[str, str | int] = {"conversation": conversation, "position": position}
    connection.execute(insert(turns).values(**own, made_at=now, answer=dict(answer), generation=generation))
    digests = {document.id: key for key, document in documents.items()}
    if digests:
        rows = [{**own, "document": identity, "digest": key} for identity, key in digests.items()]
        connection.execute(insert(turn_documents), rows)
    return Turn(position, now, answer, generation, digests)


def copy_conversation(connection: Connection, conversation: str, last: int) -> str:
    """Begin a conversation with the turns of another, up to the position `last`; its id.

    Raises:
        KeyError: there is no such conversation, or no more.
        StoreError: the store is of an older version, and cannot be written.
    """
    if not _may_be_there(connection, conversation):
        raise KeyError(conversation)
    found = select(conversations.c.language).where(conversations.c.id == conversation)
    if (language := connection.execute(found).scalar()) is None:
        raise KeyError(conversation)
    identity = new_conversation(connection, language)
    for table in (turns, turn_documents):
        names = [column.name for column in table.columns if column.name != "conversation"]
        own = select(literal(identity), *(table.c[name] for name in names))
        own = own.where(table.c.conversation == conversation, table.c.position <= last)
        connection.execute(insert(table).from_select(["conversation", *names], own))
    return identity


def _copy(connection: Connection, documents: Mapping[str, Document]) -> None:
    held = select(cited_documents.c.digest).where(among(connection, cited_documents.c.digest, documents))
    there = set(connection.execute(held).scalars()) if documents else set()
    rows = [
        {
            "digest": key,
            **{name: getattr(one, name) for name in COPIED},
            "page_starts": list(one.page_starts),
        }
        for key, one in sorted(documents.items())  # in one order, so that no two wait for each other
        if key not in there
    ]
    if rows:
        connection.execute(_insert_new(connection), rows)


def _insert_new(connection: Connection) -> Any:
    """Insert documents, but for those that somebody else has inserted in the meantime."""
    from sqlalchemy.dialects import postgresql, sqlite

    insert_into = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return insert_into(cited_documents).on_conflict_do_nothing()


def _last_position(connection: Connection, conversation: str) -> int:
    last = select(func.max(turns.c.position)).where(turns.c.conversation == conversation)
    return int(connection.execute(last).scalar() or 0)


def read_conversation(connection: Connection, conversation: str) -> Sequence[Turn]:
    """The turns of a conversation, in order; none where there is no such conversation."""
    if not _may_be_there(connection, conversation):
        return []
    documents = select(turn_documents).where(turn_documents.c.conversation == conversation)
    digests: dict[int, dict[str, str]] = {}
    for row in connection.execute(documents.order_by(turn_documents.c.document)):
        digests.setdefault(row.position, {})[row.document] = row.digest
    query = select(turns).where(turns.c.conversation == conversation).order_by(turns.c.position)
    return [
        Turn(row.position, row.made_at, row.answer, row.generation, digests.get(row.position, {}))
        for row in connection.execute(query)
    ]


def read_cited(connection: Connection, key: str) -> Document:
    """The copy of a digest, which is its id as well; without blocks. KeyError where there is none, or no more."""
    query = select(cited_documents).where(cited_documents.c.digest == key)
    row = connection.execute(query).mappings().first() if _may_be_there(connection, key) else None
    if row is None:
        raise KeyError(key)
    own = {name: row[name] for name in COPIED}
    return Document(id=key, **own, blocks=(), page_starts=tuple(row["page_starts"]))


def forget_before(connection: Connection, day: str) -> int:
    """Forget conversations whose last turn was before a day or time, ISO 8601, UTC; how many those were.

    Copies of documents that nobody cites any more go with them.
    """
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyhow
        connection.execute(text("LOCK TABLE conversations IN EXCLUSIVE MODE"))
    gone = int(connection.execute(delete(conversations).where(conversations.c.used_at < day)).rowcount)
    cited = select(turn_documents.c.digest)
    connection.execute(delete(cited_documents).where(cited_documents.c.digest.not_in(cited)))
    return gone


def _has_tables(connection: Connection) -> bool:
    """Not in a file of an older version that cannot be written; a server's are always brought forward."""
    return connection.dialect.name != "sqlite" or inspect(connection).has_table(conversations.name)


def _may_be_there(connection: Connection, identity: str) -> bool:
    """Whether to look for it: it may come from the address of a page, and then be anything."""
    return identity.isascii() and identity.isprintable() and _has_tables(connection)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
