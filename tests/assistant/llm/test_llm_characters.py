"""Each character of a language model, asked through real sockets: what is shown meanwhile and in the end, and how soon.

What may be shown is worked out here by other means than the program's own check: every figure, currency and name of a
sentence has to stand in the words it cites, or in the line that the program had made of them without the model.
"""

import re
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answer import ANSWERED, EXTRACTIVE, LLM, Answer, Statement, numbered
from assistant.assistant import Assistant
from assistant.llm.fluent import Fluent
from assistant.llm.model import Model
from corpus.words import fold
from index.settings import Settings
from index.store import Store
from tests.scripted_characters import (
    CHARACTERS,
    PLANTED_KEY,
    WRONG_MONEY,
    WRONG_NAME,
    WRONG_YEAR,
    fails_to_write,
)
from tests.scripted_events import Flow
from tests.scripted_model import Reply, ScriptedModel

TIMEOUT_S = 1.5
SLACK_S = 3.0
"""What the rest of a question may take on two busy cores, the embedding model being loaded."""
BUSY_S = 0.5
"""What may be added to that where two cores have more to do than this."""
BUDGET, ROMANIAN = "What was the budget of Silver Stories?", "Ce buget a avut Silver Stories?"
PERIOD, FUNDER = "When did Silver Stories take place?", "Who funded Silver Stories?"
TEXT = "What is Silver Stories?"
SLANG = "so what did Silver Stories set you back?"
"""Not all of it is understood without a model."""
LIARS = (
    "changes a digit", "swaps the currency", "shifts dates", "changes names", "cites another source", "cites none",
    "cites what is not there", "knows it all", "obeys a document", "writes markup", "tells its prompt", "says the key",
)  # fmt: skip
NEVER: tuple[str, ...] = (
    WRONG_NAME,
    WRONG_YEAR,
    WRONG_MONEY,
    PLANTED_KEY,
    "CHF",
    "onerror",
    "<script",
    "javascript:",
    "leak.example",
)
NEVER += ("<sources>", "</question>", "S97", "As everybody knows")
NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
CAPITALISED = re.compile(r"(?<=[^\W_] )[“„\"(]?([^\W\d_]*[A-ZĂÂÎȘȚ][^\W\d_]+)")
CURRENCY = re.compile(r"\b[A-Z]{3}\b|[€$£]|\b(?:euro|lei|dollars?)\b")


@dataclass(frozen=True)
class Seen:
    """All that came of a question, step by step."""

    steps: list[Answer]
    seconds: float
    requests: int

    @property
    def last(self) -> Answer:
        """What stays."""
        return self.steps[-1]


@pytest.fixture(scope="module")
def assistant(sample_store: Path) -> Iterator[Assistant]:
    """Open the sample, with its embedding model loaded."""
    with closing(Store(Settings(sample_store))) as store:
        store.embed_question("warm")
        yield Assistant(store)


def seen(assistant: Assistant, character: str, question: str, timeout_s: float = TIMEOUT_S) -> Seen:
    """Ask a model of that character."""
    with ScriptedModel(CHARACTERS[character]()) as model:
        fluent = Fluent(assistant, Model(model.settings(PLANTED_KEY, timeout_s)))
        began = time.monotonic()
        steps = [told.answer for told in fluent.stream(question)]
        return Seen(steps, time.monotonic() - began, len(model.requests))


def lines_of(statement: Statement, answer: Answer, plain: Answer) -> str:
    """The words that a statement may rest on, folded."""
    cited = [numbered(answer.citations)[n] for n in statement.cites]
    places = {(one.document_id, one.span) for one in cited}
    own = numbered(plain.citations)
    made = [
        one.text for one in plain.statements if {(own[n].document_id, own[n].span) for n in one.cites} & places
    ]  # fmt: skip
    return fold(" ".join([one.quote for one in cited] + [one.project or one.document for one in cited] + made))


def unsupported(answer: Answer, plain: Answer) -> list[str]:
    """What stands in the statements of an answer and in nothing that they rest on."""
    found = []
    for statement in answer.statements:
        if statement.is_remark:
            continue
        may = lines_of(statement, answer, plain)
        for pattern in (NUMBER, CAPITALISED, CURRENCY):
            said = [one if isinstance(one, str) else one[0] for one in pattern.findall(statement.text)]
            found += [f"{one}: {statement.text}" for one in said if fold(one) not in may]
    return found


def assert_nothing_false(told: Seen, plain: Answer) -> None:
    for answer in told.steps:
        assert unsupported(answer, plain) == []
        shown = f"{answer.text}\n{answer.notice}\n{answer.plan}"
        assert [one for one in NEVER if one in shown] == []


LEFT_OUT, FAILED, BROKE_OFF = "left out", "gave no answer", "broke off"
EXPECTED = {
    "honest": (BUDGET, LLM, ""),
    "changes a digit": (BUDGET, EXTRACTIVE, LEFT_OUT),
    "swaps the currency": (BUDGET, EXTRACTIVE, LEFT_OUT),
    "shifts dates": (PERIOD, EXTRACTIVE, LEFT_OUT),
    "changes names": (FUNDER, EXTRACTIVE, LEFT_OUT),
    "cites another source": (TEXT, EXTRACTIVE, LEFT_OUT),
    "cites none": (FUNDER, EXTRACTIVE, LEFT_OUT),
    "cites what is not there": (TEXT, EXTRACTIVE, LEFT_OUT),
    "obeys a document": (BUDGET, LLM, LEFT_OUT),
    "knows it all": (BUDGET, EXTRACTIVE, LEFT_OUT),
    "rambles": (PERIOD, EXTRACTIVE, LEFT_OUT),
    "rambles for ever": (FUNDER, EXTRACTIVE, LEFT_OUT),
    "breaks the plan": (SLANG, LLM, ""),  # the writing goes by the grammar's
    "plans nonsense": (SLANG, LLM, ""),
    "plans in prose": (SLANG, LLM, ""),
    "speaks a character at a time": (ROMANIAN, LLM, ""),
    "speaks half characters": (TEXT, LLM, ""),
    "stalls": (BUDGET, EXTRACTIVE, FAILED),
    "stalls behind a sentence": (FUNDER, LLM, BROKE_OFF),
    "says nothing": (BUDGET, EXTRACTIVE, FAILED),
    "drops the line": (BUDGET, EXTRACTIVE, FAILED),
    "sends broken events": (BUDGET, EXTRACTIVE, FAILED),
    "says nothing of note": (BUDGET, EXTRACTIVE, FAILED),
    "refuses the key": (BUDGET, EXTRACTIVE, FAILED),
    "has had enough": (BUDGET, EXTRACTIVE, FAILED),
    "breaks down": (BUDGET, EXTRACTIVE, FAILED),
    "is away": (BUDGET, EXTRACTIVE, FAILED),
    "closes at once": (BUDGET, EXTRACTIVE, FAILED),
    "takes no schema": (SLANG, LLM, ""),
    "mends itself": (BUDGET, LLM, ""),
    "writes markup": (BUDGET, LLM, LEFT_OUT),
    "tells its prompt": (BUDGET, EXTRACTIVE, ""),
    "says the key": (BUDGET, LLM, LEFT_OUT),
}


def test_every_character_is_asked() -> None:
    assert EXPECTED.keys() == CHARACTERS.keys()


@pytest.mark.parametrize(("character", "question", "mode", "notice"), [(one, *rest) for one, rest in EXPECTED.items()])
def test_who_asks_gets_an_answer_in_time_nothing_false_and_is_told_what_the_model_did(
    assistant: Assistant, character: str, question: str, mode: str, notice: str
) -> None:
    plain = assistant.ask(question)
    told = seen(assistant, character, question)
    assert_nothing_false(told, plain)
    assert told.last.mode == mode
    assert (notice in told.last.notice) if notice else told.last.notice == ""
    if mode == EXTRACTIVE:
        assert told.last.statements == plain.statements
    assert told.seconds < TIMEOUT_S + SLACK_S


@pytest.mark.parametrize("question", [ROMANIAN, TEXT])
@pytest.mark.parametrize("character", LIARS)
def test_nothing_false_is_shown_at_any_time_in_either_language(
    assistant: Assistant, character: str, question: str
) -> None:
    plain = assistant.ask(question)
    told = seen(assistant, character, question)
    assert_nothing_false(told, plain)
    assert told.last.status == plain.status
    assert told.last.language == plain.language == ("ro" if question == ROMANIAN else "en")


def test_an_answer_in_romanian_over_english_words_is_romanian_and_rests_on_them(assistant: Assistant) -> None:
    told = seen(assistant, "honest", ROMANIAN).last
    assert told.text == "Bugetul proiectului Silver Stories a fost de 279.014 EUR. [1]"
    assert "Budget: 279.014 EUR" in told.citations[0].quote


SENTENCE = "Silver Stories was funded by EC, Leonardo da Vinci [S1]."


def test_a_sentence_is_shown_as_soon_as_the_model_has_finished_it(assistant: Assistant) -> None:
    """Within 300 ms: the model would go on for a minute."""
    pause_s = 0.1
    slow = fails_to_write(Reply(f"{SENTENCE} {'And then more came. ' * 150}", flow=Flow(pause_s=pause_s)))
    with ScriptedModel(slow) as model:
        stream = Fluent(assistant, Model(model.settings(timeout_s=60))).stream(FUNDER)
        first = next(stream).answer
        seconds = time.monotonic() - model.arrived[0]
        stream.close()  # type: ignore[attr-defined]  # a generator, as whoever shows it closes it
    assert first.text == "Silver Stories was funded by EC, Leonardo da Vinci. [1]"
    pieces = len(SENTENCE.split()) + 1  # what comes next tells that it is finished
    assert seconds - pieces * pause_s < 0.3 + BUSY_S


@pytest.mark.parametrize(("character", "level"), [("honest", "DEBUG"), ("says the key", "INFO")])
def test_a_planted_key_is_sent_to_the_model_and_nowhere_else(
    assistant: Assistant, caplog: pytest.LogCaptureFixture, character: str, level: str
) -> None:
    caplog.set_level(level)
    with ScriptedModel(CHARACTERS[character]()) as model:
        told = [one.answer for one in Fluent(assistant, Model(model.settings(PLANTED_KEY))).stream(BUDGET)]
    assert {one["Authorization"] for one in model.headers if "Authorization" in one} == {f"Bearer {PLANTED_KEY}"}
    assert PLANTED_KEY not in f"{told}{caplog.text}{model.requests[0]}"


def test_who_asks_for_a_section_in_a_conversation_gets_a_draft_under_its_projects(assistant: Assistant) -> None:
    question = "Write our previous-experience section for this call: digital stories of older people in libraries"
    told = seen(assistant, "honest", question)
    answer = told.last
    assert (answer.status, answer.mode) == (ANSWERED, LLM)
    titles = [one.text.rstrip(":") for one in answer.statements if one.is_remark]
    assert titles[0] in assistant.records.all_titles
    cited = list(dict.fromkeys(n for one in answer.statements for n in one.cites))
    assert cited == list(range(1, len(answer.citations) + 1))
    assert assistant.faults(answer, ()) == []
