"""Training on a handful of questions: that it learns, and that stopping it changes nothing."""

from pathlib import Path

import pytest

from assistant.reader.batches import Cut, cut_all
from assistant.reader.examples import Example
from assistant.reader.model import load_model
from assistant.reader.train import CHECKPOINT, Recipe, train
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
