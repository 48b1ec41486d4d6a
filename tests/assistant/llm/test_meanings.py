"""A row of the vocabulary holds words of one meaning, and no other word that only begins like one of them."""

import pytest

from assistant.llm.clauses import told
from assistant.llm.wording import families_of


def shared(one: str, other: str) -> frozenset[str]:
    return families_of(one) & families_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cook", "gatesc"),
        ("study", "research"),
        ("mounted", "montat"),
        ("father", "tatal"),
        ("lake", "lacul"),
        ("pupils", "elevii"),
        ("platesc", "paid"),
        ("weaving", "tesut"),
    ],
)
def test_words_of_one_meaning_share_a_row(one: str, other: str) -> None:
    assert shared(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("research", "gatesc"),  # cooking
        ("executed", "tati"),  # fathers
        ("month", "montat"),
        ("ongoing", "ngo"),
        ("region", "regizor"),
        ("lack", "lake"),
        ("eleven", "elevii"),
        ("training", "traiesc"),
        ("anul", "cancelled"),
        ("health", "cured"),
        ("costume", "price"),
        ("sistem", "stopped"),
        ("platform", "paid"),
        ("legal", "linked"),
        ("citizens", "reading"),
        ("satellite", "village"),
        ("winter", "won"),
        ("focus", "fire"),
        ("maintenance", "chief"),
        ("ceremony", "asked"),
    ],
)
def test_words_that_only_begin_alike_share_none(one: str, other: str) -> None:
    assert not shared(one, other)


def test_what_a_sentence_says_is_read_by_the_same_rows() -> None:
    (word,) = (one for one in told("They cook.", "en").words if one.folded == "cook")
    assert families_of("cook") <= word.families
