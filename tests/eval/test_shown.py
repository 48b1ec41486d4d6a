"""A candidate as a person reads it."""

from pathlib import Path

import pytest

from eval.json_lines import Row
from eval.shown import shown
from index.candidates import Candidate
from index.settings import Settings
from index.store import Store


@pytest.fixture(scope="module")
def store(reedmoor_store: Path) -> Store:
    """Open the store of an invented organisation."""
    return Store(Settings(reedmoor_store))


def read(store: Store, change: Row, note: str = "", original: str = "", *, bold: bool = False) -> str:
    """Show a candidate."""
    row: Row = {
        "id": "mill", "question": "Ce buget a avut Moara Veche?", "kind": "field", "language": "ro",
        "answerable": True, "answers": ["75.000 RON"], "none": ["Podul"],
        "sources": [{"document": "proiecte.md", "quote": "Buget: 75.000 RON"}],
    } | change  # fmt: skip
    return shown(store, Candidate(1, "mill", "generated", "", row, note, "open", None), row, original, bold=bold)


def test_a_quote_is_shown_with_what_stands_around_it(store: Store) -> None:
    text = read(store, {})
    assert text.splitlines()[0] == "field · ro · answerable · generated"
    assert "Școala din Luncani | >>Buget: 75.000 RON<< | Finanțator: Banca Dunării" in text
    assert "in proiecte.md:" in text
    assert "expected: 75.000 RON" in text
    assert "and none of: Podul" in text


def test_of_a_whole_record_the_places_are_shown_that_have_what_is_expected(store: Store) -> None:
    source = {"document": "proiecte.md", "project": "Moara Veche"}
    text = read(store, {"answers": [], "all": [["Banca Dunării"], ["75.000 RON", "75,000"]], "sources": [source]})
    assert ">>Banca Dunării<<" in text
    assert ">>75.000 RON<<" in text
    assert text.index(">>75.000") < text.index(">>Banca")


def test_on_a_terminal_words_are_bold(store: Store) -> None:
    assert "\x1b[1mBuget: 75.000 RON\x1b[22m" in read(store, {}, bold=True)


def test_what_it_says_in_other_words_what_came_before_and_what_was_said_of_it_are_shown(store: Store) -> None:
    text = read(store, {"history": ["Cine a plătit?"]}, note="thumb down\ncomment: no", original="Ce buget?")
    assert "  after: Cine a plătit?\n  in other words: Ce buget?\n" in text
    assert "  thumb down\n  comment: no\n" in text


def test_what_has_no_answer_says_so(store: Store) -> None:
    text = read(store, {"answerable": False, "answers": [], "none": [], "sources": []})
    assert "expected: that the documents do not say it" in text


def test_a_source_that_is_not_there_any_more_is_said(store: Store) -> None:
    text = read(store, {"sources": [{"document": "proiecte.md", "quote": "Buget: 1 RON"}]})
    assert "cannot stand as it is" in text
    assert "does not hold the words" in text


def test_many_ways_and_places_are_counted(store: Store) -> None:
    sources = [{"document": "register.csv", "project": name} for name in
               ("Rural Wells", "Energy", "Turbine Halls", "Town Water Mains", "School Kitchens",
                "Coastal Roads Upgrade", "Hill Roads Rehabilitation")]  # fmt: skip
    text = read(store, {"answers": list("abcdef"), "sources": sources})
    assert "a | b | c | d (or 2 more ways to say it)" in text
    assert "and 1 more places" in text
