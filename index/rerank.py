"""A cross-encoder that looks at question and passage together; an option, off unless one is named.

Slower than the search by far, tens of milliseconds a passage on a CPU, so it sees only the best hits.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import ModelError
from index.offline import stay_offline
from index.passages import Hit

RERANKED = 20
"""Hits looked at again."""

Score = Callable[[Sequence[tuple[str, str]]], list[float]]


@lru_cache(maxsize=2)
def open_reranker(name: str) -> Score:
    """The scores, from 0 to 1, that a sentence-transformers cross-encoder gives pairs of question and passage.

    Raises:
        ModelError: there is no such folder, nor a model of that name on this machine, or it is no cross-encoder.
    """
    stay_offline()
    from sentence_transformers import CrossEncoder
    from torch.nn import Sigmoid
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    folder = Path(name).expanduser()
    try:
        model = CrossEncoder(str(folder) if folder.is_dir() else name, local_files_only=True)
    except Exception as error:
        raise _refused(name, " ".join(str(error).split())[:200]) from error
    # Such a model loads all the same, with a head of random numbers.
    if any(made_as.endswith("Model") for made_as in getattr(model.config, "architectures", None) or ()):
        raise _refused(name, "it is an embedding model")
    if model.num_labels != 1:
        raise _refused(name, f"it gives {model.num_labels} numbers where a score is wanted")

    def score(pairs: Sequence[tuple[str, str]]) -> list[float]:
        made: Any = model.predict(list(pairs), activation_fn=Sigmoid(), show_progress_bar=False)
        return [float(one) for one in made]

    return score


def _refused(name: str, reason: str) -> ModelError:
    return ModelError(
        f"reranker {name!r} cannot be loaded ({reason}); set ASSISTANT_RERANKER to a folder that holds a "
        "sentence-transformers cross-encoder, or unset it"
    )


def rerank(question: str, hits: Sequence[Hit], score: Score) -> list[Hit]:
    """The hits in the order of the cross-encoder's scores, which take the place of theirs; equal ones stay in order."""
    scores = score([(question, hit.passage.text) for hit in hits]) if hits else []
    order = sorted(zip(scores, hits, strict=True), key=lambda pair: -pair[0])
    return [replace(hit, score=value, rank=rank) for rank, (value, hit) in enumerate(order, start=1)]
