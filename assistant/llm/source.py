"""Source: a numbered sentence that a language model may write from, and what a sentence of it is held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.answer import Citation, Derived
from corpus.document import Document


@dataclass(frozen=True, slots=True)
class Source:
    """`S3` of a prompt: words of a document, or a line that the program has made of records, such as a sum.

    `cites` are numbers of citations, whose quotes it is or rests on; `derived` are the figures in it that no quote
    holds. A line of the program's own is `is_computed`: its words are no quote, and may be used as well.
    """

    n: int
    text: str
    title: str
    cites: tuple[int, ...]
    derived: tuple[Derived, ...] = ()
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """All that sentences of one answer are held against.

    `citations` by number and `documents` by id hold at least what `sources` cite; `titles` are those of all projects
    and documents of the store; `totals` are counts that the catalogue vouches for. `language` is the answer's.
    """

    question: str
    language: str
    sources: Sequence[Source]
    citations: Mapping[int, Citation]
    documents: Mapping[str, Document]
    titles: frozenset[str] = frozenset()
    totals: frozenset[Decimal | int] = field(default_factory=frozenset)
