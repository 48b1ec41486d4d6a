"""A question, with the ones before it, understood as a Plan by the grammar; no model takes part.

Knows the closed-class words and the catalogue's names; does not look anything up.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from assistant.conditions import find_conditions, places_of
from assistant.follow import follow
from assistant.grammar import LANGUAGES, Asked, grammar
from assistant.heard import Heard, hear
from assistant.intents import intent_of
from assistant.labels import LabelMention
from assistant.linking import Link, Subject
from assistant.names import PROJECT
from assistant.operations import measure_of, operation_of, told_by_label, told_by_limit
from assistant.plan import ACROSS, COMPARISON, MEMBERS, PRECEDENT, Plan
from assistant.value_words import anywhere
from assistant.values import limit_in, place_in
from assistant.vocabulary import Vocabulary
from corpus.folding import fold_keeping_length
from corpus.words import fold, stem, words

NAMED = ("organisation", "place", "reference", "programme")
"""Fields that are asked for by what they are, whatever a source calls them."""
MOST_SUBJECTS = 12
"""Names of one question that are looked at."""
REACH = 3
"""Words over which a preposition or a field's word reaches: "for the first workshop", "Italian library partners"."""


def understand(
    question: str,
    history: Sequence[str],
    vocabulary: Vocabulary,
    find: Callable[[Plan], Sequence[Subject]] = lambda _: (),
) -> Plan:
    """The Plan of `question`; `history` are the questions before it, oldest first.

    `find` tells which few records an earlier question over several has come down to, for one that points back to them.
    """
    before: list[Plan] = []
    for earlier in history:
        if earlier.strip():
            before.append(follow(_alone(earlier, vocabulary), before, find))
    return follow(_alone(question, vocabulary), before, find)


def detect_language(question_words: Sequence[str]) -> str:
    """The language with more closed-class words in the question; English where they tie."""
    known = grammar()
    scores = {
        language: sum(
            word in known.function_words[language]
            or word in known.helper_words[language]
            or word in known.generic_words[language]
            for word in question_words
        )
        for language in LANGUAGES
    }
    return max(LANGUAGES, key=lambda language: scores[language])


def _alone(question: str, vocabulary: Vocabulary, *, with_parts: bool = True) -> Plan:
    language = detect_language(words(question))
    heard = hear(vocabulary.spelling.mend(_told_part(question), language), language)
    mentions = vocabulary.labels.find(heard.words, heard.free, language)
    links = _meant(vocabulary.linker.link(heard.words, language, heard.names()), heard, mentions, vocabulary)
    if not links and heard.question != question:
        whole = hear(question, language)
        links, elsewhere = _meant(vocabulary.linker.link(whole.words, language), whole, (), vocabulary), True
    else:
        elsewhere = False
    named = frozenset() if elsewhere else frozenset(at for link in links for at in link.positions)
    everything = frozenset(heard.free)
    heard.take(named)
    if named and any(heard.words[at] not in _stops() for at in heard.free):
        heard.language = detect_language([heard.words[at] for at in sorted(heard.free)])
    unnamed = heard.blanked()
    asked = _fields(unnamed)
    labels = [one for one in mentions if one.positions <= heard.free and _says_more(one, asked, heard)]
    fields = tuple(one for _, _, one in asked)
    covered = _covered(fields, labels, heard, vocabulary)
    fields = tuple(one for one in fields if one not in covered or _is_meant(one, labels))
    plan = _plan(question, heard, links, fields, labels, vocabulary)
    plan = replace(plan, covered=tuple(one for one in covered if one in fields))
    intent = intent_of(plan, heard, bool(links) and all(link.is_sure for link in links), mentions)
    if intent == ACROSS and not _restricts(plan, links):
        heard.free = set(everything) - {at for link in links if _restricts(plan, [link]) for at in link.positions}
        plan = replace(plan, subjects=())
    plan = replace(plan, intent=intent)
    if intent == ACROSS and not plan.operation:
        plan = replace(plan, operation=told_by_label(unnamed) or told_by_limit(heard.question))
    plan = _narrowed(plan, heard, labels, vocabulary)
    parts = _compared_parts(heard.question) if with_parts and len(plan.subjects) < 2 else ()
    return replace(plan, alternatives=tuple(_alone(one, vocabulary, with_parts=False) for one in parts))


def _compared_parts(question: str) -> tuple[str, ...]:
    """What a question sets against each other: "which is larger, the one in Asia or the one in Africa"."""
    folded = fold_keeping_length(question)
    if not (grammar().across["compare"].search(folded) or grammar().asks.match(folded)):
        return ()
    found = grammar().parts.search(folded)
    return (question[slice(*found.span(1))], question[slice(*found.span(2))]) if found else ()


def _covered(
    fields: Sequence[Asked], labels: Sequence[LabelMention], heard: Heard, vocabulary: Vocabulary
) -> list[Asked]:
    """The fields that are asked for by words of a label alone; "when" beside the label of a date is one of them."""
    said = frozenset(at for one in labels for at in one.positions)
    found = [
        one
        for one in fields
        if labels and {at for at in heard.matching([one.pattern]) if heard.words[at] not in grammar().closed} <= said
    ]
    own = [label for mention in labels for label in mention.labels]
    if any(label.name == "period" or vocabulary.records.is_dated(label.label) for label in own):
        found += [one for one in fields if one.meaning.name == "period" and one not in found]
    return found


def _is_meant(one: Asked, labels: Sequence[LabelMention]) -> bool:
    """Whether a record without the label may answer by its field: `Budget` where `Total budget` is asked for."""
    return one.meaning.name in {label.name for mention in labels for label in mention.labels}


def _end(heard: Heard, labels: Sequence[LabelMention]) -> str:
    """Which end of the period is asked for, `start` or `end`, where one is."""
    roles = {label.role for mention in labels for label in mention.labels if label.name == "period" and label.role}
    if len(roles) == 1:
        return roles.pop()
    told = [role for role, key in (("start", "started"), ("end", "ended")) if anywhere(key).search(heard.blanked())]
    return told[0] if len(told) == 1 else ""


def _plan(
    question: str,
    heard: Heard,
    links: Sequence[Link],
    fields: tuple[Asked, ...],
    labels: Sequence[LabelMention],
    vocabulary: Vocabulary,
) -> Plan:
    known, unnamed = grammar(), heard.blanked()
    content = tuple(dict.fromkeys(heard.words[at] for at in sorted(heard.free) if heard.words[at] not in known.closed))
    titles = {stem(word, heard.language) for link in links for word in words(link.called.name)}
    titles |= {stem(heard.words[at], heard.language) for at in vocabulary.own_name(heard)}
    own = {heard.words[at] for one in labels for at in one.positions}
    leftover = tuple(
        word
        for word in _leftover(content, fields, unnamed)
        if word not in own and stem(word, heard.language) not in titles
    )
    narrowing, heads = _narrowing(leftover, fields, unnamed)
    meant = [link for link in links if link.called.kind == PROJECT] or list(links)
    meant.sort(key=lambda link: min(link.positions))
    folded = fold(heard.question)
    return Plan(
        question=question,
        language=heard.language,
        intent="",
        subjects=tuple(vocabulary.records.subject(link.called) for link in meant[:MOST_SUBJECTS]),
        fields=fields,
        labels=tuple(dict.fromkeys(one.label for mention in labels for one in mention.labels)),
        end=_end(heard, labels),
        operation=operation_of(_without(heard, labels)),
        words=content,
        leftover=leftover,
        narrowing=narrowing,
        heads=heads,
        quoted=_quoted(heard.question) & set(content),
        wants_town=bool(known.across["towns"].search(folded)),
        names=frozenset(heard.words[at] for at in heard.free if heard.is_name(at)) & set(content)
        | _quoted(heard.question),
        wants_number=bool(known.how_many.search(folded)),
        counted=_counted(unnamed, content),
        wants_date=bool(known.when.search(folded)),
        wants_name=bool(known.who.search(folded)),
        wants_code=bool(known.code.search(unnamed)) and not known.counted.search(unnamed),
    )


def _without(heard: Heard, labels: Sequence[LabelMention]) -> str:
    """The folded question without names and labels: the "total" of "total commitment" adds nothing up."""
    rest = Heard(heard.question, heard.words, heard.spans, heard.free - {at for one in labels for at in one.positions})
    return rest.blanked()


def _meant(links: Sequence[Link], heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary) -> list[Link]:
    """The names that are meant as names: what a field, a label, a place or an operation explains as well is none."""
    places = vocabulary.places.find(heard.words, heard.question)
    of_places = {at for one in places for at in one.positions}
    # "Bosnia and Herzegovina" names no project, though one is called "Bosnia and Herzegovina: Roads".
    links = [link for link in links if not (link.called.whole and link.positions <= of_places)]
    if all(link.is_sure for link in links):
        return list(links)
    patterns = [*(one.pattern for one in grammar().fields), *grammar().operations]
    explained = heard.matching(patterns) | {at for one in labels for at in one.positions}
    explained |= of_places
    across, unnamed = grammar().across, heard.blanked()
    is_across = bool(across["asks_records"].search(unnamed) or across["several"].search(unnamed))
    for positions, numbers in vocabulary.categories.runs(heard.words, heard.free) if is_across else ():
        if any(len(vocabulary.categories.words[number]) == len(positions) for number in numbers):
            explained |= positions
    known = grammar().closed | grammar().helpers
    explained |= {at for at, word in enumerate(heard.words) if word in known}
    kept = []
    for link in links:
        is_capital = any(heard.is_name(at) for at in link.positions - explained)
        if link.is_sure or is_capital or not (link.positions <= explained or vocabulary.records.is_common(link.called)):
            kept.append(link)
    return kept


def _says_more(mention: LabelMention, asked: Sequence[tuple[int, int, Asked]], heard: Heard) -> bool:
    """Whether a label tells what is asked for better than the general fields do."""
    if all(label.name in NAMED for label in mention.labels):
        return False
    if len(mention.positions) > 1:
        return True
    return not any(heard.positions(start, end) & mention.positions for start, end, _ in asked)


def _restricts(plan: Plan, links: Sequence[Link]) -> bool:
    """Whether a question over records is about these alone: their names are said as they are."""
    return bool(plan.subjects) and all(link.is_sure for link in links)


def _narrowed(plan: Plan, heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary) -> Plan:
    """The plan with its conditions, its measure and which of an order is meant."""
    limit, place = limit_in(heard.question), place_in(heard.question)
    for one in (limit, place):
        if one:
            heard.take(heard.positions(one[1], one[2]))
    singled = place is not None and not plan.subjects
    plan = replace(plan, limit=limit[0] if limit else None, place=place[0] if place else 1, singled=singled)
    if plan.intent in (COMPARISON, PRECEDENT):
        return plan
    if plan.subjects and plan.intent not in (ACROSS, MEMBERS):
        return replace(plan, conditions=places_of(heard, vocabulary))
    unnamed = heard.blanked()
    is_across = plan.intent in (ACROSS, MEMBERS)
    with_topic = is_across and not plan.subjects
    conditions = find_conditions(heard, vocabulary, plan.fields if is_across else (), labels, with_topic=with_topic)
    if is_across and plan.subjects and grammar().across["except"].search(fold(heard.question)):
        plan = replace(plan, excluded=plan.subjects, subjects=())
    measure = measure_of(unnamed, plan.fields, labels, conditions)
    return replace(plan, conditions=conditions, measure=measure)


def _stops() -> frozenset[str]:
    return grammar().closed


def _told_part(question: str) -> str:
    """What is asked; the whole where the question only asks for something like what stands before it."""
    asked = _asked_part(question)
    return question if grammar().across["precedent"].search(fold(asked)) else asked


def _asked_part(question: str) -> str:
    """The sentences that ask, if others stand beside them: "I write about it. Who paid?", "For a note: who paid?"."""
    sentences = re.findall(r"[^.!?]+(?:[.!](?=\S)[^.!?]*)*[.!?]*", question)
    asking = [one for one in sentences if one.rstrip().endswith("?") or grammar().asks.match(fold(one))]
    told = "".join(asking) if asking else question
    before, colon, behind = told.partition(": ")
    is_aside = colon and not grammar().asks.match(fold(before)) and not hear(before).names()
    return behind if is_aside and grammar().asks.match(fold(behind)) else told


def _counted(unnamed: str, content: Sequence[str]) -> tuple[str, ...]:
    """The content words right behind "how many", up to the first closed-class word: "county libraries did …"."""
    found = grammar().counted.search(unnamed)
    said = words(found.group(1)) if found else []
    return tuple(takewhile(lambda word: word in content, dropwhile(lambda word: word not in content, said)))


def _quoted(question: str) -> frozenset[str]:
    """What stands between quotation marks and begins with a capital."""
    found = re.findall(r"[„“\"]([^„“”\"]+)[”“\"]", question)
    return frozenset(word for name in found if name[0] == name[0].upper() for word in words(name))


def _leftover(content: Sequence[str], asked: Sequence[Asked], unnamed: str) -> tuple[str, ...]:
    """The content words that asking for these fields does not explain."""
    explained = grammar().helpers | {
        word for one in asked for match in one.pattern.finditer(unnamed) for word in words(match.group())
    }
    said = (*grammar().operations, *grammar().comparatives.values())
    explained |= {word for one in said for match in one.finditer(unnamed) for word in words(match.group())}
    return tuple(word for word in content if word not in explained)


def _narrowing(
    leftover: Sequence[str], asked: Sequence[Asked], unnamed: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(leftover words behind a preposition, beside what asks for the field or around the name; those before "of NAME").

    Others give the reason of asking ("I write about …") or are verbs ("Where is it based?").
    """
    tokens = re.findall(r"\w+", unnamed)
    field_words = {word for one in asked for match in one.pattern.finditer(unnamed) for word in words(match.group())}
    fields = [at for at, token in enumerate(tokens) if token in field_words]
    last = max(fields, default=0)
    found, heads = [], []
    for at, token in enumerate(tokens):
        if token not in leftover:
            continue
        ahead = tokens[at + 1 : at + REACH + 1]
        after_name = at > 0 and tokens[at - 1].startswith("_")
        of_name = any(
            word in grammar().prepositions and any(t.startswith("_") for t in ahead[i + 1 :])
            for i, word in enumerate(ahead)
        )
        if of_name and not after_name:
            heads.append(token)
        if token in grammar().ordinals:  # "the second conference"
            found.append(token)
            continue
        behind = any(word in grammar().prepositions for word in tokens[max(0, at - REACH) : at]) and at > last
        beside = 0 < last - at < REACH or at - 1 == last
        if behind or beside or of_name or after_name:
            found.append(token)
    return tuple(found), tuple(heads)


def _describes(unnamed: str, match: re.Match[str]) -> bool:
    """Whether a role says which record is meant: "the project funded by NAME", where something else is asked."""
    before, behind = unnamed[: match.start()], unnamed[match.end() :]
    is_of_record = re.search(
        rf"{grammar().record_named.pattern}\s+(?:(?:that|which|care)\s+)?(?:(?:was|is|a fost|este)\s+)?$", before
    )
    return bool(is_of_record) and bool(re.match(r"\s*(?:by|from|with|de(?: catre)?|din|cu|prin)\b", behind))


def _fields(unnamed: str) -> list[tuple[int, int, Asked]]:
    """The fields a question asks for, in the order asked, and where; a general word within a particular one is none."""
    found: list[tuple[int, int, Asked]] = []
    ruled_out = grammar().across["except"].search(unnamed)
    for one in grammar().fields:
        match = one.pattern.search(unnamed) or (one.weak and one.weak.search(unnamed))
        if match and one.meaning.name == "organisation" and _describes(unnamed, match):
            match = None
        if match and ruled_out and match.start() >= ruled_out.end():
            continue
        if match and not any(start <= match.start() and match.end() <= end for start, end, _ in found):
            found.append((match.start(), match.end(), one))
    names = {one.meaning.name for _, _, one in found}
    roles = {one.meaning.role for _, _, one in found}
    kept = []
    for start, end, one in found:
        # "how much funding" asks for money, "financially supported" for the funder, "what programme funded" for it.
        weaker = (
            one.meaning.role == "funder" and "amount" in names and not re.search(r"\b(?:who|cine|by whom)\b", unnamed)
        ) or (one.meaning.role == "supporter" and "funder" in roles)
        # "From which country is the organisation that ran it": whoever ran it is told with the country.
        weaker = weaker or (one.meaning.name == "place" and "organisation" in names)
        if not weaker:
            kept.append((start, end, one))
    return sorted(kept, key=lambda one: one[:2])
