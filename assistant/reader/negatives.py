"""Answered questions asked again of passages that do not answer them: another one, or what is left of their own."""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import groupby

from assistant.reader.examples import Example
from corpus.document import Span
from corpus.sentences import sentence_spans
from corpus.words import fold, stem, words

FEWEST_SENTENCES = 2
"""What must stay of a passage whose answering sentence is taken out; less is not a passage."""


def elsewhere(examples: Sequence[Example], seed: int) -> list[Example]:
    """Each answered question asked of the article's passage that shares most telling words and lacks the answer.

    None for an article of one passage, and never a passage of which the same is asked; one of equally good is drawn.
    """
    drawn = random.Random(seed)  # noqa: S311  # a choice, no secret
    made = []
    for _, group in groupby(sorted(examples, key=lambda one: one.article), key=lambda one: one.article):
        article = list(group)
        stems = {text: _stems(text) for text in dict.fromkeys(one.passage for one in article)}
        weights = _weights(list(stems.values()))
        folded = {text: fold(text) for text in stems}
        asked = {(fold(one.question), one.passage) for one in article}
        for example in article:
            if example.answer and (other := _closest(example, stems, folded, asked, weights, drawn)):
                made.append(replace(example, passage=other, answer=None, lure=None, source="elsewhere"))
    return made


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word, "en") for word in words(text))


def _weights(passages: Sequence[frozenset[str]]) -> dict[str, float]:
    """How telling a word is: the logarithm of how many passages there are to one that has it."""
    counts = Counter(word for passage in passages for word in passage)
    return {word: math.log(len(passages) / count) for word, count in counts.items()}


def _closest(
    example: Example,
    stems: Mapping[str, frozenset[str]],
    folded: Mapping[str, str],
    asked: Set[tuple[str, str]],
    weights: Mapping[str, float],
    drawn: random.Random,
) -> str | None:
    answer = fold(example.answer.of(example.passage)) if example.answer else ""
    question, about = fold(example.question), _stems(example.question)
    scored = {
        text: sum(weights[word] for word in sorted(about & found))
        for text, found in stems.items()
        if text != example.passage and answer not in folded[text] and (question, text) not in asked
    }
    if not scored:
        return None
    best = max(scored.values())
    return drawn.choice([text for text, score in scored.items() if score == best])


def removed(examples: Sequence[Example], seed: int) -> list[Example]:
    """Each answered question asked of its passage without the sentence that answers; in an order drawn by `seed`.

    Only where two sentences stay and the answer's words stand in none of them.
    """
    made = []
    for example in examples:
        if example.answer and (left := without(example.passage, example.answer)):
            made.append(replace(example, passage=left, answer=None, lure=None, source="removed"))
    random.Random(seed).shuffle(made)  # noqa: S311  # an order, no secret
    return made


def without(passage: str, answer: Span, others: Sequence[Span] = ()) -> str | None:
    """`passage` without the sentences that `answer` and `others` lie in; None where too little or the answer stays."""
    gone = (answer, *others)
    spans = sentence_spans(passage, "en")
    kept = [one for one in spans if not any(one.overlaps(other) for other in gone)]
    if len(kept) < FEWEST_SENTENCES or len(kept) == len(spans):
        return None
    # What stands between two sentences goes with the second, so that lines stay lines.
    ends = {one: spans[at - 1].end if at else 0 for at, one in enumerate(spans)}
    left = "".join(passage[ends[one] : one.end] for one in kept).strip()
    return None if fold(answer.of(passage)) in fold(left) else left
