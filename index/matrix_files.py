"""The files of the copy of the vectors: reading, writing, and putting one copy in the place of another.

    folder/CURRENT      JSON: which copy is read, the length of a vector, whether the copy stands in cells
    folder/N/vectors    float32, a row a vector, appended
    folder/N/keys       int64, a key a row, appended after the vectors: it says how many rows there are
    folder/N/centres, folder/N/starts, folder/N/order
                        only of a copy in cells: index.cells.Cells, and its rows in the order of their keys

This module knows nothing of searching.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import MatrixError, repair

VERSION = 1
"""Of the files; a copy of another version is made again."""


@dataclass(frozen=True, slots=True)
class Current:
    """The copy that readers open: its number, the length of its vectors, whether it stands in cells."""

    copy: int
    dim: int
    celled: bool


def check_vectors(folder: Path, dim: int, vectors: NDArray[np.float32]) -> None:
    """Refuse with a MatrixError what is no array (n, dim) of finite numbers."""
    if vectors.ndim != 2 or vectors.shape[1] != dim:
        raise MatrixError(
            f"{folder}: vectors of shape {vectors.shape}, expected (n, {dim}); use the model the store was built with"
        )
    finite = np.isfinite(vectors).all(axis=1)
    if not finite.all():
        raise MatrixError(
            f"{folder}: vector {int(np.argmin(finite))} of {len(vectors)} holds NaN or infinity, expected finite "
            "numbers; check the model's files"
        )


def mapped(path: Path, dtype: type[np.generic], shape: tuple[int, ...]) -> NDArray[Any]:
    """The first numbers of a file, for reading, without reading them; a MatrixError if there are not so many."""
    if 0 in shape:
        return np.empty(shape, dtype)  # nothing cannot be mapped
    try:
        return np.memmap(path, dtype, mode="r", shape=shape).view(np.ndarray)
    except ValueError as error:
        raise MatrixError(
            f"{path}: {path.stat().st_size} bytes, expected an array {shape} of {np.dtype(dtype)}; "
            f"make it again: {repair(path.parents[2])}"
        ) from error


def read_current(folder: Path) -> Current | None:
    """Which copy readers open; None where there is none yet, a MatrixError where that cannot be made out."""
    try:
        text = (folder / "CURRENT").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        told = json.loads(text)
        if told["version"] == VERSION:
            return Current(int(told["copy"]), int(told["dim"]), bool(told["celled"]))
    except (ValueError, KeyError, TypeError) as error:
        raise MatrixError(
            f"{folder / 'CURRENT'}: {text[:80]!r} names no copy; make it again: {repair(folder.parent)}"
        ) from error
    raise MatrixError(
        f"{folder}: a copy of version {told['version']}, expected {VERSION}; make it again: {repair(folder.parent)}"
    )


def switch(folder: Path, current: Current) -> None:
    """Name the copy that readers open from now on; what it names is on the disk before."""
    copy = folder / str(current.copy)
    _sync_folder(copy)
    _sync_folder(folder)
    told = {"version": VERSION, "copy": current.copy, "dim": current.dim, "celled": current.celled}
    write_file(folder / "CURRENT.new", [json.dumps(told).encode()])
    (folder / "CURRENT.new").replace(folder / "CURRENT")
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_file(path: Path, parts: Iterable[bytes | NDArray[Any]]) -> None:
    """Write a file of these parts; it is on the disk on return."""
    with path.open("wb") as file:
        for part in parts:
            file.write(part if isinstance(part, bytes) else np.ascontiguousarray(part).data)
        file.flush()
        os.fsync(file.fileno())


def write_at(file: FileIO, offset: int, array: NDArray[Any]) -> None:
    """Write the numbers of an array from this byte on."""
    data = array.reshape(-1).view(np.uint8).data
    while data:
        written = os.pwrite(file.fileno(), data, offset)  # at most 2 GiB at once
        data, offset = data[written:], offset + written


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Turn what the system refuses into a MatrixError."""
    try:
        yield
    except FileNotFoundError as error:
        raise MatrixError(
            f"{error.filename}: not there, expected as a part of {folder}; make it again: {repair(folder.parent)}"
        ) from error
    except OSError as error:
        raise MatrixError(
            f"{folder}: {error.strerror or error}; see to the disk's space and the folder's permissions, then: "
            f"{repair(folder.parent)}"
        ) from error
