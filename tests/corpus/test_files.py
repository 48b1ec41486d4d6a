"""What there is to read: folders, archives, odd names, and the bounds on each."""

import gzip
import os
import zipfile
from pathlib import Path

import pytest

from corpus.errors import MisuseError, UnreadableError
from corpus.files import MAX_FILE_BYTES, File, file_digest, find_files, list_archive, opened


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def sources(*paths: Path) -> list[str]:
    return [file.source for file in find_files(paths)]


def reason(file: File) -> str:
    with pytest.raises(UnreadableError) as raised, opened(file):
        pass
    return str(raised.value)


def test_a_folder_is_walked_in_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.html", ".hidden.txt", ".git/x.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("words")
    assert sources(tmp_path) == ["a/b/c.html", "a/z.md", "b.txt", "picture.png"]


def test_a_path_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="nowhere: no such file or folder; give"):
        find_files([tmp_path / "nowhere"])


def test_two_files_that_would_be_cited_by_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text("words")
    with pytest.raises(MisuseError, match=r"both be called page\.txt; give their common folder"):
        find_files([tmp_path / "one", tmp_path / "two"])
    assert sources(tmp_path / "one", tmp_path / "one" / "page.txt") == ["page.txt"]


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_a_file_name_that_is_not_utf_8_can_be_printed(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("words")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert [source.encode("utf-8") for source in sources(tmp_path)] == [b"caf?.txt"]


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_name_with_a_newline_or_a_mark_of_direction_is_told_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_text("words")
    (tmp_path / "c\u202ed.txt").write_text("words")
    assert sources(tmp_path) == ["a\N{REPLACEMENT CHARACTER}b.txt", "cd.txt"]
    assert [opened(file).__enter__().read_text() for file in find_files([tmp_path])] == ["words", "words"]


def test_the_members_of_an_archive_are_files_of_their_own(tmp_path: Path) -> None:
    packed(tmp_path / "all.zip", {"b/two.md": b"2", "one.txt": b"1", "__MACOSX/x.txt": b"", ".hidden.txt": b""})
    found = find_files([tmp_path])
    assert [file.source for file in found] == ["all.zip/b/two.md", "all.zip/one.txt"]
    with opened(found[0]) as path:
        assert path.suffix == ".md"
        assert path.read_bytes() == b"2"
    assert not path.exists()


def test_a_member_has_the_digest_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"words")
    packed(tmp_path / "all.zip", {"one.txt": b"words"})
    assert len({file_digest(file) for file in find_files([tmp_path])}) == 1


def test_a_member_that_climbs_out_of_the_archive_is_read_and_writes_nothing_outside(tmp_path: Path) -> None:
    packed(tmp_path / "all.zip", {"../../escaped.txt": b"words"})
    (file,) = find_files([tmp_path / "all.zip"])
    with opened(file) as path:
        assert path.read_bytes() == b"words"
    assert not list(tmp_path.rglob("escaped*"))


def test_an_archive_within_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"one.txt": b"1"}).read_bytes()
    packed(tmp_path / "all.zip", {"inner.zip": inner})
    (file,) = find_files([tmp_path / "all.zip"])
    assert "archive within an archive" in reason(file)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive"])
def test_an_archive_that_cannot_be_listed_is_reported_under_its_own_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "all.zip").write_bytes(data)
    (file,) = find_files([tmp_path])
    assert file.source == "all.zip"
    assert "damaged" in reason(file)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    packed(tmp_path / "all.zip", {"bomb.txt": bytes(20_000_000), "good.txt": b"words"})
    bomb, good = find_files([tmp_path])
    assert "times its size" in reason(bomb)
    with opened(good) as path:
        assert path.read_bytes() == b"words"


def test_an_archive_that_says_it_unpacks_to_more_than_a_disk_holds_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "all.zip", {"a.txt": b"words"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.infolist()[0].file_size = 5_000_000_000
        archive._didModify = True  # type: ignore[attr-defined]  # so that the lie is written
    with pytest.raises(UnreadableError, match="5,000,000,000 bytes"):
        list_archive(path)


def test_a_member_under_a_password_is_reported(tmp_path: Path) -> None:
    path = packed(tmp_path / "all.zip", {"a.txt": b"words"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    (file,) = find_files([path])
    assert "password" in reason(file)


def test_a_member_whose_bytes_are_damaged_is_reported(tmp_path: Path) -> None:
    path = packed(tmp_path / "all.zip", {"a.txt": b"words and more words " * 50})
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF
    path.write_bytes(data)
    (file,) = find_files([path])
    assert "cannot be unpacked" in reason(file)


@pytest.mark.parametrize(
    ("name", "advice"), [("a.doc", ".docx"), ("a.xls", ".xlsx"), ("a.7z", "unpack"), ("a", ".pdf")]
)
def test_a_type_that_is_not_read_comes_with_advice(tmp_path: Path, name: str, advice: str) -> None:
    (tmp_path / name).write_bytes(b"words")
    assert advice in reason(File(name, tmp_path / name))


def test_a_file_beyond_the_bound_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert "50,000,001 bytes" in reason(File("page.txt", path))


def test_a_folder_and_a_device_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    assert reason(File("folder.txt", tmp_path / "folder.txt")) == "not a regular file"
    if Path("/dev/null").exists():
        (tmp_path / "null.txt").symlink_to("/dev/null")
        assert reason(File("null.txt", tmp_path / "null.txt")) == "not a regular file"


def test_a_packed_file_is_read_as_what_its_name_says(tmp_path: Path) -> None:
    (tmp_path / "grants.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n"))
    (file,) = find_files([tmp_path])
    assert (file.source, file.media_type) == ("grants.csv.gz", "text/csv")
    with opened(file) as path:
        assert (path.suffix, path.read_bytes()) == (".csv", b"a,b\n1,2\n")
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bomb.txt.gz", gzip.compress(bytes(20_000_000)), "times its size"),
        ("cut.txt.gz", gzip.compress(b"words and more words " * 50)[:-12], "cannot be unpacked"),
        ("no.txt.gz", b"no archive", "cannot be unpacked"),
        ("pack.gz", gzip.compress(b"words"), "does not say what is packed in it"),
    ],
)
def test_a_packed_file_that_cannot_be_unpacked_is_reported(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert said in reason(File(name, tmp_path / name))
