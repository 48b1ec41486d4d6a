"""The closed-class words of questions, English and Romanian: data, no code beyond matching.

No name, topic or figure of any corpus stands here. Patterns are matched against folded text (lower case, no accents).
"""

import re
from dataclasses import dataclass

from corpus.labels import Meaning

LANGUAGES = ("en", "ro")

FUNCTION_WORDS = {
    "en": set(
        "a about after all also am an and any are as at be been before being between both but by came can come could did do"
        " does doing done during each else ever for from gave get give given go goes going gone got had has have having he"
        " her here hers him his how i if in into is it its itself just let list made make many may me mean might more most"
        " much must my name no nor not of off on one only or other our out over own part per please say says said see shall"
        " she should show so some such take taken takes tell than that the their them then there these they this those"
        " through to too took under until up upon us very via want was we well went were what whats when where which while"
        " who whom whose why will with within without would you your exactly actually kind sort know like need find"
        " s t re ve d ll m saw seen mention mentioned mentions according wonder wondering interested looking look looks above"
        " else somewhere anyone someone somebody anything something put number kind write".split()
    ),
    "ro": set(
        "a acea aceasta aceast acel acela acele acelasi acest acesta acestea acestei acestia acestor acestui acum ai aia al"
        " ale alea alt alta alte am an anume ar are as asta ati atunci au avea aveau avut ca cam cand care carei carui cat"
        " cata cate cati ce cea cei cel cele celor chiar cine cineva cu cui cum da daca dar de deci deja deoarece despre din"
        " dintr dintre doar dupa e ea ei el ele era erau este eu exact fara fi fie fost i ia iar ii il imi in inainte intr"
        " intre isi iti la l le li lor lui mai mi multa multe multi mult ne ni nici niste noastra nostru noi nu o or ori pana"
        " pe pentru peste poate pot prin printr sa sale sau se si spre spune spuneti spui spunemi sub sunt ta tau te ti toata toate tot toti tu"
        " un una unde unei unele unor unui unul va vi voi vor vreau vreo zi fac face facut fost avea aflu as dori poti puteti"
        " nevoie trebuie numar numarul fel felul zice zi-mi s-a s-au n-a n-au l-a i-a m-a v-a".split()
    ),
}

# Words that ask about any project and name none; they neither link nor count as evidence.
GENERIC = {
    "en": set("project projects initiative programme program organisation organization foundation called named titled".split()),
    "ro": set("proiect proiectul proiectului proiecte proiectele proiectelor initiativa initiativei programul programului"
              " numit numita organizatie organizatia organizatiei fundatie fundatia fundatiei".split()),
}  # fmt: skip


# Words that go with asking for a field and narrow it to nothing: "how much money did it receive in total".
HELPERS = {
    "en": set(
        "run runs ran running take takes took taken place happen happened start started starts begin began end ended finish"
        " finished last lasted long active implemented implementation carried held receive received get cost spend spent award"
        " awarded allocated total overall whole entire money cash exact precise full amount figure year years month months"
        " date dates time period much many big large source support supported financial financially main behind responsible"
        " funding fund funds funded name names organisation organisations organization organizations institution institutions"
        " community body bodies company companies involved work worked working open launched information details page online"
        " based helped help covered cover pay paid original called write wrote writing stated listed given document documents according back first provided used"
        " eur euro euros usd dollars lei ron".split()
    ) - {"community", "first", "online"},
    "ro": set(
        "desfasurat desfasura desfasurare derulat derula loc inceput incepe incheiat incheie terminat termina finalizat durat"
        " dureaza timp implementat implementare implementarea primit primeste costat costa cheltuit alocat acordat total totala"
        " bani banii suma sume exact exacta intreg intreaga an anul ani anii luna luni lunile data date datele perioada perioade"
        " mult principal principala responsabil organizatii organizatiile institutii institutia institutiile firme firma companie"
        " companii implicat implicate implicati lucrat sustinut sprijin sprijinit nume numele document documente potrivit conform"
        " informatii detalii pagina oferit dat eur euro lei ron dolari usd avut loc platit facut".split()
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that a question can ask for: its meaning, the roles that answer it in order, and what says so."""

    meaning: Meaning
    also: tuple[str, ...]
    names: dict[str, str]
    """How the field is called in an answer, by language."""
    pattern: re.Pattern[str]
    prose: re.Pattern[str] | None = None
    """What a sentence of prose has to hold to answer it where no labelled line does."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:\b{pattern}\b)" for pattern in patterns))


_MONTHS = r"(?:jan|feb|mar|apr|may|mai|jun|iun|jul|iul|aug|sep|oct|noi|nov|dec|ian)[a-z]*"
_MONEY = r"(?:\d.*(?:eur|euro|usd|dollars?|dolari|ron|lei|mdl|gbp|pounds?|€|\$|£)|(?:€|\$|£)\s?\d)"

FIELDS = (
    Asked(
        Meaning("amount", "cost share"), (), {"en": "Cost share", "ro": "Cofinanțare"},
        _any(r"cost[- ]share", r"co-?financing", r"own contribution", r"cofinantare\w*", r"contributi\w+ propri\w+"),
    ),
    Asked(
        Meaning("amount", "grant"), ("budget",), {"en": "Grant", "ro": "Grant"},
        _any(r"(?:size|amount|value) of the grant", r"grant (?:amount|size|value|awarded)", r"how (?:big|large) (?:was|is|were) the grant",
             r"valoarea (?:grantului|finantarii)"),
        re.compile(_MONEY),
    ),
    Asked(
        Meaning("amount", "budget"), ("grant",), {"en": "Budget", "ro": "Buget"},
        _any(r"budgets?", r"budgeted", r"costs?", r"costing", r"how much (?:money|funding|was|were|did|does|is|has|have|cash)", r"what (?:sum |amount )?(?:was|were|got|has been) (?:awarded|granted|allocated|spent)", r"how expensive", r"price",
             r"(?:value|worth|amount|sum|size) of (?:the )?(?:contract|project|funding|grant|award)?", r"(?:contract|project) value", r"worth", r"funding amount",
             r"buget\w*", r"cat (?:a|au|e|este|ar fi|de mult|va|o sa)(?: fi)? (?:costat|costa|valora\w*|primit|cheltuit)", r"cat costa", r"cost(?:ul|uri|urile|a|at)", r"valoare\w*",
             r"ce suma", r"cat s-?a (?:alocat|acordat|cheltuit)", r"(?:cati|ce) bani", r"suma", r"finantarea totala"),
        re.compile(_MONEY),
    ),
    Asked(
        Meaning("period"), (), {"en": "Period", "ro": "Perioadă"},
        _any(r"when", r"periods?", r"dates?", r"timeframes?", r"time frame", r"how long", r"durations?", r"(?:which|what) years?", r"timeline", r"(?:which|what) months?",
             r"since when", r"until when", r"years did", r"cand", r"perioad\w*", r"cat (?:timp|a durat|dureaza|au durat)", r"durat[ae]?", r"(?:ce|care) an(?:i|ii|ul)?", r"interval\w*",
             r"(?:ce|care) lun(?:a|i)"),
        re.compile(rf"\b(?:19|20)\d\d\b|\b{_MONTHS} (?:19|20)\d\d"),
    ),
    Asked(
        Meaning("organisation", "sponsor"), ("supporter", "funder"), {"en": "Sponsors", "ro": "Sponsori"},
        _any(r"sponsors?", r"sponsored", r"sponsor\w*"),
        _any(r"sponsor\w*"),
    ),
    Asked(
        Meaning("organisation", "partner"), ("implementer",), {"en": "Partners", "ro": "Parteneri"},
        _any(r"partners?", r"partnered", r"partnership", r"(?:work|worked|working|collaborat\w+|cooperat\w+|team\w*(?: up)?) with", r"together with whom", r"with whom", r"who (?:else )?(?:was|were) involved",
             r"consortium", r"(?:which|what) (?:other )?(?:organi[sz]ations?|institutions?|bodies)", r"ce (?:alte )?(?:organizatii|institutii)", r"partener\w*", r"parteneriat\w*", r"(?:impreuna )?cu cine", r"cu ce organizatii", r"colaborat\w*"),
        _any(r"partner\w*", r"(?:together|alongside|jointly|cooperation|collaborat\w+|work\w*) with", r"partener\w*", r"parteneriat\w*", r"impreuna cu", r"alaturi de",
             r"in colaborare cu", r"consortium", r"consorti\w+"),
    ),
    Asked(
        Meaning("organisation", "implementer"), ("partner",), {"en": "Implemented by", "ro": "Implementat de"},
        _any(r"(?:implemented|delivered|managed|coordinated) by", r"(?:who|which \w+|what \w+) (?:was it that )?(?:implemented|delivered|ran|managed|led|coordinated|carried out|runs|leads)", r"lead (?:partner|organi[sz]ation)", r"implementers?",
             r"cine (?:a|au|l-a|le-a) (?:implementat|condus|coordonat|derulat|realizat)", r"implementat de"),
        _any(r"(?:implemented|delivered|managed|coordinated|run|led|carried out) by", r"(?:implementat|coordonat|condus|derulat|realizat)\w* de"),
    ),
    Asked(
        Meaning("organisation", "supporter"), ("funder", "sponsor"), {"en": "Supported by", "ro": "Cu sprijinul"},
        _any(r"support(?:ed|ers?|s)", r"sprijin\w*", r"sustinut\w*"),
        _any(r"support(?:ed|ers?|s)? (?:by|of|from)", r"sprijin\w*", r"sustinut\w*"),
    ),
    Asked(
        Meaning("organisation", "funder"), ("sponsor", "supporter", "programme"), {"en": "Funder", "ro": "Finanțator"},
        _any(r"fund(?:ed|er|ers|ing|s)?", r"financ(?:e|ed|er|ers|ing|ier|iers)", r"donors?", r"donat(?:ed|ion|ions)", r"investors?", r"paid", r"pays?", r"money (?:came )?(?:for it |for this )?(?:come )?from", r"backers?", r"backed",
             r"(?:who|where|which|what) .*\bmoney", r"bankrolled", r"grant-?maker", r"finant\w*", r"donator\w*", r"investitor\w*", r"platit\w*", r"cine .*\bban(?:ii|i)\b",
             r"(?:de unde|din ce fonduri)"),
        _any(r"(?:fund|financ)(?:ed|ing|s)? (?:by|from|through|came)", r"supported by", r"grants? (?:from|of|by)", r"paid (?:for )?by", r"(?:paid|funded) for", r"money (?:came )?from", r"donat\w+", r"backed by",
             r"with (?:\w+ ){0,2}support (?:of|from)", r"finantat\w*", r"sprijinul", r"sustinut\w*", r"donat\w*", r"funded"),
    ),
    Asked(
        Meaning("organisation", "beneficiary"), (), {"en": "Beneficiaries", "ro": "Beneficiari"},
        _any(r"beneficiar(?:y|ies)", r"grantees?", r"target groups?", r"who benefit\w*", r"beneficiar\w*", r"grup\w* tinta"),
        _any(r"beneficiar\w*", r"target\w* group\w*", r"grup\w* tinta"),
    ),
    Asked(
        Meaning("organisation", "client"), (), {"en": "Client", "ro": "Client"},
        _any(r"clients?", r"contracting authority", r"autoritate\w* contractanta"),
    ),
    Asked(
        Meaning("reference"), (), {"en": "Reference", "ro": "Cod"},
        _any(r"references?", r"(?:project|contract|reference|grant) (?:number|code|no|id)", r"codul?", r"numarul (?:de )?(?:contract|proiect|referinta)\w*", r"referinta"),
    ),
    Asked(
        Meaning("programme"), ("funder",), {"en": "Programme", "ro": "Program"},
        _any(r"(?:which|what|under) (?:\w+ )?(?:programme|program|scheme)", r"(?:ce|care|carui) program\w*", r"programul de finantare"),
    ),
    Asked(
        Meaning("place"), (), {"en": "Place", "ro": "Loc"},
        _any(r"where", r"locations?", r"located", r"(?:which|what) (?:countr(?:y|ies)|region|regions|count(?:y|ies)|town|towns|city|cities|villages?)", r"unde", r"localizare\w*", r"localizat\w*", r"(?:ce|care) (?:tara|tari|regiune|judet\w*|oras\w*|localitat\w*|sat\w*)"),
    ),
    Asked(
        Meaning("link"), (), {"en": "Link", "ro": "Legătură"},
        _any(r"web ?sites?", r"web ?pages?", r"links?", r"url", r"web address", r"more information", r"site(?:-?ul)?", r"pagina web", r"mai multe (?:detalii|informatii)"),
    ),
)

# Questions across projects, which this version does not answer from part of the records.
ACROSS = _any(
    r"(?:which|what|list|how many|all|any|other|show|name|every|each|count)(?: of)?(?: the| your| our| their)? (?:\w+ )?(?:projects|initiatives)",
    r"total (?:budget|amount|value|cost|sum|funding)s?", r"sum of", r"in total across", r"(?:average|mean) (?:budget|amount|cost|duration)",
    r"(?:largest|biggest|smallest|highest|lowest|longest|shortest|earliest|latest|oldest|newest|cheapest|most expensive|first|last) (?:\w+ )?(?:project|projects|budget|grant|funder|donor)",
    r"(?:ce|care|cate|toate|lista|alte|enumera|numeste)(?: dintre)? (?:\w+ )?proiecte(?:le)?", r"bugetul total", r"suma (?:totala|tuturor)", r"in total",
    r"cel(?:e|or|ei)? mai (?:mare|mari|mic|mica|mici|lung|lunga|scump|vechi|nou|recent)\w*", r"(?:bugetul|durata) medi[ue]",
)

DESCRIBE = re.compile(
    r"^\W*(?:and |but |dar |si )?(?:please |va rog )?(?:tell me (?:more )?about|describe|summari[sz]e|present|what (?:is|was|are|were) (?:the )?(?:.* )?(?:about|project)?|what(?:'s| s) |"
    r"what does|what did|explain|give me .*(?:overview|summary)|who (?:is|are)|despre ce|descrie|prezinta|rezuma|ce (?:este|e|a fost|inseamna)|spune-?mi (?:mai multe )?(?:ceva )?despre|"
    r"in ce a constat|care a fost (?:scopul|ideea)|scopul|the (?:aim|goal|purpose)|what (?:is|was) the (?:aim|goal|purpose|idea))"
)

SAME_AGAIN = re.compile(r"^\W*(?:(?:ok|okay|so|well|right|bine|pai)\W+)*(?:(?:what|how) about|and|but|for|dar|si|iar)\b")
PREPOSITIONS = set("for of on at in from to by with about during under pentru de din la pe in cu despre prin dintre sub".split())
ANAPHORA = {
    "en": set("it its they them their this that these those he she his her".split()),
    "ro": set("acesta aceasta acestea acestia acestui acestei acestor el ea ei ele lui lor acolo il o le asta aceluia acelei i".split()),
}

HOW_MANY = _any(r"how (?:many|much)", r"number of", r"cat(?:i|e|a)", r"cat de", r"numarul", r"ce numar", r"how (?:old|big|large|far|tall|long)")
COUNTED = re.compile(r"\b(?:how many|number of|cat[ie]|numarul(?: total)?(?: de)?|ce numar(?: de)?)\s+((?:[^\W\d_]+\W+){0,2}[^\W\d_]+)")
WHO = re.compile(r"^\W*(?:\w+ ){0,1}(?:who|whose|cine)\b(?! (?:are|is|sunt|esti|sunteti) (?:you|we|voi|noi)\b)")
CODE = re.compile(r"\b(?:number|code|iban|phone|telephone|fax|swift|cod(?:ul)?|telefon(?:ul)?|numarul)\b")
LONG_NUMBER = re.compile(r"\d(?:[\s./-]?\d){3}")
PEOPLE = set("people persons person individuals participants oameni persoane participanti times ori percent percentage procent procente".split())
"""Counted things that a text may well call otherwise ("60 students"); any number will do."""
WHEN = re.compile(r"^\W*(?:\w+ ){0,2}(?:when|cand)\b|\b(?:which|what) (?:year|month|date|day)s?\b|\b(?:ce|care) (?:an|luna|data|zi|ani)\b")
DATE_WORDS = re.compile(rf"\b\d{{3,4}}\b|\b{_MONTHS}\b|\b(?:centur\w+|secol\w*|ago|yesterday|today|decade|acum|ieri|azi)\b|\d[./]\d")
NUMBER_WORDS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|several|"
    r"doi|doua|trei|patru|cinci|sase|sapte|opt|noua|zece|unsprezece|doisprezece|sute|suta|mii|milioane|zeci)\b"
)
LEANS_BACK = re.compile(
    r"^\W*(?:it|they|this|these|those|he|she|there|their|its|thus|therefore|moreover|besides|also|then|"
    r"acesta|aceasta|acestea|acestia|el|ea|ei|ele|astfel|totodata|de asemenea|apoi)\b"
)
GREETING = re.compile(r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|thanks?(?: you)?|help|what can you do|who are you|"
                      r"salut|buna(?: ziua| seara| dimineata)?|multumesc|ajutor|ce poti face|cine esti)\W*$")  # fmt: skip
