"""The file of users: what is kept and what is not, who is let in, and what happens to a file that is damaged."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import process_time

import pytest
from argon2 import PasswordHasher

from corpus.errors import MisuseError
from tests.web.people import OTHER, PASSWORD, write_people
from web.users import (
    EDITOR,
    VIEWER,
    KnownUsers,
    User,
    UsersError,
    add_user,
    known_user,
    may_change,
    read_users,
    remove_user,
    set_password,
    set_role,
    users_path,
    verify,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_people(tmp_path / "store" / "users.json")


def test_a_file_that_is_not_there_holds_nobody(tmp_path: Path) -> None:
    assert read_users(tmp_path / "users.json") == {}
    assert verify(tmp_path / "users.json", "ana", PASSWORD) is None


def test_who_knows_the_password_is_let_in_and_nobody_else(path: Path) -> None:
    assert verify(path, "ANA ", PASSWORD) == known_user(path, "ana")
    for name, password in (("ana", OTHER), ("ana", PASSWORD + "x" * 5_000), ("bo", PASSWORD), ("", "")):
        assert verify(path, name, password) is None, (name, password)


def test_letters_are_the_same_however_they_are_typed(path: Path) -> None:
    set_password(path, "ana", "șapte gâște sure")
    assert verify(path, "ana", "s\N{COMBINING COMMA BELOW}apte ga\N{COMBINING CIRCUMFLEX ACCENT}ște sure")


def test_only_an_editor_may_change_things(path: Path) -> None:
    assert {name: may_change(user) for name, user in read_users(path).items()} == {"ana": True, "vio": False}
    assert may_change(set_role(path, "vio", EDITOR))


def test_the_file_is_its_owners_alone_and_holds_no_password(path: Path) -> None:
    path.chmod(0o644)
    set_password(path, "ana", OTHER)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    told = path.read_text(encoding="utf-8")
    assert PASSWORD not in told
    assert OTHER not in told
    assert [row["hash"].split("$")[1] for row in json.loads(told)["users"]] == ["argon2id"] * 2
    assert "argon2" not in repr(read_users(path))


def test_a_link_to_the_file_stays_one(path: Path, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(path)
    remove_user(tmp_path / "link.json", "vio")
    assert (tmp_path / "link.json").is_symlink()
    assert list(read_users(path)) == ["ana"]


def test_nothing_is_left_beside_the_file_but_its_lock(path: Path) -> None:
    set_role(path, "ana", VIEWER)
    with pytest.raises(MisuseError):
        remove_user(path, "bo")
    assert sorted(one.name for one in path.parent.iterdir()) == [".users.json.lock", "users.json"]


def test_two_who_write_at_once_lose_nothing(path: Path) -> None:
    roles = [EDITOR, VIEWER] * 20
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: [set_role(path, name, role) for role in [*roles, EDITOR]], ["ana", "vio"]))
    assert [user.role for user in read_users(path).values()] == [EDITOR, EDITOR]


@pytest.mark.parametrize(
    ("name", "role", "password", "said"),
    [
        ("ana", EDITOR, PASSWORD, "ana is there already"),
        ("a b", EDITOR, PASSWORD, "'a b' is not a name"),
        ("x" * 65, EDITOR, PASSWORD, "64 at most"),
        ("<b>", EDITOR, PASSWORD, "is not a name"),
        ("-x", EDITOR, PASSWORD, "is not a name"),
        ("", EDITOR, PASSWORD, "'' is not a name"),
        ("bo", "king", PASSWORD, "'king' is not a role; choose editor or viewer"),
        ("bo", EDITOR, "seven geese", "the password has 11 characters; give 12 or more"),
        ("bo", EDITOR, "x" * 257, "the password has 257 characters; give 256 or fewer"),
    ],
)
def test_what_cannot_be_added_is_refused_with_a_reason(
    path: Path, name: str, role: str, password: str, said: str
) -> None:
    with pytest.raises(MisuseError) as refused:
        add_user(path, name, role, password)
    assert said in str(refused.value)
    assert password not in str(refused.value)
    assert list(read_users(path)) == ["ana", "vio"]


def test_names_of_many_kinds_can_be_added(path: Path) -> None:
    for name in ("Ștefan", "ana.pop@example.org", "x"):
        assert add_user(path, name, VIEWER, PASSWORD) == known_user(path, name.upper())


def test_who_is_not_there_is_named_with_who_is(path: Path) -> None:
    for act in (lambda: set_password(path, "bo", PASSWORD), lambda: remove_user(path, "bo")):
        with pytest.raises(MisuseError, match="has no user 'bo'; choose one of ana, vio, or add one: python -m web"):
            act()


@pytest.mark.parametrize(
    "told",
    [
        "", "[]", '{"users": [{"name": "ana"}]}', '{"users": "ana"}', "{", "\udcff",
        '{"users": [{"name": "ana", "role": "king", "hash": "$argon2id$x"}]}',
        '{"users": [{"name": "ana", "role": "editor", "hash": "seven grey geese"}]}',
    ],
)  # fmt: skip
def test_a_damaged_file_lets_nobody_in_and_is_not_written_over(path: Path, told: str) -> None:
    path.write_text(told, encoding="utf-8", errors="surrogateescape")
    before = path.read_bytes()
    for act in (
        lambda: read_users(path), lambda: verify(path, "ana", PASSWORD), lambda: set_role(path, "ana", EDITOR),
    ):  # fmt: skip
        with pytest.raises(UsersError, match=r"is not a file of users; put back a copy, or remove it") as refused:
            act()
        assert PASSWORD not in str(refused.value)
    assert path.read_bytes() == before


def test_a_damaged_hash_is_nobodys_password(path: Path) -> None:
    path.write_text('{"users": [{"name": "ana", "role": "editor", "hash": "$argon2id$x"}]}', encoding="utf-8")
    assert verify(path, "ana", PASSWORD) is None


def test_a_hash_with_parameters_of_the_past_is_made_anew_at_login(path: Path) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("old one")  # as short as was allowed then
    path.write_text(json.dumps({"users": [{"name": "ana", "role": "editor", "hash": weak}]}), encoding="utf-8")
    assert verify(path, "ana", "other") is None
    assert read_users(path)["ana"].hashed == weak
    user = verify(path, "ana", "old one")
    assert user == read_users(path)["ana"] != User("ana", EDITOR, weak)
    assert verify(path, "ana", "old one") == user


def test_a_name_that_nobody_has_takes_as_long_as_a_wrong_password(path: Path) -> None:
    def seconds(name: str) -> float:
        begun = process_time()
        verify(path, name, OTHER)
        return process_time() - begun

    seconds("warm")
    known, unknown = (min(seconds(name) for _ in range(2)) for name in ("ana", "bo"))
    assert 0.3 < unknown / known < 3


def test_known_users_are_read_again_when_the_file_changes(path: Path) -> None:
    known = KnownUsers(path)
    assert list(known.current()) == ["ana", "vio"]
    assert known.current() is known.current()
    remove_user(path, "vio")
    assert list(known.current()) == ["ana"]
    path.unlink()
    assert known.current() == {}
    path.mkdir()
    with pytest.raises(UsersError, match="cannot be read"):
        known.current()


def test_where_the_file_is_can_be_told(tmp_path: Path) -> None:
    told = {"ASSISTANT_USERS": "/etc/users.json"}
    assert users_path(tmp_path, None, {}) == tmp_path / "users.json"
    assert users_path(tmp_path, None, told) == Path("/etc/users.json")
    assert users_path(tmp_path, "here.json", told) == Path("here.json")
