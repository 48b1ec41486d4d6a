"""Runs kept as files: a run as JSON and back, and found by the path of its file or folder."""

import json
from dataclasses import asdict, fields
from math import isnan, nan
from pathlib import Path
from typing import Any

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.result import Quoted, Result, Run
from index.settings import Settings

FILE = "run.json"


def find_run(reference: str, settings: Settings) -> Run:  # noqa: ARG001  the store's runs are not looked up yet
    """The run that a path names: a run's file, or the folder that holds one.

    Raises:
        MisuseError: there is none.
        EvaluationError: the file holds no run.
    """
    path = Path(reference)
    path = path / FILE if path.is_dir() else path
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        return from_json(given)
    except OSError as error:
        raise MisuseError(f"{path}: {error.strerror}; {_INSTEAD}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EvaluationError(f"{path} holds no run of this program; {_INSTEAD}") from error


_INSTEAD = f"give a {FILE}, or the folder that holds one: python -m eval run --out FOLDER makes it"


def to_json(run: Run) -> dict[str, Any]:
    """The run in JSON types; NaN becomes null."""
    results = [
        {**asdict(result), "scores": {name: None if isnan(score) else score for name, score in result.scores.items()}}
        for result in run.results
    ]
    return {one.name: getattr(run, one.name) for one in fields(Run)} | {"results": results}


def from_json(given: dict[str, Any]) -> Run:
    """The run that `to_json` made this of."""
    return Run(**given | {"results": tuple(map(_result, given["results"]))})


def _result(given: dict[str, Any]) -> Result:
    lists = {name: tuple(given[name]) for name in ("history", "expected", "sources", "met", "failures")}
    citations = tuple(Quoted(**one) if isinstance(one, dict) else Quoted(*one) for one in given["citations"])
    scores = {name: nan if score is None else score for name, score in given["scores"].items()}
    return Result(**given | lists | {"citations": citations, "scores": scores})
