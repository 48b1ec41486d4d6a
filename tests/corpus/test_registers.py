"""Project records from registers: every field from its column, with the words and the place it was read from."""

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dates import GOES_ON
from corpus.document import Block, Document, Span
from corpus.labels import Meaning
from corpus.readers.delimited import read_csv
from corpus.readers.draft import Column, Draft
from corpus.readers.json_register import read_json_lines
from corpus.record import Amount, Organisation, Period, Place, Project
from corpus.registers import find_records

DATA = Path(__file__).parents[3] / "shared" / "data"


def document(draft: Draft) -> Document:
    return Document("id", "register.csv", "text/csv", "", "en", "", draft.text, draft.blocks)


def projects(tmp_path: Path, *lines: str) -> list[Project]:
    path = tmp_path / "register.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return [project for draft in read_csv(path) for project in find_records(document(draft), draft.columns)]


def one(tmp_path: Path, *lines: str) -> Project:
    (project,) = projects(tmp_path, *lines)
    return project


def money(project: Project) -> list[tuple[str | None, str | None, str, str]]:
    return [(amount.amount, amount.currency, amount.role, amount.note) for amount in project.amounts]


def test_a_row_becomes_a_record_with_every_field_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        "Project title;Code;Beneficiary;Start date;End date;Total cost (EUR);Grant (EUR);Country;Summary;Remarks\n"
        "Lamps on Hills (LOH);A-1;Org Ltd (12345678);01.02.2012;28.02.2013;1.234,50;1.000,00;Kenya;We set lamps.;none\n"
    )
    (draft,) = read_csv(path)
    (project,) = find_records(document(draft), draft.columns)
    assert (project.id, project.title, project.reference) == ("lamps-on-hills-loh", "Lamps on Hills (LOH)", "A-1")
    assert "Lamps on Hills" in project.aliases
    assert project.description == "We set lamps."
    assert project.period is not None
    assert (project.period.start, project.period.end) == ("2012-02-01", "2013-02-28")
    assert project.period.note == "the end stands apart: End date: 28.02.2013"
    assert money(project) == [("1234.5", "EUR", "budget", ""), ("1000", "EUR", "grant", "")]
    (organisation,) = project.organisations
    assert (organisation.name, organisation.text, organisation.role) == ("Org Ltd", "Org Ltd (12345678)", "beneficiary")
    assert [(place.name, place.country) for place in project.places] == [("Kenya", "KE")]
    told = {field.label: (field.name, field.span.of(draft.text)) for field in project.fields}
    assert told["Project title"] == ("title", "Lamps on Hills (LOH)")
    assert told["Remarks"] == ("other", "none")
    assert told["Grant (EUR)"] == ("amount", "1.000,00")
    assert project.span.of(draft.text) == draft.text.strip()


def test_a_row_s_own_currency_column_holds_for_its_amounts(tmp_path: Path) -> None:
    found = projects(tmp_path, "Title,Amount Awarded,Currency", "Lamps,1000,GBP", "Hills,500.50,EUR", "Seas,5,")
    assert [money(project)[0] for project in found] == [
        ("1000", "GBP", "grant", ""),
        ("500.5", "EUR", "grant", ""),
        ("5", None, "grant", "no currency is given"),
    ]


def test_a_cell_s_own_currency_wins_over_its_column_s(tmp_path: Path) -> None:
    assert money(one(tmp_path, "Title;Budget (EUR)", "Lamps;12 lei")) == [("12", "RON", "budget", "")]


def test_no_currency_is_guessed(tmp_path: Path) -> None:
    assert money(one(tmp_path, "Title,Grant", "Lamps,1200")) == [("1200", None, "grant", "no currency is given")]


def test_one_number_of_a_column_settles_how_the_others_are_read(tmp_path: Path) -> None:
    found = projects(tmp_path, "Title;Cost (EUR)", "Lamps;1.234", "Hills;1.234,56")
    assert [money(project)[0][0] for project in found] == ["1234", "1234.56"]
    found = projects(tmp_path, "Title;Cost", "Lamps;1.234", "Hills;12.5")
    assert [money(project)[0][0] for project in found] == ["1.234", "12.5"]


@pytest.mark.parametrize(
    ("header", "cells", "values"),
    [
        ("Contract value (€)", "95.000;1.2 million;€ 137.000;12.50;29000", "95000;1200000;137000;12.5;29000"),
        ("Valoare (lei)", "95,000;346,100.50;80.000,75;262 000;-", "95000;346100.5;80000.75;262000;"),
        ("Total cost (EUR)", "0.125;1234.567;12.345;7.5;1", "0.125;1234.567;12.345;7.5;1"),
        ("Budget (million EUR)", "1.250;2.5;0.75;12;3", "1250000;2500000;750000;12000000;3000000"),
    ],
)
def test_three_digits_behind_a_mark_are_a_group_where_the_header_gives_the_currency(
    tmp_path: Path, header: str, cells: str, values: str
) -> None:
    rows = [f"Lamp {at}\t{cell}" for at, cell in enumerate(cells.split(";"))]
    found = [money(project) for project in projects(tmp_path, f"Title\t{header}", *rows)]
    assert [one[0][0] if one and one[0][0] else "" for one in found] == values.split(";")


def test_an_amount_in_words_takes_the_currency_of_its_header(tmp_path: Path) -> None:
    told = ["1.2 million", "approx. 95,000", "confidential", "see annex 3", "peste 2 milioane"]
    cells = [*told, *(f"{at} 000" for at in range(10, 20))]
    rows = [f"Lamp {at};{cell}" for at, cell in enumerate(cells)]
    found = [money(project) for project in projects(tmp_path, "Title;Contract value (€)", *rows)]
    assert found[: len(told)] == [
        [("1200000", "EUR", "budget", "")],
        [("95000", "EUR", "budget", "approx, as the source says")],
        [],
        [(None, "EUR", "budget", "no amount with a currency is given")],
        [("2000000", "EUR", "budget", "peste, as the source says")],
    ]


def test_an_end_called_ongoing_leaves_the_start_and_goes_on(tmp_path: Path) -> None:
    rows = [f"Lamp {at};06.08.2022;{end};5 EUR" for at, end in enumerate(["ongoing", "în derulare", "to date"])]
    header, ended = "Title;Start date;Completion date;Budget", "Hills;06.08.2022;01.02.2023;5 EUR"
    for period in (project.period for project in projects(tmp_path, header, *rows, ended)[:3]):
        assert period is not None
        assert (period.start, period.end) == ("2022-08-06", None)
        assert GOES_ON in period.note


def test_an_amount_that_could_be_a_year_is_an_amount_under_its_header(tmp_path: Path) -> None:
    assert money(one(tmp_path, "Title,Cost (EUR)", "Lamps,2010")) == [("2010", "EUR", "budget", "")]


def test_thousands_that_the_header_names_are_counted_and_told(tmp_path: Path) -> None:
    project = one(tmp_path, "Title;Budget (thousand EUR)", "Lamps;1.5")
    assert money(project) == [("1500", "EUR", "budget", "in thousand, as its column says")]


def test_several_amounts_in_words_are_read_one_by_one(tmp_path: Path) -> None:
    rows = ["Title;Budget", "Hills;5 EUR", "Seas;6 EUR", "Lamps;9,910 EUR | cost share 10,433 EUR"]
    project = projects(tmp_path, *rows)[2]
    assert [(amount.amount, amount.text) for amount in project.amounts] == [
        ("9910", "9,910 EUR"),
        ("10433", "10,433 EUR"),
    ]


def test_a_cell_without_a_digit_is_no_amount(tmp_path: Path) -> None:
    assert projects(tmp_path, "Title,Budget", "Hills,5 EUR", "Seas,6 EUR", "Lamps,n/a")[2].amounts == ()


def test_the_date_of_a_contract_stands_for_the_start_in_a_register_that_has_none_and_says_so(tmp_path: Path) -> None:
    project = one(tmp_path, "Title,Award date,End date", "Lamps,2012-01-05,2013-01-01")
    assert project.period is not None
    assert (project.period.start, project.period.end) == ("2012-01-05", "2013-01-01")
    assert project.period.note.startswith("no start is given; it is the date under “Award date”; ")


def test_the_date_of_a_contract_is_no_start_where_the_register_has_starts(tmp_path: Path) -> None:
    rows = ["Title,Award date,Start date,Budget", "Lamps,2012-01-05,,5 EUR", "Hills,2012-01-05,2012-03-01,6 EUR"]
    lamps, hills = projects(tmp_path, *rows)
    assert lamps.period is None
    assert hills.period is not None
    assert (hills.period.start, hills.period.end, hills.period.note) == ("2012-03-01", None, "")


def test_an_end_before_the_start_and_a_day_no_calendar_has_are_noted(tmp_path: Path) -> None:
    rows = ["Title,Start date,End date", "Lamps,2013-01-05,2012-01-01", "Hills,2013-02-30,2013-03-01"]
    lamps, hills = projects(tmp_path, *rows)
    assert lamps.period is not None
    assert hills.period is not None
    assert "the end lies before the start" in lamps.period.note
    assert (hills.period.start, hills.period.end) == (None, "2013-03-01")
    assert "2013-02-30 is no date of the calendar" in hills.period.note


def test_day_and_month_are_read_as_the_column_shows(tmp_path: Path) -> None:
    found = projects(tmp_path, "Title,Start date", "Lamps,05/04/2021", "Hills,25/04/2021")
    assert [project.period.start for project in found if project.period] == ["2021-04-05", "2021-04-25"]
    found = projects(tmp_path, "Title,Start date", "Lamps,05/04/2021", "Hills,04/25/2021")
    assert [project.period.start for project in found if project.period] == ["2021-05-04", "2021-04-25"]


def test_a_period_in_one_column_has_both_its_ends(tmp_path: Path) -> None:
    project = one(tmp_path, "Title,Period", "Lamps,2011-2012")
    assert project.period is not None
    assert (project.period.start, project.period.end, project.period.text) == ("2011", "2012", "2011-2012")


@pytest.mark.parametrize(
    ("header", "cell", "names"),
    [
        ("Partners", "A; B | C", ["A", "B", "C"]),
        ("Parteneri", "A; B", ["A", "B"]),
        ("Partner", "A; B", ["A", "B"]),
        ("Finanțator", "Fundația A + Fondul B", ["Fundația A", "Fondul B"]),
        ("Funder", "Erasmus+ Agency", ["Erasmus+ Agency"]),
        ("Beneficiary", "Smith, Jones and Co", ["Smith, Jones and Co"]),
        ("Partners", "Smith, Jones and Co", ["Smith, Jones and Co"]),
    ],
)
def test_names_are_parted_by_marks_that_no_name_has_inside(
    tmp_path: Path, header: str, cell: str, names: list[str]
) -> None:
    project = one(tmp_path, f"Title\t{header}\tBudget", f"Lamps\t{cell}\t5 EUR")
    assert [organisation.name for organisation in project.organisations] == names


def test_an_organisation_s_country_in_brackets_is_known(tmp_path: Path) -> None:
    (organisation,) = one(tmp_path, "Title,Partner", "Lamps,Org Ltd (Kenya)").organisations
    assert (organisation.name, organisation.country, organisation.text) == ("Org Ltd", "KE", "Org Ltd (Kenya)")


def test_records_of_one_title_have_ids_of_their_own(tmp_path: Path) -> None:
    found = projects(tmp_path, "Title,Budget", "Lamps,5 EUR", "Lamps,6 EUR", "Lamps,7 EUR")
    assert [project.id for project in found] == ["lamps", "lamps--2", "lamps--3"]


def test_a_row_titled_by_its_reference_or_number_has_no_title_field(tmp_path: Path) -> None:
    found = projects(tmp_path, "Title,Project code,Budget", "Lamps,A1,5", ",A2,6", ",,7")
    assert [project.title for project in found] == ["Lamps", "A2", "Row 4"]
    assert [[field.name for field in project.fields] for project in found] == [
        ["title", "reference", "amount"],
        ["reference", "amount"],
        ["amount"],
    ]


def test_the_line_that_sums_up_is_no_project(tmp_path: Path) -> None:
    found = projects(tmp_path, "Title,Budget", "Lamps,5 EUR", "Total,5 EUR")
    assert [project.title for project in found] == ["Lamps"]


def test_a_table_that_is_no_register_of_projects_has_none(tmp_path: Path) -> None:
    assert projects(tmp_path, "City,People", "Cluj,300000") == []
    assert projects(tmp_path, "Name,City", "Ana,Cluj") == []


def test_a_label_that_no_column_knows_is_kept_under_its_name() -> None:
    text = "Lamps\nOwn: 5\n"
    blocks = (Block(Span(0, 5), "record"), Block(Span(6, 12), "field", 0, (Span(6, 9), Span(11, 12))))
    draft = Draft(text, blocks)
    columns = [Column("Title", Meaning("title")), Column("Ref", Meaning("reference"))]
    (project,) = find_records(document(draft), columns)
    assert [(field.name, field.label) for field in project.fields] == [("title", "Title"), ("other", "Own")]


def spans_hold(project: Project, text: str) -> bool:
    values: list[Amount | Organisation | Place | Period] = [*project.amounts, *project.organisations, *project.places]
    values += [project.period] if project.period else []
    fields = [field.span.of(text) for field in project.fields]
    return all(value.span.of(text) == value.text for value in values) and all(fields)


cells = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20),
    st.sampled_from(
        ["1.234,50 lei", "€ 5", "2012", "5/4/2021", "A; B | C", "Kenya (60%)", "Cluj, Romania", "(5)", "x;"]
    ),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(cells, min_size=6, max_size=6), min_size=1, max_size=6))
def test_every_value_is_verbatim_where_it_is_said_to_stand(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("law") / "register.csv"
    out = io.StringIO()
    csv.writer(out).writerows([["Title", "Budget", "Start date", "End date", "Partners", "Countries"], *rows])
    path.write_text(out.getvalue(), newline="", encoding="utf-8")
    for draft in read_csv(path):
        for project in find_records(document(draft), draft.columns):
            assert spans_hold(project, draft.text)
            assert (
                project.span.start <= min(field.span.start for field in project.fields or ()) if project.fields else 1
            )


@pytest.mark.skipif(not (DATA / "croatia").is_dir(), reason="the sample data are not there")
def test_a_register_in_croatian_has_grant_and_total_apart_in_every_row() -> None:
    with (DATA / "croatia" / "operations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    found: list[Project] = []
    for draft in read_csv(DATA / "croatia" / "operations.csv"):
        found += find_records(document(draft), draft.columns)
    assert len(found) == len(rows) == 2_532
    for project, row in zip(found, rows, strict=True):
        grant, total = (_plain(cell) for cell in row[-2:])
        assert [(amount.role, amount.amount) for amount in project.amounts] == [("grant", grant), ("budget", total)]
        assert {amount.currency for amount in project.amounts} <= {"HRK", "EUR"}
        assert project.title == " ".join(row[0].split())
        assert project.period is not None
        assert project.period.end == "-".join(reversed(row[9].rstrip(".").split(".")))


def _plain(cell: str) -> str:
    """`5.172.338,50 kn` as a plain decimal, by string operations alone."""
    whole, _, cents = cell.split()[0].replace(".", "").partition(",")
    return f"{whole}.{cents}".rstrip("0").rstrip(".")


@pytest.mark.skipif(not (DATA / "worldbank").is_dir(), reason="the sample data are not there")
def test_a_register_with_headers_written_as_one_word_is_understood_and_no_currency_guessed(tmp_path: Path) -> None:
    path = tmp_path / "projects.jsonl"
    with gzip.open(DATA / "worldbank" / "projects.jsonl.gz", "rt", encoding="utf-8") as packed:
        path.write_text("".join(line for line, _ in zip(packed, range(1_000), strict=False)), encoding="utf-8")
    (draft,) = read_json_lines(path)
    found = find_records(document(draft), draft.columns)
    assert len(found) == 1_000
    assert all(project.reference.startswith("P") and spans_hold(project, draft.text) for project in found)
    amounts: list[Amount] = [amount for project in found for amount in project.amounts]
    assert {amount.role for amount in amounts} == {"budget", "grant"}
    assert {(amount.currency, amount.note) for amount in amounts} == {(None, "no currency is given")}


def test_a_line_across_the_table_is_text_and_no_project(tmp_path: Path) -> None:
    rows = ["Nr,Title,Budget,Start", "Year 2018,,,", "1,Lamps,5 EUR,2018", "Year 2019,,,", "2,Hills,6 EUR,2019"]
    path = tmp_path / "register.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    (draft,) = read_csv(path)
    found = find_records(document(draft), draft.columns)
    assert [project.title for project in found] == ["Lamps", "Hills"]
    assert not any("Year" in project.span.of(draft.text) for project in found)
    headings = [block.span.of(draft.text) for block in draft.blocks if block.kind == "heading"]
    assert headings == ["Year 2018", "Year 2019"]


def test_words_merged_across_the_table_are_text_though_the_format_repeats_them(tmp_path: Path) -> None:
    rows = ["Title,Budget,Start", "Year 2018,Year 2018,Year 2018", "Lamps,5 EUR,2018", "Hills,6 EUR,2019"]
    assert [project.title for project in projects(tmp_path, *rows)] == ["Lamps", "Hills"]


def test_in_a_narrow_table_a_title_alone_is_a_project(tmp_path: Path) -> None:
    rows = ["Title,Budget", "Lamps,5 EUR", "Hills,"]
    assert [project.title for project in projects(tmp_path, *rows)] == ["Lamps", "Hills"]


def test_a_column_without_a_telling_number_takes_the_decimal_mark_of_the_others(tmp_path: Path) -> None:
    rows = ["Title\tGrant (lei)\tOwn contribution (lei)", "Lamps\t1.250,50\t300,00", "Hills\t900,25\t7.000"]
    lamps, hills = projects(tmp_path, *rows)
    assert [amount.amount for amount in lamps.amounts] == ["1250.5", "300"]
    assert [amount.amount for amount in hills.amounts] == ["900.25", "7000"]


def test_names_on_lines_of_their_own_are_one_each_and_a_wrapped_name_is_one(tmp_path: Path) -> None:
    cells = ('"Owl Trust\nHarbour Fund"', '"Fund for\nthe Sea"', '"Bank of\nHills"')
    rows = ["Title,Funder,Budget", *(f"{title},{cell},5 EUR" for title, cell in zip("ABC", cells, strict=True))]
    found = [[one.name for one in project.organisations] for project in projects(tmp_path, *rows)]
    assert found == [["Owl Trust", "Harbour Fund"], ["Fund for the Sea"], ["Bank of Hills"]]


def test_a_scale_of_one_letter_counts_beside_a_currency(tmp_path: Path) -> None:
    project = one(tmp_path, "Title;Committed (USD m)", "Lamps;16.5")
    assert money(project) == [("16500000", "USD", "budget", "in m, as its column says")]
