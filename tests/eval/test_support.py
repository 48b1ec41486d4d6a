"""Citation precision and recall as ALCE has them: worked by hand on what supports what, then with the real check."""

from collections.abc import Collection
from decimal import Decimal
from math import isnan

import pytest

from assistant.answer import ANSWERED, REFUSED, Answer, Citation, Derived, Statement
from corpus.document import Document, Span
from eval.support import LOOKED_AT, citation_scores, supports_of


def _citation(n: int) -> Citation:
    return Citation(n, None, None, "a.txt", "a", None, Span(n, n + 1), "x")


def _answer(*cites: Collection[int], citations: Collection[int], status: str = ANSWERED) -> Answer:
    statements = tuple(Statement(f"statement {at}", tuple(some)) for at, some in enumerate(cites))
    return Answer("?", status, statements, tuple(map(_citation, citations)), "", "en")


@pytest.mark.parametrize(
    ("cites", "enough", "precision", "recall"),
    [
        ([[1], [2]], [{1}, {2}], 2 / 2, 2 / 2),
        ([[1], [2]], [{1}], 1 / 2, 1 / 2),  # the second statement is not supported: its citation is for nothing
        ([[1, 2]], [{1, 2}], 2 / 2, 1 / 1),  # each is needed beside the other
        ([[1, 2]], [{1}], 1 / 2, 1 / 1),  # the first suffices, the second adds nothing
        ([[1, 2]], [{1}, {2}], 2 / 2, 1 / 1),  # either suffices
        ([[1, 2, 3]], [{1, 2}], 2 / 3, 1 / 1),
        ([[1], []], [{1}], 1 / 1, 1 / 2),  # nothing is cited for the second statement
        ([[1, 7]], [{1}], 0 / 2, 0 / 1),  # there is no citation 7: ALCE's program leaves the statement's two out
        ([[1], [7, 8]], [{1}], 1 / 3, 1 / 2),
    ],
)
def test_citations_are_scored_by_what_supports_what(
    cites: list[list[int]], enough: list[set[int]], precision: float, recall: float
) -> None:
    def supports(_: Statement, numbers: Collection[int]) -> bool:
        return any(some <= set(numbers) for some in enough)

    assert citation_scores(_answer(*cites, citations=[1, 2, 3]), supports) == (precision, recall)


def test_a_refusal_has_no_citation_scores() -> None:
    scores = citation_scores(_answer([], citations=[], status=REFUSED), lambda *_: False)
    assert all(isnan(score) for score in scores)


def test_a_remark_needs_no_support() -> None:
    answer = Answer("?", ANSWERED, (Statement("Not counted: one.", is_remark=True),), (), "", "en")
    assert all(isnan(score) for score in citation_scores(answer, lambda *_: False))


def test_of_very_many_citations_some_are_looked_at() -> None:
    many = range(1, 10 * LOOKED_AT + 1)
    looked_at: list[int] = []

    def supports(_: Statement, numbers: Collection[int]) -> bool:
        if len(numbers) == 1:
            looked_at.extend(numbers)
        return True

    assert citation_scores(_answer(many, citations=many), supports) == (1, 1)
    assert looked_at == list(many[::10])


TEXT = "Moss Path: Budget: 10 EUR\nFern Path: Budget: 20 EUR"
DOCUMENT = Document("d1", "page.txt", "text/plain", "", "en", "0" * 64, TEXT, ())


def _quoted(n: int, words: str) -> Citation:
    start = TEXT.index(words)
    return Citation(n, None, None, "page.txt", "d1", None, Span(start, start + len(words)), words)


@pytest.mark.parametrize(
    ("said", "cites", "expected"),
    [
        ("Moss Path had a budget of 10 EUR.", [1], True),
        ("Moss Path had a budget of 11 EUR.", [1], False),
        ("Moss Path had a budget of 10 EUR.", [2], False),
        ("Moss Path had a budget of 10 EUR.", [], False),
    ],
)
def test_support_is_what_the_check_before_display_says(said: str, cites: list[int], expected: bool) -> None:
    citations = (_quoted(1, "Moss Path: Budget: 10 EUR"), _quoted(2, "Fern Path: Budget: 20 EUR"))
    answer = Answer("?", ANSWERED, (Statement(said, tuple(cites)),), citations, "", "en")
    assert supports_of(answer, {"d1": DOCUMENT}, frozenset())(answer.statements[0], cites) is expected


@pytest.mark.parametrize(("total", "precision", "recall"), [(30, 1, 1), (31, 0, 0)])
def test_a_sum_needs_each_of_its_parts(total: int, precision: float, recall: float) -> None:
    citations = (_quoted(1, "Budget: 10 EUR"), _quoted(2, "Budget: 20 EUR"))
    derived = Derived("sum", Decimal(total), "EUR", (1, 2))
    said = Statement(f"Together {total} EUR", (1, 2), derived=(derived,))
    answer = Answer("?", ANSWERED, (said,), citations, "", "en")
    assert citation_scores(answer, supports_of(answer, {"d1": DOCUMENT}, frozenset())) == (precision, recall)
