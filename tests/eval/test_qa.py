"""Sets of questions: what is wrong in one is named by line and field."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.qa import Source, read_pairs

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
    assert (pair.id, pair.answers, pair.sources[0][0].quote, pair.history) == (
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
        ({"answers": []}, "line 1: an answerable question needs 'answers' or 'all'"),
        ({"all": [[]]}, "line 1: field 'all'"),
        ({"sources": ["page.txt"]}, "line 1: field 'sources'"),
        ({"sources": [[]]}, "line 1: field 'sources'"),
        ({"sources": [{"document": "page.txt"}]}, "line 1: field 'quote'"),
        ({"sources": [{"project": "Moss"}]}, "line 1: field 'document'"),
        ({"sources": [{"document": "page.txt", "project": ""}]}, "line 1: field 'project'"),
        ({"sources": [{"document": "a", "project": "b", "quote": "c"}]}, "line 1: field 'sources' .* not both"),
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


SOURCE = {"document": "page.txt", "quote": "Funder: Tidewater Fund"}
PROJECT = {"document": "grants.csv", "project": "G-7"}


def test_a_source_is_words_or_a_project_and_may_have_alternatives(tmp_path: Path) -> None:
    (pair,) = read_pairs(_written(tmp_path, GOOD | {"sources": [PROJECT, [SOURCE, PROJECT]]}))
    words, project = Source("page.txt", quote="Funder: Tidewater Fund"), Source("grants.csv", project="G-7")
    assert pair.sources == ((project,), (words, project))


def test_a_wording_takes_from_its_original_what_it_does_not_give(tmp_path: Path) -> None:
    wording = {"id": "one~1", "of": "one", "question": "Cine a plătit?", "language": "ro"}
    original, pair = read_pairs(_written(tmp_path, GOOD, wording))
    assert (pair.original, original.original) == (original, None)
    assert (pair.question, pair.language, pair.answers, pair.sources) == (
        "Cine a plătit?", "ro", original.answers, original.sources,
    )  # fmt: skip


def test_an_original_may_stand_in_another_file(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    originals = _written(tmp_path / "elsewhere", GOOD)
    wordings = _written(tmp_path, {"id": "one~1", "of": "one", "question": "Paid by whom?"})
    (pair,) = read_pairs(wordings, originals)
    assert (pair.id, pair.original) == ("one~1", read_pairs(originals)[0])
    for of, message in (("two", "is neither in this file nor in"), (["one"], "field 'of'"), ("one~1", "is a wording")):
        wrong = _written(tmp_path, {"id": "one~1", "of": of, "question": "Paid by whom?"})
        with pytest.raises(EvaluationError, match=f"line 1: .*{message}"):
            read_pairs(wrong, originals)
