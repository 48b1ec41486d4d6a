"""Sync: bring a store to what the given files are now. New and changed files are read, removed ones go, others stay.

Everything of one sync is seen at once, as the next generation. One that is stopped leaves the store as it was, and what
it had embedded is not embedded again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from threading import Thread

from corpus.document import Unreadable
from corpus.errors import CorpusError, UnreadableError
from corpus.files import File, file_digest, file_of
from corpus.pool import nothing_to_read, read_files, whole
from corpus.record import Project, Reading
from index import contents
from index.encoder import open_encoder
from index.facts import GENERATION, read_number
from index.ingest import Changes, Ingest
from index.models import Model, find_model, open_tokenizer, read_max_tokens
from index.passages import passage_limit, split
from index.progress import Progress, Tell
from index.roots import gather, read_left_out, write_roots
from index.settings import Settings
from index.writer import Writer, writing


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did, by source. `skipped` are files of types that are not read; `embedded` counts passages.

    `left_out` are files that are there and that staff do not want read; `uploaded` counts those read of the uploads.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[Unreadable] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    generation: int = 0
    embedded: int = 0
    documents: int = 0
    projects: int = 0
    passages: int = 0
    left_out: list[str] = field(default_factory=list)
    uploaded: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """What a store holds before a sync: by file, the keys of its documents with its digest, and its projects' ids."""

    files: dict[str, tuple[list[int], str]]
    ids: dict[str, set[str]]
    unfinished: bool
    """Whether an attempt was stopped, or the views still hold what it removed."""


def build(
    settings: Settings,
    paths: Sequence[Path],
    *,
    rebuild: bool = False,
    progress: bool = False,
    tell: Tell | None = None,
) -> Report:
    """Sync the store to the documents at `paths`, and to those that were uploaded and not left out (`index.roots`).

    With `rebuild`, read and embed all of them anew. `tell` hears how far it is.

    Raises:
        MisuseError: a path does not exist.
        CorpusError: no document could be read; the store is left as it was.
        StoreError: the store is of another model or version, locked, or cannot be written.
    """
    there = gather(settings, paths)
    if not there.files:
        raise CorpusError(nothing_to_read(paths))
    model = find_model(settings.embedding_model)
    check = partial(_check_readable, there.files) if rebuild else None
    with writing(settings, model, before_clearing=check) as writer:
        with writer.catalogue.transaction() as connection:
            there = there.without(read_left_out(connection))
        if not there.files:
            raise CorpusError(f"all {len(there.left_out)} documents are left out; take one in again")
        report = _sync(writer, there.files, rebuild, partial(Progress, show=progress, tell=tell))
        with writer.catalogue.transaction() as connection:
            write_roots(connection, paths)
    return replace(report, skipped=there.skipped, left_out=there.left_out, uploaded=there.uploaded)


def _check_readable(files: Sequence[File]) -> None:
    """Before a store is forgotten: something has to take its place.

    Raises:
        CorpusError: no file can be read.
    """
    reasons = []
    for reading in read_files(files, whole):
        if not isinstance(reading, Unreadable):
            return
        reasons.append(f"{reading.source}: {reading.reason}")
    raise CorpusError(f"no document could be read ({'; '.join(reasons[:5])}); the store is as it was")


def _sync(
    writer: Writer, files: Sequence[File], rebuild: bool, progress: Callable[[Sequence[File]], Progress]
) -> Report:
    held = _held(writer)
    report, fresh = _compare({} if rebuild else held.files, files)
    sources = {file.source for file in files}
    gone = [source for source in held.files if source not in sources]
    if not fresh and not gone:
        if held.unfinished or writer.views_are_behind():
            _tidy(writer)
        return _counted(writer, report)
    with ExitStack() as opened:
        reading = read_files(fresh, whole)
        opened.callback(reading.close)
        readings = _begun(reading)
        Thread(target=_open_encoder, args=[writer.model]).start()  # while Chroma opens its files
        ingest = opened.enter_context(writer.ingest(reuse=not rebuild))
        ids = {source: own for source, own in held.ids.items() if source in sources}
        read = _read(ingest, report, readings, ids, writer, opened.enter_context(progress(fresh)))
        if not read and (rebuild or len(gone) == len(held.files)):
            reasons = "; ".join(f"{failure.source}: {failure.reason}" for failure in report.failed[:5])
            raise CorpusError(f"no document could be read ({reasons}); the store is as it was")
        report.added.extend(source for source in read if source not in held.files)
        report.changed.extend(source for source in read if source in held.files)
        report.removed.extend(gone)
        if read or gone:
            stale = [key for source in (*gone, *report.changed) for key in held.files[source][0]]
            changes = Changes(len(report.added), len(report.changed), len(report.removed))
            ingest.finish(stale, changes, writer.model.fingerprint)
        embedded = ingest.embedded
    return replace(_counted(writer, report), embedded=embedded)


def _begun(readings: Iterator[Reading | Unreadable]) -> Iterator[Reading | Unreadable]:
    """The same, the processes that read started already: that takes a second, in which ours imports what it needs."""
    importing = Thread(target=import_module, args=["chromadb"], daemon=True)
    importing.start()
    first = list(islice(readings, 1))
    importing.join()
    return chain(first, readings)


def _open_encoder(model: Model) -> None:
    with suppress(Exception):  # what is wrong with it is raised once more when it is asked for
        open_encoder(model)


def _held(writer: Writer) -> Held:
    with writer.catalogue.transaction() as connection:
        seen = read_number(connection, GENERATION)
        return Held(
            contents.files_of(connection, seen),
            contents.project_ids(connection, seen),
            contents.has_leftovers(connection, seen),
        )


def _compare(before: dict[str, tuple[list[int], str]], files: Sequence[File]) -> tuple[Report, list[File]]:
    """What is unchanged or cannot be read, and the files that are new or changed."""
    report, fresh = Report(), []
    for file in files:
        try:
            if file.source in before and file_digest(file) == before[file.source][1]:
                report.unchanged.append(file.source)
            else:
                fresh.append(file)
        except UnreadableError as error:
            report.failed.append(Unreadable(file.source, str(error)))
    return report, fresh


def _read(
    ingest: Ingest,
    report: Report,
    readings: Iterable[Reading | Unreadable],
    ids: dict[str, set[str]],
    writer: Writer,
    bar: Progress,
) -> list[str]:
    """Put what is read into the next generation; the sources of the files that could be read.

    `ids` are the projects' ids by file; a file read anew gives up its own.
    """
    tokenizer, limit = open_tokenizer(writer.model.folder), passage_limit(read_max_tokens(writer.model))
    taken: set[str] = set().union(*ids.values())
    read: dict[str, None] = {}
    for reading in readings:
        if isinstance(reading, Unreadable):
            report.failed.append(reading)
            bar.pass_over(reading.source)
            continue
        source = file_of(reading.document.source)
        read[source] = None
        taken -= ids.pop(source, set())
        projects = [_renamed(project, taken) for project in reading.projects]
        ingest.add(reading.document, projects, split(reading.document, projects, tokenizer, limit=limit))
        bar.advance(reading.document, ingest.written)
    ingest.flush()
    return list(read)


def _renamed(project: Project, taken: set[str]) -> Project:
    """The project under an id that no other project of the store has."""
    identity, number = project.id, 2
    while identity in taken:
        identity, number = f"{project.id}--{number}", number + 1
    taken.add(identity)
    return replace(project, id=identity)


def _tidy(writer: Writer) -> None:
    with writer.ingest(reuse=False) as ingest:
        ingest.tidy()


def _counted(writer: Writer, report: Report) -> Report:
    with writer.catalogue.transaction() as connection:
        seen = read_number(connection, GENERATION)
        held = contents.counts(connection, seen)
    return replace(
        report,
        generation=seen,
        documents=held["documents"],
        projects=held["projects"],
        passages=held["passages"],
    )
