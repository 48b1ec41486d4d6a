"""What a grant writer takes along: the precedents of an idea, as far as they were kept, as a file."""

from collections.abc import Sequence
from mimetypes import guess_type
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import FastAPI, Form
from fastapi.responses import PlainTextResponse, Response

from assistant.export import ENDINGS, to_format
from assistant.live import LiveAssistant
from assistant.llm.experience import checked_section
from assistant.llm.section_paper import SECTION_ENDINGS, section_to_format
from assistant.panels.draft import parts_of
from assistant.panels.found import key_of, precedents_for
from assistant.precedent import trimmed
from assistant.precedents_paper import FORMS, TRACK_RECORD
from corpus.errors import MisuseError, ProjectError
from index.listing import from_query
from index.panels.frame import Frame

DRAFT = "draft"
"""The form of a section that a language model has written; its sentences come with the request."""
NAMES = {DRAFT: "previous-experience", TRACK_RECORD: "track-record"}


def track_record(app: FastAPI, frames: Sequence[Frame], live: LiveAssistant) -> None:
    """Add `POST /track-record`, in each language below its own path."""
    for frame in frames:
        _add(app, frame, live)


def _add(app: FastAPI, frame: Frame, live: LiveAssistant) -> None:
    def taken_along(
        idea: Annotated[str, Form()] = "",
        query: Annotated[str, Form()] = "",
        keep: Annotated[list[str] | None, Form()] = None,
        form: Annotated[str, Form()] = TRACK_RECORD,
        ending: Annotated[str, Form()] = "docx",
        draft: Annotated[str, Form()] = "",
    ) -> Response:
        if f".{ending}" not in (SECTION_ENDINGS if form == DRAFT else ENDINGS) or form not in (*FORMS, DRAFT):
            return PlainTextResponse(frame.say("There is no such format."), 400)
        try:
            found = precedents_for(frame, live, idea, from_query(parse_qs(query)))
        except MisuseError as error:
            return PlainTextResponse(str(error), 400)
        except ProjectError:  # whose words are for who keeps the store
            return PlainTextResponse(
                frame.say("The documents cannot be searched just now. Try again in a minute."), 503
            )
        kept = set(keep or ())
        ranks = [rank for rank, one in enumerate(found.found, start=1) if key_of(one) in kept]
        if not ranks:
            return PlainTextResponse(frame.say("The projects have changed meanwhile; look for precedents again."), 409)
        if form == DRAFT:
            try:
                # What a browser sends may be anything: it is held against the documents as if a model had sent it.
                section = checked_section(live.material(trimmed(found, ranks)), parts_of(draft))
            except MisuseError as error:
                return PlainTextResponse(str(error), 400)
            made = section_to_format(section, f".{ending}")
        else:
            made = to_format(trimmed(found, ranks), f".{ending}", form)
        named = {"content-disposition": f'attachment; filename="{NAMES.get(form, form)}.{ending}"'}
        return Response(made, media_type=guess_type(f"x.{ending}")[0] or "text/markdown", headers=named)

    app.post(f"{frame.base}/track-record", include_in_schema=False)(taken_along)
