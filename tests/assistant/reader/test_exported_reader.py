"""The exported graph: it says what torch says, is small, and is opened only if not a byte of it was changed."""

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ReaderError
from assistant.reader.model import ReadingModel
from assistant.reader.reading import DIGEST, SHIPPED, Reader, named, open_reader
from assistant.reader.wordpieces import open_pieces
from index.encoder import open_session

QUESTION = "How many families drew their water from the wells of the village?"
PASSAGE = "The wells of the village were dug by hand in 1902. Forty families drew their water there. Pumps came later."
LARGEST = 25_000_000
"""Bytes that the repository may take for it."""


def test_the_graph_gives_nearly_the_scores_of_the_weights(untrained: ReadingModel, untrained_graph: Path) -> None:
    import torch

    (window,) = open_pieces().windows(QUESTION, PASSAGE)
    ids = torch.tensor([window.ids])
    types = (torch.arange(ids.shape[1]) >= window.first).long().unsqueeze(0)
    with torch.no_grad():
        wanted = untrained(ids, types, torch.ones_like(ids)).numpy()
    found = open_session(untrained_graph).run(None, {"ids": ids.numpy(), "types": types.numpy()})[0]
    assert found.shape == wanted.shape
    # An untrained head tells pieces little apart, so that rounding counts for more here than in a trained one.
    assert np.abs(found - wanted).mean() < 0.08 * np.ptp(wanted)
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.9


def test_the_graph_is_small_enough_to_ship(untrained_graph: Path) -> None:
    assert untrained_graph.stat().st_size <= LARGEST


def test_a_graph_of_which_a_byte_was_changed_is_refused(untrained_graph: Path, tmp_path: Path) -> None:
    graph = untrained_graph.read_bytes()
    digest = hashlib.sha256(graph).hexdigest()
    assert open_reader(untrained_graph, digest).read(QUESTION, PASSAGE).best()[0]
    changed = tmp_path / "reader.onnx"
    changed.write_bytes(graph[:-1] + bytes([graph[-1] ^ 1]))
    with pytest.raises(ReaderError, match=f"not {digest}; set ASSISTANT_READER"):
        open_reader(changed, digest)
    with pytest.raises(ReaderError, match="set ASSISTANT_READER"):
        open_reader(tmp_path / "missing.onnx", digest)
    changed.write_text("no graph")
    with pytest.raises(ReaderError, match=r"not a reader.*set ASSISTANT_READER"):
        open_reader(changed)


def test_the_reader_that_comes_with_the_program_is_small_and_opened_only_as_it_was_shipped() -> None:
    assert SHIPPED.stat().st_size <= LARGEST
    assert hashlib.sha256(SHIPPED.read_bytes()).hexdigest() == DIGEST


def test_the_reader_that_comes_with_the_program_finds_an_answer_and_that_there_is_none() -> None:
    reader = open_reader()
    span, odds = reader.read(QUESTION, PASSAGE).best()
    assert span is not None
    assert span.of(PASSAGE) in {"Forty", "Forty families"}
    assert odds > reader.read("Who painted the church of the town?", PASSAGE).best()[1]


def test_two_readers_are_told_apart_and_none_is_named_so(untrained_graph: Path, tmp_path: Path) -> None:
    other = tmp_path / untrained_graph.name
    other.write_bytes(untrained_graph.read_bytes() + b"\0")
    names = {named(""), named(str(untrained_graph)), named(str(other)), named("off"), named("missing.onnx")}
    assert {"off", "missing.onnx missing", f"reader.onnx {DIGEST[:8]}"} < names
    assert len(names) == 5


def test_reading_loads_no_torch(
    untrained_graph: Path, command: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from assistant.reader.reading import Reader\nfrom assistant.reader.wordpieces import open_pieces\n"
        "span, _ = Reader(Path(sys.argv[1]), open_pieces()).read(sys.argv[2], sys.argv[3]).best()\n"
        "print(span is not None, [name for name in ('torch', 'transformers') if name in sys.modules])\n"
    )
    ended = command("-c", program, untrained_graph, QUESTION, PASSAGE)
    assert (ended.returncode, ended.stdout.strip()) == (0, "True []"), ended.stderr


def test_the_same_passage_in_windows_has_each_piece_once(untrained_graph: Path) -> None:
    reader = Reader(untrained_graph, open_pieces())
    long = " ".join([PASSAGE] * 20)
    reading = reader.read(QUESTION, long)
    assert (np.diff(reading.starts) > 0).all()
    assert len(reading.starts) == len(open_pieces().cut(long)[0])
    assert np.isfinite(reading.first).all()
