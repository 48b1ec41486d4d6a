"""One project of a store: by its id, or by a place in a document that it is described at."""

import numpy as np
from sqlalchemy import ColumnElement, select

from corpus.record import Project
from index.contents import visible
from index.store import Store
from index.tables import documents, projects


def project_of(store: Store, identity: str) -> Project | None:
    """The project of an id; None where there is none such now."""
    return _one(store, projects.c.id == identity)


def project_at(store: Store, source: str, offset: int) -> Project | None:
    """The project whose description in the document of this source holds the character at `offset`; None where none."""
    return _one(store, documents.c.source == source, projects.c.start <= offset, projects.c.end > offset)


def _one(store: Store, *conditions: ColumnElement[bool]) -> Project | None:
    joined = projects.join(documents, projects.c.document == documents.c.key)
    # Of descriptions one within another, the innermost.
    order = (projects.c.end - projects.c.start, projects.c.key)
    query = select(projects.c.key).select_from(joined).where(visible(store.generation), *conditions)
    with store.catalogue.transaction() as connection:
        key = connection.execute(query.order_by(*order).limit(1)).scalar()
    return store.records(np.array([key], dtype=np.int64))[0] if key is not None else None
