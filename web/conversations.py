"""A conversation as a file, by its address: Word, Markdown or PDF, with a footnote for each quote."""

from collections.abc import Callable, Sequence

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse, Response

from assistant.conversation import recall
from assistant.transcript import transcript_docx, transcript_markdown, transcript_pdf
from index.panels.frame import Frame
from index.store import Store

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def conversations(app: FastAPI, frames: Sequence[Frame], current: Callable[[], Store]) -> None:
    """Add `/conversations/….docx`, `.md` and `.pdf`, in each language below its own path."""
    for frame in frames:
        _add(app, frame, current)


def _add(app: FastAPI, frame: Frame, current: Callable[[], Store]) -> None:
    def transcript(conversation: str, ending: str) -> Response:
        exchanges = recall(current(), conversation)
        if not exchanges or ending not in _MADE:
            return PlainTextResponse(frame.say("There is no such conversation here any more."), 404)
        make, media_type = _MADE[ending]
        name = f"answers-{exchanges[-1].asked_at[:10]}.{ending}"
        told = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(make(exchanges, frame.language), media_type=media_type, headers=told)

    app.get(f"{frame.base}/conversations/{{conversation}}.{{ending}}", include_in_schema=False)(transcript)


_MADE: dict[str, tuple[Callable[..., str | bytes], str]] = {
    "docx": (transcript_docx, WORD),
    "md": (transcript_markdown, "text/markdown; charset=utf-8"),
    "pdf": (transcript_pdf, "application/pdf"),
}
