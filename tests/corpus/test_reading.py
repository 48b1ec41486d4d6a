"""Files and folders into documents: encodings, what is passed over, what is reported."""

import codecs
import os
from pathlib import Path

import pytest

from corpus.document import Document, Unreadable
from corpus.errors import CorpusError, MisuseError, UnreadableError
from corpus.reading import MAX_FILE_BYTES, decode, find_files, read_document, read_paths
from corpus.words import fold

ROMANIAN = (
    "Lămpi pe deal\n\nFundaţia „Vatra” a aprins lămpi în şapte sate – şi încă trei urmează.\n\n"
    "Perioada: mai 2016 – aprilie 2018 | Buget: 12.000 lei\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_a_unicode_encoding_is_read_as_it_is(encoding: str) -> None:
    assert decode(ROMANIAN.encode(encoding)) == ROMANIAN


def test_big_endian_utf_16_is_told_by_its_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + ROMANIAN.encode("utf-16-be")) == ROMANIAN


def test_romanian_in_an_old_windows_encoding_keeps_its_letters() -> None:
    assert fold(decode(ROMANIAN.encode("cp1250"))) == fold(ROMANIAN)
    assert "„Vatra” a aprins lămpi" in decode(ROMANIAN.encode("cp1250"))


def test_an_html_page_is_read_in_the_charset_it_names() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1250"></head><p>ţară'
    assert decode(page.encode("cp1250")) == page


def test_a_charset_nobody_knows_is_passed_over() -> None:
    page = '<html><head><meta charset="no-such-thing"></head><body><p>' + ROMANIAN
    assert "lămpi" in decode(page.encode("cp1250"))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04\x00\x00"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="not text"):
        decode(data)


def test_the_canonical_text_has_no_mark_no_nul_no_carriage_return_and_is_composed(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("\ufeffLa\u0306mpi\r\npe\rdeal\x00".encode())
    # A NUL this early would make it binary; from beyond the first 4,096 bytes on it is only dropped.
    with pytest.raises(UnreadableError):
        read_document(path, "page.txt")
    path.write_bytes(("\ufeffLa\u0306mpi\r\npe\rdeal" + " " * 5000 + "\x00.").encode())
    assert read_document(path, "page.txt").text == "Lămpi\npe\ndeal" + " " * 5000 + "."


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page.html"])
@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_a_file_without_words_is_reported(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match="no text"):
        read_document(path, name)


def test_a_file_beyond_the_bound_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(UnreadableError, match="50,000,001 bytes"):
        read_document(path, "page.txt")


def test_a_document_knows_its_title_language_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(ROMANIAN.encode())
    document = read_document(path, "folder/page.txt")
    assert (document.source, document.media_type) == ("folder/page.txt", "text/plain")
    assert (document.title, document.language) == ("Lămpi pe deal", "ro")
    assert len(document.sha256) == 64
    assert document.sha256[:16] in document.id


def test_the_same_words_under_two_names_are_two_documents(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ROMANIAN)
    assert len({read_document(tmp_path / name, name).id for name in ("a.txt", "b.txt")}) == 2


def test_a_language_nobody_can_tell_is_undetermined(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("12 34 56")
    assert read_document(path, "page.txt").language == "und"


def test_a_folder_is_walked_in_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.html", ".hidden.txt", ".git/x.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<p>words</p>")
    assert [source for source, _ in find_files([tmp_path])] == ["a/b/c.html", "a/z.md", "b.txt", "picture.png"]
    assert [document.source for document in read_paths([tmp_path])] == ["a/b/c.html", "a/z.md", "b.txt"]


def test_a_file_that_cannot_be_read_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01")
    (tmp_path / "b.txt").write_text("words")
    bad, good = read_paths([tmp_path])
    assert isinstance(bad, Unreadable)
    assert isinstance(good, Document)
    assert bad.source == "a.txt"
    assert "not text" in bad.reason
    assert good.source == "b.txt"


def test_a_file_of_another_type_is_reported_only_where_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "b.txt").write_text("words")
    assert [type(one) for one in read_paths([tmp_path])] == [Document]
    named, _ = read_paths([tmp_path / "a.docx", tmp_path / "b.txt"])
    assert isinstance(named, Unreadable)
    assert ".docx" in named.reason


def test_a_path_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="nowhere: no such file or folder; give"):
        list(read_paths([tmp_path / "nowhere"]))


def test_a_folder_without_documents_says_what_to_put_there(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"")
    with pytest.raises(CorpusError, match=r"no document to read; put .*\.md .*there"):
        list(read_paths([tmp_path]))


def test_two_files_that_would_be_cited_by_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text("words")
    with pytest.raises(MisuseError, match=r"both be called page\.txt; give their common folder"):
        find_files([tmp_path / "one", tmp_path / "two"])
    assert [source for source, _ in find_files([tmp_path / "one", tmp_path / "one" / "page.txt"])] == ["page.txt"]


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_a_file_name_that_is_not_utf_8_can_be_printed(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("words")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    ((source, _),) = find_files([tmp_path])
    assert source.encode("utf-8") == b"caf?.txt"
