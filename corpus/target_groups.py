"""Whom a project is for, where a sentence of prose says so: `to help 60 students`, `for children from 3 to 10`.

A group needs its number, or its age, and a word before it that says something was done for it. Knows kinds of people,
in English and Romanian, no names.
"""

import re

from corpus.folding import fold_keeping_length
from corpus.organisation_lists import is_group

_KINDS = (
    r"(?:students?|pupils?|children|kids|teachers?|educators?|trainers?|librarians?|women|men|people|persons|adults|seniors"
    r"|pensioners|farmers?|families|households|volunteers|youngsters|youths?|teenagers?|adolescents?|toddlers|learners?"
    r"|participants?|migrants|refugees|patients|artists|workers|employees"
    r"|entrepreneurs|journalists|parents|girls|boys|residents|citizens|graduates|craftsmen|nurses|doctors|professionals"
    r"|specialists|officials"
    r"|elevi|elevilor|studenti|copii|copiilor|profesori|cadre didactice|persoane|tineri|tinerilor"
    r"|adolescenti|adolescentilor"
    r"|femei|barbati|bibliotecari|fermieri|familii"
    r"|voluntari|participanti|seniori|batrani|varstnici|refugiati|pacienti|artisti|angajati|antreprenori|jurnalisti|parinti"
    r"|fete|baieti|locuitori|cetateni|absolventi|adulti|specialisti|gospodarii)"
)
_NUMBER = (
    r"(?:(?:more than|over|about|around|some|at least|nearly|up to|peste|circa|aproximativ|cel putin|aproape|pana la)"
    r"\s+)?"
    r"\d{1,3}(?:[.,  ]?\d{3})*\s+(?:de\s+)?(?:[\w-]+\s+){0,2}?"
)
HELPED = re.compile(
    r"\b(?:help(?:ed|s|ing)?|train(?:ed|s|ing)?|teach(?:es|ing)?|taught|reach(?:ed|es|ing)?|support(?:ed|s|ing)?"
    r"|involv(?:ed|es|ing)"
    r"|benefit(?:t?ed|s|t?ing)?|serv(?:ed|es|ing)|assist(?:ed|s|ing)?|equip(?:ped|s|ping)?|engag(?:ed|es|ing)"
    r"|brought together|for"
    r"|ajut\w*|instrui\w*|format|sprijin\w*|implic\w*|beneficia\w*|pregati\w*|pentru)\s+"
    rf"(?P<group>{_NUMBER}{_KINDS}\b)"
)
_YOUNG = re.compile(r"\b(?:child|kid|pupil|youngster|toddler|teenager|adolescent|girl|boy|copi|elev|fete|baieti)")
_YEARS = r"(?:\s*[-–]?\s*years?[- ]olds?|\s+years?(?: of age)?|\s+(?:de )?ani)"
_OLD = r"(?:\s+years? (?:of age|old)|\s+(?:de )?ani)"
_ENDS = (
    r"(?=\s*(?:$|[.,;:!?)]|(?:who|in|and|to|from|at|for|with|were|was|are|is|will|can|took|take|learn\w*|care|din|si"
    r"|pentru|sunt|au|vor)\b))"
)
_AGE = (
    r"(?:,?\s+(?:(?:who are|all|mainly|mostly)\s+)?(?P<said>aged|ages|cu varste(?:le)?(?: cuprinse)?)?\s*"
    r"\b(?:from|between|of|intre|de la|de)?\s*(?:the ages of )?"
    rf"(?P<youngest>\d{{1,2}})\s*(?:-|–|to|and|si|la|pana la)\s*(?P<oldest>\d{{1,2}})(?P<years>{_YEARS})?{_ENDS}"
    rf"|,?\s+(?:aged|over|aged over|under|peste|sub)\s+\d\d(?:\s*\+|\s+(?:and|or) (?:over|above|under))?{_OLD}?{_ENDS})"
)
"""From when to when; `children from 3 to 10 schools` is no age, nor is `families over 3 years`."""
_CLOCK = re.compile(
    r"\b(?:o'clock|a\.?m|p\.?m|hours?|ora|orele|every|daily|weekly|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|luni|marti"
    r"|miercuri|joi|vineri|sambata|duminica|zilnic)\b"
)
"""Words of a timetable: `on Saturdays for children from 10 to 12`."""
OF_AGE = re.compile(
    r"\b(?:for|to|with|among|help(?:ed|s|ing)?|train(?:ed|s|ing)?|teach(?:es|ing)?|taught|reach(?:ed|es|ing)?"
    r"|involv(?:ed|es|ing)|invit(?:ed|es|ing)|engag(?:ed|es|ing)|pentru|cu|unor|implic\w*|ajut\w*|invat\w*)\s+(?:the\s+)?"
    rf"(?P<group>(?:{_NUMBER}|(?:[a-z-]+\s+){{0,2}}?){_KINDS}{_AGE}"
    rf"|(?:{_NUMBER})?\d{{1,2}}\s*(?:-|–|to)\s*\d{{1,2}}[- ]year[- ]olds)"
)
ACTIVITY = re.compile(
    r"\b(?:its?|project|programme|initiative|we|our|workshops?|courses?|camps?|sessions?|trainings?|clubs?|class(?:es)?"
    r"|lessons?|activities|events?|ateliere\w*|atelier\w*|tabere\w*|tabara|cursuri\w*|cursul\w*|sesiuni\w*|activitati\w*"
    r"|lectii\w*|proiect\w*|program\w*|initiativ\w*|clubul\w*|cluburi\w*|noi|noastre|noastra)\b"
)
"""What was done for people of an age; without it a sentence may tell how many of them there are, or who falls ill."""


_PEOPLE = re.compile(rf"(?:(?!(?:the|a|an)\b)[a-z-]+ )?{_KINDS}\b")
_NAMED = re.compile(r"(?<!^)(?<![^\W\d_])(?<!\bdin )(?<!\bin )(?<!\bfrom )(?<!\bof )(?<!\bla )[^\W\d_a-zăâîșțşţ]")
"""A capital that is not the first of all, nor of a place: `Tineri pentru Europa` is a name, `Tineri din Deta` none."""


def is_people(words: str) -> bool:
    """Whether the value of a label tells of people who are not named: `Copii și tineri din Deta`, `48 farmers`."""
    return is_group(words) or bool(_PEOPLE.match(fold_keeping_length(words)) and not _NAMED.search(words))


def group_told(folded: str) -> tuple[int, int] | None:
    """Where the group stands that a sentence says the project was for; `folded` is the sentence, its length kept."""
    aged = OF_AGE.search(folded)
    if aged and ACTIVITY.search(folded) and _is_age(aged, folded):
        return aged.span("group")
    helped = HELPED.search(folded)
    return helped.span("group") if helped else None


def _is_age(aged: re.Match[str], folded: str) -> bool:
    """Whether two numbers behind people are years of age, and not classes or hours of the day."""
    if aged["youngest"] is None or aged["said"] or aged["years"]:
        return True
    grows = int(aged["youngest"]) < int(aged["oldest"])
    return grows and bool(_YOUNG.search(aged["group"])) and not _CLOCK.search(folded)
