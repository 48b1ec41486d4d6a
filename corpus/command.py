"""How every command line here ends: exit code 0, 1 for work that failed, 2 for misuse, one line and no traceback."""

import atexit
import gc
import os
import sys
from collections.abc import Callable, Sequence

from corpus.errors import MisuseError, ProjectError

INTERRUPTED = 130
"""The shell's own code for a program stopped by Ctrl-C."""
NEW_OBJECTS = 50_000
"""After how many Python looks for cycles among them; its 700 are a fifth of the time of importing large libraries."""


def run(main: Callable[[Sequence[str]], int], arguments: Sequence[str] | None = None) -> int:
    """Run `main` on the command line's arguments and translate what it raises into an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    gc.set_threshold(NEW_OBJECTS)
    # Else Python, ending, walks over all objects several times in search of cycles: a third of a second.
    atexit.register(gc.freeze)
    try:
        code = main(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()  # a reader that went away is met here, not while the interpreter shuts down
        return code
    except MisuseError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ProjectError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; nothing that was there before is lost", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) went away; keep the interpreter from complaining again while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
