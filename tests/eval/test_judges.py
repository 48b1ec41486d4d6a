"""Judges against a server whose replies are scripted: for every character a score, or NaN with the reason, in time."""

import time
from collections.abc import Mapping, Sequence
from math import isnan, nan

import pytest

from eval.judging import Judged, unjudged_line
from eval.result import Quoted
from tests.eval.lamp_hill import QUOTE, honest, judge, raw, replies, result, scores_of
from tests.scripted_model import Character, Reply, Request, in_turn, prompt_of, refuses, says

NOT_A_COMPLETION = "its reply is not a chat completion"
CHARACTERS: dict[str, tuple[Character, tuple[float, float], Sequence[str]]] = {
    "honest": (honest, (1.0, (4.5 - 1) / 4), []),
    "strict": (replies(Reply("NO"), Reply("1\nwrong")), (0.0, (1 - 1) / 4), []),
    "thinking": (replies(Reply("<think>NO?</think>YES"), Reply("<think>2?</think>\n3")), (1.0, (3 - 1) / 4), []),
    "rambling": (
        says("Well, yesterday it might have been right, say 4."),
        (nan, nan),
        ["the reply is neither YES nor NO", "the reply does not begin with a score from 1 to 5"],
    ),
    "generous": (
        replies(Reply("YES"), Reply("11\nperfect")),
        (1.0, nan),
        ["the reply does not begin with a score from 1 to 5"],
    ),
    "silent": (
        says(""),
        (nan, nan),
        ["the reply is neither YES nor NO", "the reply does not begin with a score from 1 to 5"],
    ),
    "wordless": (
        says(None),
        (nan, nan),
        ["the reply is neither YES nor NO", "the reply does not begin with a score from 1 to 5"],
    ),
    "broken": (lambda _: raw('{"choices": [{"mess'), (nan, nan), [NOT_A_COMPLETION] * 2),
    "empty list": (lambda _: raw('{"choices": []}'), (nan, nan), [NOT_A_COMPLETION] * 2),
    "odd content": (
        lambda _: raw('{"choices": [{"message": {"role": "assistant", "content": 5}}]}'),
        (nan, nan),
        [NOT_A_COMPLETION] * 2,
    ),
    "web page": (lambda _: raw("<html>Welcome</html>", "text/html"), (nan, nan), [NOT_A_COMPLETION] * 2),
    "mislabelled": (
        lambda _: raw('{"choices": [{"message": {"role": "assistant", "content": "YES"}}]}', "text/plain"),
        (nan, nan),
        [NOT_A_COMPLETION] * 2,
    ),
    "dropping": (lambda _: Reply("YES and more", drops=True), (nan, nan), ["the connection broke"] * 2),
    "hanging up": (lambda _: Reply(closes=True), (nan, nan), ["the connection broke"] * 2),
    "locked": (lambda _: refuses(401), (nan, nan), ["the key was refused (HTTP 401)"] * 2),
    "lost": (lambda _: refuses(404), (nan, nan), ["no such model or address (HTTP 404)"] * 2),
    "picky": (lambda _: refuses(400), (nan, nan), ["the request was refused (HTTP 400)"] * 2),
    "failing": (lambda _: refuses(500, retry_after="0.01"), (nan, nan), ["the server failed (HTTP 500)"] * 2),
    "for ever busy": (lambda _: refuses(429, retry_after="3600"), (nan, nan), ["too many requests (HTTP 429)"] * 2),
}
SLOW: dict[str, Character] = {
    "stalling": lambda _: Reply("YES", waits_s=60),
    "trickling": lambda _: Reply("YES", trickles=True),
}


def by_name(characters: Mapping[str, Character]) -> Character:
    """Take the character that is named in what is judged."""

    def reply(request: Request) -> Reply:
        prompt = prompt_of(request)
        return next(character(request) for name, character in characters.items() if f"<{name}>" in prompt)

    return reply


@pytest.fixture(scope="module")
def judged() -> Judged:
    """Judge one answer by each character, several at a time."""
    results = [result(name, f"It was 300 EUR, says the <{name}>. [1]") for name in CHARACTERS]
    characters = {name: character for name, (character, _, _) in CHARACTERS.items()}
    return judge(by_name(characters), *results)[0]


@pytest.mark.parametrize("name", CHARACTERS)
def test_a_score_or_nan_with_the_reason(name: str, judged: Judged) -> None:
    _, expected, reasons = CHARACTERS[name]
    (one,) = (one for one in judged.results if one.id == name)
    assert scores_of(one) == pytest.approx(expected, nan_ok=True)
    assert [why.reason for why in judged.unjudged if why.id == name] == reasons


def test_order_is_kept_and_other_scores_are_left_alone(judged: Judged) -> None:
    assert [one.id for one in judged.results] == list(CHARACTERS)
    assert {one.scores["correctness"] for one in judged.results} == {1.0}
    assert all(isnan(one.scores["wrong_answers"]) for one in judged.results)


def test_what_could_not_be_judged_is_counted_by_reason(judged: Judged) -> None:
    line = unjudged_line(judged)
    missing = sum(len(reasons) for _, _, reasons in CHARACTERS.values())
    assert line.startswith(f"the judge gave no score {missing} of {2 * len(CHARACTERS)} times: ")
    assert f"{NOT_A_COMPLETION} (10)" in line
    assert "the server failed (HTTP 500) (2)" in line
    assert unjudged_line(Judged([], [])) == ""


@pytest.mark.usefixtures("judged")  # what is loaded once is not what is measured
def test_a_model_that_never_ends_costs_four_times_what_one_request_may() -> None:
    results = [result(name, f"It was 300 EUR, says the <{name}>. [1]") for name in SLOW]
    began = time.monotonic()
    done, _ = judge(by_name(SLOW), *results, timeout_s=0.4)
    assert time.monotonic() - began < 4 * 0.4 + 3  # on a machine that does other things too
    assert all(isnan(score) for one in done.results for score in scores_of(one))
    assert {why.reason for why in done.unjudged} == {"no reply within 0.8 s"}


def test_a_busy_model_is_asked_again_when_it_says() -> None:
    busy, ready = refuses(429, retry_after="1"), Reply("YES")
    done, model = judge(in_turn(busy, ready, Reply("5\nright")), result("a"))
    assert scores_of(done.results[0]) == (1.0, (5 - 1) / 4)
    assert len(model.requests) == 3
    assert model.arrived[1] - model.arrived[0] >= 1


def test_a_model_is_not_asked_for_ever() -> None:
    done, model = judge(lambda _: refuses(503, retry_after="0.01"), result("a"))
    assert len(model.requests) == 2 * 3
    assert [why.metric for why in done.unjudged] == ["judge_faithfulness", "judge_correctness"]


def test_the_judge_sees_the_answer_without_markers_its_quotes_and_the_reference() -> None:
    quotes = tuple(Quoted(n, None, "lamp.md", None, 0, 1, text) for n, text in enumerate([QUOTE, QUOTE, "B {x}"], 1))
    asked = result(
        "a",
        "It was 300 EUR {query_str}. [1] [2]\nSo it is [sic]. [3]–[9]",
        history=("What is Lamp Hill?",),
        citations=quotes,
    )
    _, model = judge(honest, asked, references={"a": "300 EUR, no {more}"})
    support, score = map(prompt_of, model.requests)
    assert support.endswith(
        f"Information: It was 300 EUR {{query_str}}.\nSo it is [sic].\nContext: {QUOTE}\n\nB {{x}}\nAnswer: "
    )
    assert "What was the budget of Lamp Hill? (asked after: What is Lamp Hill?)" in score
    assert "300 EUR, no {more}" in score
    assert "It was 300 EUR {query_str}.\nSo it is [sic].\n" in score
    assert [(r["temperature"], r["seed"], r["model"]) for r in model.requests] == [(0.0, 0, "scripted")] * 2


def test_what_is_not_to_be_seen_whole_is_not_judged() -> None:
    room = 2 * (2048 - 1024)
    long = Quoted(1, None, "lamp.md", None, 0, room, "x" * room)
    done, model = judge(honest, result("a", citations=(long,)), result("b", citations=()), context_tokens=2048)
    assert [isnan(one.scores["judge_faithfulness"]) for one in done.results] == [True] * 2
    assert [one.scores["judge_correctness"] for one in done.results] == [0.875] * 2
    reasons = {why.id: why.reason for why in done.unjudged}
    assert reasons["a"].startswith("the answer and its quotes are longer than the model reads at once; ASSISTANT_LLM_")
    assert reasons["b"] == "the answer quotes nothing"
    assert len(model.requests) == 2


def test_without_a_reference_correctness_is_not_judged() -> None:
    done, _ = judge(honest, result("a"), references={})
    assert scores_of(done.results[0]) == pytest.approx((1.0, nan), nan_ok=True)
    assert [why.reason for why in done.unjudged] == ["there is no reference to compare with"]


def test_a_server_that_knows_no_seed_is_asked_without() -> None:
    def seedless(request: Request) -> Reply:
        body = b'{"error": {"message": "extra inputs are not permitted: seed"}}'
        return Reply(status=422, raw=body) if "seed" in request else honest(request)

    done, model = judge(seedless, *(result(str(n)) for n in range(6)))
    assert {scores_of(one) for one in done.results} == {(1.0, 0.875)}
    assert sum("seed" in request for request in model.requests) <= 4


def test_a_wrong_answer_is_told_from_a_right_one() -> None:
    done, _ = judge(honest, result("right"), result("wrong", "It was 500 EUR. [1]"))
    assert [scores_of(one) for one in done.results] == [(1.0, 0.875), (0.0, 0.0)]
