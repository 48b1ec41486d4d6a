"""Where projects begin and end, on made-up pages of many shapes."""

from collections.abc import Callable

import pytest

from corpus.document import Document
from corpus.projects import find_projects
from corpus.record import Project

Read = Callable[..., Document]


def titles(document: Document) -> list[str]:
    return [project.title for project in find_projects(document)]


def facts(document: Document, project: Project) -> dict[str, str]:
    return {field.label: field.span.of(document.text) for field in project.fields}


def words(document: Document, project: Project) -> str:
    return project.span.of(document.text)


PROSE_THEN_FACTS = """Our work

The Tidewater Trust looks after small harbours and the people who live from them.

Lantern Walk

Every November the children of Saltmarsh carry lanterns they made themselves along the old sea wall. Some 400 people
walked in the first year: families, fishermen, two brass bands.

Period: October 2017 – March 2018 | Partners: Saltmarsh Primary School, Sea Wall Society | Budget: 12,400 GBP | Details

Net Menders (Hands on Deck)

Six retired net makers taught their craft to 31 apprentices.

More information here: https://tidewater.example/nets

Period: 2016-2017| Budget: €9.500 | Funder: Coastal Arts Fund | Details

The Floating Library

A barge full of books calls at nine villages that have no library of their own.

Implementation period: 5-9 May 2019 | Investors: Harbour Bank, Town of Saltmarsh | Budget: included in Lantern Walk

Who we are

We are eleven people and a dog. In 20 years we have run more than forty projects.

Latest News

New barge arr...

05-06-2023

Come and see it ...

Contact

3 Quay Street, Saltmarsh

Tel: 0300 123 456

Email: office@tidewater.example
"""


def test_a_title_then_prose_then_a_line_of_facts(read: Read) -> None:
    document = read(PROSE_THEN_FACTS)
    assert {project.title: facts(document, project) for project in find_projects(document)} == {
        "Lantern Walk": {
            "Period": "October 2017 – March 2018",
            "Partners": "Saltmarsh Primary School, Sea Wall Society",
            "Budget": "12,400 GBP",
        },
        "Net Menders (Hands on Deck)": {
            "More information here": "https://tidewater.example/nets",
            "Period": "2016-2017",
            "Budget": "€9.500",
            "Funder": "Coastal Arts Fund",
        },
        "The Floating Library": {
            "Implementation period": "5-9 May 2019",
            "Investors": "Harbour Bank, Town of Saltmarsh",
            "Budget": "included in Lantern Walk",
        },
    }


def test_what_a_page_says_of_the_organisation_its_news_and_its_address_is_no_project(read: Read) -> None:
    document = read(PROSE_THEN_FACTS)
    projects = find_projects(document)
    assert words(document, projects[0]).startswith("Lantern Walk")
    assert words(document, projects[-1]).endswith("included in Lantern Walk")
    for stranger in (
        "looks after small harbours",
        "eleven people",
        "New barge",
        "05-06-2023",
        "Quay Street",
        "office@",
    ):
        assert not any(stranger in words(document, project) for project in projects)


def test_facts_right_under_the_title_one_to_a_line(read: Read) -> None:
    document = read(
        "What we did in ten years\n\n"
        "Orchard Keepers\nYears: 2012-2014\nTotal budget: 40 000 EUR\nFunded by: Apple Board\n\n"
        "Forty old orchards were mapped, and grafts of 112 kinds of apple were given away.\n\n"
        "Owl Boxes\nYears: 2015\nTotal budget: 3 200 EUR\nFunded by: Night Birds Union\n\n"
        "We hung 90 boxes in barns and church towers.\n\n"
        "Hedge School\nYears: 2016-2018\nTotal budget: 18 500 EUR\nFunded by: Apple Board\n\n"
        "Pupils of four schools planted two kilometres of hedge.\n"
    )
    orchards, owls, hedges = find_projects(document)
    assert [orchards.title, owls.title, hedges.title] == ["Orchard Keepers", "Owl Boxes", "Hedge School"]
    assert facts(document, owls) == {"Years": "2015", "Total budget": "3 200 EUR", "Funded by": "Night Birds Union"}
    assert words(document, owls).endswith("We hung 90 boxes in barns and church towers.")
    assert words(document, hedges).endswith("two kilometres of hedge.")


def test_html_headings_with_a_list_a_table_and_terms(read: Read) -> None:
    document = read(
        "<html lang=en><title>Kite Club</title><body><nav><a>Home</a></nav><h1>Projects</h1><p>What we fly.</p>"
        "<h2>Wind Days</h2><p>A festival on the dunes.</p>"
        "<ul><li>Period: July 2018<li>Budget: 2.000 EUR<li>Partners: Dune Wardens; Town, Harbour and Sons</ul>"
        "<h2>Paper Dragons</h2><p>Workshops in eleven schools.</p>"
        "<table><tr><th>Period<td>2019 – 2020<tr><th>Budget<td>7.150 EUR<tr><th>Funder<td>Silk Fund</table>"
        "<h2>Night Kites</h2><p>Kites with lamps.</p>"
        "<dl><dt>Period<dd>2021<dt>Budget<dd>1.999 EUR<dt>Funder<dd>Silk Fund</dl>"
        "<h2>About the club</h2><p>Founded in 1931 by two postmen.</p></body></html>",
        "page.html",
    )
    wind, paper, night = find_projects(document)
    assert [wind.title, paper.title, night.title] == ["Wind Days", "Paper Dragons", "Night Kites"]
    assert facts(document, wind)["Partners"] == "Dune Wardens; Town, Harbour and Sons"
    assert facts(document, paper) == {"Period": "2019 – 2020", "Budget": "7.150 EUR", "Funder": "Silk Fund"}
    assert facts(document, night) == {"Period": "2021", "Budget": "1.999 EUR", "Funder": "Silk Fund"}
    assert "postmen" not in words(document, night)


def test_markdown_with_numbered_headings_and_recurring_sub_sections(read: Read) -> None:
    parts = [
        ("1. Bread for All", "4.000 EUR", "Two ovens were built, and 1,200 loaves leave them every week."),
        ("2. Milk Round", "5.000 EUR", "A cart was mended; sixty households now get their milk by seven."),
        ("3. Honey Road", "6.000 EUR", "Nine beekeepers have put up signs along the way to their hives."),
    ]
    document = read(
        "# Annual review\n\nThree things we are proud of.\n\n"
        + "".join(
            f"## {title}\n\n### Facts\n\n- **Budget:** {budget}\n- **Period:** 2014\n\n### Results\n\n{result}\n\n"
            for title, budget, result in parts
        ),
        "review.md",
    )
    projects = find_projects(document)
    assert [project.title for project in projects] == ["Bread for All", "Milk Round", "Honey Road"]
    for project, (_, budget, result) in zip(projects, parts, strict=True):
        assert facts(document, project) == {"Budget": budget, "Period": "2014"}
        assert words(document, project).endswith(result)


def test_numbered_titles_in_plain_text_lose_their_number(read: Read) -> None:
    numbered = "".join(
        f"{number}. {title}\n\nWe did it together with the village.\n\nDuration: 2011\nValue: {number}00 EUR\n\n"
        for number, title in [(1, "Lamp Hill"), (2, "Oil Yard"), (3, "Owl Wood")]
    )
    assert titles(read(f"Projects\n\n{numbered}")) == ["Lamp Hill", "Oil Yard", "Owl Wood"]


def test_bold_lines_are_titles_where_there_are_no_headings(read: Read) -> None:
    page = "".join(
        f"**{title}**\n\nWe did it together.\n\nPeriod: {year}, Budget: 300 EUR\n\n"
        for title, year in [("Lamp Hill", 2011), ("Oil Yard", 2012), ("Owl Wood", 2013)]
    )
    document = read(page, "page.md")
    assert titles(document) == ["Lamp Hill", "Oil Yard", "Owl Wood"]
    assert facts(document, find_projects(document)[1]) == {"Period": "2012", "Budget": "300 EUR"}


def test_one_project_to_a_file_with_front_matter(read: Read) -> None:
    document = read(
        "---\ntitle: Clay Pipes\nlang: en\nperiod: 2013-11-05 to 2014-01-31\nbudget: 300,00 GBP\n"
        "partners: [Kiln Guild, Museum]\n---\n# Clay Pipes\n\nPotters made 50.\n\n## Later\n\nThey are still played.\n",
        "clay.md",
    )
    (project,) = find_projects(document)
    assert project.title == "Clay Pipes"
    assert (
        facts(document, project).items()
        >= {
            "title": "Clay Pipes",
            "period": "2013-11-05 to 2014-01-31",
            "budget": "300,00 GBP",
            "partners": "Kiln Guild; Museum",
        }.items()
    )
    assert "still played" in words(document, project)


def test_one_project_to_a_file_with_a_heading_for_each_field(read: Read) -> None:
    document = read(
        "<h1>Stone Bridge</h1><h3>Client</h3><p>County Roads Office</p><h3>Contract value</h3><p>1,2 mil. EUR</p>"
        "<h3>Description</h3><p>An arch of 1790 was taken apart and put up again, stone by stone.</p>",
        "bridge.html",
    )
    (project,) = find_projects(document)
    assert project.title == "Stone Bridge"
    assert facts(document, project) == {"Client": "County Roads Office", "Contract value": "1,2 mil. EUR"}


def test_a_romanian_page(read: Read) -> None:
    document = read(
        "Proiectele noastre\n\n"
        "Grădina din curte\n\nCopiii din trei școli au plantat legume și au învățat să le îngrijească.\n\n"
        "Perioada de implementare: martie – iunie 2019 | Parteneri: Școala Nr. 2, Primăria Valea Mică | "
        "Buget: 15.400 lei | Finanțator: Fundația Vatra\n\n"
        "Povești la gura sobei\n\nBunicii au spus povești, iar tinerii le-au înregistrat.\n\n"
        "Perioada: octombrie 2017 – aprilie 2018 | Buget: 1,2 mil. lei | Cu sprijinul: Radio Deal\n\n"
        "Podul de lemn\n\nUn pod vechi a fost refăcut de localnici.\n\n"
        "Perioada: 2015-2016 | Bugetul total: 8 000 EUR | Finanțat de Ministerul Culturii\n\n"
        "Despre noi\n\nSuntem o asociație mică dintr-un sat mare.\n"
    )
    garden, stories, bridge = find_projects(document)
    assert [garden.title, stories.title, bridge.title] == [
        "Grădina din curte",
        "Povești la gura sobei",
        "Podul de lemn",
    ]
    assert facts(document, garden) == {
        "Perioada de implementare": "martie – iunie 2019",
        "Parteneri": "Școala Nr. 2, Primăria Valea Mică",
        "Buget": "15.400 lei",
        "Finanțator": "Fundația Vatra",
    }
    assert facts(document, bridge)["Finanțat de"] == "Ministerul Culturii"
    assert facts(document, stories)["Cu sprijinul"] == "Radio Deal"
    assert "asociație mică" not in words(document, bridge)


def test_labels_nobody_knows_that_recur_are_fields_under_their_own_name(read: Read) -> None:
    document = read(
        "".join(
            f"{title}\n\nWe mended {what} together.\n\nMentor: {mentor} | Budget: {cost} EUR | Volunteers: {count}\n\n"
            for title, what, mentor, cost, count in [
                ("Boat Week", "boats", "Ana Pop", 300, "twelve"),
                ("Bike Week", "bikes", "Ion Rus", 400, "nine"),
                ("Clock Week", "clocks", "Eva Kiss", 500, "four"),
            ]
        )
    )
    _, bike, clock = find_projects(document)
    assert facts(document, bike) == {"Mentor": "Ion Rus", "Budget": "400 EUR", "Volunteers": "nine"}
    assert [field.label for field in clock.fields if field.name == "other"] == ["Mentor", "Volunteers"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "essay.txt",
            "On lamps\n\nA lamp is: light, and warmth. In 2011 we had 300 lamps.\n\nOn oil\n\nOil is dear.\n",
        ),
        ("contact.txt", "Contact\n\n3 Quay Street\n\nTel: 0300 123 456\n\nEmail: a@b.example\n\nOpening hours: 9-17\n"),
        (
            "news.txt",
            "Latest News\n\nNew barge arr...\n\n05-06-2023\n\nCome ...\n\nOld barge ...\n\n12-05-2023\n\nGone ...\n",
        ),
        (
            "team.html",
            "<h1>Team</h1><h2>Ana</h2><p>Role: captain</p><h2>Ion</h2><p>Role: cook</p><h2>Eva</h2><p>Role: mate",
        ),
        ("minutes.md", "# Minutes\n\n- Present: Ana, Ion\n- Place: the barge\n\n## Any other business\n\nNone.\n"),
        ("number.txt", "12"),
    ],
)
def test_a_page_about_something_else_holds_no_project(read: Read, name: str, text: str) -> None:
    assert titles(read(text, name)) == []


# What the finder gets wrong today

THREE = [("Lamp Hill", 2011), ("Oil Yard", 2012), ("Owl Wood", 2013)]


def test_facts_on_lines_of_their_own_stay_apart(read: Read) -> None:
    funder = "The Coastal Arts Fund of the County"
    lines = "Project period: {}\nFunder: {}\nTotal budget: 300 EUR"
    document = read("".join(f"{title}\n{lines.format(year, funder)}\n\nDone.\n\n" for title, year in THREE))
    assert [facts(document, project)["Funder"] for project in find_projects(document)] == [funder] * 3


def test_what_stands_below_the_facts_under_a_project_s_heading_belongs_to_it(read: Read) -> None:
    more = "<p>In later years the yard was sold, and everything that had been built there went to the village.</p>"
    page = "".join(
        f"<h2>{title}</h2><p>Done.</p><ul><li>Period: {year}<li>Budget: 300 EUR</ul>{more * (title == 'Oil Yard')}"
        for title, year in [*THREE, ("Ash Tree", 2014)]
    )
    document = read(page, "page.html")
    assert words(document, find_projects(document)[1]).endswith("went to the village.")


def test_short_prose_below_the_facts_belongs_to_the_project(read: Read) -> None:
    document = read("".join(f"{title}\nYears: {year}\nBudget: 300 EUR\n\nLamps were lit.\n\n" for title, year in THREE))
    assert all("Lamps were lit." in words(document, project) for project in find_projects(document))


def test_a_caption_is_no_title(read: Read) -> None:
    document = read(
        "".join(
            f"{title}\n\nPhoto: {who}\n\nWe did it.\n\nPeriod: {year} | Budget: 300 EUR\n\n"
            for (title, year), who in zip(THREE, ("Ana", "Ana", "Ion"), strict=True)
        )
    )
    assert titles(document) == ["Lamp Hill", "Oil Yard", "Owl Wood"]


def test_a_title_with_a_colon_is_a_title(read: Read) -> None:
    document = read(
        "Lamp Hill: light for all\n\nThe goal was simple: light. Partners: none, we did it alone.\n\n"
        "Period: 2011; Budget: 300 EUR; Funder: A & B\n\nOil Yard\n\nOil.\n\nPeriod: 2012; Budget: 400 EUR; Funder: C\n"
    )
    assert titles(document) == ["Lamp Hill: light for all", "Oil Yard"]


def test_a_single_project_among_other_text_keeps_to_its_own_lines(read: Read) -> None:
    document = read(
        "About us\n\nWe are a small trust.\n\nLamp Hill\n\nLamps were lit on it.\n\nPeriod: 2011 | Budget: 300 EUR\n\n"
        "Contact\n\nStreet 3\n\nEmail: a@b.example\n"
    )
    assert titles(document) == ["Lamp Hill"]


LABELLED = """# Report

## Lantern Walk

Period: 2019 – 2020

Budget: 12,400 GBP

Children carried lanterns along the wall.

## Net Menders

Period: 2020 – 2021

Budget: 9,000 GBP

Six net makers taught their craft.

## Owl Boxes

Period: 2021

Budget: 2,000 GBP

Boxes were hung in every barn.

"""


@pytest.mark.parametrize(
    ("last", "is_project"),
    [
        (
            "The Salt Road\n\nThe Salt Road is a travelling exhibition about rafts. The exhibition cost 4,100 GBP.\n",
            True,
        ),
        ("Drumul sării\n\nDrumul sării este o expoziție despre plute. Expoziția a costat 41.000 lei.\n", True),
        ("Other work\n\nIn July a camp met at Hull. It was wet, and the tents cost 4,100 GBP.\n", False),
        (
            "The Tidewater Trust\n\nThe Tidewater Trust is a charity in Hull. The charity cost 4,100 GBP to set up.\n",
            False,
        ),
    ],
)
def test_a_last_title_is_a_project_where_its_prose_calls_it_by_name_and_tells_its_cost(
    read: Read, last: str, is_project: bool
) -> None:
    found = titles(read(f"{LABELLED}## {last}", "report.md"))
    assert found[:3] == ["Lantern Walk", "Net Menders", "Owl Boxes"]
    assert found[3:] == ([last.partition("\n")[0]] if is_project else [])


def test_news_are_projects_where_they_call_their_heading_one(read: Read) -> None:
    page = """# News

## 3 February 2024 – The Sound Atlas

The Sound Atlas has begun, a project of EUR 22,600 funded by the Owl Trust.

## 12 March 2024 – A prize for the mills

The project Old Mills, funded by the Owl Trust with EUR 10,000, won a prize of the county.
"""
    assert titles(read(page, "news.md")) == ["The Sound Atlas"]
