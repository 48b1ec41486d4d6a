"""The ways in which an answer may print a value of a record: its words in the source first, then as others write them.

Knows amounts, dates, names and places; no questions.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from corpus.country_names import names_of
from corpus.record import Amount, Organisation
from eval.sets.forms import CUVINTE, LUNI, MONTHS, SHORTEST_WORD, WORDS, date_forms

WITH_ARTICLE = frozenset(
    "Islands Territories Republic Emirates Kingdom States Philippines Netherlands Maldives Bahamas Comoros Gambia "
    "Seychelles Congo".split()
)
"""Last words of the names of countries that English puts an article before."""


def amount_ways(amount: Decimal, currency: str | None, text: str = "") -> list[str]:
    """`text`, the source's own words, and the number with its currency."""
    # One other way is enough: an answer is read by value (`eval.normalise`).
    found = [" ".join(text.split())] if text else []
    return list(dict.fromkeys([*found, f"{_plain(amount)} {currency}" if currency else f"{_plain(amount)}"]))


def _plain(amount: Decimal) -> float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def exact(amount: Amount) -> Decimal | None:
    """The amount where the source leaves nothing open but its currency; None for others and for 0."""
    if amount.note not in ("", "no currency is given") or amount.included_in or amount.amount is None:
        return None
    try:
        found = Decimal(amount.amount)
    except InvalidOperation:
        return None
    return found if found > 0 else None


def date_ways(iso: str, text: str = "") -> list[str]:
    """`text`, the source's own words, and a date of whatever precision, ISO 8601, as others print it."""
    found = [" ".join(text.split())] if text else []
    year, *rest = iso[:10].split("-")
    if not rest:
        return list(dict.fromkeys([*found, year]))
    if len(rest) == 2:
        return list(dict.fromkeys([*found, *date_forms(iso)]))
    month = int(rest[0])
    forms = [f"{MONTHS[month - 1]} {year}", f"{LUNI[month - 1]} {year}", f"{MONTHS[month - 1][:3]} {year}"]
    return [*found, *forms, iso, f"{rest[0]}.{year}", f"{rest[0]}/{year}"]


def name_ways(one: Organisation) -> list[str]:
    """The name, and without what stands in brackets behind it or an article before it."""
    name = " ".join(one.name.split())
    bare = re.sub(r"\s*\([^()]*\)$", "", name)
    return list(dict.fromkeys(filter(None, (name, bare, re.sub(r"^[Tt]he ", "", bare)))))


def acronyms(names: Iterable[str]) -> dict[str, list[str]]:
    """For each of the names that is the initials of others, those: `EC` and `European Commission`."""
    every = set(names)
    found: dict[str, list[str]] = {}
    for name in sorted(every):
        if len(own := initials(name)) > 1 and own in every:
            found.setdefault(own, []).append(name)
    return found


def initials(name: str) -> str:
    """The first letters of the words of a name that have a capital."""
    return "".join(word[0] for word in re.findall(r"[A-ZĂÂÎȘȚ]\w*", name))


def country_ways(code: str, text: str = "") -> list[str]:
    """What a country is called in the source and in both languages, its parts aside."""
    return list(
        dict.fromkeys([*([text] if text else []), *country_in(code, "en"), *country_in(code, "ro"), *names_of(code)])
    )


def country_in(code: str, language: str) -> list[str]:
    """The everyday name of a country in a language; none where there is none."""
    from babel import Locale

    found = Locale(language).territories.get(code)
    return [found] if found else []


def in_sentence(country: str, language: str) -> str:
    """A country behind a preposition: `the Philippines`."""
    return f"the {country}" if language == "en" and country.split()[-1] in WITH_ARTICLE else country


def count_ways(number: int) -> Iterator[str]:
    """A number in figures, and in words up to twenty."""
    yield str(number)
    if number < len(WORDS):
        yield WORDS[number]
        yield from (word for word in CUVINTE[number].split(",") if len(word) >= SHORTEST_WORD)
