"""Every text of the page has its translation, with the same places for values, and none is left over."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from web.frames import FOLDERS

METHODS = [("**.py", "python"), ("**.jinja", "jinja2.ext:babel_extract")]
KEYWORDS = {"say": None, "_": None, "count": (1, 2)}
OPTIONS = {"**.jinja": {"trim_blocks": "true", "lstrip_blocks": "true"}}


def used(folder: Path) -> Catalog:
    """What the panels of a folder say, in English."""
    catalog = Catalog()
    for file, line, text, _, _ in extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS, []):
        catalog.add(text, locations=[(f"{folder.name}/{file}", line)])
    return catalog


def translated(folder: Path, language: str) -> Catalog:
    """What they say in another language, of all files."""
    catalog = Catalog(language)
    for path in sorted(folder.glob(f"*.{language}.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    catalog.add(message.id, message.string, locations=[(path.name, message.lineno or 0)])
    return catalog


def texts(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(the English texts of a message, those in the other language)."""
    ids = message.id if isinstance(message.id, (tuple, list)) else [message.id]
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string or ""]
    return tuple(map(str, ids)), tuple(map(str, strings))


def everything(language: str) -> Iterator[tuple[Message, Message | None]]:
    known = [translated(folder, language) for folder in FOLDERS]
    for folder in FOLDERS:
        for message in used(folder):
            if message.id:
                yield message, next((found for one in known if (found := one.get(message.id))), None)


def test_every_text_is_translated() -> None:
    missing = [
        (message.locations, message.id) for message, found in everything("ro") if not found or not all(texts(found)[1])
    ]
    assert missing == []
    assert sum(1 for _ in everything("ro")) > 50


def test_translations_have_the_same_places_for_values() -> None:
    for message, found in everything("ro"):
        if found:
            ids, strings = texts(found)
            wanted = {name for one in ids for name in re.findall(r"\{(\w+)\}", one)}
            for one in strings:
                held = set(re.findall(r"\{(\w+)\}", one))
                assert held <= wanted, message.id
                assert wanted - held <= ({"n"} if len(strings) > 1 else set()), message.id


def test_plurals_have_three_forms() -> None:
    for message, found in everything("ro"):
        if found and isinstance(message.id, tuple):
            assert len(texts(found)[1]) == 3, message.id


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_no_translation_is_left_over(folder: Path) -> None:
    said = {message.id for one in FOLDERS for message in used(one)}
    assert [message.id for message in translated(folder, "ro") if message.id and message.id not in said] == []
