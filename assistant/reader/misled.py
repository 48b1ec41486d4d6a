"""Questions that a passage no longer answers, made by rule from questions that it does.

A name or number is exchanged for another, a word for its opposite, or a negation put in or taken out. What was the
answer then only looks like one.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.kin import is_mostly_verb, keys_of, opposites_of
from assistant.reader.examples import Example
from corpus.document import Span
from corpus.sentences import sentence_spans
from corpus.words import fold, stem, words

YEAR = re.compile(r"\b(?:1[0-9]\d\d|20\d\d)\b")
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w%]|[.,]\d)")
NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of |de |the )?[A-Z][\w’'-]+)*")
WORD = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-])")
NEGATED = re.compile(r"\b(did|do|does|was|were|is|are|has|have|had|could|can|would|should)(?:n't| not)\b")
AUXILIARY = re.compile(r"\b(did|does|was|were|is|are|has|had|could|would|should)\b(?! not|n't)")
NEVER = re.compile(r"\bnever ")
ENDINGS = ("ity", "ness", "tion", "ment", "ing", "ed", "ly", "est", "er", "ies", "s", "")
OPPOSITES_FIRST, NEGATIONS_FIRST = 0.25, 0.08
"""Shares of examples for which these are tried first; both are worse questions than one with another name in it, and
a negation, which goes into any question, is never a last resort: most would ask for all the world but the answer."""
FROM_PASSAGE = 0.5
"""The share of exchanged names taken from the passage itself, where it has any: these mislead most."""
TOO_COMMON = frozenset("what which when where many much does have been with some name that this from more most".split())
"""Words with opposites in the tables that a question asks with, not about."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A name, year or number, and the word before it, by which names of people and of places are told apart."""

    words: str
    kind: str
    before: str


def misled(examples: Sequence[Example], seed: int) -> list[Example]:
    """At most one unanswerable question for each answered example, in order; the old answer is its lure."""
    drawn = random.Random(seed)  # noqa: S311  # a choice, no secret
    forms = _forms(examples)
    made = []
    for _, group in groupby(sorted(examples, key=lambda one: one.article), key=lambda one: one.article):
        article = list(group)
        pool = _pool(article)
        for example in article:
            question = _changed(example, pool, forms, drawn) if example.answer else None
            if question and fold(question) not in pool.asked:
                made.append(replace(example, question=question, answer=None, lure=example.answer, source="misled"))
    return made


@dataclass(frozen=True, slots=True)
class _Pool:
    """What one article's questions and passages name, and its questions, folded."""

    asked: frozenset[str]
    named: tuple[_Named, ...]
    passages: Mapping[str, tuple[_Named, ...]]


def _pool(article: Sequence[Example]) -> _Pool:
    passages = {text: tuple(one for _, one in _named(text)) for text in dict.fromkeys(one.passage for one in article)}
    asked = [one for example in article for _, one in _named(example.question)]
    everything = dict.fromkeys((*asked, *(one for found in passages.values() for one in found)))
    return _Pool(frozenset(fold(one.question) for one in article), tuple(everything), passages)


def _named(text: str) -> Iterator[tuple[Span, _Named]]:
    """Names, years and numbers of `text`; none at the beginning of a sentence, where every word has a capital."""
    for kind, pattern in (("year", YEAR), ("number", NUMBER), ("name", NAME)):
        for match in pattern.finditer(text):
            before = text[: match.start()].rstrip()
            if (kind == "number" and YEAR.fullmatch(match.group())) or not before or before[-1] in ".?!:“\"'”(\n":
                continue
            name = re.sub(r"['’]s$", "", match.group())
            yield Span(match.start(), match.start() + len(name)), _Named(name, kind, fold(before.split()[-1]))


def _changed(example: Example, pool: _Pool, forms: Mapping[str, Counter[str]], drawn: random.Random) -> str | None:
    ways: list[Callable[[], str | None]] = [
        lambda: _renamed(example, pool, drawn),
        lambda: _turned(example, forms, drawn),
    ]
    chance = drawn.random()
    if chance < NEGATIONS_FIRST:
        ways.insert(0, lambda: _negated(example.question))
    elif chance < NEGATIONS_FIRST + OPPOSITES_FIRST:
        ways.insert(0, ways.pop(1))
    return next((question for way in ways if (question := way())), None)


def _renamed(example: Example, pool: _Pool, drawn: random.Random) -> str | None:
    """The question with one name or number, which the passage has too, exchanged for another of its kind."""
    kept = " ".join(one.of(example.passage) for one in _holding(example.passage, example.answer or Span(0, 0)))
    barred = fold(f"{kept} {example.question}")
    inside = fold(example.passage)
    found = [(span, one) for span, one in _named(example.question) if fold(one.words) in inside]
    drawn.shuffle(found)
    for span, old in found:
        fits = [one for one in pool.named if _fits(one, old, barred)]
        near = [one for one in pool.passages[example.passage] if _fits(one, old, barred)]
        others = near if near and drawn.random() < FROM_PASSAGE else fits
        if others:
            new = drawn.choice(others).words
            return example.question[: span.start] + new + example.question[span.end :]
    return None


def _fits(new: _Named, old: _Named, barred: str) -> bool:
    alike = new.kind == old.kind and (new.kind != "name" or new.before == old.before)
    return alike and fold(new.words) not in barred and abs(new.words.count(" ") - old.words.count(" ")) < 2


def _holding(passage: str, answer: Span) -> list[Span]:
    return [one for one in sentence_spans(passage, "en") if one.overlaps(answer)]


def _forms(examples: Sequence[Example]) -> dict[str, Counter[str]]:
    """The words of the passages by their stems: the tables of opposites hold stems only."""
    counted = Counter(
        word for text in dict.fromkeys(one.passage for one in examples) for word in re.findall(r"\b[a-z]{3,}\b", text)
    )
    forms: dict[str, Counter[str]] = {}
    for word, count in counted.items():
        forms.setdefault(stem(word, "en"), Counter())[word] = count
    return forms


def _turned(example: Example, forms: Mapping[str, Counter[str]], drawn: random.Random) -> str | None:
    """The question with one word, which the answering sentence has too, exchanged for its opposite in the same form."""
    said = " ".join(one.of(example.passage) for one in _holding(example.passage, example.answer or Span(0, 0)))
    stems = {stem(word, "en") for word in words(said)}
    found = [
        (match, new)
        for match in WORD.finditer(example.question)
        if stem(match.group(), "en") in stems and (new := _opposite(match.group(), forms))
    ]
    if not found:
        return None
    match, new = drawn.choice(found)
    return example.question[: match.start()] + new + example.question[match.end() :]


def _opposite(word: str, forms: Mapping[str, Counter[str]]) -> str | None:
    """The most usual form of an opposite that is mutual, ends alike and is a verb where `word` is one."""
    if word in TOO_COMMON:
        return None
    alike = [
        (count, form)
        for key in opposites_of(word, "en", "en")
        for form, count in forms.get(key, Counter()).items()
        if _ending(form) == _ending(word)
        and is_mostly_verb(form, "en") == is_mostly_verb(word, "en")
        and keys_of(word, "en") & opposites_of(form, "en", "en")
    ]
    return max(alike)[1] if alike else None


def _ending(word: str) -> str:
    return next(one for one in ENDINGS if word.endswith(one))


def _negated(question: str) -> str | None:
    """The question without its negation, or with one behind its first auxiliary."""
    for pattern, instead in ((NEGATED, r"\1"), (NEVER, ""), (AUXILIARY, r"\1n't")):
        changed, count = pattern.subn(instead, question, count=1)
        if count:
            return changed
    return None
