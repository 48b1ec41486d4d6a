"""Sets of questions: what is wrong in one is named by line and field."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document
from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.qa import Source, locate, read_pairs
from index.settings import Settings
from index.store import Store

Read = Callable[[str, str], Document]

GOOD: dict[str, Any] = {
    "id": "one",
    "question": "Who paid?",
    "kind": "field",
    "language": "en",
    "answerable": True,
    "answers": ["Tidewater Fund"],
    "sources": [{"document": "page.txt", "quote": "Funder: Tidewater Fund"}],
}


def _written(folder: Path, *pairs: Any) -> Path:
    path = folder / "qa.jsonl"
    path.write_text("\n".join(pair if isinstance(pair, str) else json.dumps(pair) for pair in pairs), encoding="utf-8")
    return path


def test_a_pair_is_read(tmp_path: Path) -> None:
    (pair,) = read_pairs(_written(tmp_path, GOOD))
    assert (pair.id, pair.answers, pair.sources[0].quote, pair.history) == (
        "one",
        ("Tidewater Fund",),
        "Funder: Tidewater Fund",
        (),
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"question": " "}, "line 1: field 'question'"),
        ({"answerable": "yes"}, "line 1: field 'answerable'"),
        ({"answers": "Tidewater"}, "line 1: field 'answers'"),
        ({"answers": [3]}, "line 1: field 'answers'"),
        ({"answers": []}, "line 1: an answerable question needs 'answers' and 'sources'"),
        ({"sources": ["page.txt"]}, "line 1: field 'sources'"),
        ({"sources": [{"document": "page.txt"}]}, "line 1: field 'quote'"),
    ],
)
def test_a_mistake_is_named_by_line_and_field(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        read_pairs(_written(tmp_path, GOOD | change))


def test_broken_json_empty_files_and_doubled_ids_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="line 2: not JSON"):
        read_pairs(_written(tmp_path, GOOD, "{"))
    with pytest.raises(EvaluationError, match="holds no question"):
        read_pairs(_written(tmp_path))
    with pytest.raises(EvaluationError, match="'one' is used twice"):
        read_pairs(_written(tmp_path, GOOD, GOOD))
    with pytest.raises(MisuseError, match="--qa FILE"):
        read_pairs(tmp_path / "missing.jsonl")


def test_every_source_of_the_shipped_set_is_in_the_sample_corpus(sample_store: Path, root: Path) -> None:
    documents = Store(Settings(sample_store)).sources
    pairs = read_pairs(root / "eval" / "sample.jsonl")
    assert len(pairs) >= 70
    for pair in pairs:
        for source in pair.sources:
            words = source.quote.split()
            for document, place in locate(source, documents, pair.id):
                assert place.of(documents[document].text).split() == words


def test_a_source_that_names_a_register_is_looked_for_in_its_parts(read: Read) -> None:
    parts = ["grants.csv#row=1-1000", "grants.csv#row=1001-1400"]
    documents = {
        source: replace(read(text, "page.txt"), source=source)
        for source, text in zip(parts, ("Moss Works\n", "Pier Lights\nBudget: 300 EUR\n"), strict=True)
    }
    places = locate(Source("grants.csv", "Budget: 300 EUR"), documents, "one")
    assert [(document, place.of(documents[document].text)) for document, place in places] == [
        (parts[1], "Budget: 300 EUR")
    ]
    assert locate(Source(parts[1], "Budget: 300 EUR"), documents, "one") == places
    with pytest.raises(EvaluationError, match="does not hold the words"):
        locate(Source(parts[0], "Budget: 300 EUR"), documents, "one")


def test_a_source_that_is_not_there_is_named(sample_store: Path) -> None:
    documents = Store(Settings(sample_store)).sources
    with pytest.raises(EvaluationError, match=r"holds no document 'page\.txt'"):
        locate(Source(**GOOD["sources"][0]), documents, "one")
