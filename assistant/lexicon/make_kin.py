"""Makes the tables of kin: which words of a source bear out a word that is said of it, and which say the opposite.

    python -m assistant.lexicon.make_kin ROWORDNET_PICKLE WORDNET_FOLDER OUT_FOLDER

A word is borne out by one that means the same in a usual sense of both, by one less general (what is said of boots is
said of footwear), and by one of the same derivation; never the more general by the less. The same sources give the same
bytes. Does not know any sentence.
"""

import argparse
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from assistant.lexicon.make import CLOSED
from assistant.lexicon.relations import Relations, read_relations
from assistant.lexicon.sources import Synset, irregular_forms, read_rowordnet, read_wordnet
from corpus.words import fold, stem

USUAL, USUAL_OF_VERBS = 4, 12
"""How many of a word's senses count, the most usual first: verbs are said loosely, nouns are not."""
MOST_MEMBERS = 12
"""Synsets with more words are of names for one thing that hardly anyone says."""
MOST_BELOW = 40
"""A synset with more below it is too general to be told from nothing, such as that of `change` or `person`."""
_WORD = re.compile(r"[a-z]{3,}")

Words = Mapping[str, set[str]]
"""By key of a synset the folded words that have it as a usual sense."""


def main() -> None:
    """Read the sources and write the tables."""
    parser = argparse.ArgumentParser(description="Make the tables of kin and of opposites from two wordnets.")
    parser.add_argument("rowordnet", type=Path, help="rowordnet.pickle of the package rowordnet 1.1.0")
    parser.add_argument("wordnet", type=Path, help="the folder with data.noun and so on of WordNet 3.0")
    parser.add_argument("out", type=Path, help="the folder to write the .tsv.gz to")
    given = parser.parse_args()
    wordnet, relations = read_wordnet(given.wordnet), read_relations(given.wordnet)
    literals, _ = read_rowordnet(given.rowordnet)
    usual = {"en": english(wordnet, relations), "ro": romanian(wordnet, literals)}
    said = {word for members in usual["en"].values() for word in members}
    derived = {pair for pair in relations.derived if said.issuperset(pair)}
    forms: dict[str, set[str]] = defaultdict(set)
    for word, others in irregular_forms(given.wordnet).items():
        for form in others if word in said else ():
            forms[form].add(word)
    _write(given.out / "forms-en.tsv.gz", forms, "en")
    for language, other in (("en", "en"), ("ro", "ro"), ("en", "ro"), ("ro", "en")):
        table = kin(relations, usual[language], usual[other], derived if language == other == "en" else set(), language)
        contrary = opposites(relations, usual[language], usual[other], language)
        kept = {one: others - contrary.get(one, set()) - {one} for one, others in table.items()}
        _write(given.out / f"kin-{language}-{other}.tsv.gz", kept, other)
        _write(given.out / f"opposites-{language}-{other}.tsv.gz", contrary, other)

    for language, verbs in (("en", mostly_verbs(wordnet, usual["en"])), ("ro", mostly_verbs(wordnet, usual["ro"]))):
        _write(given.out / f"verbs-{language}.tsv.gz", {keyed(one, language): {one} for one in verbs}, language)


def mostly_verbs(wordnet: Mapping[str, Synset], usual: Words) -> set[str]:
    """Words that are met as verbs more often than as anything else."""
    met: dict[tuple[str, bool], float] = defaultdict(float)
    for key, members in usual.items():
        for word in members:
            own = [count for one, count in wordnet[key].counts.items() if one.lower() == word]
            met[word, key.endswith("v")] += own[0] if own else sum(wordnet[key].counts.values()) / len(members)
    words = {word for word, _ in met}
    return {word for word in words if met[word, True] > met[word, False]}


def _write(path: Path, table: Mapping[str, set[str]], other: str) -> None:
    stems = {one: sorted({keyed(word, other) for word in others}) for one, others in table.items()}
    rows = "".join(f"{one}\t{' '.join(stems[one])}\n" for one in sorted(stems) if stems[one]).encode()
    packed = gzip.compress(rows, 9, mtime=0)
    path.write_bytes(packed)
    sys.stdout.write(f"{path.name}: {len(stems)} words, {len(packed)} bytes\n")


def keyed(word: str, language: str) -> str:
    """What a word is looked up by: its stem, of a Romanian word the word itself, whose forms share no stem."""
    return stem(word, "en") if language == "en" else word


def english(wordnet: Mapping[str, Synset], relations: Relations) -> Words:
    """English words by their usual senses, those that WordNet's editors met in running text."""
    is_met: dict[str, bool] = defaultdict(bool)
    for synset in wordnet.values():
        for word, count in synset.counts.items():
            is_met[word.lower()] |= count > 0
    usual: dict[str, set[str]] = defaultdict(set)
    for (word, part), keys in relations.senses.items():
        if _is_single(word) and is_met[word]:
            for key in keys[: USUAL_OF_VERBS if part == "v" else USUAL]:
                if not wordnet[key].is_name:
                    usual[key].add(word)
    return usual


def romanian(wordnet: Mapping[str, Synset], literals: Mapping[str, set[str]]) -> Words:
    """Romanian words by their usual senses, as usual as these are in English."""
    met = {key: sum(wordnet[key].counts.values()) for key in literals if key in wordnet and not wordnet[key].is_name}
    senses: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted(met, key=lambda key: (-met[key], key)):
        for word in literals[key]:
            if word[:1].islower() and _is_single(fold(word)):
                senses[fold(word), key[-1]].append(key)
    usual: dict[str, set[str]] = defaultdict(set)
    for (word, part), keys in senses.items():
        for key in keys[: USUAL_OF_VERBS if part == "v" else USUAL] if met[keys[0]] else ():
            usual[key].add(word)
    return usual


def kin(
    relations: Relations, said: Words, told: Words, derived: set[tuple[str, str]], language: str
) -> dict[str, set[str]]:
    """By what a word that is said is looked up by, the words that bear it out; the languages may be two."""
    below: dict[str, set[str]] = defaultdict(set)
    for key, others in relations.general.items():
        for other in others:
            below[other].add(key)
    found: dict[str, set[str]] = defaultdict(set)
    for key, members in said.items():
        keys = {key} if len(members) <= MOST_MEMBERS else set()
        if len(below[key]) <= MOST_BELOW:
            keys |= below[key]
        if key.endswith("v"):  # a verb stands for a more general one too: to convert is to turn
            keys |= relations.general.get(key, set())
        for word in members:
            found[keyed(word, language)] |= {one for other in keys for one in told.get(other, ())}
    for one, other in derived:
        if _is_single(one) and _is_single(other):
            found[keyed(one, language)].add(other)
    return found


def opposites(relations: Relations, said: Words, told: Words, language: str) -> dict[str, set[str]]:
    """The same with words of the opposite meaning; where one side is Romanian all words of its synset count."""
    found: dict[str, set[str]] = defaultdict(set)
    for (key, word), (other_key, other) in relations.opposite:
        ours, theirs = said.get(key, set()), told.get(other_key, set())
        ours = ours & {word} if word in ours else ours
        theirs = theirs & {other} if other in theirs else theirs
        for one in ours:
            found[keyed(one, language)] |= theirs - {one}
    return found


def _is_single(word: str) -> bool:
    return _WORD.fullmatch(word) is not None and word not in CLOSED


if __name__ == "__main__":
    main()
