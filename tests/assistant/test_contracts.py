"""A register of contracts whose titles are of one pattern, and a page: what is none of them, and who led what."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.assistant.answers import ask, listed

REGISTER = """Title,Client,Country,Contract value,Lead expert,Consortium members,Field days
Noise map of Aldbury,Aldbury Council,Norway,"EUR 20,000",Ida Holm,Fjordlyd AS (Norway),12
Noise map of Brenwick,Harbour Board,Ireland,"EUR 35,000",Ida Holm,Studio Hush (Ireland),30
Noise map of Corlea,Corlea Council,Ireland,TBC,Tom Reyes,Fjordlyd AS (Norway),45.5
Ferry timetable of Dunmore,Harbour Board,Ireland,"EUR 50,000",Tom Reyes,,
"""
PAGE = """# Ceasul de seară

**Finanțator:** Fundația Pilon
**Perioada:** 2019
**Loc:** Bălușa, România

Învățătorul Petre Manea, care a condus corul din sat, a scris un cântec despre ceas. Tinerii au reparat ceasul
primăriei și au învățat să lucreze cu roți dințate.

Directoarea proiectului, Olga Ionescu, a fost ceasornicăreasă.
"""


@pytest.fixture(scope="module")
def contracts(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Build the register and the page."""
    folder = tmp_path_factory.mktemp("contracts")
    (folder / "register.csv").write_text(REGISTER)
    (folder / "ceasul.md").write_text(PAGE)
    settings = Settings(folder / "store", str(small_model))
    build(settings, [folder / "register.csv", folder / "ceasul.md"])
    with closing(Store(settings)) as store:
        yield Assistant(store)


@pytest.mark.parametrize(
    "question",
    [
        "Who was the client of the noise map of Elmsby?",
        "Who was the client of the Elmsby noise map?",
        "Who was the client of Elmsby's noise map?",
        "Compare the values of the Aldbury, Elmsby and Brenwick noise maps",
    ],
)
def test_a_name_that_no_title_of_a_pattern_has_is_not_another_of_them(contracts: Assistant, question: str) -> None:
    found = ask(contracts, question)
    assert found.status == "refused"
    assert "Elmsby" in found.text


@pytest.mark.parametrize(
    "question",
    [
        "Who were the clients of the Aldbury and Corlea noise maps?",
        "Compare the clients of the Aldbury and Corlea noise maps",
    ],
)
def test_names_in_a_list_share_the_words_behind_it(contracts: Assistant, question: str) -> None:
    found = ask(contracts, question)
    assert "Aldbury Council" in found.text
    assert "Corlea Council" in found.text
    assert "Harbour" not in found.text


@pytest.mark.parametrize(
    "question", ["How much is the noise map of Corlea getting?", "Cât primește Noise map of Corlea?"]
)
def test_the_words_that_stand_for_an_amount_are_told(contracts: Assistant, question: str) -> None:
    assert "TBC" in ask(contracts, question).text


@pytest.mark.parametrize(
    "question",
    [
        "Which partners of our projects are Norwegian?",
        "Which consortium members are from Norway?",
        "Care dintre partenerii noștri sunt norvegieni?",
    ],
)
def test_organisations_are_found_by_a_country_said_behind_them(contracts: Assistant, question: str) -> None:
    found = ask(contracts, question)
    assert "Fjordlyd" in found.text
    assert "Hush" not in found.text


def test_consortium_members_are_partners_in_a_condition(contracts: Assistant) -> None:
    found = ask(contracts, "Which projects had consortium members from Norway?")
    assert listed(found) == ["Noise map of Aldbury", "Noise map of Corlea"]


@pytest.mark.parametrize(
    "question", ["Cine a fost directorul proiectului Ceasul de seară?", "Cine este directoarea din Ceasul de seară?"]
)
def test_a_person_is_found_by_either_form_of_what_they_are(contracts: Assistant, question: str) -> None:
    assert "Olga Ionescu" in ask(contracts, question).text


def test_who_led_something_in_a_project_is_read_in_its_text(contracts: Assistant) -> None:
    assert "Petre Manea" in ask(contracts, "Cine a condus corul din Bălușa?").text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Was Ida Holm the lead expert of the Brenwick noise map?", "Implemented by: “Ida Holm”"),
        ("Was Tom Reyes the lead expert of the Brenwick noise map?", "“Tom Reyes” is not named"),
        ("Did Ida Holm lead the noise map of Brenwick?", "Lead expert: “Ida Holm”"),
        ("Who was the lead expert of the Dunmore ferries?", "Lead expert: “Tom Reyes”"),
        ("Was the Harbour Board the client of the Dunmore ferries?", "Client: “Harbour Board”"),
    ],
)
def test_a_role_in_words_of_the_source_is_that_field(contracts: Assistant, question: str, expected: str) -> None:
    assert expected in ask(contracts, question).text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Cine a finanțat Ceasul de seară și cine a condus corul?", ["Fundația Pilon", "Petre Manea"]),
        ("Cine a finanțat Ceasul de seară și ce a scris învățătorul?", ["Fundația Pilon", "cântec despre ceas"]),
        (
            "Who funded Ceasul de seară and who painted the walls?",
            ["Fundația Pilon", "not state this: who painted the walls"],
        ),
    ],
)
def test_what_is_asked_behind_a_field_is_told_or_said_to_be_lacking(
    contracts: Assistant, question: str, told: list[str]
) -> None:
    found = ask(contracts, question)
    assert all(one in found.text for one in told)


def test_groups_are_ranked_whatever_the_verb(contracts: Assistant) -> None:
    assert "Ireland" in ask(contracts, "Which country brings the highest total contract value?").text


@pytest.mark.parametrize(
    ("before", "question", "titles"),
    [
        ("Who led the noise map of Corlea?", "What else did he lead?", ["Ferry timetable of Dunmore"]),
        ("Who led the noise map of Corlea?", "Ce altceva a condus?", ["Ferry timetable of Dunmore"]),
        (
            "Who was the client of the noise map of Brenwick?",
            "Which other contracts did we have with them?",
            ["Ferry timetable of Dunmore"],
        ),
        ("What was the value of the noise map of Brenwick?", "Which other contracts did we have with them?", []),
    ],
)
def test_what_else_is_of_those_who_were_just_told(
    contracts: Assistant, before: str, question: str, titles: list[str]
) -> None:
    assert listed(ask(contracts, question, before)) == titles


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects took more than 30 field days?", ["Noise map of Corlea"]),
        ("Which projects had at least 30 field days?", ["Noise map of Brenwick", "Noise map of Corlea"]),
        ("Ce proiecte au avut peste 20 de field days?", ["Noise map of Brenwick", "Noise map of Corlea"]),
        ("Which projects in Norway had between 10 and 40 field days?", ["Noise map of Aldbury"]),
    ],
)
def test_a_number_bounds_what_the_source_counts(contracts: Assistant, question: str, titles: list[str]) -> None:
    assert listed(ask(contracts, question)) == titles


def test_a_bounded_label_is_not_what_is_added_up(contracts: Assistant) -> None:
    found = ask(contracts, "What is the total contract value of the projects with more than 10 field days?")
    assert found.text.startswith("Together: 55,000 EUR (2 of")


def test_what_tells_no_end_is_not_said_to_go_on(contracts: Assistant) -> None:
    assert listed(ask(contracts, "Which projects are not finished?")) == []
