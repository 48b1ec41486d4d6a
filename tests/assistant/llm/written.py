"""Sentences a model might have written about a few projects, right ones and wrong ones, with what they cite.

Each line of `written_sentences.jsonl` is one project: its title and language, the sources, and the items. An item says
something in a language, cites sources by number, and has its kind of fault where it is wrong. The projects are invented
or of the sample corpus; the sentences are written for this test.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Citation, Statement, cite
from assistant.llm.source import Ground, Source
from assistant.llm.supported import faults_in
from corpus.document import Document, Span
from corpus.record import Project

SENTENCES = Path(__file__).with_name("written_sentences.jsonl")


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence, what it is held against, and the kind of its fault; none if it is right."""

    statement: Statement
    ground: Ground
    fault: str = ""


def ground_of(
    quotes: list[tuple[str, str]], language: str, told_in: str = "en", titles: frozenset[str] | None = None
) -> Ground:
    """What (title, quote) of several documents make, each a document and a citation of its own, from 1."""
    documents: dict[str, Document] = {}
    citations: dict[int, Citation] = {}
    for n, (title, quote) in enumerate(quotes, 1):
        document = Document(f"d{n}", f"page{n}.md", "text/markdown", "", told_in, "0" * 64, quote, ())
        project = Project(title.lower().replace(" ", "-"), title, None, (), document.source, Span(0, 1), told_in, "")
        documents[document.id] = document
        citations[n] = cite(n, document, Span(0, len(quote)), project)
    sources = [Source(n, quote, title, (n,)) for n, (title, quote) in enumerate(quotes, 1)]
    named = frozenset(title for title, _ in quotes) if titles is None else titles
    return Ground("What was it?", language, sources, citations, documents, named)


def faults_of(said: str, *quotes: str, language: str = "en", told_in: str = "en") -> list[str]:
    """What is wrong with a sentence that rests on quotes of one project."""
    ground = ground_of([("Blue Ferry", quote) for quote in quotes], language, told_in)
    return faults_in(Statement(said, tuple(range(1, len(quotes) + 1))), ground)


def items() -> Iterator[Item]:
    """All sentences of the file."""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        quotes = [(one.get("title", told["title"]), one["text"]) for one in told["sources"]]
        for one in told["items"]:
            ground = ground_of(quotes, one["language"], told["language"])
            yield Item(Statement(one["said"], tuple(one["cites"])), ground, one.get("fault", ""))
