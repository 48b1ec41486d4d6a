"""JUnit XML: read back by a reader of its own, and against what Jenkins and Surefire ask of it."""

import math
import re
from collections import Counter
from dataclasses import replace

from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree

from eval.reports.junit import to_junit
from eval.scores import unscored
from tests.eval.reports.made import FEW, ONE, run

SHAPE = {
    "testsuites": ({"name", "tests", "failures", "errors", "time"}, set()),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time"}, {"timestamp"}),
    "properties": (set(), set()),
    "property": ({"name", "value"}, set()),
    "testcase": ({"name", "classname", "time"}, set()),
    "failure": ({"message", "type"}, set()),
    "skipped": ({"message"}, set()),
}
"""By element the attributes that it has to have, for Jenkins' junit-10 or for Surefire, and those that it may have."""
WITHIN = {
    "testsuites": ["testsuite"],
    "testsuite": ["properties", "testcase"],
    "properties": ["property"],
    "testcase": ["failure", "skipped"],
}
"""By element what may stand in it, in this order."""
TIME = re.compile(r"[0-9]+\.[0-9]{3}")


def test_a_reader_for_ci_finds_every_question_by_kind_and_the_wrong_ones_as_failures() -> None:
    unscored_one = replace(ONE, id="judge-me", kind="list", scores=unscored())
    read = JUnitXml.fromstring(to_junit(run([*FEW, unscored_one])))
    suites = list(read)
    assert [(one.name, one.tests, one.failures, one.errors, one.skipped) for one in suites] == [
        ("field", 2, 1, 0, 0),
        ("list", 2, 1, 0, 1),
        ("unanswerable", 2, 1, 0, 0),
    ]
    assert (read.tests, read.failures, read.errors) == (6, 3, 0)
    cases = {case.name: case for suite in suites for case in suite}
    assert (cases["funder-lamp-hill"].classname, cases["funder-lamp-hill"].time) == ("lamps.field", 1.234)
    assert {name: [type(one) for one in case.result] for name, case in cases.items()} == {
        "budget-lamp-hill": [], "funder-lamp-hill": [Failure], "list-partners-ro": [Failure], "judge-me": [Skipped],
        "mayor": [Failure], "moon": [],
    }  # fmt: skip
    assert Error not in {type(one) for case in cases.values() for one in case.result}


def test_a_failure_says_why_and_what_was_expected_and_answered() -> None:
    read = JUnitXml.fromstring(to_junit(run([FEW[1]])))
    (failure,) = next(iter(next(iter(read)))).result
    assert failure.message == "it was not answered, though lamps.pdf holds the answer"
    assert failure.type == "correct_and_cited wrong_refusals"
    assert failure.text.splitlines() == [
        "asked before: What was the budget of Lamp Hill?",
        "question: Who funded it?",
        "expected: 40,000 EUR | EUR 40,000",
        "expected source: lamps.pdf: “Budget: 40,000 EUR”",
        "refused: The documents do not say.",
        "understood as: budget of Lamp Hill",
    ]


def test_every_suite_says_what_was_measured_and_how_many_questions_a_metric_leaves_out() -> None:
    for suite in etree.fromstring(to_junit(run())):
        told = {one.attrib["name"]: one.attrib["value"] for one in suite.iter("property")}
        assert (told["qa_sha256"], told["corpus_sha256"], told["seed"]) == ("a1" * 32, "b2" * 32, "7")
        assert (told["settings.top_k"], told["settings.reranker"]) == ("5", "none")
        left_out = "2" if suite.attrib["name"] == "unanswerable" else "0"
        assert told["correct_and_cited.not_scored"] == left_out
        assert told["judge_correctness"] == "–"


def test_it_has_the_shape_that_jenkins_and_surefire_ask_for() -> None:
    for results in (FEW, [ONE], [replace(ONE, scores=unscored())], [FEW[3]] * 2, []):
        for element in etree.fromstring(to_junit(run(results))).iter():
            needed, allowed = SHAPE[str(element.tag)]
            assert needed <= set(element.attrib) <= needed | allowed, element.tag
            inside = [WITHIN[str(element.tag)].index(str(child.tag)) for child in element]
            assert inside == sorted(inside)
            assert all(TIME.fullmatch(str(value)) for name, value in element.attrib.items() if name == "time")


def test_counts_are_those_of_the_cases_and_times_add_up() -> None:
    root = etree.fromstring(to_junit(run()))
    counted = Counter(str(element.tag) for element in root.iter())
    assert (int(root.attrib["tests"]), int(root.attrib["failures"])) == (counted["testcase"], counted["failure"])
    assert root.attrib["time"] == f"{(20 + 1_234 + 20 + 20 + 20) / 1000:.3f}"
    assert root[0].attrib["timestamp"] == "2026-11-26T10:14:05"


def test_times_and_a_date_that_are_not_known_are_left_out() -> None:
    root = etree.fromstring(to_junit(run([replace(ONE, elapsed_ms=math.nan), FEW[1]], made_at="")))
    assert (root.attrib["time"], root[0].attrib["time"]) == ("1.234", "1.234")
    assert "timestamp" not in root[0].attrib
    assert [case.attrib["time"] for case in root.iter("testcase")] == ["0.000", "1.234"]


def test_what_xml_cannot_hold_is_replaced_and_markup_is_text() -> None:
    naughty = "a\0b\x1b ]]> <!-- <script>&amp;</script> \ufffe"
    odd = replace(
        FEW[1], id=naughty, kind=naughty, question=naughty, answer=naughty, expected=(naughty,), failures=(naughty,)
    )
    suite = next(iter(JUnitXml.fromstring(to_junit(run([odd], qa="\x07.jsonl", id="\0")))))
    shown = naughty.replace("\0", "�").replace("\x1b", "�").replace("\ufffe", "�")
    case = next(iter(suite))
    assert (suite.name, case.name, case.result[0].message) == (shown, shown, shown)
    assert f"question: {shown}" in case.result[0].text


def test_the_same_run_gives_the_same_bytes() -> None:
    assert to_junit(run()) == to_junit(run())
