"""Passages: a document cut into pieces that end where sentences end and never hold two projects."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.document import Document, Span
from corpus.record import Project
from corpus.sentences import sentence_pieces
from index.offline import stay_offline

if TYPE_CHECKING:
    from llama_index.core.node_parser import SentenceSplitter

PASSAGE_TOKENS = 160
"""Tokens of the embedding model, which reads 256; the project's title goes in front when a passage is embedded."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one document; `text` is exactly the document's text at `span`, `project_id` None outside projects."""

    id: str
    document_id: str
    project_id: str | None
    span: Span
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found; `score` is a cosine, higher is nearer; `rank` counts from 1."""

    passage: Passage
    score: float
    rank: int


def split(document: Document, projects: Sequence[Project], tokenizer: Callable[[str], list[str]]) -> list[Passage]:
    """The passages of a document in order. All its words but white space are in exactly one of them."""
    return [
        Passage(
            f"{document.id}:{span.start}-{span.end}",
            document.id,
            project_id,
            span,
            span.of(document.text),
            document.page_of(span.start),
        )
        for region, project_id in _regions(document, projects)
        for span in _spans(document, region, tokenizer)
    ]


def _regions(document: Document, projects: Sequence[Project]) -> Iterator[tuple[Span, str | None]]:
    """The projects' spans and what lies between them."""
    position = 0
    for project in sorted(projects, key=lambda project: project.span.start):
        yield Span(position, project.span.start), None
        yield project.span, project.id
        position = project.span.end
    yield Span(position, len(document.text)), None


def _spans(document: Document, region: Span, tokenizer: Callable[[str], list[str]]) -> Iterator[Span]:
    words = region.of(document.text)
    if not words.strip():
        return
    position = 0
    for piece in _splitter(document.language, tokenizer).split_text(words):
        # The splitter cuts and trims but never rewrites, and its pieces come in order without overlap.
        start = words.index(piece, position)
        position = start + len(piece)
        yield Span(region.start + start, region.start + position)


@lru_cache(maxsize=32)
def _splitter(language: str, tokenizer: Callable[[str], list[str]]) -> "SentenceSplitter":
    stay_offline()
    from llama_index.core.node_parser import SentenceSplitter

    return SentenceSplitter(
        chunk_size=PASSAGE_TOKENS,
        chunk_overlap=0,
        tokenizer=tokenizer,
        paragraph_separator="\n\n",
        chunking_tokenizer_fn=sentence_pieces(language),
    )
