"""Said: statements and citations of an answer in the making."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.answer import Citation, Derived, Statement, cite
from assistant.linking import Subject
from corpus.document import Document, Span
from corpus.record import Project


@dataclass(slots=True)
class Said:
    """What has been said so far; a span is cited once, and where two sources say the same, the line is said once."""

    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    vouched: set[Decimal] = field(default_factory=set)
    """Figures over more records than are cited, as the catalogue gives them."""

    _numbers: dict[tuple[str, Span], int] = field(default_factory=dict)

    def vouch(self, value: Decimal | int, currency: str | None = None) -> Derived:
        """A derived figure that rests on the catalogue and on no quote."""
        self.vouched.add(Decimal(value))
        return Derived("total", Decimal(value), currency)

    def cite(self, subject: Subject, span: Span) -> int:
        """The number of the citation of words of a subject's document."""
        return self.cite_in(subject.document, span, subject.project)

    def cite_in(self, document: Document, span: Span, project: Project | None, decisive: Sequence[Span] = ()) -> int:
        """The number of the citation of a span, added where it is not there yet; `decisive` are its telling words."""
        place = (document.id, span)
        if place not in self._numbers:
            made = cite(len(self.citations) + 1, document, span, project)
            self.citations.append(replace(made, decisive=tuple(decisive)))
            self._numbers[place] = len(self.citations)
        return self._numbers[place]

    def cite_within(self, subject: Subject, span: Span) -> int:
        """The number of a citation that holds these words, the span's own where there is none."""
        there = (one for one in self.citations if one.document_id == subject.document.id and one.span.holds(span))
        return next((one.n for one in there), 0) or self.cite(subject, span)

    def say(
        self, text: str, cites: Sequence[int] = (), *, is_remark: bool = False, derived: Sequence[Derived] = ()
    ) -> None:
        """Add a statement; where it is there already, its citations go behind those of the first."""
        cites = tuple(dict.fromkeys(cites))
        for at, there in enumerate(self.statements):
            if there.text == text and not (there.derived or derived):
                both = tuple(dict.fromkeys((*there.cites, *cites)))
                self.statements[at] = Statement(text, both, there.is_remark and is_remark)
                return
        self.statements.append(Statement(text, cites, is_remark, tuple(derived)))

    def add(self, other: "Said") -> None:
        """Everything that another says, behind this; its citations numbered anew."""
        numbers = {}
        for one in other.citations:
            place = (one.document_id, one.span)
            if place not in self._numbers:
                self._numbers[place] = len(self.citations) + 1
                self.citations.append(replace(one, n=self._numbers[place]))
            numbers[one.n] = self._numbers[place]
        for statement in other.statements:
            derived = tuple(replace(one, from_=tuple(numbers[n] for n in one.from_)) for one in statement.derived)
            cites = tuple(numbers[n] for n in statement.cites)
            self.statements.append(replace(statement, cites=cites, derived=derived))
        self.vouched |= other.vouched
