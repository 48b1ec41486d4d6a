"""Which projects fulfil a condition, and which conditions are left alone."""

from collections.abc import Callable

from eval.growing.asking import Labels
from eval.growing.conditions import Condition, both, conditions
from eval.growing.records import Records


def titled(records: Records, numbers: frozenset[int]) -> set[str]:
    """Name projects."""
    return {records.told[number].project.title for number in numbers}


def found(records: Records, labels: Labels) -> dict[str, Condition]:
    """Conditions by what they say of projects in English, or in Romanian where they are in that only."""
    return {one.noun.get("en", one.noun["ro"]): one for one in conditions(records, labels)}


def test_a_funder_s_projects_are_told_from_those_of_others(records: Records, labels: Labels) -> None:
    salt = found(records, labels)["funded by European Salt Council"]
    assert titled(records, salt.inside) == {"Harbour Voices Junior", "Salt Road"}
    assert {"Moara Veche", "Winter Orchard"} <= titled(records, salt.outside)
    assert "Paper Boats" not in titled(records, salt.outside)  # nobody says who paid
    assert salt.finite["ro"] == "au fost finanțate de European Salt Council"


def test_a_status_and_a_country_of_a_register_are_conditions(records: Records, labels: Labels) -> None:
    told = found(records, labels)
    assert titled(records, told["with the status Active"].inside) == {"Hill Roads Rehabilitation", "Energy"}
    assert titled(records, told["in Albania"].inside) == {"Hill Roads Rehabilitation", "Rural Wells"}
    assert told["with an approval date in 2010"].finite["en"] == "have an approval date in 2010"


def test_two_conditions_are_said_one_after_the_other(records: Records, labels: Labels) -> None:
    told = found(records, labels)
    joined = both(told["in Georgia"], told["with the status Closed"])
    assert titled(records, joined.inside) == {"Coastal Roads Upgrade", "Turbine Halls"}
    assert titled(records, joined.outside) == {"Energy"}
    assert joined.finite == {
        "en": "in Georgia have the status Closed",
        "ro": "din Georgia au la „status” valoarea „Closed”",
    }


def test_a_name_that_another_project_s_text_mentions_is_no_condition(told_as: Callable[[str], Records]) -> None:
    records = told_as(
        "# Projects\n\n## Green Lamps\n\nLamps were painted.\n\nPeriod: 2019 | Budget: 900 EUR | Funder: Owl Bank\n\n"
        "## Blue Owls\n\nOwls were counted, as the Tower Guild had asked.\n\n"
        "Period: 2020 | Budget: 500 EUR | Funder: Lamp Fund\n\n"
        "## Red Bells\n\nBells were cast.\n\nPeriod: 2021 | Budget: 700 EUR | Funder: Tower Guild\n"
    )
    told = found(records, {})
    assert "funded by Owl Bank" in told
    assert "funded by Tower Guild" not in told


def test_names_that_may_be_one_organisation_are_no_conditions(told_as: Callable[[str], Records]) -> None:
    records = told_as(
        "# Projects\n\n## Green Lamps\n\nLamps were painted green.\n\nPeriod: 2019 | Budget: 900 EUR | Funder: EC\n\n"
        "## Blue Owls\n\nOwls were counted.\n\nPeriod: 2020 | Budget: 500 EUR | Funder: European Commission\n\n"
        "## Red Bells\n\nBells were cast.\n\nPeriod: 2021 | Budget: 700 EUR | Funder: Tower Guild of Owls\n\n"
        "## Grey Mills\n\nMills were mended.\n\nPeriod: 2022 | Budget: 800 EUR | Funder: Guild of Owls\n"
    )
    assert not [said for said in found(records, {}) if said.startswith("funded by")]
