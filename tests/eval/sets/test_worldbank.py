"""Questions made from a register: the gold is what counting the rows by hand gives, and a name means one row."""

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from eval.errors import EvaluationError
from eval.qa import read_pairs
from eval.sets.forms import amount_forms, count_forms, date_forms, stems
from eval.sets.records import INSTRUMENTS
from eval.sets.register import Register, readable
from eval.sets.wording import countries
from eval.sets.worldbank import main

Row = dict[str, Any]
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo".split()
ROWS_OF_A_COUNTRY = 60


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(4)).capitalize()


def _rows() -> list[Row]:
    """Rows like the register's, with made-up names."""
    chance = random.Random(1)  # noqa: S311
    rows: list[Row] = []
    for country in countries():
        for _ in range(ROWS_OF_A_COUNTRY):
            approval, cost = chance.randrange(1998, 2008), chance.randrange(3, 600) * 1_000_000
            rows.append({
                "id": f"P{len(rows) + 1:06}",
                "regionname": chance.choice(["South Asia", "Latin America and Caribbean"]),
                "countryshortname": country,
                "status": chance.choice(["Active", "Closed", "Closed", "Closed", "Pipeline", "Dropped"]),
                "project_name": " for ".join(" ".join(_word(chance) for _ in range(n)) for n in (3, 2)),
                "boardapprovaldate": chance.choice([f"{approval}-03-0{chance.randrange(1, 9)}T00:00:00Z"] * 4 + [None]),
                "closingdate": chance.choice([f"{approval + 2}-06-1{chance.randrange(9)}"] * 4 + [None]),
                "loan_effective_date": chance.choice([f"{approval}-09-2{chance.randrange(9)}"] * 4 + [None]),
                "curr_project_cost": cost,
                "grantamt": chance.choice([cost // 2, 0, None]),
                "curr_total_commitment": chance.choice([cost, cost // 4]),
                "lendinginstr": chance.choice([*INSTRUMENTS, *["Specific Investment Loan"] * 8]),
            })  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return _rows()


@pytest.fixture(scope="module")
def written(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "rows.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, rows)))
    return path


@pytest.fixture(scope="module")
def made(written: Path) -> list[Row]:
    out = written.with_name("qa.jsonl")
    assert main([str(written), str(out), "5"]) == 0
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_the_same_seed_gives_the_same_questions_and_another_one_others(written: Path, made: list[Row]) -> None:
    again, other = written.with_name("again.jsonl"), written.with_name("other.jsonl")
    main([str(written), str(again)])
    main([str(written), str(other), "6"])
    assert again.read_bytes() == written.with_name("qa.jsonl").read_bytes()
    assert other.read_bytes() != again.read_bytes()
    assert len(read_pairs(again)) == len(made) == 110


def test_counts_and_sums_are_what_going_through_the_rows_gives(rows: list[Row], made: list[Row]) -> None:
    names = {english.removeprefix("the "): key for key, (english, _) in countries().items()}
    checked = 0
    for pair in made:
        question = pair["question"]
        country = next((key for name, key in names.items() if f"in {name} " in question.replace("?", " ")), None)
        own = [row for row in rows if row["countryshortname"] == country]
        if question.endswith("have the status Dropped?"):
            assert pair["answers"][0] == str(sum(row["status"] == "Dropped" for row in own))
        elif pair["kind"] == "sum" and question.startswith("What is the sum of the project costs"):
            year = question.split()[-1].rstrip("?")
            dated = [row for row in own if (row["boardapprovaldate"] or "").startswith(year)]
            assert pair["answers"][0] == f"{sum(row['curr_project_cost'] for row in dated):,}"
        elif pair["kind"] == "extreme" and question.endswith("has the largest project cost?"):
            largest = max(own, key=lambda row: row["curr_project_cost"])
            assert (pair["answers"], pair["sources"][0]["project"]) == ([largest["project_name"]], largest["id"])
        else:
            continue
        checked += 1
    assert checked == 3


def test_a_list_names_every_row_that_belongs_and_none_that_does_not(rows: list[Row], made: list[Row]) -> None:
    by_name = {row["project_name"]: row for row in rows}
    lists = [pair for pair in made if pair["kind"] == "list" and "status Active" in pair["question"]]
    assert lists
    for pair in lists:
        country = by_name[pair["all"][0]]["countryshortname"]
        active = [row for row in rows if row["countryshortname"] == country and row["status"] == "Active"]
        assert sorted(pair["all"]) == sorted(row["project_name"] for row in active)
        assert {source["project"] for source in pair["sources"]} == {row["id"] for row in active}
        assert not {by_name[name]["status"] for name in pair["none"]} & {"Active"}


def test_a_name_that_another_holds_or_nearly_is_means_no_one_row(tmp_path: Path) -> None:
    names = [
        "Harbour Cranes Renewal Works",
        "Second Harbour Cranes Renewal Works",
        "Valley Orchard Irrigation Channels",
    ]
    rows = [row | {"project_name": name} for row, name in zip(_rows(), names, strict=False)]
    path = tmp_path / "few.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, rows)))
    register = Register(path, 1)
    assert [register.is_distinctive(row["id"]) for row in rows] == [False, False, True]
    assert stems("Cities, city") == {"city"}
    assert not readable("P.TA/SADCC TRADE DEV")


def test_a_file_that_is_not_the_register_is_named(tmp_path: Path) -> None:
    (tmp_path / "plain.gz").write_bytes(b"no gzip")
    with pytest.raises(EvaluationError, match=r"plain\.gz: not the register of World Bank projects"):
        Register(tmp_path / "plain.gz", 1)


def test_values_are_looked_for_in_every_form_they_may_be_printed_in() -> None:
    assert amount_forms(1_500_000) == ["1,500,000", "1 500 000", "1.500.000", "1500000"]
    assert amount_forms(7 / 2) == ["3.50", "3,50", "3.5", "3,5", "3", "4"]
    assert count_forms(2) == ["2", "two", "doi", "două"]
    assert count_forms(21) == ["21"]
    assert date_forms("2019-03-05T00:00:00Z") == [
        "2019-03-05", "5 March 2019", "March 5, 2019", "5 martie 2019", "05.03.2019", "05/03/2019",
    ]  # fmt: skip
