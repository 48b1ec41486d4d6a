"""Trains the reading model: cross-entropy of an answer's first and last piece, `[CLS]` where there is none.

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

from assistant.reader.batches import Batch, Cut, batches, count_batches
from assistant.reader.memory import keep_memory
from assistant.reader.model import ReadingModel, new_model, save_model

MODEL, CHECKPOINT = "model.safetensors", "checkpoint.pt"
WARM_UP = 0.06
"""Share of the steps in which the learning rate rises; then it falls to nothing, linearly."""
DECAY, CLIP = 0.01, 1.0
"""Weight decay of AdamW, and the longest gradient."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. `rate` is the highest learning rate; `smoothing` the share of a target that all pieces share."""

    epochs: int = 8
    batch: int = 32
    rate: float = 2e-4
    smoothing: float = 0.1
    seed: int = 7
    every: int = 250


def train(
    cuts: Sequence[Cut],
    recipe: Recipe,
    out: Path,
    ends: tuple[int, int],
    told: Callable[[int, int, float], object] | None = None,
) -> Path:
    """Train on `cuts` and write `model.safetensors` into `out`, going on from a checkpoint there of the same recipe.

    `told` is called after each step with its number, the number of all and the loss.
    """
    keep_memory()
    out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(recipe.seed)
    model = new_model().to(device).train()
    optimiser = torch.optim.AdamW(_groups(model), lr=recipe.rate, fused=True)
    steps = recipe.epochs * count_batches(len(cuts), recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _share(step, steps))
    key = json.dumps(asdict(recipe) | {"examples": len(cuts)})
    done = _resume(out / CHECKPOINT, key, model, optimiser, schedule)
    step = 0
    for epoch in range(recipe.epochs):
        for batch in batches(cuts, recipe.batch, recipe.seed * 1000 + epoch, ends):
            step += 1
            if step <= done:
                continue
            torch.manual_seed(recipe.seed * 1_000_000 + step)  # the same dropout whether it was stopped or not
            loss = _step(model, batch, recipe, device)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            if told:
                told(step, steps, float(loss.detach()))
            if step % recipe.every == 0:
                _save(out / CHECKPOINT, key, step, model, optimiser, schedule)
    save_model(model, out / MODEL)
    (out / CHECKPOINT).unlink(missing_ok=True)
    return out / MODEL


def _groups(model: ReadingModel) -> list[dict[str, Any]]:
    """Weights that decay and those that do not: biases and norms."""
    parts: tuple[list[Tensor], list[Tensor]] = ([], [])
    for name, weight in model.named_parameters():
        parts[name.endswith("bias") or "LayerNorm" in name].append(weight)
    return [{"params": parts[0], "weight_decay": DECAY}, {"params": parts[1], "weight_decay": 0.0}]


def _share(step: int, steps: int) -> float:
    rising = max(1, round(WARM_UP * steps))
    return (step + 1) / rising if step < rising else max(0.0, (steps - step) / max(1, steps - rising))


def _step(model: ReadingModel, batch: Batch, recipe: Recipe, device: str) -> Tensor:
    ids, types, mask, targets = (
        torch.from_numpy(one).to(device) for one in (batch.ids, batch.types, batch.mask, batch.targets)
    )
    with torch.autocast(device, dtype=torch.bfloat16):
        scores = model(ids, types, mask)
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


def _smoothed(scores: Tensor, target: Tensor, readable: Tensor, smoothing: float) -> Tensor:
    """Cross-entropy with a share of the target spread over all pieces that can be read."""
    logs = torch.log_softmax(scores, dim=1)
    own = -logs.gather(1, target.unsqueeze(1)).squeeze(1)
    spread = -(logs * readable).sum(1) / readable.sum(1)
    return ((1 - smoothing) * own + smoothing * spread).mean()


def _save(path: Path, key: str, step: int, model: ReadingModel, optimiser: Any, schedule: Any) -> None:
    """Write a checkpoint under its name in one move, so that there is always a whole one."""
    part = path.with_suffix(".part")
    told = {"key": key, "step": step, "model": model.state_dict(), "optimiser": optimiser.state_dict()}
    torch.save(told | {"schedule": schedule.state_dict()}, part)
    part.replace(path)


def _resume(path: Path, key: str, model: ReadingModel, optimiser: Any, schedule: Any) -> int:
    """Steps that are done: those of the checkpoint, none where there is none or it is of another recipe or data."""
    if not path.exists():
        return 0
    told = torch.load(path, weights_only=True)
    if told["key"] != key:
        return 0
    model.load_state_dict(told["model"])
    optimiser.load_state_dict(told["optimiser"])
    schedule.load_state_dict(told["schedule"])
    return int(told["step"])


def seconds_left(started: float, step: int, steps: int, first: int) -> float:
    """About how long the rest takes, from the steps since `first`; NaN before there is one."""
    return math.nan if step <= first else (time.monotonic() - started) / (step - first) * (steps - step)
