"""What the documents panel says: languages, sizes, states and findings in the words of the page. Knows no Gradio."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from index.holdings import read_made
from index.panels.frame import Frame
from index.shelf import BACK, LEAVE, REMOVE, TAKE
from index.store import Store
from index.sync import Report
from index.sync_process import VACUUM, VERIFY
from index.syncing import CHECKED, DONE, FAILED, STARTING, STOPPED, State
from index.uploads import CHANGED, SAME, Upload, uploads_folder

QUARTER = 25
"""Per cent of a sync after which a screen reader is told again."""


UNITS = (("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000))


def language_names(frame: Frame, codes: Sequence[str]) -> str:
    """Languages by name."""
    from babel import Locale

    names = Locale.parse(frame.language).languages
    return ", ".join(frame.say("not known") if code == "und" else str(names.get(code, code)) for code in codes)


def size(frame: Frame, size_bytes: int) -> str:
    """Bytes as people say them: 32 KB, 1.4 MB."""
    if size_bytes < 1_000:
        return frame.count("{n} byte", "{n} bytes", size_bytes)
    unit, of = next((one for one in UNITS if size_bytes < one[1] * 1_000), UNITS[-1])
    value = size_bytes / of
    return f"{frame.number(round(value) if value >= 10 else round(value, 1))} {unit}"


def state_line(frame: Frame, state: State) -> str:
    """How the job under way stands, or that it has ended; it changes seldom, since it is read out."""
    if state.job == VERIFY and state.running:
        return frame.say("The store is being checked…")
    if state.job == VACUUM and state.running:
        return frame.say("Space is being freed…")
    if state.phase == STARTING:
        return frame.say("The sync begins…")
    if state.phase == CHECKED:
        return frame.say("The documents are synced and are now being checked…")
    if state.running:
        step = state.step
        share = 100 * step.done_bytes // step.bytes // QUARTER * QUARTER if step and step.bytes else 0
        return frame.say("The documents are being read: {percent} per cent…", percent=frame.number(share))
    ended = {DONE: frame.say("Done."), FAILED: frame.say("It did not work."), STOPPED: frame.say("Stopped.")}
    return ended.get(state.phase, "")


def report_parts(frame: Frame, report: Report | None) -> list[tuple[str, list[str]]]:
    """What a sync did with which files."""
    if report is None:
        return []
    return [
        (frame.say("Added"), report.added),
        (frame.say("Changed"), report.changed),
        (frame.say("Removed"), report.removed),
        (frame.say("Unchanged"), report.unchanged),
        (frame.say("Left out"), report.left_out),
        (frame.say("Not of a type that is read"), report.skipped),
    ]


def upload_line(frame: Frame, upload: Upload) -> str:
    """What became of an upload."""
    if upload.how == SAME:
        return frame.say("{name} was there already, just as it is.", name=upload.name)
    if upload.how == CHANGED:
        return frame.say("{name} replaces the version before; it is read with the next sync.", name=upload.name)
    return frame.say("{name} is kept; it is read with the next sync.", name=upload.name)


def act_line(frame: Frame, act: str, name: str) -> str:
    """What was done to a document."""
    return {
        LEAVE: frame.say("{name} is left out from the next sync on.", name=name),
        TAKE: frame.say("{name} is read again from the next sync on.", name=name),
        REMOVE: frame.say("{name} is removed; it can be put back.", name=name),
        BACK: frame.say("{name} is put back; it is read with the next sync.", name=name),
    }[act]


def severity_names(frame: Frame) -> dict[str, str]:
    """What the gravities of findings are called."""
    return {
        "error": frame.say("Makes answers wrong or impossible"),
        "warning": frame.say("May make answers wrong"),
        "hint": frame.say("Good to know"),
    }


def kind_name(frame: Frame, kind: str) -> str:
    """What a kind of finding is called; one that is not known here by its own name."""
    if kind.startswith("contradiction in "):
        return frame.say("Documents contradict each other")
    return {
        "unreadable": frame.say("Cannot be read"),
        "partly read": frame.say("Only partly read"),
        "garbled text": frame.say("Garbled text"),
        "lost letters": frame.say("Lost letters"),
        "no project": frame.say("No project found"),
        "period": frame.say("Period"),
        "amount": frame.say("Amount"),
        "organisation": frame.say("Organisation"),
        "no period": frame.say("No period"),
        "no amount": frame.say("No amount"),
        "no funder": frame.say("No funder"),
        "duplicate": frame.say("Told twice"),
        "same project": frame.say("The same project in two documents"),
        "taken from prose": frame.say("Taken from prose"),
        "not compared": frame.say("Not compared"),
    }.get(kind, kind)


def store_facts(frame: Frame, store: Store) -> list[tuple[str, str]]:
    """What a store holds and takes up, label and value."""
    counts, folder = store.counts(), store.settings.store
    with store.catalogue.transaction() as connection:
        made = read_made(connection, store.generation)
    languages = [
        f"{language_names(frame, [code])} ({frame.number(number)})" for code, number in store.languages().items()
    ]
    uploaded = folder_bytes(uploads_folder(folder))
    return [
        (frame.say("Version of the documents"), frame.number(store.generation)),
        (frame.say("Made on"), moment(frame, made.at) if made else "–"),
        (frame.say("Documents"), frame.number(counts["documents"])),
        (frame.say("Projects"), frame.number(counts["projects"])),
        (frame.say("Passages"), frame.number(counts["passages"])),
        (frame.say("Languages"), ", ".join(languages)),
        (frame.say("Size on disk"), size(frame, folder_bytes(folder) - uploaded)),
        (frame.say("Uploads"), size(frame, uploaded)),
    ]


def moment(frame: Frame, at: str) -> str:
    """A moment as day and time, in UTC."""
    return f"{frame.day(at)}, {at[11:16]} UTC"


def folder_bytes(folder: Path) -> int:
    """What the files of a folder take up, those that go meanwhile left out."""
    total = 0
    for within, folders, files in os.walk(folder):  # passes over a folder that goes, where `rglob` fails
        for name in (*folders, *files):
            with suppress(OSError):  # gone since it was listed
                total += (Path(within) / name).lstat().st_size
    return total
