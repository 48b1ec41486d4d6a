"""The frames of the page's languages: English at the root, others below a path of their own."""

from pathlib import Path
from typing import TYPE_CHECKING

from index.panels.frame import Frame
from index.panels.words import ENGLISH, LANGUAGES, read_words
from web.languages import preferred

if TYPE_CHECKING:
    from fastapi import Request

_ROOT = Path(__file__).resolve().parent.parent
FOLDERS = tuple(_ROOT / name for name in ("index/panels", "assistant/panels", "eval/panels", "web"))


def make_frames() -> tuple[Frame, ...]:
    """A frame for each language, English first."""
    return tuple(
        Frame(language, read_words(language, FOLDERS), "" if language == ENGLISH else f"/{language}")
        for language in LANGUAGES
    )


def frame_for(request: "Request") -> Frame:
    """How to speak with a visitor of a path that all languages share: as their browser likes best."""
    frames = {frame.language: frame for frame in make_frames()}
    return frames[preferred(request.headers.get("accept-language", ""), tuple(frames))]
