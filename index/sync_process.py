"""What runs in the process of a long job that the page has started: a sync with its check, a verification, a vacuum.

`python -m index.sync_process JOB`, the store named by the environment. It tells what it does in lines of JSON on
standard output, and stops when standard input ends, as it does when the process that started it is gone, however that
came about. `index.syncing` is the other end.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from corpus.command import run
from corpus.errors import MisuseError, ProjectError
from index.settings import Settings, read_settings

SYNC, VERIFY, VACUUM = "sync", "verify", "vacuum"
STEP, CHECKING, REPORT, PROBLEMS, FREED, ERROR = "step", "checking", "report", "problems", "freed", "error"
"""What a line tells of: its `event`."""
NICENESS = 10
"""Who asks questions comes first."""
STEP_SECONDS = 0.2
"""Between one step that is told and the next."""

Say = Callable[[str, Any], None]


def main(arguments: Sequence[str]) -> int:
    """Do one job; 1 where it failed, which is told as well."""
    say = _teller()
    threading.Thread(target=_stop_at_end_of_input, daemon=True).start()
    with suppress(AttributeError, OSError):  # not every system has the means
        os.nice(NICENESS)
    jobs: dict[str, Callable[[Settings, Say], None]] = {SYNC: sync, VERIFY: verify, VACUUM: vacuum}
    try:
        if len(arguments) != 1 or arguments[0] not in jobs:
            raise MisuseError(f"{' '.join(arguments)!r}: expected one of {', '.join(jobs)}")
        jobs[arguments[0]](read_settings(), say)
    except ProjectError as error:
        say(ERROR, str(error))
        return 1
    return 0


def sync(settings: Settings, say: Say) -> None:
    """Build the store anew from where it was built from, then look for what a person should look at."""
    from index.roots import remembered
    from index.sync import build

    last = 0.0

    def tell(step: Any) -> None:
        nonlocal last
        if step.done == step.files or time.monotonic() - last >= STEP_SECONDS:
            last = time.monotonic()
            say(STEP, asdict(step))

    report = build(settings, remembered(settings), tell=tell)
    say(REPORT, asdict(report))
    check_documents(settings, [failure.source for failure in report.failed], say)


def check_documents(settings: Settings, failed: Sequence[str], say: Say) -> None:
    """Keep what the corpus check finds in the files of the store, unless that was done already."""
    from corpus.check import check
    from index.catalogue import open_catalogue
    from index.facts import GENERATION, IDENTITY, read_fact, read_number
    from index.findings import Findings, read_findings, state_of, write_findings
    from index.roots import gather, read_left_out, read_roots

    with closing(open_catalogue(settings)) as catalogue, catalogue.transaction() as connection:
        state = state_of(read_fact(connection, IDENTITY) or "", read_number(connection, GENERATION), failed)
        paths, without = read_roots(connection), read_left_out(connection)
    before = read_findings(settings.store)
    if before and before.of == state:
        return
    files = gather(settings, paths).without(without).files
    say(CHECKING, len(files))
    found = tuple(check(files))
    write_findings(settings.store, Findings(state, datetime.now(UTC).isoformat(timespec="seconds"), found))


def verify(settings: Settings, say: Say) -> None:
    """Tell where the store does not agree with itself."""
    from index.verify import verify

    say(PROBLEMS, [asdict(finding) for finding in verify(settings)])


def vacuum(settings: Settings, say: Say) -> None:
    """Free what no generation needs."""
    from index.vacuum import vacuum

    say(FREED, asdict(vacuum(settings)))


def _teller() -> Say:
    """What writes to the standard output that we were given; what others print goes to standard error."""
    # Not inherited, so that it ends with this process and not with one that it has started.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(event: str, told: Any) -> None:
        print(json.dumps({"event": event, "told": told}), file=out, flush=True)

    return say


def _stop_at_end_of_input() -> None:
    # Not through `sys.stdin`, whose lock a thread that waits would hold when the interpreter ends.
    while os.read(0, 1):
        pass
    if hasattr(signal, "pthread_kill"):  # the one that also wakes a thread that waits
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:
        signal.raise_signal(signal.SIGINT)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell has started us in the background
    raise SystemExit(run(main))
