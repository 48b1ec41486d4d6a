"""What is told of groups of records: how many each has, its sum, average or largest, and which group has most.

Every record counted is cited where it says what it is counted under, and with its figure; currencies stay apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from assistant.across import where_of
from assistant.answer import AMOUNT, Derived
from assistant.figuring import Valued, figure_of_group, tell_unknown, values_of
from assistant.grouped import Group, groups_of, people_in
from assistant.linking import Subject
from assistant.phrases import figure, listing, quote, say
from assistant.plan import AVERAGE, COUNT, COUNTRY, END_YEAR, HIGHEST, LOWEST, YEAR, Grouping, Plan
from assistant.records import Records
from assistant.said import Said
from assistant.selecting import choose
from assistant.vocabulary import Vocabulary
from corpus.document import Span
from corpus.places import country_code

MOST_GROUPS = 100
"""Groups that an answer names, the largest first."""
MOST_CITED = 1_000
"""Records over which every one of a group is cited; over more, the first few of each, and the catalogue vouches."""
FEW_CITED = 3
MOST_NAMES = 3
"""Names of a country that are told."""
MOST_TITLES = 15
"""Titles of a group that are named; all are cited."""
Keys = tuple[int, ...]
Cited = dict[Keys, list[tuple[Subject, Span]]]
Figured = dict[Keys, tuple[Valued, Subject]]


def tell_groups(plan: Plan, records: Records, vocabulary: Vocabulary) -> Said:
    """The groups of the projects that a plan chooses, with what it asks of each; nothing where there are none."""
    said, grouping = Said(), plan.grouped
    if grouping is None:
        return said
    chosen = choose(records, plan)
    groups = groups_of(grouping, chosen.groups, records, vocabulary)
    people = people_in(grouping, groups)
    groups = {key: one for key, one in groups.items() if key not in people}
    if plan.recurring:
        groups = {key: one for key, one in groups.items() if len(one.places) in plan.recurring}
    figured = _figures(plan, chosen.groups, records) if plan.operation != COUNT else {}
    absent = _absent(plan, grouping, groups, records, vocabulary)
    is_told = not (absent and grouping.rank == LOWEST)
    is_told = is_told and _told(plan, said, groups, figured, is_cited_whole=len(chosen.groups) <= MOST_CITED)
    if not (is_told or (absent and groups)):  # where all have none, nothing can be cited
        return Said()
    in_groups = {keys for one in groups.values() for keys in one.places}
    every = len(in_groups)
    counts = {"count": str(len(groups)), "chosen": str(every), "total": str(chosen.total)}
    head = say(plan.language, "groups", where=where_of(plan), **counts)
    said.say(head, is_remark=True, derived=[said.vouch(n) for n in (len(groups), every, chosen.total)])
    said.statements.insert(0, said.statements.pop())
    if absent:
        said.say(say(plan.language, "group_none", names=listing(absent)), is_remark=True, derived=[said.vouch(0)])
    told_of_people = {keys for one in people.values() for keys in one.places}
    _remarks(plan, said, groups, [keys for keys in chosen.groups if keys not in in_groups | told_of_people])
    tell_people(plan, said, [place for one in people.values() for places in one.places.values() for place in places])
    if figured:
        tell_unknown(
            plan, said, [one for keys, (one, _) in figured.items() if keys in in_groups and not one.value], records
        )
    return said


def tell_people(plan: Plan, said: Said, places: Sequence[tuple[Subject, Span]]) -> None:
    """Which beneficiaries are left out, since they are people and no names."""
    if places:
        shown = {quote(plan.language, span.of(subject.document.text)): (subject, span) for subject, span in places}
        cites = [said.cite(*place) for place in shown.values()]
        said.say(say(plan.language, "people", names="; ".join(shown)), cites, is_remark=True)


def _absent(
    plan: Plan, grouping: Grouping, groups: Mapping[str, Group], records: Records, vocabulary: Vocabulary
) -> list[str]:
    """Groups without a record that fulfils the conditions, where the fewest are asked for or some are compared."""
    is_fewest = grouping.rank == LOWEST and plan.operation == COUNT and bool(plan.conditions)
    missing = set(grouping.only) - set(groups)
    if not (is_fewest or missing):
        return []
    every = choose(records, replace(plan, conditions=())).groups
    known = groups_of(grouping, every, records, vocabulary)
    wanted = missing & set(known) if grouping.only else set(known) - set(groups)
    return sorted(_name(plan, known[key]) for key in wanted)


def _figures(plan: Plan, projects: Sequence[Keys], records: Records) -> Figured:
    of_key = values_of(plan.measure, [key for keys in projects for key in keys], records)
    subjects = records.by_key(key for keys in projects for key in keys)
    found = {keys: figure_of_group(keys, of_key) for keys in projects}
    currency = plan.measure.currency
    kept = {keys: one for keys, one in found.items() if currency is None or one.currency in (None, currency)}
    return {keys: (one, subjects[one.key]) for keys, one in kept.items()}


def _told(plan: Plan, said: Said, groups: Mapping[str, Group], figured: Figured, *, is_cited_whole: bool) -> bool:
    """Say a line for each group, in their order; False where there is nothing to say."""
    grouping = plan.grouped or Grouping("", "")
    if plan.operation == COUNT:
        ranks = {key: Decimal(len(one.places)) for key, one in groups.items()}
        for key in _ordered(plan, grouping, groups, ranks):
            _count_line(plan, said, groups[key], is_cited_whole=is_cited_whole)
        _concluded(plan, said, groups, ranks, None)
        return bool(groups)
    by_currency: dict[str | None, dict[str, list[Keys]]] = defaultdict(lambda: defaultdict(list))
    for key, group in groups.items():
        for keys in group.places:
            if keys in figured and figured[keys][0].value is not None:
                by_currency[figured[keys][0].currency][key].append(keys)
    for currency, own in sorted(by_currency.items(), key=lambda pair: -sum(map(len, pair[1].values()))):
        ranks = {key: _value(plan, [figured[keys][0] for keys in projects]) for key, projects in own.items()}
        ordered = _ordered(plan, grouping, {key: groups[key] for key in own}, ranks)
        for key in ordered:
            _figure_line(plan, said, groups[key], own[key], figured, ranks[key], is_cited_whole=is_cited_whole)
        if grouping.rank and len(ordered) < len(ranks):
            said.say(
                say(plan.language, "groups_compared", count=str(len(ranks))),
                is_remark=True,
                derived=[said.vouch(len(ranks))],
            )
        _concluded(plan, said, groups, ranks, currency)
    return bool(by_currency)


def _value(plan: Plan, figures: Sequence[Valued]) -> Decimal:
    values = [one.value for one in figures if one.value is not None]
    if plan.operation in (HIGHEST, LOWEST):
        return max(values) if plan.operation == HIGHEST else min(values)
    total = sum(values, Decimal(0))
    return total / len(values) if plan.operation == AVERAGE else total


def _ordered(plan: Plan, grouping: Grouping, groups: Mapping[str, Group], ranks: Mapping[str, Decimal]) -> list[str]:
    """The keys of the groups to be told: those first, of an order, with whoever shares the last one's place."""
    if grouping.kind in (YEAR, END_YEAR) and not grouping.rank:
        return sorted(groups)[:MOST_GROUPS]
    by = {key: Decimal(len(one.places)) for key, one in groups.items()} if grouping.by_count else ranks
    sign = 1 if grouping.rank == LOWEST else -1
    ordered = sorted(groups, key=lambda key: (sign * by[key], _name(plan, groups[key]).casefold()))
    if not grouping.rank or (grouping.is_values and plan.limit is None) or grouping.only:
        return ordered[:MOST_GROUPS]
    start = max(0, plan.place - 1)
    best = ordered[start : start + (plan.limit or 1)]
    return best + [key for key in ordered[start + len(best) :] if best and by[key] == by[best[-1]]]


def _names(group: Group, grouping: Grouping) -> list[str]:
    """What a group is called, the most usual first: of a country, as the sources call it, else the places in it."""
    names = sorted(group.names, key=lambda name: (-group.names[name], len(name)))
    if grouping.kind != COUNTRY:
        return names[:1]
    own = [name for name in names if country_code(name)] or names
    return list({name.casefold(): name for name in reversed(own)}.values())[::-1][:MOST_NAMES]


def _name(plan: Plan, group: Group) -> str:
    """The name as an answer says it: in quotation marks, since it is the source's; a year is read from a date."""
    grouping = plan.grouped or Grouping("", "")
    names = _names(group, grouping)
    return names[0] if grouping.kind in (YEAR, END_YEAR) else " / ".join(quote(plan.language, name) for name in names)


def _shown(group: Group, grouping: Grouping, projects: Iterable[Keys], *, is_cited_whole: bool) -> Cited:
    """Those of the projects of a group that are cited: where not all, the first few, and some that say its name."""
    if is_cited_whole:
        return {keys: group.places[keys] for keys in projects}
    found = dict.fromkeys(islice(projects, FEW_CITED))
    for name in _names(group, grouping):
        said = (keys for keys, places in group.places.items() if any(_says(name, *place) for place in places))
        found |= dict.fromkeys(islice((keys for keys in said if keys in group.places), 1))
    return {keys: group.places[keys] for keys in found}


def _says(name: str, subject: Subject, span: Span) -> bool:
    return " ".join(span.of(subject.document.text).split()) == name


def _titles(plan: Plan, said: Said, shown: Cited, count: int) -> tuple[str, list[Derived]]:
    """The first titles of those that are cited, and how many more there are."""
    titles = [places[0][0].title for places in shown.values()][:MOST_TITLES]
    rest = count - len(titles)
    told = listing(list(dict.fromkeys(titles)))
    return (f"{told}; {say(plan.language, 'more', count=str(rest))}", [said.vouch(rest)]) if rest else (told, [])


def _count_line(plan: Plan, said: Said, group: Group, *, is_cited_whole: bool) -> None:
    grouping = plan.grouped or Grouping("", "")
    shown = _shown(group, grouping, group.places, is_cited_whole=is_cited_whole)
    cites = [said.cite(subject, span) for places in shown.values() for subject, span in places]
    count = len(group.places)
    titles, derived = _titles(plan, said, shown, count)
    name = _name(plan, group)
    text = say(plan.language, "group", name=name, count=str(count), titles=titles)
    firsts = tuple(said.cite(*places[0]) for places in shown.values())
    is_whole = len(set(firsts)) == count
    derived.append(Derived("count", Decimal(count), from_=firsts, measure="quotes") if is_whole else said.vouch(count))
    said.say(text, cites, derived=derived)


def _figure_line(
    plan: Plan,
    said: Said,
    group: Group,
    projects: Sequence[Keys],
    figured: Figured,
    value: Decimal,
    *,
    is_cited_whole: bool,
) -> None:
    currency = figured[projects[0]][0].currency
    if plan.operation in (HIGHEST, LOWEST):
        projects = [keys for keys in projects if figured[keys][0].value == value]
    grouping = plan.grouped or Grouping("", "")
    shown = _shown(group, grouping, projects, is_cited_whole=is_cited_whole)
    shown = {keys: places for keys, places in shown.items() if keys in figured}
    own = [said.cite(figured[keys][1], span) for keys in shown for span in figured[keys][0].spans]
    # The group's name has to be in what is cited; a year among the figures would be taken for one.
    named = [said.cite(*place) for places in shown.values() for place in places[:1]]
    for name in _names(group, grouping):  # those of this line may all be told by their towns
        every = (place for places in (*shown.values(), *group.places.values()) for place in places)
        named += [said.cite(*place) for place in islice((one for one in every if _says(name, *one)), 1)]
    told = figure(plan.language, value, currency)
    name = _name(plan, group)
    if plan.operation in (HIGHEST, LOWEST):
        titles = listing([figured[keys][1].title for keys in projects])
        said.say(
            say(plan.language, "group_extreme", name=name, value=told, titles=titles),
            [*named, *own],
            derived=[said.vouch(value, currency)],
        )
        return
    text = say(plan.language, f"group_{plan.operation}", name=name, value=told, count=str(len(projects)))
    is_whole = len(set(own)) == len(projects) and plan.measure.kind == AMOUNT
    derived = [said.vouch(len(projects))]
    derived.append(
        Derived(plan.operation, value, currency, tuple(own)) if is_whole else said.vouch(round(value, 2), currency)
    )
    said.say(text, [*own, *named], derived=derived)


def _concluded(
    plan: Plan, said: Said, groups: Mapping[str, Group], ranks: Mapping[str, Decimal], currency: str | None
) -> None:
    """Which of two that are set against each other has more, and by how much."""
    grouping = plan.grouped or Grouping("", "")
    if len(grouping.only) != 2 or len(ranks) != 2:
        return
    first, second = sorted(ranks, key=lambda key: -ranks[key])
    apart = ranks[first] - ranks[second]
    if not apart:
        said.say(say(plan.language, "alike"), is_remark=True)
        return
    name, told = _name(plan, groups[first]), figure(plan.language, apart, currency)
    said.say(
        say(plan.language, "group_more", name=name, value=told),
        is_remark=True,
        derived=[said.vouch(round(apart, 2), currency)],
    )


def _remarks(plan: Plan, said: Said, groups: Mapping[str, Group], without: Sequence[Keys]) -> None:
    """How many projects are in no group, and whether some are in several."""
    grouping = plan.grouped or Grouping("", "")
    if (rest := len(groups) - MOST_GROUPS) > 0 and not grouping.rank:
        said.say(say(plan.language, "rest", count=str(rest)), is_remark=True, derived=[said.vouch(rest)])
    counted = sum(len(one.places) for one in groups.values())
    if counted > len({keys for one in groups.values() for keys in one.places}):
        said.say(say(plan.language, "in_several"), is_remark=True)
    if without and not grouping.only and not plan.recurring:
        text = say(plan.language, "in_no_group", count=str(len(without)), name=grouping.said)
        said.say(text, is_remark=True, derived=[said.vouch(len(without))])
