"""Training on a handful of questions: that it learns, and that stopping it changes nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from assistant.reader.batches import Cut, cut_all
from assistant.reader.examples import Example
from assistant.reader.model import load_model
from assistant.reader.train import CHECKPOINT, HIDDEN, Recipe, _hiding, train
from assistant.reader.wordpieces import open_pieces
from corpus.document import Span

FEW = Recipe(epochs=2, batch=8, rate=1e-4, seed=5, every=2)
"""Of 24 questions 6 steps, with a checkpoint after each second one."""
TOWNS = "Arad Blaj Cluj Dej Eforie Fieni Galda Huedin Iclod Jibou Lipova Motru".split()


class StoppedError(Exception):
    """Somebody pressed Ctrl-C."""


@pytest.fixture(scope="module")
def cuts() -> list[Cut]:
    """Cut twelve questions with an answer and twelve without."""
    made = []
    for number, town in enumerate(TOWNS):
        passage = f"The mill of {town} was built in {1801 + number}. It has two wheels."
        year = Span(passage.index("18"), passage.index("18") + 4)
        made.append(Example(f"When was the mill of {town} built?", passage, year))
        made.append(Example(f"Who owns the mill of {town}?", passage, None))
    return cut_all(made, open_pieces())


def stopped_at(last: int, out: Path, cuts: list[Cut]) -> None:
    """Train until a step, and no further."""

    def told(step: int, steps: int, loss: float) -> None:  # noqa: ARG001
        if step == last:
            raise StoppedError

    with pytest.raises(StoppedError):
        train(cuts, FEW, out, open_pieces().borders, told)


def test_a_training_that_was_stopped_ends_with_the_same_weights(tmp_path: Path, cuts: list[Cut]) -> None:
    losses: list[float] = []
    again: list[int] = []
    borders = open_pieces().borders
    whole = train(cuts, FEW, tmp_path / "whole", borders, lambda step, steps, loss: losses.append(loss))  # noqa: ARG005
    stopped_at(3, tmp_path / "stopped", cuts)
    assert (tmp_path / "stopped" / CHECKPOINT).exists()
    resumed = train(cuts, FEW, tmp_path / "stopped", borders, lambda step, steps, loss: again.append(step))  # noqa: ARG005
    assert again == [3, 4, 5, 6]
    assert len(losses) == 6
    assert losses[-1] < losses[0]
    assert not (tmp_path / "stopped" / CHECKPOINT).exists()
    one, other = (load_model(path).state_dict() for path in (whole, resumed))
    assert all(one[name].equal(other[name]) for name in one)


def test_a_checkpoint_of_another_recipe_is_not_gone_on_with(tmp_path: Path, cuts: list[Cut]) -> None:
    stopped_at(3, tmp_path, cuts)
    steps: list[int] = []
    other = Recipe(epochs=1, batch=24, rate=2e-4, seed=5)
    train(cuts, other, tmp_path, open_pieces().borders, lambda step, all_steps, loss: steps.append(step))  # noqa: ARG005
    assert steps == [1]


def test_what_is_written_is_the_mean_of_the_weights_along_the_way(
    tmp_path: Path, cuts: list[Cut], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.reader.train.MEAN_EVERY", 1)
    monkeypatch.setattr("assistant.reader.train.MEAN_FROM", 0.3)
    heads: list[torch.Tensor] = []

    def told(step: int, steps: int, loss: float) -> None:  # noqa: ARG001
        if step > 1:  # the checkpoint of the step before
            heads.append(torch.load(tmp_path / CHECKPOINT, weights_only=True)["model"]["head.weight"])

    each = replace(FEW, every=1, epochs=3)  # 9 steps, of which the third and later ones count
    written = load_model(train(cuts, each, tmp_path, open_pieces().borders, told)).state_dict()["head.weight"]
    counted = heads[2:]
    last = written * (len(counted) + 1) - torch.stack(counted).sum(0)
    assert len(counted) == 6
    assert not written.allclose(heads[-1], atol=1e-6)
    assert (last - heads[-1]).abs().max() <= 2 * each.rate  # about what one step changes


def test_the_first_pass_comes_before_the_others_and_once(tmp_path: Path, cuts: list[Cut]) -> None:
    steps: list[tuple[int, int]] = []
    train(
        cuts, FEW, tmp_path, open_pieces().borders,
        lambda step, of, loss: steps.append((step, of)), first=cuts[:9],  # noqa: ARG005
    )  # fmt: skip
    assert steps == [(step, 8) for step in range(1, 9)]


def test_a_head_does_not_see_what_is_hidden_from_it_and_always_the_piece_for_not_there() -> None:
    torch.manual_seed(1)
    mask = torch.ones(3, 40, dtype=torch.int64)
    mask[0, 30:] = 0
    added = _hiding(mask, 12, 0.25)
    assert added.shape == (3, 12, 1, 40)
    assert (added[..., 0] == 0).all()
    assert (added[0, :, :, 30:] == HIDDEN).all()  # padding
    assert 0.15 < (added[1:] == HIDDEN).float().mean() < 0.35
    assert not added[1, 0].equal(added[1, 1])  # others for each head
    assert (_hiding(mask, 12, 0.0)[1:] == 0).all()
