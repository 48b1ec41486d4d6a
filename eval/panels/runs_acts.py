"""What comes of a press in the panel of evaluations: which of its parts are drawn anew, and where somebody is then.

Knows no Gradio.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.errors import ProjectError
from eval.kept_runs import Chosen, KeptRuns, chosen_of, compare_kept
from eval.panels.runs_drawn import draw_comparison, draw_list, draw_progress, draw_run, draw_start, is_running
from eval.question_sets import QuestionSet, checked, find_set, question_sets
from eval.runs import read_kept
from eval.starting import Evaluations, Progress
from index.panels.frame import Frame, Pressed
from index.store import Store

CHANGING = ("start", "stop", "resume")
MORE = 20
"""Questions that are shown in addition."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Where a visitor is: at which run and which of its questions; whether all runs are listed.

    `seen` is what they have last seen of the evaluation that runs.
    """

    run: str = ""
    chosen: Chosen = field(default_factory=Chosen)
    is_all: bool = False
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is drawn anew; None stays as it is."""

    looking: Looking
    told: str | None = None
    start: str | None = None
    progress: str | None = None
    listed: str | None = None
    detail: str | None = None
    is_watched: bool | None = None
    """Whether the page has to look from time to time how far an evaluation is."""


@dataclass(frozen=True, slots=True)
class Room:
    """All that a press can reach."""

    frame: Frame
    store: Store
    evaluations: Evaluations
    kept: KeptRuns

    def draw(self, looking: Looking, *, refused: Sequence[QuestionSet] = (), attend: str = "") -> Parts:
        """All parts but what is looked at."""
        progress = self.evaluations.progress()
        return Parts(
            replace(looking, seen=_state(progress)),
            start=draw_start(self.frame, self.store, progress, refused=refused, attend=attend),
            progress=draw_progress(self.frame, progress),
            listed=self.listed(looking),
            is_watched=is_running(progress),
        )

    def listed(self, looking: Looking) -> str:
        """The list of runs."""
        rows, progress = self.kept.rows(self.store), self.evaluations.progress()
        return draw_list(self.frame, self.store, rows, progress, is_all=looking.is_all)


def _state(progress: Progress | None) -> str:
    return f"{progress.qa} {progress.status} {progress.run}" if progress else ""


def tick(room: Room, looking: Looking) -> Parts:
    """What time alone has changed: how far the evaluation is, and all the rest where it has begun or ended."""
    progress = room.evaluations.progress()
    if _state(progress) == looking.seen:
        return Parts(looking, progress=draw_progress(room.frame, progress) if is_running(progress) else None)
    return room.draw(looking, attend="lost")


def act(room: Room, looking: Looking, pressed: Pressed, *, may_change: bool) -> Parts:
    """What a press comes to; of what goes wrong, why."""
    if pressed.act in CHANGING and not may_change:
        return Parts(looking, told=room.frame.say("Your account may look at this, and not change it."))
    try:
        return _act(room, looking, pressed)
    except ProjectError as error:
        return Parts(looking, told=room.frame.say("That did not work: {error}", error=error))


def _act(room: Room, looking: Looking, pressed: Pressed) -> Parts:
    if pressed.act in CHANGING:
        return _change(room, looking, pressed)
    if pressed.act == "all":
        looking = replace(looking, is_all=True)
        return Parts(looking, told="", listed=room.listed(looking))
    if pressed.act == "compare":
        told = pressed.fields.get("run", ())
        comparison = compare_kept(room.store, [told] if isinstance(told, str) else list(map(str, told)))
        return Parts(replace(looking, run=""), told="", detail=draw_comparison(room.frame, comparison))
    if pressed.act == "open":
        looking = replace(looking, run=pressed.value, chosen=Chosen())
    elif pressed.act == "filter":
        looking = replace(looking, chosen=chosen_of(pressed.fields))
    elif pressed.act == "more":
        looking = replace(looking, chosen=replace(looking.chosen, most=looking.chosen.most + MORE))
    else:
        return Parts(looking)
    run = read_kept(room.store, looking.run)
    return Parts(looking, told="", detail=draw_run(room.frame, run, looking.chosen, is_filtered=pressed.act != "open"))


def _change(room: Room, looking: Looking, pressed: Pressed) -> Parts:
    if pressed.act == "stop":
        room.evaluations.stop()
        return Parts(looking, told=room.frame.say("The evaluation is being stopped."))
    is_resumed = pressed.act == "resume"
    chosen = _to_resume(room, pressed.value) if is_resumed else find_set(room.store, str(pressed.fields.get("set", "")))
    if (found := checked(room.store, chosen)).mistakes:
        told = room.frame.say("{name} cannot be asked; see why below.", name=chosen.name)
        return replace(room.draw(looking, refused=[found], attend="now"), told=told)
    room.evaluations.start(chosen, resume=is_resumed)
    told = room.frame.say("The evaluation of {name} has begun.", name=chosen.name)
    return replace(room.draw(looking, attend="now"), told=told)


def _to_resume(room: Room, identity: str) -> QuestionSet:
    digests = {row.id: row.qa_sha256 for row in room.kept.rows(room.store) if not row.is_finished}
    for one in question_sets(room.store):
        if one.digest and one.digest == digests.get(identity):
            return one
    return find_set(room.store, identity)
