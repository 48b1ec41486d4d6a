"""Said: statements and citations of an answer in the making."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Citation, Derived, Statement, cite
from assistant.linking import Subject
from corpus.document import Document, Span
from corpus.record import Project


@dataclass(slots=True)
class Said:
    """What has been said so far; a span is cited once, and where two sources say the same, the line is said once."""

    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    def cite(self, subject: Subject, span: Span) -> int:
        """The number of the citation of words of a subject's document."""
        return self.cite_in(subject.document, span, subject.project)

    def cite_in(self, document: Document, span: Span, project: Project | None, decisive: Sequence[Span] = ()) -> int:
        """The number of the citation of a span, which is added where it is not there yet."""
        for there in self.citations:
            if (there.document_id, there.span) == (document.id, span):
                return there.n
        made = cite(len(self.citations) + 1, document, span, project)
        self.citations.append(replace(made, decisive=tuple(decisive)))
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
