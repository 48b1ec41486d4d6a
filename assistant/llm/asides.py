"""What a language model says that states nothing: a greeting, what only announces an answer, a word to the reader.

Such a sentence is never shown, and no reader misses it. Closed-class words only, English and Romanian.
"""

import re

from assistant.llm.sentences import Numbered
from corpus.words import fold, words

_MOST_OF_EXCLAMATION, _MOST_OF_LEAD_IN = 4, 14
"""Words."""
_READER = frozenset(
    fold(word)
    for word in "i me my you your yours sure certainly hello hi ok okay thanks dumneavoastră dvs îmi îți sper desigur "
    "sigur iată mulțumesc".split()
)
"""Words between a writer and a reader, which no sentence about a project has."""
_ANSWER = frozenset(
    fold(word)
    for word in "answer answers question sources summary răspuns răspunsul întrebare întrebarea surselor sursele "
    "rezumat".split()
)
_NAME = re.compile(r"(?<=[\w,] )[A-ZĂÂÎȘȚ][\w-]+")


def states_nothing(sentence: Numbered) -> bool:
    """Whether a sentence names no source, no figure and no name, and speaks of the answer or to whoever reads it."""
    text = sentence.text.strip()
    if sentence.numbers or any(map(str.isdigit, text)):
        return False
    said = words(text)
    if text.endswith("!") and len(said) <= _MOST_OF_EXCLAMATION:
        return True
    if _NAME.search(text):
        return text.endswith(":") and len(said) <= _MOST_OF_LEAD_IN and not _ANSWER.isdisjoint(said)
    is_lead_in = text.endswith(":") or not text.endswith((".", "…", "?", "!"))
    return (is_lead_in and len(said) <= _MOST_OF_LEAD_IN) or not (_READER | _ANSWER).isdisjoint(said)
