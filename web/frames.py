"""The frames of the page's languages: English at the root, others below a path of their own."""

from pathlib import Path

from index.panels.frame import Frame
from index.panels.words import ENGLISH, LANGUAGES, read_words

_ROOT = Path(__file__).resolve().parent.parent
FOLDERS = tuple(_ROOT / name for name in ("index/panels", "assistant/panels", "eval/panels", "web"))


def make_frames() -> tuple[Frame, ...]:
    """A frame for each language, English first."""
    return tuple(
        Frame(language, read_words(language, FOLDERS), "" if language == ENGLISH else f"/{language}")
        for language in LANGUAGES
    )
