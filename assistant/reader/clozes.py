"""Questions made of plain sentences, for a first pass: a name, date, number or phrase is taken out and asked for.

What is left is put in the order of a question, shortened, and partly said in other words. Such questions are clumsy,
but every sentence gives some, and they teach what a question word asks for before people's questions are learnt from.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.kin import is_mostly_verb, kin_of
from assistant.reader.english_words import written
from assistant.reader.examples import Example
from corpus.document import Span
from corpus.sentences import sentence_spans
from corpus.words import fold, stem

SOURCE = "cloze"
FEWEST_WORDS, MOST_WORDS = 7, 60
"""Words of a sentence that something can be asked about."""
NEAREST, FARTHEST = 5, 12
"""Words on either side of what is asked for that come into the question, at most: a number drawn between these."""
FEWEST_TELLING = 2
"""Words of a question that tell what it is about; with fewer it could be about anything."""
DROPPED, REWORDED, IN_PLACE = 0.1, 0.15, 0.15
"""Shares: telling words left out or said otherwise, questions that keep the order of the sentence."""
USUAL = 3
"""Of the words a word follows from, those most used are drawn from."""

MONTHS = "January February March April May June July August September October November December".split()
DATE = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)})\b(?: \d{{1,2}}\b,?)?(?: \d{{4}})?|"
    r"\b(?:1[0-9]|20)\d\d(?:s|[–-]\d{2,4})?\b"
)
NUMBER = re.compile(r"(?<![\w.,])[$€£]?\d+(?:[.,]\d+)*(?: (?:million|billion|percent|per cent))?%?(?![\w%]|[.,]\d)")
NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:(?:of|de|the|and) )?[A-Z][\w’'-]+)*")
WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
FUNCTION = frozenset(
    "a an the this that these those its their his her our of to in on at by for from with as and or but nor is are was "
    "were be been being has have had do does did not it they he she we which who whom whose what when where while if "
    "than then there can could may might must shall should will would into over under about between through during "
    "after before since because also such some any all both each more most other no only very so up out".split()
)
PLAIN = rf"(?!(?:{'|'.join(sorted(FUNCTION))})\b)[a-z][\w-]+"
PHRASE = re.compile(rf"(?<= ){PLAIN}(?: {PLAIN}){{0,4}}")
AUXILIARY = frozenset("is are was were has have had can could may might must should will would did does do".split())
BEFORE_PHRASE = frozenset("the a an of for with as by on in into from its their his her and between through".split())
BEFORE_PLACE, BEFORE_DOER = frozenset("in at near from to into across".split()), frozenset({"by"})


@dataclass(frozen=True, slots=True)
class _Gap:
    """What a question asks for: where it stands in the sentence, and the words it may be asked with."""

    span: Span
    asked_with: tuple[str, ...]


def clozes(examples: Sequence[Example], each: int, seed: int) -> list[Example]:
    """At most `each` answered questions of every passage of `examples`, in the passages' order."""
    drawn = random.Random(seed)  # noqa: S311  # a choice, no secret
    passages = {one.passage: one for one in examples}
    return [made for one in passages.values() for made in _of_passage(one, each, drawn)]


def _of_passage(example: Example, each: int, drawn: random.Random) -> list[Example]:
    text = example.passage
    found = [
        (sentence, gap)
        for sentence in sentence_spans(text, "en")
        if FEWEST_WORDS <= len(WORD.findall(sentence.of(text))) <= MOST_WORDS
        for gap in _gaps(sentence.of(text))
    ]
    made = []
    for sentence, gap in drawn.sample(found, min(each, len(found))):
        answer = Span(sentence.start + gap.span.start, sentence.start + gap.span.end)
        if question := _question(sentence.of(text), gap, drawn):
            made.append(replace(example, question=question, answer=answer, lure=None, source=SOURCE))
    return made


def _gaps(sentence: str) -> Iterator[_Gap]:
    taken: list[Span] = []
    for pattern, asked in ((DATE, _of_date), (NUMBER, _of_number), (NAME, _of_name), (PHRASE, _of_phrase)):
        for match in pattern.finditer(sentence):
            span = Span(*match.span())
            before = fold(next(iter(WORD.findall(sentence[: span.start])[-1:]), ""))
            words = asked(match.group(), before, sentence[span.end :])
            if pattern is NAME and not before and " " not in match.group():
                continue  # every word has a capital there
            if words and not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield _Gap(span, words)


def _of_date(_: str, before: str, __: str) -> tuple[str, ...]:
    return ("when", "when", "what year", "what date") if before != "the" else ("when", "what period")


def _of_number(said: str, _: str, after: str) -> tuple[str, ...]:
    if said[0] in "$€£":
        return "how much", "how much money", "what sum"
    if said.endswith(("%", "percent", "per cent")):
        return "what percentage", "how much", "what share"
    return ("how many", "how many", "what number of") if WORD.match(after.strip()) else ("how many", "what")


def _of_name(said: str, before: str, _: str) -> tuple[str, ...]:
    if fold(said) in FUNCTION or len(said) < 3:
        return ()
    if before in BEFORE_PLACE:
        return "where", "what place", "which", "what"
    return ("who", "who", "what", "which") if before not in BEFORE_DOER else ("who", "what")


def _of_phrase(said: str, before: str, _: str) -> tuple[str, ...]:
    return ("what", "what", "which", "what kind of") if before in BEFORE_PHRASE and len(said) > 3 else ()


def _question(sentence: str, gap: _Gap, drawn: random.Random) -> str | None:
    """What stands around the gap, as a question: the auxiliary first, or as it stood, some words otherwise or not."""
    left = _near(sentence[: gap.span.start])[-drawn.randint(NEAREST, FARTHEST) :]
    right = _near(sentence[gap.span.end :], after=True)[: drawn.randint(NEAREST, FARTHEST)]
    if sum(fold(word) not in FUNCTION for word in (*left, *right)) < FEWEST_TELLING:
        return None
    asked = drawn.choice(gap.asked_with)
    if left and fold(left[-1]) in BEFORE_PLACE | {"the", "a", "an", "on"} and not asked.startswith("how many"):
        left = left[:-1]
    left, right = (_reworded(side, drawn) for side in (left, right))
    if drawn.random() < IN_PLACE:
        ordered = [*left, asked, *right]
    elif asked.startswith(("how many", "what number")):  # the noun that is counted stays with the question word
        ordered = [asked, *right[:2], *_turned(left), *right[2:]]
    else:
        ordered = [asked, *_turned(left), *right]
    question = " ".join(ordered)
    return question[0].upper() + question[1:] + "?"


def _near(text: str, *, after: bool = False) -> list[str]:
    """Words of a side up to where its clause ends."""
    parts = re.split(r"[;:()–—]|, (?:and|but|which|who|while|where) ", text)
    return WORD.findall(parts[0] if after else parts[-1])


def _turned(words: Sequence[str]) -> list[str]:
    """A statement's beginning in the order of a question: the auxiliary first, or `did` where a verb has none."""
    at = next((i for i, word in enumerate(words) if fold(word) in AUXILIARY), None)
    if at is not None:
        return [words[at], *words[:at], *words[at + 1 :]]
    has_verb = any(is_mostly_verb(fold(word), "en") for word in words[1:])
    return ["did", *words] if has_verb else list(words)


def _reworded(words: Sequence[str], drawn: random.Random) -> list[str]:
    kept = []
    for word in words:
        is_telling = fold(word) not in FUNCTION
        is_lower = is_telling and word.isascii() and word.isalpha() and word.islower()
        if is_telling and drawn.random() < DROPPED:
            continue
        others = _others(word) if is_lower and drawn.random() < REWORDED else ()
        kept.append(drawn.choice(others) if others else word)
    return kept


def _others(word: str) -> tuple[str, ...]:
    """The most used words that it follows from, or that follow from it, in a like form."""
    own = stem(word, "en")
    found = [
        form
        for key in sorted(kin_of(word, "en", "en"))
        if key != own
        for form in written(key)
        if form[-2:] == word[-2:] or (len(form) > 3 and form[-1] == word[-1])
    ]
    return tuple(found[:USUAL])
