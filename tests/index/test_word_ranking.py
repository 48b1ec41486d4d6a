"""In which order passages come, and that a filter takes from that order and changes nothing in it."""

import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from index.words import Entry, Words, WordsWriter


def _write(folder: Path, entries: Iterable[Entry]) -> Words:
    with WordsWriter(folder) as writer:
        writer.add(entries)
        writer.commit()
    return Words(folder)


def _found(words: Words, query: str, top_k: int = 10) -> list[int]:
    return list(map(int, words.search(query, top_k)[0]))


def test_a_score_is_bm25_worked_by_hand(tmp_path: Path) -> None:
    words = _write(tmp_path / "words", [Entry(1, "", "stork", "und"), Entry(2, "", "heron", "und")])
    # ln(1 + (2 - 1 + 0.5) / (1 + 0.5)) · tf · 2.2 / (tf + 1.2 · length / mean length) = ln 2 · 2.2 / 2.2 for the word,
    # and as it is no longer than a piece, the same once more times PIECE_BOOST.
    assert words.search("stork", 5)[1].tolist() == pytest.approx([math.log(2) * 1.4], abs=0.0006)


@pytest.mark.parametrize("query", ["the librarian", "lubraries", "library's", "librărie"])
def test_a_word_of_the_same_family_or_with_a_slip_is_found_by_its_pieces(tmp_path: Path, query: str) -> None:
    rest = [Entry(key, "", f"a stork and a heron {key}", "und") for key in range(2, 9)]
    words = _write(tmp_path / "words", [Entry(1, "", "old libraries", "und"), *rest])
    assert _found(words, query)[0] == 1


def test_the_word_itself_counts_more_than_one_that_shares_its_pieces(tmp_path: Path) -> None:
    words = _write(tmp_path / "words", [Entry(1, "", "librarians", "und"), Entry(2, "", "libraries", "und")])
    assert _found(words, "libraries") == [2, 1]
    assert _found(words, "librarians") == [1, 2]


def test_a_word_in_the_title_counts_more(tmp_path: Path) -> None:
    titled = Entry(2, "Storks", "Volunteers go out every spring", "en")
    words = _write(tmp_path / "words", [Entry(1, "Spring", "Volunteers and storks go out", "en"), titled])
    assert _found(words, "storks") == [2, 1]


def test_words_that_stand_together_count_more(tmp_path: Path) -> None:
    apart = Entry(1, "", "silver was paid and every evening many people told stories", "en")
    together = Entry(2, "", "every evening many people told silver stories and was paid", "en")
    rest = [Entry(key, "", f"nothing of the kind {key}", "en") for key in range(3, 9)]
    assert _found(_write(tmp_path / "words", [apart, together, *rest]), "silver stories") == [2, 1]


def test_equal_passages_come_in_the_order_of_their_keys(tmp_path: Path) -> None:
    words = _write(tmp_path / "words", [Entry(key, "Delta", "a stork", "en") for key in (5, 3, 9, 1)])
    assert _found(words, "stork") == [1, 3, 5, 9]
    assert _found(words, "stork", top_k=2) == [1, 3]


def test_a_language_of_few_passages_is_found_beside_one_of_many(tmp_path: Path) -> None:
    school = Entry(1, "Școala altfel", "Învățătorii școlilor din județ au primit cărți și rechizite.", "ro")
    honey = Entry(2, "Miere", "Apicultorii din sat vând miere la târg.", "ro")
    many = [
        Entry(key, f"Report {key}", f"The case of Maria de la Rosa in district {key}", "en") for key in range(10, 400)
    ]
    words = _write(tmp_path / "words", [*many, school, honey])
    assert _found(words, "unde vand apicultorii de la sat miere in targ")[0] == 2


VOCABULARY = "stork heron delta well village school book honey market spring river boat of the and in".split()
MANY = [
    Entry(key, VOCABULARY[key % 7], " ".join(VOCABULARY[(key * step) % 16] for step in (1, 3, 5, 7, key % 11)), "en")
    for key in range(1, 2_001)
]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Words:
    return _write(tmp_path_factory.mktemp("many") / "words", MANY)


@pytest.mark.parametrize("allowed", [1, 40, 299, 301, 600, 1_500, 2_000])
@pytest.mark.parametrize("query", ["stork of the delta", "honey market", "the and in of spring boat"])
def test_a_filter_takes_from_the_whole_ranking_and_changes_no_score(many: Words, query: str, allowed: int) -> None:
    chosen = np.sort(np.random.default_rng(allowed).choice(np.arange(1, 2_001), allowed, replace=False))
    keys, scores = many.search(query, 2_000)
    inside = np.isin(keys, chosen)
    kept, kept_scores = many.search(query, 2_000, chosen)
    assert kept.tolist() == keys[inside].tolist()
    assert kept_scores == pytest.approx(scores[inside], abs=0.0011)


@pytest.mark.parametrize("allowed", [300, 301, 600, 1_900])
def test_a_short_filtered_list_is_the_head_of_the_long_one(many: Words, allowed: int) -> None:
    chosen = np.sort(np.random.default_rng(allowed).choice(np.arange(1, 2_001), allowed, replace=False))
    keys, scores = many.search("stork heron river", 2_000)
    kept, kept_scores = many.search("stork heron river", 5, chosen)
    assert set(kept.tolist()) <= set(chosen.tolist())
    assert kept_scores == pytest.approx(scores[np.isin(keys, chosen)][:5], abs=0.0011)


def test_in_a_large_index_the_most_frequent_words_still_count(tmp_path: Path) -> None:
    frequent = "the of and in to is on for with by"  # ten words in 20,000 of 25,000 passages: too many postings
    crowd = [Entry(key, "", frequent if key % 5 else "egret", "und") for key in range(10, 25_010)]
    with_some, without = Entry(2, "", "stork the of and", "und"), Entry(1, "", "stork one two three", "und")
    words = _write(tmp_path / "words", [without, with_some, *crowd])
    asked = f"{frequent} stork"
    assert _found(words, asked, top_k=2) == [2, 1]
    keys, scores = words.search(asked, 2)
    alone = words.search("stork", 2)[1]
    # Each of the three adds ln(1 + (25002 - 20001 + 0.5) / (20001 + 0.5)) = 0.223 times about 0.92 for its length.
    assert keys.tolist() == [2, 1]
    assert scores[1] == pytest.approx(alone[1], abs=0.0011)
    assert 0.5 < scores[0] - scores[1] < 3 * 0.223 * 2.2


def test_a_language_whose_passages_are_all_gone_holds_nothing(tmp_path: Path) -> None:
    _write(tmp_path / "words", [Entry(1, "", "a stork", "en"), Entry(2, "", "o barză", "ro")])
    with WordsWriter(tmp_path / "words") as writer:
        writer.remove([2])
        writer.commit()
    assert Words(tmp_path / "words").holding("stork").tolist() == [1]
    assert Words(tmp_path / "words").holding("barză").tolist() == []
