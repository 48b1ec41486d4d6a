"""`python -m eval` beside a server: gives way to it, ends as by Ctrl-C when the server is gone or says so.

Started by `eval.starting`; the arguments are those of `python -m eval`.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Sequence

from corpus.command import run as run_command
from eval.__main__ import main as evaluate

NICENESS = 10
"""Of 19: who asks on the page goes first."""
LOOK_SECONDS = 1.0


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand of `python -m eval`."""
    # A server that was started in the background by a shell ignores the signal, and so would what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform != "win32":
        os.nice(NICENESS)
    threading.Thread(target=_watch, args=[os.getppid()], daemon=True).start()
    return evaluate(arguments)


def _watch(server: int) -> None:
    while os.getppid() == server:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    raise SystemExit(run_command(main))
