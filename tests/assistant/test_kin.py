"""Kin and opposites of words: what bears a word out, and not the other way round; any form of a Romanian word."""

import pytest

from assistant.kin import is_mostly_verb, keys_of, kin_of, opposites_of


@pytest.mark.parametrize(
    ("said", "language", "told", "told_in"),
    [
        ("vehicle", "en", "rocket", "en"),
        ("remained", "en", "stayed", "en"),
        ("bread", "en", "paine", "ro"),
        ("copiii", "ro", "children", "en"),
        ("drumurile", "ro", "sosea", "ro"),
    ],
)
def test_a_word_is_borne_out_by_its_kin(said: str, language: str, told: str, told_in: str) -> None:
    assert kin_of(said, language, told_in) & keys_of(told, told_in)


def test_the_less_general_is_not_borne_out_by_the_more_general() -> None:
    assert not kin_of("rocket", "en", "en") & keys_of("vehicle", "en")


def test_opposites_are_no_kin() -> None:
    assert keys_of("decrease", "en") & opposites_of("increase", "en", "en")
    assert not keys_of("decrease", "en") & kin_of("increase", "en", "en")


@pytest.mark.parametrize(
    ("form", "word"),
    [("copiilor", "copil"), ("scoli", "scoala"), ("deschisa", "deschide"), ("tinut", "tine"), ("caselor", "casa")],
)
def test_a_romanian_form_is_led_back_to_its_word(form: str, word: str) -> None:
    assert word in keys_of(form, "ro")


def test_verbs_are_told_from_other_words() -> None:
    assert is_mostly_verb("converted", "en")
    assert not is_mostly_verb("library", "en")


def test_there_is_nothing_for_other_languages() -> None:
    assert kin_of("maison", "fr", "en") == frozenset()
