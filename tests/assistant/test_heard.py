"""The words of a question: where they stand, which are explained already, and which are written like names."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.heard import BLANK, hear, telling, unbroken
from corpus.words import words


def test_words_are_folded_and_keep_their_places() -> None:
    heard = hear("Cine a finanțat Căsuța?", "ro")
    assert heard.words == ["cine", "a", "finantat", "casuta"]
    assert [heard.written(at) for at in range(4)] == ["Cine", "a", "finanțat", "Căsuța"]
    assert heard.free == {0, 1, 2, 3}
    assert heard.text({2, 3}) == "finanțat Căsuța"


@given(st.text(max_size=200))
def test_no_word_is_lost_and_none_is_invented(question: str) -> None:
    heard = hear(question)
    assert heard.words == list(words(question))
    assert len(heard.blanked()) == len(heard.blanked_question()) == len(question)
    heard.take(range(len(heard.words)))
    assert not re.search(r"[^\W_]", heard.blanked_question())


def test_what_is_explained_is_blanked_and_matched_by_nothing() -> None:
    heard = hear("Who funded Salt Road?")
    assert heard.matching([re.compile("road|funded")]) == {1, 3}
    heard.take({2, 3})
    assert heard.blanked() == f"who funded {BLANK * 4} {BLANK * 4}?"
    assert heard.matching([re.compile("road|funded")]) == {1}
    assert heard.blanked_words(1, 4) == f"funded {BLANK} {BLANK}"


def test_a_pattern_that_ends_within_a_word_matches_no_word_of_it() -> None:
    assert hear("refunded twice").positions(2, 8) == frozenset()


def test_a_capital_or_a_figure_makes_a_name_but_not_at_the_beginning() -> None:
    heard = hear("Which ones? Where is Salt and ESC in 2014, not here")
    assert {heard.words[at] for at in heard.names()} == {"salt", "esc", "2014"}


def test_what_stands_between_two_words_is_folded() -> None:
    assert hear("Fundul SAU Banca").between(0, 2) == " sau "


def test_closed_class_words_tell_nothing() -> None:
    heard = hear("the fund of the sea")
    assert telling(heard, {0, 1, 2, 4}, frozenset({"the", "of"})) == [1, 4]


def test_positions_are_unbroken_where_they_follow_on_each_other() -> None:
    assert unbroken([])
    assert unbroken(frozenset({2, 3, 4}))
    assert not unbroken([2, 4])
