"""Where the clauses of a text end, and how far a negation or a plan reaches in it. Knows only the words of borders."""

import re
from collections.abc import Iterator, Sequence

from assistant.figures import FIGURE_WORDS
from assistant.llm.word import Span
from assistant.llm.wording import is_light, wording
from corpus.words import WORD

ABBREVIATED = frozenset("dr nr no st mr mrs ms art str co ltd prof".split())
_ABBREVIATED = "".join(rf"(?<!\b{one})" for one in sorted(ABBREVIATED))
_HARD = re.compile(
    rf"{_ABBREVIATED}[.!?…]+(?=\s|$|[”\"»])|[;|\n•]|(?<!\d)\s[–—]\s(?!\d)|\((?=\w{{4}})(?!(?:19|20)\d\d\))|\)"
)
_SOFT = re.compile(
    r",(?=\s)|(?<![\w-])(?:and|but|while|whereas|which|who|because|although|though|when|where|so that|after|before"
    r"|si|iar|dar|insa|ci|care|din care|deoarece|pentru ca|intrucat|fiindca|desi|cand|unde|in timp ce|dintre care)"
    r"(?![\w-])"
)
_YEAR = re.compile(r"(?:[a-z]+\s)?(?:19|20)\d\d")
_CONTRAST = "but|while|whereas|although|though|iar|dar|insa|ci|desi"
_AUXILIARY = "was|were|is|are|has|have|had|did|then|it|they|he|she|later|now|\\w+ed"
_AUXILIARY_RO = "a|au|s|se|este|sunt|era|fost|isi|apoi"
_SCOPE_END = re.compile(
    rf"[.!?…]+(?=\s|$)|[;:|\n,](?=\s)|\s[–—]\s|\b(?:{_CONTRAST}|because|so that|unless|deoarece|intrucat|fiindca)\b"
    rf"|\b(?:and (?:{_AUXILIARY})|si (?:{_AUXILIARY_RO}))\b"
)
_OF_PHRASES = frozenset({"without", "fara"})
"""What denies no more than the words up to the next preposition."""
_PHRASE_END = re.compile(
    rf"{_SCOPE_END.pattern}|\s(?:in|from|at|for|that|which|who|when|by|din|la|pentru|care|cand|prin|dupa)\s"
)
_TURN = re.compile(rf"[.!?…;|\n]\s|\b(?:{_CONTRAST})\b")
_JOINS = re.compile(r"(?:and|si)\s")
_LEADING = re.compile(
    r"[\s,]*(?:and |si )?(?:in|from|between|since|by|during|until|on|din|intre|de la|pana|la|pe|incepand)\s"
)


def clauses_of(folded: str, text: str, language: str, figures: Sequence[Span]) -> Iterator[Span]:
    """Pieces between borders; one that says too little to stand alone goes to its neighbour."""
    at = 0
    for hard in (*_HARD.finditer(folded), None):
        end = hard.start() if hard else len(folded)
        if hard and holds(figures, hard.start(), hard.end()):
            continue
        yield from _merged(folded, text, language, figures, at, end)
        at = hard.end() if hard else end


def _merged(folded: str, text: str, language: str, figures: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    cuts = [
        one.start()
        for one in _SOFT.finditer(folded, start, end)
        if not (_within(figures, one.start()) or _joins_figures(folded, figures, one.start()))
    ]
    pieces = [*zip([start, *cuts], [*cuts, end], strict=True)]
    kept: list[Span] = []
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


def _within(spans: Sequence[Span], at: int) -> bool:
    return any(first < at < last for first, last in spans)


def _joins_figures(folded: str, figures: Sequence[Span], at: int) -> bool:
    """Whether “and” stands just between two figures: “between 10 and 14”."""
    join = _JOINS.match(folded, at)
    return (
        join is not None
        and any(end == at - 1 for _, end in figures)
        and any(start == join.end() for start, _ in figures)
    )


def _stands_alone(folded: str, text: str, language: str, figures: Sequence[Span], start: int, end: int) -> bool:
    telling = names = 0
    for match in WORD.finditer(folded, start, end):
        word = match.group()
        if word[0].isdigit() or word in FIGURE_WORDS or is_light(word, language) or len(word) < 2:
            continue
        if text[match.start()].isupper() and not opens(text, match.start()):
            names += 1
        else:
            telling += 1
    held = [one for one in figures if start <= one[0] < end]
    kinds = {_YEAR.fullmatch(folded, *one) is None for one in held}
    if telling < 2 and _LEADING.match(folded, start, end):
        return len(kinds) == 2
    return telling >= 2 or (bool(held) and telling + names >= 1) or len(kinds) == 2


def scopes_of(folded: str, language: str) -> tuple[list[Span], list[Span]]:
    """(what is denied, what is only planned): from behind the word that says so to the end of its clause."""
    told = wording()
    spared = [match.span() for match in told.no_negation.finditer(folded)]

    def scope(match: re.Match[str]) -> Span:
        borders = _PHRASE_END if match.group() in _OF_PHRASES else _SCOPE_END
        end = borders.search(folded, match.end())
        return match.end(), end.start() if end else len(folded)

    denied = [
        scope(match)
        for match in told.negation[language].finditer(folded)
        if not holds(spared, *match.span()) and not (match.group() == "no" and folded[match.end() :][:1] == ".")
    ]
    unreal = [(match.start(), scope(match)[1]) for match in told.unreal[language].finditer(folded)]
    return denied, unreal


def turn_before(folded: str, end: int) -> int:
    """Where what stands before a negation and may be denied with it begins."""
    return max((match.end() for match in _TURN.finditer(folded, 0, end)), default=0)


def opens(text: str, start: int) -> bool:
    """Whether a sentence, line or quotation begins here."""
    before = text[:start].rstrip(" “„\"'(*[«")
    return not before or before[-1] in ".!?…\n:;|•–*"


def holds(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the spans holds all from `start` to `end`."""
    return any(first <= start and end <= last for first, last in spans)
