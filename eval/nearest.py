"""What comes nearest to a name or to words that are not there: for messages, so that a person sees the slip."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

NAME_LEAST = 60
"""Likeness, 0 to 100, from which a name is worth a suggestion; `anwser` to `answers` is 77, `lang` to `language` 67."""
WORDS_LEAST = 65
"""The same for words in a document; a quote whose words are all others comes to some 45 to 60 by chance."""


class Near(NamedTuple):
    """Words of a document that are like those looked for: how like, 0 to 100."""

    document: str
    words: str
    likeness: float


def nearest_name(name: str, names: Iterable[str], least: float = NAME_LEAST) -> str | None:
    """The most like of `names`, case aside; None where none is like it. Of equals the first in order of name."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, sorted(names), scorer=fuzz.ratio, processor=str.lower, score_cutoff=least)
    return str(found[0]) if found else None


def nearest_words(words: str, texts: Mapping[str, str], least: float = WORDS_LEAST) -> Near | None:
    """Where in `texts`, by document, something most like `words` stands, in whole words; None where nothing does.

    White space counts as in the texts. Of equals the first document's first.
    """
    from rapidfuzz import fuzz

    wanted, best = " ".join(words.split()), None
    for document, text in texts.items():
        cutoff = best.likeness if best else least
        found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=cutoff) if wanted and text else None
        if found and (best is None or found.score > best.likeness):
            best = Near(document, _whole_words(text, found.dest_start, found.dest_end), found.score)
    return best


def _whole_words(text: str, start: int, end: int) -> str:
    """The characters from `start` to `end` and what is missing of the words at either end, white space made single."""
    before = re.search(r"\S*\Z", text[:start]) if text[start : start + 1].strip() else None
    after = re.match(r"\S*", text[end:]) if text[end - 1 : end].strip() else None
    return " ".join(f"{before.group() if before else ''}{text[start:end]}{after.group() if after else ''}".split())
