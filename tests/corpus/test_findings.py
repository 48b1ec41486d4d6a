"""What a person should look at: each kind of finding once, with its place."""

from pathlib import Path

from corpus.check import MOST_OF_A_KIND, Finding, check, to_json
from corpus.files import find_files


def found(folder: Path, **files: str) -> list[Finding]:
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return list(check(find_files([folder])))


def of_kind(findings: list[Finding], kind: str) -> Finding:
    (finding,) = [finding for finding in findings if finding.kind == kind]
    return finding


GOOD = "# Lantern Walk of the Hill\n\nWords.\n\nPeriod: 2011-2012\n\nBudget: 300 EUR\n\nFunder: Tern Fund\n"


def test_a_record_without_fault_gives_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, a=GOOD) == []


def test_an_ambiguous_amount_is_a_warning_with_its_line_and_words(tmp_path: Path) -> None:
    finding = of_kind(found(tmp_path, a=GOOD.replace("300 EUR", "550,00 EUR")), "amount")
    assert (finding.severity, finding.line, finding.quote) == ("warning", 7, "550,00 EUR")
    assert finding.project == "Lantern Walk of the Hill"


def test_an_end_before_the_start_is_an_error(tmp_path: Path) -> None:
    finding = of_kind(found(tmp_path, a=GOOD.replace("2011-2012", "May 2012 – June 2011")), "period")
    assert (finding.severity, finding.message) == ("error", "the end lies before the start")


def test_what_a_record_lacks_and_what_prose_tells_are_hints(tmp_path: Path) -> None:
    page = "# Lantern Walk\n\nIt was implemented from June to November 2014.\n\nBudget: 300 EUR\n\nPartners: A; B\n"
    findings = found(tmp_path, a=page)
    assert {(one.severity, one.kind) for one in findings} == {("hint", "taken from prose"), ("hint", "no funder")}


def test_two_files_that_contradict_each_other_are_an_error_that_names_both_places(tmp_path: Path) -> None:
    other = GOOD.replace("300 EUR", "400 EUR").replace("2011-2012", "2011-2013")
    findings = found(tmp_path, a=GOOD, b=other)
    amount = of_kind(findings, "contradiction in budget")
    assert (amount.severity, amount.source, amount.line, amount.quote) == ("error", "b.md", 7, "400 EUR")
    assert amount.message == "a.md, line 7, says “300 EUR”"
    assert of_kind(findings, "contradiction in period").message == "a.md, line 5, says “2011-2012”"
    assert of_kind(findings, "same project").severity == "hint"


def test_a_file_that_cannot_be_read_is_an_error_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 cut")
    finding = of_kind(found(tmp_path, b=GOOD), "unreadable")
    assert (finding.severity, finding.source) == ("error", "a.pdf")


def test_text_that_was_decoded_wrongly_before_is_shown_where_it_stands(tmp_path: Path) -> None:
    finding = of_kind(found(tmp_path, a=GOOD.replace("Words.", "FundaÈ›ia Ã®nvaÈ›Ä.")), "garbled text")
    assert finding.severity == "warning"
    assert finding.line == 3
    assert "È›" in finding.quote or "Ã®" in finding.quote


def test_one_title_twice_in_a_register_is_a_duplicate_unless_references_tell_them_apart(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Title,Budget,Funder,Year\nWalk,5 EUR,A,2011\nOwl,6 EUR,A,2011\nWALK,7 EUR,A,2012\n"
    )
    (tmp_path / "b.csv").write_text(
        "Title,Reference,Budget,Funder,Year\nWalk,AB-1,5 EUR,A,2011\nWalk,AB-2,7 EUR,A,2012\n"
    )
    twice = [finding for finding in check(find_files([tmp_path])) if finding.kind == "duplicate"]
    assert [(finding.source, finding.project) for finding in twice] == [("a.csv#row=2-4", "WALK")]
    assert twice[0].message == "line 1 has a project of this title too"


def test_many_findings_of_a_kind_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"Project {number},{number} EUR,2011\n" for number in range(MOST_OF_A_KIND + 5))
    (tmp_path / "a.csv").write_text(f"Title,Budget,Year\n{rows}")
    findings = [finding for finding in check(find_files([tmp_path])) if finding.kind == "no funder"]
    assert len(findings) == MOST_OF_A_KIND + 1
    assert findings[-1].message == "5 more like the ones before"


def test_a_finding_as_json_has_the_documented_keys(tmp_path: Path) -> None:
    made = to_json(of_kind(found(tmp_path, a=GOOD.replace("300 EUR", "550,00 EUR")), "amount"))
    assert list(made) == ["severity", "kind", "document", "project", "line", "page", "span", "text", "message"]
    start, end = made["span"]
    assert end - start == len("550,00 EUR")


def test_a_table_of_many_rows_that_gives_no_project_is_a_warning_and_a_page_a_hint(tmp_path: Path) -> None:
    rows = "\n".join(f"Lamp {at},{at},red" for at in range(12))
    (tmp_path / "stock.csv").write_text(f"Zzz,Qqq,Colour\n{rows}\n", encoding="utf-8")
    finding = of_kind(found(tmp_path), "no project")
    assert (finding.severity, finding.line) == ("warning", 1)
    assert "none of its 12 rows" in finding.message
    (tmp_path / "stock.csv").unlink()
    assert of_kind(found(tmp_path, page="Words of the hill.\n"), "no project").severity == "hint"


def test_days_of_agreement_that_stand_for_starts_are_one_thing_to_know(tmp_path: Path) -> None:
    rows = "".join(f"Owl Boxes {n},2021-03-{n:02},2021-12-{n:02},{n}00\n" for n in range(1, 25))
    (tmp_path / "grants.csv").write_text(f"Project,Date signed,End date,Amount (EUR)\n{rows}", encoding="utf-8")
    findings = [one for one in check(find_files([tmp_path])) if one.kind == "period"]
    assert [(one.severity, one.message) for one in findings] == [
        ("hint", "the date under “Date signed” stands for the start of 24 projects")
    ]
