"""Figures of a sentence in the form that its sources have them."""

import pytest

from assistant.llm.forms import in_terms_of


@pytest.mark.parametrize(
    ("said", "held", "language", "told"),
    [
        ("It cost 265,000 Swiss francs.", "Cost: 265,000 CHF", "en", "It cost 265,000 CHF."),
        ("A costat 900 de lire.", "Cost: £900", "ro", "A costat 900 GBP."),
        ("One in five came.", "A fifth of them came.", "en", "A fifth came."),
        ("Unul din cinci a venit.", "A fifth of them came.", "ro", "O cincime a venit."),
        ("It broke two times.", "It broke twice.", "en", "It broke twice."),
    ],
)
def test_another_form_of_a_figure_becomes_that_of_the_source(said: str, held: str, language: str, told: str) -> None:
    assert in_terms_of(said, held, language) == told


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("It cost 265,000 Swiss francs.", "Cost: 265,000 EUR"),
        ("It cost 900 kroner.", "Cost: 800 NOK"),
        ("One in five came.", "Five of them came."),
        ("It broke two times.", "It broke."),
    ],
)
def test_what_the_sources_do_not_say_stays_as_it_is_written(said: str, held: str) -> None:
    assert in_terms_of(said, held, "en") == said
