"""Words as they are compared."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.words import fold, spans, stem, words


@pytest.mark.parametrize("form", ["Socăcițele", "SOCĂCIȚELE", "socăciţele", "Soca\u0306cit\u0326ele", "socacitele"])
def test_case_accents_and_both_kinds_of_romanian_t_make_no_difference(form: str) -> None:
    assert fold(form) == "socacitele"


def test_dashes_and_apostrophes_become_the_plain_ones() -> None:
    assert fold("it’s 2011–2012") == "it's 2011-2012"


@example("𝑨")
@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_number_with_its_marks_is_one_word() -> None:
    assert words("Budget: 279.014 EUR, the foundation’s") == ["budget", "279.014", "eur", "the", "foundation", "s"]


@given(st.text())
def test_word_spans_give_the_words_back(text: str) -> None:
    assert [fold(span.of(text)) for span in spans(text)] == words(text)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "libraries", "library"), ("en", "funded", "funding"), ("ro", "biblioteca", "bibliotecii")],
)
def test_forms_of_a_word_share_a_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert stem("libraries", "und") == "libraries"


def test_threads_that_stem_at_once_get_the_stems_of_their_own_words() -> None:
    forms = [
        f"{head}{tail}" for head in ("bibliotec", "reading", "nation", "hop") for tail in ("ally", "ilor", "fulness")
    ]
    alone = [stem.__wrapped__(form, "en") for form in forms]  # without the stems that are kept
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda form: stem.__wrapped__(form, "en"), forms * 20))
    finally:
        sys.setswitchinterval(usual)
    assert together == alone * 20
