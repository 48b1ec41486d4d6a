"""What kind of words a question asks for, where they stand, and what a sentence has to hold to answer."""

import numpy as np
import pytest

from assistant.answer_types import (
    COUNT,
    DURATION,
    EMAIL,
    MEASURE,
    MONEY,
    OTHER,
    PERSON,
    PLACE,
    SHARE,
    TIME,
    kind_of,
    spans_of,
)  # fmt: skip
from assistant.assistant import Assistant
from assistant.evidence import Rarity, forms_of, rank_sentences, weigh
from assistant.features import FEATURES, head_of, is_akin
from assistant.question import understand
from assistant.vocabulary import Vocabulary
from assistant.weights import EVIDENCE, RANKING, WORDS_ALONE
from corpus.words import fold


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who built the bridge?", PERSON),
        ("In what town is the mill?", PLACE),
        ("În ce an s-a deschis moara?", TIME),
        ("How many people who came by boat stayed?", COUNT),
        ("How much did the roof cost?", MONEY),
        ("Ce procent dintre fântâni sunt curate?", SHARE),
        ("How long did the repair take?", DURATION),
        ("What average grade did the pupils get?", MEASURE),
        ("Which e-mail address should I write to?", EMAIL),
        ("What did the mill grind?", OTHER),
    ],
)
def test_the_kind_asked_for_is_told_by_closed_class_words(question: str, kind: str) -> None:
    assert kind_of(fold(question)) == kind


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (PERSON, ["Ana Pop", "Vad"]),
        (PLACE, ["Vad"]),
        (TIME, ["May 1902"]),
        (MONEY, ["$3.5 million"]),
        (SHARE, ["15 %"]),
        (DURATION, ["two years"]),
        (COUNT, ["40", "3.5", "two", "15"]),
    ],
)
def test_words_of_a_kind_are_found_by_their_form(kind: str, found: list[str]) -> None:
    text = "In May 1902 the mayor, Ana Pop, gave 40 mills in Vad $3.5 million over two years, 15 % of it in coins."
    assert [span.of(text) for span in spans_of(kind, text)] == found


def test_words_of_the_question_are_no_answer() -> None:
    assert spans_of(PERSON, "It was built by Ana Pop.", frozenset({"ana", "pop"})) == []


def test_the_noun_behind_which_is_what_is_asked_for() -> None:
    assert head_of("which old mill did the miller own", ("old", "mill", "miller", "own")) == ("old", "mill")
    assert head_of("how big is the mill", ("big", "mill")) == ()


def test_words_of_one_family_are_akin_and_others_are_not() -> None:
    assert is_akin("librarian", "library")
    assert not is_akin("library", "liberty")
    assert not is_akin("map", "maps")


def test_in_a_text_of_another_language_a_word_is_held_by_its_translation_at_a_discount() -> None:
    forms = forms_of(["biblioteci"], "ro", "en")["biblioteci"]
    assert 0 < forms["librari"] < 1
    assert forms_of(["libraries"], "en", "en")["libraries"] == {"librari": 1.0}


def test_every_feature_has_its_weights() -> None:
    assert RANKING.shape == WORDS_ALONE.shape == EVIDENCE.shape == (len(FEATURES),)
    assert WORDS_ALONE[FEATURES.index("cosine")] == 0


def test_the_best_sentence_comes_first_and_its_evidence_is_that_of_its_features(assistant: Assistant) -> None:
    vocabulary, records = Vocabulary(assistant.records), assistant.records
    plan = understand("How many speakers did the Occupy Library conference bring together?", (), vocabulary)
    passages = [hit.passage for hit in records.store.search(plan.question, 5)]
    ranked = rank_sentences(records, plan, passages, Rarity(records.store))
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert "95 speakers" in ranked[0].text
    weighed = weigh(records, plan, passages, Rarity(records.store), {})
    assert np.isclose(weighed.scores.max(), ranked[0].score)


def test_of_many_sentences_only_the_likeliest_by_their_words_are_embedded(assistant: Assistant) -> None:
    from assistant.evidence import MOST_EMBEDDED

    vocabulary, records = Vocabulary(assistant.records), assistant.records
    plan = understand("How many libraries took part?", (), vocabulary)
    passages = records.store.passages()
    assert len(weigh(records, plan, passages, Rarity(records.store), {}).sentences) <= MOST_EMBEDDED
