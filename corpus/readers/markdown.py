"""Markdown: front matter as labelled lines, the rest through its HTML. The canonical text carries no markup."""

import re
from collections.abc import Iterator

import yaml
from markdown_it import MarkdownIt

from corpus.document import Block, Span, canonical
from corpus.readers.draft import Draft, DraftBuilder
from corpus.readers.html import read_html

FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


def read_markdown(text: str) -> Draft:
    """Blocks of a Markdown file; front matter that is not a YAML mapping is read as text."""
    text = canonical(text)
    meta, body = _front_matter(text)
    rendered = MarkdownIt("commonmark", {"breaks": True}).enable("table").render(body)
    page = read_html(rendered, wrapped=True)
    builder = DraftBuilder()
    for key, value in meta.items():
        builder.add(f"{key}: {value}", "meta")
    head = builder.draft(page.title or meta.get("title", ""), meta.get("lang", meta.get("language", ""))[:2].lower())
    if not page.blocks:
        return head
    gap = "\n" if head.blocks else ""
    shift = len(head.text) + len(gap)
    moved = (Block(Span(b.span.start + shift, b.span.end + shift), b.kind, b.level) for b in page.blocks)
    return Draft(head.text + gap + page.text, (*head.blocks, *moved), head.title, head.language)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text
    try:
        # BaseLoader leaves every scalar the string it was written as: dates and amounts stay verbatim.
        loaded = yaml.load(found.group(1), Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError:
        return {}, text
    if not isinstance(loaded, dict):
        return {}, text
    return dict(_lines(loaded)), text[found.end() :]


def _lines(mapping: dict[object, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Key and value of each entry on one line; `period: {start: 2013}` is `period start`, 2013."""
    for key, value in mapping.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _lines(value, f"{name} ")
        elif line := _line(value):
            yield name, line


def _line(value: object) -> str:
    if isinstance(value, str):
        return re.sub(r"\s+", " ", value).strip()
    if isinstance(value, list):
        return "; ".join(filter(None, map(_line, value)))
    if isinstance(value, dict):
        return ", ".join(filter(None, map(_line, value.values())))
    return ""
