"""Folding that moves no offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold_keeping_length


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ianuarie", "ianuarie"),
        ("ÎNCEPÂND șțşţăâî", "incepand ststaai"),
        ("1\u00a0000\u202f000", "1 000 000"),
        ("2013–2014—2015−2016", "2013-2014-2015-2016"),
        ("1’000", "1'000"),
        ("٢٠١٤", "2014"),
        ("x²", "x²"),  # a footnote is no digit
        ("ﬁnanțare İ ß", "ﬁnantare i ß"),  # what folds to two characters keeps its one
    ],
)
def test_case_accents_spaces_and_dashes_are_folded(text: str, folded: str) -> None:
    assert fold_keeping_length(text) == folded


@given(st.text())
def test_every_character_stays_where_it_was(text: str) -> None:
    assert len(fold_keeping_length(text)) == len(text)


@given(st.text(), st.text())
def test_a_text_folds_as_its_parts_do(one: str, other: str) -> None:
    assert fold_keeping_length(one + other) == fold_keeping_length(one) + fold_keeping_length(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold_keeping_length(text)
    assert fold_keeping_length(once) == once


@given(st.text())
def test_only_digits_become_digits(text: str) -> None:
    folded = fold_keeping_length(text)
    assert [c.isdecimal() for c in folded] == [c.isdecimal() for c in text]


def test_lone_surrogates_and_nul_pass_through() -> None:
    assert fold_keeping_length("\ud800\x00a") == "\ud800\x00a"
