"""The sample corpus: its binary files are what the script makes of their sources, and it spans the formats."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from corpus.files import file_of
from corpus.pool import read_paths
from corpus.reading import read_document
from corpus.record import Reading

Command = Callable[..., CompletedProcess[str]]

MADE = ("grants.xlsx", "occupy-library-report.pdf", "scoala-de-reporteri.docx")


@pytest.fixture(scope="module")
def made(command: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make the files twice."""
    folders = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    for folder in folders:
        ended = command("scripts/make_sample.py", "--out", folder)
        assert (ended.returncode, ended.stderr) == (0, "")
    return folders


@pytest.mark.parametrize("name", MADE)
def test_a_file_made_twice_is_the_same_bytes(made: tuple[Path, Path], name: str) -> None:
    first, second = made
    assert (first / name).read_bytes() == (second / name).read_bytes()


# The bytes depend on the versions of the libraries that write them; what is read in them must not.
@pytest.mark.parametrize("name", MADE)
def test_a_file_made_anew_says_what_the_shipped_one_says(made: tuple[Path, Path], sample: Path, name: str) -> None:
    shipped, anew = (read_document(folder / name, name) for folder in (sample, made[0]))
    assert (shipped.text, shipped.title, shipped.page_starts) == (anew.text, anew.title, anew.page_starts)


def test_the_sample_spans_the_formats_and_each_project_stands_in_one_file(sample: Path) -> None:
    readings = [one for one in read_paths([sample]) if isinstance(one, Reading)]
    projects = Counter({file_of(one.document.source): len(one.projects) for one in readings})
    assert projects == {
        "about.md": 0,
        "bistrita-mea.md": 1,
        "code-kids.md": 1,
        "digitales.md": 1,
        "earlier-projects.html": 4,
        "grants.xlsx": 2,
        "occupy-library-report.pdf": 3,
        "ora-sa-stim.md": 1,
        "scoala-de-reporteri.docx": 1,
        "silver-stories.md": 1,
    }
    assert len({project.title for one in readings for project in one.projects}) == 15


def test_each_project_of_the_report_stands_on_a_page_of_its_own(sample: Path) -> None:
    report = read_document(sample / "occupy-library-report.pdf", "report.pdf")
    titles = ("Occupy Library Innovators Hub", "OCCUPY LIBRARY Conference", "PUBLIC LIBRARIES AS HUBS")
    assert [report.page_of(report.text.index(title)) for title in titles] == [2, 3, 4]
    assert "Page 2 of 4" not in report.text
