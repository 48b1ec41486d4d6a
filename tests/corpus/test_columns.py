"""What a register's columns mean, by their headers in several languages and by their values."""

import pytest

from corpus.cells import day_first_of, decimal_mark_of, is_date, money_parts
from corpus.columns import header_currency, is_register, is_sum, labels_of, learn_columns
from corpus.labels import Meaning
from corpus.readers.draft import Column

TITLE, DESCRIPTION = Meaning("title", "project"), Meaning("description")
START, END, AGREED = Meaning("period", "start"), Meaning("period", "end"), Meaning("period", "agreed")
BUDGET, GRANT, SHARE = Meaning("amount", "budget"), Meaning("amount", "grant"), Meaning("amount", "cost share")
BENEFICIARY, FUNDER = Meaning("organisation", "beneficiary"), Meaning("organisation", "funder")
PLACE, PROGRAMME, REFERENCE = Meaning("place"), Meaning("programme"), Meaning("reference")


def meanings(headers: str, *rows: str) -> list[Meaning | None]:
    columns = learn_columns(headers.split(";"), [row.split(";") for row in rows])
    return [column.meaning for column in columns]


@pytest.mark.parametrize(
    "headers",
    [
        "Project title;Beneficiary;Start date;End date;Total cost;Grant;County;Summary",
        "Titlu proiect;Denumire beneficiar;Data începerii;Data finalizării;Valoare totală;Fonduri UE;Județ;Rezumat",
        "Naziv projekta;Korisnik;Datum početka;Datum završetka;Ukupni trošak;Bespovratna sredstva;Županija;Opis",
        "Bezeichnung des Vorhabens;Begünstigter;Beginn;Ende;Gesamtkosten;Fördersumme;Bundesland;Kurzbeschreibung",
        "Intitulé du projet;Bénéficiaire;Date de début;Date de fin;Coût total;Subvention;Région;Résumé",
        "Titolo progetto;Beneficiario;Data inizio;Data fine;Costo totale;Contributo UE;Comune;Sintesi progetto",
        "Nombre del proyecto;Beneficiario;Fecha de inicio;Fecha de fin;Coste total;Subvención;Provincia;Resumen",
        "Tytuł projektu;Beneficjent;Data rozpoczęcia;Data zakończenia;Koszt całkowity;Dofinansowanie;Powiat;Opis",
        "Projekt címe;Kedvezményezett;Kezdés dátuma;Befejezés dátuma;Összköltség;Támogatás;Megye;Összefoglaló",
        "Наименование на проекта;Бенефициент;Начална дата;Крайна дата;Обща стойност;БФП;Област;Описание",
        "Τίτλος έργου;Δικαιούχος;Ημερομηνία έναρξης;Ημερομηνία λήξης;Προϋπολογισμός;Επιχορήγηση;Περιφέρεια;Περιγραφή",
        "project_title;beneficiary_name;start_date;end_date;total_cost;grant_amount;country_name;project_summary",
        "projectTitle;beneficiaryName;startDate;endDate;totalCost;grantAmount;countryName;projectSummary",
        "PROJECTTITLE;BENEFICIARYNAME;STARTDATE;ENDDATE;TOTALCOST;GRANTAMT;COUNTRYNAME;PROJECTSUMMARY",
    ],
)
def test_a_list_of_operations_is_understood_in_the_languages_of_the_trade(headers: str) -> None:
    row = "Lamps on hills;Org Ltd;2012-03-01;2013-03-01;1.234,50;1.000,25;Cluj;Words about lamps"
    title, *rest = meanings(headers, row)
    assert title in (TITLE, Meaning("title"))
    assert rest == [BENEFICIARY, START, END, BUDGET, GRANT, PLACE, DESCRIPTION]


def test_a_register_of_grants_as_360giving_names_its_columns() -> None:
    headers = (
        "Identifier;Title;Currency;Amount Applied For;Amount Awarded;Award Date;Planned Dates:Start Date;"
        "Planned Dates:Duration (months);Recipient Org:Identifier;Recipient Org:Name;Funding Org:Name;"
        "Grant Programme:Code;Grant Programme:Title;Beneficiary Location:Name;Last modified"
    )
    row = "x-1;Lamps;GBP;900;1000;2019-01-02;2019-03-01;12;GB-1;Org;Fund of X;P1;Lights;Leeds;2020-01-01"
    assert meanings(headers, row, row.replace("x-1", "x-2")) == [
        REFERENCE, Meaning("title"), Meaning("currency"), None, GRANT, AGREED, START,
        None, None, BENEFICIARY, FUNDER,
        None, PROGRAMME, PLACE, None,
    ]  # fmt: skip


def test_a_register_as_cordis_publishes_it_is_in_euros() -> None:
    headers = "id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;topics;ecSignatureDate;objective"
    row = "101;LAMP;SIGNED;Lamps on hills;2012-03-01;2013-03-01;1234,5;1000;T-1;2012-01-05;To set lamps"
    columns = learn_columns(headers.split(";"), [row.split(";")])
    assert [column.meaning for column in columns] == [
        REFERENCE, Meaning("alias"), None, Meaning("title"), START, END, BUDGET, GRANT, None, AGREED,
        DESCRIPTION,
    ]  # fmt: skip
    assert [(column.currency, column.decimal_mark) for column in columns[6:8]] == [("EUR", ","), ("EUR", ",")]


def test_a_date_of_approval_is_no_start_and_the_register_s_own_dates_are_no_dates_of_a_project() -> None:
    headers = "boardapprovaldate;loan_effective_date;closingdate;public_disclosure_date;last_update"
    assert meanings(headers, "2012-01-01;2012-02-01;2013-01-01;2014-01-01;2015-01-01") == [
        AGREED,
        None,
        END,
        None,
        None,
    ]


def test_the_signing_of_a_contract_is_not_its_end_though_one_word_says_both() -> None:
    assert meanings("Data încheierii contractului;Data încheierii", "01.02.2012;01.02.2013") == [AGREED, END]


def test_total_and_eligible_cost_of_one_currency_are_one_budget_and_payments_none() -> None:
    headers = "Valoare eligibilă (lei);Total valoare proiect (lei);Total (EUR);Plăți (lei);Rata de cofinanțare UE"
    assert meanings(headers, "100;120;25;10;85") == [None, BUDGET, BUDGET, None, None]


def test_own_contribution_is_a_cost_share_and_a_budget_of_a_year_one_of_a_year() -> None:
    headers = "Contribuția proprie a beneficiarului;Budget 2014;Budget 2015"
    assert meanings(headers, "10;20;30") == [SHARE, Meaning("amount", "year"), Meaning("amount", "year")]


@pytest.mark.parametrize(
    "header",
    [
        "Project type", "Beneficiary sector", "Contact person", "Project manager name", "Postal code", "Status",
        "Number of students", "Rata de cofinanțare", "Beneficiary VAT number", "Latitude", "E-mail", "Priority",
    ],
)  # fmt: skip
def test_columns_about_something_else_keep_their_own_names(header: str) -> None:
    assert meanings(header, "12", "12") == [None]


@pytest.mark.parametrize(("header", "cell"), [("Amount", "see annex"), ("Start date", "yes"), ("Website", "none")])
def test_a_header_whose_values_are_of_another_kind_is_not_believed(header: str, cell: str) -> None:
    assert meanings(header, cell, cell)[0] in (None, FUNDER)


def test_a_column_that_counts_the_rows_is_no_reference() -> None:
    assert meanings("No.;Code", "1;A-7", "2;B-3", "3;C-9") == [None, REFERENCE]


def test_what_no_header_tells_is_told_by_the_values() -> None:
    prose = "Words about lamps on the hills and about the people who set them there in the long years " * 2
    assert meanings("pdo;zzz;qq", f"{prose};A-17;Kenya", f"{prose}x;A-19;Romania") == [DESCRIPTION, REFERENCE, PLACE]


def test_a_short_purpose_is_the_title_of_a_grant_that_has_no_other() -> None:
    assert meanings("Grantee;Purpose;Award", "Org;To set lamps;$5") == [BENEFICIARY, Meaning("title"), GRANT]
    assert meanings("Title;Purpose;Award", "Lamps;To set lamps;$5")[1] == DESCRIPTION


WORKS = ("Flood maps of the Owl valley", "Traffic model for the Tern bypass", "Review of the Heron water plant")
STAFF = ("Ana Pop", "Ion Stan", "Ada Lungu")


@pytest.mark.parametrize("header", ["Assignment", "Lucrarea", "Zzz"])
def test_different_texts_of_several_words_are_the_titles_where_no_header_is(header: str) -> None:
    rows = [f"KfW;{work};Kenya;{at}5000 EUR;2014" for at, work in enumerate(WORKS, start=1)]
    assert meanings(f"Client;{header};Country;Value;Start date", *rows)[1] == TITLE


def test_names_and_repeated_texts_and_price_lists_have_no_titles() -> None:
    staff = [f"KfW;{name};Kenya;{at}5000 EUR;2014" for at, name in enumerate(STAFF, start=1)]
    assert meanings("Client;Zzz;Country;Value;Start date", *staff)[1] is None
    again = [f"KfW;{WORKS[0]};Kenya;{at}5000 EUR;2014" for at in range(1, 4)]
    assert meanings("Client;Zzz;Country;Value;Start date", *again)[1] is None
    prices = [f"{work};{at}5 EUR" for at, work in enumerate(WORKS, start=1)]
    assert meanings("Zzz;Price", *prices)[0] is None


def test_labels_are_unique_and_never_empty() -> None:
    assert labels_of(["Partner", "", " Partner: ", "Partner"]) == ["Partner", "Column 2", "Partner (2)", "Partner (3)"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Amount (EUR)", "EUR"), ("Valoare (lei)", "RON"), ("total_cost_eur", "EUR"), ("TotalBudgetEUR", "EUR"),
        ("Award (£)", "GBP"), ("Amount [ALL]", "ALL"), ("TOTAL OF ALL COSTS", ""), ("EUR or USD", ""), ("Amount", ""),
    ],
)  # fmt: skip
def test_a_header_may_give_the_currency(header: str, code: str) -> None:
    assert header_currency(header) == code


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.234,50", "12"], ","), (["1,234.50"], "."), (["12,5", "7,25"], ","), (["1.234", "5.678"], ""),
        (["1.234.567"], ","), (["0.125"], "."), (["1234.567"], "."), (["100"], ""), ([], ""), (["1,5", "1.5"], ""),
    ],
)  # fmt: skip
def test_a_column_s_decimal_mark_is_learned_from_all_its_numbers(cells: list[str], mark: str) -> None:
    assert decimal_mark_of(cells) == mark


def test_day_and_month_are_told_apart_by_a_day_above_12() -> None:
    assert day_first_of(["05/04/2021", "25/04/2021"]) is True
    assert day_first_of(["05/04/2021", "04/25/2021"]) is False
    assert day_first_of(["05/04/2021"]) is None
    assert day_first_of(["25/04/2021", "04/25/2021"]) is None


def test_the_order_of_day_and_month_holds_for_all_dates_of_a_register() -> None:
    columns = learn_columns(["Title", "Start", "End"], [["a", "05/04/2021", "25/05/2021"]])
    assert [column.day_first for column in columns] == [None, True, True]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("5.172.338,50 kn", ("5.172.338,50", "HRK")), ("€ 12", ("12", "EUR")), ("12 000", ("12 000", "")),
        ("(500)", ("(500)", "")), ("-5 EUR", ("-5", "EUR")), ("2010", ("2010", "")), ("1'200.-", ("1'200", "")),
        ("05.03.2010", None), ("2010-03-05", None), ("12 students", None), ("REF 12", None), ("", None), ("n/a", None),
    ],
)  # fmt: skip
def test_a_cell_is_an_amount_only_if_it_is_nothing_else(cell: str, parts: tuple[str, str] | None) -> None:
    assert money_parts(cell) == parts


@pytest.mark.parametrize(
    "cell", ["2012", "2012-03-05T00:00:00Z", "5.3.2012", "March 2012 – May 2013", "05/04/21", "01.03.2021 - 30.11.2021"]
)
def test_dates_and_periods_are_dates(cell: str) -> None:
    assert is_date(cell)


@pytest.mark.parametrize("cell", ["1,2012", "2.012.500", "In 2012 we set up lamps on all of the hills", "Row 7", ""])
def test_numbers_and_prose_are_no_dates(cell: str) -> None:
    assert not is_date(cell)


@pytest.mark.parametrize("title", ["Total", "TOTAL GENERAL:", "Ukupno", "Grand total", "Σύνολο"])
def test_a_line_that_sums_up_is_known(title: str) -> None:
    assert is_sum(title)
    assert not is_sum(f"{title} lamps")


def test_a_register_has_a_title_and_something_that_only_projects_have() -> None:
    title, place, amount = Column("a", TITLE), Column("b", PLACE), Column("c", BUDGET)
    assert is_register([title, amount])
    assert not is_register([title, place])
    assert not is_register([amount, place])


@pytest.mark.parametrize(
    ("header", "currency"),
    [
        ("Commitment (USD)", "USD"),
        ("Net commitment (US$)", "USD"),
        ("Total commitment", ""),
        ("Principal (EUR)", "EUR"),
        ("Facility (EUR)", "EUR"),
        ("Committed (USDm)", "USD"),
        ("Suma angajată (lei)", "RON"),
    ],
)
def test_where_no_column_is_an_amount_that_of_money_is(header: str, currency: str) -> None:
    rows = [["L-1", "Lamps on hills", "39834000"], ["L-2", "Boats on seas", "16500000"]]
    column = learn_columns(["Loan No.", "Project", header], rows)[2]
    assert (column.meaning, column.currency) == (BUDGET, currency)


def test_what_was_promised_is_no_amount_beside_a_cost() -> None:
    assert meanings("Project;Total cost (USD);Commitment (USD)", "Lamps;500000;400000")[1:] == [BUDGET, None]


@pytest.mark.parametrize("header", ["Interest (USD)", "Outstanding (USD)", "Household size", "Commitment year"])
def test_not_every_number_is_the_money_of_a_project(header: str) -> None:
    assert Meaning("amount", "budget") not in meanings(f"Project;{header}", "Lamps on hills;2012", "Boats;2013")


@pytest.mark.parametrize("header", ["Approved", "Signed", "Award date", "Aprobat", "Data semnării"])
def test_a_column_of_days_on_which_it_was_decided_is_that_of_the_agreement(header: str) -> None:
    assert meanings(f"Project;{header};Closing date", "Lamps;2 June 2019;2021-05-01")[1:] == [AGREED, END]
