"""What comes nearest to a name or to words that are not there."""

from eval.nearest import nearest_name, nearest_words

FIELDS = ("answers", "answerable", "all", "question", "language")


def test_a_misspelt_name_is_near_one_and_a_strange_one_near_none() -> None:
    assert [nearest_name(name, FIELDS) for name in ("anwsers", "ANSWER", "lang", "questoin", "expected", "")] == [
        "answers", "answers", "language", "question", None, None,
    ]  # fmt: skip
    assert nearest_name("answers", ()) is None


def test_of_names_as_near_the_first_by_order_is_taken() -> None:
    assert nearest_name("page-3.md", ("page-2.md", "page-1.md", "other.md")) == "page-1.md"


TEXTS = {
    "a.md": "# Pier Lights\n\nPeriod: 2019\n\nBudget: 550,00 USD in\nall, of which half was spent.",
    "b.md": "Budget: 560,00 EUR was asked for.",
}


def test_words_with_a_slip_are_near_the_place_that_was_meant() -> None:
    near = nearest_words("Budget:  560,00 USD", TEXTS)
    assert near is not None
    # "Budget: 560,00 USD" and "Budget: 550,00 USD": 17 of 18 characters in common on either side.
    assert (near.document, near.words, round(near.likeness, 6)) == (
        "a.md",
        "Budget: 550,00 USD",
        round(100 * 34 / 36, 6),
    )


def test_the_nearest_place_is_shown_in_whole_words_and_single_spaces() -> None:
    near = nearest_words("50,00 USD in al, of whic half", TEXTS)
    assert near is not None
    assert near.words == "550,00 USD in all, of which half"


def test_a_text_shorter_than_what_is_looked_for_is_the_place() -> None:
    near = nearest_words("The Budget: 560,00 EUR was asked for then.", {"b.md": TEXTS["b.md"]})
    assert near is not None
    assert near.words == TEXTS["b.md"]


def test_words_that_are_nowhere_are_near_nothing() -> None:
    assert nearest_words("zebras cross quietly", TEXTS) is None
    assert nearest_words("", TEXTS) is None
    assert nearest_words("Budget", {"empty.md": ""}) is None
