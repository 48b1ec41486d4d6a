"""A comparison in a terminal, or in a file that a terminal's output goes to."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from eval.compare import NO_DIFFERENCE, Comparison, Shared, Side
from eval.compare_words import by_weight, counted, notes, number, others, sentence, signed, span
from eval.result import Result
from eval.scores import HEADLINE, METRICS

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

NARROWEST = 100
"""Columns; on a narrower terminal, or into a file, it is as wide as this."""
SHOWN = 30
"""Questions that turned, either way; the page has all."""
LONGEST = 500
"""Characters of an answer; the page has all."""
WANTED = 6
"""Of what a right answer holds; the page has all."""


def show(comparison: Comparison) -> None:
    """Print the comparison: the sentence, the scores, where they moved, and the questions that turned."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    if console.width < NARROWEST or not console.is_terminal:
        console = Console(highlight=False, width=NARROWEST)
    console.print(Text(f"A  {_side(comparison.a)}\nB  {_side(comparison.b)}\n"))
    console.print(Text(sentence(comparison), style="bold"))
    if not (comparison.same_answers and comparison.same_scores):
        _scores(console, comparison)
        _groups(console, comparison)
        _flips(console, "Right in A, wrong in B", comparison.broken)
        _flips(console, "Wrong in A, right in B", comparison.mended)
    for note in filter(None, [others(comparison), *notes(comparison)]):
        console.print(Text(f"\n{note}"))


def _side(side: Side) -> str:
    return f"{side.id}, made {side.made_at}: {side.qa}, {counted(side.questions, 'question')}"


def _scores(console: "Console", comparison: Comparison) -> None:
    rows = [
        (
            f"{change.metric}{' ↓' if METRICS[change.metric].lower_is_better else ''}",
            number(change.a), number(change.b), signed(change.difference), span(change),
            f"{change.better:,}", f"{change.worse:,}", f"{change.same:,}", f"{change.corrected:.3f}",
            "" if change.verdict == NO_DIFFERENCE else change.verdict,
        )
        for change in by_weight(comparison)
    ]  # fmt: skip
    names = ("↓ lower is better", "A", "B", "B − A", "95 % interval", "better", "worse", "same", "p", "")
    _table(console, "", names, rows)


def _groups(console: "Console", comparison: Comparison) -> None:
    if not comparison.groups:
        return
    rows = []
    for one in comparison.groups:
        pairs = [one.scores.get(metric) for metric in HEADLINE]
        cells = [f"{number(pair[0])} → {number(pair[1])}" if pair else "" for pair in pairs]
        rows.append([one.name, f"{one.questions:,}", *cells])
    _table(console, "By kind and language, where a headline score differs", ("", "questions", *HEADLINE), rows)


def _table(console: "Console", title: str, names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Names to the left, figures to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for place, name in enumerate(names):
        table.add_column(name, justify="right" if place else "left", overflow="fold" if not place else "ellipsis")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print()
    console.print(table)


def _flips(console: "Console", title: str, flips: Sequence[Shared]) -> None:
    from rich import box
    from rich.table import Table

    if not flips:
        return
    table = Table(
        title=f"{title}: {len(flips):,}", title_justify="left", title_style="bold",
        box=box.SIMPLE_HEAD, expand=True, show_lines=True,
    )  # fmt: skip
    for name in ("question", "A", "B"):
        table.add_column(name, ratio=1, overflow="fold")
    for one in flips[:SHOWN]:
        table.add_row(_question(one.a), _answer(one.a), _answer(one.b))
    console.print()
    console.print(table)
    if len(flips) > SHOWN:
        console.print(f"and {len(flips) - SHOWN:,} more; all of them with --out FILE.html or --json")


def _question(result: Result) -> "RenderableType":
    from rich.text import Text

    parts = [*(f"{earlier} …" for earlier in result.history), result.question, result.id]
    wanted = _few(result.expected) if result.answerable else "no answer"
    return Text("\n".join([*parts, f"wanted: {wanted}"]))


def _few(expected: Sequence[str]) -> str:
    return " | ".join(expected[:WANTED]) + (" | …" if len(expected) > WANTED else "")


def _answer(result: Result) -> "RenderableType":
    from rich.text import Text

    said = " ".join(result.answer.split())
    said = said if len(said) <= LONGEST else said[:LONGEST].rstrip() + " …"
    return Text("\n".join([f"{result.status}: {said}", *(f"– {failure}" for failure in result.failures)]))
