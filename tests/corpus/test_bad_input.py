"""Files that are not what they should be, read beside a sound one: each told by name and reason or read, none for long.

What each reader makes of damage within its own format is in the tests of that reader.
"""

import gzip
import io
import json
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
import typst

from corpus.document import Unreadable
from corpus.pool import read_paths
from corpus.record import Reading

SECONDS = 30.0
"""For a folder of one bad and one sound file, the start of the processes included; 1 or 2 are usual."""
SOUND = "Lamp Hill\n\nWords about lamps.\n\nPeriod: 2011-2012 | Budget: 300 EUR | Funder: Owl Trust\n"
FACTS = "Period: 2011-2012 | Budget: 300 EUR | Funder: Owl Trust"
DEPTH = 100


def read_beside(tmp_path: Path, name: str, data: bytes) -> list[Reading] | str:
    """What is read of a file, or the reason why not; the sound file beside it is read in any case."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "sound.txt").write_text(SOUND, encoding="utf-8")
    began = time.monotonic()
    found = list(read_paths([tmp_path], processes=2))
    assert time.monotonic() - began < SECONDS
    sound = [one for one in found if isinstance(one, Reading) and one.document.source == "sound.txt"]
    assert [[project.title for project in one.projects] for one in sound] == [["Lamp Hill"]]
    refused = [one for one in found if isinstance(one, Unreadable)]
    assert all("\n" not in f"{one.source}{one.reason}" for one in refused)
    assert all(str(tmp_path) not in one.reason for one in refused)
    if refused:
        (one,) = refused
        assert one.source.startswith(name.split("\n")[0])
        return one.reason
    return [one for one in found if isinstance(one, Reading) and one not in sound]


def text_of(found: list[Reading] | str) -> str:
    assert not isinstance(found, str), found
    return "\n".join(reading.document.text for reading in found)


def pdf() -> bytes:
    made = typst.compile(b"= Lamp Hill\nWords about lamps.", ignore_system_fonts=True, format="pdf")
    assert isinstance(made, bytes)
    return made


def word(paragraph: str = "Words about lamps.") -> bytes:
    document = docx.Document()
    document.add_paragraph(paragraph)
    document.save(out := io.BytesIO())
    return out.getvalue()


def workbook(*rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows or (["Title", "Budget"], ["Lamps", "5 EUR"]):
        book.active.append(row)
    book.save(out := io.BytesIO())
    return out.getvalue()


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def repacked(package: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with each part's bytes replaced."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        return packed({name: change(name, parts.read(name)) for name in parts.namelist()})


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
ODF = f'<o:document-content xmlns:o="{OFFICE}"><o:body><o:%s/></o:body></o:document-content>'
SOUND_FILES: dict[str, Callable[[], bytes]] = {
    ".pdf": pdf,
    ".docx": word,
    ".xlsx": workbook,
    ".odt": lambda: packed({"content.xml": (ODF % "text").encode()}),
    ".ods": lambda: packed({"content.xml": (ODF % "spreadsheet").encode()}),
    ".zip": lambda: packed({"a.txt": b"words"}),
    ".csv.gz": lambda: gzip.compress(b"Title,Budget\nLamps,5 EUR\n"),
    ".png": lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4,
    ".txt": lambda: SOUND.encode(),
}
BINARY = (".pdf", ".docx", ".xlsx", ".odt", ".ods")
TEXTUAL = (".txt", ".md", ".csv", ".tsv", ".json", ".jsonl", ".html", ".xml")


@pytest.mark.parametrize("ending", [*BINARY, ".zip", ".csv.gz"])
def test_a_file_cut_short_is_reported(tmp_path: Path, ending: str) -> None:
    data = SOUND_FILES[ending]()
    reason = read_beside(tmp_path, f"cut{ending}", data[: len(data) // 2])
    assert isinstance(reason, str)
    assert reason.partition("; ")[2] or "damaged" in reason


@pytest.mark.parametrize("ending", [*BINARY, *TEXTUAL])
def test_an_empty_file_is_reported(tmp_path: Path, ending: str) -> None:
    assert isinstance(read_beside(tmp_path, f"empty{ending}", b""), str)


def test_files_that_are_not_what_their_names_say_are_reported_one_by_one_and_the_rest_is_read(tmp_path: Path) -> None:
    pairs = [
        (made, named)
        for made in SOUND_FILES
        for named in (*BINARY, *TEXTUAL, ".zip")
        if named != made and not (made == ".txt" and named in TEXTUAL)
    ]
    for made, named in pairs:
        (tmp_path / f"{made.strip('.')}-as{named}").write_bytes(SOUND_FILES[made]())
    (tmp_path / "sound.txt").write_text(SOUND, encoding="utf-8")
    began = time.monotonic()
    found = list(read_paths([tmp_path], processes=2))
    assert time.monotonic() - began < 2 * SECONDS
    reasons = {one.source: one.reason for one in found if isinstance(one, Unreadable)}
    # A zip archive under any name is one to a reader of archives; what is in it is no document.
    archives = {f"{made.strip('.')}-as.zip" for made, _ in pairs if made in (".docx", ".xlsx", ".odt", ".ods")}
    expected = {f"{made.strip('.')}-as{named}" for made, named in pairs} - archives
    assert expected - set(reasons) == set()
    assert all("its reader" not in reason for reason in reasons.values())
    assert [one.document.source for one in found if isinstance(one, Reading) and one.projects][-1] == "sound.txt"


def test_what_a_wrongly_named_file_is_and_what_to_do_is_said(tmp_path: Path) -> None:
    assert "a PDF; give it the ending .pdf" in read_beside(tmp_path, "a.txt", pdf())


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("secret")
    writer.write(out := io.BytesIO())
    return out.getvalue()


def locked_office() -> bytes:
    """A locked DOCX or XLSX is no archive but an OLE file with a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def locked_archive() -> bytes:
    """An archive whose member says that it is encrypted, in its own head and in the directory."""
    data = bytearray(packed({"inside.txt": b"words"}))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.pdf", locked_pdf), ("a.docx", locked_office), ("a.xlsx", locked_office), ("a.zip", locked_archive)],
)
def test_a_locked_file_says_so(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    assert "locked with a password" in read_beside(tmp_path, name, make())


def nested_tables(data: bytes) -> bytes:
    inner = (
        b"<w:tbl><w:tr><w:tc>" * DEPTH + b"<w:p><w:r><w:t>deep</w:t></w:r></w:p>" + b"</w:tc></w:tr></w:tbl>" * DEPTH
    )
    return repacked(
        data, lambda name, part: part.replace(b"<w:p>", inner + b"<w:p>", 1) if "document.xml" in name else part
    )


def deep_json() -> bytes:
    value: object = "deep"
    for _ in range(DEPTH):
        value = {"a": [value]}
    return json.dumps([{"title": "Lamps", "budget": "5 EUR", "more": value}]).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", f"{'<div>' * DEPTH}<p>deep</p>{'</div>' * DEPTH}<p>{FACTS}</p>".encode()),
        ("a.html", f"{'<table><tr><td>' * DEPTH}deep{'</table>' * DEPTH}<p>{FACTS}</p>".encode()),
        ("a.md", f"{'> ' * DEPTH}deep\n\n{FACTS}\n".encode()),
        ("a.md", f"---\ntitle: {'[' * DEPTH}deep{']' * DEPTH}\n---\n\n{FACTS}\n".encode()),
        ("a.docx", nested_tables(word(FACTS))),
        ("a.json", deep_json()),
        ("a.xml", f"<iati-activities>{'<a>' * DEPTH}deep{'</a>' * DEPTH}</iati-activities>".encode()),
    ],
)  # fmt: skip
def test_what_is_a_hundred_levels_deep_is_read_or_refused_with_a_reason(tmp_path: Path, name: str, data: bytes) -> None:
    found = read_beside(tmp_path, name, data)
    if isinstance(found, str):
        assert "its reader" not in found
        assert "; " in found or "nothing in it" in found or "no text" in found
    else:
        assert "2011-2012" in text_of(found) or "Lamps" in text_of(found)


NOUGHTS = bytes(30_000_000)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", packed({"inside.txt": NOUGHTS})),
        ("a.zip", packed({"inside.zip": packed({"more.zip": packed({"a.txt": NOUGHTS})})})),
        ("a.csv.gz", gzip.compress(NOUGHTS)),
        ("a.xlsx", repacked(workbook(), lambda name, part: part + b" " * 30_000_000 if "sheet1" in name else part)),
        ("a.docx", repacked(word(), lambda name, part: part + b" " * 30_000_000 if "document.xml" in name else part)),
    ],
    ids=["ratio", "nested", "gzip", "xlsx", "docx"],
)
def test_an_archive_that_unpacks_to_thousands_of_times_its_size_is_not_unpacked(
    tmp_path: Path, name: str, data: bytes
) -> None:
    found = read_beside(tmp_path, name, data)
    # Archives in archives are not opened; where nothing else is in one, nothing of it is asked for.
    assert "times its size" in found if isinstance(found, str) else found == []


@pytest.mark.parametrize("text", ['{"title": "Lamps", "budget": %s', '[{"title": "Lamps", "budget": %s}]'])
def test_a_number_of_five_thousand_digits_is_refused(tmp_path: Path, text: str) -> None:
    assert "more than 4,299 digits" in read_beside(tmp_path, "a.json", (text % ("9" * 5000)).encode())


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_ten_thousand_columns_are_cut_and_told(tmp_path: Path, ending: str) -> None:
    rows = [["Title", "Budget", *(f"c{n}" for n in range(9_998))], ["Lamps", "5 EUR", *("x" for _ in range(9_998))]]
    data = workbook(*rows) if ending == ".xlsx" else "\n".join(map(",".join, rows)).encode()
    found = read_beside(tmp_path, f"wide{ending}", data)
    assert not isinstance(found, str), found
    (reading,) = found
    assert [(project.title, project.amounts[0].amount) for project in reading.projects] == [("Lamps", "5")]
    assert any("more than 1,000 columns" in note for note in reading.document.notes)


def test_a_label_of_one_endless_word_is_passed_over_in_good_time(tmp_path: Path) -> None:
    line = {"title": "Lamps", "budget": "5 EUR", "date" * 5_000: "x"}
    found = read_beside(tmp_path, "a.jsonl", json.dumps(line).encode())
    assert not isinstance(found, str), found
    assert [project.title for project in found[0].projects] == ["Lamps"]


def test_nul_bytes_in_text_are_refused_and_in_a_register_dropped_with_a_note(tmp_path: Path) -> None:
    assert "NUL bytes" in read_beside(tmp_path, "a.txt", b"\0")
    assert "NUL bytes" in read_beside(tmp_path, "a.txt", b"Lamps\0 and\0 hills")
    rows = b"Title,Budget\n" + b"Lamps,5 EUR\n" * 500 + b"Hil\0ls,6 EUR\n"
    (tmp_path / "a.txt").unlink()
    found = read_beside(tmp_path, "a.csv", rows)
    assert not isinstance(found, str), found
    assert found[0].projects[-1].title == "Hills"
    assert found[0].document.notes == ("1 NUL bytes were dropped",)


def test_lone_surrogates_are_replaced_with_a_note(tmp_path: Path) -> None:
    found = read_beside(tmp_path, "a.txt", "Mărul și pomii ".encode() * 9 + b"\xed\xa0\x80 apples\n")
    assert "apples" in text_of(found)
    assert not isinstance(found, str)
    assert any("could not be decoded" in note for note in found[0].document.notes)
    lines = b'{"title": "Lamps \\ud800 on", "budget": "5 EUR"}\n{"title": "Hills", "budget": "6 EUR"}\n'
    (tmp_path / "a.txt").unlink()
    assert "Lamps \N{REPLACEMENT CHARACTER} on" in text_of(read_beside(tmp_path, "a.jsonl", lines))


def test_marks_of_direction_stay_in_text_and_go_from_a_file_s_name(tmp_path: Path) -> None:
    name = "a\u202egnp.txt"
    (tmp_path / name).write_text(f"Words \u200fhere\u202e.\n\n{FACTS}\n", encoding="utf-8")
    (found,) = read_paths([tmp_path], processes=1)
    assert isinstance(found, Reading)
    assert found.document.source == "agnp.txt"
    assert "\u200fhere\u202e." in found.document.text


@pytest.mark.skipif(os.name == "nt", reason="no such name there")
def test_a_name_with_a_newline_is_told_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "a\nb.pdf").write_bytes(b"no PDF")
    (tmp_path / "c\nd.txt").write_text("words")
    refused, found = read_paths([tmp_path], processes=1)
    assert isinstance(refused, Unreadable)
    assert isinstance(found, Reading)
    assert (refused.source, found.document.source) == ("a\ufffdb.pdf", "c\ufffdd.txt")
