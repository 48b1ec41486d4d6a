"""Conditions of places: where a record's project was, or where the organisations are from that it names."""

from collections.abc import Sequence

from assistant.heard import Heard
from assistant.joined import are_both
from assistant.places import PlaceMention
from assistant.plan import Condition, Found
from assistant.said_roles import Roles
from assistant.vocabulary import Vocabulary
from corpus.country_names import PARTS, names_of
from index.filters import Filters


def places_named(heard: Heard, vocabulary: Vocabulary, roles: Roles, places: Sequence[PlaceMention]) -> Found:
    """Places; those joined by "or", or by "and" as in "those of Serbia and of Bosnia", are alternatives."""
    found: Found = []
    last: tuple[str, ...] = ()
    for one in places:
        if not one.positions <= heard.free:
            continue
        beside = roles.beside(one)
        if not beside and found and are_both(heard, found[-1][0], one.positions):
            beside = last  # "partners from Greece or Denmark"
        last = beside
        filters = filters_of_place(one, vocabulary, beside)
        mentions = (heard.text(one.positions), *(names_of(one.code) if one.code else one.names))
        condition = Condition("place", heard.text(one.positions), filters, (tuple(dict.fromkeys(mentions)),))
        if found and are_both(heard, found[-1][0], one.positions):
            before, other = found.pop()
            said = heard.text(before | one.positions)
            row = (*other.mentions[0], *condition.mentions[0])
            condition = Condition("place", said, (*other.filters, *filters), (row,))
            found.append((before | one.positions, condition))
        else:
            found.append((one.positions, condition))
    for positions, _ in found:
        heard.take(positions)
    return found


def filters_of_place(one: PlaceMention, vocabulary: Vocabulary, roles: tuple[str, ...]) -> tuple[Filters, ...]:
    """What records fulfil that were in a place or, with roles, that have organisations from there in one of them."""
    if one.code in PARTS:  # of a part the records have the names of places alone, and organisations theirs
        names = vocabulary.organisations_of(one.code) if roles else one.names
        told = Filters(role=roles, organisation=names) if roles else Filters(place=names)
        return (told,) if names else ()
    if not one.code:
        return (Filters(place=one.names),)
    if not roles:
        return (Filters(country=one.code),)
    of_country = vocabulary.organisations_of(one.code)
    named = (Filters(role=roles, organisation=of_country),) if of_country else ()
    return (Filters(role=roles, organisation_country=one.code), *named)
