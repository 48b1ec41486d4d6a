"""The panel of candidates as HTML, and what comes of a press in it. Knows no Gradio."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.errors import ProjectError
from eval.deciding import (
    DECIDED,
    LISTED,
    NOTHING,
    SAVED,
    UNDONE,
    Outcome,
    Sitting,
    accept,
    change,
    look,
    reject,
    undo,
)
from eval.editing import ways_of
from eval.panels.runs_drawn import FOLDER
from eval.question_sets import ACCEPTED as SET
from eval.starting import propose
from index.candidates import ACCEPTED, FEEDBACK, GENERATED, MODEL, REJECTED, read_candidates
from index.panels.frame import Frame, Pressed
from index.store import Store

ORIGINS = (GENERATED, FEEDBACK, MODEL)
CHANGING = ("accept", "reject", "edit", "save", "undo", "propose")
COUNTS = ("12", "24", "48")
DIGITS = 18
"""Of a key at most; more than a catalogue can have."""


@dataclass(frozen=True, slots=True)
class Judging:
    """A visitor's sitting, and how many questions are about to be proposed for them."""

    sitting: Sitting
    proposing: int = 0


@dataclass(frozen=True, slots=True)
class Parts:
    """What is drawn anew; None stays as it is."""

    judging: Judging
    told: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a press can reach; `who` sits at it."""

    frame: Frame
    store: Store
    who: str = ""

    def draw(self, sitting: Sitting, *, attend: bool = False) -> str:
        """The panel; with `attend` the candidate is where to go on."""
        return self.frame.render(
            FOLDER / "candidates.jinja",
            table=look(self.store, sitting),
            sitting=sitting,
            origins=ORIGINS,
            listed=LISTED,
            ways=ways_of,
            name=SET,
            attend=attend,
        )


def act(desk: Desk, judging: Judging, pressed: Pressed, *, may_change: bool) -> Parts:
    """What a press comes to; of what goes wrong, why, and then what was typed stays."""
    if pressed.act in CHANGING and not may_change:
        return Parts(judging, told=desk.frame.say("Your account may look at this, and not change it."))
    if pressed.act == "propose":
        count = str(pressed.fields.get("count", ""))
        told = desk.frame.say("Questions are being proposed; this takes some seconds, over a large register a minute.")
        return Parts(replace(judging, proposing=int(count) if count in COUNTS else int(COUNTS[0])), told=told)
    try:
        if (moved := _moved(judging.sitting, pressed)) is not None:
            return Parts(Judging(moved), told="", body=desk.draw(moved, attend=True))
        return _shown(desk, _decided(desk, judging.sitting, pressed))
    except ProjectError as error:
        return Parts(judging, told=desk.frame.say("That did not work: {error}", error=error))


def proposed(desk: Desk, judging: Judging) -> Parts:
    """Propose what is to be proposed; nothing where that is nothing."""
    if not judging.proposing:
        return Parts(judging)
    before = _proposed_so_far(desk.store)
    try:
        propose(desk.store.settings, count=judging.proposing, seed=1 + before)
    except ProjectError as error:
        return Parts(Judging(judging.sitting), told=desk.frame.say("That did not work: {error}", error=error))
    number = _proposed_so_far(desk.store) - before
    told = desk.frame.count(
        "{n} question and wording was proposed.", "{n} questions and wordings were proposed.", number
    )
    sitting = replace(judging.sitting, is_editing=False)
    return Parts(Judging(sitting), told=told, body=desk.draw(sitting, attend=True))


def _proposed_so_far(store: Store) -> int:
    with store.catalogue.transaction() as connection:
        return len(read_candidates(connection))


def _moved(sitting: Sitting, pressed: Pressed) -> Sitting | None:
    """Where a press leads that decides nothing; None where it is none of these."""
    if pressed.act == "go":
        return replace(sitting, at=_number(pressed.value), is_editing=False)
    if pressed.act == "edit":
        return replace(sitting, at=_number(pressed.value), is_editing=True)
    if pressed.act == "cancel":
        return replace(sitting, is_editing=False)
    if pressed.act == "origin":
        origin = str(pressed.fields.get("origin", ""))
        return replace(sitting, origin=origin if origin in ORIGINS else "", at=0, is_editing=False)
    return None


def _decided(desk: Desk, sitting: Sitting, pressed: Pressed) -> Sequence[Outcome]:
    """What was done, one thing after the other."""
    store, who, key = desk.store, desk.who, _number(pressed.value)
    if pressed.act == "accept":
        return [accept(store, sitting, key, who)]
    if pressed.act == "reject":
        return [reject(store, sitting, key, str(pressed.fields.get("reason", "")), who)]
    if pressed.act == "undo":
        return [undo(store, sitting)]
    if pressed.act != "save":
        return []
    saved = change(store, sitting, key, pressed.fields, who)
    if saved.what != SAVED or pressed.fields.get("then") != "accept":
        return [saved]
    return [saved, accept(store, saved.sitting, key, who)]


def _shown(desk: Desk, done: Sequence[Outcome]) -> Parts:
    if not done:
        return Parts(Judging(Sitting()))
    sitting = done[-1].sitting
    return Parts(Judging(sitting), told=_told(desk.frame, done[-1]), body=desk.draw(sitting, attend=True))


def _told(frame: Frame, done: Outcome) -> str:
    said = {
        ACCEPTED: frame.say("Accepted: {question}", question=done.question),
        REJECTED: frame.say("Rejected: {question}", question=done.question),
        SAVED: frame.say("Saved: {question}", question=done.question),
        UNDONE: frame.say("Taken back: {question}", question=done.question),
        DECIDED: frame.say("Somebody else has decided on it in the meantime; that stands."),
        NOTHING: frame.say("There is nothing to take back."),
    }[done.what]
    if not done.others:
        return said
    others = frame.count("With it {n} other wording.", "With it {n} other wordings.", done.others)
    return f"{said} {others}"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0  # a key of SQL
