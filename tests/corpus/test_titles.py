"""Other names of a project, from its title and from the first lines of its prose."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.titles import LONGEST_ALIAS, SHORTEST_ALIAS, aliases_in, aliases_of
from corpus.words import fold

TITLES = st.text(alphabet='Aab Șî()[]„“”"–-:,/20I.!²\n', max_size=60)


@pytest.mark.parametrize(
    ("title", "aliases"),
    [
        ("Ora bună (Good Hour)", ["Good Hour", "Ora bună"]),
        ("Ora bună / The Good Hour", ["Ora bună", "The Good Hour"]),
        ("Drumul lanternelor (în engleză: Lantern Walk)", ["Lantern Walk", "Drumul lanternelor"]),
        ("Net Menders – Hands on Deck", ["Net Menders", "Hands on Deck"]),
        ("Lamps: light for all", ["Lamps"]),
        ("Ovenlight, the village bakers", ["Ovenlight"]),
        ("New Ways for Old Lamps (New Lamp)", ["New Lamp", "New Ways for Old Lamps"]),
        ("A Place for Active Owls (in short, The Owl Place)", ["The Owl Place", "A Place for Active Owls"]),
        ("Festivalul „Vatra”", ["Vatra"]),
        ("Owl", []),
        ("", []),
    ],
)
def test_a_title_carries_other_names(title: str, aliases: list[str]) -> None:
    assert aliases_of(title) == aliases


@pytest.mark.parametrize(
    "title",
    [
        "Road works (Phase II)",
        "Road works – Phase II",
        "Owl Fair (2014)",
        "Owl Fair – 2014",
        "Owl Fair (2014-2016)",
        "Owl Fair (Romania)",
        "Owl Fair – Norway",
        "Owl Fair (RO, MD)",
        "Education, training and youth",
        "Culture, sport",
        "Lampioane – Ediția a II-a",
        "Owls and lamps in our town",
    ],
)
def test_what_tells_apart_projects_of_one_name_leaves_no_alias(title: str) -> None:
    assert aliases_of(title) == []


@pytest.mark.parametrize(
    ("title", "aliases"),
    [
        ("Award – Mending nets in Norway", ["Mending nets in Norway"]),
        ("Project: Lamp Hill", ["Lamp Hill"]),
        ("Mending nets (Aid/134465/C/SER)", ["Mending nets"]),
        ("Owl Fair (EU)", ["Owl Fair"]),
        ("Mending nets (www.nets.example)", ["Mending nets"]),
    ],
)
def test_a_word_for_everything_a_code_and_an_address_are_no_names(title: str, aliases: list[str]) -> None:
    assert aliases_of(title) == aliases


@pytest.mark.parametrize("title", ["„Vatra” 2015", "Festivalul „Vatra”", "“Vatra” festival"])
def test_no_other_name_keeps_half_a_pair_of_quotation_marks(title: str) -> None:
    assert aliases_of(title)[0] == "Vatra"
    assert all(("”" in alias) == ("„" in alias or "“" in alias) for alias in aliases_of(title))


@given(TITLES)
def test_an_alias_is_of_the_title_long_enough_and_never_the_title(title: str) -> None:
    aliases = aliases_of(title)
    assert all(SHORTEST_ALIAS <= len(alias) <= LONGEST_ALIAS for alias in aliases)
    assert len({fold(alias) for alias in (*aliases, title)}) == len(aliases) + 1


@pytest.mark.parametrize(
    ("title", "prose", "aliases"),
    [
        ("Third Lamp for Towns", "Third lamp for towns (in short, The Third Lamp) is ours.",
         ["The Third Lamp"]),
        ("Owls at School", "The Owls at School project, hereafter “Owlet School”, began.", ["Owlet School"]),
        ("Owls at School", "Owls at School (OWLSKOL) was a project.", ["OWLSKOL"]),
        ("Bufnițe la școală", "Proiectul Bufnițe la școală, pe scurt Bufnițel, a început.", ["Bufnițel"]),
        ("Drumul lanternelor", "Proiectul „Lantern Walk” (Drumul lanternelor) este al copiilor.", ["Lantern Walk"]),
        ("Ovenlight, the village bakers", "The aim of the project “OVENLIGHT – Village Bakers” is bread.",
         ["Ovenlight", "OVENLIGHT – Village Bakers"]),
        ("Net Menders", "The Net Menders – Hands on Deck! project grew.",
         ["Net Menders – Hands on Deck!", "Hands on Deck!"]),
        ("Oslo al meu, secretul meu", "My secret Oslo, a winning concept in a competition, was held.",
         ["Oslo al meu", "My secret Oslo"]),
    ],
)  # fmt: skip
def test_prose_gives_a_project_other_names(title: str, prose: str, aliases: list[str]) -> None:
    assert aliases_in(title, prose) == aliases


@pytest.mark.parametrize(
    ("title", "prose"),
    [
        ("Owls at School", "It is part of the programme “Lamps for All”, which is well known."),
        ("Owls at School", "Owls at School (2014) was a project of Ana (Norway)."),
        ("Oslo al meu", "Oslo, a town in Norway, has many children."),
        ("Learning rounds in schools", "”The learning round” is led by a teacher."),
        ("Owls at School", "Owls at School was a project. Another one, also known as Lamps at School, was not."),
        ("Owls", ""),
        ("", "Some words (in short, Words)."),
    ],
)
def test_prose_that_names_something_else_gives_no_alias(title: str, prose: str) -> None:
    assert aliases_in(title, prose) == []


def test_names_the_title_carries_come_first_and_once() -> None:
    prose = "The New Ways (New Lamp) project, in short New Lamp, also known as Old Ways, is new."
    assert aliases_in("New Ways (New Lamp)", prose) == ["New Lamp", "New Ways", "Old Ways"]


@given(TITLES, st.text(alphabet="Aab Șî()„“”–-:,.", max_size=80))
def test_a_name_stands_in_the_title_or_in_the_prose(title: str, prose: str) -> None:
    aliases = aliases_in(title, prose)
    assert aliases[: len(aliases_of(title))] == aliases_of(title)
    assert all(alias in prose for alias in aliases[len(aliases_of(title)) :])


@pytest.mark.parametrize("unit", ["(A ", "“A ", "Owl Hill (", "A – ", "  "])
def test_the_worst_title_takes_little_time(unit: str) -> None:
    begun = perf_counter()
    aliases_in("Owl Hill – A Fair", unit * 5_000)
    aliases_of(unit * 300)
    assert perf_counter() - begun < 1
