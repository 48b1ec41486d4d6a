"""A figure of one labelled line is not told under the label of another."""

from tests.assistant.llm.written import faults_of

LINES = "Total value: 3,480,000 lei | Grant: 2,958,000 lei | Period: 2020 – 2022"


def test_the_grant_is_not_the_total_value() -> None:
    assert "in its source 2,958,000 is not the Total value" in faults_of("The total value was 2,958,000 lei.", LINES)


def test_each_figure_may_be_told_under_its_own_label() -> None:
    assert faults_of("The total value was 3,480,000 lei.", LINES) == []
    assert faults_of("Of the total value of 3,480,000 lei, the grant was 2,958,000 lei.", LINES) == []


def test_a_date_of_a_period_line_goes_with_the_words_of_any_line() -> None:
    assert faults_of("The total value was 3,480,000 lei between 2020 and 2022.", LINES) == []
