"""Numbers of sources, however a model writes them."""

import pytest

from assistant.llm.markers import ends_marked, is_run, numbers_in, without_markers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It cost 5 EUR [S1].", (1,)),
        ("It cost 5 EUR [1][s2] [Source 3].", (1, 2, 3)),
        ("It cost 5 EUR [S1, S2; 3 and S4].", (1, 2, 3, 4)),
        ("A costat 5 EUR [S1, S2 și S4].", (1, 2, 4)),
        ("It cost 5 EUR (S1) (source: S2).", (1, 2)),
        ("It cost 5 EUR [S1-S3] [5–6].", (1, 2, 3, 5, 6)),
        ("It cost 5 EUR ［S1］【2†source】[^3].", (1, 2, 3)),
        ("It cost 5 EUR S1, S2.", (1, 2)),
        ("It cost 5 EUR [S1] in S2.", (1,)),
        ("It cost 5 EUR [S1-S900].", (1, 900)),
        ("It cost [2014] 5 EUR (2) in the S1 line (in 2014).", ()),
        ("It cost 5 EUR [S1], [S1].", (1,)),
    ],
)
def test_numbers_are_read_in_every_form(text: str, numbers: tuple[int, ...]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It cost 5 EUR [S1].", "It cost 5 EUR."),
        ("Lantern Walk [S1] cost 5 EUR [S2], and more.", "Lantern Walk cost 5 EUR, and more."),
        ("According to [S1] and [S2], it cost 5 EUR.", "It cost 5 EUR."),
        ("The budget, as stated in [S1], was 5 EUR.", "The budget was 5 EUR."),
        ("[S1] states that the budget was 5 EUR.", "The budget was 5 EUR."),
        ("Potrivit [S1], bugetul a fost de 5 EUR.", "Bugetul a fost de 5 EUR."),
        ("It cost 5 EUR S1, S2.", "It cost 5 EUR ."),
        ("It cost [2014] 5 EUR (2).", "It cost [2014] 5 EUR (2)."),
    ],
)
def test_a_sentence_reads_as_if_it_had_none(text: str, left: str) -> None:
    assert without_markers(text) == left


def test_a_run_of_markers_is_told_from_words() -> None:
    assert is_run("[S1], [S2] (S3) ")
    assert not is_run("[S1] It")
    assert ends_marked("It cost [S1] **")
    assert not ends_marked("[S1]")
    assert not ends_marked("It cost [S1] more")
    assert not ends_marked("It cost (in 2014)")
