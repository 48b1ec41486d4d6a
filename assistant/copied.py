"""An answer as plain text for the clipboard: its statements with their markers, then where the quoted words stand."""

from assistant.answer import Answer, Citation
from assistant.paper import clean
from assistant.reference import place_told, quoted, written_in


def with_references(answer: Answer) -> str:
    """The answer, a blank line, and a line for each citation: `[1] project, document, page 2: “quote”`.

    Line breaks within a quote become spaces; without citations the answer stands alone.
    """
    language = written_in(answer.language)
    listed = [_reference(cited, language) for cited in answer.citations]
    return "\n".join([clean(answer.text), *([""] if listed else []), *listed])


def _reference(cited: Citation, language: str) -> str:
    words = " ".join(quoted(cited, language).split())
    return f"[{cited.n}] {place_told(cited, language)}: {words}"
