"""A second look at the sentences that could answer: the likeliest passages are read, which can change who comes first.

Knows nothing of how sentences were found or weighed before.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import numpy as np

from assistant.evidence import Sentence
from assistant.plan import Plan
from assistant.reader.reading import Reader, Reading, graph_of, open_reader, reads
from corpus.document import Document, Span
from index.passages import Passage
from index.settings import NO_READER

MOST_READ, MOST_READ_ACROSS = 2, 3
"""Passages that are read: where question and texts are English, and where another language has a part in it."""
BASE_SHARE, READER_SHARE = 0.465, 0.200
"""What a sentence's score before and the reader's log odds for it count."""
LEAST_ODDS = -25.0
"""Below this it no longer matters how sure the reader is that the answer lies elsewhere."""
NOT_THERE_SHARE, USUAL = 0.25, 6.0
"""What the reader's log odds that no passage answers count against the evidence, and those that count nothing: so high
since it was trained on questions written to mislead, and most that are asked of an organisation are not. Above these
it does not choose either: what it takes for the answer then is a guess."""
LEAST_NOT_THERE, MOST_NOT_THERE = -12.0, 12.0
"""Bounds of these log odds."""
MOST_RAISED = 0.5
"""What a reader that is sure of an answer adds to the evidence at most: it takes a name for the answer of any question
that asks who, so that alone it must not decide."""
LEAST_SURE = -8.0
"""Log odds against "not there" from which the reader's words within a sentence are taken for its answer. That low,
since by then the sentence is chosen, and words that are not sure mark it better than none of the reader's."""
READINGS_KEPT = 400
"""Readings kept in memory, about 5 KB each: a page asks the same again, and so does a follow-up."""

_Key = tuple[str, str, str, str]


class Readings:
    """What a reader made of passages; the last ones asked for are kept. Threads may share it."""

    def __init__(self, opened: Callable[[], Reader]) -> None:
        self._opened = opened
        self._kept: OrderedDict[_Key, Reading] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, plan: Plan, passages: Sequence[tuple[Passage, Document]]) -> list[Reading]:
        """A reading for each passage, of the question with what it leaves unsaid; several are read side by side."""
        keys = [(plan.standalone, passage.text, plan.language, document.language) for passage, document in passages]
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
        if new := [key for key in dict.fromkeys(keys) if key not in known]:
            reader = self._opened()
            known |= zip(new, _side_by_side(lambda key: _read(reader, key), new), strict=True)
        with self._lock:
            for key in keys:
                self._kept[key] = known[key]
                self._kept.move_to_end(key)
            while len(self._kept) > READINGS_KEPT:
                self._kept.popitem(last=False)
        return [known[key] for key in keys]

    def warm(self) -> None:
        """Load the model, for which the first question would have to wait.

        Raises:
            ReaderError: it is missing.
        """
        self._opened()


@cache
def readings(reader: str) -> Readings | None:
    """Those of this process, by the reader that the settings name, which is opened when it first reads."""
    return None if reader == NO_READER else Readings(lambda: open_reader(graph_of(reader)))


def _read(reader: Reader, key: _Key) -> Reading:
    question, text, asked_in, language = key
    return reader.read(question, text, asked_in=asked_in, language=language)


def _side_by_side(read: Callable[[_Key], Reading], keys: Sequence[_Key]) -> list[Reading]:
    """The first is read here, the others meanwhile on other cores."""
    others = [_beside().submit(read, key) for key in keys[1:]]
    return [read(keys[0]), *(other.result() for other in others)]


@cache
def _beside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="reading")


def look_again(plan: Plan, ranked: Sequence[Sentence], kept: Readings) -> list[Sentence]:
    """The sentences, best first, once the passages of the best ones have been read.

    Those of passages that were not read come behind, as they were. What is in no language that is read stays as it is,
    and so does the order where the reader finds no answer.
    """
    likeliest = _likeliest(plan, ranked)
    if not likeliest:
        return list(ranked)
    found = kept.of(plan, [(one.passage, one.document) for one in likeliest])
    by_key = {one.passage.key: reading for one, reading in zip(likeliest, found, strict=True)}
    not_there = min(reading.not_there for reading in found)
    against = NOT_THERE_SHARE * (float(np.clip(not_there, LEAST_NOT_THERE, MOST_NOT_THERE)) - USUAL)
    against = max(against, -MOST_RAISED)
    seen = [replace(one, evidence=one.evidence - against) for one in ranked]
    if not_there > USUAL:
        return seen
    read = [_judged(one, by_key[one.passage.key]) for one in seen if one.passage.key in by_key]
    read.sort(key=lambda one: -one.score)
    return [*read, *(_unread(one) for one in seen if one.passage.key not in by_key)]


def _likeliest(plan: Plan, ranked: Sequence[Sentence]) -> list[Sentence]:
    """The best sentence of each passage that is read."""
    best: dict[int, Sentence] = {}
    for sentence in ranked:
        if reads(plan.language, sentence.document.language):
            best.setdefault(sentence.passage.key, sentence)
    first = list(best.values())[:MOST_READ_ACROSS]
    is_across = any({plan.language, one.document.language} != {"en"} for one in first)
    return first if is_across else first[:MOST_READ]


def _judged(sentence: Sentence, reading: Reading) -> Sentence:
    """The sentence with what its passage's reading makes of it."""
    start = sentence.passage.span.start
    within = Span(sentence.span.start - start, sentence.span.end - start)
    score = BASE_SHARE * sentence.score + READER_SHARE * max(reading.score(within), LEAST_ODDS)
    span, odds = reading.best(within)
    is_sure = span is not None and odds >= LEAST_SURE
    answer = Span(start + span.start, start + span.end) if span and is_sure else None
    return replace(sentence, score=score, answer=answer)


def _unread(sentence: Sentence) -> Sentence:
    """The sentence on the same scale: as if the reader had been sure that the answer lies elsewhere."""
    return replace(sentence, score=BASE_SHARE * sentence.score + READER_SHARE * LEAST_ODDS)
