"""Encoders: a graph that gives the model's own vectors, kept whole; sentence-transformers where there is none."""

import json
import shutil
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import MisuseError
from index.encoder import ONNX, TORCH, GraphEncoder, TorchEncoder, open_encoder
from index.errors import ModelError
from index.export import SAMPLES, export, main
from index.graphs import FACTS, GRAPH, UNLOADABLE, Facts, Graph, ready_graph
from index.models import DEFAULT_DIGEST, Model, Prefixes, find_model
from index.settings import DEFAULT_MODEL

Command = Callable[..., subprocess.CompletedProcess[str]]
TEXTS = ["lamp", "", "A longer text about owls and lamps. " * 30, "owls 7", "Școala din Brașov", "lamp"]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep exports of these tests apart from the user's, and choose a backend as nobody had chosen one."""
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ASSISTANT_EMBEDDING_BACKEND", raising=False)
    return tmp_path / "cache"


def with_modules(model: Path, folder: Path, pooling: dict[str, object], *kinds: str) -> Model:
    """Copy `model` and have it list a transformer, this pooling, and modules of these kinds."""
    shutil.copytree(model, folder)
    modules = [
        ("", "Transformer"),
        ("1_Pooling", "Pooling"),
        *((f"{n}_{kind}", kind) for n, kind in enumerate(kinds, 2)),
    ]
    listed = [
        {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for number, (path, kind) in enumerate(modules)
    ]
    (folder / "modules.json").write_text(json.dumps(listed))
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"word_embedding_dimension": 16} | pooling))
    return find_model(str(folder))


@pytest.mark.parametrize(
    "mode", ["pooling_mode_mean_tokens", "pooling_mode_cls_token", "pooling_mode_max_tokens", "pooling_mode_lasttoken"]
)
def test_a_graph_gives_the_model_s_own_vectors_however_it_pools(mode: str, small_model: Path, tmp_path: Path) -> None:
    pooling: dict[str, object] = {"pooling_mode_mean_tokens": False, **{mode: True}}
    model = with_modules(small_model, tmp_path / "model", pooling, "Normalize")
    (tmp_path / "out").mkdir()
    facts = export(model.folder, tmp_path / "out")
    assert (facts.refused, facts.dim, facts.max_tokens) == ("", 16, 256)
    ours = GraphEncoder(Graph(tmp_path / "out", facts), Prefixes()).passages(TEXTS)
    cosines = (ours * TorchEncoder(model).passages(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.97, cosines


def test_pooling_by_another_mode_gives_other_vectors(small_model: Path, tmp_path: Path) -> None:
    first = with_modules(
        small_model, tmp_path / "first", {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}
    )
    vectors = TorchEncoder(first).passages(TEXTS), TorchEncoder(find_model(str(small_model))).passages(TEXTS)
    assert (vectors[0] * vectors[1]).sum(axis=1).min() < 0.97


@pytest.fixture(scope="module")
def exported(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the small model from two threads at once, as its users do, and name the cache it is then in."""
    folder = tmp_path_factory.mktemp("exported")
    model = find_model(str(small_model))
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as threads:
        patch.setenv("ASSISTANT_CACHE", str(folder))
        first, second = threads.map(lambda _: ready_graph(model), range(2))
    assert first == second
    return folder


def kept(cache: Path) -> list[Path]:
    """Name the folders of graphs in a cache, whole or not."""
    return [path for path in (cache / "models").iterdir() if path.is_dir()]


def test_a_model_without_modules_is_exported_once_and_gives_its_own_vectors(
    small_model: Path, exported: Path, cache: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(exported, cache)
    model = find_model(str(small_model))
    graph = ready_graph(model)
    assert capfd.readouterr().err == ""
    assert kept(cache) == [graph.folder]
    assert sorted(path.name for path in graph.folder.iterdir()) == ["facts.json", "model.onnx", "tokenizer.json"]
    cosines = (GraphEncoder(graph, Prefixes()).passages(TEXTS) * TorchEncoder(model).passages(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.97


def test_a_damaged_graph_is_made_again_and_what_a_killed_export_left_goes(
    small_model: Path, exported: Path, cache: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(exported, cache)
    (folder,) = kept(cache)
    whole = (folder / GRAPH).read_bytes()
    (folder / GRAPH).write_bytes(whole[:-1])
    (cache / "models" / f"{folder.name}.tmpkilled").mkdir()
    assert ready_graph(find_model(str(small_model))).folder == folder
    assert capfd.readouterr().err.count("preparing the embedding model small") == 1
    assert (folder / GRAPH).read_bytes() == whole
    assert kept(cache) == [folder]


def test_neither_torch_nor_llamaindex_is_imported_to_embed(small_model: Path, exported: Path, command: Command) -> None:
    script = (
        "import sys; from index.encoder import open_encoder; from index.models import find_model;"
        "vectors = open_encoder(find_model(sys.argv[1])).queries(['Who paid?']); print(vectors.shape);"
        "print(*{'torch', 'transformers', 'sentence_transformers', 'llama_index', 'onnx'} & set(sys.modules))"
    )
    done = command("-c", script, small_model, environment={"ASSISTANT_CACHE": str(exported)})
    assert (done.stdout, done.stderr) == ("(1, 16)\n\n", "")


def test_the_packaged_model_is_run_in_int8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSISTANT_CACHE")  # the user's own: exported once a machine, not once a run of the tests
    graph = ready_graph(find_model(DEFAULT_MODEL))
    assert (graph.facts.precision, graph.facts.dim, graph.facts.max_tokens) == ("int8", 384, 256)
    owl, lamp, question = GraphEncoder(graph, Prefixes()).passages(
        ["Owls hunt at night.", "The budget was 200,000 euro.", "How much did it cost?"]
    )
    assert question @ lamp > question @ owl + 0.1


@pytest.fixture
def encoder(small_model: Path, tmp_path: Path) -> GraphEncoder:
    """Open the small model's graph, exported within this process: torch is there anyway."""
    (tmp_path / "out").mkdir()
    facts = export(small_model, tmp_path / "out")
    return GraphEncoder(Graph(tmp_path / "out", facts), Prefixes("query: ", "passage: "))


def test_a_text_has_one_vector_whatever_it_is_embedded_beside_or_by_which_thread(encoder: GraphEncoder) -> None:
    texts = [f"{word} " * (1 + number % 50) for number, word in enumerate(["owl", "lamp", "river", "school"] * 50)]
    alone = np.concatenate([encoder.passages([text]) for text in texts])
    with ThreadPoolExecutor(4) as threads:
        for together in threads.map(encoder.passages, [texts] * 4):
            assert together.dtype == np.float32
            assert np.array_equal(alone, together)
    assert np.linalg.norm(alone, axis=1) == pytest.approx(1, abs=1e-5)
    assert len(np.unique(alone.round(4), axis=0)) > 20


def test_no_texts_have_no_vectors(encoder: GraphEncoder, small_model: Path) -> None:
    assert encoder.passages([]).shape == (0, 16)
    assert TorchEncoder(find_model(str(small_model))).queries([]).shape == (0, 16)


def test_questions_and_passages_get_their_prefixes(encoder: GraphEncoder, small_model: Path, tmp_path: Path) -> None:
    shutil.copytree(small_model, tmp_path / "e5-small")
    torch = TorchEncoder(find_model(str(tmp_path / "e5-small")))
    bare = TorchEncoder(find_model(str(small_model)))
    assert torch.queries(["owls"]) == pytest.approx(bare.queries(["query: owls"]), abs=1e-5)
    assert torch.passages(["owls"]) == pytest.approx(bare.passages(["passage: owls"]), abs=1e-5)
    assert (encoder.queries(["owls"]) * torch.queries(["owls"])).sum() > 0.97
    assert (encoder.passages(["owls"]) * torch.passages(["owls"])).sum() > 0.97
    assert abs(encoder.queries(["owls"]) - encoder.passages(["owls"])).max() > 0.01


def test_a_model_with_another_kind_of_module_is_run_by_sentence_transformers(
    small_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = with_modules(small_model, tmp_path / "model", {"pooling_mode_mean_tokens": True}, "LayerNorm")
    from sentence_transformers.sentence_transformer.modules import LayerNorm

    (model.folder / "2_LayerNorm").mkdir()
    LayerNorm(16).save(str(model.folder / "2_LayerNorm"))
    encoder = open_encoder(model)
    assert isinstance(encoder, TorchEncoder)
    assert "run by sentence-transformers, slower: it has a module of another kind, LayerNorm" in capsys.readouterr().err
    assert np.linalg.norm(encoder.passages(TEXTS), axis=1) == pytest.approx(1, abs=1e-5)
    monkeypatch.setenv("ASSISTANT_EMBEDDING_BACKEND", ONNX)
    with pytest.raises(ModelError, match="cannot be run by onnxruntime: it has a module of another kind"):
        open_encoder(model)


def test_a_model_that_leaves_its_prompt_out_of_the_pooling_is_not_exported(small_model: Path, tmp_path: Path) -> None:
    model = with_modules(small_model, tmp_path / "model", {"pooling_mode_mean_tokens": True, "include_prompt": False})
    assert export(model.folder, tmp_path) == Facts(refused="it leaves the prompt out of its pooling")


def test_the_backend_can_be_forced_and_no_other_is_known(small_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_BACKEND", TORCH)
    assert isinstance(open_encoder(find_model(str(small_model))), TorchEncoder)
    monkeypatch.setenv("ASSISTANT_EMBEDDING_BACKEND", "openvino")
    with pytest.raises(MisuseError, match="openvino: expected onnx or sentence-transformers"):
        open_encoder(find_model(str(small_model)))


def test_a_page_and_its_first_question_share_one_encoder(small_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_BACKEND", TORCH)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(open_encoder(find_model(str(small_model))))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(encoder) for encoder in found}) == 1


def test_damaged_weights_are_refused_before_they_are_exported_or_loaded(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(find_model(DEFAULT_MODEL).folder, folder)
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(50_000_000)
        file.write(b"owl")
    model = Model(DEFAULT_MODEL, folder, DEFAULT_DIGEST)
    with pytest.raises(ModelError, match=DEFAULT_DIGEST):
        open_encoder(model)
    assert not any(path.is_dir() for path in (cache / "models").iterdir())
    monkeypatch.setenv("ASSISTANT_EMBEDDING_BACKEND", TORCH)
    with pytest.raises(ModelError, match=DEFAULT_DIGEST):
        open_encoder(model)


def test_a_model_that_cannot_be_loaded_is_a_model_error(
    small_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(small_model, tmp_path / "model")
    weights = tmp_path / "model" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    assert main([str(tmp_path / "model"), str(tmp_path)]) == UNLOADABLE
    assert "deserializing" in capsys.readouterr().out
    assert not (tmp_path / FACTS).exists()
    with pytest.raises(ModelError, match=r"cannot be loaded.*set ASSISTANT_EMBEDDING_MODEL"):
        open_encoder(find_model(str(tmp_path / "model")))
    monkeypatch.setenv("ASSISTANT_EMBEDDING_BACKEND", TORCH)
    with pytest.raises(ModelError, match="cannot be loaded"):
        open_encoder(find_model(str(tmp_path / "model")))


def test_a_cache_that_cannot_be_written_is_named_with_what_to_set(
    small_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="set ASSISTANT_CACHE to a folder that can be written"):
        ready_graph(find_model(str(small_model)))


def test_the_texts_an_export_is_checked_on_include_one_that_is_cut_off() -> None:
    assert max(len(text.split()) for text in SAMPLES) > 512
