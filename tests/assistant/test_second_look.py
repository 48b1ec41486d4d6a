"""What a second look changes: who comes first, how much speaks for an answer at all, and which words are marked."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.decisive import decisive_of, decisive_words
from assistant.evidence import Rarity, Sentence, rank_sentences, sentences_of
from assistant.plan import FIELD, PASSAGE, Plan
from assistant.prose import Prose
from assistant.question import understand
from assistant.reader.reading import Reader
from assistant.second_look import MOST_RAISED, MOST_READ, READINGS_KEPT, USUAL, Readings, look_again
from corpus.document import Document, Span
from corpus.words import spans
from index.passages import Passage
from tests.assistant.made_reader import reader_that_takes

MILL = "The mill stands by the river. Its wheel was carved by a stranger. A heron nests under the unhappinesses board."
BARN = "The barn is red. Its door was hung in spring. Swallows come back to the beam every year."
SHED = "The shed is low. Nobody has seen it open. A lantern hangs there."
ASKED = Plan("Which bird lives there?", "en", PASSAGE, words=("bird", "lives"))

Made = Callable[[Mapping[str, float]], Readings]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Give a function from words with their odds to the readings of a reader that takes them for the answer."""
    return lambda odds: Readings(lambda: reader_that_takes(odds, tmp_path))


def sentences(*texts: str, language: str = "en") -> list[Sentence]:
    """All sentences of passages, each one a document's middle; the first ones with the highest scores."""
    found = []
    for key, text in enumerate(texts, 1):
        whole = f"Before.\n\n{text}\n\nBehind."
        document = Document(f"d{key}", f"d{key}.txt", "text/plain", "Farm", language, "", whole, ())
        passage = Passage(f"p{key}", document.id, None, Span(9, 9 + len(text)), text, key=key)
        found += sentences_of([passage], {document.id: document})
    return [replace(one, score=10.0 - at / 4, evidence=0.0) for at, one in enumerate(found)]


def test_the_sentence_in_which_the_reader_finds_the_answer_comes_first(made: Made) -> None:
    ranked = look_again(ASKED, sentences(MILL, BARN), made({"heron": 6.0}))
    assert ranked[0].text.startswith("A heron nests")
    assert ranked[0].answer is not None
    assert ranked[0].answer.of(ranked[0].document.text) == "heron"
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


def test_sentences_of_passages_that_were_not_read_come_behind_in_their_order(made: Made) -> None:
    before = sentences(MILL, BARN, SHED)
    ranked = look_again(ASKED, before, made({"lantern": 9.0}))
    unread = [one for one in before if one.passage.key > MOST_READ]
    assert [one.span for one in ranked[-len(unread) :]] == [one.span for one in unread]
    assert {one.answer for one in ranked[-len(unread) :]} == {None}
    assert len(ranked) == len(before)


def test_with_another_language_one_passage_more_is_read(made: Made) -> None:
    asked = replace(ASKED, language="ro")
    assert look_again(asked, sentences(MILL, BARN, SHED), made({"lantern": 9.0}))[0].text.startswith("A lantern")


def test_evidence_rises_where_the_reader_finds_an_answer_and_falls_where_it_finds_none(made: Made) -> None:
    sure, unsure = (look_again(ASKED, sentences(MILL), made({"heron": odds})) for odds in (6.0, -9.0))
    assert sure[0].evidence > unsure[0].evidence
    assert len({one.evidence for one in sure}) == 1  # it is said of the question, not of one sentence


def test_however_sure_it_is_a_reader_adds_little_to_the_evidence(made: Made) -> None:
    ranked = look_again(ASKED, sentences(MILL), made({"heron": 12.0}))
    assert {one.evidence for one in ranked} == {MOST_RAISED}


def test_where_the_reader_finds_no_answer_the_order_stays(made: Made) -> None:
    before = sentences(MILL, BARN)
    ranked = look_again(ASKED, before, made({"heron": -USUAL / 2 - 0.1}))
    assert [one.span for one in ranked] == [one.span for one in before]
    assert {one.answer for one in ranked} == {None}
    assert all(one.evidence < 0 for one in ranked)
    chosen = look_again(ASKED, before, made({"heron": -USUAL / 2 + 0.1}))
    assert chosen[0].text.startswith("A heron nests")


@pytest.mark.parametrize(("asked_in", "language"), [("en", "fr"), ("hu", "en"), ("en", "und")])
def test_what_is_in_a_language_that_is_not_read_stays_as_it_was(made: Made, asked_in: str, language: str) -> None:
    before = sentences(MILL, BARN, language=language)
    assert look_again(replace(ASKED, language=asked_in), before, made({"heron": 6.0})) == before


def test_nothing_to_read_is_nothing_read() -> None:
    def opened() -> Reader:
        raise AssertionError("opened for nothing")

    assert look_again(ASKED, [], Readings(opened)) == []


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    reader = reader_that_takes({"heron": 6.0}, tmp_path)
    times: list[int] = []

    def opened() -> Reader:
        times.append(1)
        return reader

    kept, before = Readings(opened), sentences(MILL, BARN)
    first = look_again(ASKED, before, kept)
    assert look_again(ASKED, before, kept) == first
    assert len(times) == 1
    look_again(replace(ASKED, question="Which bird nests there?"), before, kept)
    assert len(times) == 2


def test_only_the_last_readings_are_kept(tmp_path: Path) -> None:
    reader = reader_that_takes({"heron": 6.0}, tmp_path)
    times: list[int] = []

    def opened() -> Reader:
        times.append(1)
        return reader

    kept, before = Readings(opened), sentences(SHED)
    for number in range(READINGS_KEPT + 1):
        look_again(replace(ASKED, question=f"Which bird is number {number}?"), before, kept)
    look_again(replace(ASKED, question="Which bird is number 1?"), before, kept)
    assert len(times) == READINGS_KEPT + 1
    look_again(replace(ASKED, question="Which bird is number 0?"), before, kept)
    assert len(times) == READINGS_KEPT + 2


def test_a_part_of_a_word_is_marked_as_the_whole_word(made: Made) -> None:
    ranked = look_again(ASKED, sentences(MILL), made({"unhappinesses": -4.0, "heron": -6.0}))
    best = next(one for one in ranked if "heron" in one.text)
    part = replace(best, answer=Span(best.span.start + best.text.index("happi"), best.span.end - len("nesses board.")))
    assert [span.of(best.document.text) for span in decisive_of(ASKED, part)] == ["unhappinesses"]


@given(start=st.integers(0, 60), length=st.integers(1, 40))
def test_whatever_the_reader_takes_whole_words_of_the_sentence_are_marked(start: int, length: int) -> None:
    sentence = sentences(MILL)[2]
    begin = min(sentence.span.start + start, sentence.span.end - 1)
    answer = Span(begin, min(begin + length, sentence.span.end))
    borders = {edge for at in spans(sentence.document.text) for edge in (at.start, at.end)}
    for span in decisive_of(ASKED, replace(sentence, answer=answer)):
        assert sentence.span.holds(span)
        assert {span.start, span.end} <= borders


def test_a_date_is_marked_by_its_form_where_the_reader_takes_something_else() -> None:
    asked = Plan("When was the mill built?", "en", PASSAGE, words=("mill", "built"))
    (sentence,) = sentences("The mill was built by monks in May 1902.")
    at = sentence.span.start
    monks, year = Span(at + 22, at + 27), Span(at + 35, at + 39)
    by_words = decisive_words(asked, sentence)
    assert [one.of(sentence.document.text) for one in by_words] == ["May 1902"]
    assert decisive_of(asked, replace(sentence, answer=monks)) == by_words
    assert decisive_of(asked, replace(sentence, answer=year)) == by_words  # a part of it stands for all


def test_without_a_reader_all_is_as_before(assistant: Assistant) -> None:
    records, rarity = assistant.records, Rarity(assistant.store)
    plan = understand("How many speakers did the Occupy Library conference bring together?", (), assistant.vocabulary)
    passages = [hit.passage for hit in assistant.store.search(plan.question, 5)]
    assert Prose(records, rarity).rank(plan, passages) == rank_sentences(records, plan, passages, rarity)
    off = Assistant(assistant.store, reader=False)
    assert {one.answer for one in off.prose.ranked(plan)} == {None}


def test_a_field_is_looked_up_and_not_read_for(assistant: Assistant, made: Made) -> None:
    plan = understand("How many speakers did the Occupy Library conference bring together?", (), assistant.vocabulary)
    prose = Prose(assistant.records, Rarity(assistant.store), made({"speakers": 9.0}))
    assert any(one.answer for one in prose.ranked(replace(plan, intent=PASSAGE)))
    assert not any(one.answer for one in prose.ranked(replace(plan, intent=FIELD)))


def test_the_words_that_the_reader_takes_are_the_ones_an_answer_marks(assistant: Assistant, made: Made) -> None:
    plan = understand("How many librarians attended DigiTales ToT?", (), assistant.vocabulary)
    prose = Prose(assistant.records, Rarity(assistant.store), made({"14": 9.0}))
    said = prose.read(replace(plan, intent=PASSAGE))
    assert said is not None
    cited, document = said.citations[0], assistant.records.documents[said.citations[0].document_id]
    assert [span.of(document.text) for span in cited.decisive] == ["14 librarians"]
    by_words = Prose(assistant.records, Rarity(assistant.store)).read(replace(plan, intent=PASSAGE))
    assert by_words is not None
    assert [span.of(document.text) for span in by_words.citations[0].decisive] == ["12 counties"]
