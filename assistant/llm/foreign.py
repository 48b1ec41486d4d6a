"""What a written sentence may not hold whatever it cites: markup, addresses, talk of itself or to the reader.

And another language than the answer's. Knows nothing of what is true.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.grammar import LANGUAGES
from assistant.llm.wording import is_light
from assistant.money import MOST_KEPT
from corpus.folding import fold_keeping_length
from corpus.words import words

_MARKUP = re.compile(
    r"</?[a-zA-Z!][^>]*>|!?\[[^\]]*\]\(|```|^\s*#{1,6}\s|\[/?(?:INST|S\d+)\]|<\||\|>|&(?:lt|gt|amp|#\d+);|\bjavascript:|\{\{|\}\}"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.-]+|\b[\w-]+\.(?:com|org|net|ro|eu|info|io|md|gov|edu)\b(?:/\S*)?",
    re.IGNORECASE,
)
_PERSONS = {
    "en": re.compile(
        r"\b(?:i(?= (?:am|have|had|think|can|will|would|do|did|was|could|found|believe|hope|must|know|see)\b)"
        r"|i'm|i've|i'd|me|my|mine|myself|we|us|our|ours|you|your|yours|please)\b"
    ),
    "ro": re.compile(
        r"\b(?:eu|mie|mea|meu|mele|mei|imi|mi-am|noi|nostru|noastra|noastre|nostri|dumneavoastra|tu|tau|ta|tale|voi"
        r"|vostru|voastra|va rog|va rugam|iti)\b"
    ),
}
_OF_ITSELF = re.compile(
    r"\b(?:as an ai|language model|ai assistant|ai model|chatbot|system prompt|(?:previous|prior) instructions"
    r"|ignore (?:all|the|any|previous|prior)|model de limbaj|ca asistent|asistent virtual"
    r"|instructiunile? (?:anterioare|de mai sus|precedente)|ignora\w* (?:toate|instructiun\w+))\b"
)
FEWEST = 3
"""Closed-class words that make a language sure."""


def foreign_faults(text: str, language: str, held: str) -> Iterator[str]:
    """What is wrong with a sentence for an answer in `language`; `held` is all that it cites."""
    folded, theirs = fold_keeping_length(text), fold_keeping_length(held)
    for match in _MARKUP.finditer(text):
        if match.group() not in held:
            yield f"markup: {match.group()}"
    for match in _ADDRESS.finditer(text):
        if match.group().rstrip(".,;)").lower() not in theirs:
            yield f"address not in its source: {match.group()}"
    for pattern in (_PERSONS[language if language in _PERSONS else "en"], _OF_ITSELF):
        yield from (
            f"speaks of itself or to the reader: {m.group()}"
            for m in pattern.finditer(folded)
            if not re.search(rf"\b{re.escape(m.group())}\b", theirs)
        )
    if is_in_another(text, language):
        yield f"not in the language of the answer ({language})"


def is_in_another(text: str, language: str) -> bool:
    """Whether closed-class words say that a text is not in `language`."""
    counts = closed_words(text)
    other = max(counts[one] for one in LANGUAGES if one != language)
    return other >= FEWEST and other > 2 * counts.get(language, 0)


@lru_cache(maxsize=MOST_KEPT)
def closed_words(text: str) -> dict[str, int]:
    """How many words are closed-class words of one language and not of the other."""
    said = words(text)
    known = {language: [is_light(word, language) for word in said] for language in LANGUAGES}
    return {
        language: sum(
            own and not any(known[other][at] for other in LANGUAGES if other != language)
            for at, own in enumerate(known[language])
        )
        for language in LANGUAGES
    }
