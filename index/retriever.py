"""LlamaIndex's seam: a store as a retriever, to be used wherever LlamaIndex takes one.

Imported by who uses LlamaIndex; nothing else here needs it.
"""

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.filters import Filters
from index.live import LiveStore
from index.passages import Hit
from index.settings import Settings
from index.store import Store


class StoreRetriever(BaseRetriever):
    """The passages of the store's newest generation that fit a query best, as nodes, best first.

    A node's id is the passage's, its text the verbatim passage, `start_char_idx` and `end_char_idx` its place in the
    document's text; `metadata` has `source`, `document_id`, `title`, `project_id`, `project` (its title) and `page`.
    Scores are from 0 to 1.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        top_k: int = 10,
        filters: Filters | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        self._live = LiveStore(settings)
        self._top_k, self._filters = top_k, filters
        super().__init__(callback_manager=callback_manager)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        store = self._live.current()
        hits = store.search(query_bundle.query_str, self._top_k, self._filters)
        return [NodeWithScore(node=_node(store, hit), score=hit.score) for hit in hits]

    def close(self) -> None:
        """Let go of the store."""
        self._live.close()


def _node(store: Store, hit: Hit) -> TextNode:
    passage = hit.passage
    facts: dict[str, Any] = store.facts_of(passage)
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.span.start,
        end_char_idx=passage.span.end,
        metadata=facts,
        excluded_embed_metadata_keys=list(facts),
        excluded_llm_metadata_keys=["document_id", "project_id"],
    )
