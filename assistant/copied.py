"""An answer as plain text for the clipboard: its statements with their markers, then where the quoted words stand."""

from assistant.answer import Answer, Citation, render
from assistant.paper import clean
from assistant.reference import place_told, quoted, written_in
from assistant.written import plainly, told_beside


def with_references(answer: Answer, model: str = "") -> str:
    """The answer, a blank line, and a line for each citation: `[1] project, document, page 2: “quote”`.

    Line breaks within a quote become spaces; without citations the answer stands alone. Where a language model, of the
    name `model`, has written it or was asked to, that is told between them.
    """
    language = written_in(answer.language)
    listed = [_reference(cited, language) for cited in answer.citations]
    said = [plainly(render(one)) if one.is_connecting else render(one) for one in answer.statements]
    parts = [said, list(told_beside(answer, model)), listed]
    return "\n\n".join("\n".join(map(clean, part)) for part in parts if part)


def _reference(cited: Citation, language: str) -> str:
    words = " ".join(quoted(cited, language).split())
    return f"[{cited.n}] {place_told(cited, language)}: {words}"
