"""The server that the processes which read are forked from: it has imported what they need, once for all of them.

A fork of a process with threads, as ours is once a model is loaded, may deadlock; where there is no such server each
process starts from nothing.
"""

from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext

SERVER = "forkserver"
PRELOADED = ["corpus.warm"]


def fork_context() -> BaseContext:
    """What makes processes that read."""
    if SERVER not in get_all_start_methods():
        return get_context("spawn")
    context = get_context(SERVER)
    context.set_forkserver_preload(PRELOADED)
    return context


def start_early() -> None:
    """Start the server, if there is one, so that it gets ready beside what this process imports; returns at once."""
    if SERVER in get_all_start_methods():
        from multiprocessing.forkserver import ensure_running

        fork_context()
        ensure_running()
