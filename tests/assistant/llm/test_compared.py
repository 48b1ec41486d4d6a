"""What follows from the figures of a sentence may be said, and its opposite may not."""

import pytest

from tests.assistant.llm.written import faults_of


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("Nesting pairs rose from 31 to 52.", "52 pairs nested, against 31 pairs earlier."),
        ("It reached 131 villages, fewer than the 140 of the target.", "It reached 131 villages; the target was 140."),
    ],
)
def test_what_two_figures_come_to_may_be_said(said: str, quote: str) -> None:
    assert faults_of(said, quote) == []


def test_what_went_up_did_not_fall() -> None:
    faults = faults_of("Pairs fell from 31 to 52.", "52 pairs nested, against 31 pairs earlier.")
    assert "its figures say the opposite: fell" in faults


def test_a_figure_that_no_source_has_bears_out_no_comparison() -> None:
    assert faults_of("Pairs rose from 30 to 52.", "52 pairs nested, against 31 pairs earlier.") != []
