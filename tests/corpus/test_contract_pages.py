"""Forty-four contract pages of a consultancy, one project each: what is read from them against a rule of another kind.

The pages are not part of this project; where they are not at hand the test is passed over. The other rule looks at the
lines of the Markdown source and knows how this one site lays its pages out, which the program does not.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.files import find_files
from corpus.reading import read_file
from corpus.record import Project

ENOUGH = 42


@dataclass(frozen=True)
class Told:
    """What a page says of its project; empty for what it does not."""

    title: str
    location: str
    reference: str
    value: str


def plain(line: str) -> str:
    """Drop the markup of a line, links' targets included."""
    line = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)
    return " ".join(re.sub(r"[*#\\]|(?<!\w)_|_(?!\w)", "", line).split())


def told_by(page: str) -> Told:
    head, _, body = page.removeprefix("---\n").partition("\n---")
    lines = [line for line in map(plain, body.split("\n")) if line]
    found: dict[str, str] = {}
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        label, colon, value = line.partition(":")
        name = next(
            (n for n in ("title", "location", "reference", "value") if re.search(rf"\b{n}\b", label.lower())), ""
        )
        if colon and name and len(label.split()) < 5 and name not in found:
            found[name] = value.strip() or following
        if line.startswith("Project - "):
            title, _, rest = line.removeprefix("Project - ").rpartition("(")
            found |= {"title": title.rstrip(" ."), "reference": rest.rstrip(" ).")}
    code = re.search(r"^\w+/\S+/\S+$", "\n".join(lines), re.MULTILINE)
    front = re.search(r'^title: "(.*)"$', head, re.MULTILINE)
    return Told(
        title=found.get("title") or (front[1] if front else ""),
        location=found.get("location", ""),
        reference=found.get("reference") or (code.group() if code else ""),
        value=re.sub(r"\D", "", found.get("value", "")),
    )


def differences(told: Told, document: Document, project: Project) -> list[str]:
    labelled = [place for place in project.places if not place.note]
    found = Told(
        title=project.title,
        location=labelled[0].span.of(document.text) if labelled else "",
        reference=project.reference,
        value=next((f"{one.amount} {one.currency}" for one in project.amounts), ""),
    )
    wanted = Told(told.title, told.location, told.reference, f"{told.value} EUR" if told.value else "")
    return [
        f"{name}: {getattr(found, name)!r}, not {getattr(wanted, name)!r}"
        for name in ("title", "location", "reference", "value")
        if fold_spaces(getattr(found, name)) != fold_spaces(getattr(wanted, name))
    ]


def fold_spaces(text: str) -> str:
    return " ".join(text.replace("\x96", "–").split()).casefold()


def test_title_location_reference_and_value_are_right_on_nearly_all(root: Path) -> None:
    folder = root.parent / "shared/data/epm"
    if not folder.exists():
        pytest.skip("the pages of the consultancy are not part of this project and not at hand")
    wrong: dict[str, list[str]] = {}
    files = [file for file in find_files([folder]) if file.ending == ".md"]
    for file in files:
        (reading,) = read_file(file)
        told = told_by(file.path.read_text(encoding="utf-8"))
        assert told.title
        if len(reading.projects) != 1:
            wrong[file.source] = [f"{len(reading.projects)} projects"]
        elif differing := differences(told, reading.document, reading.projects[0]):
            wrong[file.source] = differing
    assert len(files) == 44
    assert len(files) - len(wrong) >= ENOUGH, wrong


def test_the_other_rule_reads_what_a_person_reads() -> None:
    page = (
        '---\ntitle: "Award - Lamps"\n---\n#### Project Title:\n\n**Lamps _on_ hills**\n\n#### Location:\n\nMalta\n\n'
    )
    page += "**Project Reference**: [AB/12/C](http://x.example)\n\nValue of the Contract: 1 300 EUR\n"
    assert told_by(page) == Told("Lamps on hills", "Malta", "AB/12/C", "1300")
    assert told_by('---\ntitle: "Lamps"\n---\nAB/12/C\n') == Told("Lamps", "", "AB/12/C", "")
