"""Words of a document that are meant for a machine and not for a reader: nothing can rest on them.

Told by whom they speak to together with what they ask for; a text that tells of a chatbot is none. Knows no project.
"""

import re
from functools import lru_cache

from assistant.money import MOST_KEPT
from corpus.folding import fold_keeping_length

_ADDRESSEE = re.compile(
    r"\b(?:(?:automated|automatic|ai|virtual|digital) (?:assistants?|systems?|readers?|agents?)|assistants?:|language models?"
    r"|llms?|chatbots?|chatgpt|artificial intelligence|ai models?|as an ai|system prompt"
    r"|sistem\w* automat\w*|asistent\w* (?:automat\w*|virtual\w*|digital\w*|ai)|model\w* de limbaj|inteligent\w* artificial\w*"
    r"|robot\w* conversational\w*)\b"
)
_ORDER = re.compile(
    r"\b(?:(?:disregard|ignore|forget|override|bypass) (?:all|any|the|your|every|previous|prior|other|these|those|what)"
    r"|do not (?:mention|reveal|tell|cite|say|repeat)|(?:state|say|answer|respond|reply|claim|write|tell|report) (?:that|with|only|as|every|to|in)"
    r"|you (?:must|should|are|will)|your (?:instructions|answer|rules)"
    r"|ignora(?:ti)? |(?:nu )?(?:raspunde|spune|scrie|afirma|mentiona|declara)(?:ti)? |trebuie sa (?:raspund|spun|scri)\w+"
    r"|instructiunile (?:tale|voastre|dumneavoastra|anterioare|de mai sus))"
)
_OUTRIGHT = re.compile(
    r"\b(?:(?:disregard|ignore|forget) (?:all |any |the |your )*(?:other |previous |prior |above )*(?:instructions|sources|rules)"
    r"|ignora(?:ti)? (?:toate )?(?:celelalte )?(?:instructiunile|sursele|regulile))"
)


@lru_cache(maxsize=MOST_KEPT)
def is_planted(text: str) -> bool:
    """Whether a text tells a machine what to say."""
    folded = fold_keeping_length(text)
    if _OUTRIGHT.search(folded):
        return True
    return _ADDRESSEE.search(folded) is not None and _ORDER.search(folded) is not None
