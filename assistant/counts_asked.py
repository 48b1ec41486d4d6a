"""How many projects an organisation must have to be asked for: "funders of more than one project"."""

import re
from dataclasses import dataclass

from assistant.grammar import grammar
from assistant.value_words import ahead, numbers
from corpus.folding import fold_keeping_length

MANY = 1_000_000
_FARTHEST = 40


@dataclass(frozen=True, slots=True)
class Recurring:
    """The numbers of projects that will do, and (begin, finish) of where the question says so."""

    counts: range
    said: tuple[int, int]


def records_wanted(question: str) -> Recurring | None:
    """The bounds on the number of projects; None where the question gives none."""
    folded = fold_keeping_length(question)
    spelt = "|".join(sorted(map(re.escape, numbers("numbers")), key=len, reverse=True))
    records = grammar().across["records"].pattern
    for match in re.finditer(rf"(?<!\w)(?P<number>\d+|{spelt})(?:\s+(?!\d)\w+)?\s+{records}", folded):
        said = match["number"]
        number = int(said) if said.isdigit() else int(numbers("numbers")[said])
        for key, counts in (
            ("at_most", range(1, number + 1)),
            ("at_least", range(number, MANY)),
            ("above", range(number + 1, MANY)),
            ("below", range(1, number)),
        ):
            if lead := ahead(key, "amount_fillers").search(folded, max(0, match.start() - _FARTHEST), match.start()):
                return Recurring(counts, (lead.start(), match.end()))
    several = grammar().across["several_records"].search(folded)
    return Recurring(range(2, MANY), several.span()) if several else None
