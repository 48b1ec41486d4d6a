"""A register in one language, asked in the other: its labels, its values of one word or several, its statuses."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.assistant.answers import ask, listed

ENGLISH = """Award ref,Project title,County,Theme,Status,Lead mentor,Awarded (EUR),Start,End
AW-1,Hedge Choir,Alba,Mental health,Completed,Ina Dobre,1000,2016-01-01,2016-12-31
AW-2,Slow Kettle,Alba,Road safety,Withdrawn,Ina Dobre,2000,2016-03-01,2016-11-30
AW-3,Lost Mittens,Tulcea,Road safety,Completed,Olaf Berg,3000,2017-01-01,2017-10-31
AW-4,Paper Lantern Hill,Tulcea,Mental health,Active,Olaf Berg,4000,2018-01-01,2018-12-31
AW-6,Third Umbrella,Alba,Road safety,Active,Olaf Berg,1000,2018-02-01,2018-12-31
AW-5,Siguranța la răscruce,Tulcea,Mental health,Suspended,Ina Dobre,5000,2018-01-01,2018-12-31
"""
ROMANIAN = """Cod,Titlu proiect,Județ,Temă,Stadiu,Valoare (lei),Data începerii,Data finalizării
CD-1,Corul gardului,Alba,Siguranță rutieră,Finalizat,1000,2016-01-01,2016-12-31
CD-2,Ceainicul domol,Alba,Sănătate mintală,Finalizat,2000,2016-03-01,2016-11-30
CD-3,Mănuși pierdute,Tulcea,Sănătate mintală,În curs,3000,2017-01-01,2017-10-31
CD-4,Dealul cu felinare,Tulcea,Siguranță rutieră,În curs,4000,2018-01-01,2018-12-31
"""
PAGE = """# Old Ferry Bells

Period: 2014 - 2015
Place: Tulcea, Romania

Bells were cast for three ferries.
"""
COMPLETED = {"Hedge Choir", "Lost Mittens", "Old Ferry Bells"}


def _built(folder: Path, files: dict[str, str], model: Path) -> Settings:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(folder / "store", str(model))
    build(settings, [folder / name for name in files])
    return settings


@pytest.fixture(scope="module")
def english(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Build a register in English, and a page of a project without a status."""
    files = {"late-grants.csv": ENGLISH, "bells.md": PAGE}
    with closing(Store(_built(tmp_path_factory.mktemp("english"), files, small_model))) as store:
        yield Assistant(store)


@pytest.fixture(scope="module")
def romanian(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Build a register in Romanian."""
    with closing(Store(_built(tmp_path_factory.mktemp("romanian"), {"p.csv": ROMANIAN}, small_model))) as store:
        yield Assistant(store)


def _groups(assistant: Assistant, question: str) -> list[str]:
    told = [one.text.partition(":")[0] for one in ask(assistant, question).statements if not one.is_remark]
    return [one.translate(str.maketrans("", "", "“”„")) for one in told]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Câte granturi are fiecare județ?", ["Alba – 3", "Tulcea – 3"]),
        ("Câte granturi sunt pe județe?", ["Alba – 3", "Tulcea – 3"]),
        ("How many grants does each county have?", ["Alba – 3", "Tulcea – 3"]),
        ("In how many counties did we give grants?", ["Alba – 3", "Tulcea – 3"]),
        ("În câte județe am dat granturi?", ["Alba – 3", "Tulcea – 3"]),
        ("Care județ a primit cele mai multe granturi?", ["Alba – 3", "Tulcea – 3"]),
        ("Ce județ a primit cei mai mulți bani?", ["Tulcea – 12.000 EUR împreună (cu o sumă"]),
        ("Câte proiecte are fiecare mentor?", ["Ina Dobre – 3", "Olaf Berg – 3"]),
        ("How many themes are there?", ["Mental health – 3", "Road safety – 3"]),
    ],
)
def test_a_label_is_reached_in_either_language(english: Assistant, question: str, told: list[str]) -> None:
    assert _groups(english, question) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many projects does each county have?", ["Alba – 2", "Tulcea – 2"]),
        ("In how many counties were there projects?", ["Alba – 2", "Tulcea – 2"]),
        ("How many projects are there per theme?", ["Siguranță rutieră – 2", "Sănătate mintală – 2"]),
    ],
)
def test_a_romanian_label_is_reached_in_english(romanian: Assistant, question: str, told: list[str]) -> None:
    assert _groups(romanian, question) == told


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Ce granturi sunt pentru sănătate mintală?", {"Hedge Choir", "Paper Lantern Hill", "Siguranța la răscruce"}),
        ("Ce granturi de sănătate mentală sunt în județul Alba?", {"Hedge Choir"}),
        ("Ce granturi sunt pentru siguranța rutieră?", {"Slow Kettle", "Lost Mittens", "Third Umbrella"}),
    ],
)
def test_a_value_of_several_words_is_translated_word_by_word(
    english: Assistant, question: str, titles: set[str]
) -> None:
    assert set(listed(ask(english, question))) == titles


def test_an_english_question_reaches_a_romanian_value(romanian: Assistant) -> None:
    found = ask(romanian, "Which projects are on mental health?")
    assert set(listed(found)) == {"Ceainicul domol", "Mănuși pierdute"}


def test_an_average_over_records_is_of_none_that_is_called_so(english: Assistant) -> None:
    found = ask(english, "Media granturilor pentru siguranța rutieră?")
    assert "2.000 EUR (3 din 7 proiecte)" in found.text


@pytest.mark.parametrize(
    "question",
    [
        "Which projects were completed?",
        "Which projects are finished?",
        "Which projects have ended?",
        "Ce proiecte au fost finalizate?",
        "Ce proiecte sunt încheiate?",
        "Ce proiecte s-au terminat?",
    ],
)
def test_a_status_decides_where_there_is_one_and_else_the_period(english: Assistant, question: str) -> None:
    found = ask(english, question)
    assert set(listed(found)) == COMPLETED


@pytest.mark.parametrize(
    "question",
    ["Which projects are ongoing?", "Which projects are still running?", "Ce proiecte sunt în curs?", "Active grants"],
)
def test_what_is_under_way_is_told_by_its_status(english: Assistant, question: str) -> None:
    assert set(listed(ask(english, question))) == {"Paper Lantern Hill", "Third Umbrella"}


def test_an_english_question_reaches_a_romanian_status(romanian: Assistant) -> None:
    assert set(listed(ask(romanian, "Which projects are completed?"))) == {"Corul gardului", "Ceainicul domol"}
    assert set(listed(ask(romanian, "Which projects are ongoing?"))) == {"Mănuși pierdute", "Dealul cu felinare"}


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Ce granturi finalizate au fost în Alba în 2016?", {"Hedge Choir"}),
        ("Which grants in Alba were completed in 2016?", {"Hedge Choir"}),
        ("Câte granturi de siguranță rutieră au fost finalizate?", {"Lost Mittens"}),
    ],
)
def test_a_status_counts_beside_a_time_and_a_theme(english: Assistant, question: str, titles: set[str]) -> None:
    assert set(listed(ask(english, question))) == titles


@pytest.mark.parametrize("question", ["Câte proiecte sunt în total?", "How many projects are there in total?"])
def test_a_word_for_adding_up_is_no_status(english: Assistant, question: str) -> None:
    assert ask(english, question).statements[0].text in ("Toate cele 7 proiecte:", "All 7 projects:")


def test_in_total_is_no_condition_of_a_sum(english: Assistant) -> None:
    found = ask(english, "Cât au costat în total proiectele din Alba?")
    assert found.plan == "sum of budget, grant: projects (Alba)"
    assert "4.000 EUR" in found.text


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("How many late grants are in Alba?", "count: projects (late grants; Alba)"),
        ("Câte granturi târzii sunt în județul Alba?", "count: projects (granturi târzii; județul Alba)"),
    ],
)
def test_a_register_is_called_by_the_name_of_its_file(english: Assistant, question: str, plan: str) -> None:
    found = ask(english, question)
    assert found.plan == plan
    assert set(listed(found)) == {"Hedge Choir", "Slow Kettle", "Third Umbrella"}


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects ended in 2016?", {"Hedge Choir", "Slow Kettle"}),
        ("Ce proiecte s-au terminat în 2016?", {"Hedge Choir", "Slow Kettle"}),
        ("Which projects were completed in 2016?", {"Hedge Choir"}),
        ("Ce proiecte au fost finalizate în 2016?", {"Hedge Choir"}),
    ],
)
def test_what_ended_at_a_time_is_told_by_its_period_alone(english: Assistant, question: str, titles: set[str]) -> None:
    assert set(listed(ask(english, question))) == titles


@pytest.mark.parametrize("question", ["How many mentors are there per county?", "Câți oameni sunt în fiecare județ?"])
def test_what_is_counted_in_groups_has_to_be_records(english: Assistant, question: str) -> None:
    assert ask(english, question).status == "refused"


def test_an_award_that_was_made_is_no_condition_of_a_figure(english: Assistant) -> None:
    assert ask(english, "Câte granturi s-au acordat în Alba?").plan == "count: projects (Alba)"
