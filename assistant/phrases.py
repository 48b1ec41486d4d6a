"""Everything the assistant says in its own words, English and Romanian, in one place."""

from collections.abc import Sequence
from decimal import Decimal

from corpus.record import Amount

QUOTES = {"en": ("“", "”"), "ro": ("„", "”")}
VERDICTS = {
    "en": {"refused": "Not answered", "clarify": "Please say more"},
    "ro": {"refused": "Fără răspuns", "clarify": "Spuneți mai mult"},
}
"""What stands above an answer that is none, by its status; the page says the same."""

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
        "of_total": "{count} of {total} projects{where}:",
        "all_of": "All {total} projects:",
        "compared": "Compared: {count} of {total} projects.",
        "none_of": "None of the {total} projects fits{where}.",
        "currencies_differ": "The amounts are in different currencies, so they are not compared.",
        "alike": "They are the same.",
        "both": "The same for both – {name}: {names}",
        "partly": "Not all the same – {name}; what they have in common: {names}",
        "differs": "{name}: not the same.",
        "others_too": "Others funded these as well; whose part is how large is not added up: {titles}.",
        "not_told_apart": "The dates are not told precisely enough to say which came first.",
        "none_shared": "{name}: none that all of them have.",
        "project": "Project",
        "days": "{count} days",
        "so": "{words}",
        "not": "not {words}",
        "first_highest": "{title} has the larger one, by {value}.",
        "first_lowest": "{title} has the smaller one, by {value}.",
        "first_duration_highest": "{title} lasted longer.",
        "first_duration_lowest": "{title} was shorter.",
        "first_start_highest": "{title} began later.",
        "first_start_lowest": "{title} began earlier.",
        "first_end_highest": "{title} ended later.",
        "first_end_lowest": "{title} ended earlier.",
        "first_partners_highest": "{title} names more partners.",
        "first_partners_lowest": "{title} names fewer partners.",
        "is_named": "{title} – {name}: {quote}",
        "is_not_named": "{title} – {name}: “{words}” is not named among them.",
        "members": "{count} of {total}{where}:",
        "members_all": "{count}{where}:",
        "organisations": "{name}, {count} in all:",
        "unread": "What “{words}” asks of the projects is not understood, so none are listed.",
        "groups": "{count} in all, over {chosen} of {total} projects{where}:",
        "group": "{name} – {count}: {titles}",
        "group_sum": "{name} – {value} together ({count} with a figure)",
        "group_average": "{name} – {value} on average ({count} with a figure)",
        "group_extreme": "{name} – {value}: {titles}",
        "group_none": "{names} – 0",
        "group_more": "{name} has more, by {value}.",
        "groups_compared": "Compared with each other: {count}.",
        "share": "{count} of {total} projects, {share}%{where}",
        "people": "Not counted, as they are people and no names: {names}.",
        "in_several": "A project that stands under several counts for each of them.",
        "in_no_group": "Projects that do not tell this ({name}): {count}.",
        "more": "and {count} more",
        "beyond": "{count} of {total} projects:",
        "no_figures": "None of the projects{where} gives a figure for this.",
        "lacks": "{title} does not mention: {words}.",
        "rest": "And {count} more, which are not shown.",
        "half_told": "Not counted, since only one end of the period is given ({count}){titles}",
        "sum": "Together: {value} ({count} of {total} projects)",
        "average": "On average: {value} ({count} of {total} projects)",
        "no_value": "No figure is given, so not counted: {titles}.",
        "not_counted": "Not counted, as it gives no single figure: {title} – {words}",
        "sources_differ": "The sources differ on this.",
        "greeting": "Ask about a project in these documents: its budget, period, funder or partners, or what its "
        "text says; or about many: which ran in a year, how many, what they cost together, which is the largest, what "
        "some of them have in common. Projects are, for example: {titles}.",
        "task": "Only what the documents say is told here; nothing is written, changed, translated or advised.",
        "unmended_part": "The question has no such part to leave out, so it is not answered; ask it anew.",
        "unmended_subject": "The question cannot be asked of that project, or the documents no longer hold it; ask it "
        "anew with its name.",
        "unmended_field": "This cannot be told in place of what was asked for; ask for it in a question of its own.",
        "unmended_operation": "This cannot be done with what was asked for; ask for it in a question of its own.",
        "failed_check": "An answer was found, but its words could not be confirmed in the source, so it is not shown.",
        "left_out_one": "1 sentence of the language model was left out, since its sources do not say it.",
        "left_out": "{count} sentences of the language model were left out, since their sources do not say them.",
        "own_words": "These are the documents' own words.",
        "model_silent": "The language model gave no answer.",
        "model_failed": "The language model gave no answer; these are the documents' own words.",
        "no_model": "No language model is set.",
        "broke_off_draft": "The language model broke off; what it had not written yet is in the documents' own words.",
        "broke_off": "The language model broke off; what it had written until then is shown.",
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
        "of_total": "{count} din {total} proiecte{where}:",
        "all_of": "Toate cele {total} proiecte:",
        "compared": "Comparate: {count} din {total} proiecte.",
        "none_of": "Niciunul dintre cele {total} proiecte nu corespunde{where}.",
        "currencies_differ": "Sumele sunt în monede diferite, deci nu sunt comparate.",
        "alike": "Sunt la fel.",
        "both": "La fel pentru amândouă – {name}: {names}",
        "partly": "Nu e totul la fel – {name}; ce au în comun: {names}",
        "differs": "{name}: nu sunt la fel.",
        "others_too": "Acestea au avut și alți finanțatori; partea fiecăruia nu este socotită: {titles}.",
        "not_told_apart": "Datele nu sunt destul de precise ca să se vadă care a fost mai întâi.",
        "none_shared": "{name}: niciunul comun tuturor.",
        "project": "Proiect",
        "days": "{count} zile",
        "so": "{words}",
        "not": "nu {words}",
        "first_highest": "{title} are suma mai mare, cu {value}.",
        "first_lowest": "{title} are suma mai mică, cu {value}.",
        "first_duration_highest": "{title} a durat mai mult.",
        "first_duration_lowest": "{title} a fost mai scurt.",
        "first_start_highest": "{title} a început mai târziu.",
        "first_start_lowest": "{title} a început mai devreme.",
        "first_end_highest": "{title} s-a încheiat mai târziu.",
        "first_end_lowest": "{title} s-a încheiat mai devreme.",
        "first_partners_highest": "{title} numește mai mulți parteneri.",
        "first_partners_lowest": "{title} numește mai puțini parteneri.",
        "is_named": "{title} – {name}: {quote}",
        "is_not_named": "{title} – {name}: „{words}” nu este între ei.",
        "members": "{count} din {total}{where}:",
        "members_all": "{count}{where}:",
        "organisations": "{name}, {count} cu totul:",
        "unread": "Nu este clar ce cere „{words}” de la proiecte, deci nu este enumerat niciunul.",
        "groups": "{count} cu totul, la {chosen} din {total} proiecte{where}:",
        "group": "{name} – {count}: {titles}",
        "group_sum": "{name} – {value} împreună (cu o sumă: {count})",
        "group_average": "{name} – {value} în medie (cu o sumă: {count})",
        "group_extreme": "{name} – {value}: {titles}",
        "group_none": "{names} – 0",
        "group_more": "{name}: mai mult, cu {value}.",
        "groups_compared": "Comparate între ele: {count}.",
        "share": "{count} din {total} proiecte, {share}%{where}",
        "people": "Necuprinse, fiind grupuri de oameni, nu nume: {names}.",
        "in_several": "Un proiect care apare la mai multe este numărat la fiecare.",
        "in_no_group": "Proiecte care nu spun ({name}): {count}.",
        "more": "și încă {count}",
        "beyond": "{count} din {total} proiecte:",
        "no_figures": "Niciunul dintre proiecte{where} nu dă o cifră pentru aceasta.",
        "lacks": "{title} nu pomenește: {words}.",
        "rest": "Și încă {count}, care nu sunt arătate.",
        "half_told": "Nenumărate, fiindcă perioada are dat un singur capăt ({count}){titles}",
        "sum": "Împreună: {value} ({count} din {total} proiecte)",
        "average": "În medie: {value} ({count} din {total} proiecte)",
        "no_value": "Fără nicio sumă, deci nenumărate: {titles}.",
        "not_counted": "Nenumărat, fiindcă nu dă o singură sumă: {title} – {words}",
        "sources_differ": "Sursele diferă în această privință.",
        "greeting": "Întrebați despre un proiect din aceste documente: buget, perioadă, finanțator, parteneri sau ce "
        "spune textul; ori despre mai multe: care au fost într-un an, câte, cât au costat împreună, care e cel mai "
        "mare, ce au în comun. Proiecte sunt, de exemplu: {titles}.",
        "task": "Aici se spune doar ce scrie în documente; nu se redactează, nu se schimbă, nu se traduce și nu "
        "se dau sfaturi.",
        "unmended_part": "Întrebarea nu are o astfel de parte care să fie scoasă, deci nu primește răspuns; puneți-o "
        "din nou.",
        "unmended_subject": "Întrebarea nu se poate pune despre acel proiect sau documentele nu îl mai conțin; "
        "puneți-o din nou, cu numele lui.",
        "unmended_field": "Aceasta nu se poate spune în locul celor întrebate; întrebați separat.",
        "unmended_operation": "Aceasta nu se poate face cu ce s-a cerut; întrebați separat.",
        "failed_check": "S-a găsit un răspuns, dar cuvintele lui nu s-au putut confirma în sursă, deci nu este arătat.",
        "left_out_one": "O propoziție a modelului de limbaj a fost lăsată deoparte, fiindcă sursele ei nu o spun.",
        "left_out": "{count} propoziții ale modelului de limbaj au fost lăsate deoparte: sursele lor nu le spun.",
        "own_words": "Acestea sunt cuvintele documentelor.",
        "model_silent": "Modelul de limbaj nu a dat un răspuns.",
        "model_failed": "Modelul de limbaj nu a dat un răspuns; acestea sunt cuvintele documentelor.",
        "no_model": "Nu este configurat niciun model de limbaj.",
        "broke_off_draft": "Modelul de limbaj s-a întrerupt; ce nu apucase să scrie este în cuvintele documentelor.",
        "broke_off": "Modelul de limbaj s-a întrerupt; se arată ce scrisese până atunci.",
    },
}


def say(language: str, key: str, **values: str) -> str:
    """One phrase, filled in."""
    return _PHRASES[language][key].format(**values)


def openings(key: str) -> list[str]:
    """What a phrase begins with, up to the first thing that is filled in, in each language."""
    return [phrases[key].partition("{")[0] for phrases in _PHRASES.values()]


def quote(language: str, words: str) -> str:
    """Words between the language's quotation marks, on one line."""
    opening, closing = QUOTES[language]
    return f"{opening}{' '.join(words.split())}{closing}"


def listing(titles: Sequence[str]) -> str:
    """Titles in a row; semicolons, since titles hold commas."""
    return "; ".join(titles)


def money(language: str, amount: Amount) -> str:
    """A normalised amount as the language writes it: `279,014 EUR`, `279.014 EUR`."""
    return figure(language, Decimal(amount.amount or 0), amount.currency)


def day(language: str, iso: str) -> str:
    """A day, ISO 8601, as the language writes it: `2 June 2017`, `2 iunie 2017`."""
    year, month, number = iso.split("-")
    return f"{int(number)} {_MONTHS[language][int(month) - 1]} {year}"


_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie".split(),
}


def figure(language: str, value: Decimal, currency: str | None) -> str:
    """A computed amount as the language writes it, to two decimals where it has any."""
    rounded = value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value.to_integral_value()
    text = f"{rounded:,f}"
    if language == "ro":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{text} {currency}" if currency else text
