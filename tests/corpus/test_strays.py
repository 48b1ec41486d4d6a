"""Labels nobody knows, on pages with one record each."""

from collections.abc import Callable

import pytest

from corpus.document import Document
from corpus.projects import find_projects

Read = Callable[..., Document]
PAGE = (
    "# Lantern Walk\n\n**Location**: Malta\n\n**Budget**: 300 EUR\n\n**Description:**\n\n{prose}\n\n{line}\n\n"
    "Bring a coat.\n"
)
PROSE = "Seven towns walk with lanterns. They sing on the way, and tea is served at the end of it."


def other(read: Read, page: str) -> dict[str, str]:
    document = read(page, "walk.md")
    (project,) = find_projects(document)
    assert all(field.whole.holds(field.span) for field in project.fields)
    return {field.label: field.span.of(document.text) for field in project.fields if field.name == "other"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**Posting date** of walk notice: 2 June 2017", {"Posting date of walk notice": "2 June 2017"}),
        ("Posting date of walk notice: 26 April 2016", {"Posting date of walk notice": "26 April 2016"}),
        ("Deposit: 40 EUR.", {"Deposit": "40 EUR."}),
        ("Lot: LW/2016/MT-7", {"Lot": "LW/2016/MT-7"}),
        ("#### Posting date of walk notice:\n\n18 August 2015", {"Posting date of walk notice": "18 August 2015"}),
        ("Anunț publicat: 3 mai 2019", {"Anunț publicat": "3 mai 2019"}),
    ],
)
def test_a_value_that_is_a_figure_and_nothing_else_keeps_its_own_label(
    read: Read, line: str, expected: dict[str, str]
) -> None:
    assert other(read, PAGE.format(prose=PROSE, line=line)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Remember: we walk on 2 June 2017, whatever the weather",
        "Remember: nobody walks alone.",
        "When do we meet? 2 June 2017",
        "remember: 2 June 2017",
        "#### A note: 2 June 2017",
        "The walk, the lanterns and all that was sung on the way: 2 June 2017",
    ],
)
def test_a_colon_in_prose_makes_no_label(read: Read, line: str) -> None:
    assert other(read, PAGE.format(prose=PROSE, line=line)) == {}


def test_a_short_value_right_beside_known_labels_needs_to_be_no_figure(read: Read) -> None:
    assert other(
        read, "# Lantern Walk\n\nLocation: Malta\n\nBudget: 300 EUR\n\nLantern: red paper\n\nBring a coat.\n"
    ) == {"Lantern": "red paper"}


def test_a_heading_counts_as_a_label_among_headings_that_do(read: Read) -> None:
    page = (
        "# Lantern Walk\n\n#### Location:\n\nMalta\n\n#### Budget:\n\n300 EUR\n\n#### Lantern:\n\n**red paper**\n\n"
        f"#### Story:\n\nSeven towns.\n\n{PROSE}\n"
    )
    assert other(read, page) == {"Lantern": "red paper"}


def test_a_page_without_a_known_label_has_none_of_its_own(read: Read) -> None:
    document = read(
        "# Lantern Walk\n\nThe project ran from May 2011 to June 2012 with a grant of £5,000.\n\nPosted: 3 May 2013\n",
        "a.md",
    )
    (project,) = find_projects(document)
    assert not [field for field in project.fields if field.name == "other"]


def test_such_a_line_stays_part_of_the_description(read: Read) -> None:
    (project,) = find_projects(read(PAGE.format(prose=PROSE, line="Posting date: 26 April 2016"), "walk.md"))
    assert "Posting date: 26 April 2016" in project.description
