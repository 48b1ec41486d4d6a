"""Facts taken from sentences, and the sentences that look as if they told one."""

from collections.abc import Callable

import pytest

from corpus.document import Document
from corpus.projects import find_projects
from corpus.prose import prose_fields
from corpus.record import FROM_PROSE, Project

Read = Callable[..., Document]


def told(read: Read, prose: str, has: set[tuple[str, str]] | None = None) -> list[tuple[str, str, str]]:
    """(name, role, words) of what the prose tells."""
    document = read(prose)
    fields = prose_fields(document, [block.span for block in document.blocks], has or set())
    assert all(field.source == "prose" and field.whole.holds(field.span) for field in fields)
    return [(field.name, field.role, field.span.of(document.text)) for field in fields]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The lantern walk was implemented from June to November 2014 in seven towns.", "from June to November 2014"),
        ("Between February 2019 and July 2021 we ran a sewing workshop.", "Between February 2019 and July 2021"),
        ("The project took place in May 2019.", "May 2019"),
        ("Proiectul a fost implementat în perioada martie 2019 – iunie 2020 în trei sate.", "martie 2019 – iunie 2020"),
    ],
)
def test_a_period_is_taken_where_a_verb_says_that_it_ran(read: Read, sentence: str, words: str) -> None:
    ((name, _, found),) = [one for one in told(read, sentence) if one[0] == "period"]
    assert name == "period"
    assert words.endswith(found) or found.endswith(words)


@pytest.mark.parametrize(
    "sentence",
    [
        "The chapel was built in 1887 and has been a carpet shop since 1987.",
        "It is financed by the Tern Grants 2009-2014.",
        "It builds on the Owl Yard project (2011-2012, paid for by the county).",
        "The goals of the 2030 agenda are taught in every class.",
        "Nineteen lanes were planted by 2018.",
        "The office is open from 10 to 16.",
    ],
)
def test_a_date_that_is_not_the_project_s_is_passed_over(read: Read, sentence: str) -> None:
    assert [one for one in told(read, sentence) if one[0] == "period"] == []


@pytest.mark.parametrize(
    ("sentence", "role", "words"),
    [
        ("The work was made possible by a grant of £86,700.", "grant", "£86,700"),
        ("The total budget was 12,500 EUR.", "budget", "12,500 EUR"),
        ("The town gave 3,000 EUR as co-financing.", "cost share", "3,000 EUR"),
        ("Bugetul proiectului este de 45.000 lei.", "budget", "45.000 lei"),
    ],
)
def test_an_amount_is_taken_with_the_word_that_says_what_it_is(
    read: Read, sentence: str, role: str, words: str
) -> None:
    assert [one for one in told(read, sentence) if one[0] == "amount"] == [("amount", role, words)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We helped to write off £1.07 million of debt.",
        "Schools were awarded grants of 500 EUR each.",
        "A ticket costs 5 EUR.",
        "The grant was first 5,000 EUR and later 7,000 EUR.",
        "We spent £412,000 last year on running costs.",
    ],
)
def test_money_that_is_not_the_project_s_is_passed_over(read: Read, sentence: str) -> None:
    assert [one for one in told(read, sentence) if one[0] == "amount"] == []


@pytest.mark.parametrize(
    ("sentence", "group"),
    [
        ("It was set up to help 60 students in classes VII and VIII.", "60 students"),
        ("We trained more than 1,200 young farmers.", "more than 1,200 young farmers"),
        ("Proiectul a sprijinit 350 de elevi din mediul rural.", "350 de elevi"),
    ],
)
def test_whom_a_project_helped_is_a_beneficiary(read: Read, sentence: str, group: str) -> None:
    assert ("organisation", "beneficiary", group) in told(read, sentence)


def test_a_place_is_taken_only_where_the_sentence_puts_the_project_there(read: Read) -> None:
    assert [
        one for one in told(read, "The project ran in Malta, Italy and the Republic of Moldova.") if one[0] == "place"
    ] == [
        ("place", "", "Malta"),
        ("place", "", "Italy"),
        ("place", "", "Republic of Moldova"),
    ]
    assert [one for one in told(read, "The course was held by Lamp College in Malta.") if one[0] == "place"] == []


def test_what_a_label_tells_is_not_taken_again(read: Read) -> None:
    sentence = "The project ran from May 2011 to June 2012 with a grant of 5,000 EUR."
    assert {name for name, _, _ in told(read, sentence)} == {"period", "amount"}
    assert {name for name, _, _ in told(read, sentence, {("period", "start")})} == {"amount"}
    assert {name for name, _, _ in told(read, sentence, {("amount", "budget")})} == {"period"}


def one_project(read: Read, prose: str) -> Project:
    (project,) = find_projects(
        read(f"# Lantern Walk\n\n{prose}\n\nPartners: A School; B Society\n\nBudget: 300 EUR\n", "a.md")
    )
    return project


def test_a_value_from_prose_says_so_and_points_at_its_words(read: Read) -> None:
    document = read("# Lantern Walk\n\nIt was implemented from June to November 2014.\n\nBudget: 300 EUR\n", "walk.md")
    (project,) = find_projects(document)
    assert project.period is not None
    assert (project.period.start, project.period.end) == ("2014-06", "2014-11")
    assert FROM_PROSE in project.period.note
    assert project.period.span.of(document.text) == project.period.text
    (field,) = [field for field in project.fields if field.source == "prose"]
    assert field.whole.of(document.text) == "It was implemented from June to November 2014."


def test_pages_of_prose_alone_give_records_where_two_facts_are_told(read: Read) -> None:
    document = read(
        "Our work\n\nWe are nine people.\n\nLantern Walk\n\nBetween February 2019 and July 2021 we ran a walk. "
        "It was made possible by a grant of £86,700.\n\nOwl Yard\n\nFrom March 2015 to May 2016 owls "
        "were counted; the project ran "
        "on a budget of £5,000.\n\nAbout us\n\nWe were founded in 1987 and spent £9,000 on tea.\n"
    )
    assert [project.title for project in find_projects(document)] == ["Lantern Walk", "Owl Yard"]


@pytest.mark.parametrize("body", ["", "The project, in consortium with **Sun Lamp** e.V. (Germany):\n\n"])
def test_a_summary_in_the_front_matter_tells_what_the_body_does_not(read: Read, body: str) -> None:
    document = read(
        '---\ntitle: "Lantern Walk"\n'
        "description: Owl Ltd. has won the project contract in Malta, in consortium with LUlamp.\n---\n"
        f"{body}#### Project Title:\n\nLantern Walk\n\n#### Budget:\n\n300 EUR\n",
        "walk.md",
    )
    (project,) = find_projects(document)
    partners = [(one.name, one.country, one.note) for one in project.organisations if one.role == "partner"]
    assert partners == ([("Sun Lamp e.V.", "DE", FROM_PROSE)] if body else [("LUlamp", None, FROM_PROSE)])
    assert [(one.name, one.country) for one in project.places] == [("Malta", "MT")]


def test_a_group_of_an_age_is_a_group_whatever_its_conjunctions(read: Read) -> None:
    project = one_project(read, "Its walks are open to over 350 children between 8 and 12 years of age.")
    assert [(one.name, one.note) for one in project.organisations if one.role == "beneficiary"] == [
        ("over 350 children between 8 and 12 years of age", f"a group, not a name; {FROM_PROSE}")
    ]


def test_a_phrase_of_giving_deep_in_a_sentence_makes_no_label_of_what_stands_before_it(read: Read) -> None:
    project = one_project(
        read,
        "The aim of the walk can be told in short as: to light the lanterns of the towns and their harbours, including "
        "lanterns implemented by many hands and by the wind. It ends at the sea.",
    )
    assert [one.name for one in project.organisations if one.role == "implementer"] == []


def test_a_page_of_prose_alone_may_be_a_project(read: Read) -> None:
    page = (
        "# Bat Caves\n\nThe Arcadia Trust gave us €90k to count bats. "
        "Between May 2018 and June 2020 we installed lamps.\n\n"
        "Our partners were the Bat Society and the Cave Institute.\n"
    )
    (project,) = find_projects(read(page, "caves.md"))
    assert [(one.amount, one.currency, one.role) for one in project.amounts] == [("90000", "EUR", "grant")]
    assert project.period is not None
    assert (project.period.start, project.period.end) == ("2018-05", "2020-06")
    roles = [(one.role, one.name) for one in project.organisations]
    assert roles == [("funder", "Arcadia Trust"), ("partner", "Bat Society"), ("partner", "Cave Institute")]


def test_a_paragraph_under_a_heading_is_a_project_beside_labelled_ones(read: Read) -> None:
    labelled = "## {0}\n\nCost: 45.000 lei\nFunder: Meadow Trust\nWhen: 2017\n\nGrandmothers kept seeds in jars.\n\n"
    festival = (
        "## Scythe Days\n\nA weekend of hay and poetry. The Orchard Fund paid £3,200 towards it. "
        "It took place on 6–7 July 2019.\n\n"
    )
    contact = "## Visit us\n\nOur office at the mill is open on Mondays, and everybody is welcome to tea.\n"
    page = "# Past projects\n\n" + festival + "".join(map(labelled.format, ("Seed Jars", "Oak Mill", "Reed Roofs")))
    found = find_projects(read(page + contact, "archive.md"))
    assert [one.title for one in found] == ["Scythe Days", "Seed Jars", "Oak Mill", "Reed Roofs"]
    assert [one.amount for one in found[0].amounts] == ["3200"]


def test_the_worth_of_a_contract_is_no_grant(read: Read) -> None:
    found = told(read, "The Northern Development Bank has awarded us a contract of EUR 2.5 million for a new system.")
    assert ("amount", "budget", "EUR 2.5 million") in found
