"""Conditions on how far a project has come: by its status where its source gives one, else by its period.

"Ongoing", „în curs” and "active" are one; so are "finished", „finalizate” and "completed". Of a label that has the
very status that a question names, others that mean the same are left out.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.names import CATEGORY
from assistant.plan import Condition, Found
from assistant.vocabulary import FINISHED, STATES, UNDER_WAY, Vocabulary
from corpus.words import fold
from index.filters import Filters

STATUS = "status"


def statuses_of(heard: Heard, vocabulary: Vocabulary, found: Found, labels: Sequence[LabelMention]) -> Found:
    """The conditions with those of a status: the values found are told for all sources, and what is said without one.

    Beside a time "finished" says more only where sources give a status; "under way" is then what the time says.
    """
    own = next((at for at, (_, one) in enumerate(found) if _is_of_state(one)), None)
    if own is not None:
        positions, one = found[own]
        key = next((key for key in STATES if grammar().across[key].search(fold(one.said))), None)
        key = key or next((key for key in STATES if _values(one) & set(vocabulary.states.get(key, ()))), None)
        beside = {min(positions) - 1, max(positions) + 1}
        is_alone = any(mention.positions & beside for mention in labels)  # "status Closed" is that alone
        if key and not is_alone and not grammar().across["status_alone"].search(fold(one.said)):
            found = [*found[:own], (positions, _told(key, one, vocabulary)), *found[own + 1 :]]
        return found
    is_timed = any(one.kind == "period" for _, one in found)
    for key in STATES:
        positions = frozenset(heard.matching([grammar().across[key]]))
        if positions and not (is_timed and _is_of_time(key, heard, vocabulary)):
            heard.take(positions)
            return [*found, (positions, _told(key, Condition(STATUS, heard.text(positions)), vocabulary))]
    return found


def _is_of_time(key: str, heard: Heard, vocabulary: Vocabulary) -> bool:
    """Whether words are the verb of a time alone, "closed in 2018"; what was completed has a status."""
    is_verb = grammar().across["ends_then"].search(heard.blanked()) or not vocabulary.states.get(key)
    return key == UNDER_WAY or bool(is_verb)


def _is_of_state(one: Condition) -> bool:
    """Whether a condition is a value under a label that tells how far a project has come."""
    state = grammar().across["state"]
    return one.kind == CATEGORY and all(state.fullmatch(fold(label)) for label, _ in _values(one))


def _values(one: Condition) -> set[tuple[str, str]]:
    return {filters.category for filters in one.filters if filters.category}


def _told(key: str, one: Condition, vocabulary: Vocabulary) -> Condition:
    """A status in all sources: by the values found or, of labels without, by those that mean it; else by the period.

    `Withdrawn` beside `Completed` decides as well, but `Approved` in a register of neither leaves it to the period.
    """
    own = {fold(label) for label, _ in _values(one)}
    meant = [value for value in vocabulary.states.get(key, ()) if fold(value[0]) not in own]
    filters = (*one.filters, *(Filters(category=value) for value in meant))
    telling = own | {fold(label) for state in vocabulary.states.values() for label, _ in state}
    labels = tuple(one.label for one in vocabulary.own_labels if fold(one.label) in telling)
    kind = CATEGORY if filters else STATUS
    return replace(one, kind=kind, filters=filters, otherwise=_by_period(key), unless=labels)


def _by_period(key: str) -> tuple[Filters, ...]:
    today = date.today()
    if key == FINISHED:
        return (Filters(ended=(None, (today - timedelta(days=1)).isoformat())),)
    return (Filters(started=(None, today.isoformat()), ended=(today.isoformat(), None)), Filters(goes_on=True))
