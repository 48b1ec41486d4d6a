"""What a sentence cannot be quoted without: the one that it leans back on, and those that it announces."""

from collections.abc import Sequence
from itertools import takewhile

from assistant.evidence import Sentence
from assistant.grammar import grammar
from assistant.value_words import numbers
from corpus.words import fold

MOST_ITEMS = 6
"""Lines of a list behind a colon that are quoted."""


def with_context(sentence: Sentence, siblings: Sequence[Sentence]) -> list[Sentence]:
    """The sentence, after the one that it leans on ("They were trained in turn"), before those that it announces.

    `siblings` are the sentences of its passage, in order.
    """
    before = [one for one in siblings if one.span.end <= sentence.span.start]
    behind = [one for one in siblings if one.span.start >= sentence.span.end]
    leans = grammar().leans_back.match(fold(sentence.text)) is not None
    return [*(before[-1:] if leans else ()), sentence, *_announced(sentence, behind)]


def _announced(sentence: Sentence, behind: Sequence[Sentence]) -> Sequence[Sentence]:
    """Behind a colon a sentence or a list; as many as a sentence says: "Three things slowed the works."."""
    if sentence.text.rstrip().endswith(":"):
        items = list(takewhile(_is_item, behind[:MOST_ITEMS]))
        return items or behind[:1]
    said = grammar().announces.match(fold(sentence.text))
    count = next((numbers("numbers")[one] for one in said.groups() if one), 0) if said else 0
    return behind[: int(count)]


def _is_item(sentence: Sentence) -> bool:
    return any(one.kind == "item" and one.span.overlaps(sentence.span) for one in sentence.document.blocks)
