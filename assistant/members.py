"""Organisations: those of a project, of a country or a kind, how many there are; those that several projects share.

Names are quoted as the records have them, each once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import Derived
from assistant.grammar import Asked, grammar
from assistant.grouped import BENEFICIARY, FALLBACKS, in_role
from assistant.grouping import tell_people
from assistant.heard import hear
from assistant.linking import Subject
from assistant.lookup import fields_of
from assistant.names import PLACE
from assistant.phrases import listing, quote, say
from assistant.plan import Plan
from assistant.records import Records
from assistant.said import Said
from assistant.selecting import choose
from assistant.sentences_asked import asks_whether
from assistant.translation import translations_of
from assistant.vocabulary import LONGEST_NAME, Vocabulary
from corpus.country_names import PARTS, names_of
from corpus.places import countries_in
from corpus.record import Organisation
from corpus.target_groups import is_people
from corpus.words import fold, stem, words
from index.filters import Filters

Members = dict[str, list[tuple[Subject, Organisation]]]
"""Organisations by a key of each, with the projects that name them."""
MOST_LISTED = 100
"""Organisations that an answer lists; of more, it says how many there are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the organisations down: a country, words of their names; `said` as the question has it."""

    said: str
    code: str | None = None
    kinds: tuple[frozenset[str], ...] = ()
    """For each word of the question that may be part of names, its stems in both languages."""


def answer_members(plan: Plan, vocabulary: Vocabulary) -> Said | None:
    """The organisations of a role that a question narrows down or counts; None where it wants them all, or has none."""
    asked = [one for one in plan.fields if one.meaning.name == "organisation"]
    if len(asked) == 1 and asks_whether(plan.question) and (names := named_in(plan, asked[0], vocabulary)):
        return _whether(plan, asked[0], names)
    wanted = _wanted_of(plan, asked[0], vocabulary) if len(asked) == 1 else None
    if wanted is None:
        return None
    said = Said()
    for subject in plan.subjects:
        own = _of_role(subject, asked[0])
        chosen = [each for each in own if _is_from(subject, each, wanted)]
        kept = [each for each in chosen if _is_of_kind(each, wanted)]
        if wanted.code is None and not kept:
            kept = chosen  # words that are in no name narrow nothing down
        if kept:
            _tell(plan, said, subject, asked[0], kept, len(own), wanted)
    return said if said.statements else None


def named_in(plan: Plan, one: Asked, vocabulary: Vocabulary) -> dict[str, list[set[str]]]:
    """The organisations that a question names beside its subject, as it has them: "was X a partner of NAME?".

    With the words of each and of those names that are its initials, or whose initials it is.
    """
    heard = hear(plan.question, plan.language)
    titles = {stem(word, "en") for subject in plan.subjects for word in words(subject.title)}
    heard.take(
        at for at, word in enumerate(heard.words) if stem(word, "en") in titles or at in vocabulary.own_name(heard)
    )
    of_places = {at for place in vocabulary.places.find(heard.words, heard.question) for at in place.positions}
    known = grammar().closed | grammar().helpers
    index, found = vocabulary.organisations, {}
    asked = set(plan.leftover)  # not what has told which project is meant
    for positions, numbers in index.runs(heard.words, heard.free):
        name = heard.text(positions)
        is_named = any(heard.is_name(at) and heard.words[at] not in known for at in positions - of_places)
        if is_named and set(words(name)) & asked and not one.pattern.fullmatch(fold(name)):
            whole = [index.names[number] for number in numbers if len(index.words[number]) == len(positions)]
            same = [set(words(other.name)) for called in whole for other in vocabulary.same(called)]
            found[name] = [set(words(name)), *same]
    return found


def _whether(plan: Plan, one: Asked, names: Mapping[str, Sequence[set[str]]]) -> Said:
    """Where each of these organisations stands among those of a role; if none does, that, and who does."""
    said = Said()
    for subject in plan.subjects:
        text = subject.document.text
        own = _of_role(subject, one)
        told = [field.span for field in fields_of(subject, one)]  # a programme stands in the funder's line
        for wanted in names.values():
            named = [each.span for each in own if is_one_of(wanted, each.name)]
            for span in named or [span for span in told if is_one_of(wanted, span.of(text))]:
                quoted = quote(plan.language, span.of(text))
                line = say(plan.language, "is_named", title=subject.title, name=one.names[plan.language], quote=quoted)
                said.say(line, [said.cite(subject, span)])
    if not said.statements:
        titles = listing(list(dict.fromkeys(subject.title for subject in plan.subjects)))
        called = one.names[plan.language]
        said.say(
            say(plan.language, "is_not_named", title=titles, name=called, words=listing(list(names))), is_remark=True
        )
    return said


def is_one_of(wanted: Sequence[set[str]], text: str) -> bool:
    """Whether a name in `text` holds all words of one that is `wanted`."""
    own = set(words(text))
    return any(one <= own for one in wanted)


def _tell(
    plan: Plan, said: Said, subject: Subject, one: Asked, kept: Sequence[Organisation], total: int, wanted: Wanted
) -> None:
    spans = list(dict.fromkeys(each.span for each in kept))
    cites = [said.cite(subject, span) for span in spans]
    names = listing([quote(plan.language, span.of(subject.document.text)) for span in spans])
    where = f" ({wanted.said})" if wanted.said else ""
    key = "members_all" if len(kept) == total else "members"
    count = say(plan.language, key, count=str(len(spans)), total=str(total), where=where)
    counted = Derived("count", Decimal(len(spans)), from_=tuple(cites), measure="quotes")
    text = f"{subject.title} – {one.names[plan.language]}, {count} {names}"
    said.say(text, cites, derived=[counted, said.vouch(total)])


def _wanted_of(plan: Plan, one: Asked, vocabulary: Vocabulary) -> Wanted | None:
    """What a question narrows organisations down to; None where it wants them all and does not count them."""
    said = words(plan.question)
    titles = {word for subject in plan.subjects for word in words(subject.title)}
    for place in vocabulary.places.find(said, plan.question):
        if place.code and not {said[at] for at in place.positions} <= titles:
            of_place = {said[at] for at in place.positions}
            kinds = _kinds(plan, one, titles | of_place)
            return Wanted(" ".join(said[at] for at in sorted(place.positions)), place.code, kinds)
    is_counted = grammar().across["count"].search(fold(plan.question))
    return Wanted("", None, _kinds(plan, one, titles)) if is_counted else None


def _kinds(plan: Plan, one: Asked, known: set[str]) -> tuple[frozenset[str], ...]:
    """Content words that may be part of the names: "Ukrainian libraries"."""
    asked = {word for match in one.pattern.finditer(fold(plan.question)) for word in words(match.group())}
    ignored = asked | known | grammar().helpers
    return tuple(_forms(word, plan.language) for word in plan.words if word not in ignored)


def _forms(word: str, language: str) -> frozenset[str]:
    return frozenset([stem(word, "en"), stem(word, "ro"), *translations_of(word, language)])


def _is_of_kind(each: Organisation, wanted: Wanted) -> bool:
    own = {stem(word, language) for word in words(each.name) for language in ("en", "ro")}
    return all(kind & own for kind in wanted.kinds)


def _of_role(subject: Subject, one: Asked) -> list[Organisation]:
    organisations = subject.project.organisations if subject.project else ()
    for role in (one.meaning.role, *one.also):
        if found := [each for each in organisations if each.role == role]:
            return found
    return []


def _is_from(subject: Subject, each: Organisation, wanted: Wanted) -> bool:
    if wanted.code is None:
        return True
    if each.country and wanted.code not in PARTS:
        return each.country == wanted.code
    text = each.span.of(subject.document.text)
    told = {place.country for place in countries_in(text)}
    return wanted.code in told or any(fold(name) in fold(text) for name in names_of(wanted.code))


# Over several projects


def list_members(plan: Plan, records: Records, vocabulary: Vocabulary) -> Said:
    """The organisations of a role over all projects chosen, or those that the plan's subjects have in common."""
    said = Said()
    one = next(one for one in plan.fields if one.meaning.name == "organisation")
    is_common = len(plan.subjects) > 1
    keys = [key for group in choose(records, plan).groups for key in group]
    found = _by_name(records.by_key(keys).values(), one, vocabulary)
    if wanted := _wanted_of(plan, one, vocabulary):
        from_there = {name: own for name, own in found.items() if any(_is_from(*place, wanted) for place in own)}
        if not from_there and wanted.code:  # "clients in Romania": those of the projects there, if none is told to be
            keys = [key for group in choose(records, _placed(plan, wanted.code)).groups for key in group]
            from_there = _by_name(records.by_key(keys).values(), one, vocabulary)
        found = from_there
    people = _people_in(found, one)
    found = {name: places for name, places in found.items() if name not in people}
    if is_common:
        every = {subject.title for subject in plan.subjects}
        found = {name: places for name, places in found.items() if {subject.title for subject, _ in places} >= every}
        if not found:
            return _none_shared(plan, one)
    if plan.recurring:
        counts = {name: len({subject.title for subject, _ in places}) for name, places in found.items()}
        found = {name: places for name, places in found.items() if counts[name] in plan.recurring}
    lines = []
    for places in list(found.values())[:MOST_LISTED]:
        cites = [said.cite(subject, each.span) for subject, each in places]
        subject, each = places[0]
        titles = listing(list(dict.fromkeys(subject.title for subject, _ in places)))
        lines.append((f"{quote(plan.language, each.span.of(subject.document.text))} – {titles}", cites))
    if not lines:
        return said
    count = Derived("total", Decimal(len(found)))
    said.vouched.add(count.value)
    text = say(plan.language, "organisations", name=one.names[plan.language], count=str(len(found)))
    said.say(text, is_remark=True, derived=[count])
    for line, cites in lines:
        said.say(line, cites)
    tell_people(plan, said, [(subject, each.span) for places in people.values() for subject, each in places])
    return said


def _people_in(found: Members, one: Asked) -> Members:
    """Those beneficiaries that are people and no names, where others are names."""
    if one.meaning.role != BENEFICIARY:
        return {}
    people = {name: places for name, places in found.items() if all(is_people(each.name) for _, each in places)}
    return people if len(people) < len(found) else {}


def _placed(plan: Plan, code: str) -> Plan:
    """The plan with the country as that of the projects, not of the organisations."""
    there = (Filters(country=code),)
    conditions = tuple(replace(each, filters=there) if each.kind == PLACE else each for each in plan.conditions)
    return replace(plan, conditions=conditions)


def _none_shared(plan: Plan, one: Asked) -> Said:
    """That no name stands in all of the projects, with what each has; nothing where one tells none."""
    said = Said()
    telling = {subject.title for subject in plan.subjects if fields_of(subject, one)}
    if telling != {subject.title for subject in plan.subjects}:
        return said
    cites = [said.cite(subject, field.whole) for subject in plan.subjects for field in fields_of(subject, one)]
    if cites:
        said.say(say(plan.language, "none_shared", name=one.names[plan.language]), cites, is_remark=True)
    return said


def _by_name(subjects: Iterable[Subject], one: Asked, vocabulary: Vocabulary) -> Members:
    """The organisations of a role by a key of each; of a project that names no funder, those that stand for it."""
    found: Members = defaultdict(list)
    told = list(subjects)
    of_each = (one.meaning.role, *FALLBACKS.get(one.meaning.role, ()))
    for roles in (of_each, *((role,) for role in one.also)):
        for subject in told:
            for each in in_role(subject, roles):
                if len(each.name.split()) <= LONGEST_NAME:
                    found[vocabulary.key_of(each.name)].append((subject, each))
        if found:
            break
    return found
