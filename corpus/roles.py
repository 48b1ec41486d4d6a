"""The role that the words of a value or a sentence give: `funded by`, `in partnership with`, `cu sprijinul`.

Knows the phrases, in English and Romanian, and cuts a text where they stand; does not know names.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.programmes import find_programmes

_DE = r"(?:de(?: c[ăa]tre)?|din partea)"
_A = r"(?:ă|a|e|i|ți|ţi|ti)?"
ROLES = (
    (
        "funder",
        r"(?:co-?)?(?:funded|financed|paid for|paid|subsidi[sz]ed)(?: for)? (?:by|from)|donated by"
        r"|(?:with|through) (?:the )?(?:co-?)?(?:funding|financing|funds|grants?|an? grant) (?:from|of|by|provided by)"
        rf"|(?:co-?)?finan[țţt]at{_A}(?: financiar)? {_DE}|donat{_A} {_DE}"
        r"|cu (?:co)?finan[țţt]are(?:a)? (?:de la|din partea)",
    ),
    ("sponsor", rf"sponsored by|sponsorizat{_A} {_DE}"),
    (
        "supporter",
        r"(?:(?:co-)?financially |kindly |generously )?supported by"
        r"|with (?:the )?(?:kind |generous |financial |technical )*(?:support|help|assistance|backing) (?:of|from|by)"
        r"|cu (?:sprijinul|ajutorul|suportul|susținerea)(?: financiar)?(?: al| a| ale| din partea)?"
        rf"|(?:sprijinit|sus[țţt]inut){_A}(?: financiar)? {_DE}",
    ),
    (
        "implementer",
        r"(?:implemented|carried out|delivered|run|led|managed|co-?ordinated|organi[sz]ed|executed|conducted) by"
        rf"|(?:implementat|derulat|coordonat|organizat|desf[ăa][șşs]urat|realizat|gestionat){_A} {_DE}",
    ),
    (
        "partner",
        r"(?:implemented |carried out |organi[sz]ed |run )?in (?:a )?(?:close )?(?:partnership|co-?operation"
        r"|collaboration|consortium|association) with|(?:together|jointly) with|alongside"
        r"|(?:with)?in (?:a |the )?consortium (?:led|headed|co-?ordinated) by"
        r"|[îi]n (?:parteneriat|colaborare|cooperare|asociere|consor[țţt]iu) cu|[îi]mpreun[ăa] cu|al[ăa]turi de",
    ),
    (
        "",
        r"(?:with)?in the (?:framework of (?:the )?|frame of (?:the )?)?projects?\b|as part of the"
        r"|[îi]n cadrul proiect\w+",
    ),
)
"""Phrases that open names in a role; the last opens what is no organisation."""
_APPOSED = (
    r"(?:\s+(?:our|its|their|the|two|three|local|main) (?:\w+ ){0,2}partners?\b,?"
    r"|\s+parten(?:er(?:ul|a|ii|ele)?)(?: (?:nostru|noștri|nostri|noastre|local|locali|s[ăa]u|s[ăa]i))*\b,?)?"
)
"""What a name behind the phrase stands beside: `together with our partner, the …`."""
ROLE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<r{at}>{pattern})" + _APPOSED * (role == "partner") for at, (role, pattern) in enumerate(ROLES))
    + r")(?!\w)\s*:?\s*",
    re.IGNORECASE,
)
THROUGH = re.compile(r"(?<!\w)(?:through|under|within|via|from|prin|[îi]n cadrul|din|in)\s+(?:the\s+)?$")
"""What stands before a programme that the funder named before it pays through."""
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
THROUGH_WORD = re.compile(r"\b(?:through|under|within|via|prin|cadrul|from|din|in)\b")
IN_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has been|being|este|e|sunt|a fost|fiind)(?: \w+ly)?\s*$|\b(?:project|proiectul?)\s*,?\s*$"
)
"""What stands before a phrase is the subject of a sentence, and no name."""


OF_NAME = re.compile(r"together|alongside|[îÎiI]mpreun|al[ăa]turi", re.IGNORECASE)


def segments(text: str) -> Iterator[tuple[str, int, int]]:
    """(role, start, end) of each stretch that one phrase opens; the first, of the label's own role, has none."""
    role, start, named = "", 0, True
    hidden = [match.span() for match in BRACKETS.finditer(text)]
    programmes = [at for at, _ in find_programmes(text)] if THROUGH_WORD.search(text) else []
    marks: list[tuple[int, int, str | None]] = [
        (one.start(), one.end(), ROLES[int(one.lastgroup[1:])][0] or None)
        for one in ROLE.finditer(text)
        if one.lastgroup and not _within(one.start(), hidden) and _is_phrase(text, one)
    ]
    for at in programmes:
        if (through := THROUGH.search(text, 0, at)) and through.start() and not _within(at, hidden):
            marks.append((through.start(), at, None))
    for mark_start, mark_end, following in sorted(marks, key=lambda one: one[:2]):
        if mark_start < start:
            continue
        if named and not IN_SENTENCE.search(text, start, mark_start):
            yield role, start, mark_start
        role, start, named = following or "", mark_end, following is not None
    if named:
        yield role, start, len(text)


def _is_phrase(text: str, match: re.Match[str]) -> bool:
    """Whether this is a phrase, and not words of a name: small letters, or the first words of the value."""
    return match.group()[0].islower() or (not text[: match.start()].strip() and not OF_NAME.match(match.group()))


def _within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < at < end for start, end in spans)
