"""CSV, TSV and their kin: the delimiter found, rows handed on one by one.

Knows quoting and delimiters; what the rows mean is left to `corpus.readers.register`.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TextIO

from corpus.decoding import decode_stream
from corpus.errors import UnreadableError
from corpus.readers.draft import Draft
from corpus.readers.register import Row, read_table

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_CHARACTERS = 200_000
"""Looked at to find the delimiter."""
MOST_LINE_CHARACTERS = 5_000_000
"""A line beyond this is no row; without a bound, a file without a newline would be read whole."""


def read_csv(path: Path) -> Iterator[Draft]:
    """The Drafts of a file of rows with a delimiter between the cells.

    Raises:
        UnreadableError: it is not text, or its quotation marks do not come to an end.
    """
    stream, notes = decode_stream(path)
    with stream:
        sample = stream.read(SAMPLE_CHARACTERS)
        stream.seek(0)
        delimiter = find_delimiter(sample)
        yield from read_table(_rows(stream, delimiter), notes=notes)


def find_delimiter(sample: str) -> str:
    """The mark that cuts most rows of a sample into as many cells as the others, into more than one."""
    first = sample.partition("\n")[0]
    if first.lower().startswith("sep=") and len(first.strip("\r")) == len("sep=;"):
        return first[len("sep=")]
    lines = list(StringIO(sample, newline=""))
    lines = lines[:-1] if len(lines) > 1 and len(sample) == SAMPLE_CHARACTERS else lines
    return max(DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: list[str], delimiter: str) -> float:
    """How even a delimiter cuts: the share of rows as wide as most, more for more cells; 0 for a single cell."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True) if row)
    except csv.Error:  # a quotation mark that is not closed within the sample
        widths = Counter(line.count(delimiter) + 1 for line in lines if line.strip())
    wide = {width: times for width, times in widths.items() if width > 1}
    if not wide:
        return 0.0
    width = max(wide, key=lambda one: (wide[one], one))
    return wide[width] / widths.total() * (1 - 1 / width)


def _rows(stream: TextIO, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(_lines(stream), delimiter=delimiter, skipinitialspace=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > 1 or not (len(cells) <= 2 and cells and cells[0].lower().startswith("sep=")):
                yield Row(number, cells)
    except csv.Error as error:
        raise UnreadableError(
            f"row {number + 1:,}: {error}; look for a quotation mark that is not closed before line {reader.line_num:,}"
        ) from error


def _lines(stream: TextIO) -> Iterator[str]:
    number = 0
    while line := stream.readline(MOST_LINE_CHARACTERS):
        number += 1
        if len(line) == MOST_LINE_CHARACTERS and not line.endswith(("\n", "\r")):
            raise UnreadableError(
                f"line {number:,} has more than {MOST_LINE_CHARACTERS:,} characters; put each row on a line of its own"
            )
        yield line
