"""Questions become plans: what is asked, of what, under which conditions, and what is left to look for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.language import detect_language
from assistant.plan import (
    ABILITIES,
    ACROSS,
    AVERAGE,
    COMPARISON,
    COUNT,
    DESCRIPTION,
    DURATION,
    END,
    FIELD,
    GREETED,
    HIGHEST,
    LOWEST,
    MEMBERS,
    PASSAGE,
    PRECEDENT,
    START,
    SUM,
    Plan,
)
from assistant.question import understand


def _plan(reedmoor: Assistant, question: str, *history: str) -> Plan:
    return understand(question, history, reedmoor.vocabulary)


def _asked(plan: Plan) -> list[tuple[str, str]]:
    return [(one.meaning.name, one.meaning.role) for one in plan.fields]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("What was the budget of Salt Road?", ("amount", "budget")),
        ("how much did salt road cost", ("amount", "budget")),
        ("Ce buget a avut Casa Albinelor?", ("amount", "budget")),
        ("cati bani a primit casa albinelor", ("amount", "budget")),
        ("When did Harbour Voices run?", ("period", "")),
        ("În ce perioadă s-a desfășurat Casa Albinelor?", ("period", "")),
        ("Who funded Paper Boats?", ("organisation", "funder")),
        ("Cine a finanțat Casa Albinelor?", ("organisation", "funder")),
        ("Where did the money for Salt Road come from?", ("organisation", "funder")),
        ("Name the partners of Salt Road", ("organisation", "partner")),
        ("Cu cine a colaborat Casa Albinelor?", ("organisation", "partner")),
        ("Who were the sponsors of Paper Boats", ("organisation", "sponsor")),
        ("cost share of Salt Road", ("amount", "cost share")),
        ("Where is Salt Road based?", ("place", "")),
        ("contract number of Salt Road", ("reference", "")),
    ],
)
def test_a_question_for_a_field_is_known_in_both_languages(
    reedmoor: Assistant, question: str, field: tuple[str, str]
) -> None:
    plan = _plan(reedmoor, question)
    assert plan.intent == FIELD
    assert field in _asked(plan)
    assert len(plan.subjects) == 1
    assert plan.narrowing == ()


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Tell me about Salt Road", DESCRIPTION),
        ("Despre ce este Casa Albinelor?", DESCRIPTION),
        ("How many dockers did Harbour Voices record?", PASSAGE),
        ("What is the motto?", PASSAGE),
        ("Which projects were funded by the Nordhaven Fund?", ACROSS),
        ("Câte proiecte ați avut?", ACROSS),
        ("What is the total budget?", ACROSS),
        ("Compare Salt Road and Harbour Voices", COMPARISON),
        ("List all the partners", MEMBERS),
        ("Which partners do Salt Road and Paper Boats have in common?", MEMBERS),
        ("Have you ever done something similar to teaching children bee keeping?", PRECEDENT),
        ("hello", GREETED),
        ("Bună ziua!", GREETED),
        ("What can you do?", GREETED),
        ("What can I ask?", ABILITIES),
    ],
)
def test_what_a_question_wants_is_told_by_its_closed_class_words(
    reedmoor: Assistant, question: str, intent: str
) -> None:
    assert _plan(reedmoor, question).intent == intent


@pytest.mark.parametrize(
    ("question", "operation", "kind"),
    [
        ("How many projects are not closed?", COUNT, "amount"),
        ("What is the average budget of projects in EUR?", AVERAGE, "amount"),
        ("What do the budgets add up to?", SUM, "amount"),
        ("Which project started first?", LOWEST, START),
        ("Which project ended last?", HIGHEST, END),
        ("Which project lasted the longest?", HIGHEST, DURATION),
        ("How long did the projects last on average?", AVERAGE, DURATION),
    ],
)
def test_an_operation_has_its_measure(reedmoor: Assistant, question: str, operation: str, kind: str) -> None:
    plan = _plan(reedmoor, question)
    assert (plan.intent, plan.operation, plan.measure.kind) == (ACROSS, operation, kind)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which project had the second largest budget in EUR?", {"place": 2, "limit": None}),
        ("What are the top 3 projects by budget?", {"place": 1, "limit": 3}),
        ("When does Salt Road end?", {"end": "end"}),
        ("When did Salt Road begin?", {"end": "start"}),
        ("What is the status of Rural Wells?", {"labels": ("status",), "fields": ()}),
        ("What was the budget for catering of Salt Road?", {"narrowing": ("catering",)}),
        ("What did each telescope in Salt Road cost?", {"narrowing": ("telescope",), "heads": ("telescope",)}),
        ("Which Italian partners did Salt Road have?", {"narrowing": ("italian",)}),
        ("How many dockers did Harbour Voices record?", {"wants_number": True, "counted": ("dockers", "record")}),
        ("Who is the mayor of Gdynia?", {"wants_name": True, "wants_date": False}),
        ("What is the phone number of the trust?", {"wants_code": True}),
    ],
)
def test_the_particulars_of_a_question_are_kept(reedmoor: Assistant, question: str, told: dict[str, Any]) -> None:
    plan = _plan(reedmoor, question)
    for name, value in told.items():
        own = getattr(plan, name)
        assert set(own) <= set(value) and own if name == "counted" else own == value


@pytest.mark.parametrize(
    ("question", "conditions"),
    [
        ("Which projects are not closed?", [("category", "closed", True)]),
        (
            "Which projects in Georgia started after 2010?",
            [("place", "Georgia", False), ("period", "after 2010", False)],
        ),
        ("Which projects cost more than 100,000 EUR?", [("amount", "more than 100,000 EUR", False)]),
        ("Which projects did the European Salt Council fund?", [("organisation", "European Salt Council", False)]),
        ("Which projects were about lamps?", [("mention", "lamps", False)]),
        ("Ce proiecte nu sunt finanțate de Banca Dunării?", [("organisation", "Banca Dunării", True)]),
    ],
)
def test_conditions_are_told_by_kind_in_the_order_of_the_words(
    reedmoor: Assistant, question: str, conditions: list[tuple[str, str, bool]]
) -> None:
    plan = _plan(reedmoor, question)
    assert [(one.kind, one.said, one.is_negated) for one in plan.conditions] == conditions


def test_two_that_are_set_against_each_other_without_their_names_are_plans_of_their_own(reedmoor: Assistant) -> None:
    first, second = _plan(
        reedmoor, "Which is larger, the one funded by Banca Dunării or the one on apples?"
    ).alternatives
    assert [one.said for one in first.conditions] == ["Banca Dunării"]
    assert second.leftover == ("apples",)


def test_the_reason_of_asking_does_not_narrow(reedmoor: Assistant) -> None:
    plan = _plan(reedmoor, "I write about village schools. Who funded Salt Road?")
    assert (plan.intent, plan.leftover, _asked(plan)) == (FIELD, (), [("organisation", "funder")])
    assert [subject.title for subject in plan.subjects] == ["Salt Road"]


def test_a_name_in_the_sentence_before_is_what_the_question_is_about(reedmoor: Assistant) -> None:
    plan = _plan(reedmoor, "I read about Salt Road. Who funded it?")
    assert [subject.title for subject in plan.subjects] == ["Salt Road"]


def test_a_follow_up_takes_its_subject_from_before_and_says_so(reedmoor: Assistant) -> None:
    plan = _plan(reedmoor, "And who funded it?", "What was the budget of Salt Road?")
    assert [subject.title for subject in plan.subjects] == ["Salt Road"]
    assert plan.inherited
    assert plan.standalone == "And who funded it? (Salt Road)"


def test_a_follow_up_takes_its_field_from_before(reedmoor: Assistant) -> None:
    plan = _plan(reedmoor, "What about Harbour Voices?", "Who funded Salt Road?")
    assert [subject.title for subject in plan.subjects] == ["Harbour Voices"]
    assert _asked(plan) == [("organisation", "funder")]


def test_a_follow_up_reaches_over_several_questions(reedmoor: Assistant) -> None:
    plan = _plan(reedmoor, "și cine a fost partener?", "Ce buget a avut Casa Albinelor?", "dar cand s-a desfasurat?")
    assert [subject.title for subject in plan.subjects] == ["Casa Albinelor"]


def test_a_question_of_its_own_takes_nothing_from_before(reedmoor: Assistant) -> None:
    plan = _plan(reedmoor, "How tall is Mont Blanc?", "Who funded Salt Road?")
    assert (plan.subjects, plan.inherited) == ((), False)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Cine a finanțat Salt Road?", "ro"),
        ("cat a costat Salt Road", "ro"),
        ("Who funded Casa Albinelor?", "en"),
        ("Salt Road budget", "en"),
        ("", "en"),
        ("valoare moara veche", "ro"),
        ("Finanțator Salt Road?", "ro"),
        ("Când s-a deschis Salt Road?", "ro"),
        ("pod lemn", "ro"),
    ],
)
def test_the_language_of_a_question_is_that_of_its_small_words(question: str, language: str) -> None:
    assert detect_language(question) == language


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was the budget of Salt Road?", "budget of Salt Road"),
        ("Who funded Salt Road and when did it run?", "funder, period of Salt Road"),
        ("What was the cost share and the budget of Salt Road?", "cost share, budget of Salt Road"),
        ("What was the budget of Lantern Walk?", "budget of Lantern Walk"),
        ("Tell me about Salt Road", "what Salt Road is"),
        ("What is the average budget of projects in EUR?", "average of budget, grant: projects (EUR)"),
        ("List all the partners", "partners: organisations"),
        ("How many projects are not closed?", "count: projects (not closed)"),
        ("How many dockers did Harbour Voices record?", "passages of Harbour Voices about: dockers, record"),
    ],
)
def test_a_plan_says_itself_in_words(reedmoor: Assistant, question: str, told: str) -> None:
    assert _plan(reedmoor, question).in_words == told


@given(st.text(max_size=120))
def test_whatever_is_said_becomes_a_plan(reedmoor: Assistant, question: str) -> None:
    plan = _plan(reedmoor, question)
    assert plan.question == question
    assert plan.language in ("en", "ro")
