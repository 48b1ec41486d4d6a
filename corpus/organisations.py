"""Who funded, supported, ran or shared a project, where a sentence of prose says so in as many words.

Only the words right behind a phrase such as `funded by` or `în parteneriat cu` count, only where they look like a name,
and only where the phrase speaks of the project. Says nothing rather than something wrong. Labelled values
are read in `corpus.organisation_lists`; the two are one to whoever needs organisations.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.amounts import find_money
from corpus.organisation_lists import COUNTED, Name, find_organisations
from corpus.organisation_words import QUOTES, has_head, is_acronym, is_head, looks_full
from corpus.places import country_code
from corpus.programmes import find_programmes
from corpus.roles import ROLE, ROLES, THROUGH
from corpus.sums_aside import without_sums
from corpus.words import words

__all__ = ["Name", "find_in_prose", "find_organisations"]

LONGEST_SENTENCE = 2_000
"""Characters; what is longer is a list or a table that was taken for a sentence."""
LONGEST_SHOUTED = 30
"""Letters of a sentence that may all be capitals and still be names: `Funded by ABC.`"""
NEAR = 60
"""Characters between the word for the project and a phrase without a verb before it: `the project “…”, funded by`."""
_LARGE = "A-ZĂÂÎȘȚŞŢÉÖÜÅÆØİÇÁÓÄČŠŽŁŚ"
_DOTTED = (
    rf"(?:Co|Ltd|Inc|Corp|Bros|St|Sf|Dr|Prof|(?<=and )co|(?<=& )co|(?<=și )co|[{_LARGE}](?:\.\s?[{_LARGE}])+)\."
    r"(?=\s*[(,]|\s+(?!(?:The|It|This|These|We|They|In|A|An|Our|Its|Proiectul|Acesta|Aceasta)\b)[\w&])"
)
"""An abbreviation with its full stop, where the sentence goes on: `Hill & Co. Design`, `Sun S.A. (Greece)`."""
_SET_UP = (
    r"(?:srl|ltd|llc|gmbh|sarl|s\.r\.l|s\.p\.a|s\.a|d\.o\.o|s\.r\.o|a\.s|z\.s|e\.\s?[vV])(?:\.(?=\s*[(,]|\s+\w))?(?!\w)"
)
"""Legal forms as they are written small."""
_CAPITAL = rf"(?:[{_LARGE}]|[a-z](?=[A-Z]))[\w’'&+.-]*(?<![.])"
_SMALL = r"(?:of|for|the|and|in|on|de|din|al|a|ale|ai|pentru|şi|și|si|la|du|des|der|&)"
_QUOTED = r"[„“\"«][^„“”\"«»\n]{2,80}[”“\"»]"
_TOKEN = rf"(?:{_DOTTED}|{_CAPITAL}|{_QUOTED}|\([^()\n]{{2,40}}\)|\d{{1,4}}(?=\s[A-Z]))"
RUN = re.compile(
    rf"(?:(?:the|al|ale|către)\s+)?(?=[{_LARGE}„“\"«]|[a-z]+[A-Z]){_TOKEN}"
    rf"(?:(?:,|\s+–|\s+{_SMALL}){{0,1}}(?:\s+{_SMALL}){{0,2}}\s*(?<![^\s]){_TOKEN}|\s+{_SET_UP}|\([^()\n]{{2,40}}\))*"
)
ABBREVIATED = re.compile(r"(?:\w\.\s?\w|\b(?:Ltd|Inc|Co|Corp))$")
"""The end of a name whose full stop is its own, though it ends the sentence as well."""
FOLLOWS = re.compile(
    r"\s*(?:$|[.;:!?)\]|]|,|[–—]|(?:in|within|through|under|for|with|and|from|to|which|that|who|as|at|on|by|via|since|during|after"
    r"|between|until|is|was|are|has|had|we|they|you|it|i|am|s-a|s-au|având|în|prin|din|cu|pentru|de|la|și|şi|care|pe|sub|ca|între|este|a|au|timp|pe)(?!\w))"
)
"""What may stand behind a name; a noun in small letters makes the capitals an adjective: `EU grants`."""
COMMA = re.compile(r"\s*,\s*$")
JOINED = re.compile(r"\s*,?\s+(?:and|și|şi|si|as well as)\s+(?:the\s+|al\s+)?[^\W\dA-ZĂÂÎȘȚŞŢ]")
AND_THEN_DID = re.compile(
    r"\s?,?\s(?:and|și|şi|si)\s+(?:(?:was|is|will|it|has|had|took|ran|runs?|cost|costs|lasted|lasts|began|ended|opened|started)\b"
    r"|(?:a|s-a|au|este|va|costă|durează)\b)"
)
"""What goes on about the project behind a name: "funded by X and ran from May"."""
ABOUT = re.compile(
    r"\b(?:project|initiative|campaign|conference|festival|event|pilot|(?:this|our|acest) program(?:me|ul)?"
    r"|(?:the|this|our|project|services?|works) (?:\w+ ){0,2}contract|contractul(?:ui)?"
    r"|proiect(?:ul|ului)?|programul|ini[țţt]iativ[aăe]i?|campani[ae]i?|conferin[țţt][aăe]i?"
    r"|festival(?:ul|ului)?|eveniment(?:ul|ului)?|ac[țţt]iun(?:ea|ii|e))\b",
    re.IGNORECASE,
)
"""What a page of projects calls a project; `programs` and `the program supported by` are something else's."""
WHERE = re.compile(
    rf"^\s*contract(?:ul)?\b|,?\s*\b(?:in|across|din|în)\s+(?:the\s+)?{_CAPITAL}(?:\s+(?:{_SMALL}\s+){{0,2}}{_CAPITAL})*"
)
"""What may stand between the word for the project and a phrase beside its title: where it is."""
ASIDE = re.compile(r"[„“\"«][^„“”\"«»\n]{2,300}[”“\"»]|\([^()]*\)")
"""A title in quotation marks, or what stands in brackets: nothing between two words that belong together."""
WE_DID = re.compile(
    r"\s*(?:we|it (?:was|is)|noi|am)\s+(?:\w+\s+){0,2}?(?:ran|run|work(?:ed|ing)?|implement(?:ed|ing)?|organi[sz]ed"
    r"|carried out|developed|delivered|held|lucrat|organizat|implementat|derulat|desf[ăa][șşs]urat|realizat)\b",
    re.IGNORECASE,
)
"""What opens a sentence that tells what the project did; who did it with us is a partner."""
IS_DONE = re.compile(
    r"\s(?:(?:is|was|has been)\s(?:\w+ly\s)?(?:delivered|run|carried out|implemented|organi[sz]ed|held|developed"
    r"|conducted)|(?:se|s-a)\s(?:desf[ăa][șşs]\w+|derul\w+|implement\w+|realiz\w+|organiz\w+)"
    r"|(?:este|a fost)\s(?:implementat|derulat|desf[ăa][șşs]urat|realizat|organizat)[ăae]?)\s*,?\s*$"
)
"""What stands between the project and who it is done with."""
VERB = re.compile(
    r"\b(?:is|was|are|were|(?:has|have|had) been|(?:is|was|are) being|being|will be|este|e|sunt|a fost|au fost|va fi"
    r"|fiind|a fost (?:de asemenea|și))(?:\s(?:also|integral|par[țţt]ial|\w+ly))?\s*$"
)
NOT_SO = re.compile(
    r"\b(?:not|never|n't|no longer|could|would|might|may|should|if|unless|whether|previously|formerly|hop(?:es?|ing)"
    r"|appl(?:y|ied|ies)|seek(?:s|ing)?|proposed|rejected|unlike|nu|niciodat[ăa]|dac[ăa]|ar putea|ar fi"
    r"|anterior|sper[ăa])\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(?:which|that|who|whose|where|when|care|follow\w*|based on|builds? on|similar to|another|parallel"
    r"|previous|earlier"
    r"|other|alt|alte|inspired|continu\w+|anterior\w*|după)\b",
    re.IGNORECASE,
)
"""Before a phrase this may speak of something other than the project."""
NO_NAME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday"
    r"|Thursday|Friday|Saturday|Sunday|EUR|USD|GBP|RON|MDL|CHF|Lei|This|These|It|We|They|Our|Its|Their|All|Some|Many|Most"
    r"|Other|His|Her|You|Your|Each|Every|Both|A|An|One|Several)\b"
)
NEEDS_A_KIND = re.compile(
    r"organi|co-?ordon|co-?ordin|donat|managed|led|run|conducted|executed|delivered|gestionat|realizat"
)
"""People do these as well; the name must tell that it is an organisation's."""


AND_THE = re.compile(r",? (?:and the|și|şi) (?=[A-Z])")
AND_THEN = re.compile(r"\b(?:and|și|şi|si)\s*$")
PROJECT_FIRST = re.compile(
    r"\s*(?:It|This|(?:The|This|Our)\s+(?:\w+\s+)?(?:project|initiative|pilot|programme)|Proiectul)\b"
)
ITS_MONEY = re.compile(
    r"\s*(?:(?:Its|The|This|Our)\s+(?:whole |total |entire )?(?:budget|cost|grant|money)"
    r"|(?:Bugetul|Costul|Grantul)(?: s[ăa]u)?)\b\s*"
)
GIVEN = re.compile(
    r"\b(?:grants?|awards?|funding|budget|buget\w*|money|donations?|finan[țţt]are\w*|grantul\w*|fonduri\w*)\b"
    r"(?:[^.;()]|(?<=\d)[.](?=\d)){0,60}?"
    r"\b(?:from|de la|din partea|(?:acordat|oferit)[ăae]? de(?: c[ăa]tre)?)\s+",
    re.IGNORECASE,
)
"""What opens a giver's name: `a grant of £86,700 from`."""
WITH, FROM = re.compile(r"\s*(?:With|Cu) "), re.compile(r"\s+(?:from|de la|din partea)\s+")
GAVE = re.compile(
    r"\s+(?:has |have |a |au |ne-a |ne-au )?(?:\w+ly )?(?:co-?)?(?:fund(?:ed|s)"
    r"|financ(?:ed|es)|pa(?:id|ys) for|sponsor(?:ed|s)|put in|granted"
    r"|paid(?= .{0,40}(?:towards|for) (?:it|this|the (?:project|work))\b)|awarded|gave|provided|contributed|donated"
    r"|committed|dat|oferit|acordat|finan[țţt]at|sponsorizat|donat)\b(?P<object>(?:[^.;]|(?<=\d)\.(?=\d)){0,80})"
)
"""What follows a giver's name that is the subject of its sentence."""
HOLDS = re.compile(
    r"\s+(?:(?:has|have) (?:been awarded|won|started implementing|signed)|was awarded|won|is implementing|implements"
    r"|a c[âa][șşs]tigat|a semnat|implementeaz[ăa]|deruleaz[ăa])\s+"
    r"(?:(?:the|this|our)\s+(?:\w+\s+){0,3}(?:project|contract)\b|proiectul\b|contractul\b)"
)
"""What follows the name of whoever does the work: `has won the project contract`, not `won a prize`."""
THE_WORK = re.compile(
    r"^\s*(?:it|this|the project|the work|most of it|proiectul|half)\b|(?:[€$£]|\b(?:EUR|USD|GBP|RON|MDL|CHF))\s?\d"
    r"|\d[\d.,\s]*(?:de )?(?:EUR|euro|USD|lei|RON|GBP)\b"
)
WERE_PARTNERS = re.compile(
    r"\b(?:partners|collaborators|partenerii?)(?:\s+no[sșş]tri)?\s+(?:were|are|included?|au fost|sunt)\s*:?\s+"
    r"|\b(?:our|the(?: (?:project|main|only)(?:[’']s)?)?) (?:\w+ )?partners?\s*(?:,|was|is)\s+"
    r"|\bparteneru?l(?: (?:nostru|proiectului))\s*(?:,|a fost|este)\s+",
    re.IGNORECASE,
)
WAS_PARTNER = re.compile(
    r"\s+(?:(?:was|were|is|are)\s+(?:also\s+)?(?:our\s+|the\s+|its\s+)?(?:\w+\s+)?partners?\b"
    r"|(?:a fost|au fost|este|sunt)\s+partener(?:ul|ii|i)?\b)(?!\s+of\b)"
)
"""What follows a partner's name that is the subject of its sentence."""
IS_CLIENT = re.compile(
    r"\b(?:the|our|its)\s+(?:(?:main|final)\s+)?client\s+(?:is|was)\s+"
    r"|\bclientul(?:\s+(?:nostru|proiectului))?\s+(?:este|e|a fost)\s+"
    r"|\b(?:commissioned|ordered)\s+by\s+|\bcomandat[ăae]?\s+de\s+(?:c[ăa]tre\s+)?",
    re.IGNORECASE,
)
WHICH_PAID = re.compile(
    r",\s+(?:which|who|care)\s+(?:has\s+|have\s+|a\s+|au\s+)?(?:paid|financed|funded|contributed|pl[ăa]tit|finan[țţt]at)\b"
    r"(?P<object>(?:[^.;]|(?<=\d)\.(?=\d)){0,80})"
)
"""What follows the name of whoever paid: `for the City Hall, which paid 9,000 euro`."""
FOR_ELSE = re.compile(r"\b(?:for|pentru)\s+(?!it\b|this\b|the (?:project|work)\b|proiect)")
SUBJECT = re.compile(r"\s*(?:The\s+)?")


def find_in_prose(sentence: str, title: str = "") -> list[Name]:
    """The organisations to which a sentence gives a role in the project, in order; mostly none.

    `title` is the project's: a sentence that begins with it speaks of the project.
    """
    sentence = sentence.replace("\n", " ")
    if len(sentence) > LONGEST_SENTENCE or "?" in sentence or _is_shouted(sentence):
        return []
    if found := _found(sentence, title):
        return found
    bare, places = without_sums(sentence)
    if len(bare) == len(sentence):
        return []
    return [replace(one, start=places[one.start], end=places[one.end - 1] + 1) for one in _found(bare, title)]


def _found(sentence: str, title: str) -> list[Name]:
    found: list[Name] = []
    end_of_last = -1
    for match in ROLE.finditer(sentence):
        role = ROLES[int((match.lastgroup or "r0")[1:])][0]
        if not role or match.start() < end_of_last or not _speaks(sentence, match, end_of_last, title):
            continue
        run = RUN.match(sentence, match.end())
        if run and (names := _names(sentence, run, role, match.group())):
            found += names
            end_of_last = names[-1].end
    holder = list(_holders(sentence)) if not any(one.role == "implementer" for one in found) else []
    return [*holder, *found] or [*_givers(sentence), *_partners(sentence), *_told(sentence, IS_CLIENT, "client")]


def _holders(sentence: str) -> Iterator[Name]:
    """Who holds the project's contract, where the sentence begins by saying so: `X Ltd. has won the contract`."""
    subject = RUN.match(sentence)
    holds = HOLDS.match(sentence, subject.end()) if subject and not ROLE.match(sentence) else None
    if subject and holds and not NOT_SO.search(sentence, 0, holds.end()):
        found = find_organisations(subject.group(), several=True)
        yield from _with_kind([replace(one, role="implementer") for one in found if not one.note])


def _givers(sentence: str) -> Iterator[Name]:
    """Who gave money, where the sentence says it of a grant or of the giver: `X financed it`, `a grant from X`."""
    given = GIVEN.search(sentence) or _sum_given(sentence)
    run = RUN.match(sentence, given.end()) if given else None
    if given and run and not NOT_SO.search(sentence, 0, given.end()):
        yield from _with_kind(_names(sentence, run, "funder", given.group()))
        return
    begin = SUBJECT.match(sentence)
    subject = RUN.match(sentence, begin.end() if begin else 0)
    gave = GAVE.match(sentence, subject.end()) if subject else None
    if subject and gave and THE_WORK.search(gave["object"]):
        found = [part for one in find_organisations(subject.group(), several=True) for part in _apart(one)]
        start = subject.start()
        yield from _with_kind(
            [replace(one, start=start + one.start, end=start + one.end, role="funder") for one in found if not one.note]
        )
    paid = WHICH_PAID.search(sentence)
    payers = [run for run in RUN.finditer(sentence) if paid and run.end() == paid.start()]
    is_money = paid and THE_WORK.search(paid["object"]) and not FOR_ELSE.search(paid["object"])
    if paid and is_money and payers and not NOT_SO.search(sentence, 0, paid.end()):
        yield from _with_kind(_names(sentence, payers[0], "funder", paid.group()))


def _sum_given(sentence: str) -> re.Match[str] | None:
    """`With EUR 15,400 from`, at the beginning of a sentence."""
    begin = WITH.match(sentence)
    money = next(iter(find_money(sentence)), None) if begin else None
    return FROM.match(sentence, money.end) if begin and money and money.start == begin.end() else None


def _partners(sentence: str) -> Iterator[Name]:
    yield from _told(sentence, WERE_PARTNERS, "partner")
    begin = SUBJECT.match(sentence)
    subject = RUN.match(sentence, begin.end() if begin else 0)
    said = WAS_PARTNER.match(sentence, subject.end()) if subject else None
    if subject and said:
        yield from _names(sentence, subject, "partner", said.group())


def _told(sentence: str, opens: re.Pattern[str], role: str) -> Iterator[Name]:
    """The names right behind what says their role."""
    said = opens.search(sentence)
    run = RUN.match(sentence, said.end()) if said else None
    if said and run and not NOT_SO.search(sentence, 0, said.end()):
        yield from _names(sentence, run, role, said.group())


def _with_kind(names: Sequence[Name]) -> list[Name]:
    """The names, if each tells that it is an organisation's."""
    return list(names) if all(_has_kind(one.name) and _is_name(one.name, "") for one in names) else []


def _is_shouted(sentence: str) -> bool:
    """Whether capitals tell nothing, all words being in them."""
    return 2 * sum(map(str.isupper, sentence)) > sum(map(str.isalpha, sentence)) > LONGEST_SHOUTED


def _speaks(sentence: str, match: re.Match[str], end_of_last: int, title: str) -> bool:
    """Whether the phrase is said of the project."""
    before = sentence[: match.start()]
    if before.count("(") > before.count(")"):
        return False
    if end_of_last >= 0 and _is_chain(sentence[end_of_last : match.start()]):
        return True
    clause = re.split(r"[;:]\s", before)[-1]
    if NOT_SO.search(clause):
        return False
    if not clause.strip():
        return True
    subject = VERB.sub("", clause)
    if _ends_in_its_money(subject, title):
        return not ELSEWHERE.search(subject)
    if subject != clause:
        return not ELSEWHERE.search(subject) and _is_project(subject, title)
    if ELSEWHERE.search(clause):
        return False
    if ROLES[int((match.lastgroup or "r0")[1:])][0] == "partner" and _is_shared(clause, title):
        return True
    near = ASIDE.sub("", clause)[-NEAR:].rstrip(" ,")
    abouts = list(ABOUT.finditer(near))
    return bool(abouts) and _only_names(WHERE.sub("", near[abouts[-1].end() :]), title)


def _ends_in_its_money(clause: str, title: str) -> bool:
    """Whether the project's money stands right before: "Its budget was EUR 38,400, funded by"."""
    if ITS_MONEY.fullmatch(clause):
        return True
    said = find_money(clause)
    if not said or clause[said[-1].end :].strip(" ,"):
        return False
    of_title = words(title)
    is_titled = bool(of_title) and words(clause)[: len(of_title)] == of_title
    return is_titled or bool(PROJECT_FIRST.match(clause) or ITS_MONEY.match(clause))


def _is_shared(clause: str, title: str) -> bool:
    """Whether what is said to be done with a partner is the project: we did it, it is done, or its contract was won."""
    subject = IS_DONE.sub("", clause)
    won = RUN.match(clause) if clause.rstrip().endswith(",") else None
    return bool(
        WE_DID.match(clause)
        or (subject != clause and _is_project(subject, title))
        or (won and HOLDS.match(clause, won.end()))
    )


def _is_chain(between: str) -> bool:
    """Whether nothing but a conjunction, or a programme's name, parts two phrases."""
    between = re.sub(r"\([^()]*\)", "", between)
    for start, end in reversed(find_programmes(between)):
        lead = THROUGH.search(between, 0, start)
        between = between[: lead.start() if lead else start] + between[end:]
    return bool(re.fullmatch(r"[\s,”“\"]*(?:and|și|şi|si)?\s*(?:is|was|este|a fost)?\s*", between))


def _is_project(subject: str, title: str) -> bool:
    """Whether the subject of a sentence is the project: called so, called by its title, or `it`."""
    bare = subject.strip(' ,„“”"«»')
    if re.fullmatch(r"(?:It|This|Acesta|Aceasta|El|Ea)", bare):
        return True
    of_title = words(title)
    if of_title and words(bare)[: len(of_title)] == of_title:
        return len(words(bare)) <= len(of_title) + 2 or bool(AND_THEN.search(subject))
    if AND_THEN.search(subject) and PROJECT_FIRST.match(subject):
        return True
    about = ABOUT.search(bare)
    if not about:
        return False
    return _only_names(bare[about.end() :], title) and len(bare[: about.start()].split()) <= 12


def _only_names(words_between: str, title: str) -> bool:
    """Whether only a title stands between the word for the project and the phrase."""
    rest = ASIDE.sub("", words_between).strip(' ,–-„“”"')
    if not rest:
        return True
    of_title = set(words(title))
    if of_title and set(words(rest)) <= of_title:
        return True
    return not title and all(word[:1].isupper() or re.fullmatch(_SMALL, word) for word in rest.split())


def _names(sentence: str, run: re.Match[str], role: str, phrase: str) -> list[Name]:
    """The names in a run of capitals that a phrase opens; none if one of them is doubtful."""
    start, end = run.span()
    for at, _ in find_programmes(sentence):
        if start < at < end and (before := THROUGH.search(sentence, start, at) or COMMA.search(sentence, start, at)):
            end = before.start()
            break
    if sentence[end : end + 1] == "." and ABBREVIATED.search(sentence, start, end):
        end += 1
    joined = JOINED.match(sentence, end)
    is_cut = joined and not looks_full(sentence[start:end]) and not AND_THEN_DID.match(sentence, end)
    if not FOLLOWS.match(sentence, end) or is_cut:
        return []
    found = [part for name in find_organisations(sentence[start:end], several=True) for part in _apart(name)]
    if any(name.note or not _is_name(name.name, phrase) for name in found):
        return []
    return [replace(name, start=start + name.start, end=start + name.end, role=role) for name in found]


def _apart(name: Name) -> Iterator[Name]:
    """The two organisations of `the Wildlife Society and the Forest Institute`, each with a kind of its own."""
    joint = AND_THE.search(name.name) if name.end - name.start == len(name.name) else None
    first, second = (name.name[: joint.start()], name.name[joint.end() :]) if joint else ("", "")
    if joint and has_head(first) and has_head(second):
        yield replace(name, name=first, end=name.start + joint.start())
        yield replace(name, name=second, start=name.start + joint.end())
    else:
        yield name


def _is_name(name: str, phrase: str) -> bool:
    bare = re.sub(r"^[\W_]+", "", name)
    if is_head(bare) or re.fullmatch(r"[A-Z]{2,}s", bare) or any(end == len(bare) for _, end in find_programmes(bare)):
        return False  # "the Bank", "CSOs"; a programme is no organisation
    if len(bare) < 2 or COUNTED.match(bare) or NO_NAME.match(bare) or country_code(bare):
        return False
    return not NEEDS_A_KIND.match(phrase.lower()) or _has_kind(bare)


def _has_kind(name: str) -> bool:
    return has_head(name) or is_acronym(name) or looks_full(name) or any(mark in name for mark in QUOTES)
