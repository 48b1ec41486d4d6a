"""Weights."""

import numpy as np

from assistant.features import FEATURES

_START = {"cosine": 0.5, "overlap": 0.35, "before": 0.15, "around": 0.15, "behind": 0.15}
RANKING = np.array([_START.get(name, 0.0) for name in FEATURES])
WORDS_ALONE = RANKING
EVIDENCE = np.array([{"cosine": 4.65, "overlap": 2.12, "before": .56, "behind": .56, "around": .56, "names_missing": -.7}.get(n, 0.0) for n in FEATURES])
EVIDENCE_BASE = -3.87
