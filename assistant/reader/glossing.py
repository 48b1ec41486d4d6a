"""Romanian put into English word by word, for a reader that knows English only, and the way back.

No translation anyone would print: each word stands where it stood, in the form the lexicon has first or, better, in
the one that the other text holds. Closed-class words are those of `closed_words.tsv`. Knows nothing of readers.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from assistant.grammar import grammar
from assistant.place_names import names_of_countries
from assistant.reader.english_words import shaped, written
from assistant.reader.romanian_words import PLURAL, english_stems, is_participle, shape_of
from corpus.document import Span
from corpus.words import WORD, fold, stem, words

_TABLE = Path(__file__).with_name("closed_words.tsv")
LANGUAGES = ("en", "ro")
MOST_MEANINGS = 6
"""Translations of a word that are tried, the most likely first."""
_JOINS = frozenset((" ", "-", ".", ". "))
"""What may stand between two words of a phrase."""
_AUXILIARIES = frozenset("a ai am are ati au era erau este fi fiind fost sunt".split())
"""Behind them stands a participle more often than not."""
SHORTEST_SAME, TELLING_LETTERS = 3, 4
"""Letters of a word that stays where the other text holds it as it is, and where it holds its stem."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A text word by word in English.

    Stretch `k` of the original begins at character `origins[k]` and has in `text` what begins at `starts[k]`; one more
    of each is where the texts end. `same[k]` tells whether both hold the same characters.
    """

    text: str
    origins: tuple[int, ...]
    starts: tuple[int, ...]
    same: tuple[bool, ...]

    def back(self, span: Span) -> Span:
        """What a span of the gloss stands for in the original: whole words where words were changed."""
        return _carried(span, self.starts, self.origins, self.same)

    def forward(self, span: Span) -> Span:
        """What stands in the gloss for a span of the original; nothing for a word that English lacks."""
        return _carried(span, self.origins, self.starts, self.same)


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of the other text, folded, and those that tell something by their stems."""

    words: frozenset[str]
    by_stem: Mapping[str, str]


def gloss(text: str, *, language: str, known: Collection[str] = ()) -> Gloss:
    """A text in `language`, `ro`, or `en`, which stays as it is; of several meanings one among the words `known`.

    Raises ValueError for another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no words for {language!r}; there are some for {' and '.join(LANGUAGES)}")
    parts = [(text, len(text), True)] if language == "en" else list(_parts(text, _known(known)))
    origins, starts = [0], [0]
    for put, end, _ in parts:
        origins.append(end)
        starts.append(starts[-1] + len(put))
    return Gloss("".join(p for p, _, _ in parts), tuple(origins), tuple(starts), tuple(same for _, _, same in parts))


def side_by_side(question: str, passage: str, asked_in: str, language: str) -> tuple[Gloss, Gloss]:
    """A question and a passage, each in its own language, in English words of which both choose the same."""
    if language == "en":
        return gloss(question, language=asked_in, known=words(passage)), gloss(passage, language="en")
    asked = gloss(question, language=asked_in)
    return asked, gloss(passage, language=language, known=words(asked.text))


def _carried(span: Span, source: tuple[int, ...], target: tuple[int, ...], same: tuple[bool, ...]) -> Span:
    if not same:
        return Span(0, 0)
    first = min(bisect_right(source, span.start), len(same)) - 1
    start = target[first] + (span.start - source[first] if same[first] else 0)
    if span.end <= span.start:
        return Span(start, start)
    last = max(bisect_left(source, span.end), 1) - 1
    return Span(start, target[last + 1] - (source[last + 1] - span.end if same[last] else 0))


def _parts(text: str, known: _Known) -> Iterator[tuple[str, int, bool]]:
    """(what stands for a stretch, where the stretch ends in the original, is it the same) from the start to the end."""
    found = [(match.start(), match.end(), fold(match.group())) for match in WORD.finditer(text)]
    at, done = 0, 0
    while at < len(found):
        start = found[at][0]
        if start > done:
            yield text[done:start], start, True
        put, size = _phrase(text, found, at)
        done = found[at + size - 1][1]
        own = text[start:done]
        if put is None:
            is_spoken = at > 0 and found[at - 1][2] in _AUXILIARIES
            put = _chosen(found[at][2], own, is_spoken, known)
        yield put, done, put == own
        at += size
    if len(text) > done:
        yield text[done:], len(text), True


def _phrase(text: str, found: list[tuple[int, int, str]], at: int) -> tuple[str | None, int]:
    """What the table has for the words from `at` on, and how many words that is; None and 1 where it has nothing."""
    table, firsts = _closed_words()
    for size in range(firsts.get(found[at][2], 0), 0, -1):
        said = found[at : at + size]
        if len(said) == size and all(text[a[1] : b[0]] in _JOINS for a, b in pairwise(said)):
            put = table.get(" ".join(word for _, _, word in said))
            if put is not None:
                return _in_context(put, said, found, at), size
    return None, 1


def _in_context(put: str, said: list[tuple[int, int, str]], found: list[tuple[int, int, str]], at: int) -> str:
    """`a` before a participle is no article: „a primit”, has received; nor has English an `of` in „45 de elevi”."""
    if len(said) > 1:
        return put
    if said[0][2] == "a" and at + 1 < len(found) and is_participle(found[at + 1][2]):
        return "has"
    if said[0][2] == "de" and at > 0 and found[at - 1][2][-1].isdigit():
        return ""
    return put


def _chosen(folded: str, own: str, is_spoken: bool, known: _Known) -> str:
    """The English word for one word: one that the other text holds, else the likeliest; its own if there is none."""
    if folded in known.words and len(folded) >= SHORTEST_SAME:
        return own
    meanings = _meanings(folded, is_spoken)
    for stemmed, _ in meanings:
        if stemmed in known.by_stem:
            return known.by_stem[stemmed]
    if own[:1].isupper() and (country := _countries().get(folded)):
        return country
    return meanings[0][1] if meanings else own


def _known(said: Collection[str]) -> _Known:
    closed = grammar().function_words["en"]
    folded = frozenset(map(fold, said))
    return _Known(folded, {stem(word, "en"): word for word in sorted(folded) if word not in closed})


@lru_cache(maxsize=32768)
def _meanings(folded: str, is_spoken: bool) -> tuple[tuple[str, str], ...]:
    """(stem, the word as it is written) of the English words that a Romanian one may be, the likeliest first."""
    if not folded.isalpha():
        return ()
    own = [(stem(folded, "en"), folded)] if len(folded) >= TELLING_LETTERS else []
    stems = english_stems(folded)[:MOST_MEANINGS]
    shape = shape_of(folded, is_spoken=is_spoken)
    fitting = [(one, word) for one in stems if shape and (word := shaped(one, shape))]
    if shape == PLURAL and (not fitting or fitting[0][0] != stems[0]):
        fitting = []  # the likeliest meaning counts more than the number
    usual = [(one, forms[0]) for one in stems if (forms := written(one))]
    rest = [(one, one) for one in stems if not written(one)]
    return tuple(dict((one, (one, word)) for one, word in reversed((*fitting, *usual, *rest, *own))).values())[::-1]


@cache
def _countries() -> dict[str, str]:
    """English names by the forms of Romanian ones of a single word, folded."""
    from babel import Locale

    names = Locale("en").territories
    return {form[0]: names[code] for form, code in names_of_countries().items() if len(form) == 1 and code in names}


@cache
def _closed_words() -> tuple[dict[str, str], dict[str, int]]:
    """What stands for a phrase, and by the first word of each how many words the longest has."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    table = {" ".join(words(said)): "" if put == "-" else put for put, forms in rows for said in forms.split(", ")}
    firsts: dict[str, int] = {}
    for phrase in table:
        first, size = phrase.split(" ", 1)[0], len(phrase.split(" "))
        firsts[first] = max(size, firsts.get(first, 0))
    return table, firsts
