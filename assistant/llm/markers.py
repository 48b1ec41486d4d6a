"""The numbers of sources in what a language model writes, however it writes them: [S1], [2], (S1, S3), [S1-S3], S1.

Does not know which sources there are.
"""

import re

SENTINEL = re.compile(r"\bNOT_?FOUND\b|(?-i:\bNOT FOUND\b)|\A\W*not found\W*\Z", re.IGNORECASE)
"""What a model says where the sources do not answer; small ones forget the underscore."""
MOST_OF_RANGE = 20
"""Sources that `[S1-S9]` stands for; of more than these, only the ends are meant."""

_SEPARATOR = r"(?:\s{0,2}(?:[,;&–—-]|\band\b|\bto\b|\b[sș]i\b|\bşi\b)\s{0,2}|\s{1,2})"
_S = r"(?:(?:sources?|surs[aăe]|sursele)\s?[:.]?\s?s?|s\s?[:.]?\s?)"
_LIST = rf"\d{{1,3}}(?:{_SEPARATOR}(?:{_S})?\d{{1,3}}){{0,30}}"
_SQUARE = rf"[\[［【]\s?\^?(?:{_S})?{_LIST}(?:†[^\]】\n]{{0,20}})?\s?[\]］】]"
_ROUND = rf"[(（]\s?{_S}{_LIST}\s?[)）]"
BRACKETED = re.compile(rf"(?:{_SQUARE}|{_ROUND})", re.IGNORECASE)
"""One marker; a bare number counts in square brackets only: `(2)` and `[2014]` are none."""
OPENERS, CLOSERS = frozenset("[［【(（"), frozenset("]］】)）")

_BARE = r"(?<![\w/.-])S\d{1,3}(?!\w)"
BARE_AT_END = re.compile(rf"{_BARE}(?:{_SEPARATOR}{_BARE}){{0,30}}(?=[\s.!?…*_]*\Z)")
_RUN = re.compile(rf"(?:(?i:{_SQUARE}|{_ROUND})|{_BARE})(?:[\s,;&*_]*(?:(?i:{_SQUARE}|{_ROUND})|{_BARE}))*[\s*_]*")
_MARKED_AT_END = re.compile(rf"(?:{_SQUARE}|{_ROUND})[*_\s]*\Z", re.IGNORECASE)
_LONGEST_MARKER = 240
_JUNK = " ,;:-–"
_NUMBER_OR_RANGE = re.compile(r"(\d{1,3})|([–—-]|\bto\b)", re.IGNORECASE)
_LEAD_IN = (
    r"(?:\b(?:according to|based on|as per|per|see|cf\.|from|(?:as )?(?:stated|noted|described|mentioned|shown|"
    r"reported|given|listed) (?:in|by)|conform|potrivit|vezi|(?:menționat|descris|arătat|precizat)[ăei]? în|sources?:?|"
    r"surs[aăe]:?)\s+)"
)
"""What would be left hanging in the air: "according to [S1]"."""
_CUT = re.compile(
    rf"\s*{_LEAD_IN}?(?:{_SQUARE}|{_ROUND})(?:\s*(?:,|;|and|și|şi)?\s*(?:{_SQUARE}|{_ROUND}))*", re.IGNORECASE
)
_ASIDE = re.compile(rf",\s*{_LEAD_IN}(?:{_SQUARE}|{_ROUND})\s*(?:,|(?=[.;]))", re.IGNORECASE)
_SAYS = re.compile(
    r"\A(?:states?|says?|mentions?|shows?|indicates?|reports?|arată|spune|menționează|afirmă) (?:that|că) ",
    re.IGNORECASE,
)
"""`[S1] states that …`."""


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of all markers of a sentence, in order, each once; those without brackets only at its end."""
    found: list[int] = []
    for marker in BRACKETED.findall(text) or BARE_AT_END.findall(text):
        found += _numbers_of(marker)
    return tuple(dict.fromkeys(found))


def without_markers(text: str) -> str:
    """The sentence without them, and without what only leads to them."""
    if not BRACKETED.search(text):
        return BARE_AT_END.sub("", text)
    whole, left = text.lstrip(_JUNK), _CUT.sub("", _ASIDE.sub("", text)).lstrip(_JUNK)
    if left and not whole.startswith(left[:1]):  # what the sentence began with is gone
        left = _SAYS.sub("", left)
        left = left[:1].upper() + left[1:]
    return left


def is_run(text: str) -> bool:
    """Whether a text is nothing but markers."""
    return _RUN.fullmatch(text) is not None


def ends_marked(text: str) -> bool:
    """Whether words come before a marker in brackets, and nothing behind it."""
    if text.rstrip(" *_")[-1:] not in CLOSERS:
        return False
    tail = max(0, len(text) - _LONGEST_MARKER)
    marker = _MARKED_AT_END.search(text, tail)
    return marker is not None and any(map(str.isalpha, BRACKETED.sub("", text[: marker.start()])))


def _numbers_of(marker: str) -> list[int]:
    numbers: list[int] = []
    is_range = False
    for number, sign in _NUMBER_OR_RANGE.findall(marker):
        if sign:
            is_range = True
            continue
        last = numbers[-1] if numbers else 0
        if is_range and 0 < int(number) - last <= MOST_OF_RANGE:
            numbers += range(last + 1, int(number))
        numbers.append(int(number))
        is_range = False
    return numbers
