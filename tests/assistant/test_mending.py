"""A question as understood, changed by a visitor, is answered as the question without what was taken out of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import ANSWERED, REFUSED, Answer, to_json
from assistant.assistant import Assistant
from assistant.check import check
from assistant.mend import Earlier, History, Mend
from assistant.mending import keyed
from assistant.plan import LIST, Plan
from assistant.question import understand
from assistant.selecting import choose
from tests.assistant.answers import listed

BUDGET = "What was the budget of Salt Road?"
IN_GEORGIA = "Which projects in Georgia are about water?"
LISTS = (
    "Which projects did EEA Grants fund?",
    "Which projects in Romania ran in 2014?",
    "Which projects cost more than 100,000 EUR and ended before 2016?",
    "List projects about libraries in Moldova since 2014",
    "Ce proiecte a finanțat Comisia Europeană înainte de 2015?",
    "Which projects lasted longer than two years?",
    "Which projects in Romania or Italy ended before 2015?",
)


def changed(assistant: Assistant, question: str, mend: Mend, history: History = ()) -> tuple[Answer, Plan]:
    """Ask with a change, and assert what holds of every answer."""
    answer, plan = assistant.carry_out(question, history, mend)
    documents = assistant.store.documents
    totals = frozenset(one.value for said in answer.statements for one in said.derived if one.kind == "total")
    assert check(answer, documents, totals=totals, titles=assistant.records.all_titles) == []
    return answer, plan


def told(answer: Answer) -> dict[str, object]:
    return {key: value for key, value in to_json(answer).items() if key not in ("elapsed_ms", "question")}


def test_an_empty_mend_changes_nothing(assistant: Assistant, root: Path) -> None:
    lines = (root / "eval" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    for pair in map(json.loads, lines[::23]):
        history = [Earlier(one) for one in pair["history"]]
        changed_not = assistant.ask(pair["question"], history, Mend())
        assert told(changed_not) == told(assistant.ask(pair["question"], pair["history"]))


@pytest.mark.parametrize("question", LISTS)
def test_a_list_without_a_condition_is_that_of_the_records_that_fulfil_the_others(
    assistant: Assistant, question: str
) -> None:
    plan = understand(question, (), assistant.vocabulary)
    conditions = keyed(plan.conditions)
    assert conditions
    for key, one in conditions:
        answer, carried = changed(assistant, question, Mend((key,)))
        left = tuple(other for other in plan.conditions if other is not one)
        assert carried.conditions == left
        groups = choose(assistant.records, replace(plan, conditions=left)).groups
        titles = sorted(assistant.records.title(group[0]) for group in groups)
        assert sorted(listed(answer)) == titles
        assert one.said not in answer.statements[0].text
        assert one.said not in answer.plan


@pytest.mark.parametrize(
    ("question", "key", "without"),
    [
        ("Which projects in Romania ran in 2014?", "place:Romania", "Which projects ran in 2014?"),
        ("Which projects in Romania ran in 2014?", "period:2014", "Which projects were in Romania?"),
        ("How many projects did EEA Grants fund?", "organisation:EEA Grants", "List the projects with their funders"),
        ("Câte proiecte din România au început în 2014?", "period:2014", "Câte proiecte sunt în România?"),
        (
            "What did the projects in Romania since 2014 cost together?",
            "place:Romania",
            "What did the projects since 2014 cost together?",
        ),
        ("How many projects per country since 2014?", "period:since 2014", "How many projects per country?"),
        ("Which partners did the projects in Romania have?", "place:Romania", "Which partners did the projects have?"),
    ],
)
def test_a_question_without_a_condition_is_answered_as_the_one_that_does_not_have_it(
    assistant: Assistant, question: str, key: str, without: str
) -> None:
    answer, _ = changed(assistant, question, Mend((key,)))
    asked = assistant.ask(without)
    assert answer.status == ANSWERED
    assert [one.text for one in answer.statements] == [one.text for one in asked.statements]


def test_a_currency_goes_with_the_condition_that_names_it(reedmoor: Assistant) -> None:
    question = "What did the projects over 10,000 EUR cost together?"
    (key, _), *_ = keyed(understand(question, (), reedmoor.vocabulary).conditions)
    answer, plan = changed(reedmoor, question, Mend((key,)))
    assert plan.measure.currency is None
    assert "RON" in answer.text


@pytest.mark.parametrize(
    ("question", "identity", "with_title"),
    [
        (BUDGET, "harbour-voices", "What was the budget of Harbour Voices?"),
        ("salt roads budget?", "harbour-voices", "Harbour Voices budget?"),
        ("What is Salt Road about?", "harbour-voices", "What is Harbour Voices about?"),
        ("Who were the partners of Salt Road and when did it run?", "harbour-voices",
         "Who were the partners of Harbour Voices and when did it run?"),
        ("Cine a finanțat Casa Albinelor?", "moara-veche", "Cine a finanțat Moara Veche?"),
        ("What does Salt Road say about children?", "harbour-voices", "What does Harbour Voices say about children?"),
    ],
)  # fmt: skip
def test_another_subject_is_answered_as_the_question_with_its_title(
    reedmoor: Assistant, question: str, identity: str, with_title: str
) -> None:
    answer, plan = changed(reedmoor, question, Mend(subject=identity))
    assert {one.key for one in plan.subjects} >= {identity}
    assert told(answer) == told(reedmoor.ask(with_title))


def test_the_title_of_the_one_that_was_not_meant_is_not_looked_for(assistant: Assistant) -> None:
    asked = "Care au fost partenerii din Ucraina ai proiectului {}?"
    answer, _ = changed(assistant, asked.format("Occupy Library Innovators Hub"), Mend(subject="silver-stories"))
    assert told(answer) == told(assistant.ask(asked.format("Silver Stories")))


def test_a_project_that_no_word_named_can_be_chosen(reedmoor: Assistant) -> None:
    answer, _ = changed(reedmoor, "What was the budget of Golden Bridges?", Mend(subject="salt-road"))
    assert answer.text == reedmoor.ask(BUDGET).text
    answer, _ = changed(reedmoor, "What was the budget?", Mend(subject="salt-road"))
    assert answer.text == reedmoor.ask(BUDGET).text


def test_another_field_of_the_same_project(reedmoor: Assistant) -> None:
    answer, _ = changed(reedmoor, BUDGET, Mend(field="organisation:funder"))
    assert answer.text == reedmoor.ask("Who funded Salt Road?").text
    answer, plan = changed(reedmoor, "What is the sector of Rural Wells?", Mend(field="label:status"))
    assert answer.text == reedmoor.ask("What is the status of Rural Wells?").text
    assert plan.in_words == "status of Rural Wells"


def test_all_changes_at_once(reedmoor: Assistant) -> None:
    answer, _ = changed(reedmoor, BUDGET, Mend(subject="harbour-voices", field="period:"))
    assert answer.text == reedmoor.ask("When did Harbour Voices run?").text


@pytest.mark.parametrize(
    ("operation", "other"),
    [
        ("count", "How many projects ran in 2014?"),
        ("sum", "What did the projects that ran in 2014 cost together?"),
        ("highest", "Which project that ran in 2014 had the largest budget?"),
    ],
)
def test_another_operation_over_the_same_records(assistant: Assistant, operation: str, other: str) -> None:
    answer, _ = changed(assistant, "Which projects ran in 2014?", Mend(operation=operation))
    assert answer.text == assistant.ask(other).text


def test_what_is_told_of_each_record_can_be_left_out(assistant: Assistant) -> None:
    answer, _ = changed(assistant, "List the projects with their budgets", Mend(("each",)))
    assert answer.text == assistant.ask("List the projects").text


def test_groups_can_be_told_together(assistant: Assistant) -> None:
    answer, plan = changed(assistant, "How many projects per country since 2014?", Mend(("grouping",)))
    assert answer.text == assistant.ask("How many projects ran since 2014?").text
    assert plan.grouped is None


def test_what_is_not_understood_can_be_left_out(assistant: Assistant) -> None:
    question = "Which projects ran in Romania in May?"
    refused = assistant.ask(question)
    assert refused.status == REFUSED
    answer, _ = changed(assistant, question, Mend(("unread:May",)))
    assert listed(answer) == listed(assistant.ask("Which projects were in Romania?"))


@pytest.mark.parametrize(
    ("question", "mend"),
    [
        (BUDGET, Mend(("place:Atlantis",))),
        (BUDGET, Mend(("grouping",))),
        (BUDGET, Mend(subject="no-such-project")),
        (IN_GEORGIA, Mend(subject="salt-road")),
        (BUDGET, Mend(field="weather:")),
        ("What was the budget?", Mend(field="period:")),
        (IN_GEORGIA, Mend(field="period:")),
        (BUDGET, Mend(operation="sum")),
        (IN_GEORGIA, Mend(operation="explode")),
        ("Which projects cost more than Salt Road?", Mend(operation="sum")),
        ("hello", Mend(("period:2014",), "salt-road", "period:", "sum")),
        ("Ce buget a avut Moara Veche?", Mend(("place:Atlantida",))),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(reedmoor: Assistant, question: str, mend: Mend) -> None:
    answer, plan = changed(reedmoor, question, mend)
    assert plan.unmended
    assert answer.status == REFUSED
    assert not answer.citations
    assert len(answer.statements) == 1


def test_a_question_behind_one_that_was_changed_leans_on_the_change(reedmoor: Assistant) -> None:
    before = Earlier(BUDGET, Mend(subject="harbour-voices"))
    assert reedmoor.ask("And who funded it?", [before]).text == reedmoor.ask("Who funded Harbour Voices?").text
    assert reedmoor.ask("And who funded it?", [BUDGET]).text == reedmoor.ask("Who funded Salt Road?").text


def test_a_list_behind_one_that_was_changed_is_of_its_records(assistant: Assistant) -> None:
    before = Earlier("Which projects in Romania ran in 2014?", Mend(("place:Romania",)))
    assert assistant.ask("How many?", [before]).text == assistant.ask("How many projects ran in 2014?").text


def test_a_change_that_was_refused_is_not_held_against_the_next_question(reedmoor: Assistant) -> None:
    before = Earlier(BUDGET, Mend(subject="no-such-project"))
    assert reedmoor.ask("And who funded it?", [before]).text == reedmoor.ask("Who funded Salt Road?").text


def test_a_list_that_was_refused_so_can_be_counted(assistant: Assistant) -> None:
    before = Earlier("Which projects ran in 2014?", Mend(operation="explode"))
    assert assistant.ask("How many?", [before]).text == assistant.ask("How many projects ran in 2014?").text


def test_a_follow_up_itself_can_be_changed(reedmoor: Assistant) -> None:
    answer, _ = changed(reedmoor, "And who funded it?", Mend(subject="harbour-voices"), [BUDGET])
    assert answer.text == reedmoor.ask("Who funded Harbour Voices?").text


def test_a_count_becomes_a_list_again(assistant: Assistant) -> None:
    answer, plan = changed(assistant, "How many projects ran in 2014?", Mend(operation=LIST))
    assert plan.operation == LIST
    assert answer.text == assistant.ask("Which projects ran in 2014?").text
