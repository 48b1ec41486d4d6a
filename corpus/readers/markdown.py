"""Markdown: front matter as labelled lines, the rest through its HTML. The canonical text carries no markup."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml
from markdown_it import MarkdownIt

from corpus.document import Block, Span, canonical
from corpus.readers.draft import Draft, DraftBuilder
from corpus.readers.html import read_html

FRONT_MATTER = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
MAX_FRONT_MATTER = 100_000
"""Characters; what is longer is text between two rules."""
DEEPEST_FRONT_MATTER = 50
NAMING_KEYS = {"name", "title", "label", "nume", "denumire", "titlu"}
LONGEST_LEADING = 60
"""Characters of indentation, quote marks and bullets before a line's words; 30 lists within lists. Deeper lines are
taken for that deep, since what lies deeper than `maxNesting` would be dropped without a word."""
LEADING = re.compile(r"^((?:[ \t>*+-]|\d{1,9}[.)][ \t])*)(?=\S)", re.MULTILINE)
OPTIONS = {"breaks": True, "maxNesting": 4 * LONGEST_LEADING}
DEFINED = re.compile(
    r"(?:\A|(?<=\n\n))(?![-*+] |\d+[.)] )([^\s:|>#`][^\n:]{0,80})\n\n?((?: {0,3}:[ \t]+[^\n]+(?:\n|\Z))+)"
)
"""A term on a line of its own and its definitions below it, each behind a colon, as PHP Markdown Extra has them."""


def read_markdown(text: str) -> Draft:
    """Blocks of a Markdown file; front matter that is neither a YAML mapping nor TOML is read as text."""
    meta, body = _front_matter(canonical(text))
    rendered = MarkdownIt("commonmark", OPTIONS).enable("table").render(_prepared(body))
    page = read_html(rendered, wrapped=True)
    builder = DraftBuilder()
    for key, value in meta.items():
        builder.add(f"{key}: {value}", "meta")
    head = builder.draft(page.title or meta.get("title", ""), meta.get("lang", meta.get("language", ""))[:2].lower())
    if not page.blocks:
        return head
    gap = "\n" if head.blocks else ""
    shift = len(head.text) + len(gap)
    moved = (_moved(block, shift) for block in page.blocks)
    return replace(head, text=head.text + gap + page.text, blocks=(*head.blocks, *moved))


def _moved(block: Block, shift: int) -> Block:
    span, *cells = (Span(part.start + shift, part.end + shift) for part in (block.span, *block.cells))
    return replace(block, span=span, cells=tuple(cells))


def _prepared(body: str) -> str:
    """The text with its definition lists as items and no line nested deeper than the parser goes."""

    def items(found: re.Match[str]) -> str:
        term = found[1].strip(" *_")
        values = (line.strip().removeprefix(":").strip() for line in found[2].splitlines())
        return "".join(f"- {term}: {value}\n" for value in values) + "\n"

    body = DEFINED.sub(items, body)
    return LEADING.sub(lambda found: found[1][:LONGEST_LEADING], body)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = FRONT_MATTER.match(text)
    if not found or len(found[2]) > MAX_FRONT_MATTER:
        return {}, text
    try:
        # Scalars stay the strings they were written as, dates and amounts verbatim.
        loaded = _toml(found[2]) if found[1] == "+++" else yaml.load(found[2], Loader=_Loader)  # noqa: S506
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError):
        return {}, text
    if not isinstance(loaded, dict):
        return {}, text
    return dict(_lines(loaded)), text[found.end() :]


def _toml(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=str)


class _Loader(yaml.BaseLoader):
    """Leaves scalars as written; takes no aliases, with which ten lines unfold into more than memory holds."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent) or self.depth > DEEPEST_FRONT_MATTER:
            raise yaml.YAMLError("aliases, or lists within lists too deep")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _lines(mapping: Mapping[Any, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Key and value of each entry on one line; `period: {start: 2013}` is `period start`, 2013."""
    for key, value in mapping.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _lines(value, f"{name} ")
        elif line := _line(value):
            yield name, line


def _line(value: object) -> str:
    """A value in words; of a map, its name with the rest in brackets, `Owl Trust (Norway)`, else each with its key."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_line, value)))
    if not isinstance(value, dict):
        words = str(value).lower() if isinstance(value, bool) else str(value)
        return re.sub(r"\s+", " ", words).strip()
    said = {str(key): line for key, inner in value.items() if (line := _line(inner))}
    name = next((said.pop(key) for key in list(said) if key.lower() in NAMING_KEYS), "")
    if not name:
        return ", ".join(f"{key} {line}" for key, line in said.items())
    return f"{name} ({', '.join(said.values())})" if said else name
