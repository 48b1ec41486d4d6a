"""The same question in other words, by rule."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from eval.growing.asked import Asked
from eval.growing.rewording import in_small_letters, is_of_model, rewordings, with_slip
from eval.growing.wording import title_slots, worded
from eval.json_lines import Row

ASKED = Asked("field", "field.amount.budget", "budget-moara-veche", title_slots("Moara Bătrână"), ("a.md",))


def row(language: str) -> Row:
    """Make the row of a question."""
    question = worded(ASKED, language)
    return {"id": "field-budget-moara-veche", "question": question, "language": language}


def test_each_of_five_ways_is_another_question() -> None:
    found = rewordings(row("ro"), ASKED, ("en", "ro"), 5)
    assert [one["id"] for one in found] == [f"field-budget-moara-veche~{number}" for number in range(1, 6)]
    assert all(one["of"] == "field-budget-moara-veche" for one in found)
    assert len({one["question"].lower() for one in found} | {row("ro")["question"].lower()}) == 6
    assert [one.get("language") for one in found].count("en") == 1
    assert "buget Moara Bătrână" in [one["question"] for one in found]


def test_there_are_no_more_than_are_asked_for() -> None:
    assert len(rewordings(row("en"), ASKED, ("en", "ro"), 2)) == 2
    assert rewordings(row("en"), ASKED, ("en", "ro"), 0) == []


def test_in_one_language_no_question_is_put_in_the_other() -> None:
    assert not any("language" in one for one in rewordings(row("ro"), ASKED, ("ro",), 5))


def test_a_language_model_s_wordings_come_first_and_no_question_twice() -> None:
    def reword(question: str, language: str) -> list[str]:
        return [f"Tell me: {question}", question, f"{language}?"]

    found = rewordings(row("en"), ASKED, ("en", "ro"), 3, reword)
    assert [one["question"] for one in found][:2] == [f"Tell me: {row('en')['question']}", "en?"]
    assert len(found) == 3
    assert [is_of_model(one) for one in found] == [True, True, False]
    assert not is_of_model({**row("en"), "id": "field~model-1"})


def test_where_no_wording_is_wanted_no_model_is_asked() -> None:
    def reword(question: str, language: str) -> list[str]:
        raise AssertionError(question, language)

    assert rewordings(row("en"), ASKED, ("en", "ro"), 0, reword) == []


def test_small_letters_have_no_accents_and_no_end() -> None:
    assert in_small_letters("Ce buget a avut „Moara Bătrână”?") == "ce buget a avut „moara batrana”"


def test_a_question_of_short_words_gets_no_slip() -> None:
    assert with_slip("Who paid for it?") == "Who paid for it?"


@given(st.text("abcdefg ș.?", max_size=60))
def test_a_slip_changes_two_letters_round_and_nothing_else(question: str) -> None:
    slipped = with_slip(question)
    assert sorted(slipped) == sorted(question)
    assert OSA.distance(question, slipped) <= 1
    assert with_slip(question) == slipped
