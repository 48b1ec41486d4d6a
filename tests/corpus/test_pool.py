"""Files read in processes of their own: order, isolation, and what is said of a file that takes its reader down."""

import os
import signal
import time
from collections.abc import Iterator
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest

from corpus.document import Unreadable
from corpus.errors import CorpusError, UnreadableError
from corpus.files import File, find_files
from corpus.forks import SERVER, start_early
from corpus.pool import read_files, read_paths
from corpus.reading import _identifier, read_file
from corpus.record import Reading


def read_badly(file: File) -> Iterator[Reading]:
    """Read a file; one whose name is that of a fault takes this process down in that way."""
    for reading in read_file(file):
        yield reading
        if file.source == "crash.txt":
            os.kill(os.getpid(), signal.SIGSEGV)
        if file.source == "hang.txt":
            time.sleep(600)
        if file.source == "hog.txt":
            bytearray(1 << 40)
        if file.source == "bug.txt":
            raise AttributeError("no such thing")
        if file.source == "half.txt":
            raise UnreadableError("the rest is missing")


def languages_loaded(_: File) -> Iterator[int]:
    """Tell how often the process that reads had loaded what tells languages apart before it read anything."""
    yield _identifier.cache_info().currsize


def told(reading: Reading | Unreadable) -> str:
    return reading.source if isinstance(reading, Unreadable) else f"{reading.document.source}: {reading.document.text}"


def reasons(tmp_path: Path, *names: str, seconds_a_file: float = 60.0) -> list[str]:
    for name in names:
        (tmp_path / name).write_text(f"words of {name}")
    found = read_files(find_files([tmp_path]), read_badly, processes=2, seconds_a_file=seconds_a_file)
    return [one.reason if isinstance(one, Unreadable) else one.document.source for one in found]


def test_documents_come_in_the_order_of_their_files_however_long_each_takes(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_text("words " * (20_000 if number % 7 == 0 else 1))
    found = list(read_paths([tmp_path], processes=2))
    assert [one.document.source for one in found if isinstance(one, Reading)] == [f"{n:02}.txt" for n in range(20)]


@pytest.mark.skipif(SERVER not in get_all_start_methods(), reason="each process starts from nothing there")
def test_a_process_that_reads_finds_loaded_what_every_file_needs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.\n")
    start_early()
    assert list(read_files(find_files([tmp_path]), languages_loaded)) == [1]


def test_in_processes_the_same_is_read_as_in_this_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Lamp Hill\n\nWords.\n\nPeriod: 2011-2012 | Budget: 300 EUR | Funder: A\n")
    (tmp_path / "b.md").write_text("# Oil\n\nBudget: 500 EUR\n\nPeriod: 2012\n")
    assert list(read_paths([tmp_path])) == [reading for file in find_files([tmp_path]) for reading in read_file(file)]


@pytest.mark.skipif(os.name == "nt", reason="no such signal there")
def test_a_file_that_crashes_its_reader_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    first, crash, last = reasons(tmp_path, "a.txt", "crash.txt", "z.txt")
    assert (first, last) == ("a.txt", "z.txt")
    assert "its reader crashed" in crash


def test_a_file_that_hangs_its_reader_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    first, hang, last = reasons(tmp_path, "a.txt", "hang.txt", "z.txt", seconds_a_file=3.0)
    assert (first, last) == ("a.txt", "z.txt")
    assert "took too long" in hang


def test_a_file_that_takes_more_memory_than_allowed_is_reported(tmp_path: Path) -> None:
    hog, last = reasons(tmp_path, "hog.txt", "z.txt")
    assert "MemoryError" in hog
    assert last == "z.txt"


def test_a_fault_of_a_reader_is_reported_with_its_name(tmp_path: Path) -> None:
    bug, last = reasons(tmp_path, "bug.txt", "z.txt")
    assert "AttributeError: no such thing" in bug
    assert last == "z.txt"


def test_of_a_file_that_fails_half_way_nothing_is_given_but_the_reason(tmp_path: Path) -> None:
    assert reasons(tmp_path, "half.txt") == ["the rest is missing"]


def test_who_stops_half_way_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"{number:02}.txt").write_text("words")
    readings = iter(read_files(find_files([tmp_path]), read_file, processes=2))
    assert told(next(readings)).startswith("00.txt")
    before = time.monotonic()
    readings.close()
    assert time.monotonic() - before < 30


def test_a_file_of_another_type_is_reported_only_where_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"words")
    (tmp_path / "b.txt").write_text("words")
    assert [type(one) for one in read_paths([tmp_path])] == [Reading]
    named, _ = read_paths([tmp_path / "a.rtf", tmp_path / "b.txt"])
    assert isinstance(named, Unreadable)
    assert ".docx" in named.reason


def test_a_broken_archive_in_a_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no archive")
    (found,) = read_paths([tmp_path])
    assert isinstance(found, Unreadable)
    assert "damaged" in found.reason


def test_a_folder_without_documents_says_what_to_put_there(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"")
    with pytest.raises(CorpusError, match=r"no document to read; put .*\.md .*there"):
        list(read_paths([tmp_path]))
