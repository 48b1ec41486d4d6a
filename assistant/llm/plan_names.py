"""The names of a store that a question may mean: a bounded choice for a language model, found by the linker.

What is no name in the choice cannot get into a plan. Names come from the question, from the earlier ones and from their
answers; only labels and the few values under one, which are words and no names, are offered unasked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.category_conditions import value_runs
from assistant.grammar import grammar
from assistant.heard import Heard, hear
from assistant.language import detect_language
from assistant.name_conditions import organisations_of
from assistant.names import CATEGORY, DOCUMENT, ORGANISATION, PROGRAMME, PROJECT, Called
from assistant.places import PlaceMention
from assistant.said_roles import Roles
from assistant.vocabulary import Vocabulary
from corpus.words import fold, words

MOST_TITLES, MOST_NAMES, MOST_PLACES = 8, 8, 6
MOST_LABELS, MOST_VALUES, FEW_VALUES = 8, 24, 10
"""Labels of the store's own, values told, and values of a label up to which all of them are."""
MOST_MEANT = 6
"""Names that hold the same words of a question, up to which each may be the one that is meant."""
LONGEST_NAME = 120
"""Characters of a name that is offered; a longer one is prose."""
SHARED_WORDS = 4
"""Projects offered because their titles share a word with what is asked."""


@dataclass(frozen=True, slots=True)
class Named:
    """Words of the question asked, by their positions, and what they name: keys of `Called`, or codes of countries."""

    positions: frozenset[int]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a question may mean; `named` says where the question itself, which is `heard`, has these names."""

    heard: Heard
    titles: tuple[Called, ...] = ()
    organisations: tuple[Called, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    place_names: tuple[str, ...] = ()
    """What `places` are called where they are named."""
    labels: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    named: tuple[Named, ...] = ()


def names_meant(asked: str, earlier: Sequence[str], language: str, vocabulary: Vocabulary) -> Choice:
    """The choice for a question; `earlier` are texts said before it, the latest first."""
    heard = hear(vocabulary.spelling.mend(asked, language), language)
    said = [heard, *(hear(text, detect_language(text, language)) for text in earlier)]
    titles = [list(_titles(one, vocabulary)) for one in said]
    organisations = [list(_organisations(one, vocabulary)) for one in said]
    places = [list(_places(one, vocabulary)) for one in said]
    named = [Named(at, frozenset(called.key for called in found)) for at, found in (*titles[0], *organisations[0])]
    named += [Named(one.positions, frozenset({place_key(one)})) for one, _ in places[0]]
    kept = {place_key(one): (one, name) for several in reversed(places) for one, name in reversed(several)}
    places_kept = list(reversed(kept.values()))[:MOST_PLACES]
    labels = _labels(said, vocabulary)
    return Choice(
        heard,
        _first((*_flat(titles), *_sharing(heard, vocabulary)), MOST_TITLES),
        _first(_flat(organisations), MOST_NAMES),
        tuple(one for one, _ in places_kept),
        tuple(name for _, name in places_kept),
        labels,
        _values(said, labels, vocabulary),
        tuple(named),
    )


def place_key(one: PlaceMention) -> str:
    """What all mentions of one place have in common."""
    return one.code or "; ".join(sorted(map(fold, one.names)))


Found = tuple[frozenset[int], list[Called]]


def _titles(heard: Heard, vocabulary: Vocabulary) -> Iterator[Found]:
    records = vocabulary.records
    for link in vocabulary.linker.link(heard.words, heard.language, heard.names()):
        called = link.called
        title = records.title(records.keys[called.key]) if called.kind == PROJECT else called.name
        yield link.positions, [Called(called.kind, title, called.key), *([called] if title != called.name else [])]


def _sharing(heard: Heard, vocabulary: Vocabulary) -> list[Called]:
    """The projects whose titles share most with what is asked."""
    left = [word for word in heard.words if word not in grammar().closed | grammar().helpers]
    return vocabulary.linker.near(left, SHARED_WORDS)


def _organisations(heard: Heard, vocabulary: Vocabulary) -> Iterator[Found]:
    """Organisations and programmes, by any telling words of their names: "the Nordhaven people"."""
    index, known = vocabulary.organisations, grammar().closed | grammar().helpers
    by_name = {(one.kind, one.key): one for one in index.names}
    taken: set[int] = set()
    for positions, numbers in index.runs(heard.words, heard.free):
        if any(heard.words[at] not in known for at in positions) and len(numbers) <= MOST_MEANT:
            taken |= positions
            yield positions, [index.names[number] for number in numbers]
    left = Heard(heard.question, heard.words, heard.spans, set(heard.free) - taken, heard.language)
    places = vocabulary.places.find(heard.words, heard.question)
    for positions, condition in organisations_of(left, vocabulary, Roles(left, ()), places):
        keys = [(ORGANISATION, name) for one in condition.filters for name in one.organisation or ()]
        keys += [(PROGRAMME, name) for one in condition.filters for name in one.programme or ()]
        yield positions, [by_name[key] for key in keys if key in by_name][:MOST_MEANT]


def _places(heard: Heard, vocabulary: Vocabulary) -> Iterator[tuple[PlaceMention, str]]:
    for one in vocabulary.places.find(heard.words, heard.question):
        yield one, heard.text(one.positions)


def _labels(said: Sequence[Heard], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The labels that are named, and after them those that records have values in common under, the usual first."""
    own = {one.label for one in vocabulary.labels_of_names}
    named = [
        label.label
        for heard in said
        for mention in vocabulary.labels.find(heard.words, heard.free, heard.language)
        for label in mention.labels
        if label.label in own
    ]
    shared = sorted(
        (one for one in vocabulary.own_labels if one.label in vocabulary.shared_labels), key=lambda one: -one.count
    )
    told = dict.fromkeys((*named, *(one.label for one in shared)))
    return tuple(label for label in told if len(label) <= LONGEST_NAME)[:MOST_LABELS]


def _values(said: Sequence[Heard], labels: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """The values that are said, and all those of labels that have few."""
    index = vocabulary.categories
    found = [called for heard in said for _, whole in value_runs(heard, index) for called in whole]
    told = dict.fromkeys(_label_and_value(one) for one in found)
    for label in labels:
        own = [pair for one in index.names if (pair := _label_and_value(one))[0] == label]
        told |= dict.fromkeys(own if len(own) <= FEW_VALUES else ())
    return tuple(told)[:MOST_VALUES]


def _label_and_value(called: Called) -> tuple[str, str]:
    label, _, value = called.key.partition("\0")
    return label, value


def _flat(found: Iterable[Iterable[Found]]) -> list[Called]:
    return [called for one in found for _, several in one for called in several]


def _first(found: Iterable[Called], most: int) -> tuple[Called, ...]:
    """The first of each name, the rest of what has one of these names with it: a project may stand in two files."""
    told: dict[str, list[Called]] = {}
    for one in dict.fromkeys(found):
        if one.kind in (PROJECT, DOCUMENT, ORGANISATION, PROGRAMME, CATEGORY) and len(one.name) <= LONGEST_NAME:
            told.setdefault(fold(one.name), []).append(one)
    return tuple(one for several in list(told.values())[:most] for one in several)


def by_name(name: str, choice: Sequence[Called], vocabulary: Vocabulary | None = None) -> list[Called]:
    """Those of a choice that a name is, in any case and with or without accents; else the one that holds its words."""
    key = " ".join(words(name))
    if not key:
        return []
    exact = [one for one in choice if " ".join(words(one.name)) == key]
    if not exact and vocabulary:
        exact = [one for one in choice if vocabulary.key_of(one.name) == vocabulary.key_of(name)]
    if exact:
        return exact
    held = [one for one in choice if set(words(name)) <= set(words(one.name))]
    return held if len({fold(one.name) for one in held}) == 1 else []
