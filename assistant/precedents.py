"""Precedents: the projects most like an idea, a call or a draft, with reasons in their sources' words."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Citation, Statement, cite
from assistant.crosslingual import is_held, share_held, translated
from assistant.evidence import Rarity, Sentence, rank_sentences, stems
from assistant.grammar import grammar
from assistant.linking import Subject
from assistant.lookup import first_told, reading_of
from assistant.phrases import quote, say
from assistant.plan import Plan
from assistant.precedent import Fact, Precedent, Precedents
from assistant.records import Records
from assistant.said import Said
from corpus.words import fold, words
from index.filters import Filters
from index.views import WORDS

LONGEST_IDEA = 50_000
"""Characters of an idea that whoever asks from outside has read: more of it says nothing new."""
SHOWN = 3
"""Projects that an answer in a conversation names."""
LEAST = 0.15
"""Score from which a project is like an idea at all."""
READ = 40
"""Passages among which projects like an idea are looked for."""
REASONS = 2
FACTS = (("period", ""), ("amount", "budget"), ("organisation", "funder"), ("organisation", "partner"))
"""What is told of each precedent, by the grammar's fields."""


def find_precedents(
    idea: str, records: Records, rarity: Rarity, plan: Plan, *, count: int = SHOWN, filters: Filters | None = None
) -> Precedents:
    """The projects most like `idea`, likest first, among those that fulfil `filters`."""
    scores = _scores(idea, records, rarity, plan, filters)
    likely = [key for key in scores if scores[key] >= LEAST]
    best = sorted(likely, key=lambda key: (-scores[key], key))
    once = [group[0] for group in records.once(best)][:count]
    subjects = records.by_key(once)
    found = [_precedent(subjects[key], scores[key], records, rarity, plan) for key in once]
    total = records.total if filters is None else len(records.once(records.store.choose([filters]).tolist()))
    return Precedents(idea, tuple(found), total, plan.language, date.today())


def _scores(idea: str, records: Records, rarity: Rarity, plan: Plan, filters: Filters | None) -> dict[int, float]:
    """How like the idea each of the likeliest projects is, 0 to 1.

    Half is the share of the idea's words, by rarity, that its text holds, in translation too; half is how near it comes
    as a whole. Of a text in another language only the words count: the embeddings know little of it.
    """
    store = records.store
    vector = store.embed_question(idea)
    hits = store.search(idea, READ, filters, vector=vector)
    if foreign := translated(plan.words, plan.language):
        hits += store.search(foreign, READ, filters, vector=vector, legs=(WORDS,))
    cosines = dict(store.likest_projects(vector, records.count, filters))
    likeliest = sorted(cosines, key=lambda key: -cosines[key])[:READ]
    keys = {records.keys[hit.passage.project_id] for hit in hits if hit.passage.project_id} | set(likeliest)
    scores = {}
    for key, subject in records.by_key(keys).items():
        held = stems(subject.span.of(subject.document.text), subject.document.language)
        words_held = share_held(plan.words, held, subject.document.language, plan.language, rarity)
        is_foreign = subject.document.language != plan.language
        scores[key] = words_held if is_foreign else (words_held + max(0.0, cosines.get(key, 0.0))) / 2
    return scores


def _precedent(subject: Subject, score: float, records: Records, rarity: Rarity, plan: Plan) -> Precedent:
    passages = records.store.passages_of(records.keys_of([subject]))
    fields = subject.project.fields if subject.project else ()
    told = [field.whole for field in fields if field.source == "label" and field.name != "description"]
    ranked = [
        sentence
        for sentence in rank_sentences(records, plan, passages, rarity)
        if not any(whole.overlaps(sentence.span) for whole in told)
    ][:REASONS]
    held = stems(subject.span.of(subject.document.text), subject.document.language)
    lacks = tuple(word for word in plan.words if not is_held(word, held, subject.document.language, plan.language))
    return Precedent(
        subject.title,
        tuple(facts_of(subject, plan.language)),
        tuple(Fact("", sentence.text, _cited(sentence, subject)) for sentence in ranked),
        lacks,
        score,
    )


def facts_of(subject: Subject, language: str) -> list[Fact]:
    """Period, budget, funder and partners of a subject, each as its source says it."""
    facts = []
    for one in grammar().fields:
        if (one.meaning.name, one.meaning.role) in FACTS:
            told = first_told(subject, one)
            for field in told:
                citation = cite(0, subject.document, field.whole, subject.project)
                # An end alone is no period.
                is_own = (field.name, field.role) == (one.meaning.name, one.meaning.role) or (
                    field.name == "period" and (len(told) > 1 or field.role != "end")
                )
                label = one.names[language] if is_own else field.label
                reading = reading_of(subject, field.span, language)
                facts.append(Fact(label, field.span.of(subject.document.text), citation, reading))
    return facts


def _cited(sentence: Sentence, subject: Subject) -> Citation:
    return cite(0, sentence.document, sentence.span, subject.project)


def said_of(precedents: Precedents) -> Said:
    """The precedents as an answer: reasons, then the facts in one line, for each."""
    statements: list[Statement] = []
    citations: list[Citation] = []

    def numbered(facts: Sequence[Fact]) -> tuple[int, ...]:
        first = len(citations) + 1
        citations.extend(_renumbered(fact.citation, first + at) for at, fact in enumerate(facts))
        return tuple(range(first, first + len(facts)))

    for one in precedents.found:
        reasons = "; ".join(quote(precedents.language, fact.text) for fact in one.reasons)
        if one.reasons:
            statements.append(Statement(f"{one.title} – {reasons}", numbered(one.reasons)))
        told = "; ".join(f"{fact.label}: {quote(precedents.language, fact.text)}" for fact in one.facts)
        if one.facts:
            statements.append(Statement(f"{one.title} – {told}", numbered(one.facts)))
        if one.lacks:
            text = say(precedents.language, "lacks", title=one.title, words=", ".join(one.lacks))
            statements.append(Statement(text, is_remark=True))
    return Said(statements, citations)


def _renumbered(citation: Citation, n: int) -> Citation:
    return replace(citation, n=n)


def idea_of(question: str) -> str:
    """What a question for precedents describes: its sentences without the one that only asks."""
    sentences = re.split(r"(?<=[.!?:])\s+", question)
    asking = grammar().across["precedent"]
    telling = [one for one in sentences if len(_content(asking.sub(" ", fold(one)))) > 1]
    return " ".join(telling) or question


def _content(text: str) -> list[str]:
    ignored = grammar().closed | grammar().helpers
    return [word for word in words(text) if word not in ignored]
