"""Sync: bring a store to what the given files are now, and say what changed.

New vectors are added first, then the catalogue changes in one transaction, then vectors nobody needs go. A passage's id
holds its document's digest, so vectors of two versions never mix, and a sync that is killed leaves nothing but vectors
that the catalogue does not know, which readers pass over and the next sync removes.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document, Unreadable
from corpus.errors import CorpusError, UnreadableError
from corpus.files import File, file_digest, file_of, find_files
from corpus.pool import nothing_to_read, read_files, wanted
from corpus.reading import read_file
from corpus.record import Project
from index import catalogue, vectors
from index.embedding import BATCH, Model, find_model, open_embedding, open_tokenizer
from index.errors import StoreError, StoreLockedError
from index.passages import Passage, split
from index.settings import Settings
from index.store import check_model

if TYPE_CHECKING:
    from llama_index.vector_stores.chroma import ChromaVectorStore
    from sqlalchemy import Engine

LOCK = "writer.lock"
UNFINISHED = "unfinished"
"""The fact that stands in the catalogue while vectors are added: a build that finds it clears what was left behind."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did, by source. `skipped` are files of types that are not read; `embedded` counts passages."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[Unreadable] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    embedded: int = 0
    documents: int = 0
    projects: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class _New:
    document: Document
    projects: list[Project]
    passages: list[Passage]


def build(settings: Settings, paths: Sequence[Path], *, rebuild: bool = False, progress: bool = False) -> Report:
    """Sync the store to the documents at `paths`. With `rebuild`, forget what is there first.

    Raises:
        MisuseError: a path does not exist.
        CorpusError: no document could be read; the store is left as it was.
        StoreError: the store is of another model or version, locked, or cannot be written.
    """
    files = find_files(paths)
    readable = wanted(files, paths)
    if not readable:
        raise CorpusError(nothing_to_read(paths))
    model = find_model(settings.embedding_model)
    with _locked(settings.store):
        # Generations go on counting over a rebuild, or who reads the store would not notice it.
        generation = catalogue.last_generation(settings.store) + 1
        if rebuild:
            _check_readable(readable)
            _clear(settings.store)
        try:
            report = _sync(settings, model, readable, generation, progress)
        except OSError as error:
            raise StoreError(f"{settings.store} cannot be written: {error}") from error
    read = {file.source for file in readable}
    return replace(report, skipped=[file.source for file in files if file.source not in read])


def _check_readable(files: Sequence[File]) -> None:
    """Before a store is forgotten: something has to take its place.

    Raises:
        CorpusError: no file can be read.
    """
    reasons = []
    for reading in read_files(files, read_file):
        if not isinstance(reading, Unreadable):
            return
        reasons.append(f"{reading.source}: {reading.reason}")
    raise CorpusError(f"no document could be read ({'; '.join(reasons[:5])}); the store is as it was")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise StoreLockedError(f"{folder} is being written by another process; wait until it is done") from error
    except PermissionError as error:
        raise StoreError(f"{folder} cannot be written: {error.strerror}; choose another with --store DIR") from error
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreError(f"{folder} is not a folder; choose another with --store DIR") from error
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {error.strerror}; choose another with --store DIR") from error


def _clear(folder: Path) -> None:
    """Remove what a store consists of, and only that: the folder may hold more than ours."""
    (folder / catalogue.FILE).unlink(missing_ok=True)
    shutil.rmtree(folder / vectors.FOLDER, ignore_errors=True)


def _sync(settings: Settings, model: Model, files: Sequence[File], generation: int, progress: bool) -> Report:
    engine = catalogue.open_catalogue(settings.store, create=True)
    with catalogue.transaction(engine) as connection:
        built_with = catalogue.read_fact(connection, "embedding_model")
        unfinished = catalogue.read_fact(connection, UNFINISHED) is not None
        before = _by_file(catalogue.read_digests(connection))
        projects = catalogue.read_projects(connection)
    if built_with is not None:
        check_model(settings, built_with, model)
    report, fresh = _compare(before, files)
    sources = {file.source for file in files}
    gone = [source for source in before if source not in sources]
    ids: dict[str, set[str]] = {}
    for project in projects:
        if file_of(project.document) in sources:
            ids.setdefault(file_of(project.document), set()).add(project.id)
    new = _read(report, fresh, ids, model, progress)
    if not new and len(gone) == len(before):
        reasons = "; ".join(f"{failure.source}: {failure.reason}" for failure in report.failed[:5])
        raise CorpusError(f"no document could be read ({reasons}); the store is as it was")
    read = list(dict.fromkeys(file_of(one.document.source) for one in new))
    if new or gone or unfinished:
        stale = [identity for source in (*gone, *read) if source in before for identity in before[source][0]]
        _write(settings, engine, model, new, stale, generation, progress)
    with catalogue.transaction(engine) as connection:
        held = catalogue.counts(connection)
    engine.dispose()
    return replace(
        report,
        added=[source for source in read if source not in before],
        changed=[source for source in read if source in before],
        removed=gone,
        embedded=sum(len(one.passages) for one in new),
        documents=held["documents"],
        projects=held["projects"],
        passages=held["passages"],
    )


def _by_file(digests: dict[str, tuple[str, str]]) -> dict[str, tuple[list[str], str]]:
    """Ids of a file's documents, several for a register, and the file's SHA-256."""
    found: dict[str, tuple[list[str], str]] = {}
    for source, (identity, sha256) in digests.items():
        found.setdefault(file_of(source), ([], sha256))[0].append(identity)
    return found


def _write(
    settings: Settings,
    engine: "Engine",
    model: Model,
    new: Sequence[_New],
    stale: Sequence[str],
    generation: int,
    progress: bool,
) -> None:
    """Vectors first, then the catalogue in one transaction, then what no passage of the catalogue needs."""
    with catalogue.transaction(engine) as connection:
        catalogue.write_fact(connection, UNFINISHED, "yes")
    store, close = vectors.open_vectors(settings.store)
    try:
        if new:
            _embed(store, new, model, progress)
        with catalogue.transaction(engine) as connection:
            catalogue.remove_documents(connection, stale)
            for one in new:
                catalogue.write_document(connection, one.document, one.projects, one.passages)
            catalogue.write_fact(connection, "generation", str(generation))
            catalogue.remove_fact(connection, UNFINISHED)
            catalogue.write_fact(connection, "embedding_model", model.fingerprint)
            kept = set(catalogue.passage_ids(connection))
        vectors.remove(store, sorted(vectors.ids(store) - kept))
    finally:
        close()


def _compare(before: dict[str, tuple[list[str], str]], files: Sequence[File]) -> tuple[Report, list[File]]:
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


def _read(report: Report, fresh: Sequence[File], ids: dict[str, set[str]], model: Model, progress: bool) -> list[_New]:
    """Read new and changed files; `ids` are the projects' ids by file, and a file read anew gives up its own."""
    from tqdm import tqdm

    new: list[_New] = []
    if not fresh:
        return new
    tokenizer = open_tokenizer(model.folder)
    taken = set().union(*ids.values())
    for reading in tqdm(read_files(fresh, read_file), desc="reading", unit=" documents", disable=not progress):
        if isinstance(reading, Unreadable):
            report.failed.append(reading)
            continue
        taken -= ids.pop(file_of(reading.document.source), set())
        projects = [_renamed(project, taken) for project in reading.projects]
        new.append(_New(reading.document, projects, split(reading.document, projects, tokenizer)))
    return new


def _renamed(project: Project, taken: set[str]) -> Project:
    """The project under an id that no other project of the store has."""
    identity, number = project.id, 2
    while identity in taken:
        identity, number = f"{project.id}--{number}", number + 1
    taken.add(identity)
    return replace(project, id=identity)


def _embed(store: "ChromaVectorStore", new: Sequence[_New], model: Model, progress: bool) -> None:
    """Embed the passages of new documents, each under its project's or document's title, and add them."""
    from tqdm import tqdm

    embedding = open_embedding(model)
    work = [(passage, text) for one in new for passage, text in _texts(one)]
    with tqdm(total=len(work), desc="embedding", unit="passage", disable=not progress) as bar:
        for start in range(0, len(work), BATCH * 8):
            part = work[start : start + BATCH * 8]
            vectors.add(
                store, [passage for passage, _ in part], embedding.get_text_embedding_batch([text for _, text in part])
            )
            bar.update(len(part))


def _texts(one: _New) -> Iterator[tuple[Passage, str]]:
    titles = {project.id: project.title for project in one.projects}
    for passage in one.passages:
        title = titles.get(passage.project_id or "", one.document.title)
        yield passage, passage.text if passage.text.startswith(title) else f"{title}\n{passage.text}"
