"""The words view over a real Tantivy: what is found, in which order, what survives, what is said when it is broken."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StoreError, WordsError
from index.words import MANIFEST, Entry, Words, WordsWriter

BIRDS = Entry(1, "Bird Atlas", "Volunteers count the storks of the delta every spring.", "en")
WELLS = Entry(2, "Clean Wells", "The foundation drilled wells in twelve villages of the delta.", "en")
CODE = Entry(3, "EU4Lankaran", "Support for Lankaran under contract POCU/380/6/13, 2014-2020, ana@ngo.org.", "en")
SCHOOL = Entry(4, "Școala altfel", "Învățătorii școlilor din județ au primit cărți și rechizite.", "ro")
HONEY = Entry(5, "Miere", "Apicultorii din sat vând miere la târg.", "ro")
POLISH = Entry(6, "Łąka", "Mieszkańcy Łodzi sadzą łąkę kwietną.", "pl")
TOKYO = Entry(7, "公園", "東京都の公園を掃除する。", "ja")
ALL = (BIRDS, WELLS, CODE, SCHOOL, HONEY, POLISH, TOKYO)


def _write(folder: Path, entries: Iterable[Entry] = (), remove: Iterable[int] = ()) -> Words:
    with WordsWriter(folder) as writer:
        writer.remove(remove)
        writer.add(entries)
        writer.commit()
    return Words(folder)


def _found(words: Words, query: str, keys: Iterable[int] | None = None, top_k: int = 10) -> list[int]:
    allowed = None if keys is None else np.array(sorted(keys), dtype=np.int64)
    return list(map(int, words.search(query, top_k, allowed)[0]))


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    return _write(tmp_path_factory.mktemp("store") / "words", ALL)


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("Who counts storks?", 1),
        ("drilling a WELL in a village", 2),
        ("ce au primit invatatorii scolii", 4),
        ("ce au primit învăţătorii şcolii", 4),
        ("EU4Lankaran", 3),
        ("eu4lankaran", 3),
        ("Lankaran's contract", 3),
        ("EU4", 3),
        ("POCU/380/6/13", 3),
        ("pocu 380", 3),
        ("2014-2020", 3),
        ("ana@ngo.org", 3),
        ("laka Lodzi", 6),
        ("東京の公園", 7),
        ("公園", 7),
    ],
)
def test_the_passage_is_found_first(words: Words, query: str, key: int) -> None:
    assert _found(words, query)[0] == key


def test_scores_are_positive_and_fall(words: Words) -> None:
    _, scores = words.search("the foundation counts storks of the delta", 10)
    assert scores.dtype == np.float32
    assert scores[-1] > 0
    assert list(scores) == sorted(scores, reverse=True)


def test_the_view_says_what_it_holds(words: Words) -> None:
    assert words.count == len(ALL)
    assert words.keys().dtype == np.int64
    assert words.keys().tolist() == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "\n",
        "?!…",
        '"',
        '"storks',
        "title:(storks",
        "AND",
        "NOT storks -delta",
        "* storks~2^3 [a TO b]",
        "\ud800",
        "\0",
        "🐦",
    ],
)
def test_a_query_is_data(words: Words, query: str) -> None:
    assert set(_found(words, query)) <= {1, 2, 3}


def test_what_follows_an_operator_is_found(words: Words) -> None:
    assert _found(words, 'NOT title:"storks\ud800') == [1]


def test_a_query_of_ten_thousand_words_keeps_its_rarest(words: Words) -> None:
    query = "storks " + " ".join(f"the of in w{n}" for n in range(2_500))
    assert len(query.split()) > 10_000
    assert _found(words, query)[0] == 1


@given(st.text(max_size=200))
def test_no_query_fails(words: Words, query: str) -> None:
    keys, scores = words.search(query, 3)
    assert len(keys) == len(scores) <= 3


def test_nothing_is_asked_for_or_allowed(words: Words) -> None:
    assert _found(words, "storks", top_k=0) == []
    assert _found(words, "storks", keys=[]) == []
    assert _found(words, "storks", keys=[99]) == []


def test_a_key_that_is_there_is_replaced_also_in_another_language(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    _write(folder, [BIRDS, SCHOOL])
    words = _write(folder, [Entry(1, "", "Apicultorii vând miere", "ro"), Entry(1, "", "Apicultorii vând ceară", "ro")])
    assert words.keys().tolist() == [1, 4]
    assert _found(words, "storks") == []
    assert _found(words, "miere") == []
    assert _found(words, "ceara") == [1]


def test_what_is_removed_is_gone_and_unknown_keys_are_ignored(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    _write(folder, ALL)
    words = _write(folder, remove=[1, 4, 4, 99])
    assert words.keys().tolist() == [2, 3, 5, 6, 7]
    assert _found(words, "storks") == []


def test_where_the_last_document_of_a_language_is_gone_the_others_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    _write(folder, [BIRDS, TOKYO])
    words = _write(folder, remove=[7])
    assert words.holding("storks").tolist() == [1]
    assert _found(words, "storks 公園") == [1]


def test_what_is_left_of_many_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    _write(folder, [Entry(key, "", "a stork in the delta", "en") for key in range(1, 100)])
    words = _write(folder, remove=np.arange(1, 99))
    assert words.keys().tolist() == [99]
    assert _found(words, "the stork") == [99]


def test_nothing_is_visible_before_the_commit_and_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    before = _write(folder, [BIRDS])
    with WordsWriter(folder) as writer:
        writer.add([WELLS, SCHOOL])
        assert Words(folder).keys().tolist() == [1]
        writer.commit()
        writer.remove([1])
        writer.commit()
    assert _found(before, "storks delta") == [1]
    assert before.keys().tolist() == [1]
    assert Words(folder).keys().tolist() == [2, 4]


def test_without_commit_what_was_added_is_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    _write(folder, [BIRDS])
    with WordsWriter(folder) as writer:
        writer.add([WELLS, SCHOOL])
        writer.remove([1])
    assert Words(folder).keys().tolist() == [1]
    assert _write(folder, [SCHOOL]).keys().tolist() == [1, 4]


def test_an_empty_index_is_an_index(tmp_path: Path) -> None:
    words = _write(tmp_path / "words")
    assert words.count == 0
    assert words.keys().tolist() == []
    assert _found(words, "storks") == []
    emptied = _write(tmp_path / "words", [BIRDS])
    assert emptied.count == 1
    assert _found(_write(tmp_path / "words", remove=[1]), "storks") == []


def test_closing_ends_the_threads_that_write(tmp_path: Path) -> None:
    def writing() -> list[str]:
        names = []
        for task in Path("/proc/self/task").iterdir():
            with contextlib.suppress(OSError):  # it has ended since it was listed
                names.append((task / "comm").read_text().strip())
        return [name for name in names if name.startswith(("thrd-tantivy", "merge_thread", "segment_updater"))]

    with WordsWriter(tmp_path / "words") as writer:
        writer.add(ALL)
        writer.commit()
        assert writing()
    deadline = time.monotonic() + 60  # idle ones end a moment later
    while writing() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not writing()


KILLED = """
import sys
from pathlib import Path
from index.words import Entry, WordsWriter
writer = WordsWriter(Path(sys.argv[1]))
writer.add([Entry(100, "", "committed words", "en")])
writer.commit()
for key in range(101, 10_000_000):
    writer.add([Entry(key, "", f"herons and words {key} " * 20, "en" if key % 2 else "fr")])
    if key == 5_000:
        print("writing", flush=True)
"""


def test_a_killed_writer_leaves_the_last_commit_and_blocks_nobody(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "words"
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], cwd=root, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        process.send_signal(signal.SIGKILL)
    assert Words(folder).keys().tolist() == [100]
    words = _write(folder, [Entry(101, "", "mots nouveaux", "fr")])
    assert words.keys().tolist() == [100, 101]
    assert _found(words, "herons") == []


def _remove_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def _garble_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("{", encoding="utf-8")


def _other_version(folder: Path) -> None:
    (folder / MANIFEST).write_text('{"analysis": 0, "languages": []}', encoding="utf-8")


def _remove_meta(folder: Path) -> None:
    (folder / "en" / "meta.json").unlink()


def _garble_meta(folder: Path) -> None:
    (folder / "en" / "meta.json").write_bytes(b"\x00\xff garbage")


def _remove_language(folder: Path) -> None:
    shutil.rmtree(folder / "en")


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def _remove(folder: Path) -> None:
    shutil.rmtree(folder)


def _truncate_segments(folder: Path) -> None:
    for path in (folder / "en").iterdir():
        if path.suffix in {".term", ".idx", ".fast", ".pos", ".fieldnorm", ".store"}:
            os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize(
    "damage",
    [
        _remove_manifest,
        _garble_manifest,
        _other_version,
        _remove_meta,
        _garble_meta,
        _remove_language,
        _empty,
        _remove,
        _truncate_segments,
    ],
)
def test_a_damaged_index_says_so_and_offers_the_repair(tmp_path: Path, damage: object) -> None:
    folder = tmp_path / "words"
    _write(folder, ALL)
    assert callable(damage)
    damage(folder)
    with pytest.raises(WordsError) as told:
        Words(folder)
    assert f"python -m index verify --repair --store {tmp_path}" in str(told.value)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
def test_any_truncated_file_is_an_error_of_ours_or_does_no_harm(tmp_path: Path, share: float) -> None:
    _write(tmp_path / "whole", ALL)
    for path in sorted((tmp_path / "whole" / "en").iterdir()):
        folder = tmp_path / f"{path.name}" / "words"
        shutil.copytree(tmp_path / "whole", folder)
        os.truncate(folder / "en" / path.name, int(path.stat().st_size * share))
        with contextlib.suppress(WordsError):
            words = Words(folder)
            assert words.keys().tolist() == [1, 2, 3, 4, 5, 6, 7]
            _found(words, "who counts the storks of the delta")


@pytest.mark.parametrize("damage", [_remove_manifest, _garble_manifest, _remove_meta, _garble_meta, _truncate_segments])
def test_a_writer_does_not_write_on_into_a_damaged_index(tmp_path: Path, damage: object) -> None:
    folder = tmp_path / "words"
    _write(folder, ALL)
    assert callable(damage)
    damage(folder)
    with pytest.raises(WordsError, match="verify --repair"):
        _write(folder, [BIRDS])


def test_a_writer_where_no_folder_can_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        WordsWriter(tmp_path / "words")


READ_ONLY = """
import os, sys
from pathlib import Path
import numpy, tantivy
from index.errors import StoreError, WordsError
from index.words import Entry, Words, WordsWriter
folder = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
print(Words(folder).search("storks", 3)[0].tolist())
try:
    with WordsWriter(folder) as writer:
        writer.add([Entry(2, "", "wells", "en")])
except WordsError as error:
    print("damaged", error)
except StoreError as error:
    print("told", error)
"""


def test_a_read_only_index_is_read_and_a_writer_is_told(root: Path) -> None:
    with TemporaryDirectory() as store:  # pytest's own folders are closed to other users
        Path(store).chmod(0o755)
        folder = Path(store) / "words"
        _write(folder, [BIRDS])
        for path in (*folder.rglob("*"), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
        command = [sys.executable, "-c", READ_ONLY, str(folder)]
        ran = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=False)
        for path in (folder, *folder.iterdir()):
            path.chmod(0o755)
    assert ran.returncode == 0, ran.stderr
    found, told = ran.stdout.splitlines()
    assert found == "[1]"
    assert told.startswith("told ")
    assert "is read-only" in told


LIMITED = """
import resource, signal, sys
from pathlib import Path
from index.errors import StoreError, WordsError
from index.words import Entry, WordsWriter
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    with WordsWriter(Path(sys.argv[1])) as writer:
        writer.add(Entry(key, "", " ".join(f"w{key}x{n}" for n in range(40)), "en") for key in range(10, 5_000))
        writer.commit()
except WordsError as error:
    print("damaged", error)
except StoreError as error:
    print("told", error)
"""


def test_a_file_that_cannot_grow_is_told_and_the_last_commit_stays(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "words"
    _write(folder, [BIRDS])
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(folder)], cwd=root, capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout.startswith("told ")
    assert "cannot be written" in ran.stdout
    assert Words(folder).keys().tolist() == [1]
    assert _write(folder, [WELLS]).keys().tolist() == [1, 2]
