"""What several tests share: the sample store, a real model of a few kilobytes, documents from text, the command line.

Loading torch takes most of the time of the whole run, so it happens once a process, and only for tests that ask for
`sample_store` or `small_model`.
"""

import os
import string
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from corpus.document import Document
from corpus.reading import read_document
from index.offline import QUIET, stay_offline
from index.settings import Settings
from index.sync import build

ROOT = Path(__file__).resolve().parent.parent

# A run of CI tries the same examples each time, so that a red one is never a matter of luck; at home they vary.
settings.register_profile(
    "tests",
    deadline=None,
    max_examples=60,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tests")

IN_A_BROWSER = {"page", "browser"}
"""Fixtures of tests that meet a page: how long it takes to draw is the machine's to say, not the program's."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a test in a browser try again twice; what is wrong with the page is wrong three times.

    Each try has to find what the first one found: what a test changes in a store of its file, a fixture puts right.
    """
    for item in items:
        if IN_A_BROWSER & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=2))


Command = Callable[..., subprocess.CompletedProcess[str]]
Read = Callable[[str, str], Document]


@pytest.fixture(scope="session")
def root() -> Path:
    """Name the repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def sample(root: Path) -> Path:
    """Name the sample corpus's folder."""
    return root / "corpus" / "sample"


@pytest.fixture(scope="session")
def sample_store(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a store over the sample corpus; tests read it and leave it as it is."""
    folder = tmp_path_factory.mktemp("sample") / "store"
    build(Settings(folder), [sample])
    return folder


@pytest.fixture(scope="session")
def reedmoor_store(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a store over the documents of the Reedmoor Trust, an invented organisation; tests leave it as it is.

    Sixteen projects on pages in English and Romanian, in a report and in a register. Lantern Walk stands in two files;
    Winter Orchard's budget can be read in two ways, Paper Boats and School Kitchens have none; two projects have like
    names, and one of the register is called as its sector is.
    """
    folder = tmp_path_factory.mktemp("reedmoor") / "store"
    build(Settings(folder), [root / "tests" / "assistant" / "reedmoor"])
    return folder


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a sentence-transformers model with random weights: real in everything but meaning, and opened at once."""
    return _random_model(tmp_path_factory.mktemp("models") / "small", seed=1)


@pytest.fixture(scope="session")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a second such model, of the same shape and with other weights."""
    return _random_model(tmp_path_factory.mktemp("models") / "other", seed=2)


def _random_model(folder: Path, seed: int) -> Path:
    stay_offline()
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    characters = string.ascii_lowercase + string.digits
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *string.punctuation, *characters, *(f"##{c}" for c in characters)]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"]))
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(
        '{"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 256, "pad_token": "[PAD]",'
        ' "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}'
    )
    torch.manual_seed(seed)
    shape = BertConfig(
        vocab_size=len(words),
        max_position_embeddings=256,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    BertModel(shape).save_pretrained(folder)
    return folder


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Give a function from (text, file name) to the document read from such a file."""

    def read_text_as(text: str, name: str = "page.txt") -> Document:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return read_document(path, name)

    return read_text_as


@pytest.fixture(scope="session")
def command() -> Command:
    """Give a function that runs `python` in the environment of somebody who has set nothing; `under` goes in front."""

    def run(
        *arguments: object,
        stdin: str = "",
        environment: Mapping[str, str] | None = None,
        under: Sequence[object] = (),
    ) -> subprocess.CompletedProcess[str]:
        # What this process has set for itself must not be what keeps the program quiet.
        told = {k: v for k, v in os.environ.items() if k not in QUIET and not k.startswith("ASSISTANT_")}
        return subprocess.run(
            [*map(str, under), sys.executable, *map(str, arguments)],
            input=stdin,
            env=told | dict(environment or {}),
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run
