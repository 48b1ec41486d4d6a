"""Words of a written sentence that nothing it cites bears out, and words that turn or widen what is said there.

Knows no figures and no names: these are compared by value elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterator

from assistant.kin import is_mostly_verb
from assistant.llm.aligned import ROLES, Aligned, Place, contrary_places, opposites_in
from assistant.llm.clauses import Told
from assistant.llm.compared import implied
from assistant.llm.counted import ordinals
from assistant.llm.strict import OPPOSITE, is_of_date
from assistant.llm.verbs import is_verb
from assistant.llm.word import Word
from assistant.llm.wording import wording
from assistant.translation import translations_of

FIRM = (ROLES - {"support"}) | frozenset("begin finish up down buy build sign under_way exceed undo".split())
"""Families whose verbs are never only the writer's way of putting it."""
ONE_IN = 6
ENOUGH_COVERED = 20
"""Words of a sentence of which one may be the writer's own. Of `eval/claims/development.jsonl`, 18 let none of 14
falsehoods pass that a single word gave away, 16 one; of `claims.jsonl`, 20 let 2 of 16 pass and keep 18 of 35
paraphrases."""
FEWEST = 2
"""Other words of the sentence, borne out by one source, that a verb of the writer's own has to join."""
_NOBODY = re.compile(r"\b(?:nobody|no one|none|nothing|nimeni|nimic|niciun\w*|nicio)\b")
_REACH = 20
"""Characters before a verb in which its subject is looked for."""
_LEADS_NOUN = frozenset(
    "a an the of in on at for with by from their its his her this that these those our no and or".split()
)
_PRONOUN = re.compile(r"\b(?:it|its|they|their|he|his|she|her|this|these)\b")
_DEFINITE = frozenset({"the", "this", "these"})
_BEFORE_DEFINITE = frozenset("din in pe la prin despre pentru".split())
"""Prepositions behind which a Romanian noun has no article though it is meant to be known."""
_ARTICLES = ("ul", "ului", "a", "ei", "ii", "le", "ele", "lor", "elor", "ilor")
_LEADS_NOUN_RO = frozenset("de la din pe cu pentru un o al ale cei cele prin dintre fara unor unui unei".split())
_LEADS_VERB = frozenset("a au am sa se s fost fi este sunt va vor isi si".split())
_ADJECTIVES = ("ata", "ate", "ati", "ita", "ite", "iti", "uta", "ute", "uti", "at", "it", "ut")


def uncovered_faults(aligned: Aligned) -> Iterator[str]:
    """Words that have nothing in the sources, and those to which the source has the opposite.

    One verb that carries words which are all borne out may be the writer's own, unless it says who paid, who did or
    which way something went.
    """
    lacking = [word for word in _lacking(aligned) if not _is_double_negation(aligned, word)]
    contrary = {word.at: _contrary(aligned, word) for word in lacking}
    called = next((word for word in lacking if _is_called_so(aligned, word) and not contrary[word.at]), None)
    lacking = [word for word in lacking if word is not called]
    if called is None and len(lacking) == 1 and not contrary[lacking[0].at] and _only_carries(aligned, lacking[0]):
        return
    left = _unjoined(aligned, lacking, contrary)
    if len(left) == 1 and not contrary[left[0].at] and _is_one_of_many(aligned, left[0]):
        return
    for word in left:
        said = aligned.said.text[word.start : word.end]
        yield f"{OPPOSITE}: {said} ({contrary[word.at]})" if contrary[word.at] else f"not in its source: {said}"


def _is_one_of_many(aligned: Aligned, word: Word) -> bool:
    """Whether all but one word of a long sentence is borne out, and that one is no name and tells no role."""
    is_plain = not (word.is_capital or aligned.said.text[word.start].isupper() or word.families & FIRM)
    return is_plain and len(aligned.said.words) >= ENOUGH_COVERED


def _is_called_so(aligned: Aligned, word: Word) -> bool:
    """Whether a word is what another sentence of the project calls what this one is about: “the hall”."""
    before = aligned.said.words[word.at - 1].folded if word.at else ""
    is_defined = (
        before in _DEFINITE
        if aligned.said.language == "en"
        else (before in _BEFORE_DEFINITE or word.folded.endswith(_ARTICLES))
    )
    is_left_open = any(
        _PRONOUN.search(one.folded) or one.language == "ro" or ": " in one.text or "|" in one.text
        for one in aligned.sources
    )
    return is_left_open and is_defined and not (word.is_capital or word.families & FIRM) and aligned.is_beside(word)


def _unjoined(aligned: Aligned, lacking: list[Word], contrary: dict[int, str]) -> list[Word]:
    """The words that stand for none of the source's; in the other language one in so many may be put otherwise.

    A word of the sentence may stand for one of the source that nothing else of it stands for, unless both are of the
    general vocabulary, where they would be found to be one. An added word stands for none.
    """
    facts = aligned.sources[: aligned.first_title]
    if not lacking or any(source.language == aligned.said.language for source in facts):
        return lacking
    left = list(_left_over(aligned))
    allowed = max(1, sum(word.tells for word in aligned.said.words) // ONE_IN)
    kept = []
    for word in lacking:
        match = next((one for one in left if not (word.families and one.families)), None)
        if (
            _is_listed(aligned, word)
            or match is None
            or not allowed
            or _is_known(aligned, word)
            or contrary[word.at]
            or word.is_capital
            or word.families & FIRM
        ):
            kept.append(word)
        else:
            left.remove(match)
            allowed -= 1
    return kept


def _is_known(aligned: Aligned, word: Word) -> bool:
    """Whether the dictionary translates a word, so that it would have been found if it stood there."""
    language = aligned.said.language
    return bool(translations_of(word.folded, language)) and not is_mostly_verb(word.folded, language)


def _is_listed(aligned: Aligned, word: Word) -> bool:
    """Whether a word is the last of a list: “rent, debt and divorce”."""
    before = aligned.said.words[word.at - 1].folded if word.at else ""
    return before in ("and", "or", "si", "sau", "ori") and not is_mostly_verb(word.folded, aligned.said.language)


def _left_over(aligned: Aligned) -> Iterator[Word]:
    """Telling words of the sources that no word of the sentence stands for, in clauses that it draws on."""
    taken = {place for places in aligned.places for place in places}
    clauses = {(number, aligned.sources[number].words[at].clause) for number, at in taken}
    for number, source in enumerate(aligned.sources[: aligned.first_title]):
        for word in source.words:
            if (
                word.tells
                and not word.is_capital
                and (number, word.at) not in taken
                and (number, word.clause) in clauses
            ):
                yield word


def _lacking(aligned: Aligned) -> Iterator[Word]:
    held = {key for source in aligned.sources for key in source.sides}
    told_by_figures = implied(aligned)
    sides = told_by_figures + [span for key, spans in aligned.said.sides.items() for span in spans if key in held]
    is_planned = any(word.is_unreal for source in aligned.sources for word in source.words)
    unreal = wording().unreal[aligned.said.language]
    markers = [match.span() for match in unreal.finditer(aligned.said.folded)] if is_planned else []
    for word in aligned.said.words:
        is_rest = "rest" in word.families and any(0 <= one.start - word.end <= 2 for one in aligned.said.figures)
        is_told = (
            is_rest
            or word.folded in ordinals()
            or _is_joined(aligned, word)
            or is_of_date(aligned, word)
            or any(first <= word.start and word.end <= last for first, last in (*sides, *markers))
        )
        if word.tells and not word.is_strict and not _found(aligned, word) and not is_told:
            yield word


def _found(aligned: Aligned, word: Word) -> list[Place]:
    """Where a word is borne out; what is done, by no word of a title."""
    if aligned.said.text[word.start].islower() and is_verb(aligned.said, word):
        return aligned.facts(word)
    return aligned.places[word.at]


def _is_joined(aligned: Aligned, word: Word) -> bool:
    """Whether a hyphen joins a word to one before it that is borne out: „nou-veniți”, “civic-minded”."""
    before = aligned.said.words[word.at - 1] if word.at else None
    return (
        before is not None
        and aligned.said.text[before.end : word.start] == "-"
        and not (before.is_figure or word.is_capital)
        and bool(aligned.places[before.at])
    )


def _is_double_negation(aligned: Aligned, word: Word) -> bool:
    """“did not succeed” of what failed, “unpublished” of what was not published."""
    return any(aligned.word(place).is_denied != word.is_denied for place in contrary_places(aligned, word))


def _contrary(aligned: Aligned, word: Word) -> str:
    return next((one for source in aligned.sources for one in opposites_in(word, aligned.said, source)), "")


def _only_carries(aligned: Aligned, word: Word) -> bool:
    """Whether a word is a verb that joins others, enough of which are borne out by one source."""
    said = aligned.said
    if (
        word.is_capital
        or _NOBODY.search(said.folded, max(0, word.start - _REACH), word.start)
        or word.families & FIRM
        or any(word.start < last and first < word.end for first, last in _spans(said))
    ):
        return False
    if not is_mostly_verb(word.folded, said.language) or not _is_in_place_of_a_verb(said, word):
        return False
    counts = Counter(place[0] for other in said.words for place in dict.fromkeys(aligned.facts(other)[:1]))
    return max(counts.values(), default=0) >= FEWEST


def _spans(said: Told) -> list[tuple[int, int]]:
    return [span for spans in said.sides.values() for span in spans]


def _is_in_place_of_a_verb(said: Told, word: Word) -> bool:
    """Not between an article, number or preposition and a noun, as an adjective stands: “the written consent”."""
    before = said.words[word.at - 1].folded if word.at else ""
    if said.language == "ro":
        is_noun = before in _LEADS_NOUN_RO or (word.at > 0 and said.words[word.at - 1].is_figure)
        return before in _LEADS_VERB or (word.at > 0 and not is_noun and not word.folded.endswith(_ADJECTIVES))
    return before not in _LEADS_NOUN and not (word.at and said.words[word.at - 1].is_figure)
