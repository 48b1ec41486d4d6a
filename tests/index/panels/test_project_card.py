"""The card of a project: each value as it is read, beside its very words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.projects import find_projects
from corpus.record import Project
from index.panels.frame import Frame
from index.panels.project_card import Card, Line, card, card_html
from index.panels.words import read_words

FOLDER = Path(__file__).parents[3] / "index" / "panels"
PAGE = """# Projects

## Lamp Walk

Neighbours walked at night and mapped every street lamp of the town, one after the other.

Period: November 2013 – August 2015 | Budget: 279.014 EUR | Funder: Nordhaven Fund, Grundtvig | Partners: Ostrava City Library (Czech Republic), Lviv Lamp Society (Ukraine) | Cost share: 640,00 CHF | Colour: <b onclick="window.hurt=1">blue</b>
"""  # noqa: E501  # one line of facts, as pages have it

Told = tuple[Document, Project]


@pytest.fixture
def told(read: Callable[[str, str], Document]) -> Told:
    """Read one project from a page."""
    document = read(PAGE, "lamps.txt")
    (project,) = find_projects(document)
    return document, project


def values(some: tuple[Line, ...]) -> dict[str, list[tuple[str, str, str]]]:
    return {line.label: [(one.value, one.words, one.note) for one in line.told] for line in some}


def all_lines(made: Card) -> list[Line]:
    return [*made.first, *made.rest]


def test_a_card_has_what_most_people_look_for_first_and_everything_else_behind(told: Told) -> None:
    made = card(Frame(), told[1], told[0])
    assert values(made.first) == {
        "Period": [("Nov 2013 – Aug 2015", "November 2013 – August 2015", "")],
        "Budget": [("279,014 EUR", "279.014 EUR", "")],
        "Funder": [("", "Nordhaven Fund", "")],
        "Partners": [
            ("Ostrava City Library (Czechia)", "Ostrava City Library (Czech Republic)", ""),
            ("", "Lviv Lamp Society (Ukraine)", ""),
        ],
    }
    assert values(made.rest) == {
        "Cost share": [("", "640,00 CHF", "640,00 may mean 640.00 or, with a digit lost, 640,000")],
        "Programme": [("", "Grundtvig", "")],
        "Colour": [("", '<b onclick="window.hurt=1">blue</b>', "")],
    }


def test_every_value_stands_where_the_card_says(told: Told) -> None:
    document, project = told
    for line in all_lines(card(Frame(), project, document)):
        for one in line.told:
            assert document.text[one.start : one.end] == one.words


def test_a_label_of_the_source_stays_its_own_and_ours_are_translated(told: Told) -> None:
    frame = Frame("ro", read_words("ro", [FOLDER]), "/ro")
    made = card(frame, told[1], told[0])
    assert [(line.label, line.is_own) for line in all_lines(made)] == [
        ("Perioadă", False), ("Buget", False), ("Finanțator", False), ("Parteneri", False),
        ("Cofinanțare", False), ("Program", False), ("Colour", True),
    ]  # fmt: skip
    assert made.first[0].told[0].value == "nov. 2013 – aug. 2015"
    assert made.first[1].told[0].value == ""  # 279.014 EUR is how Romanian writes it too


def test_the_words_are_links_to_their_place_and_markup_in_them_is_text(told: Told) -> None:
    document, project = told
    made = card_html(Frame(base="/ro"), project, document)
    start = document.text.index("279.014 EUR")
    assert f'href="/ro/passages/{document.id}?start={start}&end={start + 11}"' in made
    assert "<b onclick" not in made
    assert "&lt;b onclick=&#34;window.hurt=1&#34;&gt;blue" in made
    assert "<details" in made
    assert "<details" not in card_html(Frame(), project, document, full=True)


def test_words_that_are_very_long_are_cut_and_their_place_is_not(read: Callable[[str, str], Document]) -> None:
    document = read(PAGE.replace("<b onclick", "many words " * 90 + "<b onclick"), "long.txt")
    (project,) = find_projects(document)
    (one,) = next(line.told for line in card(Frame(), project, document).rest if line.label == "Colour")
    assert len(one.words) <= 400
    assert one.words.endswith("…")
    assert one.end - one.start > 900
