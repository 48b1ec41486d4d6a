"""Laws of every answer: it passes the check, is asked twice alike, and its status tells what it holds."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import ANSWERED, CLARIFY, REFUSED, to_json
from assistant.assistant import Assistant
from corpus.errors import MisuseError
from tests.assistant.answers import ask

OPENINGS = """which projects; how many projects; what is the total budget of projects; ce proiecte; câte proiecte; and;
which project has the largest budget; who funded; when did; compare; what is the average cost of projects; only those;
list all partners; what was the status of; which project lasted the longest; care proiect""".replace("\n", " ").split(
    "; "
)
RESTS = """funded by the Nordhaven Fund; in Georgia; in Albania or Tunisia; from Ukraine; after 2012; in 2014; closed;
run; not closed; in the energy sector; Energy; Salt Road; Lantern Walk; Harbour Voices; Casa Albinelor; about lamps;
in GBP; finanțate de Banca Dunării; din Ucraina; despre stupi; more than 20,000 EUR; besides Salt Road; RM-2043;
by closing date; without partners; Zephyr; ESC; ?; and; or; sau; nu""".replace("\n", " ").split("; ")
QUESTIONS = st.tuples(st.sampled_from(OPENINGS), st.lists(st.sampled_from(RESTS), max_size=3)).map(
    lambda told: " ".join([told[0], *told[1]])
)


@given(QUESTIONS, st.lists(QUESTIONS, max_size=2))
def test_whatever_is_asked_after_whatever_every_statement_passes_the_check(
    reedmoor: Assistant, question: str, history: list[str]
) -> None:
    found = ask(reedmoor, question, *history)
    assert found.status in (ANSWERED, REFUSED, CLARIFY)
    assert found.citations == () or found.status == ANSWERED
    assert "could not be confirmed" not in found.text


@given(QUESTIONS, st.lists(QUESTIONS, max_size=1))
def test_the_same_question_gets_the_same_answer(reedmoor: Assistant, question: str, history: list[str]) -> None:
    first, second = (replace(reedmoor.ask(question, history), elapsed_ms=0) for _ in range(2))
    assert to_json(first) == to_json(second)


@given(QUESTIONS)
def test_a_blank_question_in_between_changes_nothing(reedmoor: Assistant, question: str) -> None:
    told = [to_json(reedmoor.ask("And who funded it?", history)) for history in ([question], ["", question, "  "])]
    for one in told:
        one.pop("elapsed_ms")
    assert told[0] == told[1]


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=2))
def test_whatever_is_typed_is_answered_or_is_misuse(reedmoor: Assistant, question: str, history: list[str]) -> None:
    try:
        found = reedmoor.ask(question, history)
    except MisuseError:
        assert not any(character.isalnum() for character in question)
        return
    assert found.question == question
    assert found.text
