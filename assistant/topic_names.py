"""A project that a question calls by its page, or by what its title alone is about: "the otter project".

What only the text of a project tells of is no name; `assistant.described` looks for that.
"""

from itertools import takewhile

from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.linking import Link
from assistant.vocabulary import Vocabulary
from corpus.words import fold

MOST_WORDS = 3
"""Words before the noun: "the wild otter project"."""
ENOUGH = 0.6
"""Score of such a link: no name as it is."""


def named_by_page(heard: Heard, vocabulary: Vocabulary) -> list[Link]:
    """The project of the page whose title is named, in words written like names."""
    found = vocabulary.pages.link(heard.words, heard.language)
    return [one for one in found if all(heard.is_name(at) for at in one.positions)]


def named_by_topic(heard: Heard, vocabulary: Vocabulary) -> list[Link]:
    """The one project whose title holds the words beside "the project"; none where several do, or none does."""
    for at, word in enumerate(heard.words):
        if not grammar().record_named.fullmatch(word):
            continue
        for positions in (_before(heard, at), _behind(heard, at)):
            said = [heard.words[one] for one in positions]
            if not said or any(heard.is_name(one) for one in positions):
                continue
            found = vocabulary.title_words.holding(said, heard.language)
            if found and len({fold(one.name) for one in found}) == 1:
                return [Link(one, frozenset(positions), ENOUGH) for one in found]
    return []


def _before(heard: Heard, at: int) -> list[int]:
    """Telling words between "the" and the noun."""
    found = list(takewhile(lambda one: _is_telling(heard, one), range(at - 1, max(-1, at - MOST_WORDS - 1), -1)))
    lead = min(found, default=0) - 1
    return found[::-1] if found and lead >= 0 and heard.words[lead] in grammar().definite else []


def _behind(heard: Heard, at: int) -> list[int]:
    """Telling words behind the noun and a preposition: "the project on otters", „proiectul cu bivoli”."""
    words = heard.words
    is_one = words[at] in grammar().closed if heard.language == "ro" else at > 0 and words[at - 1] in grammar().definite
    if not is_one or at + 1 >= len(words) or words[at + 1] not in grammar().prepositions | grammar().about:
        return []
    first = at + 2 + (at + 2 < len(words) and words[at + 2] in grammar().articles)
    return list(takewhile(lambda one: _is_telling(heard, one), range(first, min(len(words), first + MOST_WORDS))))


def _is_telling(heard: Heard, at: int) -> bool:
    word = heard.words[at]
    known = grammar().closed | grammar().helpers
    return word not in known and at not in heard.matching(grammar().operations)
