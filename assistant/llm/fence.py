"""Words of documents and visitors as a language model is shown them: one line that nothing can be mistaken in.

What a prompt means by its form, such as where the sources end, which of them has which number or who speaks, no
document can say: its own brackets and tags of that kind are written with other characters. What is cited stays as it
is.
"""

import re
import unicodedata

from assistant.llm.markers import BRACKETED, SENTINEL

_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
"""Categories of characters that a reader does not see and a model does: controls, marks of direction, tags."""
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Variation selectors, which are marks and as invisible."""
_TAG = re.compile(r"[<＜﹤](?=\s*(?:[^\W\d_]|[/|!?<＜﹤‹]))")
"""The beginning of `</sources>`, `<|im_start|>`, `<s>`; that of `<5` is none."""
_ROLE = re.compile(r"\[(/?[A-Z][A-Z_]{2,20})\]")
"""`[INST]`, which some models take for the end of what the documents say."""
_HASHES, _TICKS = re.compile(r"#(?:\s*#)+"), re.compile(r"`(?:\s*`)+|~{3,}")


def shown(text: str) -> str:
    """The text on one line, without characters that cannot be seen, and with nothing that looks like the prompt's."""
    seen = "".join(one for one in " ".join(text.split()) if not _is_unseen(one))
    seen = _HASHES.sub("#", _TICKS.sub("'", SENTINEL.sub("NOT FOUND".lower(), seen)))
    # One pass may lay bare what the next finds: the brackets around other brackets.
    for pattern, instead in ((BRACKETED, _in_other_brackets), (_ROLE, _in_other_brackets), (_TAG, lambda _: "‹")):
        while (changed := pattern.sub(instead, seen)) != seen:
            seen = changed
    return " ".join(seen.split())


def _in_other_brackets(marker: re.Match[str]) -> str:
    return f"‹{marker.group()[1:-1]}›"


def _is_unseen(character: str) -> bool:
    if character.isascii():
        return not character.isprintable()
    return unicodedata.category(character) in _UNSEEN or any(ord(character) in run for run in _SELECTORS)
