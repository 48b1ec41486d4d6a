"""Names of one organisation are told from those that are only alike."""

import pytest

from assistant.aliases import canonical_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Danube Reading Fund (DRF)", "DRF"),
        ("Danube Reading Fund (DRF)", "Danube Reading Fund"),
        ("Fondul Național al Apelor (FNA)", "Fondul National al Apelor"),
        ("Regional Programme 2014-2020, Axis 3", "Regional Programme 2014-2020"),
        ("RDP, measure 19", "RDP"),
    ],
)
def test_names_of_one_organisation_have_one_key(one: str, other: str) -> None:
    keys = canonical_names([one, other, "Water Board"])
    assert keys[one] == keys[other] != keys["Water Board"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Teatro Lupo (Italia)", "Teatro Lupo (Spania)"),
        ("University of Leeds", "University of Hull"),
        ("EEA Grants 2009-2014", "EEA Grants 2014-2021"),
        ("Ministry of Culture, Romania", "Ministry of Culture, Bulgaria"),
    ],
)
def test_names_that_are_only_alike_are_kept_apart(one: str, other: str) -> None:
    keys = canonical_names([one, other])
    assert keys[one] != keys[other]


def test_an_acronym_of_two_organisations_stands_for_neither() -> None:
    names = ["Danube Reading Fund (DRF)", "Delta Rowing Federation (DRF)", "DRF"]
    assert len(set(canonical_names(names).values())) == 3
