"""A question, with the ones before it, understood as a Plan by the grammar; no model takes part.

Knows the closed-class words and the catalogue's names; does not look anything up.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conditions import find_conditions, said_of
from assistant.follow import follow
from assistant.grammar import LANGUAGES, Asked, grammar
from assistant.names import PROJECT
from assistant.operations import measure_of, operation_of
from assistant.plan import ABILITIES, ACROSS, COMPARISON, DESCRIPTION, FIELD, GREETED, PASSAGE, PRECEDENT, Plan
from assistant.values import limit_in, place_in
from assistant.vocabulary import Vocabulary
from corpus.words import fold, stem, words

MOST_SUBJECTS = 12
"""Names of one question that are looked at."""
FEW_WORDS = 2
"""Content words with which "describe …" asks for something in particular."""
REACH = 3
"""Words over which a preposition or a field's word reaches: "for the first workshop", "Italian library partners"."""


def understand(question: str, history: Sequence[str], vocabulary: Vocabulary) -> Plan:
    """The Plan of `question`; `history` are the questions before it, oldest first."""
    before: list[Plan] = []
    for earlier in history:
        if earlier.strip():
            before.append(follow(_alone(earlier, vocabulary), before))
    return follow(_alone(question, vocabulary), before)


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


def _alone(question: str, vocabulary: Vocabulary) -> Plan:
    asked_part = _asked_part(question)
    folded, said = fold(asked_part), words(asked_part)
    language = detect_language(words(question))
    links = vocabulary.linker.link(said)
    named = frozenset(at for link in links for at in link.positions)
    if not links:
        links = vocabulary.linker.link(words(question))
    unnamed = _without(asked_part, said, named)
    fields = _fields(unnamed)
    labels = () if fields else vocabulary.labels_in(unnamed)
    known = grammar()
    closed = known.closed
    content = tuple(dict.fromkeys(word for at, word in enumerate(said) if at not in named and word not in closed))
    titles = {stem(word, language) for link in links for word in words(link.called.name)}
    leftover = tuple(word for word in _leftover(content, fields, labels, unnamed) if stem(word, language) not in titles)
    narrowing, heads = _narrowing(leftover, fields, unnamed)
    meant = [link for link in links if link.called.kind == PROJECT] or links
    subjects = tuple(vocabulary.records.subject(link.called) for link in meant[:MOST_SUBJECTS])
    plan = Plan(
        question=question,
        language=language,
        intent=PASSAGE,
        subjects=subjects,
        fields=fields,
        labels=labels,
        operation=operation_of(unnamed),
        words=content,
        leftover=leftover,
        narrowing=narrowing,
        heads=heads,
        names=_names(asked_part) & set(content),
        wants_number=bool(known.how_many.search(folded)),
        counted=_counted(unnamed, content),
        wants_date=bool(known.when.search(folded)),
        wants_name=bool(known.who.search(folded)),
        wants_code=bool(known.code.search(unnamed)) and not known.counted.search(unnamed),
    )
    plan = replace(plan, intent=_intent(plan, folded, unnamed))
    return _over_records(plan, asked_part, named, unnamed, vocabulary) if plan.intent == ACROSS else plan


def _over_records(plan: Plan, asked: str, named: frozenset[int], unnamed: str, vocabulary: Vocabulary) -> Plan:
    """The plan with its conditions, its measure and which of an order is meant."""
    said = said_of(asked, named)
    limit, place = limit_in(asked), place_in(asked)
    for one in (limit, place):
        if one:
            said.free -= said.positions(one[1], one[2])
    conditions = find_conditions(said, vocabulary)
    measure = measure_of(unnamed, plan.fields, plan.labels, conditions)
    return replace(
        plan,
        conditions=conditions,
        measure=measure,
        limit=limit[0] if limit else None,
        place=place[0] if place else 1,
    )


def _asked_part(question: str) -> str:
    """The sentences that end in a question mark, if others stand beside them: "I write about schools. Who paid?"."""
    sentences = re.findall(r"[^.!?]+(?:[.!](?=\S)[^.!?]*)*[.!?]*", question)
    asking = [sentence for sentence in sentences if sentence.rstrip().endswith("?")]
    return "".join(asking) if asking else question


def _counted(unnamed: str, content: Sequence[str]) -> tuple[str, ...]:
    found = grammar().counted.search(unnamed)
    return tuple(word for word in words(found.group(1)) if word in content) if found else ()


def _names(question: str) -> frozenset[str]:
    """Words written with a capital inside the sentence, numbers, and what stands between quotation marks."""
    quoted = re.findall(r"[„“\"]([^„“”\"]+)[”“\"]", question)
    capital = re.findall(r"(?<=[^\s.?!] )[^\W\d_a-z][\w-]+|\d[\d.,]*", question)
    return frozenset(word for name in (*quoted, *capital) if name[0] == name[0].upper() for word in words(name))


def _leftover(content: Sequence[str], asked: Sequence[Asked], own: Sequence[str], unnamed: str) -> tuple[str, ...]:
    """The content words that asking for these fields or labels does not explain."""
    explained = grammar().helpers.union(*(words(label) for label in own))
    explained |= {word for one in asked for match in one.pattern.finditer(unnamed) for word in words(match.group())}
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
        behind = any(word in grammar().prepositions for word in tokens[max(0, at - REACH) : at]) and at > last
        beside = 0 < last - at < REACH or at - 1 == last
        if behind or beside or of_name or after_name:
            found.append(token)
    return tuple(found), tuple(heads)


def _without(question: str, said: Sequence[str], named: frozenset[int]) -> str:
    """The folded question with the names in it blanked, so that no word of a title is read as asking for a field."""
    text = fold(question)
    position = 0
    for at, word in enumerate(said):
        start = text.find(word, position)
        if start < 0:
            continue
        position = start + len(word)
        if at in named:
            text = text[:start] + "_" * len(word) + text[position:]
    return text


def _fields(unnamed: str) -> tuple[Asked, ...]:
    """The fields a question asks for, in the order asked; a general word within a particular one does not count."""
    found: list[tuple[int, int, Asked]] = []
    for one in grammar().fields:
        match = one.pattern.search(unnamed)
        if match and not any(start <= match.start() and match.end() <= end for start, end, _ in found):
            found.append((match.start(), match.end(), one))
    names = {one.meaning.name for _, _, one in found}
    roles = {one.meaning.role for _, _, one in found}
    kept = []
    for start, _, one in found:
        # "how much funding" asks for money, "financially supported" for the funder, "what programme funded" for it.
        weaker = (
            one.meaning.role == "funder" and "amount" in names and not re.search(r"\b(?:who|cine|by whom)\b", unnamed)
        ) or (one.meaning.role == "supporter" and "funder" in roles)
        if not weaker:
            kept.append((start, one))
    return tuple(one for _, one in sorted(kept, key=lambda pair: pair[0]))


def _intent(plan: Plan, folded: str, unnamed: str) -> str:
    across = grammar().across
    if grammar().greeting.match(folded):
        return GREETED
    if across["abilities"].search(folded):
        return ABILITIES
    if len(plan.subjects) > 1 and (across["comparative"].search(unnamed) or across["compare"].search(unnamed)):
        return COMPARISON
    if across["precedent"].search(unnamed) and len(plan.leftover) > 1:
        return PRECEDENT
    asks = across["asks_records"].search(unnamed) or re.match(rf"\W*{across['several'].pattern}", unnamed)
    if not plan.subjects and (asks or plan.operation or across["several"].search(unnamed)):
        return ACROSS
    described = grammar().describe.search(unnamed)
    left = set(plan.leftover) - set(words(described.group())) if described else set(plan.leftover)
    if plan.subjects and described and not plan.fields and len(left) < FEW_WORDS:
        return DESCRIPTION
    if plan.fields or plan.labels:
        return FIELD
    return DESCRIPTION if plan.subjects and not left else PASSAGE
