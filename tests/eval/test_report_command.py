"""`python -m eval report`: the list, the pages it writes, and what it says when there is nothing to show."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import MisuseError
from eval.__main__ import main
from eval.errors import EvaluationError
from eval.reports.html import to_html
from eval.result import Run
from eval.runs import find_run, result_to_json, to_json, write_run
from eval.scores import METRICS
from index.catalogue import open_catalogue
from index.runs import begin_run, finish_run
from index.settings import Settings
from tests.eval.reports.made import FEW, run

Report = Callable[..., str]


def keep(settings: Settings, made: Run) -> None:
    """Put a run into the catalogue."""
    about = {name: told for name, told in to_json(made).items() if name not in ("questions", "metrics", "results")}
    with closing(open_catalogue(settings)) as catalogue, catalogue.transaction() as connection:
        begin_run(connection, made.id, made.made_at, about)
        finish_run(connection, made.id, [result_to_json(result) for result in made.results])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Keep three runs of two sets."""
    settings = Settings(tmp_path / "store")
    open_catalogue(settings, create=True).close()
    for made in (
        run(id="a", made_at="2026-11-01T08:00:00Z"),
        run(FEW[:2], id="b", made_at="2026-11-02T08:00:00Z", qa="other.jsonl"),
        run(id="c", made_at="2026-11-03T08:00:00Z"),
    ):
        keep(settings, made)
    return settings.store


@pytest.fixture
def report(store: Path, capsys: pytest.CaptureFixture[str]) -> Report:
    """Run the command over that store and give what it prints."""

    def printed(*arguments: object) -> str:
        assert main(["report", "--store", str(store), *map(str, arguments)]) == 0
        said = capsys.readouterr()
        assert said.err == ""
        return said.out

    return printed


def test_it_lists_the_runs_oldest_first_with_intervals(report: Report) -> None:
    head, *rows = report().splitlines()
    assert head.split()[:3] == ["made", "run", "set"]
    assert [row.split()[3:8] for row in rows] == [
        ["a", "lamps.jsonl", "2", "of", "5"],
        ["b", "other.jsonl", "1", "of", "2"],
        ["c", "lamps.jsonl", "2", "of", "5"],
    ]
    assert "0.333 (" in rows[0]


def test_metrics_and_a_set_can_be_chosen(report: Report) -> None:
    head, row = report("--metric", "source_recall", "--metric", "verbatim", "--qa", "other.jsonl").splitlines()
    assert "source_recall" in head
    assert "verbatim" in head
    assert "correct_and_cited" not in head
    assert row.split()[3] == "b"


def test_as_json_it_is_an_object_a_line(report: Report) -> None:
    rows = [json.loads(line) for line in report("--json").splitlines()]
    assert [(row["id"], row["right"], row["questions"]) for row in rows] == [("a", 2, 5), ("b", 1, 2), ("c", 2, 5)]


def test_out_writes_the_page_of_all_runs_the_same_each_time(report: Report, tmp_path: Path) -> None:
    report("--out", tmp_path / "one.html")
    report("--out", tmp_path / "two.html")
    page = (tmp_path / "one.html").read_bytes()
    assert page == (tmp_path / "two.html").read_bytes()
    assert page.startswith(b"<!DOCTYPE html>")
    assert page.count(b"<h2") == 2
    report("--qa", "other.jsonl", "--out", tmp_path / "two.html")
    assert (tmp_path / "two.html").read_text(encoding="utf-8").count("<h2") == 1


def test_a_run_is_rendered_again_by_its_id_or_its_file(report: Report, store: Path, tmp_path: Path) -> None:
    found = find_run("c", Settings(store))
    write_run(found, tmp_path)
    expected = to_html(found)
    for reference in ("c", "latest", tmp_path):
        assert len(report(reference, "--out", tmp_path / "run.html").splitlines()) == 2
        assert (tmp_path / "run.html").read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (["--metric", "luck"], MisuseError, f"--metric luck: expected one of {', '.join(METRICS)}"),
        (["--qa", "lost.jsonl"], EvaluationError, "--qa lost.jsonl: .* choose one of lamps.jsonl, other.jsonl"),
        (["a", "--qa", "lamps.jsonl"], MisuseError, "--qa lamps.jsonl: .* give one of them"),
        (["--out", "{}"], MisuseError, "--out .*: Is a directory; give a file"),
        (["z"], MisuseError, "z: no such run"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_told_in_a_line(
    store: Path, arguments: list[str], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says) as raised:
        main(["report", "--store", str(store), *(argument.format(store) for argument in arguments)])
    assert "\n" not in str(raised.value)


def test_a_store_without_runs_says_how_to_make_one(tmp_path: Path) -> None:
    folder = tmp_path / "a store"
    open_catalogue(Settings(folder), create=True).close()
    said = rf"keeps no run; give another --store, or make one: python -m eval run --store '{folder}'"
    with pytest.raises(EvaluationError, match=said):
        main(["report", "--store", str(folder)])
