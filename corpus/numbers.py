"""Numbers as written: digits with marks between them, read exactly or, where two readings stand, not at all.

Does not know what is counted. Text given to the patterns here is folded by `fold_keeping_length`, which makes every
kind of space, apostrophe and dash the plain one.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.folding import fold_keeping_length

LONGEST_NUMBER = 20
"""Digits; no project spends ten to the power of twenty of anything."""
LONGEST_CELL = 60
"""Characters; what is longer is prose, not the number of a register."""
GROUPED_AS_IN_INDIA = "digits are grouped as in India"
"""The note of a number such as 12,34,567."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A word that multiplies by ten to the power of `exponent`."""

    exponent: int
    decimal_mark: str
    """The mark that writers of this word put before decimals: `1,500 million` is English and so 1500 million, while
    `1,500 milioane` is Romanian and so one and a half. Empty for words that both use."""


SCALES = {
    name: Scale(exponent, mark)
    for exponent, mark, names in (
        (3, ".", "thousand thousands k"),
        (3, ",", "mii mie"),
        (6, ".", "million millions mn m"),
        (6, ",", "milion milioane mil mio"),
        (6, "", "mln"),
        (9, ".", "billion billions bn"),
        (9, ",", "miliard miliarde mld mrd"),
        (12, ".", "trillion trillions tn trn"),
        (12, ",", "trilion trilioane"),
    )
    for name in names.split()
}

_GROUPED = r"[0-9]{1,3}(?P<mark>[ .,'])[0-9]{3}(?:(?P=mark)[0-9]{3})*+"
_INDIAN = r"[0-9]{1,2}(?:,[0-9]{2}(?=,))++,[0-9]{3}"
NUMBER = re.compile(
    # not within another number, and not after a lost digit (",50")
    r"(?<![0-9.,])(?<![0-9]')"
    rf"(?P<number>(?:(?:{_INDIAN}(?:\.[0-9]++)?|{_GROUPED}(?:[.,][0-9]++)?|[0-9]++(?:[.,][0-9]++)?)(?![.,']?[0-9]))"
    r"|[0-9]++(?:[.,'][0-9]++)++)"
    r"(?:[.,/]--?(?![0-9]))?"  # "25,000.-": no cents
)
GROUPS = re.compile(_GROUPED)
INDIAN_GROUPS = re.compile(_INDIAN)
_BARE = re.compile(rf"\s*(?P<open>\()?\s*(?P<minus>[-+]\s?)?{NUMBER.pattern}\s*(?P<close>\))?(?P<behind>-)?\s*")


def read_number(text: str, *, decimal_mark: str = "") -> tuple[Decimal | None, str]:
    """(value, note) of a cell that holds a number and nothing else; (None, note) where it cannot be read.

    `decimal_mark` is the mark of the column, `.` or `,`, where the reader has found it out. Without it, three digits
    behind a single mark are thousands, since money has two decimals.
    """
    cell = _BARE.fullmatch(fold_keeping_length(text)) if len(text) <= LONGEST_CELL else None
    if cell is None or bool(cell["open"]) != bool(cell["close"]):
        return None, "no number is given" if not text.strip() else "the number could not be read"
    value, note = value_of(cell["number"], decimal_mark=decimal_mark)
    if value is None or not (cell["open"] or cell["behind"] or (cell["minus"] or "").startswith("-")):
        return value, note
    return -value, "; ".join(filter(None, [note, "in brackets, read as negative" if cell["open"] else ""]))


def value_of(written: str, *, decimal_mark: str = "", scale: Scale | None = None) -> tuple[Decimal | None, str]:
    """(value, note) of folded digits and marks that `NUMBER` found, times `scale`."""
    if len(re.sub(r"[^0-9]", "", written)) + (scale.exponent if scale else 0) > LONGEST_NUMBER:
        return None, "the number is too long to be an amount"
    if INDIAN_GROUPS.match(written):
        return _scaled(written.replace(",", ""), scale), GROUPED_AS_IN_INDIA
    readings = _readings(written, decimal_mark or (scale.decimal_mark if scale else ""), scale)
    if len(readings) == 1:
        return _scaled(readings[0], scale), ""
    if not readings:
        return None, f"{written} cannot be read as a number"
    return None, f"{written} may mean {readings[0]} or{readings[1]}"


def _readings(written: str, decimal_mark: str, scale: Scale | None) -> list[str]:
    """What the digits may say, as plain decimals: one where they are clear, none where no rule of writing fits."""
    if re.match(r"0[0-9]", written):
        return []
    marks = re.findall(r"[ .,']", written)
    if not marks:
        return [written]
    head, _, rest = written.rpartition(marks[-1])
    if GROUPS.fullmatch(written):
        return _grouped(written, head, rest, marks, decimal_mark, scale)
    is_grouped = bool(GROUPS.fullmatch(head)) and marks[-1] not in marks[:-1]
    if marks[-1] in " '" or not (is_grouped or len(marks) == 1):
        return []
    whole = re.sub(r"[^0-9]", "", head)
    value = f"{whole}.{rest}"
    if decimal_mark == marks[-1] or scale:
        return [value]
    if len(rest) == 3:  # "12,345.678" and "2014,300": no one writes thousandths of money, or groups like this
        return [value, f" {whole}{rest}"]
    if rest == "00" and len(marks) == 1 and len(whole) <= 3 and whole != "0":
        # Round cents on a small sum look like thousands that lost a digit; cents other than 00 are meant as cents.
        return [value, f", with a digit lost, {whole},{rest}0"]
    return [value]


def _grouped(written: str, head: str, rest: str, marks: list[str], decimal_mark: str, scale: Scale | None) -> list[str]:
    """The readings of digits in threes: thousands, unless the only mark may be the decimal mark."""
    thousands, decimals = re.sub(r"[^0-9]", "", written), f"{head}.{rest}"
    if len(marks) > 1 or marks[0] in " '":
        return [thousands] if not head.startswith("0") else []
    if head == "0" or decimal_mark == marks[0]:
        return [decimals]
    return [decimals, f" {thousands}"] if scale and not decimal_mark else [thousands]


def _scaled(digits: str, scale: Scale | None) -> Decimal:
    value = Decimal(digits) * (Decimal(10) ** scale.exponent if scale else 1)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
