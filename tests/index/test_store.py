"""Search over the sample corpus with the real model, and stores that cannot be opened."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.catalogue import FILE, open_catalogue
from index.errors import NoStoreError, StoreError, ViewError
from index.facts import write_fact
from index.filters import Filters
from index.migrations import VERSION
from index.passages import context, embedded_text
from index.settings import DEFAULT_MODEL, DEFAULT_STORE, NO_READER, Settings, read_settings
from index.store import Store
from index.sync import build


@pytest.fixture
def store(sample_store: Path) -> Iterator[Store]:
    """Open the sample store."""
    with closing(Store(Settings(sample_store))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "project"),
    [
        ("cooks who cater for weddings in Transylvanian villages", "socacitele-the-community-caterers"),
        ("children learning to program in village libraries", "code-kids"),
        ("Leonardo da Vinci digital storytelling course for trainers", "silver-stories"),
        ("pupils tutored before a national examination", "schollar-performance-no-matter-the-social-level"),
        ("What is the motto of the foundation?", None),
    ],
)
def test_the_nearest_passage_is_the_one_that_tells_of_it(store: Store, question: str, project: str | None) -> None:
    first = store.search(question, 5)[0]
    assert first.rank == 1
    assert first.passage.project_id == project


def test_hits_are_ranked_from_one_and_never_rise(store: Store) -> None:
    hits = store.search("libraries as places for citizens", 8)
    assert [hit.rank for hit in hits] == list(range(1, 9))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.passage.id for hit in hits}) == 8
    assert store.search("libraries as places for citizens", 3) == hits[:3]


def test_the_vector_of_a_passage_is_that_of_its_text_under_its_title(store: Store) -> None:
    question = "How many libraries did the caterers visit?"
    hits = store.search(question, 200, legs=["dense"])
    assert len(hits) == len(store.passages())
    texts = [
        embedded_text(one, context(store.documents[one.document_id], store.projects.get(one.project_id or "")))
        for one in (hit.passage for hit in hits)
    ]
    cosines = (store.embed(texts) @ store.embed_question(question)).tolist()
    assert cosines == pytest.approx(sorted(cosines, reverse=True), abs=1e-3)


def test_a_search_can_be_kept_to_some_projects(store: Store) -> None:
    wanted = ("silver-stories", "digitales")
    hits = store.search("children who learn to code", 50, Filters(projects=wanted))
    assert {hit.passage.project_id for hit in hits} == set(wanted)
    assert {hit.passage.id for hit in hits} == {p.id for p in store.passages() if p.project_id in wanted}
    assert store.search("children who learn to code", 50, Filters(projects=("no-such-project",))) == []


def test_asking_for_more_than_there_is_gives_all_there_is(store: Store) -> None:
    assert {hit.passage.id for hit in store.search("anything", 1000)} == {passage.id for passage in store.passages()}


def test_a_search_kept_to_no_project_finds_nothing(store: Store) -> None:
    assert store.search("anything", 5, Filters(projects=())) == []


def test_a_question_with_broken_characters_is_searched_all_the_same(store: Store) -> None:
    # Arguments that are not UTF-8 and escapes in JSON bring them.
    assert len(store.search("What \ud800 do caterers do?", 3)) == 3


def test_a_reader_can_tell_that_the_store_has_changed(small_model: Path, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "store", str(small_model))
    (tmp_path / "a.txt").write_text("One.")
    build(settings, [tmp_path / "a.txt"])
    with closing(Store(settings)) as reader:
        assert reader.is_newest()
        build(settings, [tmp_path / "a.txt"])
        assert reader.is_newest()
        (tmp_path / "a.txt").write_text("Two.")
        build(settings, [tmp_path / "a.txt"])
        assert not reader.is_newest()
        assert [passage.text for passage in reader.passages()] == ["One."]
        assert [hit.passage.text for hit in reader.search("one", 5)] == ["One."]
    with closing(Store(settings)) as reader:
        build(settings, [tmp_path / "a.txt"], rebuild=True)
        assert not reader.is_newest()


def test_a_question_is_answered_without_the_libraries_that_take_seconds_to_load(
    command: Callable[..., subprocess.CompletedProcess[str]], sample_store: Path
) -> None:
    program = (
        "import sys; from index.__main__ import main; main(sys.argv[1:])\n"
        "heavy = ('torch', 'transformers', 'sentence_transformers', 'chromadb', 'llama_index', 'sklearn', 'scipy')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    ended = command("-c", program, "search", "cooks who cater for weddings", "--top", "1", "--store", sample_store)
    assert ended.returncode == 0, ended.stderr
    assert "socacitele" in ended.stdout
    assert ended.stdout.endswith("[]\n")


@pytest.fixture
def broken(small_model: Path, tmp_path: Path) -> Settings:
    """Build a store that a test may break."""
    settings = Settings(tmp_path / "store", str(small_model))
    for number in range(40):
        words = f"Lamp Hill {number}\n\nLamps.\n\nPeriod: 2011 | Budget: 300 EUR\n\n" + "More of it all.\n\n" * 40
        (tmp_path / f"{number}.txt").write_text(words)
    build(settings, [tmp_path / f"{number}.txt" for number in range(40)])
    return settings


def read_all(settings: Settings) -> None:
    with closing(Store(settings)) as opened:
        assert opened.documents
        assert opened.projects
        assert opened.passages()


def test_the_catalogue_of_a_newer_version_is_refused_and_left_alone(broken: Settings) -> None:
    with closing(open_catalogue(broken)) as opened, opened.transaction() as connection:
        write_fact(connection, VERSION, "999")
    for attempt in (lambda: Store(broken), lambda: build(broken, [broken.store.parent / "0.txt"])):
        with pytest.raises(StoreError, match=r"version 999.* --rebuild"):
            attempt()


def test_a_store_that_was_never_built_is_none(small_model: Path, tmp_path: Path) -> None:
    open_catalogue(Settings(tmp_path), create=True).close()
    with pytest.raises(NoStoreError, match="did not finish; run it again"):
        Store(Settings(tmp_path, str(small_model)))


@pytest.mark.parametrize("content", [b"not a database" * 1000, b"", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_a_catalogue_that_is_none_is_refused_with_the_way_out(broken: Settings, content: bytes) -> None:
    (broken.store / FILE).write_bytes(content)
    with pytest.raises(StoreError, match=r"catalogue\.sqlite.* --rebuild|did not finish; run it again"):
        read_all(broken)


def test_a_catalogue_damaged_in_the_middle_is_refused_with_the_way_out(broken: Settings) -> None:
    path = broken.store / FILE
    data = bytearray(path.read_bytes())
    data[len(data) // 4 :] = b"\xff" * len(data[len(data) // 4 :])
    path.write_bytes(data)
    with pytest.raises(StoreError, match="--rebuild"):
        read_all(broken)


@pytest.mark.parametrize("view", ["words", "matrix"])
def test_a_store_that_lost_a_view_says_so_and_finds_not_nothing(broken: Settings, view: str) -> None:
    shutil.rmtree(broken.store / view)
    with pytest.raises(ViewError, match=r"python -m index verify --repair --store"):
        Store(broken)


def test_the_command_line_wins_over_the_environment_and_that_over_the_default() -> None:
    told = {"ASSISTANT_STORE": "told", "ASSISTANT_EMBEDDING_MODEL": "model"}
    assert read_settings("given", told) == Settings(Path("given"), "model")
    assert read_settings(None, told) == Settings(Path("told"), "model")
    everything = read_settings(
        None, told | {"ASSISTANT_CATALOGUE": "a", "ASSISTANT_CHROMA": "b", "ASSISTANT_RERANKER": "c"}
    )
    assert everything == Settings(Path("told"), "model", "a", "b", "c")
    assert read_settings(None, {"ASSISTANT_STORE": ""}) == Settings(Path(DEFAULT_STORE), DEFAULT_MODEL)
    assert read_settings(None, {"ASSISTANT_READER": "reader.onnx"}) == Settings(
        Path(DEFAULT_STORE), DEFAULT_MODEL, reader="reader.onnx"
    )
    assert [read_settings(None, {"ASSISTANT_READER": told}).reader for told in ("", "off", " OFF ", "0")] == [
        "", NO_READER, NO_READER, NO_READER,
    ]  # fmt: skip
