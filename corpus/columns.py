"""What a register's columns mean: from their headers, in the languages of such registers, and from their values.

A header is cut into words, also where it is written as one (`boardapprovaldate`), and the words into ideas
(`columns.toml`); the ideas together with the kind of the values make the field. Does not know rows or records.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.cells import (
    LONGEST_SHORT,
    MOST_SHARE,
    Values,
    day_first_of,
    decimal_mark_of,
    has_thousandths,
    money_parts,
    values_of,
    votes_for_marks,
)
from corpus.currencies import CODES, CURRENCIES
from corpus.header_words import ideas_of, vocabulary
from corpus.labels import Meaning, meaning_of
from corpus.readers.draft import Column
from corpus.words import fold

SAMPLE_ROWS = 200
"""Rows whose values are looked at to learn what a column holds."""
PROSE_LENGTH = 120
"""Mean characters of a column that is a description whatever it is called; titles of projects have 30 to 110."""
LONGEST_CODE = 24
"""Mean characters of a column of references that is called nothing of the kind."""
LONGEST_SUM = 40
"""Characters of the title of a line that sums up others."""
LONGEST_LABEL = 500
"""Characters of a header that are looked at; to cut a word into words takes time with the square of its length."""
ONCE = frozenset({"title", "period", "amount", "reference", "currency"})
"""Fields that a project has once, or once in each role and currency."""
EUR_BY_FORMAT = frozenset({"ecmaxcontribution"})
"""Headers of formats that give all money in euros without a word: CORDIS."""

FEWEST_WRAPPED = 4
"""Labels that begin with one word, if that word is to be no part of what they mean."""
FEWEST_TITLES = 3
"""Rows that show by their texts which column is the title."""
FEWEST_TITLE_WORDS = 3
"""Mean words of titles; names of persons and of kinds have fewer."""
MOSTLY = 0.9
"""Share of a register's rows that have a title, and of its titles that are no other row's."""
MOST_REPEATED = 0.3
"""Share of different values below which a column names kinds, not projects."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W\d_]+")
_ROLES = ("beneficiary", "funder", "partner", "implementer")
_IGNORED = frozenset({"filler", "sums"})
_NO_MONEY = frozenset("partial rate reference period year date link kind contact published own national".split())
"""Ideas of a header whose column is not what a project has, though it may count money."""
_OF_TITLES = frozenset({"title", "name", "project", "agreed"})
"""Ideas that the header of titles may have: `Contract`, `Title of the works`."""


@dataclass(frozen=True, slots=True)
class _Header:
    label: str
    ideas: frozenset[str]
    unknown: int
    """Words that no idea is known for."""
    spaced: str


def learn_columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """A Column for each header, from its words and from the values of sample rows; labels are unique and not empty.

    At most one column each is the title, the start, the end and the reference, and for each currency the budget and
    the grant; where several could be, the one whose header says most.
    """
    labels = labels_of(headers)
    cells = [[row[at] for row in rows if at < len(row) and row[at].strip()] for at in range(len(labels))]
    values = [values_of(column) for column in cells]
    wrapper = _wrapper(labels)
    heads = [
        _header(label.removeprefix(wrapper), bool(header.strip()))
        for label, header in zip(labels, headers, strict=True)
    ]
    meanings = [_meaning(head, value) for head, value in zip(heads, values, strict=True)]
    format_currency = "EUR" if any(fold(label) in EUR_BY_FORMAT for label in labels) else ""
    currencies = [
        header_currency(label) or format_currency if meaning and meaning.name == "amount" else ""
        for label, meaning in zip(labels, meanings, strict=True)
    ]
    _keep_the_best(meanings, heads, values, currencies)
    _amount_by_money(meanings, heads, values, currencies)
    _learn_from_values(meanings, heads, values, cells)
    _name_by_purpose(meanings, values)
    _title_by_name(meanings, heads, values)
    _title_by_texts(meanings, heads, values, cells, len(rows))
    day_first = next((first for column in cells if (first := day_first_of(column)) is not None), None)
    amounts = [column for column, meaning in zip(cells, meanings, strict=True) if meaning and meaning.name == "amount"]
    usual = decimal_mark_of([cell for column in amounts for cell in column])
    return tuple(
        Column(
            label,
            meaning,
            currency,
            _decimal_mark(column, usual) if meaning and meaning.name == "amount" else "",
            day_first if meaning and meaning.name == "period" else None,
            "texts" if any(map(has_thousandths, column)) else "",
        )
        for label, meaning, currency, column in zip(labels, meanings, currencies, cells, strict=True)
    )


def _amount_by_money(
    meanings: list[Meaning | None], heads: Sequence[_Header], values: Sequence[Values], currencies: list[str]
) -> None:
    """Where nothing is an amount, the column of money: what was promised, else the only one in a currency.

    `Commitment (USD)`, `Loan size`; beside a budget or a grant such a column keeps its own name.
    """
    if any(meaning and meaning.name == "amount" for meaning in meanings):
        return
    found = [
        at
        for at, (head, value) in enumerate(zip(heads, values, strict=True))
        if meanings[at] is None
        and value.is_number
        and not value.counts_rows
        and not head.ideas & _NO_MONEY
        and _is_money(head, value)
    ]
    promised = [at for at in found if "commitment" in heads[at].ideas]
    if promised or len(found) == 1:
        at = max(promised or found, key=lambda at: ("total" in heads[at].ideas, values[at].filled))
        role = "grant" if "awarded" in heads[at].ideas else "budget"
        meanings[at], currencies[at] = Meaning("amount", role), header_currency(heads[at].label)


def _is_money(head: _Header, value: Values) -> bool:
    """Whether a column of numbers counts money: its header or its cells name a currency, or it says so in words."""
    in_currency = bool(header_currency(head.label)) or value.moneyed >= MOST_SHARE
    return in_currency or "commitment" in head.ideas or ("size" in head.ideas and value.moneyed > 0)


def _wrapper(labels: Sequence[str]) -> str:
    """The word that most labels begin with, and its space: `attributes ` where an interface wraps what it tells."""
    firsts = Counter(label.partition(" ")[0] for label in labels if " " in label)
    word, times = firsts.most_common(1)[0] if firsts else ("", 0)
    return f"{word} " if times >= FEWEST_WRAPPED and 2 * times >= len(labels) else ""


def _title_by_name(meanings: list[Meaning | None], heads: Sequence[_Header], values: Sequence[Values]) -> None:
    """Where nothing is the title, the first column that names something unknown: `Opportunity Name`, `Scheme name`."""
    if any(meaning and meaning.name == "title" for meaning in meanings):
        return
    for at, (head, value) in enumerate(zip(heads, values, strict=True)):
        named = head.ideas & {"name", "title"} and not head.ideas & {*_ROLES, "organisation", "contact", "kind", "area"}
        if named and meanings[at] is None and _fits(Meaning("title"), value) and value.distinct > MOST_REPEATED:
            meanings[at] = Meaning("title", "project")
            return


def _title_by_texts(
    meanings: list[Meaning | None],
    heads: Sequence[_Header],
    values: Sequence[Values],
    cells: Sequence[Sequence[str]],
    rows: int,
) -> None:
    """Where no header is a title's, the first column of different texts of several words: `Assignment`, `Lucrarea`.

    Only beside two of period, amount and organisation: a price list and a list of staff have fewer.
    """
    names = {meaning.name for meaning in meanings if meaning}
    if "title" in names or rows < FEWEST_TITLES or len(names & {"period", "amount", "organisation"}) < 2:
        return
    for at, (head, value) in enumerate(zip(heads, values, strict=True)):
        is_free = meanings[at] is None and not head.ideas - _OF_TITLES and _fits(Meaning("title"), value)
        differs = value.filled >= MOSTLY * rows and value.distinct >= MOSTLY and value.mean_length < PROSE_LENGTH
        if is_free and differs and sum(map(_words, cells[at])) >= FEWEST_TITLE_WORDS * value.filled:
            meanings[at] = Meaning("title", "project")
            return


def _words(cell: str) -> int:
    return len(_WORD.findall(cell))


def _decimal_mark(cells: Sequence[str], usual: str) -> str:
    """The column's own decimal mark, else the register's `usual` one where no number of the column speaks against."""
    votes = votes_for_marks(cells)
    return decimal_mark_of(cells) or (usual if usual and votes[usual] == sum(votes.values()) else "")


def labels_of(headers: Sequence[str]) -> list[str]:
    """The headers, those without words named by their place and the second of two alike numbered."""
    labels: list[str] = []
    seen: set[str] = set()
    for at, header in enumerate(headers, start=1):
        label = plain = " ".join(header.split()).rstrip(" :") or f"Column {at}"
        times = 1
        while label in seen:
            times += 1
            label = f"{plain} ({times})"
        seen.add(label)
        labels.append(label)
    return labels


def knows_header(cell: str) -> bool:
    """Whether a cell reads as a header that is known."""
    if not cell or len(cell) > LONGEST_SHORT:
        return False
    if meaning_of(cell):
        return True
    head = _header(cell, True)
    return bool(head.ideas) and head.unknown <= 1


def is_register(columns: Sequence[Column]) -> bool:
    """Whether a record under these columns is a project: it has a title and something that only projects have."""
    names = {column.meaning.name for column in columns if column.meaning}
    return "title" in names and bool(names & {"period", "amount", "organisation", "reference"})


def is_sum(title: str) -> bool:
    """Whether a row of this title sums up the others: `Total`, `Ukupno:`, `TOTAL GENERAL`."""
    words = _WORD.findall(fold(title)) if len(title) <= LONGEST_SUM else []
    return bool(words) and all("sums" in vocabulary()[0].get(word, ()) for word in words)


def header_currency(header: str) -> str:
    """The currency that a header gives its amounts: `Valoare (lei)`, `total_eur`; empty where it names none or two."""
    spaced = _CAMEL.sub(" ", header).replace("_", " ")
    codes = {CURRENCIES[word] for word in re.findall(r"[^\W\d_]+|[€$£]", spaced.lower()) if word in CURRENCIES}
    codes |= {word for word in re.findall(r"[(\[]\s*([A-Z]{3})\s*[)\]]", header) if word in CODES}
    codes |= {word for word in re.findall(r"(?<!\w)([A-Z]{3})(?:k|m|mn|bn)(?!\w)", header) if word in CODES}  # USDm
    return codes.pop() if len(codes) == 1 else ""


def _header(label: str, named: bool) -> _Header:
    spaced = " ".join(re.sub(r"[_:/\\.|-]+", " ", _CAMEL.sub(" ", label)).split()) if named else ""
    ideas: set[str] = set()
    unknown = 0
    for word in _WORD.findall(fold(spaced[:LONGEST_LABEL])):
        found = ideas_of(word)
        unknown += not found
        ideas |= found
    ideas |= {"dated"} if re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", spaced) else set()
    ideas |= {"rate"} if "%" in spaced else set()
    return _Header(label, frozenset(ideas - _IGNORED), unknown, spaced)


def _meaning(head: _Header, values: Values) -> Meaning | None:
    """The field of one column by itself."""
    for label in (head.label, head.spaced):
        known = None if "commitment" in head.ideas else meaning_of(label)
        if known and _fits(known, values) and not (known.name == "amount" and "dated" in head.ideas):
            return Meaning("period", "agreed") if known.role == "end" and _is_contract(head.ideas) else known
    return next((one for one in _by_ideas(head, values) if _fits(one, values)), None)


def _is_contract(ideas: frozenset[str]) -> bool:
    return {"conclude", "agreed"} <= ideas


def _fits(meaning: Meaning, values: Values) -> bool:
    """Whether a column of such values may be this field."""
    if not values.filled:
        return True
    match meaning.name:
        case "amount":
            return values.is_number
        case "period":
            return values.is_date
        case "link":
            return values.links >= MOST_SHARE
        case "reference":
            return values.mean_length <= LONGEST_SHORT and values.distinct > 0.3 and not values.counts_rows
        case "title" | "organisation" | "programme" | "place" | "alias":
            return not values.is_number and not values.is_date and values.links < MOST_SHARE
    return True


def _by_ideas(head: _Header, values: Values) -> Iterator[Meaning]:
    """What a header's ideas may stand for, the likeliest first."""
    ideas = head.ideas
    if "currency" in ideas and not (values.is_number if values.filled else ideas & {"money", "cost", "grant"}):
        yield Meaning("currency")
    if ideas & {"kind", "contact", "published"}:
        return
    if values.is_date or not values.filled:
        yield from _dates(ideas | {"date"} if values.filled else ideas)
    if values.is_number or not (values.filled or ideas & {*_ROLES, "organisation"}):
        yield from _amounts(head)
    yield from _texts(head)


def _dates(ideas: frozenset[str]) -> Iterator[Meaning]:
    if "start" in ideas and "end" not in ideas:
        yield Meaning("period", "start")
    if ideas & {"end", "conclude"} and "start" not in ideas and not _is_contract(ideas):
        yield Meaning("period", "end")
    if {"agreed", "date"} <= ideas and not ideas & {"period", "year", "reference"}:
        yield Meaning("period", "agreed")
    if ideas & {"period", "year"}:
        yield Meaning("period")


def _amounts(head: _Header) -> Iterator[Meaning]:
    ideas = head.ideas
    if ideas & {"partial", "rate", "reference", "period", "date", "link"}:
        return
    if ideas & {"money", "cost", "grant"} and "dated" in ideas:
        yield Meaning("amount", "year")
    elif "own" in ideas and ideas & {"contribution", "money", "cost"}:
        yield Meaning("amount", "cost share")
    elif "national" in ideas and not ideas & {"total", "grant"}:
        return
    elif (
        "grant" in ideas
        or ("union" in ideas and ideas & {"contribution", "money", "cost"})
        or {"agreed", "money"} <= ideas
    ):
        yield Meaning("amount", "grant")
    elif "contribution" in ideas:
        yield Meaning("amount", "cost share")
    elif ideas & {"money", "cost"} or (ideas <= {"total", "project"} and "total" in ideas and not head.unknown):
        yield Meaning("amount", "budget")


def _texts(head: _Header) -> Iterator[Meaning]:
    ideas = head.ideas
    organisation = ideas & {*_ROLES, "organisation"}
    if "link" in ideas:
        yield Meaning("link")
    if "acronym" in ideas and not organisation and "area" not in ideas:
        yield Meaning("alias")
    if "reference" in ideas:
        if not organisation and not ideas & {"programme", "area", "location"} and not head.unknown:
            yield Meaning("reference")
        return
    if "location" in ideas or ("area" in ideas and not organisation):
        yield Meaning("place")
    if organisation and ideas & {"area", "description"}:
        return
    if "description" in ideas:
        yield Meaning("description")
    if "programme" in ideas and not ideas & {"rate", "date"}:
        yield Meaning("programme")
    role = next((role for role in _ROLES if role in ideas), "")
    if role or ("organisation" in ideas and "money" in ideas):
        yield Meaning("organisation", role or "funder")
    if organisation or ideas & {"rate", "date", "partial"}:
        return
    if "title" in ideas or ("name" in ideas and not head.unknown and ideas <= {"name", "project", "title", "grant"}):
        yield Meaning("title", "project" if "project" in ideas else "")


def _weight(head: _Header, meaning: Meaning | None, values: Values) -> float:
    """How much a header says that its column is the one of its field."""
    ideas = head.ideas
    words = fold(head.spaced).split()
    if meaning is None:
        return 0.0
    if meaning.name == "amount":
        return 2.0 * ("total" in ideas) - ("eligible" in ideas) - ("contribution" in ideas)
    if meaning.name == "period":
        filled = min(values.filled, SAMPLE_ROWS) / SAMPLE_ROWS
        return (
            3.0 * ("actual" in words)
            + ("project" in ideas)
            - ("planned" in words)
            + (filled - ("effective" in words) if meaning.role == "agreed" else 0.0)
        )
    if meaning.name == "reference":
        return values.distinct + ("project" in ideas)
    return 2.0 * ("project" in ideas) + ("title" in ideas) - 0.5 * head.unknown


def _keep_the_best(
    meanings: list[Meaning | None], heads: Sequence[_Header], values: Sequence[Values], currencies: Sequence[str]
) -> None:
    """Leave each field that a project has once to one column; the others keep their own names."""
    groups: dict[tuple[str, str], list[int]] = {}
    for at, meaning in enumerate(meanings):
        if meaning and meaning.role != "year" and meaning.name in ONCE:
            groups.setdefault((meaning.name, "" if meaning.name == "title" else meaning.role), []).append(at)
    for group in groups.values():
        ranked = sorted(group, key=lambda at: -_weight(heads[at], meanings[at], values[at]))
        kept = {currencies[ranked[0]]}
        for at in ranked[1:]:
            # The same budget in lei and in euros is two budgets; without a currency it is the same one again.
            if currencies[at] and "" not in kept and currencies[at] not in kept:
                kept.add(currencies[at])
            else:
                meanings[at] = None


def _learn_from_values(
    meanings: list[Meaning | None], heads: Sequence[_Header], values: Sequence[Values], cells: Sequence[Sequence[str]]
) -> None:
    """Fields that no header gives. A description is long; what else values show is told where headers say nothing."""
    known = {meaning.name for meaning in meanings if meaning}
    has_headers = any(head.spaced for head in heads)
    for at, head in enumerate(heads):
        if meanings[at] or not values[at].filled or head.ideas & {"kind", "contact", "published"}:
            continue
        if head.ideas and values[at].mean_length < PROSE_LENGTH:
            continue
        found = _by_values(values[at], cells[at], known, has_headers)
        meanings[at] = found
        known |= {found.name + found.role} if found else set()
        known |= {found.name} if found and found.name != "period" else set()


def _name_by_purpose(meanings: list[Meaning | None], values: Sequence[Values]) -> None:
    """Where no column is the title, let the short purpose of each grant be it."""
    names = [meaning.name if meaning else "" for meaning in meanings]
    if "title" in names or "description" not in names or not {"amount", "organisation"} & set(names):
        return
    at = names.index("description")
    if values[at].filled and values[at].mean_length < PROSE_LENGTH:
        meanings[at] = Meaning("title")


def _by_values(values: Values, cells: Sequence[str], known: set[str], has_headers: bool) -> Meaning | None:
    if values.is_date:
        open_ends = [role for role in ("start", "end") if "period" + role not in known]
        return Meaning("period", open_ends[0]) if open_ends and not has_headers else None
    if values.is_number:
        has_currency = sum(bool((money_parts(cell) or ("", ""))[1]) for cell in cells) >= MOST_SHARE * values.filled
        return Meaning("amount", "budget") if has_currency and not has_headers and "amount" not in known else None
    if values.mean_length >= PROSE_LENGTH:
        return Meaning("description") if "description" not in known and values.distinct > 0.3 else None
    coded = sum(any(c.isdigit() for c in cell) and " " not in cell for cell in cells) >= MOST_SHARE * values.filled
    if coded and values.distinct > 0.95 and values.mean_length <= LONGEST_CODE and values.links < MOST_SHARE:
        return Meaning("reference") if "reference" not in known and values.filled > 1 else None
    if _are_countries(cells):
        return Meaning("place") if "place" not in known else None
    is_name = values.mean_length >= LONGEST_CODE / 2 and values.distinct > 0.5 and values.links < MOST_SHARE
    return Meaning("title") if is_name and not has_headers and "title" not in known else None


def _are_countries(cells: Sequence[str]) -> bool:
    from corpus.places import country_code

    some = list(dict.fromkeys(cells))[:30]
    return sum(country_code(cell) is not None for cell in some) >= MOST_SHARE * len(some)
