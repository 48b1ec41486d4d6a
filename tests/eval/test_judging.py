"""Judging a run: what is judged and what is not, a model that is gone or not there, and who hears of the key."""

import logging
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from math import isnan

import pytest

from assistant.answer import CLARIFY, REFUSED
from assistant.model_settings import ModelSettings
from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.judging import judge_all, judge_name, reference_of, require_model, unjudged_line
from eval.qa import Pair
from tests.eval.lamp_hill import PLANTED, honest, judge, result, scores_of
from tests.scripted_model import Reply, Request, ScriptedModel, prompt_of, refuses, says


def test_a_model_that_is_gone_is_given_up_on() -> None:
    results = [result(str(n)) for n in range(30)]
    done, model = judge(lambda _: refuses(404), *results)
    assert 2 * 10 <= len(model.requests) <= 2 * (10 + 3)  # three were under way when the tenth failed
    reasons = [why.reason for why in done.unjudged]
    assert len(reasons) == 2 * 30
    assert reasons[-1] == "not asked, since 10 answers in a row had no reply"


def test_a_model_that_answers_now_and_then_is_not_given_up_on() -> None:
    def moody(request: Request) -> Reply:
        return honest(request) if "<well>" in prompt_of(request) else refuses(404)

    results = [result(str(n), "It was 300 EUR. <well>" if n % 5 == 0 else "It was 300 EUR.") for n in range(40)]
    done, _ = judge(moody, *results)
    assert [why.reason for why in done.unjudged] == ["no such model or address (HTTP 404)"] * (2 * 32)


def test_nonsense_is_a_reply_and_nobody_gives_up_on_it() -> None:
    done, model = judge(says("hm"), *(result(str(n)) for n in range(15)))
    assert len(model.requests) == 2 * 15
    assert "not asked" not in unjudged_line(done)


def test_only_answers_to_answerable_questions_are_judged() -> None:
    results = [
        result("refused", status=REFUSED),
        result("asked back", status=CLARIFY),
        result("unanswerable", answerable=False),
        result("answered"),
    ]
    seen: list[str] = []
    with ScriptedModel(honest) as model:
        done = judge_all(results, {"answered": "300 EUR"}, model.settings(), lambda one: seen.append(one.id))
        assert len(model.requests) == 2
    assert [isnan(score) for one in done.results[:3] for score in scores_of(one)] == [True] * 6
    assert scores_of(done.results[3]) == (1.0, 0.875)
    assert done.unjudged == []
    assert sorted(seen) == ["answered", "asked back", "refused", "unanswerable"]


def test_the_reference_is_the_first_answer_and_the_first_way_of_saying_each_fact() -> None:
    pair = Pair("a", "?", "list", "en", True, ("300 EUR", "EUR 300"), (), every=(("May", "mai"), ("June",)))
    assert reference_of(pair) == "300 EUR; May; June"
    assert reference_of(replace(pair, answers=())) == "May; June"


def test_the_judge_is_named_by_model_and_host() -> None:
    assert judge_name(ModelSettings("https://models.example:8443/v1", "small-9b")) == "small-9b at models.example:8443"


def test_the_key_is_sent_and_stands_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    def echoing(_: Request) -> Reply:
        return Reply(status=401, raw=f'{{"error": {{"message": "wrong key: {PLANTED}"}}}}'.encode())

    with caplog.at_level(logging.DEBUG):
        done, model = judge(echoing, result("a"))
        told = model_environment(model) | {"ASSISTANT_LLM_KEY": PLANTED}
        with (
            ScriptedModel(echoing, models=echoing({})) as locked,
            pytest.raises(EvaluationError) as raised,
        ):
            require_model(told | {"ASSISTANT_LLM_URL": locked.url})
    assert {headers["Authorization"] for headers in model.headers + locked.headers} == {f"Bearer {PLANTED}"}
    said = [caplog.text, repr(done), unjudged_line(done), str(raised.value), repr(raised.value)]
    said += [str(record.__dict__) for record in caplog.records]
    assert len(caplog.records) > 5
    assert [text for text in said if PLANTED in text] == []


def test_no_address_is_met_but_the_model_s(addresses: list[object]) -> None:
    with ScriptedModel(honest) as model:
        judge_all([result("a")], {"a": "300 EUR"}, model.settings())
        assert len(addresses) == 2
        assert {str(address) for address in addresses} == {str(("127.0.0.1", int(model.url.split(":")[2][:-3])))}


def test_a_redirect_is_not_followed() -> None:
    with ScriptedModel(honest) as elsewhere:
        there = Reply(status=307, raw=b"", headers={"Location": f"{elsewhere.url}/chat/completions"})
        done, _ = judge(lambda _: there, result("a"))
        assert elsewhere.paths == []
    assert {why.reason for why in done.unjudged} == {"the address leads elsewhere (HTTP 307)"}


def test_asking_for_judges_without_a_model_names_what_to_set() -> None:
    with pytest.raises(
        MisuseError, match=r"^--judge needs a language model.*set ASSISTANT_LLM_URL and ASSISTANT_LLM_M"
    ):
        require_model({})


def test_a_model_that_answers_is_taken_whatever_it_lists() -> None:
    for models in (
        ["another"],
        refuses(404),
        refuses(500),
        Reply(raw=b"<html>", media_type="text/html"),
        Reply(trickles=True),
    ):
        with ScriptedModel(honest, models=models) as model:
            assert require_model(model_environment(model)) == require_model(model_environment(model))
            assert model.paths == ["/v1/models"] * 2


def test_a_model_that_cannot_be_reached_ends_it_before_the_first_question() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    told = {"ASSISTANT_LLM_URL": f"http://127.0.0.1:{port}/v1", "ASSISTANT_LLM_MODEL": "m"}
    with pytest.raises(
        EvaluationError, match=rf"^--judge: http://127.0.0.1:{port}/v1 cannot be reached; check that the m"
    ):
        require_model(told)


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    began = time.monotonic()
    with (
        ScriptedModel(honest, models=Reply(waits_s=60)) as model,
        pytest.raises(EvaluationError, match="cannot be reached"),
    ):
        require_model(model_environment(model) | {"ASSISTANT_LLM_TIMEOUT": "1"})
    assert time.monotonic() - began < 4


def test_a_server_that_wants_a_key_says_which_variable_to_set() -> None:
    with ScriptedModel(honest, models=refuses(401)) as model:
        with pytest.raises(EvaluationError, match=r"refuses the key \(HTTP 401\); set ASSISTANT_LLM_KEY; or leave out"):
            require_model(model_environment(model))
        with pytest.raises(EvaluationError, match=r"refuses the key \(HTTP 401\); check ASSISTANT_LLM_KEY"):
            require_model(model_environment(model) | {"ASSISTANT_LLM_KEY": PLANTED})


def model_environment(model: ScriptedModel) -> dict[str, str]:
    return {"ASSISTANT_LLM_URL": model.url, "ASSISTANT_LLM_MODEL": "scripted"}


@pytest.fixture
def addresses() -> Iterator[list[object]]:
    """Give the list of addresses that this process connects to from now on."""
    met: list[object] = []
    is_watching = True

    def watch(event: str, told: tuple[object, ...]) -> None:
        if event == "socket.connect" and is_watching:
            met.append(told[1])

    sys.addaudithook(watch)  # for the rest of the process: Python takes none back
    yield met
    is_watching = False
