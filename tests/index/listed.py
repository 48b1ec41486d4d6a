"""A store of a few projects, made by hand, of which everything is known that lists, plots and downloads tell."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from corpus.document import Document, Span
from corpus.record import START_AGREED, Amount, Field, Organisation, Period, Place, Project
from index.ingest import Changes
from index.models import find_model
from index.passages import Passage
from index.settings import Settings
from index.store import Store
from index.writer import writing

TEXT = "Lamps for the hills, under the Bright Futures programme, https://example.org/a, agreed on 2012-12-01"
"""The text of every document; `at` finds words in it."""


def at(words: str) -> Span:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def amount(value: str | None, currency: str | None = "EUR", role: str = "budget", **more: str) -> Amount:
    return Amount(value, currency, role, f"{value} {currency}", at("Lamps"), **more)


def organisation(name: str, role: str = "funder") -> Organisation:
    return Organisation(name, role, name, at("Lamps"))


def place(name: str, country: str | None = None) -> Place:
    return Place(name, country, name, at("hills"))


def told(name: str, words: str, role: str = "") -> Field:
    return Field(name, role, name, at(words), at(words))


@dataclass(frozen=True)
class Page:
    """A file with the projects in it, and the words of each one's passage."""

    source: str
    projects: tuple[Project, ...]
    words: dict[str, str] = field(default_factory=dict)


def project(identity: str, title: str, start: str | None, end: str | None, source: str, **values: object) -> Project:
    period = Period(start, end, f"{start} to {end}", at("hills")) if start or end else None
    made = Project(identity, title, None, (), source, Span(0, len(TEXT)), "en", "", period)
    return replace(made, **values)  # type: ignore[arg-type]


LAMPS = project(
    "lamps", "“Lamps” for the hills", "2013", "2014-06", "a.txt",
    amounts=(
        amount("600000.50", "EUR", "grant"), amount("1000000.0001"), amount("2000000"),
        amount("7", "EUR", "cost share"),
    ),
    organisations=(organisation("EEA Grants"), organisation("Oil Town", "partner"), organisation("Owl & Co", "client")),
    places=(place("Iași", "RO"), place("Lyon", "FR")),
    fields=(told("programme", "Bright Futures"), told("link", "https://example.org/a"),
            told("period", "2012-12-01", "agreed")),
    reference="REF-1", description="Lamps\nthat shine",
)  # fmt: skip
LAMPS_AGAIN = project(
    "lamps-2", "“Lamps” for the hills", "2013", "2014-06", "b.csv#row=1-2",
    amounts=(amount("1200000"),), organisations=(organisation("EEA Grants"),), places=(place("Iasi", "RO"),),
    reference="REF-1",
)  # fmt: skip
OWLS = project(
    "owls", "Căutarea bufnițelor", "2014-02-28", None, "b.csv#row=1-2",
    amounts=(amount(None, "RON", note="250.00 may mean 250.00 or, with a digit lost, 250,000"),
             amount("50", "RON", "grant")),
    organisations=(organisation("EEA"), organisation("Fundația Ștefan")),
    places=(place("Romania", "RO"),), language="ro",
)  # fmt: skip
WELLS = project(
    "wells", "=cmd|wells", "2010", "2012", "c.txt",
    amounts=(amount("300", "RON", "grant"), amount("900", "RON", included_in="Big Wells")),
    organisations=(organisation("Fundația Ștefan"), organisation("EEA")),
    places=(place("Scotland", "GB"), place("Devon", "GB")),
)  # fmt: skip
BRIDGES = project("bridges", "bridges", None, None, "c.txt", amounts=(amount("10", None),))
DEER = project(
    "deer", "Apă și cerbi", None, "2009-05-31", "d.txt",
    amounts=(amount("0.1", "RON"),),
    period=Period(None, "2009-05-31", "until May 2009", at("hills"), "no start is given"),
    organisations=(organisation("Devon Fund", "sponsor"),), aliases=("Horned Waters",),
)  # fmt: skip
AGREED = project(
    "agreed", "Agreements", "2012-12-01", "2013", "d.txt",
    amounts=(amount("5", "EUR", "grant"), amount("8", "USD")),
    fields=(told("period", "2012-12-01", "agreed"),),
)  # fmt: skip
AGREED = replace(AGREED, period=replace(AGREED.period, note=f"no start is given; {START_AGREED} “Agreed”"))  # type: ignore[type-var]
PAGES = (
    Page("a.txt", (LAMPS,), {"lamps": "Lamps that shine on every hill"}),
    Page("b.csv#row=1-2", (LAMPS_AGAIN, OWLS), {"owls": "Owls hoot in the night"}),
    Page("c.txt", (WELLS, BRIDGES), {"wells": "Wells are dug, the night was long"}),
    Page("d.txt", (DEER, AGREED)),
)
PROJECTS = tuple(one for page in PAGES for one in page.projects)


def listed_store(folder: Path, model: Path) -> Store:
    """Make the store and open it."""
    settings = Settings(folder, str(model))
    found = find_model(settings.embedding_model)
    with writing(settings, found) as writer, writer.ingest(reuse=False) as ingest:
        for number, page in enumerate(PAGES, start=1):
            source = page.source
            document = Document(f"d{number}", source, "text/plain", source, "en", f"{number:064}", TEXT, ())
            passages = [
                Passage("", document.id, identity, Span(0, len(words)), words) for identity, words in page.words.items()
            ]
            vectors = np.eye(1, 16, dtype=np.float32).repeat(len(passages), axis=0)
            ingest.add(document, page.projects, passages, vectors)
        ingest.finish([], Changes(len(PAGES), 0, 0), found.fingerprint)
    return Store(settings)
