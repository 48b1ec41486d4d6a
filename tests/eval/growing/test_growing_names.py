"""Questions for who took part, where, under which programme and reference."""

from collections.abc import Callable

from eval.growing.asking import Labels
from eval.growing.names import names
from eval.growing.records import Records
from eval.growing.wording import worded
from tests.eval.growing.conftest import Named, by_slug

PAGE = (
    "# Projects\n\n## Green Lamps\n\nLamps were painted green by children of the town.\n\n"
    "Period: 2019 – 2021 | Budget: 900 EUR | Funder: Funded by the Owl Bank and implemented by Tower Guild\n\n"
    "## Blue Owls\n\nOwls were counted at night in all the yards.\n\n"
    "Period: 2019 – 2021 | Budget: 500 EUR | Funder: Lamp Fund | Lead partner: Night Society\n"
)


def test_all_partners_are_asked_for_together(named: Named, labels: Labels) -> None:
    found = by_slug(names(named("Moara Veche"), labels))["partner-moara-veche"]
    assert found.gold["all"] == [["Asociația Meșterilor din Făget"], ["Școala din Luncani"]]
    assert worded(found, "en", "terse") == "Moara Veche partners"


def test_a_country_in_a_field_of_its_own_is_asked_for(named: Named, labels: Labels) -> None:
    found = by_slug(names(named("Turbine Halls"), labels))["country-turbine-halls"]
    assert found.gold["answers"] == ["Georgia"]


def test_a_country_that_only_a_partner_is_from_is_no_place(named: Named, labels: Labels) -> None:
    assert not any(slug.startswith(("country", "place")) for slug in by_slug(names(named("Salt Road"), labels)))


def test_a_reference_is_asked_for_under_its_label(named: Named, labels: Labels) -> None:
    (found,) = (one for one in names(named("Turbine Halls"), labels) if one.gold["answers"] == ["RM-2047"])
    assert "project code" in worded(found, "en")


def test_whoever_a_funder_s_field_names_for_something_else_is_not_asked_for(
    told_as: Callable[[str], Records], labels: Labels
) -> None:
    records = told_as(PAGE)
    green = by_slug(names(records.told[0], labels))
    assert green["funder-green-lamps"].gold["answers"] == ["Owl Bank"]
    assert not any(slug.startswith("implementer") for slug in green)


def test_one_organisation_is_asked_for_under_a_label_that_says_more_than_its_role(
    told_as: Callable[[str], Records],
) -> None:
    records = told_as(PAGE)
    (found,) = (one for one in names(records.told[1], {"Lead partner": "lead partner"}) if "lead" in one.slug)
    assert worded(found, "en", "turned") == "For Blue Owls, what is the lead partner?"
    assert found.gold["answers"] == ["Night Society"]


def test_of_two_fields_that_name_a_country_neither_is_asked_for(
    told_as: Callable[[str], Records], labels: Labels
) -> None:
    page = (
        "# Projects\n\n## Green Lamps\n\nLamps were painted green by children of the town.\n\n"
        "Period: 2019 – 2021 | Budget: 900 EUR | Country: Georgia{}\n\n"
        "## Blue Owls\n\nOwls were counted at night.\n\nPeriod: 2019 – 2021 | Budget: 500 EUR\n"
    )
    for other, expected in (("", ["country-green-lamps"]), (" | Location: Moldova", [])):
        found = by_slug(names(told_as(page.format(other)).told[0], labels))
        assert [slug for slug in found if slug.startswith("country")] == expected
