"""LlamaIndex's seam: a `BaseEmbedding` over the encoder, with its vectors."""

import asyncio
from pathlib import Path

import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.embedding import open_embedding
from index.encoder import open_encoder
from index.models import find_model


@pytest.fixture
def embedding(small_model: Path, monkeypatch: pytest.MonkeyPatch) -> BaseEmbedding:
    """Open the small model by sentence-transformers, whose vectors do not depend on what they are computed beside."""
    monkeypatch.setenv("ASSISTANT_EMBEDDING_BACKEND", "sentence-transformers")
    open_embedding.cache_clear()
    return open_embedding(find_model(str(small_model)))


def test_vectors_are_of_length_one_and_a_text_has_one_vector(embedding: BaseEmbedding) -> None:
    texts = ["lamp", "A longer text about owls and lamps. " * 30, "lamp"]
    vectors = embedding.get_text_embedding_batch(texts)
    assert [sum(value * value for value in vector) for vector in vectors] == pytest.approx([1, 1, 1], abs=1e-5)
    assert vectors[0] == pytest.approx(vectors[2], abs=1e-6)
    assert vectors[0] == pytest.approx(embedding.get_query_embedding("lamp"), abs=1e-5)
    assert vectors[0] != pytest.approx(vectors[1], abs=1e-3)


def test_llamaindex_gets_the_encoder_s_own_vectors(embedding: BaseEmbedding, small_model: Path) -> None:
    encoder = open_encoder(find_model(str(small_model)))
    assert embedding.get_text_embedding("owls") == pytest.approx(encoder.passages(["owls"])[0].tolist())
    assert embedding.get_query_embedding("owls") == pytest.approx(encoder.queries(["owls"])[0].tolist())
    assert asyncio.run(embedding.aget_query_embedding("owls")) == embedding.get_query_embedding("owls")


def test_there_is_one_embedding_a_model(embedding: BaseEmbedding, small_model: Path) -> None:
    assert open_embedding(find_model(str(small_model))) is embedding
    assert embedding.model_name == "small"
