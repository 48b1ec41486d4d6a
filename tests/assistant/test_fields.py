"""Fields of one project: what is asked in whatever words is told from its line, with its reading, and nothing else."""

import pytest

from assistant.assistant import Assistant
from tests.assistant.answers import ask, cited, quotes


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was the budget of Salt Road?", "Salt Road – Budget: “12,500 GBP”"),
        ("What was the cost share of Salt Road?", "Salt Road – Cost share: “2,500 GBP”"),
        ("Who funded Paper Boats?", "Paper Boats – Sponsors: “Brightwater Paper Mill”"),
        ("What was the budget of Casa Albinelor?", "Casa Albinelor – Budget: “30.000 RON”, that is 30,000 RON"),
        ("Ce buget a avut Salt Road?", "Salt Road – Buget: „12,500 GBP”, adică 12.500 GBP"),
        ("When did Harbour Voices start?", "Harbour Voices – Period: “2016 – 2018”"),
        ("How long did Salt Road last?", "Salt Road – Period: “May 2012 – May 2013”"),
        ("Când s-a încheiat Casa Albinelor?", "Casa Albinelor – Perioadă: „martie 2013 – noiembrie 2014”"),
        ("What year did Winter Orchard take place?", "Winter Orchard – Period: “2011”"),
        ("Which is the reference of Rural Wells?", "Rural Wells – Reference: “RM-2042”"),
        ("In which country was Rural Wells?", "Rural Wells – Place: “Albania”"),
        ("Who did Aurel Pop fund?", "Winter Orchard – Funder: “Aurel Pop”"),
        ("What was the budget of Old Mill?", "Moara Veche – Budget: “75.000 RON”, that is 75,000 RON"),
    ],
)
def test_a_field_is_told_with_its_project_and_its_words(reedmoor: Assistant, question: str, told: str) -> None:
    (one,) = ask(reedmoor, question).statements
    assert one.text == told
    assert len(one.cites) == 1


def test_an_ambiguous_amount_is_quoted_and_said_to_be_ambiguous(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "What was the budget of Winter Orchard?")
    assert quotes(found) == ["Budget: 640,00 CHF"]
    assert "ambiguous: 640,00 may mean 640.00 or, with a digit lost, 640,000" in found.text
    assert "mai multe feluri" in ask(reedmoor, "Ce buget a avut Winter Orchard?").text


def test_a_field_that_two_files_give_alike_is_said_once_and_cited_twice(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "What was the budget of Lantern Walk?")
    assert found.text == "Lantern Walk – Budget: “120,000 EUR” [1] [2]"
    assert cited(found) == {("Lantern Walk", "projects.md"), ("Lantern Walk", "lantern-report.txt")}


def test_several_fields_are_told_in_the_order_asked(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Who funded Salt Road, when did it run and what was its cost share?")
    assert quotes(found) == [
        "Funder: European Salt Council",
        "Period: May 2012 – May 2013",
        "Cost share: 2,500 GBP",
    ]


def test_both_ends_of_a_period_told_in_two_cells_are_told(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "When was RM-2044 approved and when did it close?")
    assert quotes(found) == ["approvaldate: 2016-01-15", "closingdate: 2020-12-31"]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Was Harbour Voices funded by the Nordhaven Fund?", "Nordhaven Fund"),
        ("Did Salt Road cost more than 100,000 GBP?", "12,500 GBP"),
        ("Is Rural Wells closed?", "Closed"),
        ("Is Hill Roads Rehabilitation still active?", "Active"),
        ("What is the country of Energy?", "Georgia"),
        ("Did Harbour Voices run in 2017?", "2016 – 2018"),
        ("Was Salt Road longer than a year?", "May 2012 – May 2013"),
        ("How many months did Harbour Voices Junior last?", "September 2018 – August 2019"),
        ("Did Harbour Voices have Polish partners?", "Gdynia Sailors' Union (Poland)"),
    ],
)
def test_a_yes_or_no_question_is_answered_by_the_line_that_tells(
    reedmoor: Assistant, question: str, quote: str
) -> None:
    (one,) = quotes(ask(reedmoor, question))
    assert one.rpartition(": ")[2] == quote


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many walkers came along in the first winter?", "640 walkers came along in the first winter"),
        ("How many recordings can be heard in Gdynia?", "Forty recordings can be heard in the customs house"),
        ("Câți apicultori a avut Casa Albinelor?", "Proiectul a avut 75 de mici apicultori."),
        ("Where is the office of the trust?", "has its office at the old toll house"),
        ("What is the email of the trust?", "toll.house@reedmoor.example"),
    ],
)
def test_what_only_the_prose_tells_is_quoted(reedmoor: Assistant, question: str, sentence: str) -> None:
    assert any(sentence in quote for quote in quotes(ask(reedmoor, question)))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What is Winter Orchard?", "Gardeners grafted forgotten kinds of apples and taught pruning in prisons."),
        ("Tell me about Harbour Voices", "Retired dockers recorded how their port used to sound."),
        ("Despre ce este Moara Veche?", "O moară de apă a fost reparată de voluntari"),
        ("What is RM-2045?", "Kitchens of village schools are equipped to cook a warm lunch."),
    ],
)
def test_a_project_is_described_by_its_first_sentences(reedmoor: Assistant, question: str, first: str) -> None:
    assert quotes(ask(reedmoor, question))[0].startswith(first)
