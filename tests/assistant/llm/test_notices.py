"""What is said of the model's part fits what is shown."""

from dataclasses import replace

import pytest

from assistant.answer import ANSWERED, EXTRACTIVE, LLM, REFUSED, Answer
from assistant.llm.notices import notice_of

PLAIN = Answer("Who?", ANSWERED, (), (), "", "en")


@pytest.mark.parametrize(
    ("status", "mode", "trouble", "left_out", "notice"),
    [
        (ANSWERED, LLM, "", 0, ""),
        (ANSWERED, EXTRACTIVE, "", 0, ""),
        (ANSWERED, EXTRACTIVE, "late", 0, "The language model gave no answer; these are the documents' own words."),
        (REFUSED, EXTRACTIVE, "late", 0, "The language model gave no answer."),
        (ANSWERED, LLM, "late", 0, "The language model broke off; what it had written until then is shown."),
        (ANSWERED, LLM, "", 2, "2 sentences of the language model were left out, since their sources do not say them."),
        (REFUSED, EXTRACTIVE, "", 1, "1 sentence of the language model was left out, since its sources do not say it."),
    ],
)
def test_each_end_is_told_as_it_is(status: str, mode: str, trouble: str, left_out: int, notice: str) -> None:
    assert notice_of(replace(PLAIN, status=status, mode=mode), trouble, left_out) == notice


def test_quotes_that_took_the_place_of_what_was_left_out_are_called_so() -> None:
    assert notice_of(PLAIN, left_out=1).endswith("These are the documents' own words.")
    assert notice_of(replace(PLAIN, language="ro"), left_out=1).endswith("Acestea sunt cuvintele documentelor.")
