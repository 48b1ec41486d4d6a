"""The day on which something was agreed on, where the records have a column for it: "signed in 2021" is not "began"."""

from collections.abc import Iterator, Sequence

from assistant.crosslingual import are_akin
from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.translation import translations_of
from corpus.words import stem, words
from index.selection import Label

AGREED = "agreed"
SHORTEST_ROOT = 4
"""Letters with which a label's word begins as the question's, or its translation, does: `Data semnării`, "signed"."""


def agreements_in(heard: Heard, labels: Sequence[Label]) -> Iterator[LabelMention]:
    """The labels of such days that verbs of a question name, in either language."""
    own = [one for one in labels if one.role == AGREED]
    verbs = heard.matching([grammar().across["agreeing"]]) if own else set()
    for at in sorted(verbs):
        word = heard.words[at]
        forms = {stem(word, heard.language), *translations_of(word, heard.language)}
        roots = tuple(form for form in forms if len(form) >= SHORTEST_ROOT)
        named = tuple(one for one in own if any(_is_of(each, word, roots) for each in words(one.label)))
        if named:
            yield LabelMention(named, frozenset({at}), 1.0)


def _is_of(word: str, verb: str, roots: tuple[str, ...]) -> bool:
    return word.startswith(roots) or are_akin(word, verb)
