"""Figures of a reader, worked by hand, from readings that were made by hand."""

import math

import numpy as np
import pytest

from assistant.reader.examples import Example
from assistant.reader.measured import Tried, agreement, balanced, best_balanced, figures_of, measure
from assistant.reader.reading import Reading
from corpus.document import Span

PASSAGE = "The old mill stood by the bridge"


def of(is_answerable: bool, not_there: float) -> Tried:
    """A reading of which only that counts."""
    return Tried(is_answerable, not_there, 1.0 if is_answerable else math.nan, 0.0 if is_answerable else math.nan, 2.0)


def says(word: str, not_there: float) -> Reading:
    """A reading that takes one word of PASSAGE for the answer."""
    starts = [at for at in range(len(PASSAGE)) if at == 0 or PASSAGE[at - 1] == " "]
    ends = [start + len(PASSAGE[start:].split(" ")[0]) for start in starts]
    odds = np.array([3.0 if PASSAGE[s:e] == word else -3.0 for s, e in zip(starts, ends, strict=True)], np.float32)
    return Reading(np.array(starts), np.array(ends), odds, odds, not_there)


def test_words_agree_with_the_nearest_answer_and_articles_do_not_count() -> None:
    assert agreement("old mill", ["the old mill", "the bridge"]) == (1, 1)
    assert agreement("a bridge", ["the old mill", "the bridge"]) == (1, 1)
    assert agreement("the old bridge mill", ["old mill"]) == pytest.approx((2 * 2 / (3 + 2), 0))
    assert agreement("", ["old mill"]) == (0, 0)


def test_a_threshold_is_measured_on_both_kinds_alike() -> None:
    done = [of(True, -2.0), of(True, -1.0), of(True, 0.5), of(False, 0.4), of(False, 3.0)]
    assert balanced(done, 0.0) == pytest.approx((2 / 3 + 2 / 2) / 2)
    assert balanced(done, 1.0) == pytest.approx((3 / 3 + 1 / 2) / 2)
    assert best_balanced(done) == pytest.approx(((2 / 3 + 2 / 2) / 2, 0.4))


def test_figures_of_one_kind_alone_have_no_balanced_accuracy() -> None:
    figures = figures_of([of(True, -1.0)])
    assert (figures.answerable, figures.unanswerable, figures.f1, figures.ms) == (1, 0, 1, 2)
    assert math.isnan(figures.balanced)
    assert math.isnan(figures.best_balanced)


def test_every_example_is_read_once_and_told() -> None:
    examples = [
        Example("What stood by the bridge?", PASSAGE, Span(4, 12)),
        Example("Who owned the mill?", PASSAGE, None),
    ]
    asked, told = [], []

    def read(question: str, passage: str) -> Reading:
        asked.append((question, passage))
        return says("mill", -1.0 if question.startswith("What") else 1.0)

    figures = measure(read, examples, lambda: told.append(len(asked)))
    assert asked == [(one.question, one.passage) for one in examples]
    assert told == [1, 2]
    assert (figures.exact_match, figures.f1) == pytest.approx((0, 2 * 1 / (1 + 2)))
    assert figures.balanced == 1
