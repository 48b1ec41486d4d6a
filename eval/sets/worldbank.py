"""`python -m eval.sets.worldbank REGISTER OUT [SEED]`: questions over the register of World Bank projects.

The gold of every question is what an SQL query over the rows gives. The same file and seed give the same questions,
another seed other ones.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.command import run
from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.sets.records import compares, extremes, follow_ups, lists, unanswerable
from eval.sets.register import Register
from eval.sets.values import counts, fields, sums
from eval.sets.wording import Row

SEED = 5


def main(arguments: Sequence[str]) -> int:
    """Write the set to a file and say how large it is."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.sets.worldbank",
        description="Make a set of questions over the register of World Bank projects, the answers computed by SQL.",
    )
    parser.add_argument("register", type=Path, metavar="REGISTER", help="the register, projects.jsonl.gz")
    parser.add_argument("out", type=Path, metavar="OUT", help="where the questions go, JSON Lines")
    parser.add_argument("seed", type=int, nargs="?", default=SEED, metavar="SEED", help=f"which questions ({SEED})")
    given = parser.parse_args(arguments)
    if not given.register.is_file():
        raise MisuseError(f"{given.register}: no such file; give the register, projects.jsonl.gz")
    rows = list(pairs(Register(given.register, given.seed)))
    if len({row["id"] for row in rows}) < len(rows):
        raise EvaluationError(f"seed {given.seed} gives a question twice; give another")
    try:
        given.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    except OSError as error:
        raise MisuseError(f"{given.out}: {error.strerror}; give a file to write") from error
    print(f"{len(rows)} questions in {given.out}", file=sys.stderr)
    return 0


def pairs(register: Register) -> Iterator[Row]:
    """All questions, in order; each choice depends on those before."""
    for make in (fields, counts, sums, extremes, lists, compares, follow_ups, unanswerable):
        yield from make(register)


if __name__ == "__main__":
    raise SystemExit(run(main))
