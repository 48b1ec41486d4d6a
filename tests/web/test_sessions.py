"""How long somebody stays logged in, and what ends it sooner."""

from pathlib import Path

import pytest

from tests.web.people import PASSWORD, Clock, write_people
from web.sessions import IDLE_SECONDS, LONGEST_SECONDS, Sessions
from web.users import EDITOR, VIEWER, KnownUsers, User, add_user, known_user, remove_user, set_password, set_role


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_people(tmp_path / "users.json")


@pytest.fixture
def ana(path: Path) -> User:
    return known_user(path, "ana")


@pytest.fixture
def sessions(path: Path, clock: Clock) -> Sessions:
    return Sessions(KnownUsers(path), clock=clock)


def test_a_token_is_its_users_and_no_other_is_anybodys(sessions: Sessions, ana: User) -> None:
    token, other = sessions.begin(ana), sessions.begin(ana)
    assert len({token, other}) == 2
    assert sessions.user(token) == ana
    for wrong in ("", token[:-1], token.swapcase(), "\udcff", other + token):
        assert sessions.user(wrong) is None


def test_a_token_is_not_kept(sessions: Sessions, ana: User) -> None:
    token = sessions.begin(ana)
    assert token not in repr(vars(sessions))
    assert len(token) >= 43  # 32 random bytes in base 64


def test_it_ends_when_nothing_is_done_and_goes_on_when_something_is(
    sessions: Sessions, ana: User, clock: Clock
) -> None:
    busy, idle = sessions.begin(ana), sessions.begin(ana)
    clock.now = IDLE_SECONDS - 1
    assert sessions.user(busy, is_active=True)
    assert sessions.user(idle)  # looked at by the page itself
    clock.now = IDLE_SECONDS
    assert sessions.user(busy)
    assert sessions.user(idle) is None
    clock.now = 0
    assert sessions.user(idle) is None  # over for good


def test_it_ends_after_a_working_day_whatever_is_done(sessions: Sessions, ana: User, clock: Clock) -> None:
    token = sessions.begin(ana)
    while clock.now < LONGEST_SECONDS - 60:
        clock.now += 60
        assert sessions.user(token, is_active=True)
    clock.now += 60
    assert sessions.user(token, is_active=True) is None


def test_who_logs_out_is_out_and_others_are_not(sessions: Sessions, ana: User) -> None:
    token, other = sessions.begin(ana), sessions.begin(ana)
    sessions.end(token)
    sessions.end(token)
    assert sessions.user(token) is None
    assert sessions.user(other) == ana


@pytest.mark.parametrize("change", ["password", "role", "removed", "removed and added", "file gone", "file damaged"])
def test_all_sessions_of_a_user_end_when_it_is_changed(sessions: Sessions, path: Path, ana: User, change: str) -> None:
    tokens = [sessions.begin(ana), sessions.begin(ana)]
    assert all(map(sessions.user, tokens))
    if change == "password":
        set_password(path, "ana", PASSWORD)  # the same one
    elif change == "role":
        set_role(path, "ana", VIEWER)
    elif change.startswith("removed"):
        remove_user(path, "ana")
        if change.endswith("added"):
            add_user(path, "ana", EDITOR, PASSWORD)
    elif change == "file gone":
        path.unlink()
    else:
        path.write_text("{", encoding="utf-8")
    assert [sessions.user(token) for token in tokens] == [None, None]


def test_others_stay_logged_in_meanwhile(sessions: Sessions, path: Path, ana: User) -> None:
    token = sessions.begin(ana)
    set_password(path, "vio", PASSWORD)
    assert sessions.user(token) == ana


def test_sessions_that_are_over_take_no_room(sessions: Sessions, ana: User, clock: Clock) -> None:
    for _ in range(50):
        sessions.begin(ana)
    clock.now = IDLE_SECONDS
    sessions.begin(ana)
    assert len(sessions._sessions) == 1
