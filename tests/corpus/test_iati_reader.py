"""IATI activity files of both versions into Drafts and records."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.readers.draft import Draft
from corpus.readers.iati import read_iati
from corpus.record import Project
from corpus.registers import find_records

VERSION_2 = """
<iati-activity xml:lang="en" default-currency="GBP">
 <iati-identifier> GB-1-22 </iati-identifier>
 <reporting-org ref="GB-1"><narrative>A Ministry</narrative></reporting-org>
 <title><narrative xml:lang="fr">Lampes</narrative><narrative>Lamps on hills</narrative></title>
 <description type="1"><narrative>We set lamps.</narrative></description>
 <description type="2"><narrative>To see at night.</narrative></description>
 <participating-org role="1" ref="X"><narrative>Big Fund</narrative></participating-org>
 <participating-org role="2"><narrative>A Board</narrative></participating-org>
 <participating-org role="3"><narrative>A Bank</narrative></participating-org>
 <participating-org role="4"><narrative>Small; Org</narrative></participating-org>
 <activity-status code="2"/>
 <activity-date type="1" iso-date="2014-01-01"/><activity-date type="2" iso-date="2014-02-01"/>
 <activity-date type="3" iso-date="2015-12-31"/>
 <recipient-country code="KE" percentage="60"/><recipient-country code="TZ" percentage="40"/>
 <recipient-region code="289" percentage="100"/>
 <location><name><narrative>Nairobi</narrative></name></location>
 <sector code="1"><narrative>Light</narrative></sector><sector code="2"><narrative>Hills</narrative></sector>
 <budget><period-start iso-date="2014-01-01"/><period-end iso-date="2014-12-31"/><value>3000.50</value></budget>
 <budget><period-start iso-date="2015-01-01"/><value currency="EUR">12.345</value></budget>
 <transaction><value currency="GBP">999</value></transaction>
 <document-link url="https://example.org/a.pdf"/>
</iati-activity>"""
VERSION_1 = """
<iati-activity default-currency="USD"><iati-identifier>OLD-1</iati-identifier>
 <title xml:lang="en">Old lamps</title><title xml:lang="fr">Vieilles lampes</title>
 <activity-date type="start-actual" iso-date="2003-01-01">2003</activity-date>
 <activity-date type="end-actual">2004-05-06</activity-date>
 <participating-org role="Funding">A Fund</participating-org>
 <budget><value>5000</value></budget>
</iati-activity>"""


def drafts(tmp_path: Path, *activities: str) -> list[Draft]:
    path = tmp_path / "activities.xml"
    path.write_text(f"<iati-activities version='2.03'>{''.join(activities)}</iati-activities>", encoding="utf-8")
    return list(read_iati(path))


def projects(tmp_path: Path, *activities: str) -> list[Project]:
    found = []
    for draft in drafts(tmp_path, *activities):
        document = Document("id", "activities.xml", "application/xml", "", "en", "", draft.text, draft.blocks)
        found += find_records(document, draft.columns)
    return found


def test_an_activity_is_written_with_the_words_that_its_codes_stand_for(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, VERSION_2)
    assert draft.text.strip().split("\n") == [
        "Lamps on hills",
        "Identifier: GB-1-22",
        "Other title: Lampes",
        "Description: We set lamps.",
        "Objectives: To see at night.",
        "Status: Implementation",
        "Actual start: 2014-02-01",
        "Planned start: 2014-01-01",
        "Planned end: 2015-12-31",
        "Funding organisation: Big Fund",
        "Accountable organisation: A Board",
        "Extending organisation: A Bank",
        "Implementing organisation: Small; Org",
        "Reporting organisation: A Ministry",
        "Recipient country: Kenya (60%)",
        "Recipient country: Tanzania (40%)",
        "Recipient region: South of Sahara",
        "Location: Nairobi",
        "Budget of a period: 3000.50 GBP (2014-01-01 to 2014-12-31)",
        "Budget of a period: 12.345 EUR (2015-01-01)",
        "Sectors: Light; Hills",
        "Document: https://example.org/a.pdf",
    ]
    assert draft.rows == (1, 1)


def test_the_actual_date_wins_over_the_planned_and_budgets_are_no_sum(tmp_path: Path) -> None:
    (project,) = projects(tmp_path, VERSION_2)
    assert (project.title, project.reference) == ("Lamps on hills", "GB-1-22")
    assert "Lampes" in project.aliases
    assert project.description == "We set lamps.\n\nTo see at night."
    assert project.period is not None
    assert (project.period.start, project.period.end) == ("2014-02-01", "2015-12-31")
    assert project.period.note.startswith("the planned end, not the actual one; ")
    assert [(amount.amount, amount.currency, amount.role) for amount in project.amounts] == [
        ("3000.5", "GBP", "year"),
        ("12.345", "EUR", "year"),
    ]
    assert [(one.name, one.role) for one in project.organisations] == [
        ("Big Fund", "funder"),
        ("A Board", "partner"),
        ("A Bank", "partner"),
        ("Small; Org", "implementer"),
    ]
    assert [(place.name, place.country, place.text) for place in project.places][:2] == [
        ("Kenya", "KE", "Kenya"),
        ("Tanzania", "TZ", "Tanzania"),
    ]


def test_version_1_is_read_with_its_words_for_roles_and_dates(tmp_path: Path) -> None:
    (project,) = projects(tmp_path, VERSION_1)
    assert (project.title, project.reference) == ("Old lamps", "OLD-1")
    assert "Vieilles lampes" in project.aliases
    assert project.period is not None
    assert (project.period.start, project.period.end) == ("2003-01-01", "2004-05-06")
    assert [(one.name, one.role) for one in project.organisations] == [("A Fund", "funder")]
    assert [(one.amount, one.currency, one.role) for one in project.amounts] == [("5000", "USD", "budget")]


def test_a_file_of_many_activities_comes_in_parts(tmp_path: Path) -> None:
    found = drafts(tmp_path, VERSION_1 * 1_001)
    assert [draft.rows for draft in found] == [(1, 1_000), (1_001, 1_001)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<rss><channel/></rss>", r"XML of <rss> is not read, IATI activities \(<iati-activities>\) are"),
        ("<iati-activities><iati-activity>", "not well formed XML: .*cut off"),
        ("", "not well formed XML"),
        ("words", "not well formed XML"),
        ('<!DOCTYPE x [<!ENTITY a "aa">]><iati-activities/>', "declares a document type"),
        ("<iati-activities>" + "<a>" * 100_000, "not well formed XML"),
    ],
)
def test_what_is_no_activity_file_is_refused_with_a_reason(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "activities.xml"
    path.write_text(content)
    with pytest.raises(UnreadableError, match=why):
        list(read_iati(path))


def test_an_activity_without_a_title_goes_by_its_identifier(tmp_path: Path) -> None:
    (project,) = projects(tmp_path, "<iati-activity><iati-identifier>X-1</iati-identifier></iati-activity>")
    assert project.title == "X-1"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=6), st.integers(0, len(VERSION_2)))
def test_any_damage_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, damage: bytes, at: int) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "activities.xml"
    data = f"<iati-activities>{VERSION_2}</iati-activities>".encode()
    path.write_bytes(data[:at] + damage + data[at + len(damage) :])
    try:
        for draft in read_iati(path):
            assert draft.text
    except UnreadableError as error:
        assert str(error)  # noqa: PT017  # either outcome is right, another error is not
