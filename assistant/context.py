"""What a sentence cannot be quoted without: the one that it leans back on, and those that it announces."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

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
        return [*behind[:1], *(one for _, one in takewhile(_are_lines, pairwise(behind[:MOST_ITEMS])))]
    said = grammar().announces.match(fold(sentence.text))
    count = next((numbers("numbers")[one] for one in said.groups() if one), 0) if said else 0
    return behind[: int(count)]


def _are_lines(pair: tuple[Sentence, Sentence]) -> bool:
    """Whether two sentences are lines of a list, one right under the other."""
    one, other = pair
    return one.document.text[one.span.end : other.span.start].strip(" ") == "\n"
