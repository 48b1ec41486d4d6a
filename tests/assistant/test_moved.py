"""Quoted words found again in a text that has changed: the same place, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.moved import SAME_CHARACTERS, find_again
from corpus.document import Span

OLD = (
    "Lamp House\n\nThe keepers of the lamp counted the owls by night, and wrote them down.\n\n"
    "Period: 2014 | Budget: 500 EUR | Funder: Salt Council\n\n"
    "Owl Tower\n\nThe tower was built for owls that nobody counts.\n\n"
    "Period: 2016 | Budget: 500 EUR | Funder: Sea Council\n"
)


def quoted(words: str, occurrence: int = 0) -> Span:
    """Where words stand in the old text."""
    at = -1
    for _ in range(occurrence + 1):
        at = OLD.index(words, at + 1)
    return Span(at, at + len(words))


def test_words_that_stand_further_down_are_found_there() -> None:
    before = "News: the lamp burns again.\n\n"
    span = quoted("Budget: 500 EUR")
    found = find_again(OLD, span, before + OLD)
    assert found == (Span(span.start + len(before), span.end + len(before)), len(OLD))


def test_of_several_places_it_is_the_one_with_the_same_surroundings() -> None:
    second = quoted("Budget: 500 EUR", 1)
    new = OLD.replace("counted the owls", "never counted any owl")
    found = find_again(OLD, second, new)
    assert found is not None
    assert new[found[0].end :].startswith(" | Funder: Sea Council")


def test_the_same_words_about_something_else_are_not_the_same_place() -> None:
    first = quoted("Budget: 500 EUR")
    new = OLD.replace("500", "700", 1)
    assert new.count("Budget: 500 EUR") == 1
    assert find_again(OLD, first, new) is None


def test_a_year_alone_is_found_nowhere_and_a_long_sentence_wherever_it_stands() -> None:
    sentence = "The keepers of the lamp counted the owls by night, and wrote them down."
    assert len(sentence) >= SAME_CHARACTERS
    new = f"A page about 2014 of another kind.\n{sentence} And so on."
    assert find_again(OLD, quoted("2014"), new) is None
    found = find_again(OLD, quoted(sentence), new)
    assert found is not None
    assert found[0].of(new) == sentence


def test_within_a_known_project_words_are_found_whatever_stands_around() -> None:
    new = "Lamp House\nBudget: 500 EUR\nOwl Tower\nBudget: 500 EUR\n"
    towers = Span(new.index("Owl Tower"), len(new))
    found = find_again(OLD, quoted("Budget: 500 EUR"), new, [towers])
    assert found is not None
    assert found[0].start > towers.start
    assert find_again(OLD, quoted("Budget: 500 EUR"), new, []) is None


@pytest.mark.parametrize("new", ["", "Nothing of it.", OLD.replace("Budget: 500", "Budget: 501")])
def test_words_that_stand_nowhere_are_not_found(new: str) -> None:
    assert find_again(OLD, quoted("Budget: 500 EUR"), new) is None


texts = st.text("ab\n", max_size=40)


@given(texts, st.data(), texts, texts)
def test_what_is_found_is_verbatim_and_a_text_within_another_is_found_whole(
    old: str, data: st.DataObject, before: str, after: str
) -> None:
    start = data.draw(st.integers(0, len(old)))
    span = Span(start, data.draw(st.integers(start, len(old))))
    new = before + old + after
    found = find_again(old, span, new)
    if span.start == span.end:
        assert found is None
        return
    assert found is not None
    assert found[0].of(new) == span.of(old)
    assert found[1] >= len(old)
