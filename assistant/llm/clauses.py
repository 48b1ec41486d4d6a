"""A text in clauses, words and figures, with what is denied in it and what is only planned.

Without a grammar of the language: borders are marks and joining words, a negation holds to the end of its clause.
Does not know which of two texts rests on the other.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.figures import FIGURE_WORDS, Figures, figures_of
from assistant.grammar import LANGUAGES
from assistant.kin import keys_of
from assistant.llm.wording import families_of, phrases_in, sides_in, strict_in, unit_of, wording
from assistant.money import MOST_KEPT
from assistant.translation import translations_of
from corpus.folding import fold_keeping_length
from corpus.numbers import SCALES
from corpus.words import WORD, stem

_HARD = re.compile(r"(?<!\bdr)(?<!\bnr)(?<!\bno)(?<!\bst)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bart)(?<!\bstr)(?<!\bco)(?<!\bltd)(?<!\bprof)[.!?…]+(?=\s|$|[”\"»])|[;|\n•]|(?<!\d)\s[–—]\s(?!\d)|\((?=\w{4})|\)")
_SOFT = re.compile(
    r",(?=\s)|(?<![\w-])(?:and|but|while|whereas|which|who|because|although|though|when|where|so that|after|before"
    r"|si|iar|dar|insa|ci|care|din care|deoarece|pentru ca|intrucat|fiindca|desi|cand|unde|in timp ce|dintre care)(?![\w-])"
)
_YEAR = re.compile(r"(?:[a-z]+\s)?(?:19|20)\d\d")
_CAPITAL_BEFORE = re.compile(r"(?<!\w)[^\W\d_a-zăâîșțşţ][\w’'-]*\s$")
_SCOPE_END = re.compile(
    r"[.!?…]+(?=\s|$)|[;|\n,](?=\s)|\s[–—]\s|\b(?:but|while|whereas|because|although|though|so that|unless|iar|dar|insa|ci|deoarece|intrucat|fiindca|desi)\b"
    r"|\b(?:and (?:was|were|is|are|has|have|had|did|then|it|they|he|she|later|now|\w+ed)|si (?:a|au|s|se|este|sunt|era|fost|isi|apoi))\b"
)
_TURN = re.compile(r"[.!?…;|\n]\s|\b(?:but|while|whereas|although|though|iar|dar|insa|ci|desi)\b")
_RANGE = re.compile(r"\s*(?:[-–—/]|to|until|and|pana in|pana la|pana|si|la)\s*(?:the |luna |data de |in |la |anul )*")
_BETWEEN = r"(?:(?:the|early|late|mid|about|some|luna|lunile|anul|anii|data|cu|in)\s){0,2}$"
_FROM = re.compile(rf"\b(?:from|between|since|de la|din|dintre|intre|incepand)\s{_BETWEEN}")
_TO = re.compile(rf"\b(?:to|until|till|by|pana la|pana in|pana|la)\s{_BETWEEN}")
_JOINS = re.compile(r"(?:and|si)\s")
_LEADING = re.compile(r"[\s,]*(?:and |si )?(?:in|from|between|since|by|during|until|on|din|intre|de la|pana|la|pe|incepand)\s")
FROM, TO = "from", "to"
_AT = re.compile(r"(?<!pana )la\s(?:data de\s)?$|by\s$")
_ENDS = {"begin": FROM, "finish": TO}
MOST_TRANSLATIONS = 6
"""Of each word; the later ones are less likely."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, in which clause, and how it is meant."""

    at: int
    folded: str
    start: int
    end: int
    clause: int
    is_light: bool
    is_capital: bool
    """Written with a capital that no sentence's beginning explains."""
    is_figure: bool
    is_strict: bool
    families: frozenset[str]
    is_denied: bool
    is_by_denial: bool
    """Stands before what denies its clause, and may be denied with it."""
    is_unreal: bool

    @property
    def tells(self) -> bool:
        """Whether it states something and is no number."""
        return not (self.is_light or self.is_figure)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date at its place; `unit` is what it counts where that is a unit, `side` whether it begins or ends."""

    written: str
    start: int
    end: int
    clause: int
    is_date: bool
    value: object
    unit: str | None
    side: str | None
    is_money: bool = False


@dataclass(frozen=True)
class Told:
    """A text as it is understood here."""

    text: str
    folded: str
    language: str
    words: tuple[Word, ...]
    clauses: tuple[tuple[int, int], ...]
    strict: Mapping[str, list[tuple[int, int]]]
    """Its words that may not be added."""

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures in order."""
        return tuple(sorted(_placed(self), key=lambda one: one.start))

    @cached_property
    def sides(self) -> dict[tuple[str, int], list[tuple[int, int]]]:
        """Its words of direction."""
        return sides_in(self.folded)

    @cached_property
    def others(self) -> dict[str, list[int]]:
        """Places of words by the stems of what translates them into the other language."""
        found: dict[str, list[int]] = {}
        for word in self.words:
            if word.tells:
                for key in translations_of(word.folded, self.language)[:MOST_TRANSLATIONS]:
                    found.setdefault(key, []).append(word.at)
        return found

    @cached_property
    def keys(self) -> dict[str, list[int]]:
        """Places of words by what they may be found by: as they are, and their stem in either language."""
        found: dict[str, list[int]] = {}
        for word in self.words:
            for key in {word.folded, *(stem(word.folded, language) for language in LANGUAGES), *keys_of(word.folded, self.language)}:
                found.setdefault(key, []).append(word.at)
        return found

    @cached_property
    def by_family(self) -> dict[str, list[int]]:
        """Places of words by their families."""
        found: dict[str, list[int]] = {}
        for word in self.words:
            for family in word.families:
                found.setdefault(family, []).append(word.at)
        return found

    def clause_at(self, offset: int) -> int:
        """The clause that holds an offset."""
        return bisect_right([start for start, _ in self.clauses], offset) - 1

    def within(self, clause: int) -> list[Word]:
        """The words of a clause."""
        return [word for word in self.words if word.clause == clause]


@lru_cache(maxsize=MOST_KEPT)
def told(text: str, language: str) -> Told:
    """`text` in clauses, words and figures; `language` is what it is in, `en` or `ro`."""
    folded = fold_keeping_length(text)
    strict = strict_in(folded)
    spans = [span for found in strict.values() for span in found]
    figures = _figure_spans(text)
    clauses = tuple(_clauses(folded, text, language, figures))
    denied, unreal = _scopes(folded, language)
    phrases = list(phrases_in(folded))
    beside = [(_turn(folded, start), start) for start, _ in denied]
    words = []
    for at, match in enumerate(WORD.finditer(folded)):
        start, end = match.span()
        word = match.group()
        within = frozenset(name for first, last, name in phrases if first <= start and end <= last)
        words.append(
            Word(
                at,
                word,
                start,
                end,
                bisect_right([one for one, _ in clauses], start) - 1,
                (is_light(word, language) or len(word) < 2) and not _is_in_name(text, start, end),
                text[start].isupper() and not _opens(text, start),
                word[0].isdigit() or word in FIGURE_WORDS or word in SCALES or _holds(figures, start, end),
                _holds(spans, start, end),
                families_of(word) | within,
                _holds(denied, start, end),
                any(first <= start and end <= last for first, last in beside),
                _holds(unreal, start, end),
            )
        )
    return Told(text, folded, language, tuple(words), clauses, strict)


def is_light(word: str, language: str) -> bool:
    """Whether a folded word states nothing by itself."""
    return word in wording().light.get(language, wording().light["en"])


def _is_in_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands beside another within a sentence: the `Foundation` of a name."""
    if not text[start].isupper() or end - start < 3 or _opens(text, start):
        return False
    return _CAPITAL_BEFORE.search(text, max(0, start - 40), start) is not None


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, line or quotation begins here."""
    before = text[:start].rstrip(" “„\"'(*[«")
    return not before or before[-1] in ".!?…\n:;|•–*"


def _holds(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _figure_spans(text: str) -> list[tuple[int, int]]:
    figures = figures_of(text)
    return list(dict.fromkeys(span for _, span in _found_in(text, figures)))


def _found_in(text: str, figures: Figures) -> Iterator[tuple[object, tuple[int, int]]]:
    """Each number and date with where it stands, found again from what is written."""
    for kind in (figures.numbers, figures.dates):
        at = 0
        for one in kind:
            start = text.find(one.written, at)
            if start < 0:
                start = text.find(one.written)
            if start >= 0:
                at = start + len(one.written)
                yield one, (start, at)


def _clauses(
    folded: str, text: str, language: str, figures: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Pieces between borders; one that says too little to stand alone goes to its neighbour."""
    at = 0
    for hard in (*_HARD.finditer(folded), None):
        end = hard.start() if hard else len(folded)
        if hard and _holds(figures, hard.start(), hard.end()):
            continue
        yield from _merged(folded, text, language, figures, at, end)
        at = hard.end() if hard else end


def _merged(
    folded: str, text: str, language: str, figures: Sequence[tuple[int, int]], start: int, end: int
) -> Iterator[tuple[int, int]]:
    cuts = [
        one.start()
        for one in _SOFT.finditer(folded, start, end)
        if not (_within(figures, one.start()) or _joins_figures(folded, figures, one.start()))
    ]
    pieces = [*zip([start, *cuts], [*cuts, end], strict=True)]
    kept: list[tuple[int, int]] = []
    carried = start
    for first, last in pieces:
        if _stands_alone(folded, text, language, figures, carried, last):
            kept.append((carried, last))
            carried = last
        elif kept and first == carried:
            kept[-1] = (kept[-1][0], last)
            carried = last
    if carried < end:
        if kept:
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((carried, end))
    yield from (one for one in kept if folded[slice(*one)].strip())


def _within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    return any(first < at < last for first, last in spans)


def _joins_figures(folded: str, figures: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether “and” stands just between two figures: “between 10 and 14”."""
    join = _JOINS.match(folded, at)
    return join is not None and any(end == at - 1 for _, end in figures) and any(start == join.end() for start, _ in figures)


def _stands_alone(
    folded: str, text: str, language: str, figures: Sequence[tuple[int, int]], start: int, end: int
) -> bool:
    telling = names = 0
    for match in WORD.finditer(folded, start, end):
        word = match.group()
        if word[0].isdigit() or word in FIGURE_WORDS or is_light(word, language) or len(word) < 2:
            continue
        if text[match.start()].isupper() and not _opens(text, match.start()):
            names += 1
        else:
            telling += 1
    held = [one for one in figures if start <= one[0] < end]
    kinds = {_YEAR.fullmatch(folded, *one) is None for one in held}
    if telling < 2 and _LEADING.match(folded, start, end):
        return len(kinds) == 2
    return telling >= 2 or (bool(held) and telling + names >= 1) or len(kinds) == 2


def _scopes(
    folded: str, language: str
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """(what is denied, what is only planned or possible): from behind the word that says so to the end of its clause."""
    told = wording()
    spared = [match.span() for match in told.no_negation.finditer(folded)]

    def scope(match: re.Match[str]) -> tuple[int, int]:
        end = _SCOPE_END.search(folded, match.end())
        return match.end(), end.start() if end else len(folded)

    denied = [
        scope(match)
        for match in told.negation[language].finditer(folded)
        if not _holds(spared, *match.span()) and not (match.group() == "no" and folded[match.end() :][:1] == ".")
    ]
    return denied, [scope(match) for match in told.unreal[language].finditer(folded)]


def _turn(folded: str, end: int) -> int:
    """Where what stands before a negation and may be denied with it begins."""
    return max((match.end() for match in _TURN.finditer(folded, 0, end)), default=0)


def _placed(told: Told) -> Iterator[Figure]:
    placed = list(_found_in(told.text, figures_of(told.text)))
    for one, (start, end) in placed:
        is_date = hasattr(one, "stamps")
        before = told.folded[max(0, start - 24) : start]
        told_side = _side_told(told, start) if is_date else None
        side = FROM if _FROM.search(before) else TO if _TO.search(before) else None
        if side is None or side == TO:
            ranged = [
                other
                for other, (first, last) in placed
                if hasattr(other, "stamps") == is_date
                and (first, last) != (start, end)
                and (
                    (last <= start and _RANGE.fullmatch(told.folded, last, start))
                    or (end <= first and _RANGE.fullmatch(told.folded, end, first))
                )
            ]
            for other, (first, _) in placed:
                if other in ranged and is_date:
                    side = TO if first < start else FROM
        side = told_side if is_date and (side is None or (side == TO and _AT.search(before))) else side
        behind = WORD.search(told.folded, end)
        unit = None
        for _ in range(2):
            if behind is not None and behind.start() - end <= 4:
                unit = unit or unit_of(behind.group())
                behind = WORD.search(told.folded, behind.end()) if behind.group() in ("de", "of") else None
        value = frozenset(getattr(one, "stamps", ())) if is_date else getattr(one, "values", frozenset())
        if is_date and any(first <= start and end <= last for other, (first, last) in placed if other is not one and hasattr(other, "stamps")):
            continue
        if not is_date and any(hasattr(other, "stamps") and first <= start and end <= last for other, (first, last) in placed):
            continue
        yield Figure(told.text[start:end], start, end, told.clause_at(start), is_date, value, unit, side, getattr(one, "unit", None) is not None)


def _side_told(told: Told, start: int) -> str | None:
    """Whether the nearest word of beginning or ending before a date, in its clause, says that it begins or ends."""
    clause = told.clause_at(start)
    near = [word for word in told.words if word.clause == clause and word.start < start and word.families & _ENDS.keys()]
    return _ENDS[min(near[-1].families & _ENDS.keys())] if near else None
