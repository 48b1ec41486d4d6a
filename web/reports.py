"""Routes of what an evaluation leaves: the report of a run, and of two beside each other, each a page of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from index.store import Store

if TYPE_CHECKING:
    from fastapi import FastAPI

POLICY = "sandbox allow-scripts; frame-ancestors 'none'"
"""Beside the page's own policy, which lets in nothing but its style and script: it is of no origin and in no frame."""


def reports(app: "FastAPI", current: Callable[[], Store], gate: Callable[..., Any]) -> None:
    """Add the routes; `gate` is a dependency that refuses whoever is not of the staff.

    `/staff/runs/ID/report.html` and `/staff/runs/ID/compared/ID.html`; 404 where there is no such run.
    """
    from fastapi import Depends, HTTPException
    from fastapi.responses import HTMLResponse

    from eval.errors import EvaluationError
    from eval.kept_runs import compare_kept
    from eval.reports.comparison import to_page
    from eval.reports.html import to_html
    from eval.runs import read_kept

    def page(make: Callable[[], str]) -> HTMLResponse:
        try:
            return HTMLResponse(
                make(), headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
            )
        except EvaluationError as error:
            raise HTTPException(404, str(error)) from error

    @app.get("/staff/runs/{run}/report.html", dependencies=[Depends(gate)], response_class=HTMLResponse)
    def report(run: str) -> HTMLResponse:
        return page(lambda: to_html(read_kept(current(), run)))

    @app.get("/staff/runs/{a}/compared/{b}.html", dependencies=[Depends(gate)], response_class=HTMLResponse)
    def compared(a: str, b: str) -> HTMLResponse:
        return page(lambda: to_page(compare_kept(current(), [a, b])))
