"""Records as lines of JSON: complete, in order, and linked where two files tell of one project."""

import json
from pathlib import Path

from corpus.document import Unreadable
from corpus.files import find_files
from corpus.listing import list_cards, list_json

WALK = "# Lantern Walk of the Hill\n\nBudget: {} EUR\n\nPeriod: 2011\n\nReference: AB/12/C-1\n"


def test_two_files_that_tell_of_one_project_are_linked_and_neither_is_merged(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WALK.format(300))
    (tmp_path / "b.md").write_text(WALK.format(500))
    (tmp_path / "c.md").write_text("# Owl Yard\n\nBudget: 7 EUR\n\nPeriod: 2012\n")
    (tmp_path / "d.pdf").write_text("no PDF")
    lines = list(list_json(find_files([tmp_path])))
    records = [json.loads(line) for line in lines if isinstance(line, str)]
    start = WALK.index("{}") - len("# ")  # the text has no mark before its heading
    differ = [{"field": "budget", "span": [start, start + 7], "their_span": [start, start + 7]}]
    assert [(record["document"], record["same_as"]) for record in records] == [
        ("a.md", [{"document": "b.md", "id": "lantern-walk-of-the-hill", "contradictions": differ}]),
        ("b.md", [{"document": "a.md", "id": "lantern-walk-of-the-hill", "contradictions": differ}]),
        ("c.md", []),
    ]
    assert [record["amounts"][0]["amount"] for record in records] == ["300", "500", "7"]
    assert [line.source for line in lines if isinstance(line, Unreadable)] == ["d.pdf"]


def test_a_single_file_comes_as_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WALK.format(300))
    (line,) = list_json(find_files([tmp_path / "a.md"]))
    assert isinstance(line, str)
    assert json.loads(line)["same_as"] == []


def test_a_card_shows_each_field_and_each_note(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WALK.format("550,00"))
    (card,) = list_cards(find_files([tmp_path]))
    assert isinstance(card, str)
    title, *lines = card.splitlines()
    assert title.startswith("Lantern Walk of the Hill  [a.md 0–")
    assert lines[:3] == ["  Budget: 550,00 EUR", "  Period: 2011", "  Reference: AB/12/C-1"]
    assert lines[3].startswith("  note: 550,00 may mean")
