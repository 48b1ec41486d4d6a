"""What a question leaves unsaid, taken from the ones before it."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar import grammar
from assistant.linking import Subject
from assistant.plan import ABILITIES, ACROSS, COMPARISON, DESCRIPTION, FIELD, GREETED, LIST, PASSAGE, PRECEDENT, Plan
from corpus.words import fold, words


def follow(plan: Plan, before: Sequence[Plan]) -> Plan:
    """The plan with what it leaves unsaid."""
    if not before or plan.intent in (GREETED, ABILITIES, PRECEDENT):
        return plan
    last = before[-1]
    folded = fold(plan.question)
    across = grammar().across
    if last.intent == ACROSS and not plan.subjects:
        narrowed = _narrowed(plan, last, folded)
        if narrowed:
            return narrowed
    recent = _recent(before)
    if not plan.subjects and len(recent) > 1 and across["comparative"].search(folded):
        fields = plan.fields or last.fields
        return replace(plan, intent=COMPARISON, subjects=recent[-2:], fields=fields, inherited=True)
    return _of_subjects(plan, last, folded)


def _narrowed(plan: Plan, last: Plan, folded: str) -> Plan | None:
    """A question about what the one before listed: fewer of them, which ones they are, the largest of them."""
    across = grammar().across
    if across["which_ones"].match(folded.strip(" ?!.")) and not plan.conditions:
        return replace(last, question=plan.question, language=plan.language, operation=LIST, inherited=True)
    if across["only"].search(folded):
        return replace(
            plan,
            intent=ACROSS,
            operation=plan.operation or LIST,
            conditions=(*last.conditions, *plan.conditions),
            measure=plan.measure if plan.operation else last.measure,
            inherited=True,
        )
    return None


def _recent(before: Sequence[Plan]) -> tuple[Subject, ...]:
    """What the last questions were about, each once, the latest last."""
    found = {subject.key: subject for plan in before[-3:] for subject in plan.subjects}
    return tuple(found.values())


def _of_subjects(plan: Plan, last: Plan, folded: str) -> Plan:
    leans = bool(grammar().same_again.match(folded))
    if plan.subjects:
        if leans and plan.intent in (DESCRIPTION, PASSAGE) and last.intent == FIELD:
            return replace(plan, intent=FIELD, fields=last.fields, labels=last.labels, leftover=(), narrowing=())
        return plan
    if not last.subjects:
        return plan
    chosen = _one_of(last, plan.place) if len(last.subjects) > 1 else last.subjects
    pointing = set(words(plan.question)) & grammar().anaphora[plan.language]
    if leans or pointing or plan.place != 1 or (plan.intent == FIELD and not plan.leftover):
        intent = DESCRIPTION if plan.intent == PASSAGE and not plan.leftover else plan.intent
        intent = FIELD if plan.intent == ACROSS and plan.fields else intent
        return replace(plan, subjects=chosen, intent=intent, inherited=True)
    return plan


def _one_of(last: Plan, place: int) -> tuple[Subject, ...]:
    """The second one, the last one; all of them where none is singled out."""
    if place == 1 or not -len(last.subjects) <= place <= len(last.subjects):
        return last.subjects
    return (last.subjects[place - 1 if place > 0 else place],)
