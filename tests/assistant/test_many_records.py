"""A register of some hundred rows: answers stay complete where not every record can be cited."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.across import MOST_CITED
from assistant.assistant import Assistant
from assistant.figuring import MOST_NAMED
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.assistant.answers import ask, listed

ROWS, WITHOUT = 260, 30
BIRDS = ("heron", "kestrel", "plover", "swift", "wren")


@pytest.fixture(scope="module")
def many(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Build a register of a row a project; every tenth of the first 300 has no budget, each fifth is in Peru."""
    folder = tmp_path_factory.mktemp("many")
    rows = "".join(
        f"K-{1000 + row},Nest Box {row} {BIRDS[row % 5]},Boxes for the {BIRDS[row % 5]} are built.,"
        f"{'Peru' if row % 5 == 0 else 'Chile'},{'' if row < WITHOUT else f'{row * 10} EUR'},2001-2002\n"
        for row in range(ROWS)
    )
    (folder / "register.csv").write_text(f"reference,title,summary,country,budget,period\n{rows}")
    settings = Settings(folder / "store", str(small_model))
    build(settings, [folder / "register.csv"])
    with closing(Store(settings)) as store:
        yield Assistant(store)


def test_a_count_is_of_all_though_only_the_first_are_cited(many: Assistant) -> None:
    found = ask(many, "How many projects are there?")
    assert found.statements[0].text == f"All {ROWS} projects:"
    assert len(found.citations) == MOST_CITED
    assert found.statements[-1].text == f"And {ROWS - MOST_CITED} more, which are not shown."
    assert found.statements[-1].is_remark


def test_a_condition_that_few_fulfil_is_cited_whole(many: Assistant) -> None:
    found = ask(many, "Which projects were in Peru?")
    assert found.statements[0].text == f"{ROWS // 5} of {ROWS} projects (Peru):"
    assert len(listed(found)) == ROWS // 5


def test_a_sum_is_over_all_and_says_how_many_are_not_shown(many: Assistant) -> None:
    found = ask(many, "What is the total budget of all projects?")
    total, with_one = sum(10 * row for row in range(WITHOUT, ROWS)), ROWS - WITHOUT
    lines = found.text.splitlines()
    assert lines[0].startswith(f"Together: {total:,} EUR ({with_one} of {ROWS} projects)")
    assert f"And {with_one - MOST_CITED} more, which are not shown." in lines
    assert lines[-1] == f"And {WITHOUT - MOST_NAMED} more, which are not shown."
    assert lines[-2].count(";") == MOST_NAMED - 1


def test_the_largest_is_the_largest_of_all(many: Assistant) -> None:
    found = ask(many, "Which project had the largest budget?")
    assert listed(found)[0] == f"Nest Box {ROWS - 1} {BIRDS[(ROWS - 1) % 5]}"
    assert f"Compared: {ROWS - WITHOUT} of {ROWS} projects." in found.text


def test_a_row_is_found_by_its_number_or_its_reference(many: Assistant) -> None:
    assert "Nest Box 77 plover – Budget: “770 EUR”" in ask(many, "What was the budget of Nest Box 77 plover?").text
    assert "“1,120 EUR”" in ask(many, "What was the budget of K-1112?").text.replace("“1120 EUR”", "“1,120 EUR”")


def test_a_word_of_very_many_titles_asks_which_is_meant(many: Assistant) -> None:
    found = ask(many, "What was the budget of the nest box?")
    assert found.status != "answered"
    assert "Nest Box" in found.text


def test_a_topic_of_many_records_is_listed_whole(many: Assistant) -> None:
    found = ask(many, "Which projects were about the wren?")
    assert found.statements[0].text.startswith(f"{ROWS // 5} of {ROWS} projects")
