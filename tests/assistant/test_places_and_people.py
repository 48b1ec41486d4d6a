"""One county however it is written, and beneficiaries that are names beside those that are people."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.assistant.answers import ask, listed, quotes

REGISTER = """Proiect,Beneficiar,Localitate,Județ,Suma acordată (lei)
Podul de piatră,Primăria Lipova,Lipova,Arad,5000
Moara de vânt,Asociația Morarilor,Ghioroc,jud. Arad,4000
Stupul de sticlă,Asociația Morarilor,Periam,Timiș,3000
Cuptorul de lut,Parohia Periam,Periam,județul Timiș,2500
Grădina de lut,Școala Periam,Comuna Periam,Timiș County,1000
"""
CARAVAN = """# Caravana olarilor

Buget: 75.000 lei
Perioada: iunie 2023 – iulie 2023
Beneficiari: copii și tineri din mediul rural
Lider de parteneriat: Muzeul Olarilor
Parteneri: Clubul Lutul
"""


@pytest.fixture(scope="module")
def lut(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Build a register of five grants and a page of one project."""
    folder = tmp_path_factory.mktemp("lut")
    paths = [folder / "granturi.csv", folder / "caravana.md"]
    for path, text in zip(paths, (REGISTER, CARAVAN), strict=True):
        path.write_text(text, encoding="utf-8")
    settings = Settings(folder / "store", str(small_model))
    build(settings, paths)
    with closing(Store(settings)) as store:
        yield Assistant(store)


@pytest.mark.parametrize("question", ["Suma acordată pe fiecare județ", "Care este suma totală pe județe?"])
def test_a_county_is_one_group_however_it_is_written(lut: Assistant, question: str) -> None:
    told = ask(lut, question).text
    assert told.count("Arad") == 1
    assert "9.000 RON" in told or "9,000 RON" in told
    assert "6.500 RON" in told or "6,500 RON" in told


@pytest.mark.parametrize(
    "question",
    ["Ce proiecte au fost în județul Timiș?", "Which projects were in Timiș county?", "Proiecte din jud. Timiș"],
)
def test_a_county_is_found_however_it_is_written_and_asked_for(lut: Assistant, question: str) -> None:
    assert sorted(listed(ask(lut, question))) == ["Cuptorul de lut", "Grădina de lut", "Stupul de sticlă"]


@pytest.mark.parametrize("question", ["Ce proiecte au fost în comuna Periam?", "Which projects were in Periam?"])
def test_a_town_is_found_with_its_kind_and_without(lut: Assistant, question: str) -> None:
    assert len(listed(ask(lut, question))) == 3


@pytest.mark.parametrize(
    "question", ["Ce beneficiar a primit cei mai mulți bani?", "Which beneficiary received the most money?"]
)
def test_money_by_beneficiary_is_over_names_and_says_who_is_left_out(lut: Assistant, question: str) -> None:
    found = ask(lut, question)
    assert found.statements[1].text[1:].startswith("Asociația Morarilor")
    assert "copii și tineri din mediul rural" in found.statements[-1].text


def test_beneficiaries_are_names_where_there_are_any(lut: Assistant) -> None:
    found = ask(lut, "Care sunt beneficiarii proiectelor?")
    assert found.statements[0].text == "Beneficiari, 4 cu totul:"
    assert found.statements[-1].text.endswith("„copii și tineri din mediul rural”.")
    assert quotes(ask(lut, "Cine au fost beneficiarii Caravanei olarilor?")) == [
        "Beneficiari: copii și tineri din mediul rural"
    ]


@pytest.mark.parametrize("question", ["Cine au fost partenerii Caravanei olarilor?", "Who were its partners?"])
def test_whoever_leads_the_partners_is_told_among_them(lut: Assistant, question: str) -> None:
    told = ask(lut, question, "Ce buget are Caravana olarilor?").text
    assert "Lider de parteneriat: „Muzeul Olarilor”" in told or "Lider de parteneriat: “Muzeul Olarilor”" in told
    assert "Clubul Lutul" in told


def test_who_led_is_told_without_the_other_partners(lut: Assistant) -> None:
    assert quotes(ask(lut, "Who led Caravana olarilor?")) == ["Lider de parteneriat: Muzeul Olarilor"]
