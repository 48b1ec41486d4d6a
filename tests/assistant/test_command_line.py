"""`python -m assistant`: ask, chat and precedents, as they are typed."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from assistant.__main__ import main
from corpus.command import run
from tests.conftest import Command

IDEA = "Teenagers map lamps, walkers trace an old road, a road along the coast is widened, and halls are made safe."


def _typed(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    try:
        code = run(main, [*map(str, arguments)])
    except SystemExit as ended:  # argparse ends by itself
        code = int(ended.code or 0)
    return code, *capsys.readouterr()


def test_ask_shows_answer_sources_and_plan(capsys: pytest.CaptureFixture[str], reedmoor_store: Path) -> None:
    code, said, complained = _typed(capsys, "ask", "Who funded Salt Road?", "--store", reedmoor_store)
    assert (code, complained) == (0, "")
    lines = said.splitlines()
    assert lines[0] == "Salt Road – Funder: “European Salt Council” [1]"
    assert lines[2].startswith("[1] Salt Road, projects.md, ")
    assert lines[2].endswith(": Funder: European Salt Council")
    assert lines[-1] == "(answered; understood as: funder of Salt Road)"


def test_a_refusal_is_an_answer_and_no_failure(capsys: pytest.CaptureFixture[str], reedmoor_store: Path) -> None:
    code, said, _ = _typed(capsys, "ask", "Who funded Project Zephyr?", "--store", reedmoor_store, "--json")
    assert code == 0
    assert json.loads(said)["status"] == "refused"


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "  "],
        ["ask"],
        ["ask", "Who?", "--jsonl"],
        ["ask", "?!"],
        ["precedents"],
        ["precedents", IDEA, "--least", "lots"],
        ["precedents", IDEA, "--since", "yesterday"],
        ["precedents", IDEA, "--top", "many"],
        ["precedents", IDEA, "--top", "-1"],
        ["precedents", IDEA, "--top", "0"],
        ["precedents", "  "],
        ["precedents", IDEA, "--out", "precedents.odt"],
        ["chat", "Who?"],
        ["sing"],
        [],
    ],
)
def test_misuse_is_told_in_words_and_ends_with_2(
    capsys: pytest.CaptureFixture[str], reedmoor_store: Path, arguments: list[str]
) -> None:
    stored = [*arguments, "--store", str(reedmoor_store)] if arguments else []
    code, said, complained = _typed(capsys, *stored)
    assert (code, said) == (2, "")
    assert complained.strip()
    assert "Traceback" not in complained


def test_a_store_that_is_not_there_is_a_failure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for arguments in (["ask", "Who?"], ["precedents", IDEA], ["chat"]):
        code, said, complained = _typed(capsys, *arguments, "--store", tmp_path / "none")
        assert (code, said) == (1, "")
        assert "python -m index build" in complained


def test_precedents_are_told_in_markdown(capsys: pytest.CaptureFixture[str], reedmoor_store: Path) -> None:
    code, said, _ = _typed(capsys, "precedents", IDEA, "--top", "2", "--store", reedmoor_store)
    assert code == 0
    assert said.index("Coastal Roads Upgrade") > said.index(IDEA)
    assert said.count("\n## ") == 2
    assert "7250000" in said


@pytest.mark.parametrize(
    ("narrowed", "title", "count"),
    [
        (["--funder", "European Salt Council"], "Salt Road", 2),
        (["--country", "GE"], "Coastal Roads Upgrade", 3),
        (["--since", "2017-07", "--until", "2017"], "Coastal Roads Upgrade", 6),
        (["--least", "100000", "--most", "1000000"], "Turbine Halls", 2),
    ],
)
def test_precedents_are_narrowed_down(
    capsys: pytest.CaptureFixture[str],
    reedmoor_store: Path,
    tmp_path: Path,
    narrowed: list[str],
    title: str,
    count: int,
) -> None:
    file = tmp_path / "precedents.csv"
    code, said, _ = _typed(
        capsys, "precedents", IDEA, "--top", "9", "--out", file, *narrowed, "--store", reedmoor_store
    )
    assert code == 0
    assert said.startswith(f"{file}: ")
    assert said.endswith(f" of {count} projects\n")
    assert title in file.read_text(encoding="utf-8-sig")


def test_precedents_are_written_in_each_format(
    capsys: pytest.CaptureFixture[str], reedmoor_store: Path, tmp_path: Path
) -> None:
    for ending in (".md", ".csv", ".docx"):
        file = tmp_path / f"precedents{ending}"
        code, said, complained = _typed(
            capsys, "precedents", IDEA, "--top", "3", "--out", file, "--store", reedmoor_store
        )
        assert (code, said, complained) == (0, f"{file}: 3 of 16 projects\n", "")
    assert "Coastal Roads Upgrade" in (tmp_path / "precedents.md").read_text(encoding="utf-8")
    with (tmp_path / "precedents.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert any("Coastal Roads Upgrade" in row for row in rows)
    with zipfile.ZipFile(tmp_path / "precedents.docx") as document:
        assert "Coastal Roads Upgrade" in document.read("word/document.xml").decode()
        assert "word/footnotes.xml" in document.namelist()


def test_the_idea_may_be_a_document(capsys: pytest.CaptureFixture[str], reedmoor_store: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("An idea\n\nA mill on the river is repaired by volunteers and grinds flour again.\n")
    _, said, _ = _typed(capsys, "precedents", draft, "--top", "1", "--store", reedmoor_store)
    assert "Moara Veche" in said


def test_a_document_that_cannot_be_read_is_misuse(
    capsys: pytest.CaptureFixture[str], reedmoor_store: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.docx"
    draft.write_bytes(b"no document")
    code, _, complained = _typed(capsys, "precedents", draft, "--store", reedmoor_store)
    assert (code, "draft.docx" in complained) == (2, True)


def test_a_conversation_leans_on_what_was_asked_before_and_ends_with_its_input(
    command: Command, reedmoor_store: Path
) -> None:
    asked = "What was the budget of Salt Road?\n\n  \nAnd who funded it?\nși când s-a desfășurat?"
    ended = command("-m", "assistant", "chat", "--store", reedmoor_store, stdin=asked)
    assert (ended.returncode, ended.stderr) == (0, "")
    told = [line for line in ended.stdout.splitlines() if "Salt Road – " in line]
    assert [line.lstrip("> ").partition(": ")[0] for line in told] == [
        "Salt Road – Budget", "Salt Road – Funder", "Salt Road – Perioadă",
    ]  # fmt: skip
    assert ended.stdout.endswith("\n")


def test_a_conversation_without_a_question_ends_well(command: Command, reedmoor_store: Path) -> None:
    ended = command("-m", "assistant", "chat", "--store", reedmoor_store, stdin="")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_questions_by_the_line_are_answered_in_order_with_their_history(command: Command, reedmoor_store: Path) -> None:
    lines = [
        {"question": "And who funded it?", "history": ["What was the budget of Salt Road?"]},
        {"question": "Which projects are closed?"},
        {"question": "Only those in Georgia", "history": ["Which projects are closed?"]},
    ]
    stdin = "\n".join([*map(json.dumps, lines), "no JSON", ""])
    ended = command("-m", "assistant", "ask", "--jsonl", "--store", reedmoor_store, stdin=stdin)
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [one.get("plan") for one in told] == [
        "funder of Salt Road", "list: projects (closed)", "list: projects (closed; Georgia)", None,
    ]  # fmt: skip
    assert told[-1]["line"] == 4
    assert ended.returncode == 2
