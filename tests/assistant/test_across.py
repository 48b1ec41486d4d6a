"""Lists and counts over all projects are complete, cited, and count a project in two files once."""

import pytest

from assistant.across import MOST_CITED
from assistant.assistant import Assistant
from corpus.record import Project
from index.same import same_projects
from index.selection import Title
from tests.assistant.answers import ask, cited, listed

TOTAL = 16


def test_all_projects_are_counted_and_named_each_once(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "How many projects are there?")
    assert found.statements[0].text == f"All {TOTAL} projects:"
    assert len(listed(found)) == len(set(listed(found))) == TOTAL < MOST_CITED
    assert {("Lantern Walk", "projects.md"), ("Lantern Walk", "lantern-report.txt")} <= cited(found)


@pytest.mark.parametrize(
    ("question", "counted", "said"),
    [
        ("How many projects were funded by the Nordhaven Fund?", "3 of 16 projects", "Nordhaven Fund"),
        ("Câte proiecte au fost finanțate de Nordhaven Fund?", "3 din 16 proiecte", "Nordhaven Fund"),
        ("How many projects are closed?", "4 of 16 projects", "closed"),
        ("What number of projects were in Georgia?", "3 of 16 projects", "Georgia"),
        ("Câte proiecte sunt în Albania?", "2 din 16 proiecte", "Albania"),
    ],
)
def test_a_count_says_of_how_many_and_names_them(reedmoor: Assistant, question: str, counted: str, said: str) -> None:
    found = ask(reedmoor, question)
    heading = found.statements[0].text
    assert heading.startswith(f"{counted} (")
    assert heading.endswith(f"{said}):")
    assert len(listed(found)) == int(heading.split()[0])
    assert found.plan.startswith("count: projects (")


def test_the_field_that_is_asked_for_is_told_with_each(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "List the budgets of the projects funded by the European Salt Council")
    assert {one.text for one in found.statements[1:]} == {
        "Salt Road – “12,500 GBP”",
        "Harbour Voices Junior – “80,500 USD”",
    }


def test_a_list_of_nothing_is_a_refusal_and_cites_nothing(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "How many projects were funded by Brightwater Paper Mill in Georgia?")
    assert found.status == "refused"
    assert found.citations == ()


def _title(key: int, title: str, source: str, reference: str = "") -> Title:
    return Title(key, str(key), title, (), reference, source)


def _none(_: list[int]) -> list[Project]:
    """Read no record: names alone tell."""
    return []


def test_records_of_one_title_in_different_files_are_one_project() -> None:
    titles = [_title(1, "Tide School", "a.md"), _title(2, "Fen Fair", "a.md"), _title(3, "TIDE SCHOOL", "b.md")]
    assert same_projects(titles, _none) == {3: 1}


def test_records_of_one_title_in_one_file_are_two_projects() -> None:
    assert same_projects([_title(1, "Tide School", "a.csv"), _title(2, "Tide School", "a.csv")], _none) == {}


def test_records_of_one_title_and_two_references_are_two_projects() -> None:
    assert (
        same_projects([_title(1, "Tide School", "a.md", "A-1"), _title(2, "Tide School", "b.md", "A-2")], _none) == {}
    )


def test_records_of_one_reference_are_one_project_where_their_titles_are_alike() -> None:
    alike = [_title(1, "Tide School", "a.md", "A-1"), _title(2, "The Tide School of Fen", "b.md", "a-1")]
    assert same_projects(alike, _none) == {2: 1}
    assert same_projects([alike[0], _title(2, "Winter Orchard", "b.md", "A-1")], _none) == {}
