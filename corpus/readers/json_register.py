"""JSON and JSON Lines: objects as records, nested ones flattened to labels such as `plannedDates startDate`.

Finds where in a file its records are; what their labels mean is left to `corpus.readers.register`. Numbers stay as they
are written.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from io import BufferedReader, RawIOBase
from itertools import islice
from pathlib import Path
from typing import IO, Any, TextIO

from corpus.cells import Number
from corpus.columns import learn_columns
from corpus.decoding import CHUNK_BYTES, decode_stream
from corpus.errors import UnreadableError
from corpus.readers.draft import Column, Draft
from corpus.readers.register import Record, Row, read_records, read_table, single_record

MOST_DEPTH = 8
"""Levels of nesting that are read; deeper values are left out, with a note."""
MOST_NESTED = 200
"""Levels of a file that is read at all."""
MOST_ELEMENTS = 50
"""Objects of one list within a record."""
MOST_DIGITS = 4_299
"""Of one number; from the next on Python by its own settings makes no int of it."""
_TOO_LONG = re.compile(rb"\d{%d}" % (MOST_DIGITS + 1))
MOST_LINE_CHARACTERS = 20_000_000
MOST_TOLD = 20
"""Lines that could not be read and are told one by one; the others are counted."""
MOST_PLACES = 5_000
"""Different places within a file that are looked at to find where its records are."""
MOST_BYTES_OF_ONE = 50_000_000
"""Of a file that is one record and read as a whole."""
MOST_OWN_PARTS = 50
"""Objects in the longest list of a file that may still be the parts of one project and not records of their own."""


class _Flat:
    """Records made of objects; keeps which labels hold numbers and whether anything was nested too deep."""

    def __init__(self) -> None:
        self.numeric: set[str] = set()
        self.cut = 0

    def fields(self, value: Mapping[str, Any]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        self._add(value, "", 0, found)
        return found

    def notes(self) -> list[str]:
        return [f"{self.cut:,} values nested too deep or in too long a list are left out"] if self.cut else []

    def _add(self, value: Any, label: str, depth: int, found: list[tuple[str, str]]) -> None:
        if isinstance(value, str):
            if value:
                if type(value) is Number:
                    self.numeric.add(label)
                found.append((label, value))
        elif isinstance(value, Mapping):
            if depth == MOST_DEPTH:
                self.cut += 1
                return
            for key, inner in value.items():
                self._add(inner, f"{label} {key}" if label else key, depth + 1, found)
        elif isinstance(value, list):
            self._add_list(value, label, depth, found)
        elif value is not None:
            if not isinstance(value, bool):
                self.numeric.add(label)
            found.append((label, _plain(value)))

    def _add_list(self, values: list[Any], label: str, depth: int, found: list[tuple[str, str]]) -> None:
        """Words as a list with semicolons; objects under numbered labels, from the second on."""
        if not any(isinstance(value, Mapping | list) for value in values):
            found.append((label, "; ".join(_plain(value) for value in values if value not in (None, ""))))
            return
        if depth == MOST_DEPTH:
            self.cut += 1
            return
        self.cut += len(values) > MOST_ELEMENTS
        for at, value in enumerate(values[:MOST_ELEMENTS], start=1):
            self._add(value, label if at == 1 else f"{label} {at}", depth + 1, found)


class _Bad:
    """Lines that could not be read: the first of them told, all counted."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.times = 0

    def add(self, number: int, why: str) -> None:
        self.times += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(f"line {number:,} {why} and is left out")

    def notes(self) -> list[str]:
        more = self.times - len(self.told)
        return [*self.told, f"{more:,} more lines are no JSON"] if more else self.told


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def read_json_lines(path: Path) -> Iterator[Draft]:
    """The Drafts of a file with an object on each line; lines that are none are told in a note, and the rest read.

    Raises:
        UnreadableError: it is not text, or no line is an object.
    """
    stream, notes = decode_stream(path)
    with stream:
        first = next((line for line in _lines(stream) if line.strip()), "")
        if _is_spread(first):
            yield from _read_value(path, notes)
            return
        stream.seek(0)
        yield from _read_lines(stream, list(notes))


def read_json(path: Path) -> Iterator[Draft]:
    """The Drafts of a file that holds one value: a list of objects, an object with such a list, or one record.

    Raises:
        UnreadableError: it is not well formed, or holds no object.
    """
    stream, notes = decode_stream(path)
    with stream:
        first, second = _first_two(stream)
        if second.startswith("{") and not _is_spread(first) and first.lstrip().startswith("{"):
            stream.seek(0)
            yield from _read_lines(stream, list(notes))
            return
    yield from _read_value(path, notes)


def _first_two(stream: TextIO) -> tuple[str, str]:
    filled = (line.strip() for line in _lines(stream) if line.strip())
    return next(filled, ""), next(filled, "")


def _is_spread(line: str) -> bool:
    """Whether a line is not a value by itself but the beginning of one."""
    try:
        _loads(line)
    except (ValueError, RecursionError):
        return line.lstrip().startswith(("[", "{"))
    return line.lstrip().startswith("[")


def _lines(stream: TextIO) -> Iterator[str]:
    while line := stream.readline(MOST_LINE_CHARACTERS):
        yield line


def _loads(line: str) -> Any:
    return json.loads(line, parse_float=Number, parse_int=Number, parse_constant=lambda _: None)


def _read_lines(stream: TextIO, notes: list[str]) -> Iterator[Draft]:
    flat, bad = _Flat(), _Bad()

    def records() -> Iterator[Record]:
        for number, line in enumerate(_lines(stream), start=1):
            if not line.strip():
                continue
            try:
                value = _loads(line)
            except (ValueError, RecursionError) as error:
                bad.add(number, f"is no JSON ({str(error).split(':')[0]})")
                continue
            if isinstance(value, dict):
                yield Record(number, flat.fields(value))
            else:
                bad.add(number, "is no object")

    read = False
    for draft in _noted(
        read_records(records(), notes=notes, numeric=flat.numeric), lambda: [*bad.notes(), *flat.notes()]
    ):
        read = True
        yield draft
    if bad.times and not read:
        raise UnreadableError(f"no line of it is a JSON object: {bad.told[0]}; write one object on each line")


def _noted(drafts: Iterator[Draft], notes: Callable[[], list[str]]) -> Iterator[Draft]:
    """The drafts, the last with what is known at the end."""
    last = None
    for draft in drafts:
        if last:
            yield last
        last = draft
    if last:
        yield replace(last, notes=(*last.notes, *notes()))


def _read_value(path: Path, notes: Sequence[str]) -> Iterator[Draft]:
    import ijson

    flat = _Flat()
    try:
        yield from _noted(_drafts(path, flat, notes), flat.notes)
    except (ijson.JSONError, RecursionError) as error:
        reason = str(error).strip().split("\n")[0]
        raise UnreadableError(f"not well formed JSON: {reason}; it may be cut off: export it again") from error


def _drafts(path: Path, flat: _Flat, notes: Sequence[str]) -> Iterator[Draft]:
    with _utf_8(path) as file:
        _check_numbers(file)
    with _utf_8(path) as file:
        _check_depth(file)
    with _utf_8(path) as file:
        kind = _kind(file)
    if kind == "objects":
        yield from _read_items(path, "item", flat, "", notes)
    elif kind == "rows":
        yield from _read_rows(path, notes)
    elif kind == "object":
        yield from _read_object(path, flat, notes)
    else:
        raise UnreadableError("there is no object in it; records are read from objects, one for each project")


def _check_numbers(file: IO[bytes]) -> None:
    """Whether no number is longer than Python reads: ijson 3.6.0 takes the process down where one ends a file."""
    rest = b""
    while chunk := file.read(CHUNK_BYTES):
        if _TOO_LONG.search(rest + chunk):
            raise UnreadableError(f"a number of more than {MOST_DIGITS:,} digits is in it; mend it and try again")
        rest = (rest + chunk)[-MOST_DIGITS:]


def _check_depth(file: IO[bytes]) -> None:
    """Whether the nesting is within bounds: the parser's place names grow with the square of the depth."""
    import ijson

    depth = 0
    for event, _ in ijson.basic_parse(file):
        if event in ("start_map", "start_array"):
            depth += 1
            if depth > MOST_NESTED:
                raise UnreadableError(f"nested more than {MOST_NESTED} levels deep; write one object for each project")
        elif event in ("end_map", "end_array"):
            depth -= 1


def _kind(file: IO[bytes]) -> str:
    """What the file is, from its first two events: `object`, `objects`, `rows` or nothing of these."""
    import ijson

    events = [event for event, _ in islice(ijson.basic_parse(file), 2)]
    if events[:1] == ["start_map"]:
        return "object"
    return {"start_map": "objects", "start_array": "rows"}.get(events[-1], "") if len(events) == 2 else ""


def _read_items(path: Path, place: str, flat: _Flat, title: str, notes: Sequence[str]) -> Iterator[Draft]:
    import ijson

    with _utf_8(path) as file:
        items = enumerate(ijson.items(file, place), start=1)
        records = (Record(at, flat.fields(value)) for at, value in items if isinstance(value, dict))
        yield from read_records(records, title=title, notes=notes, numeric=flat.numeric)


def _read_rows(path: Path, notes: Sequence[str]) -> Iterator[Draft]:
    import ijson

    with _utf_8(path) as file:
        items = enumerate(ijson.items(file, "item"), start=1)
        rows = (Row(at, [_cell(value) for value in row]) for at, row in items if isinstance(row, list))
        yield from read_table(rows, notes=notes)


def _read_object(path: Path, flat: _Flat, notes: Sequence[str]) -> Iterator[Draft]:
    """One record, the records of its longest list, or those it holds under a key each."""
    import ijson

    with _utf_8(path) as file:
        inside = _inside(file)
    own = inside.own
    place = max(inside.lists, key=inside.lists.__getitem__, default="")
    fields = _names(learn_columns(list(own), [list(own.values())]))
    is_project = "title" in fields and len(fields & {"period", "amount", "organisation"}) > 1
    if place and not (is_project and inside.lists[place] <= MOST_OWN_PARTS):
        yield from _read_items(path, place, flat, own.get("title", ""), notes)
        return
    with _utf_8(path) as file:
        if inside.maps > 1 and not inside.scalars:
            pairs = enumerate(ijson.kvitems(file, ""), start=1)
            keyed = (Record(at, [("Key", key), *flat.fields(v)]) for at, (key, v) in pairs if isinstance(v, dict))
            yield from read_records(keyed, notes=notes, numeric=flat.numeric)
        elif path.stat().st_size > MOST_BYTES_OF_ONE:
            raise UnreadableError("it is one object and no list of them; write the records as a list")
        else:
            value = next(ijson.items(file, ""))
            yield single_record(flat.fields(value), notes=notes)


def _names(columns: Sequence[Column]) -> set[str]:
    return {column.meaning.name for column in columns if column.meaning}


@dataclass(slots=True)
class _Inside:
    """What a pass over an object's events found: its own values, its lists of objects, and what its keys hold."""

    own: dict[str, str] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)
    maps: int = 0
    scalars: int = 0


def _inside(file: IO[bytes]) -> _Inside:
    import ijson

    inside = _Inside()
    for prefix, event, value in ijson.parse(file):
        if event == "start_map":
            inside.maps += bool(prefix) and "." not in prefix
            is_item = prefix.endswith(".item") and ".item" not in prefix.removesuffix(".item")
            if is_item and (prefix in inside.lists or len(inside.lists) < MOST_PLACES):
                inside.lists[prefix] = inside.lists.get(prefix, 0) + 1
        elif event in ("string", "number", "boolean"):
            inside.scalars += "." not in prefix
            if ".item" not in prefix and len(inside.own) < MOST_PLACES:
                inside.own[prefix.replace(".", " ")] = _plain(value)
    return inside


def _cell(value: Any) -> str:
    return "" if value is None or isinstance(value, Mapping | list) else _plain(value)


@contextmanager
def _utf_8(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes in UTF-8 without a mark, whatever it is in."""
    stream, notes = decode_stream(path)
    with stream:
        if stream.encoding == "utf-8" and not notes:
            with path.open("rb") as file:
                yield file
        else:
            yield BufferedReader(_Recoded(stream))


class _Recoded(RawIOBase):
    """Text as bytes in UTF-8, piece by piece."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or self._stream.read(len(buffer)).encode("utf-8", "replace")
        given, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)
