"""Pages that look as if they told of projects and do not, and sentences that tell of something else."""

from collections.abc import Callable

import pytest

from corpus.document import Document
from corpus.projects import find_projects

Read = Callable[..., Document]


def table(header: str, *rows: str) -> str:
    return "\n".join([header, "|---" * (header.count("|") - 1) + "|", *rows]) + "\n"


@pytest.mark.parametrize(
    "page",
    [
        "# Visit us\n\nHours: 9-17\n\nPrice: 10 lei\n",
        "# Sala de evenimente\n\nPreț: 300 lei\n\nDurata: 2 ore\n",
        "# Shop\n\n## Book A\n\nPrice: 30 lei\n\n## Book B\n\nPrice: 20 lei\n\n## Book C\n\nPrice: 25 lei\n",
        "# Jobs\n\n## Project Manager\n\nLocation: Cluj\n\nDuration: 12 months\n\nSalary: 1,500 "
        "EUR\n\nStart date: May 2024\n",
        "# News\n\n## New office\n\nThe building was financed by the City of Cluj and cost 200,000 "
        "EUR. It was built from May 2022 "
        "to June 2023.\n",
        table("| Title | Author | Year |", "| The road | Ana | 2012 |", "| The hill | Ion | 2013 |"),
        table("| Denumire | Cantitate | Preț | Valoare |", "| Scaune | 10 | 30 lei | 300 lei |"),
        table("| Nume | Perioada | Valoare | Sponsor |", "| Ana Pop | 2020 | 5 lei | X |"),
        table("| Name | Country | Years | Cost |", "| Ana | RO | 2019 | 3 EUR |"),
        "# Reguli\n\n1. Cererea de finanțare se depune în perioada 1 martie 2024 – 30 martie 2024, "
        "iar grantul este de 20.000 EUR.\n\n"
        "2. În 2024 proiectul se desfășoară din mai 2024 până în iunie 2025 cu un buget de 30.000 EUR.\n\n"
        "3. De la mai 2024 la iunie 2025 proiectul se desfășoară cu un buget de cel mult 40.000 EUR.\n",
    ],
)
def test_a_page_of_other_things_gives_no_record(read: Read, page: str) -> None:
    assert [project.title for project in find_projects(read(page, "page.md"))] == []


@pytest.mark.parametrize(
    "below",
    [
        "## Phase 1\n\nPeriod: 2019\n\nBudget: 20,000 EUR\n\n## Phase 2\n\nPeriod: 2020\n\nBudget: 100,000 EUR\n",
        table("| WP | Title | Lead partner | Start | End | Budget |", "| 1 | Management | A | 2019 | 2020 | 1 EUR |"),
        table("| Acțiune | Perioada | Buget | Partener |", "| Curs | 2019 | 1 EUR | A |"),
    ],
)
def test_the_parts_of_a_project_are_no_projects_and_lend_it_no_money(read: Read, below: str) -> None:
    document = read(f"# Rural Libraries\n\nBudget: 120,000 EUR\n\nPeriod: 2019–2021\n\n{below}", "page.md")
    (project,) = find_projects(document)
    assert project.title == "Rural Libraries"
    assert [amount.amount for amount in project.amounts] == ["120000"]
    assert project.period is not None
    assert (project.period.start, project.period.end) == ("2019", "2021")


@pytest.mark.parametrize(
    "sentence",
    [
        "It was inspired by a British project that ran from 2001 to 2004 with a budget of 3,000,000 EUR.",
        "A grant of 50,000 EUR was not awarded.",
        "O cerere de grant de 50.000 EUR a fost respinsă.",
        "We hope to help 600 students next year.",
        "The hall was built with 2,000,000 EUR funded by the City of Cluj.",
        "Fines cost 7,000 EUR.",
        "The author lived in Paris from 1920 to 1931 and worked there.",
    ],
)
def test_a_sentence_about_something_else_gives_no_fact(read: Read, sentence: str) -> None:
    (project,) = find_projects(read(f"# Owl Yard\n\n{sentence}\n\nReference: AB/12/C-1\n\nPartners: A; B\n", "owl.md"))
    told = [field for field in project.fields if field.source == "prose" and field.role != "funder"]
    assert [(field.name, field.role) for field in told] == []
