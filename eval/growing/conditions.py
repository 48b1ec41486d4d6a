"""Which projects fulfil a condition that a question may set, such as a funder; and which for certain do not.

A condition is left out where any project may or may not fulfil it: one whose text has the name in another place, or
that names somebody so much alike that two people would disagree. Knows no question.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.country_names import names_of
from corpus.record import Organisation
from corpus.words import fold
from eval.growing.asked import LANGUAGES
from eval.growing.asking import Labels, holding, languages_of
from eval.growing.fields import DATE, FIGURE, NO_VALUE, is_told_plainly, value_ways
from eval.growing.records import Records, Told
from eval.growing.values import country_in, in_sentence, initials
from eval.growing.wording import clause

ROLES = ("funder", "partner")
COVERED = 0.95
"""Part of the records from which on a field is the register's own: whoever else is mentioned does not matter."""
LIKE = 80.0
"""Of 100, from where on two names may be one organisation's, by `rapidfuzz.fuzz.token_set_ratio`."""
LONGEST_NAME, LONGEST_VALUE = 70, 40
RECURS = 2
"""Records for each value of a label, from which on its values tell kinds of projects apart."""
SUM = re.compile(r"[£€$\n]|\d[\d.,]{2,}\d(?!-)(?<!\d{4})")
"""What a name has that is more than a name: money, or another line; years are parts of names."""
Finder = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """`finite` and `noun`, by language, are what a question says for it: `were funded by X`, `funded by X`.

    `inside` fulfil it, `outside` for certain do not; of others the documents do not tell.
    """

    slug: str
    finite: Mapping[str, str]
    noun: Mapping[str, str]
    inside: frozenset[int]
    outside: frozenset[int]
    languages: tuple[str, ...] = LANGUAGES


def both(one: Condition, other: Condition) -> Condition:
    """What fulfils both, said one after the other: `in Latvia with the status Closed`; outside it fulfil the first."""
    languages = tuple(language for language in one.languages if language in other.languages)
    return Condition(
        f"{one.slug} {other.slug}",
        {language: f"{one.noun[language]} {other.finite[language]}" for language in languages},
        {language: f"{one.noun[language]} {other.noun[language]}" for language in languages},
        one.inside & other.inside,
        one.inside & other.outside,
        languages,
    )


def conditions(records: Records, labels: Labels) -> Iterator[Condition]:
    """All that the records bear, in no order."""
    for role in ROLES:
        yield from _by_organisation(records, role)
    yield from _by_programme(records)
    yield from by_place(records)
    yield from _by_year(records)
    yield from by_label(records, labels)
    yield from by_currency(records)


def _condition(
    path: str,
    slots: Mapping[str, Mapping[str, str]],
    inside: Iterable[int],
    outside: Iterable[int],
    languages: tuple[str, ...] = LANGUAGES,
) -> Condition:
    said = {form: {one: clause(path, one, form, **slots[one]) for one in languages} for form in ("finite", "noun")}
    slug = f"{path.rpartition('.')[2]} {' '.join(slots[languages[0]].values())}"
    return Condition(slug, said["finite"], said["noun"], frozenset(inside), frozenset(outside) - set(inside), languages)


def _same(**gaps: str) -> dict[str, dict[str, str]]:
    return {language: dict(gaps) for language in LANGUAGES}


# Names


def _by_organisation(records: Records, role: str) -> Iterator[Condition]:
    named: dict[str, tuple[str, set[int]]] = {}
    told: set[int] = set()
    for one in records.told:
        for organisation in one.project.organisations:
            if organisation.role == role and _is_plain(one, organisation):
                told.add(one.number)
                named.setdefault(fold(organisation.name), (organisation.name, set()))[1].add(one.number)
    every = {organisation.name for one in records.told for organisation in one.project.organisations}
    for name, inside in named.values():
        if _is_clear(name, every) and records.speaking_of(name) <= inside:
            yield _condition(f"condition.{role}", _same(name=name), inside, told)


def _is_plain(one: Told, organisation: Organisation) -> bool:
    field = holding(one, organisation.span)
    return not organisation.note and (field is None or field.role in ("", organisation.role))


def _is_clear(name: str, every: Iterable[str]) -> bool:
    """Whether it is a name that a question may use and that is no other way to write one of the others."""
    from rapidfuzz import fuzz

    folded = fold(name)
    if len(name) > LONGEST_NAME or not name[:1].isupper() or SUM.search(name):
        return False
    others = [other for other in every if fold(other) != folded]
    return (
        name not in set(map(initials, others))
        and initials(name) not in others
        and all(fuzz.token_set_ratio(folded, fold(other)) < LIKE for other in others)
    )


def _by_programme(records: Records) -> Iterator[Condition]:
    named: dict[str, tuple[str, set[int]]] = {}
    for one in records.told:
        for field in one.project.fields:
            if field.name == "programme" and field.source != "prose":
                name = one.words_at(field.span)
                named.setdefault(fold(name), (name, set()))[1].add(one.number)
    every = {name for name, _ in named.values()}
    told = {number for _, own in named.values() for number in own}
    for name, inside in named.values():
        if _is_clear(name, every) and records.speaking_of(name) <= inside:
            yield _condition("condition.programme", _same(name=name), inside, told)


# Places


def by_place(records: Records) -> Iterator[Condition]:
    """By the countries that stand in a field of their own."""
    held: dict[str, set[int]] = {}
    mentioned: dict[str, set[int]] = {}
    told: set[int] = set()
    for one in records.told:
        for place in one.project.places:
            if place.country and not place.note:
                told.add(one.number)
                held.setdefault(place.country, set()).add(one.number)
            elif place.country:
                mentioned.setdefault(place.country, set()).add(one.number)
    covers = len(told) >= COVERED * len(records.told)
    for code, inside in sorted(held.items()):
        names = {language: country_in(code, language) for language in LANGUAGES}
        if not all(names.values()):
            continue
        spoken = set() if covers else set().union(*(records.speaking_of(name) for name in names_of(code)))
        if (spoken | (set() if covers else mentioned.get(code, set()))) <= inside:
            slots = {language: {"place": in_sentence(own[0], language)} for language, own in names.items()}
            yield _condition("condition.place", slots, inside, told)


# Years, labels, currencies


def _by_year(records: Records) -> Iterator[Condition]:
    started: dict[str, set[int]] = {}
    for one in records.told:
        period = one.project.period
        if period and period.start and is_told_plainly(period):
            started.setdefault(period.start[:4], set()).add(one.number)
    told = set().union(*started.values()) if started else set()
    for year, inside in sorted(started.items()):
        if records.speaking_of(year) - told == set():
            yield _condition("condition.year", _same(year=year), inside, told)


def by_label(records: Records, labels: Labels) -> Iterator[Condition]:
    """By values that recur under a label, such as a status, and by the years of dates under one."""
    for label, called in sorted(labels.items()):
        texts, romanian = _texts_under(records, label)
        languages = ("ro",) if romanian else LANGUAGES
        dated = {number: text for number, text in texts.items() if DATE.fullmatch(text)}
        if len(dated) == len(texts):
            yield from _dated(called, dated, languages)
        else:
            yield from _valued(records, called, texts, languages)


def _texts_under(records: Records, label: str) -> tuple[Finder, bool]:
    """(by project what stands under the label, where it stands once; whether Romanian documents have it)."""
    found: dict[int, str] = {}
    romanian = False
    for one in records.told:
        fields = [field for field in one.project.fields if field.label == label and field.name in ("other", "period")]
        is_agreed = all(field.name == "other" or field.role in ("agreed", "end") for field in fields)
        if len(fields) == 1 and is_agreed:
            found[one.number] = one.words_at(fields[0].span)
            romanian = romanian or languages_of(one) == ("ro",)
    return found, romanian


def _dated(called: str, texts: Finder, languages: tuple[str, ...]) -> Iterator[Condition]:
    by_year: dict[str, set[int]] = {}
    for number, text in texts.items():
        if found := re.search(r"(?:19|20)\d\d", text):
            by_year.setdefault(found.group(), set()).add(number)
    for year, inside in sorted(by_year.items()):
        yield _condition("condition.dated", _same(label=called, year=year), inside, texts, languages)


def _valued(records: Records, called: str, texts: Finder, languages: tuple[str, ...]) -> Iterator[Condition]:
    by_value: dict[str, tuple[str, set[int]]] = {}
    for number, text in texts.items():
        by_value.setdefault(fold(text), (text, set()))[1].add(number)
    if len(texts) < RECURS * len(by_value) or len(by_value) == 1:
        return
    covers = len(texts) >= COVERED * len(records.told)
    for text, inside in by_value.values():
        is_word = len(text) <= LONGEST_VALUE and value_ways(text) == [text] and not FIGURE.fullmatch(text)
        if not is_word or NO_VALUE.fullmatch(text):
            continue
        if covers or records.speaking_of(text) <= set(texts):
            yield _condition("condition.label", _same(label=called, value=text), inside, texts, languages)


def by_currency(records: Records) -> Iterator[Condition]:
    """By the currency of the budget, where there are several."""
    budgets: dict[str, set[int]] = {}
    for one in records.told:
        for amount in one.project.amounts:
            if amount.role == "budget" and amount.currency:
                budgets.setdefault(amount.currency, set()).add(one.number)
    told = set().union(*budgets.values()) if budgets else set()
    for currency, inside in sorted(budgets.items()):
        if len(budgets) > 1:
            yield _condition("condition.currency", _same(currency=currency), inside, told)
