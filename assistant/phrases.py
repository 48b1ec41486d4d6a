"""Everything the assistant says in its own words, English and Romanian, in one place."""

from collections.abc import Sequence
from decimal import Decimal

from corpus.record import Amount

QUOTES = {"en": ("“", "”"), "ro": ("„", "”")}

_PHRASES = {
    "en": {
        "field": "{title} – {name}: {quote}{reading}",
        "reading": ", that is {value}",
        "ambiguous": " (the source is ambiguous: {note})",
        "not_stated": "The documents describe {title}, but do not state this: {names}.",
        "no_such": "The documents hold no project that fits “{words}”.",
        "nothing": "The documents do not answer this; looked for: {words}.",
        "nothing_about": "The documents describe {title}, but do not say this; looked for: {words}.",
        "nearest": "Projects with the nearest names: {titles}.",
        "which": "Which project do you mean? For example: {titles}.",
        "across": "Lists, counts and sums across projects are not answered yet, and part of one would mislead. "
        "Ask about one project, for example {titles}.",
        "greeting": "Ask about a project in these documents: its budget, period, funder or partners, or what its "
        "text says. For example: {titles}.",
        "failed_check": "An answer was found, but its words could not be confirmed in the source, so it is not shown.",
    },
    "ro": {
        "field": "{title} – {name}: {quote}{reading}",
        "reading": ", adică {value}",
        "ambiguous": " (sursa se poate citi în mai multe feluri)",
        "not_stated": "Documentele descriu {title}, dar nu spun acest lucru: {names}.",
        "no_such": "Documentele nu conțin niciun proiect care să se potrivească cu „{words}”.",
        "nothing": "Documentele nu răspund la această întrebare; am căutat: {words}.",
        "nothing_about": "Documentele descriu {title}, dar nu spun acest lucru; am căutat: {words}.",
        "nearest": "Proiecte cu nume apropiate: {titles}.",
        "which": "La care proiect vă referiți? De exemplu: {titles}.",
        "across": "Listele, numărătorile și sumele peste mai multe proiecte nu primesc încă răspuns, iar o parte din "
        "ele ar induce în eroare. Întrebați despre un proiect, de exemplu {titles}.",
        "greeting": "Întrebați despre un proiect din aceste documente: buget, perioadă, finanțator, parteneri sau ce "
        "spune textul. De exemplu: {titles}.",
        "failed_check": "S-a găsit un răspuns, dar cuvintele lui nu s-au putut confirma în sursă, deci nu este arătat.",
    },
}


def say(language: str, key: str, **values: str) -> str:
    """One phrase, filled in."""
    return _PHRASES[language][key].format(**values)


def quote(language: str, words: str) -> str:
    """Words between the language's quotation marks, on one line."""
    opening, closing = QUOTES[language]
    return f"{opening}{' '.join(words.split())}{closing}"


def listing(titles: Sequence[str]) -> str:
    """Titles in a row; semicolons, since titles hold commas."""
    return "; ".join(titles)


def money(language: str, amount: Amount) -> str:
    """A normalised amount as the language writes it: `279,014 EUR`, `279.014 EUR`."""
    value = f"{Decimal(amount.amount or 0):,f}"
    if language == "ro":
        value = value.translate(str.maketrans(",.", ".,"))
    return f"{value} {amount.currency}"
