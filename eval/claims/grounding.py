"""What a claim is held against: its sources as documents with citations, as a question's answer would have them.

Knows the check that every answer passes, and the one for sentences of a language model; measures neither.
"""

from collections.abc import Callable

from assistant.answer import ANSWERED, Answer, Citation, Statement
from assistant.check import check
from assistant.llm.source import Ground, Source
from corpus.document import DIGEST_LENGTH, Document, Span, digest, slug
from eval.claims.claim import Claim

Checker = Callable[[Statement, Ground], list[str]]
"""What of a sentence its citations do not say, in words; nothing where it may be shown."""
BETWEEN = "\n\n"
"""Between the parts of a document."""


def statement_of(claim: Claim) -> Statement:
    """The sentence as a statement of an answer."""
    return Statement(claim.sentence, claim.cites)


def ground_of(claim: Claim, titles: frozenset[str] = frozenset()) -> Ground:
    """All sources of a claim, each with a citation of the same number; `titles` are those of the whole set.

    Sources of one title are parts of one document, which begins with the title.
    """
    parts: dict[str, list[str]] = {}
    spans = []
    for words in claim.sources:
        before = parts.setdefault(words.title, [words.title])
        start = sum(len(part) + len(BETWEEN) for part in before)
        spans.append(Span(start, start + len(words.text)))
        before.append(words.text)
    languages = {words.title: words.language for words in reversed(claim.sources)}
    documents = {title: _document(title, BETWEEN.join(own), languages[title]) for title, own in parts.items()}
    numbered = [*enumerate(zip(claim.sources, spans, strict=True), 1)]
    citations = {n: _citation(n, documents[words.title], span) for n, (words, span) in numbered}
    sources = [Source(n, words.text, words.title, (n,)) for n, (words, _) in numbered]
    by_id = {document.id: document for document in documents.values()}
    return Ground(claim.question, claim.language, sources, citations, by_id, titles.union(documents))


def _document(title: str, text: str, language: str) -> Document:
    sha256 = digest(text.encode())
    return Document(sha256[:DIGEST_LENGTH], f"{slug(title)}.md", "text/markdown", title, language, sha256, text, ())


def _citation(n: int, document: Document, span: Span) -> Citation:
    title = document.title
    return Citation(n, title, slug(title), document.source, document.id, None, span, span.of(document.text))


def figure_faults(statement: Statement, ground: Ground) -> list[str]:
    """The check of numbers, dates, currencies and names that every answer passes, whoever has written it."""
    citations = tuple(ground.citations[n] for n in statement.cites)
    answer = Answer(ground.question, ANSWERED, (statement,), citations, "", ground.language)
    return check(answer, ground.documents, totals=ground.totals, titles=ground.titles)
