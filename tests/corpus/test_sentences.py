"""Sentences: where they begin and end, and that no character is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_pieces, sentence_spans

LANGUAGES = st.sampled_from(["en", "ro", "und", "de"])
PROSE = st.lists(
    st.sampled_from(
        [
            "Dr. ",
            "i.e. ",
            "It rained",
            "? ",
            "! ",
            ". ",
            "… ",
            "\n",
            "\n\n",
            "”",
            "(see p. 3) ",
            "Ș",
            " ",
            "\u00a0",
            "a",
        ]
    )
).map("".join)


@given(st.text() | PROSE, LANGUAGES, st.integers(0, 1000))
def test_sentences_are_in_order_disjoint_and_hold_every_character_but_white_space(
    text: str, language: str, offset: int
) -> None:
    spans = sentence_spans(text, language, offset)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    held = {place - offset for span in spans for place in range(span.start, span.end)}
    assert {place for place, character in enumerate(text) if not character.isspace()} <= held <= set(range(len(text)))
    for span in spans:
        sentence = text[span.start - offset : span.end - offset]
        assert sentence
        assert sentence == sentence.strip()
        assert "\n" not in sentence


@given(st.text() | PROSE, LANGUAGES)
def test_the_pieces_of_a_text_joined_are_the_text(text: str, language: str) -> None:
    assert "".join(sentence_pieces(language)(text)) == text


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We met Dr. Pop in 2015. It rained!", ["We met Dr. Pop in 2015.", "It rained!"]),
        ("ro", "Am fost la bibliotecă. A plouat?  Da.", ["Am fost la bibliotecă.", "A plouat?", "Da."]),
        ("en", "First line\nSecond line", ["First line", "Second line"]),
        ("und", "One. Two.", ["One.", "Two."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(language: str, text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentence_spans(text, language)] == expected
