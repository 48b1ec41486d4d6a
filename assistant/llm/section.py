"""Section: a draft of what a proposal says of earlier projects, part by part, and what it may be written from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer import ANSWERED, EXTRACTIVE, LLM, Answer, Citation, Statement, cite
from assistant.describing import described
from assistant.llm.merging import renumbered
from assistant.llm.source import Ground, Source
from assistant.names import PROJECT, Called
from assistant.phrases import quote, say
from assistant.precedent import Fact, Precedents
from assistant.records import Records
from corpus.document import Document

MOST_PARTS = 20
"""Projects that a section tells of."""


@dataclass(frozen=True, slots=True)
class Material:
    """Precedents and, for each of them in order, what a model may write of it; citations are numbered over all."""

    precedents: Precedents
    grounds: tuple[Ground, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """What the projects are called."""
        return tuple(one.title for one in self.precedents.found)


@dataclass(frozen=True, slots=True)
class Part:
    """Some sentences: of the project with this rank, from 1, or with 0 what opens or closes the section.

    `is_quoted` where no sentence of a model is in it, only the documents' own words.
    """

    rank: int
    statements: tuple[Statement, ...]
    is_quoted: bool = False

    @property
    def is_stating(self) -> bool:
        """Whether a sentence of it rests on a source."""
        return any(one.cites for one in self.statements)


@dataclass(frozen=True, slots=True)
class Section:
    """A draft as far as it has come. `left_out` counts sentences of the model that were not shown.

    `trouble` is what the model failed at; `has_model` says whether there was one to be asked.
    """

    precedents: Precedents
    parts: tuple[Part, ...] = ()
    citations: tuple[Citation, ...] = ()
    left_out: int = 0
    is_finished: bool = False
    trouble: str = ""
    has_model: bool = True

    @property
    def is_written(self) -> bool:
        """Whether a model has written any of it; else it is the documents' own words."""
        return any(part.is_stating and not part.is_quoted for part in self.parts)

    @property
    def language(self) -> str:
        """The language it is in."""
        return self.precedents.language

    def title_of(self, part: Part) -> str:
        """The heading of a part; empty where it has none."""
        return self.precedents.found[part.rank - 1].title if part.rank else ""


def notice_of(section: Section) -> str:
    """What has to be known of it, in its language: that there is no model, that one failed, what was left out."""
    language, told = section.language, []
    if not section.has_model:
        return f"{say(language, 'no_model')} {say(language, 'own_words')}"
    if section.left_out:
        key = "left_out_one" if section.left_out == 1 else "left_out"
        told.append(say(language, key, count=str(section.left_out)))
    if section.trouble:
        told.append(say(language, "broke_off_draft" if section.is_written else "model_failed"))
    elif section.is_finished and not section.is_written:
        told.append(say(language, "own_words"))
    return " ".join(told)


def answer_with(section: Section, plain: Answer) -> Answer:
    """A section as the answer to whoever asks for it in a conversation; `plain` is what it takes the place of."""
    told = [statement for part in section.parts for statement in (*_heading(section, part), *part.statements)]
    statements, citations = renumbered(told, section.citations)
    return replace(
        plain, status=ANSWERED, statements=statements, citations=citations, notice=notice_of(section),
        language=section.language, mode=LLM if section.is_written else EXTRACTIVE,
    )  # fmt: skip


def _heading(section: Section, part: Part) -> Iterator[Statement]:
    if title := section.title_of(part):
        yield Statement(f"{title}:", is_remark=True)


def gathered(precedents: Precedents, records: Records) -> Material:
    """What a section about precedents may be written from: their reasons, facts and the sentences that describe them.

    What the store no longer holds is left out, with the precedents of which it holds nothing.
    """
    told = [(one, (*one.reasons, *one.facts)) for one in precedents.found[:MOST_PARTS]]
    texts = records.store.texts({fact.citation.document for _, facts in told for fact in facts})
    documents = {document.id: document for document in texts.values()}
    found, grounds, first = [], [], 1
    for one, facts in told:
        held = [fact for fact in facts if _is_held(fact.citation, documents)]
        if held:
            ground = _ground(one.title, held, precedents.language, records, first)
            found.append(one)
            grounds.append(ground)
            first += len(ground.citations)
    return Material(replace(precedents, found=tuple(found)), tuple(grounds))


def _is_held(citation: Citation, documents: Mapping[str, Document]) -> bool:
    document = documents.get(citation.document_id)
    return document is not None and citation.span.of(document.text) == citation.quote


def _ground(title: str, facts: Sequence[Fact], language: str, records: Records, first: int) -> Ground:
    told, cited = [_told(title, fact) for fact in facts], [fact.citation for fact in facts]
    for made in _describing(facts, records):
        if not any(made.document_id == other.document_id and made.span.overlaps(other.span) for other in cited):
            cited.append(made)
            told.append((" ".join(made.quote.split()), False))
    citations = {first + at: replace(citation, n=first + at) for at, citation in enumerate(cited)}
    sources = [
        Source(at, text, title, (n,), is_computed=is_computed)
        for at, ((text, is_computed), n) in enumerate(zip(told, citations, strict=True), start=1)
    ]
    documents = {document.id: document for document in records.store.texts({one.document for one in cited}).values()}
    # Without a question: what the call says is no ground for what is said of a project.
    return Ground("", language, sources, citations, documents, records.all_titles)


def _told(title: str, fact: Fact) -> tuple[str, bool]:
    """(what a source says, whether some of the words are the program's)."""
    text = " ".join(fact.text.split())
    return (f"{title} – {fact.label}: {text}{fact.reading}", True) if fact.label else (text, False)


def _describing(facts: Sequence[Fact], records: Records) -> Iterator[Citation]:
    identity = next((one for fact in facts if (one := fact.citation.project_id) in records.keys), None)
    if identity is not None:
        subject = records.subject(Called(PROJECT, identity, identity))
        passages = records.store.passages_of(records.keys_of([subject]))
        for sentence in described(subject, passages, records):
            yield cite(0, sentence.document, sentence.span, subject.project)


def quoted_part(material: Material, rank: int) -> Part:
    """A project in the documents' own words, as a track record gives it."""
    one, ground = material.precedents.found[rank - 1], material.grounds[rank - 1]
    numbers = {(cited.document_id, cited.span): n for n, cited in ground.citations.items()}
    statements = []
    for fact in (*one.reasons, *one.facts):
        n = numbers.get((fact.citation.document_id, fact.citation.span))
        if n is not None:
            words = f"{quote(ground.language, fact.text)}{fact.reading}"
            statements.append(Statement(f"{fact.label}: {words}" if fact.label else words, (n,)))
    return Part(rank, tuple(statements), is_quoted=True)


def cited_in(parts: Sequence[Part], material: Material) -> tuple[Citation, ...]:
    """What parts cite, in order of their numbers."""
    used = {n for part in parts for statement in part.statements for n in statement.cites}
    held = {n: citation for ground in material.grounds for n, citation in ground.citations.items()}
    return tuple(held[n] for n in sorted(used))
