"""What a person should look at before trusting a corpus: findings, each with its place and the words in question."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.decoding import mojibake_in
from corpus.document import Document, Span, Unreadable
from corpus.doubts import notes_on
from corpus.files import File
from corpus.pool import read_files
from corpus.reading import read_file
from corpus.record import FROM_PROSE, START_AGREED, Project, Reading
from corpus.same import contradictions, find_same

LONGEST_QUOTE = 160
"""Characters of the text in question that a finding shows."""
MOST_OF_A_KIND = 20
"""Findings of one kind in one document that are told one by one; the rest are counted."""
MANY_ROWS = 10
"""Rows of a table or register that gives no project although it may well be one of projects."""
MOST_COMPARED = 100_000
"""Records of which what is needed to compare them is kept in memory, some 2 kB each."""
Place = tuple[int, int | None, str]
"""Line, page and words of a span."""
DAMAGE = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `line` and `page` count from 1, in the canonical text; 0 and None where there is none."""

    severity: str
    kind: str
    source: str
    message: str
    project: str = ""
    line: int = 0
    page: int | None = None
    span: Span | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is kept of a record to compare it with those of other files: the bare project, and its values' places."""

    project: Project
    places: dict[Span, Place]


@dataclass(frozen=True, slots=True)
class Checked:
    """What one document gave."""

    findings: tuple[Finding, ...]
    records: tuple[Compared, ...]


def check(files: Sequence[File]) -> Iterator[Finding]:
    """Findings file by file, then those that take two files; texts are let go as soon as their file is done."""
    records: list[Compared] = []
    for checked in read_files(files, check_file):
        if isinstance(checked, Unreadable):
            yield Finding("error", "unreadable", checked.source, checked.reason)
            continue
        yield from checked.findings
        if len(files) > 1 and len(records) < MOST_COMPARED:
            records += checked.records
    yield from _pair_findings(records)
    if len(records) >= MOST_COMPARED:
        yield Finding(
            "hint", "not compared", "", f"only the first {len(records):,} records were looked for in two files"
        )


def check_file(file: File) -> Iterator[Checked]:
    """What one file gives, document by document; of findings of one kind, the first.

    Raises:
        UnreadableError: as `corpus.reading.read_file`.
    """
    seen: dict[str, int] = defaultdict(int)
    last: dict[str, Finding] = {}
    for reading in read_file(file):
        kept = []
        for finding in _document_findings(reading):
            seen[finding.kind] += 1
            last[finding.kind] = finding
            if seen[finding.kind] <= MOST_OF_A_KIND:
                kept.append(finding)
        yield Checked(tuple(kept), tuple(_compared(reading.document, project) for project in reading.projects))
    # A register of ten thousand rows without a funder is one thing to look at.
    more = (
        replace(
            last[kind], message=f"{times - MOST_OF_A_KIND:,} more like the ones before", source=file.source, project="",
            line=0, page=None, span=None, quote="",
        )
        for kind, times in seen.items()
        if times > MOST_OF_A_KIND
    )  # fmt: skip
    yield Checked(tuple(more), ())


def to_json(finding: Finding) -> dict[str, Any]:
    """A finding as the command line prints it."""
    span = [finding.span.start, finding.span.end] if finding.span else None
    return {
        "severity": finding.severity,
        "kind": finding.kind,
        "document": finding.source,
        "project": finding.project or None,
        "line": finding.line or None,
        "page": finding.page,
        "span": span,
        "text": finding.quote,
        "message": finding.message,
    }


def _document_findings(reading: Reading) -> Iterator[Finding]:
    document = reading.document
    for note in document.notes:
        yield Finding("warning", "partly read", document.source, note)
    for start, end in mojibake_in(document.text):
        yield _at(document, Span(start, end), "warning", "garbled text", "decoded wrongly before it came here")
    damaged = document.text.find(DAMAGE)
    if damaged >= 0:
        times = document.text.count(DAMAGE)
        span = Span(damaged, damaged + 1)
        yield _at(document, span, "warning", "lost letters", f"{times} characters could not be decoded")
    if not reading.projects:
        yield _no_project(document)
    for project in reading.projects:
        yield from _project_findings(document, project)
    yield from _agreed(document, reading.projects)
    yield from _duplicates(document, reading.projects)


def _agreed(document: Document, projects: Sequence[Project]) -> Iterator[Finding]:
    """Where days of agreement stand for starts: once for each label, it is one thing to know."""
    labels: dict[str, list[Project]] = defaultdict(list)
    for project in projects:
        if project.period and START_AGREED in project.period.note:
            labels[project.period.note.partition(START_AGREED)[2].partition("”")[0].strip(" “")].append(project)
    for label, group in labels.items():
        span = group[0].period.span if group[0].period else group[0].span
        told = f"the date under “{label}” stands for the start of {len(group):,} project{'s' * (len(group) > 1)}"
        yield _at(document, span, "hint", "period", told, group[0])


def _no_project(document: Document) -> Finding:
    """A page may well have no project; where a table of many rows has none, its columns were not understood."""
    rows = [block for block in document.blocks if block.kind in ("record", "row")]
    if len(rows) < MANY_ROWS:
        return Finding("hint", "no project", document.source, "no project was found in it; its text can still be asked")
    told = (
        f"none of its {len(rows):,} rows became a project; if they are projects, name the columns: the one of their "
        "titles “Project title”, and those of dates, amounts and organisations by what they hold"
    )
    return _at(document, rows[0].span, "warning", "no project", told)


def _project_findings(document: Document, project: Project) -> Iterator[Finding]:
    for one in notes_on(project):
        yield _at(document, one.span, one.severity, one.kind, one.note, project)
    if not project.period:
        yield _lacks(document, project, "period")
    if not project.amounts:
        yield _lacks(document, project, "amount")
    if not any(organisation.role in ("funder", "sponsor", "supporter") for organisation in project.organisations):
        yield _lacks(document, project, "funder")
    for field in project.fields:
        if field.source == "prose":
            yield _at(document, field.span, "hint", FROM_PROSE, f"{field.role or field.name} {FROM_PROSE}", project)


def _lacks(document: Document, project: Project, what: str) -> Finding:
    span = project.title_span or project.span
    return _at(document, span, "hint", f"no {what}", f"no {what} is told", project)


def _duplicates(document: Document, projects: Sequence[Project]) -> Iterator[Finding]:
    """Records of one title in one document: one project told twice, or two that only the reader can tell apart."""
    first: dict[str, Project] = {}
    for project in projects:
        there = first.setdefault(project.title.casefold(), project)
        if there is not project and not (
            there.reference and project.reference and there.reference != project.reference
        ):
            line = _place(document, there.title_span or there.span)[0]
            span = project.title_span or project.span
            yield _at(document, span, "warning", "duplicate", f"line {line} has a project of this title too", project)


def _compared(document: Document, project: Project) -> Compared:
    spans = [project.title_span or project.span, *(amount.span for amount in project.amounts)]
    spans += [project.period.span] if project.period else []
    bare = replace(project, description="", organisations=(), places=(), fields=())
    return Compared(bare, {span: _place(document, span) for span in spans})


def _pair_findings(records: Sequence[Compared]) -> Iterator[Finding]:
    """Where two files tell of one project: that they do, and each field in which they differ."""
    places = {(one.project.document, one.project.id): one.places for one in records}
    for first, second in find_same([one.project for one in records]):
        there, here = (places[one.document, one.id] for one in (first, second))
        span = second.title_span or second.span
        told = f"{first.document}, {_told_at(there[first.title_span or first.span])}, tells of it too"
        yield _found("hint", "same project", second, told, span, here[span])
        for one in contradictions(first, second):
            told = f"{first.document}, {_told_at(there[one.first])}, says “{there[one.first][2]}”"
            yield _found("error", f"contradiction in {one.field}", second, told, one.second, here[one.second])


def _told_at(place: Place) -> str:
    line, page, _ = place
    return f"page {page}" if page else f"line {line}"


def _found(severity: str, kind: str, project: Project, message: str, span: Span, place: Place) -> Finding:
    return Finding(severity, kind, project.document, message, project.title, *place[:2], span, place[2])


def _at(
    document: Document, span: Span, severity: str, kind: str, message: str, project: Project | None = None
) -> Finding:
    line, page, quote = _place(document, span)
    return Finding(severity, kind, document.source, message, project.title if project else "", line, page, span, quote)


def _place(document: Document, span: Span) -> Place:
    """Line, page and words of a span."""
    line = document.text.count("\n", 0, span.start) + 1
    quote = span.of(document.text)
    shown = quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1] + "…"
    return line, document.page_of(span.start), shown.replace("\n", " ")
