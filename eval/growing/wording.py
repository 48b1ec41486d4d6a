"""The words of proposed questions, as `wording.toml` gives them: plain, in a hurry, or turned round.

Which of several plain wordings a question gets is decided by what it asks, so that it is the same in every run.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from eval.growing.asked import LANGUAGES, Asked

PLAIN, TERSE, TURNED = "plain", "terse", "turned"
QUOTED_FROM = 5
"""Words of a title from which on it is put in quotes, so that a sentence can be read."""
KINDS_OF_PROJECT = ("project", "programme", "program", "proiect", "conference", "initiative")
"""Last words of a title that say themselves what it names."""


@cache
def told() -> Mapping[str, Any]:
    """All that the file says."""
    read: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
    return read


def at(path: str) -> Mapping[str, Any]:
    """The table of a path such as `field.amount.budget`."""
    found = told()
    for name in path.split("."):
        found = found[name]
    return found


def worded(asked: Asked, language: str, way: str = PLAIN) -> str:
    """The question in a language."""
    table = at(asked.ways)
    table = at(str(table["of"])) if "of" in table else table
    if way == PLAIN:
        forms = table[language]
        chosen = forms[crc32(f"{asked.slug} {language}".encode()) % len(forms)]
    else:
        chosen = table[way][language]
    question = " ".join(str(chosen).format(**asked.slots[language]).split())
    return f"T{question[1:]}" if question.startswith("the ") else question


def clause(path: str, language: str, form: str, **gaps: str) -> str:
    """A part of a question, such as `condition.funder` in its form `noun`."""
    said = str(at(path)[form][language]).format(**gaps)
    return re.sub(r"\ba (?=[aeio])", "an ", said) if language == "en" else said


def title_slots(*titles: str) -> dict[str, dict[str, str]]:
    """By language, how a sentence names projects: `project` and `title` of the first, `project2`, … of the next."""
    slots: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for number, title in enumerate(titles, start=1):
        ending = str(number) if number > 1 else ""
        slots["en"] |= {f"title{ending}": title, f"project{ending}": _in_english(title)}
        slots["ro"] |= {f"title{ending}": _quoted(title, "„{}”")}
    return slots


def _in_english(title: str) -> str:
    if title.split()[-1].lower() in KINDS_OF_PROJECT and not title.lower().startswith("the "):
        return f"the {title}"
    quoted = _quoted(title, '"{}"')
    return title if quoted == title else f"the project {quoted}"


def _quoted(title: str, marks: str) -> str:
    is_plain = len(title.split()) < QUOTED_FROM or any(mark in title for mark in '"“”„«»')
    return title if is_plain else marks.format(title)
