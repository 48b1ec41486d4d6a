"""Project records from a part of a register: each `record` block with the `field` blocks below it, by its columns.

What can be decided once for a column is decided once; a cell costs a look-up and, where it holds a date, an amount, a
name or a place, one reading. Does not know the format the register came in.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from corpus.amounts import find_money, included_in, money_in
from corpus.cells import currency_code, money_parts
from corpus.collector import collector_paused
from corpus.columns import LONGEST_LABEL, is_register, is_sum
from corpus.dates import read_period
from corpus.document import Block, Document, Span, slug
from corpus.fields import GIVERS, leads_partners, organisations_of, parts_of, programmes_in
from corpus.header_words import ideas_of
from corpus.labels import Meaning
from corpus.numbers import LONGEST_NUMBER, SCALES, read_number
from corpus.organisation_words import has_head
from corpus.places import country_code, country_of, find_places
from corpus.readers.draft import Column
from corpus.record import APART, START_AGREED, Amount, Field, Organisation, Period, Place, Project
from corpus.titles import aliases_of
from corpus.words import fold

OF_NO_FIELD = frozenset({"currency"})
"""What a column may mean that is no field of a record by itself; it is kept under the register's own label."""
STARTS = frozenset({"", "start", "planned start"})
"""Roles of a period that tell when a project began."""
SHORTEST_SCALE = 3
"""Letters of a word in a header that multiplies its amounts; `m` and `k` are too short to be sure anywhere but beside
a currency."""

_SCALE_BESIDE = re.compile(
    r"(?<![^\W\d_])(?:(?:[A-Z]{3}|[€$£¥])[ \xa0]?(?P<behind>k|m|mn|bn)"
    r"|(?P<before>k|m|mn|bn)[ \xa0](?:[A-Z]{3}|[€$£¥]))(?![^\W\d_])"
)
"""`USD m`, `€k`, `m EUR` in a header."""
_ROW = re.compile(r"Row \d+")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ][\d:.,+Z-]*)?")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)\.?(?: [\d:.]+)?")
_BEFORE_COUNTRY = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]+)[)\]]", re.DOTALL)
_LIST = re.compile(r"[;|]")
_NAMES = re.compile(r"[;|]|(?<=\s)\+(?=\s)")
"""What parts the names of a cell whatever its column is called: hardly a name has these marks inside."""
_THOUSANDS = re.compile(r"\D*[1-9]\d{0,2}[.,]\d{3}\D*")
"""`137.000` with whatever words or signs stand around it."""
_SHARE = re.compile(r"\s*\(\d{1,3}(?:[.,]\d+)?\s?%\)$")
_PLURAL = re.compile(r"(?:s|i|zy)$")


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the cells of one column are read."""

    column: Column
    name: str
    role: str
    is_list: bool
    scale: tuple[str, int] = ("", 0)
    """The word of the header that multiplies its amounts, and the power of ten."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A filled cell with its plan."""

    plan: _Plan
    field: Field
    words: str


def find_records(document: Document, columns: Sequence[Column]) -> list[Project]:
    """The projects of a part of a register, in order; none where its columns do not speak of projects.

    Ids are unique within the part. Lines that sum others up are no projects.
    """
    if not is_register(columns):
        return []
    plans = {column.label: _plan(column) for column in columns}
    title_label = next((label for label, plan in plans.items() if plan.name == "title"), "")
    has_starts = any(plan.name == "period" and plan.role in STARTS for plan in plans.values())
    projects: list[Project] = []
    times: Counter[str] = Counter()
    with collector_paused():
        for title, blocks in _records(document.blocks):
            words = title.span.of(document.text)
            if is_sum(words):
                continue
            identity = slug(words)
            times[identity] += 1
            again = times[identity]
            cells = [_cell(document.text, block, plans) for block in blocks]
            name = f"{identity}--{again}" if again > 1 else identity
            period = _period(document.text, [cell for cell in cells if cell.plan.name == "period"], has_starts)
            projects.append(_project(document, name, title, blocks, cells, title_label, period))
    return projects


def _records(blocks: Sequence[Block]) -> Iterator[tuple[Block, Sequence[Block]]]:
    """Each title with the fields below it; lines between records belong to none."""
    others = [at for at, block in enumerate(blocks) if block.kind != "field"]
    for start, end in zip(others, [*others[1:], len(blocks)], strict=True):
        if blocks[start].kind == "record":
            yield blocks[start], blocks[start + 1 : end]


def _plan(column: Column) -> _Plan:
    meaning = column.meaning or Meaning("other")
    name = "other" if meaning.name in OF_NO_FIELD else meaning.name
    words = [
        word for word in re.findall(r"[^\W\d_]+", fold(column.label[:LONGEST_LABEL])) if len(word) >= SHORTEST_SCALE
    ]
    if beside := _SCALE_BESIDE.search(column.label):
        words.append(beside["behind"] or beside["before"])
    scale = next(((word, SCALES[word].exponent) for word in words if word in SCALES), ("", 0))
    roles = {"beneficiary", "funder", "partner", "implementer", "organisation", "location", "area"}
    is_list = any(_PLURAL.search(word) and ideas_of(word) & roles for word in words)
    return _Plan(column, name, meaning.role, is_list, scale if name == "amount" else ("", 0))


def _cell(text: str, block: Block, plans: dict[str, _Plan]) -> _Cell:
    first, value = block.cells
    label = text[first.start : first.end]
    plan = plans.get(label)
    if plan is None:
        plan = plans[label] = _plan(Column(label))
    field = Field(plan.name, plan.role, label, value, block.span)
    return _Cell(plan, field, text[value.start : value.end])


def _project(
    document: Document,
    identity: str,
    title: Block,
    blocks: Sequence[Block],
    cells: Sequence[_Cell],
    title_label: str,
    period: Period | None,
) -> Project:
    words = title.span.of(document.text)
    by_name: dict[str, list[_Cell]] = {}
    for cell in cells:
        if cell.plan.name != "other":
            by_name.setdefault(cell.plan.name, []).append(cell)
    stand_ins = {cell.words for name in ("reference", "alias") for cell in by_name.get(name, ())}
    is_titled = words not in stand_ins and not _ROW.fullmatch(words)
    title_field = (Field("title", "project", title_label, title.span, title.span),) if is_titled else ()
    currency = next((cell.words for cell in cells if cell.plan.column.meaning == Meaning("currency")), "")
    names = [*(aliases_of(words) if is_titled else ()), *(cell.words for cell in by_name.get("alias", ()))]
    inner = [part for cell in by_name.get("organisation", ()) for part in parts_of(document.text, cell.field)]
    inner = [part for part in inner if part.name not in by_name or part.name == "organisation"]
    return Project(
        id=identity,
        title=words,
        title_span=title.span,
        aliases=tuple(dict.fromkeys(name for name in names if name != words)),
        document=document.source,
        span=Span(title.span.start, blocks[-1].span.end if blocks else title.span.end),
        language=document.language,
        description="\n\n".join(cell.words for cell in by_name.get("description", ())),
        period=period,
        amounts=tuple(a for cell in by_name.get("amount", ()) for a in _amounts(cell, currency_code(currency))),
        organisations=tuple(o for cell in by_name.get("organisation", ()) for o in _organisations(document.text, cell)),
        places=tuple(place for cell in by_name.get("place", ()) for place in _places(cell)),
        reference=next((cell.words for cell in by_name.get("reference", ())), ""),
        fields=(*title_field, *(cell.field for cell in cells), *inner),
    )


def _period(text: str, cells: Sequence[_Cell], has_starts: bool) -> Period | None:
    """A column of periods, else those of start and end: the actual before the planned.

    The date of agreement stands for the start only in a register that has none, so where not `has_starts`.
    """
    by_role = {cell.plan.role: cell for cell in reversed(cells)}
    whole, first, last = by_role.get(""), by_role.get("start"), by_role.get("end")
    note = ""
    if not (first and last):
        first, last = first or by_role.get("planned start"), last or by_role.get("planned end")
        planned = [cell.plan.role for cell in (first, last) if cell and cell.plan.role.startswith("planned")]
        note = f"the {' and the '.join(planned)}, not the actual one" if planned else ""
    if whole and not (first or last):
        start, end, note = _dates(whole.words, whole.plan.column.day_first)
        return Period(start, end, whole.words, whole.field.span, note)
    if first is None and not has_starts and (agreed := by_role.get("agreed")):
        first = agreed
        note = "; ".join(filter(None, [f"no start is given; {START_AGREED} “{agreed.field.label}”", note]))
    told = first or last
    if told is None:
        return None
    start, note_of_start = _date(first) if first else (None, "no start is given")
    end, note_of_end = _date(last) if last else (None, "")
    notes = [note, note_of_start, note_of_end]
    if start and end and end < start[: len(end)]:
        notes.append("the end lies before the start")
    if first and last:
        notes.append(APART + last.field.whole.of(text))
    return Period(start, end, told.words, told.field.span, "; ".join(filter(None, notes)))


def _date(cell: _Cell) -> tuple[str | None, str]:
    start, end, note = _dates(cell.words, cell.plan.column.day_first)
    return (end if cell.plan.role.endswith("end") else start), note


@lru_cache(maxsize=65536)
def _dates(words: str, day_first: bool | None) -> tuple[str | None, str | None, str]:
    """(start, end, note) of a cell; the same dates stand in a register again and again."""
    iso, numeric = _ISO.fullmatch(words), _NUMERIC.fullmatch(words)
    if iso:
        point = _iso(iso[1], iso[2], iso[3])
    elif numeric and (numeric[2] == "." or day_first is not None):
        first, _, second, year = numeric.groups()
        point = _iso(year, first, second) if day_first is False else _iso(year, second, first)
    else:
        return read_period(words)
    return point, point, "" if point else f"{words} is no date of the calendar"


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _amounts(cell: _Cell, row_currency: str) -> Iterator[Amount]:
    """The amount of a cell that holds nothing else, else those its words name; none in a cell such as `n/a`."""
    plan, span, words = cell.plan, cell.field.span, cell.words
    known = plan.column.currency or row_currency
    parts = money_parts(words)
    if parts:
        value, note = _number(parts[0], _mark_in(parts[0], plan))
        currency = parts[1] or known or None
        yield _scaled(Amount(value, currency, plan.role, words, span, note), plan)
        return
    mark = _mark_in(words, plan)
    bare = money_in(words, known, decimal_mark=mark) if known and not plan.scale[0] else None
    for money in find_money(words, decimal_mark=mark) or filter(None, [bare]):
        at = Span(span.start + money.start, span.start + money.end)
        amount = None if money.amount is None else f"{money.amount:f}"
        told = words[money.start : money.end]
        yield Amount(amount, money.currency or known or None, plan.role, told, at, money.note)
        parts = "", ""
    if parts is None and (any(c.isdecimal() for c in words) or included_in(words)):
        yield Amount(None, known or None, plan.role, words, span, "no amount with a currency is given")


def _mark_in(words: str, plan: _Plan) -> str:
    """The decimal mark of one cell.

    Where a header gives the currency, `137.000` is 137,000 as it is in `137.000 EUR`, whatever mark the other cells
    have: no one writes thousandths of money, but for a column that shows some, and one of millions. Where a column has
    both marks, `12.345` may be of either kind.
    """
    column = plan.column
    if _THOUSANDS.fullmatch(words):
        is_meant = column.thousandths == "" or (column.thousandths == "numbers" and words.rstrip(" €$£)").endswith("0"))
        if len(column.decimal_mark) > 1 or (column.currency and not plan.scale[0] and is_meant):
            return ""
    return column.decimal_mark if len(column.decimal_mark) < 2 else "," if "," in words else "."


@lru_cache(maxsize=65536)
def _number(words: str, decimal_mark: str) -> tuple[str | None, str]:
    whole, mark, rest = words.partition(decimal_mark) if decimal_mark else (words, "", "")
    is_plain = whole.isdecimal() and (rest.isdecimal() or not mark) and words.isascii() and len(words) <= LONGEST_NUMBER
    if is_plain and (whole[0] != "0" or whole == "0"):
        decimals = rest.rstrip("0")
        return f"{whole}.{decimals}" if decimals else whole, ""
    value, note = read_number(words, decimal_mark=decimal_mark)
    return (None if value is None else f"{value:f}"), note


def _scaled(amount: Amount, plan: _Plan) -> Amount:
    word, exponent = plan.scale
    notes = [amount.note]
    if not amount.currency:
        notes.append("no currency is given")
    if exponent and amount.amount is not None:
        notes.append(f"in {word}, as its column says")
        scaled = Decimal(amount.amount).scaleb(exponent)
        whole = scaled == scaled.to_integral_value()
        amount = replace(amount, amount=f"{scaled.quantize(Decimal(1)) if whole else scaled.normalize():f}")
    return replace(amount, note="; ".join(filter(None, notes))) if notes != [""] else amount


def _organisations(text: str, cell: _Cell) -> Iterator[Organisation]:
    if cell.plan.role in GIVERS and programmes_in(cell.words):
        yield from organisations_of(text, cell.field)
        return
    if cell.plan.is_list and "," in cell.words and not _NAMES.search(cell.words):
        # Commas stand within names as well; here they part what each has its country, or says what kind it is.
        listed = organisations_of(text, cell.field)
        if len(listed) > 1 and all(one.country or has_head(one.name) for one in listed):
            yield from listed
            return
    whole = [(0, len(cell.words))]
    for start, end in whole if cell.plan.column.is_single else _pieces(cell.words, _NAMES):
        words = cell.words[start:end]
        name, country = _named(words)
        span = Span(cell.field.span.start + start, cell.field.span.start + end)
        yield Organisation(name, cell.plan.role, words, span, country)
        if leads_partners(cell.plan.role, cell.field.label):
            yield Organisation(name, "partner", words, span, country)


def _pieces(words: str, marks: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the names of a cell stand, which marks of one character part."""
    if not marks.search(words):
        return [(0, len(words))]
    ends = [*(match.start() for match in marks.finditer(words)), len(words)]
    found = []
    for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False):
        piece = words[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return found


@lru_cache(maxsize=65536)
def _named(words: str) -> tuple[str, str | None]:
    """(name, country) of an organisation without the number or the country that stands in brackets behind it."""
    match = _BEFORE_COUNTRY.fullmatch(words)
    if match is None:
        return words, None
    if match[2].strip().isdecimal():
        return match[1], None
    code = country_code(match[2])
    return (match[1], code) if code else (words, None)


def _places(cell: _Cell) -> Iterator[Place]:
    for start, end, name, country in _places_in(cell.words, cell.plan.is_list):
        span = Span(cell.field.span.start + start, cell.field.span.start + end)
        yield Place(name, country, cell.words[start:end], span)


@lru_cache(maxsize=65536)
def _places_in(words: str, is_list: bool) -> tuple[tuple[int, int, str, str | None], ...]:
    """(start, end, name, country) of the places of a cell; `Middle East and North Africa` is one."""
    found: list[tuple[int, int, str, str | None]] = []
    for start, end in _pieces(words, _LIST):
        piece = _SHARE.sub("", words[start:end])
        if is_list or "," in piece:
            found += [(start + one.start, start + one.end, one.name, one.country) for one in find_places(piece)]
        else:
            found.append((start, start + len(piece), piece, country_of(piece)))
    return tuple(found)
