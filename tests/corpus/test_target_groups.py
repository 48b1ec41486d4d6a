"""Whom a project was for, by number and by age."""

import pytest

from corpus.folding import fold_keeping_length
from corpus.target_groups import group_told, is_people


def group(sentence: str) -> str:
    found = group_told(fold_keeping_length(sentence))
    return sentence[slice(*found)] if found else ""


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The workshops for children from 3 to 10 are free.", "children from 3 to 10"),
        ("Its club is open to over 350 children between 8 and 12 years of age, who draw owls.",
         "over 350 children between 8 and 12 years of age"),
        ("The camp is for girls aged 14-18.", "girls aged 14-18"),
        ("The course was held for women aged 50+ and their daughters.", "women aged 50+"),
        ("The course is for people over 65.", "people over 65"),
        ("A lantern course for 10-14-year-olds", "10-14-year-olds"),
        ("Workshops for 20 children aged 6-9 were held.", "20 children aged 6-9"),
        ("Ateliere pentru copii de 7-12 ani din trei sate.", "copii de 7-12 ani"),
        ("Proiectul a implicat tineri cu vârste cuprinse între 15 și 25 de ani.",
         "tineri cu vârste cuprinse între 15 și 25 de ani"),
        ("It was set up to help 60 students.", "60 students"),
    ],
)  # fmt: skip
def test_a_group_is_told_by_its_number_or_its_age(sentence: str, expected: str) -> None:
    assert group(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Children between 10 and 14 seldom see an owl.",
        "This happens to children between 3 and 10.",
        "Our team sent lanterns to children from 3 to 10 schools.",
        "We helped families over 3 years.",
        "Our courses for adults from 9 to 5 are free.",
        "The club is open on Saturdays for children from 10 to 12.",
        "Our lessons for children from 12 to 3 were cut short.",
    ],
)
def test_numbers_that_are_no_age_of_those_who_were_helped_are_passed_over(sentence: str) -> None:
    assert group(sentence) == ""


@pytest.mark.parametrize(
    "words", ["48 small farmers", "Copii și tineri din Deta", "copii din mediul rural", "120 de elevi"]
)
def test_people_are_told_from_names(words: str) -> None:
    assert is_people(words)


@pytest.mark.parametrize(
    "words", ["Tineri pentru Europa", "Asociația Copiilor", "Școala Gimnazială Periam", "Women for Fen"]
)
def test_names_that_speak_of_people_are_names(words: str) -> None:
    assert not is_people(words)
