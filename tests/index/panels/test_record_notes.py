"""Notes of records in the language of the page."""

from pathlib import Path

import pytest

from corpus.amounts import find_money
from corpus.dates import read_period
from index.panels.frame import Frame
from index.panels.notes import told_note
from index.panels.words import read_words

FOLDER = Path(__file__).parents[3] / "index" / "panels"
ROMANIAN = Frame("ro", read_words("ro", [FOLDER]), "/ro")
PERIODS = (
    "Spring 2014",
    "vara 2015",
    "autumn 2016",
    "05.03.19 – 06.04.20",
    "March 2014",
    "since 2019",
    "24 months",
    "31.02.2015 – 5.06.2016",
    "winter 2014-2015",
    "03/04/2019 – 05/06/2019",
)
AMOUNTS = ("550,00 USD", "between 10,000 and 20,000 EUR", "about 5,000 EUR", "-400 EUR", "10-20,000 EUR")


@pytest.mark.parametrize(
    "note",
    [note for words in PERIODS if (note := read_period(words)[2])]
    + [money.note for words in AMOUNTS for money in find_money(words) if money.note]
    + ["no start is given; it is the date under “Signed”; the end stands apart: Closed: 2019", "no currency is given"],
)
def test_a_note_as_records_have_it_stays_itself_in_english_and_is_romanian_on_a_romanian_page(note: str) -> None:
    assert told_note(Frame(), note) == note
    told = told_note(ROMANIAN, note)
    assert all(part not in told for part in note.split("; ")), told


def test_the_words_of_the_source_stay_in_a_translated_note() -> None:
    told = told_note(ROMANIAN, "no start is given; it is the date under “{approval}”; the end stands apart: To: 5 June")
    assert told == "începutul nu este indicat; este data de la „{approval}”; sfârșitul este scris separat: To: 5 June"


def test_a_note_that_nobody_has_translated_is_shown_as_it_is() -> None:
    assert told_note(ROMANIAN, "something new; no currency is given") == "something new; moneda nu este indicată"
