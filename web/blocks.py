"""The Blocks that our pages are built in: an event may name no file but one that was uploaded.

Gradio looks for that itself only where an app was launched, not where it is mounted in another (6.31). Without it
whoever asks could have any file of this machine, or have it fetch any address.
"""

from pathlib import Path
from typing import Any

FILES_SECONDS = 3600
"""How long an upload lies there at least, for the event that reads it; what is kept of it, is kept elsewhere."""


def page_blocks(title: str) -> Any:
    """Blocks to build a page in, as Gradio's own."""
    import gradio as gr
    from gradio.utils import get_upload_folder

    class PageBlocks(gr.Blocks):
        async def preprocess_data(self, block_fn: Any, inputs: list[Any], *rest: Any, **named: Any) -> Any:
            if not all(is_below(get_upload_folder(), path) for path in files_named(inputs)):
                raise gr.Error("no such file was uploaded", print_exception=False)
            return await super().preprocess_data(block_fn, inputs, *rest, **named)

    page = PageBlocks(title=title, analytics_enabled=False, delete_cache=(FILES_SECONDS, FILES_SECONDS))
    page.has_launched = True  # so that Gradio looks as well, at what events give, too
    return page


def files_named(told: Any) -> list[str]:
    """The paths and addresses of files that stand anywhere in what an event is given, as Gradio would find them."""
    if isinstance(told, list):
        return [path for one in told for path in files_named(one)]
    if not isinstance(told, dict):
        return []
    own = [told["path"]] if isinstance(told.get("path"), str) else []
    return [*own, *(path for one in told.values() for path in files_named(one))]


def is_below(folder: str, path: str) -> bool:
    """Whether a path lies in a folder, links followed; an address lies in none."""
    try:
        return "://" not in path and Path(path).resolve().is_relative_to(Path(folder).resolve())
    except (OSError, ValueError, RuntimeError):  # no path at all
        return False
