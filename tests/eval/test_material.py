"""Texts, questions and vectors that benchmarks are run on."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import MisuseError
from eval.beir import Text
from eval.material import BLOCK, MADE_WORDS, Material, read_corpus, unit_vectors

CORPUS = [
    Text(str(number), f"Title {number}", f"Well {number} was dug by hand. It took {number} days.")
    for number in range(9)
]


def test_a_corpus_that_is_large_enough_gives_its_own_texts_each_once() -> None:
    texts = list(Material(CORPUS, 9))
    assert sorted(texts, key=lambda text: text.id) == CORPUS
    assert list(Material(CORPUS, 9)) == texts
    assert set(Material(CORPUS, 4)) < set(CORPUS)


@pytest.mark.parametrize(("count", "made"), [(20, False), (5, True)])
def test_texts_are_made_of_sentences_where_there_are_too_few(count: int, made: bool) -> None:
    material = Material(CORPUS, count, made=made)
    texts = list(material)
    assert len({text.id for text in texts}) == count
    words = {word for text in CORPUS for word in text.text.split()}
    for number, text in enumerate(texts):
        assert len(text.text.split()) == MADE_WORDS
        assert set(text.text.split()) <= words
        assert material.text(number) == text


@given(st.integers(1, 40), st.integers(1, 30))
def test_a_question_is_words_of_one_text_in_their_order(count: int, questions: int) -> None:
    material = Material(CORPUS, count)
    texts = [text.text for text in material]
    asked = material.questions(questions)
    assert len(asked) == questions
    assert all(any(question in text for text in texts) for question in asked)


def test_the_sample_corpus_gives_texts_and_a_file_gives_its_own(tmp_path: Path) -> None:
    assert {text.language for text in read_corpus()} == {"en", "ro"}
    path = tmp_path / "register.jsonl"
    path.write_text(json.dumps({"ref": "7", "name": "Wells", "aim": "To dig."}), encoding="utf-8")
    assert read_corpus(path, ("ref", "name", "aim")) == [Text("7", "Wells", "To dig.")]
    with pytest.raises(MisuseError, match="no row has text in the field 'text'; name the fields with --fields"):
        read_corpus(path, ("ref", "name", "text"))


def test_a_corpus_without_sentences_is_refused_where_texts_have_to_be_made() -> None:
    with pytest.raises(MisuseError, match="holds no sentence of 5 words"):
        Material([Text("1", "", "Two words.")], 2)


def test_vectors_are_of_length_one_in_clusters_and_the_same_each_time() -> None:
    count = BLOCK + 500
    vectors = np.array(list(unit_vectors(count, 32)))
    assert vectors.shape == (count, 32)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(count), abs=1e-5)
    assert np.array_equal(vectors[:7], list(unit_vectors(7, 32)))
    others = np.array(list(unit_vectors(200, 32, seed=1)))
    assert not np.allclose(others, vectors[:200])
    # 1,524 vectors in 1,000 clusters: most of the others have one near them, and are near to few.
    cosines = others @ vectors.T
    assert np.median(cosines.max(axis=1)) > 0.6
    assert np.median(cosines) < 0.1
