"""The panel of feedback as HTML, and what comes of a press in it. Knows no Gradio."""

from dataclasses import dataclass, replace

from corpus.errors import ProjectError
from eval.inbox import Wanted, handle, read_inbox, wanted_of
from eval.panels.runs_drawn import FOLDER
from eval.said import take_one
from index.panels.frame import Frame, Pressed
from index.store import Store

CHANGING = ("candidate", "handled", "waiting")
DIGITS = 18
"""Of a key at most; more than a catalogue can have."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is drawn anew; None stays as it is."""

    wanted: Wanted
    told: str | None = None
    body: str | None = None


def draw(frame: Frame, store: Store, wanted: Wanted, *, attend: bool = False) -> str:
    """The inbox; with `attend` its head is where to go on."""
    inbox = read_inbox(store, wanted)

    def of(verdict: str, state: str) -> int:
        return sum(number for (v, s), number in inbox.counts.items() if verdict in ("", v) and s == state)

    return frame.render(FOLDER / "feedback.jinja", inbox=inbox, of=of, attend=attend)


def act(frame: Frame, store: Store, wanted: Wanted, pressed: Pressed, *, may_change: bool) -> Parts:
    """What a press comes to; of what goes wrong, why."""
    if pressed.act in CHANGING and not may_change:
        return Parts(wanted, told=frame.say("Your account may look at this, and not change it."))
    try:
        told = ""
        if pressed.act == "filter":
            wanted = wanted_of(pressed.fields)
        elif pressed.act == "page":
            wanted = replace(wanted, after=_number(pressed.value))
        elif pressed.act in CHANGING:
            told = _changed(frame, store, pressed)
        return Parts(wanted, told=told, body=draw(frame, store, wanted, attend=True))
    except ProjectError as error:
        return Parts(wanted, told=frame.say("That did not work: {error}", error=error))


def _changed(frame: Frame, store: Store, pressed: Pressed) -> str:
    key = _number(pressed.value)
    if pressed.act == "candidate":
        if take_one(store, key):
            return frame.say("It is among the questions to judge now.")
        return frame.say("The same question is among the proposed questions already.")
    handle(store, key, handled=pressed.act == "handled")
    return frame.say("Done with.") if pressed.act == "handled" else frame.say("It waits again.")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
