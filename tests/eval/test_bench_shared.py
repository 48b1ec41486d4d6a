"""The benchmark of a store over servers: a real PostgreSQL and a real Chroma, few texts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import MisuseError
from eval.bench_shared import READERS, Readers, Shared, bench_shared, table, to_json
from index.settings import Settings
from tests.index.servers import chroma, postgres


def test_a_store_over_servers_is_built_searched_and_followed_and_one_that_holds_something_is_left_alone(
    small_model: Path, tmp_path: Path
) -> None:
    with postgres() as database, chroma() as vectors:
        settings = Settings(
            tmp_path,
            str(small_model),
            f"postgresql+psycopg://tester@127.0.0.1:{database.port}/postgres",
            f"http://127.0.0.1:{vectors.port}",
        )
        found = bench_shared(settings, 40, seconds=0.5)
        assert found.texts == 40
        assert [row.processes for row in found.readers] == list(READERS)
        assert all(row.per_second > 2 and 0 < row.p50_ms <= row.p95_ms for row in found.readers)
        assert min(found.build_seconds, found.folder_seconds) > 0
        with pytest.raises(MisuseError, match="holds a store already"):
            bench_shared(settings, 40)


def test_without_servers_the_settings_to_make_are_named(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="ASSISTANT_CATALOGUE and ASSISTANT_CHROMA"):
        bench_shared(Settings(tmp_path), 40)
    with pytest.raises(MisuseError, match="ASSISTANT_CATALOGUE and ASSISTANT_CHROMA"):
        bench_shared(replace(Settings(tmp_path), catalogue="postgresql+psycopg://nobody@127.0.0.1/none"), 40)


def test_each_number_of_processes_has_a_line() -> None:
    shared = Shared(1_000, 9.5, 2.0, 0.5, (Readers(1, 80.0, 11.0, 14.0, 250.0), Readers(2, 120.0, 15.0, 20.0, 240.0)))
    first, one, two = table(shared).splitlines()
    assert first.startswith("1,000 texts built in 9.5 s; a new machine's folder made in 2.0 s")
    assert one == "1 process: 80 searches/s, p50 11.0 ms, p95 14.0 ms, 250 MiB each"
    assert two.startswith("2 processes: 120 searches/s")
    assert json.loads(to_json(shared))["readers"][1]["processes"] == 2
