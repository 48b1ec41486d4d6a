"""How a field of a project is asked for, and where its words stand, whatever the field is.

By what it is (`Who funded …?`) where its label says as much or it has none, else under its label.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from corpus.document import Span
from corpus.record import Field
from corpus.words import fold
from eval.growing.asked import LANGUAGES, Asked, slug_of
from eval.growing.records import Told
from eval.growing.wording import at, title_slots
from eval.json_lines import Row

FIELD = "field"
LABEL = "field.label"
LONGEST_QUOTE = 200
"""Characters of a field's words, its label included, that a source quotes; of longer ones it names the project."""
Labels = Mapping[str, str]
"""The labels that a question may use, each with the words that it uses for it (`eval.growing.labels`)."""


def holding(one: Told, span: Span) -> Field | None:
    """The field that a value stands in; None for one that no field holds."""
    return next((field for field in one.project.fields if field.span.holds(span)), None)


def way_of(role: str, field: Field | None, labels: Labels) -> str:
    """The wordings of a role, or those of a label that says something else than the role does."""
    if field is None or field.source != "label" or field.label not in labels:
        return role
    says_role = str(at(role).get("role", ""))
    return role if says_role and re.search(rf"\b(?:{says_role})", fold(field.label)) else LABEL


def ask(
    one: Told,
    ways: str,
    what: str,
    gold: Row,
    wholes: Iterable[Field | None],
    values: Sequence[str],
    label: str = "",
) -> Asked:
    """A question for a field of a project, `what` in ids; `wholes` are the fields that the `values` stand in.

    `label` is what the question calls the field, where it is asked for under its label.
    """
    slots, languages = title_slots(one.called), LANGUAGES
    if ways == LABEL:
        what = label
        be = "are" if re.search(r"(?<![aisu])s$", label) else "is"
        slots = {language: {**own, "label": label, "be": be} for language, own in slots.items()}
        languages = languages_of(one)
    return Asked(
        FIELD, ways, slug_of(what, one.project.title), slots, (one.project.document,),
        {**gold, "sources": sources_of(one, [field for field in wholes if field], values)}, languages,
    )  # fmt: skip


def languages_of(one: Told) -> tuple[str, ...]:
    """The languages in which a label of its document may be used: Romanian labels in Romanian only."""
    return ("ro",) if one.project.language == "ro" else LANGUAGES


def sources_of(one: Told, found: Sequence[Field], values: Sequence[str]) -> list[Row]:
    """The words of the field, or all that is said of the project where what is asked for stands in it twice."""
    wholes = list(dict.fromkeys(field.whole for field in found))
    own = fold(one.own)
    if len(wholes) == 1 and all(own.count(fold(value)) == 1 for value in values):
        words = one.words_at(wholes[0])
        if len(words) <= LONGEST_QUOTE and one.text.count(wholes[0].of(one.text)) == 1:
            return [{"document": one.file, "quote": words}]
    return [project_source(one)]


def project_source(one: Told) -> Row:
    """All that its document says of a project, as what an answer has to rest on."""
    return {"document": one.file, "project": " ".join(one.project.title.split())}
