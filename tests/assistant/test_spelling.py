"""A word that nothing knows is taken for the one it nearly is; names and known words are left as they are."""

import pytest

from assistant.assistant import Assistant
from tests.assistant.answers import ask, listed


@pytest.mark.parametrize(
    ("word", "language", "meant"),
    [
        ("bugdet", "en", "budget"),
        ("budgt", "en", "budget"),
        ("fudned", "en", "funded"),
        ("parnters", "en", "partners"),
        ("projcts", "en", "projects"),
        ("bugte", "ro", "buget"),
        ("partneri", "ro", "parteneri"),
        ("lantrn", "en", "lantern"),
        ("albinelr", "ro", "albinelor"),
        ("gerogia", "en", "georgia"),
    ],
)
def test_a_slip_is_mended(reedmoor: Assistant, word: str, language: str, meant: str) -> None:
    assert reedmoor.vocabulary.spelling.meant(word, language) == meant


@pytest.mark.parametrize(
    "word",
    [
        "budget",
        "buget",
        "lantern",
        "nordhaven",
        "georgia",
        "apples",
        "ukrainian",
        "zeppelin",
        "wer",
        "2014",
        "rm-2043",
        "",
    ],
)
def test_a_word_that_is_known_or_near_to_none_is_left(reedmoor: Assistant, word: str) -> None:
    assert reedmoor.vocabulary.spelling.meant(word, "en") == word


def test_a_word_between_two_that_are_as_near_is_left(reedmoor: Assistant) -> None:
    # As near to “cost” as to “lost” it would be anyone's guess.
    assert reedmoor.vocabulary.spelling.meant("xost", "en") == "xost"


def test_only_the_slips_of_a_question_are_written_anew(reedmoor: Assistant) -> None:
    mend = reedmoor.vocabulary.spelling.mend
    assert mend("What was the bugdet, of Lantern Walk?!", "en") == "What was the budget, of Lantern Walk?!"
    assert mend("Who funded Zephyr in 2014?", "en") == "Who funded Zephyr in 2014?"
    assert mend("", "en") == ""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was the bugdet of Salt Road?", "Salt Road – Budget: “12,500 GBP”"),
        ("Who were the parnters of Salt Road?", "Salt Road – Partners: “Varna Museum of Trade (Bulgaria)”"),
        ("Who fudned Moara Vech?", "Moara Veche – Funder: “Banca Dunării”"),
        ("Cine a finantatt Casa Albinelor?", "Casa Albinelor – Finanțator: „Ministerul Apelor”"),
        ("Ce bugte a avut Moara Veche?", "Moara Veche – Buget: „75.000 RON”"),
    ],
)
def test_a_question_with_slips_is_answered(reedmoor: Assistant, question: str, told: str) -> None:
    assert ask(reedmoor, question).statements[0].text == told


@pytest.mark.parametrize(
    "question",
    [
        "Which projects were fnded by the Nordhaven Fund?",
        "Which projcts were funded by the Nordhavn Fund?",
        "Which projects were funded by the Nordhaven Funt?",
    ],
)
def test_a_list_with_slips_is_as_complete_as_without(reedmoor: Assistant, question: str) -> None:
    assert listed(ask(reedmoor, question)) == listed(ask(reedmoor, "Which projects were funded by the Nordhaven Fund?"))


def test_a_slip_in_the_name_of_two_files_is_still_one_project(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "What was the budget of Lanterm Walk?")
    assert found.statements[0].text == "Lantern Walk – Budget: “120,000 EUR”"
    assert "compared" not in found.plan
