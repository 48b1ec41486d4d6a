"""`python -m eval`: ask known questions, tell how good the answers are and what changed; measure speed."""

import argparse
from collections.abc import Callable, Sequence

from corpus.command import run as run_command
from eval.commands import bench, check, claims, compare, generate, reading, report, retrieval, review, run

COMMANDS = (run, compare, report, check, generate, review, retrieval, reading, claims, bench)


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; 1 if what was asked for is not reached."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="Measure how good the answers are.")
    commands = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        command.add(commands)
    given = parser.parse_args(arguments)
    execute: Callable[[argparse.Namespace], int] = given.execute
    return execute(given)


if __name__ == "__main__":
    raise SystemExit(run_command(main))
