"""A project that several files describe is one: what is asked of it may stand in any of them."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.assistant.answers import ask, listed, quotes

REGISTER = """Loan No.,Project,Country,Approved,Closing date,Commitment (USD),Status,Coordinator
HB-2001,Orsova Ferry Landings,Romania,2012-05-04,2015-06-30,4000000,Closed,
HB-2002,Batumi Storm Drains,Georgia,2013-02-01,2016-03-31,9000000,Closed,
HB-2003,Poti Grain Quay,Georgia,2014-09-15,2019-12-31,6500000,Active,Ana Pop
HB-2004,Tulcea Reed Harvest,Romania,,2018-10-31,1500000,Active,
"""
LABELLED = """# Orsova Ferry Landings

Loan: HB-2001
Country: Romania
Partners: Danube Pilots' Guild; Lighthouse Trust

Four landings were built of oak.
"""
PROSE = """# Batumi Storm Drains

The old town of Batumi stood under water after every autumn rain, and the drains of 1902 had long been too narrow.

The new drains are eleven kilometres long. They carried away a flood within a night, and 380 cellars stayed dry.

The municipality trained nineteen drain wardens, who walk every street before a storm and clear the gratings of leaves.
"""

MILLS = """# Mori de apă

Buget: 845.210,50 EUR
Perioada: septembrie 2020 – decembrie 2022
Parteneri: Muzeul Morăritului

# Faza de noapte

Buget: 1.000 EUR
Perioada: martie 2020 – mai 2020
"""
MILLS_ABROAD = """# Water Mills (Mori de apă)

Budget: €845,210.50
When: September 2020 – December 2022
Funded by: Heron Trust

# Night Shift (Faza de noapte)

Budget: EUR 2,000
When: March 2021 – May 2021
"""


@pytest.fixture(scope="module")
def mills(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Build two pages, of which one carries the other's titles in brackets: once of one project, once of two."""
    folder = tmp_path_factory.mktemp("mills")
    paths = [folder / "mori.md", folder / "mills.md"]
    for path, text in zip(paths, (MILLS, MILLS_ABROAD), strict=True):
        path.write_text(text)
    settings = Settings(folder / "store", str(small_model))
    build(settings, paths)
    with closing(Store(settings)) as store:
        yield Assistant(store)


@pytest.fixture(scope="module")
def bank(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Build a register, a page with labels on one of its loans, and a page of prose on another."""
    folder = tmp_path_factory.mktemp("bank")
    for name, text in (("loans.csv", REGISTER), ("ferry.md", LABELLED), ("drains.md", PROSE)):
        (folder / name).write_text(text)
    settings = Settings(folder / "store", str(small_model))
    build(settings, [folder / name for name in ("loans.csv", "ferry.md", "drains.md")])
    with closing(Store(settings)) as store:
        yield Assistant(store)


def test_an_amount_in_one_file_counts_for_a_condition_in_another(bank: Assistant) -> None:
    found = ask(bank, "What is the total budget of the projects with the Lighthouse Trust as partner?")
    assert found.statements[0].text == "Together: 4,000,000 USD (1 of 4 projects)"
    assert "Partners: Danube Pilots' Guild; Lighthouse Trust" in quotes(found)


@pytest.mark.parametrize(
    "question", ["Which closed projects have partners?", "Ce proiecte din România au avut parteneri?"]
)
def test_conditions_may_be_fulfilled_in_different_files(bank: Assistant, question: str) -> None:
    assert listed(ask(bank, question)) == ["Orsova Ferry Landings"]


def test_what_one_file_tells_is_not_missing_because_another_does_not(bank: Assistant) -> None:
    found = listed(ask(bank, "Which projects have no partners?"))
    assert sorted(found) == ["Batumi Storm Drains", "Poti Grain Quay", "Tulcea Reed Harvest"]


def test_a_page_of_prose_called_like_a_record_is_of_that_project(bank: Assistant) -> None:
    found = ask(bank, "How many cellars stayed dry thanks to the Batumi Storm Drains?")
    assert "380 cellars" in found.text
    wardens = ask(bank, "Which projects trained drain wardens?")
    assert [one.text.partition(" – ")[0] for one in wardens.statements if not one.is_remark] == ["Batumi Storm Drains"]
    described = ask(bank, "Tell me about the Batumi Storm Drains").text
    assert "9000000" in described
    assert "eleven kilometres" in described


def test_a_day_of_approval_begins_a_period_of_which_only_the_end_is_told(bank: Assistant) -> None:
    found = ask(bank, "Which projects ran in 2015?")
    assert set(listed(found)) == {"Orsova Ferry Landings", "Batumi Storm Drains", "Poti Grain Quay"}
    assert "only one end of the period is given (1): Tulcea Reed Harvest." in found.text
    assert "Closing date: “2018-10-31”" in ask(bank, "Tell me about Tulcea Reed Harvest").text
    assert listed(ask(bank, "Which projects were approved in 2013?")) == ["Batumi Storm Drains"]


def test_a_coordinator_is_no_partner_and_a_partner_no_coordinator(bank: Assistant) -> None:
    assert ask(bank, "Who were the partners of the Poti Grain Quay?").status == "refused"
    assert quotes(ask(bank, "Who coordinated the Poti Grain Quay?")) == ["Coordinator: Ana Pop"]
    assert "Coordinator: “Ana Pop”" in ask(bank, "Who implemented the Poti Grain Quay?").text
    assert ask(bank, "Who coordinated the Orsova Ferry Landings?").status == "refused"


def test_a_title_in_brackets_and_a_value_in_common_make_one_project(mills: Assistant) -> None:
    assert ask(mills, "How many projects are there?").statements[0].text == "All 3 projects:"
    total = ask(mills, "What is the total budget of the projects?").statements[0].text
    assert total == "Together: 848,210.50 EUR (3 of 3 projects)"


def test_a_title_in_brackets_alone_does_not(mills: Assistant) -> None:
    assert sorted(listed(ask(mills, "List all projects"))) == [
        "Faza de noapte",
        "Night Shift (Faza de noapte)",
        "Water Mills (Mori de apă)",
    ]


@pytest.mark.parametrize("question", ["Cine a finanțat Mori de apă?", "Who funded Water Mills?"])
def test_a_fact_of_one_file_is_told_of_a_project_that_is_called_as_in_another(mills: Assistant, question: str) -> None:
    assert quotes(ask(mills, question)) == ["Funded by: Heron Trust"]


def test_what_two_files_say_in_other_words_is_said_once(mills: Assistant) -> None:
    found = ask(mills, "What was the budget of Water Mills?")
    assert len(found.statements) == 1
    assert sorted(quotes(found)) == ["Budget: €845,210.50", "Buget: 845.210,50 EUR"]
