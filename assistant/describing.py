"""What a subject is, in two to four sentences of its own: what, for whom, where and with what result.

Chosen by how much each says of the whole and how little it repeats (maximal marginal relevance, Carbonell and Goldstein
1998), with a little extra for a kind of words that none chosen has yet. Knows nothing of questions.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.answer_types import COUNT, PERSON, PLACE, TIME, spans_of
from assistant.evidence import Sentence, sentences_of, vectors_of
from assistant.grammar import grammar
from assistant.linking import Subject
from assistant.phrases import quote
from assistant.precedents import facts_of
from assistant.records import Records
from assistant.said import Said
from corpus.document import Span
from corpus.words import fold, words
from index.passages import Passage

FEWEST, MOST = 2, 4
"""Sentences of a description."""
RELEVANCE = 0.7
"""Of the score of a sentence; the rest is what it repeats of those chosen."""
FIRST = 0.25
"""Extra for the first sentence of a text, which says what the thing is; the next have half of it, and so on."""
NEW_KIND = 0.06
"""Extra for each kind of words, places, figures, dates, names, that none chosen holds."""
LEANS = 0.15
"""What it costs to lean back on a sentence that is not chosen."""
LEAST = 0.3
"""Score from which a third and a fourth sentence are worth their room."""
MOST_READ = 40
"""Sentences from the beginning of a text that are compared; a report has thousands."""
FEWEST_WORDS = 5


def described(subject: Subject, passages: Sequence[Passage], records: Records) -> list[Sentence]:
    """The sentences that describe a subject, in the order of its text; none where it has no full sentence."""
    found = _own(subject, passages, records)[:MOST_READ]
    if len(found) <= FEWEST:
        return found
    vectors = vectors_of(records.store).of([sentence.text for sentence in found])
    chosen = _chosen(found, vectors, subject.title)
    return [found[at] for at in sorted(chosen)]


def _own(subject: Subject, passages: Sequence[Passage], records: Records) -> list[Sentence]:
    """Full sentences of the subject's own text that state no field, each text once."""
    fields = subject.project.fields if subject.project else ()
    facts = [field.whole for field in fields if field.source == "label" and field.name != "description"]
    told = [field.span for field in fields if field.name == "description"]  # in a register, behind its label
    within = [one for one in passages if one.document_id == subject.document.id and subject.span.holds(one.span)]
    whole = [
        _behind_label(sentence, told)
        for sentence in sentences_of(within, records.documents)
        if sentence.text.rstrip("”\"'“)").endswith((".", "!", "?", "…"))
        and not any(fact.overlaps(sentence.span) for fact in facts)
    ]
    long = [sentence for sentence in whole if len(words(sentence.text)) >= FEWEST_WORDS]
    return list({fold(sentence.text): sentence for sentence in reversed(long or whole)}.values())[::-1]


def _behind_label(sentence: Sentence, told: Sequence[Span]) -> Sentence:
    """The sentence without the label that the first sentence of a labelled description begins with."""
    starts = [span.start for span in told if sentence.span.start < span.start < sentence.span.end]
    return replace(sentence, span=Span(starts[0], sentence.span.end)) if starts else sentence


def _chosen(found: Sequence[Sentence], vectors: NDArray[np.float32], title: str) -> list[int]:
    """Numbers of the sentences chosen, the best first."""
    middle = vectors.mean(axis=0)
    central = vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    first = FIRST / (1 + np.arange(len(found)))
    alike = vectors @ vectors.T
    known = frozenset(words(title))
    kinds = [{kind for kind in (PLACE, COUNT, TIME, PERSON) if spans_of(kind, s.text, known)} for s in found]
    leans = [grammar().leans_back.match(fold(sentence.text)) is not None for sentence in found]
    chosen: list[int] = []

    def worth(at: int) -> float:
        repeats = max((float(alike[at, other]) for other in chosen), default=0.0)
        held = set().union(*(kinds[other] for other in chosen))
        bare = LEANS * (leans[at] and at - 1 not in chosen)
        return float(
            RELEVANCE * central[at] + first[at] - (1 - RELEVANCE) * repeats + NEW_KIND * len(kinds[at] - held) - bare
        )

    while len(chosen) < min(MOST, len(found)):
        best = max((at for at in range(len(found)) if at not in chosen), key=worth)
        if len(chosen) >= FEWEST and worth(best) < LEAST:
            break
        chosen.append(best)
    return chosen


def say_facts(said: Said, subject: Subject, language: str) -> None:
    """Add the facts of a project, period, budget, funder and partners, in one line; nothing where it states none."""
    facts = facts_of(subject, language) if subject.project else []
    if facts:
        told = "; ".join(f"{fact.label}: {quote(language, fact.text)}" for fact in facts)
        cites = [said.cite(subject, fact.citation.span) for fact in facts]
        said.say(f"{subject.title} – {told}", cites)
