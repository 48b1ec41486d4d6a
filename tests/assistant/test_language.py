"""A question whose words tell no language is asked in that of the conversation."""

import pytest

from assistant.assistant import Assistant
from assistant.language import detect_language
from tests.assistant.answers import ask


@pytest.mark.parametrize(("usual", "language"), [("", "en"), ("en", "en"), ("ro", "ro")])
def test_a_name_alone_is_asked_in_the_language_of_the_conversation(usual: str, language: str) -> None:
    assert detect_language("Salt Road?", usual) == language


def test_an_answer_keeps_the_language_of_the_conversation(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Dar Salt Road?", "Ce buget a avut Harbour Voices?")
    assert found.text.startswith("Salt Road – Buget: „12,500 GBP”")


def test_accents_of_a_name_tell_no_language() -> None:
    assert detect_language("Budget Moara Făinii") == "en"
