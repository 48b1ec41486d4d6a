"""Precedents as JSON, for programs."""

from typing import Any

from assistant.answer import citation_to_json
from assistant.precedent import Fact, Precedents


def precedents_to_json(precedents: Precedents) -> dict[str, Any]:
    """The projects like an idea, likest first, with their reasons and facts, each with its citation."""
    return {
        "idea": precedents.idea,
        "total": precedents.total,
        "language": precedents.language,
        "precedents": [
            {
                "rank": rank,
                "title": one.title,
                "score": round(one.score, 4),
                "reasons": [_fact(fact) for fact in one.reasons],
                "facts": [_fact(fact) for fact in one.facts],
                "lacks": list(one.lacks),
            }
            for rank, one in enumerate(precedents.found, start=1)
        ],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    cited = citation_to_json(fact.citation)
    return {"label": fact.label, "text": fact.text, "citation": {key: cited[key] for key in cited if key != "n"}}
