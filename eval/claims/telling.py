"""How well a checker tells falsehoods from paraphrases: shares with intervals by kind and language, and its time.

A falsehood is told right where it is stopped, a paraphrase where it is not. Knows a checker as a function.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.claims.claim import Claim, titles_of
from eval.claims.grounding import Checker, ground_of, statement_of
from eval.intervals import interval
from eval.reports.table import aligned

CERTAIN = ("number", "date", "currency", "name")
"""Kinds of falsehoods that must never pass."""
STOPPED, KEPT, FIGURES, OTHER = "stopped", "kept", "figures-and-names", "other"
"""Shares that a floor may be set for, beside each kind of falsehood: of all falsehoods stopped, of all paraphrases not
cut, of falsehoods of the certain kinds stopped, and of the others."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a checker said of a claim, and in how many milliseconds."""

    claim: Claim
    faults: tuple[str, ...]
    elapsed_ms: float

    @property
    def is_right(self) -> bool:
        """Whether a falsehood was stopped, or a paraphrase was not."""
        return self.claim.is_true is not bool(self.faults)


def tell(claims: Sequence[Claim], checker: Checker, advance: Callable[[], object] = lambda: None) -> list[Told]:
    """What a checker says of each claim, asked once; `advance` is called after each.

    The first of them is asked once more beforehand, since a checker reads its word lists when it is first called.
    """
    titles = titles_of(claims)
    made = [(claim, statement_of(claim), ground_of(claim, titles)) for claim in claims]
    for _, statement, ground in made[:1]:
        checker(statement, ground)
    told = []
    for claim, statement, ground in made:
        began = time.perf_counter()
        faults = checker(statement, ground)
        told.append(Told(claim, tuple(faults), (time.perf_counter() - began) * 1000))
        advance()
    return told


def shares(told: Sequence[Told]) -> dict[str, tuple[int, int]]:
    """Name of a share → (told right, of how many), for all that a floor may be set for."""
    false = [one for one in told if not one.claim.is_true]
    groups = {
        STOPPED: false,
        FIGURES: [one for one in false if one.claim.kind in CERTAIN],
        OTHER: [one for one in false if one.claim.kind not in CERTAIN],
        KEPT: [one for one in told if one.claim.is_true],
        **_by_kind(false),
    }
    return {name: _counted(members) for name, members in groups.items() if members}


def shortfalls(told: Sequence[Told], floors: Mapping[str, float]) -> list[str]:
    """What is said of each share below its floor, and of one that no claim of the set belongs to."""
    found = shares(told)
    missed = []
    for name, floor in floors.items():
        right, n = found.get(name, (0, 0))
        if not n:
            missed.append(f"no claim of the set is of {name!r}; expected one of {', '.join(found)}")
        elif right < floor * n:
            missed.append(f"{name} is {right / n:.3f} ({right} of {n}); at least {floor:g} is asked for")
    return missed


def table(told: Sequence[Told]) -> str:
    """The shares with 95 % intervals: all, by language, and by kind; then the time."""
    p50, p95 = times(told)
    lines = aligned(_rows(told))
    return "\n".join([*lines, "", f"time for a sentence: median {p50:.2f} ms, p95 {p95:.2f} ms"])


def _rows(told: Sequence[Told]) -> Iterator[Sequence[str]]:
    for is_true, noun, verb in ((False, "falsehoods", "stopped"), (True, "paraphrases", "wrongly cut")):
        own = [one for one in told if one.claim.is_true is is_true]
        if not own:
            continue
        yield noun, verb, "of", "share (95 % interval)"
        parts = shares(own) if not is_true else {}
        wholes = {FIGURES: parts[FIGURES], OTHER: parts[OTHER]} if {FIGURES, OTHER} <= parts.keys() else {}
        yield _row("all", *_counted(own), cut=is_true)
        yield from (_row(f"  {name}", *counted, cut=is_true) for name, counted in wholes.items())
        for name, members in {**_by_language(own), **_by_kind(own)}.items():
            yield _row(f"  {name}", *_counted(members), cut=is_true)


def _row(name: str, right: int, n: int, *, cut: bool) -> Sequence[str]:
    shown = n - right if cut else right
    low, high = interval([1.0] * shown + [0.0] * (n - shown))
    return name, f"{shown:,}", f"{n:,}", f"{shown / n:.3f} ({low:.3f}–{high:.3f})"


def _by_kind(told: Sequence[Told]) -> dict[str, list[Told]]:
    return _grouped(told, lambda one: one.claim.kind)


def _by_language(told: Sequence[Told]) -> dict[str, list[Told]]:
    languages = _grouped(told, lambda one: f"in {one.claim.language}")
    return languages | _grouped(
        told, lambda one: f"source in {'another' if one.claim.crosses else 'the same'} language"
    )


def _grouped(told: Sequence[Told], key: Callable[[Told], str]) -> dict[str, list[Told]]:
    groups: dict[str, list[Told]] = {}
    for one in told:
        groups.setdefault(key(one), []).append(one)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _counted(told: Sequence[Told]) -> tuple[int, int]:
    return sum(one.is_right for one in told), len(told)


def times(told: Sequence[Told]) -> tuple[float, float]:
    """The median and the 95th percentile of the times, in milliseconds, by nearest rank."""
    ordered = sorted(one.elapsed_ms for one in told)
    p50, p95 = (ordered[-(-len(ordered) * percent // 100) - 1] for percent in (50, 95))
    return p50, p95


def failures(told: Sequence[Told]) -> Iterator[str]:
    """Lines on each falsehood let through and each paraphrase cut."""
    for one in (one for one in told if not one.is_right):
        claim = one.claim
        what = f"wrongly cut, {claim.kind}" if claim.is_true else f"let through, {claim.kind}"
        yield f"{claim.id} ({what}): {claim.sentence}"
        yield from (f"    {n}: {' | '.join(claim.sources[n - 1].text.splitlines())}" for n in claim.cites)
        yield from (f"    fault: {fault}" for fault in one.faults)
        if claim.note:
            yield f"    note: {claim.note}"


def to_json(told: Sequence[Told]) -> str:
    """One object: the shares, the time, and each claim that was told wrong."""
    p50, p95 = times(told)
    wrong = [_wrong_to_json(one) for one in told if not one.is_right]
    found = {name: _share_to_json(*counted) for name, counted in shares(told).items()}
    return json.dumps(
        {"claims": len(told), "shares": found, "median_ms": round(p50, 3), "p95_ms": round(p95, 3), "wrong": wrong},
        ensure_ascii=False,
    )


def _share_to_json(right: int, n: int) -> dict[str, Any]:
    low, high = interval([1.0] * right + [0.0] * (n - right))
    return {"right": right, "of": n, "share": round(right / n, 4), "low": round(low, 4), "high": round(high, 4)}


def _wrong_to_json(one: Told) -> dict[str, Any]:
    return {
        "id": one.claim.id,
        "label": "true" if one.claim.is_true else "false",
        "kind": one.claim.kind,
        "language": one.claim.language,
        "faults": [*one.faults],
    }
