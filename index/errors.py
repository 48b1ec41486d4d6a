"""What can go wrong with a store.

ProjectError (corpus.errors)
└── StoreError                 (exit code 1)
    ├── NoStoreError           nothing has been built there
    ├── ModelMismatchError     built with another embedding model than the one asked for
    ├── StoreVersionError      built by another version of this program
    ├── DamagedError           the catalogue's file is not what it was; it has to be built again
    ├── StoreLockedError       another process is writing
    ├── DecidedError           somebody else has decided on a candidate in the meantime
    ├── NoRootsError           a store does not know which documents it was built from
    ├── UploadError            an uploaded document is not kept, or cannot be moved
    ├── BusyError              a sync or another long job of this store is under way
    ├── UnreachableError       the catalogue's or the vectors' server does not answer
    ├── ViewError              what is derived from the catalogue is missing, damaged or behind
    │   ├── WordsError         the words
    │   ├── MatrixError        the copy of the vectors
    │   └── VectorsError       the vectors
    └── ModelError             the embedding model is missing, damaged or not what it claims
"""

from pathlib import Path

from corpus.errors import ProjectError


class StoreError(ProjectError):
    """The store could not be read or written."""


class NoStoreError(StoreError):
    """There is no store in this folder."""


class ModelMismatchError(StoreError):
    """The vectors of this store were made by another model; comparing them with this one's means nothing."""


class StoreVersionError(StoreError):
    """The catalogue's tables are those of another version."""


class DamagedError(StoreError):
    """The catalogue cannot be read; what it held is lost."""


class StoreLockedError(StoreError):
    """One writer at a time."""


class DecidedError(StoreError):
    """A candidate is no longer as whoever decides on it has seen it."""


class NoRootsError(StoreError):
    """A store was built before it was remembered from which paths."""


class UploadError(StoreError):
    """An uploaded document is of a type, size or name that is not kept, or cannot be moved where it should go."""


class BusyError(StoreError):
    """One long job at a time."""


class UnreachableError(StoreError):
    """A server that holds a part of the store does not answer; reads go on by themselves when it is back."""


class ViewError(StoreError):
    """A view can be made again from the catalogue."""


class WordsError(ViewError):
    """The words cannot be opened or written."""


class MatrixError(ViewError):
    """The copy of the vectors cannot be opened or written."""


class VectorsError(ViewError):
    """The vectors cannot be opened or written."""


class ModelError(StoreError):
    """The embedding model cannot be used."""


def repair(folder: Path) -> str:
    """The command that makes the views of the store in `folder` again."""
    return f"python -m index verify --repair --store {folder}"
