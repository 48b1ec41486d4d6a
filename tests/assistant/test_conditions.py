"""Questions over several projects get those that fulfil what is asked, all and no other, with words that show it."""

import pytest

from assistant.assistant import Assistant
from tests.assistant.answers import ask, cited, listed, quotes

NORDHAVEN = {"Lantern Walk", "Harbour Voices", "Podul de Lemn"}
SALT_COUNCIL = {"Salt Road", "Harbour Voices Junior"}
CLOSED = {"Rural Wells", "Coastal Roads Upgrade", "Town Water Mains", "Turbine Halls"}
IN_GEORGIA = {"Coastal Roads Upgrade", "Energy", "Turbine Halls"}
IN_2014 = {"Lantern Walk", "Casa Albinelor", "Coastal Roads Upgrade", "Town Water Mains"}


def _check(reedmoor: Assistant, question: str, titles: set[str]) -> None:
    found = ask(reedmoor, question)
    assert set(listed(found)) == titles
    assert found.status == "answered"
    assert {project for project, _ in cited(found)} == titles


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects were funded by the Nordhaven Fund?", NORDHAVEN),
        ("Ce proiecte a finanțat Nordhaven Fund?", NORDHAVEN),
        ("Which projects did the European Salt Council fund?", SALT_COUNCIL),
        ("Which projects did the ESC fund?", SALT_COUNCIL),
        ("Which projects partnered with the Varna Museum of Trade?", {"Salt Road", "Paper Boats"}),
        ("Ce proiecte au avut ca partener Școala din Luncani?", {"Casa Albinelor", "Moara Veche"}),
        ("Which projects were sponsored by Brightwater Paper Mill?", {"Paper Boats"}),
        ("Which projects were partly funded by Aurel Pop?", {"Winter Orchard"}),
    ],
)
def test_an_organisation_in_its_role_is_a_condition(reedmoor: Assistant, question: str, titles: set[str]) -> None:
    _check(reedmoor, question, titles)


def test_an_organisation_in_another_role_is_not_counted(reedmoor: Assistant) -> None:
    assert ask(reedmoor, "Which projects were funded by the Varna Museum of Trade?").status == "refused"


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects were in Albania?", {"Hill Roads Rehabilitation", "Rural Wells"}),
        ("Ce proiecte au fost în Georgia?", IN_GEORGIA),
        ("Which projects had partners from Ukraine?", {"Lantern Walk", "Harbour Voices"}),
        ("Which projects had Polish partners?", {"Harbour Voices", "Harbour Voices Junior"}),
        ("Ce proiecte au avut parteneri din Ucraina?", {"Lantern Walk", "Harbour Voices"}),
        (
            "Which projects were in Albania or Tunisia?",
            {"Hill Roads Rehabilitation", "Rural Wells", "School Kitchens", "Town Water Mains"},
        ),
    ],
)
def test_a_country_is_a_condition_of_the_project_or_of_its_partners(
    reedmoor: Assistant, question: str, titles: set[str]
) -> None:
    _check(reedmoor, question, titles)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects ran in 2014?", IN_2014),
        ("Ce proiecte s-au desfășurat în 2014?", IN_2014),
        ("Which projects started in 2016?", {"Harbour Voices", "Energy"}),
        ("Which projects ended in 2013?", {"Salt Road", "Rural Wells"}),
        ("Which projects ended after 2019?", {"Paper Boats", "Energy"}),
        ("Which projects ended in the last quarter of 2014?", {"Casa Albinelor"}),
        ("Which projects started before 2010 or after 2018?", {"Turbine Halls", "Paper Boats"}),
        ("Which projects ran entirely between 2012 and 2015?", {"Salt Road", "Casa Albinelor"}),
        ("Which projects have an approval date before 2011?", {"Rural Wells", "Turbine Halls"}),
        ("Which projects in Georgia were approved after 2010?", {"Coastal Roads Upgrade", "Energy"}),
    ],
)
def test_a_time_is_a_condition_of_the_period_or_of_the_end_that_is_named(
    reedmoor: Assistant, question: str, titles: set[str]
) -> None:
    _check(reedmoor, question, titles)


def test_a_time_of_the_end_is_shown_by_the_end(reedmoor: Assistant) -> None:
    found = quotes(ask(reedmoor, "Which projects ended in 2013?"))
    assert any("closingdate: 2013-12-31" in quote for quote in found)
    assert not any("approvaldate" in quote and "closingdate" not in quote for quote in found)


def test_a_time_of_the_whole_period_is_shown_by_the_period(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which projects ran in 2014?")
    assert "Casa Albinelor – “Perioadă: martie 2013 – noiembrie 2014”" in found.text
    assert "Luncani" not in found.text


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects have a budget in GBP?", {"Salt Road"}),
        ("Ce proiecte au avut un buget în RON?", {"Casa Albinelor", "Moara Veche"}),
        ("Which projects cost more than 100,000 EUR?", {"Lantern Walk"}),
        ("Which projects had a budget below 50,000 EUR?", {"Harbour Voices", "Podul de Lemn"}),
        ("Which projects cost between 1,000,000 and 3,000,000?", {"Rural Wells", "Energy", "Town Water Mains"}),
        ("Ce proiecte au costat peste 50.000 RON?", {"Moara Veche"}),
    ],
)
def test_an_amount_or_a_currency_is_a_condition(reedmoor: Assistant, question: str, titles: set[str]) -> None:
    _check(reedmoor, question, titles)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects have status Closed?", CLOSED),
        ("Which projects are closed?", CLOSED),
        ("Which projects are in the transport sector?", {"Hill Roads Rehabilitation", "Coastal Roads Upgrade"}),
        ("Which projects are in the energy sector?", {"Energy", "Turbine Halls"}),
        ("Which active projects are in Georgia?", {"Energy"}),
        ("Ce proiecte de transport sunt active?", {"Hill Roads Rehabilitation"}),
        ("Ce proiecte sunt închise?", CLOSED),
        ("Ce proiecte din Georgia sunt închise?", {"Coastal Roads Upgrade", "Turbine Halls"}),
        ("Which closed projects cost more than 2,000,000?", {"Coastal Roads Upgrade", "Town Water Mains"}),
        (
            "Which projects are in the transport or water sector?",
            {"Hill Roads Rehabilitation", "Coastal Roads Upgrade", "Rural Wells", "Town Water Mains"},
        ),
    ],
)
def test_a_value_that_records_share_is_a_condition(reedmoor: Assistant, question: str, titles: set[str]) -> None:
    _check(reedmoor, question, titles)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects were funded by Nordhaven Fund or Banca Dunării?", NORDHAVEN | {"Moara Veche"}),
        ("Ce proiecte au fost finanțate de Nordhaven Fund sau de Banca Dunării?", NORDHAVEN | {"Moara Veche"}),
        (
            "Which projects were approved in 2015 or 2016 in Georgia or Albania?",
            {"Hill Roads Rehabilitation", "Energy"},
        ),
    ],
)
def test_any_of_what_is_joined_by_or_will_do(reedmoor: Assistant, question: str, titles: set[str]) -> None:
    _check(reedmoor, question, titles)


@pytest.mark.parametrize(
    "question",
    [
        "Which projects were not funded by the Nordhaven Fund?",
        "Ce proiecte nu au fost finanțate de Nordhaven Fund?",
        "Ce proiecte nu sunt finanțate de Nordhaven Fund?",
    ],
)
def test_what_is_ruled_out_is_left_out(reedmoor: Assistant, question: str) -> None:
    titles = set(listed(ask(reedmoor, question)))
    assert titles.isdisjoint(NORDHAVEN)
    assert len(titles) == 16 - len(NORDHAVEN)


def test_the_heading_of_a_list_says_what_is_ruled_out(reedmoor: Assistant) -> None:
    english = ask(reedmoor, "Which projects were not funded by the Nordhaven Fund?").statements[0].text
    assert english.startswith("13 of 16 projects")
    assert "not Nordhaven Fund" in english
    romanian = ask(reedmoor, "Ce proiecte nu sunt finanțate de Nordhaven Fund?").statements[0].text
    assert romanian.startswith("13 din 16 proiecte (nu ")
    assert "Nordhaven Fund" in romanian


def test_what_a_project_lacks_is_a_condition(reedmoor: Assistant) -> None:
    assert set(listed(ask(reedmoor, "Which projects have no budget?"))) == {"Paper Boats", "School Kitchens"}


def test_a_project_that_is_named_besides_is_left_out(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which projects besides Lantern Walk did the Nordhaven Fund pay for?")
    assert set(listed(found)) == NORDHAVEN - {"Lantern Walk"}


def test_each_condition_is_shown_by_words_of_its_own(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which active projects are in Georgia?")
    assert quotes(found) == ["status: Active", "country: Georgia"]
    assert found.plan == "list: projects (active; Georgia)"


def test_a_list_says_which_of_how_many_and_that_nothing_fits(reedmoor: Assistant) -> None:
    first = ask(reedmoor, "Which projects were funded by the Nordhaven Fund?").statements[0].text
    assert first == "3 of 16 projects (Nordhaven Fund):"
    none = ask(reedmoor, "Which projects were in Brazil?")
    assert (none.status, none.text) == ("refused", "None of the 16 projects fits (Brazil).")


@pytest.mark.parametrize(
    "question", ["Which projects were not funded by IREX?", "Ce proiecte nu au fost finanțate de IREX?"]
)
def test_words_that_are_a_label_too_say_what_a_name_is(assistant: Assistant, question: str) -> None:
    found = ask(assistant, question)
    assert "Silver Stories" not in listed(found)
    assert len(listed(found)) == 14
