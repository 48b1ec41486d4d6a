"""Embedding models on disk: found, told apart, refused if not what they claim; what they want before a text."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import ModelError
from index.models import (
    DEFAULT_DIGEST,
    Model,
    Prefixes,
    check_weights,
    choose_prefixes,
    find_model,
    open_tokenizer,
    read_prefixes,
)
from index.settings import DEFAULT_MODEL

Command = Callable[..., subprocess.CompletedProcess[str]]
BGE = "Represent this sentence for searching relevant passages: "


def test_the_packaged_weights_are_the_original_s() -> None:
    check_weights(find_model(DEFAULT_MODEL))


def test_the_packaged_model_goes_by_its_full_name_too() -> None:
    assert find_model(f"sentence-transformers/{DEFAULT_MODEL}") == find_model(DEFAULT_MODEL)


def test_weights_with_one_byte_changed_are_refused(tmp_path: Path) -> None:
    packaged = find_model(DEFAULT_MODEL)
    weights = tmp_path / "model" / "model.safetensors"
    shutil.copytree(packaged.folder, weights.parent)
    changed = Model(packaged.name, weights.parent, packaged.sha256)
    check_weights(changed)
    with weights.open("r+b") as file:
        file.seek(50_000_000)
        (byte,) = file.read(1)
        file.seek(50_000_000)
        file.write(bytes([byte ^ 1]))
    with pytest.raises(ModelError, match=rf"not {DEFAULT_DIGEST}.*install the package again"):
        check_weights(changed)


def test_two_models_of_one_name_have_two_fingerprints(small_model: Path, other_model: Path, tmp_path: Path) -> None:
    for number, folder in enumerate((small_model, other_model)):
        shutil.copytree(folder, tmp_path / str(number) / "model")
    models = [find_model(str(tmp_path / str(number) / "model")) for number in range(2)]
    assert {model.name for model in models} == {"model"}
    assert models[0].fingerprint != models[1].fingerprint
    assert models[0].fingerprint == find_model(str(tmp_path / "0" / "model")).fingerprint


def test_every_part_of_weights_in_parts_counts(tmp_path: Path) -> None:
    parts = [tmp_path / f"model-0000{number}-of-00002.safetensors" for number in (1, 2)]
    for part in parts:
        part.write_bytes(part.name.encode())
    before = find_model(str(tmp_path)).sha256
    parts[1].write_bytes(b"other weights")
    assert find_model(str(tmp_path)).sha256 != before


def test_a_model_that_is_not_there_is_refused_with_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="set ASSISTANT_EMBEDDING_MODEL to a folder"):
        find_model(str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match=r"no model\.safetensors"):
        find_model(str(tmp_path))


@pytest.mark.parametrize("name", ["tiny", "sentence-transformers/tiny"])
def test_a_model_in_the_hub_s_cache_is_found_by_its_name(
    name: str, small_model: Path, tmp_path: Path, command: Command
) -> None:
    repository = tmp_path / "hub" / "models--sentence-transformers--tiny"
    snapshot = repository / "snapshots" / ("0123456789" * 4)
    shutil.copytree(small_model, snapshot)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(snapshot.name)
    script = (
        "import sys; from index.models import find_model; m = find_model(sys.argv[1]); print(m.folder, m.fingerprint)"
    )
    done = command("-c", script, name, environment={"HF_HOME": str(tmp_path)})
    digest = find_model(str(small_model)).sha256
    assert done.stdout.split(maxsplit=1) == [str(snapshot), f"sentence-transformers/tiny ({digest[:16]})\n"], (
        done.stderr
    )


def test_a_model_that_nobody_downloaded_is_refused_with_the_command_that_does(tmp_path: Path, command: Command) -> None:
    script = "from index.models import find_model; find_model('somebody/something')"
    done = command("-c", script, environment={"HF_HOME": str(tmp_path)})
    assert done.returncode == 1
    assert "hf download somebody/something" in done.stderr


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        (DEFAULT_MODEL, None, Prefixes()),
        ("intfloat/e5-small-v2", None, Prefixes("query: ", "passage: ")),
        ("multilingual-e5-base", {"query": "", "document": ""}, Prefixes("query: ", "passage: ")),
        (
            "intfloat/multilingual-e5-large-instruct",
            None,
            Prefixes("Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "),
        ),
        ("BAAI/bge-small-en-v1.5", {}, Prefixes(BGE)),
        ("bge_base_en", {}, Prefixes(BGE)),
        ("BAAI/bge-m3", {}, Prefixes()),
        ("BAAI/bge-large-zh-noinstruct", {}, Prefixes()),
        ("nomic-ai/nomic-embed-text-v1.5", {}, Prefixes("search_query: ", "search_document: ")),
        ("thenlper/gte-base", {}, Prefixes()),
        ("some5-base-of-ours", {}, Prefixes()),
        ("e5-small", {"query": "ask: "}, Prefixes("ask: ", "")),
        ("ours", {"query": "q: ", "passage": "p: "}, Prefixes("q: ", "p: ")),
        ("ours", {"corpus": "c: ", "passage": "p: ", "document": "d: "}, Prefixes("", "d: ")),
        ("ours", {"classification": "class: ", "query": None}, Prefixes()),
    ],
)
def test_prefixes_are_the_model_s_own_or_its_family_s(
    name: str, prompts: dict[str, str | None] | None, expected: Prefixes
) -> None:
    assert choose_prefixes(name, prompts) == expected


def test_prefixes_are_read_from_the_model_s_folder(small_model: Path, tmp_path: Path) -> None:
    shutil.copytree(small_model, tmp_path / "model")
    configuration = tmp_path / "model" / "config_sentence_transformers.json"
    configuration.write_text(
        json.dumps({"prompts": {"query": "q: ", "document": "d: "}, "default_prompt_name": "query"})
    )
    assert read_prefixes(find_model(str(tmp_path / "model"))) == Prefixes("q: ", "d: ")
    configuration.write_text("{")
    with pytest.raises(ModelError, match=r"config_sentence_transformers\.json cannot be read"):
        read_prefixes(find_model(str(tmp_path / "model")))


def test_weights_that_change_under_the_program_get_another_digest(small_model: Path, tmp_path: Path) -> None:
    shutil.copytree(small_model, tmp_path / "model")
    before = find_model(str(tmp_path / "model"))
    weights = tmp_path / "model" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[::-1])
    os.utime(weights, ns=(1, 1))
    assert find_model(str(tmp_path / "model")).sha256 != before.sha256


def test_a_model_without_a_tokenizer_is_a_model_error(small_model: Path, tmp_path: Path) -> None:
    shutil.copytree(small_model, tmp_path / "model")
    (tmp_path / "model" / "tokenizer.json").unlink()
    with pytest.raises(ModelError):
        open_tokenizer(tmp_path / "model")


def test_the_tokenizer_is_the_model_s_own_and_cuts_nothing_off() -> None:
    tokenizer = open_tokenizer(find_model(DEFAULT_MODEL).folder)
    assert tokenizer("Silver stories!") == ["silver", "stories", "!"]
    assert len(tokenizer("lamp " * 1000)) == 1000
