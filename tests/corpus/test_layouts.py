"""Pages laid out in ways that no heading or colon marks: what is learned from the page itself."""

from collections.abc import Callable

from corpus.document import Document
from corpus.projects import find_projects
from corpus.record import Project

Read = Callable[..., Document]


def titles(document: Document) -> list[str]:
    return [project.title for project in find_projects(document)]


def labelled(document: Document, project: Project) -> dict[str, str]:
    return {field.label: field.span.of(document.text) for field in project.fields if field.source == "label"}


def test_labels_that_run_into_their_values_are_read_where_they_stand_together(read: Read) -> None:
    document = read(
        "## Lămpi pe deal\n\nCopiii aprind lămpi.\n\nPerioada septembrie 2014 – iunie 2017\n\nBuget total 52.300 €\n\n"
        "Finanțatori Fundația Zâmbet; Banca Mare\n\n## Punți\n\nSate legate prin punți.\n\nDurata "
        "2019\n\nBuget total 7.000 €\n",
        "lampi.md",
    )
    first, second = find_projects(document)
    assert labelled(document, first) == {
        "Perioada": "septembrie 2014 – iunie 2017",
        "Buget total": "52.300 €",
        "Finanțatori": "Fundația Zâmbet; Banca Mare",
    }
    assert (second.title, labelled(document, second)) == ("Punți", {"Durata": "2019", "Buget total": "7.000 €"})


def test_a_sentence_that_begins_with_a_label_s_word_is_no_fact(read: Read) -> None:
    document = read(
        "## Lamp Hill\n\nSince its founding in 1987 the club has lit lamps.\n\nPartners Anna and Tom "
        "met in 2011 by chance.\n\n"
        "Period: 2011\n\nBudget: 5 EUR\n\nFunder: Oak Fund\n",
        "lamp.md",
    )
    (project,) = find_projects(document)
    assert set(labelled(document, project)) == {"Period", "Budget", "Funder"}


def test_labels_may_be_questions_and_may_end_in_a_dash(read: Read) -> None:
    page = (
        "Lamp Hill\n\nChildren light lamps on a hill.\n\nWhen? Jan 2017 – Dec 2018\nWho paid? Oak "
        "Rural Fund\nTotal cost - £96k\n\n"
        "Owl Yard\n\nOwls are counted every spring.\n\nWhen? 2019\nWho paid? Tern Trust\nTotal cost - £5k\n"
    )
    first, second = find_projects(read(page))
    assert (first.title, second.title) == ("Lamp Hill", "Owl Yard")
    assert first.period is not None
    assert (first.period.start, first.period.end) == ("2017-01", "2018-12")
    assert [(one.name, one.role) for one in first.organisations] == [("Oak Rural Fund", "funder")]
    assert [one.amount for one in first.amounts] == ["96000"]


def test_numbered_paragraphs_are_records_titled_by_the_words_they_begin_with(read: Read) -> None:
    document = read(
        "Relevant experience\n\n"
        "1. Lamps on the Hill. The project, worth 145,000 EUR, ran from March 2017 to June 2019 and "
        "was funded by the Oak Fund.\n\n"
        "2. “Owl Barometer” was a scheme for counting owls. The project ran between May 2014 and "
        "June 2016 on a budget of 5,000 EUR.\n\n"
        "3. Oil and Fire, a course on mills, was held from May 2018 to June 2018. The budget was 80,000 EUR.\n\n"
        "Key experts\n\n1. Anna Lepp, a miller who has worked in forty mills of the country from 2003 to 2011.\n\n"
        "2. Tom Moss, a keeper of owls and other birds for many years in several counties.\n"
    )
    assert titles(document) == ["Lamps on the Hill", "Owl Barometer", "Oil and Fire"]
    first = find_projects(document)[0]
    assert first.period is not None
    assert (first.period.start, first.period.end) == ("2017-03", "2019-06")
    assert [one.amount for one in first.amounts] == ["145000"]
    assert ("Oak Fund", "funder") in {(one.name, one.role) for one in first.organisations}


def test_a_title_without_facts_among_others_that_have_some_is_a_record(read: Read) -> None:
    facts = "- Period: {0}\n- Budget: {0} EUR\n\n"
    document = read(
        "# Work\n\nWe light lamps.\n\n## Who we are\n\nA club of nine people, founded by a miller long ago.\n\n"
        f"## Lamp Hill\n\nLamps.\n\n{facts.format(2011)}## Owl Yard\n\nOwls.\n\n{facts.format(2012)}"
        "## Warm Rooms\n\nSoup and somewhere warm to sit, with no questions asked.\n\n"
        f"## Oil Mill\n\nOil.\n\n{facts.format(2013)}## How to reach us\n\nBy the bridge, on any day but Monday.\n",
        "work.md",
    )
    assert titles(document) == ["Lamp Hill", "Owl Yard", "Warm Rooms", "Oil Mill"]


def test_headings_that_gather_several_projects_are_not_taken_for_projects(read: Read) -> None:
    facts = "<p>Cod SMIS: {0}</p><p>Perioada: 20{1}</p><p>Valoare totală: {0} lei</p>"
    document = read(
        "<h1>Proiecte</h1><h2>A. Proiecte finalizate</h2>"
        f"<p><b>1. Lămpi pe deal</b></p>{facts.format(119876, 17)}<p><b>2. Punți între "
        f"sate</b></p>{facts.format(124410, 18)}"
        f"<h2>B. Proiecte în derulare</h2><p><b>3. Moara de ulei</b></p>{facts.format(121003, 19)}"
        f"<p><b>4. Bufnițe</b></p>{facts.format(135512, 20)}",
        "proiecte.html",
    )
    assert titles(document) == ["Lămpi pe deal", "Punți între sate", "Moara de ulei", "Bufnițe"]


def test_a_labelled_title_in_each_of_several_tables_begins_a_record(read: Read) -> None:
    rows = (
        "<tr><td>Titlul proiectului</td><td>{}</td></tr><tr><td>Buget</td><td>{} "
        "lei</td></tr><tr><td>Perioada</td><td>2019</td></tr>"
    )
    tables = "".join(
        f"<table>{rows.format(title, amount)}</table>"
        for title, amount in (("Lămpi", 100), ("Punți", 200), ("Mori", 300))
    )
    document = read(f"<h1>Proiecte</h1>{tables}", "proiecte.html")
    assert titles(document) == ["Lămpi", "Punți", "Mori"]
    assert [one.amount for project in find_projects(document) for one in project.amounts] == ["100", "200", "300"]


def test_the_part_of_an_amount_has_the_role_that_the_words_between_give(read: Read) -> None:
    document = read(
        "# Lămpi\n\nPerioada: 2019\n\nValoare: 2 140 775,00 lei, din care cofinanțare proprie 42 815,50 lei\n",
        "lampi.md",
    )
    (project,) = find_projects(document)
    assert [(one.amount, one.role) for one in project.amounts] == [("2140775", "budget"), ("42815.5", "cost share")]


def test_a_value_that_says_there_is_none_is_no_amount(read: Read) -> None:
    (project,) = find_projects(
        read("# Lamp Hill\n\nPeriod: 2019\n\nBudget: n/a (confidential)\n\nFunder: Oak Fund\n", "a.md")
    )
    assert project.amounts == ()


def test_start_and_duration_in_two_places_give_the_end(read: Read) -> None:
    (project,) = find_projects(
        read("# Lamp Hill\n\nStart date: March 2019\n\nDuration: 24 months\n\nBudget: 5 EUR\n", "a.md")
    )
    assert project.period is not None
    assert (project.period.start, project.period.end) == ("2019-03", "2021-02")
    assert "24 months" in project.period.note


def test_a_currency_in_the_label_is_that_of_a_bare_number(read: Read) -> None:
    (project,) = find_projects(read("# Lamp Hill\n\nPeriod: 2019\n\nBudget (EUR): 12,500\n\nGrant: 8.000\n", "a.md"))
    assert [(one.amount, one.currency, one.note) for one in project.amounts] == [
        ("12500", "EUR", ""),
        ("8000", None, "no currency is given"),
    ]
