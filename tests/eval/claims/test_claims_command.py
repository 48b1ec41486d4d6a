"""`python -m eval claims`: shares on standard output, exit code 1 below a floor, 2 for a floor that is none."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from corpus.errors import MisuseError
from eval.__main__ import main
from eval.claims.claim import DEVELOPMENT_CLAIMS
from eval.errors import EvaluationError

Command = Callable[..., CompletedProcess[str]]
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Take the claims of the first project of the set that the check was developed on."""
    lines = DEVELOPMENT_CLAIMS.read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "few.jsonl"
    path.write_text("".join(line for line in lines if '"id": "wheels-' in line), encoding="utf-8")
    return path


def test_a_wrong_number_and_a_wrong_name_are_stopped(few: Path, capsys: Printed) -> None:
    assert main(["claims", "--set", str(few), "--figures-only", "--fail-under", "figures-and-names=1", "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["claims"] == few.read_text(encoding="utf-8").count("\n")
    assert read["shares"]["number"]["share"] == 1


def test_what_was_told_wrong_is_shown_where_it_is_asked_for(few: Path, capsys: Printed) -> None:
    for options, is_shown in ((["--show"], True), ([], False)):
        assert main(["claims", "--set", str(few), "--figures-only", *options]) == 0
        printed = capsys.readouterr().out
        assert printed.startswith("falsehoods")
        assert ("(let through, superlative)" in printed) is is_shown


def test_below_a_floor_it_fails_after_the_shares_are_printed(few: Path, capsys: Printed) -> None:
    with pytest.raises(EvaluationError, match=r"superlative is 0\.000 \(0 of 1\); at least 0\.9"):
        main(["claims", "--set", str(few), "--figures-only", "--fail-under", "superlative=0.9"])
    assert "time for a sentence" in capsys.readouterr().out


@pytest.mark.parametrize("floor", ["kept", "kept=", "=0.9", "kept=95", "kept=nan"])
def test_a_floor_that_is_none_is_misuse(floor: str, few: Path) -> None:
    with pytest.raises(MisuseError, match=r"expected SHARE=NUMBER, from 0 to 1, as in kept=0\.95"):
        main(["claims", "--set", str(few), "--fail-under", floor])


def test_as_a_command_it_needs_no_store_and_tells_what_is_wrong_in_one_line(command: Command, tmp_path: Path) -> None:
    ended = command("-m", "eval", "claims", "--set", tmp_path / "nowhere.jsonl")
    assert (ended.returncode, ended.stdout) == (2, "")
    (line,) = ended.stderr.splitlines()
    assert "nowhere.jsonl: No such file or directory; give a JSON Lines file of claims" in line
