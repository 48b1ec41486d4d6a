"""Questions proposed from the records of a store, for a person to accept, mend or reject.

Gold comes from the records. What a set or the candidates hold already is not proposed again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from corpus.files import file_of
from corpus.words import words
from eval.gold import document_sources, find_gold
from eval.growing.absent import absent
from eval.growing.asked import LANGUAGES, Asked
from eval.growing.asking import Labels
from eval.growing.choosing import SHARES, Chosen, choose
from eval.growing.comparing import compares
from eval.growing.conditions import Condition, both, by_label, by_place, conditions
from eval.growing.fields import fields
from eval.growing.labels import spoken
from eval.growing.lists import LONGEST_LIST, MOST_COUNTED, counts, extremes, lists, sums
from eval.growing.names import names
from eval.growing.no_such import no_such
from eval.growing.records import Records, Told
from eval.growing.rewording import Reword, rewordings
from eval.growing.values import acronyms
from eval.growing.wording import worded
from eval.json_lines import Row, read_rows
from eval.qa import SHIPPED, pairs_of
from index.store import Store

KINDS = tuple(SHARES)
COUNT = 48
SPREAD, LEAST_SPREAD, MOST_SPREAD = 3, 60, 300
"""Projects that questions are made of, for each question that is wanted, within bounds; more take time for nothing."""
CONDITIONS = 400
"""Conditions that are looked at, of some ten thousand that a register may bear."""


def generate(
    store: Store,
    *,
    count: int = COUNT,
    seed: int = 1,
    kinds: Sequence[str] = KINDS,
    languages: Sequence[str] = LANGUAGES,
    wordings: int = 1,
    known: Iterable[Row] = (),
    reword: Reword | None = None,
) -> tuple[list[Row], int]:
    """(lines of a set, how many more were known already): at most `count` questions, each with its wordings behind it.

    The same store, seed and settings give the same. `known` are lines that are not proposed again, by id or by
    question. `reword` gives other ways to say a question, before those by rule.
    """
    records = Records(store, seed)
    labels = spoken({label.label for label in store.names.labels})
    news = _News(known)
    chosen = choose(_every(records, labels, kinds, count), count, languages, news.is_new)
    rows = [row for one in chosen for row in _rows(one, languages, wordings, reword)]
    return _checked(store, rows), news.known


class _News:
    """What was proposed before and what is proposed now, by id and by question."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._met: set[str] = set()
        self._before = {name for row in rows for name in (str(row.get("id")), _said(str(row.get("question"))))}
        self._now: set[str] = set()

    @property
    def known(self) -> int:
        """How many questions were met that were proposed before."""
        return len(self._met)

    def is_new(self, asked: Asked, language: str) -> bool:
        """Whether neither the question nor what it asks for is known; from then on it is."""
        own = {_id(asked), _said(worded(asked, language))}
        if own & self._before:
            self._met.add(_id(asked))
            return False
        is_repeated = bool(own & self._now)
        self._now |= own
        return not is_repeated


def _said(question: str) -> str:
    return " ".join(words(question))


def _id(asked: Asked) -> str:
    return f"{asked.kind}-{asked.slug}"


def _every(records: Records, labels: Labels, kinds: Sequence[str], count: int) -> dict[str, list[Asked]]:
    """What could be asked, by kind."""
    chosen = records.spread(min(max(SPREAD * count, LEAST_SPREAD), MOST_SPREAD))
    few = chosen[: max(count, LEAST_SPREAD)]
    wanted = [one for one in KINDS if one in kinds]
    found: dict[str, list[Asked]] = {kind: [] for kind in wanted}
    makers: dict[str, Callable[[], Iterator[Asked]]] = {
        "field": lambda: _of_each(chosen, labels, acronyms(records.organisations)),
        "compare": lambda: compares(records, chosen, labels),
        "unanswerable": lambda: chain(absent(records, few, labels), no_such(records, few)),
    }
    for kind in wanted:
        if kind in makers:
            found[kind] = _shuffled(records, makers[kind]())
    if set(wanted) - makers.keys():
        for condition in _conditions(records, labels):
            made = chain(
                lists(records, condition),
                counts(records, condition),
                sums(records, condition, labels),
                extremes(records, condition, labels),
            )
            for asked in made:
                if asked.kind in found:
                    found[asked.kind].append(asked)
    return found


def _of_each(chosen: Sequence[Told], labels: Labels, spelled: Mapping[str, Sequence[str]]) -> Iterator[Asked]:
    for one in chosen:
        yield from fields(one, labels)
        yield from names(one, labels, spelled)


def _shuffled(records: Records, asked: Iterable[Asked]) -> list[Asked]:
    found = list(asked)
    records.random.shuffle(found)
    return found


def _conditions(records: Records, labels: Labels) -> list[Condition]:
    """Conditions by themselves; where a place has too many projects for a list, it together with another."""
    single = list(conditions(records, labels))
    records.random.shuffle(single)
    wide = [one for one in by_place(records) if len(one.inside) > LONGEST_LIST]
    narrow = list(by_label(records, labels))
    pairs = [(one, other) for one in wide for other in narrow if one.inside & other.inside]
    records.random.shuffle(pairs)
    joined = (both(one, other) for one, other in pairs[: 4 * CONDITIONS])
    usable = [one for one in chain(single, joined) if 1 <= len(one.inside) <= MOST_COUNTED and one.languages]
    return usable[:CONDITIONS]


def _rows(one: Chosen, languages: Sequence[str], wordings: int, reword: Reword | None) -> Iterator[Row]:
    asked = one.asked
    row: Row = {
        "id": _id(asked), "question": worded(asked, one.language), "history": [], "kind": asked.kind,
        "language": one.language, "answerable": asked.answerable, "answers": [], "all": [], "none": [], "sources": [],
        **asked.gold,
    }  # fmt: skip
    yield row
    yield from rewordings(row, asked, languages, wordings, reword)


def _checked(store: Store, rows: Sequence[Row]) -> list[Row]:
    """The rows, all of them read as a set is read, with all their sources found in the store.

    Raises:
        EvaluationError: the first that is not; then the fault is ours.
    """
    find_gold(store, pairs_of(rows))
    return list(rows)


def known_rows(store: Store, path: Path | None) -> list[Row]:
    """The lines of a set that is known already; without one, of the shipped set if the store holds its documents.

    Raises:
        MisuseError: there is no such file.
        EvaluationError: a line of it is no JSON object.
    """
    rows = [row for _, row in read_rows(path or SHIPPED, "give a JSON Lines file with --known FILE")]
    return rows if path or _holds_documents(store, rows) else []


def _holds_documents(store: Store, rows: Iterable[Row]) -> bool:
    named: set[str] = set()
    for row in rows:
        for source in row.get("sources", []):
            named |= {one["document"] for one in (source if isinstance(source, list) else [source])}
    held: Collection[str] = {name for source in document_sources(store) for name in (source, file_of(source))}
    return named <= set(held)
