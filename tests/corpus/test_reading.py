"""One file into its documents: which reader it gets, what a document knows of itself, what is reported."""

from pathlib import Path

import pytest

from corpus.errors import UnreadableError
from corpus.files import MEDIA_TYPES, File
from corpus.reading import FILE_READERS, REGISTER_READERS, TEXT_READERS, read_document, read_file

ROMANIAN = (
    "Lămpi pe deal\n\nFundaţia „Vatra” a aprins lămpi în şapte sate – şi încă trei urmează.\n\n"
    "Perioada: mai 2016 – aprilie 2018 | Buget: 12.000 lei\n"
)


def test_the_canonical_text_has_no_mark_no_nul_no_carriage_return_and_is_composed(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("\ufeffLa\u0306mpi\r\npe\rdeal\x00".encode())
    assert read_document(path, "page.txt").text == "Lămpi\npe\ndeal"


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page.html"])
@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_a_file_without_words_is_reported(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match="no text"):
        read_document(path, name)


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


def test_every_type_of_file_has_one_reader() -> None:
    assert sorted([*TEXT_READERS, *FILE_READERS, *REGISTER_READERS]) == sorted(MEDIA_TYPES)


def test_a_register_of_many_rows_is_several_documents_of_one_digest(tmp_path: Path) -> None:
    path = tmp_path / "grants.csv"
    rows = [f"Project {number},{number},2015,EUR" for number in range(1, 2502)]
    path.write_text("\n".join(["Title,Amount awarded,Year,Currency", *rows]))
    readings = list(read_file(File("grants.csv", path)))
    assert [one.document.source for one in readings] == [
        *("grants.csv#row=2-1001", "grants.csv#row=1002-2001", "grants.csv#row=2002-2502"),
    ]
    assert len({one.document.sha256 for one in readings}) == 1
    assert len({one.document.id for one in readings}) == 3
    assert [len(one.projects) for one in readings] == [1000, 1000, 501]


def test_letters_that_could_not_be_decoded_are_a_note_of_the_document(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(("Fundația a aprins lămpi în șapte sate. " * 20).encode() + b"\xff" + "Și încă trei.".encode())
    (note,) = read_document(path, "page.txt").notes
    assert "could not be decoded" in note
