"""Text cut, and what is left out of it."""

import pytest

from eval.written.lexemes import lexemes, plain_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ab [1]–[8] c [2, 3] d [2013]", "Ab c d [ 2013 ]"),
        ("1 234 567 and 2015 279 014", "1 234 567|and|2015|279 014"),
        ("al 5-lea, 5th, 2.5M", "al 5-lea , 5th , 2.5M"),
        ("US$5 USD5 P2PU", "US$ 5 USD 5 P2PU"),
        ("-5 (–6) 7-8 9 -10 x-1", "minus 5 ( minus 6 ) 7 - 8 9 - 10 x - 1"),
        ("e-mail E-Mail e-m", "email EMail e - m"),
        ("so\u00adft a\u0306", "soft ă"),
        (".5 v.5", "0.5 v . 5"),
        ("8:30 1.2.3 05.11.2013.", "8:30 1.2.3 05.11.2013 ."),
    ],
)
def test_numbers_are_cut_whole_and_markers_are_left_out(text: str, expected: str) -> None:
    assert list(lexemes(text).raw) == expected.split("|" if "|" in expected else " ")


def test_each_lexeme_is_folded_by_itself() -> None:
    assert lexemes("Țară – “EUR”").folded == ("tara", "-", "“", "eur", "”")
    assert lexemes("") == ((), ())
    assert plain_words(lexemes("Țară – “EUR”").folded) == ["tara", "eur"]
