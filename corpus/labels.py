"""What the labels of a facts line mean: `Budget`, `Perioada de implementare`, `With the support of`, `Funded by`.

The words are those of the trade, in English and Romanian; none belongs to one organisation. A label that none of them
matches keeps its own name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.question_labels import QUESTION_LABELS
from corpus.words import fold

MOST_LABEL_WORDS = 7
"""Words; what stands before a colon and is longer than this is a sentence, not a label."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field's name and, for amounts and organisations, its role."""

    name: str
    role: str = ""


LONGEST_RUN_IN = 60
"""Characters of a label that runs into its value."""
YEARS_BEHIND = re.compile(r"\s*(?:for |in |pe |anul |pentru )*(?:19|20)\d\d(?:\s?[-+/–]\s?(?:(?:19|20)?\d\d)?)?$")
"""`Budget 2019`, `Cod SMIS 2014+`."""

OF_WHICH = re.compile(
    r"^[–—,(-]?\s*(?:(?:out )?of which|of this|thereof|including|incl|din care|dintre care|inclusiv)\b[\s:,–-]*(?:the )?"
)
"""Before the label of a part of the money above it: `of which grant`, `din care nerambursabil`."""
MODIFIERS = frozenset(
    "of for and the in to a al ale de din la pe total totala totale main principal principala project projects proiect proiectului "
    "contract contractului activity name names denumire denumirea nume numele titlul eligible eligibil eligibila approved aprobat "
    "aprobata estimated estimat estimata planned actual final full overall general generala organisation organisations "
    "organization organizations organizatie organizatii assignment services service works intervention operation approx approximate institution institutions institutie institutii lider finantare finantarii "
    "implementare implementarii executie official valid current signed semnat associated asociat asociati other alti alte".split()
)
"""Words that narrow a label down without changing what it means: `Denumire beneficiar`, `Total eligible cost`."""

STRONG = {"period", "amount", "organisation"}
"""Fields that speak for a project; a place, a code or a programme also stands in an address or a timetable."""

# First match wins, so the particular stands before the general. Patterns are matched against the folded label.
_MEANINGS: list[tuple[str, Meaning]] = [
    (
        r"(full |short )?(project|contract|grant|activity) (title|name)|(title|name) of (the )?(project|contract|grant)"
        r"|project",
        Meaning("title", "project"),
    ),
    (
        r"(titlul?|denumirea?|numele) (de )?(proiect(ului)?|contractului|grantului)|proiect(ul)?",
        Meaning("title", "project"),
    ),
    (
        r"(project )?(acronym|short name)|acronim(ul)?( proiect(ului)?)?|(also|previously) known as|cunoscut si (ca|sub numele)",
        Meaning("alias"),
    ),
    (
        r"((project|contract|grant) )?(description|summary|abstract|objectives?|overview|aims?)|(descrierea?|rezumat(ul)?|obiectiv(e|ul|ele)?|scop(ul)?)"
        r"( (general|generale|specifice|pe scurt|proiectului|proiect))*",
        Meaning("description"),
    ),
    (r"title|name|titlul?|denumirea?|numele", Meaning("title")),
    (
        r"(eu|european|union|ec|donor|funder'?s?|programme|esf|erdf|cf|eea|esf\+|requested|approved|awarded|non-?reimbursable|external)"
        r" (grant|contribution|funding|funds|support|co-?financing|financing|assistance|share)( (amount|requested|awarded))?",
        Meaning("amount", "grant"),
    ),
    (
        r"(contributi[ea]|cofinantare[a]?|finantare[a]?|valoare[a]?|suma)( de la| din)? (bugetul|buget) (de stat|national|statului)"
        r"|(state|national|government) (budget )?(contribution|co-?financing|funding)",
        Meaning("amount", "grant"),
    ),
    (
        r"(contributi[ea]|cofinantare[a]?|finantare[a]?|valoare[a]?|asistenta|suma|fonduri)( \w+){0,2}? (ue|uniunii europene|europeana|europene|fse|fedr"
        r"|fesi|see|nerambursabil[ae]?|grantului|solicitat[ae]?|acordat[ae]?|aprobat[ae]?)( \w+)?",
        Meaning("amount", "grant"),
    ),
    (
        r"(own |co-?)?(cost[- ]?share|contribution|match( funding)?|match(ed)? funds?|co-?financing|co-?funding|cofinanc?t?are[a]?|contributi[ea])\b.*",
        Meaning("amount", "cost share"),
    ),
    (
        r"(fonduri |suma |parte(a)? )?nerambursabil[ae]?|(total )?(grant(ul)?|subventi[ea]|award)( (?!ref|no|nr|id|cod)[a-z]{2,4})?( (amount|value|size|awarded|received|nerambursabil|acordat|primit|obtinut|solicitat))?",
        Meaning("amount", "grant"),
    ),
    (
        r"(amount|sum|value) (awarded|granted|of (the )?grant)|grant (award|sum)|award (value|amount)",
        Meaning("amount", "grant"),
    ),
    (
        r"(total |overall |project |contract |estimated |annual |yearly |eligible |approved |overall )*"
        r"(budgets?|value|cost|costs|amount|funding|funds|investment|sum)( (amount|total|of (the )?(project|contract)))?",
        Meaning("amount", "budget"),
    ),
    (
        r"(buget(ul)?|valoare[a]?|cost(ul|uri|urile)?|suma|finantare[a]?|investiti[ea])"
        r"( (totale?|totala|proiectului|contractului|alocata?|estimata?|a|al|eligibil[ae]?|aprobata?|investitiei|de finantare))*",
        Meaning("amount", "budget"),
    ),
    (
        r"((project |implementation |implementing |contract |grant |planned |funding )*"
        r"(period|duration|life ?time|time ?frame|time ?line|dates|years?|timescale|term|length|schedule)"
        r"( of (implementation|the project|the contract))?|when|implementation|implemented|running( time| since)?|run from|ran|since)",
        Meaning("period"),
    ),
    (
        r"(perioada|durata|datele|anii|anul|an|ani|calendar(ul)?|interval(ul)?)( (de )?(implementar(?:e|ii|ea)|desfasurar(?:e|ii|ea)|derular(?:e|ii|ea)|proiectului|a))*"
        r"( proiectului)?"
        r"|cand|implementare|desfasurare|derulare",
        Meaning("period"),
    ),
    (
        r"(project |planned |actual |contract )*(start|starting|starts|started|beginning|begins|began|commencement|from)( date| of project)?"
        r"|(data (de )?)?(inceput(ul)?|incepere|inceperii|inceputului|inceperea|start|demarare|demararii|debut)( (a )?proiect(ului)?)?",
        Meaning("period", "start"),
    ),
    (
        r"(project |planned |actual |contract )*(end|ending|ends|ended|completion|closing|closed|finish|until)( date| of project)?"
        r"|(data (de )?)?(sfarsit(ul)?|finalizare|finalizarii|finalizarea|incheiere|incheierii|incheierea)( (a )?proiect(ului)?)?",
        Meaning("period", "end"),
    ),
    (
        r"(board |project |loan |grant |contract |agreement )*(approval|approved|award|awarded|signature|signing|signed)( (date|on))?"
        r"|(date|day) of (the )?(board |project |loan |grant |contract |agreement )*(approval|award|signature|signing)"
        r"|aprobat[ae]?( (la|pe|in))?|semnat[ae]?( (la|pe|in))?|(data )?(aprobarii|semnarii|acordarii|aprobare|semnare)( (a )?(proiectului|contractului|finantarii))?"
        r"|data contractului",
        Meaning("period", "agreed"),
    ),
    (
        r"(main |lead |principal |co-?)*(funders?|donors?|investors?|financers?|financiers?|funding (body|bodies|sources?|agency|organi[sz]ations?)"
        r"|sources? of (fund(s|ing)|finance)|financing|backers?|grant ?makers?|paid by)",
        Meaning("organisation", "funder"),
    ),
    (
        r"(co-?)?(funded|financed|paid)( for)? (by|through|under|from|via)|grant(ed)? (by|from)|with (the )?(funding|financing) (from|of|by)|money from"
        r"|funding from",
        Meaning("organisation", "funder"),
    ),
    (
        r"(co-?)?(finantator(i|ul|ii)?|donator(i|ul|ii)?|donor(i|ul|ii)?|investitor(i|ul|ii)?|surs(a|e|ele) (de )?(finantar(e|ii)|fonduri))( principali?)?",
        Meaning("organisation", "funder"),
    ),
    (
        r"(co-?)?finantat[ae]?( de( catre)?| prin| din)?|cu (finantare|fonduri) (de la|din|prin)",
        Meaning("organisation", "funder"),
    ),
    (
        r"(main |general )?sponsors?|sponsored by|sponsor(i|ul|ii)( principali?)?|sponsorizat[ae]? de",
        Meaning("organisation", "sponsor"),
    ),
    (
        r"(with the |financial )*support(ers?|ed by| (of|from|by))|(co-?)?financially supported by|with the help of|backed by|(with )?thanks to",
        Meaning("organisation", "supporter"),
    ),
    (
        r"(cu )?(sprijin(ul|it|ita|ite)?|sustinut[ae]?|sustinator(i|ul|ii)?)( (financiar|de|al|din partea|catre))*",
        Meaning("organisation", "supporter"),
    ),
    (
        r"(project |main |local |implementing |consortium |delivery )?partners?|(other )?(consortium|partnership|joint venture|jv)"
        r" (members?|partners?)|members? of (the )?(consortium|partnership|joint venture)|in partnership with|(delivered|working|run|carried out|made|together) with"
        r"|with|partnership|consortium|collaborators?|in (consortium|cooperation|collaboration) with",
        Meaning("organisation", "partner"),
    ),
    (
        r"(membr(u|ul|i|ii) (ai |al |in |din )?)(consortiu(l|lui)?|parteneriat(ul|ului)?|asocier(e|ea|ii))"
        r"|(parteneri(i)?|partener(ul)?|parteneriat(ul)?( cu)?|consort(iu|iul)|in (parteneriat|colaborare) cu|colaborator(i|ii)?)"
        r"( (de|in|ai|ai proiectului|proiectului|proiect))*",
        Meaning("organisation", "partner"),
    ),
    (
        r"(implemented|implementing|delivered|led|run|executed|carried out|managed|coordinated)( (by|agency|organi[sz]ation|body))|implementers?"
        r"|implementor|(sub-?)?contractors?|promoter|(project |partnership |consortium )?(lead|leader|coordinator)( of the (partnership|consortium|project))?|lead(ing)? (organi[sz]ation|partner|applicant)s?|applicant",
        Meaning("organisation", "implementer"),
    ),
    (
        r"implementat[ae]? de( catre)?|implementator(ul)?|promotor(ul)?( proiectului)?|coordonator(ul)?|lider(ul)?( de| al)?( parteneriat(ului)?| consorti(u|ului)| proiect(ului)?)?|partener(ul)? (lider|coordonator)"
        r"|solicitant(ul)?|aplicant(ul)?",
        Meaning("organisation", "implementer"),
    ),
    (
        r"(final |target |direct )?beneficiar(y|ies)|grantees?|recipients?|awarded to|target groups?|for whom|beneficiar(ul|i|ii)?|grup(ul|uri|urile)? tinta",
        Meaning("organisation", "beneficiary"),
    ),
    (
        r"clients?|contracting (authority|entity)|commissioned by|client(ul|i|ii)?|autoritate(a)? contractanta|beneficiar(ul)? contract",
        Meaning("organisation", "client"),
    ),
    (
        r"(funding |grant |framework |operational |eu |support )?(program(me|s|mes)?|scheme|fund|call)( (name|title))?"
        r"|(titlul )?program(ul|ului)?( (operational|de finantare|national))?|schema( de (grant|granturi|finantare))?|fondul|apel(ul)?( de proiecte)?"
        r"|axa( prioritara)?|masura",
        Meaning("programme"),
    ),
    (
        r"(project |contract |grant |award |agreement |publication |file |our |tender |procurement |grant agreement )*"
        r"(ref(erence)?|code|number|no|nr|id|identifier)( (no|nr|number|code|id))?"
        r"|(cod(ul)?|numar(ul)?|nr|referinta|id)( (de|al|proiect|proiectului|contract|contractului|contract de finantare|(my)?smis|ems|de finantare|inregistrare|unic))*"
        r"|(contract|contractul|contract de finantare|acord de grant)( de finantare)?( (nr|numar(ul)?|no))?",
        Meaning("reference"),
    ),
    (
        r"(project |main |implementation |geographic(al)? |participating |target |partner |beneficiary )*"
        r"(locations?|places?|where|countr(y|ies)|regions?|area|areas|sites?|venues?|county|counties|cit(y|ies)|towns?)"
        r"( covered| of (implementation|the project|delivery))?( (and|/) (country|region|countries|city))?",
        Meaning("place"),
    ),
    (
        r"(localizare(a)?|loc(ul|atia|atii|atie|atiile)?|unde|tara|tarile|tari|regiune(a)?|regiuni(le)?|judet(ul|e|ele)?|zon(a|e|ele)|localitat(i|ile|ea)"
        r"|localitate|oras(ul|e|ele)?|comun(a|e|ele)|aria|acoperire)( (de|desfasurarii|implementarii|implementare|desfasurare|proiectului|geografic[ae]))*",
        Meaning("place"),
    ),
    (
        r"(web ?)?(site|page|website|link|url)|more (information|info|details|here)( here| at| on)?|details|read more|(pagina|site)( web)?"
        r"|detalii|mai multe( (informatii|detalii))?( aici| la)?",
        Meaning("link"),
    ),
]
_MEANINGS += [(pattern, Meaning(name, role)) for pattern, name, role in QUESTION_LABELS]
_COMPILED = [(re.compile(pattern), meaning) for pattern, meaning in _MEANINGS]

# A label said as a verb, with nothing between it and its value: "Funded by the European Commission".
SPOKEN = re.compile(
    r"\b((?:co-?)?(?:financially )?(?:funded|financed|supported|sponsored|implemented|commissioned) by"
    r"|with the (?:financial )?support of"
    r"|(?:co-?)?(?:finan[țţt]at|sus[țţt]inut|sprijinit|sponsorizat|implementat)[ăae]?(?: financiar)?(?: de c[ăa]tre| de| prin| din))\s+(?=\S)",
    re.IGNORECASE,
)


def speaks_of_project(meaning: Meaning | None) -> bool:
    """Whether only a project has such a field: a budget, a period, a funder, a "project title"."""
    if meaning == Meaning("period", "agreed"):
        return False  # minutes and by-laws are approved and signed too
    return meaning is not None and (meaning.name in STRONG or meaning == Meaning("title", "project"))


@lru_cache(maxsize=8192)
def meaning_of(label: str) -> Meaning | None:
    """The field a label stands for, or None for a label of the source's own."""
    folded = re.sub(r"[\s_]+", " ", fold(label).replace(".", " ")).strip(" :*-?")
    folded = re.sub(r" (?:estimated|estimat[ae]?)(?: to| la)?$", "", re.sub(r"\s*\([^)]*\)$", "", folded))
    folded = re.sub(r"^(?:the|our|its) ", "", re.sub(r"^[-–•] ", "", folded))
    if (part := OF_WHICH.sub("", folded)) != folded:
        meaning = meaning_of(part)
        return meaning if meaning and meaning.name == "amount" and meaning.role != "budget" else None
    whole = YEARS_BEHIND.sub("", folded)
    meaning = _known(whole) or _known(" ".join(word for word in whole.split() if word not in MODIFIERS))
    return Meaning("amount", "year") if meaning and whole != folded and meaning.role == "budget" else meaning


def _known(words: str) -> Meaning | None:
    return next((meaning for pattern, meaning in _COMPILED if pattern.fullmatch(words)), None) if words else None


def label_before(words: str) -> str:
    """The label that `words` begin with though no mark says where it ends: `Total budget 52.300 €` → `Total budget`.

    The longest known one; empty where there is none, or where nothing follows it.
    """
    ends = [match.start() for match in re.finditer(r"(?<=[^\W_])[\s\xa0]+(?=\S)", words[:LONGEST_RUN_IN])][
        :MOST_LABEL_WORDS
    ]
    labels = (words[:end] for end in reversed(ends) if not any(map(str.isdigit, words[:end])))
    return next((label for label in labels if meaning_of(label)), "")
