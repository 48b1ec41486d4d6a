"""A row of the projects' table as JSON, for programs."""

from typing import Any

from index.listing import Row


def row_to_json(row: Row) -> dict[str, Any]:
    """A row with its amounts as exact decimal strings, and the store's own key left out."""
    names = ("id", "title", "language", "period", "start", "end", "programme", "document", "notes")
    return {name: getattr(row, name) for name in names} | {
        "amounts": [
            {
                "amount": None if one.amount is None else str(one.amount),
                "currency": one.currency, "role": one.role, "text": one.text, "note": one.note,
            }
            for one in row.money
        ],
        "funders": list(row.funders), "partners": list(row.partners), "places": list(row.places),
        "same_as": list(row.same_as),
    }  # fmt: skip
