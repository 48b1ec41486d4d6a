"""The option `--reader`: whether questions are asked with the reader, without it, or both ways."""

import argparse

WAYS = {"on": (True,), "off": (False,), "both": (False, True)}
"""What the option says, as whether the reader is used, without it first."""


def add_switch(parser: argparse.ArgumentParser, default: str, both: str) -> None:
    """Add the option to a command; `both` says what comes of asking both ways."""
    parser.add_argument(
        "--reader",
        choices=sorted(WAYS),
        default=default,
        help=f"ask with the reader, without it, or {both} ({default})",
    )


def ways_of(given: argparse.Namespace) -> tuple[bool, ...]:
    """For each time that the questions are asked, whether the reader is used."""
    ways: tuple[bool, ...] = WAYS[given.reader]
    return ways
