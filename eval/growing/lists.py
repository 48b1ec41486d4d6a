"""Questions over several projects: which fulfil a condition, how many, how much together, which has the most.

A sum and an extreme are asked only where each project has its amount, exact, and all in one unit.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.record import Amount
from corpus.words import fold
from eval.growing.asked import LANGUAGES, Asked, slug_of
from eval.growing.asking import LABEL, Labels, holding, languages_of, project_source, way_of
from eval.growing.conditions import Condition
from eval.growing.records import Records, Told, apart_from_each_other
from eval.growing.titles import ALIKE
from eval.growing.values import amount_ways, count_ways, exact
from eval.growing.wording import at, clause
from eval.json_lines import Row

LIST, COUNT, SUM, EXTREME = "list", "count", "sum", "extreme"
LONGEST_LIST = 12
MOST_COUNTED = 60
MOST_SOURCES = 20
"""Records that a count names as its sources; of more than that nobody reads them."""
LEAST_COMPARED = 3
OUTSIDE = 3
"""Titles that must not be in a list."""
ROLES = ("budget", "grant")
Measured = tuple[Decimal, str | None]
"""An amount and its currency."""


def lists(records: Records, condition: Condition) -> Iterator[Asked]:
    """Which projects fulfil the condition."""
    inside = told_of(records, condition.inside)
    if not (inside and len(inside) <= LONGEST_LIST and condition.outside and all(map(records.is_apart, inside))):
        return
    names = [records.names(one) for one in inside]
    if not apart_from_each_other([one[0] for one in names]):
        return
    gold = {"all": names, "none": _near(records, condition, inside), "sources": list(map(project_source, inside))}
    yield _asked(LIST, "list", condition, inside, gold)


def _near(records: Records, condition: Condition, inside: Sequence[Told]) -> list[str]:
    """Titles that a wrong list might have: of projects that for certain do not fulfil the condition."""
    outside = told_of(records, condition.outside)
    records.random.shuffle(outside)
    documents = {one.project.document for one in inside}
    outside.sort(key=lambda one: one.project.document not in documents)
    own = [name for one in inside for name in records.names(one)]
    found: list[str] = []
    for one in outside:
        title = records.names(one)[0]
        if records.is_apart(one) and all(apart_from_each_other([title, name]) for name in (*own, *found)):
            found.append(title)
        if len(found) == OUTSIDE:
            break
    return found


def counts(records: Records, condition: Condition) -> Iterator[Asked]:
    """How many projects fulfil the condition."""
    inside = told_of(records, condition.inside)
    if not (1 < len(inside) <= MOST_COUNTED and condition.outside and _are_several(records, inside)):
        return
    ways = [form.format(n=number) for form in at("count")["said"] for number in count_ways(len(inside))]
    are_named = len(inside) <= MOST_SOURCES and all(map(records.is_apart, inside))
    gold = {"answers": ways, "sources": list(map(project_source, inside)) if are_named else []}
    yield _asked(COUNT, "count", condition, inside, gold)


def _are_several(records: Records, told: Sequence[Told]) -> bool:
    """Whether no two of them may be one project told twice."""
    from rapidfuzz import fuzz, process

    titles = [records.titles.plain[one.number] for one in told]
    references = [one.project.reference for one in told if one.project.reference]
    alike = process.cdist(titles, titles, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE)
    return len(set(references)) == len(references) and int((alike >= ALIKE).sum()) == len(titles)


def sums(records: Records, condition: Condition, labels: Labels) -> Iterator[Asked]:
    """How much the projects have together."""
    inside = told_of(records, condition.inside)
    if not (1 < len(inside) <= MOST_COUNTED and all(map(records.is_apart, inside))):
        return
    for role in ROLES:
        if found := measured(inside, role, labels):
            amounts, path, label = found
            total, currency = sum(amount for amount, _ in amounts), amounts[0][1]
            gold = {"answers": amount_ways(Decimal(total), currency), "sources": _some_sources(inside)}
            yield _measured(SUM, "sum", condition, inside, gold, (path, "total", label))


def extremes(records: Records, condition: Condition, labels: Labels) -> Iterator[Asked]:
    """Which of the projects has the largest or the smallest amount."""
    inside = told_of(records, condition.inside)
    if not (LEAST_COMPARED <= len(inside) <= MOST_COUNTED and _are_several(records, inside)):
        return
    for role in ROLES:
        if not (found := measured(inside, role, labels)):
            continue
        amounts, path, label = found
        values = [amount for amount, _ in amounts]
        for form, best in (("largest", max(values)), ("smallest", min(values))):
            tops = [one for one, value in zip(inside, values, strict=True) if value == best]
            if len(tops) == 1 and records.is_apart(tops[0]):
                gold = {"answers": records.names(tops[0]), "sources": [project_source(tops[0])]}
                yield _measured(EXTREME, "extreme", condition, tops, gold, (path, form, label))


def told_of(records: Records, numbers: frozenset[int]) -> list[Told]:
    """The projects of these numbers, in order."""
    return [records.told[number] for number in sorted(numbers)]


def measured(told: Sequence[Told], role: str, labels: Labels) -> tuple[list[Measured], str, str] | None:
    """(amounts, the words of the measure, its label) of all, if each is exact and all are of one unit; else None.

    Without a currency that is so in one column of one register. The words are the role's, or else one label's.
    """
    found = [[amount for amount in one.project.amounts if amount.role == role] for one in told]
    if any(len(own) != 1 for own in found):
        return None
    return of_one_unit(told, [own[0] for own in found], role, labels)


def of_one_unit(
    told: Sequence[Told], amounts: Sequence[Amount], role: str, labels: Labels
) -> tuple[list[Measured], str, str] | None:
    """The same for one amount of each project."""
    values = [exact(amount) for amount in amounts]
    fields = [holding(one, amount.span) for one, amount in zip(told, amounts, strict=True)]
    if any(value is None for value in values) or len({amount.currency for amount in amounts}) > 1:
        return None
    own_labels = {fold(field.label) if field else "" for field in fields}
    if amounts[0].currency is None and (len(own_labels) > 1 or len({one.file for one in told}) > 1):
        return None
    pairs = [(value, amounts[0].currency) for value in values if value is not None]
    ways = {way_of(f"field.amount.{role}", field, labels) for field in fields}
    label = labels.get(fields[0].label, "") if fields[0] else ""
    if LABEL not in ways:
        return pairs, f"measure.{role}", ""
    if len(own_labels) == 1 and label:
        return pairs, "measure.label", label
    return None


def _some_sources(told: Sequence[Told]) -> list[Row]:
    return list(map(project_source, told)) if len(told) <= MOST_SOURCES else []


def _asked(kind: str, ways: str, condition: Condition, told: Sequence[Told], gold: Row) -> Asked:
    slots = {
        language: {"finite": condition.finite[language], "noun": condition.noun[language]}
        for language in condition.languages
    }
    documents = tuple(dict.fromkeys(one.project.document for one in told))
    return Asked(kind, ways, slug_of(condition.slug), slots, documents, gold, condition.languages)


def _measured(
    kind: str, ways: str, condition: Condition, told: Sequence[Told], gold: Row, measure: tuple[str, str, str]
) -> Asked:
    """The question with the words of its measure: (their table, the form of them, the label)."""
    path, form, label = measure
    asked = _asked(kind, ways, condition, told, gold)
    gap = "total" if kind == SUM else "most"
    languages = tuple(one for one in asked.languages if not label or one in _label_languages(told))
    slots = {one: {**asked.slots[one], gap: clause(path, one, form, label=label)} for one in languages}
    slug = slug_of(form, label or path.rpartition(".")[2], condition.slug)
    return Asked(kind, ways, slug, slots, asked.documents, gold, languages)


def _label_languages(told: Sequence[Told]) -> tuple[str, ...]:
    return ("ro",) if any(languages_of(one) == ("ro",) for one in told) else LANGUAGES
