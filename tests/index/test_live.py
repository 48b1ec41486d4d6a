"""LiveStore: a reader that stays open sees new generations by itself, and answers on when one cannot be opened."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.pool import QueuePool

from index.errors import NoStoreError
from index.live import LOOK_SECONDS, LiveStore
from index.settings import Settings
from index.store import Store
from index.sync import build

PATIENCE_SECONDS = 5.0


@pytest.fixture
def settings(small_model: Path, tmp_path: Path) -> Settings:
    """Name a store that holds one document, which says `Lamp 0.`."""
    made = Settings(tmp_path / "store", str(small_model))
    sync(made, 0)
    return made


@pytest.fixture
def live(settings: Settings) -> Iterator[LiveStore]:
    """Open that store for long."""
    with closing(LiveStore(settings)) as opened:
        yield opened


def sync(settings: Settings, number: int) -> None:
    """Make the store's only document say this number."""
    page = settings.store.parent / "page.txt"
    page.write_text(f"Lamp {number}.")
    build(settings, [page])


def said(store: Store) -> str:
    """Search the store, and tell what its only document says."""
    (hit,) = store.search("lamp", 5)
    return hit.passage.text


def seconds_until(happens: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not happens():
        assert time.monotonic() - began < PATIENCE_SECONDS
        time.sleep(0.02)
    return time.monotonic() - began


def test_a_new_generation_is_seen_within_its_time_and_not_asked_for_more_often(
    live: LiveStore, settings: Settings
) -> None:
    before = live.current()
    assert said(before) == "Lamp 0."
    assert live.current() is before
    sync(settings, 1)
    assert seconds_until(lambda: said(live.current()) == "Lamp 1.") < LOOK_SECONDS + 1
    sync(settings, 2)
    time.sleep(LOOK_SECONDS)
    assert said(live.current()) == "Lamp 2."


def test_the_one_before_last_is_closed_and_no_other(live: LiveStore, settings: Settings) -> None:
    stores = [live.current()]
    for number in (1, 2):
        sync(settings, number)
        time.sleep(LOOK_SECONDS)
        stores.append(live.current())
    assert [said(store) for store in stores[1:]] == ["Lamp 1.", "Lamp 2."]
    # A connection that was read from waits in the pool until the store is closed.
    assert [is_open(store) for store in stores] == [False, True, True]
    live.close()
    assert [is_open(store) for store in stores] == [False, False, False]


def test_who_has_an_older_generation_in_hand_can_finish(live: LiveStore, settings: Settings) -> None:
    before = live.current()
    sync(settings, 1)
    time.sleep(LOOK_SECONDS)
    assert said(live.current()) == "Lamp 1."
    assert said(before) == "Lamp 0."


def is_open(store: Store) -> bool:
    pool = store.catalogue.engine.pool
    assert isinstance(pool, QueuePool)
    return pool.checkedin() > 0


@pytest.mark.parametrize("view", ["words", "matrix"])
def test_what_is_open_answers_on_while_the_newest_cannot_be_opened(
    live: LiveStore, settings: Settings, view: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sync(settings, 1)
    away = (settings.store / view).rename(settings.store / "away")
    time.sleep(LOOK_SECONDS)
    assert said(live.current()) == "Lamp 0."
    assert "staying at generation 1: " in capsys.readouterr().err
    assert said(live.current()) == "Lamp 0."
    assert capsys.readouterr().err == ""  # said once a look, not once a question
    away.rename(settings.store / view)
    assert seconds_until(lambda: said(live.current()) == "Lamp 1.") < LOOK_SECONDS + 1


def test_what_is_open_answers_on_while_the_catalogue_is_gone(
    live: LiveStore, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    said(live.current())
    sync(settings, 1)
    away = settings.store.rename(settings.store.parent / "away")
    time.sleep(LOOK_SECONDS)
    assert said(live.current()) == "Lamp 0."
    away.rename(settings.store)
    seconds_until(lambda: said(live.current()) == "Lamp 1.")
    capsys.readouterr()


def test_a_store_that_was_built_anew_from_nothing_is_taken_up(
    live: LiveStore, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    said(live.current())
    shutil.rmtree(settings.store)
    sync(settings, 7)
    seconds_until(lambda: said(live.current()) == "Lamp 7.")
    assert live.current().generation == 1
    capsys.readouterr()


def test_a_store_that_is_not_there_cannot_be_opened(small_model: Path, tmp_path: Path) -> None:
    with pytest.raises(NoStoreError):
        LiveStore(Settings(tmp_path / "none", str(small_model)))


def test_threads_ask_without_a_failure_while_generations_come(live: LiveStore, settings: Settings) -> None:
    done = threading.Event()

    def ask() -> list[str]:
        seen = []
        while not done.is_set():
            seen.append(said(live.current()))
        return seen

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask) for _ in range(4)]
        try:
            for number in (1, 2):
                sync(settings, number)
                time.sleep(LOOK_SECONDS)
            seconds_until(lambda: said(live.current()) == "Lamp 2.")
        finally:
            done.set()
        for one in asking:
            seen = one.result()
            assert seen[0] == "Lamp 0."
            assert seen == sorted(seen)  # never back to an earlier one
