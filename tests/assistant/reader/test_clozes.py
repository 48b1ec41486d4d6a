"""Questions made of plain sentences."""

import pytest

from assistant.reader.clozes import clozes
from assistant.reader.examples import Example
from corpus.words import fold

MILL = (
    "The water mill of Reedmoor was built by Harold Finch in 1820. It ground 400 sacks of grain each winter. "
    "The owners spent £2.5 million on a new wheel for the brewery near Ashford. It stopped. "
    "However the brewery bought grain from farmers and a quarter of it was lost."
)
TEXT = [Example("Which mill?", MILL, None, article="Mills", source="people")]


def asked_for(answer: str) -> set[str]:
    """Questions for which this is the answer, out of many draws."""
    made = [one for seed in range(30) for one in clozes(TEXT, 99, seed)]
    return {one.question for one in made if one.answer and one.answer.of(one.passage) == answer}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("1820", {"when", "what"}),
        ("400", {"how", "what"}),
        ("£2.5 million", {"how", "what"}),
        ("Harold Finch", {"who", "what"}),
        ("Ashford", {"where", "what", "which"}),
        ("quarter", {"what", "which"}),
    ],
)
def test_the_question_word_fits_what_was_taken_out(answer: str, words: set[str]) -> None:
    asked = asked_for(answer)
    assert asked
    assert all(answer not in question and question.endswith("?") for question in asked)
    assert all(words & set(fold(question[:-1]).split()) for question in asked)


def test_what_is_counted_stays_with_the_question_word() -> None:
    assert any(question.startswith(("How many sacks of", "What number of sacks of")) for question in asked_for("400"))


def test_an_auxiliary_comes_before_what_it_is_said_of() -> None:
    assert any(question.startswith("When was The water mill") for question in asked_for("1820"))


def test_neither_short_sentences_nor_their_first_words_are_asked_about() -> None:
    answers = {one.answer.of(MILL) for seed in range(30) for one in clozes(TEXT, 99, seed) if one.answer}
    assert not {"However", "It", "stopped"} & answers


def test_a_passage_gives_as_many_as_wanted_once_and_the_same_for_a_seed() -> None:
    twice = [*TEXT, Example("Who?", MILL, None, article="Mills", source="people")]
    assert len(clozes(twice, 3, 7)) <= 3
    assert clozes(twice, 3, 7) == clozes(TEXT, 3, 7) != clozes(TEXT, 3, 8)
    assert {one.source for one in clozes(TEXT, 3, 7)} == {"cloze"}
