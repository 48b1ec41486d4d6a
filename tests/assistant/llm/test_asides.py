"""What states nothing, and what states something without a source."""

import pytest

from assistant.llm.asides import states_nothing
from assistant.llm.sentences import Numbered


@pytest.mark.parametrize(
    "text",
    [
        "Sure!", "Here is the answer:", "I hope this helps!", "Let me know if you need more details.", "Budget",
        "Based on the sources, here is the answer:", "Sper că vă ajută.", "Iată răspunsul:", "The partners were:",
        "Here is the answer about Lantern Walk:",
    ],
)  # fmt: skip
def test_greetings_and_what_only_announces_state_nothing(text: str) -> None:
    assert states_nothing(Numbered(text))


@pytest.mark.parametrize(
    "sentence",
    [
        Numbered("The budget was large."), Numbered("I think that it cost 5 EUR."), Numbered("In 2014 they were:"),
        Numbered("Here is the answer:", (1,)), Numbered("I know that Nordhaven Fund paid."),
        Numbered("Proiectul va continua."), Numbered("The US paid for the works."),
    ],
)  # fmt: skip
def test_a_statement_is_one_though_it_names_no_source(sentence: Numbered) -> None:
    assert not states_nothing(sentence)
