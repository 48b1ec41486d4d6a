"""Files with a JSON object a line: each object with where it stands, so that whoever refuses it can say."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpus.errors import MisuseError
from eval.errors import EvaluationError

Row = dict[str, Any]
KEPT = "surrogateescape"
"""How `read_lines` is asked to keep bytes that are not UTF-8: as characters that no UTF-8 file can hold."""


def read_rows(path: Path, instead: str) -> Iterator[tuple[str, Row]]:
    """(file and line number, the object there) for each line that is not blank.

    `instead` ends the message about a file that cannot be read: what to give in its place.

    Raises:
        MisuseError: the file is missing or is not text.
        EvaluationError: naming the line that holds no object.
    """
    for number, line in enumerate(read_lines(path, instead), 1):
        if line.strip():
            where = f"{path}, line {number}"
            try:
                yield where, read_object(line)
            except ValueError as error:
                raise EvaluationError(f"{where}: {error}") from error


def read_object(line: str, pairs: Callable[[list[tuple[str, Any]]], Row] | None = None) -> Row:
    """The object of one line; `pairs` makes one of its names and values, as `object_pairs_hook` of json does.

    Raises:
        ValueError: saying what is wrong.
    """
    try:
        row = json.loads(line, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg}, character {error.pos + 1}); write one JSON object a line") from error
    except (ValueError, RecursionError) as error:
        reason = "a number of more digits, or lists deeper within lists, than can be read"
        raise ValueError(f"{reason}; write one JSON object a line, as docs/evaluation.md shows") from error
    if not isinstance(row, dict):
        raise ValueError(f"expected an object, not {line.strip()[:40]!r}")
    return row


def read_lines(path: Path, instead: str, errors: str = "strict") -> Iterator[str]:
    """The lines of a text file, unpacked where its name ends in .gz; other line ends than JSON Lines' own end none.

    `errors` says what becomes of bytes that are not UTF-8, as in `bytes.decode`.

    Raises:
        MisuseError: the file is missing or, unless `errors` lets it pass, is not text.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for number, line in enumerate(file):
                yield line.decode("utf-8" if number else "utf-8-sig", errors)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text, or not gzip although it ends in .gz"
        raise MisuseError(f"{path}: {reason}; {instead}") from error
