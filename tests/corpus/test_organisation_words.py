"""The words by which an organisation's name is known."""

import pytest

from corpus.organisation_words import (
    ends_in_legal_form,
    has_head,
    is_acronym,
    is_head,
    is_topic,
    looks_full,
    runs_together,
)


@pytest.mark.parametrize(
    "word", ["Foundation", "LIBRARY", "Fundația", "Fundatiei", "Ministerului", "Primăria", "Bibliotecii"]
)
def test_a_head_noun_is_known_in_any_form(word: str) -> None:
    assert is_head(word)


@pytest.mark.parametrize("word", ["Owl", "light", "Culture", "casual", "libraries"])
def test_other_words_are_no_head_nouns(word: str) -> None:
    assert not is_head(word)


@pytest.mark.parametrize(
    "name",
    ["Owl Foundation", "University of Owls", "Library “A”", "Fundația Salcia", "Owl Library (OWL)", "Lamp GmbH", "ABC"],
)  # fmt: skip
def test_a_whole_name_is_told_by_its_build(name: str) -> None:
    assert looks_full(name)


@pytest.mark.parametrize(
    "name", ["Owl", "Research", "University Growth", "Sport Service", "Foundation", "IT", "owl trust"]
)
def test_half_a_name_is_not_whole(name: str) -> None:
    assert not looks_full(name)


def test_a_head_noun_in_small_letters_makes_no_name() -> None:
    assert has_head("the Owl Library")
    assert not has_head("public library")


def test_legal_forms_and_acronyms() -> None:
    assert all(ends_in_legal_form(name) for name in ("Lamp Ltd.", "Lamp S.R.L.", "Lamp e.V.", "Lamp A.S."))
    assert not any(ends_in_legal_form(name) for name in ("Lamp", "Ltd.", "Lamp as"))
    assert [is_acronym(word) for word in ("ABC", "P2PU", "AB", "Abc", "A1")] == [True, True, False, False, False]


def test_what_a_ministry_is_in_charge_of() -> None:
    assert is_topic("Media and Sport")
    assert is_topic("Protecției Sociale")
    assert not is_topic("Owls")
    assert not is_topic("")


def test_names_that_run_together_are_noticed_and_brands_are_not() -> None:
    assert runs_together("(ABC)Lamp")
    assert runs_together("Owl InstituteLamp")
    assert not any(runs_together(name) for name in ("YouTube", "McLamp Trust", "Owl (ABC) Lamp", "LampOwl"))
