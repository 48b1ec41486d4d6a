"""What projects are about is told by the words that nothing else explains, in any form and in translation."""

import pytest

from assistant.assistant import Assistant
from assistant.heard import hear
from assistant.topics import find_topic, ways_held
from tests.assistant.answers import ask, listed, quotes


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects were about lamps?", {"Lantern Walk"}),
        ("Which projects were about apples?", {"Winter Orchard"}),
        ("Ce proiecte au fost despre stupi?", {"Casa Albinelor"}),
        ("Ce proiecte s-au ocupat de făină?", {"Moara Veche"}),
        ("Which projects dealt with turbines?", {"Turbine Halls"}),
        ("Which projects dealt with recordings of a port?", {"Harbour Voices"}),
    ],
)
def test_a_word_of_the_text_in_any_form_is_a_topic(reedmoor: Assistant, question: str, titles: set[str]) -> None:
    found = ask(reedmoor, question)
    assert set(listed(found)) == titles
    assert found.statements[0].text.startswith(f"{len(titles)} ")


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("Ce proiecte pentru copii au existat?", "Ce proiecte au fost pentru copii?"),
        ("Ce proiecte s-au adresat copiilor?", "Ce proiecte au fost pentru copii?"),
        ("Which projects about lamps exist?", "Which projects were about lamps?"),
        (
            "Which projects funded by either Aurel Pop or Banca Dunării?",
            "Projects funded by Aurel Pop or Banca Dunării",
        ),
        ("Which projects dealt with young people?", "Which projects dealt with the young?"),
    ],
)
def test_words_that_go_with_any_question_are_no_topic(reedmoor: Assistant, question: str, same: str) -> None:
    titles = listed(ask(reedmoor, question))
    assert titles
    assert titles == listed(ask(reedmoor, same))


def test_a_translation_that_its_own_language_has_for_something_else_is_none(reedmoor: Assistant) -> None:
    ways, _ = ways_held("prisoners", "en", reedmoor.vocabulary)
    assert "prin" not in ways


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects were about bees?", {"Casa Albinelor"}),
        ("Which projects were about flour?", {"Moara Veche"}),
        ("Which projects were about children?", {"Casa Albinelor"}),
        ("Ce proiecte s-au ocupat de acoperișuri?", {"Energy"}),
        ("Ce proiecte au fost despre sare?", {"Salt Road"}),
    ],
)
def test_a_topic_is_looked_for_in_the_other_language_too(reedmoor: Assistant, question: str, titles: set[str]) -> None:
    assert set(listed(ask(reedmoor, question))) >= titles


def test_a_topic_with_its_article_is_the_same_word(reedmoor: Assistant) -> None:
    # Its text begins “Copiii din sat”.
    assert "Casa Albinelor" in listed(ask(reedmoor, "Ce proiecte sunt despre copii?"))


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects were about apples or stupi?", {"Winter Orchard", "Casa Albinelor"}),
        ("Which projects dealt with wells or turbines?", {"Rural Wells", "Turbine Halls"}),
    ],
)
def test_either_of_two_topics_will_do(reedmoor: Assistant, question: str, titles: set[str]) -> None:
    assert set(listed(ask(reedmoor, question))) == titles


def test_both_words_of_a_topic_have_to_be_there(reedmoor: Assistant) -> None:
    assert listed(ask(reedmoor, "Which projects were about street lamps?")) == ["Lantern Walk"]
    assert ask(reedmoor, "Which projects were about apples and turbines?").status == "refused"


def test_a_topic_and_another_condition_both_count(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which projects in Georgia were about turbines?")
    assert listed(found) == ["Turbine Halls"]
    assert "country: Georgia" in quotes(found)
    assert ask(reedmoor, "Which projects in Albania were about turbines?").status == "refused"


def test_a_topic_is_shown_by_the_sentence_that_holds_it(reedmoor: Assistant) -> None:
    assert quotes(ask(reedmoor, "Which projects were about apples?")) == [
        "Gardeners grafted forgotten kinds of apples and taught pruning in prisons."
    ]


def test_a_topic_that_no_text_holds_is_refused_by_name(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "Which projects were about volcanoes?")
    assert (found.status, found.citations) == ("refused", ())
    assert "volcanoes" in found.text


def test_the_words_left_over_are_the_topic(reedmoor: Assistant) -> None:
    heard = hear("Which projects dealt with street lamps?")
    ((positions, condition),) = find_topic(heard, reedmoor.vocabulary)
    assert condition.kind == "mention"
    assert condition.said == "street lamps"
    assert [row[0] for row in condition.mentions] == ["street", "lamps"]
    assert not positions & heard.free


def test_what_stands_in_brackets_says_the_words_before_once_more(reedmoor: Assistant) -> None:
    ((_, condition),) = find_topic(hear("Which projects dealt with pomology (apples)?"), reedmoor.vocabulary)
    assert [row[0] for row in condition.mentions] == ["apples"]


def test_a_question_without_content_has_no_topic(reedmoor: Assistant) -> None:
    assert find_topic(hear("Which projects are there?"), reedmoor.vocabulary) == []


def test_a_word_is_held_in_translation_where_only_that_stands_in_the_texts(reedmoor: Assistant) -> None:
    ways, keys = ways_held("apples", "en", reedmoor.vocabulary)
    assert ways[0] == "apples"
    assert [reedmoor.records.title(key) for key in keys.tolist()] == ["Winter Orchard"]
    ways, keys = ways_held("acoperisuri", "ro", reedmoor.vocabulary)
    assert "roof" in ways
    assert [reedmoor.records.title(key) for key in keys.tolist()] == ["Energy"]
