"""Plan: a question as understood, before anything is looked up. Says itself in words; knows no store."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.grammar import Asked
from assistant.linking import Subject
from corpus.words import words
from index.filters import Filters

FIELD, PASSAGE, DESCRIPTION, ACROSS, MEMBERS, GROUPS = "field", "passage", "description", "across", "members", "groups"
COMPARISON, PRECEDENT, GREETED, ABILITIES, TASK = "comparison", "precedent", "greeting", "abilities", "task"
LIST, COUNT, SUM, AVERAGE, HIGHEST, LOWEST, SHARE = "list", "count", "sum", "average", "highest", "lowest", "share"
AMOUNT, DURATION, START, END, PARTNERS = "amount", "duration", "start", "end", "partners"


@dataclass(frozen=True, slots=True)
class Condition:
    """What the records asked for have to fulfil; `said` are the question's words for it.

    Any of `filters` will do or, where there are none or no record fulfils one, a text that holds one of each row of
    `mentions`. With `lasting`, a period told whole has to last so long. With `labels`, a date under one of these labels
    has to be within one of `dated`, ISO 8601. With `parts`, any of these will do. If it `is_negated`, the records
    asked for are the others.
    """

    kind: str
    said: str
    filters: tuple[Filters, ...] = ()
    mentions: tuple[tuple[str, ...], ...] = ()
    labels: tuple[str, ...] = ()
    dated: tuple[tuple[str | None, str | None], ...] = ()
    counted: tuple[Decimal | None, Decimal | None] | None = None
    """Bounds of the number that stands under one of `labels`."""
    lasting: tuple[float | None, float | None] | None = None
    """Bounds in days of how long a project lasted."""
    otherwise: tuple[Filters, ...] = ()
    unless: tuple[str, ...] = ()
    """Of records with nothing under the labels `unless`, any of `otherwise` will do."""
    parts: tuple["Condition", ...] = ()
    is_negated: bool = False


Found = list[tuple[frozenset[int], Condition]]
"""Conditions with the positions of the words that say them."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is added up or compared: amounts in `roles`, what stands under own `labels`, or a property of the period.

    Under labels `kind` START means dates, the first of each.
    """

    kind: str = AMOUNT
    roles: tuple[str, ...] = ("budget", "grant")
    labels: tuple[str, ...] = ()
    currency: str | None = None


COUNTRY, YEAR, END_YEAR, LABEL, ROLE, PROGRAMME = "country", "year", "year of end", "label", "role", "programme"


@dataclass(frozen=True, slots=True)
class Grouping:
    """What records are put together by: `names` are the source's own labels or the roles of organisations.

    `said` is the question's word for it. `rank` picks the groups with the most, HIGHEST, or the least; `only` are the
    groups that are set against each other, as `assistant.grouped` calls them.
    """

    kind: str
    said: str
    names: tuple[str, ...] = ()
    rank: str = ""
    by_count: bool = False
    """Whether groups are ranked by how many records they have, though more is told of them."""
    only: tuple[str, ...] = ()
    is_values: bool = False
    """Whether the groups themselves are asked for: "which sectors are there"."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A question as understood. `words` are what is left to look for once names and closed-class words are gone."""

    question: str
    language: str
    intent: str
    subjects: tuple[Subject, ...] = ()
    fields: tuple[Asked, ...] = ()
    labels: tuple[str, ...] = ()
    """Labels of the source's own that the question names."""
    end: str = ""
    """The end of a period that is asked for, `start` or `end`, where one is."""
    covered: tuple[Asked, ...] = ()
    """Those of `fields` that the labels stand for, where a record has these."""
    operation: str = ""
    measure: Measure = Measure()
    conditions: tuple[Condition, ...] = ()
    is_ordered: bool = False
    """Whether all records are asked for in an order, not its first ones."""
    grouped: Grouping | None = None
    """What records are put together by, where they are."""
    beyond: Subject | None = None
    """A project whose figure those asked for have to exceed, or stay below: "which projects cost less than NAME"."""
    alternatives: tuple["Plan", ...] = ()
    """What is compared and named only by what it is: "the one on tourism or the one on farming"."""
    unread: tuple[str, ...] = ()
    """Figures of a question over records that no condition explains: it is not answered without them."""
    recurring: range | None = None
    """In how many projects the organisations asked for stand, where that is bounded."""
    unknown: str = ""
    """What the question calls a project of which only the like are known."""
    excluded: tuple[Subject, ...] = ()
    """What is not asked for: "besides NAME"."""
    place: int = 1
    """Which one of an order is meant: the second largest, 2."""
    singled: bool = False
    """Whether a question says which of those spoken of before it means: "the second one"."""
    limit: int | None = None
    words: tuple[str, ...] = ()
    leftover: tuple[str, ...] = ()
    """Those of `words` that asking for a field does not explain."""
    narrowing: tuple[str, ...] = ()
    """Those of `leftover` that narrow the field down: "budget for catering", "Italian partners"."""
    heads: tuple[str, ...] = ()
    """Those of `narrowing` that are asked about in place of the subject: "what did a telescope in NAME cost"."""
    own: tuple[str, ...] = ()
    """Those of `leftover` that are asked about though they are no name: "when did the swifts move in"."""
    quoted: frozenset[str] = frozenset()
    """Those of `words` that stand between quotation marks, as titles do."""
    wants_town: bool = False
    """Whether a town, a village or a county is asked for, not a country."""
    names: frozenset[str] = frozenset()
    """Those of `words` that are written like a name or a number."""
    wants_number: bool = False
    counted: tuple[str, ...] = ()
    """The content words right behind "how many": one of them names what is counted."""
    wants_date: bool = False
    wants_name: bool = False
    wants_code: bool = False
    inherited: bool = False
    """Whether the subjects come from an earlier question."""
    unmended: str = ""
    """What a visitor wanted changed in how the question was understood, and cannot be: it is then not answered."""

    @property
    def telling(self) -> tuple[str, ...]:
        """Those of `leftover` that no condition explains."""
        explained = {word for one in self.conditions for word in words(one.said)}
        return tuple(word for word in self.leftover if word not in explained)

    @property
    def standalone(self) -> str:
        """The question with the name of what it is about, where that was said earlier."""
        return f"{self.question} ({'; '.join(s.title for s in self.subjects)})" if self.inherited else self.question

    @property
    def in_words(self) -> str:
        """The plan for a person to read."""
        about = "; ".join(dict.fromkeys(subject.title for subject in self.subjects))
        asked = [one.names["en"].lower() for one in self.fields] or [label.lower() for label in self.labels]
        if self.intent == ACROSS:
            return self._across(asked)
        if self.intent == GROUPS and self.grouped:
            return f"{self._across([])} by {', '.join(self.grouped.names) or self.grouped.kind}"
        if self.intent == MEMBERS:
            where = about or "; ".join(condition.said for condition in self.conditions)
            return f"{', '.join(asked)}: organisations{f' ({where})' if where else ''}"
        if self.intent == FIELD:
            return f"{', '.join(asked)} of {about or 'a project that is not named'}"
        if self.intent == COMPARISON:
            return f"{', '.join(asked) or 'all facts'} compared: {about}"
        if self.intent == DESCRIPTION and about:
            return f"what {about} is"
        if self.intent == TASK:
            return "something to be done, or advised"
        looked_for = ", ".join(self.words)
        if self.intent == PRECEDENT:
            return f"projects like: {looked_for}"
        return f"passages{f' of {about}' if about else ''}{f' about: {looked_for}' if looked_for else ''}"

    def _across(self, asked: list[str]) -> str:
        where = "; ".join(f"{'not ' if one.is_negated else ''}{one.said}" for one in self.conditions)
        what = ", ".join(self.measure.labels) or (
            ", ".join(self.measure.roles) if self.measure.kind == AMOUNT else self.measure.kind
        )
        wanted = self.operation or LIST
        operation = f"{wanted} of {what}" if wanted not in (LIST, COUNT, SHARE) else wanted
        told = f" with {', '.join(asked)}" if asked and wanted == LIST else ""
        return f"{operation}: projects{f' ({where})' if where else ''}{told}"
