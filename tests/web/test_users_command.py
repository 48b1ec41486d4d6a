"""`python -m web users`: users are made and unmade, and a password is never seen."""

import os
import pty
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.people import OTHER, PASSWORD, write_people
from web.users import read_users, verify

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_people(tmp_path / "users.json")


def test_users_are_added_listed_changed_and_removed(command: Command, tmp_path: Path) -> None:
    def users(*words: str, stdin: str = "") -> str:
        ended = command("-m", "web", "users", *words, "--store", tmp_path / "store", stdin=stdin)
        assert (ended.returncode, PASSWORD in ended.stdout + ended.stderr) == (0, False), ended.stderr
        return ended.stdout

    path = tmp_path / "store" / "users.json"
    assert users("list") == ""
    assert users("add", "Ana", "--stdin", stdin=f"{PASSWORD}\r\nx\n").startswith("ana may log in at /staff, as editor;")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert verify(path, "ana", PASSWORD)
    assert users("role", "ana", "viewer").startswith("ana is viewer now")
    assert users("list") == "ana\tviewer\n"
    assert users("password", "ana", "--stdin", stdin=OTHER).startswith("ana has a new password")
    assert verify(path, "ana", OTHER)
    assert users("remove", "ana") == "ana can log in no longer\n"
    assert read_users(path) == {}


def test_who_may_not_be_added_and_what_is_no_password_is_said_with_what_to_do(command: Command, path: Path) -> None:
    for words, stdin, code, said in (
        (["add", "ana", "--stdin"], PASSWORD, 2, "ana is there already; to set a password: python -m web users"),
        (["add", "bo", "--stdin"], "seven geese", 2, "the password has 11 characters; give 12 or more"),
        (["add", "bo"], "", 2, "there is no terminal to ask for a password; give it on standard input, with --stdin"),
        (["password", "bo", "--stdin"], PASSWORD, 2, "has no user 'bo'; choose one of ana, vio"),
        (["add", "bo", "--password", PASSWORD], "", 2, "unrecognized arguments"),
    ):
        ended = command("-m", "web", "users", *words, "--file", path, stdin=stdin)
        assert (ended.returncode, ended.stdout) == (code, ""), words
        assert said in ended.stderr
        assert "geese" not in ended.stderr or "--password" in words
    assert list(read_users(path)) == ["ana", "vio"]


def test_a_file_that_is_damaged_is_an_error_of_one_line(command: Command, path: Path) -> None:
    path.write_text("{", encoding="utf-8")
    ended = command("-m", "web", "users", "list", environment={"ASSISTANT_USERS": str(path)})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"error: {path} is not a file of users; put back a copy")


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), (OTHER, 2)])
def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(
    root: Path, tmp_path: Path, again: str, code: int
) -> None:
    path, (terminal, side) = tmp_path / "users.json", pty.openpty()
    line = [sys.executable, "-m", "web", "users", "add", "ana", "--file", str(path)]
    with subprocess.Popen(line, cwd=root, stdin=side, stdout=side, stderr=side, start_new_session=True) as process:
        os.close(side)
        seen = ""
        for prompt, typed in (("Password (12 characters or more): ", PASSWORD), ("The same again: ", again)):
            while prompt not in seen:
                seen += os.read(terminal, 1024).decode()
            os.write(terminal, f"{typed}\n".encode())
        try:
            while piece := os.read(terminal, 1024):
                seen += piece.decode()
        except OSError:
            pass  # the other side has ended
        assert process.wait(30) == code
    os.close(terminal)
    assert PASSWORD not in seen
    assert OTHER not in seen
    assert path.exists() is (code == 0)
    assert ("nothing is changed" in seen) is (code == 2)
