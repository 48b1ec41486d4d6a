"""The fifteen projects of the Progress Foundation: every labelled field, written out by hand.

They are read twice: from the page as it stands on the web, which is not part of this project and is passed over where
it is not at hand, and from the sample corpus, which tells the same facts in Markdown, HTML, a PDF, a DOCX and a
register.
"""

from pathlib import Path

import pytest

from corpus.document import Document, Unreadable
from corpus.files import PART
from corpus.pool import read_paths
from corpus.record import FROM_PROSE, Project, Reading

Found = dict[str, tuple[Document, Project]]

# title: its labelled fields; start and end; (amount, currency, role) of each amount
EXPECTED: dict[str, tuple[dict[str, str], tuple[str, str], list[tuple[str | None, str | None, str]]]] = {
    "CODE Kids": (
        {
            "More information here": "www.codekids.ro",
            "Period": "January 2018- December 2023",
            "Partners": "Romanian-American Foundation, Etic Association, Aspen Romania Institute, public "
            "libraries in Romania",
            "Donors": "CEZ Vânzare, Societe Generale Global Solution Centre",
            "Budget": "885,000 USD",
        },
        ("2018-01", "2023-12"),
        [("885000", "USD", "budget")],
    ),
    "Ora să ȘTIM (Time to KNOW STEM)": (
        {
            "Period": "October 2018- June 2020",
            "Budget": "77,400 EUR",
            "Partners": "250 public libraries in Romania and the Republic of Moldova",
            "With the support of": "The Association of librarians of the Republic of Moldova "
            "(ABRM)OvidiuRoGoethe InstituteBookster",
            "Funder": "Deutsche Telekom Stiftung",
        },
        ("2018-10", "2020-06"),
        [("77400", "EUR", "budget")],
    ),
    "Learning circle in libraries": (
        {
            "Implementation period": "September 2018 – August 2021",
            "Budget": "550,00 USD",
            "Investors": "Erasmus +, Action Strategic Partnerships",
        },
        ("2018-09", "2021-08"),
        [(None, "USD", "budget")],
    ),
    "PUBLIC LIBRARIES AS HUBS FOR ACTIVE CITIZENSHIP": (
        {
            "Period": "February 2020 – February 2021",
            "Funder": "Black Sea Trust of Regional Cooperation",
            "Partners": "County Library “Antim Ivireanul Vâlcea, Romania; County Library “G. T. Kirileanu "
            "”Neamț, Romania; "
            "“IPS A. Plămădeală” District Public Library Hîncești, Moldova; District Library “D. Cantemir "
            "”Ungheni, Moldova; "
            "Central Library “Lesya Ukrainka” Lvov, Ukraine; Lugansk Regional Universal Scientific Library, Ukraine",
            "Budget": "25,000 USD",
        },
        ("2020-02", "2021-02"),
        [("25000", "USD", "budget")],
    ),
    "Occupy Library Innovators Hub": (
        {
            "More information here": "https://occupylibrary.net/",
            "Period": "August 2020 – February 2021",
            "Partners": "Center for Cultural Management (Ukraine), Association of Libraries of Ukraine (Ukraine), "
            "Eduact (Greece), Association of Libraries of Moldova (Moldova), National Library of Moldova (Moldova), "
            "Ashoka Romania (Romania), National Library of Romania (Romania)",
            "Funder": "Black Sea NGO Forum Sub-granting Scheme For Activities That Support The Development Of "
            "CSO Regional "
            "Networks”, within the project “Building CSO Capacity for Regional Cooperation within the Black Sea "
            "Region” , "
            "implemented by the Romanian NGDO Platform – FOND with the financial support of the European Union",
            "Budget": "9,910 EUR",
            "Cost share estimated to": "10,433 EUR",
        },
        ("2020-08", "2021-02"),
        [("9910", "EUR", "budget"), ("10433", "EUR", "cost share")],
    ),
    "OCCUPY LIBRARY Conference": (
        {
            "More information here": "https://occupylibrary.net/",
            "Period": "22-25 September 2020",
            "Partners": "IFLA, Goethe Institute, Next Library, Aarhus Public Libraries, Ashoka Romania, "
            "National Library of "
            "Romania, ANBPR, Eifl, FRSI, P2PU, Public Libraries 2030, Wikimedians of Romania and Moldova User Group",
            "Sponsors": "Qulto, Solus",
            "Budget": "included in Occupy Library Innovators HUB",
        },
        ("2020-09-22", "2020-09-25"),
        [(None, None, "budget")],
    ),
    "Școala de Reporteri SDG": (
        {
            "Implementation period": "March 2019-June 2019",
            "Budget": "47240 Lei",
            "Investors": "Co-financed by the European Union and implemented by FINGO (Finland), in partnership "
            "with FOND, "
            "CROSOL platform and CONCORD.",
        },
        ("2019-03", "2019-06"),
        [("47240", "RON", "budget")],
    ),
    "New Challenge for Public Libraries (New Lib)": (
        {
            "Period": "May 2016 – April 2018",
            "Partners": "Consorzio Sistema Bibliotecario Nord Ovest (Italy), Lombardy Region (Italy), "
            "University of Milan "
            "Bicocca (Italy), Lucio Craveiro Da Silva Library (Portugal), Aarhus Municipality Culture and Citizenship "
            "Service (Denmark), Library Iorga county Ploiești (Romania), Progress Foundation (Romania)",
            "Budget": "340 266.08 EUR",
            "Funded by": "the European Commission under the Creative Europe Program – Culture Sub-Program",
        },
        ("2016-05", "2018-04"),
        [("340266.08", "EUR", "budget")],
    ),
    "The third space of the community": (
        {
            "Period": "September 2016- August 2017",
            "Partners": "Association of Librarians of the Republic of Moldova and Progress Foundation",
            "Budget": "33,584 EUR",
            "financially supported by": "Embassy of the Kingdom of the Netherlands within the “MATRA” Program",
        },
        ("2016-09", "2017-08"),
        [("33584", "EUR", "budget")],
    ),
    "Third Place for Active Citizenship": (
        {"Period": "July 2014 – April 2016", "Budget": "245.884 EUR", "Funder": "EEA Grants 2009-2014, NGO Fund"},
        ("2014-07", "2016-04"),
        [("245884", "EUR", "budget")],
    ),
    "Socacitele, the community caterers": (
        {
            "Implementation period": "2015-2016",
            "Budget": "15.000 EUR",
            "Funder": "EEA Grants 2009-2014, program PA17/RO13",
        },
        ("2015", "2016"),
        [("15000", "EUR", "budget")],
    ),
    "Bistrita mea, secretul meu": (
        {"Period": "June – November 2014", "Budget": "800 RON", "Funder": "Casa Ema"},
        ("2014-06", "2014-11"),
        [("800", "RON", "budget")],
    ),
    "Silver Stories": (
        {"Period": "November 2013 – August 2015", "Budget": "279.014 EUR", "Funder": "EC, Leonardo da Vinci"},
        ("2013-11", "2015-08"),
        [("279014", "EUR", "budget")],
    ),
    "Schollar performance no matter the social level": (
        {"Period": "2013 – 2014", "Budget": "28.370 RON", "Funder": "Raiffeisen, „Raiffeisen Comunitati”"},
        ("2013", "2014"),
        [("28370", "RON", "budget")],
    ),
    "DigiTales": (
        {"Period": "2011-2012", "Budget": "20.000 EUR", "Funder": "EC, Grundtvig"},
        ("2011", "2012"),
        [("20000", "EUR", "budget")],
    ),
}

# Labels of the sample corpus's front matter; they are fields of the source's own.
FRONT_MATTER = {"lang", "section", "tags"}
# The sample's register names its columns once for all its rows.
COLUMNS = {"Learning circle in libraries": {"Implementation period": "Period", "Investors": "Funded by"}}
# The sample corpus has this page in Romanian.
ROMANIAN = {"Perioada": "iunie – noiembrie 2014", "Buget": "800 RON", "Finanțator": "Casa Ema"}


@pytest.fixture(scope="module", params=["seed", "sample"])
def readings(request: pytest.FixtureRequest, root: Path, sample: Path) -> list[Reading]:
    """Read the page, or every file of the sample."""
    path = sample if request.param == "sample" else root.parent / "shared/seed/progress-foundation-projects.txt"
    if not path.exists():
        pytest.skip("the page of the foundation is not part of this project and not at hand")
    read = list(read_paths([path]))
    assert [one for one in read if isinstance(one, Unreadable)] == []
    return [one for one in read if isinstance(one, Reading)]


@pytest.fixture(scope="module")
def found(readings: list[Reading]) -> Found:
    """Find the projects by title."""
    pairs = [(reading.document, project) for reading in readings for project in reading.projects]
    by_title = {project.title: (document, project) for document, project in pairs}
    assert len(by_title) == len(pairs)
    return by_title


def test_there_are_fifteen_and_no_other(found: Found) -> None:
    assert set(found) == set(EXPECTED)


@pytest.mark.parametrize("title", EXPECTED)
def test_every_labelled_field_is_found_with_its_words(found: Found, title: str) -> None:
    document, project = found[title]
    fields = {
        field.label: " ".join(field.span.of(document.text).split())
        for field in project.fields
        if field.name != "title" and field.source == "label" and field.label not in FRONT_MATTER
    }
    expected, _, _ = EXPECTED[title]
    if PART in document.source:
        fields.pop("Description")
        expected = {COLUMNS.get(title, {}).get(label, label): words for label, words in expected.items()}
    assert fields == (ROMANIAN if "Perioada" in fields else expected)


@pytest.mark.parametrize("title", EXPECTED)
def test_periods_are_read(found: Found, title: str) -> None:
    _, project = found[title]
    assert project.period is not None
    assert ((project.period.start, project.period.end), project.period.note) == (EXPECTED[title][1], "")


@pytest.mark.parametrize("title", EXPECTED)
def test_amounts_are_read_and_what_is_unclear_is_noted(found: Found, title: str) -> None:
    _, project = found[title]
    assert [(one.amount, one.currency, one.role) for one in project.amounts] == EXPECTED[title][2]
    assert all(bool(one.note) == (one.amount is None) for one in project.amounts)


# Who did what: name, and the country that the page gives beside it.
ORGANISATIONS: dict[str, dict[str, list[tuple[str, str | None]]]] = {
    "CODE Kids": {
        "partner": [
            ("Romanian-American Foundation", None),
            ("Etic Association", None),
            ("Aspen Romania Institute", None),
            ("public libraries in Romania", None),
        ],
        "funder": [("CEZ Vânzare", None), ("Societe Generale Global Solution Centre", None)],
    },
    "Ora să ȘTIM (Time to KNOW STEM)": {
        "partner": [("250 public libraries in Romania and the Republic of Moldova", None)],
        # The page runs these names together; but for the bracket no mark says where one ends.
        "supporter": [
            ("The Association of librarians of the Republic of Moldova (ABRM)", None),
            ("OvidiuRoGoethe InstituteBookster", None),
        ],
        "funder": [("Deutsche Telekom Stiftung", None)],
    },
    "Learning circle in libraries": {"funder": [("Erasmus +, Action Strategic Partnerships", None)]},
    "PUBLIC LIBRARIES AS HUBS FOR ACTIVE CITIZENSHIP": {
        "funder": [("Black Sea Trust of Regional Cooperation", None)],
        "partner": [
            ("County Library “Antim Ivireanul Vâlcea", "RO"),
            ("County Library “G. T. Kirileanu ”Neamț", "RO"),
            ("“IPS A. Plămădeală” District Public Library Hîncești", "MD"),
            ("District Library “D. Cantemir ”Ungheni", "MD"),
            ("Central Library “Lesya Ukrainka” Lvov", "UA"),
            ("Lugansk Regional Universal Scientific Library", "UA"),
        ],
    },
    "Occupy Library Innovators Hub": {
        "partner": [
            ("Center for Cultural Management", "UA"),
            ("Association of Libraries of Ukraine", "UA"),
            ("Eduact", "GR"),
            ("Association of Libraries of Moldova", "MD"),
            ("National Library of Moldova", "MD"),
            ("Ashoka Romania", "RO"),
            ("National Library of Romania", "RO"),
        ],
    },
    "OCCUPY LIBRARY Conference": {
        "partner": [
            (name, None)
            for name in (
                *("IFLA", "Goethe Institute", "Next Library", "Aarhus Public Libraries", "Ashoka Romania"),
                *("National Library of Romania", "ANBPR", "Eifl", "FRSI", "P2PU", "Public Libraries 2030"),
                "Wikimedians of Romania and Moldova User Group",
            )
        ],
        "sponsor": [("Qulto", None), ("Solus", None)],
    },
    "Școala de Reporteri SDG": {
        "funder": [("European Union", None)],
        "implementer": [("FINGO", "FI")],
        "partner": [("FOND", None), ("CROSOL platform", None), ("CONCORD", None)],
    },
    "New Challenge for Public Libraries (New Lib)": {
        "partner": [
            ("Consorzio Sistema Bibliotecario Nord Ovest", "IT"),
            ("Lombardy Region", "IT"),
            ("University of Milan Bicocca", "IT"),
            ("Lucio Craveiro Da Silva Library", "PT"),
            ("Aarhus Municipality Culture and Citizenship Service", "DK"),
            ("Library Iorga county Ploiești", "RO"),
            ("Progress Foundation", "RO"),
        ],
        "funder": [("European Commission", None)],
    },
    "The third space of the community": {
        "partner": [("Association of Librarians of the Republic of Moldova", None), ("Progress Foundation", None)],
        "funder": [("Embassy of the Kingdom of the Netherlands", None)],
    },
    "Third Place for Active Citizenship": {"funder": [("EEA Grants 2009-2014, NGO Fund", None)]},
    "Socacitele, the community caterers": {"funder": [("EEA Grants 2009-2014, program PA17/RO13", None)]},
    "Bistrita mea, secretul meu": {"funder": [("Casa Ema", None)]},
    "Silver Stories": {"funder": [("EC", None)]},
    "Schollar performance no matter the social level": {"funder": [("Raiffeisen", None)]},
    "DigiTales": {"funder": [("EC", None)]},
}

PROGRAMMES = {
    "Learning circle in libraries": ["Erasmus +, Action Strategic Partnerships"],
    "New Challenge for Public Libraries (New Lib)": ["Creative Europe Program – Culture Sub-Program"],
    "The third space of the community": ["“MATRA” Program"],
    "Third Place for Active Citizenship": ["EEA Grants 2009-2014", "NGO Fund"],
    "Socacitele, the community caterers": ["EEA Grants 2009-2014", "program PA17/RO13"],
    "Silver Stories": ["Leonardo da Vinci"],
    "Schollar performance no matter the social level": ["„Raiffeisen Comunitati”"],
    "DigiTales": ["Grundtvig"],
}


@pytest.mark.parametrize("title", EXPECTED)
def test_organisations_are_told_apart_with_their_roles_and_countries(found: Found, title: str) -> None:
    _, project = found[title]
    roles: dict[str, list[tuple[str, str | None]]] = {}
    for one in project.organisations:
        if FROM_PROSE not in one.note:
            roles.setdefault(one.role, []).append((" ".join(one.name.split()), one.country))
    if title == "Occupy Library Innovators Hub":
        roles = {"partner": roles["partner"]}  # the funder's value is half a story; see below
    assert roles == ORGANISATIONS[title]


def test_a_sentence_in_place_of_a_funder_gives_each_role_it_names(found: Found) -> None:
    _, project = found["Occupy Library Innovators Hub"]
    roles = {(one.name, one.role) for one in project.organisations}
    assert {("Romanian NGDO Platform – FOND", "implementer"), ("European Union", "supporter")} <= roles


@pytest.mark.parametrize("title", PROGRAMMES)
def test_a_programme_is_told_from_who_runs_it(found: Found, title: str) -> None:
    document, project = found[title]
    named = [field.span.of(document.text) for field in project.fields if field.name == "programme"]
    assert named == PROGRAMMES[title]


def test_money_counted_elsewhere_names_where(found: Found) -> None:
    _, project = found["OCCUPY LIBRARY Conference"]
    (amount,) = project.amounts
    assert (amount.amount, amount.included_in) == (None, "Occupy Library Innovators HUB")


@pytest.mark.parametrize("words", ["Who we are", "Small steps, giant leaps", "Latest News", "Calea Plevnei"])
def test_what_is_said_of_the_foundation_belongs_to_no_project(
    readings: list[Reading], found: Found, words: str
) -> None:
    assert any(words in reading.document.text for reading in readings)
    assert not any(words in project.span.of(document.text) for document, project in found.values())


def test_each_project_begins_with_its_title_and_holds_only_its_own(found: Found) -> None:
    for title, (document, project) in found.items():
        assert project.title_span is not None
        assert " ".join(project.title_span.of(document.text).split()) == title
        own = project.span.of(document.text)
        others = [other for other in found if other != title and f"\n\n{other}\n\n" in own]
        assert others == []
