"""Canonical text, spans and slugs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span, canonical, slug

ANYTHING = st.text(alphabet=st.characters(exclude_categories=()))
"""Lone surrogates included."""


@given(ANYTHING)
def test_canonical_text_stays_as_it_is(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(ANYTHING)
def test_canonical_text_holds_nothing_that_offsets_could_stumble_over(text: str) -> None:
    made = canonical(text)
    assert not set(made) & {"\r", "\x00", "\ufeff"}
    assert unicodedata.is_normalized("NFC", made)
    made.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\r\x00\n", "\n\n"),
        ("la\u0306mpi", "lămpi"),
        ("\ufeffa\ufeffb", "ab"),
        ("a\ud800b", "a\N{REPLACEMENT CHARACTER}b"),
    ],
)
def test_canonical_text(text: str, expected: str) -> None:
    assert canonical(text) == expected


def test_spans_are_half_open() -> None:
    assert Span(1, 3).of("abcd") == "bc"
    assert Span(0, 4).holds(Span(0, 4))
    assert not Span(0, 4).holds(Span(3, 5))
    assert Span(0, 2).overlaps(Span(1, 3))
    assert not Span(0, 2).overlaps(Span(2, 3))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Silver Stories", "silver-stories"),
        ("Ora să ȘTIM (Time to KNOW STEM)", "ora-sa-stim-time-to-know-stem"),
        ("  “Café” – 2015! ", "cafe-2015"),
        ("Здравствуйте", "untitled"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_slug_is_plain_words_and_hyphens(title: str, expected: str) -> None:
    assert slug(title) == expected
