"""The programs that are measured beside ours: what others would use, and the parts of ours alone, as their raw limits.

The one module outside `index` that speaks to these libraries. A program ingests texts into a folder and searches it;
each does so as its own documentation's first page shows, with the model of our store.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import MisuseError
from eval.beir import Text
from eval.material import unit_vectors
from eval.ours import OpenStore, Search, ingest, model_folder, open_bare_encoder

if TYPE_CHECKING:
    from chromadb import Collection

EXTRA = "pip install --constraint constraints.txt --editable '.[bench]'"
ADD_AT_ONCE = 1_000
"""Rows of one call; Chroma bounds it at some 5,000."""
MADE_QUESTIONS = 512
"""Vectors that Chroma alone is asked for, again and again."""

Ingest = Callable[[Sequence[Text]], None]


@dataclass(frozen=True, slots=True)
class Program:
    """How a program gets ready to take texts into an empty folder, and opens that folder; `needs` are its modules.

    Getting ready is importing it and opening its model: what is then called takes the texts in, and writes them down.
    """

    ready: Callable[[Path], Ingest]
    open: Callable[[Path], Search]
    needs: Sequence[str] = ()


def check_installed(programs: Mapping[str, Program]) -> None:
    """Refuse to begin a measurement that could not be finished.

    Raises:
        MisuseError: naming the extra that brings what is missing, and the command.
    """
    for name, program in programs.items():
        missing = [module for module in program.needs if not _is_there(module)]
        if missing:
            raise MisuseError(f"{name}: the module {missing[0]} is missing; install the extra `bench` with: {EXTRA}")


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # of the package around it
        return False


def words_of(text: Text) -> str:
    """What a program without titles is given."""
    return f"{text.title}\n{text.text}" if text.title else text.text


def _ours(folder: Path) -> Ingest:
    open_bare_encoder()
    return lambda texts: ingest(texts, folder)


def _open_ours(folder: Path) -> Search:
    return OpenStore(folder).search


def _starter(folder: Path) -> Ingest:
    """As in LlamaIndex's guide to Chroma: what it leaves at its defaults is left so."""
    from llama_index.core import Document, StorageContext, VectorStoreIndex

    store, model = _starter_parts(folder)

    def take(texts: Sequence[Text]) -> None:
        documents = [Document(text=words_of(text), doc_id=text.id) for text in texts]
        context = StorageContext.from_defaults(vector_store=store)
        VectorStoreIndex.from_documents(documents, storage_context=context, embed_model=model)

    return take


def _open_starter(folder: Path) -> Search:
    from llama_index.core import VectorStoreIndex

    store, model = _starter_parts(folder)
    index = VectorStoreIndex.from_vector_store(store, embed_model=model)

    def search(question: str, top_k: int) -> list[str]:
        found = index.as_retriever(similarity_top_k=top_k).retrieve(question)
        return [str(one.node.ref_doc_id) for one in found]

    return search


def _starter_parts(folder: Path) -> tuple[Any, Any]:
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    store = ChromaVectorStore(chroma_collection=_collection(folder))
    return store, HuggingFaceEmbedding(model_name=str(model_folder()))


def _txtai(folder: Path) -> Ingest:
    from txtai import Embeddings

    embeddings = Embeddings(path=str(model_folder()), hybrid=True, content=True)

    def take(texts: Sequence[Text]) -> None:
        embeddings.index([(text.id, words_of(text), None) for text in texts])
        embeddings.save(str(folder))

    return take


def _open_txtai(folder: Path) -> Search:
    from txtai import Embeddings

    embeddings = Embeddings()
    embeddings.load(str(folder))
    return lambda question, top_k: [str(row["id"]) for row in embeddings.search(question, top_k)]


def _model(_: Path) -> Ingest:
    encoder = open_bare_encoder()

    def take(texts: Sequence[Text]) -> None:
        encoder.passages([words_of(text) for text in texts])

    return take


def _open_model(_: Path) -> Search:
    encoder = open_bare_encoder()

    def search(question: str, _: int) -> list[str]:
        encoder.queries([question])
        return []

    return search


def _tantivy(folder: Path) -> Ingest:
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    schema.add_text_field("text", stored=True, tokenizer_name="en_stem")
    index = tantivy.Index(schema.build(), path=str(folder))

    def take(texts: Sequence[Text]) -> None:
        writer = index.writer()
        for text in texts:
            writer.add_document(tantivy.Document(id=text.id, text=words_of(text)))
        writer.commit()
        writer.wait_merging_threads()

    return take


def _open_tantivy(folder: Path) -> Search:
    import tantivy

    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()

    def search(question: str, top_k: int) -> list[str]:
        query, _ = index.parse_query_lenient(question, ["text"])
        return [str(searcher.doc(address)["id"][0]) for _, address in searcher.search(query, top_k).hits]

    return search


def _chroma(folder: Path) -> Ingest:
    collection = _collection(folder)
    return lambda texts: _add(collection, texts, list(unit_vectors(len(texts))))


def _open_chroma(folder: Path) -> Search:
    collection, vectors = _collection(folder), cycle(unit_vectors(MADE_QUESTIONS, seed=1))
    return lambda _, top_k: _nearest(collection, next(vectors), top_k)


def _model_and_chroma(folder: Path) -> Ingest:
    encoder, collection = open_bare_encoder(), _collection(folder)
    return lambda texts: _add(collection, texts, encoder.passages([words_of(text) for text in texts]))


def _open_model_and_chroma(folder: Path) -> Search:
    encoder, collection = open_bare_encoder(), _collection(folder)
    return lambda question, top_k: _nearest(collection, encoder.queries([question])[0], top_k)


def _collection(folder: Path) -> "Collection":
    import chromadb

    return chromadb.PersistentClient(str(folder)).get_or_create_collection("texts", embedding_function=None)


def _add(
    collection: "Collection", texts: Sequence[Text], vectors: Sequence[NDArray[np.float32]] | NDArray[np.float32]
) -> None:
    for start in range(0, len(texts), ADD_AT_ONCE):
        part = texts[start : start + ADD_AT_ONCE]
        collection.add(
            ids=[text.id for text in part],
            embeddings=list(vectors[start : start + ADD_AT_ONCE]),
            documents=[words_of(text) for text in part],
        )


def _nearest(collection: "Collection", vector: NDArray[np.float32], top_k: int) -> list[str]:
    return list(collection.query(query_embeddings=vector[None], n_results=top_k)["ids"][0])


PROGRAMS = {
    "ours": Program(_ours, _open_ours),
    "LlamaIndex starter": Program(
        _starter, _open_starter, ("llama_index.embeddings.huggingface", "llama_index.vector_stores.chroma")
    ),
    "txtai hybrid": Program(_txtai, _open_txtai, ("txtai",)),
    "bare model": Program(_model, _open_model),
    "bare Tantivy": Program(_tantivy, _open_tantivy),
    "bare Chroma": Program(_chroma, _open_chroma),
    "bare model + Chroma": Program(_model_and_chroma, _open_model_and_chroma),
}
"""By name. The model alone finds nothing, and Chroma alone is given vectors that are made up: limits, not programs."""
PEERS = tuple(name for name, program in PROGRAMS.items() if program.needs)
BARE = tuple(name for name in PROGRAMS if name.startswith("bare"))
