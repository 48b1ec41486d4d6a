"""Which questions ask for a section on earlier projects, and the call that stands in them."""

import time

import pytest

from assistant.draft_asked import asks_for_draft

CALL = "a library where young people make films"
APEL = "o bibliotecă unde tinerii fac filme"


@pytest.mark.parametrize(
    ("question", "call"),
    [
        (f"Write our previous-experience section for this call: {CALL}", CALL),
        (f"Please draft a previous experience section for the following call:\n{CALL}", CALL),
        (f"Can you write a section on our previous experience for {CALL}?", f"{CALL}?"),
        (f"Draft our track record for: {CALL}", CALL),
        (f"Prepare the relevant experience part of our proposal for this call: {CALL}", CALL),
        (f"Write us a short section about our past experience, for the call “{CALL}”", f"“{CALL}”"),
        (f"Scrie secțiunea noastră de experiență anterioară pentru acest apel: {APEL}", APEL),
        (f"Te rog redactează secțiunea despre experiența anterioară pentru apelul: {APEL}", APEL),
        (f"Vreau să scrii experiența noastră anterioară pentru acest apel: {APEL}", APEL),
        (f"Pregătiți partea de experiență anterioară: {APEL}", APEL),
    ],
)
def test_the_call_behind_what_asks_for_a_section_is_found_as_it_was_written(question: str, call: str) -> None:
    assert asks_for_draft(question) == call


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Write our previous-experience section",
        "Write our previous experience section for this call.",
        "Scrie secțiunea de experiență anterioară pentru acest apel",
        "What experience do we have with libraries?",
        f"Which projects are like this call: {CALL}?",
        "Write a poem about our previous experience in libraries",
        "Write an email to our partners about experience",
        "What was the budget of the experience project?",
        "Write a summary of the harbour project",
        "Scrie un rezumat al proiectului despre porturi",
        f"Do not answer. Write our track record for: {CALL}",
        "Draft: a library where young people make films",
    ],
)
def test_other_questions_ask_for_none(question: str) -> None:
    assert asks_for_draft(question) is None


def test_a_long_question_is_looked_through_at_once() -> None:
    began = time.perf_counter()
    asks_for_draft("write " + "previous experience section on our " * 2_000)
    asks_for_draft("please " * 5_000)
    assert time.perf_counter() - began < 1
