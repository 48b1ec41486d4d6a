"""How names in a question hang together: "A or B", "A, B", "those of A and of B". Knows no names."""

import re

from assistant.grammar import grammar
from assistant.heard import Heard
from corpus.words import words

OR = r"(?:or|sau|ori)"
LINKS = r"(?:\s*(?:the|name|those|from|in|of|by|de|din|cele|la|catre)\b)*"
"""What may stand between "or" and a name, folded."""


def are_alternatives(heard: Heard, first: frozenset[int], second: frozenset[int]) -> bool:
    """Whether any of two will do: "A or B", "A, B", "A (or B)", „A sau de B”."""
    return bool(re.fullmatch(rf"\s*[,/(]?\s*(?:{OR}\b)?{LINKS}\s*", heard.between(max(first), min(second))))


def are_joined_by_or(heard: Heard, first: frozenset[int], second: frozenset[int]) -> bool:
    """Whether "or" stands between two that may both have to hold without it, and no topic: "in A or costing B"."""
    said = heard.between(max(first), min(second))
    known = grammar().closed | grammar().helpers
    is_known = all(word in known or any(one.fullmatch(word) for one in grammar().patterns) for word in words(said))
    return is_known and bool(re.search(rf"\b{OR}\b", said))


def are_both(heard: Heard, first: frozenset[int], second: frozenset[int]) -> bool:
    """Whether two together are meant, "those of Serbia and of Bosnia", or any of two."""
    between = heard.between(max(first), min(second))
    return bool(re.fullmatch(rf"\s*,?\s*(?:{OR}\b|(?:and|si)\b|,){LINKS}\s*", between))
