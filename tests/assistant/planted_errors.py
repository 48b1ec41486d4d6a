"""Errors planted in right answers, one at a time: each function gives the wrong answers it can make of a right one.

A changed figure that the cited words happen to hold as well is no error that words can show, and is not planted.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.answer import AVERAGE, COUNT, DIFFERENCE, DURATION, SUM, Answer, Citation, Derived, Statement, cite
from corpus.document import Span
from corpus.words import fold
from tests.assistant.right_answers import MONTHS, Case, Record, written

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CURRENCIES = {"EUR": "USD", "USD": "EUR", "RON": "EUR", "Lei": "EUR"}
_MONTH = {language: re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE) for language, names in MONTHS.items()}

Plant = Callable[[Case, Sequence[Record]], Iterator[Answer]]


def _with_text(answer: Answer, place: int, text: str) -> Answer:
    statements = list(answer.statements)
    statements[place] = replace(statements[place], text=text)
    return replace(answer, statements=tuple(statements))


def _edits(case: Case, pattern: re.Pattern[str], change: Callable[[str], str | None]) -> Iterator[Answer]:
    """The answer with one match of `pattern` in one statement changed, for every match that `change` changes."""
    for place, statement in enumerate(case.answer.statements):
        for match in pattern.finditer(statement.text):
            other = change(match.group())
            if other is not None and other != match.group():
                text = statement.text[: match.start()] + other + statement.text[match.end() :]
                yield _with_text(case.answer, place, text)


def _digits(text: str) -> set[str]:
    return {re.sub(r"\D", "", number) for number in _NUMBER.findall(text)}


def _is_new(case: Case, number: str) -> bool:
    """Whether no cited quote and no derived figure has these digits."""
    held = _digits(" ".join(citation.quote for citation in case.answer.citations))
    held |= {f"{one.value:f}".replace(".", "") for s in case.answer.statements for one in s.derived}
    return re.sub(r"\D", "", number) not in held


def a_digit_is_changed(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """`279.014` → `279.024`."""

    def change(number: str) -> str | None:
        at = len(number) // 2 if number[len(number) // 2].isdigit() else 0
        other = f"{number[:at]}{(int(number[at]) + 1) % 10}{number[at + 1 :]}"
        return other if _is_new(case, other) else None

    yield from _edits(case, _NUMBER, change)


def two_digits_are_swapped(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """`279.014` → `297.014`."""

    def change(number: str) -> str | None:
        for at, (one, other) in enumerate(pairwise(number)):
            swapped = number[:at] + other + one + number[at + 2 :]
            if one.isdigit() and other.isdigit() and one != other and not swapped.startswith("0"):
                return swapped if _is_new(case, swapped) else None
        return None

    yield from _edits(case, _NUMBER, change)


def a_separator_is_moved(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """`279.014` → `27.9014`."""
    yield from _edits(case, re.compile(r"\d+[.,]\d{3}\b"), lambda number: re.sub(r"(\d)([.,])", r"\2\1", number))


def thousands_become_decimals(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """`279.014` → `279,01`."""
    yield from _edits(case, re.compile(r"\d+[.,]\d{3}\b"), lambda number: re.sub(r"[.,](\d\d)\d", r",\1", number))


def a_currency_is_swapped(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """`279.014 EUR` → `279.014 USD`."""
    yield from _edits(case, re.compile(r"\b(?:EUR|USD|RON|Lei)\b"), _CURRENCIES.get)


def a_month_is_changed(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """`May 2016` → `June 2016`, or the next month that is not in the cited words."""
    quotes = fold(" ".join(citation.quote for citation in case.answer.citations))
    spoken = [(en, ro) for en, ro in zip(MONTHS["en"], MONTHS["ro"], strict=True)]
    free = [at for at, names in enumerate(spoken) if not any(re.search(rf"\b{fold(name)}\b", quotes) for name in names)]

    for language, pattern in _MONTH.items():
        yield from _edits(case, pattern, lambda _, language=language: MONTHS[language][free[0]])  # type: ignore[misc]


def a_year_is_changed(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """`May 2016` → `May 2019`."""

    def change(year: str) -> str | None:
        return next((str(other) for other in range(int(year) + 1, 2060) if _is_new(case, str(other))), None)

    yield from _edits(case, re.compile(r"\b(?:19|20)\d\d\b"), change)


def a_citation_is_moved_to_another_project(case: Case, records: Sequence[Record]) -> Iterator[Answer]:
    """The same field of another record is cited."""
    for place, (citation, record) in enumerate(zip(case.answer.citations, case.records, strict=True)):
        name = next((one.name for one in record.project.fields if one.whole == citation.span), "amount")
        for other in records:
            field, amount = other.field(name), other.amount
            span = amount.span if amount and citation.quote[:1].isdigit() else field.whole if field else None
            if span and other.project != record.project:
                yield _with_citation(case.answer, place, other.cite(citation.n, span))
                break


def _with_citation(answer: Answer, place: int, citation: Citation) -> Answer:
    return replace(answer, citations=(*answer.citations[:place], citation, *answer.citations[place + 1 :]))


def a_span_is_moved(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """The span lies some characters beside the quote."""
    for place, citation in enumerate(case.answer.citations):
        for by in (-1, 4):
            moved = Span(citation.span.start + by, citation.span.end + by)
            yield _with_citation(case.answer, place, replace(citation, span=moved))


def a_citation_begins_within_a_word(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """The quote is verbatim, and cut: `udget: 20.000 EUR`."""
    for place, (citation, record) in enumerate(zip(case.answer.citations, case.records, strict=True)):
        text, (start, end) = record.document.text, citation.span
        if text[start : start + 2].isalnum() and text[start + 1].islower():
            moved = cite(citation.n, record.document, Span(start + 1, end), record.project)
            yield _with_citation(case.answer, place, moved)


def a_name_is_of_another_record(case: Case, records: Sequence[Record]) -> Iterator[Answer]:
    """The title, or the funder, of another record is named."""
    others = [one for one in records if _is_apart(case, one)]
    for place, statement in enumerate(case.answer.statements):
        for at, record in enumerate(case.records):
            title, funder = record.project.title, _funder(record)
            other = others[(at + len(statement.text)) % len(others)]
            for named, theirs in ((title, other.project.title), (funder, _funder(other))):
                if named and theirs and named in statement.text and not statement.is_remark:
                    yield _with_text(case.answer, place, statement.text.replace(named, theirs))


def _funder(record: Record) -> str | None:
    field = record.field("organisation", "funder")
    return " ".join(field.span.of(record.document.text).split()) if field else None


def _is_apart(case: Case, record: Record) -> bool:
    """Whether a record is none of those that the answer cites, and has a funder of its own."""
    quotes = " ".join(citation.quote for citation in case.answer.citations)
    ids = {one.project.id for one in case.records}
    funder = _funder(record)
    return record.project.id not in ids and funder is not None and funder not in quotes


def a_word_of_a_quote_is_changed(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """One word between quotation marks is another."""
    for place, statement in enumerate(case.answer.statements):
        for quoted in re.finditer(r"[“„]([^“„”]+)”", statement.text):
            for word in list(re.finditer(r"[^\W\d_]{3,}", quoted[1]))[:3]:
                start, end = quoted.start(1) + word.start(), quoted.start(1) + word.end()
                yield _with_text(case.answer, place, f"{statement.text[:start]}zebra{statement.text[end:]}")


def _derived(case: Case, kinds: Sequence[str]) -> Iterator[tuple[int, Statement, int, Derived]]:
    for place, statement in enumerate(case.answer.statements):
        for at, one in enumerate(statement.derived):
            if one.kind in kinds:
                yield place, statement, at, one


def _with_derived(case: Case, place: int, at: int, derived: Derived, text: str) -> Answer:
    statement = case.answer.statements[place]
    others = (*statement.derived[:at], derived, *statement.derived[at + 1 :])
    statements = list(case.answer.statements)
    statements[place] = replace(statement, derived=others, text=text)
    return replace(case.answer, statements=tuple(statements))


def a_derived_figure_is_off_by_one(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """Said and computed alike, or only computed: a sum, average, count, difference or length is one more."""
    for place, statement, at, one in _derived(case, (SUM, AVERAGE, COUNT, DIFFERENCE, DURATION)):
        more = replace(one, value=one.value + 1)
        figure, other = (written(round(value, 2), case.language) for value in (one.value, more.value))
        yield _with_derived(case, place, at, more, statement.text.replace(figure, other, 1))
        yield _with_derived(case, place, at, more, statement.text)


def a_record_is_left_out(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """Of what is added up or counted, with the figure as it was, and with that of the rest though all are cited."""
    for place, statement, at, one in _derived(case, (SUM, AVERAGE, COUNT)):
        if len(one.from_) < 2:
            continue
        yield _with_derived(case, place, at, replace(one, from_=one.from_[:-1]), statement.text)
        left = case.records[one.from_[-1] - 1].amount
        if one.kind == SUM and left:
            rest = one.value - Decimal(left.amount or 0)
            text = statement.text.replace(written(one.value, case.language), written(rest, case.language))
            yield _with_derived(case, place, at, replace(one, value=rest, from_=one.from_[:-1]), text)


def currencies_are_mixed(case: Case, records: Sequence[Record]) -> Iterator[Answer]:
    """An amount in another currency is cited and added as well."""
    for place, statement, at, one in _derived(case, (SUM,)):
        other = next((record for record in records if record.amount and record.amount.currency == "RON"), None)
        if other and (amount := other.amount):
            n = len(case.answer.citations) + 1
            value = one.value + Decimal(amount.amount or 0)
            text = statement.text.replace(written(one.value, case.language), written(value, case.language))
            mixed = _with_derived(case, place, at, replace(one, value=value, from_=(*one.from_, n)), text)
            statements = list(mixed.statements)
            statements[place] = replace(statements[place], cites=(*statement.cites, n))
            yield replace(mixed, statements=tuple(statements), citations=(*mixed.citations, other.cite(n, amount.span)))


def a_figure_is_added_to_a_remark(case: Case, _records: Sequence[Record]) -> Iterator[Answer]:
    """A remark, which rests on nothing, says how much or when."""
    for place, statement in enumerate(case.answer.statements):
        for said in ("12,345", "250 EUR", "2014", "mai 2016", "37%") if statement.is_remark else ():
            yield _with_text(case.answer, place, f"{statement.text} ({said})")


PLANTS: tuple[Plant, ...] = (
    a_digit_is_changed, two_digits_are_swapped, a_separator_is_moved, thousands_become_decimals, a_currency_is_swapped,
    a_month_is_changed, a_year_is_changed, a_citation_is_moved_to_another_project, a_span_is_moved,
    a_citation_begins_within_a_word, a_name_is_of_another_record, a_word_of_a_quote_is_changed,
    a_derived_figure_is_off_by_one, a_record_is_left_out, currencies_are_mixed, a_figure_is_added_to_a_remark,
)  # fmt: skip
