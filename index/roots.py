"""What a store is built from: the paths it was given, what staff have uploaded, less what they have left out.

The paths and the list of what is left out stand in the catalogue and outlive a rebuild; what is uploaded lies in a
folder of the store (`index.uploads`) and is read along with the paths in every build.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, inspect, select

from corpus.files import File, find_files
from corpus.pool import wanted
from index.catalogue import open_catalogue
from index.errors import NoRootsError
from index.settings import Settings
from index.tables import left_out, roots
from index.uploads import SOURCE, uploads_folder


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files to read, and those that are met and not read: of types without a reader, or left out by staff."""

    files: list[File]
    skipped: list[str]
    left_out: list[str]

    @property
    def uploaded(self) -> int:
        """How many of the files to read were uploaded."""
        return sum(file.source.startswith(SOURCE) for file in self.files)

    def without(self, sources: Iterable[str]) -> "Gathered":
        """The same, the files of these sources left out."""
        out = set(sources)
        return Gathered(
            [file for file in self.files if file.source not in out],
            self.skipped,
            [file.source for file in self.files if file.source in out],
        )


def write_roots(connection: Connection, paths: Sequence[Path]) -> None:
    """Remember the paths that a build was given, as they are found from anywhere on this machine."""
    connection.execute(delete(roots))
    rows = [{"position": n, "path": os.fspath(path.absolute())} for n, path in enumerate(paths)]
    if rows:
        connection.execute(insert(roots), rows)


def read_roots(connection: Connection) -> list[Path]:
    """The paths that the last build was given; none of a store that was built before they were remembered."""
    if not inspect(connection).has_table(roots.name):  # a store of an older version that cannot be written
        return []
    return [Path(path) for path in connection.execute(select(roots.c.path).order_by(roots.c.position)).scalars()]


def leave_out(connection: Connection, file: str) -> None:
    """From the next build on, do not read the file of this source."""
    take_in(connection, file)
    connection.execute(insert(left_out).values(file=file, made_at=datetime.now(UTC).isoformat(timespec="seconds")))


def take_in(connection: Connection, file: str) -> None:
    """From the next build on, read the file of this source again."""
    connection.execute(delete(left_out).where(left_out.c.file == file))


def read_left_out(connection: Connection) -> list[str]:
    """Sources of the files that are not to be read, in order."""
    if not inspect(connection).has_table(left_out.name):
        return []
    return list(connection.execute(select(left_out.c.file).order_by(left_out.c.file)).scalars())


def remembered(settings: Settings) -> list[Path]:
    """The paths of the last build, for one that is given none.

    Raises:
        NoStoreError: nothing was built yet.
        NoRootsError: the store does not remember them.
    """
    with closing(open_catalogue(settings)) as catalogue, catalogue.transaction() as connection:
        found = read_roots(connection)
    if not found:
        raise NoRootsError(
            f"{settings.store} does not know which documents it was built from; build it once more and give them: "
            f"python -m index build PATH --store {settings.store}"
        )
    return found


def gather(settings: Settings, paths: Sequence[Path]) -> Gathered:
    """The files at or under `paths` and those that were uploaded.

    Raises:
        MisuseError: a path does not exist, or two files would have the same source.
    """
    uploads = uploads_folder(settings.store)
    given = find_files(paths)
    own = uploads.resolve()
    if any(path.resolve() in own.parents for path in paths):  # who gives a folder around the store means what is beside
        given = [file for file in given if own not in file.path.resolve().parents]
    uploaded = (
        [replace(file, source=SOURCE + file.source) for file in find_files([uploads])] if uploads.is_dir() else []
    )
    found = list({file.source: file for file in (*given, *uploaded)}.values())
    read = wanted(found, paths)
    known = {file.source for file in read}
    return Gathered(read, [file.source for file in found if file.source not in known], [])
