"""What a project's own prose calls it, so that a sentence can be told to speak of it.

`The Salt Road is a travelling exhibition about …`: a sentence that begins with `The Salt Road` or with `The exhibition`
speaks of the project. Learned from the prose; knows no kinds of projects.
"""

import re
from collections.abc import Sequence

from corpus.folding import fold_keeping_length
from corpus.organisation_words import has_head, is_head
from corpus.words import words

SHORTEST_KIND = 5
"""Letters of a word that may stand for the project."""
SAME = 0.75
"""Share of its letters that a word has in common with its other forms, from the beginning: `expoziție`, `expoziția`."""
_IS_A = re.compile(
    r"\W+(?:(?:is|was|will be) (?:an?|the|our)|(?:este|e|a fost|va fi) (?:un|o))\s+(?P<kind>[^.,;:()]+?)"
    r"(?=\s+(?:about|of|for|to|that|which|where|in|on|at|from|with|by"
    r"|despre|de|pentru|care|cu|la|din|prin|unde)\b|[.,;:(])"
)
"""What follows the title where a sentence says what kind of thing it is; in folded text."""
_BEGINS = re.compile(
    r"\W*(?:(?:the|this|our|acest|aceasta|si|and)\s+)?(?P<first>[^\W\d_]+)(?:\s+(?P<second>[^\W\d_]+))?"
)


def kinds_of(prose: Sequence[str], title: str) -> tuple[str, ...]:
    """The words by which the first sentence about a project says what it is; none where that is an organisation."""
    for text in prose[:1]:
        after = _behind_title(text, title)
        said = _IS_A.match(after) if after else None
        if said and not has_head(title) and not any(map(is_head, words(said["kind"]))):
            return tuple(word for word in words(said["kind"]) if len(word) >= SHORTEST_KIND)
    return ()


def is_subject(sentence: str, title: str, kinds: Sequence[str]) -> bool:
    """Whether a sentence begins with a project's title, or with the kind of thing that it is said to be."""
    if _behind_title(sentence, title):
        return True
    begin = _BEGINS.match(fold_keeping_length(sentence))
    said = [word for word in begin.groups() if word] if begin else []
    return any(_is_form(word, kind) for word in said for kind in kinds)


def _behind_title(text: str, title: str) -> str:
    """What follows the title at the beginning of a text, folded; empty where it does not begin so."""
    folded, sought = fold_keeping_length(text).lstrip(' „“"«'), fold_keeping_length(title)
    return folded[len(sought) :] if len(words(title)) > 1 and folded.startswith(sought) else ""


def _is_form(word: str, kind: str) -> bool:
    same = next((at for at, (one, other) in enumerate(zip(word, kind, strict=False)) if one != other), len(kind))
    return len(word) >= SHORTEST_KIND and min(same, len(word)) >= SAME * max(len(word), len(kind))
