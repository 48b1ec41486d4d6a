"""What of a model's answer may be shown, against a server that says what a model could say, over real sockets."""

import json
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from assistant.answer import Statement
from assistant.assistant import Assistant
from assistant.errors import LanguageModelError
from assistant.figures import figures_of
from assistant.llm.message import Deadline, Prompt
from assistant.llm.sentences import Numbered
from assistant.llm.source import Ground
from assistant.llm.writing import (
    EMPTY,
    MOST_RETRIES,
    MOST_STATEMENTS,
    MOST_WRONG,
    Written,
    judged,
    reply_tokens,
    room_for_sources,
    write,
)
from tests.assistant.llm.standing_in import StandIn, checked_alone, ground_for
from tests.scripted_model import Character, Reply, Request, ScriptedModel, in_turn, refuses, says

BUDGET = "What was the budget of Lantern Walk?"
RIGHT = "Lantern Walk had a budget of 120,000 EUR [S1]."
PERIOD = "It ran from March 2014 to June 2016 [S2]."


@pytest.fixture(scope="module")
def ground(reedmoor: Assistant) -> Ground:
    """Give what a model may write from about one project's budget."""
    return ground_for(reedmoor, BUDGET)


def written_by(character: Character, ground: Ground, within_s: float = 20) -> list[Written]:
    with ScriptedModel(character) as server:
        model = StandIn(server.settings(timeout_s=5))
        return list(write(model, ground, Deadline.within(within_s), faults=checked_alone))


def texts(written: Written) -> list[str]:
    return [one.text for one in written.statements]


def holds(written: list[Written], ground: Ground) -> bool:
    """Whether all that was ever to be shown is right, and only the last one is finished."""
    assert [one.is_finished for one in written] == [False] * (len(written) - 1) + [True]
    return all(not checked_alone(one, ground) for step in written for one in step.statements)


def pieces(*texts: str) -> Reply:
    """A stream of just these pieces."""
    events = []
    for text in (*texts, None):
        choice = {"index": 0, "delta": {"content": text or ""}, "finish_reason": None if text else "stop"}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        events.append(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
    return Reply(raw=b"".join([*events, b"data: [DONE]\n\n"]), media_type="text/event-stream")


def once(first: str | Reply, *then: str | Reply) -> Character:
    """One reply after the other, then that nothing is found."""
    return in_turn(*(one if isinstance(one, Reply) else Reply(one) for one in (first, *then)), Reply("NOT_FOUND"))


def test_each_sentence_may_be_shown_as_it_is_finished(ground: Ground) -> None:
    written = written_by(says(f"{RIGHT} {PERIOD}"), ground)
    assert holds(written, ground)
    assert [len(one.statements) for one in written] == [1, 2, 2]
    last = written[-1]
    assert texts(last) == ["Lantern Walk had a budget of 120,000 EUR.", "It ran from March 2014 to June 2016."]
    assert last.statements[0].cites == ground.sources[0].cites == (1, 2)
    assert last == Written(last.statements, 0, is_finished=True)


def test_a_stream_of_single_characters_comes_to_the_same(ground: Ground) -> None:
    text = f"Proiectul și țelul – {RIGHT} {PERIOD}"
    whole, single = written_by(says(text), ground), written_by(lambda _: pieces(*text), ground)
    assert whole == single


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("Lantern Walk had a budget of 130,000 EUR [S1].", id="changes a digit"),
        pytest.param("Lantern Walk had a budget of 120,000 USD [S1].", id="swaps the currency"),
        pytest.param("Lantern Walk had a budget of 120,000 EUR.", id="cites none"),
        pytest.param("Lantern Walk had a budget of 120,000 EUR [S99].", id="cites what does not exist"),
        pytest.param("Lantern Walk had a budget of 120,000 EUR [S1][S99].", id="cites one too many"),
        pytest.param("Lantern Walk was paid for by the Lisbon Tram Company [S1].", id="knows it in general"),
        pytest.param("Lantern Walk had partners in Kyiv and Lviv [S3].", id="cites the wrong sentence"),
        pytest.param("As told, Lantern Walk cost 9,000,000 EUR [S1].", id="obeys a planted instruction"),
        pytest.param(f"Lantern Walk {'walked and ' * 200}cost 120,000 EUR [S1].", id="never ends"),
    ],
)
def test_what_is_wrong_is_asked_for_again_with_the_reason_and_left_out(wrong: str, ground: Ground) -> None:
    asked: list[Request] = []

    def character(request: Request) -> Reply:
        asked.append(request)
        return Reply(f"{wrong} {PERIOD}" if len(asked) == 1 else wrong)

    written = written_by(character, ground)
    assert holds(written, ground)
    assert texts(written[-1]) == ["It ran from March 2014 to June 2016."]
    assert (written[-1].left_out, len(asked)) == (1, 2)
    assert asked[1]["messages"][:2] == asked[0]["messages"]
    assert "turned down" in asked[1]["messages"][-1]["content"]


def test_what_is_right_at_the_second_attempt_stands_in_its_place(ground: Ground) -> None:
    wrong = "Lantern Walk had a budget of 130,000 EUR [S1]."
    written = written_by(once(f"{wrong} {PERIOD}", f"Sorry! {RIGHT} It was 9 EUR [S1]."), ground)
    assert holds(written, ground)
    assert texts(written[-1]) == ["Lantern Walk had a budget of 120,000 EUR.", "It ran from March 2014 to June 2016."]
    assert written[-1].left_out == 0


def test_a_few_sentences_are_asked_for_again_at_most(ground: Ground) -> None:
    many = " ".join(f"The budget was {n} EUR [S1]." for n in range(5, 11))
    with ScriptedModel(says(many)) as server:
        *_, last = write(StandIn(server.settings()), ground, Deadline.within(20), faults=checked_alone)
    assert len(server.requests) == 1 + MOST_RETRIES
    assert last == Written((), 6, is_finished=True)


def test_nothing_is_asked_for_again_once_the_time_is_over(ground: Ground) -> None:
    with ScriptedModel(says("The budget was 5 EUR [S1].")) as server:
        *_, last = write(StandIn(server.settings()), ground, Deadline.within(0.5), faults=checked_alone)
    assert (len(server.requests), last.left_out) == (1, 1)


def test_the_same_sentence_is_said_once(ground: Ground) -> None:
    written = written_by(says(f"{RIGHT} {RIGHT} Lantern Walk had a budget of 120,000 EUR. [S1, S2]"), ground)
    assert len(written[-1].statements) == 1
    assert written[-1].left_out == 0
    again = written_by(once(f"{RIGHT} The budget was 5 EUR [S1].", RIGHT), ground)
    assert (len(again[-1].statements), again[-1].left_out) == (1, 0)


def test_greetings_are_neither_shown_nor_missed(ground: Ground) -> None:
    written = written_by(says(f"Sure! Here is the answer:\n\n- {RIGHT}\n\nI hope this helps!"), ground)
    assert texts(written[-1]) == ["Lantern Walk had a budget of 120,000 EUR."]
    assert written[-1].left_out == 0


@pytest.mark.parametrize("text", ["NOT_FOUND", "not_found.", "It is NOT\\_FOUND", f"NOT_FOUND. {RIGHT}", "Not found."])
def test_a_model_may_say_that_the_sources_do_not_answer(text: str, ground: Ground) -> None:
    assert written_by(says(text), ground) == [Written((), is_finished=True, says_nothing=True)]


def test_what_was_said_stays_said_when_more_is_not_found(ground: Ground) -> None:
    last = written_by(says(f"{RIGHT} The year: NOT_FOUND."), ground)[-1]
    assert (texts(last), last.says_nothing, last.left_out) == (["Lantern Walk had a budget of 120,000 EUR."], False, 0)


def test_a_connection_that_breaks_leaves_what_was_checked(ground: Ground) -> None:
    reply = pieces(f"{RIGHT} ", "It ran from March 20")
    *whole, _, _, _ = (reply.raw or b"").split(b"\n\n")
    cut = Reply(raw=b"\n\n".join([*whole, b"data: {broken", b""]), media_type=reply.media_type)
    written = written_by(lambda _: cut, ground)
    assert holds(written, ground)
    assert texts(written[-1]) == ["Lantern Walk had a budget of 120,000 EUR."]
    assert written[-1].trouble == "its reply is not a chat completion"


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (Reply(f"{RIGHT} {PERIOD}", drops=True), "the connection broke"),
        (refuses(401), "the key was refused (HTTP 401)"),
        (Reply(closes=True), "the connection broke"),
        (Reply(""), EMPTY),
        (Reply("<think>It is 120,000 EUR [S1]."), EMPTY),
    ],
)
def test_trouble_is_told_and_never_raised(reply: Reply, trouble: str, ground: Ground) -> None:
    written = written_by(lambda _: reply, ground)
    assert holds(written, ground)
    assert written[-1].trouble == trouble


def test_a_model_that_rambles_is_stopped(ground: Ground) -> None:
    facts = [f"Lantern Walk {verb} {'really ' * n}120,000 EUR [S1]." for n in range(12) for verb in ("had", "cost")]
    with ScriptedModel(says(" ".join(facts * 50))) as server:
        model = StandIn(server.settings())
        *_, last = write(model, ground, Deadline.within(20), faults=checked_alone)
    assert len(last.statements) == MOST_STATEMENTS
    assert model.was_closed


def test_gibberish_is_stopped_and_not_asked_for_again(ground: Ground) -> None:
    with ScriptedModel(
        says("qua 5 [S1] zorg 7 lum [S9]. " + " ".join(f"Blip {n} blop." for n in range(999)))
    ) as server:
        model = StandIn(server.settings())
        written = list(write(model, ground, Deadline.within(20), faults=checked_alone))
    assert written == [Written((), MOST_WRONG, is_finished=True)]
    assert model.was_closed
    assert len(server.requests) == 1


def test_who_has_seen_enough_ends_the_stream(ground: Ground) -> None:
    with ScriptedModel(says(f"{RIGHT} {PERIOD} " * 99)) as server:
        model = StandIn(server.settings())
        shown = iter(write(model, ground, Deadline.within(20), faults=checked_alone))
        next(shown)
        shown.close()  # type: ignore[attr-defined]
    assert model.was_closed


def test_thoughts_that_nothing_announced_are_taken_back(ground: Ground) -> None:
    last = written_by(says(f"{RIGHT} Or not.</think>{PERIOD}"), ground)[-1]
    assert texts(last) == ["It ran from March 2014 to June 2016."]


class Spoken:
    """A model whose pieces come with pauses, for what only time shows."""

    context_tokens = 4096

    def __init__(self, *steps: str | Callable[[], None]) -> None:
        self.steps = steps

    def stream(self, prompt: Prompt, deadline: Deadline, *, reply_tokens: int) -> Iterator[str]:  # noqa: ARG002
        """Each step in turn."""
        for step in self.steps:
            if callable(step):
                step()
            else:
                yield step


def test_a_right_sentence_is_there_before_the_next_one_is_begun(ground: Ground) -> None:
    ended: list[float] = []
    model = Spoken(*RIGHT, lambda: ended.append(time.perf_counter()), *PERIOD)
    first = next(write(model, ground, Deadline.within(9), faults=checked_alone))  # type: ignore[arg-type]
    assert (texts(first), ended) == (["Lantern Walk had a budget of 120,000 EUR."], [])


def test_an_error_behind_a_finished_sentence_keeps_it(ground: Ground) -> None:
    def fail() -> None:
        raise LanguageModelError("no reply within 5 s")

    model = Spoken("Lantern Walk had a budget of 120,000 EUR. [S1]", fail)
    *_, last = write(model, ground, Deadline.within(9), faults=checked_alone)  # type: ignore[arg-type]
    assert (texts(last), last.trouble) == (["Lantern Walk had a budget of 120,000 EUR."], "no reply within 5 s")


def test_figures_that_the_program_computed_may_be_written_and_no_others(reedmoor: Assistant) -> None:
    ground = ground_for(reedmoor, "How much did all projects cost together?")
    n = next(one.n for one in ground.sources if one.text.startswith("Together: 185,000 EUR"))
    right = f"Together they cost 185,000 EUR [S{n}]. Of 16 projects, 3 gave a figure [S{n}]."
    wrong = f"Together they cost 186,000 EUR [S{n}]. Of 16 projects, 4 gave a figure in EUR [S{n}]."
    last = written_by(once(f"{right} {wrong}"), ground)[-1]
    assert len(last.statements) == 2
    assert last.left_out == 2
    assert [one.value for one in last.statements[0].derived] == [Decimal(185000)]
    assert {value for one in figures_of(last.statements[1].text).numbers for value in one.values} == {16, 3}


def test_a_question_is_answered_in_its_language_over_documents_in_another(reedmoor: Assistant) -> None:
    ground = ground_for(reedmoor, "Cât a costat Lantern Walk?")
    last = written_by(says("Lantern Walk a avut un buget de 120.000 EUR [S1]."), ground)[-1]
    assert texts(last) == ["Lantern Walk a avut un buget de 120.000 EUR."]
    assert {ground.citations[n].quote for n in last.statements[0].cites} == {"Budget: 120,000 EUR"}


def test_a_sentence_cites_all_that_its_sources_do_in_order(ground: Ground) -> None:
    statement, faults = judged(Numbered("It is.", (2, 1)), ground, lambda *_: [])
    assert statement == Statement("It is.", (*ground.sources[1].cites, *ground.sources[0].cites))
    assert faults == []


def test_sources_have_the_room_that_rules_and_reply_leave() -> None:
    with ScriptedModel(says("")) as server:
        small, large = (StandIn(server.settings(context_tokens=tokens)) for tokens in (4096, 32768))
    assert 2000 < room_for_sources(small, BUDGET, "en") < 4096 - reply_tokens(small)
    assert room_for_sources(large, BUDGET, "en") > 28000
    assert room_for_sources(StandIn(server.settings(context_tokens=300)), BUDGET, "en") == 0
