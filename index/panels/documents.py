"""The Documents tab of staff: upload, leave out, remove, sync, and see what the check has found. Layout and wiring."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from corpus.errors import ProjectError
from index.panels.documents_html import View, findings_html, list_html, store_html, sync_html
from index.panels.documents_words import act_line, state_line, upload_line
from index.panels.frame import WIRED, Frame, Pressed, pressed
from index.settings import Settings
from index.shelf import BACK, LEAVE, REMOVE, TAKE, act_on, add_upload
from index.store import Store
from index.sync_process import SYNC, VACUUM, VERIFY
from index.syncing import Syncing, syncing

if TYPE_CHECKING:
    import gradio as gr

ACTS = frozenset({LEAVE, TAKE, REMOVE, BACK})
POLL_SECONDS = 1.0
KEPT = WIRED + "; page.keepFocus(element, watch)"
HEARD = "element.setAttribute('role', 'status')"
"""Makes an element read out what changes in it."""
QUIET: dict[str, Any] = {
    "api_visibility": "private", "show_progress": "hidden", "concurrency_id": "documents", "concurrency_limit": 1,
}  # fmt: skip
"""One after the other, so that what the timer has drawn does not come after, and undo, what was pressed meanwhile."""
PRESSED: dict[str, Any] = QUIET | {"trigger_mode": "multiple"}
"""What is pressed before the last press is answered counts too; Gradio would leave it out."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the tab consists of, in this order: its components, or what they are to show."""

    view: Any
    told: Any
    files: Any
    begin: Any
    end: Any
    heard: Any
    sync: Any
    listed: Any
    found: Any
    held: Any
    check: Any
    free: Any
    timer: Any

    def all(self) -> tuple[Any, ...]:
        """Each of them."""
        return tuple(getattr(self, one.name) for one in fields(self))


def documents_panel(
    frame: Frame, settings: Settings, current: Callable[[], Store], may_change: "Callable[[gr.Request], bool]"
) -> None:
    """Lay out the tab. Who may not change anything sees all of it and no buttons, and is refused where they try."""
    import gradio as gr
    from gradio.context import Context

    jobs = syncing(settings)
    parts = _lay_out(frame)

    def changed(view: View, request: gr.Request, change: Callable[[], str]) -> tuple[Any, ...]:
        allowed = may_change(request)
        told = tried(change) if allowed else frame.say("You may look at this, not change it.")
        return _drawn(frame, current(), jobs, view, allowed, told)

    def load(request: gr.Request) -> tuple[Any, ...]:
        return _drawn(frame, current(), jobs, View(), may_change(request))

    def upload(paths: Sequence[str] | None, view: View, request: gr.Request) -> tuple[Any, ...]:
        return changed(view, request, lambda: kept(frame, current(), paths or ()))

    def press(view: View, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        told = pressed(event)
        if told.act in ACTS:
            return changed(view, request, lambda: acted(frame, current(), told))
        return _drawn(frame, current(), jobs, view.after(told), may_change(request))

    def job(name: str) -> Callable[..., tuple[Any, ...]]:
        def start(view: View, request: gr.Request) -> tuple[Any, ...]:
            return changed(view, request, lambda: started(jobs, name))

        return start

    def stop(view: View, request: gr.Request) -> tuple[Any, ...]:
        return changed(replace(view, stops=True), request, lambda: stopped(frame, jobs))

    def tick(view: View, request: gr.Request) -> tuple[Any, ...]:
        if jobs.state().running:
            return _moved(frame, jobs)
        # What was pressed since the job has ended is still to be read; that the job is to stop is not.
        told = "" if view.stops else None
        return _drawn(frame, current(), jobs, replace(view, stops=False), may_change(request), told)

    outputs = list(parts.all())
    if Context.root_block is not None:
        Context.root_block.load(load, None, outputs, **QUIET)
    parts.files.upload(upload, [parts.files, parts.view], outputs, **QUIET)
    for one in (parts.listed, parts.found):
        one.click(press, [parts.view], outputs, **PRESSED)
        one.submit(press, [parts.view], outputs, **PRESSED)
    for button, name in ((parts.begin, SYNC), (parts.check, VERIFY), (parts.free, VACUUM)):
        button.click(job(name), [parts.view], outputs, **QUIET)
    parts.end.click(stop, [parts.view], outputs, **QUIET)
    parts.timer.tick(tick, [parts.view], outputs, **QUIET)


def _lay_out(frame: Frame) -> Parts:
    import gradio as gr

    def html(name: str, script: str | None = None) -> gr.HTML:
        return gr.HTML("", elem_id=f"documents-{name}", js_on_load=script, apply_default_css=False)

    def button(name: str, label: str, **how: Any) -> gr.Button:
        return gr.Button(label, elem_id=f"documents-{name}", size="md", **how)

    view, told = gr.State(View()), html("told", HEARD)
    with gr.Row():
        files = gr.UploadButton(
            frame.say("Upload documents"), file_count="multiple", size="md", elem_id="documents-upload"
        )
        begin = button("begin", frame.say("Sync now"), variant="primary")
        end = button("end", frame.say("Stop"), interactive=False)
    heard, sync = html("heard", HEARD), html("sync")
    listed, found, held = html("list", KEPT), html("findings", KEPT), html("store")
    with gr.Row():
        check = button("check", frame.say("Check the store"))
        free = button("free", frame.say("Free space"))
    timer = gr.Timer(POLL_SECONDS, active=False)
    return Parts(view, told, files, begin, end, heard, sync, listed, found, held, check, free, timer)


def _drawn(
    frame: Frame, store: Store, jobs: Syncing, view: View, allowed: bool, told: str | None = ""
) -> tuple[Any, ...]:
    """All parts as they are now; where `told` is None, what was told stays."""
    import gradio as gr

    state = jobs.state()
    able, idle = gr.update(interactive=allowed), gr.update(interactive=allowed and not state.running)
    return Parts(
        view, gr.skip() if told is None else escape(told), able, idle, gr.update(interactive=allowed and state.running),
        state_line(frame, state), sync_html(frame, state),
        list_html(frame, store, view, allowed), findings_html(frame, store, view), store_html(frame, store, state),
        idle, idle,
        # Once more where the documents of a sync that has just ended are not open yet.
        gr.Timer(POLL_SECONDS, active=state.running or not store.is_newest()),
    ).all()  # fmt: skip


def _moved(frame: Frame, jobs: Syncing) -> tuple[Any, ...]:
    """What changes while a job is under way; all else stays, and keeps the focus that it has."""
    import gradio as gr

    state, same = jobs.state(), gr.skip()
    heard, sync = state_line(frame, state), sync_html(frame, state)
    return Parts(same, same, same, same, same, heard, sync, same, same, same, same, same, same).all()


def tried(change: Callable[[], str]) -> str:
    """What a change says it did, or why it did not."""
    try:
        return change()
    except ProjectError as error:
        return str(error)


def started(jobs: Syncing, job: str) -> str:
    """Start a job; how it stands is told elsewhere."""
    jobs.start(job)
    return ""


def stopped(frame: Frame, jobs: Syncing) -> str:
    """Tell the job under way to stop."""
    jobs.stop()
    return frame.say("Stopping…")


def kept(frame: Frame, store: Store, paths: Sequence[str]) -> str:
    """Keep uploads, each for itself; a line on each."""

    def keep(path: str) -> Callable[[], str]:
        return lambda: upload_line(frame, add_upload(store, Path(path), Path(path).name))

    return "\n".join(tried(keep(path)) for path in paths)


def acted(frame: Frame, store: Store, event: Pressed) -> str:
    """Do to a document what was pressed; a line on it."""
    return act_line(frame, event.act, act_on(store, event.act, event.value))
