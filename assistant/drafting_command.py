"""`python -m assistant precedents … --draft`: the section as it is written, on a terminal or as a file."""

import sys
from collections.abc import Iterator
from pathlib import Path

from assistant.answer import place_of, render
from assistant.assistant import Assistant
from assistant.export import to_markdown
from assistant.llm.experience import draft_section, section_deadline
from assistant.llm.language_model import LanguageModel
from assistant.llm.message import Deadline
from assistant.llm.section import Part, Section, gathered, notice_of
from assistant.llm.section_paper import about_of, check_ending, write_section
from assistant.precedent import Precedents
from assistant.precedents_paper import TRACK_RECORD

ITALIC = "\x1b[3m", "\x1b[23m"
"""What a terminal takes for the start and the end of italic letters (ECMA-48)."""
DRAFT = "[draft]"
"""Stands before each sentence that only connects others."""


def draft(found: Precedents, assistant: Assistant, model: LanguageModel | None, out: Path | None) -> None:
    """Print a section about precedents part by part as it is written, or write it to `out`.

    Raises:
        MisuseError: `out` is no place for a draft; before anything is asked of the model.
    """
    if out is not None:
        check_ending(out.suffix, out)
    material = gathered(found, assistant.records)
    section, printed = Section(found), 0
    for section in draft_section(model, material, section_deadline(model, material) if model else Deadline.within(0)):
        if out is None and section.is_written:
            # The last part may still change: what was refused is asked for once more.
            settled = section.parts if section.is_finished else section.parts[:-1]
            for part in settled[printed:]:
                print("\n".join(_lines(section, part)), end="\n\n", flush=True)
            printed = len(settled)
    if notice := notice_of(section):
        print(notice, file=sys.stderr)
    if out is not None:
        write_section(section, out)
        print(f"{out}: {len(found.found)} of {found.total} projects")
    elif section.is_written:
        print("\n".join(_sources(section)))
    else:
        print(to_markdown(section.precedents, TRACK_RECORD))


def _lines(section: Section, part: Part) -> Iterator[str]:
    start, end = ITALIC if sys.stdout.isatty() else ("", "")
    if title := section.title_of(part):
        yield f"## {title}\n"
    for one in part.statements:
        yield f"{start}{DRAFT} {one.text}{end}" if one.is_connecting else render(one)


def _sources(section: Section) -> Iterator[str]:
    yield from (f"({line})" for line in about_of(section))
    yield ""
    for citation in section.citations:
        yield f"[{citation.n}] {citation.project}, {place_of(citation)}: {' '.join(citation.quote.split())}"
