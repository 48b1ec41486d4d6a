"""A store over texts in hand, a document each, where there are no files: a collection to measure with."""

from collections.abc import Iterable
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from corpus.document import DIGEST_LENGTH, Document, Span, canonical, digest
from index import contents
from index.facts import GENERATION, read_number
from index.ingest import Changes
from index.models import find_model, open_tokenizer, read_max_tokens
from index.passages import Passage, passage_limit, split
from index.settings import Settings
from index.writer import writing


def add_texts(
    settings: Settings,
    texts: Iterable[tuple[str, str, str, str]],
    vectors: Iterable[NDArray[np.float32]] | None = None,
) -> int:
    """Make these texts what the store holds, a document each, without files; how many passages they gave.

    `texts` are (source, title, text, language); with `vectors`, one of length 1 each, a text is one passage and is not
    embedded; given again without its vector it keeps that one. For collections to measure with.

    Raises:
        ValueError: there are more texts than vectors, or fewer; the store is left as it was.
        StoreError: the store is of another model or version, locked, or cannot be written.
    """
    model = find_model(settings.embedding_model)
    tokenizer, limit = open_tokenizer(model.folder), passage_limit(read_max_tokens(model))
    with writing(settings, model) as writer, writer.ingest(reuse=True) as ingest:
        pairs = zip(texts, repeat(None)) if vectors is None else zip(texts, vectors, strict=True)
        with writer.catalogue.transaction() as connection:
            held = contents.files_of(connection, read_number(connection, GENERATION))
        for told, vector in pairs:
            document = _document(*told)
            if vector is None:
                ingest.add(document, (), split(document, (), tokenizer, limit=limit))
            else:
                span = Span(0, len(document.text))
                whole = Passage(f"{document.id}:0-{span.end}", document.id, None, span, document.text)
                ingest.add(document, (), [whole], vector.reshape(1, -1))
        stale = [key for keys, _ in held.values() for key in keys]
        ingest.finish(stale, Changes(0, 0, 0), model.fingerprint)
        return ingest.written


def _document(source: str, title: str, text: str, language: str) -> Document:
    sha256 = digest(text.encode("utf-8", "surrogatepass"))
    return Document(
        f"{source}-{sha256[:DIGEST_LENGTH]}", source, "text/plain", title, language, sha256, canonical(text), ()
    )
