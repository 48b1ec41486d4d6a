"""Runs: begun, kept in the catalogue question by question, read back, written to a file.

A run is named by its id, by `latest` or `previous`, or by a file or folder that it was written to.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from math import isnan, nan
from pathlib import Path
from typing import Any

from corpus.document import digest
from corpus.errors import MisuseError
from eval.code import code_version
from eval.errors import EvaluationError
from eval.qa import Pair, digest_of
from eval.result import Quoted, Result, Run
from eval.scores import METRICS
from index.catalogue import open_catalogue
from index.contents import files_of
from index.errors import StoreLockedError
from index.runs import StoredRun, add_results, begin_run, drop_unfinished, finish_run, results_of, stored_runs
from index.settings import Settings
from index.store import Store

FILE, TIMES = "run.json", "times.json"
KEPT_UNFINISHED = timedelta(days=7)
"""For how long a run that stopped can be gone on with."""
LATEST, PREVIOUS = "latest", "previous"
OWN = ("id", "made_at", "results")
"""What does not tell whether two runs are of the same configuration."""


def new_run(store: Store, qa: str, pairs: Sequence[Pair], *, seed: int, settings: Mapping[str, Any]) -> Run:
    """A run, that has no results yet, of the pairs of a set of this file name over a store."""
    now = datetime.now(UTC)
    return Run(
        id=f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}",
        made_at=now.isoformat(timespec="seconds"),
        qa=qa,
        qa_sha256=qa_digest(pairs),
        corpus_sha256=corpus_digest(store),
        generation=store.generation,
        embedding_model=store.model.fingerprint,
        code=code_version(),
        seed=seed,
        settings=dict(settings),
    )


def qa_digest(pairs: Sequence[Pair]) -> str:
    """A digest of what is asked and what is right, by id, originals of wordings included; not of how it is written."""
    both = {one for pair in pairs for one in (pair, pair.original) if one}
    return digest("".join(sorted(f"{pair.id} {digest_of(pair)}\n" for pair in both)).encode())


def corpus_digest(store: Store) -> str:
    """A digest of all documents, in whatever order and under whatever names; a register counts once for each part."""
    with store.catalogue.transaction() as connection:
        files = files_of(connection, store.generation).values()
    return digest("".join(sorted(sha256 for keys, sha256 in files for _ in keys)).encode())


class Keeper:
    """Keeps a run in the catalogue while its questions are asked; a few results at a time."""

    SOME = 25
    """Results that may be lost when the process is killed."""

    def __init__(self, store: Store, run: Run, *, known: int = 0) -> None:
        """Keep `run`; of one that is gone on with, `known` results are there."""
        self._catalogue, self._run = store.catalogue, run
        self._position = known
        self._waiting: list[tuple[int, dict[str, Any]]] = []

    def begin(self) -> None:
        """Add the run.

        Raises:
            StoreError: the catalogue cannot be written.
        """
        week_ago = (datetime.now(UTC) - KEPT_UNFINISHED).isoformat(timespec="seconds")
        with self._catalogue.transaction() as connection:
            drop_unfinished(connection, week_ago)
            begin_run(connection, self._run.id, self._run.made_at, _about(self._run))

    def keep(self, result: Result) -> None:
        """Keep one result, perhaps a little later."""
        self._waiting.append((self._position, result_to_json(result)))
        self._position += 1
        if len(self._waiting) >= self.SOME:
            with suppress(StoreLockedError):  # some time later, then
                self.flush()

    def flush(self) -> None:
        """Write what has not been written."""
        with self._catalogue.transaction() as connection:
            add_results(connection, self._run.id, self._waiting)
        self._waiting = []

    def finish(self, results: Sequence[Result]) -> None:
        """The run is complete with these results."""
        self._waiting = []
        with self._catalogue.transaction() as connection:
            finish_run(connection, self._run.id, [result_to_json(result) for result in results])


def unfinished(store: Store, run: Run) -> Run | None:
    """The newest run of the same configuration that stopped half way, with its results."""
    with store.catalogue.transaction() as connection:
        for stored in reversed(stored_runs(connection)):
            if not stored.is_finished and stored.about == _about(run):
                return _run_of(stored, map(result_from_json, results_of(connection, stored.id)))
    return None


def read_kept(store: Store, identity: str) -> Run:
    """The finished run of this id in an open store.

    Raises:
        EvaluationError: there is none.
    """
    with store.catalogue.transaction() as connection:
        for stored in stored_runs(connection):
            if stored.id == identity and stored.is_finished:
                return _run_of(stored, map(result_from_json, results_of(connection, identity)))
    raise EvaluationError(f"{identity}: there is no such run; choose another from the list")


def list_runs(settings: Settings) -> list[Run]:
    """The finished runs of a store, oldest first, with their results.

    Raises:
        StoreError: there is no store.
    """
    with closing(open_catalogue(settings)) as catalogue, catalogue.transaction() as connection:
        finished = [one for one in stored_runs(connection) if one.is_finished]
        return [_run_of(one, map(result_from_json, results_of(connection, one.id))) for one in finished]


def find_run(reference: str, settings: Settings, qa: str = "") -> Run:
    """The run of an id, of the beginning of one, `latest`, `previous`, or of a file or folder.

    `latest` and `previous` are among the runs of the set of the file name `qa`, if it is given, else among all.

    Raises:
        MisuseError: there is none; the message says which there are.
        EvaluationError: the file is no run.
        StoreError: the reference is no file and there is no store.
    """
    path = Path(reference)
    if path.exists() or path.suffix == ".json":
        return read_run(path / FILE if path.is_dir() else path)
    with closing(open_catalogue(settings)) as catalogue, catalogue.transaction() as connection:
        finished = [one for one in stored_runs(connection) if one.is_finished]
        is_by_place = qa and reference in (LATEST, PREVIOUS)
        stored = _named(reference, [o for o in finished if not is_by_place or o.about["qa"] == qa], catalogue.where)
        return _run_of(stored, map(result_from_json, results_of(connection, stored.id)))


def _named(reference: str, finished: Sequence[StoredRun], where: str) -> StoredRun:
    if reference in (LATEST, PREVIOUS):
        found = list(finished[-1:] if reference == LATEST else finished[-2:-1])
    else:
        found = [one for one in finished if one.id.startswith(reference)]
    if len(found) == 1:
        return found[0]
    those = ", ".join(one.id for one in finished[-5:]) or "none yet; make one with: python -m eval run"
    what = "several runs begin so" if found else "no such run"
    raise MisuseError(f"{reference}: {what}; {where} has {those}; or give the folder that --out wrote to")


def _run_of(stored: StoredRun, results: Iterable[Result]) -> Run:
    return Run(id=stored.id, made_at=stored.made_at, results=tuple(results), **stored.about)


def _about(run: Run) -> dict[str, Any]:
    """What a run is of: everything but its results and what is its own."""
    return {one.name: getattr(run, one.name) for one in fields(Run) if one.name not in OWN}


def to_json(run: Run) -> dict[str, Any]:
    """The run as JSON types: the same for the same set, store, settings and code, so without its id and times."""
    results = [result_to_json(result) for result in run.results]
    for result in results:
        del result["elapsed_ms"]
    return _about(run) | {"questions": len(results), "metrics": _nulls(run.scores), "results": results}


def times_to_json(run: Run) -> dict[str, Any]:
    """What differs each time: the run's id, when it was made, and how long each question took."""
    return {"id": run.id, "made_at": run.made_at, "elapsed_ms": {r.id: round(r.elapsed_ms, 1) for r in run.results}}


def to_text(run: Run) -> str:
    """The run as the text of a file, the same bytes each time."""
    return json.dumps(to_json(run), ensure_ascii=False, indent=1)


def write_run(run: Run, folder: Path) -> None:
    """Write a run into a folder, and its times into a file of their own."""
    (folder / FILE).write_text(to_text(run) + "\n", encoding="utf-8", newline="\n")
    (folder / TIMES).write_text(json.dumps(times_to_json(run), indent=1) + "\n", encoding="utf-8", newline="\n")


def read_run(path: Path) -> Run:
    """A run that was written to a file, with its times if they lie beside it.

    Raises:
        MisuseError: there is no such file.
        EvaluationError: it holds no run.
    """
    told, times = _read(path), {}
    if path.with_name(TIMES).is_file():
        times = _read(path.with_name(TIMES))
    try:
        about = {one.name: told[one.name] for one in fields(Run) if one.name not in OWN}
        elapsed = times.get("elapsed_ms", {})
        results = [result_from_json(one | {"elapsed_ms": elapsed.get(one["id"], nan)}) for one in told["results"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(f"{path}: not a run ({error}); give what python -m eval run --out DIR wrote") from error
    return Run(id=times.get("id") or str(path), made_at=times.get("made_at", ""), results=tuple(results), **about)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MisuseError(f"{path}: {error.strerror}; give a run's id, or the folder that --out wrote to") from error
    except ValueError as error:
        raise EvaluationError(f"{path}: not a run ({error}); give what python -m eval run --out DIR wrote") from error


def result_to_json(result: Result) -> dict[str, Any]:
    """A result as JSON types; NaN becomes null. Of an answer that no language model had a part in, nothing is said."""
    own = asdict(result)
    by_model = {name: own.pop(name) for name in ("mode", "notice")}
    return {
        **own,
        **(by_model if result.is_written or result.notice else {}),
        "citations": [one._asdict() for one in result.citations],
        "scores": _nulls(result.scores),
        "elapsed_ms": round(result.elapsed_ms, 2),
    }


def result_from_json(told: Mapping[str, Any]) -> Result:
    """The same back; metrics that a run knew nothing of do not apply."""
    scores = {name: nan if (value := told["scores"].get(name)) is None else value for name in METRICS}
    own: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    own |= {"citations": tuple(Quoted(**one) for one in told["citations"]), "scores": scores}
    return Result(**own)


def _nulls(scores: Mapping[str, float]) -> dict[str, float | None]:
    return {name: None if isnan(score) else round(score, 6) for name, score in scores.items()}
