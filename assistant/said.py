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

    def vouch(self, value: Decimal | int, currency: str | None = None) -> Derived:
        """A derived figure that rests on the catalogue and on no quote."""
        self.vouched.add(Decimal(value))
        return Derived("total", Decimal(value), currency)

    def cite(self, subject: Subject, span: Span) -> int:
        """The number of the citation of words of a subject's document."""
        return self.cite_in(subject.document, span, subject.project)

    def cite_in(self, document: Document, span: Span, project: Project | None) -> int:
        """The number of the citation of a span, which is added where it is not there yet."""
        for there in self.citations:
            if (there.document_id, there.span) == (document.id, span):
                return there.n
        self.citations.append(cite(len(self.citations) + 1, document, span, project))
        return len(self.citations)

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
            there = next((own for own in self.citations if (own.document_id, own.span) == (one.document_id, one.span)), None)
            if there is None:
                there = replace(one, n=len(self.citations) + 1)
                self.citations.append(there)
            numbers[one.n] = there.n
        for statement in other.statements:
            derived = tuple(replace(one, from_=tuple(numbers[n] for n in one.from_)) for one in statement.derived)
            cites = tuple(numbers[n] for n in statement.cites)
            self.statements.append(replace(statement, cites=cites, derived=derived))
        self.vouched |= other.vouched
