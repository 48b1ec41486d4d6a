"""How the parts of a plan are called on a page, English and Romanian, in one place. Knows no plan and no store."""

from decimal import Decimal

from assistant.phrases import day, figure

_WORDS = {
    "en": {
        "list": "projects",
        "count": "number of projects",
        "share": "share of projects",
        "sum": "sum of {what}",
        "average": "average of {what}",
        "highest_amount": "largest of {what}",
        "lowest_amount": "smallest of {what}",
        "highest_duration": "longest",
        "lowest_duration": "shortest",
        "highest_start": "latest start",
        "lowest_start": "earliest start",
        "highest_end": "latest end",
        "lowest_end": "earliest end",
        "highest_partners": "most partners",
        "lowest_partners": "fewest partners",
        "first": "the first {count}",
        "placed": "number {place} in order",
        "list_choice": "list of them",
        "count_choice": "how many there are",
        "budget": "budgets",
        "grant": "grants",
        "cost share": "cost shares",
        "above": "with more than {title}",
        "below": "with less than {title}",
        "by": "by {what}",
        "by_highest": "by {what} (the most)",
        "by_lowest": "by {what} (the least)",
        "country": "country",
        "year": "year",
        "year of end": "year of end",
        "programme": "programme",
        "with_fields": "of each: {what}",
        "besides": "besides {title}",
        "unread": "not understood: {said}",
        "of": "{what} of {titles}",
        "unnamed": "a project that is not named",
        "compared": "{what} compared: {titles}",
        "all_facts": "all facts",
        "description": "what it is",
        "what_is": "what {titles} is",
        "text": "what the text says",
        "text_of": "what the text of {titles} says",
        "about": "about: {words}",
        "like": "projects like: {words}",
        "task": "something to be done, or advised",
        "talk": "a greeting, or what can be asked here",
        "all_of": "organisations ({what}) of projects",
        "of_total": "{count} of {total}",
        "not": "but not {what}",
        "or": "{one} or {other}",
        "funder": "funded by {name}",
        "sponsor": "sponsored by {name}",
        "supporter": "supported by {name}",
        "partner": "with partner {name}",
        "implementer": "run by {name}",
        "beneficiary": "for {name}",
        "client": "for the client {name}",
        "organisation": "naming {name}",
        "in_programme": "under the programme {name}",
        "in_place": "in {place}",
        "funder_from": "with a funder from {place}",
        "sponsor_from": "with a sponsor from {place}",
        "supporter_from": "with a supporter from {place}",
        "partner_from": "with a partner from {place}",
        "implementer_from": "run from {place}",
        "beneficiary_from": "with a beneficiary from {place}",
        "client_from": "with a client from {place}",
        "organisation_from": "with someone from {place}",
        "ran": "running {when}",
        "began": "begun {when}",
        "ended": "ended {when}",
        "dated": "{label} {when}",
        "at": "in {when}",
        "on": "on {when}",
        "since": "since {when}",
        "until": "in or before {when}",
        "until_day": "on or before {when}",
        "between": "between {first} and {last}",
        "ever": "at a known time",
        "over": "over {amount}",
        "under": "under {amount}",
        "least": "of at least {amount}",
        "most": "of at most {amount}",
        "from_to": "of {first} to {last}",
        "exactly": "of {amount}",
        "in_currency": "in {currency}",
        "lasting": "lasting {said}",
        "mentioning": "mentioning: {words}",
        "valued": "{label}: {value}",
        "told": "that tell: {what}",
        "untold": "that do not tell: {what}",
        "called": "called “{said}”",
        "finished": "that are over",
        "under_way": "under way",
        "other": "{said}",
    },
    "ro": {
        "list": "proiecte",
        "count": "numărul de proiecte",
        "share": "ponderea proiectelor",
        "sum": "suma: {what}",
        "average": "media: {what}",
        "highest_amount": "valoarea cea mai mare: {what}",
        "lowest_amount": "valoarea cea mai mică: {what}",
        "highest_duration": "cel mai lung",
        "lowest_duration": "cel mai scurt",
        "highest_start": "ultimul început",
        "lowest_start": "primul început",
        "highest_end": "ultimul încheiat",
        "lowest_end": "primul încheiat",
        "highest_partners": "cei mai mulți parteneri",
        "lowest_partners": "cei mai puțini parteneri",
        "first": "primele {count}",
        "placed": "numărul {place} în ordine",
        "list_choice": "lista lor",
        "count_choice": "câte sunt",
        "budget": "bugete",
        "grant": "granturi",
        "cost share": "cofinanțări",
        "above": "cu mai mult decât {title}",
        "below": "cu mai puțin decât {title}",
        "by": "după {what}",
        "by_highest": "după {what} (cel mai mult)",
        "by_lowest": "după {what} (cel mai puțin)",
        "country": "țară",
        "year": "an",
        "year of end": "anul încheierii",
        "programme": "program",
        "with_fields": "la fiecare: {what}",
        "besides": "în afară de {title}",
        "unread": "neînțeles: {said}",
        "of": "{what} – {titles}",
        "unnamed": "un proiect care nu este numit",
        "compared": "comparație, {what}: {titles}",
        "all_facts": "toate datele",
        "description": "ce este",
        "what_is": "ce este {titles}",
        "text": "ce spune textul",
        "text_of": "ce spune {titles}",
        "about": "despre: {words}",
        "like": "proiecte asemănătoare cu: {words}",
        "task": "ceva de făcut sau un sfat",
        "talk": "un salut sau ce se poate întreba aici",
        "all_of": "organizații ({what}) ale unor proiecte",
        "of_total": "{count} din {total}",
        "not": "dar nu {what}",
        "or": "{one} sau {other}",
        "funder": "finanțate de {name}",
        "sponsor": "sponsorizate de {name}",
        "supporter": "sprijinite de {name}",
        "partner": "cu partenerul {name}",
        "implementer": "derulate de {name}",
        "beneficiary": "pentru {name}",
        "client": "pentru clientul {name}",
        "organisation": "care numesc {name}",
        "in_programme": "din programul {name}",
        "in_place": "în {place}",
        "funder_from": "cu finanțator din {place}",
        "sponsor_from": "cu sponsor din {place}",
        "supporter_from": "cu susținător din {place}",
        "partner_from": "cu partener din {place}",
        "implementer_from": "derulate de cineva din {place}",
        "beneficiary_from": "cu beneficiar din {place}",
        "client_from": "cu client din {place}",
        "organisation_from": "cu cineva din {place}",
        "ran": "în desfășurare {when}",
        "began": "începute {when}",
        "ended": "încheiate {when}",
        "dated": "{label} {when}",
        "at": "în {when}",
        "on": "la {when}",
        "since": "din {when} încoace",
        "until": "până în {when}",
        "until_day": "până la {when}",
        "between": "între {first} și {last}",
        "ever": "la o dată cunoscută",
        "over": "de peste {amount}",
        "under": "de sub {amount}",
        "least": "de cel puțin {amount}",
        "most": "de cel mult {amount}",
        "from_to": "de la {first} la {last}",
        "exactly": "de {amount}",
        "in_currency": "în {currency}",
        "lasting": "cu durata: {said}",
        "mentioning": "care pomenesc: {words}",
        "valued": "{label}: {value}",
        "told": "care spun: {what}",
        "untold": "care nu spun: {what}",
        "called": "numite „{said}”",
        "finished": "încheiate",
        "under_way": "în desfășurare",
        "other": "{said}",
    },
}
MONTH = len("2014-03")
"""Characters of a date to the month."""
_CENT = Decimal("0.01")
"""What a bound is moved by that does not count itself."""


def word(language: str, key: str, **values: str) -> str:
    """One phrase, filled in."""
    return _WORDS[language][key].format(**values)


def has_word(key: str) -> bool:
    """Whether there is such a phrase."""
    return key in _WORDS["en"]


def country_called(code: str, language: str) -> str:
    """A country, ISO 3166-1 alpha-2, as the language calls it."""
    from babel import Locale

    return str(Locale(language).territories.get(code, code))


def moment(language: str, told: str) -> str:
    """A date, ISO 8601 at any precision, as the language writes it: `2014`, `March 2014`, `2 June 2017`."""
    if len(told) == MONTH:
        return day(language, f"{told}-01").partition(" ")[2]
    return day(language, told) if len(told) > MONTH else told


def when(language: str, since: str | None, until: str | None) -> str:
    """A time by its bounds, both included."""
    if since is None and until is None:
        return word(language, "ever")
    if since == until and since is not None:
        return word(language, "on" if len(since) > MONTH else "at", when=moment(language, since))
    if until is None:
        return word(language, "since", when=moment(language, since or ""))
    if since is None:
        return word(language, "until_day" if len(until) > MONTH else "until", when=moment(language, until))
    return word(language, "between", first=moment(language, since), last=moment(language, until))


def size(language: str, least: Decimal | None, most: Decimal | None, currency: str | None) -> str:
    """An amount by its bounds, in the words in which they are told: `over 100,000 EUR`."""
    if least is None and most is None:
        return word(language, "in_currency", currency=currency or "")
    low, is_over = _whole(least, -_CENT)
    high, is_under = _whole(most, _CENT)
    first, last = figure(language, low, currency), figure(language, high, currency)
    if least is not None and most is not None:
        return word(language, "exactly" if least == most else "from_to", amount=first, first=first, last=last)
    if least is not None:
        return word(language, "over" if is_over else "least", amount=first)
    return word(language, "under" if is_under else "most", amount=last)


def _whole(bound: Decimal | None, step: Decimal) -> tuple[Decimal, bool]:
    """(the bound as it was said, whether it does not count itself)."""
    told = bound or Decimal(0)
    moved = told + step
    return (moved, True) if moved == moved.to_integral_value() else (told, False)
