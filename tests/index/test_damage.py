"""A store with a damaged part: which one is said with what to type, and the views are mended without the documents."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.tables import KEPT
from tests.index.world import QUESTION, World, check_clean, check_refused, cli, held, make_world


@pytest.fixture(scope="module")
def world(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Build a store, and know what it holds now and after the next sync."""
    return make_world(tmp_path_factory.mktemp("world"), small_model)


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch, small_model: Path) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", str(small_model))


def cut(path: Path) -> None:
    """Lose the second half of a file."""
    os.truncate(path, path.stat().st_size // 2)


def cut_largest(folder: Path) -> None:
    """Lose the second half of the largest file."""
    cut(max((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size))


def drop_graph(store: Path) -> None:
    """Lose Chroma's HNSW files."""
    for path in (store / "chroma").glob("*/"):
        shutil.rmtree(path)


def cut_graph(store: Path) -> None:
    """Lose half of each of Chroma's HNSW files."""
    for path in (store / "chroma").glob("*/*"):
        cut(path)


def change_vectors(store: Path) -> None:
    """Let the copy say something else of every tenth passage."""
    path = next((store / "matrix").glob("*/vectors"))
    data = bytearray(path.read_bytes())
    row = 16 * 4
    for start in range(0, len(data), 10 * row):
        data[start : start + row] = data[start + row : start + 2 * row]
    path.write_bytes(data)


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to a store; which part `verify` names; whether one can search it still."""

    do: Callable[[Path], object]
    part: str
    searched: bool = False


VIEWS = {
    "chroma cut": Damage(lambda store: cut(store / "chroma/chroma.sqlite3"), "vectors", searched=True),
    "chroma garbage": Damage(
        lambda store: (store / "chroma/chroma.sqlite3").write_bytes(b"garbage " * 9_999), "vectors", searched=True
    ),
    "chroma gone": Damage(lambda store: shutil.rmtree(store / "chroma"), "vectors", searched=True),
    "graph gone": Damage(drop_graph, "vectors", searched=True),
    "graph cut": Damage(cut_graph, "vectors", searched=True),
    "words cut": Damage(lambda store: cut_largest(store / "words"), "words"),
    "words unnamed": Damage(lambda store: (store / "words/words.json").unlink(), "words"),
    "words gone": Damage(lambda store: shutil.rmtree(store / "words"), "words"),
    "vectors cut": Damage(lambda store: cut(next((store / "matrix").glob("*/vectors"))), "matrix"),
    "vectors changed": Damage(change_vectors, "vectors", searched=True),
    "keys cut": Damage(lambda store: cut(next((store / "matrix").glob("*/keys"))), "matrix"),
    "current gone": Damage(lambda store: (store / "matrix/CURRENT").unlink(), "matrix"),
    "current garbage": Damage(lambda store: (store / "matrix/CURRENT").write_text("garbage"), "matrix"),
    "marker gone": Damage(lambda store: (store / "views.json").unlink(), "words"),
    "marker garbage": Damage(lambda store: (store / "views.json").write_text("[garbage"), "words"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_damaged_view_is_named_with_what_to_type_and_mended_without_the_documents(
    name: str, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage, settings = VIEWS[name], world.copy(tmp_path / "store")
    damage.do(settings.store)
    told = f"python -m index verify --repair --store {settings.store}"
    code, said, complained = cli(capsys, "search", QUESTION, "--store", settings.store)
    if damage.searched:
        assert (code, complained) == (0, "")
    else:
        check_refused(code, said, complained, told)
    code, said, complained = cli(capsys, "verify", "--json", "--store", settings.store)
    assert (code, complained) == (1, "")
    assert damage.part in {finding["part"] for finding in json.loads(said)}
    assert cli(capsys, "verify", "--store", settings.store)[2] == f"mend it with: {told}\n"
    code, said, complained = cli(capsys, "verify", "--repair", "--store", settings.store)
    assert (code, said) == (0, f"{settings.store} agrees with itself\n"), complained
    assert held(settings) == world.old
    check_clean(settings)


@pytest.mark.parametrize("name", VIEWS)
def test_a_build_on_a_damaged_view_loses_no_passage(
    name: str, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage, settings = VIEWS[name], world.copy(tmp_path / "store")
    damage.do(settings.store)
    code, _, complained = cli(capsys, "build", world.after, "--store", settings.store)
    assert code == 0
    assert complained == "" or complained.endswith("; making them again\n")
    # What the build could not know to be missing is found, and mended.
    assert cli(capsys, "verify", "--repair", "--store", settings.store)[0] == 0
    assert held(settings).content == world.new.content
    check_clean(settings)


def garble(store: Path) -> None:
    """Replace the catalogue by something else."""
    (store / "catalogue.sqlite").write_bytes(b"garbage " * 9_999)


def outdate(store: Path) -> None:
    """Let a program of later have made the catalogue."""
    with closing(sqlite3.connect(store / "catalogue.sqlite")) as connection, connection:
        connection.execute("UPDATE store SET value = '99' WHERE key = 'schema_version'")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (garble, "file is not a database"),
        (lambda store: cut(store / "catalogue.sqlite"), "malformed"),
        (outdate, "version 99, this program reads"),
    ],
)
def test_a_catalogue_that_cannot_be_used_is_left_alone_until_it_is_built_again(
    damage: Callable[[Path], object], says: str, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = world.copy(tmp_path / "store")
    damage(settings.store)
    told = f"--store {settings.store} --rebuild"
    for command in (["search", QUESTION], ["status"], ["build", world.before], ["verify"], ["verify", "--repair"]):
        code, said, complained = cli(capsys, *command, "--store", settings.store)
        check_refused(code, said, complained, says, told)
    code, _, complained = cli(capsys, "build", "--rebuild", world.before, "--store", settings.store)
    assert code == 0
    warned = f"of its {', '.join(table.name for table in KEPT)} only what could be read is kept\n"
    assert complained == "" if says.startswith("version") else complained.endswith(warned)
    assert held(settings).content == world.old.content
    assert held(settings).hits == world.old.hits
    check_clean(settings)
