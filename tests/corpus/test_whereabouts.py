"""Countries that a sentence plainly puts a project in, and those that it only mentions."""

import pytest

from corpus.folding import fold_keeping_length
from corpus.whereabouts import countries_told


def countries(sentence: str, title: str = "") -> list[str]:
    found = countries_told(sentence, fold_keeping_length(sentence), fold_keeping_length(title))
    return [sentence[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The project ran in Malta, Italy and the Republic of Moldova.", ["Malta", "Italy", "Republic of Moldova"]),
        ("Owl Ltd. has won the project contract “Lanterns for the hills, for the harbours and for all of the lanes” in "
         "Malta together with Lamp Inc. (Norway).", ["Malta"]),
        ("Six schools from three countries (Malta, Italy and Norway) launched this project.",
         ["Malta", "Italy", "Norway"]),
        ("It brought the project to owls in 6 public libraries of the Republic of Moldova.", ["Republic of Moldova"]),
        ("Teachers from village schools in Malta and in Italy run its workshops.", ["Malta", "Italy"]),
        ("Proiectul se desfășoară în 12 sate din Republica Moldova.", ["Republica Moldova"]),
    ],
)  # fmt: skip
def test_a_country_is_the_project_s_where_the_sentence_says_so(sentence: str, expected: list[str]) -> None:
    assert countries(sentence) == expected


def test_a_sentence_with_the_title_speaks_of_the_project() -> None:
    sentence = "Lamp Walk lit lanterns in four towns of Malta."
    assert countries(sentence, "Lamp Walk") == ["Malta"]
    assert countries(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In 300 villages of Malta there is no owl.",
        "The course was held by Lamp College in Malta.",
        "The project took up a game from Norway.",
        "Teachers from schools in Malta run a marathon.",
        "The Bank of Italy and two libraries launched this project.",
    ],
)
def test_a_country_that_is_only_mentioned_is_passed_over(sentence: str) -> None:
    assert countries(sentence) == []
