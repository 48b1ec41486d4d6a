"""The check before display: quotes are verbatim, and what a statement says is in what that statement cites.

The same for every way of making an answer: quotes, templates over what was looked up, text that a model has written. It
compares; it does not mend. Names are runs of capitalised words and whatever stands between quotation marks.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from assistant.answer import ANSWERED, Answer, Citation, Statement, numbered
from assistant.cited import Cited
from assistant.derived import allows, derived_faults
from assistant.figures import Figures, Number, cuts, figures_of
from assistant.grammar import grammar
from assistant.number_words import NUMBER_WORDS
from assistant.phrases import _PHRASES
from corpus.calendars import MONTHS
from corpus.currencies import CODES, CURRENCIES
from corpus.document import Document
from corpus.folding import fold_keeping_length
from corpus.words import fold, words

MASK = "¦"
"""What stands for each character that has been found to be right, so that it is not looked at again."""
_CLOSING = {"“": "”", "„": "”“", "«": "»", '"': '"', "‘": "’", "'": "'"}
_OPENING = re.compile(r"[“„«\"]|(?<![\w’'])[‘'](?=\w)")
_CLOSED = re.compile(rf"[^\s{MASK}]+(?:\s+[^\s{MASK}]+)?[”»]|[”»]")
_WORD = re.compile(r"(?<!\w)[^\W\d_]\w*(?:[’'](?!s\b)\w+)*")
_JOINED = re.compile(r" | & |-")
_BEGINNING = re.compile(r"(?:[.!?…][\"”’)\]]*\s|\n)[\s\"“„(‘«\[•*–-]*$")
_NEAR = 12
"""Characters before a word in which the end of the sentence before it is looked for."""
_HEAD = re.compile(rf"([^{MASK}\n]{{1,200}}) – (?:[^{MASK}:\n]{{1,80}}: )?{MASK}")
"""The title of a line of the assistant's own: `Title – Label: “quote”`."""
_LABEL = re.compile(rf"[^{MASK}:\n]{{1,80}}(?=: {MASK})")
_TELLING = re.compile(r"\d|[$€£¥₺₴₽₾₼₸₪₹₩₫₦]|\b[A-Z]{3}\b")
_TAIL = " .,;:!?…"
"""What writers put inside the quotation marks though the source has it not."""


def check(
    answer: Answer,
    documents: Mapping[str, Document],
    *,
    totals: frozenset[int] = frozenset(),
    titles: Collection[str] | None = None,
) -> list[str]:
    """What is wrong with an answer, in words; empty if nothing is. `documents` by id: those that are cited suffice.

    `totals` are counts that the caller vouches for, such as that of all records. `titles` are the names of the store's
    projects and documents, which remarks and refusals may say with the figures in them; without `titles`, refusals that
    are no remarks are let through.
    """
    citations = numbered(answer.citations)
    faults = [fault for citation in answer.citations for fault in _not_verbatim(citation, documents)]
    for statement in answer.statements:
        unknown = [n for n in statement.cites if n not in citations]
        if unknown:
            faults.append(f"there is no citation {unknown[0]}")
            continue
        faults += derived_faults(statement, citations, documents, totals)
        cited = [citations[n] for n in statement.cites]
        if statement.is_remark or not (cited or answer.status == ANSWERED or titles is None):
            said = Cited(cited, documents, (answer.question, answer.plan))
            faults += _figures_of_remark(statement, said, titles or ())
        elif cited:
            faults += _unsupported(statement, Cited(cited, documents))
        elif answer.status == ANSWERED:
            faults.append(f"nothing is cited for: {statement.text}")
    return faults


def _not_verbatim(citation: Citation, documents: Mapping[str, Document]) -> list[str]:
    document = documents.get(citation.document_id)
    start, end = citation.span
    if document is None or document.source != citation.document:
        return [f"citation {citation.n} is not verbatim"]
    if not citation.quote.strip() or document.text[start:end] != citation.quote:
        return [f"citation {citation.n} is not verbatim"]
    if cuts(document.text, start) or cuts(document.text, end):
        return [f"citation {citation.n} cuts a word or number"]
    return []


def _unsupported(statement: Statement, cited: Cited) -> list[str]:
    """What a statement says and its citations do not."""
    own, faults = _without_quoted(_without_titles(statement.text, cited.titles), statement.text, cited)
    said = set(words(own))
    if _TELLING.search(own) or not said.isdisjoint(_figure_words()):
        faults += _figure_faults(statement, figures_of(own), cited)
    faults += [f"name not in its source: {name}" for name in _unknown_names(own, cited)]
    return faults


def _without_titles(text: str, titles: Sequence[str]) -> str:
    """The text with the titles in it masked; one that is nothing but a figure stays, since it may be meant as one."""
    folded = fold_keeping_length(text)
    for title in titles:
        sought = fold_keeping_length(" ".join(title.split()))
        start = folded.find(sought) if any(character.isalpha() for character in sought) else -1
        while start >= 0:
            end = start + len(sought)
            if not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum()):
                folded = folded[:start] + MASK * len(sought) + folded[end:]
                text = text[:start] + MASK * len(sought) + text[end:]
            start = folded.find(sought, end)
    return text


def _without_quoted(own: str, text: str, cited: Cited) -> tuple[str, list[str]]:
    """(`own` with all between quotation marks masked, faults); the marks in titles are masked in `own` already."""
    faults, opening = [], _OPENING.search(own)
    while opening:
        start, after = opening.start(), opening.end()
        ends = [at for at in range(after + 1, len(own)) if own[at] in _CLOSING[opening.group()]]
        # The farthest first: what is quoted may hold quotation marks itself.
        right = next((at for at in reversed(ends) if _is_quoted(text[after:at], cited)), None)
        if right is None and ends:
            faults.append(f"not in its source: {text[after : ends[0]]}")
            right = ends[0]
        if right is not None:
            own = own[:start] + MASK * (right + 1 - start) + own[right + 1 :]
            after = right + 1
        opening = _OPENING.search(own, after)
    for closing in _CLOSED.finditer(
        own
    ):  # the end of a quotation whose beginning is right, or a lone mark of the source
        if not cited.holds(text[closing.start() : closing.end()]):
            faults.append(f"not in its source: {text[closing.start() : closing.end()]}")
    return own, faults


def _is_quoted(said: str, cited: Cited) -> bool:
    return cited.holds(said) or cited.holds(said.rstrip(_TAIL)) or not said.strip(_TAIL)


def _figure_faults(statement: Statement, figures: Figures, cited: Cited) -> Iterator[str]:
    records = len({(citation.project_id, citation.document_id) for citation in cited.citations})
    for number in figures.numbers:
        is_of_cited = number.written.isalpha() and records in number.values  # "the two projects"
        if number.is_sure and not (is_of_cited or allows(statement.derived, number) or cited.counts(number)):
            yield f"number not in its source: {number.written}{f' {number.unit}' if number.unit else ''}"
    for date in figures.dates:
        year = Number(date.written, frozenset({Decimal(date.stamps[0][0] or 0)}))
        if not (cited.dates(date) or (date.is_year and allows(statement.derived, year))):
            yield f"date not in its source: {date.written}"
    for currency in sorted(figures.currencies - cited.currencies):
        if currency not in cited.currencies_beside:
            yield f"currency not in its source: {currency}"
    for code in figures.codes:
        if not cited.names(code):
            yield f"not in its source: {code}"


def _figures_of_remark(statement: Statement, said: Cited, titles: Collection[str]) -> list[str]:
    """The figures of a remark that stand neither in the question nor in a title it names."""
    for own in (statement.text, None):
        if own is None:  # looked at only where it matters: a store has thousands of titles
            named = [title for title in titles if title in statement.text]
            own = _without_titles(statement.text, sorted(named, key=len, reverse=True))
        figures = replace(figures_of(own), currencies=frozenset())
        faults = list(_figure_faults(statement, figures, said))
        if not (faults and titles):
            break
    return faults


# Names


def _unknown_names(own: str, cited: Cited) -> Iterator[str]:
    """Names that are in no quote or title; words of the assistant's own are none, nor labels of the cited document."""
    head = _HEAD.match(own)
    if head and not cited.names(_spoken([head[1]])):
        yield head[1]
    for start, run in _runs(own):
        if cited.names(_spoken(run)) or (len(run) == 1 and (len(run[0]) == 1 or _begins(own, start))):
            continue
        unknown = [piece for piece in _pieces(run, is_first=_begins(own, start)) if not cited.names(_spoken(piece))]
        if unknown and not _is_label(own, start, cited):
            yield from (" ".join(piece) for piece in unknown)


def _runs(own: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of capitalised words, with where each begins."""
    run: list[str] = []
    first = end = 0
    for match in _WORD.finditer(own):
        if not match.group()[0].isupper():
            continue
        if run and not _JOINED.fullmatch(own, end, match.start()):
            yield first, run
            run = []
        first = match.start() if not run else first
        run.append(match.group())
        end = match.end()
    if run:
        yield first, run


def _pieces(run: Sequence[str], *, is_first: bool) -> Iterator[list[str]]:
    """A run cut at words of the assistant's own, and behind the small word that a sentence begins with: `The`."""
    piece: list[str] = []
    for place, word in enumerate(run):
        folded = fold(word)
        if folded in _own_words() or word in CODES or (is_first and not place and folded in grammar().closed):
            if piece:
                yield piece
            piece = []
        else:
            piece.append(word)
    if piece:
        yield piece


def _begins(own: str, start: int) -> bool:
    """Whether a sentence begins here."""
    return not own[:start].strip(' "“„(‘«[•*–-') or _BEGINNING.search(own, max(0, start - _NEAR), start) is not None


def _is_label(own: str, start: int, cited: Cited) -> bool:
    """Whether the words up to the colon before a quote are the source's own label, which a table has in another row."""
    label = _LABEL.match(own, start)
    held = (cited.documents.get(citation.document_id) for citation in cited.citations)
    return label is not None and any(document and label.group() in document.text for document in held)


def _spoken(run: Sequence[str]) -> str:
    return " ".join(words(" ".join(run)))


@cache
def _own_words() -> frozenset[str]:
    """Folded words that may be capitalised and are no name: those of the phrases, of fields, months and currencies."""
    phrases = [re.sub(r"\{\w+\}", " ", phrase) for told in _PHRASES.values() for phrase in told.values()]
    fields = [name for field in grammar().fields for name in field.names.values()]
    return _figure_words().union(*(words(text) for text in (*phrases, *fields)))


@cache
def _figure_words() -> frozenset[str]:
    """Folded words that count, date or name a currency."""
    return frozenset({*MONTHS, *NUMBER_WORDS, *CURRENCIES})
