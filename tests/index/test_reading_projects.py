"""Projects, texts and passages read by key, and the projects nearest to a vector, against brute force."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.filters import Filters
from index.passages import context, embedded_text
from index.settings import Settings
from index.store import Store


@pytest.fixture(scope="module")
def store(reedmoor_store: Path) -> Iterator[Store]:
    """Open the store of the invented organisation."""
    with closing(Store(Settings(reedmoor_store))) as opened:
        yield opened


def _brute_force(store: Store, question: str, only: set[str] | None = None) -> list[tuple[str, float]]:
    """Ids of projects by the cosine of the question with the mean of their passages, which are embedded anew."""
    asked = store.embed_question(question)
    found = {}
    for identity, project in store.projects.items():
        own = [one for one in store.passages() if one.project_id == identity]
        texts = [embedded_text(one, context(store.documents[one.document_id], project)) for one in own]
        mean = store.embed(texts).mean(axis=0)
        if only is None or identity in only:
            found[identity] = float(mean @ asked / np.linalg.norm(mean))
    return sorted(found.items(), key=lambda pair: -pair[1])


@pytest.mark.parametrize("question", ["lamps and evening walks", "roads and bridges", "o moară reparată", "bees"])
def test_the_likest_projects_are_those_of_brute_force(store: Store, question: str) -> None:
    ids = {one.key: one.id for one in store.names.titles}
    found = store.likest_projects(store.embed_question(question), 17)
    expected = _brute_force(store, question)
    assert [cosine for _, cosine in found] == pytest.approx([cosine for _, cosine in expected], abs=2e-3)
    assert {ids[key] for key, _ in found} == {identity for identity, _ in expected}
    assert ids[found[0][0]] == expected[0][0]


def test_the_likest_are_kept_to_a_number_and_to_filters(store: Store) -> None:
    vector = store.embed_question("roads and bridges")
    every = store.likest_projects(vector, 100)
    assert len(every) == 17
    assert [key for key, _ in store.likest_projects(vector, 3)] == [key for key, _ in every[:3]]
    georgia = store.likest_projects(vector, 100, Filters(country="GE"))
    kept = set(store.choose([Filters(country="GE")]).tolist())
    assert [key for key, _ in georgia] == [key for key, _ in every if key in kept]
    assert dict(georgia) == pytest.approx({key: cosine for key, cosine in every if key in kept}, abs=1e-5)
    assert store.likest_projects(vector, 5, Filters(country="BR")) == []
    assert store.likest_projects(vector, 0) == []


def test_records_come_in_order_of_document_and_place_however_asked_for(store: Store) -> None:
    keys = store.choose()
    whole = [project.id for project in store.records(keys)]
    assert whole == [one.id for one in store.names.titles] == list(store.projects)
    assert [project.id for project in store.records(keys[::-1])] == whole
    assert store.records(keys[:0]) == []
    (one,) = store.records(keys[3:4])
    assert one == store.projects[store.names.titles[3].id]


def test_texts_are_documents_by_source_without_their_blocks(store: Store) -> None:
    found = store.texts(["projects.md", "proiecte.md", "no-such.md"])
    assert set(found) == {"projects.md", "proiecte.md"}
    for source, document in found.items():
        whole = store.sources[source]
        assert (document.id, document.text, document.language) == (whole.id, whole.text, whole.language)
        assert document.blocks == ()
    assert store.texts([]) == {}


def test_a_document_is_read_by_its_id_with_its_headings(store: Store) -> None:
    whole = store.sources["projects.md"]
    headings = tuple(block for block in whole.blocks if block.kind in ("heading", "meta"))
    assert store.document(whole.id) == replace(whole, blocks=headings)
    assert store.document(whole.id) is store.document(whole.id)
    assert 0 < len(headings) < len(whole.blocks)


@given(st.sets(st.integers(0, 16)))
def test_passages_of_projects_are_all_of_theirs_and_no_other(store: Store, chosen: set[int]) -> None:
    titles = store.names.titles
    keys = np.array([titles[at].key for at in sorted(chosen)], np.int64)
    ids = {titles[at].id for at in chosen}
    assert [one.id for one in store.passages_of(keys)] == [one.id for one in store.passages() if one.project_id in ids]


def test_passages_in_a_document_are_all_of_its_own_in_order(store: Store) -> None:
    for document in store.documents.values():
        own = [one for one in store.passages() if one.document_id == document.id]
        assert [one.id for one in store.passages_in(document.id)] == [one.id for one in own]
        assert all(one.span.of(document.text) == one.text for one in own)
    assert store.passages_in("no-such-document") == []


def test_passages_that_hold_words_hold_each_of_them(store: Store) -> None:
    found = store.passages_that_hold("Varna museums")
    assert {one.project_id for one in found} == {"salt-road", "paper-boats"}
    assert store.passages_holding("Varna museums") == len(found)
    assert store.passages_that_hold("Varna volcano") == []
    assert store.passages_holding("volcano") == 0


def test_counts_and_languages_are_those_of_what_is_read(store: Store) -> None:
    assert store.counts() == {"documents": 5, "projects": 17, "passages": len(store.passages())}
    assert store.passage_count == len(store.passages())
    assert store.languages() == {"en": 4, "ro": 1}
