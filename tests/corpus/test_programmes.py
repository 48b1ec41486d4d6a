"""Funding programmes named in a value or a sentence."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.programmes import find_programmes


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_programmes(text)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("EEA Grants 2009-2014, NGO Fund", ["EEA Grants 2009-2014", "NGO Fund"]),
        ("EEA Grants 2009-2014, program AB12/CD34", ["EEA Grants 2009-2014", "program AB12/CD34"]),
        ("Granturile SEE 2014-2021", ["Granturile SEE 2014-2021"]),
        ("Erasmus+", ["Erasmus+"]),
        ("Erasmus +, Action Strategic Partnerships", ["Erasmus +, Action Strategic Partnerships"]),
        ("Leonardo da Vinci", ["Leonardo da Vinci"]),
        ("EC, Grundtvig", ["Grundtvig"]),
        ("MATRA", ["MATRA"]),
        ("within the “MATRA” Program", ["“MATRA” Program"]),
        ("Creative Europe Program – Culture Sub-Program", ["Creative Europe Program – Culture Sub-Program"]),
        ("Interreg V-A Romania-Bulgaria", ["Interreg V-A"]),
        ("Programul Operațional Capital Uman 2014-2020", ["Programul Operațional Capital Uman 2014-2020"]),
        ("finanțat prin Programul Tineri în Zori", ["Programul Tineri în Zori"]),
        ("Lumen Bank, „Owls of Tomorrow”", ["„Owls of Tomorrow”"]),
        ("the call “Books for Owls”", ["“Books for Owls”"]),
        ("Owl Twinning Scheme", ["Owl Twinning Scheme"]),
        ("PHARE 2004", ["PHARE"]),
    ],
)
def test_a_programme_is_found_by_name_or_by_shape(value: str, expected: list[str]) -> None:
    assert found(value) == expected


@pytest.mark.parametrize(
    "name",
    ["LIFE", "PROGRESS", "ENI", "SEE", "IPA", "EQUAL", "CARDS", "Phare", "Socrates", "Comenius", "Erasmus", "Tempus"],
)
def test_a_name_with_other_bearers_counts_alone_in_a_value_or_beside_a_word_for_a_programme(name: str) -> None:
    assert found(name) == [name]
    assert found(f"European Union, {name}") == [name]
    assert found(f"It was paid under the {name} programme.") == [f"{name} programme"]
    assert found(f"It was paid through {name}, and by others, in the years in which they had the money.") == [name]
    assert found(f"The {name} is a word that many others bear.") == []
    assert found(f"{name} University") == []


@pytest.mark.parametrize(
    "text",
    [
        "The children learn for life; life is good.",
        "Life in the village",
        "LIFE FOR CHILDREN IN NEED",
        "WORK IN PROGRESS FOR LIBRARIES",
        "Progress in Reading",
        "SEE ALSO",
        "GREETING CARDS",
        "The Phare lighthouse in Morocco",
        "a painting by Leonardo da Vinci",
        "Liceul Leonardo da Vinci",
        "Marie Curie was a physicist.",
        "a leader of the youth, lifelong learning and twinning of towns",
        "Team LEADER",
        "Our Initiative",
        "Each Program has a head.",
        "the Training Program for teachers",
        "programul de lucru",
        "Planul de afaceri",
        "National Owl Fund",
        "Fondul Bufnițelor",
        "",
    ],
)
def test_what_is_no_programme_is_none(text: str) -> None:
    assert found(text) == []


@given(
    st.lists(
        st.sampled_from(
            ["Erasmus", "+", "LIFE", "Program", "Owl", "“", "”", ", ", " ", "2014-2020", "of", "Fondul ONG", " – "]
        )
    ).map("".join)
)
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for one, other in find_programmes(text):
        assert end <= one < other <= len(text)
        end = other


@pytest.mark.parametrize("unit", ["Erasmus+ ", "Aa ", "“", "Programul Aa de ", ", ", "Aa of ", " "])
def test_the_worst_text_takes_little_time(unit: str) -> None:
    begun = perf_counter()
    find_programmes(unit * 10_000)
    assert perf_counter() - begun < 2
