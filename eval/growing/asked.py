"""Asked: a question before it has words: what it asks for, of what, and what a right answer holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from eval.json_lines import Row
from eval.sets.forms import plain_words

LANGUAGES: tuple[str, ...] = ("en", "ro")
LONGEST_SLUG = 60
Slots = Mapping[str, Mapping[str, str]]
"""By language, what fills each gap of a wording."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to be worded.

    `ways` names its wordings (`eval.growing.wording`), `slots` what they speak of. `slug` names it in ids and is the
    same whatever else is asked. `documents` are those that it is asked about, so that none is asked about more than
    others; `languages` those that it can be asked in. `gold` are fields of a line of a set: `answers`, `all`, `none`
    and `sources`.
    """

    kind: str
    ways: str
    slug: str
    slots: Slots
    documents: tuple[str, ...]
    gold: Mapping[str, Sequence[object]] = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES

    @property
    def answerable(self) -> bool:
        """Whether a right answer has to hold anything."""
        return bool(self.gold.get("answers") or self.gold.get("all"))


def slug_of(*parts: str) -> str:
    """The words of the parts with dashes; of long ones the beginning, and a number that tells them from others."""
    slug = "-".join(filter(None, (plain_words(part).replace(" ", "-") for part in parts)))
    return slug if len(slug) <= LONGEST_SLUG else f"{slug[:LONGEST_SLUG].rstrip('-')}-{crc32(slug.encode()):08x}"


def answers_or_all(ways: Sequence[Sequence[str]]) -> Row:
    """The gold of one value in any of its ways, or of several that all have to be there."""
    return {"answers": list(ways[0])} if len(ways) == 1 else {"all": [list(one) for one in ways]}
