"""The benchmark of the store: on few texts, in real processes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import MisuseError
from eval.__main__ import main
from eval.beir import Text
from eval.bench_index import WARMING, Figures, measured, ratios, table, timed_searches, to_json, write_material
from eval.bench_scale import KINDS, Scale, Searched
from eval.bench_scale import table as scale_table
from eval.errors import EvaluationError
from eval.material import Material
from eval.peers import BARE, PEERS, PROGRAMS, Program, check_installed

OURS = Figures("ours", 150.0, 500.0, 1.5, 4.0, 6.0, 300.0)
PEER = Figures("peer", 30.0, 1_000.0, 10.0, 16.0, 24.0, 900.0)
CORPUS = [Text("1", "", "The wells of the valley were dug by hand. Pumps came to the valley in 1995.")]


def test_figures_are_printed_with_how_many_times_the_other_s_ours_are() -> None:
    assert ratios(OURS, PEER) == {
        "ingested_per_second": 150 / 30,
        "ingest_memory": 500 / 1_000,
        "first_seconds": 1.5 / 10,
        "p50_ms": 4 / 16,
        "p95_ms": 6 / 24,
        "search_memory": 300 / 900,
    }
    lines = table([OURS, PEER]).splitlines()
    assert lines[2].split() == ["ours", "150", "500", "1.50", "4.0", "6.0", "300"]
    assert lines[4].split()[3::2] == ["5.00", "0.50", "0.15", "0.25", "0.25", "0.33"]
    rows = json.loads(to_json([OURS, PEER]))
    assert "ours_beside_it" not in rows[0]
    assert rows[1]["ours_beside_it"]["p50_ms"] == 4 / 16


def test_nothing_is_a_multiple_of_what_is_0() -> None:
    row = json.loads(to_json([OURS, replace(PEER, ingest_memory=0.0)]))[1]
    assert row["ours_beside_it"]["ingest_memory"] is None


def test_the_first_question_and_those_that_warm_are_not_among_the_timed() -> None:
    asked: list[str] = []
    questions = [str(number) for number in range(1 + WARMING + 7)]
    assert len(timed_searches(asked.append, questions).ms) == 7
    assert asked == questions


def test_a_peer_that_is_not_installed_is_named_with_the_command_that_installs_it() -> None:
    ours = PROGRAMS["ours"]
    check_installed({"ours": ours, "other": Program(ours.ready, ours.open, ("json", "xml.dom"))})
    missing = Program(ours.ready, ours.open, ("json", "no_such_package.part"))
    with pytest.raises(
        MisuseError, match=r"other: the module no_such_package\.part is missing; .*--editable '\.\[bench\]'"
    ):
        check_installed({"other": missing})


def test_bare_parts_are_measured_in_processes_of_their_own(tmp_path: Path) -> None:
    write_material(tmp_path, Material(CORPUS, 30))
    figures = measured(["bare Tantivy", "bare Chroma"], tmp_path, rounds=1)
    assert [row.program for row in figures] == ["bare Tantivy", "bare Chroma"]
    for row in figures:
        assert row.ingested_per_second > 0
        assert 10 < row.ingest_memory < 2_000
        assert 10 < row.search_memory < 2_000
        assert 0 < row.p50_ms <= row.p95_ms
        assert row.p95_ms / 1000 < row.first_seconds


def test_a_program_that_fails_is_named(tmp_path: Path) -> None:
    write_material(tmp_path, Material(CORPUS, 3))
    with pytest.raises(EvaluationError, match=r"^nobody failed: KeyError: 'nobody'"):
        measured(["nobody"], tmp_path, rounds=1)


def test_the_programs_are_ours_the_peers_and_the_bare_parts() -> None:
    assert ("ours", *PEERS, *BARE) == tuple(PROGRAMS)
    assert PEERS == ("LlamaIndex starter", "txtai hybrid")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("corpus --peers", "are for: python -m eval bench index"),
        ("index {0}", "files are for: python -m eval bench corpus"),
        ("index --rounds 0", "--rounds 0: expected at least 1"),
        ("index --texts 0", "--texts 0: expected at least 1"),
        ("index --fields id,text", "expected three names, ID,TITLE,TEXT"),
        ("index --big 10k", "--big 10k: expected whole numbers with commas"),
        ("index --big 10,", "--big 10,: expected whole numbers with commas"),
        ("index --corpus {0}/nowhere.jsonl", "nowhere.jsonl: No such file"),
        ("index --big 10 --corpus {0}/nowhere.jsonl", "nowhere.jsonl: No such file"),
    ],
)
def test_a_mistake_on_the_command_line_is_named(tmp_path: Path, arguments: str, said: str) -> None:
    with pytest.raises(MisuseError) as raised:
        main(["bench", *arguments.format(tmp_path).split()])
    assert said in str(raised.value)


# With our real store, and the real model.


def test_ours_is_measured_as_the_others_are(tmp_path: Path) -> None:
    write_material(tmp_path, Material(CORPUS, 30))
    (row,) = measured(["ours"], tmp_path, rounds=1)
    assert row.ingested_per_second > 0
    assert 0 < row.p50_ms <= row.p95_ms


def test_a_store_with_made_up_vectors_is_searched_exactly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "index", "--big", "2400", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert [row[kind]["passages"] for kind in KINDS] == [2_400, 400, 2_000]
    for kind in KINDS:
        assert row[kind]["recall"] == 1
        assert 0 < row[kind]["p50_ms"] <= row[kind]["p95_ms"]
    assert row["build_seconds"] > 0
    assert row["disk"] > 2_400 * 384 * 4 / (1 << 20)  # of the vectors alone
    assert min(row["build_memory"], row["search_memory"]) > 10


def test_sizes_are_printed_beside_the_smallest() -> None:
    search = Searched(10, 2.0, 4.0, 1.0)
    slower = Searched(100, 3.0, 6.0, 0.99)
    small = Scale(10, 1.0, 200.0, 5.0, 1.2, search, search, search, 300.0)
    large = Scale(100, 9.0, 250.0, 40.0, 1.3, slower, search, search, 350.0)
    lines = scale_table([small, large]).splitlines()
    assert lines[4].startswith("100 passages: built in 9 s (250 MiB), 40 MiB on disk")
    assert "p95     6.0 ms (1.5 ×)" in lines[5]
    assert lines[5].endswith("nearest by vector found 0.990")
