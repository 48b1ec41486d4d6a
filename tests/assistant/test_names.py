"""An index over names finds those that share words with a question, runs of them, and names run together."""

import pytest

from assistant.names import MOST_ALIKE, ORGANISATION, Called, NameIndex

NAMES = ("Nordhaven Fund", "European Salt Council", "Kyiv Institute of Reading", "Ministry of Salt", "Salt")


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex([Called(ORGANISATION, name, name) for name in NAMES], frozenset({"of", "the"}))


def _runs(index: NameIndex, said: str) -> list[tuple[list[int], set[str]]]:
    words = said.split()
    found = index.runs(words, set(range(len(words))))
    return [(sorted(positions), {index.names[n].name for n in numbers}) for positions, numbers in found]


def test_the_longest_run_of_a_name_is_found_with_the_names_that_hold_it(index: NameIndex) -> None:
    assert _runs(index, "by the european salt council") == [([2, 3, 4], {"European Salt Council"})]
    assert _runs(index, "the kyiv institute") == [([1, 2], {"Kyiv Institute of Reading"})]


def test_a_word_of_several_names_leads_to_all_of_them(index: NameIndex) -> None:
    assert _runs(index, "salt") == [([0], {"European Salt Council", "Ministry of Salt", "Salt"})]


def test_runs_overlap_no_other(index: NameIndex) -> None:
    assert [at for at, _ in _runs(index, "nordhaven fund or ministry of salt")] == [[3, 4, 5], [0, 1]]


def test_a_word_that_is_explained_is_in_no_run(index: NameIndex) -> None:
    assert index.runs(["nordhaven", "fund"], {1}) == [(frozenset({1}), [0])]
    assert index.runs([], set()) == []


def test_a_slip_in_a_long_word_is_forgiven_and_in_a_short_one_not(index: NameIndex) -> None:
    assert index.alike("nordhavn") == ["nordhaven"]
    assert index.alike("slt") == []
    assert len(index.alike("ministri")) <= MOST_ALIKE


def test_another_form_of_a_word_is_the_same_word(index: NameIndex) -> None:
    assert index.alike("funds") == ["fund"]
    assert index.alike("readings") == ["reading"]


def test_a_rare_word_weighs_more_than_a_common_one(index: NameIndex) -> None:
    assert index.weight("nordhaven") > index.weight("salt")
    assert index.whole_weight(3) == pytest.approx(index.weight("ministry") + index.weight("salt"))


def test_candidates_share_words_and_say_where(index: NameIndex) -> None:
    found = index.candidates(["reading", "by", "salt"])
    assert found[2] == {"reading": 0}
    assert {number for number, hits in found.items() if "salt" in hits} == {1, 3, 4}
    assert 0 not in found


def test_a_name_run_together_or_apart_is_found(index: NameIndex) -> None:
    assert list(index.joined(["nordhavenfund"])) == [(0, frozenset({0}))]
    assert (0, frozenset({1, 2, 3})) in list(index.joined(["the", "nord", "haven", "fund"]))
