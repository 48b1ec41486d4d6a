"""A paper as a PDF: tagged for who has it read aloud (PDF/UA-1), typeset with the fonts that typst carries.

Reads no file of the system, fetches nothing, and makes the same bytes of the same paper. A character that none of these
fonts can draw is shown as one that is missing, and the paper says so at its end.
"""

import json
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.paper import TEXT, Paper, Paragraph, Piece, Table, clean, one_line

TEMPLATE = Path(__file__).with_name("paper.typ")
MISSING = "\N{REPLACEMENT CHARACTER}"
_LOST = {
    "en": "{missing} stands for a character that this file’s fonts do not have; the same as Word or Markdown has it.",
    "ro": "{missing} ține locul unui semn pe care fonturile acestui fișier nu îl au; în Word și în Markdown el apare.",
}
_UNDRAWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
"""What typst says, as of 0.15, of letters that none of its fonts has; it writes them as Rust does a string."""
_JOINED = "[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]*"
"""What changes the character before it, and is nothing without it: joiners, variants, shades of skin."""
_ROUNDS = 3
"""So often is it tried again without the letters that could not be drawn: those left may come out otherwise."""


def paper_pdf(paper: Paper) -> bytes:
    """The bytes of the PDF."""
    import typst

    told = _data(paper)
    for _ in range(_ROUNDS):
        try:
            return _typeset(told, "ua-1")
        except typst.TypstError as error:
            undrawn = {_unquoted(one) for one in _UNDRAWN.findall(error.diagnostic)}
            if not undrawn:
                break
            # Joiners are left out with what they join; elsewhere they may do their work.
            told = _without({one for one in undrawn if not re.fullmatch(_JOINED, one)} or undrawn, told, paper)
    return _typeset(told)  # what is left shows as an empty box


def _typeset(told: dict[str, Any], *standards: Any) -> bytes:
    import typst

    with TemporaryDirectory() as empty:
        compiler = typst.Compiler(
            TEMPLATE.read_bytes(), root=empty, font_paths=_fonts(), ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(told)}, package_path=empty, package_cache_path=empty,
        )  # fmt: skip
        made = compiler.compile(format="pdf", pdf_standards=list(standards))
    if not isinstance(made, bytes):
        raise TypeError(f"a PDF is bytes, and typst gave {type(made).__name__}")
    return made


@cache
def _fonts() -> Any:
    """The fonts that come with typst, so that all machines make the same of a paper."""
    import typst

    return typst.Fonts(include_system_fonts=False)


def _data(paper: Paper) -> dict[str, Any]:
    """What the template reads."""
    day = [paper.day.year, paper.day.month, paper.day.day] if paper.day else None
    blocks = [_block(block, paper.language) for block in paper.blocks]
    notes = ["\n".join(map(one_line, clean(note).splitlines())) for note in paper.notes]
    return {"title": one_line(paper.title), "language": paper.language, "day": day, "blocks": blocks, "notes": notes}


def _block(block: Paragraph | Table, language: str) -> dict[str, Any]:
    own = {"language": block.language if re.fullmatch("[a-z]{2,3}", block.language) else language}
    if isinstance(block, Table):
        rows = [[_piece(piece) for piece in row] for row in block.rows]
        return own | {"kind": "table", "head": [one_line(name) for name in block.head], "rows": rows}
    pieces = [_piece(piece) for piece in block.pieces]
    return own | {"kind": block.kind, "label": one_line(block.label), "pieces": pieces}


def _piece(piece: Piece) -> dict[str, Any]:
    return {"words": one_line(piece.words), "marks": [asdict(mark) for mark in piece.marks]} | (
        {"is_unsourced": True} if piece.is_unsourced else {}
    )


def _unquoted(said: str) -> str:
    """What stands between the quotation marks of a Rust string."""
    told = re.sub(r"\\u\{([0-9a-f]+)\}", lambda one: chr(int(one[1], 16)), said)
    return re.sub(r"\\(.)", r"\1", told)


def _without(undrawn: set[str], told: dict[str, Any], paper: Paper) -> dict[str, Any]:
    """The same with each of these letters shown as missing, and a line that says what that means."""
    lost = re.compile(f"(?:{'|'.join(map(re.escape, sorted(undrawn, reverse=True)))}){_JOINED}")
    said = _LOST[paper.language].format(missing=MISSING)
    line = _block(Paragraph(TEXT, (Piece(said),)), paper.language)
    kept: dict[str, Any] = _replaced(told, lost)
    kept["blocks"] = [block for block in kept["blocks"] if block != line] + [line]
    return kept


def _replaced(told: Any, lost: re.Pattern[str]) -> Any:
    """Data with these letters replaced in all of its texts."""
    if isinstance(told, str):
        return lost.sub(MISSING, told)
    if isinstance(told, list):
        return [_replaced(one, lost) for one in told]
    return {key: _replaced(one, lost) for key, one in told.items()} if isinstance(told, dict) else told
