"""Precedents: the projects most like an idea, a paragraph of a call or a draft, with reasons in their sources' words."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Citation, Statement, cite
from assistant.evidence import Rarity, Sentence, rank_sentences, stems
from assistant.grammar import grammar
from assistant.linking import Subject
from assistant.lookup import fields_of
from assistant.names import PROJECT, Called
from assistant.phrases import quote, say
from assistant.plan import Plan
from assistant.precedent import Fact, Precedent, Precedents
from assistant.records import Records
from corpus.words import fold, stem, words
from index.filters import Filters

SHOWN = 3
"""Projects that an answer in a conversation names."""
READ = 40
"""Passages among which projects like an idea are looked for."""
REASONS = 2
FACTS = (("period", ""), ("amount", "budget"), ("organisation", "funder"), ("organisation", "partner"))
"""What is told of each precedent, by the grammar's fields."""


def find_precedents(
    idea: str, records: Records, rarity: Rarity, plan: Plan, *, count: int = SHOWN, filters: Filters | None = None
) -> Precedents:
    """The projects most like `idea`, likest first, among those that fulfil `filters`."""
    scores: dict[str, float] = defaultdict(float)
    for hit in records.store.search(idea, READ, filters):
        if hit.passage.project_id:
            scores[hit.passage.project_id] = max(scores[hit.passage.project_id], hit.score)
    best = sorted(scores, key=lambda key: (-scores[key], key))[:count]
    found = [_precedent(records.subject(Called(PROJECT, key, key)), scores[key], idea, records, rarity, plan) for key in best]
    total = records.count if filters is None else len(records.store.choose([filters]))
    return Precedents(idea, tuple(found), total, plan.language, date.today())


def _precedent(
    subject: Subject, score: float, idea: str, records: Records, rarity: Rarity, plan: Plan
) -> Precedent:
    passages = records.store.passages_of(records.keys_of([subject]))
    ranked = rank_sentences(records, plan, passages, rarity)[:REASONS]
    held = stems(subject.span.of(subject.document.text), subject.document.language)
    lacks = tuple(word for word in plan.words if stem(word, subject.document.language) not in held)
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
            for field in fields_of(subject, one)[:1]:
                citation = cite(0, subject.document, field.whole, subject.project)
                facts.append(Fact(one.names[language], field.span.of(subject.document.text), citation))
    return facts


def _cited(sentence: Sentence, subject: Subject) -> Citation:
    return cite(0, sentence.document, sentence.span, subject.project)


def said_of(precedents: Precedents) -> tuple[list[Statement], list[Citation]]:
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
    return statements, citations


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
