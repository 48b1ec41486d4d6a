"""The reading model in torch: all-MiniLM-L6-v2 with a head that scores each piece as the first and as the last.

The first piece, `[CLS]`, stands for "not there". Imports torch; only training and export import this.
"""

from pathlib import Path
from typing import Any

from torch import Tensor, nn

from index.models import check_weights, find_model
from index.offline import stay_offline
from index.settings import DEFAULT_MODEL

DROPOUT = 0.1
"""Of what a layer hands on; none of attention, whose dropout makes training on a CPU three times slower: there whole
pieces are hidden instead (`train.py`)."""


class ReadingModel(nn.Module):
    """Pieces in, `(batch, length, 2)` out: how much speaks for each piece as an answer's first and as its last."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(encoder.config.hidden_size, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    @property
    def heads(self) -> int:
        """Heads of attention in a layer."""
        return int(self.encoder.config.num_attention_heads)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """`ids`, `types` (0 question, 1 passage) and `mask` are `(batch, length)`.

        A `mask` of `(batch, heads, 1, length)` is added to attention as it is.
        """
        read = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        scores: Tensor = self.head(read)
        return scores


def new_model() -> ReadingModel:
    """One that starts from the packaged model's weights, its head untrained.

    Raises:
        ModelError: the packaged weights are missing or not the original's.
    """
    model = find_model(DEFAULT_MODEL)
    check_weights(model)
    return ReadingModel(_encoder(model.folder))


def load_model(path: Path) -> ReadingModel:
    """One whose weights were saved before, by `save_model`."""
    from safetensors.torch import load_file

    model = ReadingModel(_encoder(find_model(DEFAULT_MODEL).folder))
    model.load_state_dict(load_file(path))
    return model


def save_model(model: ReadingModel, path: Path) -> None:
    """Write the weights as safetensors."""
    from safetensors.torch import save_file

    save_file({name: tensor.contiguous() for name, tensor in model.state_dict().items()}, path)


def _encoder(folder: Path) -> Any:
    stay_offline()
    from transformers import AutoConfig, AutoModel
    from transformers.utils.logging import disable_progress_bar, set_verbosity_error

    disable_progress_bar()  # type: ignore[no-untyped-call]
    set_verbosity_error()  # type: ignore[no-untyped-call]  # that the pooler is left out is meant so
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = DROPOUT, 0.0
    return AutoModel.from_pretrained(
        folder, config=config, local_files_only=True, add_pooling_layer=False, attn_implementation="eager"
    )
