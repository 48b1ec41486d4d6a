"""How a question was understood is told in the page's language, with what the answer counts and what may be changed."""

import pytest

from assistant.assistant import Assistant, Told
from assistant.mend import Mend
from assistant.part import Part
from assistant.understood import understood


def tell(assistant: Assistant, question: str, language: str, *history: str, mend: Mend = Mend()) -> Told:  # noqa: B008
    return assistant.answer(question, history, mend, language=language)


def part(told: Told, key: str) -> Part:
    return next(one for one in told.understood.parts if one.key == key)


@pytest.mark.parametrize(
    ("question", "english", "romanian"),
    [
        ("What was the budget of Silver Stories?", "budget of Silver Stories", "buget – Silver Stories"),
        (
            "Which projects did EEA Grants fund?",
            "projects funded by EEA Grants; of each: funder; 2 of 15",
            "proiecte finanțate de EEA Grants; la fiecare: finanțator; 2 din 15",
        ),
        (
            "What did all projects in Romania since 2014 cost together in EUR?",
            "sum of budgets, projects in Romania, running since 2014, in EUR; 3 of 15",
            "suma: bugete, proiecte în România, în desfășurare din 2014 încoace, în EUR; 3 din 15",
        ),
        (
            "Câte proiecte din România s-au încheiat înainte de 2015?",
            "number of projects in Romania, ended in or before 2014; 1 of 15",
            "numărul de proiecte în România, încheiate până în 2014; 1 din 15",
        ),
        (
            "Which projects cost more than 100,000 EUR?",
            "projects over 100,000 EUR; of each: budget; 3 of 15",
            "proiecte de peste 100.000 EUR; la fiecare: buget; 3 din 15",
        ),
        (
            "What does Silver Stories say about children in libraries?",
            "what the text of Silver Stories says about: children, libraries",
            "ce spune Silver Stories despre: children, libraries",
        ),
        ("What is Silver Stories about?", "what Silver Stories is", "ce este Silver Stories"),
        (
            "Compare the budgets of Silver Stories and DigiTales",
            "budget compared: Silver Stories; DigiTales",
            "comparație, buget: Silver Stories; DigiTales",
        ),
        ("How many projects per country?", "number of projects by country; 4 of 15",
         "numărul de proiecte după țară; 4 din 15"),
        ("Which project lasted longest?", "longest; 15 of 15", "cel mai lung; 15 din 15"),
        ("Which projects were not in Romania?", "projects but not in Romania; 8 of 15",
         "proiecte dar nu în România; 8 din 15"),
        ("What share of the projects was in Romania?", "share of projects in Romania; 7 of 15",
         "ponderea proiectelor în România; 7 din 15"),
        ("What was the budget?", "budget of a project that is not named", "buget – un proiect care nu este numit"),
    ],
)  # fmt: skip
def test_the_line_says_what_was_carried_out(assistant: Assistant, question: str, english: str, romanian: str) -> None:
    assert tell(assistant, question, "en").understood.line == english
    assert tell(assistant, question, "ro").understood.line == romanian


def test_the_plan_for_programs_stays_as_it_is(assistant: Assistant) -> None:
    told = tell(assistant, "Which projects did EEA Grants fund?", "ro")
    assert told.answer.plan == "list: projects (EEA Grants) with funder"


def test_counts_are_those_that_the_answer_states(assistant: Assistant, reedmoor: Assistant) -> None:
    for asked in ("Which projects ran in 2014?", "How many projects started after 2015?", "Which project cost most?"):
        for store in (assistant, reedmoor):
            told = tell(store, asked, "en")
            assert told.understood.counted
            count, total = told.understood.counted
            assert f"{count} of {total}" in told.answer.text


def test_where_no_project_fits_none_is_counted_of_all(assistant: Assistant) -> None:
    told = tell(assistant, "Which projects ran in 1905?", "en")
    assert told.answer.status == "refused"
    assert told.understood.line == "projects running in 1905; 0 of 15"


def test_a_sum_in_two_currencies_counts_the_projects_of_both(assistant: Assistant) -> None:
    told = tell(assistant, "What did all projects cost together?", "en")
    stated = [one.text for one in told.answer.statements if one.text.startswith("Together")]
    counts = [int(one.partition("(")[2].partition(" ")[0]) for one in stated]
    assert len(counts) > 1
    assert told.understood.counted == (sum(counts), 15)


def test_nothing_is_counted_where_the_answer_states_no_number(assistant: Assistant) -> None:
    for asked in ("What was the budget of Silver Stories?", "Who painted the Mona Lisa?", "All funders", "hello"):
        assert tell(assistant, asked, "en").understood.counted is None


def test_each_condition_says_what_it_was_read_as_and_can_be_left_out(assistant: Assistant) -> None:
    told = tell(assistant, "Ce proiecte a finanțat Comisia Europeană în 2013?", "ro")
    one = part(told, "organisation:Comisia Europeană")
    assert (one.kind, one.text) == ("condition", "finanțate de Comisia Europeană")
    assert one.read == ("European Commission", "EC")
    assert one.removed == Mend(("organisation:Comisia Europeană",))
    assert part(told, "period:2013").removable


def test_what_was_left_out_can_be_put_back(assistant: Assistant) -> None:
    mend = Mend(("place:Romania",))
    told = tell(assistant, "Which projects in Romania ran in 2014?", "en", mend=mend)
    assert told.understood.line == "projects running in 2014; 4 of 15"
    (gone,) = told.understood.left_out
    assert (gone.text, gone.removed) == ("Romania", Mend())
    assert part(told, "period:2014").removed == Mend(("place:Romania", "period:2014"))


def test_the_choices_of_a_subject_are_the_nearest_other_projects(reedmoor: Assistant) -> None:
    told = tell(reedmoor, "What was the budget of Harbour Voices?", "en")
    choices = part(told, "subject").choices
    assert choices[0].text == "Harbour Voices Junior"
    assert choices[0].mend == Mend(subject="harbour-voices-junior")
    assert "Harbour Voices" not in [one.text for one in choices]


def test_a_project_that_was_not_found_may_be_one_written_alike(reedmoor: Assistant) -> None:
    told = tell(reedmoor, "What was the budget of the Harbour Choir?", "en")
    assert "Harbour Voices" in [one.text for one in part(told, "subject").choices]


def test_where_no_project_is_named_some_are_offered(reedmoor: Assistant) -> None:
    told = tell(reedmoor, "What was the budget?", "en")
    for one in part(told, "subject").choices:
        assert reedmoor.answer("What was the budget?", (), one.mend).plan.subjects[0].title == one.text


def test_the_choices_of_a_field_are_those_that_the_project_has(reedmoor: Assistant) -> None:
    told = tell(reedmoor, "What is the sector of Rural Wells?", "en")
    choices = {one.text: one.mend for one in part(told, "field").choices}
    assert choices["budget"] == Mend(field="amount:budget")
    assert "status" in choices
    assert "partners" not in choices
    for mend in choices.values():
        assert reedmoor.ask("What is the sector of Rural Wells?", (), mend).status == "answered"


def test_another_field_is_asked_of_the_project_that_was_only_described(assistant: Assistant) -> None:
    question = "What was the budget of the library conference in Romania?"
    told = tell(assistant, question, "en")
    for one in part(told, "field").choices:
        answer = assistant.ask(question, (), one.mend)
        assert {each.project for each in answer.citations} == {told.plan.subjects[0].title}


def test_the_choices_of_an_operation_are_those_that_can_be_done(assistant: Assistant) -> None:
    told = tell(assistant, "Which projects ran in 2014?", "en")
    choices = part(told, "operation").choices
    assert [one.text for one in choices][:2] == ["how many there are", "sum of budgets"]
    for one in choices:
        assert assistant.answer("Which projects ran in 2014?", (), one.mend).plan.operation == one.mend.operation
    assert part(tell(assistant, "Which projects cost more than DigiTales?", "en"), "operation").choices == ()


def test_a_page_in_another_language_than_the_question(assistant: Assistant) -> None:
    told = tell(assistant, "Câte proiecte s-au derulat în România?", "en")
    assert told.understood.line == "number of projects in Romania; 7 of 15"
    assert told.answer.language == "ro"
    again = understood(told.plan, told.answer, assistant.vocabulary, "ro", Mend())
    assert again.line == "numărul de proiecte în România; 7 din 15"


def test_a_project_in_two_files_keeps_the_fields_that_one_of_them_tells(reedmoor: Assistant) -> None:
    told = tell(reedmoor, "Who funded Lantern Walk?", "en")
    assert len(told.plan.subjects) == 2
    choices = part(told, "field").choices
    assert {"period", "budget"} <= {one.text for one in choices}
    for one in choices:
        assert reedmoor.ask("Who funded Lantern Walk?", (), one.mend).status == "answered"
