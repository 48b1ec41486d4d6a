"""What a person decides on open candidates: accepted into a set's file, rejected, changed; and each taken back.

Each decision is kept at once; of several people who decide on the same one, the first does. Knows no terminal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from eval.errors import EvaluationError
from eval.json_lines import Row
from eval.qa_file import QaFile
from index.candidates import ACCEPTED, OPEN, REJECTED, Candidate, decide, read_candidates
from index.store import Store


@dataclass(frozen=True, slots=True)
class Decision:
    """The candidates as they were before it, and the id of the line that it has added to the file, if it has."""

    before: tuple[Candidate, ...]
    status: str
    added: str = ""


class Review:
    """The open candidates of a store, and the decisions of one sitting, the last of which can be undone.

    `who` judges, and stands with the day in accepted lines. `decisions` are those of a sitting that goes on.
    """

    def __init__(self, store: Store, file: QaFile, who: str = "", decisions: Sequence[Decision] = ()) -> None:
        self.store = store
        self.file = file
        self.who = who
        self._decisions: list[Decision] = list(decisions)
        self._all = self._read()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided in this sitting and not taken back, in order."""
        return tuple(self._decisions)

    def _read(self) -> dict[int, Candidate]:
        with self.store.catalogue.transaction() as connection:
            return {one.key: one for one in read_candidates(connection)}

    @property
    def open(self) -> list[Candidate]:
        """What nobody has decided on yet; questions in other words behind their originals."""
        return ordered([one for one in self._all.values() if one.status == OPEN])

    def now(self, key: int) -> Candidate:
        """A candidate as it is now; KeyError where there is none."""
        return self._all[key]

    @property
    def ready(self) -> list[Candidate]:
        """The open ones that can be decided on: not those in other words whose originals are still open."""
        return [one for one in self.open if not ((of := self.original(one)) and of.status == OPEN)]

    def original(self, candidate: Candidate) -> Candidate | None:
        """The newest candidate that this one says in other words."""
        of = candidate.pair.get("of")
        return next((one for one in reversed(self._all.values()) if of and one.id == of), None)

    def row(self, candidate: Candidate) -> Row:
        """The pair as a line of the file: a question in other words names its original by the id it has there."""
        original = self.original(candidate)
        return {**candidate.pair, "of": original.pair["id"]} if original else dict(candidate.pair)

    def whole(self, candidate: Candidate) -> Row:
        """The pair with what it takes from its original."""
        original = self.original(candidate)
        return {**(original.pair if original else {}), **candidate.pair}

    def check(self, candidate: Candidate, pair: Mapping[str, Any]) -> None:
        """Whether a changed pair is right.

        Raises:
            EvaluationError: saying what is wrong.
        """
        original = self.original(candidate)
        whole = {**(original.pair if original else {}), **pair}
        self.file.check({name: value for name, value in whole.items() if name != "of"})

    def accept(self, candidate: Candidate) -> Row:
        """Add it to the file; the line that was added.

        Raises:
            EvaluationError: it is not right as it is, or its original is not in the file.
            DecidedError: somebody else has decided on it.
        """
        self._all = self._read()  # somebody else may have accepted its original
        original = self.original(candidate)
        if original and original.status != ACCEPTED:
            raise EvaluationError(f"it says {original.id} in other words; accept that one first")
        row = self.row(candidate)
        if row.get("answerable", False) and not (row.get("answers") or row.get("all")):
            raise EvaluationError("it has no answers yet; edit it and say what is right, then accept it")
        added = self.file.add({**row, "reviewed": self._reviewed()})
        self._decide(Decision((candidate,), ACCEPTED, added["id"]), pair=added)
        return added

    def _reviewed(self) -> str:
        day = datetime.now(UTC).date().isoformat()
        return f"{self.who}, {day}" if self.who else day

    def reject(self, candidate: Candidate, reason: str) -> int:
        """Reject it, and with it the open ones that say it in other words; how many those were.

        Raises:
            DecidedError: somebody else has decided on it.
        """
        self._all = self._read()
        originals = {one.key: self.original(one) for one in self.open}
        others = [one for one in self.open if (of := originals[one.key]) and of.key == candidate.key]
        note = "\n".join(filter(None, (candidate.note, reason)))
        self._decide(Decision((candidate, *others), REJECTED), note=note)
        return len(others)

    def edit(self, candidate: Candidate, pair: Mapping[str, Any]) -> None:
        """Keep a changed pair; it stays open.

        Raises:
            EvaluationError: as `check`.
            DecidedError: somebody else has decided on it.
        """
        self.check(candidate, pair)
        self._decide(Decision((candidate,), OPEN), pair=pair)

    def undo(self) -> Candidate | None:
        """Take the last decision back; the candidate that it was on, None where there is none.

        Raises:
            DecidedError: somebody else has decided anew since; then theirs stands, and the line in the file.
        """
        if not self._decisions:
            return None
        last = self._decisions.pop()
        try:
            with self.store.catalogue.transaction() as connection:
                for one in last.before:
                    decide(connection, one.key, OPEN, expected=last.status, note=one.note, pair=one.pair)
                if last.added:
                    self.file.remove(last.added)
        finally:
            self._all = self._read()
        return self._all[last.before[0].key]

    def counts(self) -> dict[str, int]:
        """How many were accepted and rejected in this sitting and are so still, and how many are open."""
        mine = {one.key for decision in self._decisions for one in decision.before}
        now = [self._all[key].status for key in mine]
        return {ACCEPTED: now.count(ACCEPTED), REJECTED: now.count(REJECTED), OPEN: len(self.open)}

    def _decide(self, decision: Decision, *, note: str | None = None, pair: Mapping[str, Any] | None = None) -> None:
        try:
            with self.store.catalogue.transaction() as connection:
                for number, one in enumerate(decision.before):
                    said = note if not number else None
                    decide(connection, one.key, decision.status, expected=OPEN, note=said, pair=pair)
        except BaseException:
            if decision.added:  # in the file and not in the catalogue it would come up once more
                self.file.remove(decision.added)
            self._all = self._read()
            raise
        self._decisions.append(decision)
        self._all = self._read()


def ordered(candidates: Sequence[Candidate]) -> list[Candidate]:
    """In the order of their making, each question in other words behind its original."""
    first = {one.id: at for at, one in enumerate(candidates)}

    def place(candidate: Candidate) -> tuple[int, bool, int]:
        of = candidate.pair.get("of")
        return first.get(str(of), first[candidate.id]), bool(of), candidate.key

    return sorted(candidates, key=place)
