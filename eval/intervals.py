"""How sure a mean is."""

import math
from collections.abc import Sequence

from eval.result import Result


def interval(scores: Sequence[float], clusters: Sequence[str] | None = None) -> tuple[float, float]:
    """Stub until merged."""
    told = [one for one in scores if not math.isnan(one)]
    if not told:
        return math.nan, math.nan
    n, p, z = len(told), sum(told) / len(told), 1.959964
    mid, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (mid - half) / (1 + z * z / n)), min(1.0, (mid + half) / (1 + z * z / n))


def latency(results: Sequence[Result]) -> tuple[float, float]:
    """Stub until merged."""
    told = sorted(one.elapsed_ms for one in results)
    return told[len(told) // 2], told[int(len(told) * 0.95)]
