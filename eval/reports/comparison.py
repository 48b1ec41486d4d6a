"""Two runs side by side as a page: the verdict, the scores, and every question that turned. Knows no store."""

from eval.compare import Comparison
from eval.compare_words import by_weight, counted, notes, number, others, sentence, signed, span
from eval.reports.page import render
from eval.scores import HEADLINE, METRICS


def to_page(comparison: Comparison) -> str:
    """The page of a comparison; the same bytes for the same comparison."""
    return render(
        "comparison.html.jinja",
        styles=("question.css", "comparison.css"),
        comparison=comparison,
        sentence=sentence(comparison),
        changes=by_weight(comparison),
        turned=[
            ("broken", "Right in A, wrong in B", comparison.broken),
            ("mended", "Wrong in A, right in B", comparison.mended),
        ],
        notes=[note for note in (others(comparison), *notes(comparison)) if note],
        headline=list(HEADLINE),
        metrics=METRICS,
        number=number,
        signed=signed,
        span=span,
        counted=counted,
    )
