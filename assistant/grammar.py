"""The grammar of questions: closed-class words and patterns, read from one data file a language and made ready to use.

Patterns of all languages apply to every question: a Romanian question may name an English thing, and the other way.
Everything is matched against folded text (lower case, no accents). What a match means is decided in `question`.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from corpus.currencies import CURRENCIES
from corpus.labels import Meaning

LANGUAGES = ("en", "ro")
ASIDE = frozenset(
    "asks_records negation neither every which_is in_passing several_records asks_which having except of_records "
    "towns won contracts by_country by_year state than finished under_way end_said grants group_lead value_lead "
    "role_nouns kinds gave received fewest_records extreme_records by_programme share_of set_against more_records "
    "counted_records money asks_money gives agreeing kind_of_bodies same_lead value_fillers top share_verb each "
    "by_value no_group status_alone ends_then".split()
)
"""Patterns of questions over records that say more than what is done with them."""
LONG_NUMBER = re.compile(r"\d(?:[\s./-]?\d){3}")
"""Four digits or more: what a telephone number, a code or a registration looks like."""
_DATE = r"\b(?:19|20)\d\d\b"

# The fields in the order in which they are tried: the particular before the general. Last in each row: roles, or names
# of other fields, that answer where the first has nothing.
_FIELDS: tuple[tuple[str, Meaning, tuple[str, ...]], ...] = (
    ("cost_share", Meaning("amount", "cost share"), ()),
    ("grant", Meaning("amount", "grant"), ("budget",)),
    ("budget", Meaning("amount", "budget"), ("grant",)),
    ("period", Meaning("period"), ()),
    ("sponsor", Meaning("organisation", "sponsor"), ("supporter", "funder")),
    ("partner", Meaning("organisation", "partner"), ()),
    ("implementer", Meaning("organisation", "implementer"), ()),
    ("supporter", Meaning("organisation", "supporter"), ("funder", "sponsor")),
    ("funder", Meaning("organisation", "funder"), ("sponsor", "supporter", "programme")),
    ("beneficiary", Meaning("organisation", "beneficiary"), ()),
    ("client", Meaning("organisation", "client"), ()),
    ("reference", Meaning("reference"), ()),
    ("programme", Meaning("programme"), ("funder",)),
    ("place", Meaning("place"), ()),
    ("link", Meaning("link"), ()),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that a question can ask for: its meaning, the roles that answer it in order, and what says so."""

    meaning: Meaning
    also: tuple[str, ...]
    names: dict[str, str]
    """How the field is called in an answer, by language."""
    pattern: re.Pattern[str]
    weak: re.Pattern[str] | None
    """What says so only where nothing else is spoken of: "how much was NAME", but not "how much was saved"."""
    prose: re.Pattern[str] | None
    """What a sentence of prose has to hold to answer it where no labelled line does; None: prose cannot."""


@dataclass(frozen=True)
class Grammar:
    """Words by language, and patterns of all languages together."""

    function_words: dict[str, frozenset[str]]
    generic_words: dict[str, frozenset[str]]
    helper_words: dict[str, frozenset[str]]
    anaphora: dict[str, frozenset[str]]
    spelling: dict[str, list[str]]
    """Words of questions for which a slip is taken."""
    prepositions: frozenset[str]
    articles: frozenset[str]
    definite: frozenset[str]
    """What says before a noun which one is meant."""
    joining: frozenset[str]
    """Single words that join clauses: "and", "but"."""
    ordinals: frozenset[str]
    """Single words such as "second"."""
    about: frozenset[str]
    """What leads to a topic."""
    people: frozenset[str]
    links_or: re.Pattern[str]
    """What joins words any of which will do."""
    fields: tuple[Asked, ...]
    across: dict[str, re.Pattern[str]]
    """How questions over several records are asked, by what each pattern says."""
    comparatives: dict[str, re.Pattern[str]]
    how_many: re.Pattern[str]
    counted: re.Pattern[str]
    """Group 1 are the words behind "how many"."""
    when: re.Pattern[str]
    who: re.Pattern[str]
    code: re.Pattern[str]
    same_again: re.Pattern[str]
    greeting: re.Pattern[str]
    leans_back: re.Pattern[str]
    parts: re.Pattern[str]
    """Groups 1 and 2 are two things that are set against each other."""
    own: re.Pattern[str]
    """What asks for whoever runs the projects."""
    about_page: re.Pattern[str]
    whether: re.Pattern[str]
    """How a question begins that is answered by yes or no."""
    whether_within: re.Pattern[str]
    """The same behind a subject, no word for what is asked before it: "NAME was funded by …"."""
    record_named: re.Pattern[str]
    """A noun for a record with a name beside it: "the NAME project"."""
    asks: re.Pattern[str]
    """How a sentence begins that asks, whatever it ends in."""
    announces: re.Pattern[str]
    """How a sentence begins that says how many follow it; a group is their number in words."""
    instructs: re.Pattern[str]
    """How a sentence begins that asks for something to be done: written, deleted, translated."""
    advice: re.Pattern[str]
    describe: re.Pattern[str]
    numbers: re.Pattern[str]
    times: re.Pattern[str]

    @cached_property
    def all_spelling(self) -> list[str]:
        """The words for which a slip is taken, of all languages."""
        return [word for language in LANGUAGES for word in self.spelling[language]]

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that stands in the grammar as it is."""
        return self.closed | self.helpers | self.prepositions | self.people | frozenset(self.all_spelling)

    @cached_property
    def closed(self) -> frozenset[str]:
        """Every word that is neither name nor topic, whatever its language."""
        return frozenset().union(*self.function_words.values(), *self.generic_words.values())

    @cached_property
    def operations(self) -> tuple[re.Pattern[str], ...]:
        """What is done with records, and words for them: no topic."""
        return tuple(pattern for key, pattern in self.across.items() if key not in ASIDE)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """Everything by which fields, operations and comparisons are asked for."""
        return (*(one.pattern for one in self.fields), *self.operations, *self.comparatives.values())

    @cached_property
    def helpers(self) -> frozenset[str]:
        """Every word that goes with asking for a field."""
        return frozenset().union(*self.helper_words.values())


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The grammar, read once."""
    told = {language: _read(language) for language in LANGUAGES}

    def by_language(key: str) -> dict[str, frozenset[str]]:
        return {language: frozenset(told[language][key].split()) for language in LANGUAGES}

    def all_of(key: str) -> str:
        return _either(pattern for language in LANGUAGES for pattern in told[language]["questions"][key])

    return Grammar(
        function_words=by_language("function_words"),
        generic_words=by_language("generic_words"),
        helper_words=by_language("helper_words"),
        anaphora=by_language("anaphora"),
        spelling={language: told[language]["spelling"].split() for language in LANGUAGES},
        prepositions=frozenset().union(*by_language("prepositions").values()),
        about=frozenset().union(*by_language("about").values()),
        joining=frozenset(word for one in told.values() for word in one["values"]["and"] if " " not in word),
        ordinals=frozenset(word for one in told.values() for word in one["values"]["ordinals"] if " " not in word),
        articles=frozenset().union(*by_language("articles").values()),
        definite=frozenset().union(*by_language("definite").values()),
        links_or=re.compile(_either(word for language in LANGUAGES for word in told[language]["values"]["or"])),
        people=frozenset().union(*by_language("people").values()),
        fields=tuple(_field(key, meaning, also, told) for key, meaning, also in _FIELDS),
        across={
            key: re.compile(_either(pattern for language in LANGUAGES for pattern in told[language]["across"][key]))
            for key in told[LANGUAGES[0]]["across"]
        },
        comparatives={
            key: re.compile(_either(one for language in LANGUAGES for one in told[language]["comparatives"][key]))
            for key in told[LANGUAGES[0]]["comparatives"]
        },
        how_many=re.compile(all_of("how_many")),
        counted=re.compile(all_of("counted") + r"\s+((?:[^\W\d_]+\W+){0,2}[^\W\d_]+)"),
        when=re.compile(rf"^\W*(?:\w+ ){{0,2}}{all_of('when_first')}|{all_of('when')}"),
        who=re.compile(rf"^\W*(?:\w+ )?{all_of('who_first')}"),
        code=re.compile(all_of("code")),
        same_again=re.compile(rf"^\W*(?:{all_of('lead_in')}\W+)*{all_of('same_again')}"),
        greeting=re.compile(rf"^\W*{all_of('greeting')}\W*$"),
        instructs=re.compile(rf"^\W*(?:(?:{all_of('lead_in')}|{all_of('instructs_lead')})\W+)*{all_of('instructs')}"),
        advice=re.compile(all_of("advice")),
        announces=re.compile(rf"^\W*{all_of('announces')}"),
        describe=re.compile(all_of("describe")),
        parts=re.compile(
            rf"[:,]\s+(\w.+?),?\s+{_either(w for each in LANGUAGES for w in told[each]['values']['or'])}\s+(.+?)\W*$"
        ),
        own=re.compile(all_of("own")),
        about_page=re.compile(all_of("about_page")),
        whether=re.compile(rf"^\W*{all_of('whether')}"),
        whether_within=re.compile(rf"^(?!.*{all_of('wanted')}).*\W{all_of('whether')}"),
        record_named=re.compile(all_of("record_named")),
        asks=re.compile(rf"^\W*{all_of('asks')}"),
        leans_back=re.compile(rf"^\W*{all_of('leans_back')}"),
        numbers=re.compile(rf"\d|{all_of('numbers')}"),
        times=re.compile(rf"\b\d{{3,4}}\b|\d[./]\d|{all_of('times')}"),
    )


def _read(language: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(f"grammar.{language}.toml").read_text(encoding="utf-8"))


def _either(patterns: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(patterns)})\b"


def _field(key: str, meaning: Meaning, also: tuple[str, ...], told: dict[str, dict[str, Any]]) -> Asked:
    entries = [told[language]["fields"][key] for language in LANGUAGES]
    names = {language: told[language]["fields"][key]["name"] for language in LANGUAGES}
    asks = re.compile(_either(pattern for entry in entries for pattern in entry["asks"]))
    weak = [pattern for entry in entries for pattern in entry.get("weak", [])]
    prose = [pattern for entry in entries for pattern in entry.get("prose", [])]
    return Asked(
        meaning,
        also,
        names,
        asks,
        re.compile(_either(weak)) if weak else None,
        _prose_of_figures(meaning) or (re.compile(_either(prose)) if prose else None),
    )


def _prose_of_figures(meaning: Meaning) -> re.Pattern[str] | None:
    """Amounts and periods are told by their form, not by words."""
    if meaning.name == "amount" and meaning.role != "cost share":
        names = "|".join(re.escape(name) for name in CURRENCIES)
        return re.compile(rf"\d[^a-z]*(?:\w+\W+)?(?:{names})(?!\w)|(?:{names})\s?\d")
    return re.compile(_DATE) if meaning.name == "period" else None
