"""Everything of a store that questions are linked against, indexed once for a generation."""

import re
from collections.abc import Sequence
from functools import cached_property

from assistant.grammar import grammar
from assistant.linking import Linker
from assistant.names import CATEGORY, ORGANISATION, PROGRAMME, Called, NameIndex
from assistant.places import PlaceIndex
from assistant.records import Records
from corpus.words import fold

SHORTEST_LABEL = 4
"""Letters that name a label."""


class Vocabulary:
    """Names by kind; each index is made when the first question needs it."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._names = records.store.names

    @cached_property
    def linker(self) -> Linker:
        """Projects and documents by title, alias or reference."""
        return Linker(self.records.called, grammar().closed)

    @cached_property
    def organisations(self) -> NameIndex:
        """Organisations and programmes."""
        names = [Called(ORGANISATION, name, name) for name in self._names.organisations]
        return NameIndex([*names, *(Called(PROGRAMME, name, name) for name in self._names.programmes)], grammar().closed)

    @cached_property
    def categories(self) -> NameIndex:
        """Values that records share under a label; a key is label and value with a null character between."""
        own = [Called(CATEGORY, value, f"{label}\0{value}") for label, value in self._names.categories]
        return NameIndex(own, grammar().closed)

    @cached_property
    def places(self) -> PlaceIndex:
        """Countries, nationalities and the store's own places."""
        return PlaceIndex(self._names.places)

    def labels_in(self, unnamed: str) -> tuple[str, ...]:
        """The sources' own labels that a folded question names, the longest first; `grantamt` is the grant amount."""
        said = re.findall(r"[^\W_]+", unnamed)
        found = {
            label: longest
            for label, squashed in self._squashed.items()
            if (longest := _longest_run(squashed, said)) >= SHORTEST_LABEL
        }
        most = max(found.values(), default=0)
        return tuple(label for label, length in found.items() if length == most)

    @cached_property
    def _squashed(self) -> dict[str, str]:
        return {label: "".join(re.findall(r"[^\W_]+", fold(label))) for label in self._names.labels}


def _longest_run(label: str, said: Sequence[str]) -> int:
    """Letters of the longest run of words that is the label, or of two words and more that stand in it."""
    best = 0
    for start in range(len(said)):
        run = ""
        for stop in range(start, min(len(said), start + 5)):
            run += said[stop]
            if run == label or (stop > start and run in label):
                best = max(best, len(run))
    return best
