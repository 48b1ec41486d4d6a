"""A comparison in sentences, for people who do not reckon with p, and as JSON, for programs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from math import isnan
from typing import Any

from eval.compare import BETTER, MIXED, NO_DIFFERENCE, WORSE, Change, Comparison, Shared, Side
from eval.paired import DIFFERENCE, LEVEL, POWER, expected_share, questions_needed
from eval.result import Result
from eval.scores import HEADLINE

NAMED = 5
"""Of what is left out or moved, so many are named and the others counted."""
_MADE_WITH = {
    "qa_sha256": "the file of questions",
    "corpus_sha256": "the documents",
    "embedding_model": "the embedding model",
    "code": "the program",
    "seed": "the seed",
    "settings": "the settings",
}
_ASKED = {"correct_and_cited": "answerable ", "wrong_refusals": "answerable ", "wrong_answers": "unanswerable "}
_OTHERS = {"status": "with another status", "words": "in other words", "citations": "citing something else"}


def number(score: float) -> str:
    """A score with three decimals, or a dash where none applies."""
    return "–" if isnan(score) else f"{score:.3f}"


def signed(difference: float) -> str:
    """A difference with its sign; none for what rounds to nothing."""
    text = number(abs(difference))
    return text if text in ("–", "0.000") else f"{'+' if difference > 0 else '−'}{text}"


def span(change: Change) -> str:
    """The 95 % interval of a difference in words; a dash where no question changed."""
    return "–" if isnan(change.low) else f"{signed(change.low)} to {signed(change.high)}"


def percent(share: float) -> str:
    """`3 %`."""
    return f"{share * 100:.0f} %"


def counted(n: int, noun: str) -> str:
    """`1 question`, `2,000 questions`."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def sentence(comparison: Comparison) -> str:
    """What came of it, plainly."""
    if comparison.same_answers and comparison.same_scores:
        left_out = comparison.only_a or comparison.only_b or comparison.altered
        what = "Nothing changed in what was compared" if left_out else "Nothing changed at all"
        said = f"{what}: {_all(comparison.questions)} the same, word for word."
        return f"{said} A and B are one run." if comparison.a.id == comparison.b.id else said
    moved = {verdict: [one for one in by_weight(comparison) if one.verdict == verdict] for verdict in (BETTER, WORSE)}
    if comparison.verdict == NO_DIFFERENCE:
        return _no_difference(comparison)
    if comparison.verdict == MIXED:
        return f"Mixed: B is better than A in {_clauses(moved[BETTER])}, but worse in {_clauses(moved[WORSE])}."
    said = f"B is {comparison.verdict} than A: {_clauses(moved[comparison.verdict])}."
    if any(change.metric in HEADLINE for change in moved[comparison.verdict]):
        return said
    return f"{said} None of the headline scores ({', '.join(HEADLINE)}) shows a difference."


def by_weight(comparison: Comparison) -> list[Change]:
    """The changes, headline metrics first."""
    first = {metric: place for place, metric in enumerate(HEADLINE)}
    return sorted(comparison.changes, key=lambda change: first.get(change.metric, len(first)))


def _all(questions: int) -> str:
    return "the one answer is" if questions == 1 else f"all {questions:,} answers are"


def _clauses(changes: Sequence[Change]) -> str:
    more = f"; and in {counted(len(changes) - NAMED, 'more score')}" if len(changes) > NAMED else ""
    return "; ".join(map(_clause, changes[:NAMED])) + more


def _clause(change: Change) -> str:
    differs = signed(change.difference) if isnan(change.low) else _differs(change)
    turned = f"{counted(change.better, 'question')} better, {change.worse:,} worse"
    return f"{change.metric} {number(change.a)} → {number(change.b)} ({differs}; {turned})"


def _differs(change: Change) -> str:
    return f"{signed(change.difference)}, 95 % interval {span(change)}"


def _no_difference(comparison: Comparison) -> str:
    """The first metric as it stands, and how many questions more would show a difference of two points."""
    if not comparison.changes:
        return f"Nothing to compare by: no score applies to any of the {comparison.questions:,} questions in both runs."
    first = by_weight(comparison)[0]
    needed, share = needed_for(first, len(comparison.changes))
    if needed <= first.votes:
        enough = f"{counted(first.votes, 'question')} would have shown a difference of two points four times in five"
        return f"No difference: {_clause(first)}; {enough}."
    more = -(-(needed - first.votes) // 10) * 10
    changed, wordings = first.votes_better + first.votes_worse, first.better + first.worse + first.same > first.votes
    here = f"here {changed:,} of {first.votes:,}{', wordings of one counted once' if wordings else ''}"
    return (
        f"No difference that this set could show: {_clause(first)}; to show a difference of two points between runs "
        f"that differ in {percent(share)} of the questions ({here}), about {more:,} more "
        f"{_ASKED.get(first.metric, '')}questions would be needed."
    )


def needed_for(change: Change, tests: int) -> tuple[int, float]:
    """How many questions would show a difference of two points in this metric, and the share reckoned to change."""
    share = expected_share(change.votes_better + change.votes_worse, change.votes)
    return questions_needed(share, tests=tests), share


def notes(comparison: Comparison) -> Iterator[str]:
    """What one has to know beside the figures, a sentence or two each."""
    yield from _left_out(comparison)
    yield _made_with(comparison)
    if comparison.clusters < comparison.questions:
        yield (
            f"The {comparison.questions:,} questions are wordings of {comparison.clusters:,}. Wordings of one question "
            "have one vote together, and are drawn together for the intervals."
        )
    if not (comparison.same_answers and comparison.same_scores):
        yield from _about_scores(comparison)
    a, b = times(comparison.a), times(comparison.b)
    yield f"Time for an answer: A {a}; B {b}. This counts only if the same machine ran both, and nothing else."


def _about_scores(comparison: Comparison) -> Iterator[str]:
    if comparison.same_answers:
        yield "Every answer is the same, word for word; what differs is what was retrieved, or how answers were scored."
    yield (
        f"A score counts as changed where p is below {LEVEL}: how often so many questions would go one way by chance "
        f"(exact sign test), corrected for {counted(len(comparison.changes), 'score')} being looked at (Holm). The "
        f"headline scores ({', '.join(HEADLINE)}) and all others take part in that alike."
    )
    alone = [one for one in by_weight(comparison) if one.p < LEVEL and one.verdict == NO_DIFFERENCE]
    if alone:
        ps = ", ".join(f"{one.metric} (p {number(one.p)})" for one in alone)
        yield (
            f"Taken alone, {ps} would count as changed, and "
            "an interval may leave out 0 for that reason; of so many scores one does so by chance too often. More "
            "questions would tell, or one score chosen before the run."
        )
    for change in comparison.changes:
        if change.left_out:
            yield f"{change.metric}: {counted(change.left_out, 'question')} left out, where it applies in one run only."
    if comparison.verdict == NO_DIFFERENCE:
        yield (
            f"How many questions are needed is reckoned for a difference of {percent(DIFFERENCE)} that is seen "
            f"{percent(POWER)} of the time (Connor 1987). The share that changes is taken as (changed + 1) / "
            f"(questions + 2), and at least {percent(DIFFERENCE)}, so that none seen changing is no promise. "
            "Other wordings of questions that are there would not do."
        )


def _left_out(comparison: Comparison) -> Iterator[str]:
    parts = [
        (comparison.only_a, "only in A"),
        (comparison.only_b, "only in B"),
        (comparison.altered, "changed between the runs, in what is asked or what is wanted"),
    ]
    told = [f"{len(ids):,} {what} ({named(ids)})" for ids, what in parts if ids]
    if told:
        yield f"Compared are the {counted(comparison.questions, 'question')} that both runs share. Left out: " + (
            "; ".join(told) + "."
        )


def named(ids: Sequence[str]) -> str:
    """The first few."""
    return ", ".join(ids[:NAMED]) + (", …" if len(ids) > NAMED else "")


def _made_with(comparison: Comparison) -> str:
    if comparison.differing:
        return f"What the runs were made with differs in {', '.join(_MADE_WITH[one] for one in comparison.differing)}."
    return "Both runs were made with the same questions, documents, model, program and settings."


def times(side: Side) -> str:
    """The p50 and p95 of a run."""
    return f"p50 {side.p50:.0f} ms, p95 {side.p95:.0f} ms"


def others(comparison: Comparison) -> str:
    """How many answers changed without turning right or wrong; empty where none did."""
    counts = Counter(what for _, what in comparison.others)
    told = [f"{counts[what]:,} {words}" for what, words in _OTHERS.items() if counts[what]]
    return f"Other changes, as right or as wrong as before: {', '.join(told)}." if told else ""


def to_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison in JSON types; NaN becomes null."""
    return {
        "verdict": comparison.verdict,
        "sentence": sentence(comparison),
        "a": _nulls(asdict(comparison.a)),
        "b": _nulls(asdict(comparison.b)),
        "seed": comparison.seed,
        "questions": comparison.questions,
        "clusters": comparison.clusters,
        "left_out": {"only_a": comparison.only_a, "only_b": comparison.only_b, "altered": comparison.altered},
        "differing": comparison.differing,
        "metrics": {
            change.metric: _nulls(asdict(change) | {"difference": change.difference, "verdict": change.verdict})
            for change in comparison.changes
        },
        "groups": {one.name: {"questions": one.questions, "scores": one.scores} for one in comparison.groups},
        "right_to_wrong": list(map(_flip, comparison.broken)),
        "wrong_to_right": list(map(_flip, comparison.mended)),
        "other_changes": dict(comparison.others),
        "notes": list(notes(comparison)),
    }


def _flip(one: Shared) -> dict[str, Any]:
    asked = {"id": one.a.id, "question": one.a.question, "history": one.a.history, "expected": one.a.expected}
    return asked | {"a": _answer(one.a), "b": _answer(one.b)}


def _answer(result: Result) -> dict[str, Any]:
    return {"status": result.status, "answer": result.answer, "failures": result.failures}


def _nulls(values: dict[str, Any]) -> dict[str, Any]:
    """Six decimals, since the last few of a float may differ from machine to machine."""
    return {
        name: (None if isnan(value) else round(value, 6)) if isinstance(value, float) else value
        for name, value in values.items()
    }
