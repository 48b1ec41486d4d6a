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
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.lexicon.make import CLOSED
from assistant.lexicon.relations import Relations, read_relations
from assistant.lexicon.sources import Synset, irregular_forms, read_rowordnet, read_wordnet
from corpus.words import fold, stem

USUAL, USUAL_SHARE = 3, 0.08
"""A sense counts that is among a word's first, or has so much of its uses."""
MOST_MEMBERS = 12
"""Synsets with more words are of names for one thing that hardly anyone says."""
_WORD = re.compile(r"[a-z]{3,}")

Words = Mapping[str, set[str]]
"""By key of a synset the folded words that have it as a usual sense."""


def main() -> None:
    """Read the sources and write the tables."""
    parser = argparse.ArgumentParser(description="Make the tables of kin and of opposites from two wordnets.")
    parser.add_argument("rowordnet", type=Path, help="rowordnet.pickle of the package rowordnet 1.1.0")
    parser.add_argument("wordnet", type=Path, help="the folder with data.noun and so on of WordNet 3.0")
    parser.add_argument("out", type=Path, help="the folder to write the four .tsv.gz to")
    given = parser.parse_args()
    wordnet, relations = read_wordnet(given.wordnet), read_relations(given.wordnet)
    literals, _ = read_rowordnet(given.rowordnet)
    for language, usual in (("en", english(wordnet, relations)), ("ro", romanian(wordnet, literals))):
        said = {word for members in usual.values() for word in members}
        derived = {pair for pair in relations.derived if said.issuperset(pair)} | _forms(given.wordnet, said)
        derived = derived if language == "en" else set()
        opposite = opposites(relations, usual, language)
        for name, table in (("kin", kin(relations, usual, derived, language, opposite)), ("opposites", opposite)):
            rows = "".join(f"{one}\t{' '.join(sorted(table[one]))}\n" for one in sorted(table)).encode()
            packed = gzip.compress(rows, 9, mtime=0)
            (given.out / f"{name}-{language}.tsv.gz").write_bytes(packed)
            sys.stdout.write(f"{name}-{language}: {len(table)} stems, {len(packed)} bytes compressed\n")


def _forms(wordnet: Path, said: set[str]) -> set[tuple[str, str]]:
    """Irregular forms of one word, each with each: sew, sewed, sewn."""
    rows = [(word, *others) for word, others in irregular_forms(wordnet).items() if word in said]
    return {(one, other) for row in rows for one in row for other in row if one != other}


def english(wordnet: Mapping[str, Synset], relations: Relations) -> Words:
    """English words by their usual senses, those that WordNet's editors met in running text."""
    uses: dict[tuple[str, str], int] = defaultdict(int)
    is_met: dict[str, bool] = defaultdict(bool)
    for key, synset in wordnet.items():
        for word, count in synset.counts.items():
            uses[word.lower(), key[-1]] += count
            is_met[word.lower()] |= count > 0
    usual: dict[str, set[str]] = defaultdict(set)
    for (word, part), keys in relations.senses.items():
        if not (_is_single(word) and is_met[word]):
            continue
        for rank, key in enumerate(keys):
            count = next((n for one, n in wordnet[key].counts.items() if one.lower() == word), 0)
            if not wordnet[key].is_name and (rank < USUAL or count >= USUAL_SHARE * max(1, uses[word, part])):
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
    for (word, _), keys in senses.items():
        total = sum(met[key] for key in keys)
        for rank, key in enumerate(keys):
            if rank < USUAL or met[key] >= USUAL_SHARE * max(1, total):
                usual[key].add(word)
    return usual


def kin(
    relations: Relations, usual: Words, derived: set[tuple[str, str]], language: str, opposite: Mapping[str, set[str]]
) -> dict[str, set[str]]:
    """By stem of a word that is said the stems of words that bear it out."""
    found: dict[str, set[str]] = defaultdict(set)
    for said, source in (*_related(relations, usual), *derived):
        if _is_single(said) and _is_single(source):
            found[stem(said, language)].add(stem(source, language))
    kept = {one: others - {one} - opposite.get(one, set()) for one, others in found.items()}
    return {one: others for one, others in kept.items() if others}


def _related(relations: Relations, usual: Words) -> Iterator[tuple[str, str]]:
    for key, members in usual.items():
        if len(members) <= MOST_MEMBERS:
            yield from ((said, source) for said in members for source in members if said != source)
        for general in relations.general.get(key, ()):
            yield from ((said, source) for said in usual.get(general, ()) for source in members)


def opposites(relations: Relations, usual: Words, language: str) -> dict[str, set[str]]:
    """By stem the stems of opposite words; Romanian ones where the English word's synset has them."""
    found: dict[str, set[str]] = defaultdict(set)
    for (key, word), (other_key, other) in relations.opposite:
        ours = {word} & usual.get(key, set()) if language == "en" else usual.get(key, set())
        theirs = {other} & usual.get(other_key, set()) if language == "en" else usual.get(other_key, set())
        for one in ours:
            found[stem(one, language)] |= {stem(two, language) for two in theirs} - {stem(one, language)}
    return {one: others for one, others in found.items() if others}


def _is_single(word: str) -> bool:
    return _WORD.fullmatch(word) is not None and word not in CLOSED


if __name__ == "__main__":
    main()
