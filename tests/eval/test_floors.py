"""Floors only grow, or say why; a run that does not reach them, or is of another set, is told from one that does."""

import json
import math
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.floors import check_entries, continues, entries_of, parse, read_floors, shortfall
from eval.qa import read_pairs
from eval.result import Result, Run
from eval.runs import qa_digest
from eval.scores import unscored
from tests.conftest import Command

SHIPPED = "eval/floors.toml"
PINNED = '[[pinned]]\nset = "qa.jsonl"\nqa_sha256 = "aa"\ncorpus_sha256 = "bb"\nsince = 2026-01-01\n'


def _floor(bound: float, metric: str = "correctness", reason: str = "") -> str:
    told = f'[[floor]]\nset = "qa.jsonl"\nmetric = "{metric}"\nbound = {bound}\nsince = 2026-01-01\n'
    return told + (f'reason = "{reason}"\n' if reason else "")


def _written(folder: Path, *parts: str) -> Path:
    path = folder / "floors.toml"
    path.write_text("".join([PINNED, *parts]), encoding="utf-8")
    return path


def _run(*scores: Mapping[str, float], qa: str = "aa", corpus: str = "bb") -> Run:
    results = tuple(
        Result(
            str(at), "", "field", "en", "?", (), True, "", (), (), "answered", "", "", (), (), {**unscored(), **some}
        )
        for at, some in enumerate(scores)
    )
    return Run("r", "", "qa.jsonl", qa, corpus, 1, "m", "c", 0, {}, results)


def test_a_run_is_held_against_the_last_floor_of_each_metric(tmp_path: Path) -> None:
    floors = read_floors(_written(tmp_path, _floor(0.4), _floor(0.5), _floor(0.5, "wrong_answers")), "qa.jsonl")
    good = _run({"correctness": 1, "wrong_answers": 0}, {"correctness": 0, "wrong_answers": 1})
    assert floors.missed(good) == []
    bad = _run({"correctness": 0, "wrong_answers": 1}, {"correctness": 0.9})
    assert floors.missed(bad) == [
        "correctness is 0.45; at least 0.5 is asked for",
        "wrong_answers is 1; at most 0.5 is asked for",
    ]


def test_a_metric_that_nothing_was_scored_by_does_not_reach_its_floor() -> None:
    assert "nan" in shortfall(_run({"correctness": math.nan}), "correctness", 0)


@pytest.mark.parametrize(("digests", "what"), [({"qa": "cc"}, "the set"), ({"corpus": "cc"}, "the corpus")])
def test_another_set_or_another_corpus_is_not_held_against_these_floors(
    tmp_path: Path, digests: dict[str, str], what: str
) -> None:
    floors = read_floors(_written(tmp_path, _floor(0.5)), "qa.jsonl")
    (told,) = floors.missed(_run({"correctness": 1}, **digests))
    assert told.startswith(f"{what} is not what {tmp_path}/floors.toml was written for (sha256 cc, not ")


@pytest.mark.parametrize(
    ("metric", "before", "after"), [("correctness", 0.9, 0.89), ("wrong_answers", 0.05, 0.06), ("verbatim", 1, 0.99)]
)
def test_a_floor_is_lowered_only_with_a_reason(tmp_path: Path, metric: str, before: float, after: float) -> None:
    first = _floor(before, metric)
    for reason in ("", "because", "it is"):
        with pytest.raises(EvaluationError, match=rf"floor 2: {metric} goes from {before:.6g}.* without a reason"):
            read_floors(_written(tmp_path, first, _floor(after, metric, reason)), "qa.jsonl")
    told = read_floors(_written(tmp_path, first, _floor(after, metric, "harder questions were added here")), "qa.jsonl")
    assert told.bounds == {metric: after}
    assert read_floors(_written(tmp_path, _floor(after, metric), first), "qa.jsonl").bounds == {metric: before}


def test_a_set_is_pinned_anew_only_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"pinned 2: qa\.jsonl is pinned anew without a reason"):
        read_floors(_written(tmp_path, PINNED.replace("aa", "cc")), "qa.jsonl")
    told = read_floors(
        _written(tmp_path, PINNED.replace("aa", "cc") + 'reason = "twenty questions were added"\n'), "qa.jsonl"
    )
    assert told.qa_sha256 == "cc"


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (_floor(0.5, "luck"), "'luck' is no metric"),
        (_floor(0.5).replace("bound = 0.5", 'bound = "high"'), "floor 1: field 'bound'"),
        (_floor(0.5).replace("since = 2026-01-01\n", ""), "floor 1: field 'since'"),
        ("[[floor]\n", "not TOML"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, part: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        read_floors(_written(tmp_path, part), "qa.jsonl")


def test_a_missing_file_and_a_set_without_floors_are_named(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=r"such as eval/floors\.toml"):
        read_floors(tmp_path / "none.toml", "qa.jsonl")
    with pytest.raises(MisuseError, match=r"no floors for other\.jsonl; it has some for qa\.jsonl"):
        read_floors(_written(tmp_path), "other.jsonl")


def test_what_was_written_before_stays() -> None:
    old, more = parse(PINNED + _floor(0.5), ""), parse(PINNED + _floor(0.5) + _floor(0.6), "")
    assert continues(more, old)
    assert not continues(old, more)
    assert not continues(parse(PINNED + _floor(0.4) + _floor(0.6), ""), old)  # changed in place
    assert not continues(parse(PINNED.replace("aa", "cc") + _floor(0.5), ""), old)


def test_the_shipped_floors_only_grew_since_they_were_first_written(root: Path) -> None:
    now = entries_of(root / SHIPPED)
    check_entries(now, SHIPPED)
    if not shutil.which("git") or not (root / ".git").exists():
        pytest.skip("no history here")
    for commit in _git(root, "log", "--format=%H", "--", SHIPPED).split():
        before = _git(root, "show", f"{commit}:{SHIPPED}")
        assert continues(now, parse(before, commit)), f"an entry of {commit[:9]} was changed or taken back"


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=True).stdout


@pytest.fixture(scope="module")
def one_question(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("one") / "qa.jsonl"
    lines = (root / "eval" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    path.write_text(lines[0] + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("bound", "digest", "code", "says"),
    [
        (0.5, "", 0, ""),
        (1.01, "", 1, "correctness is 1; at least 1.01 is asked for"),
        (0.5, "cc", 1, "the set is not what "),
    ],
)
def test_the_gate_ends_with_1_below_a_floor_or_over_another_set(
    sample_store: Path,
    one_question: Path,
    tmp_path: Path,
    command: Command,
    bound: float,
    digest: str,
    code: int,
    says: str,
) -> None:
    run = ["-m", "eval", "run", "--no-keep", "--qa", one_question, "--store", sample_store]
    told = json.loads(command(*run, "--json").stdout)
    pinned = PINNED.replace('"aa"', f'"{digest or told["qa_sha256"]}"').replace('"bb"', f'"{told["corpus_sha256"]}"')
    floors = tmp_path / "floors.toml"
    floors.write_text(pinned + _floor(bound), encoding="utf-8")
    ended = command(*run, "--floors", floors)
    assert ended.returncode == code, ended.stderr
    assert says in ended.stderr
    assert "questions went right" in ended.stdout or "question went right" in ended.stdout


def test_ci_holds_the_shipped_sets_against_their_floors(root: Path) -> None:
    assert "make gate" in (root / ".ci" / "run").read_text(encoding="utf-8")
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert makefile.count("--floors eval/floors.toml") == 2
    for qa in ("sample.jsonl", "sample-paraphrases.jsonl"):
        floors = read_floors(root / SHIPPED, qa)
        assert {"correct_and_cited", "verbatim"} <= set(floors.bounds)
        assert qa_digest(read_pairs(root / "eval" / qa)) == floors.qa_sha256
