"""Which of the questions that could be asked are proposed: of each kind, language, document and field as many.

Knows no record and no words.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.growing.asked import Asked

SHARES: Mapping[str, int] = {
    "field": 8, "list": 3, "count": 2, "sum": 2, "extreme": 2, "compare": 2, "unanswerable": 5,
}  # fmt: skip
"""Kinds of questions, and how many of each there are among 24."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question with the language that it is asked in."""

    asked: Asked
    language: str


def choose(
    every: Mapping[str, Sequence[Asked]],
    count: int,
    languages: Sequence[str],
    is_new: Callable[[Asked, str], bool],
) -> list[Chosen]:
    """At most `count` of the questions, by kind; what one kind has not, the others have more of.

    `is_new` says whether a question in a language has not been proposed before; it is asked once for each, and what
    is chosen counts as proposed.
    """
    pools = {kind: _Pool(asked, languages, is_new) for kind, asked in every.items() if asked}
    taken: Counter[str] = Counter()
    found: list[Chosen] = []
    while pools and len(found) < count:
        kind = min(pools, key=lambda one: ((taken[one] + 1) / SHARES[one], list(pools).index(one)))
        one = pools[kind].take()
        if one is None:
            del pools[kind]
            continue
        taken[kind] += 1
        found.append(one)
    return sorted(found, key=lambda one: list(every).index(one.asked.kind))


class _Pool:
    """The questions of one kind, and how often their languages, documents and wordings were taken."""

    def __init__(self, asked: Iterable[Asked], languages: Sequence[str], is_new: Callable[[Asked, str], bool]) -> None:
        self._waiting = list(asked)
        self._languages = languages
        self._is_new = is_new
        self._used: Counter[str] = Counter()

    def take(self) -> Chosen | None:
        """The question that is least like those taken before; None where there is none."""
        while self._waiting:
            at = min(range(len(self._waiting)), key=lambda number: (*self._wear(self._waiting[number]), number))
            asked = self._waiting.pop(at)
            able = [one for one in self._languages if one in asked.languages]
            for language in sorted(able, key=lambda one: self._used[f"in {one}"]):
                if self._is_new(asked, language):
                    self._used.update([f"in {language}", f"way {_way(asked)}", *_of(asked)])
                    return Chosen(asked, language)
        return None

    def _wear(self, asked: Asked) -> tuple[float, float]:
        documents = _of(asked)
        return self._used[f"way {_way(asked)}"], sum(self._used[one] for one in documents) / max(1, len(documents))


def _of(asked: Asked) -> list[str]:
    return [f"of {document}" for document in asked.documents]


def _way(asked: Asked) -> str:
    """What is asked for: the wordings, and which label where they are of labels."""
    own = next(iter(asked.slots.values()), {})
    said = own.get("label") or own.get("most") or own.get("total") or ""
    return f"{asked.ways} {said}" if said else f"{asked.ways} {asked.slug.partition('-')[0]}"
