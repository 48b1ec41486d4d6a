"""Verify: a store agrees with itself, or it is said what does not: part, how many passages, which. Repair mends it."""

import json
import re
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import Connection, update

from index.__main__ import main
from index.catalogue import open_catalogue
from index.errors import NoStoreError, StoreError
from index.facts import IDENTITY, read_fact
from index.matrix import Matrix
from index.matrix_writer import MatrixWriter
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.tables import documents, passages, projects
from index.vectors import Vectors, open_vectors
from index.verify import Finding, repair, verify
from index.views import MARKER, MATRIX, WORDS
from index.words import Entry, Words, WordsWriter

DOCUMENTS = 5
Harm = Callable[[Settings], None]


@pytest.fixture(scope="module")
def built(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Build a store of five documents, of one passage each, with the keys 1 to 5."""
    folder = tmp_path_factory.mktemp("verify")
    for number in range(1, DOCUMENTS + 1):
        (folder / f"{number}.txt").write_text(f"Lamp {number}\n\nLit.\n\nPeriod: 2011 | Budget: 3 EUR\n")
    made = Settings(folder / "store", str(small_model))
    build(made, sorted(folder.glob("*.txt")))
    assert all_keys(made) == [1, 2, 3, 4, 5]
    return made


@pytest.fixture
def store(built: Settings, tmp_path: Path) -> Settings:
    """Copy that store, for a test that harms it."""
    return replace(built, store=Path(shutil.copytree(built.store, tmp_path / "store")))


def all_keys(settings: Settings) -> list[int]:
    with closing(Store(settings)) as opened:
        return [int(key) for key in opened.rows.keys]


def keys(*numbers: int) -> NDArray[np.int64]:
    return np.array(numbers, dtype=np.int64)


def vector(place: int) -> NDArray[np.float32]:
    return np.eye(1, 16, place, dtype=np.float32)


def opened_vectors(settings: Settings) -> closing[Vectors]:
    with closing(open_catalogue(settings)) as catalogue, catalogue.transaction() as connection:
        identity = read_fact(connection, IDENTITY) or ""
    return closing(open_vectors(settings, identity))


def change(settings: Settings, statement: Callable[[Connection], object]) -> None:
    with closing(open_catalogue(settings)) as catalogue, catalogue.transaction() as connection:
        statement(connection)


def state(settings: Settings) -> tuple[list[list[int]], dict[str, float]]:
    """Tell what each view holds, and what a search by words and by meaning finds."""
    with opened_vectors(settings) as vectors:
        held = vectors.keys().tolist()
    words, matrix = Words(settings.store / WORDS).keys().tolist(), Matrix(settings.store / MATRIX).keys.tolist()
    with closing(Store(settings)) as opened:
        found = {hit.passage.text: hit.score for hit in opened.search("lamp 3", 10)}
    return [words, sorted(matrix), held], found


def check_is(settings: Settings, before: tuple[list[list[int]], dict[str, float]]) -> None:
    """Assert that the store agrees with itself and is in this state."""
    assert verify(settings) == []
    held, found = state(settings)
    assert held == before[0]
    assert list(found) == list(before[1])
    assert found == pytest.approx(before[1], abs=1e-4)  # Tantivy adds in another order


def words_lack(settings: Settings) -> None:
    with WordsWriter(settings.store / WORDS) as writer:
        writer.remove([2, 4])
        writer.commit()


def words_hold_more(settings: Settings) -> None:
    with WordsWriter(settings.store / WORDS) as writer:
        writer.add([Entry(77, "lamp", "lamp 3", "en")])
        writer.commit()


def chroma_lacks(settings: Settings) -> None:
    with opened_vectors(settings) as vectors:
        vectors.remove(keys(3))


def chroma_holds_more(settings: Settings) -> None:
    with opened_vectors(settings) as vectors:
        vectors.add(keys(77, 78), np.concatenate([vector(1), vector(2)]), [{"document": "x"}, {"document": "x"}])


def chroma_differs(settings: Settings) -> None:
    with opened_vectors(settings) as vectors:
        vectors.add(keys(3), vector(7), [{"document": "3.txt"}])


def matrix_lacks(settings: Settings) -> None:
    with MatrixWriter(settings.store / MATRIX, 16) as writer:
        writer.compact(keys(1, 2, 5))


def matrix_differs(settings: Settings) -> None:
    with MatrixWriter(settings.store / MATRIX, 16) as writer:
        writer.add(keys(3), vector(7))
        writer.commit()


def lose_marker(settings: Settings) -> None:
    (settings.store / MARKER).unlink()


PASSAGE = r"\S*3-txt\S* 0–\d+"
HARMS = [
    (words_lack, "words", r"lacks 2 of 5 passages: \S*2-txt\S* 0–\d+, \S*4-txt\S* 0–\d+"),
    (words_hold_more, "words", "holds 1 that the catalogue does not know: 77"),
    (chroma_lacks, "vectors", rf"lacks 1 of 5 passages: {PASSAGE}"),
    (chroma_holds_more, "vectors", "holds 2 that the catalogue does not know: 77, 78"),
    (chroma_differs, "vectors", rf"1 vectors differ from their copy: {PASSAGE}"),
    (matrix_differs, "vectors", rf"1 vectors differ from their copy: {PASSAGE}"),
    (matrix_lacks, "matrix", r"lacks 2 of 5 passages: \S*3-txt\S* 0–\d+, \S*4-txt\S* 0–\d+"),
    (lose_marker, "words", "words and matrix are not known to be of generation 1"),
]
NAMES = [harm.__name__ for harm, _, _ in HARMS]


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def test_a_store_as_it_was_built_agrees_with_itself(built: Settings) -> None:
    assert verify(built) == []


@pytest.mark.parametrize(("harm", "part", "problem"), HARMS, ids=NAMES)
def test_one_disagreement_is_one_finding_that_names_part_number_and_passages(
    store: Settings, harm: Harm, part: str, problem: str
) -> None:
    harm(store)
    found = only(verify(store))
    assert found.part == part
    assert matches(problem, found.problem), found.problem
    assert only(verify(store)) == found  # looking changes nothing


@pytest.mark.parametrize("harm", [harm for harm, _, _ in HARMS], ids=NAMES)
def test_repair_makes_the_store_what_it_was(store: Settings, harm: Harm) -> None:
    before = state(store)
    harm(store)
    repair(store)
    check_is(store, before)


def test_several_disagreements_are_found_and_mended_together(store: Settings) -> None:
    before = state(store)
    for harm in (words_lack, words_hold_more, chroma_lacks, matrix_lacks, chroma_holds_more):
        harm(store)
    # Passage 3 is in neither copy: it is embedded anew, 4 comes from Chroma.
    assert sorted(one.part for one in verify(store)) == ["matrix", "vectors", "vectors", "words", "words"]
    repair(store)
    check_is(store, before)


def test_a_repair_of_what_agrees_changes_nothing(store: Settings) -> None:
    before = state(store)
    repair(store)
    repair(store)
    check_is(store, before)


def another_text(connection: Connection) -> None:
    connection.execute(update(passages).where(passages.c.key == 3).values(text="Something else."))


def another_document_text(connection: Connection) -> None:
    connection.execute(update(documents).where(documents.c.source == "3.txt").values(text="Short."))


def same_id(connection: Connection) -> None:
    connection.execute(update(projects).where(projects.c.id.in_(["lamp-1", "lamp-2"])).values(id="lamp-5"))


def outside(connection: Connection) -> None:
    connection.execute(update(projects).where(projects.c.id == "lamp-3").values(start=2))


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (another_text, rf"the text of 1 passages is not their document's: {PASSAGE}"),
        (another_document_text, rf"the text of 1 passages is not their document's: {PASSAGE}"),
        (same_id, "1 project ids stand for more than one project: lamp-5"),
        (outside, rf"1 passages are not within their project: {PASSAGE}"),
    ],
    ids=["passage", "document", "id", "span"],
)
def test_a_fault_of_the_catalogue_is_one_finding_and_has_to_be_built_again(
    store: Settings, statement: Callable[[Connection], object], problem: str
) -> None:
    change(store, statement)
    found = only(verify(store))
    assert found.part == "catalogue"
    assert matches(problem, found.problem), found.problem
    with pytest.raises(StoreError, match=r"; build it again: python -m index build PATH --store \S+ --rebuild"):
        repair(store)
    build(store, [built_from(store)], rebuild=True)
    assert verify(store) == []


def built_from(settings: Settings) -> Path:
    folder = settings.store.parent / "new"
    folder.mkdir()
    (folder / "new.txt").write_text("New.")
    return folder


def test_at_most_three_passages_are_named(store: Settings) -> None:
    with WordsWriter(store.store / WORDS) as writer:
        writer.remove([1, 2, 3, 4])
        writer.add(Entry(key, "", "x", "en") for key in (80, 81, 82, 83))
        writer.commit()
    lacking, more = verify(store)
    assert lacking.problem.startswith("lacks 4 of 5 passages: ")
    assert lacking.problem.count("-txt") == 3
    assert lacking.problem.endswith(", …")
    assert more.problem == "holds 4 that the catalogue does not know: 80, 81, 82, …"


def test_what_is_removed_and_not_vacuumed_is_no_fault(store: Settings) -> None:
    build(store, [built_from(store)])
    assert verify(store) == []


def test_where_there_is_no_store_there_is_nothing_to_compare(store: Settings, tmp_path: Path) -> None:
    nowhere = replace(store, store=tmp_path / "nowhere")
    with pytest.raises(NoStoreError, match="build one with"):
        verify(nowhere)
    assert not nowhere.store.exists()


@pytest.fixture
def told(store: Settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the command line for the store."""
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", store.embedding_model)
    return ["verify", "--store", str(store.store)]


def test_the_command_says_that_all_is_well(
    store: Settings, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(told) == 0
    assert capsys.readouterr() == (f"{store.store} agrees with itself\n", "")
    assert main([*told, "--json"]) == 0
    assert capsys.readouterr() == ("[]\n", "")


def test_the_command_ends_with_1_and_says_how_to_mend(
    store: Settings, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words_hold_more(store)
    problem = "holds 1 that the catalogue does not know: 77"
    assert main(told) == 1
    hint = f"mend it with: python -m index verify --repair --store {store.store}\n"
    assert capsys.readouterr() == (f"words: {problem}\n", hint)
    assert main([*told, "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == [{"part": "words", "problem": problem}]
    assert main([*told, "--repair"]) == 0
    assert capsys.readouterr() == (f"{store.store} agrees with itself\n", f"found: words: {problem}\n")
    assert main(told) == 0


def test_the_command_names_what_no_repair_mends(store: Settings, told: list[str]) -> None:
    change(store, another_text)
    assert main(told) == 1
    with pytest.raises(StoreError, match=r"--rebuild"):
        main([*told, "--repair"])
