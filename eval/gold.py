"""Where the sources of a set stand in a store: the places of quoted words, and what documents say of a project.

Looks up what the pairs name and no more, so that it costs little of a store of any size. Knows no answers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from corpus.document import Document, Span
from corpus.files import file_of
from corpus.record import Project
from eval.errors import EvaluationError
from eval.metrics import Gold
from eval.qa import Pair, Source
from index.contents import texts_of
from index.store import Store

SHOWN = 5
"""How many documents of the store a message names."""
SEE_ALL = "see all such with: python -m eval check FILE --store DIR"


class Named(NamedTuple):
    """What a set names of a store: texts by the source as the set writes it, and projects by any of their names.

    `sources` are those of all its documents, `files` those of the files that they are parts of.
    """

    sources: frozenset[str]
    files: frozenset[str]
    texts: Mapping[str, Sequence[Document]]
    projects: Mapping[str, Sequence[Project]]

    def holds(self, document: str) -> bool:
        """Whether the store holds a document, or a file with parts, of this name."""
        return document in self.sources or document in self.files


def find_gold(store: Store, pairs: Iterable[Pair]) -> dict[str, list[list[Gold]]]:
    """For each pair's id the places of each of its sources; a source has several where its words recur.

    Raises:
        EvaluationError: naming the first pair of which the store does not hold the document, the words or the project.
    """
    asked = list(pairs)
    named = look_up(store, [one for pair in asked for several in pair.sources for one in several])
    return {
        pair.id: [[gold for one in several for gold in locate(one, named, pair.id)] for several in pair.sources]
        for pair in asked
    }


def locate(source: Source, named: Named, pair_id: str) -> list[Gold]:
    """Every place of the quote, white space aside, or all that the document says of the project.

    Raises:
        EvaluationError: as `find_gold`.
    """
    if not named.holds(source.document):
        shown = ", ".join(sorted(named.sources)[:SHOWN])
        raise EvaluationError(
            f"{pair_id}: the store holds no document {source.document!r}; it holds {shown}; {SEE_ALL}"
        )
    places = places_of(source, named)
    if not places:
        wanted = f"project {source.project!r}" if source.project else f"words {source.quote!r}"
        raise EvaluationError(f"{pair_id}: {source.document} does not hold the {wanted}; {SEE_ALL}")
    return places


def places_of(source: Source, named: Named) -> list[Gold]:
    """The places that `locate` gives; none where there are none."""
    return _of_project(source, named) if source.project else _of_quote(source, named)


def _of_quote(source: Source, named: Named) -> list[Gold]:
    pattern = re.compile(r"\s+".join(map(re.escape, source.quote.split())))
    return [
        Gold(document.source, Span(*match.span()))
        for document in named.texts.get(source.document, ())
        for match in pattern.finditer(document.text)
    ]


def _of_project(source: Source, named: Named) -> list[Gold]:
    own = [
        one
        for one in named.projects.get(_plain(source.project), ())
        if source.document in (one.document, file_of(one.document))
    ]
    return [
        Gold(one.document, span, whole=True)
        for one in own
        for span in (one.span, one.title_span)
        if span and (span == one.span or not one.span.holds(span))
    ]


def _plain(name: str) -> str:
    return " ".join(name.split())


def look_up(store: Store, sources: Sequence[Source]) -> Named:
    """What these sources name of the store."""
    if not sources:
        return Named(frozenset(), frozenset(), {}, {})
    quoted = {one.document for one in sources if one.quote}
    held = document_sources(store)
    parts: dict[str, list[str]] = {}
    for one in held:
        for name in {one, file_of(one)} & quoted:
            parts.setdefault(name, []).append(one)
    texts = store.texts({one for several in parts.values() for one in several})
    return Named(
        frozenset(held),
        frozenset(map(file_of, held)),
        {name: [texts[one] for one in several if one in texts] for name, several in parts.items()},
        _projects(store, {_plain(one.project) for one in sources if one.project}),
    )


def document_sources(store: Store) -> tuple[str, ...]:
    """The sources of all documents that hold any text, in no particular order."""
    _, first = np.unique(store.rows.documents, return_index=True)
    with store.catalogue.transaction() as connection:
        return tuple(text.document for some in texts_of(connection, store.rows.keys[first]) for text in some)


def _projects(store: Store, wanted: set[str]) -> dict[str, list[Project]]:
    """The projects of these names; an id or a reference goes before a title that reads the same."""
    if not wanted:
        return {}
    found: dict[str, dict[str, list[int]]] = {"id": {}, "reference": {}, "title": {}}
    for title in store.names.titles:
        for kind in found:
            name = _plain(getattr(title, kind))
            if name in wanted:
                found[kind].setdefault(name, []).append(title.key)
    keys = found["title"] | found["reference"] | found["id"]
    chosen = {key for several in keys.values() for key in several}
    by_id = {one.id: one for one in store.records(np.array(sorted(chosen), dtype=np.int64))}
    ids = {title.key: title.id for title in store.names.titles if title.key in chosen}
    return {name: [by_id[ids[key]] for key in several] for name, several in keys.items()}
