"""Answers over several records: lists and counts, complete, each record cited. Figures are added up in `figuring`.

Where two files describe one project it counts once, and both are cited. Words nothing: phrases does.
"""

from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Derived
from assistant.figuring import tell_figures
from assistant.half_told import say_half_told
from assistant.linking import Subject
from assistant.lookup import first_told, reading_of
from assistant.phrases import quote, say
from assistant.plan import COUNT, HIGHEST, LIST, LOWEST, Plan
from assistant.records import Records, one_each
from assistant.said import Said
from assistant.selecting import Chosen, choose, shown_of

MOST_CITED = 200
"""Records that an answer lists and cites; of more, it says how many there are."""


def answer_across(plan: Plan, records: Records) -> tuple[Said, Chosen]:
    """(what is said, what was chosen); nothing is said where no record fulfils the conditions."""
    chosen = choose(records, plan)
    said = Said()
    if not chosen.groups:
        return said, chosen
    if plan.operation in (LIST, COUNT):
        _list(plan, said, chosen, records)
    else:
        tell_figures(plan, said, chosen, records)
    if said.statements:
        say_half_told(plan, said, chosen, records)
    return said, chosen


def found_by(plan: Plan, records: Records, most: int = 4) -> list[Subject]:
    """The records that an answer names, where they are few: the largest, the only two of a list."""
    said, chosen = answer_across(plan, records)
    if plan.operation in (LIST, COUNT):
        keys = [group[0] for group in chosen.groups]
    elif plan.operation in (HIGHEST, LOWEST):
        first = said.statements[0].cites if said.statements else ()
        ids = {one.project_id for one in said.citations if one.n in first}
        keys = [records.keys[one] for one in ids if one]
    else:
        return []
    return list(records.by_key(keys).values()) if 0 < len(keys) <= most else []


def _list(plan: Plan, said: Said, chosen: Chosen, records: Records) -> None:
    groups = chosen.groups[:MOST_CITED]
    subjects = records.by_key(key for group in groups for key in group)
    lines = []
    for group in groups:
        own = [subjects[key] for key in group]
        own += one_each(page for subject in own for page in records.pages_of(subject))
        own += one_each(page for subject in own for page in records.pages_of(subject))
        shown = shown_of(plan.conditions, said, own)
        lines.append((own, shown or [said.cite(one, one.called_at) for one in own if one.project]))
    _of_total(plan, said, chosen, [shown[0] for _, shown in lines])
    for own, shown in lines:
        said.say(_line(plan, said, own, shown), shown)
    rest = len(chosen.groups) - len(groups)
    if rest:
        said.say(say(plan.language, "rest", count=str(rest)), is_remark=True, derived=[said.vouch(rest)])


def _line(plan: Plan, said: Said, own: Sequence[Subject], shown: list[int]) -> str:
    """A record in a list: its title, the fields asked for, else the words that show why it is there."""
    told = []
    for one in plan.fields:
        subject = next((subject for subject in own if first_told(subject, one)), own[0])
        for field in first_told(subject, one):
            shown.append(said.cite(subject, field.whole))
            words = quote(plan.language, field.span.of(subject.document.text))
            told.append(words + reading_of(subject, field.span, plan.language))
    if not told:
        titles = {(subject.document.id, subject.called_at) for subject in own}
        cited = [said.citations[n - 1] for n in shown]
        told = [quote(plan.language, one.quote) for one in cited if (one.document_id, one.span) not in titles]
    return f"{own[0].title} – {'; '.join(told)}" if told else own[0].title


def where_of(plan: Plan) -> str:
    """The conditions in brackets, as the question has them."""
    told = (say(plan.language, "not" if one.is_negated else "so", words=one.said) for one in plan.conditions)
    said = "; ".join(told)
    return f" ({said})" if said else ""


def _of_total(plan: Plan, said: Said, chosen: Chosen, cites: Sequence[int]) -> None:
    """How many of how many; of more than are cited, the number is as the catalogue counts them."""
    count = len(chosen.groups)
    is_cited = count == len(set(cites))
    counted = Derived("count", Decimal(count), from_=tuple(cites), measure="quotes") if is_cited else said.vouch(count)
    derived = (counted, said.vouch(chosen.total))
    if count == chosen.total and not plan.conditions:
        said.say(say(plan.language, "all_of", total=str(count)), cites, is_remark=True, derived=derived)
        return
    text = say(plan.language, "of_total", count=str(count), total=str(chosen.total), where=where_of(plan))
    said.say(text, cites, is_remark=True, derived=derived)
