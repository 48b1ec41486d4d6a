"""Reference: where words stand, as a footnote or a list of sources says it, in English or Romanian."""

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date

from assistant.answer import Citation
from assistant.paper import clean, one_line
from assistant.phrases import QUOTES

_WORDS = {
    "en": {"page": "page {page}", "retrieved": "retrieved {day}"},
    "ro": {"page": "pagina {page}", "retrieved": "consultat la {day}"},
}


def written_in(language: str) -> str:
    """The language a document is written in where `language` is asked for: English for any but the two."""
    return language if language in _WORDS else "en"


def place_told(cited: Citation, language: str, *, project: bool = True) -> str:
    """Project, document, and the page where it has pages: `Lamps, lamps.pdf, page 2`."""
    return ", ".join(_place(cited, language, project))


def note_of(cited: Citation, language: str, day: date, *, project: bool = True) -> str:
    """A footnote: the quote as it stands in the source, line breaks too, where it stands, and when it was read."""
    retrieved = _WORDS[language]["retrieved"].format(day=format_date(day, "d MMMM y", locale=language))
    return ", ".join([quoted(cited, language), *_place(cited, language, project), retrieved]) + "."


def quoted(cited: Citation, language: str) -> str:
    """The quote as it stands in the source between the language's quotation marks."""
    opening, closing = QUOTES[language]
    return clean(opening + cited.quote + closing)


def _place(cited: Citation, language: str, project: bool) -> Iterator[str]:
    if project and cited.project:
        yield one_line(cited.project)
    yield one_line(cited.document)
    if cited.page:
        yield _WORDS[language]["page"].format(page=cited.page)
