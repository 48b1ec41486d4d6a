"""One run as JUnit XML, so that a CI system shows questions as it shows tests.

JUnit XML has no standard. What is written is what Jenkins reads (the schema junit-10 of its xUnit plugin) and Maven's
Surefire writes of a suite: `testsuites` (name, tests, failures, errors, time) holds a `testsuite` for each kind (name,
tests, failures, errors, skipped, time, timestamp), that `properties` and a `testcase` for each question (name,
classname, time), and that nothing, a `failure` (message, type, text) or, where a question is not scored, `skipped`
(message).
"""

from collections.abc import Iterator, Sequence
from math import isnan
from pathlib import PurePath

from lxml import etree

from eval.reports.outcome import UNSCORED, WRONG, count, grouped, measure, missed, outcome
from eval.reports.told import told_moment, told_setting, writable
from eval.result import Result, Run
from eval.scores import METRICS, applying


def to_junit(run: Run) -> bytes:
    """The run as UTF-8, the same for the same run; times are in seconds."""
    moment = told_moment(run.made_at, "%Y-%m-%dT%H:%M:%S")  # in UTC without a zone, as Ant writes it
    root = etree.Element("testsuites", _counts(run.qa, run.results))
    for kind, results in grouped(run.results, lambda result: result.kind).items():
        counts = _counts(kind, results) | {"skipped": str(count(results, UNSCORED))}
        suite = etree.SubElement(root, "testsuite", counts | ({"timestamp": writable(moment)} if moment else {}))
        properties = etree.SubElement(suite, "properties")
        for name, value in _properties(run, results):
            etree.SubElement(properties, "property", {"name": writable(name), "value": writable(value)})
        for result in results:
            _add_case(suite, result, f"{PurePath(run.qa).stem}.{kind}")
    etree.indent(root)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made + b"\n"


def _counts(name: str, results: Sequence[Result]) -> dict[str, str]:
    return {
        "name": writable(name),
        "tests": str(len(results)),
        "failures": str(count(results, WRONG)),
        "errors": "0",
        "time": _seconds(sum(applying(result.elapsed_ms for result in results))),
    }


def _seconds(milliseconds: float) -> str:
    """Seconds; 0 where the time is not known, since a reader wants a number."""
    return f"{0 if isnan(milliseconds) else milliseconds / 1000:.3f}"


def _properties(run: Run, results: Sequence[Result]) -> Iterator[tuple[str, str]]:
    """What was measured, and each metric over these results with how many it does not apply to."""
    for name in ("id", "qa", "qa_sha256", "corpus_sha256", "generation", "embedding_model", "code", "seed"):
        yield name, str(getattr(run, name))
    for name, value in run.settings.items():
        yield f"settings.{name}", told_setting(value)
    for metric in METRICS:
        measured = measure(results, metric)
        yield metric, str(measured)
        yield f"{metric}.not_scored", str(measured.unscored)


def _add_case(suite: etree._Element, result: Result, classname: str) -> None:
    names = {"name": writable(result.id), "classname": writable(classname)}
    case = etree.SubElement(suite, "testcase", names | {"time": _seconds(result.elapsed_ms)})
    had = outcome(result)
    if had == WRONG:
        told = {"message": writable("; ".join(result.failures)) or "it went wrong", "type": " ".join(missed(result))}
        etree.SubElement(case, "failure", told).text = writable("\n".join(_told(result)))
    elif had == UNSCORED:
        etree.SubElement(case, "skipped", {"message": "not scored"})


def _told(result: Result) -> Iterator[str]:
    for earlier in result.history:
        yield f"asked before: {earlier}"
    yield f"question: {result.question}"
    yield f"expected: {' | '.join(result.expected) if result.answerable else 'no answer'}"
    for source in result.sources:
        yield f"expected source: {source}"
    yield f"{result.status}: {result.answer}"
    for cited in result.citations:
        yield f"cited [{cited.n}]: {cited.quote} ({cited.document}{f', page {cited.page}' if cited.page else ''})"
    yield f"understood as: {result.plan}"
