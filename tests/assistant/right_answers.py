"""Right answers of every kind, English and Romanian, made from the records of a corpus; the check lets them pass."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.answer import (
    ANSWERED,
    AVERAGE,
    COUNT,
    DIFFERENCE,
    DURATION,
    SUM,
    TOTAL,
    Answer,
    Citation,
    Derived,
    Statement,
    cite,
)
from assistant.derived import months
from assistant.phrases import money, quote, say
from corpus.document import Document, Span
from corpus.record import Amount, Field, Project, Reading
from corpus.sentences import sentence_spans

TOTAL_RECORDS = 15
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "ro": ("ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie".split()),
}
NAMES = {"en": ("Budget", "Period", "Funder"), "ro": ("Buget", "Perioadă", "Finanțator")}


@dataclass(frozen=True, slots=True)
class Record:
    """A project with its document, and its one amount, period and funder where it has them."""

    document: Document
    project: Project

    @property
    def amount(self) -> Amount | None:
        """The first amount that can be read."""
        return next((one for one in self.project.amounts if one.amount), None)

    def field(self, name: str, role: str = "") -> Field | None:
        """The first labelled field of a name."""
        fields = (one for one in self.project.fields if one.name == name and one.source == "label")
        return next((one for one in fields if not role or one.role == role), None)

    def cite(self, n: int, span: Span) -> Citation:
        """A citation of this record."""
        return cite(n, self.document, span, self.project)


@dataclass(frozen=True, slots=True)
class Case:
    """A right answer, its kind, and the records that it is about, one a citation."""

    kind: str
    language: str
    answer: Answer
    records: tuple[Record, ...]


def records_of(readings: Sequence[Reading]) -> list[Record]:
    """The records of some documents."""
    return [Record(reading.document, project) for reading in readings for project in reading.projects]


def right_answers(records: Sequence[Record]) -> list[Case]:
    """Answers of all kinds over these records, in both languages."""
    return [case for language in ("en", "ro") for make in _KINDS for case in make(records, language)]


def written(value: Decimal | str, language: str) -> str:
    """A number with the separators of a language."""
    text = f"{Decimal(value):,f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def _case(kind: str, language: str, statements: Sequence[Statement], cited: Sequence[tuple[Record, Span]]) -> Case:
    citations = tuple(record.cite(n, span) for n, (record, span) in enumerate(cited, 1))
    answer = Answer("What?", ANSWERED, tuple(statements), citations, "", language)
    return Case(kind, language, answer, tuple(record for record, _ in cited))


def _fields(records: Sequence[Record], language: str) -> Iterator[Case]:
    """`Title – Budget: “20.000 EUR”, that is 20,000 EUR`, and a remark on what is missing."""
    for record in records:
        title = record.project.title
        for name, called in zip(("amount", "period", "organisation"), NAMES[language], strict=True):
            field = record.field(name)
            if field is None:
                continue
            words = quote(language, field.span.of(record.document.text))
            amount = record.amount
            is_read = amount and field.span.holds(amount.span)
            reading = say(language, "reading", value=money(language, amount)) if amount and is_read else ""
            line = say(language, "field", title=title, name=called, quote=words, reading=reading)
            remark = Statement(say(language, "not_stated", title=title, names="link"), is_remark=True)
            yield _case("field", language, [Statement(line, (1,)), remark], [(record, field.whole)])


def _periods(records: Sequence[Record], language: str) -> Iterator[Case]:
    """The ends of a period in words, and how long it is."""
    form = {"en": "{} ran from {} to {}.", "ro": "{} s-a desfășurat din {} până în {}."}[language]
    lasting = {"en": "It took {} months.", "ro": "A durat {} de luni."}[language]
    for record in records:
        period, field = record.project.period, record.field("period")
        if period and field and period.start and period.end:
            start, end = (_said(point, language) for point in (period.start, period.end))
            length = months(period.start, period.end)
            told = Statement(form.format(record.project.title, start, end), (1,))
            took = Statement(lasting.format(length), (1,), derived=(Derived(DURATION, length, from_=(1,)),))
            yield _case("period", language, [told, took], [(record, field.whole)])


def _said(point: str, language: str) -> str:
    year, month, day = (*point.split("-"), "", "")[:3]
    return " ".join(filter(None, [day.lstrip("0"), MONTHS[language][int(month) - 1] if month else "", year]))


def _told(records: Sequence[Record], language: str) -> Iterator[Case]:
    """What a language model might write: no quotation marks, figures in another form than the source's."""
    form = {
        "en": "In {2} the project {0} was funded by {1} with {3}.",
        "ro": "În {2}, {0} a fost finanțat de {1} cu {3}.",
    }
    for record in records:
        amount, period = record.amount, record.project.period
        fields = [record.field("organisation", "funder"), record.field("period"), record.field("amount")]
        funder, when, sum_ = fields
        if amount and amount.amount and period and period.start and funder and when and sum_:
            giver = " ".join(funder.span.of(record.document.text).split())
            value = f"{written(amount.amount, language)} {amount.currency}"
            text = form[language].format(record.project.title, giver, _said(period.start, language), value)
            yield _case("told", language, [Statement(text, (1, 2, 3))], [(record, f.whole) for f in fields if f])


def _lists(records: Sequence[Record], language: str) -> Iterator[Case]:
    """`3 of 15 projects`, and a line for each."""
    head = {"en": "{} of {} projects:", "ro": "{} din {} proiecte:"}[language]
    for start in range(0, len(records) - 3, 2):
        group = [(one, field) for one in records[start : start + 4] if (field := one.field("period"))]
        cites = tuple(range(1, len(group) + 1))
        counted = (Derived(COUNT, Decimal(len(group)), from_=cites), Derived(TOTAL, Decimal(TOTAL_RECORDS)))
        statements = [Statement(head.format(len(group), TOTAL_RECORDS), cites, derived=counted)]
        for n, (record, field) in enumerate(group, 1):
            words = quote(language, field.span.of(record.document.text))
            statements.append(Statement(f"{record.project.title} – {words}", (n,)))
        yield _case("list", language, statements, [(record, field.whole) for record, field in group])


def _sums(records: Sequence[Record], language: str) -> Iterator[Case]:
    """`Together: 20,000 EUR (3 amounts)`, and the average."""
    forms = {
        "en": ("Together {} {} ({} amounts).", "On average {} {}."),
        "ro": ("Împreună {} {} ({} sume).", "În medie {} {}."),
    }
    for currency in ("EUR", "USD"):
        held = [(one, one.amount) for one in records if one.amount and one.amount.currency == currency]
        for size in range(2, len(held) + 1):
            group = held[:size]
            cites = tuple(range(1, size + 1))
            total = sum((Decimal(amount.amount or 0) for _, amount in group), Decimal(0))
            average = total / size
            shown = round(average, 2)
            together, mean = forms[language]
            added = (Derived(SUM, total, currency, cites), Derived(COUNT, Decimal(size), from_=cites))
            statements = [
                Statement(together.format(written(total, language), currency, size), cites, derived=added),
                Statement(
                    mean.format(written(shown, language), currency),
                    cites,
                    derived=(Derived(AVERAGE, average, currency, cites),),
                ),
            ]
            yield _case("sum", language, statements, [(record, amount.span) for record, amount in group])


def _comparisons(records: Sequence[Record], language: str) -> Iterator[Case]:
    """Two amounts of one currency, and how far they are apart."""
    form = {
        "en": "{0} has {2}, {1} has {3}: a difference of {4}.",
        "ro": "{0} are {2}, {1} are {3}: o diferență de {4}.",
    }
    held = [(one, one.amount) for one in records if one.amount and one.amount.currency == "EUR"]
    for (one, first), (other, second) in pairwise(held):
        apart = abs(Decimal(first.amount or 0) - Decimal(second.amount or 0))
        quotes = [quote(language, amount.text) for amount in (first, second)]
        text = form[language].format(one.project.title, other.project.title, *quotes, f"{written(apart, language)} EUR")
        derived = (Derived(DIFFERENCE, apart, "EUR", (1, 2)),)
        yield _case(
            "comparison",
            language,
            [Statement(text, (1, 2), derived=derived)],
            [(one, first.span), (other, second.span)],
        )


def _passages(records: Sequence[Record], language: str) -> Iterator[Case]:
    """A sentence of the text, quoted."""
    for record in records:
        text = record.project.span.of(record.document.text)
        for span in sentence_spans(text, record.document.language, record.project.span.start)[:3]:
            words = quote(language, span.of(record.document.text))
            yield _case("passage", language, [Statement(words, (1,))], [(record, span)])


_KINDS: tuple[Callable[[Sequence[Record], str], Iterator[Case]], ...] = (
    _fields, _periods, _told, _lists, _sums, _comparisons, _passages,
)  # fmt: skip
KINDS = ("field", "period", "told", "list", "sum", "comparison", "passage")
