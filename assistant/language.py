"""Which language a question is asked in. Knows the grammar's words and, where these leave it open, the lexicon's."""

import re
from collections.abc import Callable, Sequence

from assistant.grammar import LANGUAGES, grammar
from assistant.heard import Heard, hear
from assistant.translation import translations_of

_ROMANIAN = re.compile("[ăâîșțşţ]")
"""Letters that a word of a question in English has only in a name."""


def detect_language(question: str, usual: str = "") -> str:
    """The language of a question; `usual` is that of the conversation. English where nothing tells.

    Closed-class words count first, then accents of words that are no names, then words for fields, then the
    conversation, and at last which of the two languages knows the other words.
    """
    return language_of(hear(question), None, usual)


def language_of(heard: Heard, positions: Sequence[int] | None = None, usual: str = "") -> str:
    """The same for some words of a question, by their positions."""
    at = [*range(len(heard.words))] if positions is None else positions
    plain = [heard.written(one) for one in at if not heard.is_name(one)]
    said = [heard.words[one] for one in at]
    steps: tuple[Callable[[], dict[str, int]], ...] = (
        lambda: {language: sum(_is_closed(word, language) for word in said) for language in LANGUAGES},
        lambda: {"en": 0, "ro": sum(bool(_ROMANIAN.search(word.lower())) for word in plain)},
        lambda: {language: sum(word in grammar().spelling[language] for word in said) for language in LANGUAGES},
        lambda: {language: int(language == usual) for language in LANGUAGES},
        lambda: {language: sum(bool(translations_of(word, language)) for word in plain) for language in LANGUAGES},
    )
    for step in steps:
        scores = step()
        best = max(LANGUAGES, key=lambda language: scores[language])
        if scores[best] > min(scores.values()):
            return best
    return LANGUAGES[0]


def _is_closed(word: str, language: str) -> bool:
    known = grammar()
    return (
        word in known.function_words[language]
        or word in known.helper_words[language]
        or word in known.generic_words[language]
    )
