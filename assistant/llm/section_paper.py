"""A drafted section laid out to be read and handed on: checked sentences with footnotes, connecting ones set apart.

Does not know how it was written.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.answer import numbered
from assistant.export import put, to_format
from assistant.llm.section import Part, Section, notice_of
from assistant.paper import HEADING, ITEM, TEXT, TITLE, Mark, Paper, Paragraph, Piece, marks_of
from assistant.phrases import QUOTES
from assistant.precedents_paper import TRACK_RECORD
from assistant.reference import note_of
from corpus.errors import MisuseError

_WORDS = {
    "en": {
        "title": "Previous experience (draft)",
        "written": "About this draft:",
        "by": "written by a language model from the words quoted in the footnotes, against which each sentence with a "
        "footnote was checked.",
        "connecting": "Sentences in italics only connect the others; they rest on no source and state nothing of a "
        "project.",
        "quoted": "Words between quotation marks without a sentence around them are the documents’ own.",
    },
    "ro": {
        "title": "Experiență anterioară (schiță)",
        "written": "Despre această schiță:",
        "by": "scrisă de un model de limbaj din cuvintele citate în notele de subsol, față de care a fost verificată "
        "fiecare propoziție cu notă.",
        "connecting": "Propozițiile cursive doar le leagă pe celelalte; nu se sprijină pe nicio sursă și nu "
        "afirmă nimic despre vreun proiect.",
        "quoted": "Cuvintele dintre ghilimele fără o propoziție în jur sunt ale documentelor.",
    },
}


def section_paper(section: Section) -> Paper:
    """The section before it is written in any format."""
    language, cited = section.language, numbered(section.citations)
    statements = [one for part in section.parts for one in part.statements]
    marks, hung = marks_of([one.cites for one in statements], 1)
    left = iter(marks)
    blocks = [Paragraph(TITLE, (Piece(_WORDS[language]["title"]),))]
    for part in section.parts:
        blocks += _laid_out(section, part, left)
    blocks += [Paragraph(TEXT, tuple(map(Piece, about_of(section))), _WORDS[language]["written"])]
    notes = [note_of(cited[n], language, section.precedents.retrieved, project=False) for n in hung]
    return Paper(_WORDS[language]["title"], language, section.precedents.retrieved, tuple(blocks), tuple(notes))


def about_of(section: Section) -> list[str]:
    """What a reader has to know of a section that a model has written, a sentence each, in its language."""
    told = _WORDS[section.language]
    statements = [one for part in section.parts for one in part.statements]
    lines = [told["by"]]
    lines += [told["connecting"]] if any(one.is_connecting for one in statements) else []
    lines += [told["quoted"]] if any(part.is_quoted for part in section.parts) else []
    notice = notice_of(section)
    return lines + ([notice] if notice else [])


def _laid_out(section: Section, part: Part, marks: Iterator[tuple[Mark, ...]]) -> Iterator[Paragraph]:
    if title := section.title_of(part):
        yield Paragraph(HEADING, (Piece(title),))
    pieces = [Piece(one.text, next(marks), one.is_connecting) for one in part.statements]
    if not part.is_quoted:
        yield Paragraph(TEXT, tuple(pieces))
        return
    opening = QUOTES[section.language][0]
    if reasons := tuple(one for one in pieces if one.words.startswith(opening)):
        yield Paragraph(TEXT, reasons)
    yield from (Paragraph(ITEM, (one,)) for one in pieces if not one.words.startswith(opening))


def check_ending(ending: str, name: object = "") -> None:
    """See that a draft can be written in a format.

    Raises:
        MisuseError: the ending is none of .docx, .pdf and .md.
    """
    if ending.lower() not in _FORMATS:
        raise MisuseError(f"{name or ending}: no draft is written so; give a file that ends with {', '.join(_FORMATS)}")


def section_to_format(section: Section, ending: str, name: object = "") -> bytes:
    """The bytes of a document in the format of an ending such as `.docx`.

    Where no model has written any of it, they are those of the track record.

    Raises:
        MisuseError: the ending is none of .docx, .pdf and .md.
    """
    check_ending(ending, name)
    if not section.is_written:
        return to_format(section.precedents, ending, TRACK_RECORD)
    return _FORMATS[ending.lower()](section_paper(section))


def write_section(section: Section, path: Path) -> None:
    """Write it as a document whose format the ending of `path` says; what stood there before is whole until the end.

    Raises:
        MisuseError: the ending is none of .docx, .pdf and .md, or nothing can be written there.
    """
    put(section_to_format(section, path.suffix, path), path)


def _docx(paper: Paper) -> bytes:
    from assistant.paper_word import paper_docx

    return paper_docx(paper)


def _pdf(paper: Paper) -> bytes:
    from assistant.paper_pdf import paper_pdf

    return paper_pdf(paper)


def _markdown(paper: Paper) -> bytes:
    from assistant.paper_markdown import paper_markdown

    return paper_markdown(paper).encode()


_FORMATS: dict[str, Callable[[Paper], bytes]] = {".docx": _docx, ".pdf": _pdf, ".md": _markdown}
SECTION_ENDINGS = tuple(_FORMATS)
"""Of the files that a draft can be written as."""
