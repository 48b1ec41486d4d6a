"""Names in a statement: runs of capitalised words, which have to stand in what the statement cites.

A capital at the beginning of a sentence makes no name, unless another one follows, or a title begins there.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from assistant.cited import MASK, Cited
from assistant.figures import FIGURE_WORDS
from assistant.grammar import grammar
from assistant.money import MOST_KEPT
from assistant.phrases import _PHRASES
from corpus.currencies import CODES
from corpus.words import fold, words

_WORD = re.compile(r"(?<!\w)[^\W\d_]\w*(?:[’'](?!s\b)\w+)*")
_JOINED = re.compile(r" | & |-")
_BEGINNING = re.compile(r"(?:[.!?…][\"”’)\]]*\s|\n)[\s\"“„(‘«\[•*–-]*$")
_NEAR = 12
"""Characters before a word in which the end of the sentence before it is looked for."""
_FEWEST_WORDS = 2
"""Words of a title that is known by its words alone; `Education` begins many a sentence."""
_LONGEST_TITLE = 200
"""Characters of a statement that are compared with titles."""
_HEAD = re.compile(rf"([^{MASK}\n]{{1,{_LONGEST_TITLE}}}) – (?:[^{MASK}:\n]{{1,80}}: )?{MASK}")
"""The title of a line of the assistant's own: `Title – Label: “quote”`."""
_LABEL = re.compile(rf"[^{MASK}:\n]{{1,80}}(?=: {MASK})")


def unknown_names(own: str, cited: Cited, titles: frozenset[str]) -> Iterator[str]:
    """Names in `own`, a statement whose titles and quotations are masked, that are in no quote or title it cites.

    `titles` are those of all records. Words of the assistant's own are no names, nor are labels of the cited document.
    """
    head = _HEAD.match(own)
    if head and (_title_at(head[1], 0, titles) if titles else not cited.names(_spoken([head[1]]))):
        yield head[1]
    for start, run in _runs(own):
        title = _title_at(own, start, titles) if titles else None
        if title and not cited.names(title):
            yield title
        if title or cited.names(_spoken(run)):
            continue
        is_first = _begins(own, start)
        if len(run) == 1 and (len(run[0]) == 1 or (is_first and run[0][1:].islower())):
            continue
        unknown = [piece for piece in _pieces(run, is_first) if not cited.names(_spoken(piece))]
        if unknown and not _is_label(own, start, cited):
            yield from (" ".join(piece) for piece in unknown)


@lru_cache(maxsize=MOST_KEPT)
def _runs(own: str) -> list[tuple[int, list[str]]]:
    """Runs of capitalised words, with where each begins."""
    runs: list[tuple[int, list[str]]] = []
    run: list[str] = []
    first = end = 0
    for match in _WORD.finditer(own):
        if not match.group()[0].isupper():
            continue
        if run and not _JOINED.fullmatch(own, end, match.start()):
            runs.append((first, run))
            run = []
        first = first if run else match.start()
        run.append(match.group())
        end = match.end()
    return [*runs, (first, run)] if run else runs


def _pieces(run: Sequence[str], is_first: bool) -> Iterator[list[str]]:
    """A run cut at words of the assistant's own, and behind the common word that a sentence begins with: `The`."""
    piece: list[str] = []
    for place, word in enumerate(run):
        folded = fold(word)
        if folded in _own_words() or word in CODES or (is_first and place == 0 and _is_common(folded)):
            if piece:
                yield piece
            piece = []
        else:
            piece.append(word)
    if piece:
        yield piece


def _is_common(folded: str) -> bool:
    """Whether a word is one that any question or sentence about projects may hold: `the`, `finantatorul`."""
    told = grammar()
    return folded in told.closed or folded in told.helpers or any(one.pattern.fullmatch(folded) for one in told.fields)


def _begins(own: str, start: int) -> bool:
    """Whether a sentence begins here."""
    return not own[:start].strip(' "“„(‘«[•*–-') or _BEGINNING.search(own, max(0, start - _NEAR), start) is not None


def _is_label(own: str, start: int, cited: Cited) -> bool:
    """Whether the words up to the colon before a quote are the source's own label, which a table has in another row."""
    label = _LABEL.match(own, start)
    held = (cited.documents.get(citation.document_id) for citation in cited.citations)
    return label is not None and any(document and label.group() in document.text for document in held)


def _title_at(own: str, start: int, titles: frozenset[str]) -> str | None:
    """The title, in folded words, that begins here; titles of one word are not known from others."""
    word = _WORD.match(own, start)
    candidates = _by_first_word(titles).get(words(word.group())[0], ()) if word else ()
    said = f"{_spoken([own[start : start + _LONGEST_TITLE]])} " if candidates else ""
    return next((title for title in candidates if said.startswith(f"{title} ")), None)


@lru_cache(maxsize=2)
def _by_first_word(titles: frozenset[str]) -> Mapping[str, Sequence[str]]:
    found = defaultdict(list)
    for title in titles:
        said = words(title)
        if len(said) >= _FEWEST_WORDS:
            found[said[0]].append(" ".join(said))
    return found


def _spoken(run: Sequence[str]) -> str:
    return " ".join(words(" ".join(run)))


@cache
def _own_words() -> frozenset[str]:
    """Folded words that may be capitalised and are no name: those of the phrases, of fields, months and currencies."""
    phrases = [re.sub(r"\{\w+\}", " ", phrase) for told in _PHRASES.values() for phrase in told.values()]
    fields = [name for field in grammar().fields for name in field.names.values()]
    return FIGURE_WORDS.union(*(words(text) for text in (*phrases, *fields)))
