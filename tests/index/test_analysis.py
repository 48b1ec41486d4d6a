"""How texts and queries become terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import (
    FOLDED_ONLY,
    LONGEST_TERM_BYTES,
    group,
    joined_parts,
    neighbours,
    piece_terms,
    pieces,
    prepared,
    terms,
)


def _terms(text: str, language: str) -> list[str]:
    return [term for _, term in terms(text, group(language))]


@pytest.mark.parametrize("form", ["școlilor", "şcolilor", "scolilor", "ŞCOLILOR", "s\u0326colilor", "școli", "scoli"])
def test_forms_of_a_romanian_word_meet_with_accents_and_without(form: str) -> None:
    assert _terms(form, "ro") == _terms("scolile", "ro")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "financed schools", "financing school"),
        ("fr", "École", "ecoles"),
        ("de", "Förderungen", "forderung"),
        ("es", "educación", "educacion"),
        ("el", "ΠΡΌΓΡΑΜΜΑ", "προγραμμα"),
        ("ru", "проекты", "проект"),
        ("tr", "İSTANBUL", "istanbul"),
        ("nb", "prosjektene", "prosjekt"),
    ],
)
def test_a_language_is_folded_and_stemmed(language: str, one: str, other: str) -> None:
    assert _terms(one, language) == _terms(other, language)


@pytest.mark.parametrize("language", ["pl", "hr", "und", "", "xx"])
def test_a_language_without_a_stemmer_is_folded_only(language: str) -> None:
    assert group(language) == FOLDED_ONLY
    assert _terms("Łódzkie PROJEKTY", language) == ["lodzkie", "projekty"]


def test_a_possessive_holds_its_name() -> None:
    assert _terms("Lankaran’s", "en")[0] == _terms("Lankaran's", "en")[0] == "lankaran"


def test_years_codes_and_addresses_fall_into_their_parts_in_order() -> None:
    assert _terms("2014-2020", "en") == ["2014", "2020"]
    assert _terms("POCU/380/6/13", "en") == ["pocu", "380", "6", "13"]
    assert _terms("a.pop@ngo.org", "und") == ["a", "pop", "ngo", "org"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("EU4Lankaran", "EU4 Lankaran"),
        ("covid19", "covid 19"),
        ("AsiaConnect", "Asia Connect"),
        ("ȘCOALA", ""),
        ("H2020", ""),
        ("3rd", ""),
        ("10kg", ""),
        ("Lankaran", ""),
    ],
)
def test_a_word_that_joins_several_has_their_parts(word: str, parts: str) -> None:
    assert joined_parts(word) == parts


def test_parts_come_beside_the_whole_and_neighbour_nothing() -> None:
    found = terms("the EU4Lankaran project", "en")
    assert [term for _, term in found] == ["the", "eu4lankaran", "project", "eu4", "lankaran"]
    everything = {term for _, term in found}
    assert neighbours(found, everything, 1) == [("the", "eu4lankaran", 1), ("eu4lankaran", "project", 1)]


def test_neighbours_pass_over_what_is_not_telling() -> None:
    asked = [(0, "ministry"), (1, "of"), (2, "education"), (5, "budget")]
    assert neighbours(asked, {"ministry", "education", "budget"}, 2) == [("ministry", "education", 2)]


def test_a_word_twice_is_no_neighbour_of_itself() -> None:
    assert neighbours([(0, "very"), (1, "very")], {"very"}, 2) == []


def test_an_overlong_run_is_no_term() -> None:
    assert _terms("x" * LONGEST_TERM_BYTES + " short", "en") == ["short"]
    assert _terms("x" * (LONGEST_TERM_BYTES - 1), FOLDED_ONLY) == ["x" * (LONGEST_TERM_BYTES - 1)]


def test_unspaced_scripts_become_pairs() -> None:
    assert _terms("東京都", "ja") == ["東京", "京都"]
    assert _terms("in 中 and 北京", "en") == ["in", "中", "and", "北京"]


def test_vowel_signs_and_viramas_do_not_split_a_word() -> None:
    assert _terms("हिन्दी भाषा", "hi") == ["हिन्दी", "भाषा"]


def test_soft_hyphens_and_lone_surrogates_are_not_there() -> None:
    assert prepared("co\u00adpy\ud800right") == "copyright"


@given(st.text(), st.sampled_from(["en", "ro", "ar", "ta", "ru", FOLDED_ONLY]))
def test_any_text_has_terms_in_order_and_none_is_empty(text: str, of: str) -> None:
    found = terms(text, of)
    assert [place for place, _ in found] == sorted(place for place, _ in found)
    assert all(term for _, term in found)


@given(
    st.text(alphabet="ăâîșțşţéöüñ abcz'-19", max_size=40),
    st.booleans(),
    st.sampled_from(["en", "ro", "fr", "de", FOLDED_ONLY]),
)
def test_accents_and_capitals_change_no_term(text: str, capitals: bool, of: str) -> None:
    bare = text.translate(str.maketrans("ăâîșțşţéöüñ", "aaiststeoun"))
    assert terms(text.upper() if capitals else text, of) == terms(bare, of)


def test_pieces_are_the_runs_of_five_letters_of_each_word_or_the_word_itself() -> None:
    assert pieces("library, cat 12") == "libra ibrar brary cat 12"
    assert piece_terms("Școală Școala") == ["scoal", "coala"]
    assert piece_terms("") == []
    assert len(piece_terms("abcdefghij" * 1000)) <= 60
