"""A store, the documents it is built of and the documents it is synced to, for tests of what may befall it."""

import shutil
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from corpus.command import run
from index import contents
from index.__main__ import main as index
from index.facts import GENERATION, IDENTITY, read_fact, read_number
from index.lock import folder_lock
from index.settings import Settings
from index.store import DENSE, Store
from index.sync import build
from index.vectors import open_vectors
from index.verify import verify
from index.views import WORDS, difference

QUESTION = "owls counted in town 6"
ROWS = 420


def write_documents(folder: Path, numbers: range, edition: int, rows: int = ROWS) -> None:
    """Write a page for each number and a register of projects for each third."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number}.txt").write_text(
            f"Lamp House {number}\n\nIn edition {edition} the keepers of house {number} counted the owls by night.\n\n"
            "Period: 2011-2012 | Budget: 300 EUR | Funder: The Lamp Fund\n"
        )
    for number in numbers[::3]:
        lines = (
            f'Lamp {number} {row},"In yard {row} of town {number}, edition {edition}, they counted {row * 7} owls.",'
            f"{row + 100} EUR,2011-2012,The Lamp Fund\n"
            for row in range(rows)
        )
        (folder / f"{number}.csv").write_text("Title,Summary,Budget,Period,Funder\n" + "".join(lines))


@dataclass(frozen=True, slots=True)
class Held:
    """What a reader finds in a store."""

    generation: int
    documents: list[object]
    projects: list[object]
    passages: list[object]
    hits: list[tuple[str, float]]
    nearest: list[tuple[str, float]]

    @property
    def content(self) -> tuple[object, ...]:
        """All but what two attempts at the same may differ in: their number, and how often Tantivy has merged."""
        return self.documents, self.projects, self.passages


def held(settings: Settings) -> Held:
    """Read and search a store."""
    with closing(Store(settings)) as store:
        # Chroma brings vectors to length 1 once more, and what is made again from it differs in the last bit.
        hits, nearest = (
            [(hit.passage.id, round(hit.score, 4)) for hit in store.search(QUESTION, 20, legs=legs)]
            for legs in ((WORDS, DENSE), (DENSE,))
        )
        passages: list[object] = [replace(passage, key=0) for passage in store.passages()]
        return Held(
            store.generation, list(store.documents.values()), list(store.projects.values()), passages, hits, nearest
        )


@dataclass(frozen=True, slots=True)
class World:
    """A store of the documents `before`, what it holds, and what it holds once it is synced to `after`."""

    settings: Settings
    before: Path
    after: Path
    synced: Path
    old: Held
    new: Held

    def copy(self, folder: Path) -> Settings:
        """Copy the store to `folder`."""
        return replace(self.settings, store=shutil.copytree(self.settings.store, folder))


def make_world(folder: Path, model: Path) -> World:
    """Build a store; the sync that comes next adds eight files, changes four, removes four and leaves four."""
    before, after = folder / "before", folder / "after"
    write_documents(before, range(9), 1)
    shutil.copytree(before, after)
    write_documents(after, range(3), 2)
    for path in [after / f"{number}.txt" for number in range(3, 6)] + [after / "3.csv"]:
        path.unlink()
    write_documents(after, range(9, 15), 1)
    settings = Settings(folder / "store", str(model))
    build(settings, [before])
    old = held(settings)
    synced = replace(settings, store=shutil.copytree(settings.store, folder / "synced"))
    report = build(synced, [after])
    assert [len(files) for files in (report.added, report.changed, report.removed, report.unchanged)] == [8, 4, 4, 4]
    return World(settings, before, after, synced.store, old, held(synced))


def check_clean(settings: Settings) -> None:
    """Assert that the store agrees with itself and that neither catalogue nor views hold anything beyond it."""
    assert verify(settings) == []
    with closing(Store(settings)) as store:
        keys = store.rows.keys
        with store.catalogue.transaction() as connection:
            assert not contents.has_leftovers(connection, read_number(connection, GENERATION))
            identity = read_fact(connection, IDENTITY) or ""
    with closing(open_vectors(settings, identity)) as vectors:
        assert vectors.keys().tolist() == keys.tolist()
    assert not len(difference(settings.store, keys).words_extra)
    assert not list(settings.store.rglob("*.new"))
    with folder_lock(settings.store):
        pass


def cli(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run a command of `python -m index`: its exit code, what it said and complained of."""
    capsys.readouterr()
    code = run(index, [*map(str, arguments)])
    return code, *capsys.readouterr()


def check_refused(code: int, said: str, complained: str, *words: str) -> None:
    """Assert that a command has ended with one line that holds all `words`."""
    assert (code, said) == (1, "")
    assert complained.startswith("error: "), complained
    assert complained.count("\n") == 1, complained
    for word in words:
        assert word in complained
