"""Which projects a question may name."""

import pytest

from corpus.document import Span
from corpus.record import Project
from eval.growing.titles import Titles, is_readable, is_shouted


def titles(*names: str, others: tuple[str, ...] = ()) -> Titles:
    """Make titles of projects that have nothing else."""
    return Titles([Project(name, name, None, (), "a.md", Span(0, 1), "en", "") for name in names], others)


def test_a_title_that_others_hold_or_nearly_are_is_not_told_apart() -> None:
    made = titles("Harbour Voices", "Harbour Voices Junior", "Salt Road Phase 2", "Salt Road Phase 3", "Winter Orchard")
    assert [made.is_apart(number) for number in range(5)] == [False, True, False, False, True]


def test_two_projects_of_one_title_are_not_told_apart() -> None:
    made = titles("Lantern Walk", "Lantern walk", "Paper Boats")
    assert [made.is_apart(number) for number in range(3)] == [False, False, True]


def test_a_title_that_is_the_name_of_something_else_is_not_told_apart() -> None:
    made = titles("Energy", "Paper Boats", others=("energy", "Paper Boats Trust"))
    assert [made.is_apart(number) for number in range(2)] == [False, True]


def test_a_project_is_called_without_its_brackets_where_that_says_as_much() -> None:
    made = titles("Time for Lamps (TFL)", "Owl Count (South)", "Owl Count (North)")
    assert [made.called(number) for number in range(3)] == ["Time for Lamps", "Owl Count (South)", "Owl Count (North)"]
    assert made.names(0) == ["Time for Lamps (TFL)", "Time for Lamps"]


def test_aliases_name_a_project_unless_they_name_another_as_well() -> None:
    own = Project("a", "Lantern Walk", None, ("Evening Lamps", "Paper"), "a.md", Span(0, 1), "en", "")
    other = Project("b", "Paper Boats", None, (), "a.md", Span(0, 1), "en", "")
    assert Titles([own, other]).names(0) == ["Lantern Walk", "Evening Lamps"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lantern Walk", True),
        ("Ora să ȘTIM", True),
        ("Water Mains, phase 2", True),
        ("ECON.REFORM SUPP. OP", False),
        ("Lamps of (the", False),
        ("Support to the", False),
        ("P-2041/77", False),
        ("TBD", False),
        ("Lamps and…", False),
        ("Lamps\nOwls", False),
        ("Lamp " * 30, False),
    ],
)
def test_a_name_that_nobody_would_write_is_not_readable(name: str, expected: bool) -> None:
    assert is_readable(name) is expected


def test_names_in_capitals_are_told_from_acronyms() -> None:
    assert is_shouted("LIVESTOCK DEVELOPMENT")
    assert not is_shouted("CODE KIDS")
    assert not is_shouted("Livestock Development")
