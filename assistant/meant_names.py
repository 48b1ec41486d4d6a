"""Which of the names found in a question are meant as names: none that a field, a label or a place explains as well."""

from collections.abc import Sequence

from assistant.category_conditions import value_runs
from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.linking import Link
from assistant.vocabulary import Vocabulary
from corpus.words import fold


def meant_as_names(
    links: Sequence[Link], heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary
) -> list[Link]:
    """The names that are meant as names: what a field, a label, a place or an operation explains as well is none."""
    places = vocabulary.places.find(heard.words, heard.question)
    of_places = {at for one in places for at in one.positions}
    # "Bosnia and Herzegovina" names no project, though one is called "Bosnia and Herzegovina: Roads".
    links = [link for link in links if not (link.called.whole and link.positions <= of_places)]
    if all(link.is_sure for link in links):
        return list(links)
    patterns = [*(one.pattern for one in grammar().fields), *grammar().operations]
    explained = heard.matching(patterns) | {at for one in labels for at in one.positions}
    explained |= of_places
    across, unnamed = grammar().across, heard.blanked()
    is_across = any(across[key].search(unnamed) for key in ("asks_records", "several", "sum", "average"))
    for positions, whole in value_runs(heard, vocabulary.categories) if is_across else ():
        explained |= positions if whole else frozenset()
    known = grammar().closed | grammar().helpers
    explained |= {at for at, word in enumerate(heard.words) if word in known}
    titles = {
        link.positions: {fold(other.called.name) for other in links if other.positions == link.positions}
        for link in links
    }
    kept = []
    for link in links:
        if is_across and len(titles[link.positions]) > 1 and link.positions <= explained:
            continue  # a value that several records share, in the titles of some
        is_capital = any(heard.is_name(at) for at in link.positions - explained)
        if link.is_sure or is_capital or not (link.positions <= explained or vocabulary.records.is_common(link.called)):
            kept.append(link)
    return kept
