"""Questions about single values and what is computed from them: a field, a count, a sum, an average; gold by SQL.

A row without a value takes no part: sums and averages are asked only where every row of the group has one, averages
only where each is above zero. A question about a year is about the date named in it, never about the status.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from eval.sets.forms import amount_forms, count_forms, date_forms, plain_words, stem
from eval.sets.register import Register
from eval.sets.wording import Row, countries, country_in, first, forms, pair, styled, told

AMOUNTS = ("cost", "grantamt", "commitment")
DATES = ("closing", "approval", "effective")
FIELDS = (  # field, language, how the project is named
    ("cost", "en", "full"), ("cost", "en", "typo"), ("cost", "en", "partial"), ("cost", "en", "id"),
    ("cost", "ro", "full"), ("cost", "ro", "partial"), ("grantamt", "en", "full"), ("grantamt", "en", "typo"),
    ("grantamt", "en", "partial"), ("grantamt", "ro", "full"), ("commitment", "en", "full"), ("commitment", "en", "id"),
    ("commitment", "ro", "full"), ("closing", "en", "typo"), ("closing", "en", "partial"), ("closing", "ro", "id"),
    ("closing", "ro", "typo"), ("approval", "en", "full"), ("approval", "en", "typo"), ("approval", "ro", "full"),
    ("effective", "en", "full"), ("country", "en", "full"), ("country", "en", "typo"), ("country", "ro", "full"),
    ("status", "en", "full"), ("status", "en", "partial"), ("id", "en", "full"), ("instrument", "en", "full"),
    ("instrument", "en", "partial"), ("id", "en", "typo"),
)  # fmt: skip
STATUSES = ("Active", "Dropped")
FORMER_NAMES = {"Turkiye": ["Turkey", "Türkiye"]}
OTHER_PLACES = ("vietnam", "turkey", "africa", "kyrgyz")
"""Words of names that tell a country beside those of the countries' own names."""


def fields(register: Register) -> Iterator[Row]:
    """A field of one project, named in full, in part, with a typo or by its id."""
    turn: dict[tuple[str, str], int] = defaultdict(int)
    statuses = iter(STATUSES)
    for number, (field, language, naming) in enumerate(FIELDS):
        where, values, extra = _wanted(register, field, next(statuses) if field == "status" else "")
        if naming == "partial":
            extra = register.has_partial
        key = register.pick(where, values, extra, upper=number % 5 == 0)
        shown = _shown(register, key, naming, language, quoted=number % 2 == 1)
        asked = told()["fields"][field][language]
        question = asked[turn[field, language] % len(asked)].format(shown)
        turn[field, language] += 1
        yield pair(
            f"{field}-{key}", styled(question, language, number), "field", language,
            printed(field, register.value(key, field)), sources=[register.source(key)],
        )  # fmt: skip


def _wanted(
    register: Register, field: str, status: str
) -> tuple[str, Sequence[object], Callable[[str], object] | None]:
    """A condition in SQL with its values, and what else has to be so for the question to tell something."""
    if field in AMOUNTS:
        other = " and cost <> commitment" if field == "commitment" else ""
        return f"{field} > 20000 and {field} = cast({field} as integer){other}", (), None
    if field == "status":
        return "status = ?", (status,), None
    if field == "instrument":
        return "instrument is not null and instrument <> 'UNIDENTIFIED'", (), None
    if field != "country":
        return f"{field} is not null", (), None

    def tells_no_country(key: str) -> bool:
        own = plain_words(register.value(key, "country")).split()
        named = {stem(word) for word in [*own, *plain_words(" ".join(countries())).split(), *OTHER_PLACES]}
        return not register.words[key] & named and not re.match(r"[A-Z]{2}[ -]", register.names[key])

    return f"country in ({','.join('?' * len(countries()))})", tuple(countries()), tells_no_country


def _shown(register: Register, key: str, naming: str, language: str, *, quoted: bool) -> str:
    name = register.names[key]
    if naming == "id":
        return key
    if naming == "typo":
        return register.with_typo(name)
    shown = (register.partial(key) or name) if naming == "partial" else f'"{name}"' if quoted else name
    is_kind = shown.split()[-1].lower() in ("project", "program")
    takes_article = language == "en" and is_kind and not shown.startswith('"') and not shown.lower().startswith("the ")
    return f"the {shown}" if takes_article else shown


def printed(field: str, value: str | float) -> list[str]:
    """The ways in which a field's value may be printed."""
    if field in AMOUNTS:
        return amount_forms(float(value))
    text = str(value)
    if field in DATES:
        return date_forms(text)
    if field == "country":
        names = countries()[text]
        return list(dict.fromkeys([text, *names, names[0].removeprefix("the "), *FORMER_NAMES.get(text, [])]))
    return [text, told()["status"][text]] if field == "status" else [text]


def counts(register: Register) -> Iterator[Row]:
    """How many rows: of a country, with a status, with a date in a year, of a region, with an instrument."""
    of_country = "select count(*) from p where country = ?"
    table = told()["counts"]
    pool = iter(register.countries(35, 800))
    for number, language, words, _ in forms(table["all"]):
        country = first(pool, words)
        question = styled(words.format(country_in(language, country)), language, number)
        yield pair(_slug(country), question, "count", language, count_forms(register.one(of_country, country)))
    for _, language, words, form in forms(table["status"]):
        status, query = form["status"], of_country + " and status = ?"
        country = first((one for one in pool if register.one(query, one, status) >= 8), words)
        answers = count_forms(register.one(query, country, status))
        question = words.format(country_in(language, country))
        yield pair(f"{_slug(country)}-{status.lower()}", question, "count", language, answers)
    for number, language, words, form in forms(table["year"]):
        date = form["date"]
        enough = ((one, found) for one in pool if len(found := _years(register, date, one)) > 2)
        country, years = first(enough, words)
        year, count = register.random.choice(years)
        question = styled(words.format(country_in(language, country), year), language, number)
        yield pair(f"{date}-{_slug(country)}-{year}", question, "count", language, count_forms(count))
    for slug, question, where in (
        ("region-south-asia-active", "How many projects in the region South Asia have the status Active?",
         "region = 'South Asia' and status = 'Active'"),
        ("region-latin-america",
         "How many projects does the register hold for the region Latin America and Caribbean?",
         "region = 'Latin America and Caribbean'"),
        ("kenya-instrument",
         "How many projects in Kenya have Program-for-Results Financing as their lending instrument?",
         "country = 'Kenya' and instrument = 'Program-for-Results Financing'"),
    ):  # fmt: skip
        yield pair(slug, question, "count", "en", count_forms(register.one(f"select count(*) from p where {where}")))  # noqa: S608


def _years(register: Register, date: str, country: str) -> list[tuple[str, int]]:
    return register.sql(
        f"select substr({date}, 1, 4) y, count(*) from p where country = ? and {date} is not null"  # noqa: S608
        " group by y having count(*) between 4 and 25 and y between '1990' and '2023' order by y",
        country,
    )


def sums(register: Register) -> Iterator[Row]:
    """What the amounts of a country's rows with a date in some years add up to, and what they are on average."""
    used: set[str] = set()
    for kind, high in (("sum", 14), ("average", 10)):
        for number, language, words, form in forms(told()[f"{kind}s"]):
            column, date, years = form["of"]
            groups = _groups(register, column, date, high, years, positive=kind == "average")
            country, start, end = first((one for one in groups if one[0] not in used), words)
            used.add(country)
            total, rows = register.sql(
                f"select sum({column}), count(*) from p where country = ? and substr({date}, 1, 4) between ? and ?",  # noqa: S608
                country, str(start), str(end),
            )[0]  # fmt: skip
            yield pair(
                f"{column}-{date}-{_slug(country)}-{start}",
                styled(words.format(country_in(language, country), start, end), language, number),
                kind, language, amount_forms(total if kind == "sum" else total / rows),
            )  # fmt: skip


def _groups(
    register: Register, column: str, date: str, high: int, years: int, *, positive: bool
) -> list[tuple[str, int, int]]:
    """Groups (country, first year, last year) of rows that all hold a whole amount, none of them dropped; shuffled."""
    found = []
    bad = f"{column} is null or {column} <> cast({column} as integer)" + (f" or {column} <= 0" if positive else "")
    query = (
        f"select count(*), sum({bad}), sum(status = 'Dropped'), sum({column} > 0) from p where country = ?"  # noqa: S608
        f" and substr({date}, 1, 4) between ? and ?"
    )
    for country in register.countries(35, 700):
        starts = list(range(1995, 2022 - years))
        register.random.shuffle(starts)
        for start in starts:
            rows, wrong, dropped, above = register.sql(query, country, str(start), str(start + years - 1))[0]
            if 3 <= rows <= high and not wrong and not dropped and above >= 2:
                found.append((country, start, start + years - 1))
                break
    return found


def _slug(country: str) -> str:
    return plain_words(country).replace(" ", "-")
