"""LlamaIndex's seam around the embedding model: any encoder as a `BaseEmbedding`."""

from functools import lru_cache
from typing import TYPE_CHECKING

from index.encoder import open_encoder
from index.models import Model

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

TEXTS_A_CALL = 256
"""Texts LlamaIndex hands over at once; the encoder makes its own batches of them."""


@lru_cache(maxsize=2)
def open_embedding(model: Model) -> "BaseEmbedding":
    """LlamaIndex's embedding over the encoder of `model`; vectors are of length 1.

    Raises:
        ModelError: the model cannot be loaded.
    """
    encoder = open_encoder(model)
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class EncoderEmbedding(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            vector: list[float] = encoder.queries([query])[0].tolist()
            return vector

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = encoder.passages(texts).tolist()
            return vectors

    return EncoderEmbedding(model_name=model.name, embed_batch_size=TEXTS_A_CALL)
