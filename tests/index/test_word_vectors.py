"""Single words by the model's own table."""

from pathlib import Path

import numpy as np

from index.models import Model, find_model
from index.settings import DEFAULT_MODEL
from index.word_vectors import WordVectors, open_word_vectors


def test_words_of_one_meaning_are_more_alike_than_others() -> None:
    contest, competition, river = open_word_vectors(find_model(DEFAULT_MODEL)).of(["contest", "competition", "river"])
    assert contest @ competition > contest @ river + 0.1
    assert np.isclose(np.linalg.norm(contest), 1)


def test_a_word_that_no_dictionary_has_is_made_of_its_pieces() -> None:
    vectors = open_word_vectors(find_model(DEFAULT_MODEL)).of(["bibliotecarii", "bibliotecari"])
    assert vectors[0] @ vectors[1] > 0.5


def test_a_model_without_a_table_finds_no_two_words_alike(tmp_path: Path) -> None:
    import shutil

    known = find_model(DEFAULT_MODEL)
    shutil.copy(known.folder / "tokenizer.json", tmp_path)
    other = Model("other", tmp_path, "0")
    one, two = WordVectors(other).of(["well", "wells"])
    assert one @ two == 0
