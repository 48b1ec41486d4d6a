"""The option `--reader`: whether questions are asked with the reader, without it, or both ways."""

import argparse

from corpus.errors import MisuseError
from index.settings import NO_READER

WAYS: dict[str, tuple[bool, ...]] = {"on": (True,), "off": (False,), "both": (False, True)}
"""What the option says, as whether the reader is used, without it first."""


def add_switch(parser: argparse.ArgumentParser, default: str, both: str) -> None:
    """Add the option to a command; `default` is what holds unless ASSISTANT_READER says that there is no reader."""
    parser.add_argument(
        "--reader",
        choices=sorted(WAYS),
        help=f"ask with the reader, without it, or {both} ({default}; off where ASSISTANT_READER=off)",
    )


def ways_of(given: argparse.Namespace, default: str, reader: str) -> tuple[bool, ...]:
    """For each time that the questions are asked, whether the reader of the settings, `reader`, is used.

    Raises:
        MisuseError: a reader is wanted, and the settings say that there is none.
    """
    told = given.reader or ("off" if reader == NO_READER else default)
    if told != "off" and reader == NO_READER:
        raise MisuseError(f"--reader {told}: ASSISTANT_READER={reader} says that there is none; unset it")
    return WAYS[told]
