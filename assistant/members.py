"""The organisations of one project, fewer where a question wants those of a country or of a kind, and how many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.across import Said
from assistant.answer import Derived
from assistant.grammar import Asked, grammar
from assistant.linking import Subject
from assistant.phrases import listing, quote, say
from assistant.plan import Plan
from assistant.vocabulary import Vocabulary
from corpus.places import countries_in, names_of
from corpus.record import Organisation
from corpus.words import fold, stem, words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the organisations down: a country, words of their names; `said` as the question has it."""

    said: str
    code: str | None = None
    kinds: frozenset[str] = frozenset()


def wanted_of(plan: Plan, one: Asked, vocabulary: Vocabulary) -> Wanted | None:
    """What a question about organisations narrows them down to; None where it wants them all and does not count them."""
    said = words(plan.question)
    titles = {word for subject in plan.subjects for word in words(subject.title)}
    for place in vocabulary.places.find(said, plan.question):
        if place.code and not {said[at] for at in place.positions} <= titles:
            return Wanted(" ".join(said[at] for at in sorted(place.positions)), place.code, _kinds(plan, one, titles))
    return Wanted("", None, _kinds(plan, one, titles)) if plan.wants_number or _counts(plan) else None


def _counts(plan: Plan) -> bool:
    return bool(grammar().across["count"].search(fold(plan.question)))


def _kinds(plan: Plan, one: Asked, titles: set[str]) -> frozenset[str]:
    """Content words that may be part of the names: "Ukrainian libraries"."""
    asked = {word for match in one.pattern.finditer(fold(plan.question)) for word in words(match.group())}
    return frozenset(stem(word, plan.language) for word in plan.words if word not in asked | titles)


def answer_members(plan: Plan, one: Asked, wanted: Wanted) -> Said | None:
    """The organisations wanted, quoted and counted; None where a subject has none of that role."""
    said = Said([], [])
    for subject in plan.subjects:
        own = _of_role(subject, one)
        if not own:
            return None
        chosen = [each for each in own if _fits(subject, each, wanted)]
        if not chosen:
            return None
        kept = [each for each in chosen if wanted.kinds & {stem(word, "en") for word in words(each.name)}] or chosen
        spans = list(dict.fromkeys(each.span for each in kept))
        cites = [said.cite(subject, span) for span in spans]
        names = listing([quote(plan.language, span.of(subject.document.text)) for span in spans])
        total = [Derived("total", Decimal(len(kept))), Derived("total", Decimal(len(own)))]
        where = f" ({wanted.said})" if wanted.said else ""
        count = say(plan.language, "members", count=str(len(kept)), total=str(len(own)), where=where)
        text = f"{subject.title} – {one.names[plan.language]}, {count} {names}"
        said.say(text, cites, derived=total)
    return said


def _of_role(subject: Subject, one: Asked) -> list[Organisation]:
    organisations = subject.project.organisations if subject.project else ()
    for role in (one.meaning.role, *one.also):
        if found := [each for each in organisations if each.role == role]:
            return found
    return []


def _fits(subject: Subject, each: Organisation, wanted: Wanted) -> bool:
    if wanted.code is None:
        return True
    if each.country:
        return each.country == wanted.code
    text = each.span.of(subject.document.text)
    told = {place.country for place in countries_in(text)}
    return wanted.code in told or any(fold(name) in fold(text) for name in names_of(wanted.code))
