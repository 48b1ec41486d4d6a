"""Currencies as they are written: ISO 4217 codes, signs, and names in English and Romanian.

Does not know numbers; it says which currency the words right before or right behind a place name, and where they end.
"""

import re
from dataclasses import dataclass, replace

CODES = frozenset(
    # in use
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF "
    "CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON "
    "RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG "
    # of earlier years
    "ANG ATS AZM BEF BGL BYR CHE CSD CUC CYP DEM EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL MRO MTL MZM NLG PTE "
    "ROL RUR SDD SIT SKK SLL SRG STD TMM TRL UAK VEF XEU YUM ZMK ZWL".split()
)
_WORDLIKE = frozenset("ALL AMD ARS BAM CAD COP CUP CVE GEL LAK MAD MOP MUR NIO PAB PEN SAR SOS TOP TRY VES WST".split())
"""Codes that are words or acronyms as well ("TOP 10", "COP 21", "WORLD CUP 2014")."""
_ANY_CASE = (
    *("eur usd ron mdl gbp chf huf bgn pln czk uah rsd nok sek dkk".split()),
    *("hrk jpy inr cny brl mxn zar rub byn mkd isk".split()),
)
"""Codes that are no word in English or Romanian, so that their case does not matter."""

_NAMES = {
    "EUR": "€, euro, euros, euroi",
    "USD": "$, us$, usd$, u.s.$, dollar, dollars, us dollar, us dollars, u.s. dollars, american dollars, dolar, "
    "dolari, dolar american, dolari americani, dolari sua",
    "RON": "lei, leu, lei noi, lei romanesti, leu romanesc, romanian lei, romanian leu, new lei",
    "ROL": "lei vechi, old lei, old romanian lei",
    "MDL": "lei moldovenesti, leu moldovenesc, moldovan lei, moldovan leu, moldovian lei, moldavian lei",
    "GBP": "£, pound, pounds, pounds sterling, pound sterling, british pounds, sterling, lira sterlina, lire sterline, "
    "lire britanice",
    "CHF": "sfr, swiss franc, swiss francs, franc elvetian, franci elvetieni",
    "HUF": "forint, forints, forinti, hungarian forint, hungarian forints, forinti maghiari, forinti unguresti",
    "BGN": "лв, lev, leva, leve, bulgarian lev, bulgarian leva, leva bulgaresti, leve bulgaresti",
    "PLN": "zl, zloty, zlotys, zlotych, zlot, zloti, polish zloty, polish zlotys, zloti polonezi",
    "CZK": "kc, czech koruna, czech korunas, czech crowns, coroana ceha, coroane cehe, coroane cehesti",
    "SKK": "slovak koruna, slovak korunas, slovak crowns, coroane slovace",
    "EEK": "estonian krooni, estonian kroons, coroane estoniene",
    "NOK": "norwegian krone, norwegian kroner, norwegian crowns, coroana norvegiana, coroane norvegiene",
    "SEK": "swedish krona, swedish kronor, swedish crowns, kronor, coroana suedeza, coroane suedeze",
    "DKK": "danish krone, danish kroner, danish crowns, coroana daneza, coroane daneze",
    "ISK": "icelandic krona, icelandic kronur, coroane islandeze",
    "HRK": "kn, kuna, kunas, kune, croatian kuna, croatian kunas, kune croate",
    "RSD": "serbian dinar, serbian dinars, dinar sarbesc, dinari sarbesti",
    "MKD": "denar, denars, denari, macedonian denar, macedonian denars, denari macedoneni",
    "BAM": "convertible marks, convertible mark, marci convertibile, marca convertibila",
    "DEM": "deutsche mark, deutsche marks, german marks, marci germane",
    "FRF": "french francs, franci francezi",
    "BEF": "belgian francs, franci belgieni",
    "ITL": "italian lira, italian lire, lire italiene",
    "TRY": "₺, turkish lira, turkish liras, lira turceasca, lire turcesti",
    "UAH": "₴, грн, hryvnia, hryvnias, hryvnya, hryvnyas, ukrainian hryvnia, ukrainian hryvnias, "
    "hrivna, hrivne, grivna, grivne, hrivne ucrainene, grivne ucrainene",
    "RUB": "₽, руб, rouble, roubles, ruble, rubles, russian rubles, russian roubles, ruble rusesti",
    "BYN": "belarusian rubles, belarusian roubles, ruble belaruse",
    "GEL": "₾, georgian lari, lari georgieni",
    "AMD": "֏, armenian dram, armenian drams, drami armenesti",
    "AZN": "₼, manat, manats, azerbaijani manat, azerbaijani manats, manati azeri",
    "ALL": "albanian lek, albanian leks, lek, leks, leki albanezi",
    "KZT": "₸, tenge, kazakhstani tenge",
    "ILS": "₪, shekel, shekels, israeli shekels",
    "JPY": "yen, yens, yeni, japanese yen, yeni japonezi",
    "CNY": "yuan, yuans, yuani, renminbi, rmb, chinese yuan, yuani chinezesti",
    "INR": "₹, indian rupee, indian rupees, rupii indiene",
    "KRW": "₩, south korean won",
    "VND": "₫",
    "NGN": "₦, naira",
    "ZAR": "south african rand",
    "BRL": "r$, brazilian reals, brazilian reais",
    "MXN": "mx$, mexican pesos",
    "CAD": "ca$, c$, cad$, can$, canadian dollar, canadian dollars, dolar canadian, dolari canadieni",
    "AUD": "a$, au$, aud$, australian dollar, australian dollars, dolar australian, dolari australieni",
    "NZD": "nz$, new zealand dollars",
    "HKD": "hk$, hong kong dollars",
    "SGD": "s$, singapore dollars",
    "TWD": "nt$",
}
CURRENCIES = {code: code.upper() for code in _ANY_CASE} | {
    name: code for code, names in _NAMES.items() for name in names.split(", ")
}
"""What may be written in any case, folded → ISO 4217 code."""
_EXACT = {"Ft": "HUF", "SFr": "CHF"} | {code: code for code in CODES}
"""What is a currency only in this case: `ft` is a foot, `all` a word."""
UNSETTLED = {
    name: frozenset(codes.split())
    for names, codes in (
        ("¥", "JPY CNY"),
        ("kr, kroner, krone, krona, crowns, coroane", "SEK NOK DKK ISK CZK SKK EEK"),
        ("francs, franci, fr", "CHF FRF BEF LUF XAF XOF XPF RWF"),
        ("dinars, dinari", "RSD DZD IQD JOD KWD TND BHD LYD"),
        ("rupees, rupii, rs", "INR PKR NPR LKR MUR"),
        ("pesos", "MXN ARS CLP COP PHP UYU DOP CUP"),
        ("rials, riyals", "IRR SAR QAR OMR YER"),
        ("marci, marks", "DEM FIM BAM"),
        ("shillings", "KES UGX TZS SOS"),
    )
    for name in names.split(", ")
}
"""Names that several countries share → the codes of these."""
_MAY_ALSO_BE = {
    "$": frozenset("AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD "
                   "ARS CLP COP CUP DOP MXN UYU BRL".split()),
    "lei": frozenset({"MDL", "ROL"}),
    "£": frozenset("EGP FKP GIP IEP LBP SDG SHP SSP SYP CYP MTL".split()),
}  # fmt: skip
_DOLLAR_COUNTRIES = frozenset({"US", "U.S.", "CA", "AU", "NZ", "HK"})
_KIN = {"dollar": "$", "dollars": "$", "dolar": "$", "dolari": "$", "leu": "lei", "pound": "£", "pounds": "£"}

_LETTER = r"[^\W\d_]"
_SIGN = "[" + "".join(
    sorted({sign for name in (*CURRENCIES, *UNSETTLED) for sign in name if not sign.isalnum()} - set(" ."))
)
_SIGN += "]"
_BEHIND = re.compile(
    r"\((?P<code>[a-z]{3})\)"
    rf"|(?:(?:de|of)\s)?(?P<words>(?:u\.s\.|{_LETTER}{{1,3}})?{_SIGN}|(?:u\.s\. )?{_LETTER}++(?: {_LETTER}++){{0,2}})"
    r"(?![0-9_])"
)
_BEFORE = re.compile(
    rf"(?<!{_LETTER})(?:u\.s\. ?|{_LETTER}{{1,3}} ?)?{_SIGN}(?=\s*$|\)?:\s*$)"
    rf"|(?P<open>\()(?P<code>[a-z]{{3}})\)(?=:?\s*$)"
    rf"|(?<![\w.])(?:{_LETTER}+ )?{_LETTER}+(?=\.?\s*$|\)?:\s*$)"
)
_WEIGHT = re.compile(r"pounds? of\b(?! (?:funding|funds|support|grants?|aid|investment)\b)")
_QUALIFIED = re.compile(r"\s?\(?([A-Z]{3})\b\)?")
_FARTHEST_BEFORE = 40
"""Characters before a number in which the words of its currency stand."""


@dataclass(frozen=True, slots=True)
class Named:
    """A currency where it is written; `code` is None where the name does not say which country's."""

    code: str | None
    start: int
    end: int
    is_wordlike: bool = False
    name: str = ""
    """Folded."""


def currency_behind(text: str, folded: str, start: int) -> Named | None:
    """The currency whose words begin at `start`, the longest name first."""
    match = _BEHIND.match(folded, start)
    if match is None:
        return None
    if match["code"]:
        return _coded(text, folded, match)
    first, end = match.span("words")
    if _WEIGHT.match(folded, first):
        return None
    while end > first:
        found = _named(text, folded, first, end)
        if found:
            return _qualified(text, found)
        end = folded.rfind(" ", first, end)
    return None


def currency_before(text: str, folded: str, start: int, end: int) -> Named | None:
    """The currency whose words end at `end` and begin at `start` or later."""
    match = _BEFORE.search(folded, max(start, end - _FARTHEST_BEFORE), end)
    if match is None:
        return None
    if match["code"]:
        return _coded(text, folded, match)
    first, last = match.span()
    space = folded.find(" ", first, last)
    named = _named(text, folded, first, last) or (_named(text, folded, space + 1, last) if space > 0 else None)
    if named and space > 0 and named.start > first and text[first:space] in _DOLLAR_COUNTRIES:  # "CA $ 500"
        return Named(CURRENCIES.get(folded[first:space] + named.name, named.code), first, last, False, named.name)
    return named


def settles(named: Named, code: str | None) -> bool:
    """Whether a code beside a name or sign that several countries share says which it is: `$5,000 CAD`."""
    kin = UNSETTLED.get(named.name) or _MAY_ALSO_BE.get(_KIN.get(named.name, named.name), frozenset())
    return code in kin


def _coded(text: str, folded: str, match: re.Match[str]) -> Named | None:
    """A code in brackets, `(EUR)`, with them."""
    named = _named(text, folded, *match.span("code"))
    return replace(named, start=match.start(), end=match.end()) if named and named.name.upper() in CODES else None


def _named(text: str, folded: str, start: int, end: int) -> Named | None:
    name, exact = folded[start:end], _EXACT.get(text[start:end])
    if exact:
        return Named(exact, start, end, exact in _WORDLIKE, name)
    if name in CURRENCIES:
        return Named(CURRENCIES[name], start, end, False, name)
    return Named(None, start, end, False, name) if name in UNSETTLED else None


def _qualified(text: str, named: Named) -> Named:
    """With the code that stands behind the name: `5000 lei (MDL)`."""
    code = _QUALIFIED.match(text, named.end)
    if code is None or code[1] not in CODES or not (settles(named, code[1]) or code[1] == named.code):
        return named
    return Named(code[1], named.start, code.end(), False, named.name)
