"""How many projects each funder, partner, country or year has: "who funded the most projects", "projects per country".

Every project counted is cited where it names what it is counted under. Words nothing: phrases does.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.across import where_of
from assistant.answer import Derived
from assistant.grammar import Asked, grammar
from assistant.linking import Subject
from assistant.phrases import listing, say
from assistant.plan import Plan
from assistant.records import Records
from assistant.said import Said
from assistant.selecting import choose
from corpus.document import Span
from corpus.places import country_code
from corpus.words import fold

MOST_GROUPS = 30
"""Groups that an answer names, the largest first."""
COUNTRY, YEAR = "country", "year"

Groups = dict[str, dict[str, list[tuple[Subject, Span]]]]
"""For each group the projects in it, by title, with where they say so."""


def tell_groups(plan: Plan, records: Records) -> Said:
    """The projects chosen, counted by what the plan groups them by; where the most are asked for, the first alone."""
    chosen = choose(records, plan)
    subjects = records.by_key([key for group in chosen.groups for key in group]).values()
    groups: Groups = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for subject in subjects:
        for name, span in _told(subject, plan):
            names.setdefault(fold(name), name)
            groups[fold(name)][subject.title].append((subject, span))
    ordered = sorted(groups, key=lambda key: (-len(groups[key]), key))
    if grammar().across["most_records"].search(fold(plan.question)) and ordered:
        ordered = [key for key in ordered if len(groups[key]) == len(groups[ordered[0]])]
    said = Said()
    if ordered:
        text = say(plan.language, "groups", count=str(len(groups)), total=str(chosen.total), where=where_of(plan))
        said.say(text, is_remark=True, derived=[said.vouch(len(groups)), said.vouch(chosen.total)])
    for key in ordered[:MOST_GROUPS]:
        _line(plan, said, names[key], groups[key])
    return said


def _line(plan: Plan, said: Said, name: str, projects: dict[str, list[tuple[Subject, Span]]]) -> None:
    cites = [said.cite(subject, span) for places in projects.values() for subject, span in places]
    text = say(plan.language, "group", name=name, count=str(len(projects)), titles=listing(list(projects)))
    firsts = tuple(said.cite(*places[0]) for places in projects.values())
    said.say(text, cites, derived=[Derived("count", Decimal(len(projects)), from_=firsts, measure="quotes")])


def grouped_by(folded: str, fields: Sequence[Asked]) -> str:
    """What a question over records counts them by: `country`, `year`, a role of organisations, or nothing."""
    across = grammar().across
    if not (across["per"].search(folded) or across["most_records"].search(folded)):
        return ""
    for key in (COUNTRY, YEAR):
        if across[f"by_{key}"].search(folded):
            return key
    return next((one.meaning.role for one in fields if one.meaning.name == "organisation"), "")


def _told(subject: Subject, plan: Plan) -> Iterator[tuple[str, Span]]:
    """What a project is counted under, and where it says so."""
    project = subject.project
    if project is None:
        return
    if plan.grouped == YEAR:
        if project.period and project.period.start:
            yield project.period.start[:4], project.period.span
    elif plan.grouped == COUNTRY:
        for place in project.places:
            if country_code(place.name):  # a town is counted nowhere: its country stands beside it, or is not told
                yield place.name, place.span
    else:
        for one in project.organisations:
            if one.role == plan.grouped:
                yield one.name, one.span
