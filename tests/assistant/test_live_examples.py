"""Examples of a process that many ask: found once, and no question waits until all are."""

import shutil
import time
from pathlib import Path
from threading import Thread

from assistant.live import LiveAssistant
from index.settings import Settings


def test_examples_are_the_same_once_found_and_none_before(sample_store: Path) -> None:
    live = LiveAssistant(Settings(sample_store))
    assert live.examples("en") == ()
    found = live.find_examples("en")
    assert len(found) == 4
    assert live.find_examples("en") is found is live.examples("en")
    live.close()


def test_a_question_goes_before_examples_that_are_still_looked_for(sample_store: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_store, tmp_path / "store")
    live = LiveAssistant(Settings(tmp_path / "store"))
    live.ask("What was the budget of Silver Stories?")  # reads what every question needs
    looking = Thread(target=live.find_examples, args=["ro"])
    looking.start()
    time.sleep(0.02)
    live.ask("Who funded Silver Stories?")
    assert looking.is_alive()
    assert live.examples("ro") == ()
    looking.join()
    assert len(live.examples("ro")) == 4
    live.close()
