"""A comparison as one HTML page that needs nothing beside it: no network, no script."""

from pathlib import Path

from eval.compare import Comparison
from eval.compare_words import by_weight, counted, notes, number, others, sentence, signed, span
from eval.scores import HEADLINE, METRICS

TEMPLATE = Path(__file__).parent / "compare.html.jinja"


def page(comparison: Comparison) -> str:
    """The page; whatever questions and answers hold is escaped."""
    from jinja2 import Environment, StrictUndefined

    # Not by the file's name, which a change of name would undo.
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"number": number, "signed": signed, "span": span, "counted": counted}
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        comparison=comparison,
        sentence=sentence(comparison),
        changes=by_weight(comparison),
        notes=list(notes(comparison)),
        others=others(comparison),
        headline=HEADLINE,
        metrics=METRICS,
    )
