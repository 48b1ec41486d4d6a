"""Rows and records into Drafts: the header found, the columns learned, a thousand records a part.

Used by every reader of registers. Holds one part in memory, never the register; knows no file format.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from statistics import median

from corpus.cells import Number, is_date, money_parts
from corpus.collector import collector_paused
from corpus.columns import ONCE, SAMPLE_ROWS, knows_header, learn_columns
from corpus.readers.draft import Column, Draft, DraftBuilder, run_on, squeeze

ROWS_A_PART = 1_000
CHARACTERS_A_PART = 4_000_000
"""A part ends early where its cells have more; a thousand rows of a register have 200,000 to 2,000,000."""
MOST_COLUMNS = 1_000
"""Columns beyond are left out, with a note; the widest registers published have about 200."""
MOST_CELL_CHARACTERS = 100_000
"""A longer cell is cut, with a note; a spreadsheet's holds 32,767."""
MOST_LINES_ABOVE = 20
"""Rows from the top among which the header is looked for."""
LONGEST_HEADER = 200
FEWEST_USUAL = 3
"""Filled cells of most rows of a table, for a row with a single one to be no record but a line across."""
SECTION_LEVEL = 2
LISTS = frozenset({"organisation", "place", "programme"})
"""Fields of which the lines of a cell may be one each; those of a description are its own."""
MOST_PAIRS = 200
"""Rows of a table of two columns that may be the labels and values of one project."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a table; `number` counts from 1 as in the file."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Record:
    """One record by its labels, in the register's order; an empty value is as good as none.

    A line between records that is none, such as `Year 2019` above those of a year, has no fields and is a `section`.
    """

    number: int
    fields: Sequence[tuple[str, str]]
    section: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's data begin among its first rows, under which headers, and the line above that names it."""

    data_at: int
    headers: tuple[str, ...]
    title: str


def read_table(
    rows: Iterable[Row], *, title: str = "", notes: Sequence[str] = (), numeric: Collection[int] = ()
) -> Iterator[Draft]:
    """The Drafts of a table whose header is still to be found; rows without a word are passed over.

    `numeric` may grow while the rows are read: places of columns, from 0, that hold numbers and not digits of a text,
    so that a point in them is a decimal point.
    """
    filled = (row for row in rows if any(map(str.strip, row.cells)))
    sample = list(islice(filled, SAMPLE_ROWS + MOST_LINES_ABOVE))
    if not sample:
        return
    if pairs := _pairs(sample):
        yield single_record(pairs, title=title, notes=notes)
        return
    width = max(_width(row.cells) for row in sample)
    if width > MOST_COLUMNS:
        notes = [*notes, f"more than {MOST_COLUMNS:,} columns; the first {MOST_COLUMNS:,} are read"]
    head = find_header([[squeeze(cell) for cell in row.cells[:MOST_COLUMNS]] for row in sample])
    data = sample[head.data_at :]
    usual = median([count for row in data if (count := _filled(row.cells)) > 1] or [0])
    sampled = (row.cells[: len(head.headers)] for row in data if not _section(row.cells, usual))
    columns = learn_columns(head.headers, [[_sampled(cell) for cell in cells] for cells in sampled])
    labels = [column.label for column in columns]
    labels += [f"Column {at}" for at in range(len(labels) + 1, MOST_COLUMNS + 1)]
    records = (
        _record(row, labels, usual) for row in chain(data, filled) if not _is_header_again(row.cells, head.headers)
    )
    for part in _parts(records):
        points = {labels[at] for at in numeric if at < len(labels)}
        yield _written(part, _with_points(columns, points, "numbers"), title or head.title, notes)
        notes = ()


def _record(row: Row, labels: Sequence[str], usual: float) -> Record:
    if section := _section(row.cells, usual):
        return Record(row.number, (), section)
    return Record(row.number, [pair for pair in zip(labels, row.cells, strict=False) if pair[1]])


def _section(cells: Sequence[str], usual: float) -> str:
    """The words of a row that is a line across a table whose rows have `usual` filled cells; empty for a record.

    One text stands in it, or the same in every cell, as where a merged cell was saved in a format that has none.
    """
    if usual < FEWEST_USUAL:
        return ""
    words = [words for cell in cells if (words := cell.strip())]
    across = len(words) == len(cells) >= FEWEST_USUAL and len(set(words)) == 1 and any(map(str.isalpha, words[0]))
    return squeeze(words[0]) if len(words) == 1 or across else ""


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _sampled(cell: str) -> str:
    return cell if isinstance(cell, Number) else squeeze(cell)


def read_records(
    records: Iterable[Record], *, title: str = "", notes: Sequence[str] = (), numeric: Collection[str] = ()
) -> Iterator[Draft]:
    """The Drafts of records that bring their own labels; a label met for the first time is learned where it stands.

    `numeric` may grow while the records are read: labels whose values are numbers, as for `read_table`.
    """
    columns: tuple[Column, ...] = ()
    for part in _parts(records):
        columns += _learned(part, columns)
        yield _written(part, _with_points(columns, numeric, "texts"), title, notes)
        notes = ()


def known_records(records: Iterable[Record], columns: Sequence[Column], *, title: str = "") -> Iterator[Draft]:
    """The Drafts of records whose columns the format itself tells."""
    for part in _parts(records):
        yield _written(part, columns, title, ())


def single_record(fields: Sequence[tuple[str, str]], *, title: str = "", notes: Sequence[str] = ()) -> Draft:
    """The Draft of a file that is one record."""
    columns = learn_columns([label for label, _ in fields], [[value for _, value in fields]])
    labels = [column.label for column in columns]
    record = Record(1, list(zip(labels, (value for _, value in fields), strict=True)))
    return replace(_written([record], columns, title, notes), rows=None)


def _parts(records: Iterable[Record]) -> Iterator[list[Record]]:
    rest = iter(records)
    while part := _next_part(rest):
        yield part


def _next_part(records: Iterator[Record]) -> list[Record]:
    part: list[Record] = []
    size = 0
    with collector_paused():
        for record in records:
            if not (record.fields or record.section):
                continue
            part.append(record)
            size += sum(len(value) for _, value in record.fields)
            if len(part) == ROWS_A_PART or size >= CHARACTERS_A_PART:
                break
    return part


def _learned(part: Sequence[Record], known: Sequence[Column]) -> tuple[Column, ...]:
    """Columns of labels that are not known yet, learned from the first records that have them."""
    there = {column.label for column in known}
    labels = list(dict.fromkeys(label for record in part for label, _ in record.fields if label not in there))
    if not labels:
        return ()
    rows: list[list[str]] = []
    for record in part[:SAMPLE_ROWS] if not known else part:
        values = {label: _sampled(value) for label, value in record.fields if label not in there}
        if values:
            rows.append([values.get(label, "") for label in labels])
        if len(rows) == SAMPLE_ROWS:
            break
    taken = {column.meaning for column in known if column.meaning and column.meaning.name in ONCE}
    learned = learn_columns(labels, rows)
    return tuple(replace(one, meaning=None) if one.meaning in taken else one for one in learned)


def _with_points(columns: Sequence[Column], numeric: Collection[str], thousandths: str) -> tuple[Column, ...]:
    """The columns, those that hold numbers with the point that is theirs, beside the comma of what is text."""
    return tuple(
        replace(column, decimal_mark=".," if "," in column.decimal_mark else ".", thousandths=thousandths)
        if column.label in numeric and column.meaning
        else column
        for column in columns
    )


def _is_header_again(cells: Sequence[str], headers: Sequence[str]) -> bool:
    """Whether a row repeats the header, as at the top of each page of an export."""
    return cells[0].strip() == headers[0] != "" and tuple(map(squeeze, cells[: len(headers)])) == tuple(headers)


def _written(records: Sequence[Record], columns: Sequence[Column], title: str, notes: Sequence[str]) -> Draft:
    builder = DraftBuilder()
    for note in notes:
        builder.note(note)
    names = _title_labels(columns)
    has_title = names[0] in {column.label for column in columns if _is_title(column)} if names else False
    lists = {column.label for column in columns if column.meaning and column.meaning.name in LISTS}
    with collector_paused():
        for record in records:
            if record.section:
                builder.add(record.section, "heading", SECTION_LEVEL)
            else:
                _write(builder, record, names, has_title, lists)
    return replace(builder.draft(title), columns=tuple(columns), rows=(records[0].number, records[-1].number))


def _write(
    builder: DraftBuilder, record: Record, names: Sequence[str], has_title: bool, lists: Collection[str]
) -> None:
    label, named = _title_of(record, names)
    builder.add(named, "record")
    told = label if has_title and label == names[0] else ""
    for own, value in record.fields:
        if len(value) > MOST_CELL_CHARACTERS:
            builder.note(f"row {record.number}: {own} has {len(value):,} characters and is cut")
            value = value[:MOST_CELL_CHARACTERS]
        if own != told:
            is_list = own in lists and "\n" in value.strip()
            builder.add_field(own, run_on(map(squeeze, value.split("\n"))) if is_list else value)


def _is_title(column: Column) -> bool:
    return column.meaning is not None and column.meaning.name == "title"


def _title_labels(columns: Sequence[Column]) -> list[str]:
    """The labels whose value names a record, the best first; a table without projects has its first column's."""
    labels = [column.label for column in columns if _is_title(column)]
    if not labels:
        return [columns[0].label] if columns else []
    for name in ("reference", "alias"):
        labels += [column.label for column in columns if column.meaning and column.meaning.name == name]
    return labels


def _title_of(record: Record, labels: Sequence[str]) -> tuple[str, str]:
    """(label, words) that name a record; `Row 7` under no label where none of them is filled."""
    for label in labels:
        for own, value in record.fields:
            if own == label and (words := squeeze(value[:MOST_CELL_CHARACTERS])):
                return label, words
    return "", f"Row {record.number}"


def _width(cells: Sequence[str]) -> int:
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)


def _pairs(sample: Sequence[Row]) -> list[tuple[str, str]]:
    """The labels and values of a table that is one record, a line for each field; none of any other table."""
    if len(sample) > MOST_PAIRS or len(sample) < 3 or any(_width(row.cells) > 2 for row in sample):
        return []
    pairs = [(squeeze(row.cells[0]).rstrip(" :"), squeeze("".join(row.cells[1:2]))) for row in sample]
    known = [label for label, _ in pairs if knows_header(label)]
    first_row = sum(knows_header(cell) for cell in pairs[0])
    if len(known) < 2 or len(known) <= first_row or len(known) < len(pairs) / 3:
        return []
    return [(label, value) for label, value in pairs if label and value]


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """The header among a table's first rows, which may be two rows and have lines above that are no table.

    Cells are squeezed. Without a header, all headers are empty.
    """
    width = max(map(_width, rows))
    filled = [sum(map(bool, row)) for row in rows]
    usual = median(count for count in filled)
    wide = [at for at in range(min(MOST_LINES_ABOVE, len(rows))) if filled[at] >= max(1 + (width > 1), usual / 2)]
    known = {at: sum(map(knows_header, rows[at])) for at in wide if _is_wordy(rows[at])}
    best = max(known, key=lambda at: (known[at], -at), default=None)
    if best is not None and (known[best] < 2 or known[best] < filled[best] / 4):
        first = wide[0]
        is_header = first in known and not _recurs(rows, first) and (known[first] or _differs(rows, first))
        best = first if is_header else None
    if best is None:
        return Header(0, ("",) * width, "")
    title = next((row[0] for row in rows[:best] if sum(map(bool, row)) == 1 and row[0]), "")
    group, names, data_at = _two_rows(rows, best)
    return Header(data_at, _joined(group, names, width), title if len(title) <= LONGEST_HEADER else "")


def _is_wordy(row: Sequence[str]) -> bool:
    """Whether a row may be a header: words that are short, no dates and no amounts, but years among the words."""
    cells = [cell for cell in row if cell]
    data = [cell for cell in cells if is_date(cell) or money_parts(cell) is not None]
    years = [cell for cell in data if len(cell) == len("2019") and cell.isdecimal() and is_date(cell)]
    return len(data) == len(years) < len(cells) and max(map(len, cells)) <= LONGEST_HEADER


def _recurs(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a row has a word twice, or one that stands below it in the same column."""
    cells = [(column, cell) for column, cell in enumerate(rows[at]) if cell]
    below = {(column, cell) for row in rows[at + 1 :] for column, cell in enumerate(row)}
    return len({cell for _, cell in cells}) < len(cells) or any(cell in below for cell in cells)


def _differs(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a row whose words nobody knows stands over columns of another kind: numbers, or longer words."""
    below = rows[at + 1 :]
    for column, cell in enumerate(rows[at]):
        under = [row[column] for row in below if column < len(row) and row[column]]
        if cell and under and sum(is_date(one) or money_parts(one) is not None for one in under) > len(under) / 2:
            return True
    lengths = [len(cell) for row in below for cell in row if cell]
    return bool(lengths) and sum(map(len, rows[at])) / sum(map(bool, rows[at])) < sum(lengths) / len(lengths)


def _two_rows(rows: Sequence[Sequence[str]], at: int) -> tuple[Sequence[str], Sequence[str], int]:
    """(the row of groups, if there is one, the row of names, where the data begin)."""
    above = rows[at - 1] if at else ()
    groups = [column for column, cell in enumerate(above) if cell]
    if groups and (len(groups) > 1 or groups[0] > 0) and _is_wordy(above):
        return above, rows[at], at + 1
    below = rows[at + 1] if at + 2 < len(rows) else ()
    gaps = [column for column, cell in enumerate(below) if cell and not (column < len(rows[at]) and rows[at][column])]
    data = [row[column] for row in rows[at + 2 :] for column in gaps if column < len(row)]
    numeric = sum(is_date(cell) or money_parts(cell) is not None for cell in data)
    if gaps and _is_wordy(below) and numeric > len(data) / 2:
        return rows[at], below, at + 2
    return (), rows[at], at + 1


def _joined(group: Sequence[str], names: Sequence[str], width: int) -> tuple[str, ...]:
    """Each name behind the name of its group; a group's name stands over its first column only."""
    headers, current = [], ""
    for column in range(width):
        name = names[column] if column < len(names) else ""
        above = group[column] if column < len(group) else ""
        current = above or (current if name else "")
        headers.append(" ".join(filter(None, (current, name))))
    return tuple(headers)
