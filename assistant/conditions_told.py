"""A condition as a page tells it, in the page's language: by what it was read as, not by the words of the question.

`funded by EEA Grants`, `running since 2014`, `with a partner from Italy`. Knows no store.
"""

from collections.abc import Sequence

from assistant.grammar import grammar
from assistant.names import CATEGORY, ORGANISATION, PLACE, PROGRAMME
from assistant.phrases import quote
from assistant.plan import Condition
from assistant.plan_words import country_called, has_word, size, when, word
from assistant.status_conditions import STATUS
from assistant.vocabulary import STATES
from corpus.words import fold
from index.filters import Filters

MOST_NAMES = 4
"""Names of a store that are told where a name of the question stands for several."""


def told_as(one: Condition, language: str) -> str:
    """What a condition asks of records, in a few words."""
    if one.kind == "field":
        return word(language, "untold" if one.is_negated else "told", what=_field(one, language))
    text = _plainly(one, language)
    return word(language, "not", what=text) if one.is_negated else text


def read_as(one: Condition) -> tuple[str, ...]:
    """What the store calls it that a condition names, where that is not what the question does."""
    names = [name for each in one.filters for name in (*_several(each.organisation), *_several(each.programme))]
    names += [name for each in one.filters for name in _several(each.place)]
    return tuple(dict.fromkeys(name for name in names if name != one.said))[:MOST_NAMES]


def _plainly(one: Condition, language: str) -> str:
    if one.parts:
        return _any_of([told_as(part, language) for part in one.parts], language)
    first = one.filters[0] if one.filters else Filters()
    if one.kind in (ORGANISATION, PROGRAMME) and one.filters:
        return _named(one, language)
    if one.kind == PLACE:
        return _placed(one, first, language)
    if one.kind == "period" and (one.dated or one.filters):
        return _timed(one, language)
    if one.kind == "amount" and one.filters:
        sizes = [size(language, each.least, each.most, each.currency) for each in one.filters]
        return _any_of(sizes, language)
    if one.kind == CATEGORY and any(each.category for each in one.filters):
        values = [each.category for each in one.filters if each.category]
        return _any_of([word(language, "valued", label=label, value=value) for label, value in values], language)
    if one.kind == STATUS:
        return _state(one, language)
    if one.kind == "mention":
        return word(language, "mentioning", words=one.said)
    if one.kind == "kind":
        return word(language, "called", said=one.said)
    if one.counted is not None and one.labels:
        return word(language, "valued", label=one.labels[0], value=one.said)
    return word(language, "lasting" if one.kind == "duration" else "other", said=one.said)


def _named(one: Condition, language: str) -> str:
    roles = [role for each in one.filters for role in _several(each.role)]
    if one.kind == PROGRAMME and not roles:
        return word(language, "in_programme", name=one.said)
    return word(language, roles[0] if roles and has_word(roles[0]) else ORGANISATION, name=one.said)


def _placed(one: Condition, first: Filters, language: str) -> str:
    codes = [each.country or each.organisation_country for each in one.filters]
    place = _any_of(list(dict.fromkeys(country_called(code, language) for code in codes if code)), language)
    roles = _several(first.role)
    if not place or (None in codes and not roles):
        place = one.said
    key = f"{roles[0]}_from" if roles else ""
    if roles and not has_word(key):
        key = "organisation_from"
    return word(language, key or "in_place", place=place)


def _timed(one: Condition, language: str) -> str:
    if one.dated:
        label = one.labels[0] if one.labels else ""
        times = [word(language, "dated", label=label, when=when(language, *bounds)) for bounds in one.dated]
        return _any_of(times, language)
    return _any_of([_time(each, language) for each in one.filters], language)


def _time(each: Filters, language: str) -> str:
    if each.started and each.ended:  # wholly within
        return word(language, "ran", when=when(language, each.started[0], each.ended[1]))
    if each.started:
        return word(language, "began", when=when(language, *each.started))
    if each.ended:
        return word(language, "ended", when=when(language, *each.ended))
    return word(language, "ran", when=when(language, each.since, each.until))


def _state(one: Condition, language: str) -> str:
    key = next((key for key in STATES if grammar().across[key].search(fold(one.said))), "other")
    return word(language, key, said=one.said)


def _field(one: Condition, language: str) -> str:
    """The field that is told, or not, by the grammar's name; of a label of the source's own, the question's word."""
    named = next((each for each in grammar().fields if each.pattern.search(fold(one.said))), None)
    return named.names[language].lower() if named else quote(language, one.said)


def _any_of(told: Sequence[str], language: str) -> str:
    text = told[0] if told else ""
    for one in told[1:]:
        text = word(language, "or", one=text, other=one)
    return text


def _several(names: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return () if names is None else (names,) if isinstance(names, str) else names
