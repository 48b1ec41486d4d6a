"""What can go wrong with a store.

ProjectError (corpus.errors)
└── StoreError                 (exit code 1)
    ├── NoStoreError           nothing has been built there
    ├── ModelMismatchError     built with another embedding model than the one asked for
    ├── StoreVersionError      built by another version of this program
    ├── StoreLockedError       another process is writing
    └── ModelError             the embedding model is missing, damaged or not what it claims
"""

from corpus.errors import ProjectError


class StoreError(ProjectError):
    """The store could not be read or written."""


class NoStoreError(StoreError):
    """There is no store in this folder."""


class ModelMismatchError(StoreError):
    """The vectors of this store were made by another model; comparing them with this one's means nothing."""


class StoreVersionError(StoreError):
    """The catalogue's tables are those of another version."""


class StoreLockedError(StoreError):
    """One writer at a time."""


class ModelError(StoreError):
    """The embedding model cannot be used."""
