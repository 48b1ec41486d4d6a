"""Organisations: those of a project, of a country or kind, how many; what several share; whether one is among them."""

import pytest

from assistant.assistant import Assistant
from tests.assistant.answers import ask, quotes

KYIV, LVIV, OSTRAVA = (
    "Kyiv Institute of Reading (Ukraine)",
    "Lviv Lamp Society (Ukraine)",
    "Ostrava City Library (Czech Republic)",
)
GDYNIA, KHARKIV, VARNA = (
    "Gdynia Sailors' Union (Poland)",
    "Kharkiv Book Club (Ukraine)",
    "Varna Museum of Trade (Bulgaria)",
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which partners of Lantern Walk are from Ukraine?", [KYIV, LVIV]),
        ("Which Ukrainian partners did Harbour Voices have?", [KHARKIV]),
        ("Which Bulgarian partners did Paper Boats have?", [VARNA]),
        ("Ce parteneri din Ucraina a avut Harbour Voices?", [KHARKIV]),
        ("Which Ukrainian clubs were partners of Harbour Voices?", [KHARKIV]),
    ],
)
def test_partners_are_narrowed_down_to_a_country(reedmoor: Assistant, question: str, names: list[str]) -> None:
    assert quotes(ask(reedmoor, question)) == names


def test_a_country_without_a_partner_is_refused(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which partners of Harbour Voices are from Spain?")
    assert found.status == "refused"
    assert "spain" in found.text.lower()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many partners did Harbour Voices have?", "Harbour Voices – Partners, 2:"),
        ("Câți parteneri a avut Moara Veche?", "Moara Veche – Parteneri, 2:"),
        ("How many partners of Harbour Voices are from Poland?", "Harbour Voices – Partners, 1 of 2 (poland):"),
        ("How many partners did Lantern Walk have?", "Lantern Walk – Partners, 3:"),
    ],
)
def test_partners_are_counted(reedmoor: Assistant, question: str, told: str) -> None:
    (one,) = ask(reedmoor, question).statements
    assert one.text.startswith(told)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Was Kyiv Institute of Reading a partner of Lantern Walk?", KYIV),
        ("Was the Kharkiv Book Club a partner of Harbour Voices?", KHARKIV),
        ("A fost Școala din Luncani partener în Moara Veche?", "Școala din Luncani"),
        ("Was Nordhaven Fund the funder of Harbour Voices?", "Nordhaven Fund"),
    ],
)
def test_an_organisation_that_is_named_is_confirmed_by_its_words(
    reedmoor: Assistant, question: str, quote: str
) -> None:
    assert quotes(ask(reedmoor, question)) == [quote]


@pytest.mark.parametrize(
    "question",
    ["Was Kharkiv Book Club a partner of Lantern Walk?", "Was the European Salt Council the funder of Harbour Voices?"],
)
def test_an_organisation_that_is_not_among_them_is_said_to_be_none(reedmoor: Assistant, question: str) -> None:
    found = ask(reedmoor, question)
    assert found.status == "refused"
    assert "is not named among them" in found.text


def test_a_place_that_tells_which_project_is_meant_is_no_organisation(reedmoor: Assistant) -> None:
    assert quotes(ask(reedmoor, "Who paid for the Chișinău project?")) == ["Finanțator: Nordhaven Fund"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which partners do Salt Road and Paper Boats have in common?", {VARNA}),
        ("Ce parteneri au în comun Casa Albinelor și Moara Veche?", {"Școala din Luncani"}),
        ("Which partners do Lantern Walk and Paper Boats have in common?", {OSTRAVA}),
        ("Which partners did Harbour Voices and Harbour Voices Junior share?", {GDYNIA}),
    ],
)
def test_what_two_projects_have_in_common_is_told_for_both(reedmoor: Assistant, question: str, names: set[str]) -> None:
    found = ask(reedmoor, question)
    assert set(quotes(found)) == names
    assert len({one.project for one in found.citations}) == 2


def test_projects_without_a_partner_in_common_are_said_to_have_none(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which partners do Lantern Walk and Harbour Voices have in common?")
    assert [one.text for one in found.statements] == ["Partners: none that all of them have."]
    assert {one.project for one in found.citations} == {"Lantern Walk", "Harbour Voices"}


@pytest.mark.parametrize(
    "question",
    [
        "Which partners do Lantern Walk and Winter Orchard have in common?",
        "Ce parteneri au în comun Lantern Walk și Winter Orchard?",
    ],
)
def test_nothing_is_told_in_common_with_a_project_that_tells_no_partner(reedmoor: Assistant, question: str) -> None:
    found = ask(reedmoor, question)
    assert found.statements[-1].is_remark
    assert "Winter Orchard" in found.statements[-1].text
    assert all(one.text.startswith("Lantern Walk – ") for one in found.statements[:-1])


def test_all_partners_are_listed_once_each_with_their_projects(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Who were all the partners?")
    assert found.statements[0].text == "Partners, 9 in all:"
    assert len(found.statements) == 1 + 9
    assert f"“{OSTRAVA}” – Lantern Walk; Paper Boats" in [one.text for one in found.statements]


def test_all_funders_are_listed_with_their_projects(reedmoor: Assistant) -> None:
    lines = [one.text for one in ask(reedmoor, "Enumeră toți finanțatorii").statements]
    (nordhaven,) = [line for line in lines if line.startswith("„Nordhaven Fund”")]
    assert all(title in nordhaven for title in ("Lantern Walk", "Harbour Voices", "Podul de Lemn"))
    assert nordhaven.count("Lantern Walk") == 1
    assert "„European Salt Council” – Harbour Voices Junior; Salt Road" in lines


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which organisations from Ukraine were partners?", {KYIV, LVIV, KHARKIV}),
        ("List all the partners from Poland", {GDYNIA}),
        ("Which sponsors did you have?", {"Brightwater Paper Mill"}),
        ("Which funders did the projects in RON have?", {"Ministerul Apelor", "Banca Dunării"}),
    ],
)
def test_only_those_asked_for_are_listed_over_all_projects(reedmoor: Assistant, question: str, names: set[str]) -> None:
    assert set(quotes(ask(reedmoor, question))) == names
