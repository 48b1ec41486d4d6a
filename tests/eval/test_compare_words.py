"""What is said of a comparison: the sentence at the top for each verdict, and the notes below."""

import json
from math import nan

import pytest

from eval.compare import Comparison, compare
from eval.compare_words import by_weight, counted, needed_for, notes, number, others, percent, sentence, signed, to_json
from eval.paired import questions_needed
from eval.result import Run
from tests.eval.runs_by_hand import answerable, result, rights, run, unanswerable


def compared(a: Run, b: Run) -> Comparison:
    return compare(a, b, seed=1)


def test_an_improvement_is_said_with_its_figures() -> None:
    found = compared(rights([0] * 9 + [1] * 11), rights([1] * 19 + [0], "B"))
    low, high = (signed(end) for end in (found.changes[0].low, found.changes[0].high))
    assert sentence(found) == (
        f"B is better than A: correct_and_cited 0.550 → 0.950 (+0.400, 95 % interval {low} to {high}; "
        "9 questions better, 1 worse)."
    )


def test_a_change_for_the_worse_is_said_where_lower_is_better() -> None:
    a, b = (run([unanswerable(f"q{n}", n < answered) for n in range(20)]) for answered in (1, 11))
    said = sentence(compared(a, b))
    assert said.startswith("B is worse than A: wrong_answers 0.050 → 0.550 (+0.500, 95 % interval +0.3")
    assert said.endswith("; 0 questions better, 10 worse).")


def test_a_change_that_no_headline_score_shows_is_said_to_be_one() -> None:
    a, b = (run([result(f"q{n}", {"citation_precision": score}) for n in range(9)]) for score in (0.5, 1.0))
    said = sentence(compared(a, b))
    assert "B is better than A: citation_precision 0.500 → 1.000" in said
    assert said.endswith(
        "None of the headline scores (correct_and_cited, wrong_answers, wrong_refusals) shows a difference."
    )


def test_a_mixed_change_says_what_is_better_and_what_is_worse() -> None:
    a = run([*(answerable(f"q{n}", 0) for n in range(9)), *(unanswerable(f"u{n}", 0) for n in range(9))])
    b = run([*(answerable(f"q{n}", 1) for n in range(9)), *(unanswerable(f"u{n}", 1) for n in range(9))], "B")
    said = sentence(compared(a, b))
    assert said.startswith("Mixed: B is better than A in correct_and_cited 0.000 → 1.000")
    assert ", but worse in wrong_answers 0.000 → 1.000" in said


def test_where_no_difference_shows_it_is_said_how_many_questions_would_show_one() -> None:
    found = compared(rights([1] * 98), rights([1] * 97 + [0], "B"))
    # (1 + 1) / (98 + 2) = 0.02; two metrics apply
    needed = questions_needed(0.02, tests=2)
    assert needed_for(found.changes[0], 2) == (needed, 0.02)
    said = sentence(found)
    assert said.startswith(
        "No difference that this set could show: correct_and_cited 1.000 → 0.990 (−0.010, 95 % interval "
    )
    more = -(-(needed - 98) // 10) * 10
    assert said.endswith(
        "; to show a difference of two points between runs that differ in 2 % of the questions (here 1 of 98), about "
        f"{more} more answerable questions would be needed."
    )


def test_a_set_that_is_large_enough_is_said_to_be() -> None:
    found = compared(rights([1] * 900), rights([0] + [1] * 899, "B"))
    assert sentence(found).startswith("No difference: correct_and_cited 1.000 → 0.999 (−0.001, ")
    assert sentence(found).endswith("900 questions would have shown a difference of two points four times in five.")


def test_wordings_are_said_to_count_once() -> None:
    a, b = (
        run([answerable(f"q{n}~{m}", float(n > 0 or right), of=f"q{n}") for n in range(8) for m in range(3)])
        for right in (0, 1)
    )
    found = compared(a, b)
    assert "(here 1 of 8, wordings of one counted once)" in sentence(found)
    assert "The 24 questions are wordings of 8." in " ".join(notes(found))


def test_identical_runs_are_said_to_be_identical_and_nothing_is_reckoned() -> None:
    same = compared(rights([1, 0, 1]), rights([1, 0, 1], "B"))
    assert sentence(same) == "Nothing changed at all: all 3 answers are the same, word for word."
    assert not any("chance" in note or "needed" in note for note in notes(same))
    assert sentence(compared(rights([1]), rights([1]))) == (
        "Nothing changed at all: the one answer is the same, word for word. A and B are one run."
    )


def test_the_same_answers_with_other_scores_are_said_to_be_the_same_answers() -> None:
    a, b = (run([result("q", {"retrieval_recall@5": score})]) for score in (0.5, 1.0))
    found = compared(a, b)
    assert sentence(found).startswith("No difference that this set could show: retrieval_recall@5 0.500 → 1.000")
    assert any(note.startswith("Every answer is the same, word for word;") for note in notes(found))


def test_runs_that_no_score_can_tell_apart_are_said_to_be_so() -> None:
    a, b = (run([result("q", {}, answer=answer)]) for answer in ("One.", "Two."))
    assert sentence(compared(a, b)) == (
        "Nothing to compare by: no score applies to any of the 1 questions in both runs."
    )


def test_what_was_left_out_is_counted_and_the_first_few_are_named() -> None:
    a = run([answerable("q", 1), answerable("edited", 1, pair="before"), *(answerable(f"a{n}", 1) for n in range(7))])
    b = run([answerable("q", 1), answerable("edited", 1, pair="after")], "B")
    said = next(notes(compared(a, b)))
    assert said == (
        "Compared are the 1 question that both runs share. Left out: 7 only in A (a0, a1, a2, a3, a4, …); 1 changed "
        "between the runs, in what is asked or what is wanted (edited)."
    )


def test_the_notes_say_what_differs_and_how_the_verdict_was_reached() -> None:
    said = list(notes(compared(rights([1, 1]), rights([1, 0], "B", code="new", corpus_sha256="other"))))
    assert "What the runs were made with differs in the documents, the program." in said
    assert any("corrected for 2 scores being looked at (Holm)" in note and "take part" in note for note in said)
    assert said[-1].startswith("Time for an answer: A p50 0 ms, p95 0 ms; B p50 0 ms, p95 0 ms.")
    assert "the same machine" in said[-1]


def test_a_score_that_would_count_alone_is_named() -> None:
    found = compared(rights([0] * 6 + [1] * 9), rights([1] * 15, "B"))
    assert any(note.startswith("Taken alone, correct_and_cited (p 0.031) would count") for note in notes(found))


def test_a_metric_that_ceased_to_apply_is_named() -> None:
    a = run([result(f"q{n}", {"citation_precision": 1.0}) for n in range(3)])
    b = run([result(f"q{n}", {"citation_precision": nan if n else 0.5}) for n in range(3)], "B")
    assert "citation_precision: 2 questions left out, where it applies in one run only." in list(notes(compared(a, b)))


def test_other_changes_are_counted_by_what_they_are() -> None:
    a = run([answerable(name, 1) for name in "abc"])
    b = run(
        [answerable("a", 1, answer="So."), answerable("b", 1, answer="Thus."), answerable("c", 1, status="refused")]
    )
    assert others(compared(a, b)) == (
        "Other changes, as right or as wrong as before: 1 with another status, 2 in other words."
    )
    assert others(compared(a, a)) == ""


def test_headline_scores_come_first() -> None:
    one = result("q", {"retrieval_recall@5": 1, "correctness": 1, "wrong_refusals": 0, "correct_and_cited": 1})
    found = by_weight(compared(run([one]), run([one], "B")))
    assert [change.metric for change in found] == [
        "correct_and_cited",
        "wrong_refusals",
        "correctness",
        "retrieval_recall@5",
    ]


@pytest.mark.parametrize(
    ("difference", "said"), [(0.02, "+0.020"), (-0.0204, "−0.020"), (0.0004, "0.000"), (-0.0004, "0.000"), (nan, "–")]
)
def test_a_difference_carries_its_sign(difference: float, said: str) -> None:
    assert signed(difference) == said


def test_numbers_read_well() -> None:
    assert (number(0.93149), number(nan)) == ("0.931", "–")
    assert (counted(1, "question"), counted(2000, "question")) == ("1 question", "2,000 questions")
    assert percent(0.034) == "3 %"


def test_a_program_reads_the_comparison_as_strict_json() -> None:
    a = run([answerable("fell", 1, expected=("1 EUR",), history=("Earlier?",)), answerable("stayed", 1)])
    b = run([answerable("fell", 0, failures=("lacks 1 EUR",)), answerable("stayed", 1, answer="So.")], "B")
    found = compared(a, b)
    read = json.loads(json.dumps(to_json(found), allow_nan=False))
    assert (read["verdict"], read["sentence"], read["questions"]) == ("no difference", sentence(found), 2)
    assert read["metrics"]["wrong_refusals"]["low"] is None
    assert read["metrics"]["correct_and_cited"]["difference"] == -0.5
    (fell,) = read["right_to_wrong"]
    assert (fell["id"], fell["history"], fell["expected"]) == ("fell", ["Earlier?"], ["1 EUR"])
    assert fell["b"] == {"status": "answered", "answer": "Answer fell.", "failures": ["lacks 1 EUR"]}
    assert read["other_changes"] == {"stayed": "words"}
