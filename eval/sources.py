"""Whether the sources of a set stand in a store: each that does not, with what comes nearest, so that a slip is seen.

Knows lines and documents, and no answers of the program. `eval.gold` finds the places themselves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.files import file_of
from eval.gold import SHOWN, Named, look_up, places_of
from eval.lines import Line, Mistake
from eval.metrics import correctness
from eval.nearest import nearest_name, nearest_words
from eval.qa import Pair, Source, pair_of
from index.store import Store

MANY_PLACES = 10
"""Places of a quote from which on it hardly says what it is for: any of them counts as cited."""
LONGEST = 100
"""Characters of a quote, and of what comes nearest to it, that a message shows."""
TOLD_IN_WORDS = {"field", "passage"}
"""Kinds whose answers stand in the documents as they are; sums, counts and names of groups need not."""


class Sourced(NamedTuple):
    """A source of a line, and the field that it is written in."""

    line: Line
    field: str
    source: Source


def source_mistakes(store: Store, lines: Sequence[Line]) -> list[Mistake]:
    """What the store does not hold as the sources say, and warnings, in order of lines.

    Lines with mistakes are passed over, and so is what a wording takes from an original of the same file.
    """
    sound = [line for line in lines if line.is_sound]
    own = {line.given["id"] for line in sound}
    telling = [one for one in sound if "sources" in one.given or not one.original or one.given["of"] not in own]
    pairs = [(line, pair_of(line)) for line in telling]
    sourced = [one for line, pair in pairs for one in _sourced(line, pair)]
    named = look_up(store, [one.source for one in sourced])
    found = [wrong for one in sourced if (wrong := _wrong(one, named, store))]
    found += [doubt for line, pair in pairs for doubt in _unfound(line, pair, named)]
    return sorted(found, key=lambda mistake: mistake.line)


def _sourced(line: Line, pair: Pair) -> Iterator[Sourced]:
    for n, (several, item) in enumerate(zip(pair.sources, line.whole.get("sources", ()), strict=True)):
        for m, source in enumerate(several):
            yield Sourced(line, f"sources[{n}][{m}]" if isinstance(item, list) else f"sources[{n}]", source)


def _wrong(one: Sourced, named: Named, store: Store) -> Mistake | None:
    """What is wrong with one source, or doubtful."""
    source = one.source
    if not named.holds(source.document):
        return _said(one, "document", _no_document(source, named))
    places = places_of(source, named)
    if not places:
        if source.project:
            return _said(one, "project", _no_project(source, named, store))
        return _said(one, "quote", _no_words(source, named))
    if source.quote and len(places) > MANY_PLACES:
        said = f"stands in {len(places)} places of {source.document}, any of which counts; a longer quote says which"
        return replace(_said(one, "quote", said), is_warning=True)
    return None


def _said(one: Sourced, field: str, message: str) -> Mistake:
    """A mistake at a source's field; at `of` where the line takes it from its original."""
    if "sources" in one.line.given:
        return Mistake(one.line.number, f"{one.field}.{field}", message)
    return Mistake(one.line.number, "of", f"the original's {one.field}.{field}: {message}")


def _no_document(source: Source, named: Named) -> str:
    near = nearest_name(source.document, named.sources | named.files)
    shown = f"the nearest is {near!r}" if near else f"it holds {', '.join(sorted(named.files)[:SHOWN])}"
    return f"the store holds no document {source.document!r}; {shown}"


def _no_words(source: Source, named: Named) -> str:
    said = f"{source.document} does not hold the words {_short(source.quote)}"
    elsewhere = [name for name in sorted(named.texts) if places_of(replace(source, document=name), named)]
    if elsewhere:
        return f"{said}; they stand in {elsewhere[0]}"
    near = nearest_words(source.quote, {one.source: one.text for one in named.texts.get(source.document, ())})
    return f"{said}; {f'the nearest there: {_short(near.words)}' if near else 'nothing there is like them'}"


def _no_project(source: Source, named: Named, store: Store) -> str:
    said = f"{source.document} tells of no project {source.project!r}"
    if elsewhere := named.projects.get(" ".join(source.project.split())):
        return f"{said}; {file_of(elsewhere[0].document)} does"
    there = [one.title for one in store.names.titles if source.document in (one.source, file_of(one.source))]
    near = nearest_name(source.project, there)
    return f"{said}; {f'the nearest there is {near!r}' if near else f'it tells of {len(there)}, none of a like name'}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return f"“{words if len(words) <= LONGEST else words[:LONGEST] + '…'}”"


def _unfound(line: Line, pair: Pair, named: Named) -> Iterator[Mistake]:
    """Accepted answers that stand nowhere in the documents that the quotes are from, so that no quote can give them."""
    quoted = [one for several in pair.sources for one in several]
    if not quoted or not all(named.texts.get(one.document) for one in quoted):
        return
    if not pair.answerable or pair.kind not in TOLD_IN_WORDS:
        return
    near = " … ".join(one.quote for one in quoted)
    wanted = [("answers", pair.answers)] if pair.answers else []
    for field, several in [*wanted, *((f"all[{n}]", one) for n, one in enumerate(pair.every))]:
        texts = (one.text for name in dict.fromkeys(one.document for one in quoted) for one in named.texts[name])
        if not any(correctness(text, several) for text in (near, *texts)):
            names = ", ".join(dict.fromkeys(one.document for one in quoted))
            others = ", like its alternatives," if len(several) > 1 else ""
            said = f"{_short(several[0])}{others} stands nowhere in {names}; look whether it has a slip"
            yield Mistake(line.number, field, said, is_warning=True)
