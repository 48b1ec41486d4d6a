"""Damaged files for every reader: `python tests/fuzz.py --minutes 10 [--seed N] [--kind pdf] [--keep DIR]`.

Takes sound files, the repository's own and some made here, damages them in ways that happen and in ways that somebody
might mean, and reads each in a process of its own. Told as a fault is whatever ends in anything but records that agree
with their text or an UnreadableError, takes too long, or takes the process down. Knows nothing of why.
"""

import argparse
import csv
import gzip
import io
import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import etree

from corpus.document import Span
from corpus.errors import UnreadableError
from corpus.files import find_files
from corpus.reading import read_file
from corpus.record import Amount, Organisation, Period, Place, Reading

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 20
"""A file may take; the seeds have up to 60 kB, and a machine of two cores reads them in less than one."""
MEMORY_BYTES = 3 << 30
LARGEST_CASE = 2_000_000
"""Bytes; what is repeated grows no file beyond."""
PACKAGES = ("docx", "odt", "xlsx", "ods")
KINDS = ("txt", "md", "html", "pdf", *PACKAGES, "csv", "tsv", "json", "jsonl", "xml", "zip", "gz")
TITLES = ("Lantern Walk", "Oil & Water", "Ora să ȘTIM", "Zidul verde")
FACTS = {
    "Title": "{}", "Reference": "LW/2019/{n}", "Start": "2019-0{n}-01", "End": "05/0{n}/2021",
    "Budget": "{n}.250,50 EUR", "Funder": "Owl Trust; Harbour Fund (Norway)", "Place": "Brașov, Romania",
    "Description": "Every November {n} walk.",
}  # fmt: skip
ROWS = [list(FACTS)] + [[f.format(title, n=n) for f in FACTS.values()] for n, title in enumerate(TITLES, start=1)]
MARKED = "\n".join(
    f"## {row[0]}\n\n{row[7]}\n\n{' | '.join(f'{a}: {b}' for a, b in zip(ROWS[0][2:7], row[2:7], strict=True))}\n"
    for row in ROWS[1:]
)
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
ODF = (
    f'<office:document-content xmlns:office="{NAMES}:office:1.0" xmlns:text="{NAMES}:text:1.0"'
    f' xmlns:table="{NAMES}:table:1.0"><office:body>%s</office:body></office:document-content>'
)
TOKENS = [
    b"\0", b"\0" * 5000, b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", "\u202e\u200f".encode(), "\u2028".encode(),
    b"9" * 5000, b"1e999999", b"-99999999999999999999", b"NaN", b"0.000001e-400", b"\r", b"\r\n", b"\n" * 3000,
    b"<div>" * 3000, b"[" * 3000, b"{\"a\":" * 3000, b"> " * 1000, b"- " * 1000, b"(" * 3000, b"<table><tr><td>" * 500,
    b"<w:tbl><w:tr><w:tc>" * 60, b"<text:span>" * 300, b"<!--", b"]]>", b"<![CDATA[", b"&#0;", b"&#xD800;", b"&lol;",
    b"<!DOCTYPE a [<!ENTITY l 'll'><!ENTITY m SYSTEM 'file:///etc/hostname'>]>", b'"', b"'", b";", b"|", b"\t" * 2000,
    b"Total", b"31/02/2019", b"2019-13-45", b"Period: 2019-2018 | Budget: 1.2.3,4 EUR | Funder: ",
    b"---\na: &a [*a]\n", b"a, " * 2000, b"\xcc\x81" * 3000, b" 1" * 3000, b"1 0 obj", b"endobj", b"/Length 99999999",
    b"%%EOF", b"\xe2\x80\x8b",
]  # fmt: skip
"""What readers stumble over, put anywhere."""

Change = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def seeds() -> dict[str, list[bytes]]:
    """Sound files of each kind, by ending without a dot."""
    found: dict[str, list[bytes]] = {kind: [] for kind in KINDS}
    folders = [ROOT / "corpus" / "sample", *ROOT.glob("tests/pages/*/docs"), ROOT / "tests" / "corpus" / "pages"]
    for path in sorted(path for folder in folders for path in folder.glob("*.*")):
        if path.suffix[1:] in found:
            found[path.suffix[1:]].append(path.read_bytes())
    found["md"].append(f"---\ntitle: Our work\nperiod: {{start: 2019}}\n---\n{MARKED}".encode())
    found["pdf"].append(_pdf())
    found["docx"].append(_docx())
    found["xlsx"].append(_xlsx())
    found["odt"].append(_opened_document("".join(map(_odt_part, MARKED.split("\n")))))
    found["ods"].append(_opened_document(_ods_table()))
    for kind, delimiter in (("csv", ","), ("csv", ";"), ("tsv", "\t")):
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(ROWS)
        found[kind] += out.getvalue().encode(), out.getvalue().encode("utf-16")
    records = [dict(zip(ROWS[0], row, strict=True)) | {"parts": [{"a": {"b": 1.5}}]} for row in ROWS[1:]]
    lines = [str(record).replace("'", '"') for record in records]
    found["jsonl"].append("\n".join(lines).encode())
    found["json"] += f"[{','.join(lines)}]".encode(), f'{{"grants": [{",".join(lines)}]}}'.encode(), lines[0].encode()
    found["xml"].append(_iati())
    found["zip"] = [_zipped({f"a/{kind}.{kind}": data[-1] for kind, data in found.items() if data and kind != "pdf"})]
    found["gz"] = [gzip.compress(found[kind][-1]) for kind in ("csv", "jsonl", "md")]
    return found


def _pdf() -> bytes:
    import typst

    table = "#table(columns: 3, " + ", ".join(f"[{row[0]}], [{row[2]}], [{row[4]}]" for row in ROWS) + ")"
    source = re.sub(r"(?m)^## ", "= ", MARKED).replace("&", r"\&")
    made = typst.compile(f"{source}\n#pagebreak()\n{table}".encode(), ignore_system_fonts=True, format="pdf")
    return made if isinstance(made, bytes) else b""


def _docx() -> bytes:
    import docx

    document = docx.Document()
    for row in ROWS[1:]:
        document.add_heading(row[0], 2)
        document.add_paragraph(row[7]).add_run("bold").bold = True
        table = document.add_table(0, 2)
        for label, value in zip(ROWS[0], row, strict=True):
            for cell, words in zip(table.add_row().cells, (label, value), strict=True):
                cell.text = words
    document.save(out := io.BytesIO())
    return out.getvalue()


def _xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append([*row, 1234.5, "=1+1"])
    book.create_sheet("Other").append(["Total", 7])
    book.save(out := io.BytesIO())
    return out.getvalue()


def _odt_part(line: str) -> str:
    words = line.lstrip("# ").replace("&", "&amp;")
    return f'<text:h text:outline-level="2">{words}</text:h>' if line.startswith("#") else f"<text:p>{words}</text:p>"


def _ods_table() -> str:
    cells = (f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for row in ROWS for words in row)
    row = "".join(cells).replace("&", "&amp;")
    width = len(ROWS[0])
    parts = re.findall(rf"(?:<table:table-cell>.*?</table:table-cell>){{{width}}}", row)
    return "<table:table>" + "".join(f"<table:table-row>{part}</table:table-row>" for part in parts) + "</table:table>"


def _opened_document(body: str) -> bytes:
    kind = "spreadsheet" if body.startswith("<table:table>") else "text"
    return _zipped({"content.xml": (ODF % f"<office:{kind}>{body}</office:{kind}>").encode()})


def _iati() -> bytes:
    activities = "".join(
        f"<iati-activity default-currency='EUR'><iati-identifier>{row[1]}</iati-identifier>"
        f"<title><narrative>{row[0]}</narrative></title><activity-date type='2' iso-date='{row[2]}'/>"
        f"<participating-org role='1'><narrative>{row[5]}</narrative></participating-org>"
        f"<budget><value>100.50</value></budget><recipient-country code='RO'/></iati-activity>"
        for row in ROWS[1:]
    )
    return f"<iati-activities version='2.03'>{activities}</iati-activities>".replace("&", "&amp;").encode()


def _zipped(parts: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def flip(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Some bits turned over."""
    changed = bytearray(data)
    for _time in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """The end missing, or a piece."""
    start, end = _piece(chance, data)
    return data[:start] + (data[end:] if chance.random() < 0.5 else b"")


def splice(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A piece of another file, or of its own, in the place of one."""
    other = chance.choice(others)
    (start, end), (first, last) = _piece(chance, data), _piece(chance, other)
    return data[:start] + other[first:last] + data[end:]


def repeat(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A piece again and again."""
    start, end = _piece(chance, data)
    times = min(chance.choice((2, 20, 2000)), max(1, LARGEST_CASE // max(1, end - start)))
    return data[:start] + data[start:end] * times + data[end:]


def insert(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """What readers stumble over, at one place or at some."""
    for _time in range(chance.choice((1, 1, 4))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(TOKENS) + data[at:]
    return data


def renumber(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Some numbers replaced by such as nobody expects."""
    odd = (b"0", b"-1", b"65536", b"4294967295", b"1e308", b"99999999999999999999", b"1.000.00", b"2147483648")
    return re.sub(rb"\d+", lambda match: chance.choice(odd) if chance.random() < 0.05 else match[0], data)


CHANGES: tuple[Change, ...] = (flip, cut, splice, repeat, insert, renumber)


def _piece(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 10, 100, 1000, 10_000)))


def damaged(chance: random.Random, kind: str, all_seeds: dict[str, list[bytes]]) -> bytes:
    """A file of `kind` with something wrong, where it is packed mostly with what is inside."""
    data = chance.choice(all_seeds[kind])
    inside = chance.random() < 0.8
    if inside and kind == "gz":
        return gzip.compress(_changed(chance, gzip.decompress(data), all_seeds["csv"]))
    if inside and kind == "pdf":
        return _in_streams(chance, data)
    if inside and kind == "zip":
        inner = chance.choice([kind for kind in KINDS if kind not in ("zip", "gz")])
        return _zipped({"a.txt": b"words", f"b/c.{inner}": damaged(chance, inner, all_seeds)})
    if inside and kind in PACKAGES:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        likely = [name for name in parts if re.search(r"document|content|sheet|styles|Strings|rels", name)]
        name = chance.choice(likely if chance.random() < 0.9 else list(parts))
        return _zipped(parts | {name: _well_formed(chance, _changed(chance, parts[name], list(parts.values())))})
    changed = _changed(chance, data, all_seeds[kind])
    return _well_formed(chance, changed) if kind == "xml" else changed


def _changed(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(CHANGES)(chance, data or b" ", others)
    return data[:LARGEST_CASE]


def _well_formed(chance: random.Random, data: bytes) -> bytes:
    """XML with its tags mended, mostly: what is not well formed is refused before anything else can go wrong."""
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(data, parser) if data.strip() and chance.random() < 0.8 else None
    return data if root is None else etree.tostring(root, encoding="utf-8")


def _in_streams(chance: random.Random, data: bytes) -> bytes:
    """A PDF with one of its packed streams changed; the places that it gives are then wrong, which readers mend."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not streams:
        return _changed(chance, data, [data])
    stream = chance.choice(streams)
    try:
        inner = zlib.compress(_changed(chance, zlib.decompress(stream[1]), [data]))
    except zlib.error:
        inner = _changed(chance, stream[1], [data])
    return data[: stream.start(1)] + inner + data[stream.end(1) :]


def check(reading: Reading) -> None:
    """Whether blocks and records agree with their document's text.

    Raises:
        ValueError: what does not.
    """
    document = reading.document
    _in_order([block.span for block in document.blocks], Span(0, len(document.text)), "blocks")
    for block in document.blocks:
        _in_order(list(block.cells), block.span, "cells")
    _in_order([project.span for project in reading.projects], Span(0, len(document.text)), "projects")
    for project in reading.projects:
        for field in project.fields:
            if not (project.span.holds(field.span) and field.whole.holds(field.span)):
                raise ValueError(f"field {field.label!r} at {field.span} in {field.whole} in {project.span}")
        values: list[Period | Amount | Organisation | Place] = [
            *filter(None, [project.period]), *project.amounts, *project.organisations, *project.places,
        ]  # fmt: skip
        for value in values:
            if value.span.of(document.text) != value.text:
                raise ValueError(f"{value.text!r} is {value.span.of(document.text)!r} there")
    document.text.encode()


def _in_order(spans: Sequence[Span], within: Span, what: str) -> None:
    at = within.start
    for span in spans:
        if not at <= span.start <= span.end <= within.end:
            raise ValueError(f"{what} out of order: {span} behind {at}, within {within}")
        at = span.end


def outcome(path: Path) -> str:
    """What reading a file in a process of its own comes to: `read`, `refused`, or a fault in words."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _in_child(path, writer)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8", errors="replace") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return f"more than {SECONDS} s" if number == signal.SIGALRM else f"ended by {signal.Signals(number).name}"
    return told or "no answer"


def _in_child(path: Path, writer: int) -> None:
    signal.alarm(SECONDS)  # whose default is the end, also of code that is not Python
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    said = "refused"
    try:
        for file in find_files([path]):
            try:
                for reading in read_file(file):
                    check(reading)
                    said = "read"
            except UnreadableError as error:
                if not str(error).strip() or "\n" in str(error) or str(path.parent) in str(error):
                    raise ValueError(f"a reason that says nothing: {error}") from error
    except BaseException:  # noqa: BLE001  # the outermost edge: whatever it is, it is what is looked for
        said = traceback.format_exc()
    os.write(writer, said[-60_000:].encode("utf-8", "replace"))
    os._exit(0)


def _warm_up(folder: Path, all_seeds: dict[str, list[bytes]]) -> None:
    """Read the sound files here, so that the processes begin with everything loaded.

    Raises:
        UnreadableError: one that is not sound after all.
    """
    for kind, files in all_seeds.items():
        for data in files[-2:]:
            path = folder / f"sound.{_ending(kind)}"
            path.write_bytes(data)
            for file in find_files([path]):
                for reading in read_file(file):
                    check(reading)
            path.unlink()


def _ending(kind: str) -> str:
    return "csv.gz" if kind == "gz" else kind


def main() -> int:
    """Damage files until the time is up; 1 where a fault was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir(), "fuzz"), help="for files with faults")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    all_seeds, kinds = seeds(), options.kind or KINDS
    faults: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    slowest = ("", 0.0)
    _warm_up(options.keep, all_seeds)
    end = time.monotonic() + options.minutes * 60
    case = 0
    while time.monotonic() < end:
        case, kind = case + 1, kinds[case % len(kinds)]
        chance = random.Random(f"{options.seed} {case}")  # noqa: S311  # no secret
        path = options.keep / f"{options.seed}-{case}.{_ending(kind)}"
        path.write_bytes(damaged(chance, kind, all_seeds))
        began = time.monotonic()
        told = outcome(path)
        slowest = max(slowest, (path.name, time.monotonic() - began), key=lambda pair: pair[1])
        counts[f"{kind} {told if told in ('read', 'refused') else 'fault'}"] += 1
        if told in ("read", "refused"):
            path.unlink()
            continue
        place = "\n".join(told.strip().split("\n")[-3:]) + (kind if "\n" not in told else "")
        faults[place] += 1
        sys.stdout.write(f"{path}: {told}\n" if faults[place] == 1 else "")
        sys.stdout.flush()
        if faults[place] > 3:
            path.unlink()
    sys.stdout.write(f"{dict(sorted(counts.items()))}\nslowest: {slowest}\n{len(faults)} faults in {case:,} files\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
