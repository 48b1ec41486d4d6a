"""Temporary: replaced by the adaptive fusion."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Leg:
    """Keys best first, with scores."""

    keys: NDArray[np.int64]
    scores: NDArray[np.float32]

    @classmethod
    def empty(cls) -> "Leg":
        return cls(np.empty(0, np.int64), np.empty(0, np.float32))


def fuse(dense: Leg, words: Leg) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    scores: dict[int, float] = {}
    for leg in (dense, words):
        for rank, key in enumerate(leg.keys.tolist(), 1):
            scores[key] = scores.get(key, 0) + 1 / (60 + rank)
    order = sorted(scores, key=lambda k: -scores[k])
    return np.array(order, np.int64), np.array([scores[k] * 30 for k in order], np.float32)
