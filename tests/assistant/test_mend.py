"""Changes of a question are kept as JSON and read back; what is no such change is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.mend import LONGEST_QUESTION, MOST_EARLIER, Earlier, Mend, earlier, mend_to_json, read_mend, recent
from corpus.errors import MisuseError

TEXTS = st.none() | st.text(max_size=20)
MENDS = st.builds(Mend, st.lists(st.text(max_size=20), max_size=3).map(tuple), TEXTS, TEXTS, TEXTS)


@given(MENDS)
def test_a_mend_comes_back_from_json_as_it_was(mend: Mend) -> None:
    assert read_mend(mend_to_json(mend)) == mend


@given(MENDS)
def test_only_an_empty_mend_is_nothing(mend: Mend) -> None:
    assert bool(mend) == (mend_to_json(mend) != {})


def test_no_json_is_no_change() -> None:
    assert read_mend(None) == Mend()


@pytest.mark.parametrize(
    "told", [[], "place:Romania", {"without": "place:Romania"}, {"without": [1]}, {"subject": 3}, {"project": "x"}]
)
def test_what_is_no_change_is_told(told: object) -> None:
    with pytest.raises(MisuseError, match=r"expected|have to be"):
        read_mend(told)


def test_a_part_left_out_can_be_put_back() -> None:
    mend = Mend().less("place:Romania").less("period:2014").less("place:Romania")
    assert mend.without == ("place:Romania", "period:2014")
    assert mend.with_again("place:Romania").with_again("period:2014") == Mend()


def test_a_plain_question_of_a_history_was_not_changed() -> None:
    assert earlier("Who?") == Earlier("Who?", Mend())
    assert earlier(Earlier("Who?", Mend(field="period:"))).mend.field == "period:"


def test_of_a_history_the_last_questions_are_read_and_of_each_its_beginning() -> None:
    read = recent(["first", *["later"] * (MOST_EARLIER - 1), Earlier("x" * 9_999, Mend(field="period:"))])
    assert [len(read), read[0].question, len(read[-1].question)] == [MOST_EARLIER, "later", LONGEST_QUESTION]
    assert read[-1].mend.field == "period:"
