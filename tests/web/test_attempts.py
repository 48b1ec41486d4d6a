"""Who has typed a wrong password too often waits, by name and by address, and how long is said."""

from types import SimpleNamespace

import pytest

from tests.web.people import Clock
from web.attempts import PER_ADDRESS, PER_NAME, WINDOW_SECONDS, Attempts

HERE, THERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set a clock for the library too, which takes no other than the machine's."""
    clock = Clock(1_700_000_000.0)
    monkeypatch.setattr("limits.storage.memory.time", SimpleNamespace(time=clock))
    return clock


def test_a_name_waits_after_its_last_allowed_failure_wherever_it_comes_from(clock: Clock) -> None:
    attempts = Attempts(clock=clock)
    for _ in range(PER_NAME):
        assert attempts.wait("ana", HERE) == 0
        attempts.failed("ana", HERE)
        clock.now += 10
    assert attempts.wait("ana", HERE) == attempts.wait("ana", THERE) == WINDOW_SECONDS - PER_NAME * 10
    assert attempts.wait("bo", HERE) == 0


def test_the_wait_ends_when_the_oldest_failure_is_forgotten_and_one_more_is_allowed(clock: Clock) -> None:
    attempts = Attempts(per_name=2, window_seconds=60, clock=clock)
    attempts.failed("ana", HERE)
    clock.now += 30
    attempts.failed("ana", HERE)
    assert attempts.wait("ana", HERE) == 30
    clock.now += 30.5
    assert attempts.wait("ana", HERE) == 0
    attempts.failed("ana", HERE)
    assert attempts.wait("ana", HERE) == 30  # rounded up from 29.5


def test_an_address_waits_whatever_the_names(clock: Clock) -> None:
    attempts = Attempts(clock=clock)
    for n in range(PER_ADDRESS):
        attempts.failed(f"name-{n}", HERE)
    assert attempts.wait("ana", HERE) == WINDOW_SECONDS
    assert attempts.wait("ana", THERE) == 0


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "", True),
    ],
)
def test_addresses_of_one_household_are_one(clock: Clock, one: str, other: str, is_same: bool) -> None:
    attempts = Attempts(per_address=1, clock=clock)
    attempts.failed("ana", one)
    assert (attempts.wait("bo", other) > 0) is is_same


def test_a_right_password_forgets_the_failures_of_its_name_and_not_of_its_address(clock: Clock) -> None:
    attempts = Attempts(per_name=2, per_address=3, clock=clock)
    attempts.failed("ana", HERE)
    attempts.succeeded("ana")
    attempts.failed("ana", HERE)
    assert attempts.wait("ana", HERE) == 0
    attempts.failed("bo", HERE)
    assert attempts.wait("ana", HERE) > 0
