"""The words of the page in its languages: English in the code, others from `*.LANGUAGE.po` beside the panels."""

import io
from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

ENGLISH, ROMANIAN = "en", "ro"
LANGUAGES = (ENGLISH, ROMANIAN)


def read_words(language: str, folders: Iterable[Path]) -> NullTranslations:
    """The translations that stand in `*.LANGUAGE.po` in any of the folders, as one; in English the texts themselves."""
    words = NullTranslations()
    for path in sorted(path for folder in folders for path in folder.glob(f"*.{language}.po")):
        words.add_fallback(GNUTranslations(io.BytesIO(_compiled(path, language))))
    return words


@cache
def _compiled(path: Path, language: str) -> bytes:
    # Not the translations, which `add_fallback` changes: two catalogues of one file would go round in a circle.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    return compiled.getvalue()
