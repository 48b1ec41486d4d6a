"""What a store is measured with: texts, questions and vectors, the same for the same numbers wherever they are made.

The texts are those of a file, or made of sentences drawn at random from it or from the sample corpus: real sentences
without a thread. Knows nothing of stores.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import MisuseError
from eval.beir import Text, read_texts

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
FIELDS = ("id", "title", "text")
MADE_WORDS = 85
"""Words of a made text; from the sample corpus nine of ten have 97 to 148 tokens of all-MiniLM-L6-v2."""
SENTENCE_WORDS = 5
"""What is shorter is a heading or a cell."""
QUESTION_WORDS = 8
CLUSTERS = 1_000
SPREAD = 0.7
"""Length of the noise beside a centre of length 1: two vectors of one cluster then have a cosine of about 0.67."""
DIM = 384
"""Of the made vectors: that of all-MiniLM-L6-v2."""
BLOCK = 1_024
"""Vectors made at once."""


def read_corpus(path: Path | None = None, fields: Sequence[str] = FIELDS) -> list[Text]:
    """The texts of a JSON Lines file with these fields, or the documents of the sample corpus.

    Raises:
        MisuseError: the file is missing or holds no text.
        EvaluationError: naming the line that is wrong.
    """
    if path is None:
        from corpus.document import Unreadable
        from corpus.files import find_files
        from corpus.reading import read_file  # takes a second, which no process that only searches has to wait

        documents = [
            one.document for file in find_files([SAMPLE]) for one in read_file(file) if not isinstance(one, Unreadable)
        ]
        return [Text(d.source, d.title, d.text, d.language) for d in documents]
    texts = list(read_texts(path, fields))
    if not texts:
        raise MisuseError(
            f"{path}: no row has text in the field {fields[2]!r}; name the fields with --fields ID,TITLE,TEXT"
        )
    return texts


class Material:
    """`count` texts over a corpus: its own, drawn without repeating, or made of its sentences where it has too few."""

    def __init__(self, corpus: Sequence[Text], count: int, *, made: bool = False) -> None:
        self.count = count
        self._own: Sequence[Text] = []
        self._sentences: list[str] = []
        if len(corpus) >= count and not made:
            self._own = _chance(0).sample(corpus, count)
        else:
            self._sentences = _sentences(corpus)

    def text(self, number: int) -> Text:
        """The text of this number, from 0: any of them without those before it."""
        if self._own:
            return self._own[number]
        chance = _chance(number)
        words: list[str] = []
        while len(words) < MADE_WORDS:
            words += chance.choice(self._sentences).split()
        return Text(f"made-{number}", " ".join(words[:3]), " ".join(words[:MADE_WORDS]))

    def __iter__(self) -> Iterator[Text]:
        return (self.text(number) for number in range(self.count))

    def questions(self, count: int) -> list[str]:
        """Words that stand one after the other in a text drawn at random, one question for each draw."""
        chance, asked = _chance(-1), []
        for _ in range(count):
            words = self.text(chance.randrange(self.count)).text.split()
            start = chance.randrange(max(len(words) - QUESTION_WORDS, 0) + 1)
            asked.append(" ".join(words[start : start + QUESTION_WORDS]))
        return asked


def unit_vectors(count: int, dim: int = DIM, seed: int = 0) -> Iterator[NDArray[np.float32]]:
    """`count` vectors `(dim,)` of length 1, in clusters as a model's are; the clusters are the same for every seed."""
    centres = _normal(np.random.default_rng(0), CLUSTERS, dim)
    chance = np.random.default_rng([1, seed])
    blocks = (_near(chance, centres) for _ in range(0, count, BLOCK))
    return islice((vector for block in blocks for vector in block), count)


def _near(chance: np.random.Generator, centres: NDArray[np.float32]) -> NDArray[np.float32]:
    made = centres[chance.integers(0, len(centres), BLOCK)] + SPREAD * _normal(chance, BLOCK, centres.shape[1])
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def _normal(chance: np.random.Generator, count: int, dim: int) -> NDArray[np.float32]:
    """Directions, all equally likely."""
    made = chance.standard_normal((count, dim), dtype=np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def _sentences(corpus: Sequence[Text]) -> list[str]:
    from corpus.sentences import sentence_spans

    found = {
        span.of(text.text) for text in corpus for span in sentence_spans(text.text, text.language or "en")
    }  # each once: what recurs in a corpus is its frame
    long = sorted(sentence for sentence in found if len(sentence.split()) >= SENTENCE_WORDS)
    if not long:
        raise MisuseError(
            f"the corpus holds no sentence of {SENTENCE_WORDS} words; give another with --corpus FILE.jsonl"
        )
    return long


def _chance(number: int) -> random.Random:
    return random.Random(number)  # noqa: S311  # repeatable, not secret
