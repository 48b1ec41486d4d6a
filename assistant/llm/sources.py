"""The numbered sources of one answer: what was looked up and computed, then the sentences found for the question.

Chooses and numbers them within a budget of tokens. Knows neither the model nor the prompt around them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import ANSWERED, Citation, Derived, Statement, numbered
from assistant.context import with_context
from assistant.evidence import Sentence, sentences_of
from assistant.llm.fence import shown
from assistant.llm.instructions import addresses_answerer
from assistant.llm.prompts import source_line
from assistant.llm.source import Source
from assistant.phrases import quote
from assistant.plan import Plan
from assistant.records import Records
from assistant.said import Said
from corpus.document import Span

MOST_SENTENCES = 40
"""Sentences found that are offered at all; the best come first, and a small model reads 50 tokens a second."""
LONGEST_SOURCE = 2000
"""Characters; what is longer is a table or a list that no sentence ends, and would push out everything else."""
_WIDEST = 999
"""A number as wide as any, to count the tokens of a line before it has one."""


@dataclass(frozen=True, slots=True)
class _Offered:
    """What may become a source. `places` are still to be cited, each with the sentence it is."""

    text: str
    title: str
    cites: tuple[int, ...] = ()
    derived: tuple[Derived, ...] = ()
    is_computed: bool = False
    places: tuple[Sentence, ...] = ()


def sources_of(
    plan: Plan,
    status: str,
    said: Said,
    sentences: Sequence[Sentence],
    records: Records,
    counts: Callable[[Sequence[str]], list[int]],
    budget: int,
) -> tuple[list[Source], Said]:
    """(the sources S1, S2 … within `budget` tokens, what was said with the citations of the sentences among them).

    `said` is the extractive answer and `sentences` are those retrieved, the best first; `counts` gives the tokens of
    each of some texts, and is called once. What tells whoever answers what to say is no source. The citations of `said`
    keep their numbers; it is left as it is.
    """
    known = numbered(said.citations)
    told = [*_stated(plan, said, known)] if status == ANSWERED else []
    remarks = [*_remarks(said, known)] if status == ANSWERED else []
    offered = [*told, *remarks, *_found(sentences, records, known, told)]
    # What completes an answer is short, and is not to be lost behind its many lines.
    order = [*range(len(told), len(told) + len(remarks)), *range(len(told))]
    order += range(len(order), len(offered))
    chosen = {order[place] for place in _fitting([offered[at] for at in order], counts, budget)}
    kept = [offered[at] for at in sorted(chosen)]
    cited = Said()
    cited.add(said)
    return [_numbered(n, one, cited, records) for n, one in enumerate(kept, 1)], cited


def _stated(plan: Plan, said: Said, known: dict[int, Citation]) -> Iterator[_Offered]:
    for statement in said.statements:
        if statement.is_remark or not statement.cites or addresses_answerer(statement.text):
            continue
        one = known[statement.cites[0]]
        words = " ".join(one.quote.split())
        is_quote = statement.text == quote(plan.language, one.quote) and all(
            " ".join(known[n].quote.split()) == words for n in statement.cites
        )
        yield _line(statement, known, words if is_quote else statement.text, is_computed=not is_quote)


def _remarks(said: Said, known: dict[int, Citation]) -> Iterator[_Offered]:
    for statement in said.statements:
        if statement.is_remark and statement.cites and statement.derived:
            yield _line(statement, known, statement.text.rstrip(": "), is_computed=True)


def _line(statement: Statement, known: dict[int, Citation], text: str, *, is_computed: bool) -> _Offered:
    titles = {known[n].project for n in statement.cites}
    title = titles.pop() or "" if len(titles) == 1 else ""
    return _Offered(shown(text), shown(title), statement.cites, statement.derived, is_computed)


def _found(
    sentences: Sequence[Sentence], records: Records, known: dict[int, Citation], told: Sequence[_Offered]
) -> Iterator[_Offered]:
    """Each retrieved sentence once, behind the one it leans on; places that say the same of the same are cited too."""
    quoted = {n for one in told if not one.is_computed for n in one.cites}
    seen: set[tuple[str, Span]] = {(known[n].document_id, known[n].span) for n in quoted}
    there = {(one.title, one.text) for one in told}
    lines: dict[tuple[str, str], _Offered] = {}
    for sentence in sentences:
        if len(lines) == MOST_SENTENCES:
            break
        if _place(sentence) in seen:
            continue
        siblings = sentences_of([sentence.passage], {sentence.document.id: sentence.document})
        whole = with_context(sentence, siblings)
        text = shown(" ".join(one.text for one in whole if _place(one) not in seen))
        seen |= {_place(one) for one in whole}
        title = shown(_title_of(sentence, records))
        before = lines.get((title, text))
        if text and len(text) <= LONGEST_SOURCE and (title, text) not in there and not addresses_answerer(text):
            places = (*before.places, *whole) if before else tuple(whole)
            lines[title, text] = _Offered(text, title, places=places)
    yield from lines.values()


def _place(sentence: Sentence) -> tuple[str, Span]:
    return sentence.document.id, sentence.span


def _title_of(sentence: Sentence, records: Records) -> str:
    project = records.project(sentence.passage.project_id)
    return project.title if project else sentence.document.title


def _fitting(offered: Sequence[_Offered], counts: Callable[[Sequence[str]], list[int]], budget: int) -> Iterator[int]:
    """Which of them fit, the first ones first; one that is too long is left out, and those behind it are tried."""
    if not offered:
        return
    lines = [source_line(Source(_WIDEST, one.text, one.title, ())) for one in offered]
    left = budget
    for at, tokens in enumerate(counts([f"{line}\n" for line in lines])):
        if tokens <= left and len(lines[at]) <= LONGEST_SOURCE:
            left -= tokens
            yield at


def _numbered(n: int, one: _Offered, cited: Said, records: Records) -> Source:
    own = (cited.cite_in(s.document, s.span, records.project(s.passage.project_id)) for s in one.places)
    return Source(n, one.text, one.title, tuple(dict.fromkeys((*one.cites, *own))), one.derived, one.is_computed)
