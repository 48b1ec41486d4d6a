"""Conversations that last: recalled, their citations opened as they were, whatever becomes of the documents."""

import secrets
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.answer import ANSWERED, REFUSED, Answer, Statement, cite
from assistant.conversation import CHANGED, CURRENT, GONE, MOVED, Exchange, Opened, keep, open_citation, recall, unkept
from assistant.errors import ConversationError
from corpus.document import Span
from index.catalogue import FILE
from index.errors import StoreError, StoreLockedError
from index.migrations import VERSION
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.vacuum import vacuum
from tests.index.read_only import read_only

PAGE = "Lamp House\n\nThe keepers counted the owls by night.\n\nPeriod: 2014 | Budget: 500 EUR | Funder: Salt Council\n"
QUOTE = "Budget: 500 EUR"
REGISTER = "title,budget,currency,funder\n"


@dataclass
class Place:
    """A folder of documents and the store over them."""

    docs: Path
    settings: Settings

    def build(self, *, rebuild: bool = False) -> None:
        """Bring the store to what the documents are now."""
        build(self.settings, [self.docs], rebuild=rebuild)

    def write(self, text: str, name: str = "lamp.txt") -> None:
        """Write a document, and sync."""
        (self.docs / name).write_text(text)
        self.build()


@pytest.fixture
def place(tmp_path: Path, small_model: Path) -> Place:
    """Build a store over one page and another that never changes."""
    made = Place(tmp_path / "docs", Settings(tmp_path / "store", str(small_model)))
    made.docs.mkdir()
    (made.docs / "other.txt").write_text("Owl Tower\n\nNobody counts here.\n\nPeriod: 2016 | Budget: 900 EUR\n")
    made.write(PAGE)
    return made


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """Open it."""
    with closing(Store(place.settings)) as opened:
        yield opened


def quoting(store: Store, quote: str = QUOTE, source: str = "lamp.txt", *, titled: bool = True) -> Answer:
    """Answer with words of a document."""
    document = store.sources[source]
    start = document.text.index(quote)
    span = Span(start, start + len(quote))
    projects = [one for one in store.projects.values() if one.document == source and one.span.holds(span)]
    citation = cite(1, document, span, projects[0] if titled else None)
    return Answer("Budget?", ANSWERED, (Statement(f"“{quote}”", (1,)),), (citation,), "budget", "en")


def kept(store: Store, conversation: str = "", answer: Answer | None = None) -> Exchange:
    """Keep an answer with what it cites."""
    answer = answer or quoting(store)
    return keep(store, conversation, answer, store.texts({one.document for one in answer.citations}).values())


def reopened(place: Place, exchange: Exchange) -> Opened:
    """Open the first citation of the exchange, as it is recalled from the store as it is now."""
    with closing(Store(place.settings)) as now:
        assert recall(now, exchange.conversation) == (exchange,)
        return open_citation(now, exchange, 1)


def test_a_conversation_comes_back_as_it_was(store: Store) -> None:
    first = kept(store)
    refused = Answer("And owls?", REFUSED, (Statement("No word of owls.", is_remark=True),), (), "owls", "en")
    second = kept(store, first.conversation, refused)
    assert recall(store, first.conversation) == (first, second)
    assert [one.turn for one in (first, second)] == [f"{first.conversation}/1", f"{first.conversation}/2"]
    assert (first.generation, second.digests) == (store.generation, {})
    assert first.asked_at.endswith("+00:00")


def test_an_unknown_conversation_is_empty_and_nothing_is_added_to_it(store: Store) -> None:
    for unknown in ("", secrets.token_urlsafe(), "\ud800"):
        assert recall(store, unknown) == ()
    with pytest.raises(ConversationError, match=r"'nobody'.*begin a new one"):
        kept(store, "nobody")


def test_a_citation_of_an_unchanged_document_is_current_whatever_its_id(place: Place, store: Store) -> None:
    exchange = kept(store)
    (place.docs / "lamp.txt").write_bytes(b"\xef\xbb\xbf" + PAGE.encode())  # other bytes, the same text
    place.build()
    opened = reopened(place, exchange)
    citation = exchange.answer.citations[0]
    assert (opened.standing, opened.citation, opened.span) == (CURRENT, citation, citation.span)
    assert opened.now is not None
    assert opened.now.id != citation.document_id == opened.document.id
    assert opened.document.text == store.sources["lamp.txt"].text


def test_words_that_have_moved_are_shown_where_they_were_and_where_they_are(place: Place, store: Store) -> None:
    exchange = kept(store)
    place.write(PAGE.replace("by night", "by night and by day"))
    opened = reopened(place, exchange)
    assert opened.standing == MOVED
    assert opened.citation.span.of(opened.document.text) == QUOTE
    assert opened.now is not None
    assert opened.span is not None
    assert opened.span != opened.citation.span
    assert opened.span.of(opened.now.text) == QUOTE


@pytest.mark.parametrize("titled", [True, False])
def test_words_that_have_changed_are_shown_as_they_were(place: Place, store: Store, titled: bool) -> None:
    exchange = kept(store, answer=quoting(store, titled=titled))
    place.write(PAGE.replace("500", "700") + "\nSea Mill\n\nPeriod: 2017 | Budget: 500 EUR | Funder: Sea Council\n")
    opened = reopened(place, exchange)
    assert (opened.standing, opened.span) == (CHANGED, None)
    assert opened.citation.span.of(opened.document.text) == QUOTE
    assert opened.now is not None
    assert "700 EUR" in opened.now.text


def test_words_of_a_document_that_is_gone_are_shown_as_they_were(place: Place, store: Store) -> None:
    exchange = kept(store)
    (place.docs / "lamp.txt").unlink()
    place.build()
    vacuum(place.settings, grace_seconds=0)
    opened = reopened(place, exchange)
    assert (opened.standing, opened.now, opened.span) == (GONE, None, None)
    assert opened.citation.span.of(opened.document.text) == QUOTE


def test_a_conversation_outlives_a_rebuild_and_a_vacuum(place: Place, store: Store) -> None:
    exchange = kept(store)
    place.build(rebuild=True)
    vacuum(place.settings, grace_seconds=0)
    assert reopened(place, exchange).standing == CURRENT


def test_a_conversation_outlives_a_rebuild_that_makes_the_catalogue_anew(place: Place, store: Store) -> None:
    exchange = kept(store)
    with closing(sqlite3.connect(place.settings.store / FILE)) as connection, connection:
        connection.execute("UPDATE store SET value = '2' WHERE key = ?", [VERSION])
    (place.docs / "lamp.txt").write_text(PAGE.replace("by night", "at noon"))
    place.build(rebuild=True)
    assert reopened(place, exchange).standing == MOVED
    with closing(Store(place.settings)) as now:
        assert kept(now, exchange.conversation).turn.endswith("/2")
    # Who still has the old file open is told, and adds nothing to what nobody will see.
    with pytest.raises(StoreLockedError, match="made anew; nothing was kept"):
        kept(store, exchange.conversation)


def test_a_row_of_a_register_is_found_in_whatever_part_it_stands_now(place: Place) -> None:
    rows = [f"Grant {number},{number}000,EUR,Council {number}\n" for number in range(3)]
    place.write(REGISTER + "".join(rows), "grants.csv")
    with closing(Store(place.settings)) as before:
        (source,) = (one for one in before.sources if one.startswith("grants.csv#"))
        exchange = kept(before, answer=quoting(before, "Grant 2", source))
    place.write(REGISTER + "Grant 9,9000,EUR,Council 9\n" + "".join(rows), "grants.csv")
    opened = reopened(place, exchange)
    assert opened.standing == MOVED
    assert opened.now is not None
    assert opened.now.source != source
    assert opened.span is not None
    assert opened.span.of(opened.now.text) == "Grant 2"


def test_an_unknown_citation_is_told(store: Store) -> None:
    with pytest.raises(ConversationError, match="citation 2: this answer has 1"):
        open_citation(store, kept(store), 2)


def test_an_answer_without_the_documents_it_cites_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="the answer cites them"):
        keep(store, "", quoting(store), [])


def test_an_answer_that_cannot_be_kept_is_not_lost(place: Place, store: Store) -> None:
    answer = quoting(store)
    with read_only(place.settings.store), closing(Store(place.settings)) as shut:
        with pytest.raises(StoreError, match="cannot be written"):
            kept(shut)
        exchange = unkept(shut, answer)
        assert open_citation(shut, exchange, 1).standing == CURRENT
    assert (exchange.answer, exchange.conversation) == (answer, "")
    assert exchange.turn != unkept(store, answer).turn
    place.write(PAGE.replace("500", "700"))
    with closing(Store(place.settings)) as now, pytest.raises(ConversationError, match=r"has changed.*ask again"):
        open_citation(now, exchange, 1)
    (place.docs / "lamp.txt").unlink()
    place.build()
    with closing(Store(place.settings)) as now, pytest.raises(ConversationError, match="kept no more; ask again"):
        open_citation(now, exchange, 1)


def test_a_forgotten_conversation_is_told_from_one_that_goes_on(place: Place, store: Store) -> None:
    exchange = kept(store)
    with closing(sqlite3.connect(place.settings.store / FILE)) as connection, connection:
        connection.execute("UPDATE conversations SET used_at = '2020-01-01T00:00:00+00:00'")
    assert vacuum(place.settings, conversation_days=10).conversations == 1
    assert recall(store, exchange.conversation) == ()
    with pytest.raises(ConversationError, match="any more"):
        kept(store, exchange.conversation)
    with pytest.raises(ConversationError, match="kept no more"):
        open_citation(store, exchange, 1)
    assert recall(store, kept(store).conversation)


def test_many_may_ask_at_once(store: Store) -> None:
    answers = [replace(quoting(store), question=f"{number}?") for number in range(24)]
    with ThreadPoolExecutor(8) as visitors:
        made = list(visitors.map(lambda answer: kept(store, answer=answer), answers))
    assert len({one.conversation for one in made}) == 24
    assert all(recall(store, one.conversation) == (one,) for one in made)
