"""The binary files of the sample corpus, made from the sources in `scripts/sample`: a PDF, a DOCX and an XLSX.

Made again they are the same bytes: their dates are fixed, and those that an archive gives its members too. Needs the
development environment (typst). Knows the files' layout, nothing of how they are read.
"""

import argparse
import csv
import io
import re
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).resolve().parent / "sample"
CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "sample"
MADE_ON = datetime(2021, 3, 1, tzinfo=UTC)
"""The date that every file says it was made on."""
ORGANISATION = "Progress Foundation"
NARROW, WIDE = 24, 60
"""Widths of the register's columns, in characters."""
LONG_CELL = 60
"""Characters from which a cell's column is a wide one."""

_CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def main() -> int:
    """Write the three files to the sample corpus or to the folder given."""
    parser = argparse.ArgumentParser(description="Make the binary files of the sample corpus.")
    parser.add_argument("--out", type=Path, default=CORPUS, metavar="DIR", help="where to (corpus/sample)")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, make in (
        ("occupy-library-report.pdf", make_report),
        ("scoala-de-reporteri.docx", make_page),
        ("grants.xlsx", make_register),
    ):
        (out / name).write_bytes(make(SOURCES))
        print(out / name)
    return 0


def make_report(sources: Path) -> bytes:
    """The PDF: a cover, then a page for each project, with a running header and page numbers."""
    import typst

    # Fonts of the system would make other pages on another machine; typst carries its own.
    made: bytes = typst.compile(
        sources / "occupy-library-report.typ", ignore_system_fonts=True, timestamp=int(MADE_ON.timestamp())
    )
    return made


def make_page(sources: Path) -> bytes:
    """The DOCX: headings, prose and a table of facts."""
    import docx

    told = tomllib.loads((sources / "scoala-de-reporteri.toml").read_text(encoding="utf-8"))
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = told["title"], ORGANISATION, ""
    properties.created = properties.modified = MADE_ON
    document.add_heading(told["title"], 1)
    for paragraph in told["paragraphs"]:
        document.add_paragraph(paragraph)
    document.add_heading("Facts", 2)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in told["facts"].items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    packed = io.BytesIO()
    document.save(packed)
    return repacked(packed.getvalue())


def make_register(sources: Path) -> bytes:
    """The XLSX: a row for each grant, every cell as text, just as it stands in the source."""
    import openpyxl
    from openpyxl.styles import Alignment, Font

    with (sources / "grants.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    workbook = openpyxl.Workbook()
    workbook.properties.creator = ORGANISATION
    workbook.properties.created = MADE_ON.replace(tzinfo=None)
    sheet: Any = workbook.active
    sheet.title = "Grants"
    for row in rows:
        sheet.append(row)
    for cells in sheet.columns:
        longest = max(len(cell.value or "") for cell in cells)
        sheet.column_dimensions[cells[0].column_letter].width = WIDE if longest > LONG_CELL else NARROW
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        cells[0].font = Font(bold=True)
    sheet.freeze_panes = "A2"
    packed = io.BytesIO()
    workbook.save(packed)
    return repacked(packed.getvalue())


def repacked(package: bytes) -> bytes:
    """The same package with fixed dates, in its core properties and in the archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = _CHANGED.sub(rb"\g<1>" + MADE_ON.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            member = zipfile.ZipInfo(name, MADE_ON.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(member, content)
    return made.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
