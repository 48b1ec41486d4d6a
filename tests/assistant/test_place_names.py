"""Names of places in the forms in which a sentence has them."""

import pytest

from assistant.place_names import forms, is_spelt_otherwise, names_of_countries, names_of_regions, ways_to_say


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("cluj", "clujului"), ("timisoara", "timisoarei"), ("oradea", "oradei"), ("chisinau", "chisinaului"),
        ("africa de sud", "africii de sud"), ("marea britanie", "marii britanii"), ("filipine", "filipinelor"),
        ("noua zeelanda", "noii zeelande"), ("tarile de jos", "tarilor de jos"), ("republica ceha", "republicii cehe"),
        ("bosnia si hertegovina", "bosniei si hertegovinei"), ("egipt", "egiptul"),
    ],
)  # fmt: skip
def test_a_name_is_inflected_as_romanian_does(name: str, form: str) -> None:
    assert tuple(form.split()) in set(forms(tuple(name.split())))


def test_a_name_of_no_words_has_no_forms() -> None:
    assert [*forms(())] == [*ways_to_say("—")] == []


def test_a_place_may_be_called_with_its_kind_and_without() -> None:
    said = set(ways_to_say("Anina, județul Caraș-Severin"))
    assert {("anina",), ("anina", "judetul", "caras", "severin")} <= said
    assert {("cluj",), ("judetul", "cluj")} <= set(ways_to_say("județul Cluj"))


def test_a_name_counts_before_a_form_of_another() -> None:
    assert names_of_countries()[("niger",)] == "NE"
    assert names_of_countries()[("congo",)] == "CG"


def test_parts_of_the_world_have_several_words() -> None:
    assert ("south", "america") in names_of_regions()
    assert ("americii", "latine") in names_of_regions()
    assert min(map(len, names_of_regions())) > 1


@pytest.mark.parametrize(
    ("word", "otherwise"), [("ușa", True), ("frântă", True), ("USA", False), ("Franţa", False), ("Franta", False)]
)
def test_a_letter_that_a_country_has_not_makes_another_word(word: str, otherwise: bool) -> None:
    assert is_spelt_otherwise(word) is otherwise
