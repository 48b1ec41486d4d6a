"""Precedents as a table: what is found for an idea, what a visitor takes out of it, and how each is shown.

Knows no Gradio. What is taken along is found again by `web.track_record` from the same idea and the same store.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from assistant.live import LiveAssistant
from assistant.precedent import Fact, Precedent, Precedents
from assistant.precedents import LONGEST_IDEA
from corpus.errors import MisuseError, ProjectError
from corpus.pool import read_paths
from corpus.record import Reading
from index.filters import Filters
from index.listing import Wanted, ids_of, to_query
from index.panels.frame import Frame, Pressed

TEMPLATE = Path(__file__).with_name("precedents.jinja")
EVERY = Wanted()
SHOWN = 20
"""Projects that are found at most."""
MOST_LACKING = 12
"""Words that a project does not mention that are told; a whole draft has hundreds."""
DRAFTS = (".docx", ".odt", ".pdf", ".txt", ".md", ".html")
"""Endings of files that a draft can be read from."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for an idea among the projects `wanted`, and by `key_of` what of it was taken out.

    `precedents` are None before anything is looked for.
    """

    precedents: Precedents | None = None
    wanted: Wanted = EVERY
    out: frozenset[str] = frozenset()

    @property
    def kept(self) -> tuple[Precedent, ...]:
        """Those that are left."""
        found = self.precedents.found if self.precedents else ()
        return tuple(one for one in found if key_of(one) not in self.out)

    @property
    def kept_precedents(self) -> Precedents:
        """The same as precedents of the idea.

        Raises:
            MisuseError: nothing was found yet.
        """
        if self.precedents is None:
            raise MisuseError("nothing was found yet; look for precedents first")
        return replace(self.precedents, found=self.kept)


def precedents_for(frame: Frame, live: LiveAssistant, idea: str, wanted: Wanted) -> Precedents:
    """The projects most like an idea, of those that are wanted.

    Raises:
        MisuseError: the idea holds no word.
    """
    if not any(character.isalnum() for character in idea):
        raise MisuseError(frame.say("Write your idea first, in a sentence or two, or read it from a file."))
    filters = None if wanted == EVERY else Filters(projects=tuple(ids_of(live.current(), wanted)))
    return live.precedents(idea[:LONGEST_IDEA], count=SHOWN, filters=filters)


def trim(found: Found, done: Pressed) -> Found:
    """What is left after a project was taken out (`out`), or all were put back (`back`)."""
    if done.act == "out" and done.value:
        return replace(found, out=found.out | {done.value})
    return replace(found, out=frozenset()) if done.act == "back" else found


def key_of(precedent: Precedent) -> str:
    """By what a project is known here: its id, or its title where no fact of it is told."""
    told = [fact.citation.project_id for fact in (*precedent.facts, *precedent.reasons)]
    return next((one for one in told if one), precedent.title)


def found_html(frame: Frame, found: Found, *, trouble: str = "", can_draft: bool = False) -> Markup:
    """The table, what can be done with it, or why there is none; `can_draft` where there is a model that writes."""
    kept = [(key_of(one), one, _by_label(one)) for one in found.kept]
    labels = list(dict.fromkeys(fact.label for one in found.kept for fact in one.facts))
    return frame.render(
        TEMPLATE, found=found, kept=kept, labels=labels, trouble=trouble, query=to_query(found.wanted),
        most_lacking=MOST_LACKING, can_draft=can_draft,
    )  # fmt: skip


def _by_label(precedent: Precedent) -> Mapping[str, list[Fact]]:
    told: dict[str, list[Fact]] = {}
    for fact in precedent.facts:
        told.setdefault(fact.label, []).append(fact)
    return told


def read_draft(frame: Frame, path: str) -> str:
    """The text of a file, as an idea.

    Raises:
        MisuseError: it cannot be read, or holds no text.
    """
    try:
        read = [one.document.text for one in read_paths([Path(path)]) if isinstance(one, Reading)]
    except ProjectError:  # which would name the place that it was uploaded to
        read = []
    if not any(text.strip() for text in read):
        name = Path(path).name
        raise MisuseError(
            frame.say("{name} cannot be read; give a Word, PDF or text file that holds text, or paste it.", name=name)
        )
    return "\n".join(read)[:LONGEST_IDEA]
