"""Attempts to log in: how many may fail, by name and by address, before the next has to wait. Knows no passwords."""

import math
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

WINDOW_SECONDS = 15 * 60
PER_NAME = 5
"""Wrong passwords in that time; a person who has forgotten which it was needs three or four."""
PER_ADDRESS = 20
"""The same from one address, whatever the names: an office may share one."""
NETWORK_BITS = 64
"""Of an IPv6 address: what a household gets, which holds more addresses than could be counted one by one."""


class Attempts:
    """Failures of the last while, for any number of threads; gone when the process ends.

    `clock` gives seconds since 1970, as `time.time` does.
    """

    def __init__(
        self, *, per_name: int = PER_NAME, per_address: int = PER_ADDRESS, window_seconds: int = WINDOW_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        from limits import RateLimitItemPerSecond
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        self._clock = clock
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._name = RateLimitItemPerSecond(per_name, window_seconds, "name")
        self._address = RateLimitItemPerSecond(per_address, window_seconds, "address")

    def wait(self, name: str, address: str) -> int:
        """Seconds until somebody may try again, rounded up; 0 for now."""
        waits = [0]
        for limit, key in ((self._name, name), (self._address, _network(address))):
            told = self._window.get_window_stats(limit, key)
            if told.remaining <= 0:
                waits.append(max(1, math.ceil(told.reset_time - self._clock())))
        return max(waits)

    def failed(self, name: str, address: str) -> None:
        """Keep in mind that a name and password were wrong."""
        self._window.hit(self._name, name)
        self._window.hit(self._address, _network(address))

    def succeeded(self, name: str) -> None:
        """Forget the failures of a name; not of its address, which others may have caused."""
        self._window.clear(self._name, name)


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address  # of a socket that has no address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((int(parsed), NETWORK_BITS), strict=False))
    return str(parsed)
