"""Romanian in English words: which words are chosen, and that spans come back to where they came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reader.glossing import Gloss, gloss, side_by_side
from corpus.document import Span
from corpus.words import fold, words

SENTENCE = "Proiectul a fost finanțat de Comisia Europeană, iar 1.250 de elevi s-au înscris la cursurile din Cluj."
TEXTS = st.lists(
    st.sampled_from([*"aăâbeiîoșştț ĂÎȘ-.,ß0123\n", " cine ", " de ce ", " s-a ", " elevilor ", " în ", "e-mail"]),
    max_size=30,
).map("".join)


@given(TEXTS, st.data())
def test_a_span_of_the_gloss_comes_back_inside_the_original(text: str, data: st.DataObject) -> None:
    made = gloss(text, language="ro")
    start = data.draw(st.integers(0, len(made.text)))
    end = data.draw(st.integers(start, len(made.text)))
    back = made.back(Span(start, end))
    assert 0 <= back.start <= back.end <= len(text)
    if start < end:
        assert back.start < back.end


@given(TEXTS)
def test_the_whole_gloss_comes_from_the_whole_original(text: str) -> None:
    made = gloss(text, language="ro")
    if made.text:
        assert made.forward(Span(0, len(text))) == Span(0, len(made.text))
        assert made.origins[-1] == len(text)


@given(TEXTS, st.data())
def test_what_goes_over_and_comes_back_holds_where_it_began(text: str, data: st.DataObject) -> None:
    made = gloss(text, language="ro")
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    over = made.forward(span)
    assert 0 <= over.start <= over.end <= len(made.text)
    if over.start < over.end:  # some words have none in English
        assert made.back(over).overlaps(span)


@given(TEXTS)
def test_english_stays_as_it_is(text: str) -> None:
    made = gloss(text, language="en")
    assert made.text == text
    assert made.back(Span(0, len(text))) == Span(0, len(text))


def _said(made: Gloss, text: str, put: str) -> str:
    at = made.text.index(put)
    return made.back(Span(at, at + len(put))).of(text)


@pytest.mark.parametrize(
    ("put", "original"),
    [("funded", "finanțat"), ("were", "s-au"), ("1.250", "1.250"), ("cluj", "Cluj"), ("was", "a fost")],
)
def test_a_word_comes_back_as_the_words_it_stands_for(put: str, original: str) -> None:
    made = gloss(SENTENCE, language="ro")
    assert _said(Gloss(fold(made.text), made.origins, made.starts, made.same), SENTENCE, put) == original


@pytest.mark.parametrize(
    ("romanian", "english"),
    [
        ("Cine a fost?", "who was?"),
        ("Cât timp?", "how long?"),
        ("De ce?", "why?"),
        ("Câți copii?", "how many children?"),
        ("CÂTE FETE?", "how many girls?"),
        ("două milioane de euro", "two million euro"),
        ("a primit", "has received"),
        ("45 de elevi", "45 pupils"),
    ],
)
def test_closed_class_words_and_plain_ones_are_put_into_english(romanian: str, english: str) -> None:
    assert words(gloss(romanian, language="ro").text) == words(english)


@pytest.mark.parametrize(
    ("romanian", "english"),
    [("episoade", "episode"), ("orașe", "city"), ("locuiau", "live"), ("directorilor", "directors")],
)
def test_a_word_is_known_in_forms_that_the_lexicon_lacks(romanian: str, english: str) -> None:
    assert english in words(gloss(romanian, language="ro", known=[english]).text)


def test_of_several_translations_the_one_that_the_other_text_holds_is_taken() -> None:
    assert gloss("copiii", language="ro", known=["kids"]).text == "kids"
    assert gloss("copiii", language="ro", known=["children"]).text == "children"


@pytest.mark.parametrize("asked_in", ["ro", "en"])
def test_question_and_passage_choose_the_same_word(asked_in: str) -> None:
    question = {"ro": "Câți copii au venit?", "en": "How many kids came?"}[asked_in]
    asked, told = side_by_side(question, "La curs au venit 40 de copii.", asked_in, "ro")
    shared = {"children", "kids", "child"} & set(words(asked.text))
    assert shared and shared <= set(words(told.text))


def test_a_name_and_an_unknown_word_stay_and_a_country_has_its_english_name() -> None:
    assert gloss("Zbrâncovăț", language="ro").text == "Zbrâncovăț"
    assert gloss("din Germania", language="ro").text.endswith("Germany")


def test_english_words_in_a_romanian_question_stay_where_the_passage_has_them() -> None:
    asked, _ = side_by_side("Ce buget a avut Hubs for Change?", "Hubs for Change had 40 EUR.", "ro", "en")
    assert asked.text.endswith("Hubs for Change?")


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        gloss("Bonjour", language="fr")
