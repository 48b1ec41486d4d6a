"""After a failure nobody waits for a while, then one request tries, and its success lets everybody through."""

import threading
import time

import pytest

from assistant.errors import LanguageModelError
from assistant.llm.breaker import Breaker


def is_let_through(breaker: Breaker) -> bool:
    try:
        breaker.check()
    except LanguageModelError:
        return False
    return True


def test_after_a_failure_nobody_is_let_through_and_after_a_success_everybody() -> None:
    breaker = Breaker(pause_s=60)
    assert [is_let_through(breaker) for _ in range(3)] == [True] * 3
    breaker.fail()
    assert breaker.is_open
    with pytest.raises(LanguageModelError, match=r"^not asked, as it gave no reply a moment ago; again in 60 s$"):
        breaker.check()
    breaker.succeed()
    assert (breaker.is_open, is_let_through(breaker)) == (False, True)


def test_after_the_pause_one_of_many_tries_again() -> None:
    breaker = Breaker(pause_s=0.2)
    breaker.fail()
    time.sleep(0.25)
    let: list[bool] = []
    threads = [threading.Thread(target=lambda: let.append(is_let_through(breaker))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(let) == [False] * 7 + [True]
