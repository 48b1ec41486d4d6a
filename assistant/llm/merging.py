"""What a model has written, and behind it what was looked up and is not in that: nothing found is lost by rewording it.

Compares citations and figures, not words. Does not know how either was made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import TOTAL, Citation, Statement, numbered
from assistant.phrases import openings
from assistant.said import Said


def merged(written: Sequence[Statement], said: Said) -> list[Statement]:
    """The written sentences, then the statements of `said`, an extractive answer, that these do not stand for.

    What says of how many it is, "4 of 16 projects", comes first unless they say it. A statement is kept where one of
    its citations is cited by none of them, where none says the figure that it derives, or where it tells that its
    source can be read in several ways. Remarks are kept, but for a count that is said.
    """
    cited = {n for one in written for n in one.cites}
    told = {(one.kind, one.value, one.currency) for statement in written for one in statement.derived}
    if not written:
        return list(said.statements)
    kept = [one for one in said.statements if not _is_said(one, cited, told)]
    head = kept[:1] if kept and kept[0] == said.statements[0] and _announces(kept[0]) else []
    return [*(_ended(one) for one in head), *written, *_closed(kept[len(head) :])]


def head_of(said: Said) -> Said:
    """What an extractive answer begins with, where that says of how many it is."""
    return Said([one for one in said.statements[:1] if _announces(one)])


def renumbered(
    statements: Sequence[Statement], citations: Sequence[Citation]
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """The statements, their citations numbered from 1 in the order in which they are first cited; the others go."""
    order = list(dict.fromkeys(n for one in statements for n in (*one.cites, *_bases(one))))
    numbers = {old: new for new, old in enumerate(order, 1)}
    known = numbered(citations)
    return (
        tuple(_with_numbers(one, numbers) for one in statements),
        tuple(replace(known[old], n=new) for old, new in numbers.items()),
    )


def _is_said(one: Statement, cited: set[int], told: set[tuple[str, Decimal, str | None]]) -> bool:
    derived = {(figure.kind, figure.value, figure.currency) for figure in one.derived if figure.kind != TOTAL}
    if any(opening in one.text for opening in openings("ambiguous")):
        return False
    if one.is_remark:
        return bool(derived) and derived <= told
    return set(one.cites) <= cited and derived <= told


def _closed(kept: Sequence[Statement]) -> Iterator[Statement]:
    """A line that announces others ends like a sentence where none of them is left."""
    for at, one in enumerate(kept):
        is_alone = at + 1 == len(kept) or kept[at + 1].is_remark
        yield _ended(one) if is_alone and _announces(one) else one


def _announces(one: Statement) -> bool:
    return one.is_remark and one.text.endswith(":")


def _ended(one: Statement) -> Statement:
    return replace(one, text=f"{one.text[:-1]}.")


def _bases(statement: Statement) -> Iterator[int]:
    return (n for one in statement.derived for n in one.from_)


def _with_numbers(statement: Statement, numbers: dict[int, int]) -> Statement:
    derived = tuple(replace(one, from_=tuple(numbers[n] for n in one.from_)) for one in statement.derived)
    return replace(statement, cites=tuple(numbers[n] for n in statement.cites), derived=derived)
