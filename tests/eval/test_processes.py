"""Programs measured in processes of their own."""

import time

import pytest

from eval.errors import EvaluationError
from eval.processes import measure

HOLD = "import time; held = b'x' * (96 << 20); time.sleep(0.4)"
ONCE = ("-n", "1", "-r", "1")


def test_memory_is_that_of_the_process_and_of_those_it_starts() -> None:
    idle = measure("timeit", [*ONCE, "import time; time.sleep(0.1)"]).memory
    alone = measure("timeit", [*ONCE, HOLD]).memory
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}])"
    threaded = (
        f"import threading; thread = threading.Thread(target=exec, args=({child!r},)); thread.start(); thread.join()"
    )
    assert 90 <= alone - idle <= 110
    for parent in (child, threaded):
        assert 90 <= measure("timeit", [*ONCE, parent]).memory - idle <= 140


def test_the_last_line_is_given_however_much_is_said_before() -> None:
    before = time.monotonic()
    ended = measure("timeit", [*ONCE, "import sys; print('x' * 1_000_000); print('y' * 1_000_000, file=sys.stderr)"])
    assert ended.said.startswith("1 loop, best of 1: ")
    assert before <= ended.began <= time.monotonic()


def test_a_program_that_fails_is_named_with_its_last_words() -> None:
    with pytest.raises(EvaluationError, match=r"^1 / 0 failed: ZeroDivisionError: division by zero$"):
        measure("timeit", ["1 / 0"])


def test_the_environment_is_added_to_ours() -> None:
    told = "import os; assert os.environ['TOLD'] == 'yes' and os.environ['PATH']"
    measure("timeit", [told], environment={"TOLD": "yes"})
    with pytest.raises(EvaluationError, match="KeyError: 'TOLD'"):
        measure("timeit", [told])
