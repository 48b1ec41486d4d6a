"""Tables with a row for each project, and tables that look like one."""

from collections.abc import Callable

import pytest

from corpus.document import Document
from corpus.projects import find_projects
from corpus.tables import find_rows

Read = Callable[..., Document]

TABLE = """# What we did

| No. | Project | Years | Donor | Budget (EUR) |
|---|---|---|---|---|
| 1 | Lantern Walk | 2011-2012 | Tern Fund | 12,500 |
| 2 | Owl Yard | 2013 | Lamp Trust; Hill Bank | 7.250 |
| | Total | | | 19,750 |

We are glad of it.
"""


def test_each_row_is_a_record_and_the_total_is_none(read: Read) -> None:
    document = read(TABLE, "table.md")
    first, second = find_projects(document)
    assert (first.title, second.title) == ("Lantern Walk", "Owl Yard")
    assert [(one.amount, one.currency, one.text) for one in first.amounts] == [("12500", "EUR", "12,500")]
    assert [(one.amount, one.currency) for one in second.amounts] == [("7250", "EUR")]
    assert first.period is not None
    assert (first.period.start, first.period.end) == ("2011", "2012")
    assert [(one.name, one.role) for one in second.organisations] == [("Lamp Trust", "funder"), ("Hill Bank", "funder")]
    assert first.span.of(document.text) == "1 | Lantern Walk | 2011-2012 | Tern Fund | 12,500"


def test_a_caption_above_the_header_is_no_header(read: Read) -> None:
    document = read(
        "<table><tr><td colspan=3>Projects 2011</td></tr><tr><th>Titlu</th><th>Perioada</th><th>Finanțator</th></tr>"
        "<tr><td>Lămpi</td><td>2011</td><td>Fondul</td></tr><tr><td>Punți</td><td>2012</td><td>Banca</td></tr></table>",
        "table.html",
    )
    assert [project.title for project in find_projects(document)] == ["Lămpi", "Punți"]


@pytest.mark.parametrize(
    "header",
    [
        "| Activity | Period | Cost |",
        "| Partner | Country | Budget |",
        "| Year | Amount | Donor |",
        "| Name | Role | E-mail |",
        "| Titlu | Autor | Editura |",
    ],
)
def test_a_table_within_a_project_gives_no_records_of_its_own(read: Read, header: str) -> None:
    text = (
        f"# Lantern Walk\n\nBudget: 300 EUR\n\nPeriod: 2011\n\n{header}\n|---|---|---|\n| a b | "
        "2011 | 100 EUR |\n| c d | 2012 | 50 EUR |\n"
    )
    document = read(text, "table.md")
    assert find_rows(document) == []
    assert [project.title for project in find_projects(document)] == ["Lantern Walk"]


def test_a_row_that_repeats_what_a_section_tells_is_no_second_record(read: Read) -> None:
    sections = "".join(
        f"## {title}\n\nWords.\n\n- Period: {year}\n- Budget: {year} EUR\n- Donor: Tern Fund\n\n"
        for title, year in (("Lantern Walk", 2011), ("Owl Yard", 2013), ("Oil Mill", 2014))
    )
    document = read(
        f"# Work\n\n{sections}## At a glance\n\n| Project | Period | Budget |\n|---|---|---|\n| "
        "Lantern Walk | 2011 | 2011 EUR |\n"
        "| Net Menders | 2012 | 99 EUR |\n",
        "table.md",
    )
    assert [project.title for project in find_projects(document)] == [
        "Lantern Walk",
        "Owl Yard",
        "Oil Mill",
        "Net Menders",
    ]
