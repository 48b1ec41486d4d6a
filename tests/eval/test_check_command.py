"""`python -m eval check`: every mistake on standard output, exit code 1; else what a set holds."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from eval.__main__ import main
from eval.qa import SHIPPED

Command = Callable[..., CompletedProcess[str]]
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """Take the first questions of the shipped set."""
    return [json.loads(line) for line in SHIPPED.read_text(encoding="utf-8").splitlines()[:9]]


def _written(folder: Path, rows: list[dict[str, Any]]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_sound_set_is_described(tmp_path: Path, capsys: Printed) -> None:
    sound: dict[str, Any] = {
        "question": "Who?",
        "kind": "field",
        "language": "en",
        "answerable": True,
        "answers": ["a"],
    }
    rows = [
        sound | {"id": "a", "reviewed": "Ana, 3 May"},
        sound | {"id": "b", "kind": "passage", "language": "ro", "history": ["What?"]},
        {"id": "c", "of": "a", "question": "Who was it?"},
        {"id": "d", "question": "Why?", "kind": "field", "language": "en", "answerable": False},
    ]
    path = _written(tmp_path, rows)
    assert main(["check", str(path)]) == 0
    printed = capsys.readouterr()
    assert printed.out == (
        f"{path}: 4 questions, 3 answerable and 1 not\n"
        "  1 ask another in other words\n"
        "  1 go on with a conversation\n"
        "  1 reviewed\n"
        "  kinds: field 3, passage 1\n"
        "  languages: en 3, ro 1\n"
    )
    assert printed.err == "1 file: 0 mistakes, 0 warnings\n"


def test_a_line_that_is_not_utf_8_is_a_mistake_as_others_are(tmp_path: Path, capsys: Printed) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b'{"id": "\xfe"}\n{')
    assert main(["check", str(path)]) == 1
    assert [line.split(";")[0] for line in capsys.readouterr().out.splitlines()] == [
        f"{path}, line 1: not UTF-8",
        f"{path}, line 2: not JSON (Expecting property name enclosed in double quotes, character 2)",
    ]


def test_the_lines_in_the_documents_are_what_is_printed(
    root: Path, tmp_path: Path, sample_store: Path, capsys: Printed, rows: list[dict[str, Any]]
) -> None:
    documents = (root / "docs" / "evaluation.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```\n((?:warning: )?questions\.jsonl, line .+?)```", documents, re.DOTALL)
    rows[1]["anwsers"] = rows[1].pop("answers")
    rows[4] |= {"answers": ["550,00 USD"], "sources": [{"document": "grants.xlsx", "quote": "Budget: 560,00 USD"}]}
    rows[8]["question"] = rows[3]["question"]
    path = _written(tmp_path, rows)
    assert main(["check", str(path), "--store", str(sample_store)]) == 1
    printed = capsys.readouterr()
    assert shown.splitlines() == printed.out.replace(str(path), path.name).splitlines()
    assert printed.err == "1 file: 2 mistakes, 1 warning\n"


def test_mistakes_as_json_come_a_file_a_line(tmp_path: Path, capsys: Printed, rows: list[dict[str, Any]]) -> None:
    rows[0]["kind"] = 3
    rows[8]["question"] = rows[3]["question"]
    assert main(["check", str(_written(tmp_path, rows)), str(SHIPPED), "--json"]) == 1
    spoilt, shipped = map(json.loads, capsys.readouterr().out.splitlines())
    assert [*spoilt] == [
        *("file", "questions", "answerable", "unanswerable", "wordings", "follow_ups", "reviewed", "kinds"),
        *("languages", "mistakes", "warnings"),
    ]
    assert spoilt["mistakes"] == [{"line": 1, "field": "kind", "message": "has to be a text in quotes, not 3"}]
    assert [(warning["line"], warning["field"]) for warning in spoilt["warnings"]] == [(9, "question")]
    text = SHIPPED.read_text(encoding="utf-8")
    assert (shipped["questions"], shipped["unanswerable"]) == (text.count("\n"), text.count('"answerable": false'))
    assert shipped["languages"] == {code: text.count(f'"language": "{code}"') for code in ("en", "ro")}
    assert sum(shipped["kinds"].values()) == shipped["answerable"] + shipped["unanswerable"] == shipped["questions"]
    assert (shipped["mistakes"], shipped["warnings"]) == ([], [])


def test_the_shipped_sets_have_neither_mistakes_nor_warnings_against_their_documents(
    root: Path, sample_store: Path, capsys: Printed
) -> None:
    wordings = root / "eval" / "sample-paraphrases.jsonl"
    assert main(["check", str(SHIPPED), str(wordings), "--store", str(sample_store)]) == 0
    assert capsys.readouterr().err == "2 files: 0 mistakes, 0 warnings\n"


def test_the_originals_may_stand_elsewhere(tmp_path: Path, capsys: Printed, rows: list[dict[str, Any]]) -> None:
    rows[0]["id"] = "mine"
    originals = _written(tmp_path, rows)
    wordings = tmp_path / "wordings.jsonl"
    wordings.write_text('{"id": "a", "of": "mine", "question": "Budget?"}')
    assert main(["check", str(wordings), "--originals", str(originals)]) == 0
    assert main(["check", str(wordings)]) == 1
    assert f"'mine' is neither in this file nor in {SHIPPED}" in capsys.readouterr().out


def test_what_cannot_be_checked_is_one_line_and_nothing_is_printed(command: Command, tmp_path: Path) -> None:
    for arguments, code, said in (
        ([tmp_path / "nowhere.jsonl"], 2, "nowhere.jsonl: No such file or directory; give a JSON Lines file"),
        ([SHIPPED, "--store", tmp_path], 1, f"python -m index build PATH --store {tmp_path}"),
    ):
        ended = command("-m", "eval", "check", *arguments)
        assert (ended.returncode, ended.stdout) == (code, "")
        (line,) = ended.stderr.splitlines()
        assert said in line
