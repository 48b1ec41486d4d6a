"""Two runs set against each other: what is paired, what counts as changed, and how often chance passes for a change."""

from dataclasses import replace
from math import isnan, nan

import numpy as np
import pytest

from eval.compare import BETTER, MIXED, NO_DIFFERENCE, WORSE, Change, Comparison, Group, compare
from eval.errors import EvaluationError
from eval.result import Quoted, Result, Run
from tests.eval.runs_by_hand import answerable, result, rights, run, unanswerable


def change(comparison: Comparison, metric: str) -> Change:
    """Find the one change of a metric."""
    (found,) = [one for one in comparison.changes if one.metric == metric]
    return found


def test_questions_are_paired_by_id_and_by_what_is_asked_and_wanted() -> None:
    a = run([answerable("same", 1), answerable("edited", 1, pair="before"), answerable("gone", 0)])
    b = run([answerable("new", 1), answerable("edited", 0, pair="after"), answerable("same", 1)], "B")
    found = compare(a, b, seed=1)
    assert (found.questions, found.only_a, found.only_b, found.altered) == (1, ("gone",), ("new",), ("edited",))
    assert (change(found, "correct_and_cited").a, change(found, "correct_and_cited").b) == (1, 1)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([answerable("other", 1)], "no question of A is in it"),
        ([answerable("q0", 1, pair="after")], "every question of the same id was changed"),
        ([], "no question of A is in it"),
    ],
)
def test_a_run_of_another_set_is_refused_in_one_line_that_names_both(given: list[Result], why: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        compare(rights([1]), run(given, "B", qa="other.jsonl"), seed=1)
    (line,) = str(caught.value).splitlines()
    for said in ("B is a run of another set", why, "set.jsonl, 1 question", "other.jsonl", "python -m eval run"):
        assert said in line


def test_a_metric_s_change_is_counted_over_the_questions_it_applies_to_in_both() -> None:
    precisions = [(1.0, 0.5), (0.5, 0.75), (1.0, 1.0), (0.25, nan), (nan, 1.0), (nan, nan)]
    a = run([result(f"q{n}", {"citation_precision": before}) for n, (before, _) in enumerate(precisions)])
    b = run([result(f"q{n}", {"citation_precision": after}) for n, (_, after) in enumerate(precisions)], "B")
    found = change(compare(a, b, seed=1), "citation_precision")
    assert (found.a, found.b) == pytest.approx(((1 + 0.5 + 1) / 3, (0.5 + 0.75 + 1) / 3))
    assert found.difference == pytest.approx((-0.5 + 0.25 + 0) / 3)
    assert (found.better, found.worse, found.same, found.left_out) == (1, 1, 1, 2)


def test_a_metric_that_applies_to_no_shared_question_in_both_runs_is_not_there() -> None:
    found = compare(rights([1, 1]), rights([1, 0], "B"), seed=1)
    assert [one.metric for one in found.changes] == ["correct_and_cited", "wrong_refusals"]


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        # 2 · 1/2ⁿ times two metrics: 7 make 0.031, 6 make 0.0625
        ([0] * 7 + [1] * 9, [1] * 16, BETTER),
        ([1] * 16, [0] * 7 + [1] * 9, WORSE),
        ([0] * 6 + [1] * 9, [1] * 15, NO_DIFFERENCE),
        ([1] * 15, [0] * 6 + [1] * 9, NO_DIFFERENCE),
    ],
)
def test_the_verdict_follows_the_corrected_p(before: list[float], after: list[float], verdict: str) -> None:
    found = compare(rights(before), rights(after, "B"), seed=1)
    turned = sum(one != other for one, other in zip(before, after, strict=True))
    assert change(found, "correct_and_cited").p == pytest.approx(2 / 2**turned)
    assert change(found, "correct_and_cited").corrected == pytest.approx(2 * 2 / 2**turned)
    assert change(found, "wrong_refusals").corrected == 1
    assert found.verdict == verdict


def test_where_lower_is_better_a_fall_is_an_improvement() -> None:
    a, b = (run([unanswerable(f"q{n}", n < high) for n in range(20)]) for high in (12, 2))
    found = change(compare(a, b, seed=1), "wrong_answers")
    assert found.difference == pytest.approx(2 / 20 - 12 / 20)
    assert found.low < found.difference < found.high < 0
    assert (found.better, found.worse, found.verdict) == (10, 0, BETTER)
    assert compare(b, a, seed=1).verdict == WORSE


def test_better_in_one_score_and_worse_in_another_is_mixed() -> None:
    a = run([*(answerable(f"q{n}", 0) for n in range(9)), *(unanswerable(f"u{n}", 0) for n in range(9))])
    b = run([*(answerable(f"q{n}", 1) for n in range(9)), *(unanswerable(f"u{n}", 1) for n in range(9))], "B")
    assert compare(a, b, seed=1).verdict == MIXED


def test_many_small_gains_against_a_few_large_losses_are_no_improvement() -> None:
    gains, losses = [(0.5, 0.51)] * 12, [(1.0, 0.0)]
    a, b = (run([result(f"q{n}", {"fact_recall": s[side]}) for n, s in enumerate(gains + losses)]) for side in (0, 1))
    found = change(compare(a, b, seed=1), "fact_recall")
    assert found.corrected < 0.05
    assert found.difference < 0
    assert found.verdict == NO_DIFFERENCE


def wordings(scores: list[list[float]]) -> Run:
    """Make a run over originals and their wordings: a list of scores for each, the original's own first."""
    return run([
        answerable(f"q{n}~{m}" if m else f"q{n}", score, of=f"q{n}" if m else "")
        for n, several in enumerate(scores) for m, score in enumerate(several)
    ])  # fmt: skip


def test_wordings_of_a_question_have_one_vote() -> None:
    a = wordings([[0, 0, 0], [0, 0, 1], [1, 1, 1], [1, 0, 0]])
    b = wordings([[1, 1, 1], [1, 1, 0], [1, 1, 1], [0, 1, 0]])
    found = compare(a, b, seed=1)
    # question by question: 3 for; 2 for and 1 against; none; 1 and 1, which is no vote
    counted = change(found, "correct_and_cited")
    assert (counted.better, counted.worse, counted.same) == (3 + 2 + 1, 1 + 1, 3 + 1)
    assert (counted.votes_better, counted.votes_worse, counted.votes) == (2, 0, 4)
    assert counted.p == pytest.approx(2 * 1 / 4)
    assert (found.questions, found.clusters) == (12, 4)


def test_many_wordings_of_few_questions_show_nothing() -> None:
    assert compare(wordings([[0] * 20] * 3), wordings([[1] * 20] * 3), seed=1).verdict == NO_DIFFERENCE


def test_questions_that_turned_are_told_both_ways_with_both_answers() -> None:
    a = run([
        answerable("fell", 1), answerable("rose", 0), unanswerable("fell too", 0), unanswerable("rose too", 1),
        answerable("stayed", 1),
    ])  # fmt: skip
    b = run([
        answerable("fell", 0, answer="Wrong."), answerable("rose", 1), unanswerable("fell too", 1),
        unanswerable("rose too", 0), answerable("stayed", 1),
    ], "B")  # fmt: skip
    found = compare(a, b, seed=1)
    assert [one.a.id for one in found.broken] == ["fell", "fell too"]
    assert [one.a.id for one in found.mended] == ["rose", "rose too"]
    assert (found.broken[0].a.answer, found.broken[0].b.answer) == ("Answer fell.", "Wrong.")


@pytest.mark.parametrize(
    ("one", "right"),
    [
        (answerable("q", 1), True),
        (answerable("q", 0.5), False),
        (unanswerable("q", 0), True),
        (unanswerable("q", 1), False),
    ],
)
def test_right_is_right_and_cited_or_not_answered(one: Result, right: bool) -> None:
    assert one.is_right is right


def test_other_changes_are_told_apart_from_those_that_turned() -> None:
    cited = Quoted(1, "Wells", "wells.md", None, 0, 4, "Dug.")
    before = [answerable(name, 1, citations=(cited,)) for name in ("status", "words", "citations", "moved", "turned")]
    after = [
        replace(before[0], status="clarify", answer="Which?"),
        replace(before[1], answer="In other words."),
        replace(before[2], citations=(cited._replace(quote="Dry."),)),
        replace(before[3], citations=(cited._replace(start=9, end=13),)),
        replace(before[4], status="refused", answer="No.", scores=answerable("turned", 0).scores),
    ]
    found = compare(run(before), run(after, "B"), seed=1)
    assert found.others == (("status", "status"), ("words", "words"), ("citations", "citations"))
    assert not found.same_answers


def test_a_run_against_itself_has_nothing_that_changed() -> None:
    found = compare(rights([1, 0, 1]), rights([1, 0, 1]), seed=1)
    assert found.same_answers
    assert found.same_scores
    assert found.verdict == NO_DIFFERENCE
    assert (found.groups, found.broken, found.mended, found.others) == ((), (), (), ())
    assert all(isnan(one.low) and one.corrected == 1 for one in found.changes)


def test_the_same_answers_scored_in_another_way_are_the_same_answers() -> None:
    b = run([answerable("q0", 0, answer="Answer 0, 1.")], "B")
    found = compare(rights([1]), b, seed=1)
    assert len(found.broken) == 1
    assert found.same_answers
    assert not found.same_scores


def test_kinds_and_languages_are_told_where_a_headline_score_differs() -> None:
    def made(scores: list[float]) -> Run:
        kinds = ["list", "list", "count", "count"]
        languages = ["en", "ro", "en", "en"]
        told = zip(scores, kinds, languages, strict=True)
        return run([answerable(f"q{n}", s, kind=kind, language=lang) for n, (s, kind, lang) in enumerate(told)])

    assert compare(made([1, 1, 1, 0]), made([1, 0, 1, 0]), seed=1).groups == (
        Group("list", 2, {"correct_and_cited": (1, 1 / 2)}),
        Group("in ro", 1, {"correct_and_cited": (1, 0)}),
    )


def test_what_the_runs_were_made_with_is_held_against_each_other() -> None:
    b = rights([1], "B", made_at="later", code="new", settings={"top_k": 3}, generation=7, qa="renamed.jsonl")
    assert compare(rights([1]), b, seed=1).differing == ("code", "settings")


def test_times_are_those_of_the_shared_questions() -> None:
    a = run([answerable("q0", 1, elapsed_ms=5.0), answerable("gone", 1, elapsed_ms=900.0)])
    found = compare(a, run([answerable("q0", 1, elapsed_ms=7.0)], "B"), seed=1)
    assert (found.a.p50, found.a.p95, found.b.p50) == (5, 5, 7)
    assert (found.a.questions, found.b.questions) == (2, 1)


def test_the_order_that_questions_were_asked_in_is_no_matter() -> None:
    a, b = (run([result(f"q{n}", {"fact_recall": n * step % 1}) for n in range(9)]) for step in (0.37, 0.61))
    turned = replace(a, results=a.results[::-1]), replace(b, results=b.results[::-1])
    assert repr(compare(a, b, seed=1).changes) == repr(compare(*turned, seed=1).changes)


def test_a_seed_gives_the_same_comparison_each_time() -> None:
    a, b = rights([1, 0] * 20), rights([1, 1, 0, 1] * 10, "B")
    assert repr(compare(a, b, seed=3)) == repr(compare(a, b, seed=3))
    assert repr(compare(a, b, seed=3)) != repr(compare(a, b, seed=4))


def simulated(chance: np.random.Generator, *, turning: float, lift: float) -> str:
    """Compare two made runs of 200 questions, several scores each: a share turns either way, another only up."""
    sides: tuple[list[Result], list[Result]] = ([], [])
    draws = chance.random((200, 6))
    for n, (base, turns, way, up, refuses, precise) in enumerate(draws):
        before = after = base < 0.9
        if turns < turning:
            before, after = way < 0.5, way >= 0.5
        if up < lift:
            before, after = False, True
        for side, right in zip(sides, (before, after), strict=True):
            refused = not right and refuses < 0.6
            side.append(result(f"q{n}", {
                "correct_and_cited": float(right), "correctness": float(right), "wrong_refusals": float(refused),
                "refusal_accuracy": float(not refused), "fact_recall": 1.0 if right else 0.5,
                "citation_precision": nan if refused else 1.0 if right or precise < 0.5 else 0.5,
            }))  # fmt: skip
    return compare(run(sides[0]), run(sides[1], "B"), seed=1, resamples=1).verdict


def test_chance_alone_passes_for_a_change_at_most_one_time_in_twenty() -> None:
    chance = np.random.default_rng(11)
    verdicts = [simulated(chance, turning=0.15, lift=0.0) for _ in range(150)]
    assert verdicts.count(NO_DIFFERENCE) >= 0.95 * 150


def test_a_real_change_is_seen() -> None:
    chance = np.random.default_rng(11)
    verdicts = [simulated(chance, turning=0.02, lift=0.08) for _ in range(50)]
    assert verdicts.count(BETTER) >= 0.8 * 50
    assert WORSE not in verdicts
