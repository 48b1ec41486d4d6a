"""What a grant writer takes along: the precedents of an idea, as far as they were kept, as a file."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import FastAPI, Form
from fastapi.responses import PlainTextResponse, Response

from assistant.export import MADE, trimmed
from assistant.live import LiveAssistant
from assistant.panels.found import find, key_of
from corpus.errors import ProjectError
from index.listing import from_query
from index.panels.frame import Frame

FORMS = ("track_record", "precedents")


def track_record(app: FastAPI, frames: Sequence[Frame], live: LiveAssistant) -> None:
    """Add `POST /track-record`, in each language below its own path."""
    for frame in frames:
        _add(app, frame, live)


def _add(app: FastAPI, frame: Frame, live: LiveAssistant) -> None:
    def taken_along(
        idea: Annotated[str, Form()],
        query: Annotated[str, Form()] = "",
        keep: Annotated[list[str] | None, Form()] = None,
        form: Annotated[str, Form()] = FORMS[0],
        ending: Annotated[str, Form()] = "docx",
    ) -> Response:
        if ending not in MADE or form not in FORMS:
            return PlainTextResponse(frame.say("There is no such format."), 400)
        try:
            found = find(frame, live, idea, from_query(parse_qs(query))).precedents
        except ProjectError as error:
            return PlainTextResponse(str(error), 400)
        kept = set(keep or ())
        ranks = [rank for rank, one in enumerate(found.found, start=1) if key_of(one) in kept]
        make, media_type = MADE[ending]
        named = {"content-disposition": f'attachment; filename="{form.replace("_", "-")}.{ending}"'}
        return Response(make(trimmed(found, ranks), form), media_type=media_type, headers=named)

    app.post(f"{frame.base}/track-record", include_in_schema=False)(taken_along)
