"""The other names of a project: those its title carries, and those the first lines of its prose give it.

`Ora bună (Good Hour)` → `Good Hour`, `Ora bună`. Few and safe: an alias that stands for many things is worse than none.
Does not know which other projects there are.
"""

import re
from collections.abc import Iterable, Iterator

from corpus.organisation_words import is_topic
from corpus.places import country_code
from corpus.words import fold, words

SHORTEST_ALIAS = 4
"""Characters; a shorter one names too many things."""
LONGEST_ALIAS = 120
"""Characters; what is longer is a sentence."""
MOST_ALIASES = 6
"""That are taken from the prose of one project."""
PROSE_READ = 1_500
"""Characters from the beginning of the prose; further down other projects are told of."""

OPEN, CLOSE = '„“"«”', '”“"»'
QUOTED = re.compile(r"[„“”\"«]([^„“”\"«»\n]{2,120})[”“\"»]")
INSIDE = re.compile(r"[(\[]([^()\[\]]+)[)\]]|[„“\"«]([^()\[\]„“”\"«»]+)[”“\"»]")
DASH = re.compile(r"\s[–—-]\s|\s/\s|:\s")
SAID = re.compile(
    r"^\W*(?:in (?:short|brief|english|romanian|romana)|hereafter|hereinafter|also (?:known|called) as"
    r"|also called|aka|a\.k\.a\.?"
    r"|abbreviated(?: as| to)?|abbr\.?|acronym|short(?:ly| name)?|known as|or|abreviat|pe scurt|prescurtat|acronim"
    r"|denumit[ăa]? (?:[îi]n continuare|[șs]i)|cunoscut[ăa]? (?:[șs]i )?(?:ca|drept|sub numele(?: de)?)"
    r"|[îi]n (?:rom[âa]n[ăa]|englez[ăa])"
    r"|sau)(?!\w)[\s:,]*(?:the project |proiectul )?",
    re.IGNORECASE,
)
"""What announces another name."""
ANNOUNCED = re.compile(
    r"(?:,|\(|–)\s*(?:in short|in brief|hereafter|hereinafter|also known as|also called|a\.k\.a\.|aka"
    r"|abbreviated(?: as| to)?"
    r"|abreviat[ăa]?|pe scurt|prescurtat|denumit[ăa]? [îi]n continuare|cunoscut[ăa]? (?:[șs]i )?(?:ca|drept"
    r"|sub numele(?: de)?))"
    r"[\s,:]+(?:as )?(?P<name>[„“”\"«][^„“”\"«»\n]{2,80}[”“\"»]|[A-ZȘȚŞŢÎÂĂ][^()\n,.;–]{2,60}?)(?=\s*[),.;–]"
    r"|\s(?:is|este|aims)\b)"
)
TELLS_APART = re.compile(
    r"\b(?:(?:19|20)\d\d|phase|faza|etapa|stage|edition|edi[țt]i[ae]|lot(?:ul)?|part(?:ea)?|volume|year|anul|season|sezonul?|series"
    r"|round|runda|component[aă]?|no|nr|module|modulul?|tranche|cycle|batch)\b(?!')|^\W*(?:[IVX]{1,5}|\d+)\W*$|\b[IVX]{2,4}\W*$",
    re.IGNORECASE,
)
"""What parts two projects of one name, and names neither."""
EVERYBODYS = frozenset(
    "project projects programme program action award awards shortlist shortlisted news report reports"
    " conference workshop"
    " training course event annex contract tender call grant grants support summary update press release final annual"
    " proposal new ongoing completed closed draft pilot the a an of and for technical assistance study service services"
    " proiect proiecte proiectul program programul raport comunicat licitatie anunt curs conferinta atelier eveniment"
    " finalizat nou in de al si pentru studiu finantare extension continuation introduction overview national regional"
    " local international european home about welcome description title name".split()
)
"""Words that make no name, alone or together."""
KIND = (
    r"(?:project|programme|program|initiative|campaign|conference|proiect(?:ul|ului)?|program(?:ul|ului)?|campania"
    r"|ini[țt]iativa)"
)
OF_KIND = re.compile(rf"\b{KIND}\b", re.IGNORECASE)
INTRODUCED = re.compile(
    rf"[\s„“”\"]*(?P<name>[A-ZȘȚŞŢÎÂĂ][^.,;:()\n„“”\"]{{5,80}}?)[”“\"]?,\s+(?:a|an|the|un|o)\s+(?:[\w-]+\s+){{0,3}}"
    rf"(?:{KIND}|concept|idea|idee|competition)\b"
)
"""The first words of the prose, and that they name a project: `My Town, a winning concept that …`."""
WITH_SLOGAN = re.compile(rf"\s[–—-]\s(?P<slogan>[A-ZȘȚŞŢÎÂĂ][^.,;()\n–—]{{5,80}}?)\s{KIND}\b")


def aliases_of(title: str) -> list[str]:
    """Other names that a title carries: what stands in brackets or quotation marks, outside, and either side of a mark.

    `Ora bună (Good Hour)` → `Good Hour`, `Ora bună`.
    """
    inside = [one or other for one, other in INSIDE.findall(title)]
    outside = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", title).strip()
    if any(_tells_apart(one) for one in re.findall(r"[(\[]([^()\[\]]+)[)\]]", title)):
        outside = ""
    return _kept([*inside, outside, *_sides(outside)], title)


def _sides(title: str) -> Iterator[str]:
    """Head and slogan; the head before a comma where an apposition follows, not where a list does."""
    parts = DASH.split(title)
    if len(parts) == 2 and not any(_tells_apart(part) for part in parts):
        yield parts[0]
        if parts[1].strip()[:1].isupper() and " " in parts[1].strip():
            yield parts[1]
    elif len(parts) == 1 and title.count(", ") == 1:
        head, tail = title.split(", ")
        if not is_topic(head) and not re.search(r"\s(?:and|și|şi|si|&)\s", tail) and not _tells_apart(tail):
            yield head


def _tells_apart(name: str) -> bool:
    """Whether `name` only says which of several: a phase, a year, a number, a country."""
    pieces = [piece for piece in re.split(r"\s*(?:,|;|/|&|\band\b|\bși\b)\s*", name) if piece]
    return bool(TELLS_APART.search(name)) or (bool(pieces) and all(country_code(piece) for piece in pieces))


def aliases_in(title: str, prose: str) -> list[str]:
    """The other names that a title carries, then those that the first lines of the project's prose give it."""
    prose = prose[:PROSE_READ]
    carried = aliases_of(title)
    told = [*_announced(title, prose), *_variants(title, prose), *_introduced(title, prose)]
    return _kept([*carried, *_kept(told, title)[:MOST_ALIASES]], title)


def _announced(title: str, prose: str) -> Iterator[str]:
    """`Title (in short, Name)`, `Title (Name)`, `Title – Slogan project`, `“Name” (Title)`."""
    for match in _mentions(title, prose):
        behind = prose[match.end() : match.end() + 160]
        first = re.match(r"[”“\"»]?(?:\s+\w+)?\s*[(\[]([^()\[\]]{2,80})[)\]]", behind)
        if first:
            yield first[1]
        if said := ANNOUNCED.search(behind.split(". ")[0]):
            yield said["name"]
        if slogan := WITH_SLOGAN.match(behind):
            yield prose[match.start() : match.end() + slogan.end("slogan")]
            yield slogan["slogan"]
        before = re.search(r"[„“”\"«]([^„“”\"«»\n]{2,80})[”“\"»]\s*\($", prose[: match.start()])
        if before and behind[:1] == ")":
            yield before[1]


def _mentions(title: str, prose: str) -> Iterator[re.Match[str]]:
    """Where the prose says the title, bare or whole, whatever the capitals, accents aside."""
    from corpus.folding import fold_keeping_length

    folded = fold_keeping_length(prose)
    names = sorted({title, *(name for name in aliases_of(title) if len(words(name)) > 1)}, key=len, reverse=True)
    if patterns := [r"\W+".join(map(re.escape, words(name))) for name in names if words(name)]:
        yield from re.finditer(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", folded)


def _variants(title: str, prose: str) -> Iterator[str]:
    """Quoted names that share most of their words with the title: another spelling of it, or more of it."""
    of_title = _content(title)
    for match in QUOTED.finditer(prose):
        own = _content(match[1])
        shared = len(own & of_title)
        if shared > 1 and 2 * shared >= min(len(own), len(of_title)):
            beside = prose[max(0, match.start() - 30) : match.start()] + " " + prose[match.end() : match.end() + 20]
            if len(own) >= len(of_title) or OF_KIND.search(beside):
                yield match[1]


def _introduced(title: str, prose: str) -> Iterator[str]:
    """The name that the prose begins with, where it says that this is a project and a word of the title is in it."""
    match = INTRODUCED.match(prose)
    if match and len(words(match["name"])) > 1 and _content(match["name"]) & _content(title):
        yield match["name"]


def _content(name: str) -> set[str]:
    return {word for word in words(name) if len(word) > 2 and word not in EVERYBODYS}


def _kept(names: Iterable[str], title: str) -> list[str]:
    """The names that can stand alone, as written, each once."""
    kept: list[str] = []
    seen = {fold(title)}
    for name in names:
        clean = SAID.sub("", name) if SAID.match(name) and SAID.sub("", name) else name
        clean = clean.strip(" ,:;–—-\n")
        if re.fullmatch(r"[„“”\"«][^„“”\"«»]*[”“\"»]", clean):
            clean = clean[1:-1].strip()
        if fold(clean) not in seen and _is_name(clean):
            seen.add(fold(clean))
            kept.append(clean)
    return kept


def _is_name(name: str) -> bool:
    if not SHORTEST_ALIAS <= len(name) <= LONGEST_ALIAS or not re.search(r"[^\W\d_]{2}", name):
        return False
    if re.search(r"\d{3,}/|/\d{3,}|https?:|www\.|@", name) or TELLS_APART.fullmatch(name):
        return False
    first = re.split(r"[\s-]", name)[0]
    if first.islower():
        return False
    return not _only_tells_apart(name) and not set(words(name)) <= EVERYBODYS


def _only_tells_apart(name: str) -> bool:
    """Whether nothing but a phase, a year or a country is left of a name."""
    rest = TELLS_APART.sub(" ", name)
    pieces = [piece for piece in re.split(r"\s*(?:[,;/&–-]|\band\b|\bși\b)\s*", rest) if piece.strip()]
    return all(len(re.sub(r"[\W\d_]", "", piece)) < 3 or country_code(piece) is not None for piece in pieces)
