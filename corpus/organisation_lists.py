"""Organisations in a labelled value: where one name ends and the next begins, its country, and roles its words give.

Cuts at semicolons, bullets and line breaks where there are such, else at commas and at the conjunction before the last;
a conjunction within a name stays. What could be cut in two ways is left whole. Knows no organisation by name; what
kinds of words organisations are called by is in `corpus.organisation_words`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.organisation_words import (
    LEGAL_FORM,
    QUOTES,
    SUBUNIT,
    ends_in_legal_form,
    has_head,
    is_acronym,
    is_head,
    is_topic,
    looks_full,
    runs_together,
)
from corpus.places import countries_in, country_code
from corpus.programmes import find_programmes
from corpus.roles import segments
from corpus.words import fold

GROUP = "a group, not a name"
TOGETHER = "names seem to run together: no mark stands between them"
OTHERS = "the source says that there are others"
LONGEST_VALUE = 8_000
"""Characters of a value that are looked at; what is longer is a text, not a list of names."""
LONGEST_NAME = 300
"""Characters on either side of a mark that are looked at to tell whether it parts two names."""
LONGEST_KEPT = 600
"""Characters of a value that is remembered, in case it comes again; a longer one seldom does."""
LONGEST_IN_PAIR = 4
"""Words of each of two names that only a label in the plural tells apart: `Sponsors: Owl and Lamp Oil`."""


@dataclass(frozen=True, slots=True)
class Name:
    """Characters `start` to `end` of a text name an organisation; the span holds the country that stands beside it.

    `country` is ISO 3166-1 alpha-2; `role` is set where the text itself gives one, and counts before the label's.
    """

    start: int
    end: int
    name: str
    country: str | None = None
    note: str = ""
    role: str = ""


ROLE_NOUNS = {
    "partner": re.compile(r"(?:project |associated? )?partner|partener(?: asociat)?(?: \d+)?"),
    "implementer": re.compile(
        r"lead(?: partner| organi[sz]ation| applicant|er)?|(?:project )?co-?ordinator|promot[oe]r|applicant|coordonator"
        r"|lider(?: de proiect)?|partener (?:lider|principal)|solicitant|implement[eo]r"
    ),
    "funder": re.compile(r"(?:main |co-?)?funder|donor|(?:co-?)?finan[tț]ator|donator"),
    "sponsor": re.compile(r"(?:main )?sponsor"),
}
"""What a bracket behind a name says of its role."""
NOTHING = re.compile(
    r"\W*(?:none|no|nil|n\.?\s?/?\s?a\.?|not (?:applicable|available|known|yet known|specified|stated)|tb[acd]"
    r"|unknown|various|to be (?:confirmed|announced|determined|defined)|f[ăa]r[ăa](?: partener\w*| finan\w*)?"
    r"|nu|niciun\w*|nici un\w*"
    r"|nu (?:este cazul|exist[ăa]|se aplic[ăa])|necunoscut|null|nan|self[- ]funded|own funds|fonduri proprii)?\W*",
    re.IGNORECASE,
)
VERBAL = re.compile(r"\b(?:by|of|from|with|through|de|cu|al|catre|partea|prin|la)$")
PLURAL = re.compile(
    r"(?<!\w)(?:partners|collaborators|funders|donors|investors|sponsors|supporters|backers|implementers|beneficiaries"
    r"|recipients|grantees|clients|organi[sz]ations|institutions|participants|members|parteneri\w*|colaborator[ii]\w*"
    r"|finantatori\w*|donatori\w*|investitori\w*|sponsori\w*|sustinatori\w*|beneficiari\w*|consort\w+|partnership"
    r"|parteneriat\w*|promotori|organizatori\w*|clienti|\w+s|\w+i{1,2})$"
)
_AND = r"(?:and|as well as|plus|și|şi|si|precum și|&)"
SEPARATOR = re.compile(
    rf"(?P<hard>(?<!\s)\s*(?:;|\n|(?<!\w)[•▪‣◦|]|\s\|\s)[\s;•▪‣◦|]*(?:[-–*]\s+)?)|(?P<comma>(?<!\s)\s*,(?!\d)(?:\s*(?P<oxford>{_AND})\s+|\s*))"
    rf"|(?P<slash>(?<!\s)\s+/\s+)|(?P<and>(?<!\s)\s+{_AND}\s+)"
)
ADDRESS = re.compile(
    r"(?i:str|bd|bl|et|ap|nr|no|jud|com)\.|(?:[Ss]trada|[Bb]ulevardul|[Cc]alea|[Ss]ectorul?|jude[tțţ]ul|comuna|satul?"
    r"|municipiul|ora[sșş]ul|localitatea|[Ff]iliala)\s|\d[\w-]{0,7}$|P\.?\s?O\.? [Bb]ox"
)
"""Tells where the organisation named before it has its seat."""
OTHER_END = re.compile(
    r"(?<![,\s])[,\s]*(?:\b(?:and|și|şi|si) )?(?:\bet al\b|\b(?:many |several |numerous )?others\b|\bmore\b|\betc\b"
    r"|\bal[țţt]ii\b|\bș\.\s?a\b|\bamong others)[.…]*\s*$|(?<!\s)\s*(?:…|\.\.\.)\s*$"
)
COUNTED = re.compile(
    r"(?:and |și |over |more than |about |around |approximately |some |peste |circa |aproximativ )?"
    r"(?:\d[\d,.]*\+?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|other|many|various|local|all"
    r"|dou[ăa]|trei|patru|cinci|[șs]ase|[șs]apte|opt|nou[ăa]|zece|alte|mai multe|diverse|toate)"
    r"\s+(?:de\s+|other\s+|alte\s+)?[^\W\dA-ZĂÂÎȘȚŞŢ]",
)
LEAD = re.compile(
    r"(?:[\s,;:.•▪‣◦*|/–—-]|\(?\d{1,2}[.)]\s|[a-h]\)\s|(?:and|și|şi|by|from|de către|către|the|al|ale|lui|cu)\s)+"
)
TRAIL = re.compile(rf"(?<![\s,;])[\s,;]+(?:{_AND}|with|by|cu|de)[\s,;:]*$")
FIRM = re.compile(r"(?:[Cc]o|Company|Sons?|Daughters|Brothers|Partners|Associates|Fii+|Asociații)\b")
"""What a conjunction binds to the name before it."""
HOST = re.compile(
    r"\b(?:universit|college|colegiul|institut|academ|polyt|polit|minist|council|consili|hall|primari|hospital|spital"
    r"|school|scoala)"
)
"""What has departments, in folded text: behind a comma after any other name, `Department of …` is a name itself."""
GLUED = re.compile(r"\(([^()]{2,40})\)(?=[A-ZĂÂÎȘȚŞŢ]\w*[a-z])")
"""A bracket at once followed by the next name: `Owl Association (OWA)Lamp Institute`."""
CODE = re.compile(r"(?P<code>[A-Z]{2}|[^\W\d_][^\W\d_ ]{3,20})\s?:\s+(?=\S)")
BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{2,60})[)\]]$")
TAIL = re.compile(r"(?:\s+[–—-]\s+|,\s*)([^,–—]{2,40})$")
NUMBERED = re.compile(r"(?:^|(?<=\s))\(?\d{1,2}[.)]\s+(?=[„“\"«A-ZĂÂÎȘȚŞŢ])")
"""The numbers of a list that stands in one line; it begins with one."""
PLURAL_KIND = re.compile(r"[a-zăâîșț]+(?:s|i|e|or|children|people|youth|women|men)|[A-Z]{2,6}s\s[a-z].*", re.DOTALL)
"""A kind of people or bodies without a name: `teachers`, `NGOs from …`."""
Span = tuple[int, int]


def find_organisations(text: str, *, label: str = "", several: bool | None = None) -> list[Name]:
    """The organisations of a labelled value, in order, none overlapping; empty for `none`, `-`, `n/a`.

    `several` tells whether the value may be a list; left out, the label's number tells, and without a label it may be.
    """
    text = text[:LONGEST_VALUE].rstrip()
    read = _kept if len(text) <= LONGEST_KEPT else _organisations
    return list(read(text, label, several))


def _organisations(text: str, label: str, several: bool | None) -> tuple[Name, ...]:
    folded = fold(label).strip(" :*-")
    plural = bool(PLURAL.search(folded))
    if several is None:
        several = not folded or plural or bool(VERBAL.search(folded))
    names: list[Name] = []
    for role, start, end in segments(text):
        if other := OTHER_END.search(text, start, end):
            end = other.start()
        found = [_named(text, *piece) for piece in _pieces(text, start, end, several, plural)]
        made = _alike([replace(one, role=one.role or role) for one in found if one])
        if made and other:
            made[-1] = replace(made[-1], note="; ".join(filter(None, [made[-1].note, OTHERS])))
        names += made
    return tuple(names)


_kept = lru_cache(maxsize=8192)(_organisations)


def _spans(text: str, pattern: str) -> list[Span]:
    return [match.span() for match in re.finditer(pattern, text)]


def _alike(names: list[Name]) -> list[Name]:
    """The first word of a list of groups has its capital from its place: `Students, teachers and parents`."""
    first = names[0] if len(names) > 1 else None
    if first and all(one.note == GROUP for one in names[1:]) and PLURAL_KIND.fullmatch(first.name.lower()):
        return [replace(first, note=GROUP), *names[1:]]
    return names


def _whole(text: str) -> list[Span]:
    """Stretches in which nothing is cut: brackets, quotations, programmes with their parts, `in X, Y and Z`."""
    spans = _spans(text, r"[(\[][^()\[\]]*(?:[)\]]|$)")
    if any(mark in text for mark in QUOTES):
        spans += _spans(
            text, r"„[^„“”\"\n;]{1,90}[”“\"]|“[^„“”\"\n;]{1,90}(?:”|(?<=\S)“(?!\w))|«[^«»\n]{1,90}»|\"[^\"\n;]{1,90}\""
        )
    if "," in text and re.search(r"[+\d–-]", text):
        spans += find_programmes(text)
    chain: list[Span] = []
    for country in countries_in(text):
        between = text[chain[-1][1] : country.start] if chain else ""
        if chain and re.fullmatch(rf"\s*,\s*(?:the )?|\s*,?\s+{_AND}\s+(?:the |în |in )?", between):
            chain[-1] = (chain[-1][0], country.end)
        else:
            chain.append((country.start, country.end))
    group = COUNTED.match(text) or not text[:1].isupper()
    for start, end in chain:
        of = re.search(
            r"\b(?:of|in|from|across|between|din|în|in|ale?)\s+(?:the\s+)?$", text[max(0, start - 20) : start]
        )
        if of and (group or re.search(rf"\s{_AND}\s", text[start:end])):
            spans.append((start, end))
    return spans


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    kind: str


def _pieces(text: str, start: int, end: int, several: bool, plural: bool) -> Iterator[Span]:
    """Where the names of a stretch stand, untrimmed."""
    if NOTHING.fullmatch(text, start, end):
        return
    words = text[start:end]
    whole = _whole(words)
    marks = [
        _Mark(match.start(), match.end(), "comma" if match["comma"] else str(match.lastgroup))
        for match in SEPARATOR.finditer(words)
        if not any(one < match.end() and match.start() < other for one, other in whole)
    ]
    if NUMBERED.match(words):
        marks += [_Mark(one.start(), one.start(), "hard") for one in NUMBERED.finditer(words) if one.start()]
    marks += [_Mark(one.end(), one.end(), "glued") for one in GLUED.finditer(words) if _is_own(one[1])]
    marks.sort(key=lambda mark: mark.start)
    hard = [mark for mark in marks if mark.kind in ("hard", "slash", "glued")]
    listed = any(mark.kind == "hard" and words[: mark.start].strip() and words[mark.end :].strip() for mark in hard)
    at = 0
    for mark in [*hard, _Mark(len(words), len(words), "hard")]:
        inner = [one for one in marks if at <= one.start and one.end <= mark.start]
        soft = _soft(words, at, mark.start, inner, several and not listed, plural and not listed)
        yield from ((start + one, start + other) for one, other in soft)
        at = mark.end


def _is_own(inner: str) -> bool:
    """Whether a bracket ends the name before it, being its short form or its country: not the first half of a word."""
    return is_acronym(inner) or country_code(inner) is not None


def _soft(words: str, start: int, end: int, marks: Sequence[_Mark], several: bool, plural: bool) -> list[Span]:
    """Cut at commas and conjunctions where what stands on either side tells that they part names."""
    pieces: list[Span] = []
    kinds: list[str] = [""]
    bounds = [*(mark.start for mark in marks[1:]), end][: len(marks)]
    bracketed = sum(words[mark.start - 1 : mark.start] in (")", "]") for mark in marks)
    alone = len(marks) == 1 and plural
    at = start
    for mark, bound in zip(marks, bounds, strict=True):
        left = words[max(at, mark.start - LONGEST_NAME) : mark.start]
        right = words[mark.end : min(bound, mark.end + LONGEST_NAME)]
        if mark.kind == "comma":
            cut = _comma_parts(left, right, several)
        else:
            listed = several and "comma" in kinds
            firm = words[mark.start : mark.end].strip() == "&"  # in the name of a firm, unless it is the last of a list
            listed = listed and not (firm and (bound < end or _is_firm(left, right)))
            single = alone and not firm
            cut = _and_parts(left, right, listed, single, 0 < len(marks) <= 2 * bracketed)
        if cut:
            pieces.append((at, mark.start))
            kinds.append(mark.kind)
            at = mark.end
    return _with_countries(words, [*pieces, (at, end)], kinds)


def _comma_parts(left: str, right: str, several: bool) -> bool:
    right = right.strip()
    if not left.strip() or not right or LEGAL_FORM.fullmatch(right) or ADDRESS.match(right):
        return False
    if not several:
        return bool(BRACKET.search(left.rstrip()) and BRACKET.search(right))
    if has_head(left) and is_topic(right):
        return False
    return not (SUBUNIT.match(fold(right)) and HOST.search(fold(left)) and not SUBUNIT.match(fold(left).strip()))


def _and_parts(left: str, right: str, listed: bool, alone: bool, bracketed: bool) -> bool:
    """Whether a conjunction parts two names; `listed` after a comma that did, `alone` the only mark of a plural."""
    left, right = left.strip(), re.sub(r"^(?:the|al|ale|a|ai)\s", "", right.strip())
    if not left or not right or FIRM.match(right) or (is_topic(right) and not is_acronym(right)):
        return False
    if COUNTED.match(right):
        return True
    if BRACKET.search(left) or (looks_full(left) and looks_full(right)):
        return True
    if bracketed:
        return False  # the others have a country behind them: this conjunction is within a name
    if listed:
        return not has_head(left) or has_head(right) or is_acronym(right) or looks_full(left)
    return alone and _is_plain(left) and _is_plain(right)


def _is_firm(left: str, right: str) -> bool:
    """Whether `&` joins two single words, as firms are called."""
    return not any(" " in name.strip() or is_acronym(name.strip()) for name in (left, right))


def _is_plain(name: str) -> bool:
    """Whether a name is a few words, all with a capital, none telling what a ministry is in charge of."""
    words = name.split()
    return len(words) <= LONGEST_IN_PAIR and all(word[:1].isupper() for word in words) and not is_topic(words[-1])


def _with_countries(words: str, pieces: Sequence[Span], kinds: Sequence[str]) -> list[Span]:
    """Join a country that is a piece of its own, and the town before it, to the name before them."""
    codes = [country_code(words[start:end]) for start, end in pieces]
    if all(codes):
        return list(pieces)
    made: list[Span] = []
    for (start, end), code, kind in zip(pieces, codes, kinds, strict=True):
        if code and kind == "comma" and made and not BRACKET.search(words[slice(*made[-1])].rstrip()):
            at = made[-1][0]
            town = words[slice(*made[-1])].strip()
            if len(made) > 1 and _is_town(town) and has_head(words[slice(*made[-2])]):
                made.pop()
                at = made[-1][0]
            made[-1] = (at, end)
        else:
            made.append((start, end))
    return made


def _is_town(words: str) -> bool:
    return len(words.split()) < 3 and words[:1].isupper() and not is_acronym(words) and not has_head(words)


def _named(text: str, start: int, end: int) -> Name | None:
    """A piece as a name: without what stands around it, its country and role read off."""
    start, end = trimmed(text, start, end)
    if NOTHING.fullmatch(text, start, end) or not re.search(r"[^\W_]", text[start:end]):
        return None
    words = text[start:end]
    note = TOGETHER if runs_together(words) else GROUP if is_group(words) else ""
    if note:
        return Name(start, end, words, None, note)
    if (front := CODE.match(words)) and (code := country_code(front["code"])):
        return Name(start, end, words[front.end() :], code)
    role = ""
    while bracket := BRACKET.search(words):
        inner = fold(bracket[1]).strip()
        role_said = next((role for role, noun in ROLE_NOUNS.items() if noun.fullmatch(inner)), "")
        if not role_said:
            break
        words, role = words[: bracket.start()], role_said
    name, country = _without_country(words)
    return Name(start, end, name, country, "", role)


def _without_country(words: str) -> tuple[str, str | None]:
    """The name and the country behind it: `A (Italy)`, `A (Arad, Romania)`, `A, Italy`, `A – Italy`."""
    if bracket := BRACKET.search(words):
        name, inner = words[: bracket.start()].rstrip(), bracket[1].strip()
        if country_code(inner) and len(inner) > len("ROU"):
            return name, country_code(inner)
        last = re.split(r"[,;]\s*|\s[–-]\s", inner)[-1]
        if _is_sure(last, name) and (code := country_code(last)):
            return name, code
        return words, None
    tail = TAIL.search(words)
    if tail and _is_sure(tail[1], words[: tail.start()]) and (code := country_code(tail[1])):
        return words[: tail.start()].rstrip(), code
    return words, None


def _is_sure(code: str, name: str) -> bool:
    """Whether what may be a country's code is not the acronym of the name: `Institute of Education (IE)`."""
    code = code.strip()
    if len(code) > 3 or not code.isupper() or code in ("UK", "USA", "UAE", "SUA"):
        return True
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())
    return len(code) == 2 and fold(code) not in fold(initials)


def is_group(words: str) -> bool:
    """Whether `words` tell of several that are not named: `40 reading clubs in Norway`, `local schools`."""
    if COUNTED.match(words) or PLURAL_KIND.fullmatch(words):
        return True
    first = words.split()[0]
    return first.islower() and " " in words and not is_head(first)


def trimmed(text: str, start: int, end: int) -> Span:
    """Without bullets, articles, a full stop and quotation marks that have lost their other half around."""
    if lead := LEAD.match(text, start, end):
        start = lead.end()
    if trail := TRAIL.search(text, start, end):
        end = trail.start()
    while start < end:
        words = text[start:end]
        if words[-1] in " \t\n\xa0,;:–—-/|*•" or (words[-1] == "." and not _keeps_stop(words)):
            end -= 1
        elif words[0].isspace() or (words[0] in QUOTES and not any(mark in QUOTES for mark in words[1:])):
            start += 1
        elif words[-1] in QUOTES and not any(mark in QUOTES for mark in words[:-1]):
            end -= 1
        elif len(words) > 2 and words[0] in QUOTES and words[-1] in QUOTES and not set(words[1:-1]) & set(QUOTES):
            start, end = start + 1, end - 1
        else:
            break
    return start, max(start, end)


def _keeps_stop(words: str) -> bool:
    """Whether the last full stop is of an abbreviation: `Ltd.`, `S.R.L.`."""
    return ends_in_legal_form(words) or bool(re.search(r"\b\w\.\w\.$|\b(?:Inc|Jr|Sr)\.$", words))
