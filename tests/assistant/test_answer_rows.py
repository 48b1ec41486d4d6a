"""An answer as JSON and back is the same answer, whatever is in it."""

import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Derived, Statement
from assistant.answer_rows import answer_of, answer_row
from assistant.assistant import Assistant
from tests.assistant.answers import ask

decimals = st.decimals(allow_nan=False)
derived = st.builds(
    Derived, st.text(), decimals, st.none() | st.text(), st.lists(st.integers(), max_size=3).map(tuple), st.text(),
    st.lists(decimals, max_size=3).map(tuple),
)  # fmt: skip
statements = st.builds(
    Statement, st.text(), st.lists(st.integers(), max_size=3).map(tuple), st.booleans(),
    st.lists(derived, max_size=2).map(tuple),
)  # fmt: skip
citations = st.builds(Citation, **{field.name: ... for field in fields(Citation)})
answers = st.builds(
    Answer, st.text(), st.text(), st.lists(statements, max_size=3).map(tuple),
    st.lists(citations, max_size=3).map(tuple), st.text(), st.text(), st.text(), st.floats(allow_nan=False),
)  # fmt: skip


@given(answers)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    back = answer_of(json.loads(json.dumps(answer_row(answer))))
    assert back == answer
    assert repr(back) == repr(answer)  # 1.0 and 1, a span and a tuple are equal and not the same


def test_answers_with_figures_of_their_own_come_back(assistant: Assistant) -> None:
    for question in ("How many projects are there?", "What is the total budget of the projects of each funder?"):
        answer = ask(assistant, question)
        back = answer_of(json.loads(json.dumps(answer_row(answer))))
        assert repr(back) == repr(answer)
        assert any(one.derived for one in answer.statements)


def test_half_a_character_that_somebody_has_typed_comes_back() -> None:
    answer = Answer("Owls\ud800\x00?", "refused", (Statement("No."),), (), "owls", "en")
    assert answer_of(json.loads(json.dumps(answer_row(answer)))) == answer
