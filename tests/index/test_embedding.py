"""The embedding model: found, checked against its digest, opened; vectors of length 1."""

import shutil
from pathlib import Path

import pytest

from index.embedding import DEFAULT_DIGEST, Model, check_weights, find_model, open_embedding, open_tokenizer
from index.errors import ModelError
from index.settings import DEFAULT_MODEL


def test_the_packaged_weights_are_the_original_s() -> None:
    check_weights(find_model(DEFAULT_MODEL))


def test_weights_with_one_byte_changed_are_refused(tmp_path: Path) -> None:
    packaged = find_model(DEFAULT_MODEL)
    weights = tmp_path / "model" / "model.safetensors"
    shutil.copytree(packaged.folder, weights.parent)
    with weights.open("r+b") as file:
        file.seek(50_000_000)
        (byte,) = file.read(1)
        file.seek(50_000_000)
        file.write(bytes([byte ^ 1]))
    changed = Model(packaged.name, weights.parent, packaged.sha256)
    with pytest.raises(ModelError, match=rf"not {DEFAULT_DIGEST}.*install the package again"):
        check_weights(changed)
    with pytest.raises(ModelError, match=DEFAULT_DIGEST):
        open_embedding(changed)


def test_two_models_of_one_name_have_two_fingerprints(small_model: Path, other_model: Path, tmp_path: Path) -> None:
    for number, folder in enumerate((small_model, other_model)):
        shutil.copytree(folder, tmp_path / str(number) / "model")
    models = [find_model(str(tmp_path / str(number) / "model")) for number in range(2)]
    assert {model.name for model in models} == {"model"}
    assert models[0].fingerprint != models[1].fingerprint
    assert models[0].fingerprint == find_model(str(tmp_path / "0" / "model")).fingerprint


def test_a_model_that_is_not_there_is_refused_with_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="set ASSISTANT_EMBEDDING_MODEL to a folder"):
        find_model(str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match=r"no model\.safetensors"):
        find_model(str(tmp_path))


def test_a_model_that_cannot_be_loaded_is_a_model_error(small_model: Path, tmp_path: Path) -> None:
    shutil.copytree(small_model, tmp_path / "model")
    (tmp_path / "model" / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="cannot be loaded"):
        open_embedding(find_model(str(tmp_path / "model")))


def test_weights_cut_short_are_a_model_error(small_model: Path, tmp_path: Path) -> None:
    shutil.copytree(small_model, tmp_path / "model")
    weights = tmp_path / "model" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelError):
        open_embedding(find_model(str(tmp_path / "model")))


def test_a_model_without_a_tokenizer_is_a_model_error(small_model: Path, tmp_path: Path) -> None:
    shutil.copytree(small_model, tmp_path / "model")
    (tmp_path / "model" / "tokenizer.json").unlink()
    with pytest.raises(ModelError):
        open_tokenizer(tmp_path / "model")


def test_vectors_are_of_length_one_and_a_text_has_one_vector(small_model: Path) -> None:
    embedding = open_embedding(find_model(str(small_model)))
    texts = ["lamp", "A longer text about owls and lamps. " * 30, "lamp"]
    vectors = embedding.get_text_embedding_batch(texts)
    assert [sum(value * value for value in vector) for vector in vectors] == pytest.approx([1, 1, 1], abs=1e-5)
    assert vectors[0] == pytest.approx(vectors[2], abs=1e-6)
    assert vectors[0] == pytest.approx(embedding.get_query_embedding("lamp"), abs=1e-5)
    assert vectors[0] != pytest.approx(vectors[1], abs=1e-3)


def test_the_tokenizer_is_the_model_s_own_and_cuts_nothing_off() -> None:
    tokenizer = open_tokenizer(find_model(DEFAULT_MODEL).folder)
    assert tokenizer("Silver stories!") == ["silver", "stories", "!"]
    assert len(tokenizer("lamp " * 1000)) == 1000
