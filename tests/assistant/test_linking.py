"""Names in questions are found through typos, accents and missing words, and told apart from names like them."""

import pytest

from assistant.grammar import grammar
from assistant.linking import Linker, Subject, subjects_of
from corpus.document import Document, Span
from corpus.record import Project
from corpus.titles import aliases_of
from corpus.words import words

TITLES = (
    "Silver Stories",
    "DigiTales",
    "Occupy Library Innovators Hub",
    "OCCUPY LIBRARY Conference",
    "Socacitele, the community caterers",
    "The third space of the community",
    "Third Place for Active Citizenship",
    "New Challenge for Public Libraries (New Lib)",
)


def _subjects() -> list[Subject]:
    document = Document("d", "page.txt", "text/plain", "Projects", "en", "", "x" * 100, ())
    projects = [
        Project(f"p{at}", title, None, tuple(aliases_of(title)), "page.txt", Span(at, at + 1), "en", "")
        for at, title in enumerate(TITLES)
    ]
    return subjects_of(projects, {"d": document})


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(_subjects(), grammar().closed)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("What was the budget of Silver Stories?", {"Silver Stories"}),
        ("silver storys budget", {"Silver Stories"}),
        ("who paid for digi tales", {"DigiTales"}),
        ("Cine a finanțat Socăcițele?", {"Socacitele, the community caterers"}),
        ("When did New Lib run?", {"New Challenge for Public Libraries (New Lib)"}),
        ("new chalenge for public libraries partners", {"New Challenge for Public Libraries (New Lib)"}),
        ("How many spoke at the Occupy Library conference?", {"OCCUPY LIBRARY Conference"}),
        ("the innovators hub of occupy library", {"Occupy Library Innovators Hub"}),
        ("Who funded the third space?", {"The third space of the community"}),
        ("budget of Third Place for Active Citizenship", {"Third Place for Active Citizenship"}),
        ("Compare Silver Stories with DigiTales", {"Silver Stories", "DigiTales"}),
    ],
)
def test_a_project_is_found_by_how_people_call_it(linker: Linker, question: str, titles: set[str]) -> None:
    assert {link.subject.title for link in linker.link(words(question))} == titles


def test_a_name_that_fits_two_projects_finds_both(linker: Linker) -> None:
    found = {link.subject.title for link in linker.link(words("What was Occupy Library about?"))}
    assert found == {"Occupy Library Innovators Hub", "OCCUPY LIBRARY Conference"}


@pytest.mark.parametrize(
    "question", ["What was the budget of Project Apollo?", "Who is the president?", "What is it for?"]
)
def test_an_unknown_name_finds_nothing(linker: Linker, question: str) -> None:
    assert linker.link(words(question)) == []


def test_a_document_without_projects_is_a_subject_by_its_title() -> None:
    document = Document("d", "hens.txt", "text/plain", "The Hen House", "en", "", "The Hen House\n\nHens.", ())
    (link,) = Linker(subjects_of([], {"d": document}), grammar().closed).link(words("Who ran the hen house?"))
    assert link.subject.project is None
    assert link.subject.span == Span(0, len(document.text))
