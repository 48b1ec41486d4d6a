"""A project's page as HTML: its card, what other files say of it, its text. Knows no Gradio."""

from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.record import Project
from corpus.same import contradictions
from index.contents import Keys
from index.filters import Filters
from index.panels.frame import Frame
from index.panels.project_card import card
from index.panels.projects_view import View, to_address
from index.panels.told import amount_label
from index.store import Store

PAGE = Path(__file__).with_name("projects_page.jinja")
LONGEST_TEXT = 20_000
"""Characters of a project's text that its page shows; its document has all."""


@dataclass(frozen=True, slots=True)
class Differs:
    """What two descriptions of a project say differently, each with its place."""

    field: str
    here: str
    here_start: int
    here_end: int
    there: str
    there_start: int
    there_end: int


@dataclass(frozen=True, slots=True)
class Also:
    """Another description of the project."""

    id: str
    title: str
    document_id: str
    document: str
    differs: tuple[Differs, ...]


def draw_project(frame: Frame, store: Store, view: View, base: str) -> str:
    """The page of the opened project, or nothing but the address where none is; one that is gone says so."""
    values = {"address": to_address(view), "opened": view.opened, "base": base}
    keys = store.choose([Filters(projects=(view.opened,))]) if view.opened else None
    if keys is None or not len(keys):
        return frame.render(PAGE, card=None, **values)
    (project,) = store.records(keys)
    others = _other_descriptions(store, keys)
    texts = store.texts({project.document, *(other.document for other in others)})
    document = texts[project.document]
    text = project.span.of(document.text)
    return frame.render(
        PAGE, card=card(frame, project, document), text=text[:LONGEST_TEXT],
        is_cut=len(text) > LONGEST_TEXT, **values,
        also=[_also(frame, project, document, one, texts[one.document]) for one in others],
    )  # fmt: skip


def _other_descriptions(store: Store, keys: Keys) -> list[Project]:
    """The records of the same project from other files."""
    ledger = store.ledger
    (at,) = ledger.at(keys).tolist()
    others = [one for one in ledger.groups.get(at, ()) if one != at]
    return store.records(ledger.keys[others]) if others else []


def _also(frame: Frame, project: Project, here: Document, other: Project, there: Document) -> Also:
    differs = tuple(
        Differs(
            frame.say("Period") if one.field == "period" else amount_label(frame, one.field),
            one.first.of(here.text), *one.first, one.second.of(there.text), *one.second,
        )
        for one in contradictions(project, other)
    )  # fmt: skip
    return Also(other.id, other.title, there.id, there.title or there.source, differs)
