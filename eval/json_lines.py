"""Files with a JSON object a line: each object with where it stands, so that whoever refuses it can say."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import MisuseError
from eval.errors import EvaluationError


def read_rows(path: Path, instead: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(file and line number, the object there) for each line that is not blank.

    `instead` ends the message about a file that cannot be read: what to give in its place.

    Raises:
        MisuseError: the file is missing or is not text.
        EvaluationError: naming the line that holds no object.
    """
    for number, line in enumerate(read_lines(path, instead), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise EvaluationError(f"{where}: not JSON ({error.msg}); write one JSON object a line") from error
        if not isinstance(row, dict):
            raise EvaluationError(f"{where}: expected an object, not {line[:40]!r}")
        yield where, row


def read_lines(path: Path, instead: str) -> Iterator[str]:
    """The lines of a text file, unpacked where its name ends in .gz; other line ends than JSON Lines' own end none.

    Raises:
        MisuseError: the file is missing or is not text.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for number, line in enumerate(file):
                yield line.decode("utf-8" if number else "utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text, or not gzip although it ends in .gz"
        raise MisuseError(f"{path}: {reason}; {instead}") from error
