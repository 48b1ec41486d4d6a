"""Kinds of records that share words of their titles: "which solar parks", of a store where several are called so.

Such words stand in place of "projects". Learnt from the titles; knows no kind itself.
"""

import re
from dataclasses import dataclass

from assistant.grammar import grammar
from assistant.heard import Heard, hear
from assistant.linking import Linker
from assistant.plan import Condition
from corpus.words import fold
from index.filters import Filters

FEWEST_TITLES = 3
FEWEST_WORDS, LONGEST = 2, 4
"""Words of a kind; one alone is a topic."""
OVER_RECORDS = ("count", "sum", "average", "highest", "lowest", "earliest", "latest", "longest", "shortest", "every")
"""Patterns of the grammar that speak of several records."""
RECORDS = {"en": "projects", "ro": "proiecte"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What the question calls the records, and the ids of those whose titles hold it."""

    said: str
    projects: tuple[str, ...]

    @property
    def condition(self) -> Condition:
        """That a record is one of these."""
        return Condition("kind", self.said, (Filters(projects=self.projects),))


def kind_in(question: str, language: str, linker: Linker) -> tuple[str, Kind] | None:
    """(the question with "projects" in place of a kind, the kind); None where it names none."""
    across, folded = grammar().across, fold(question)
    asks = re.match(rf"\W*(?:\w+ )?(?:{across['asks_which'].pattern})", folded)
    if across["several"].search(folded) or not (asks or any(across[key].search(folded) for key in OVER_RECORDS)):
        return None
    heard = hear(question, language)
    for size in range(LONGEST, FEWEST_WORDS - 1, -1):
        for start in range(1, len(heard.words) - size + 1):
            found = _shared(heard, start, size, linker)
            if found:
                begin, finish = heard.spans[start][0], heard.spans[start + size - 1][1]
                return f"{question[:begin]}{RECORDS[language]}{question[finish:]}", Kind(question[begin:finish], found)
    return None


def _shared(heard: Heard, start: int, size: int, linker: Linker) -> tuple[str, ...]:
    """The projects whose titles hold the words in a row, in another form: a plural that many share."""
    said, closed = heard.words[start : start + size], grammar().closed | grammar().helpers
    if said[0] in closed or said[-1] in closed or heard.words[start - 1] not in grammar().closed:
        return ()
    found = linker.sharing(said, heard.language)
    titles = {fold(called.name) for called in found}
    is_plural = not any(said[-1] in title.split() and said[0] in title.split() for title in titles)
    return tuple(dict.fromkeys(called.key for called in found)) if is_plural and len(titles) >= FEWEST_TITLES else ()
