"""Which of a source's own labels one word of a question names: in another form, translated, or as the head of more.

Knows no label itself; whether records can be put together by one is for `grouping_asked` to say.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.grammar import LANGUAGES, grammar
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.language import detect_language
from assistant.translation import translations_of
from corpus.words import fold, stem, words
from index.selection import Label

SHORTEST_FORM = 5
"""Letters of a word that is taken for another form of a label."""


def labels_called(word: str, language: str, labels: Sequence[Label]) -> list[Label]:
    """The labels that a word in `language` names, by the first of the ways that reaches any.

    "County" is „județ”, and „expert” whoever stands under `Lead expert`, where no other label speaks of experts.
    """
    if found := [one for one in labels if _is_form(word, one)]:
        return found
    state = grammar().across["state"]
    if state.fullmatch(word) and (found := [one for one in labels if state.fullmatch(fold(one.label))]):
        return found
    said = _stems(word) | {stem(other, one) for other in translations_of(word, language) for one in LANGUAGES}
    if found := [one for one in labels if len(words(one.label)) == 1 and _stems(words(one.label)[0]) & said]:
        return found
    headed = [one for one in labels if len(words(one.label)) > 1 and _stems(_head(one.label)) & said]
    return headed if len({tuple(words(one.label)) for one in headed}) == 1 else []


def with_states(mentions: Sequence[LabelMention], heard: Heard, labels: Sequence[Label]) -> list[LabelMention]:
    """The mentions, those of a label that tells how far a project has come with all such labels: `Stadiu`, `Status`."""
    state = grammar().across["state"]
    own = tuple(one for one in labels if state.fullmatch(fold(one.label)))
    if not own:
        return list(mentions)
    told = [
        replace(one, labels=tuple(dict.fromkeys((*one.labels, *own)))) if set(one.labels) & set(own) else one
        for one in mentions
    ]
    said = {at for one in mentions for at in one.positions}
    words_for_it = [at for at in sorted(heard.matching([state]) - said) if state.fullmatch(heard.words[at])]
    return [*told, *(LabelMention(own, frozenset({at}), 1.0) for at in words_for_it if not heard.is_name(at))]


def _is_form(word: str, label: Label) -> bool:
    """Whether a word is another form of a label of one word, by all but its last letter: „stadii”, `Stadiu`."""
    own = words(label.label)
    if len(own) != 1 or len(word) < SHORTEST_FORM:
        return False
    longest = max(len(word), len(own[0]))
    return word[: longest - 1] == own[0][: longest - 1]


def _head(label: str) -> str:
    """The noun that the other words of a label tell more of: English ones stand before it, Romanian ones behind."""
    return words(label)[0 if detect_language(label) == "ro" else -1]


def _stems(word: str) -> set[str]:
    return {stem(word, language) for language in LANGUAGES}
