"""`python -m assistant.reader train`: what it takes, how far it tells that it is, and what it prints at the end."""

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import MisuseError

if TYPE_CHECKING:
    from assistant.reader.examples import Example
    from assistant.reader.measured import Figures

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

AGAIN = "go on with the same command; it begins at the last checkpoint"
RECIPE: dict[str, tuple[Callable[[str], Any], str, str]] = {
    "epochs": (int, "N", "how often each question is seen"),
    "batch": (int, "N", "questions seen at once"),
    "rate": (float, "X", "the highest learning rate"),
    "seed": (int, "N", "of every draw"),
}
"""What may be asked for of `assistant.reader.train.Recipe`: how it is read, and what it means."""
LINE_EVERY = 100
"""Steps after which a line is written where there is no terminal for a bar."""


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m assistant.reader`."""
    train = commands.add_parser(
        "train",
        help="train a reader from files of questions",
        description="Train a reader from the packaged all-MiniLM-L6-v2 on files of SQuAD's layout and on questions "
        "made of your own documents, and print how it does on articles that were held back. Stopped with Ctrl-C it "
        "goes on from its last checkpoint with the same command, and ends with the same weights.",
    )
    train.add_argument(
        "--squad", type=Path, nargs="+", required=True, metavar="FILE",
        help="files of SQuAD's layout, version 1 or 2, .json or .json.gz",
    )  # fmt: skip
    train.add_argument(
        "--projects", type=Path, nargs="*", default=[], metavar="PATH",
        help="documents or registers with projects, of which questions are made",
    )  # fmt: skip
    train.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="for model.safetensors, and the checkpoint meanwhile"
    )
    for name, (kind, value, meaning) in RECIPE.items():
        train.add_argument(f"--{name}", type=kind, metavar=value, help=f"{meaning} (as in train.py)")
    train.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    _check(given)
    for path in (*given.squad, *given.projects):
        if not path.exists():
            raise MisuseError(f"{path}: no such file or folder; give one that is there")
    try:
        given.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MisuseError(f"--out {given.out}: {error.strerror}; give a folder") from error
    from assistant.reader.batches import cut_all
    from assistant.reader.gathered import counts, gather, gather_first
    from assistant.reader.train import Recipe, train
    from assistant.reader.wordpieces import open_pieces

    told = {name: value for name in RECIPE if (value := getattr(given, name)) is not None}
    recipe = Recipe(**told)
    examples, held = gather(given.squad, given.projects, recipe.seed)
    first = gather_first(examples, recipe.seed)
    print(f"{len(examples):,} questions to learn from, {len(held):,} held back", file=sys.stderr)
    for source, (answered, unanswerable) in counts([*first, *examples]).items():
        print(f"  {source}: {answered:,} answered, {unanswerable:,} unanswerable", file=sys.stderr)
    pieces = open_pieces()
    with _progress() as progress:
        cuts, cuts_first = cut_all(examples, pieces), cut_all(first, pieces)
        path = train(cuts, recipe, given.out, pieces.borders, progress, first=cuts_first)
    print(path)
    if held:
        print(_told(_figures(path, held)))
    return 0


def _check(given: argparse.Namespace) -> None:
    for name in RECIPE:
        value, least = getattr(given, name), 0 if name == "seed" else 1
        if value is None:
            continue
        if name == "rate" and not 0 < value < 1:
            raise MisuseError(f"--rate {value}: expected a number above 0 and below 1, such as 2e-4")
        if name != "rate" and value < least:
            raise MisuseError(f"--{name} {value}: expected a whole number from {least}")


@contextmanager
def _progress() -> Iterator["Progress"]:
    from tqdm import tqdm

    with tqdm(unit="step", desc="training", disable=not sys.stderr.isatty()) as bar:
        try:
            yield Progress(bar)
        except KeyboardInterrupt:
            print(AGAIN, file=sys.stderr)
            raise


class Progress:
    """How far a training is: a bar on a terminal, else a line now and then, with the minutes that are left."""

    def __init__(self, bar: Any) -> None:
        """`bar` is tqdm's; where it is switched off there are lines."""
        self._bar = bar
        self._started, self._first = 0.0, 0

    def __call__(self, step: int, steps: int, loss: float) -> None:
        """Step `step` of `steps`, from 1, was made; a training that goes on begins with a later one."""
        from assistant.reader.train import seconds_left

        if not self._first:
            self._started, self._first = time.monotonic(), step
            self._bar.total, self._bar.initial, self._bar.n = steps, step - 1, step - 1
        seconds = seconds_left(self._started, step, steps, self._first)
        told = f"loss {loss:.3f}" + ("" if math.isnan(seconds) else f", {math.ceil(seconds / 60)} minutes left")
        self._bar.set_postfix_str(told, refresh=False)
        self._bar.update()
        if self._bar.disable and (step % LINE_EVERY == 0 or step in (self._first, steps)):
            print(f"step {step:,} of {steps:,}: {told}", file=sys.stderr, flush=True)


def _figures(path: Path, held: Sequence["Example"]) -> "Figures":
    """How the trained weights do as they would be shipped: as a graph of 8 bits."""
    from tqdm import tqdm

    from assistant.reader.export import export
    from assistant.reader.measured import measure
    from assistant.reader.model import load_model
    from assistant.reader.reading import Reader
    from assistant.reader.wordpieces import open_pieces

    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        graph = Path(folder) / "reader.onnx"
        export(load_model(path), graph)
        reader = Reader(graph, open_pieces())
        with tqdm(total=len(held), desc="held back", disable=not sys.stderr.isatty()) as bar:
            return measure(reader.read, held, bar.update)


def _told(figures: "Figures") -> str:
    return "\n".join(
        [
            f"held back: {figures.answerable:,} answerable, {figures.unanswerable:,} unanswerable",
            f"exact match {figures.exact_match:.3f}, F1 {figures.f1:.3f} where there is an answer",
            f"balanced accuracy of not there: {figures.balanced:.3f}; at best, from {figures.threshold:.2f} on, "
            f"{figures.best_balanced:.3f}",
            f"{figures.ms:.1f} ms a reading",
        ]
    )
