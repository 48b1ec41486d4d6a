"""Projects like an idea: the likest first, with reasons and facts in their sources' words, and what they lack."""

import pytest

from assistant.assistant import Assistant
from assistant.precedents import idea_of
from index.filters import Filters
from tests.assistant.answers import ask, cited

LAMPS = "Teenagers will map street lamps and lead evening walks."
ROADS = "Walkers trace an old road, a road along the coast is widened, village wells are dug, and halls are made safe."
BEES = "Copiii vor învăța să crească albine și să vândă miere."


def test_the_likest_project_comes_first(reedmoor: Assistant) -> None:
    found = reedmoor.precedents(LAMPS, count=5)
    scores = [one.score for one in found.found]
    assert found.found[0].title == "Lantern Walk"
    assert scores[0] > 2 * scores[1]


def test_scores_never_rise_and_no_project_is_told_twice(reedmoor: Assistant) -> None:
    found = reedmoor.precedents(ROADS, count=16).found
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1
    assert {one.title for one in found[:3]} == {"Coastal Roads Upgrade", "Salt Road", "Rural Wells"}
    assert len({one.title for one in found}) == len(found) < 16


def test_as_many_are_told_as_asked_for_out_of_all(reedmoor: Assistant) -> None:
    found = reedmoor.precedents(ROADS, count=2)
    assert (len(found.found), found.total, found.language, found.idea) == (2, 16, "en", ROADS)
    assert found.found == reedmoor.precedents(ROADS, count=4).found[:2]


def test_reasons_and_facts_are_the_source_s_words(reedmoor: Assistant) -> None:
    (best,) = reedmoor.precedents("Copiii cresc albine și vând miere la târg.", count=1).found
    assert best.title == "Casa Albinelor"
    assert [(fact.label, fact.text) for fact in best.facts] == [
        ("Buget", "30.000 RON"),
        ("Perioadă", "martie 2013 – noiembrie 2014"),
        ("Parteneri", "Școala din Luncani"),
        ("Finanțator", "Ministerul Apelor"),
    ]
    assert any("stupii și au vândut mierea" in reason.text for reason in best.reasons)
    text = reedmoor.store.sources["proiecte.md"].text
    for fact in (*best.facts, *best.reasons):
        assert fact.citation.quote == text[fact.citation.span.start : fact.citation.span.end]
        assert fact.text in fact.citation.quote


def test_a_bare_figure_is_told_with_its_currency(reedmoor: Assistant) -> None:
    facts = [fact for one in reedmoor.precedents(ROADS, count=16).found for fact in one.facts if fact.label == "Budget"]
    assert facts
    for fact in facts:
        assert any(letter.isalpha() for letter in fact.text + fact.reading) or "€" in fact.text, fact
    assert any(fact.reading for fact in facts)


def test_what_the_project_does_not_mention_is_said(reedmoor: Assistant) -> None:
    (best,) = reedmoor.precedents("Street lamps are mapped from a balloon.", count=1).found
    assert best.title == "Lantern Walk"
    assert "balloon" in best.lacks
    assert not {"street", "lamps", "mapped"} & set(best.lacks)


@pytest.mark.parametrize(
    ("idea", "title"),
    [
        ("We want to repair an old water mill with volunteers.", "Moara Veche"),
        ("Children will learn to keep bees and sell honey.", "Casa Albinelor"),
        ("Meri uitați vor fi altoiți, iar deținuții vor învăța grădinăritul.", "Winter Orchard"),
        (BEES, "Casa Albinelor"),
    ],
)
def test_an_idea_finds_its_like_in_either_language(reedmoor: Assistant, idea: str, title: str) -> None:
    assert reedmoor.precedents(idea, count=1).found[0].title == title


@pytest.mark.parametrize(
    ("filters", "first", "fitting"),
    [
        (
            Filters(organisation="european salt council", role="funder"),
            "Salt Road",
            {"Salt Road", "Harbour Voices Junior"},
        ),
        (Filters(country="GE"), "Coastal Roads Upgrade", {"Coastal Roads Upgrade", "Energy", "Turbine Halls"}),
        (Filters(country="AL"), "Rural Wells", {"Rural Wells", "Hill Roads Rehabilitation"}),
        (Filters(ended=(None, "2013")), "Salt Road", {"Salt Road", "Winter Orchard", "Rural Wells", "Turbine Halls"}),
    ],
)
def test_filters_narrow_them_down(reedmoor: Assistant, filters: Filters, first: str, fitting: set[str]) -> None:
    found = reedmoor.precedents(ROADS, count=9, filters=filters)
    assert found.found[0].title == first
    assert {one.title for one in found.found} <= fitting
    assert found.total == len(fitting)


def test_filters_that_nothing_fulfils_leave_nothing(reedmoor: Assistant) -> None:
    found = reedmoor.precedents(ROADS, filters=Filters(country="BR"))
    assert (found.found, found.total) == ((), 0)


def test_a_row_of_a_register_has_its_summary_for_a_reason(reedmoor: Assistant) -> None:
    (best,) = reedmoor.precedents("Roads along the coast and bridges fit for floods", count=1).found
    assert best.title == "Coastal Roads Upgrade"
    assert any("its bridges are made fit for floods" in reason.text for reason in best.reasons)


def test_an_idea_that_is_like_nothing_finds_nothing(reedmoor: Assistant) -> None:
    assert reedmoor.precedents("zxqv").found == ()


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Is there something similar to mapping street lamps with teenagers?", "Lantern Walk"),
        ("Have you ever done anything like keeping bees with children?", "Casa Albinelor"),
        ("Ați mai făcut ceva asemănător cu repararea unei mori de apă cu voluntari?", "Moara Veche"),
        ("We plan to repair an old mill with volunteers. Have you done anything similar?", "Moara Veche"),
    ],
)
def test_a_question_for_precedents_is_answered_with_them(reedmoor: Assistant, question: str, title: str) -> None:
    found = ask(reedmoor, question)
    assert found.plan.startswith("projects like: ")
    assert found.statements[0].text.startswith(f"{title} – ")
    assert title in {project for project, _ in cited(found)}


def test_words_of_asking_are_not_said_to_be_missing(reedmoor: Assistant) -> None:
    text = ask(reedmoor, "Is there something similar to mapping street lamps with teenagers?").text
    assert "similar" not in text
    assert "asemanator" not in ask(reedmoor, "Ați mai făcut ceva asemănător cu repararea unei mori de apă?").text


def test_the_sentence_that_only_asks_is_no_part_of_the_idea() -> None:
    idea = "We will repair an old mill. Have you done anything similar?"
    assert idea_of(idea) == "We will repair an old mill."
    assert idea_of("Anything similar?") == "Anything similar?"
