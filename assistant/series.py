"""Titles of one pattern, "Flood risk mapping of the … basin": those that are listed, and what none of them is."""

from collections.abc import Sequence

from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.linking import Link
from assistant.names import PROJECT
from assistant.vocabulary import Vocabulary
from corpus.words import fold, stem, words

REACH = 3
"""Words behind what the titles share in which the name stands that tells one from another."""


def unknown_of_series(links: Sequence[Link], heard: Heard, vocabulary: Vocabulary) -> str:
    """What a question calls a project of a series if it is none of those that are alike; else nothing."""
    positions = {link.positions for link in links}
    are_alike = len({fold(link.called.name) for link in links}) > 1 and len(positions) == 1
    if not are_alike or all(link.score == 1 for link in links):
        return ""
    (said,) = positions
    own = {stem(word, "en") for link in links for word in words(link.called.name)}
    first, last = min(said), max(said)
    around = range(first, min(len(heard.words), last + REACH + 1))
    others = [at for at in around if at not in said and heard.is_name(at) and stem(heard.words[at], "en") not in own]
    # The name stands within the shared words, or behind them and a preposition, or right before them.
    others = [at for at in others if at < last or heard.words[at - 1] in grammar().prepositions | grammar().articles]
    others += _right_before(first, links, heard, vocabulary)
    return heard.text([first, last, *others]) if others else ""


def _right_before(first: int, links: Sequence[Link], heard: Heard, vocabulary: Vocabulary) -> list[int]:
    """The names right before the words that titles share if none of these projects has to do with them."""
    found: list[int] = []
    at = first - 2 if heard.words[first - 1] == "s" else first - 1  # "Arad's sludge strategy"
    while at >= 0 and heard.is_name(at):
        found.append(at)
        at -= 1
    places = vocabulary.places.find(heard.words, heard.question)
    of_countries = {at for one in places if one.code for at in one.positions}
    records = vocabulary.records
    keys = {records.keys[link.called.key] for link in links if link.called.kind == PROJECT}
    is_theirs = any(keys & set(records.holding(heard.words[at]).tolist()) for at in found)
    return [] if of_countries & set(found) or is_theirs else found


def with_listed(links: Sequence[Link], heard: Heard, vocabulary: Vocabulary) -> tuple[list[Link], str]:
    """(the links with those that share their words with the one named, what the question calls one that is not there).

    "The Arad, Deva and Cluj sludge strategies" names three by the words of one.
    """
    if len({fold(link.called.name) for link in links}) != 1 or all(link.is_sure for link in links):
        return list(links), ""
    said = links[0].positions
    added: list[Link] = []
    unknown = []
    for own in sorted(at for at in said if heard.is_name(at)):
        shared = sorted(said - {own})
        for at in sorted(_listed_beside(own, heard) - said) if shared else ():
            sought = [heard.words[one] for one in (at, *shared)]
            found = vocabulary.title_words.holding(sought, heard.language)
            if len({fold(called.name) for called in found}) == 1:
                added += [Link(called, frozenset({at}), links[0].score) for called in found]
            else:
                unknown.append(heard.written(at))
    return [*links, *added], ", ".join(unknown) if added else ""


def _listed_beside(own: int, heard: Heard) -> set[int]:
    """The names that stand in one list with that at `own`, each behind a comma or an "and"."""
    found: set[int] = set()
    for step in (-1, 1):
        at = own
        while (nearest := _next_listed(at, step, heard)) is not None:
            found.add(at := nearest)
    return found


def _next_listed(at: int, step: int, heard: Heard) -> int | None:
    other = at + step
    word = heard.words[other] if 0 <= other < len(heard.words) else ""
    is_joined = word in grammar().joining or bool(grammar().links_or.fullmatch(word))
    other += step if is_joined else 0
    if not 0 <= other < len(heard.words) or not heard.is_name(other):
        return None
    return other if is_joined or heard.between(*sorted((at, other))).strip() == "," else None
