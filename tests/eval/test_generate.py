"""Questions proposed from a store: each can be read and found, none twice, the same for the same seed."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.generate import KINDS, generate, known_rows
from eval.gold import find_gold
from eval.json_lines import Row
from eval.qa import pairs_of, read_pairs
from index.candidates import read_candidates
from index.settings import Settings
from index.store import Store
from tests.scripted_model import Reply, Request, ScriptedModel, prompt_of, refuses

Command = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def store(reedmoor_store: Path) -> Store:
    """Open the store of an invented organisation."""
    return Store(Settings(reedmoor_store))


def questions(rows: list[Row]) -> list[Row]:
    """Leave out the other wordings."""
    return [row for row in rows if "of" not in row]


@settings(max_examples=8)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 120), wordings=st.integers(0, 5))
def test_whatever_is_proposed_is_a_set_whose_sources_are_found(
    store: Store, seed: int, count: int, wordings: int
) -> None:
    rows, known = generate(store, count=count, seed=seed, wordings=wordings)
    pairs = pairs_of(rows)
    gold = find_gold(store, pairs)
    assert known == 0
    assert 0 < len(questions(rows)) <= count
    assert all(places for pair in pairs for places in gold[pair.id])
    assert all(pair.answerable == (pair.kind != "unanswerable") for pair in pairs)
    assert len({row["question"].lower() for row in questions(rows)}) == len(questions(rows))


def test_every_kind_in_both_languages_is_proposed(store: Store) -> None:
    rows, _ = generate(store, count=60)
    found = {(row["kind"], row["language"]) for row in questions(rows)}
    assert found == {(kind, language) for kind in KINDS for language in ("en", "ro")}


def test_what_is_expected_stands_in_what_is_cited(store: Store) -> None:
    rows, _ = generate(store, count=80, kinds=["field"], wordings=0)
    texts = {source: document.text for source, document in store.sources.items() for document in [document]}
    for pair in pairs_of(rows):
        places = [one for several in find_gold(store, [pair])[pair.id] for one in several]
        cited = " ".join(" ".join(one.span.of(texts[one.document]).split()) for one in places)
        for ways in pair.every or [pair.answers]:
            assert any(way in cited for way in ways), (pair.id, cited)


def test_the_same_seed_gives_the_same_and_another_gives_others(store: Store) -> None:
    first, again, other = (generate(store, count=40, seed=seed)[0] for seed in (3, 3, 4))
    assert first == again
    assert {row["id"] for row in first} != {row["id"] for row in other}


def test_what_is_known_by_id_or_by_question_is_not_proposed_again(store: Store) -> None:
    before, _ = generate(store, count=300, wordings=0)
    assert len(before) > 100
    half = before[: len(before) // 2]
    renamed = [{**row, "id": f"other-{number}"} for number, row in enumerate(before[len(half) :])]
    rows, known = generate(store, count=300, wordings=0, known=[*half, *renamed])
    assert not {row["id"] for row in rows} & {row["id"] for row in half}
    assert not {row["question"] for row in rows} & {row["question"] for row in renamed}
    assert known >= len(half)


def test_only_the_kinds_and_languages_asked_for_are_proposed(store: Store) -> None:
    rows, _ = generate(store, count=30, kinds=["list", "count"], languages=["ro"])
    assert {row["kind"] for row in questions(rows)} == {"list", "count"}
    assert {row.get("language", "ro") for row in rows} == {"ro"}


def test_the_shipped_set_is_known_only_where_its_documents_are(store: Store, sample_store: Path) -> None:
    assert known_rows(store, None) == []
    assert len(known_rows(Store(Settings(sample_store)), None)) > 200


def test_the_command_writes_a_file_that_can_be_asked(command: Command, reedmoor_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "new.jsonl"
    told = ("-m", "eval", "generate", "--store", reedmoor_store, "--count", "10", "--out", out)
    ended = command(*told, "--json")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == out.read_text(encoding="utf-8")
    assert "10 proposed (" in ended.stderr
    assert f"they are in {out}" in ended.stderr
    assert len([pair for pair in read_pairs(out) if not pair.original]) == 10
    again = command(*told)
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already; give another file" in again.stderr
    known = command(
        "-m", "eval", "generate", "--store", reedmoor_store, "--count", "10", "--known", out, "--out", tmp_path / "b"
    )
    assert "known already" in known.stderr
    ids = {json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()}
    assert not ids & {json.loads(line)["id"] for line in (tmp_path / "b").read_text(encoding="utf-8").splitlines()}


def propose(command: Command, folder: Path, url: str) -> tuple[str, list[str]]:
    """Propose questions with a model's address: what is told, and the origins of the wordings in the store."""
    told = {"ASSISTANT_LLM_URL": url, "ASSISTANT_LLM_MODEL": "scripted"}
    ended = command("-m", "eval", "generate", "--store", folder, "--count", "9", environment=told)
    assert ended.returncode == 0, ended.stderr
    with closing(Store(Settings(folder))) as opened, opened.catalogue.transaction() as connection:
        return ended.stderr, [one.origin for one in read_candidates(connection) if "of" in one.pair]


def test_without_its_server_a_model_is_not_asked_and_the_next_command_can_be_pasted(
    command: Command, reedmoor_store: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(reedmoor_store, tmp_path / "a store")
    said, origins = propose(command, folder, "http://127.0.0.1:9/v1")
    assert said.startswith("warning: http://127.0.0.1:9/v1 cannot be reached")
    assert set(origins) == {"generated"}
    assert f"python -m eval review --store '{folder}'" in said


def test_a_model_s_failures_are_counted_and_only_its_own_words_are_said_to_be(
    command: Command, reedmoor_store: Path, tmp_path: Path
) -> None:
    def character(request: Request) -> Reply:
        question = prompt_of(request).rpartition("Question: ")[2].strip()
        return Reply(f"Tell me, {question}") if next(turns) == 0 else refuses(401)

    turns = count()
    folder = shutil.copytree(reedmoor_store, tmp_path / "store")
    with ScriptedModel(character) as model:
        said, origins = propose(command, folder, model.settings().url)
    assert origins.count("model") == 1
    assert set(origins) == {"model", "generated"}
    assert "the language model failed 3 times and was asked no more; there the wordings are by rule" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kinds", "field,luck"], "--kinds 'field,luck': expected some of field,"),
        (["--language", ""], "--language '': expected some of en,ro"),
        (["--count", "0"], "--count 0"),
        (["--wordings", "6"], "--wordings 6: expected a number from 0 to 5"),
    ],
)
def test_a_wrong_option_is_one_line(command: Command, arguments: list[str], said: str) -> None:
    ended = command("-m", "eval", "generate", "--store", "nowhere", *arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1
