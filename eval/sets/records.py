"""Questions about which records: the largest, a list, two compared, what follows on an earlier question, and no answer.

An answer to a list has to hold every title; the titles in `none` belong to other rows of the same country.
"""

from collections.abc import Iterator, Sequence

from eval.errors import EvaluationError
from eval.sets.forms import amount_forms, count_forms, date_forms, plain_words, stems
from eval.sets.register import Register, readable
from eval.sets.values import printed
from eval.sets.wording import Row, countries, country_in, first, forms, pair, styled, told

YEARS = range(1996, 2024)
INSTRUMENTS = (
    "Program-for-Results Financing", "Adaptable Program Loan", "Learning and Innovation Loan",
    "Emergency Recovery Loan",
)  # fmt: skip
COSTS = (200_000_000, 300_000_000, 500_000_000)
GRANTS = (5_000_000, 10_000_000, 20_000_000)
LIST_LENGTHS = range(2, 13)
OUTSIDE = 3
"""Titles that must not be in a list."""
Condition = tuple[str, Sequence[object], str]
"""In SQL, its values, and the value as a question says it."""


def extremes(register: Register) -> Iterator[Row]:
    """The one row of a country with the largest or smallest value of a column."""
    pool = register.countries(40, 800)
    for number, language, words, form in forms(told()["extremes"]):
        column, order, more = form["of"]
        tops = (
            (one, key)
            for one in pool
            if (key := _top(register, column, order, "country = ?" + more, one)) and _is_plain(register, key)
        )
        country, key = first(tops, words)
        pool.remove(country)
        value = amount_forms(register.value(key, column)) if "how much" in words else None
        yield pair(
            f"{column}-{order}-{plain_words(country).replace(' ', '-')}",
            styled(words.format(country_in(language, country)), language, number), "extreme", language,
            [register.names[key]], [value] if value else [], sources=[register.source(key)],
        )  # fmt: skip


def _top(register: Register, column: str, order: str, where: str, country: str) -> str | None:
    """The row with the largest or smallest value of a column, or None where rows tie."""
    best = "max" if order == "desc" else "min"
    value = register.one(f"select {best}({column}) from p where {where}", country)  # noqa: S608
    rows = register.sql(f"select id from p where {where} and {column} = ?", country, value)  # noqa: S608
    return rows[0][0] if len(rows) == 1 else None


def _is_plain(register: Register, key: str) -> bool:
    name, cost = register.names[key], register.value(key, "cost") or 0
    is_kept = register.value(key, "status") != "Dropped"
    is_long = len(name) >= 15 and len(name.split()) >= 3
    return is_kept and is_long and register.is_alone(key) and cost == int(cost)


def lists(register: Register) -> Iterator[Row]:
    """The rows of a country with a status, a date in a year, an instrument, or an amount above another."""
    pool = register.countries(25, 420)
    for number, language, words, form in forms(told()["lists"]):
        by = form["by"]
        low = 3 if by in ("approval", "closing") else LIST_LENGTHS.start
        found = ((one, shown, *both) for one in pool for shown, both in _found(register, one, by, low))
        country, shown, inside, outside = first(found, words)
        pool.remove(country)
        yield pair(
            f"{by.replace(' ', '-').lower()}-{plain_words(country).replace(' ', '-')}",
            styled(words.format(country_in(language, country), shown), language, number), "list", language,
            every=[register.names[key] for key in inside], none=[register.names[key] for key in outside],
            sources=[register.source(key) for key in inside],
        )  # fmt: skip


def _found(register: Register, country: str, by: str, low: int) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    conditions = _conditions(by)
    register.random.shuffle(conditions)
    for where, values, shown in conditions:
        if found := _titles(register, country, where, values, low):
            yield shown, found


def _conditions(by: str) -> list[Condition]:
    if by.startswith("status"):
        return [("status = ?", (by.split()[1],), "")]
    if by in ("approval", "closing"):
        return [(f"substr({by}, 1, 4) = ?", (str(year),), str(year)) for year in YEARS]
    if by == "instrument":
        return [("instrument = ?", (name,), name) for name in INSTRUMENTS]
    if by == "above":
        return [("cost > ?", (amount,), f"{amount:,}") for amount in COSTS]
    return [("status = 'Closed' and grantamt > ?", (amount,), f"{amount:,}") for amount in GRANTS]


def _titles(
    register: Register, country: str, where: str, values: Sequence[object], low: int
) -> tuple[list[str], list[str]] | None:
    """The ids of a list and of rows of the same country outside it; None where a title is no sign of a row."""
    query = f"select id from p where country = ? and {where} order by id"  # noqa: S608
    inside = [row[0] for row in register.sql(query, country, *values)]
    if not low <= len(inside) < LIST_LENGTHS.stop:
        return None
    every = [row[0] for row in register.sql("select id from p where country = ? order by id", country)]
    names = {key: f" {register.folded[key]} " for key in every}
    for key in inside:
        if len(register.names[key]) < 12 or len(names[key].split()) < 2 or not register.is_alone(key):
            return None
        if any(names[key] in names[other] or names[other] in names[key] for other in every if other != key):
            return None
    outside = [
        key
        for key in every
        if key not in inside
        and len(names[key].split()) >= 3
        and len(register.names[key]) >= 15
        and not any(names[key] in names[other] for other in every if other != key)
    ]
    return (inside, register.random.sample(outside, OUTSIDE)) if len(outside) >= OUTSIDE else None


def compares(register: Register) -> Iterator[Row]:
    """Two projects by a date or an amount, with both values."""
    for _, language, words, form in forms(told()["compares"]):
        column = form["of"]
        whole = f" and {column} > 100000 and {column} = cast({column} as integer)"
        where = f"{column} is not null" + ("" if column == "closing" else whole)
        one = two = register.pick(where)
        while register.value(one, column) == register.value(two, column):
            two = register.pick(where)
        values = {key: register.value(key, column) for key in (one, two)}
        best = max(values, key=lambda key: values[key])
        yield pair(
            f"{column}-{one}-{two}", words.format(register.names[one], register.names[two]), "compare", language,
            [] if words.startswith("compare") else [register.names[best]],
            [printed(column, value) for value in values.values()], sources=[register.source(one), register.source(two)],
        )  # fmt: skip


def follow_ups(register: Register) -> Iterator[Row]:
    """Questions that make sense only after an earlier one."""
    amount = "{0} > 100000 and {0} = cast({0} as integer)"
    key = register.pick(amount.format("cost") + " and closing is not null")
    yield _follow_up(
        register, key, "closing", "en", "And when is its closing date?", "What is the project cost of the {}?"
    )
    key = register.pick("approval is not null and instrument is not null and instrument <> 'UNIDENTIFIED'")
    earlier = "What is the board approval date of the {}?"
    yield _follow_up(register, key, "instrument", "en", "which lending instrument does it have?", earlier)
    key = register.pick(
        f"{amount.format('commitment')} and country in ({','.join('?' * len(countries()))})", tuple(countries()),
        lambda one: not stems(register.value(one, "country")) & register.words[one],
    )  # fmt: skip
    asked = "Și cât este angajamentul total (total commitment)?"
    yield _follow_up(register, key, "commitment", "ro", asked, "În ce țară este proiectul {}?")
    for slug, question, language, where, earlier in (
        ("count-lithuania", "And in Lithuania?", "en", "country = 'Lithuania' and status = 'Closed'",
         "How many projects in Latvia have the status Closed?"),
        ("count-bulgaria", "Dar în Bulgaria?", "ro", "country = 'Bulgaria'",
         "Câte proiecte sunt în registru pentru Polonia?"),
    ):  # fmt: skip
        number = register.one(f"select count(*) from p where {where}")  # noqa: S608
        yield pair(slug, question, "follow-up", language, count_forms(number), history=[earlier])
    yield _of_the_largest(register)


def _follow_up(register: Register, key: str, field: str, language: str, question: str, earlier: str) -> Row:
    return pair(
        f"{field}-{key}", question, "follow-up", language, printed(field, register.value(key, field)),
        sources=[register.source(key)], history=[earlier.format(register.names[key])],
    )  # fmt: skip


def _of_the_largest(register: Register) -> Row:
    for country in register.countries(40, 400):
        key = _top(register, "cost", "desc", "country = ?", country)
        if not key or key in register.used or register.value(key, "status") == "Dropped":
            continue
        if readable(register.names[key]) and register.is_distinctive(key) and register.value(key, "approval"):
            return pair(
                f"approval-{key}", "When was that one approved by the board?", "follow-up", "en",
                date_forms(register.value(key, "approval")), sources=[register.source(key)],
                history=[f"Which project in {country_in('en', country)} has the largest project cost?"],
            )  # fmt: skip
    raise EvaluationError("the register holds no country whose largest project can be told by its name")


def unanswerable(register: Register) -> Iterator[Row]:
    """No such project or country; a field that the row lacks; a fact that the register holds of none."""
    table = told()["unanswerable"]
    for name in table["names"]:
        if register.holders(stems(name)):
            raise EvaluationError(f"the register holds a project like {name!r}, which a question takes for none")
    for name in table["countries"]:
        if register.sql("select 1 from p where country like ? or name like ? or pdo like ?", *[f"%{name}%"] * 3):
            raise EvaluationError(f"the register speaks of {name!r}, which a question takes for absent")
    if table["id"] in register.names:
        raise EvaluationError(f"the register holds {table['id']}, which a question takes for none")
    for _, language, words, form in forms(table["without"]):
        yield pair(form["slug"], words, "unanswerable", language)
    for _, language, words, form in forms(table["of"]):
        key = register.pick(form["where"], upper=form["slug"].startswith("lacks"))
        yield pair(f"{form['slug']}-{key}", words.format(register.names[key]), "unanswerable", language)
