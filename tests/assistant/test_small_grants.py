"""A register of small grants beside a few pages: what was awarded, to whom, by whom, and in which money."""

from pathlib import Path

import pytest

from assistant.answer import ANSWERED, REFUSED
from assistant.assistant import Assistant
from assistant.registers_named import in_register
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.assistant.answers import ask, listed

REGISTER = """Ref,Project title,Grantee,Parish,Theme,Stage,Awarded (EUR),Start,End
T-1,Otter Watch,Lower Brack Anglers,Brack,Wildlife,Completed,"3,500",2019-03-01,2019-11-30
T-2,Hedges Again,Culm Wood Trust,Culm,Wildlife,Withdrawn,"4,200",2019-04-01,2020-03-31
T-3,Bell Ringers,Friends of Brack Tower,Brack,Heritage,Completed,900,2020-01-15,2020-12-15
T-4,Old Kiln,Culm Wood Trust,Culm,Heritage,Suspended,TBC,2021-05-01,2022-04-30
"""
PAGES = {
    "weir.md": """# The Weir of Brack

**Funder:** EEA Grants
**Period:** 2016 – 2018
**Budget:** CHF 210,000
**Partners:** Bergen River Office (Norway)
**Status:** Under review

Masons rebuilt the weir in three summers, and the fish ladder beside it was opened by the children of the parish. The \
gauge house is open on Sundays. In three years 48 wardens were trained.
""",
    "mills.md": """# Două mori

**Finanțator:** Granturile SEE 2014-2021
**Perioada:** 2019 – 2021
**Buget:** 90.000 dolari
**Parteneri:** Muzeul Satului

Moara din vale macină din nou în fiecare sâmbătă, de la ora opt.
""",
    "bridge.md": """# Footbridge at Culm

**Funder:** Halden Trust; Parish of Culm
**Period:** 2015
**Budget:** EUR 18,000
**Partners:** Embassy of the Kingdom of the Netherlands

The first footbridge was of oak and stood for eleven winters.
""",
}

BRIDGE = ("Footbridge at Culm",)


@pytest.fixture(scope="module")
def grants(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("grants")
    sources = folder / "sources"
    sources.mkdir()
    (sources / "tiny-grants.csv").write_text(REGISTER, encoding="utf-8")
    for name, text in PAGES.items():
        Path(sources / name).write_text(text, encoding="utf-8")
    settings = Settings(folder / "store")
    build(settings, [sources])
    return Assistant(Store(settings))


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which tiny grants are in Culm?", {"Hedges Again", "Old Kiln"}),
        ("How many tiny grants were about heritage?", {"Bell Ringers", "Old Kiln"}),
        ("Which projects were funded by EEA Grants?", {"The Weir of Brack", "Două mori"}),
        ("Ce proiecte au fost finanțate din Granturile SEE?", {"The Weir of Brack", "Două mori"}),
        ("Which projects had the Dutch embassy as a partner?", {*BRIDGE}),
        ("Which completed heritage grants are there?", {"Bell Ringers"}),
        ("Which grants have no amount?", {"Old Kiln"}),
        ("Which projects were funded by EEA Grants or began in 2015?", {"The Weir of Brack", "Două mori", *BRIDGE}),
        ("Ce proiecte au fost în Culm sau au costat sub 1.000 de euro?", {"Hedges Again", "Old Kiln", "Bell Ringers"}),
        ("Which projects are in Swiss francs or dollars?", {"The Weir of Brack", "Două mori"}),
        ("Which projects cost under 1,000 euro or over 10,000 euro?", {"Bell Ringers", "Footbridge at Culm"}),
    ],
)
def test_records_are_chosen_by_register_money_and_names_of_either_language(
    grants: Assistant, question: str, titles: set[str]
) -> None:
    assert set(listed(ask(grants, question))) == titles


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many grants per parish?", "“Brack” – 2"),
        ("How many grants does each theme have?", "“Heritage” – 2"),
        ("What was the smallest grant?", "Bell Ringers – “900”"),
        ("Care este cel mai mare grant din Culm?", "Hedges Again – „4,200”"),
        ("What is the status of Otter Watch?", "Stage: “Completed”"),
        ("What stage is The Weir of Brack at?", "Status: “Under review”"),
        ("Which are the first two grants by value in Brack?", "Otter Watch – “3,500”"),
        ("Total amount awarded per parish", "“Brack” – 4,400 EUR"),
        ("Who received the Otter Watch grant?", "“Lower Brack Anglers”"),
        ("Cine a primit grantul Otter Watch?", "„Lower Brack Anglers”"),
        ("How much did EEA Grants give to The Weir of Brack?", "“CHF 210,000”"),
        ("Cât a dat EEA Grants pentru The Weir of Brack?", "„CHF 210,000”"),
        ("How many wardens were trained in 3 years?", "“In three years 48 wardens were trained.”"),
        ("Care proiect s-a încheiat ultimul?", "Old Kiln"),
        ("Which project ended last?", "Old Kiln"),
    ],
)
def test_what_was_given_is_told_with_its_words(grants: Assistant, question: str, words: str) -> None:
    answer = ask(grants, question)
    assert answer.status == ANSWERED, answer.text
    assert words in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How much did the Halden Trust give for the Footbridge at Culm?",  # two paid, and no one says how much
        "Cât a dat Halden Trust pentru Footbridge at Culm?",
        "What time does the gauge house open?",
        "What time did the Footbridge at Culm open?",
        "When was the second footbridge built?",
        "Which projects got money from companies?",
        "Which projects in Brack began in 2019 or cost more than 800 euro?",  # two readings
        "Ce proiecte au fost plătite de firme?",
    ],
)
def test_what_the_words_do_not_say_is_refused(grants: Assistant, question: str) -> None:
    answer = ask(grants, question)
    assert answer.status == REFUSED, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "A fost finanțat The Weir of Brack de Halden Trust?",
        "The Weir of Brack a fost finanțat de Halden Trust?",
        "Was The Weir of Brack funded by the Halden Trust?",
    ],
)
def test_who_is_not_among_the_funders_is_said_with_those_who_are(grants: Assistant, question: str) -> None:
    answer = ask(grants, question)
    assert answer.status == REFUSED
    assert "EEA Grants" in answer.text


def test_the_partners_are_those_of_the_projects_just_listed(grants: Assistant) -> None:
    answer = ask(grants, "Who were the partners?", "Which projects were funded by EEA Grants?")
    assert "Bergen River Office" in answer.text
    assert "Muzeul Satului" in answer.text
    answer = ask(grants, "Who were the partners?", "Which projects are in Swiss francs?")
    assert "Muzeul Satului" not in answer.text


def test_what_else_whoever_was_told_has_is_asked_of_the_last_answer(grants: Assistant) -> None:
    received = "Who received the Old Kiln grant?"
    assert listed(ask(grants, "What other grants does it have?", received)) == ["Hedges Again"]
    assert ask(grants, "What other grants does it have?", "When did Otter Watch start?").status == REFUSED
    assert "Completed" in ask(grants, "Is it finished?", "Who received the Otter Watch grant?").text


def test_several_short_words_with_slips_lead_to_the_nearest_title(grants: Assistant) -> None:
    assert "Bell Ringers" in ask(grants, "What was the budget of Bel Ringrs?").text


def test_what_is_not_understood_is_still_told_as_a_list(grants: Assistant) -> None:
    assert ask(grants, "Which projects got money from companies?").plan.startswith("list: projects")


def test_the_time_of_the_day_is_quoted(grants: Assistant) -> None:
    assert "de la ora opt" in ask(grants, "La ce oră macină moara din vale?").text


@pytest.mark.parametrize(
    ("question", "language", "read"),
    [
        ("How many micro-grants are there?", "en", "How many grants are there?"),
        ("Which microgrants ended?", "en", "Which grants ended?"),
        ("Suma microgranturilor din Brack", "ro", "Suma granturilor din Brack"),
        ("How many grants are there?", "en", None),
        ("How many grants were for micro gardens?", "en", None),
    ],
)
def test_a_register_may_be_called_in_one_word(question: str, language: str, read: str | None) -> None:
    found, condition = in_register(question, language, {frozenset({"micro"}): ("microgranturi.xlsx#row=2-9",)})
    assert found == (read or question)
    assert (condition is None) == (read is None)
