"""Questions in other words by a model: what of its reply is a wording, and that nothing it does is an error."""

import time

import pytest

from assistant.model_client import open_model
from assistant.model_settings import ModelSettings
from eval.rewording import Rewording, wordings
from tests.scripted_model import Character, Reply, ScriptedModel, in_turn, prompt_of, refuses, says

QUESTION = "What was the budget of Silver Stories in 2014?"


def test_wordings_come_a_line_each_without_the_marks_of_a_list() -> None:
    reply = (
        "Here are five ways to put it:\n\n1. How much money did Silver Stories have in 2014?\n"
        '- "Silver Stories budget 2014"\n* **In 2014, what did Silver Stories have to spend?**\n'
    )
    assert wordings(reply, QUESTION) == (
        "How much money did Silver Stories have in 2014?",
        "Silver Stories budget 2014",
        "In 2014, what did Silver Stories have to spend?",
    )


@pytest.mark.parametrize(
    "line",
    [
        "",
        "...",
        "Budget?",
        "what was the BUDGET of silver stories in 2014",
        "What was the budget of Silver Stories in 2015?",
        "What was the budget of Silver Stories?",
        "What was the budget of Golden Stories in 2014?",
        "Sure, here is Silver Stories in 2014.",
        "Silver Stories 2014:",
        "What was, " + "and what else was, " * 20 + "the budget of Silver Stories in 2014?",
    ],
)
def test_a_line_that_is_another_question_or_none_is_dropped(line: str) -> None:
    assert wordings(f"{line}\nSilver Stories budget in 2014?", QUESTION) == ("Silver Stories budget in 2014?",)


def test_one_word_asks_nothing() -> None:
    assert wordings("Budgets?\nWhich budgets are there?", "What are the budgets?") == ("Which budgets are there?",)


def test_wordings_are_few_and_differ() -> None:
    reply = "\n".join(f"Silver Stories budget in 2014 {word}?" for word in "a b c d e f g a b".split())
    assert len(wordings(reply + "\n" + reply, QUESTION)) == 5


def test_a_model_is_asked_in_the_question_s_language_and_once() -> None:
    with ScriptedModel(says("<think>hm</think>Ce buget a avut Lumina?\nBugetul Lumina?")) as model:
        assert Rewording(model.settings())("Care a fost bugetul Lumina?", "ro") == (
            "Ce buget a avut Lumina?",
            "Bugetul Lumina?",
        )
        (request,) = model.requests
    assert "in Romanian" in prompt_of(request)
    assert "Question: Care a fost bugetul Lumina?" in prompt_of(request)
    assert (request["temperature"], request["max_tokens"]) == (0.0, 1024)


def test_a_server_that_knows_no_seed_is_asked_without() -> None:
    refusal = Reply(status=400, raw=b'{"error": {"message": "Unknown name: seed"}}')
    with ScriptedModel(in_turn(refusal, Reply("Silver Stories budget in 2014?"))) as model:
        assert Rewording(model.settings())(QUESTION, "en") == ("Silver Stories budget in 2014?",)
    assert ["seed" in request for request in model.requests] == [True, False]


@pytest.fixture(scope="module")
def loaded() -> None:
    """Load the client, once: that is not what is measured."""
    open_model(ModelSettings("http://127.0.0.1:9/v1", "none"))


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "character",
    [
        says(None),
        says("I would rather not."),
        in_turn(refuses(401)),
        in_turn(refuses(500, retry_after="0.01")),
        in_turn(Reply(waits_s=60)),
        in_turn(Reply(trickles=True)),
    ],
)
def test_a_model_that_gives_none_is_no_error_and_costs_no_more_than_one_request_may(character: Character) -> None:
    with ScriptedModel(character) as model:
        began = time.monotonic()
        assert Rewording(model.settings(timeout_s=0.5))(QUESTION, "en") == ()
    assert time.monotonic() - began < 3


def test_a_model_that_fails_three_times_in_a_row_is_given_up() -> None:
    fails, tells = refuses(401), Reply("Silver Stories budget in 2014?")
    with ScriptedModel(in_turn(fails, fails, tells, fails)) as model:
        rewording = Rewording(model.settings())
        found = [len(rewording(QUESTION, "en")) for _ in range(9)]
    assert found == [0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert (rewording.failures, rewording.is_given_up, len(model.requests)) == (5, True, 6)
