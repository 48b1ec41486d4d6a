"""Precedents laid out to be read: ranked beside an idea, or as the track record that a proposal holds.

Knows neither how they are found nor in which format they are written.
"""

from collections.abc import Iterator

from assistant.paper import HEADING, IDEA, ITEM, TEXT, TITLE, Paper, Paragraph, Piece, Table, new_note
from assistant.phrases import listing, quote
from assistant.precedent import Fact, Precedent, Precedents
from assistant.reference import note_of, written_in

PRECEDENTS, TRACK_RECORD = "precedents", "track_record"
FORMS = (PRECEDENTS, TRACK_RECORD)
_WORDS = {
    "en": {
        PRECEDENTS: "Projects like the idea",
        TRACK_RECORD: "Track record",
        "counted": "Projects compared: {total}; shown here, likest first: {shown}.",
        "none": "No project is like the idea; projects compared: {total}.",
        "like": "Like the idea",
        "lacks": "Does not mention",
        "detail": "Detail",
        "said": "In the words of the source",
    },
    "ro": {
        PRECEDENTS: "Proiecte asemănătoare cu ideea",
        TRACK_RECORD: "Experiență anterioară",
        "counted": "Proiecte comparate: {total}; prezentate aici, începând cu cel mai asemănător: {shown}.",
        "none": "Niciun proiect nu seamănă cu ideea; proiecte comparate: {total}.",
        "like": "Asemănător cu ideea",
        "lacks": "Nu menționează",
        "detail": "Detaliu",
        "said": "În cuvintele sursei",
    },
}


def precedents_paper(precedents: Precedents, form: str) -> Paper:
    """The precedents in one of FORMS, before they are written in any format."""
    title, language = _say(precedents, form), written_in(precedents.language)
    told = _Noted(precedents)
    blocks = [Paragraph(TITLE, (Piece(title),))]
    if form == PRECEDENTS:
        blocks.append(Paragraph(IDEA, (Piece(quote(language, precedents.idea)),)))
    if form == PRECEDENTS or not precedents.found:
        blocks.append(Paragraph(TEXT, (Piece(standing(precedents)),)))
    laid_out = _ranked(precedents, told) if form == PRECEDENTS else _recorded(precedents, told)
    return Paper(title, language, precedents.retrieved, (*blocks, *laid_out), tuple(told.notes))


def standing(precedents: Precedents) -> str:
    """How many were compared, and how many are shown."""
    found = len(precedents.found)
    return _say(precedents, "counted" if found else "none", total=precedents.total, shown=found)


class _Noted:
    """The footnotes of facts, numbered in the order they are told in."""

    def __init__(self, precedents: Precedents) -> None:
        self._language, self._day = written_in(precedents.language), precedents.retrieved
        self.notes: list[str] = []

    def tell(self, words: str, fact: Fact) -> Piece:
        """Words with a footnote for the fact."""
        self.notes.append(note_of(fact.citation, self._language, self._day, project=False))
        return Piece(words, new_note(len(self.notes)))

    def reasons(self, one: Precedent) -> tuple[Piece, ...]:
        """What its source says that is like the idea."""
        return tuple(self.tell(quote(self._language, fact.text), fact) for fact in one.reasons)


def _ranked(precedents: Precedents, told: _Noted) -> Iterator[Paragraph]:
    for rank, one in enumerate(precedents.found, start=1):
        yield Paragraph(HEADING, (Piece(f"{rank}. {one.title}"),))
        if one.reasons:
            yield Paragraph(TEXT, told.reasons(one), f"{_say(precedents, 'like')}:")
        for fact in one.facts:
            yield Paragraph(ITEM, (told.tell(f"{fact.text}{fact.reading}", fact),), f"{fact.label}:")
        if one.lacks:
            yield Paragraph(ITEM, (Piece(listing(one.lacks)),), f"{_say(precedents, 'lacks')}:")


def _recorded(precedents: Precedents, told: _Noted) -> Iterator[Paragraph | Table]:
    head = (_say(precedents, "detail"), _say(precedents, "said"))
    for one in precedents.found:
        yield Paragraph(HEADING, (Piece(one.title),))
        if one.reasons:
            yield Paragraph(TEXT, told.reasons(one))
        if one.facts:
            yield Table(
                head, tuple((Piece(fact.label), told.tell(f"{fact.text}{fact.reading}", fact)) for fact in one.facts)
            )


def _say(precedents: Precedents, key: str, **values: object) -> str:
    return _WORDS[written_in(precedents.language)][key].format(**values)
