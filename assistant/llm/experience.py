"""A draft of the section on earlier projects that a proposal has: an opening, a paragraph a project, a closing.

A language model writes it part by part; each sentence that names sources is held against them, one that names none may
only connect. A project of which nothing holds is told in its documents' own words, and all are where there is no model.
Knows nothing of how precedents are found, nor how a draft is shown.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.errors import LanguageModelError
from assistant.llm.language_model import LanguageModel
from assistant.llm.message import Deadline
from assistant.llm.paragraph import Asked, faults_of, written_part
from assistant.llm.section import Material, Part, Section, cited_in, quoted_part

MOST_FAILURES = 2
"""Of a model, after which it is not asked for the rest: one may be an accident, two would take twice the time."""
LONGEST_SECTION_S = 1800.0
"""How long a section may take in all, however many projects it has."""


def section_deadline(model: LanguageModel, material: Material) -> Deadline:
    """When a section is over: as long as one request may take, for each project and for what stands around them."""
    return Deadline.within(min(LONGEST_SECTION_S, model.settings.timeout_s * (len(material.grounds) + 2)))


def draft_section(model: LanguageModel | None, material: Material, deadline: Deadline) -> Iterator[Section]:
    """The section as it grows, each time with one more sentence that was checked; the last one is finished.

    Never raises for what a model does: what is not written is in the documents' own words.
    """
    done = shown = Section(material.precedents, has_model=model is not None)
    if model is not None:
        projects = range(1, len(material.grounds) + 1)
        order = [Asked(model, material, rank, deadline) for rank in (0, *projects)] if projects else []
        order += [Asked(model, material, 0, deadline, is_last=True)] if projects else []
        failures = 0
        for asked in order:
            try:
                for part, left_out in written_part(asked):
                    shown = _with(done, part, left_out, material)
                    yield shown
            except LanguageModelError as error:
                logging.getLogger(__name__).warning("the language model broke off a draft: %s", error)
                shown = replace(shown, trouble=str(error))
                failures += 1
            done = shown
            if failures == MOST_FAILURES:
                break
    yield _finished(done, material)


def checked_section(material: Material, told: Sequence[Part]) -> Section:
    """A section of parts that come from outside, such as a page's form: of them, what holds."""
    parts, left_out = [], 0
    for part in told:
        if not 0 <= part.rank <= len(material.grounds):
            continue
        kept = [one for one in part.statements if not (part.is_quoted or faults_of(one, material, part.rank))]
        left_out += 0 if part.is_quoted else len(part.statements) - len(kept)
        parts += [Part(part.rank, tuple(kept))] if kept else []
    return _finished(Section(material.precedents, tuple(parts), left_out=left_out), material)


def _with(section: Section, part: Part, left_out: int, material: Material) -> Section:
    parts = (*section.parts, part) if part.statements else section.parts
    return replace(section, parts=parts, citations=cited_in(parts, material), left_out=section.left_out + left_out)


def _finished(section: Section, material: Material) -> Section:
    """The section with all projects in it, in order, those not written quoted; where all are, they stand alone."""
    written = {part.rank: part for part in section.parts if part.rank and part.is_stating}
    projects = [written.get(rank) or quoted_part(material, rank) for rank in range(1, len(material.grounds) + 1)]
    around = [(at, part) for at, part in enumerate(section.parts) if not part.rank]
    if all(part.is_quoted for part in projects):
        around = []
    opening, last = ([part for at, part in around if (at == 0) is first][:1] for first in (True, False))
    parts = (*opening, *projects, *last)
    return replace(section, parts=parts, citations=cited_in(parts, material), is_finished=True)
