"""Somebody's way through the candidates on a page: accepted lines say who looked, and nobody overrules another."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from eval.deciding import Sitting, accept, change, look, reject, undo
from eval.editing import edited
from eval.errors import EvaluationError
from eval.qa import read_pairs
from index.candidates import FEEDBACK, GENERATED, add_candidate, read_candidates
from index.settings import Settings
from index.store import Store

MILL: dict[str, Any] = {
    "id": "mill", "question": "Ce buget a avut Moara Veche?", "history": [], "kind": "field", "language": "ro",
    "answerable": True, "answers": ["75.000 RON"], "all": [], "none": [],
    "sources": [{"document": "proiecte.md", "quote": "Buget: 75.000 RON"}],
}  # fmt: skip
OTHER = {"id": "mill~1", "of": "mill", "question": "buget moara veche"}
SAID = {**MILL, "id": "said", "question": "Cât a costat?", "answers": [], "sources": []}
MANY = {**MILL, "id": "many", "answers": [], "all": ["75.000 RON", ["Moara Veche", "Moara | Veche"]]}


@pytest.fixture
def store(reedmoor_store: Path, tmp_path: Path) -> Iterator[Store]:
    """Open a copy of a store with an original, its wording and one that somebody said."""
    with closing(Store(Settings(shutil.copytree(reedmoor_store, tmp_path / "store")))) as opened:
        with opened.catalogue.transaction() as connection:
            for pair, origin in ((OTHER, GENERATED), (MILL, GENERATED), (SAID, FEEDBACK)):
                add_candidate(connection, pair, origin=origin, note=f"note of {pair['id']}")
        yield opened


def rows(store: Store) -> list[dict[str, object]]:
    """Read the lines of what was accepted."""
    path = store.settings.store / "questions" / "accepted.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def key(store: Store, identity: str) -> int:
    """Find a candidate's key."""
    with store.catalogue.transaction() as connection:
        return next(one.key for one in read_candidates(connection) if one.id == identity)


def test_a_card_shows_the_words_of_the_source_and_what_waits_for_it(store: Store) -> None:
    table = look(store, Sitting())
    assert table.card
    assert (table.card.candidate.id, table.number, len(table.ready), table.open) == ("mill", 1, 2, 3)
    assert (table.card.wordings, table.card.wrong, table.before, table.behind) == (1, "", 0, key(store, "said"))
    (place,) = table.card.places
    assert place.document == "proiecte.md"
    assert place.words[0].words == "Buget: 75.000 RON"
    assert look(store, Sitting(origin=FEEDBACK)).number == 1
    assert look(store, Sitting(at=10_000)).number == 1


def test_what_is_accepted_says_who_has_looked_and_its_wording_comes_next(store: Store) -> None:
    done = accept(store, Sitting(), key(store, "mill"), "Ana")
    (line,) = rows(store)
    assert (done.what, done.added, line["answers"]) == ("accepted", "mill", ["75.000 RON"])
    assert str(line["reviewed"]).startswith("Ana, 20")
    table = look(store, done.sitting)
    assert table.card
    assert (table.card.candidate.id, table.card.original) == ("mill~1", MILL["question"])
    again = undo(store, accept(store, done.sitting, key(store, "mill~1"), "").sitting)
    assert (again.what, again.sitting.at, len(rows(store))) == ("undone", key(store, "mill~1"), 1)
    assert undo(store, undo(store, again.sitting).sitting).what == "nothing"
    assert rows(store) == []


def test_two_people_do_not_overrule_each_other(store: Store) -> None:
    first = accept(store, Sitting(), key(store, "mill"), "Ana")
    assert accept(store, Sitting(), key(store, "mill"), "Ion").what == "decided"
    assert reject(store, Sitting(), key(store, "mill"), "no", "Ion").what == "decided"
    assert change(store, Sitting(), key(store, "mill"), {"question": "Ce?", "answers": "x"}, "Ion").what == "decided"
    assert [line["id"] for line in rows(store)] == ["mill"]
    with store.catalogue.transaction() as connection:
        connection.exec_driver_sql("UPDATE candidates SET status = 'rejected' WHERE id = 'mill'")
    late = undo(store, first.sitting)
    assert (late.what, late.sitting.decisions, len(rows(store))) == ("decided", (), 1)


def test_with_an_original_its_wordings_are_rejected(store: Store) -> None:
    done = reject(store, Sitting(), key(store, "mill"), "two  mills", "Ana")
    assert (done.what, done.others) == ("rejected", 1)
    with store.catalogue.transaction() as connection:
        (note,) = (one.note for one in read_candidates(connection) if one.id == "mill")
    assert note == "note of mill\ntwo mills"
    assert look(store, done.sitting).open == 1


def test_what_somebody_said_is_accepted_once_it_says_what_is_right(store: Store) -> None:
    said = key(store, "said")
    with pytest.raises(EvaluationError, match="it has no answers yet"):
        accept(store, Sitting(), said, "Ana")
    fields = {
        "question": "Cât a costat Moara Veche?", "answerable": "yes", "answers": " 75.000 RON \n\n75 de mii de lei\n",
        "all": "", "none": "", "document": "proiecte.md", "quote": "Buget: 75.000 RON",
    }  # fmt: skip
    with pytest.raises(EvaluationError, match="does not hold the words"):
        change(store, Sitting(), said, {**fields, "quote": "Buget: 1 RON"}, "Ana")
    with pytest.raises(EvaluationError, match="it has no answers; say what is right"):
        change(store, Sitting(), said, {**fields, "answers": " "}, "Ana")
    with pytest.raises(EvaluationError, match="is half"):
        change(store, Sitting(), said, {**fields, "quote": ""}, "Ana")
    saved = change(store, Sitting(), said, fields, "Ana")
    assert accept(store, saved.sitting, said, "Ana").what == "accepted"
    (pair,) = read_pairs(store.settings.store / "questions" / "accepted.jsonl")
    assert (pair.question, pair.answers) == ("Cât a costat Moara Veche?", ("75.000 RON", "75 de mii de lei"))


def test_a_candidate_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(EvaluationError, match="there is no such candidate"):
        accept(store, Sitting(), 99, "Ana")


# The form


def test_a_form_sent_back_as_it_was_changes_nothing() -> None:
    for pair in (MILL, MANY, {**MANY, "none": ["x"]}):
        fields = {
            "question": pair["question"], "answerable": "yes", "answers": "\n".join(pair["answers"]),
            "all": ["\n".join([one] if isinstance(one, str) else one) for one in pair["all"]] + [""],
            "none": "\n".join(pair["none"]), "keep": "0", "document": "", "quote": "",
        }  # fmt: skip
        assert edited(pair, fields) == pair


def test_things_that_are_needed_whole_do_not_become_alternatives() -> None:
    fields = {"question": "q", "answerable": "yes", "all": ["75.000 RON", "Moara | Veche", "new\nother"]}
    assert edited(MANY, fields)["all"] == ["75.000 RON", "Moara | Veche", ["new", "other"]]
    assert edited(MANY, fields)["answers"] == []
    assert edited(MANY, {**fields, "all": "75.000 RON"})["all"] == ["75.000 RON"]


def test_without_an_answer_nothing_is_gold_and_a_wording_changes_its_words_alone() -> None:
    none = edited(MILL, {"question": "Cine?", "answerable": "no", "answers": "x", "keep": "0"})
    assert (none["answerable"], none["answers"], none["sources"]) == (False, [], [])
    assert edited(OTHER, {"question": "  moara?", "answerable": "no"}) == {**OTHER, "question": "moara?"}
