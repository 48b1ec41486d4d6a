"""What the labels of a facts line mean: `Budget`, `Perioada de implementare`, `With the support of`, `Funded by`.

The words are those of the trade, in English and Romanian; none belongs to one organisation. A label that none of them
matches keeps its own name.
"""

import re
from dataclasses import dataclass

from corpus.words import fold

MOST_LABEL_WORDS = 7
"""Words; what stands before a colon and is longer than this is a sentence, not a label."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field's name and, for amounts and organisations, its role."""

    name: str
    role: str = ""


STRONG = {"period", "amount", "organisation"}
"""Fields that speak for a project; a place, a code or a programme also stands in an address or a timetable."""

# First match wins, so the particular stands before the general. Patterns are matched against the folded label.
_MEANINGS: list[tuple[str, Meaning]] = [
    (r"(project|contract|grant) (title|name)|(title|name) of (the )?(project|contract)", Meaning("title", "project")),
    (r"(titlul?|denumirea?|numele) (proiectului|contractului)", Meaning("title", "project")),
    (r"title|name|titlul?|denumirea?|numele", Meaning("title")),
    (
        r"(own |co-?)?(cost[- ]?share|contribution|co-?financing|cofinanc?t?are[a]?|contributi[ea])\b.*",
        Meaning("amount", "cost share"),
    ),
    (
        r"(total )?(grant|subventi[ea]|award)( (amount|value|size|awarded|received|nerambursabil))?",
        Meaning("amount", "grant"),
    ),
    (
        r"(amount|sum|value) (awarded|granted|of (the )?grant)|grant (award|sum)|award (value|amount)",
        Meaning("amount", "grant"),
    ),
    (
        r"(total |overall |project |contract |estimated |annual |yearly )*(budget|value|cost|costs|amount|funding|funds|investment|price)"
        r"( (amount|total|of (the )?(project|contract)))?",
        Meaning("amount", "budget"),
    ),
    (
        r"(buget(ul)?|valoare[a]?|cost(ul|uri)?|suma|finantare[a]?)( (totala?|proiectului|contractului|alocata?|estimata?|a|al))*",
        Meaning("amount", "budget"),
    ),
    (
        r"((project |implementation |contract |grant )?(period|duration|timeframe|time frame|timeline|dates|years?|timescale|term|length)"
        r"( of (implementation|the project|the contract))?|when|implementation|running( time| since)?|run from|ran|since)",
        Meaning("period"),
    ),
    (
        r"(perioada|durata|datele|anii|calendar(ul)?|interval(ul)?)( (de )?(implementare|desfasurare|derulare|proiectului|a))*( proiectului)?"
        r"|cand|implementare|desfasurare|derulare",
        Meaning("period"),
    ),
    (
        r"(start|starting|beginning|from)( date)?|(data (de )?)?(inceput|inceperii|inceputului|inceperea)",
        Meaning("period", "start"),
    ),
    (
        r"(end|ending|completion|closing|until)( date)?|(data (de )?)?(sfarsit|finalizare|finalizarii|incheiere|incheierii)",
        Meaning("period", "end"),
    ),
    (
        r"(main |lead |principal )?(funders?|donors?|investors?|financers?|financiers?|funding (body|source|agency)|source of fund(s|ing)"
        r"|backers?)",
        Meaning("organisation", "funder"),
    ),
    (
        r"(co-?)?(funded|financed|paid)( for)? (by|through|under|from|via)|grant(ed)? (by|from)|with (the )?(funding|financing) (from|of|by)|money from"
        r"|funding from",
        Meaning("organisation", "funder"),
    ),
    (
        r"(co-?)?(finantator(i|ul|ii)?|donator(i|ul|ii)?|investitor(i|ul|ii)?|sursa (de )?finantar(e|ii))( principal)?",
        Meaning("organisation", "funder"),
    ),
    (
        r"(co-?)?finantat[ae]?( de( catre)?| prin| din)?|cu (finantare|fonduri) (de la|din|prin)",
        Meaning("organisation", "funder"),
    ),
    (r"sponsors?|sponsored by|sponsor(i|ul|ii)|sponsorizat[ae]? de", Meaning("organisation", "sponsor")),
    (
        r"(with the |financial )*support(ers?|ed by| (of|from|by))|(co-?)?financially supported by|with the help of|backed by|thanks to",
        Meaning("organisation", "supporter"),
    ),
    (
        r"(cu )?(sprijin(ul|it|ita|ite)?|sustinut[ae]?|sustinator(i|ul|ii)?)( (financiar|de|al|din partea|catre))*",
        Meaning("organisation", "supporter"),
    ),
    (
        r"(project |main |local |implementing |consortium )?partners?|in partnership with|(delivered|run|carried out|made|together) with"
        r"|partnership|consortium|collaborators?|in (consortium|cooperation|collaboration) with",
        Meaning("organisation", "partner"),
    ),
    (
        r"(parteneri(i)?|partener(ul)?|parteneriat(ul)?( cu)?|consort(iu|iul)|in (parteneriat|colaborare) cu|colaborator(i|ii)?)"
        r"( (de|in|ai|ai proiectului|proiectului|proiect))*",
        Meaning("organisation", "partner"),
    ),
    (
        r"(implemented|implementing|delivered|led|run|executed|carried out|managed|coordinated)( (by|agency|organi[sz]ation|body))|implementers?"
        r"|implementor|promoter|(project )?(lead|leader|coordinator)|lead (organi[sz]ation|partner|applicant)|applicant",
        Meaning("organisation", "implementer"),
    ),
    (
        r"implementat[ae]? de( catre)?|implementator(ul)?|promotor(ul)?( proiectului)?|coordonator(ul)?|lider(ul)?|solicitant(ul)?|aplicant(ul)?",
        Meaning("organisation", "implementer"),
    ),
    (
        r"(final |target |direct )?beneficiar(y|ies)|grantees?|recipients?|awarded to|target groups?|for whom|beneficiar(ul|i|ii)?|grup(ul)? tinta",
        Meaning("organisation", "beneficiary"),
    ),
    (r"clients?|contracting authority|client(ul)?|autoritate(a)? contractanta", Meaning("organisation", "client")),
    (r"(funding |grant )?program(me|s|mes)?|scheme|fund|program(ul)?|schema|fondul", Meaning("programme")),
    (
        r"(project |contract |grant |award )?(ref(erence)?|code|number|no|nr|id|identifier)( (no|number|code))?|(cod(ul)?|numar(ul)?|nr|referinta)"
        r"( (de|proiect|proiectului|contract|contractului|smis))*",
        Meaning("reference"),
    ),
    (
        r"(project |main )?(locations?|places?|where|countr(y|ies)|regions?|area|areas|sites?|venues?|county|counties)( covered| of implementation)?",
        Meaning("place"),
    ),
    (
        r"(localizare(a)?|loc(ul|atia|atie)?|unde|tara|tarile|tari|regiune(a)?|regiuni(le)?|judet(ul|e|ele)?|zona|localitat(i|ile|ea)|localitate)"
        r"( (de|desfasurarii|implementarii|implementare|proiectului))*",
        Meaning("place"),
    ),
    (
        r"(web ?)?(site|page|website|link|url)|more (information|info|details|here)( here| at| on)?|details|read more|(pagina|site)( web)?"
        r"|detalii|mai multe( (informatii|detalii))?( aici| la)?",
        Meaning("link"),
    ),
]
_COMPILED = [(re.compile(pattern), meaning) for pattern, meaning in _MEANINGS]

# A label said as a verb, with nothing between it and its value: "Funded by the European Commission".
SPOKEN = re.compile(
    r"\b((?:co-?)?(?:financially )?(?:funded|financed|supported|sponsored|implemented) by"
    r"|with the (?:financial )?support of"
    r"|(?:co-?)?(?:finan[țţt]at|sus[țţt]inut|sprijinit|sponsorizat|implementat)[ăae]?(?: financiar)?(?: de c[ăa]tre| de| prin))\s+(?=\S)",
    re.IGNORECASE,
)


def speaks_of_project(meaning: Meaning | None) -> bool:
    """Whether only a project has such a field: a budget, a period, a funder, a "project title"."""
    return meaning is not None and (meaning.name in STRONG or meaning == Meaning("title", "project"))


def meaning_of(label: str) -> Meaning | None:
    """The field a label stands for, or None for a label of the source's own."""
    folded = re.sub(r"\s+", " ", fold(label).replace(".", " ")).strip(" :*-")
    folded = re.sub(r" (?:estimated|estimat[ae]?)(?: to| la)?$", "", re.sub(r"\s*\([^)]*\)$", "", folded))
    for pattern, meaning in _COMPILED:
        if pattern.fullmatch(folded):
            return meaning
    return None
