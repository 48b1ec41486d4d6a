"""Titles of one pattern, "Flood risk mapping of the … basin": what none of them is must not be taken for one."""

from collections.abc import Sequence

from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.linking import Link
from corpus.words import fold, stem, words

REACH = 3
"""Words behind what the titles share in which the name stands that tells one from another."""


def unknown_of_series(links: Sequence[Link], heard: Heard) -> str:
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
    # The name stands within the shared words, or behind them and a preposition.
    others = [at for at in others if at < last or heard.words[at - 1] in grammar().prepositions | grammar().articles]
    return heard.text([first, last, *others]) if others else ""
