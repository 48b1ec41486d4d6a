"""The projects' downloads as routes of the web application: `/projects.csv` and `/projects.xlsx`."""

from collections.abc import Callable

from fastapi import FastAPI

from index.store import Store


def downloads(app: FastAPI, live: Callable[[], Store]) -> None:
    """Add the routes; `live` gives the newest store. Their query is `to_query`'s, and `names=360giving`."""
    raise NotImplementedError
