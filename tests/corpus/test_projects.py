"""Labelled facts read into the fields of a record."""

from collections.abc import Callable

import pytest

from corpus.document import Document
from corpus.projects import find_projects
from corpus.record import Project

Read = Callable[..., Document]


def project_with(read: Read, facts: str) -> Project:
    """The one project of a page on which it is described with these facts."""
    (project,) = find_projects(
        read(f"# Lantern Walk\n\nChildren carry lanterns.\n\nPeriod: 2017 | Budget: {facts}\n", "lantern.md")
    )
    return project


def test_a_period_keeps_its_words_and_where_they_stand(read: Read) -> None:
    document = read("# Lantern Walk\n\nPeriod: June – November 2014 | Budget: 800 RON\n", "lantern.md")
    (project,) = find_projects(document)
    assert project.period is not None
    assert (project.period.start, project.period.end, project.period.note) == ("2014-06", "2014-11", "")
    assert project.period.text == project.period.span.of(document.text) == "June – November 2014"


def test_every_amount_of_a_field_is_read_with_the_role_of_its_label(read: Read) -> None:
    project = project_with(read, "10,000 EUR and 2.000 lei | Grant: 8,000 EUR | Own contribution: €500")
    assert [(one.amount, one.currency, one.role, one.text) for one in project.amounts] == [
        ("10000", "EUR", "budget", "10,000 EUR"),
        ("2000", "RON", "budget", "2.000 lei"),
        ("8000", "EUR", "grant", "8,000 EUR"),
        ("500", "EUR", "cost share", "€500"),
    ]


def test_an_ambiguous_amount_is_quoted_not_guessed(read: Read) -> None:
    (amount,) = project_with(read, "550,00 USD").amounts
    assert (amount.amount, amount.currency, amount.text) == (None, "USD", "550,00 USD")
    assert "550.00" in amount.note
    assert "550,000" in amount.note


def test_a_budget_in_words_is_kept_as_words(read: Read) -> None:
    (amount,) = project_with(read, "included in another project").amounts
    assert (amount.amount, amount.currency, amount.text) == (None, None, "included in another project")
    assert amount.note


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        ("Partners: Sea Wall Society, Primary School", ["Sea Wall Society", "Primary School"]),
        ("Partners: Town, Harbour and Sons; School", ["Town, Harbour and Sons", "School"]),
        ("Partners: Library Iorga (Ploiești, Romania), School", ["Library Iorga", "School"]),
        ("Partners: School (Italy, School", ["School (Italy, School"]),
        ("Parteneri: Școala Nr. 2, Primăria", ["Școala Nr. 2", "Primăria"]),
        ("Funder: EEA Grants 2009-2014, NGO Fund", ["EEA Grants 2009-2014, NGO Fund"]),
        ("Partners: School,  , Society,", ["School", "Society"]),
    ],
)
def test_organisations_are_told_apart_where_the_label_is_plural(read: Read, facts: str, names: list[str]) -> None:
    organisations = project_with(read, f"300 EUR | {facts}").organisations
    assert [organisation.name for organisation in organisations] == names


def test_organisations_have_the_role_of_their_label(read: Read) -> None:
    project = project_with(
        read,
        "300 EUR | Donors: A Bank | Sponsors: B Beer | With the support of: C Town | Implemented by: D Do | Client: E",
    )
    assert {organisation.name: organisation.role for organisation in project.organisations} == {
        "A Bank": "funder",
        "B Beer": "sponsor",
        "C Town": "supporter",
        "D Do": "implementer",
        "E": "client",
    }


def test_the_description_is_the_prose_without_title_headings_and_facts(read: Read) -> None:
    document = read(
        "# Lantern Walk\n\nChildren carry lanterns.\n\n- Period: 2017\n- Budget: 300 EUR\n\n## Later\n\n- It rained.\n",
        "walk.md",
    )
    assert [project.description for project in find_projects(document)] == ["Children carry lanterns.\n\nIt rained."]


def test_two_projects_of_one_name_on_a_page_get_two_ids(read: Read) -> None:
    document = read(
        "Spring Fair 2011\n\nStalls.\n\nPeriod: 2011 | Budget: 500 EUR\n\n"
        "Spring Fair, 2011\n\nSongs.\n\nPeriod: 2011 | Budget: 700 EUR\n\n"
        "Spring Fair\n\nBoth.\n\nPeriod: 2012 | Budget: 900 EUR\n"
    )
    assert [project.id for project in find_projects(document)] == [
        "spring-fair-2011",
        "spring-fair-2011--2",
        "spring-fair",
    ]


def test_what_was_promised_is_the_amount_of_a_page_that_gives_no_other(read: Read) -> None:
    page = "# Rural Wells\n\nLoan no.: DB-1\nCommitment: USD 16.5 million\nClosing date: 2027\n{more}\nNinety wells."
    (alone,) = find_projects(read(page.format(more=""), "wells.md"))
    (beside,) = find_projects(read(page.format(more="Total cost: USD 20 million\n"), "wells.md"))
    assert [(one.amount, one.currency, one.role) for one in alone.amounts] == [("16500000", "USD", "budget")]
    assert [one.amount for one in beside.amounts] == ["20000000"]


@pytest.mark.parametrize("label", ["Approved", "Board approval date", "Signed on", "Data semnării", "Data aprobării"])
def test_the_day_of_an_agreement_stands_for_a_start_that_is_not_told(read: Read, label: str) -> None:
    facts = f"Budget: 5 EUR\n{label}: 3 October 2018\nClosing date: 30 June 2023"
    page = "# Rural Wells\n\n{facts}\n\nNinety wells were dug."
    (project,) = find_projects(read(page.format(facts=facts), "wells.md"))
    (begun,) = find_projects(read(page.format(facts=f"{facts}\nStart date: 1 May 2019"), "wells.md"))
    assert project.period is not None
    assert begun.period is not None
    assert (project.period.start, project.period.end) == ("2018-10-03", "2023-06-30")
    assert project.period.note.startswith(f"no start is given; it is the date under “{label}”")
    assert begun.period.start == "2019-05-01"


def test_what_is_signed_by_somebody_is_no_date(read: Read) -> None:
    (project,) = find_projects(read("# Wells\n\nBudget: 5 EUR\nSigned: Ann Lee\n\nNinety wells were dug.", "wells.md"))
    assert project.period is None


def test_labels_nobody_knows_are_kept_in_paragraphs_of_a_line_each(read: Read) -> None:
    lines = [
        "Client: Owl Council",
        "Country: Kenya",
        "Staff months: 64",
        "Methods used: survey",
        "Lead expert: Ion Pop",
    ]
    prose = "One thing is certain: the enumerators visited all of the households, as the report says at length."
    (project,) = find_projects(read("\n\n".join(["# Sanitation plan", *lines, "## Words", prose]) + "\n", "plan.md"))
    assert [field.label for field in project.fields if field.label] == [line.partition(":")[0] for line in lines]


@pytest.mark.parametrize(
    "facts", ["300 EUR | Lead partner: Owl Trust", "300 EUR | Partners: Owl Trust (lead); Tern Club"]
)
def test_whoever_leads_the_partners_is_one_of_them(read: Read, facts: str) -> None:
    told = [one.role for one in project_with(read, facts).organisations if one.name == "Owl Trust"]
    assert sorted(told) == ["implementer", "partner"]


def test_a_price_is_the_budget_of_what_is_a_project_anyway(read: Read) -> None:
    (project,) = find_projects(read("# Lantern Walk\n\nWhen: May 2020 – June 2021\n\nPrice: 300 EUR\n", "lantern.md"))
    assert [(one.amount, one.currency, one.role) for one in project.amounts] == [("300", "EUR", "budget")]
