"""Shares, intervals, floors and failures of a checker, counted by hand."""

import json
from dataclasses import replace

import pytest

from assistant.answer import Statement
from assistant.llm.source import Ground
from eval.claims.claim import Claim, Words
from eval.claims.telling import Told, failures, shares, shortfalls, table, tell, times, to_json

SOURCE = Words("Lantern", "Budget: 12,000 EUR\nFunder: Holt Fund", "en")
TRUE = Claim("t1", "en", "How much?", (SOURCE,), "It had 12,000 EUR.", (1,), is_true=True, kind="label")
CUT = replace(TRUE, id="t2", language="ro", sentence="Buget mare.", kind="form")
NUMBER = replace(TRUE, id="f1", sentence="It had 21,000 EUR.", is_true=False, kind="number", note="digits turned")
ROLE = replace(NUMBER, id="f2", sentence="Lantern funded Holt.", kind="role")
PASSED = replace(NUMBER, id="f3", sentence="It had 12,000 EUR at last.", kind="role")
CLAIMS = (TRUE, CUT, NUMBER, ROLE, PASSED)


def _by_word(statement: Statement, ground: Ground) -> list[str]:
    """Fault whatever does not hold the first source's number."""
    assert ground.titles == {"Lantern"}
    return [] if "12,000" in statement.text else [f"not said: {statement.text}"]


@pytest.fixture
def told() -> list[Told]:
    return [replace(one, elapsed_ms=float(at)) for at, one in enumerate(tell(CLAIMS, _by_word), 1)]


def test_a_falsehood_is_told_right_where_it_is_stopped_and_a_paraphrase_where_it_is_not(told: list[Told]) -> None:
    assert [(one.claim.id, one.is_right) for one in told] == [
        ("t1", True), ("t2", False), ("f1", True), ("f2", True), ("f3", False),
    ]  # fmt: skip


def test_each_claim_is_counted_once_and_progress_is_told_of_each() -> None:
    asked: list[str] = []
    steps: list[int] = []

    def checker(statement: Statement, _: Ground) -> list[str]:
        asked.append(statement.text)
        return []

    assert len(tell(CLAIMS, checker, lambda: steps.append(1))) == len(steps) == 5
    assert asked == [TRUE.sentence, *(one.sentence for one in CLAIMS)]  # the first one warms up


def test_shares_are_right_of_how_many(told: list[Told]) -> None:
    assert shares(told) == {
        "stopped": (2, 3), "figures-and-names": (1, 1), "other": (1, 2), "kept": (1, 2), "role": (1, 2),
        "number": (1, 1),
    }  # fmt: skip


def test_what_is_below_its_floor_is_said_and_what_reaches_it_is_not(told: list[Told]) -> None:
    assert shortfalls(told, {"kept": 0.5, "number": 1}) == []
    assert shortfalls(told, {"kept": 0.51, "other": 0.9}) == [
        "kept is 0.500 (1 of 2); at least 0.51 is asked for",
        "other is 0.500 (1 of 2); at least 0.9 is asked for",
    ]
    (unknown,) = shortfalls(told, {"keept": 0.5})
    assert unknown.startswith("no claim of the set is of 'keept'; expected one of stopped, ")


def test_times_are_of_claims_that_were_measured(told: list[Told]) -> None:
    assert times(told) == (3.0, 5.0)
    assert times(told[:1]) == (1.0, 1.0)


def test_the_table_has_stopped_and_wrongly_cut_with_wilson_s_intervals(told: list[Told]) -> None:
    lines = [line.split() for line in table(told).splitlines()]
    assert ["falsehoods", "stopped", "of", "share", "(95", "%", "interval)"] in lines
    assert ["all", "2", "3", "0.667", "(0.208–0.939)"] in lines
    assert ["all", "1", "2", "0.500", "(0.095–0.905)"] in lines
    assert ["form", "1", "1", "1.000", "(0.207–1.000)"] in lines  # of paraphrases: cut
    assert "median 3.00 ms, p95 5.00 ms" in table(told)


def test_failures_show_what_was_cited_and_the_faults_found(told: list[Told]) -> None:
    assert [*failures(told)] == [
        "t2 (wrongly cut, form): Buget mare.",
        "    1: Budget: 12,000 EUR | Funder: Holt Fund",
        "    fault: not said: Buget mare.",
        "f3 (let through, role): It had 12,000 EUR at last.",
        "    1: Budget: 12,000 EUR | Funder: Holt Fund",
        "    note: digits turned",
    ]


def test_as_json_a_program_finds_shares_times_and_what_was_told_wrong(told: list[Told]) -> None:
    read = json.loads(to_json(told))
    assert (read["claims"], read["median_ms"], read["p95_ms"]) == (5, 3.0, 5.0)
    assert read["shares"]["kept"] == {"right": 1, "of": 2, "share": 0.5, "low": 0.0945, "high": 0.9055}
    assert [(one["id"], one["label"], one["faults"]) for one in read["wrong"]] == [
        ("t2", "true", ["not said: Buget mare."]), ("f3", "false", []),
    ]  # fmt: skip


def test_a_set_of_one_label_has_a_table_of_that_label(told: list[Told]) -> None:
    assert "paraphrases" not in table(told[2:])
    assert "falsehoods" not in table(told[:2])
