"""Free-form questions that the grammar misreads or refuses, with the forms that an honest model would give.

`wants` are words of the right answer, `lacks` words that would make it a wrong one. Forms are given without their empty
parts. `earlier` are the questions before it, each with its answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SAMPLE, REEDMOOR, SATUL, TINERI, FJORD = "sample", "reedmoor", "satul", "tineri", "fjord"
PAGES = (SATUL, TINERI, FJORD)
Form = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One question over a store."""

    store: str
    asked: str
    form: Form
    wants: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()


def by(name: str, role: str | None = None, *, negated: bool = False) -> Form:
    """Name an organisation."""
    return {"kind": "organisation", "name": name, "role": role, "negated": negated}


def at(name: str, role: str | None = None) -> Form:
    """Name a place."""
    return {"kind": "place", "name": name, "role": role, "negated": False}


def time(event: str, since: str | None = None, until: str | None = None, *, strict: bool = False) -> Form:
    """Bound a time."""
    return {"kind": "time", "event": event, "from": since, "to": until, "strict": strict, "negated": False}


def money(
    least: float | None = None, most: float | None = None, currency: str | None = None, *, strict: bool = True
) -> Form:
    """Bound an amount."""
    told = {"at_least": least, "at_most": most, "currency": currency, "strict": strict}
    return {"kind": "amount", **told, "negated": False}


def state(told: str, *, negated: bool = False) -> Form:
    """Tell how far projects have come."""
    return {"kind": "state", "state": told, "negated": negated}


def value(label: str, told: str) -> Form:
    """Name a value under a label."""
    return {"kind": "value", "label": label, "value": told, "negated": False}


def fact(question: str, subject: str, *fields: str) -> Form:
    """Ask for facts of a project."""
    return {"question": question, "intent": "field", "subjects": [subject], "fields": list(fields)}


def records(question: str, *conditions: Form, operation: str = "list", **more: Any) -> Form:
    """Ask for something over several projects."""
    return {"question": question, "intent": "projects", "operation": operation, "conditions": list(conditions), **more}


def groups(question: str, group_by: str, operation: str = "count", **more: Any) -> Form:
    """Ask for projects put together by something."""
    return {"question": question, "intent": "groups", "operation": operation, "group_by": group_by, **more}


NORDHAVEN, SALT, LUNCANI = "Nordhaven Fund", "European Salt Council", "Școala din Luncani"

CASES: Sequence[Case] = (
    Case(
        REEDMOOR, "Did the Nordhaven people bankroll anything that cost more than 50k?",
        records("Which projects funded by Nordhaven Fund cost more than 50k?", by(NORDHAVEN, "funder"), money(50_000)),
        ("1 of 16", "Lantern Walk"), ("Harbour Voices", "Podul"),
    ),
    Case(
        REEDMOOR, "What's the priciest thing Nordhaven Fund ever bankrolled?",
        records("Which project of Nordhaven Fund cost most?", by(NORDHAVEN, "funder"), operation="highest"),
        ("Lantern Walk", "120,000 EUR", "3 of 16"),
    ),
    Case(
        REEDMOOR, "How much cash was splashed on Lantern Walk?",
        fact("What was the budget of Lantern Walk?", "Lantern Walk", "budget"), ("120,000 EUR",),
    ),
    Case(
        REEDMOOR, "Who coughed up the cash for Salt Road?",
        fact("Who funded Salt Road?", "Salt Road", "funder"), (SALT,),
    ),
    Case(
        REEDMOOR, "Tot up everything Nordhaven Fund handed over",
        records("What is the total of the projects of Nordhaven Fund?", by(NORDHAVEN, "funder"), operation="sum"),
        ("185,000",),
    ),
    Case(
        REEDMOOR, "How many schemes kicked off after 2014?",
        records("How many projects started after 2014?", time("started", "2014", strict=True), operation="count"),
        ("7 of 16",),
    ),
    Case(
        REEDMOOR, "Rank the euro ones by how big they were",
        records("List projects in euro, largest first", money(currency="EUR"), operation="highest", all_in_order=True),
        ("Lantern Walk", "Harbour Voices", "Podul de Lemn"), ("Moara", "Salt Road"),
    ),
    Case(
        REEDMOOR, "Which one dragged on longest?",
        records("Which project lasted longest?", operation="highest", measure="duration"), ("Coastal Roads Upgrade",),
    ),
    Case(
        REEDMOOR, "How many folks teamed up with you on Paper Boats?",
        fact("Who were the partners of Paper Boats?", "Paper Boats", "partner"),
        ("Varna Museum of Trade", "Ostrava City Library"),
    ),
    Case(
        REEDMOOR, "Câți bani s-au dus pe Casa Albinelor?",
        fact("Care a fost bugetul proiectului Casa Albinelor?", "Casa Albinelor", "budget"), ("30.000 RON",),
    ),
    Case(
        REEDMOOR, "Ce ați mai făcut cu bani de la Banca Dunării?",
        records("Ce proiecte a finanțat Banca Dunării?", by("Banca Dunării", "funder")), ("Moara Veche", "1 din 16"),
        ("Casa Albinelor",),
    ),
    Case(
        REEDMOOR, "Care a fost cea mai scumpă treabă plătită de Nordhaven Fund?",
        records("Care proiect al Nordhaven Fund este cel mai scump?", by(NORDHAVEN, "funder"), operation="highest"),
        ("Lantern Walk", "120,000 EUR"),
    ),
    Case(
        REEDMOOR, "Cam cât a costat una peste alta un proiect în euro?",
        records("Care este media bugetelor în euro?", money(currency="EUR"), operation="average"), ("61.666,67",),
    ),
    Case(
        REEDMOOR, "I'm curious whether anything in Tunisia got axed",
        records("Which projects in Tunisia were dropped?", at("Tunisia"), value("status", "Dropped")),
        ("School Kitchens", "1 of 16"), ("Town Water",),
    ),
    Case(
        REEDMOOR, "Anything happening in Georgia these days that isn't wrapped up?",
        records("Which projects in Georgia are not finished?", at("Georgia"), value("status", "Active")),
        ("Energy", "1 of 16"), ("Turbine", "Coastal"),
    ),
    Case(
        REEDMOOR, "what did it set you back, Salt Road?",
        fact("What was the budget of Salt Road?", "Salt Road", "budget"), ("12,500 GBP",), ("signposts",),
    ),
    Case(
        REEDMOOR, "Splits of money between donors please",
        groups("What is the sum of budgets by funder?", "funder", "sum"), (NORDHAVEN, "185,000", SALT),
    ),
    Case(
        REEDMOOR, "In which nation do most of your ventures take place?",
        groups("Which country has the most projects?", "country", group_rank="most"), ("Georgia", "3"), ("Tunisia",),
    ),
    Case(
        REEDMOOR, "Show me stuff that wrapped up before 2014",
        records("Which projects ended before 2014?", time("ended", until="2014", strict=True)),
        ("Salt Road", "Rural Wells", "Turbine Halls", "Winter Orchard", "4 of 16"),
    ),
    Case(
        REEDMOOR, "Who chipped in for Paper Boats?",
        fact("Who sponsored Paper Boats?", "Paper Boats", "sponsor"), ("Brightwater Paper Mill",),
    ),
    Case(
        REEDMOOR, "Ventures with a price tag north of two million",
        records("Which projects cost more than two million?", money(2_000_000)),
        ("Coastal Roads Upgrade", "Hill Roads", "Town Water Mains", "Energy", "4 of 16"),
    ),
    Case(
        REEDMOOR, "Which ventures had Gdynia Sailors' Union on board?",
        records("Which projects had Gdynia Sailors' Union as a partner?", by("Gdynia Sailors' Union", "partner")),
        ("Harbour Voices", "Harbour Voices Junior", "2 of 16"),
    ),
    Case(
        REEDMOOR, "Lantern Walk: from when till when?",
        fact("What was the period of Lantern Walk?", "Lantern Walk", "period"), ("March 2014 – June 2016",),
    ),
    Case(
        REEDMOOR, "Câte chestii ați făcut cu Școala din Luncani?",
        records("Câte proiecte au avut partener Școala din Luncani?", by(LUNCANI, "partner"), operation="count"),
        ("2 din 16",),
    ),
    Case(
        REEDMOOR, "Pe cine ați avut alături la Moara Veche?",
        fact("Cine au fost partenerii proiectului Moara Veche?", "Moara Veche", "partner"),
        ("Asociația Meșterilor din Făget", "Școala din Luncani"),
    ),
    Case(
        REEDMOOR, "Care dintre proiecte s-a întins cel mai mult în timp?",
        records("Care proiect a durat cel mai mult?", operation="highest", measure="duration"),
        ("Coastal Roads Upgrade",),
    ),
    Case(
        REEDMOOR, "and what did the whole thing set you back?",
        fact("What was the budget of Lantern Walk?", "Lantern Walk", "budget"), ("120,000 EUR",),
        earlier=(("Who funded Lantern Walk?", "Lantern Walk – Funder: “Nordhaven Fund”"),),
    ),
    Case(
        REEDMOOR, "dar Nordhaven Fund?",
        records("Ce proiecte a finanțat Nordhaven Fund?", by(NORDHAVEN, "funder")), ("Podul de Lemn", "3 din 16"),
        earlier=(("Ce proiecte a finanțat Banca Dunării?", "1 din 16 proiecte (Banca Dunării): Moara Veche"),),
    ),
    Case(
        REEDMOOR, "ok, and the apple one, when was that?",
        fact("When did Winter Orchard take place?", "Winter Orchard", "period"), ("2011",),
        earlier=(("What about apples?", "Winter Orchard – “Gardeners grafted forgotten kinds of apples”"),),
    ),
    Case(
        SATUL, "Cât a înghițit Bunici Digitali?",
        fact("Care a fost bugetul proiectului Bunici Digitali?", "Bunici Digitali", "budget"), ("1,2 mil. lei",),
    ),
    Case(
        SATUL, "Câte treburi ați avut cu bani de la Programul Verde Nordic?",
        records(
            "Câte proiecte a finanțat Programul Verde Nordic?", by("Programul Verde Nordic", "funder"),
            operation="count",
        ),
        ("2 din 7",),
    ),
    Case(
        SATUL, "Cine v-a dat bani pentru moara aceea din Vadu Sec?",
        fact("Cine a finanțat Moara de la Vadu Sec?", "Moara de la Vadu Sec", "funder"), ("Fundația Rădăcini Comune",),
    ),
    Case(
        SATUL, "Ce s-a terminat înainte de 2017?",
        records("Ce proiecte s-au încheiat înainte de 2017?", time("ended", until="2017", strict=True)),
        ("Casa Meșterilor", "1 din 7"),
    ),
    Case(
        SATUL, "și cine a băgat mâna în buzunar?",
        fact("Cine a finanțat Livada bunicilor?", "Livada bunicilor", "funder"), ("Programul Verde Nordic",),
        earlier=(("Livada bunicilor", "Livada bunicilor – …"),),
    ),
    Case(
        TINERI, "Ce a pornit în 2022?",
        records("Ce proiecte au început în 2022?", time("started", "2022", "2022")),
        ("Street Stories Lab", "Digital Grannies", "2 din 7"),
    ),
    Case(
        TINERI, "Who stumped up for Digital Grannies?",
        fact("Who funded Digital Grannies?", "Digital Grannies", "funder"), ("Fundatia Telvora",),
    ),
    Case(
        TINERI, "Cu cine v-ați înhăitat pentru Street Stories Lab?",
        fact("Cine au fost partenerii proiectului Street Stories Lab?", "Street Stories Lab", "partner"),
        ("Kulturhof Brenna", "Associazione Via Lunga"),
    ),
    Case(
        FJORD, "Who skippered Kelp Kitchen?",
        fact("Who led Kelp Kitchen?", "Kelp Kitchen", "implementer"), ("Hæring Municipality",),
    ),
    Case(
        FJORD, "Which one did the Solvind bank cough up for?",
        records(
            "Which projects did Solvind Savings Bank Foundation fund?", by("Solvind Savings Bank Foundation", "funder")
        ),
        ("Winter Harbour Volunteers", "1 of 7"),
    ),
    Case(
        FJORD, "When did Postboat Libraries get off the ground?",
        fact("When did Postboat Libraries start?", "Postboat Libraries", "start"), ("2022",),
    ),
    Case(
        FJORD, "Whereabouts is Kelp Kitchen going on?",
        fact("Where is Kelp Kitchen?", "Kelp Kitchen", "place"), ("Outer Isles",),
    ),
    Case(
        FJORD, "Which scheme gobbled up the fewest euros?",
        records("Which project in euros had the lowest budget?", money(currency="EUR"), operation="lowest"),
        ("Rust to Reef: Young Divers", "97,800"),
    ),
    Case(
        SAMPLE, "How much dosh went into Silver Stories?",
        fact("What was the budget of Silver Stories?", "Silver Stories", "budget"), ("279,014",),
    ),
    Case(
        SAMPLE, "Who were you in cahoots with on New Lib?",
        fact(
            "Who were the partners of New Challenge for Public Libraries (New Lib)?",
            "New Challenge for Public Libraries (New Lib)", "partner",
        ),
        ("Lombardy",),
    ),
    Case(
        SAMPLE, "Ce chestii ați avut după 2019?",
        records("Ce proiecte au început după 2019?", time("started", "2019", strict=True)),
        ("Occupy Library Innovators Hub", "OCCUPY LIBRARY Conference", "3 din 15"), ("Reporteri",),
    ),
    Case(
        SAMPLE, "Any undertakings with folks from Ukraine on board?",
        records("Which projects had partners from Ukraine?", at("Ukraine", "partner")),
        ("Occupy Library Innovators Hub",), ("Silver Stories",),
    ),
    Case(
        SAMPLE, "What's the fattest cheque in euros you ever got?",
        records("Which project in euros had the largest budget?", money(currency="EUR"), operation="highest"),
        ("New Challenge for Public Libraries",),
    ),
)  # fmt: skip
