"""Makes the lexicon: which English words a Romanian word most likely stands for, and the other way round.

    python -m assistant.lexicon.make ROWORDNET_PICKLE WORDNET_FOLDER OUT_FOLDER

Two words are a pair where a synset has both. A pair weighs as much as the English word was met in that sense in running
text, shared among the Romanian words of the synset; pairs of the hand-written supplement come first. The same sources
give the same bytes. Does not look anything up.

The weights were chosen on 206 everyday pairs written down before, none of them from a text: the counts bring the wanted
English word first for 148 instead of 129, alike spelling for 148 instead of 142; how late the Romanian dictionary lists
a sense was no help (144) and is not used. With the supplement it is 187, and 206 anywhere in the list.
"""

import argparse
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz.distance import Prefix

from assistant.lexicon.forms import forms, sure_forms
from assistant.lexicon.sources import Synset, irregular_forms, read_rowordnet, read_wordnet
from corpus.words import fold, stem

MOST_WORDS = 6
"""Translations kept of a stem; each with its other stems, such as those of irregular forms."""
UNSEEN = 0.2
"""What a sense weighs that was met nowhere, where one met once weighs one more."""
OTHER_FORM = 0.3
"""What a form weighs against a lemma with the same stem."""
ALIKE = 2.0
"""How much more a pair weighs that looks alike: between synonyms, a word's own relative is likelier."""
SMALLEST_SHARE = 0.02
"""Translations with less of a stem's weight are dropped."""
SUPPLEMENTED = 1e6
"""The weight of a hand-written pair: before any other, whatever its rank and form."""
MOST_MET = SUPPLEMENTED / 100
"""More than any pair of the wordnets weighs."""
SUPPLEMENT = Path(__file__).with_name("supplement.tsv")
CLOSED = frozenset(
    """and are but can could did does done down for from had has have having how into its may might more most much must not
    off one other out over own some such than that the then there they this too under upon very was well were what when
    where which while who why will with would yes you
    asa avea care cel cum dar deci din doar este foarte mai mult nici nimic nimeni pana pentru prea putea sub tot
    trebui unde unul""".split()
)
"""Words of grammar, which WordNet has in senses that are hardly ever meant: `will`, `may`, `can`."""
_WORD = re.compile(r"[a-z]{3,}")

Pairs = dict[tuple[str, str], dict[str, float]]
"""By Romanian word, folded, and part of speech: what each English word weighs."""


def main() -> None:
    """Read the sources and write both directions."""
    parser = argparse.ArgumentParser(description="Make the Romanian-English lexicon from two wordnets.")
    parser.add_argument("rowordnet", type=Path, help="rowordnet.pickle of the package rowordnet 1.1.0")
    parser.add_argument("wordnet", type=Path, help="the folder with data.noun and so on of WordNet 3.0")
    parser.add_argument("out", type=Path, help="the folder to write the three .tsv.gz to")
    given = parser.parse_args()
    literals, said = read_rowordnet(given.rowordnet)
    pairs = pairs_of(read_wordnet(given.wordnet), literals, said)
    add_supplement(pairs, SUPPLEMENT.read_text(encoding="utf-8").splitlines())
    for name, table in tables(pairs, said, irregular_forms(given.wordnet)).items():
        data = "".join(f"{one}\t{' '.join(table[one])}\n" for one in sorted(table)).encode()
        packed = gzip.compress(data, 9, mtime=0)
        (given.out / f"{name}.tsv.gz").write_bytes(packed)
        sys.stdout.write(f"{name}: {len(table)} stems, {len(data)} bytes, {len(packed)} compressed\n")


def pairs_of(wordnet: dict[str, Synset], literals: dict[str, set[str]], said: frozenset[str]) -> Pairs:
    """The pairs of single words that mean the same somewhere; no names, and nothing that no text of either side says."""
    met = {fold(word) for synset in wordnet.values() for word, count in synset.counts.items() if count}
    pairs: Pairs = defaultdict(lambda: defaultdict(float))
    for key, together in literals.items():
        synset = wordnet.get(key)
        if synset is None or synset.is_name:
            continue
        is_met = any(synset.counts.values())
        english = {fold(word): count for word, count in synset.counts.items() if _is_single(fold(word))}
        common = met & english.keys()
        romanian = {fold(word) for word in together if word[:1].islower() and _is_single(fold(word))}
        for word in sorted(romanian):
            if not is_met and (synset.is_living or word not in said):
                continue
            for other, count in english.items():
                is_alike = _are_alike(word, other)
                if is_alike or other in common or not common:
                    pairs[word, key[-1]][other] += (ALIKE if is_alike else 1.0) * (count + UNSEEN) / len(romanian)
    return pairs


def _is_single(folded: str) -> bool:
    """Whether a folded literal is one word, and neither too short nor one of grammar's."""
    return _WORD.fullmatch(folded) is not None and folded not in CLOSED


def _are_alike(romanian: str, english: str) -> bool:
    """Whether two words begin so alike that they have one origin: `examen`, `examination`."""
    return Prefix.similarity(romanian, english) >= max(3, 0.6 * min(len(romanian), len(english)))


def add_supplement(pairs: Pairs, lines: Iterable[str]) -> None:
    """Add the hand-written pairs: a Romanian word, its part of speech, and English words with the likeliest first."""
    for line in lines:
        if line and not line.startswith("#"):
            word, part, english = line.split("\t")
            for rank, one in enumerate(english.split(), 1):
                pairs[fold(word), part][one] += SUPPLEMENTED / rank


def tables(pairs: Pairs, said: frozenset[str], irregular: dict[str, list[str]]) -> dict[str, dict[str, list[str]]]:
    """By file: of a stem the translations' stems, likeliest first, and of a Romanian word's stem those of its forms.

    Romanian words count in their surest forms and in all that are `said`; English ones in the `irregular` ones as well.
    """
    spelt = _spellings(pairs, irregular)
    to_english: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    to_romanian: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    met: dict[str, set[str]] = defaultdict(set)
    for (word, part), weights in sorted(pairs.items()):
        own = stem(word, "ro")
        met[own] |= {stem(form, "ro") for form in forms(word, part) if form in said} - {own}
        others = {*met[own], *(stem(form, "ro") for form in sure_forms(word, part))} - {own}
        for english, weight in weights.items():
            key = _spelling(english)
            for one, share in [(own, 1.0), *((other, OTHER_FORM) for other in others)]:
                to_english[one][key] += weight * share
            for one in spelt[key]:
                to_romanian[one][own] += weight
    return {
        "ro-en": {one: _spelt_out(_best(weights), spelt) for one, weights in to_english.items()},
        "en-ro": {one: _best(weights) for one, weights in to_romanian.items()},
        "ro-forms": {one: sorted(others) for one, others in met.items() if others},
    }


def _spellings(pairs: Pairs, irregular: dict[str, list[str]]) -> dict[str, dict[str, None]]:
    """The stems of an English word's spellings and irregular forms, by one spelling of it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for english in sorted({one for weights in pairs.values() for one in weights}):
        key = _spelling(english)
        found[key].setdefault(stem(english, "en"))
        for form in irregular.get(english, ()):
            if _WORD.fullmatch(form):
                found[key].setdefault(stem(form, "en"))
    return found


def _spelling(word: str) -> str:
    """One spelling for American and British ones: organization, color, center, program."""
    word = re.sub(r"(?<=[a-z]{3})is(?=(?:e[drs]?|ing|ation|ations|er)$)", "iz", word)
    return re.sub(r"gramme$", "gram", re.sub(r"tre$", "ter", re.sub(r"(?<=[a-z]{2})our", "or", word)))


def _best(weights: dict[str, float]) -> list[str]:
    """The weightiest words, most first."""
    least = SMALLEST_SHARE * sum(weight for weight in weights.values() if weight < MOST_MET)
    kept = sorted((word for word in weights if weights[word] >= least), key=lambda word: (-weights[word], word))
    return kept[:MOST_WORDS]


def _spelt_out(found: list[str], spelt: dict[str, dict[str, None]]) -> list[str]:
    return list(dict.fromkeys(one for word in found for one in spelt[word]))


if __name__ == "__main__":
    main()
