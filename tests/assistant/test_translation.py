"""Translations of single words, from the lexicon that is shipped, and how such a lexicon is made."""

import gzip
import hashlib
import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import assistant.lexicon.make as lexicon
from assistant.lexicon.sources import Synset, read_rowordnet, read_wordnet
from assistant.translation import likely_first, translations, translations_of
from corpus.words import fold, stem

DATA = Path(lexicon.__file__).parent
DIGESTS = {
    "ro-en": "041508cd9cd76d1e16e36d1317c592d1c0ba79d529255584d35d0e0d397fe820",
    "en-ro": "9d567360955311716669e1bb5607f3c7465a7a50c79a3641d61458985341889a",
    "ro-forms": "ba3be5ce6bc583ca712adf38ec44a2d28ad629f0e840df2ab115a4f690067a2e",
}
"""SHA-256 of the unpacked tables; make.py writes new ones when its sources or rules change."""


@pytest.mark.parametrize(
    ("romanian", "english"),
    [
        ("bibliotecă", "library"), ("județ", "county"), ("poveste", "story"), ("voluntar", "volunteer"),
        ("sat", "village"), ("tânăr", "young"), ("copil", "child"), ("atelier", "workshop"), ("vârstnic", "elderly"),
        ("premiu", "prize"), ("sănătate", "health"), ("apă", "water"), ("hartă", "map"), ("cetățean", "citizen"),
        ("concurs", "competition"), ("câștiga", "win"), ("participa", "participate"),
        ("mediu", "environment"), ("învățător", "teacher"), ("semințe", "seed"), ("soi", "variety"), ("tonă", "tonne"),
        ("barză", "stork"), ("fântână", "fountain"), ("umed", "wet"), ("stâlp", "pole"), ("restaura", "restore"),
        ("conac", "manor"), ("moară", "mill"), ("apicultură", "beekeeping"),
    ],
)  # fmt: skip
def test_an_everyday_word_is_known_in_both_directions(romanian: str, english: str) -> None:
    assert stem(english, "en") in translations_of(romanian, "ro")
    assert stem(fold(romanian), "ro") in translations_of(english, "en")


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("bibliotecilor", "library"), ("județe", "county"), ("județelor", "county"), ("povestiri", "story"),
        ("voluntarii", "volunteer"), ("tineri", "young"), ("tinerilor", "young"), ("copiii", "child"),
        ("cetățenilor", "citizen"), ("școlile", "school"), ("hărți", "map"), ("programele", "schedule"),
        ("cursuri", "course"), ("expozițiile", "exhibition"), ("scrisă", "write"), ("lucrând", "work"),
        ("zilele", "day"), ("TINERI", "young"), ("şcoală", "school"),
    ],
)  # fmt: skip
def test_an_inflected_form_finds_what_its_lemma_means(form: str, english: str) -> None:
    assert stem(english, "en") in translations_of(form, "ro")


def test_a_stem_that_a_closed_class_word_has_translates_nothing() -> None:
    assert "prins" in translations_of("prisoner", "en")
    assert "prin" not in translations_of("prisoner", "en")


def test_the_likely_translations_come_before_those_of_any_question() -> None:
    first, later = likely_first("volunteer", "en")
    assert "voluntar" in first
    assert "ofer" in later
    assert "hold" not in likely_first("tineri", "ro")[0]


@pytest.mark.parametrize(("form", "romanian"), [("children", "copil"), ("won", "castiga"), ("libraries", "biblioteca")])
def test_an_irregular_english_form_is_known(form: str, romanian: str) -> None:
    assert stem(romanian, "ro") in translations_of(form, "en")


def test_forms_that_have_another_stem_stand_behind_their_word() -> None:
    assert {"child", "children"} <= set(translations("copil", "ro"))
    assert {"tanar", "tiner"} <= set(translations("young", "en"))


def test_the_likeliest_word_stands_first() -> None:
    assert translations_of("școală", "ro")[0] == "school"
    assert translations_of("carte", "ro")[0] == "book"
    assert translations_of("teacher", "en").index("profesor") < 3


def test_american_and_british_spellings_mean_the_same() -> None:
    assert translations_of("neighbour", "en")[0] == translations_of("neighbor", "en")[0] == "vecin"
    assert set(translations_of("culoare", "ro")) >= {"colour", "color"}


@pytest.mark.parametrize("word", ["xyzzy", "", "  ", "12", "două cuvinte", "a-b", "Qwrtzian"])
def test_what_is_no_known_single_word_has_no_translations(word: str) -> None:
    assert translations_of(word, "ro") == ()
    assert translations_of(word, "en") == ()


def test_an_unknown_romanian_word_of_latin_make_is_made_english() -> None:
    assert translations(stem("globalizare", "ro"), "ro") == ()
    assert translations_of("globalizării", "ro") == (stem("globalization", "en"),)
    assert translations_of("longevitatea", "ro") == (stem("longevity", "en"),)


def test_another_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="'de'"):
        translations("haus", "de")


def test_no_word_has_more_than_a_few_translations_or_a_capital() -> None:
    for line in _table("en-ro"):
        one, _, found = line.partition("\t")
        assert one == fold(one)
        assert 1 <= len(found.split()) <= lexicon.MOST_WORDS


def test_importing_reads_nothing() -> None:
    script = "import assistant.translation as t; assert not t._table.cache_info().currsize"
    root = DATA.parents[1]
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})


@pytest.mark.parametrize("name", DIGESTS)
def test_the_tables_are_those_that_were_made(name: str) -> None:
    packed = (DATA / f"{name}.tsv.gz").read_bytes()
    assert packed[4:8] == bytes(4), "no time of making"
    assert hashlib.sha256(gzip.decompress(packed)).hexdigest() == DIGESTS[name]


def test_the_supplement_is_a_table_of_words() -> None:
    rows = [line for line in lexicon.SUPPLEMENT.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for row in rows:
        word, part, english = row.split("\t")
        assert word.isalpha()
        assert part in "nvar"
        assert all(one.isascii() and one.isalpha() and one.islower() for one in english.split())
    assert len({tuple(row.split("\t")[:2]) for row in rows}) == len(rows)


def test_a_sense_that_texts_have_comes_before_one_they_have_not() -> None:
    wordnet = {
        "1-n": Synset({"bank": 20, "depository": 0}, is_name=False, is_living=False),
        "2-n": Synset({"bench": 3, "long_seat": 0}, is_name=False, is_living=False),
        "3-n": Synset({"Bank": 9}, is_name=True, is_living=False),
    }
    literals = {"1-n": {"bancă"}, "2-n": {"bancă", "banchetă"}, "3-n": {"Banca"}, "9-n": {"altceva"}}
    tables = lexicon.tables(lexicon.pairs_of(wordnet, literals, frozenset({"bancile"})), frozenset({"bancile"}), {})
    assert tables["ro-en"][stem("banca", "ro")] == ["bank", "bench"]
    assert set(tables["en-ro"]) == {"bank", "bench"}


def test_a_pair_written_by_hand_comes_first() -> None:
    pairs = lexicon.pairs_of({"1-n": Synset({"paper": 99}, False, False)}, {"1-n": {"hartă"}}, frozenset())
    lexicon.add_supplement(pairs, ["# a remark", "hartă\tn\tmap chart"])
    assert lexicon.tables(pairs, frozenset(), {})["ro-en"]["hart"] == ["map", "chart", "paper"]


def test_a_wordnet_file_is_read_with_its_counts(tmp_path: Path) -> None:
    for part in ("noun", "verb", "adj", "adv"):
        (tmp_path / f"data.{part}").write_text("  1 a licence\n")
        (tmp_path / f"index.{part}").write_text("  1 a licence\n")
    (tmp_path / "data.noun").write_text("00000016 04 n 02 story 0 Tale 1 001 @ 00000100 n 0000 | a | b\n")
    (tmp_path / "index.noun").write_text("story n 1 1 @ 1 1 00000016  \n")
    (tmp_path / "cntlist.rev").write_text("story%1:10:00:: 1 36\n")
    assert read_wordnet(tmp_path) == {"00000016-n": Synset({"story": 36, "Tale": 0}, False, False)}


def test_a_pickle_that_would_run_something_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wordnet.pickle"
    path.write_bytes(pickle.dumps(io.BytesIO))
    with pytest.raises(pickle.UnpicklingError, match="BytesIO"):
        read_rowordnet(path)


def _table(name: str) -> list[str]:
    return gzip.decompress((DATA / f"{name}.tsv.gz").read_bytes()).decode().splitlines()
