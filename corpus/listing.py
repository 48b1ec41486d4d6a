"""Records as lines to print, made where the file is read, and linked where two files describe one project."""

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.document import Document, Span, Unreadable
from corpus.files import File
from corpus.pool import read_files
from corpus.reading import read_file
from corpus.record import Amount, Organisation, Period, Place, Project, to_json
from corpus.same import contradictions, find_same

UNLINKED = '"same_as": []}'
"""How a record's line ends as long as nobody has looked for its other descriptions."""
Link = dict[str, Any]
"""`document` and `id` of another description, and `contradictions`: the field, the span here and the span there."""
MOST_LINKED = 100_000
"""Records of which what is needed to link them is kept in memory, some 2 kB each; those beyond are not linked."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The records of one document: a line of JSON or a card each, and what is needed to link them."""

    lines: tuple[str, ...]
    bare: tuple[Project, ...]


def list_json(files: Sequence[File]) -> Iterator[str | Unreadable]:
    """A line of JSON for each record, in order of files; the lines are held back in a file until all are linked.

    With a single file there is nothing to link, and each line comes as soon as it is there.
    """
    if len(files) < 2:
        for listed in read_files(files, _json_lines):
            yield from [listed] if isinstance(listed, Unreadable) else listed.lines
        return
    bare: list[Project] = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as held:
        for listed in read_files(files, _json_lines):
            if isinstance(listed, Unreadable):
                yield listed
                continue
            held.writelines(f"{line}\n" for line in listed.lines)
            bare += listed.bare if len(bare) < MOST_LINKED else ()
        links = _links(bare)
        held.seek(0)
        for number, line in enumerate(held):
            yield _linked(line.rstrip("\n"), links[number]) if number in links else line.rstrip("\n")


def list_cards(files: Sequence[File]) -> Iterator[str | Unreadable]:
    """Each record as a person reads it: its title and place, then a line a field, then the notes."""
    for listed in read_files(files, _cards):
        yield from [listed] if isinstance(listed, Unreadable) else listed.lines


def _links(bare: Sequence[Project]) -> dict[int, list[Link]]:
    """By the number of a record, the other descriptions of its project, and where each says otherwise."""
    numbers = {(project.document, project.id): number for number, project in enumerate(bare)}
    links: dict[int, list[Link]] = defaultdict(list)
    for first, second in find_same(bare):
        differ = list(contradictions(first, second))
        links[numbers[first.document, first.id]].append(_link(second, [(o.field, o.first, o.second) for o in differ]))
        links[numbers[second.document, second.id]].append(_link(first, [(o.field, o.second, o.first) for o in differ]))
    return links


def _link(other: Project, differ: Sequence[tuple[str, Span, Span]]) -> Link:
    told = [{"field": field, "span": [*here], "their_span": [*there]} for field, here, there in differ]
    return {"document": other.document, "id": other.id, "contradictions": told}


def _linked(line: str, links: list[Link]) -> str:
    return f"{line.removesuffix(UNLINKED)}{UNLINKED[:-3]}{json.dumps(links, ensure_ascii=False)}}}"


def _json_lines(file: File) -> Iterator[Listed]:
    for reading in read_file(file):
        lines = (json.dumps(to_json(one, reading.document.text), ensure_ascii=False) for one in reading.projects)
        bare = (replace(one, description="", organisations=(), places=(), fields=()) for one in reading.projects)
        yield Listed(tuple(lines), tuple(bare))


def _cards(file: File) -> Iterator[Listed]:
    for reading in read_file(file):
        yield Listed(tuple(_card(project, reading.document) for project in reading.projects), ())


def _card(project: Project, document: Document) -> str:
    page = document.page_of(project.span.start)
    where = f"{project.document} {project.span.start}–{project.span.end}" + (f", page {page}" if page else "")
    lines = [f"{project.title}  [{where}]"]
    for field in project.fields:
        if field.source != "value":
            said = " ".join(field.span.of(document.text).split())
            lines.append(
                f"  {field.label or field.name}: {said}" + (" (from prose)" if field.source == "prose" else "")
            )
    values: list[Period | Amount | Organisation | Place] = [
        *([project.period] if project.period else []), *project.amounts, *project.organisations, *project.places,
    ]  # fmt: skip
    lines += [f"  note: {value.note} ({' '.join(value.text.split())})" for value in values if value.note]
    return "\n".join(lines) + "\n"
