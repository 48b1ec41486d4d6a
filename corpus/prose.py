"""Facts that stand only in a project's prose: taken where a sentence plainly tells them, passed over where it may not.

`was implemented from June to November 2014`, `a grant of 12,000 EUR`, `funded by …`, `to help 60 students`. A fact
wrongly taken does more harm than one that is missed, so each needs a word beside it that says what it is.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.amounts import Money, find_money
from corpus.dates import AND_ENDED, Written, find_periods
from corpus.document import Document, Span
from corpus.fields import programmes_in
from corpus.folding import fold_keeping_length
from corpus.organisations import find_in_prose
from corpus.record import Field
from corpus.sentences import sentence_spans
from corpus.subjects import is_subject, kinds_of
from corpus.target_groups import group_told
from corpus.whereabouts import countries_told

LONGEST_SENTENCE = 1_500
"""Characters; what is longer is a list without full stops, and what belongs to what cannot be told."""
NEAR = 60
"""Characters between an amount and the word that says what it is."""

_PROJECT = r"(?:project|programme|program|initiative|pilot|scheme|contract|campaign|festival|course|proiect|initiativ|campani)\w*"
_RAN = re.compile(
    r"\b(?:implemented|implementation|carried out|took place|takes place|held|ran|runs|running|lasted|lasts|delivered|organi[sz]ed"
    r"|undertaken|conducted|active|worked|toured|funded|financed|launched|developed|kept up"
    r"|implementat\w*|implementare\w*|desfasur\w*|deruleaz\w*|derul\w*|a avut loc|au avut loc|are loc|a durat|dureaza|organizat\w*"
    r"|realizat\w*|lansat\w*|finantat\w*|we \w+ed)\b"
)
_NOT_SO = re.compile(
    r"\b(?:not|never|refused|rejected|declined|denied|hop(?:e|es|ing)|plan(?:s|ned|ning)? to|appl(?:y|ied|ies)|would|could|might|inspired by"
    r"|based on|similar to|unlike|another|earlier|previous|predecessor|follow-?up (?:to|of)|nu|respins\w*|refuzat\w*|speram|sper|intention\w*"
    r"|inspirat\w*|alt proiect|un alt|anterior\w*|precedent\w*)\b|n't\b"
)
"""Sentences with such words may speak of another project, or of what did not come about."""
_BOUND = re.compile(
    r"\b(?:from|between|during|over|throughout|in the (?:school )?years? of|in the period|de la|din|intre|in perioada"
    r"|pe parcursul|pe durata|in anii|in anul scolar|in)\s+(?:the\s+)?$"
)
_STILL = re.compile(
    r"\b(?:began|begun|started|launched|opened|running since|a inceput|a demarat|s-a lansat|lansat)\b[^.]{0,20}$"
)
_ABOUT_PROJECT = re.compile(rf"\b{_PROJECT}\b|^(?:it|this|acesta|aceasta)\b")
_OURS = re.compile(
    rf"{_ABOUT_PROJECT.pattern}|\b(?:we|our|noi|nostru|noastra|(?:was|were|a fost|au fost)\s+(?:implemented|carried out|held|organi[sz]ed"
    r"|implementat\w*|desfasurat\w*|derulat\w*|organizat\w*)|s-a (?:desfasurat|derulat)|implementation|implementar\w*)\b"
)
"""What the sentence has to speak of: the project, or what we did."""
_FIRM = re.compile(
    r"\b(?:grants?|awards?|budgets?|total cost|buget\w*|grantul\w*|co-?financ\w*|cofinant\w*|donat\w*|put in"
    r"|(?:gave|granted|awarded|provided) (?:us|it|the project)|ne-au? (?:dat|oferit|acordat)"
    r"|awarded [^.]{0,60}\ba (?:contract|grant) (?:of|worth)|(?:financ|fund)(?:es|ed|s) (?:it|this|the project)"
    r"|(?:paid|gave) .{0,30}(?:towards|for) (?:it|the project|this project))\b"
)
_MONEY_WORD = re.compile(
    r"\b(?P<share>co-?financ\w*|co-?fund\w*|match(?:ed)? fund\w*|own contribution|contributi[ea]\w* propri\w*|cofinant\w*)"
    r"|\b(?P<grant>grants?|award(?:ed|s)?|funding|donat\w*|granted|put in|(?:gave|provided) (?:us|it|the project)|ne-au? (?:dat|oferit|acordat)|(?:paid|gave)(?= .{0,30}(?:towards|for) (?:it|the project|this project))|contribut\w*|committed|(?:financ|fund)(?:es|ed|s) (?=(?:it|this|the project)\b)|subventi\w*|grantul\w*|nerambursabil\w*"
    r"|donati\w*)\b"
    r"|\b(?P<budget>budgets?|total cost|costs?|contract|(?:small |large )?project (?=\()|worth|valued|value|funded|financed|invest\w*|buget\w*|valoare\w*|cost\w*|finant\w*)\b"
)
_OF_CONTRACT = re.compile(r"\bcontract(?:ul)?\s+(?:of|worth|for|de|in valoare de)\s+$")
_MONEY_ROLES = (("share", "cost share"), ("grant", "grant"), ("budget", "budget"))
_COST = re.compile(
    r"\b(?:costs?|costed|a costat|au costat|costa)\s+(?:(?:about|circa|aproximativ|in all|in total)\s+)?$"
)
_OF_WHICH = re.compile(r"\b(?:of which|from which|out of which|including|of this|din care|dintre care|inclusiv)\b")
_PER_ONE = re.compile(
    r"\b(?:each|per|apiece|every|fiecare|cate|prizes?|premi\w*|salar\w*|ticket\w*|scholarships?|bursa|burse\w*|micro-?grant\w*|mini-?grant\w*"
    r"|sub-?grant\w*|raised|saved|debts?|worth of|turnover|annually|a year|a month|monthly|last year|pe an|pe luna|lunar|anual)\b"
)
_FUNDED = re.compile(
    r"\b(?:co-?)?(?:fund(?:ed|ing|s)?|financ\w*|grants?|sponsor\w*|award\w*|won|winning|competition|finant\w*|competiti\w*|concurs\w*|castigat\w*)\b"
)
_THROUGH = re.compile(
    r"\b(?:under|within|through|by|from|via|of|in|framework of|prin|din|cadrul|de)\s+(?:the\s+|its\s+|a\s+)?[^.;:]{0,40}$"
)

Told = tuple[str, str]
"""A field's name and role."""


def prose_fields(document: Document, blocks: Sequence[Span], has: set[Told], title: str = "") -> list[Field]:
    """The fields that the prose in `blocks` gives and no label does, in order, the first of each kind.

    `title` is the project's, which a sentence may begin with. `has` are the (name, role) of the labelled fields; any amount there stands for all, and so does any start or end.
    """
    found: list[Field] = []
    names = {name for name, _ in has}
    kinds = kinds_of([block.of(document.text) for block in blocks], title)
    for sentence in _sentences(document, blocks):
        is_ours = is_subject(sentence.of(document.text), title, kinds)
        for field in _told_in(document.text, sentence, title, is_ours=is_ours):
            again = (field.name, field.role) in has if field.name == "organisation" else field.name in names
            if not again:
                found.append(field)
        # Within a sentence there may be several partners; the next sentence tells of others, or the same again.
        has = has | {(field.name, field.role) for field in found}
        names |= {field.name for field in found if field.name != "organisation"}
    return found


def _sentences(document: Document, blocks: Sequence[Span]) -> Iterator[Span]:
    for block in blocks:
        for sentence in sentence_spans(block.of(document.text), document.language, block.start):
            if sentence.end - sentence.start <= LONGEST_SENTENCE:
                yield sentence


def _told_in(text: str, sentence: Span, title: str, *, is_ours: bool) -> Iterator[Field]:
    """Every fact of one sentence, of which the project is the subject if `is_ours`."""
    words = sentence.of(text)
    folded = fold_keeping_length(words)
    if _NOT_SO.search(folded):
        return

    def field(name: str, role: str, start: int, end: int) -> Field:
        return Field(name, role, role or name, Span(sentence.start + start, sentence.start + end), sentence, "prose")

    if period := _period(words, folded, is_ours=is_ours):
        yield field("period", "", period.begin, period.finish)
    for money, role in _money(words, folded, is_ours=is_ours):
        yield field("amount", role, money.start, money.end)
    for name in find_in_prose(words, title):
        yield field("organisation", name.role, name.start, name.end)
    if group := group_told(folded):
        yield field("organisation", "beneficiary", *group)
    called = fold_keeping_length(title)
    yield from (field("place", "", start, end) for start, end in countries_told(words, folded, called))
    for start, end in programmes_in(words) if _FUNDED.search(folded) else ():
        if _FUNDED.search(folded[:start]) and _THROUGH.search(folded[:start]):
            yield field("programme", "", start, end)
            break


def _period(words: str, folded: str, *, is_ours: bool) -> Written | None:
    """The one period that the sentence says the project ran in."""
    every = find_periods(words)
    for one, other in pairwise(every):  # "It began in April 2020 and ended in March 2023"
        is_told = is_ours or _ABOUT_PROJECT.search(folded)
        if is_told and _STILL.search(folded[: one.begin]) and AND_ENDED.fullmatch(folded, one.finish, other.begin):
            return Written(one.start, other.end or other.start, one.begin, other.finish)
    for found in every:
        before = folded[: found.begin]
        if found.start and (found.end is None or found.end == found.start):
            if _ABOUT_PROJECT.search(folded) and (_STILL.search(before) or (_RAN.search(before) and _bounded(before))):
                return found
        elif found.start and found.end and _RAN.search(folded) and _is_said(found, folded):
            if not is_ours and not _OURS.search(folded):
                continue
            return found
    return None


def _bounded(before: str) -> bool:
    return bool(_BOUND.search(before)) or bool(re.search(r"\b(?:in|on|since|din|pe|de la)\s+$", before))


def _is_said(found: Written, folded: str) -> bool:
    """Whether a preposition leads to the period or begins it; "EEA Grants 2009-2014" is a name."""
    before = folded[: found.begin]
    if _BOUND.search(before) or re.match(r"(?:between|intre|from|de la)\b", folded[found.begin :]):
        return True
    return not found.is_bare and bool(_RAN.search(before))


def _money(words: str, folded: str, *, is_ours: bool) -> Iterator[tuple[Money, str]]:
    """The one amount of the sentence, or the whole and its part, where a word beside it says it is the project's money."""
    found = find_money(words)
    parted = len(found) == 2 and _OF_WHICH.search(folded, found[0].end, found[1].start)
    if not (len(found) == 1 or parted) or _PER_ONE.search(folded):
        return
    if not _FIRM.search(folded) and not (is_ours or _OURS.search(folded) or not folded[: found[0].start].strip(" (")):
        return
    for at, money in enumerate(found):
        first = found[at - 1].end if at else max(0, money.start - NEAR)
        last = parted.start() if parted and not at else min(len(folded), money.end + NEAR)
        said = [match.lastgroup for match in _MONEY_WORD.finditer(folded[first:last])]
        is_contract = _OF_CONTRACT.search(folded, 0, money.start)  # who is awarded one is paid for work
        is_cost = is_contract or _COST.search(folded[first : money.start])
        role = "budget" if is_cost else next((name for group, name in _MONEY_ROLES if group in said), "")
        if role:
            yield money, role
