"""Sources that do not stand in a store are all named, by line, with what comes nearest."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from eval.qa import SHIPPED
from eval.sources import source_mistakes
from eval.validate import examine
from index.settings import Settings
from index.store import Store
from index.sync import build

PAGE = """# Pier Lights

Period: 2019

Budget: 900 EUR

Forty lamps were hung along the old pier, and every lamp was painted by a class of the harbour school.
"""
OTHER = "# Moss Works\n\nPeriod: 2020\n\nBudget: 1,643 EUR\n\nMoss was planted on the roof. " + "Moss grows. " * 10
GOOD: dict[str, Any] = {
    "id": "one",
    "question": "How much?",
    "kind": "field",
    "language": "en",
    "answerable": True,
    "answers": ["900 EUR"],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, small_model: Path) -> Store:
    """Build a store over two pages and a register."""
    folder = tmp_path_factory.mktemp("sources")
    (folder / "pier-lights.md").write_text(PAGE, encoding="utf-8")
    (folder / "moss.md").write_text(OTHER, encoding="utf-8")
    rows = [{"id": f"G-{n:04}", "title": f"Reed Bed {n}", "budget": f"{n + 500} EUR"} for n in range(1, 31)]
    (folder / "grants.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    settings = Settings(folder / "store", embedding_model=str(small_model))
    build(settings, [folder / name for name in ("pier-lights.md", "moss.md", "grants.jsonl")])
    return Store(settings)


def _said(
    store: Store, rows: Iterable[dict[str, Any]], originals: Path = SHIPPED, warning: bool = False
) -> list[tuple[int, str, str]]:
    numbered = [GOOD | {"id": f"q{n}", "question": f"How much of {n}?"} | row for n, row in enumerate(rows)]
    found = source_mistakes(store, examine(map(json.dumps, numbered), originals).lines)
    return [(one.line, one.field, one.message) for one in found if one.is_warning == warning]


def _quoted(quote: str, document: str = "pier-lights.md") -> dict[str, str]:
    return {"document": document, "quote": quote}


def _project(project: str, document: str = "moss.md") -> dict[str, str]:
    return {"document": document, "project": project}


SOUND = _quoted("Budget: 900  EUR")


def test_sources_that_stand_where_they_say_are_passed_over(store: Store) -> None:
    sources = [
        [SOUND, _project("Moss Works")],
        [[_project("G-0020", "grants.jsonl"), _quoted("523 EUR", "grants.jsonl")]],
        [],
    ]
    assert _said(store, ({"sources": one} for one in sources)) == []


def test_every_source_of_every_line_that_is_wrong_is_named(store: Store) -> None:
    told = _said(
        store,
        [
            {"sources": [_quoted("Budget: 900", "pier-light.md"), SOUND]},
            {"sources": [SOUND, [SOUND, _quoted("Budget: 800 EUR"), _quoted("Budget: 1,643 EUR")]]},
            {"sources": [_project("Moss Wroks"), _project("Pier Lights"), _project("G-0020")]},
        ],
    )
    assert told == [
        (
            1, "sources[0].document",
            "the store holds no document 'pier-light.md'; the nearest is 'pier-lights.md'",
        ),
        (
            2, "sources[1][1].quote",
            "pier-lights.md does not hold the words “Budget: 800 EUR”; the nearest there: “Budget: 900 EUR”",
        ),
        (
            2, "sources[1][2].quote",
            "pier-lights.md does not hold the words “Budget: 1,643 EUR”; the nearest there: “Budget: 900 EUR”",
        ),
        (3, "sources[0].project", "moss.md tells of no project 'Moss Wroks'; the nearest there is 'Moss Works'"),
        (3, "sources[1].project", "moss.md tells of no project 'Pier Lights'; pier-lights.md does"),
        (3, "sources[2].project", "moss.md tells of no project 'G-0020'; grants.jsonl does"),
    ]  # fmt: skip


def test_words_of_another_document_of_the_set_are_told_from_there(store: Store) -> None:
    sources = [_quoted("1,643 EUR"), _quoted("Moss was planted", "moss.md")]
    assert _said(store, [{"sources": sources}]) == [
        (1, "sources[0].quote", "pier-lights.md does not hold the words “1,643 EUR”; they stand in moss.md")
    ]


def test_where_nothing_is_near_it_is_said(store: Store) -> None:
    sources = [_quoted("zebras cross quietly"), _project("Zebra"), _quoted("a", "zzzzz")]
    names = "grants.jsonl, moss.md, pier-lights.md"
    assert [said.split("; ")[1] for _, _, said in _said(store, [{"sources": sources}])] == [
        "nothing there is like them",
        "it tells of 1, none of a like name",
        f"it holds {names}",
    ]


def test_long_quotes_are_cut_in_messages(store: Store) -> None:
    quote = "Forty lamps were hung along the old peer, and every lamp was painted by a class of the harbor school; " * 2
    ((_, _, said),) = _said(store, [{"sources": [_quoted(quote)]}])
    assert f"“{quote[:100]}…”" in said
    assert len(said) < 330


def test_wordings_take_the_mistakes_of_originals_that_stand_elsewhere(store: Store, tmp_path: Path) -> None:
    spoilt = GOOD | {"sources": [SOUND, _quoted("Budget: 800 EUR")]}
    wording = {"id": "b", "of": "one", "question": "What sum?"}
    assert [(line, field) for line, field, _ in _said(store, [spoilt, wording])] == [(1, "sources[1].quote")]
    (tmp_path / "originals.jsonl").write_text(json.dumps(spoilt))
    assert _said(store, [wording], tmp_path / "originals.jsonl") == [
        (
            1, "of",
            "the original's sources[1].quote: pier-lights.md does not hold the words “Budget: 800 EUR”; "
            "the nearest there: “Budget: 900 EUR”",
        )
    ]  # fmt: skip


def test_a_quote_in_more_than_ten_places_is_doubtful(store: Store) -> None:
    passage = {"kind": "list", "sources": [_quoted("Moss", "moss.md")]}
    # In the title, in "Moss was planted" and ten times in "Moss grows".
    assert _said(store, [passage], warning=True) == [
        (1, "sources[0].quote", "stands in 12 places of moss.md, any of which counts; a longer quote says which")
    ]
    ten = {"kind": "list", "sources": [_quoted("Moss grows", "moss.md")]}
    assert _said(store, [ten], warning=True) == []


def test_an_answer_that_no_quoted_document_holds_is_doubtful(store: Store) -> None:
    slip = {"answers": ["950 EUR", "950 euro"], "all": ["lamps", ["benches"]], "sources": [SOUND]}
    doubts = [
        (
            1,
            "answers",
            "“950 EUR”, like its alternatives, stands nowhere in pier-lights.md; look whether it has a slip",
        ),
        (
            1,
            "all[1]",
            "“benches” stands nowhere in pier-lights.md; look whether it has a slip",
        ),
    ]
    assert _said(store, [slip], warning=True) == doubts
    assert _said(store, [slip | {"kind": "sum"}], warning=True) == []
    assert _said(store, [slip | {"sources": [SOUND, _project("Moss Works")]}], warning=True) == []
    assert (
        _said(store, [slip | {"sources": [SOUND, _project("Pier Lights", "pier-lights.md")]}], warning=True) == doubts
    )
    assert _said(store, [slip | {"sources": []}], warning=True) == []
    right = slip | {"answers": ["800 EUR", "2019"], "all": [["seats", "Roof"]]}
    assert _said(store, [right | {"sources": [SOUND, _quoted("Moss", "moss.md")]}]) == []
    assert [field for _, field, _ in _said(store, [right], warning=True)] == ["all[0]"]
