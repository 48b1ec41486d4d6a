"""The closed-class words by which an organisation's name is known: what it is, its legal form, what it is in charge of.

English and Romanian, with the commonest of other languages. Knows no organisation by name.
"""

import re
from functools import lru_cache

from corpus.words import fold

_ENGLISH = frozenset(
    "foundation association institute institution university college academy school kindergarten library museum"
    " theatre theater ministry department directorate agency authority council commission committee embassy consulate"
    " union federation confederation society club centre center network platform alliance coalition consortium trust"
    " fund bank company corporation group office bureau secretariat municipality prefecture government parliament"
    " chamber board church parish diocese hospital clinic league organisation organization cooperative observatory"
    " laboratory forum archive archives guild charity faculty inspectorate hall stiftung verein institut".split()
)
_FRONT = re.compile(
    r"(?:fundati|asociati|ambasad|bibliotec|universitat|institut|minister|primari|consili|colegi|academi|lice|muze|teatr"
    r"|departament|agenti|autoritat|comisi|comitet|consulat|uniun|federati|confederati|societat|club|centr|reteau?"
    r"|platform|aliant|coaliti|consorti|banc|compani|corporati|biro|secretariat|directi|inspectorat|prefectur|guvern"
    r"|parlament|camer|episcopi|arhiepiscopi|parohi|spital|organizati|cooperativ|laborator|administrati|facultat"
    r"|gradinit|grup|lig|forum|palat|cas|filial|univers?it|universi[td]ad|fondazion|fondation|fundacj|fundacion"
    r"|associazion|consorzi|comun|bibliothequ|ministeri|scol)"
    r"(?:a|ul|ei|ii|ia|iei|i|e|ului|ea|tii|tea|atii|lui|iul|iului|ua|um|o|on|ala|de|te)?"
    r"|scoala|scolii|gimnazial[ae]?|inspectoratul|fondul(?:ui)?|municipiul(?:ui)?|orasul(?:ui)?"
)
"""What opens a name in Romanian and its sisters: `Fundația …`, `al Ministerului …`; matched against a folded word."""
LEGAL_FORM = re.compile(
    r"(?:ltd|limited|inc|llc|llp|plc|corp|co|gmbh|ag|kg|e\.?\s?v|b\.?v|n\.?v|s\.?\s?a|s\.?\s?r\.?\s?l|s\.?\s?p\.?\s?a|s\.?l"
    r"|sarl|a\.?\s?[sșş]|oy|ab|aps|z\.?\s?s|o\.?\s?n\.?\s?g|o\.?\s?ü"
    r"|d\.?o\.?o|sp\. z o\.o|kft|ood|eood|i\.?i|p\.?f\.?a)\.?",
    re.IGNORECASE,
)
"""How a company or a club is set up; it stands behind the name and is no name."""
_TOPICS = frozenset(
    "culture cultural media sport sports education research innovation innovations science sciences youth labour labor"
    " family families health care economy economic affairs trade commerce industry business tourism environment"
    " environmental water waters forests forestry climate energy agriculture rural regional local development finance"
    " finances budget justice interior home foreign european integration transport transports infrastructure"
    " communications communication information technology technologies digital digitalisation digitalization"
    " administration works employment social protection solidarity welfare equality opportunities gender children"
    " child elderly persons people women communities community housing planning construction cooperation"
    " defence defense"
    " security arts art heritage religion religious minorities relations diaspora food safety fisheries mining"
    " resources natural training vocational skills learning lifelong literature literacy languages language"
    " civil citizenship"
    " democracy human rights monuments history documentation statistics geography economics engineering mathematics"
    " physics chemistry biology medicine pharmacy letters law philosophy theology psychology political studies"
    " management accounting sociology assistance inclusion services service public investments investment"
    " cultura culturii culte cultelor educatie educatiei cercetare cercetarii inovare inovarii tineret tineretului"
    " sportului munca muncii familie familiei sanatate sanatatii economie economiei comert comertului turism turismului"
    " mediu mediului ape apelor paduri padurilor energie energiei agricultura agriculturii dezvoltare dezvoltarii"
    " rurala rurale regionala regionale locala locale finante finantelor publica publice justitie justitiei"
    " afaceri afacerilor"
    " interne externe europene integrare integrarii transporturi transporturilor infrastructura infrastructurii"
    " comunicatii comunicatiilor tehnologie tehnologiei informatie informatiei digitalizare digitalizarii administratie"
    " administratiei lucrari lucrarilor protectie protectiei protectia sociala sociale solidaritate solidaritatii"
    " egalitate egalitatii sanse sanselor copil copilului copii copiilor drepturi drepturile drepturilor persoane"
    " persoanelor locuinte cooperare cooperarii fonduri fondurilor patrimoniu patrimoniului minoritati minoritatilor"
    " relatii invatamant invatamantului stiinta stiintei stiinte stiintelor arte artelor limbi litere istorie filosofie"
    " fizica chimie drept economice umaniste politice asistenta asistentei investitii investitiilor".split()
)
"""Portfolios of ministries and faculties: `… for Culture, Media and Sport` is one name."""
_SMALL = frozenset(
    "of for the in on at to by and a an de din la pentru si al ai ale privind cu pe lui du des der die das".split()
)
_OPENS = frozenset(["of", "for", "in", "on", "from", "at", "to", "de", "pentru", "din", "privind", "der", "des", "di"])
SUBUNIT = re.compile(
    r"(?:faculty|department|division|unit|section|chair|facultatea|departamentul|catedra|directia|serviciul"
    r"|compartimentul|sectia)\b"
)
"""Opens a part of the organisation named before it; matched against folded text."""
_WORD = re.compile(r"[^\W_](?:[\w.'’&+-]*[\w+])?")
_ACRONYM = re.compile(r"(?=(?:.*[A-ZĂÂÎȘȚŞŢ]){2})[A-ZĂÂÎȘȚŞŢ0-9&+-]{3,12}")
QUOTES = '„“”"«»‟'
GLUED_AFTER = re.compile(r"\)[A-ZĂÂÎȘȚŞŢ]\w*[a-z]")
_HUMP = re.compile(r"[A-ZĂÂÎȘȚŞŢ][a-zăâîșțşţ]+")


_TOWN = re.compile(r"\b(?:City|Town|County|Commune|Borough|Village) of (?=[^\W\d_a-z])")


def is_head(word: str) -> bool:
    """Whether a word says what kind of organisation a name is of: `Foundation`, `Ministerului`."""
    folded = fold(word)
    return folded in _ENGLISH or _opens_name(folded)


@lru_cache(maxsize=16384)
def _opens_name(folded: str) -> bool:
    return bool(_FRONT.fullmatch(folded))


def has_head(name: str) -> bool:
    """Whether a word with a capital in `name` says what kind of organisation it is; the City of a place is one."""
    return bool(_TOWN.search(name)) or any(is_head(word) for word in _WORD.findall(name) if word[0].isupper())


def is_acronym(name: str) -> bool:
    """Whether `name` is capitals and no more: `FOND`, `P2PU`."""
    return bool(_ACRONYM.fullmatch(name))


def ends_in_legal_form(name: str) -> bool:
    """Whether the last word of several is a legal form."""
    head, _, last = name.rstrip(" ,").rpartition(" ")
    return bool(head and not last.islower() and LEGAL_FORM.fullmatch(last))


def is_topic(words: str) -> bool:
    """Whether `words` are things a ministry or a faculty may be in charge of, and nothing else."""
    content = [word for word in map(fold, _WORD.findall(words)) if word not in _SMALL]
    return bool(content) and all(word in _TOPICS for word in content)


def looks_full(name: str) -> bool:
    """Whether `name` is by its build the whole name of an organisation: `University of X`, `X Foundation`, `ABC`."""
    bare = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", name).strip(" .,")
    if is_acronym(bare) or ends_in_legal_form(bare):
        return True
    found = list(_WORD.finditer(bare))
    words = [match.group() for match in found]
    if len(words) < 2 or not words[0][0].isupper():
        return False
    heads = [at for at, word in enumerate(words) if word[0].isupper() and is_head(word)]
    if not heads:
        return False
    last = len(words) - 1
    if heads[-1] == last:
        return words[last - 1][0].isupper() or words[last - 1][0].isdigit()
    if heads[0] == 0 and _opens_name(fold(words[0])) and fold(words[0]) not in _ENGLISH:
        return True
    return any(fold(words[at + 1]) in _OPENS or bare[found[at].end() :].lstrip()[:1] in QUOTES for at in heads)


def runs_together(name: str) -> bool:
    """Whether names seem to stand in `name` without a mark between them: `(ABC)Owl InstituteBookshop`."""
    if GLUED_AFTER.search(name):
        return True
    for word in _WORD.findall(name):
        humps = _HUMP.findall(word)
        if len(humps) > 1 and "".join(humps) == word and any(is_head(hump) for hump in humps):
            return True
    return False
