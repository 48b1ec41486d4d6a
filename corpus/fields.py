"""Fields read into values: the period, the amounts, the organisations and the places that a field's words give.

Every value keeps the words it was read from and their span. Does not know where the fields came from, a labelled line,
a register's cell or a sentence, except that it says of the last that it was taken from prose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.amounts import Money, find_money, included_in
from corpus.currencies import CODES, CURRENCIES
from corpus.dates import read_period
from corpus.document import Span
from corpus.folding import fold_keeping_length
from corpus.labels import SPOKEN
from corpus.numbers import read_number
from corpus.organisation_lists import GROUP, is_group
from corpus.organisations import find_organisations
from corpus.pieces import Fact, code_behind
from corpus.places import country_code, find_places
from corpus.programmes import find_programmes
from corpus.rates import sums_in
from corpus.record import APART, FROM_PROSE, START_AGREED, Amount, Field, Organisation, Period, Place
from corpus.words import fold

GIVERS = ("funder", "sponsor", "supporter")
"""Roles whose value may name a programme instead of, or behind, an organisation."""
FUNDING = re.compile(r"fund|finan|grant|contrib")
SEVERAL = re.compile(
    r"\w(s|i|ii)$|consort|partnership|parteneriat|sprijin|support|thank|multumi|(?:with|cu|by|de)$|^who |^cine "
)
CONNECTED = re.compile(
    r"[\s,;:(–-]*(?:\b(?:under|within|through|via|from|by|of|in|as part of|in the framework of"
    r"|prin|din|in cadrul|de|la)\b"
    r"(?:\s+(?:the|its|their|programului|programul))*)?[\s,;:(–-]*$"
)
"""What ties an organisation to the programme behind it, in folded text."""
ROLE_WORDS = (
    ("cost share", re.compile(r"\b(?:own|propri[eu]|match\w*|co-?financ\w*|cofinant\w*|cost share)\b")),
    ("grant", re.compile(r"\b(?:grant\w*|nerambursabil\w*|eu contribution|contributi[ea] ue|subventi\w*)\b")),
    ("budget", re.compile(r"\b(?:total\w*|overall)\b")),
)
OWN_MONEY = re.compile(
    r"(?:own|internal|core|seed) (?:\w+ )?(?:funds?|funding|resources|budget|money)\b"
    r"|(?:fonduri|surse|bugetul?|venituri) (?:proprii|propriu|local|de stat)\b"
)
"""What names no giver, in folded text."""
NOTHING = re.compile(
    r"\W*(?:n\W?a\W?|none|nil|tb[cad]|not (?:applicable|disclosed|available|known)|unknown|confidential\w*"
    r"|nu (?:este|e) cazul|fara|necunoscut\w*|[-–—])(?:\W.*)?"
)
"""Words of a value that says there is none; in folded text."""
LONGER = re.compile(
    r"\s+(?:(?:of|for|pentru|al|a|ale)\s+[^\W\d_]|(?:National\s+)?(?:Agency|Office|Authority|Secretariat|Foundation|Association)\b)"
)
PARTNER = re.compile(r"\b(?:partner|parten|consort)")
WORD = re.compile(r"[^\W\d_]{2,}|[€$£]")


def field_of(text: str, fact: Fact) -> Field:
    """The field of a labelled fact; `Funding: Ministry of Culture` is an organisation, not an amount."""
    name, role = (fact.meaning.name, fact.meaning.role) if fact.meaning else ("other", "")
    if name == "amount" and FUNDING.match(fold(fact.label)) and not re.search(r"\d", fact.value.of(text)):
        name, role = "organisation", "funder"
    if role == "agreed" and not any(read_period(fact.value.of(text))[:2]):
        name, role = "other", ""  # "Approved: yes", "Signed: the mayor"
    return Field(name, role, fact.label, fact.value, fact.whole)


def parts_of(text: str, field: Field) -> Iterator[Field]:
    """What else stands in a field's value: a programme behind the giver's name, a reference behind a title."""
    if field.name == "organisation" and field.role in GIVERS:
        for start, end in programmes_in(field.span.of(text)):
            span = Span(field.span.start + start, field.span.start + end)
            yield Field("programme", "", field.label, span, field.whole, "value")
    elif field.name == "organisation" and leads_partners(field.role, field.label):
        yield Field("organisation", "partner", field.label, field.span, field.whole, "value")
    elif field.name == "title" and (code := code_behind(text, field.span)):
        yield Field("reference", "", field.label, code, field.whole, "value")


def leads_partners(role: str, label: str) -> bool:
    """Whether whoever leads is told to be a partner too: `Lead partner: …`, `Partners: X (lead); …`."""
    return role == "implementer" and bool(PARTNER.search(fold(label)))


def period_of(text: str, fields: Sequence[Field]) -> Period | None:
    """The period that `fields` of that name give: one told whole, else start and end, or start and duration."""
    by_role = {field.role: field for field in reversed(fields)}
    whole, first, last = by_role.get(""), by_role.get("start"), by_role.get("end")
    if whole is None:
        if first is None and (agreed := by_role.get("agreed")):
            period = _from_ends(text, agreed, last)
            note = f"no start is given; {START_AGREED} “{agreed.label}”"
            return period and replace(period, note="; ".join(filter(None, [note, period.note])))
        return _from_ends(text, first, last)
    start, end, note = read_period(whole.span.of(text))
    if start is None and end is None and first:
        return _from_duration(text, first, whole) or _from_ends(text, first, last)
    others = [field for field in fields if field.role == "" and field is not whole]
    differing = next((o for o in others if _differs(read_period(o.span.of(text))[:2], (start, end))), None)
    told_else = f"told otherwise elsewhere: {differing.span.of(text)}" if differing else ""
    return _period(text, whole, start, end, note, told_else)


def _period(text: str, field: Field, start: str | None, end: str | None, *notes: str) -> Period:
    told = [*notes, FROM_PROSE if field.source == "prose" else ""]
    return Period(start, end, field.span.of(text), field.span, "; ".join(filter(None, told)))


def _from_ends(text: str, first: Field | None, last: Field | None) -> Period | None:
    if first is None:
        if last is None:
            return None
        _, end, note = read_period(last.span.of(text))
        return _period(text, last, None, end, note)
    start, _, note = read_period(first.span.of(text))
    if last is None:
        return _period(text, first, start, None, note)
    _, end, note_of_end = read_period(last.span.of(text))
    reversed_order = "the end lies before the start" if start and end and end < start[: len(end)] else ""
    missing = {"no end is given", "no start is given"}
    notes = [one for one in (note, note_of_end) if one not in missing]
    return _period(text, first, start, end, *notes, reversed_order, f"{APART}{last.whole.of(text)}")


def _from_duration(text: str, first: Field, duration: Field) -> Period | None:
    """The period of a start in one place and `24 months` in another."""
    start, end, note = read_period(f"{duration.span.of(text)} from {first.span.of(text)}")
    if start is None or end is None:
        return None
    return _period(text, first, start, end, note, f"{APART}{duration.whole.of(text)}")


def _differs(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    return any(a and b and a[: len(b)] != b[: len(a)] for a, b in zip(one, other, strict=True))


def amounts_of(text: str, field: Field) -> list[Amount]:
    """The amounts in a field's value; one without a value, and with a note, where none can be read."""
    words = field.span.of(text)
    told = FROM_PROSE if field.source == "prose" else ""
    found = sums_in(words, find_money(words))
    if not found and NOTHING.fullmatch(fold(words)):
        return []
    if not found:
        return [_with_note(_without_currency(text, field), told)]
    roles = _roles_within(words, found, field.role)
    return [_with_note(_amount(text, field, money, role), told) for money, role in zip(found, roles, strict=True)]


def _roles_within(words: str, found: Sequence[Money], role: str) -> Iterator[str]:
    """The role of each amount: the field's own, or the one that words before it give (`of which own contribution`)."""
    position = 0
    for number, money in enumerate(found):
        between = fold_keeping_length(words[position : money.start])
        said = next((name for name, pattern in ROLE_WORDS if pattern.search(between)), "") if number else ""
        yield said or role
        position = money.end


def _amount(text: str, field: Field, money: Money, role: str) -> Amount:
    span = Span(field.span.start + money.start, field.span.start + money.end)
    value = None if money.amount is None else f"{money.amount:f}"
    return Amount(value, money.currency, role, span.of(text), span, money.note)


def _without_currency(text: str, field: Field) -> Amount:
    """A bare number, in the currency that the label gives; or words that say where the money is counted."""
    words = field.span.of(text)
    target = included_in(words)
    if target:
        name = words[target[0] : target[1]]
        return Amount(None, None, field.role, words, field.span, f"counted in the budget of {name}", name)
    value, note = read_number(words)
    currency = _currency_in(field.label)
    if value is None:
        note = note if re.fullmatch(r"[\d\s.,'’-]+", words) else "no amount with a currency is given"
        return Amount(None, currency, field.role, words, field.span, note)
    notes = [note, "" if currency else "no currency is given"]
    return Amount(f"{value:f}", currency, field.role, words, field.span, "; ".join(filter(None, notes)))


def _currency_in(label: str) -> str | None:
    """The currency that a label names: `Budget (EUR)`, `Valoare, lei`."""
    for word in WORD.findall(label):
        if word in CODES:
            return str(word)
        if word in "€$£" or (word.casefold() in CURRENCIES and len(word) > 1):
            return str(CURRENCIES[word.casefold()])
    return None


def _with_note(amount: Amount, note: str) -> Amount:
    return replace(amount, note="; ".join(filter(None, [amount.note, note]))) if note else amount


def organisations_of(text: str, field: Field) -> list[Organisation]:
    """The organisations in a field's value, without the programmes in it; all of it where it names nothing else."""
    words = field.span.of(text)
    if field.source == "prose":
        if is_group(words):
            return [Organisation(words, field.role, words, field.span, None, f"{GROUP}; {FROM_PROSE}")]
        found = find_organisations(words, several=False)
        name = found[0] if len(found) == 1 else None
        country, note = (name.country, name.note) if name else (None, "")
        called = name.name if name else words
        return [
            Organisation(called, field.role, words, field.span, country, "; ".join(filter(None, [note, FROM_PROSE])))
        ]
    programmes = programmes_in(words) if field.role in GIVERS else ()
    several = bool(SEVERAL.search(fold(field.label))) or bool(SPOKEN.search(words))
    made = []
    for piece in _beside(words, programmes):
        for name in find_organisations(piece.of(words), label=field.label, several=several or None):
            if (
                "@" in name.name
                or "://" in name.name
                or OWN_MONEY.match(fold(name.name))
                or (programmes and _is_remainder(name.name))
            ):
                continue
            span = Span(field.span.start + piece.start + name.start, field.span.start + piece.start + name.end)
            role = name.role or field.role
            made.append(Organisation(name.name, role, span.of(text), span, name.country, name.note))
            if field.role != role and leads_partners(role, field.label):
                made.append(replace(made[-1], role="partner"))
    if not made and programmes:
        return [Organisation(words, field.role, words, field.span)]
    return made


def _is_remainder(name: str) -> bool:
    """Whether what is left beside a programme is a piece of it: `submăsura 7.2`, a country, not a name."""
    is_country = len(name) > len("ROU") and country_code(name) is not None  # the EC is not Ecuador
    return is_country or not name.strip(' „“"«').strip()[:1].isupper()


def programmes_in(words: str) -> list[tuple[int, int]]:
    """The programmes in a giver's value, without those that are the beginning of a longer name: `X Trust for Y`."""
    return [(start, end) for start, end in find_programmes(words) if not LONGER.match(words, end)]


def _beside(words: str, programmes: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """What stands before, between and behind the programmes, without the words that tie the two together."""
    position = 0
    for start, end in (*programmes, (len(words), len(words))):
        stop = start
        if (start, end) != (len(words), len(words)):
            tie = CONNECTED.search(fold_keeping_length(words[position:start]))
            stop = position + tie.start() if tie else start
        if re.search(r"[^\W\d_]", words[position:stop]):
            yield Span(position, stop)
        position = end


def places_of(text: str, field: Field) -> list[Place]:
    """The places in a field's value."""
    note = FROM_PROSE if field.source == "prose" else ""
    made = []
    for place in find_places(field.span.of(text)):
        span = Span(field.span.start + place.start, field.span.start + place.end)
        made.append(Place(place.name, place.country, span.of(text), span, note))
    return made
