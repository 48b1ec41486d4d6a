"""The documents panel as HTML: the list, the sync, the findings, the store. Knows no Gradio."""

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from markupsafe import Markup

from corpus.check import Finding
from corpus.doubts import SEVERITIES
from index.errors import repair
from index.findings import Findings, is_current, link_of, read_findings
from index.holdings import document_ids
from index.panels.documents_words import (
    kind_name,
    language_names,
    report_parts,
    severity_names,
    size,
    state_line,
    store_facts,
)
from index.panels.frame import Frame, Pressed, number_in
from index.shelf import shelf
from index.store import Store
from index.syncing import State

HERE = Path(__file__).parent
FINDINGS_AT_ONCE = 20
MOST_FILES = 200
"""Files of a report that are told by name; the rest are counted."""


@dataclass(frozen=True, slots=True)
class View:
    """What a visitor looks at: the files with these words, a page of them, the findings of one file or of all.

    `shown` are how many findings of each gravity, where more than the first were asked for; `stops` is whether the
    visitor has told a job to stop and not seen yet that it has ended.
    """

    containing: str = ""
    page: int = 1
    file: str = ""
    shown: dict[str, int] = field(default_factory=dict)
    stops: bool = False

    def after(self, event: Pressed) -> "View":
        """The view once something that only looks was pressed; the same where it was something else."""
        if event.act == "filter":
            return replace(self, containing=str(event.fields.get("containing", ""))[:200], page=1)
        if event.act == "all":
            return replace(self, containing="", page=1)
        if event.act == "page":
            return replace(self, page=number_in(event.value))
        if event.act == "findings":
            return replace(self, file=event.value, shown={})
        if event.act == "more" and event.value in SEVERITIES:
            more = self.shown.get(event.value, FINDINGS_AT_ONCE) + FINDINGS_AT_ONCE
            return replace(self, shown=self.shown | {event.value: more})
        return self


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one gravity: how many, and the first of them, each with its link and what its kind is called."""

    severity: str
    label: str
    total: int
    shown: list[tuple[Finding, str, str]]
    open: bool


def list_html(frame: Frame, store: Store, view: View, allowed: bool) -> Markup:
    """The documents, and what waits, is left out or was removed."""
    seen = shelf(store, read_findings(store.settings.store), containing=view.containing, page=view.page)
    return frame.render(
        HERE / "documents.jinja", shelf=seen, containing=view.containing, allowed=allowed,
        size=partial(size, frame), languages=partial(language_names, frame),
    )  # fmt: skip


def sync_html(frame: Frame, state: State) -> Markup:
    """How far a sync is, or what the last one did."""
    return frame.render(
        HERE / "documents_sync.jinja", state=state, now=state_line(frame, state), most=MOST_FILES,
        parts=report_parts(frame, state.report),
    )  # fmt: skip


def findings_html(frame: Frame, store: Store, view: View) -> Markup:
    """What to look at in the documents."""
    checked = read_findings(store.settings.store)
    return frame.render(
        HERE / "documents_findings.jinja", checked=checked, file=view.file,
        current=checked is not None and is_current(checked, store.identity, store.generation),
        groups=_groups(frame, store, checked, view) if checked else [],
    )  # fmt: skip


def _groups(frame: Frame, store: Store, checked: Findings, view: View) -> list[Group]:
    found = {severity: checked.of_severity(severity, view.file) for severity in SEVERITIES}
    first = {name: each[: view.shown.get(name, FINDINGS_AT_ONCE)] for name, each in found.items()}
    with store.catalogue.transaction() as connection:
        ids = document_ids(connection, store.generation, [one.source for each in first.values() for one in each])
    gravest = next((severity for severity in SEVERITIES if found[severity]), "")
    names = severity_names(frame)
    return [
        Group(
            severity, names[severity], len(each),
            [(one, frame.base + link if (link := link_of(one, ids)) else "", kind_name(frame, one.kind))
             for one in first[severity]],
            severity == gravest or severity in view.shown,
        )
        for severity, each in found.items()
        if each
    ]  # fmt: skip


def store_html(frame: Frame, store: Store, state: State) -> Markup:
    """What the store holds, and what the last look at it has told."""
    return frame.render(
        HERE / "documents_store.jinja", facts=store_facts(frame, store), problems=state.problems, freed=state.freed,
        mend=repair(store.settings.store), size=partial(size, frame),
    )  # fmt: skip
