"""Whether a line that states a field of a project may answer a question: "Funder: Green Hill Bank" tells no joke."""

from collections.abc import Sequence

from assistant.evidence import Sentence
from assistant.grammar import LANGUAGES, grammar
from assistant.plan import FIELD, Plan
from assistant.translation import translations_of
from corpus.document import Span
from corpus.record import Field, Project
from corpus.words import fold, stem, words

TELLING = frozenset({"organisation", "amount", "period", "place", "programme", "reference", "link"})
"""Fields that say one thing alone; the value of another may tell of anything, and so may whom a project was for."""


def labelled(project: Project, span: Span) -> list[Field]:
    """The fields that a sentence states behind their labels; a labelled description is prose."""
    told = (field for field in project.fields if field.source == "label" and field.name != "description")
    return [field for field in told if field.whole.overlaps(span)]


def may_answer(project: Project, sentence: Sentence, plan: Plan) -> bool:
    """Whether a sentence states no field, one that may tell of anything, or one that the question names or asks for."""
    told = labelled(project, sentence.span)
    if not told or plan.intent == FIELD:
        return True
    held = set(_forms(words(sentence.text)))
    is_whether = grammar().whether.match(fold(plan.question)) is not None
    asked = plan.leftover if is_whether else plan.words
    if len(asked) > (0 if is_whether else 1) and all(not held.isdisjoint(_forms([word])) for word in asked):
        return True  # its value is what is asked about
    return any(
        field.name not in TELLING or field.role == "beneficiary" or _is_said(field.label, plan) for field in told
    )


def _is_said(label: str, plan: Plan) -> bool:
    own = set(_forms(words(label)))
    return any(not own.isdisjoint((*_forms([word]), *translations_of(word, plan.language))) for word in plan.words)


def _forms(said: Sequence[str]) -> list[str]:
    return [form for word in said for form in (word, *(stem(word, language) for language in LANGUAGES))]
