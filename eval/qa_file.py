"""A file of a set that grows: lines added once they are known to be right, and the last ones taken away again.

Lines that are there already stay as they are written. Several processes may add to one file. Knows no candidates.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.gold import find_gold
from eval.json_lines import Row, read_rows
from eval.qa import SHIPPED, pairs_of, read_pairs
from index.store import Store

PATIENCE_SECONDS = 10
"""How long a line waits while others are added; a line takes a fraction of a second."""
PACKED = ".gz"


class QaFile:
    """The lines of a set's file, which need not be there yet.

    Raises:
        MisuseError: the file cannot be read, or is packed.
        EvaluationError: a line of it is no line of a set.
    """

    def __init__(self, path: Path, store: Store) -> None:
        if path.suffix == PACKED:
            raise MisuseError(f"--qa {path}: lines cannot be added to a packed file; unpack it first")
        self.path = path
        self._store = store
        self.rows: list[Row] = list(self._read())
        if self.rows:
            read_pairs(path)

    def _read(self) -> Iterator[Row]:
        if self.path.exists():
            yield from (row for _, row in read_rows(self.path, "give a JSON Lines file with --qa FILE"))
        elif not self.path.absolute().parent.is_dir():
            raise MisuseError(f"--qa {self.path}: there is no such folder; give a file in one that is there")

    def check(self, row: Row) -> None:
        """Whether a line could be added, whatever its id.

        Raises:
            EvaluationError: it is no line of a set, or what its sources name is not in the store.
        """
        pairs = pairs_of(
            [*self.rows, {**row, "id": self._free(row)}], SHIPPED, f"{self.path.name} with {row.get('id')!r}"
        )
        find_gold(self._store, pairs[-1:])

    def add(self, row: Row) -> Row:
        """Write a line at the end, under an id that no other line has; the line as it was written.

        Raises:
            EvaluationError: as `check`.
            MisuseError: the file cannot be written.
        """
        with self._alone():
            self.rows = list(self._read())  # others may have added some
            self.check(row)
            added = {**row, "id": self._free(row)}
            self._append(added)
        self.rows.append(added)
        return added

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock beside the file."""
        from filelock import FileLock, Timeout

        own = self.path.resolve()
        lock = FileLock(own.with_name(f"{own.name}.lock"), timeout=PATIENCE_SECONDS)
        try:
            lock.acquire()
        except Timeout as error:
            raise MisuseError(f"--qa {self.path}: another process is writing it; try again") from error
        except OSError as error:
            raise MisuseError(f"--qa {self.path}: {error.strerror}; give a file that can be written") from error
        try:
            yield
        finally:
            lock.release()

    def _append(self, added: Row) -> None:
        old = self._bytes()
        line = ("" if not old or old.endswith(b"\n") else "\n") + json.dumps(added, ensure_ascii=False) + "\n"
        try:
            with self.path.open("ab") as file:
                file.write(line.encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise MisuseError(f"--qa {self.path}: {error.strerror}; give a file that can be written") from error

    def remove(self, identity: str) -> None:
        """Take away the last line of this id; nothing where there is none."""
        with self._alone():
            self._cut(identity)
            self.rows = list(self._read())

    def _cut(self, identity: str) -> None:
        own = self.path.resolve()  # a link stays one
        lines = self._bytes().splitlines(keepends=True)
        for at in range(len(lines) - 1, -1, -1):
            if lines[at].strip() and json.loads(lines[at]).get("id") == identity:
                new = own.with_name(f"{own.name}.new")
                new.write_bytes(b"".join([*lines[:at], *lines[at + 1 :]]))
                new.replace(own)
                break

    def _bytes(self) -> bytes:
        return self.path.read_bytes() if self.path.exists() else b""

    def _free(self, row: Row) -> str:
        """The id of the line, or with a number behind where another line has it."""
        identity = row.get("id")
        if not isinstance(identity, str) or not identity.strip():
            raise EvaluationError("field 'id' has to be a non-empty string")
        taken = {one.get("id") for one in self.rows}
        free, number = identity, 2
        while free in taken:
            free, number = f"{identity}-{number}", number + 1
        return free
