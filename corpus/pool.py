"""Reading many files at once, in processes of their own: one that crashes or hangs its reader takes no other along.

What a process has read comes back through a file of pickles, one reading after the other, so that a register of a
million rows is never in memory whole, on neither side.
"""

import errno
import os
import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.collector import collector_paused
from corpus.document import Unreadable
from corpus.errors import CorpusError, SpoolError, UnreadableError
from corpus.files import MEDIA_TYPES, File, find_files
from corpus.forks import fork_context
from corpus.record import Reading

if TYPE_CHECKING:
    from pebble import ProcessPool

SECONDS_A_FILE = 60.0
SECONDS_A_MEGABYTE = 10.0
"""What reading may take on top for each million bytes; a slow machine needs about one."""
MEMORY_BYTES = 4 << 30
"""Address space of a process that reads; where it does not suffice the file is reported."""
AHEAD = 8
"""Files for each process that are read before the first of them is asked for."""

Read = TypeVar("Read")
"""What is made of a file: its readings or, where those are not needed whole, what a caller makes of them over there."""


def read_paths(paths: Iterable[Path], *, processes: int | None = None) -> Iterator[Reading | Unreadable]:
    """Every document at or under `paths`; files of other types inside folders are passed over.

    Raises:
        MisuseError: as `find_files`.
        CorpusError: there is no file of a type that can be read.
    """
    given = list(paths)
    files = wanted(find_files(given), given)
    if not files:
        raise CorpusError(nothing_to_read(given))
    return read_files(files, whole, processes=processes)


def whole(file: File) -> Iterator[Reading]:
    """As `corpus.reading.read_file`, whose imports only the processes that read have to wait for."""
    from corpus.reading import read_file

    return read_file(file)


def wanted(files: Sequence[File], given: Sequence[Path]) -> list[File]:
    """The files that there is a reader for, those a person named, and archives that cannot be listed."""
    return [file for file in files if file.media_type or (file.path in given and not file.member) or _broken(file)]


def _broken(file: File) -> bool:
    return file.ending == ".zip" and not file.member


def nothing_to_read(paths: Iterable[Path]) -> str:
    """The message for paths that hold no file of a type that can be read."""
    names = ", ".join(map(str, paths))
    return f"{names}: no document to read; put {' '.join(sorted(MEDIA_TYPES))} files there or give another path"


def read_files(
    files: Sequence[File],
    read: Callable[[File], Iterable[Read]],
    *,
    processes: int | None = None,
    seconds_a_file: float = SECONDS_A_FILE,
) -> Generator[Read | Unreadable, None, None]:
    """What `read` gives of each file, in their order, in as many processes as there are cores unless told otherwise.

    Of a file that fails half way nothing is given but the reason. `read` runs in another process, which has to find it
    by its name; what it gives comes back pickled, so let it give no more than is needed.
    """
    workers = max(1, min(len(files), processes or os.cpu_count() or 1))
    with tempfile.TemporaryDirectory(prefix="readings-") as folder, _pool(workers) as pool:
        under_way: deque[tuple[File, Path, Future[None]]] = deque()
        try:
            for number, file in enumerate(files):
                spool = Path(folder, str(number))
                seconds = seconds_a_file + SECONDS_A_MEGABYTE * _megabytes(file)
                under_way.append((file, spool, pool.schedule(_read, args=[read, file, spool], timeout=seconds)))
                if len(under_way) >= AHEAD * workers:
                    yield from _results(*under_way.popleft())
            while under_way:
                yield from _results(*under_way.popleft())
        finally:
            # Also when the caller goes away half way: nobody waits for what nobody will look at.
            pool.stop()  # type: ignore[no-untyped-call]


def _pool(workers: int) -> "ProcessPool":
    from pebble import ProcessPool

    return ProcessPool(max_workers=workers, context=fork_context(), initializer=_begin)


def _begin() -> None:
    """Prepare a process that reads: it leaves Ctrl-C to its parent, and has bounded memory."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(ImportError, ValueError, OSError):  # not every system has the means, or lets us
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _megabytes(file: File) -> float:
    try:
        return file.path.stat().st_size / 1e6
    except OSError:
        return 0.0


def _read(read: Callable[[File], Iterable[object]], file: File, spool: Path) -> None:
    """Read `file`, in a process of the pool, into a file of pickles."""
    with _room(spool), spool.open("wb") as out:
        for reading in read(file):
            with collector_paused():
                pickle.dump(reading, out, pickle.HIGHEST_PROTOCOL)


@contextmanager
def _room(spool: Path) -> Iterator[None]:
    """Tell a full temporary folder from a file that cannot be read."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise SpoolError(
            f"there is no room in {spool.parent.parent} for what is read ({error.strerror}); free some, "
            "or name another folder with TMPDIR"
        ) from error


def _results(file: File, spool: Path, future: "Future[None]") -> Iterator[Any]:
    from pebble import ProcessExpired

    try:
        future.result()
    except SpoolError:
        raise
    except UnreadableError as error:
        yield Unreadable(file.source, str(error))
        return
    except FutureTimeoutError:
        yield Unreadable(file.source, "reading it took too long; split it or save it in another format")
        return
    except ProcessExpired as error:
        yield Unreadable(file.source, f"its reader crashed ({error}); save it in another format")
        return
    except Exception as error:  # noqa: BLE001  # the outermost edge of a process that read what anybody may have made
        yield Unreadable(file.source, f"its reader failed ({type(error).__name__}: {error}); please report this")
        return
    with spool.open("rb") as stored:
        while True:
            try:
                with collector_paused():
                    reading = pickle.load(stored)  # noqa: S301  # written by ourselves, in a folder of our own
            except EOFError:
                break
            yield reading
    spool.unlink()
