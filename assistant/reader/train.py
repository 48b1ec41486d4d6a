"""Trains the reading model: cross-entropy of an answer's first and last piece, `[CLS]` where there is none.

What is kept is the mean of the weights along the way (stochastic weight averaging, Izmailov et al. 2018), under a
learning rate that stays high: with few questions to learn from, it reads better than any of the weights it is made of.
A checkpoint is written every few hundred steps, and a training that was stopped goes on from the last one and ends
with the same weights. On a CPU in bf16 where it computes that; on a GPU where torch finds one.
"""

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel

from assistant.reader.batches import Batch, Cut, batches, count_batches
from assistant.reader.memory import keep_memory
from assistant.reader.model import ReadingModel, new_model, save_model

MODEL, CHECKPOINT = "model.safetensors", "checkpoint.pt"
WARM_UP, LAST_RATE = 0.06, 0.5
"""Share of the steps in which the learning rate rises, and the share of it that it then falls to, linearly."""
MEAN_FROM, MEAN_EVERY = 0.4, 10
"""The share of the steps after which weights count in the mean, and every how many steps they do."""
HIDDEN = -1e4
DECAY, CLIP = 0.01, 1.0
"""Weight decay of AdamW, and the longest gradient."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    `rate` is the highest learning rate; `smoothing` the share of a target that all pieces share, `hidden` the share of
    pieces that a head of attention cannot see, others for each head.
    """

    epochs: int = 5
    batch: int = 32
    rate: float = 2e-4
    smoothing: float = 0.1
    hidden: float = 0.1
    seed: int = 7
    every: int = 250


def train(
    cuts: Sequence[Cut],
    recipe: Recipe,
    out: Path,
    ends: tuple[int, int],
    told: Callable[[int, int, float], object] | None = None,
    *,
    first: Sequence[Cut] = (),
) -> Path:
    """Train on `cuts` and write `model.safetensors` into `out`, going on from a checkpoint there of the same recipe.

    One pass over `first`, if any, comes before. `told` is called after each step with its number, the number of all
    and the loss.
    """
    keep_memory()
    out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(recipe.seed)
    passes = [*([first] if first else []), *[cuts] * recipe.epochs]
    steps = sum(count_batches(len(seen), recipe.batch) for seen in passes)
    state = _State(device, recipe, steps)
    key = json.dumps(asdict(recipe) | {"examples": len(cuts), "first": len(first)})
    done = state.resume(out / CHECKPOINT, key)
    step = 0
    for number, seen in enumerate(passes):
        for batch in batches(seen, recipe.batch, recipe.seed * 1000 + number, ends):
            step += 1
            if step <= done:
                continue
            torch.manual_seed(recipe.seed * 1_000_000 + step)  # the same dropout whether it was stopped or not
            loss = state.step(batch)
            if step == steps or (step > MEAN_FROM * steps and step % MEAN_EVERY == 0):
                state.mean.update_parameters(state.model)
            if told:
                told(step, steps, loss)
            if step % recipe.every == 0:
                state.save(out / CHECKPOINT, key, step)
    state.model.load_state_dict(state.mean.module.state_dict())
    save_model(state.model, out / MODEL)
    (out / CHECKPOINT).unlink(missing_ok=True)
    return out / MODEL


class _State:
    """What a training changes with each step, and a checkpoint holds."""

    def __init__(self, device: str, recipe: Recipe, steps: int) -> None:
        self.model = new_model().to(device).train()
        self.mean = AveragedModel(self.model)
        self._optimiser = torch.optim.AdamW(_groups(self.model), lr=recipe.rate, fused=True)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimiser, lambda step: _share(step, steps))
        self._device, self._recipe = device, recipe

    def step(self, batch: Batch) -> float:
        """Learn from a batch; its loss."""
        loss = _loss(self.model, batch, self._recipe, self._device)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        self._optimiser.step()
        self._schedule.step()
        self._optimiser.zero_grad(set_to_none=True)
        return float(loss.detach())

    def _parts(self) -> dict[str, Any]:
        return {"model": self.model, "mean": self.mean, "optimiser": self._optimiser, "schedule": self._schedule}

    def save(self, path: Path, key: str, step: int) -> None:
        """Write a checkpoint under its name in one move, so that there is always a whole one."""
        part = path.with_suffix(".part")
        torch.save({name: one.state_dict() for name, one in self._parts().items()} | {"key": key, "step": step}, part)
        part.replace(path)

    def resume(self, path: Path, key: str) -> int:
        """Steps that are done: those of the checkpoint, none where there is none or it is of another recipe or data."""
        if not path.exists():
            return 0
        told = torch.load(path, weights_only=True)
        if told["key"] != key:
            return 0
        for name, one in self._parts().items():
            one.load_state_dict(told[name])
        return int(told["step"])


def _groups(model: ReadingModel) -> list[dict[str, Any]]:
    """Weights that decay and those that do not: biases and norms."""
    parts: tuple[list[Tensor], list[Tensor]] = ([], [])
    for name, weight in model.named_parameters():
        parts[name.endswith("bias") or "LayerNorm" in name].append(weight)
    return [{"params": parts[0], "weight_decay": DECAY}, {"params": parts[1], "weight_decay": 0.0}]


def _share(step: int, steps: int) -> float:
    rising = max(1, round(WARM_UP * steps))
    if step < rising:
        return (step + 1) / rising
    return 1 - (1 - LAST_RATE) * min(1.0, (step - rising) / max(1, steps - rising))


def _loss(model: ReadingModel, batch: Batch, recipe: Recipe, device: str) -> Tensor:
    ids, types, mask, targets = (
        torch.from_numpy(one).to(device) for one in (batch.ids, batch.types, batch.mask, batch.targets)
    )
    with torch.autocast(device, dtype=torch.bfloat16):
        scores = model(ids, types, _hiding(mask, model.heads, recipe.hidden))
    scores = scores.float()
    readable = types.bool() & mask.bool()  # the passage with its last [SEP], which is never a target, and [CLS]
    readable[:, 0] = True
    scores = scores.masked_fill(~readable.unsqueeze(-1), -1e4)
    return (
        sum(
            (_smoothed(scores[:, :, side], targets[:, side], readable, recipe.smoothing) for side in (0, 1)),
            torch.zeros((), device=device),
        )
        / 2
    )


def _hiding(mask: Tensor, heads: int, share: float) -> Tensor:
    """`(batch, heads, 1, length)` to add to attention: 0 for what a head sees, much less for what is hidden from it."""
    hidden = torch.rand(len(mask), heads, 1, mask.shape[1], device=mask.device) < share
    hidden[..., 0] = False
    return (hidden | ~mask.bool()[:, None, None, :]) * HIDDEN


def _smoothed(scores: Tensor, target: Tensor, readable: Tensor, smoothing: float) -> Tensor:
    """Cross-entropy with a share of the target spread over all pieces that can be read."""
    logs = torch.log_softmax(scores, dim=1)
    own = -logs.gather(1, target.unsqueeze(1)).squeeze(1)
    spread = -(logs * readable).sum(1) / readable.sum(1)
    return ((1 - smoothing) * own + smoothing * spread).mean()


def seconds_left(started: float, step: int, steps: int, first: int) -> float:
    """About how long the rest takes, from the steps since `first`; NaN before there is one."""
    return math.nan if step <= first else (time.monotonic() - started) / (step - first) * (steps - step)
