"""The vectors: a persistent Chroma collection behind LlamaIndex's vector store. Derived from the catalogue."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import StoreError
from index.offline import stay_offline
from index.passages import Passage

if TYPE_CHECKING:
    from llama_index.vector_stores.chroma import ChromaVectorStore

FOLDER = "chroma"
COLLECTION = "passages"
ADD_AT_ONCE = 1_000
"""Chroma bounds one call at some 5,000 rows; the bound differs between builds of SQLite."""


def open_vectors(folder: Path) -> tuple["ChromaVectorStore", Callable[[], None]]:
    """The vectors of the store in `folder`, made if they are not there, and what closes them.

    A process that holds them open does not see what another process adds; it has to close all it has opened first.

    Raises:
        StoreError: Chroma cannot open them.
    """
    stay_offline()
    import chromadb
    from chromadb.config import Settings
    from chromadb.errors import ChromaError
    from llama_index.vector_stores.chroma import ChromaVectorStore

    path = folder / FOLDER
    try:
        client = chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))
        collection = client.get_or_create_collection(
            COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
    except (ChromaError, OSError, ValueError, RuntimeError) as error:
        raise StoreError(
            f"{path}: Chroma cannot open it ({error}); build the store again: "
            f"python -m index build PATH --store {folder} --rebuild"
        ) from error
    return ChromaVectorStore.from_collection(collection), client.close  # type: ignore[attr-defined]  # the class has it, its interface not


def add(vectors: "ChromaVectorStore", passages: Sequence[Passage], embeddings: Sequence[list[float]]) -> None:
    """Add passages with their embeddings `(n_passages, dim)`; one that is there already stays as it is."""
    from llama_index.core.schema import BaseNode, TextNode

    nodes: list[BaseNode] = [
        TextNode(
            id_=passage.id,
            text=passage.text,
            embedding=embedding,
            metadata={"project": passage.project_id or "", "document": passage.document_id},
        )
        for passage, embedding in zip(passages, embeddings, strict=True)
    ]
    for start in range(0, len(nodes), ADD_AT_ONCE):
        vectors.add(nodes[start : start + ADD_AT_ONCE])


def ids(vectors: "ChromaVectorStore") -> set[str]:
    """Ids of all passages there."""
    return set(vectors.client.get(include=[])["ids"])


def remove(vectors: "ChromaVectorStore", passage_ids: Sequence[str]) -> None:
    """Drop passages by id."""
    for start in range(0, len(passage_ids), ADD_AT_ONCE):
        vectors.delete_nodes(list(passage_ids[start : start + ADD_AT_ONCE]))


def nearest(
    vectors: "ChromaVectorStore", embedding: list[float], top_k: int, project_ids: Sequence[str] | None = None
) -> list[tuple[str, float]]:
    """(passage id, cosine) of the nearest passages, best first, of all or of some projects."""
    from llama_index.core.vector_stores.types import FilterOperator, MetadataFilter, MetadataFilters, VectorStoreQuery

    filters = None
    if project_ids is not None:
        wanted = MetadataFilter(key="project", operator=FilterOperator.IN, value=list(project_ids))
        filters = MetadataFilters(filters=[wanted])
    found = vectors.query(VectorStoreQuery(query_embedding=embedding, similarity_top_k=top_k, filters=filters))
    # LlamaIndex reports exp(-distance); Chroma's distance is 1 - cosine.
    return [
        (identity, 1 + math.log(similarity))
        for identity, similarity in zip(found.ids or [], found.similarities or [], strict=True)
    ]
