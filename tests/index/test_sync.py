"""Sync: the store becomes what the files are, embeds only what is new, and survives what goes wrong."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError, MisuseError
from corpus.reading import read_document
from index import contents
from index.errors import ModelMismatchError, StoreError, StoreLockedError
from index.facts import GENERATION, read_number
from index.lock import FILE as LOCK
from index.lock import folder_lock
from index.models import find_model, open_tokenizer
from index.passages import Hit, split
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.verify import verify
from index.writer import writing


def page(title: str, words: str = "The lamp shines over the yard.") -> str:
    return f"{title}\n\n{words}\n\nPeriod: 2011-2012 | Budget: 300 EUR | Funder: The Lamp Fund\n"


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """Open a store for reading, and close it."""
    with closing(Store(settings)) as store:
        yield store


def held(settings: Settings) -> dict[str, object]:
    """All that a store holds, to compare it with itself."""
    assert verify(settings) == []
    with opened(settings) as store:
        return {
            "generation": store.generation,
            "documents": list(store.documents.values()),
            "projects": list(store.projects.values()),
            "passages": store.passages(),
        }


def search(settings: Settings, top_k: int) -> list[Hit]:
    """Search the store for a lamp."""
    with opened(settings) as store:
        return store.search("lamp", top_k)


def check_views_agree(settings: Settings) -> None:
    """Assert that the views hold what the catalogue does, and that nothing is left of what it does not."""
    assert verify(settings) == []
    with (
        writing(settings, find_model(settings.embedding_model)) as writer,
        writer.catalogue.transaction() as connection,
    ):
        assert not contents.has_leftovers(connection, read_number(connection, GENERATION))


def leave_behind(settings: Settings, tmp_path: Path) -> None:
    """Do what a build does before its last transaction, and no more."""
    (tmp_path / "left.txt").write_text(page("Lamp Left", "A lamp that was left behind."))
    document = read_document(tmp_path / "left.txt", "left.txt")
    model = find_model(settings.embedding_model)
    with writing(settings, model) as writer, writer.ingest(reuse=True) as ingest:
        ingest.add(document, (), split(document, (), open_tokenizer(model.folder)))
        ingest.flush()
        assert ingest.written == 1


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Write three documents, one of them about no project."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "lamp.txt").write_text(page("Lamp Hill"))
    (folder / "oil.txt").write_text(page("Oil Yard", "Oil was sold in the yard."))
    (folder / "about.txt").write_text("We are eleven people and a dog.")
    return folder


@pytest.fixture
def built(docs: Path, tmp_path: Path, small_model: Path) -> Settings:
    """Build a store over them."""
    made = Settings(tmp_path / "store", str(small_model))
    report = build(made, [docs])
    assert report.added == ["about.txt", "lamp.txt", "oil.txt"]
    assert (report.documents, report.projects, report.passages, report.embedded) == (3, 2, 3, 3)
    return made


def test_a_build_of_unchanged_files_embeds_nothing_and_changes_nothing(built: Settings, docs: Path) -> None:
    before = held(built)
    (docs / "lamp.txt").touch()
    report = build(built, [docs])
    assert report.unchanged == ["about.txt", "lamp.txt", "oil.txt"]
    assert (report.added, report.changed, report.removed, report.failed, report.embedded) == ([], [], [], [], 0)
    assert (report.documents, report.projects, report.passages) == (3, 2, 3)
    assert held(built) == before


def test_a_build_of_unchanged_files_does_not_load_the_model(
    sample: Path, sample_store: Path, tmp_path: Path, command: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    store = shutil.copytree(sample_store, tmp_path / "store")
    program = (
        "import sys; from index.__main__ import main; main(sys.argv[1:])\n"
        "print([name for name in ('torch', 'sentence_transformers', 'chromadb') if name in sys.modules])"
    )
    ended = command("-c", program, "build", sample, "--store", store)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("0 added, 0 changed, 0 removed, 10 unchanged, 0 failed; 0 passages embedded\n")
    assert ended.stdout.endswith("\n[]\n")


def test_only_what_changed_is_read_and_embedded_again(built: Settings, docs: Path) -> None:
    (docs / "lamp.txt").write_text(page("Lamp Hill", "The lamp went out."))
    (docs / "owl.md").write_text("# Owl Wood\n\nOwls were counted.\n\nPeriod: 2014 | Budget: 90 EUR\n")
    (docs / "oil.txt").unlink()
    report = build(built, [docs])
    assert (report.added, report.changed, report.removed) == (["owl.md"], ["lamp.txt"], ["oil.txt"])
    assert (report.unchanged, report.failed, report.embedded) == (["about.txt"], [], 2)
    with opened(built) as store:
        assert list(store.sources) == ["about.txt", "lamp.txt", "owl.md"]
        assert list(store.projects) == ["lamp-hill", "owl-wood"]
        assert store.generation == 2
        texts = " ".join(passage.text for passage in store.passages())
    assert "went out" in texts
    assert "shines" not in texts
    check_views_agree(built)


def test_a_changed_file_that_cannot_be_read_keeps_its_old_version_and_is_reported(built: Settings, docs: Path) -> None:
    with opened(built) as store:
        before = store.sources["lamp.txt"]
    (docs / "lamp.txt").write_bytes(b"\x00\x01")
    (docs / "oil.txt").write_text(page("Oil Yard", "The yard was sold."))
    report = build(built, [docs])
    assert [failure.source for failure in report.failed] == ["lamp.txt"]
    assert report.changed == ["oil.txt"]
    assert report.removed == []
    with opened(built) as store:
        assert store.sources["lamp.txt"] == before
        assert store.projects["lamp-hill"].document == "lamp.txt"
    check_views_agree(built)


def test_a_file_that_was_never_readable_is_reported_at_every_build(built: Settings, docs: Path) -> None:
    (docs / "bad.txt").write_bytes(b"\x00\x01")
    for _ in range(2):
        report = build(built, [docs])
        assert [(failure.source, "not text" in failure.reason) for failure in report.failed] == [("bad.txt", True)]


def test_files_of_other_types_are_counted_not_read(built: Settings, docs: Path) -> None:
    (docs / "picture.png").write_bytes(b"\x89PNG")
    report = build(built, [docs])
    assert report.skipped == ["picture.png"]
    assert report.failed == []


def ids_of(settings: Settings, title: str) -> dict[str, str]:
    """Give the documents of the projects of one title, by project id."""
    with opened(settings) as store:
        return {project.id: project.document for project in store.projects.values() if project.title == title}


def test_projects_of_one_title_in_two_files_get_two_ids_that_stay(built: Settings, docs: Path) -> None:
    (docs / "again.txt").write_text(page("Lamp Hill", "Another hill with a lamp."))
    build(built, [docs])
    assert ids_of(built, "Lamp Hill") == {"lamp-hill": "lamp.txt", "lamp-hill--2": "again.txt"}
    (docs / "lamp.txt").unlink()
    build(built, [docs])
    assert ids_of(built, "Lamp Hill") == {"lamp-hill--2": "again.txt"}


@pytest.mark.parametrize("what", ["empty folder", "only other types", "no such path"])
def test_a_build_without_documents_leaves_the_store_as_it_was(built: Settings, docs: Path, what: str) -> None:
    before = held(built)
    for path in docs.iterdir():
        path.unlink()
    if what == "only other types":
        (docs / "picture.png").write_bytes(b"\x89PNG")
    elif what == "no such path":
        docs.rmdir()
    with pytest.raises(MisuseError if what == "no such path" else CorpusError):
        build(built, [docs])
    assert held(built) == before


def test_files_that_are_all_gone_or_unreadable_do_not_wipe_the_store(built: Settings, docs: Path) -> None:
    before = held(built)
    for path in docs.iterdir():
        path.unlink()
    (docs / "new.txt").write_bytes(b"\x00")
    with pytest.raises(CorpusError, match=r"new\.txt: .*the store is as it was"):
        build(built, [docs])
    assert held(built) == before


def test_what_a_killed_build_left_is_removed_by_the_next_that_changes_something(
    built: Settings, docs: Path, tmp_path: Path
) -> None:
    leave_behind(built, tmp_path)
    (docs / "about.txt").write_text("We are twelve people and a dog.")
    build(built, [docs])
    check_views_agree(built)


def test_what_a_killed_build_left_is_removed_by_the_next(built: Settings, docs: Path, tmp_path: Path) -> None:
    leave_behind(built, tmp_path)
    build(built, [docs])
    check_views_agree(built)


def test_what_a_killed_build_left_is_never_a_hit_and_costs_none(built: Settings, tmp_path: Path) -> None:
    before = search(built, 10)
    assert len(before) == 3
    leave_behind(built, tmp_path)
    assert verify(built) == []
    assert search(built, 10) == before
    assert search(built, 2) == before[:2]


def test_what_a_killed_build_had_embedded_is_not_embedded_again(built: Settings, docs: Path, tmp_path: Path) -> None:
    leave_behind(built, tmp_path)
    shutil.copy(tmp_path / "left.txt", docs / "again.txt")
    (docs / "new.txt").write_text("Nothing of this was there.")
    report = build(built, [docs])
    assert report.added == ["again.txt", "new.txt"]
    assert report.embedded < report.passages - 3
    check_views_agree(built)


def test_words_that_stay_in_a_changed_file_are_not_embedded_again(built: Settings, docs: Path) -> None:
    (docs / "lamp.txt").write_text(page("Lamp Hill") + "\n" * 3)
    report = build(built, [docs])
    assert (report.changed, report.embedded) == (["lamp.txt"], 0)
    check_views_agree(built)


def test_a_store_of_another_model_is_refused_with_both_names_and_the_way_out(
    built: Settings, docs: Path, other_model: Path
) -> None:
    before = held(built)
    other = Settings(built.store, str(other_model))
    attempts: list[Callable[[], object]] = [lambda: build(other, [docs]), lambda: Store(other)]
    for attempt in attempts:
        with pytest.raises(ModelMismatchError) as caught:
            attempt()
        for words in ("small (", "other (", f"python -m index build PATH --store {built.store} --rebuild"):
            assert words in str(caught.value)
    assert held(built) == before


def test_while_one_builds_another_is_told_to_wait(built: Settings, docs: Path) -> None:
    before = held(built)
    with FileLock(built.store / LOCK), pytest.raises(StoreLockedError, match="another process; wait until it is done"):
        build(built, [docs])
    holder = rf"process {os.getpid()} on .+ since .+ \(.*pytest.*\); wait until it is done"
    with folder_lock(built.store), pytest.raises(StoreLockedError, match=holder):
        build(built, [docs])
    assert held(built) == before
    assert build(built, [docs]).unchanged


def test_readers_do_not_mind_the_lock(built: Settings) -> None:
    with FileLock(built.store / LOCK):
        assert search(built, 1)


def test_a_store_that_is_a_file_is_refused(docs: Path, tmp_path: Path, small_model: Path) -> None:
    (tmp_path / "file").write_text("words")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match="choose another with --store"):
            build(Settings(path, str(small_model)), [docs])
    assert (tmp_path / "file").read_text() == "words"


FILES = st.dictionaries(
    st.sampled_from(["a.txt", "b.md", "c/d.txt"]),
    st.builds(
        page, st.sampled_from(["Lamp Hill", "Oil Yard"]), st.sampled_from(["One.", "Two.", "Lamps and owls. " * 40])
    ),
    min_size=1,
)


@settings(max_examples=8)
@given(states=st.lists(FILES, min_size=1, max_size=3))
def test_whatever_came_before_the_store_is_what_the_files_are(
    states: list[dict[str, str]], small_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("sync")
    synced, fresh = (Settings(folder / name, str(small_model)) for name in ("synced", "fresh"))
    for number, files in enumerate(states):
        docs = folder / str(number)
        for name, text in files.items():
            (docs / name).parent.mkdir(parents=True, exist_ok=True)
            (docs / name).write_text(text)
        build(synced, [docs])
    build(fresh, [docs])
    assert what_is_said(synced) == what_is_said(fresh)
    check_views_agree(synced)


def what_is_said(settings: Settings) -> tuple[object, ...]:
    """Give a store's content but for ids of projects of one title, which stay as they were first given."""
    with opened(settings) as store:
        return (
            store.sources,
            {(p.id, p.document_id, p.span, p.text, bool(p.project_id)) for p in store.passages()},
            sorted((p.document, p.title, p.span.start) for p in store.projects.values()),
        )


def test_a_project_may_share_its_title_with_one_whose_file_became_unreadable(built: Settings, docs: Path) -> None:
    (docs / "lamp.txt").write_bytes(b"\x00")
    (docs / "more.txt").write_text(page("Lamp Hill", "Another lamp."))
    build(built, [docs])
    assert ids_of(built, "Lamp Hill") == {"lamp-hill": "lamp.txt", "lamp-hill--2": "more.txt"}


def test_a_rebuild_that_fails_leaves_the_store_as_it_was(built: Settings, docs: Path) -> None:
    before = held(built)
    for path in docs.iterdir():
        path.write_bytes(b"\x00")
    with pytest.raises(CorpusError):
        build(built, [docs], rebuild=True)
    assert held(built) == before


def test_a_store_can_be_rebuilt_by_a_process_that_has_read_it(built: Settings, docs: Path) -> None:
    assert search(built, 1)
    assert build(built, [docs], rebuild=True).embedded == 3
    assert len(search(built, 3)) == 3
    check_views_agree(built)


def test_a_rebuild_turns_the_store_over_to_another_model_and_touches_nothing_else(
    built: Settings, docs: Path, other_model: Path
) -> None:
    (built.store / "notes.txt").write_text("not of the store")
    other = Settings(built.store, str(other_model))
    assert build(other, [docs], rebuild=True).embedded == 3
    assert len(search(other, 3)) == 3
    with pytest.raises(ModelMismatchError):
        Store(built)
    assert (built.store / "notes.txt").read_text() == "not of the store"
