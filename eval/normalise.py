"""Whether an answer says what was wanted, however numbers, money and dates are written. Does not know questions.

A text becomes a row of tokens: folded words, and numbers and dates with all that their writing may mean. Wanted tokens
have to occur in a row; punctuation, quotation marks and citation markers are no tokens.

- Numbers meet if they may be the same: „279.014” is met by “279,014”, not by “279”. A number that wants a currency or
  a per cent is met only with it, on whichever side; one that wants none is met with any.
- A date is met at its own precision: “November 2013” not by “5 November 2013”. A year, a day or a month that names no
  more is met by every date that has it. The day of a date is no number.
- A colon behind the last number wanted, „8:”, is asked for: a list begins with its count.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from eval.written.amounts import NUMBER_WORDS, read_amount
from eval.written.dates import months, read_dates
from eval.written.lexemes import Lexemes, Spot, Written, lexemes, plain_words

Token = str | Written
OPENING = frozenset({"from", "din", "between", "intre"})
RANGE_WORDS = OPENING | {"to", "until", "till", "through", "pana", "la", "in", "and", "si"}
"""Before, between and behind the two dates of a period, folded, in English and Romanian."""
ARTICLES = frozenset({"the", "a", "an"})
_DIGITS = frozenset("0123456789")


def holds(said: str, wanted: str) -> bool:
    """Whether the tokens of `wanted` occur in a row in those of `said`; not if `wanted` has none."""
    asked, index = _asked(wanted), _index(said)
    starts: set[int] = set()
    for place, keys in enumerate(asked):
        here = {position - place for key in keys for position in index.get(key, ())}
        starts = here & starts if place else here
        if not starts:
            return False
    return bool(asked)


@lru_cache(maxsize=8192)
def _asked(wanted: str) -> tuple[frozenset[str], ...]:
    """For each token the keys of which one has to be found; an article, or `in` before a date, says nothing."""
    row = tokens(wanted)
    if len(row) > 1 and (row[0] in ARTICLES or (row[0] in RANGE_WORDS and _is_date(row[1]))):
        row = row[1:]
    return tuple(frozenset({one}) if isinstance(one, str) else one.asks for one in row)


@lru_cache(maxsize=256)
def _index(said: str) -> Mapping[str, list[int]]:
    """Where in the row of tokens each key is found."""
    found: dict[str, list[int]] = {}
    for position, token in enumerate(tokens(said)):
        for key in (token,) if isinstance(token, str) else token.offers:
            found.setdefault(key, []).append(position)
    return found


def tokens(text: str) -> list[Token]:
    """The words, numbers and dates of a text, in order."""
    cut = lexemes(text)
    found: list[Token] = []
    done = 0
    for spot in _spots(cut):
        found += plain_words(cut.folded[done : spot.start])
        found.append(spot.written)
        done = spot.end
    found += plain_words(cut.folded[done:])
    return list(_without_range_words(found))


def _without_range_words(row: Sequence[Token]) -> Iterator[Token]:
    """The row without the words that make a period of two dates: `from … to …` is `… – …`, whose dash is no token."""
    at = 0
    while at < len(row):
        end = at
        while end < len(row) and row[end] in RANGE_WORDS:
            end += 1
        is_between = 0 < at < end < len(row) and _is_date(row[at - 1]) and _is_date(row[end])
        opens = at < end < len(row) and row[end - 1] in OPENING and _is_date(row[end])
        if is_between:
            at = end
        elif opens:
            yield from row[at : end - 1]
            at = end
        else:
            yield from row[at : max(end, at + 1)]
            at = max(end, at + 1)


def _is_date(token: Token) -> bool:
    return not isinstance(token, str) and any(key.startswith("@") for key in token.asks | token.offers)


def _spots(cut: Lexemes) -> Iterator[Spot]:
    """Numbers and dates, in order; a date is looked for first, so that its day is no number."""
    named = months().keys() | NUMBER_WORDS.keys()
    done = 0
    for index in [n for n, word in enumerate(cut.folded) if word[:1] in _DIGITS or word in named]:
        for spot in read_dates(cut, index) or read_amount(cut, index, done) if index >= done else ():
            yield spot
            done = spot.end
