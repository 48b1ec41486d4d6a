"""The same project in two files: recognised, linked, and where the two differ, both are quoted. Nothing is merged.

Told by title, by a longer alias, by reference, or by a title that one misspelt word parts. Phases, editions and lots of
one name, and the rows of one register, are different projects. Time grows with the number of records, not its square.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from corpus.document import Span
from corpus.files import file_of
from corpus.places import country_code
from corpus.record import Amount, Project
from corpus.titles import EVERYBODYS
from corpus.words import words

FEWEST_LETTERS = 8
"""Letters of an alias that may tell a project; a shorter one stands for many things."""
FEWEST_IN_TITLE = 4
"""Letters of a title that may."""
FEWEST_DIGITS = 3
"""Digits of a reference that may; `P17` is a programme's."""
MOST_ALIKE = 20
"""Projects under one name beyond which the name tells nothing: `Road maintenance` in a register."""
FEWEST_WORDS = 4
"""Words of a title in which one may be misspelt."""
MOST_WORDS = 16
"""Words of a title up to which a misspelt one is looked for."""
NUMBER = re.compile(r"\d+|[ivx]{2,5}|i|v|x")
NUMBERED = frozenset(
    "phase faza etapa stage lot part partea edition editia volume year anul season round module no nr".split()
)
ARTICLES = frozenset(["the", "a", "an"])


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What two descriptions of one project say differently of one field; the spans count in their own documents."""

    field: str
    first: Span
    second: Span


@dataclass(frozen=True, slots=True)
class _Key:
    text: str
    kind: str
    """`title`, `alias`, `reference` or `misspelt`."""


def find_same(projects: Iterable[Project]) -> list[tuple[Project, Project]]:
    """Pairs of records, from different files, that describe one project; each pair once, in order."""
    alike: dict[str, list[tuple[int, str]]] = defaultdict(list)
    records = list(projects)
    for at, project in enumerate(records):
        for key in _keys(project):
            alike[key.text].append((at, key.kind))
    shared: Counter[tuple[int, int]] = Counter()
    doubtful: set[tuple[int, int]] = set()
    for group in alike.values():
        if 1 < len(group) <= MOST_ALIKE:
            _pair(records, group, shared, doubtful)
    return [
        (records[one], records[other])
        for (one, other), weight in sorted(shared.items())
        if weight > 1 and _may_be_one(records[one], records[other], sure=(one, other) not in doubtful)
    ]


def _pair(
    records: Sequence[Project],
    group: Sequence[tuple[int, str]],
    shared: Counter[tuple[int, int]],
    doubtful: set[tuple[int, int]],
) -> None:
    """Weigh the pairs of a group: a name that is a title on either side counts 2, one that is an alias on both 1."""
    files = [file_of(records[at].document) for at, _ in group]
    again = {file for file, times in Counter(files).items() if times > 1}
    for (one, other), (file, other_file) in zip(combinations(group, 2), combinations(files, 2), strict=True):
        if file == other_file:
            continue
        pair, kinds = (one[0], other[0]), {one[1], other[1]}
        if "misspelt" in kinds and not _one_misspelt(records[one[0]].title, records[other[0]].title):
            continue
        shared[pair] += 1 if kinds == {"alias"} else 2
        if file in again or other_file in again:  # of three grants of one name, which one?
            doubtful.add(pair)


def keys_of(project: Project) -> set[str]:
    """The names by which a project may be known elsewhere, folded: its title, longer aliases, its reference."""
    return {key.text for key in _keys(project) if key.kind != "misspelt"}


def names_of(title: str, aliases: Sequence[str]) -> set[str]:
    """A title and the longer aliases beside it, folded, as far as they may tell a project."""
    return {key.text for key in _names(title, aliases)}


def _names(called: str, aliases: Sequence[str]) -> Iterator[_Key]:
    title = _plain(called)
    if len("".join(title)) >= FEWEST_IN_TITLE and not set(title) <= EVERYBODYS:
        yield _Key(" ".join(title), "title")
    seen = {" ".join(title)}
    for alias in aliases:
        name = _plain(alias)
        key = " ".join(name)
        if len(name) > 1 and len("".join(name)) >= FEWEST_LETTERS and not set(name) <= EVERYBODYS and key not in seen:
            seen.add(key)
            yield _Key(key, "alias")


def _keys(project: Project) -> Iterator[_Key]:
    title = _plain(project.title)
    yield from _names(project.title, project.aliases)
    if sum(map(str.isdigit, project.reference)) >= FEWEST_DIGITS and len(project.reference) > FEWEST_DIGITS + 1:
        yield _Key("#" + "".join(words(project.reference)), "reference")
    if FEWEST_WORDS <= len(title) <= MOST_WORDS:
        for at, word in enumerate(title):
            if len(word) > 5 and word.isalpha():
                yield _Key(f"{at} {' '.join(title[:at])} * {' '.join(title[at + 1 :])}", "misspelt")


def _plain(name: str) -> list[str]:
    return [word for word in words(name) if word not in ARTICLES]


def _one_misspelt(title: str, other: str) -> bool:
    """Whether two titles are alike but for one word, and that word but for a slip: `Lanntern`, `Lantern`."""
    from rapidfuzz.distance import DamerauLevenshtein

    differing = [pair for pair in zip(_plain(title), _plain(other), strict=False) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    one, two = differing[0]
    most = 1 if min(len(one), len(two)) < 9 else 2
    if one[0] != two[0] or country_code(one) or country_code(two):
        return False
    return DamerauLevenshtein.distance(one, two, score_cutoff=most) <= most


def _may_be_one(first: Project, second: Project, *, sure: bool) -> bool:
    """Whether nothing parts two records that share a name, and, where that is not sure, something else joins them."""
    one, other = _reference(first), _reference(second)
    if (one and other and one != other) or _differ_in_number(first, second):
        return False
    if (one and one == other) or _share_amount(first, second):
        return True
    return sure and not _apart_in_time(first, second) and not _differ_throughout(first, second)


def _reference(project: Project) -> str:
    return "".join(words(project.reference))


def _numbers(title: str) -> frozenset[str]:
    """Years, phases and counts in a title: what tells apart two projects of one name."""
    found = words(title)
    return frozenset(
        word
        for before, word in zip(["", *found], found, strict=False)
        if NUMBER.fullmatch(word) and (len(word) > 1 or word.isdigit() or before in NUMBERED or word == found[-1])
    )


def _differ_in_number(first: Project, second: Project) -> bool:
    """Whether the titles tell of two phases or editions; a year in one of them is no more than the other's period."""
    one, other = _numbers(first.title), _numbers(second.title)
    if one == other:
        return False
    period = second.period if one else first.period
    return bool(one and other) or not (period and period.start and {period.start[:4]} == one | other)


def _apart_in_time(first: Project, second: Project) -> bool:
    """Whether one had ended before the other began: two editions."""
    if not first.period or not second.period:
        return False
    spans = [(one.start or one.end or "", one.end or one.start or "") for one in (first.period, second.period)]
    (start, end), (other_start, other_end) = spans
    if not (start and other_start):
        return False
    return _before(end, other_start) or _before(other_end, start)


def _before(end: str, start: str) -> bool:
    length = min(len(end), len(start))
    return end[:length] < start[:length]


def _differ_throughout(first: Project, second: Project) -> bool:
    """Whether of amounts, funders and countries at least two are told by both, and none agrees."""
    told = [(one, other) for one, other in zip(_told(first), _told(second), strict=True) if one and other]
    return len(told) > 1 and not any(one & other for one, other in told)


def _told(project: Project) -> tuple[set[str], set[str], set[str]]:
    return (
        {f"{one.role} {one.amount} {one.currency}" for one in project.amounts if one.amount},
        {" ".join(words(one.name)) for one in project.organisations if one.role == "funder"},
        {one.country for one in project.places if one.country},
    )


def _share_amount(first: Project, second: Project) -> bool:
    amounts = [
        {(one.currency, Decimal(one.amount)) for one in project.amounts if one.amount and one.currency}
        for project in (first, second)
    ]
    return bool(amounts[0] & amounts[1])


def tell_alike(first: Project, second: Project) -> bool:
    """Whether two records have a value in common that hardly two projects share: an amount, both ends of a period."""
    one, other = first.period, second.period
    if _share_amount(first, second):
        return True
    if not (one and other and one.start and one.end and other.start and other.end):
        return False
    return not _clash(one.start, other.start) and not _clash(one.end, other.end)


def contradictions(first: Project, second: Project) -> Iterator[Contradiction]:
    """Fields in which two descriptions of one project cannot both be right."""
    one, other = first.period, second.period
    if one and other and (_clash(one.start, other.start) or _clash(one.end, other.end)):
        yield Contradiction("period", one.span, other.span)
    for role in sorted({amount.role for amount in first.amounts}):
        yield from _amounts_differ(role, _of(first.amounts, role), _of(second.amounts, role))


def _of(amounts: Sequence[Amount], role: str) -> list[Amount]:
    return [amount for amount in amounts if amount.role == role and amount.amount and amount.currency]


def _amounts_differ(role: str, one: Sequence[Amount], other: Sequence[Amount]) -> Iterator[Contradiction]:
    """Amounts of one role and currency none of which is found on the other side."""
    for currency in sorted({amount.currency or "" for amount in one}):
        mine = [amount for amount in one if amount.currency == currency]
        theirs = [amount for amount in other if amount.currency == currency]
        agree = any(_agree(a.amount or "0", b.amount or "0") for a in mine for b in theirs)
        if theirs and not agree:
            yield Contradiction(role, mine[0].span, theirs[0].span)


def _agree(one: str, other: str) -> bool:
    """Whether two figures are one, or one of them the other rounded: `1.2 million` and `1,203,400`."""
    first, second = Decimal(one), Decimal(other)
    if first == second:
        return True
    coarse, fine = sorted((first, second), key=lambda value: len(value.normalize().as_tuple().digits))
    unit = coarse.normalize().as_tuple().exponent
    digits = len(coarse.normalize().as_tuple().digits)
    return digits > 1 and isinstance(unit, int) and unit > 2 and abs(coarse - fine) * 2 <= Decimal(10) ** unit


def _clash(one: str | None, other: str | None) -> bool:
    """Whether two dates differ where both are precise: 2013 and 2013-11 do not."""
    if not one or not other:
        return False
    length = min(len(one), len(other))
    return one[:length] != other[:length]
