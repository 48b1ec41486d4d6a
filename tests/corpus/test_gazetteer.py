"""Known names found in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.gazetteer import find_known, gazetteer

NAMES = gazetteer(
    [("Owl Hill", "hill"), ("Owl", "bird"), ("LUMEN", "light"), ("Lumen", "unit"), ("Côte d'Or", "coast"),
     ("Isle, The", "isle"),
     ("al Nord", "north"), ("Owl", "again"), ("—", "nothing")]
)  # fmt: skip


def found(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.key) for one in find_known(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Owl sat on Owl Hill.", [("Owl", "bird"), ("Owl Hill", "hill")]),
        ("Owl  Hill, Owl-Hill, Owl\nHill", [("Owl  Hill", "hill"), ("Owl-Hill", "hill"), ("Owl\nHill", "hill")]),
        ("Cote d’Or", [("Cote d’Or", "coast")]),
        ("CÔTE D'OR", [("CÔTE D'OR", "coast")]),
        ("Isle, The", [("Isle, The", "isle")]),
        ("Owl; Hill", [("Owl", "bird")]),
        ("Owls and owlets", []),
        ("", []),
    ],
)
def test_a_name_is_found_word_by_word_the_longest_first(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_capital_in_the_name_is_one_in_the_text() -> None:
    assert found("an owl, OWL HILL, owl Hill") == [("OWL HILL", "hill")]
    assert found("al Nord, al nord") == [("al Nord", "north")]


def test_a_name_all_in_capitals_is_not_the_word_in_small_letters() -> None:
    assert [key for _, key in found("LUMEN")] == ["light"]
    assert [key for _, key in found("Lumen")] == ["unit"]
    assert found("lumen") == []


@given(st.lists(st.sampled_from(["Owl", "Hill", "LUMEN", " ", ", ", "-", "s", "İ", "Côte", "d'", "Or"])).map("".join))
def test_names_are_found_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for one in find_known(text, NAMES):
        assert end <= one.start < one.end <= len(text)
        end = one.end
