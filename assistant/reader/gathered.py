"""All that a reader learns from, in sensible shares: questions people asked, and those made by rule from them.

How much of which is a choice of this module; what is made of what is not known here.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from assistant.reader.clozes import clozes
from assistant.reader.examples import Example, held_back, read_squad
from assistant.reader.made import made_examples
from assistant.reader.misled import misled
from assistant.reader.negatives import elsewhere, removed
from corpus.document import Document
from corpus.pool import read_paths
from corpus.record import Project, Reading

Item = TypeVar("Item")
Way = Callable[[Sequence[Example], int], list[Example]]

HELD_BACK = 0.1
SHARES: Mapping[Way, float] = {misled: 0.35, elsewhere: 0.10, removed: 0.10}
"""Unanswerable questions made for each that is answered."""
SHARES_OF_ANSWERED: Mapping[Way, float] = {elsewhere: 0.05, removed: 0.05}
"""The same for files of answered questions only: asked again and again, these are often answered elsewhere too."""
MOST_OF_ANSWERED = 4000
"""Questions taken of files that have only answered ones: there they are of one subject, and repeat one another."""
CLOZES_EACH = 10
"""Questions made of the sentences of a passage, for the first pass."""
MOST_MADE = 3000
MOST_PROJECTS = 4000
"""Records questions are made of; more would be drawn from in vain."""


def gather(squad: Sequence[Path], projects: Sequence[Path], seed: int) -> tuple[list[Example], list[Example]]:
    """(to learn from, held back): the same for the same files and seed, those to learn from in an order drawn.

    Held back are whole articles of files that have unanswerable questions, as people asked them.

    Raises:
        MisuseError: a file of `squad` is missing or is not in SQuAD's layout.
    """
    drawn = random.Random(seed)  # noqa: S311  # a choice, no secret
    learned: list[Example] = []
    held: list[Example] = []
    answered: list[Example] = []
    for path in squad:
        examples = read_squad(path)
        if all(one.answer for one in examples):
            answered += examples
            continue
        kept, back = held_back(examples, HELD_BACK)
        held += back
        learned += kept + _made_of(kept, SHARES, seed)
    answered = _some(answered, MOST_OF_ANSWERED, drawn)
    learned += answered + _made_of(answered, SHARES_OF_ANSWERED, seed)
    learned += _about_projects(projects, seed)
    drawn.shuffle(learned)
    return learned, held


def gather_first(examples: Sequence[Example], seed: int) -> list[Example]:
    """Clumsier questions for a pass before the others, answered and not: of sentences of the passages in `examples`.

    Of files with unanswerable questions only; the others are of one subject.
    """
    sources = {source for source, (answered, unanswerable) in counts(examples).items() if answered and unanswerable}
    made = clozes([one for one in examples if one.source in sources], CLOZES_EACH, seed)
    return made + _made_of(made, SHARES, seed)


def counts(examples: Sequence[Example]) -> dict[str, tuple[int, int]]:
    """Source: (answered, unanswerable), in order of their names."""
    found = Counter((one.source, one.answer is not None) for one in examples)
    return {source: (found[source, True], found[source, False]) for source in sorted({one for one, _ in found})}


def _made_of(examples: Sequence[Example], shares: Mapping[Way, float], seed: int) -> list[Example]:
    drawn = random.Random(seed)  # noqa: S311  # a choice, no secret
    answered = [one for one in examples if one.answer]
    return [
        example
        for way, share in shares.items()
        for example in _some(way(answered, seed), round(share * len(answered)), drawn)
    ]


def _some(items: Sequence[Item], most: int, drawn: random.Random) -> list[Item]:
    return list(items) if len(items) <= most else drawn.sample(items, most)


def _about_projects(paths: Sequence[Path], seed: int) -> list[Example]:
    """Questions about records; as many unanswerable as answered."""
    if not paths:
        return []
    drawn = random.Random(seed)  # noqa: S311  # a choice, no secret
    documents: dict[str, Document] = {}
    read: list[Project] = []
    for one in read_paths(paths, processes=1):
        if isinstance(one, Reading):
            documents[one.document.source] = one.document
            read += one.projects
    made = made_examples(_some(read, MOST_PROJECTS, drawn), documents, seed)
    answered, not_there = [one for one in made if one.answer], [one for one in made if not one.answer]
    half = min(MOST_MADE // 2, len(answered), len(not_there))
    return _some(answered, half, drawn) + _some(not_there, half, drawn)
