"""The check of a sentence that a language model has written: what of it the words it cites do not say.

Everything of `assistant.check`, and word by word what stands behind it. Knows no model; what becomes of a sentence that
fails is for others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from assistant.answer import ANSWERED, Answer, Citation, Statement
from assistant.check import check
from assistant.grammar import LANGUAGES
from assistant.llm.aligned import Aligned
from assistant.llm.bound import bound_faults
from assistant.llm.cited_names import as_cited
from assistant.llm.clauses import Told, told
from assistant.llm.compared import comparison_faults
from assistant.llm.counted import counted_faults
from assistant.llm.crossed import limit_faults, project_faults, swapped_faults, turned_side_faults
from assistant.llm.doers import act_faults
from assistant.llm.fields import field_faults
from assistant.llm.foreign import closed_words, foreign_faults
from assistant.llm.forms import in_terms_of
from assistant.llm.instructions import addresses_answerer
from assistant.llm.source import Ground, Source
from assistant.llm.strict import side_faults, strict_faults
from assistant.llm.turned import condition_faults, denial_faults, plan_faults
from assistant.llm.uncovered import uncovered_faults

_CHECKS = (
    uncovered_faults, strict_faults, side_faults, denial_faults, plan_faults, bound_faults, act_faults,
    turned_side_faults, swapped_faults, limit_faults, comparison_faults, field_faults, counted_faults,
    condition_faults,
)  # fmt: skip


def faults_in(statement: Statement, ground: Ground) -> list[str]:
    """What of a sentence its citations do not say, in words for the model; empty: it may be shown."""
    missing = [n for n in statement.cites if n not in ground.citations]
    if missing:
        return [f"there is no citation {missing[0]}"]
    if not (statement.cites or statement.derived):
        return ["cites nothing"]
    cites = tuple(n for n in dict.fromkeys(statement.cites) if not addresses_answerer(ground.citations[n].quote))
    if statement.cites and not cites:
        return ["cites only words that tell a machine what to say"]
    statement = replace(statement, cites=cites)
    cited = [ground.citations[n] for n in cites]
    computed = [one for one in ground.sources if one.is_computed and _shares(one, statement)]
    quoted = "\n".join((*(one.quote for one in cited), *(one.text for one in computed)))
    statement = replace(statement, text=in_terms_of(statement.text, quoted, _known(ground.language)))
    aligned = _aligned(statement, ground, cited, computed)
    statement = replace(statement, text=as_cited(aligned))
    aligned = replace(aligned, said=told(statement.text, aligned.said.language))
    held = "\n".join(source.text for source in aligned.sources)
    faults = [*foreign_faults(aligned.said.text, ground.language, held)]
    faults += check(
        _answer(statement, ground, cited, computed), ground.documents, totals=ground.totals, titles=ground.titles
    )
    faults += project_faults(aligned, [one.project for one in cited])
    return list(dict.fromkeys([*faults, *_beyond(aligned)]))


def _beyond(aligned: Aligned) -> Iterator[str]:
    for faults in _CHECKS:
        yield from faults(aligned)


def _shares(source: Source, statement: Statement) -> bool:
    return bool({*source.cites} & {*statement.cites}) or (
        bool(source.derived) and {*source.derived} <= {*statement.derived}
    )


def _answer(statement: Statement, ground: Ground, cited: Sequence[Citation], computed: Sequence[Source]) -> Answer:
    """The sentence as an answer of its own, with the figures derived from what it cites."""
    derived = [one for source in computed for one in source.derived if {*one.from_} <= {*statement.cites}]
    whole = replace(statement, derived=tuple(dict.fromkeys((*statement.derived, *derived))))
    return Answer(ground.question, ANSWERED, (whole,), tuple(cited), "", ground.language)


def _aligned(statement: Statement, ground: Ground, cited: Sequence[Citation], computed: Sequence[Source]) -> Aligned:
    """The sentence beside all that it may rest on, each text in the language it is in."""
    documents = [ground.documents.get(one.document_id) for one in cited]
    languages = [document.language if document else "" for document in documents]
    facts = [_told(one.quote, language) for one, language in zip(cited, languages, strict=True)]
    facts += [told(one.text, _known(ground.language)) for one in computed]
    titles = dict.fromkeys([one.project for one in cited] + [one.title for one in documents if one])
    named = [_told(title, "") for title in titles if title]
    others = [
        one.text
        for one in ground.sources
        if one.title in titles and not {*one.cites} & {*statement.cites} and not addresses_answerer(one.text)
    ]
    others.append(ground.question)
    said = told(statement.text, _known(ground.language))
    return Aligned(said, [*facts, *named], len(facts), partial(map, partial(_told, usual=""), others))


def _told(text: str, usual: str) -> Told:
    return told(text, _language(text, usual))


def _language(text: str, usual: str) -> str:
    counts = closed_words(text)
    best = max(LANGUAGES, key=lambda language: counts[language])
    return best if counts[best] > min(counts.values()) else _known(usual)


def _known(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def prepare() -> None:
    """Read the tables that the check needs, some tenths of a second, so that the first sentence does not wait."""
    for said, quote in (("A bridge was built in Sweden.", "Un drum."), ("A fost construit un drum.", "A road.")):
        aligned = Aligned(_told(said, ""), [_told(quote, "")], 1)
        as_cited(aligned)
        list(_beyond(aligned))
