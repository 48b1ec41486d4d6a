"""A set's file that grows, and gives lines back."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.qa import read_pairs
from eval.qa_file import QaFile
from index.settings import Settings
from index.store import Store

ROW = {
    "id": "mill", "question": "Ce buget a avut Moara Veche?", "kind": "field", "language": "ro", "answerable": True,
    "answers": ["75.000 RON"], "sources": [{"document": "proiecte.md", "quote": "Buget: 75.000 RON"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def store(reedmoor_store: Path) -> Store:
    """Open the store of an invented organisation."""
    return Store(Settings(reedmoor_store))


def test_a_file_is_made_and_ids_are_made_different(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    file = QaFile(path, store)
    assert not path.exists()
    assert [file.add(ROW)["id"] for _ in range(3)] == ["mill", "mill-2", "mill-3"]
    assert [pair.id for pair in read_pairs(path)] == ["mill", "mill-2", "mill-3"]
    assert [row["id"] for row in QaFile(path, store).rows] == ["mill", "mill-2", "mill-3"]


def test_what_stands_in_a_file_stays_as_it_is_written(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    written = (
        json.dumps(ROW | {"note": "as it was"}, ensure_ascii=True, indent=None) + "\n\n" + json.dumps(ROW | {"id": "b"})
    )
    path.write_text(written, encoding="utf-8")
    file = QaFile(path, store)
    file.add(ROW | {"id": "c"})
    assert path.read_text(encoding="utf-8").startswith(written + "\n")
    file.remove("c")
    assert path.read_text(encoding="utf-8") == written + "\n"
    assert file.add(ROW | {"id": "c"})["id"] == "c"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answers": []}, "needs 'answers' or 'all'"),
        ({"sources": [{"document": "proiecte.md", "quote": "Buget: 76.000 RON"}]}, "does not hold the words"),
        ({"sources": [{"document": "nowhere.md", "quote": "a"}]}, "holds no document 'nowhere.md'"),
        ({"id": ""}, "'id'"),
        ({"question": "?"}, "holds no letter"),
        ({"of": "nothing"}, "neither in this file"),
    ],
)
def test_what_is_wrong_is_said_and_not_written(
    store: Store, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    file = QaFile(tmp_path / "new.jsonl", store)
    with pytest.raises(EvaluationError, match=said):
        file.add({**ROW, **change})
    assert not (tmp_path / "new.jsonl").exists()


def test_a_question_in_other_words_finds_its_original_in_the_file(store: Store, tmp_path: Path) -> None:
    file = QaFile(tmp_path / "new.jsonl", store)
    file.add(ROW)
    file.add({"id": "mill~1", "of": "mill", "question": "buget moara"})
    assert read_pairs(tmp_path / "new.jsonl")[1].answers == ("75.000 RON",)


def test_a_file_in_no_folder_and_one_that_is_no_set_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=r"there is no such folder; give"):
        QaFile(tmp_path / "none" / "new.jsonl", store)
    (tmp_path / "bad.jsonl").write_text('{"id": "a"}\n')
    with pytest.raises(EvaluationError, match="line 1: field"):
        QaFile(tmp_path / "bad.jsonl", store)


def test_ids_stay_different_where_two_add_to_one_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    one, other = QaFile(path, store), QaFile(path, store)
    assert [file.add(ROW)["id"] for file in (one, other, one)] == ["mill", "mill-2", "mill-3"]
    one.remove("mill-2")
    assert [row["id"] for row in one.rows] == ["mill", "mill-3"]
    together = Barrier(4)

    def add() -> None:
        file = QaFile(path, store)
        together.wait()
        file.add(ROW)

    with ThreadPoolExecutor(4) as several:
        for waiting in [several.submit(add) for _ in range(4)]:
            waiting.result()
    assert len({pair.id for pair in read_pairs(path)}) == 6


def test_a_packed_file_is_refused_before_anything_is_decided(store: Store, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="lines cannot be added to a packed file; unpack it first"):
        QaFile(tmp_path / "new.jsonl.gz", store)


def test_a_link_to_a_file_stays_one(store: Store, tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.jsonl", tmp_path / "link.jsonl"
    link.symlink_to(kept)
    file = QaFile(link, store)
    file.add(ROW)
    file.add(ROW)
    file.remove("mill-2")
    assert link.is_symlink()
    assert [pair.id for pair in read_pairs(kept)] == ["mill"]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6))
def test_adding_and_removing_gives_back_the_file(
    store: Store, tmp_path_factory: pytest.TempPathFactory, ids: list[str]
) -> None:
    path = tmp_path_factory.mktemp("qa") / "q.jsonl"
    file = QaFile(path, store)
    states = []
    for identity in ids:
        states.append(path.read_bytes() if path.exists() else b"")
        file.add(ROW | {"id": identity})
    for before in reversed(states):
        file.remove(file.rows[-1]["id"])
        assert path.read_bytes() == before
