"""Loading Gradio in half the time: without the descriptions for editors that it writes beside its own files.

Each time it is imported, Gradio reads the source of all its components to see whether what it once wrote for editors
(`*.pyi`) still stands there; that is half of its import. Without it nothing is written where packages are installed.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def load_gradio() -> None:
    """Import Gradio; to be called once, while nothing else is imported."""
    with _sourceless("gradio."):
        import gradio  # noqa: F401


@contextmanager
def _sourceless(package: str) -> Iterator[None]:
    """Let classes of a package seem to have no file, which is what Gradio leaves its descriptions out for."""
    getfile = inspect.getfile

    def found(thing: Any) -> str:
        if isinstance(thing, type) and thing.__module__.startswith(package):
            raise OSError(f"{thing.__module__} is not to be read")
        return getfile(thing)

    standing_in: Any = found
    inspect.getfile = standing_in
    try:
        yield
    finally:
        inspect.getfile = getfile
