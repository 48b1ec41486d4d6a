"""An annual review that tells its projects in sentences alone, under headings in capitals."""

from collections.abc import Callable

import pytest

from corpus.dates import read_period
from corpus.document import Document
from corpus.projects import find_projects
from corpus.record import Project

REVIEW = """REEDS AND RUSHES
Annual review 2023

THE MARSH ORGAN

A barge, painted green, carried a harmonium round the fens. The Marsh Organ cost £62,000 and was paid for by the
Fenland Heritage Fund. It began in April 2020 and ended in March 2023. Our partners were Wisbech Libraries and the
School of Fen Studies. The oldest singer was 97.


EELS ACROSS THE SEA

Eleven eel catchers from Ely and nine from Emden spent a summer teaching one another. Eels Across the Sea lasted from
May to October 2022. Its budget was €38,400, funded by the Hanse Council. The Emden Chamber was our partner.


WEAVERS NORTH

Our largest undertaking. Weavers North has a budget of £1.2 million, funded by the Fenland Government, and runs from
August 2020 to July 2025. Twenty-two schools have a loom.


BELLS OF BARWAY

Bells of Barway is a band for young ringers. It began on 1 October 2021 and will end on 30 September 2024. The budget of
£74,250 is funded by the Ouse Foundation and Barway Council. Fifty-eight young people ring.
"""


@pytest.fixture
def found(read: Callable[..., Document]) -> dict[str, Project]:
    return {project.title: project for project in find_projects(read(REVIEW, "review.txt"))}


@pytest.mark.parametrize(
    ("title", "period", "amount", "funders"),
    [
        ("THE MARSH ORGAN", ("2020-04", "2023-03"), "62000", {"Fenland Heritage Fund"}),
        ("EELS ACROSS THE SEA", ("2022-05", "2022-10"), "38400", {"Hanse Council"}),
        ("WEAVERS NORTH", ("2020-08", "2025-07"), "1200000", {"Fenland Government"}),
        ("BELLS OF BARWAY", ("2021-10-01", "2024-09-30"), "74250", {"Ouse Foundation", "Barway Council"}),
    ],
)
def test_sentences_whose_subject_is_the_title_tell_their_project(
    found: dict[str, Project], title: str, period: tuple[str, str], amount: str, funders: set[str]
) -> None:
    project = found[title]
    assert project.period is not None
    assert (project.period.start, project.period.end) == period
    assert [one.amount for one in project.amounts] == [amount]
    named = {each.name for each in project.organisations if each.role == "funder"}
    assert named == funders or " and ".join(sorted(funders, reverse=True)) in named


def test_whoever_was_the_partner_may_begin_the_sentence(found: dict[str, Project]) -> None:
    partners = {each.name for each in found["EELS ACROSS THE SEA"].organisations if each.role == "partner"}
    assert partners == {"Emden Chamber"}


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("April 2020 and ended in March 2023", ("2020-04", "2023-03", "")),
        ("mai 2019 și s-a încheiat în iunie 2020", ("2019-05", "2020-06", "")),
    ],
)
def test_two_verbs_tell_one_period(words: str, period: tuple[str, str, str]) -> None:
    assert read_period(words) == period
