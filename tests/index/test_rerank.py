"""Rerank: a cross-encoder's scores order the best hits anew, where one is named and only there."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from index.__main__ import main
from index.errors import ModelError
from index.offline import stay_offline
from index.passages import Hit, Passage
from index.rerank import RERANKED, open_reranker, rerank
from index.settings import Settings
from index.store import Store

QUESTION = "Who caters for weddings?"
Command = Callable[..., subprocess.CompletedProcess[str]]


def hit(text: str, rank: int) -> Hit:
    return Hit(Passage(text, "d", None, Span(0, len(text)), text), 1 / rank, rank)


@pytest.fixture(scope="module")
def cross_encoder(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a cross-encoder with random weights, and the tokenizer of the small model."""
    stay_offline()
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    folder = shutil.copytree(small_model, tmp_path_factory.mktemp("models") / "cross")
    told = BertConfig.from_pretrained(folder)
    shape = BertConfig(**{**told.to_dict(), "num_labels": 1, "initializer_range": 2.0})
    torch.manual_seed(3)
    BertForSequenceClassification(shape).save_pretrained(folder)
    return folder


@pytest.fixture
def settings(sample_store: Path, cross_encoder: Path) -> Settings:
    """Name the sample store, and the cross-encoder by its folder, as the environment would."""
    return Settings(sample_store, reranker=str(cross_encoder))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """Open the sample store with the cross-encoder."""
    with closing(Store(settings)) as opened:
        yield opened


@given(scores=st.lists(st.floats(0, 1), max_size=8))
def test_hits_come_in_the_order_of_the_new_scores_and_equal_ones_as_before(scores: list[float]) -> None:
    hits = [hit(str(number), number + 1) for number in range(len(scores))]
    made = rerank(QUESTION, hits, lambda pairs: [scores[int(text)] for _, text in pairs])
    assert [one.rank for one in made] == list(range(1, len(scores) + 1))
    assert [one.score for one in made] == sorted(scores, reverse=True)
    assert [one.score for one in made] == [scores[int(one.passage.text)] for one in made]
    for one, after in pairwise(made):
        assert one.score > after.score or int(one.passage.text) < int(after.passage.text)


def test_the_cross_encoder_sees_the_question_and_the_passage(cross_encoder: Path) -> None:
    from sentence_transformers import CrossEncoder

    texts = ["Cooks.", "Owls sing.", "Lamps are mended by hand."]
    logits = CrossEncoder(str(cross_encoder)).predict([(QUESTION, text) for text in texts], activation_fn=None)
    scores = open_reranker(str(cross_encoder))([(QUESTION, text) for text in texts])
    assert all(0 <= score <= 1 for score in scores)
    assert len(set(scores)) == 3
    assert sorted(range(3), key=lambda n: scores[n]) == sorted(range(3), key=lambda n: logits[n])
    assert open_reranker(str(cross_encoder))([("?", texts[0])]) != scores[:1]


def test_a_search_with_a_cross_encoder_has_its_order_and_its_scores(
    store: Store, settings: Settings, cross_encoder: Path
) -> None:
    with closing(Store(replace(settings, reranker=""))) as plain:
        before = plain.search(QUESTION, RERANKED)
    found = store.search(QUESTION, RERANKED)
    scores = open_reranker(str(cross_encoder))([(QUESTION, one.passage.text) for one in before])
    expected = sorted(zip(scores, before, strict=True), key=lambda pair: -pair[0])
    assert [one.passage for one in found] == [one.passage for _, one in expected]
    assert [one.score for one in found] == pytest.approx([score for score, _ in expected], abs=1e-5)
    assert [one.passage for one in found] != [one.passage for one in before]
    assert [one.rank for one in found] == list(range(1, RERANKED + 1))
    # The best few are chosen among all that were looked at, not among themselves.
    assert [one.passage for one in store.search(QUESTION, 3)] == [one.passage for one in found[:3]]


def test_more_hits_than_are_looked_at_by_default_are_looked_at_where_they_are_asked_for(store: Store) -> None:
    assert len(store.passages()) > RERANKED
    found = store.search(QUESTION, 1000)
    assert len(found) == len(store.passages())
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_no_hits_need_no_scores() -> None:
    assert rerank(QUESTION, [], lambda _: pytest.fail("asked for the scores of nothing")) == []


@pytest.mark.parametrize("name", ["no-such-cross-encoder", "/no/such/folder", "~/no-such-folder"])
def test_a_cross_encoder_that_is_not_there_is_an_error_that_says_what_to_set(sample_store: Path, name: str) -> None:
    told = "set ASSISTANT_RERANKER to a folder that holds a sentence-transformers cross-encoder, or unset it"
    with (
        closing(Store(Settings(sample_store, reranker=name))) as store,
        pytest.raises(ModelError, match=rf"^reranker '{name}' cannot be loaded .*{told}$"),
    ):
        store.search(QUESTION, 3)


def test_a_folder_that_holds_nothing_is_no_cross_encoder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="set ASSISTANT_RERANKER"):
        open_reranker(str(tmp_path))


def test_an_embedding_model_is_no_cross_encoder(small_model: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be loaded \(it is an embedding model\); set ASSISTANT_RERANKER"):
        open_reranker(str(small_model))


def test_a_model_of_several_numbers_a_pair_is_no_cross_encoder(cross_encoder: Path, tmp_path: Path) -> None:
    from transformers import BertConfig, BertForSequenceClassification

    folder = shutil.copytree(cross_encoder, tmp_path / "three")
    shape = BertConfig.from_pretrained(folder, num_labels=3)
    BertForSequenceClassification(shape).save_pretrained(folder)
    with pytest.raises(ModelError, match=r"it gives 3 numbers where a score is wanted"):
        open_reranker(str(folder))


def test_a_folder_may_be_named_from_home(cross_encoder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(cross_encoder.parent))
    assert len(open_reranker(f"~/{cross_encoder.name}")([(QUESTION, "Cooks.")])) == 1


def test_the_command_line_reranks_where_the_environment_names_a_cross_encoder(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_RERANKER", settings.reranker)
    assert main(["search", QUESTION, "--top", "4", "--json", "--store", str(settings.store)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    expected = store.search(QUESTION, 4)
    assert [(one["start"], one["end"]) for one in found] == [hit.passage.span for hit in expected]
    assert [one["score"] for one in found] == pytest.approx([hit.score for hit in expected], abs=1e-3)


def test_without_a_name_nothing_is_loaded(sample_store: Path, command: Command) -> None:
    program = (
        "import sys; from index.__main__ import main; main(sys.argv[1:])\n"
        "print([name for name in ('sentence_transformers', 'torch') if name in sys.modules])"
    )
    ended = command("-c", program, "search", QUESTION, "--store", sample_store)
    assert ended.stdout.endswith("[]\n")
