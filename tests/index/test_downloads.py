"""Downloads: a row a record, exact amounts, nothing that a spreadsheet program runs, 360Giving's names read back."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from corpus.errors import MisuseError
from corpus.files import find_files
from corpus.reading import read_file
from corpus.record import Amount, Project
from corpus.spreadsheets import LONGEST_CELL, fitting
from index.downloads import GIVING, OURS, texts_of, to_csv, to_xlsx
from index.listing import every_row
from index.main_amounts import main_amount
from index.settings import Settings
from index.store import Store
from index.wanted import Wanted
from tests.index.listed import LAMPS, PROJECTS, WELLS, listed_store


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory, small_model: Path) -> Iterator[Store]:
    with closing(listed_store(tmp_path_factory.mktemp("listed") / "store", small_model)) as store:
        yield store


def lines(store: Store, names: str = OURS, wanted: Wanted = Wanted()) -> dict[str, dict[str, str]]:  # noqa: B008
    """Read the CSV file by title and document."""
    whole = b"".join(to_csv(every_row(store, wanted), texts_of(store), names=names))
    assert whole.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(whole.decode("utf-8-sig"), newline=""))
    return {row["id" if names == OURS else "Title"]: row for row in rows}


def test_a_csv_file_has_a_row_for_each_record_with_the_exact_amount_and_the_words(listed: Store) -> None:
    rows = lines(listed)
    assert [*rows] == [one.id for one in PROJECTS]
    lamps = rows["lamps"]
    assert (lamps["amount"], lamps["currency"], lamps["role"]) == ("1000000.0001", "EUR", "budget")
    assert lamps["amount as told"] == "1000000.0001 EUR"
    assert lamps["other amounts"] == "grant: 600000.50 EUR; budget: 2000000 EUR; cost share: 7 EUR"
    assert (lamps["period as told"], lamps["start"], lamps["end"]) == ("2013 to 2014-06", "2013", "2014-06")
    assert (lamps["funders"], lamps["partners"]) == ("EEA Grants", "Oil Town")
    assert (lamps["other organisations"], lamps["places"], lamps["countries"]) == (
        "client: Owl & Co",
        "Iași; Lyon",
        "RO; FR",
    )
    assert (lamps["programme"], lamps["reference"], lamps["document"]) == ("Bright Futures", "REF-1", "a.txt")
    assert (rows["owls"]["amount"], rows["owls"]["amount as told"]) == ("", "None RON")
    assert "with a digit lost" in rows["owls"]["notes"]
    assert rows["bridges"]["currency"] == rows["bridges"]["start"] == ""


def test_a_file_holds_what_is_wanted_in_the_order_that_is_wanted(listed: Store) -> None:
    assert [*lines(listed, wanted=Wanted(currency="RON", sort="title"))] == ["deer", "owls", "wells"]


def test_what_a_spreadsheet_program_might_run_is_text(listed: Store, tmp_path: Path) -> None:
    assert lines(listed)["wells"]["title"] == "'=cmd|wells"
    to_xlsx(every_row(listed, Wanted()), texts_of(listed), tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    title = next(row[1] for row in sheet.iter_rows(min_row=2) if row[0].value == "wells")
    assert (title.value, title.data_type, title.quotePrefix) == (WELLS.title, "s", True)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}


def test_amounts_of_a_workbook_are_numbers_unless_the_program_would_round_them(tmp_path: Path) -> None:
    exact = Project("a", "A", None, (), "a.txt", LAMPS.span, "en", "")
    told = [("12.5", 12.5), ("123456789012345678", "123456789012345678")]
    for value, shown in told:
        amounts = (Amount(value, "EUR", "grant", "x", LAMPS.span),)
        project = Project(**{name: getattr(exact, name) for name in exact.__slots__} | {"amounts": amounts})
        to_xlsx([project], {}, tmp_path / "x.xlsx", names=GIVING)
        sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
        assert sheet["E2"].value == shown


def test_a_cell_is_cut_where_a_workbook_would_be_damaged() -> None:
    assert fitting("a" * LONGEST_CELL) == "a" * LONGEST_CELL
    cut = fitting("😀" * LONGEST_CELL)
    assert cut.endswith("😀…")
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert fitting("\x0b") == "\N{REPLACEMENT CHARACTER}"


def test_names_that_nobody_knows_are_told_before_anything_is_written(listed: Store) -> None:
    with pytest.raises(MisuseError, match="360giving"):
        to_csv([], texts_of(listed), names="oecd")


def test_by_360giving_s_names_a_budget_is_no_award_and_what_is_not_told_stays_empty(listed: Store) -> None:
    rows = lines(listed, GIVING)
    lamps = next(row for row in csv_rows(listed) if row["Data Source"] == "a.txt")
    assert (lamps["Identifier"], lamps["Currency"], lamps["Amount Awarded"]) == ("REF-1", "EUR", "600000.50")
    assert (lamps["Total Budget"], lamps["Award Date"]) == ("1000000.0001", "2012-12-01")
    assert (lamps["Planned Dates:Start Date"], lamps["Planned Dates:End Date"]) == ("2013", "2014-06")
    assert (lamps["Grant Programme:Title"], lamps["URL"]) == ("Bright Futures", "https://example.org/a")
    assert lamps["Description"] == "Lamps\nthat shine"
    assert (rows["bridges"]["Identifier"], rows["bridges"]["Amount Awarded"], rows["bridges"]["Total Budget"]) == (
        "bridges", "", "10",
    )  # fmt: skip
    assert {row["Recipient Org:Identifier"] + row["Funding Org:Identifier"] for row in rows.values()} == {""}
    # The day of the agreement stands for the start of the record, but not in a column of its own.
    assert rows["Agreements"]["Award Date"] == "2012-12-01"
    assert rows["Agreements"]["Planned Dates:Start Date"] == ""
    # One column says the currency: of a budget in another one the words stand elsewhere.
    assert (rows["Agreements"]["Currency"], rows["Agreements"]["Total Budget"]) == ("EUR", "")
    assert rows["Agreements"]["Other Amounts"] == "budget: 8 USD"


def csv_rows(store: Store) -> list[dict[str, str]]:
    whole = b"".join(to_csv(every_row(store, Wanted()), texts_of(store), names=GIVING)).decode("utf-8-sig")
    return [*csv.DictReader(io.StringIO(whole, newline=""))]


def facts(project: Project) -> tuple[object, ...]:
    """What of a record a download by 360Giving's names has columns for."""
    money = [main_amount(project.amounts, [role]) for role in ("grant", "budget")]
    period = project.period
    return (
        project.title,
        [(Decimal(one.amount), one.currency) for one in money if one and one.amount],
        (period.start, period.end) if period else None,
        [[one.name for one in project.organisations if one.role == role] for role in ("funder", "partner")],
        [(one.name, one.country) for one in project.places],
    )


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_reader_reads_a_download_by_360giving_s_names_as_it_was(
    sample_store: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"projects.{ending}"
    with closing(Store(Settings(sample_store))) as store:
        told = [*every_row(store, Wanted())]
        if ending == "csv":
            path.write_bytes(b"".join(to_csv(told, texts_of(store), names=GIVING)))
        else:
            to_xlsx(told, texts_of(store), path, names=GIVING)
    read = [one for file in find_files([path]) for reading in read_file(file) for one in reading.projects]
    assert len(told) > 10
    assert [facts(one) for one in read] == [facts(one) for one in told]
