"""Which project a question means that names none: by who paid, where it was, and what its text tells of.

"The contract in Belarus", "the project that Raiffeisen paid for", "the selfie map project".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.crosslingual import SHORTEST_ROOT, share_held
from assistant.evidence import Rarity, stems
from assistant.grammar import grammar
from assistant.linking import Subject
from assistant.names import PROJECT, Called
from assistant.plan import Plan
from assistant.records import Records
from assistant.selecting import choose
from assistant.topics import ways_held
from assistant.vocabulary import Vocabulary
from corpus.words import fold, words

MOST_LOOKED_AT = 60
"""Projects that conditions leave and whose texts are compared with the other words of a question."""
MOST_MEANT = 4
"""Projects that one description may fit."""
PASSAGES_READ = 20
"""Passages among which a project is looked for that only its text tells of."""
FEWEST_WORDS = 2
"""Words that describe a project where no condition narrows the choice."""
ENOUGH_HELD, ALL_HELD = 0.5, 0.999
"""Share of the describing words, by rarity, that a project's text has to hold beside conditions, and without."""
ENOUGH_TRANSLATED = 0.3
"""The same beside conditions where every text is in another language: not every word has its translation."""


class Described:
    """Finds projects of one store by what is said of them."""

    def __init__(self, records: Records, vocabulary: Vocabulary, rarity: Rarity) -> None:
        self._records = records
        self._vocabulary = vocabulary
        self._rarity = rarity

    def find(self, plan: Plan, *, is_part: bool = False) -> list[Subject]:
        """The projects that the question's conditions and other words fit best; none where none fits well enough.

        A part of a question, "the one on tourism", needs not say that it speaks of a project.
        """
        telling = [word for word in plan.leftover if not self._is_of_all(word)]
        if plan.quoted - {word for one in plan.conditions for word in words(one.said)}:
            return []  # a title between quotation marks that no project has
        if plan.conditions:
            chosen = choose(self._records, replace(plan, subjects=()))
            keys = [key for group in chosen.groups for key in group]
            if not keys or len(chosen.groups) > MOST_LOOKED_AT:
                return []
            near = list(self._records.by_key(keys).values())
            is_foreign = all(subject.document.language != plan.language for subject in near)
            least = ENOUGH_TRANSLATED if is_foreign else ENOUGH_HELD
        else:
            if called := self._called(plan, telling):
                return called
            if not telling:
                return []
            if not is_part and not grammar().record_named.search(fold(plan.question)):
                return []  # "what did a share in the bus cost" is not what the project cost
            if set(telling) <= plan.names:
                return self._named_in_text(telling)
            if len(telling) < FEWEST_WORDS:
                found = self.telling_of(telling[0], plan.language)
                return found if self._is_one(found) else []
            hits = self._records.store.search(plan.question, PASSAGES_READ)
            ids = dict.fromkeys(hit.passage.project_id for hit in hits if hit.passage.project_id)
            near = [self._records.subject(Called(PROJECT, key, key)) for key in ids]
            least = ALL_HELD
        near = [subject for subject in near if self._has_names(subject, plan.names & set(telling), plan.language)]
        if not telling:
            return near if self._are_few(near) else []
        shares = {subject.key: self.share(subject, telling, plan.language) for subject in near}
        best = max(shares.values(), default=0.0)
        found = [subject for subject in near if shares[subject.key] > best - 0.001]
        called = [subject for subject in found if set(telling) <= set(words(subject.title))]
        found = called or found
        is_one = self._is_one(found)
        if best < least and not (plan.conditions and is_one and len(near) == len(found)):
            return []
        said = {word for one in plan.conditions for word in words(one.said)}
        unsaid = [word for word in telling if word not in said]
        if plan.conditions and unsaid and not any(self.share(one, unsaid, plan.language) for one in found):
            return []  # the place alone fits
        return found if is_one or (plan.conditions and self._are_few(found)) else []

    def several(self, plan: Plan) -> list[Subject]:
        """The projects of which "the X project" may be any, where more than one fits it."""
        telling = [word for word in plan.leftover if not self._is_of_all(word)]
        if plan.conditions or len(telling) != 1 or not grammar().record_named.search(fold(plan.question)):
            return []
        titled = self._vocabulary.title_words.holding(telling, plan.language)
        if titled:
            return [self._records.subject(called) for called in titled]
        return self.telling_of(telling[0], plan.language)

    def telling_of(self, word: str, language: str) -> list[Subject]:
        """The projects whose texts hold a word or what translates it; none where they are too many to be told apart."""
        _, keys = ways_held(word, language, self._vocabulary)
        return list(self._records.by_key(keys.tolist()).values()) if len(keys) <= MOST_LOOKED_AT else []

    def _called(self, plan: Plan, telling: Sequence[str]) -> list[Subject]:
        """The one project whose title holds all that is left of a question that asks for a field of it.

        "Budget of the dairy", „partenerii cantinei sociale”; one word has to stand beside what asks.
        """
        if not telling or (len(telling) == 1 and not _is_owner(plan, telling[0])):
            return []
        found = [self._records.subject(one) for one in self._vocabulary.title_words.holding(telling, plan.language)]
        return found if self._is_one(found) else []

    def _are_few(self, subjects: Sequence[Subject]) -> bool:
        """Whether they are so few projects that a question may be about all of them."""
        return len(self._records.once(self._records.keys_of(subjects).tolist())) <= MOST_MEANT

    def _named_in_text(self, telling: Sequence[str]) -> list[Subject]:
        """The one project whose text holds a name: "the X contract"."""
        keys = self._records.holding(" ".join(telling))
        found = list(self._records.by_key(keys.tolist()).values()) if 0 < len(keys) <= MOST_LOOKED_AT else []
        phrase = f" {' '.join(telling)} "
        found = [one for one in found if phrase in f" {' '.join(words(one.span.of(one.document.text)))} "]
        return found if self._is_one(found) else []

    def _has_names(self, subject: Subject, names: frozenset[str], asked_in: str) -> bool:
        """Whether a text has the names of a question as they are; in another language they may be written otherwise."""
        if subject.document.language != asked_in:
            return True
        return names <= set(words(subject.span.of(subject.document.text)))

    def _is_one(self, subjects: Sequence[Subject]) -> bool:
        """Whether they all describe one project."""
        if not subjects:
            return False
        same_title = len({subject.title for subject in subjects}) == 1
        return same_title or len(self._records.once(self._records.keys_of(subjects).tolist())) == 1

    def _is_of_all(self, word: str) -> bool:
        """Whether most records hold a word: the name of who runs them all."""
        return len(self._records.holding(word)) > 0.5 * max(2, self._records.count)

    def beside(self, plan: Plan, found: Sequence[Subject]) -> tuple[str, ...]:
        """What is asked about that is no project found: the group in "who led the group in X"; no word of a title."""
        if not plan.conditions:
            return ()  # they have said which project is meant
        explained = {word for one in plan.conditions for word in words(one.said)}
        telling = tuple(word for word in plan.own if word not in explained and not self._is_of_all(word))
        keys = {subject.key for subject in found}
        holders = ([one.key for one in self._vocabulary.title_words.holding([word], plan.language)] for word in telling)
        return telling if any(keys.isdisjoint(titled) for titled in holders) else ()

    def fits_all(self, plan: Plan) -> bool:
        """Whether the words that no field explains describe the subjects: their texts hold them."""
        wanted = [word for word in plan.narrowing if len(word) >= SHORTEST_ROOT]  # "teh" tells nothing
        # Of money every word counts: "the budget for catering" is not the budget.
        is_named = all(one.meaning.name in ("organisation", "reference", "programme") for one in plan.fields)
        least = ENOUGH_HELD if is_named else ALL_HELD
        return all(self.share(subject, wanted, plan.language) >= least for subject in plan.subjects)

    def share(self, subject: Subject, wanted: Sequence[str], asked_in: str) -> float:
        """Share of words, by rarity, that a subject's text holds in one form or another, or in translation; 0 to 1."""
        held = stems(subject.span.of(subject.document.text), subject.document.language)
        return share_held(wanted, held, subject.document.language, asked_in, self._rarity)


def _is_owner(plan: Plan, word: str) -> bool:
    """Whether a word stands right beside what asks for a field, articles and prepositions aside: "partners otters"."""
    said = [one for one in words(plan.question) if one not in grammar().prepositions | grammar().articles]
    asking = {one for field in plan.fields for one in _asked_by(field.pattern.finditer(fold(plan.question)))}
    asking |= {one for label in plan.labels for one in words(label)}
    at = said.index(word) if word in said else 0
    if at and said[at - 1] in asking:
        return True
    return said[at + 1 :] == said[-1:] and said[-1] in asking and set(said[:at]) <= grammar().closed


def _asked_by(matches: Iterable[re.Match[str]]) -> list[str]:
    return [one for match in matches for one in words(match.group())]
