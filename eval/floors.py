"""The floors of a set: what every metric has to reach, and over which set and documents that was fixed.

A file of floors is a list that only grows. A later entry of a metric replaces an earlier one, and where it asks for
less it has to say why; so has a new set or new documents. Thus nobody lowers a floor in passing.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from pathlib import Path
from typing import Any

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.result import Run
from eval.scores import METRICS

LEAST_WORDS = 3
"""Of a reason; fewer say nothing."""
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Floors:
    """What a set has to reach: bounds by metric, and the digests of the set and of the documents it is asked of."""

    path: Path
    qa_sha256: str
    corpus_sha256: str
    bounds: Mapping[str, float]

    def is_of(self, run: Run) -> bool:
        """Whether they were set for the questions and the documents of a run."""
        return (self.qa_sha256, self.corpus_sha256) == (run.qa_sha256, run.corpus_sha256)

    def missed(self, run: Run) -> list[str]:
        """What a run does not reach, in words; first that it is of another set or other documents."""
        told = []
        for what, wanted, found in (
            ("the set", self.qa_sha256, run.qa_sha256),
            ("the corpus", self.corpus_sha256, run.corpus_sha256),
        ):
            if wanted != found:
                told.append(
                    f"{what} is not what {self.path} was written for (sha256 {found}, not {wanted}); look at what "
                    "changed, then add a [[pinned]] entry with the reason"
                )
        return told + [short for metric, bound in self.bounds.items() if (short := shortfall(run, metric, bound))]


def shortfall(run: Run, metric: str, bound: float) -> str:
    """What is said of a metric that is worse than asked for, or that nothing was scored by; nothing where it is not."""
    score, is_lower_better = run.scores[metric], METRICS[metric].lower_is_better
    if not isnan(score) and (score <= bound if is_lower_better else score >= bound):
        return ""
    return f"{metric} is {score:.6g}; {'at most' if is_lower_better else 'at least'} {bound} is asked for"


def read_floors(path: Path, qa: str) -> Floors:
    """The floors of the set of this file name.

    Raises:
        MisuseError: there is no such file, or it has none for this set.
        EvaluationError: naming the entry that is wrong, or that asks for less than before and does not say why.
    """
    entries = entries_of(path)
    check_entries(entries, str(path))
    pinned = [one for one in entries["pinned"] if one["set"] == qa]
    if not pinned:
        known = ", ".join(dict.fromkeys(one["set"] for one in entries["pinned"]))
        raise MisuseError(f"{path} has no floors for {qa}; it has some for {known}")
    bounds = {one["metric"]: float(one["bound"]) for one in entries["floor"] if one["set"] == qa}
    return Floors(path, pinned[-1]["qa_sha256"], pinned[-1]["corpus_sha256"], bounds)


def entries_of(path: Path) -> dict[str, list[Entry]]:
    """The lists `pinned` and `floor` of a file, as they stand there.

    Raises:
        MisuseError, EvaluationError: as `read_floors`.
    """
    try:
        return parse(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise MisuseError(f"{path}: {error.strerror}; give a file of floors, such as eval/floors.toml") from error


def parse(text: str, where: str) -> dict[str, list[Entry]]:
    """The lists `pinned` and `floor` of a text.

    Raises:
        EvaluationError: it is not TOML.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EvaluationError(f"{where}: not TOML ({error})") from error
    return {name: list(told.get(name, [])) for name in ("pinned", "floor")}


def check_entries(entries: Mapping[str, Sequence[Entry]], where: str) -> None:
    """Every entry is whole, and one that asks for less than the one before says why.

    Raises:
        EvaluationError: naming the entry.
    """
    seen: dict[tuple[str, str], float] = {}
    for number, one in enumerate(entries["floor"], 1):
        name = f"{where}, floor {number}"
        _whole(one, {"set": str, "metric": str, "bound": (int, float), "since": date}, name)
        metric, bound = one["metric"], float(one["bound"])
        if metric not in METRICS:
            raise EvaluationError(f"{name}: {metric!r} is no metric; expected one of {', '.join(METRICS)}")
        before = seen.get((one["set"], metric))
        is_weaker = before is not None and (bound > before if METRICS[metric].lower_is_better else bound < before)
        if is_weaker and not _has_reason(one):
            raise EvaluationError(
                f"{name}: {metric} goes from {before} to {bound} without a reason; say why, in 'reason'"
            )
        seen[one["set"], metric] = bound
    sets: set[str] = set()
    for number, one in enumerate(entries["pinned"], 1):
        name = f"{where}, pinned {number}"
        _whole(one, {"set": str, "qa_sha256": str, "corpus_sha256": str, "since": date}, name)
        if one["set"] in sets and not _has_reason(one):
            raise EvaluationError(f"{name}: {one['set']} is pinned anew without a reason; say why, in 'reason'")
        sets.add(one["set"])


def continues(new: Mapping[str, Sequence[Entry]], old: Mapping[str, Sequence[Entry]]) -> bool:
    """Whether a file only adds to what it was before: nothing taken back, nothing changed in place."""
    return all(list(new[name][: len(entries)]) == list(entries) for name, entries in old.items())


def _whole(entry: Entry, wanted: Mapping[str, Any], name: str) -> None:
    for field, kind in wanted.items():
        if not isinstance(entry.get(field), kind) or isinstance(entry.get(field), bool):
            raise EvaluationError(f"{name}: field {field!r} is missing or wrong: {entry.get(field)!r}")


def _has_reason(entry: Entry) -> bool:
    return len(str(entry.get("reason", "")).split()) >= LEAST_WORDS
