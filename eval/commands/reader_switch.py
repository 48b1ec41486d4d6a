"""The option `--reader`: whether questions are asked with the reader, without it, or both ways."""

import argparse

from corpus.errors import MisuseError

WAYS: dict[str, tuple[bool, ...]] = {"on": (True,), "off": (False,), "both": (False, True)}
"""What the option says, as whether the reader is used, without it first."""


def add_switch(parser: argparse.ArgumentParser, default: str, both: str) -> None:
    """Add the option to a command; `default` is what holds where ASSISTANT_READER names a reader."""
    parser.add_argument(
        "--reader",
        choices=sorted(WAYS),
        help=f"ask with the reader that ASSISTANT_READER names, without it, or {both} "
        f"({default}; off where it names none)",
    )


def ways_of(given: argparse.Namespace, default: str, reader: str) -> tuple[bool, ...]:
    """For each time that the questions are asked, whether `reader`, a file or none, is used.

    Raises:
        MisuseError: a reader is wanted, and none is named.
    """
    told = given.reader or (default if reader else "off")
    if told != "off" and not reader:
        raise MisuseError(
            f"--reader {told}: there is no reader; train and export one (python -m assistant.reader --help) and set "
            "ASSISTANT_READER to its file"
        )
    return WAYS[told]
