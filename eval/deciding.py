"""One person's way through the open candidates on a page: which is looked at, what was decided, what can be taken back.

What is decided is decided by `eval.review`, into the set of what is accepted beside the store. Knows no page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.errors import ProjectError
from eval.editing import Fields, edited
from eval.errors import EvaluationError
from eval.json_lines import Row
from eval.qa_file import QaFile
from eval.question_sets import accepted_file
from eval.review import Decision, Review
from eval.shown import Place, places_of
from index.candidates import ACCEPTED, REJECTED, Candidate
from index.errors import DecidedError
from index.store import Store

SAVED, UNDONE, DECIDED, NOTHING = "saved", "undone", "decided", "nothing"
LISTED = 100
"""Open candidates that a list names; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Where somebody is: the key of the candidate that is shown (0: the first), of which origin ("": any), and so far.

    `is_editing` shows it as a form.
    """

    at: int = 0
    origin: str = ""
    decisions: tuple[Decision, ...] = ()
    is_editing: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A candidate with all that it takes to judge it; `pair` has what it takes from its original.

    `places` are where its sources stand and `more` how many more there are; `wrong` why it cannot stand as it is.
    `wordings` counts the open ones that say it in other words.
    """

    candidate: Candidate
    pair: Row
    original: str
    places: tuple[Place, ...]
    more: int
    wrong: str
    wordings: int


@dataclass(frozen=True, slots=True)
class Table:
    """What lies before somebody: the card that is shown, if any is open, its number from 1, and those around it."""

    card: Card | None
    number: int
    ready: Sequence[Candidate]
    open: int
    can_undo: bool

    @property
    def before(self) -> int:
        """The key of the candidate before this one; 0 where there is none."""
        return self.ready[self.number - 2].key if self.number > 1 else 0

    @property
    def behind(self) -> int:
        """The key of the next one; 0 where there is none."""
        return self.ready[self.number].key if 0 < self.number < len(self.ready) else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, in a word, about which question, and the sitting from there.

    `added` is the id of the line in the set, `others` counts those that were rejected with it. `DECIDED`: somebody else
    has decided meanwhile, and nothing was done.
    """

    sitting: Sitting
    what: str
    question: str = ""
    added: str = ""
    others: int = 0


def look(store: Store, sitting: Sitting) -> Table:
    """What is open, and the candidate that the sitting is at, or else the first."""
    review = _review(store, sitting)
    open_ = review.open
    ready = [one for one in review.ready if sitting.origin in ("", one.origin)]
    at = next((number for number, one in enumerate(ready) if one.key == sitting.at), 0)
    card = _card(store, review, ready[at]) if ready else None
    return Table(card, at + 1 if ready else 0, ready, len(open_), bool(sitting.decisions))


def _card(store: Store, review: Review, candidate: Candidate) -> Card:
    row, original = review.whole(candidate), review.original(candidate)
    places: list[Place] = []
    more, wrong = 0, ""
    try:
        places, more = places_of(store, row)
    except ProjectError as error:
        wrong = str(error)
    wordings = sum((of := review.original(one)) is not None and of.key == candidate.key for one in review.open)
    return Card(
        candidate, row, str(original.pair["question"]) if original else "", tuple(places), more, wrong, wordings
    )


def accept(store: Store, sitting: Sitting, key: int, who: str) -> Outcome:
    """Accept the candidate of a key into the set; its line says who has looked at it.

    Raises:
        EvaluationError: it is not right as it is, or not there.
    """
    review, candidate, behind = _begin(store, sitting, key, who)
    question = str(candidate.pair["question"])
    try:
        added = review.accept(candidate)
    except DecidedError:
        return Outcome(_on(review, sitting, behind), DECIDED, question)
    return Outcome(_on(review, sitting, behind), ACCEPTED, question, str(added["id"]))


def reject(store: Store, sitting: Sitting, key: int, reason: str, who: str) -> Outcome:
    """Reject the candidate of a key, and with it those that say it in other words.

    Raises:
        EvaluationError: it is not there.
    """
    review, candidate, behind = _begin(store, sitting, key, who)
    question = str(candidate.pair["question"])
    try:
        others = review.reject(candidate, " ".join(reason.split()))
    except DecidedError:
        return Outcome(_on(review, sitting, behind), DECIDED, question)
    return Outcome(_on(review, sitting, behind), REJECTED, question, others=others)


def change(store: Store, sitting: Sitting, key: int, fields: Fields, who: str) -> Outcome:
    """Keep the candidate of a key as a form has changed it; it stays open.

    Raises:
        EvaluationError: it is not right, or not there.
    """
    review, candidate, behind = _begin(store, sitting, key, who)
    pair: Mapping[str, Any] = edited(candidate.pair, fields)
    try:
        if pair != candidate.pair:
            review.edit(candidate, pair)
    except DecidedError:
        return Outcome(_on(review, sitting, behind), DECIDED, str(candidate.pair["question"]))
    return Outcome(_on(review, sitting, key), SAVED, str(pair["question"]))


def undo(store: Store, sitting: Sitting) -> Outcome:
    """Take the last decision of the sitting back; where somebody else has decided anew since, theirs stands."""
    review = _review(store, sitting)
    try:
        undone = review.undo()
    except DecidedError:
        return Outcome(_on(review, sitting, sitting.at), DECIDED)
    if not undone:
        return Outcome(sitting, NOTHING)
    return Outcome(_on(review, sitting, undone.key), UNDONE, str(undone.pair["question"]))


def _review(store: Store, sitting: Sitting, who: str = "") -> Review:
    return Review(store, QaFile(accepted_file(store.settings), store), who, sitting.decisions)


def _begin(store: Store, sitting: Sitting, key: int, who: str) -> tuple[Review, Candidate, int]:
    """The review, the candidate of a key, and the key of the one that comes up once it is decided on."""
    review = _review(store, sitting, who)
    try:
        candidate = review.now(key)
    except KeyError as error:
        raise EvaluationError(f"candidate {key}: there is no such candidate; choose another") from error
    keys = [one.key for one in review.open if sitting.origin in ("", one.origin)]
    behind = keys[keys.index(key) + 1 :] if key in keys else []
    return review, candidate, behind[0] if behind else 0


def _on(review: Review, sitting: Sitting, at: int) -> Sitting:
    """From here on; a question whose decision hides the next one leaves it to `look` which comes up."""
    there = at if any(one.key == at for one in review.open) else 0
    return replace(sitting, at=there, decisions=review.decisions, is_editing=False)
