"""Runs as files: what is written is what is read, and what is no run is said to be none."""

import json
from math import isnan, nan
from pathlib import Path

import pytest

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.result import Quoted
from eval.runs import FILE, find_run, from_json, to_json
from index.settings import Settings
from tests.eval.runs_by_hand import answerable, run

MADE = run([
    answerable("q", nan, history=("Earlier?",), met=(0, 2), citations=(Quoted(1, None, "a.md", 2, 3, 9, "Dug by"),)),
    answerable("r", 1 / 3),
], settings={"top_k": 5})  # fmt: skip


def test_a_run_comes_back_from_json_as_it_was() -> None:
    text = json.dumps(to_json(MADE), allow_nan=False)
    back = from_json(json.loads(text))
    assert repr(back) == repr(MADE)
    assert isnan(back.results[0].scores["correct_and_cited"])


def test_a_run_is_found_by_its_file_and_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps(to_json(MADE)), encoding="utf-8")
    for reference in (tmp_path, tmp_path / FILE):
        assert find_run(str(reference), Settings(tmp_path)).id == MADE.id


@pytest.mark.parametrize("text", ["no json", "[]", "{}", '{"results": [{}]}', '{"results": [3]}', "\udcff"])
def test_a_file_that_holds_no_run_is_said_to_hold_none(text: str, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(EvaluationError, match=r"other\.json holds no run .*python -m eval run"):
        find_run(str(path), Settings(tmp_path))


def test_a_path_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=r"none: No such file .*python -m eval run"):
        find_run(str(tmp_path / "none"), Settings(tmp_path))
