"""No word of the sample corpus is known to the program: with every name and amount invented it answers as well."""

import importlib.util
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assistant.assistant import Assistant
from corpus.words import fold
from eval.qa import read_pairs
from eval.result import Result, summarise
from eval.run import evaluate
from eval.scores import METRICS
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.invented import GLUED, NAMES, Invented

TOLERANCE, QUESTIONS = 0.02, 1
"""How far each score may move, or by how many questions where it applies to few: 56 have no answer.

Seeds 7, 8 and 11 change the answers to some ten of the first 297 questions, and correctness by 0.004 at most.

What moves is on an edge for another reason than a name: the language of a short question that holds an English title,
the order of passages that fit it equally badly, and „Leonardo da Vinci”, a programme of the reader's own list.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A corpus, real or renamed, and what its questions came back with."""

    folder: Path
    results: list[Result]


@pytest.fixture(scope="module")
def maker(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sample", root / "scripts" / "make_sample.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def real(root: Path, maker: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return _asked(root, maker, tmp_path_factory.mktemp("real"), None)


@pytest.fixture(scope="module")
def renamed(root: Path, maker: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return _asked(root, maker, tmp_path_factory.mktemp("renamed"), Invented())


def _asked(root: Path, maker: Any, folder: Path, invented: Invented | None) -> Asked:
    """Write the corpus and the questions with these names, the files under neutral ones, and ask."""
    files = _written(root, maker, folder, invented)
    rows = [json.loads(line) for line in (root / "eval" / "sample.jsonl").read_text(encoding="utf-8").splitlines()]
    made = [_row(row, files, invented) for row in rows]
    (folder / "qa.jsonl").write_text("\n".join(json.dumps(row) for row in made), encoding="utf-8")
    settings = Settings(folder / "store")
    build(settings, [folder / "docs"])
    return Asked(folder, evaluate(Assistant(Store(settings)), read_pairs(folder / "qa.jsonl")))


def _written(root: Path, maker: Any, folder: Path, invented: Invented | None) -> dict[str, str]:
    """The corpus in `docs`, made of sources in `sources`; its files' names → their neutral ones, in the same order."""
    docs, sources = folder / "docs", folder / "sources"
    docs.mkdir()
    sources.mkdir()
    for path in (root / "scripts" / "sample").iterdir():
        text = path.read_text(encoding="utf-8")
        (sources / path.name).write_text(invented.text(text) if invented else text, encoding="utf-8")
    makers = {".pdf": maker.make_report, ".docx": maker.make_page, ".xlsx": maker.make_register}
    files = {}
    for number, path in enumerate(sorted((root / "corpus" / "sample").iterdir())):
        files[path.name] = f"{number:02}{path.suffix}"
        if path.suffix in makers:
            (docs / files[path.name]).write_bytes(makers[path.suffix](sources))
        else:
            text = path.read_text(encoding="utf-8")
            (docs / files[path.name]).write_text(invented.text(text) if invented else text, encoding="utf-8")
    return files


def _row(row: dict[str, Any], files: dict[str, str], invented: Invented | None) -> dict[str, Any]:
    def renamed(one: Any, *, typed: bool = False) -> Any:
        if isinstance(one, list):
            return [renamed(each, typed=typed) for each in one]
        if isinstance(one, dict):
            return {"document": files[one["document"]], "quote": renamed(one["quote"])}
        return invented.text(one, typed=typed) if invented else one

    gold = {name: renamed(row[name]) for name in ("answers", "all", "none", "sources")}
    asked = {name: renamed(row[name], typed=True) for name in ("question", "history")}
    return row | gold | asked


def _text(asked: Asked) -> str:
    texts = Store(Settings(asked.folder / "store")).sources.values()
    return "\n".join(document.text for document in texts)


def test_no_name_and_no_amount_is_left(real: Asked, renamed: Asked) -> None:
    before, after = _text(real), _text(renamed)
    assert [name for name in NAMES if re.search(rf"(?i)\b{re.escape(fold(name))}\b", fold(after))] == []
    assert [glued for glued in GLUED if glued in fold(after)] == []
    figures = r"\d[\d.,  ]*\d (?:EUR|USD|RON|Lei)"
    assert not set(re.findall(figures, before)) & set(re.findall(figures, after))


def test_a_typo_is_made_again_in_the_invented_name() -> None:
    invented = Invented()
    silver, stories = invented.text("Silver Stories").split()
    assert (len(silver), len(stories), silver.istitle()) == (6, 7, True)
    assert invented.text("silvr stories?", typed=True) == f"{(silver[:4] + silver[5:]).lower()} {stories.lower()}?"
    assert invented.text("SILVER STORIES: 279.014 EUR") == f"{silver.upper()} {stories.upper()}: 268.351 EUR"
    assert invented.text("a silver story of public libraries") == "a silver story of public libraries"


def test_the_scores_are_those_with_the_real_names(real: Asked, renamed: Asked) -> None:
    before, after = summarise(real.results), summarise(renamed.results)
    counts = {metric: sum(not isnan(one.scores[metric]) for one in real.results) for metric in METRICS}
    far = {
        metric: (before[metric], after[metric])
        for metric, count in counts.items()
        if count and abs(before[metric] - after[metric]) > max(TOLERANCE, (QUESTIONS + 0.5) / count)
    }
    assert far == {}, "\n".join(_changed(real.results, renamed.results))


def _changed(before: Sequence[Result], after: Sequence[Result]) -> list[str]:
    """The questions that were answered in another way, for whoever has to find out why."""
    return [
        f"{one.id}: {one.question!r} → {one.answer[:120]!r}; {two.question!r} → {two.answer[:120]!r}"
        for one, two in zip(before, after, strict=True)
        if _outcome(one) != _outcome(two)
    ]


def _outcome(result: Result) -> tuple[str, bool, tuple[int, ...]]:
    return result.status, result.scores["correctness"] == 1, result.met
