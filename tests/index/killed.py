"""A program for tests to kill: syncs stores, each in a process forked for it, which leads a group of its own.

`python -m tests.index.killed` says `ready`; each line of JSON on its input, `[store, model, paths]`, is answered by
`begun PID`, then `done` if the sync ended by itself, then `gone`. Forking saves each sync the imports.
"""

import json
import os
import sys
from pathlib import Path

import chromadb  # noqa: F401  # imported before the fork, not after it
import tantivy  # noqa: F401
import tokenizers  # noqa: F401

from index.settings import Settings
from index.sync import build


def main() -> None:
    """Sync until the input ends."""
    _say("ready")
    while line := sys.stdin.readline():
        store, model, paths = json.loads(line)
        child = os.fork()
        if not child:
            _sync(Settings(Path(store), model), [Path(path) for path in paths])
        os.waitpid(child, 0)
        _say("gone")


def _sync(settings: Settings, paths: list[Path]) -> None:
    try:
        os.setsid()
        import onnxruntime  # noqa: F401  # it starts a thread, which no fork would outlive

        _say(f"begun {os.getpid()}")
        build(settings, paths)
        _say("done")
    finally:
        os._exit(0)


def _say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    main()
