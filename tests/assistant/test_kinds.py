"""What a store calls its records, and the kinds that its titles share, are learnt from it: loans, wind farms."""

import pytest

from assistant.assistant import Assistant
from assistant.record_nouns import as_projects, record_nouns
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.assistant.answers import ask, listed

REGISTER = """Loan No.,Loan title,Country,Status,Sector,Loan amount (EUR),Approved,Closing date
LN-2015,Aska Wind Farm,Norway,Closed,Energy,1000000,2011-03-01,2014-05-31
LN-2016,Brona Wind Farm,Norway,Active,Energy,2000000,2012-04-01,2019-05-31
LN-2017,Corva Wind Farm Phase II,Latvia,Active,Energy,4000000,2015-01-10,2022-05-31
LN-2018,Dalen Ferry Quay,Norway,Closed,Transport,8000000,2013-06-01,2016-12-31
LN-2019,Esker Ferry Quay,Latvia,Cancelled,Transport,16000000,2015-07-01,2018-12-31
LN-2020,Fauna Ferry Quay,Latvia,Closed,Transport,32000000,2016-02-01,2021-12-31
"""
WIND_FARMS = {"Aska Wind Farm", "Brona Wind Farm", "Corva Wind Farm Phase II"}


@pytest.fixture(scope="module")
def loans(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("loans")
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    settings = Settings(folder / "store")
    build(settings, [folder / "register.csv"])
    return Assistant(Store(settings))


def test_a_label_that_tells_records_apart_says_what_they_are(loans: Assistant, assistant: Assistant) -> None:
    assert record_nouns(loans.store.names) == {"loan"}
    assert record_nouns(assistant.store.names) == set()


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("How many loans are in Latvia?", "How many projects are in Latvia?"),
        ("Which loan is the largest?", "Which project is the largest?"),
        ("What is the total loan amount?", "What is the total loan amount?"),
        ("Who signed the Loan Pact?", "Who signed the Loan Pact?"),
    ],
)
def test_such_a_noun_is_read_as_project_unless_it_is_part_of_a_label_or_a_name(question: str, read: str) -> None:
    assert as_projects(question, "en", frozenset({"loan"}), ["Loan No.", "Loan amount (EUR)"]) == read


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("How many loans are in Latvia?", {"Corva Wind Farm Phase II", "Esker Ferry Quay", "Fauna Ferry Quay"}),
        ("Ce împrumuturi sunt închise?", {"Aska Wind Farm", "Dalen Ferry Quay", "Fauna Ferry Quay"}),
        ("Ce împrumuturi au fost anulate?", {"Esker Ferry Quay"}),
        ("How many wind farms are there?", WIND_FARMS),
        ("Which wind farms are in Norway?", {"Aska Wind Farm", "Brona Wind Farm"}),
        ("Which loans approved in 2015 are cancelled?", {"Esker Ferry Quay"}),
        ("Care împrumuturi au fost aprobate în 2015?", {"Corva Wind Farm Phase II", "Esker Ferry Quay"}),
    ],
)
def test_loans_and_kinds_of_loans_are_listed(loans: Assistant, question: str, titles: set[str]) -> None:
    found = ask(loans, question)
    assert set(listed(found)) == titles


def test_the_figures_of_a_kind_are_added_up(loans: Assistant) -> None:
    found = ask(loans, "What is the total loan amount of the ferry quays?")
    assert found.statements[0].text == "Together: 56,000,000 EUR (3 of 6 projects)"


def test_a_year_is_no_slip_of_a_code(loans: Assistant) -> None:
    assert ask(loans, "Care e bugetul total al proiectelor din 2016?").statements[0].text.startswith("Împreună: ")
