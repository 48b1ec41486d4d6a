"""Where footnotes hang, and what the characters become that no document can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.paper import Mark, clean, marks_of, one_line


def new(*numbers: int) -> tuple[Mark, ...]:
    return tuple(Mark(n, n, is_new=True) for n in numbers)


def test_a_note_hangs_where_it_is_first_cited() -> None:
    assert marks_of([(2,), (1, 2), ()], 10) == ([new(10), (*new(11), Mark(10, 10)), ()], [2, 1])


def test_a_note_hangs_behind_the_statement_of_its_own_where_it_has_one() -> None:
    run = tuple(range(1, 6))
    assert marks_of([run, *((n,) for n in run)], 1) == ([(Mark(1, 5),), *(new(n) for n in run)], [1, 2, 3, 4, 5])
    assert marks_of([run, (2,)], 1) == ([(*new(1), Mark(5, 5), *new(2, 3, 4)), new(5)], [1, 3, 4, 5, 2])


@given(st.lists(st.lists(st.integers(1, 12), unique=True)), st.integers(1, 50))
def test_notes_hang_once_each_in_the_order_of_their_numbers(cited: list[list[int]], first: int) -> None:
    marks, hung = marks_of(cited, first)
    assert [mark.first for told in marks for mark in told if mark.is_new] == list(range(first, first + len(hung)))
    assert sorted(hung) == sorted({n for numbers in cited for n in numbers})
    for numbers, told in zip(cited, marks, strict=True):
        meant = [hung[number - first] for mark in told for number in range(mark.first, mark.last + 1)]
        assert meant == numbers


@pytest.mark.parametrize(
    ("text", "told"),
    [("a\x00b", "a\ufffdb"), ("a\ud800b", "a\ufffdb"), ("a\x0cb\x1fc", "a b c"), ("a\uffffb", "a\ufffdb")],
)
def test_what_cannot_be_written_shows_unless_it_parts_words(text: str, told: str) -> None:
    assert clean(text) == one_line(text) == told
