"""The check before display: quotes are verbatim, and what a statement says is in what that statement cites.

The same for every way of making an answer: quotes, templates over what was looked up, text that a model has written. It
compares; it does not mend. Names are runs of capitalised words and whatever stands between quotation marks.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from assistant.answer import ANSWERED, Answer, Citation, Statement, numbered
from assistant.capitals import unknown_names
from assistant.cited import MASK, Cited, plain
from assistant.derived import allows, derived_faults
from assistant.figures import FIGURE_WORDS, Figures, Number, cuts, figures_of
from assistant.money import MOST_KEPT
from corpus.document import Document
from corpus.folding import fold_keeping_length
from corpus.words import WORD, fold, words

_CLOSING = {
    opening: re.compile(closing)
    for opening, closing in (("“", "”"), ("„", "[”“]"), ("«", "»"), ('"', '"'), ("‘", r"’(?!\w)"), ("'", r"'(?!\w)"))
}
_OPENING = re.compile(r"[“„«\"]|(?<![\w’'])[‘'](?=\w)")
_CLOSED = re.compile(rf"[^\s{MASK}]+(?:\s+[^\s{MASK}]+)?[”»]|[”»]")
_TELLING = re.compile(r"\d|[$€£¥₺₴₽₾₼₸₪₹₩₫₦]|\b[A-Z]{3}\b")
_MASKS = re.compile(f"{MASK}+")
_TAIL = " .,;:!?…"
"""What writers put inside the quotation marks though the source has it not."""


def check(
    answer: Answer,
    documents: Mapping[str, Document],
    *,
    totals: Collection[Decimal | int] = frozenset(),
    titles: frozenset[str] | None = None,
) -> list[str]:
    """What is wrong with an answer, in words; empty if nothing is. `documents` by id: those that are cited suffice.

    `totals` are counts that the caller vouches for, such as that of all records. `titles` are the names of all projects
    and documents of the store: remarks and refusals may say them with the figures in them, and a sentence may not begin
    with one that it does not cite. Without `titles`, a refusal that is no remark is let through.
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
        is_stated = bool(cited) or answer.status == ANSWERED or titles is None
        if statement.is_remark or statement.is_connecting or not is_stated:
            said = Cited(cited, documents, (answer.question, answer.plan))
            faults += _figures_of_remark(statement, said, titles or frozenset())
        elif cited:
            faults += _unsupported(statement, Cited(cited, documents), titles or frozenset())
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


def _unsupported(statement: Statement, cited: Cited, titles: frozenset[str]) -> list[str]:
    """What a statement says and its citations do not."""
    own, faults = _without_quoted(_without_titles(statement.text, cited.titles), statement.text, cited)
    own = _MASKS.sub(MASK, own)  # lines of one kind are then alike, so that they are read once
    figures = figures_of(own) if _holds_figures(own) else Figures()
    faults += _figure_faults(statement, figures, cited)
    faults += [f"name not in its source: {name}" for name in unknown_names(own, cited, titles)]
    return faults + _of_others(statement, figures, cited)


@lru_cache(maxsize=MOST_KEPT)
def _holds_figures(own: str) -> bool:
    return _TELLING.search(own) is not None or not FIGURE_WORDS.isdisjoint(words(own))


def _of_others(statement: Statement, figures: Figures, cited: Cited) -> list[str]:
    """Citations of projects that a statement does not name though it names others, and tells of them.

    A derived figure, and a comparison that gives no figure or quote of its own, may rest on any project.
    """
    projects = {citation.project for citation in cited.citations if citation.project}
    tells = figures.numbers or figures.dates or _OPENING.search(statement.text)
    if len(projects) < 2 or statement.derived or not tells:
        return []
    named = {one for one in projects if plain(one)[1] in plain(statement.text)[1]}
    others = [one for one in cited.citations if named and one.project and one.project not in named]
    return [f"citation {one.n} is of {one.project}, which the statement does not name" for one in others]


def _without_titles(text: str, titles: Sequence[str]) -> str:
    """The text with the titles in it masked; one that is nothing but a figure stays, since it may be meant as one."""
    folded = fold_keeping_length(text)
    for title in titles:
        sought = plain(title)[1]
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
        ends = [closing.start() for closing in _CLOSING[opening.group()].finditer(own, after + 1)]
        # The farthest first: what is quoted may hold quotation marks itself.
        right = next((at for at in reversed(ends) if _is_quoted(text[after:at], cited)), None)
        if right is None and ends:
            faults.append(f"not in its source: {text[after : ends[0]]}")
            right = ends[0]
        if right is not None:
            own = own[:start] + MASK * (right + 1 - start) + own[right + 1 :]
            after = right + 1
        opening = _OPENING.search(own, after)
    # A mark that is left ends a quotation of which only the beginning is right, unless the source has it there as well.
    left = (text[slice(*closing.span())] for closing in _CLOSED.finditer(own))
    return own, faults + [f"not in its source: {words}" for words in left if not cited.holds(words)]


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
    for currency in sorted(figures.currencies):
        if not cited.in_currency(currency):
            yield f"currency not in its source: {currency}"
    for code in figures.codes:
        if not cited.names(code):
            yield f"not in its source: {code}"


def _figures_of_remark(statement: Statement, said: Cited, titles: frozenset[str]) -> list[str]:
    """The figures of a remark that stand neither in the question nor in a title it names."""

    def faults_in(own: str) -> list[str]:
        return list(_figure_faults(statement, replace(figures_of(own), currencies=frozenset()), said))

    def echoed(word: re.Match[str]) -> str:  # "br 163", of "the BR-163 highway"
        is_said = any(map(str.isdigit, word.group())) and said.names(fold(word.group()))
        return MASK if is_said else word.group()

    faults = faults_in(WORD.sub(echoed, statement.text))
    if not faults or not titles:
        return faults
    # Titles are looked through only where it matters: a store has thousands.
    named = sorted((title for title in titles if title in statement.text), key=len, reverse=True)
    return faults_in(WORD.sub(echoed, _without_titles(statement.text, named)))
