"""The sources' own labels are named by their words, run together or cut short, and say more than a general field."""

import pytest

from assistant.assistant import Assistant
from assistant.labels import LabelIndex
from corpus.words import words
from index.selection import Label
from tests.assistant.answers import ask, quotes

LABELS = [
    Label(label, "other", "", 3)
    for label in ("totalcostamt", "approvaldate", "closing_date", "Lending instr", "Status", "borrower", "GDP")
]


def _found(question: str, language: str = "en") -> list[tuple[str, ...]]:
    said = words(question)
    mentions = LabelIndex(LABELS).find(said, set(range(len(said))), language)
    return [tuple(one.label for one in mention.labels) for mention in mentions]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("What is the total cost amount?", "totalcostamt"),
        ("What is its total cost?", "totalcostamt"),
        ("what is totalcostamt", "totalcostamt"),
        ("What is the approval date?", "approvaldate"),
        ("What is the closing date?", "closing_date"),
        ("Which lending instrument was used?", "Lending instr"),
        ("What is its status?", "Status"),
        ("Who is the borrower?", "borrower"),
    ],
)
def test_words_of_a_question_are_found_in_a_label(question: str, label: str) -> None:
    assert (label,) in _found(question)


def test_a_romanian_question_names_an_english_label() -> None:
    assert ("approvaldate",) in _found("Care este data aprobării?", "ro")


@pytest.mark.parametrize("question", ["What is the date?", "What was the total?", "Who cost us dear?", "Where is it?"])
def test_one_word_of_a_longer_label_does_not_name_it(question: str) -> None:
    assert _found(question) == []


def test_a_word_that_is_explained_already_names_no_label() -> None:
    assert LabelIndex(LABELS).find(["the", "status"], {0}) == []


def test_labels_that_are_alike_but_for_their_form_are_one() -> None:
    same = [Label("Total budget", "other", "", 2), Label("total_budget", "other", "", 2)]
    (mention,) = LabelIndex(same).find(["total", "budget"], {0, 1})
    assert {one.label for one in mention.labels} == {"Total budget", "total_budget"}
    assert mention.share == pytest.approx(1.0)


def test_of_labels_that_overlap_the_one_of_more_words_is_meant() -> None:
    index = LabelIndex([Label("date", "other", "", 2), Label("closing date", "other", "", 2)])
    (mention,) = index.find(["closing", "date"], {0, 1})
    assert [one.label for one in mention.labels] == ["closing date"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the total cost of RM-2043?", "Coastal Roads Upgrade – totalcostamt: “7250000”, that is 7,250,000"),
        (
            "What is the approval date of Rural Wells?",
            "Rural Wells – approvaldate: “2010-11-02”, that is 2 November 2010",
        ),
        (
            "What is the approvaldate of Town Water Mains?",
            "Town Water Mains – approvaldate: “2011-02-10”, that is 10 February 2011",
        ),
        (
            "What is the closing date of RM-2046?",
            "Town Water Mains – closingdate: “2015-02-28”, that is 28 February 2015",
        ),
        ("RM-2042 status", "Rural Wells – status: “Closed”"),
        ("What is the sector of Town Water Mains?", "Town Water Mains – sector: “Water”"),
        ("Care este statusul proiectului Rural Wells?", "Rural Wells – status: „Closed”"),
        (
            "Care este costul total al proiectului Rural Wells?",
            "Rural Wells – totalcostamt: „1200000”, adică 1.200.000",
        ),
        (
            "Care este data de închidere a proiectului Rural Wells?",
            "Rural Wells – closingdate: „2013-12-31”, adică 31 decembrie 2013",
        ),
    ],
)
def test_a_cell_of_a_register_is_told_under_its_own_label(reedmoor: Assistant, question: str, told: str) -> None:
    found = ask(reedmoor, question)
    assert found.text == f"{told} [1]"
    assert len(quotes(found)) == 1


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("What is the total cost of School Kitchens?", "totalcostamt"),
        ("What is the closing date of School Kitchens?", "closingdate"),
        ("What is the sector of Harbour Voices?", "sector"),
    ],
)
def test_a_label_that_a_record_lacks_is_refused_by_name(reedmoor: Assistant, question: str, label: str) -> None:
    found = ask(reedmoor, question)
    assert (found.status, found.citations) == ("refused", ())
    assert label in found.text


def test_a_general_field_answers_where_the_page_has_no_such_label(reedmoor: Assistant) -> None:
    assert quotes(ask(reedmoor, "What was the total budget of Salt Road?")) == ["Budget: 12,500 GBP"]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What is the status of Energy?", "status: Active"),
        ("What is the total cost of the Energy project?", "totalcostamt: 3000000"),
        ("What is the approval date of RM-2044?", "approvaldate: 2016-01-15"),
    ],
)
def test_a_project_called_as_a_sector_is_meant_by_its_name_beside_a_label(
    reedmoor: Assistant, question: str, quote: str
) -> None:
    assert quotes(ask(reedmoor, question)) == [quote]


def test_a_sector_is_meant_and_not_the_project_called_so_where_projects_are_asked_for(reedmoor: Assistant) -> None:
    assert quotes(ask(reedmoor, "Which projects are in Energy?")) == ["sector: Energy"] * 2
