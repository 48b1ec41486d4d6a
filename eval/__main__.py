"""`python -m eval`: ask a set of known questions and print how good the answers are; measure retrieval and speed."""

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.assistant import Assistant
from corpus.command import run as run_command
from corpus.errors import MisuseError
from eval.bench_commands import add_bench, bench, check_least
from eval.errors import EvaluationError
from eval.qa import SHIPPED, Pair, read_pairs
from eval.run import METRICS, Result, evaluate, record, summarise
from index.settings import DEFAULT_STORE, read_settings
from index.store import Store

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

LOWER_IS_BETTER = {"wrong_answers", "wrong_refusals"}


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; 1 if a floor given with --fail-under is not reached."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="Measure how good the answers are.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="ask every question of a set and score the answers")
    run.add_argument(
        "--qa", type=Path, default=SHIPPED, metavar="FILE", help="JSON Lines (the set over the sample corpus)"
    )
    run.add_argument(
        "--originals", type=Path, default=SHIPPED, metavar="FILE",
        help="where the questions are that FILE says in other words and does not hold (the set over the sample corpus)",
    )  # fmt: skip
    run.add_argument("--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})")
    run.add_argument("--out", type=Path, metavar="DIR", help="write run.json with every question and answer there")
    run.add_argument("--json", action="store_true", help="the run as one JSON object")
    run.add_argument(
        "--fail-under", action="append", default=[], metavar="METRIC=X",
        help=f"exit 1 if a metric is worse than X; metrics: {', '.join(METRICS)}",
    )  # fmt: skip
    _add_retrieval(commands)
    _add_reading(commands)
    add_bench(commands)
    given = parser.parse_args(arguments)
    if given.command == "bench":
        return bench(given)
    if given.command == "retrieval":
        return _retrieval(given)
    if given.command == "reading":
        return _reading(given)
    floors = [_floor(text) for text in given.fail_under]
    pairs = read_pairs(given.qa, given.originals)
    if given.out:
        try:
            given.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MisuseError(f"--out {given.out}: {error.strerror}; give a folder") from error
    assistant = Assistant(Store(read_settings(given.store)))
    results = _evaluated(assistant, pairs)
    made = json.dumps(record(results, given.qa, assistant), ensure_ascii=False, indent=1)
    if given.out:
        (given.out / "run.json").write_text(made + "\n", encoding="utf-8")
    print(made if given.json else _table(results))
    return _gate(summarise(results), floors)


def _add_retrieval(commands: "Subparsers") -> None:
    retrieval = commands.add_parser(
        "retrieval",
        help="measure how well judged documents are found",
        description="Make a store over a set of documents, ask its queries, and print recall, MRR and nDCG with 95 % "
        "intervals over the queries; by language where the documents tell theirs.",
    )
    source = retrieval.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--beir", type=Path, metavar="DIR", help="a folder with corpus.jsonl, queries.jsonl and qrels, as in BEIR"
    )
    source.add_argument(
        "--squad", type=Path, metavar="FILE",
        help="a file of SQuAD's layout, .json or .json.gz: its paragraphs, and the questions that they answer",
    )  # fmt: skip
    retrieval.add_argument(
        "--no-titles",
        action="store_true",
        help="of a SQuAD file the paragraphs alone; XQuAD's titles are English in all",
    )
    retrieval.add_argument("--split", default="test", metavar="NAME", help="which qrels: DIR/qrels/NAME.tsv (test)")
    retrieval.add_argument("--top", type=int, default=100, metavar="N", help="how many documents are looked at (100)")
    retrieval.add_argument(
        "--legs", default="dense,words,hybrid", metavar="LEGS", help="which searches of ours (dense,words,hybrid)"
    )
    retrieval.add_argument(
        "--peers", action="store_true", help="beside what others would use, on the same texts (extra: bench)"
    )
    retrieval.add_argument("--save", type=Path, metavar="DIR", help="write the set there as a BEIR folder")
    retrieval.add_argument("--json", action="store_true", help="the scores as one JSON object")


def _add_reading(commands: "Subparsers") -> None:
    reading = commands.add_parser(
        "reading",
        help="measure how well the sentence that answers is found, and that none does",
        description="Make a store of the paragraphs of a SQuAD file, version 1 or 2, ask its questions, and print how "
        "often the first sentence answers, with 95 % intervals, and wrong answers against wrong refusals by threshold. "
        "Where a file has no unanswerable questions, each is asked of a paragraph of another article too.",
    )
    reading.add_argument(
        "--squad", type=Path, required=True, nargs="+", metavar="FILE",
        help="files of SQuAD's layout, .json or .json.gz",
    )  # fmt: skip
    reading.add_argument("--squad-ro", type=Path, metavar="FILE", help="one more, such as the same in Romanian")
    reading.add_argument("--retrieve", action="store_true", help="ask over all paragraphs of the file too")
    reading.add_argument("--curve", type=Path, metavar="FILE", help="draw the curves of all files there: .svg")
    reading.add_argument("--json", action="store_true", help="an object a line for each file")


def _retrieval(given: argparse.Namespace) -> int:
    from tqdm import tqdm

    from eval.beir import read_beir, read_squad, write_beir
    from eval.ours import LEGS
    from eval.retrieval import measure, table, to_json

    legs = [leg for leg in given.legs.split(",") if leg]
    if wrong := [leg for leg in legs if leg not in LEGS]:
        raise MisuseError(f"--legs {given.legs}: {wrong[0]!r} is none; expected some of {', '.join(LEGS)}")
    if not legs and not given.peers:
        raise MisuseError(f"--legs {given.legs!r} names none and --peers is not given; choose of {', '.join(LEGS)}")
    check_least("--top", given.top)
    collection = (
        read_squad(given.squad, titles=not given.no_titles) if given.squad else read_beir(given.beir, given.split)
    )
    if given.save:
        write_beir(collection, given.save, given.split)
    with tqdm(desc="asking", unit=" queries", disable=not sys.stderr.isatty()) as bar:
        model = read_settings().embedding_model
        rows = measure(collection, legs=legs, peers=given.peers, top=given.top, model=model, advance=bar.update)
    print(to_json(collection, rows) if given.json else table(collection, rows))
    return 0


def _reading(given: argparse.Namespace) -> int:
    from tqdm import tqdm

    from eval.reading import read_all, table, to_json, to_svg
    from eval.squad import read_questions

    paths = [*given.squad, *([given.squad_ro] if given.squad_ro else [])]
    sets = [read_questions(path) for path in paths]
    reports = []
    for squad in sets:
        with tqdm(total=len(squad.questions), desc=squad.name, disable=not sys.stderr.isatty()) as bar:
            model = read_settings().embedding_model
            reports.append(read_all(squad, retrieve=given.retrieve, model=model, advance=bar.update))
    print("\n".join(map(to_json, reports)) if given.json else "\n\n".join(map(table, reports)))
    if given.curve:
        try:
            given.curve.write_text(to_svg(reports), encoding="utf-8")
        except OSError as error:
            raise MisuseError(f"--curve {given.curve}: {error.strerror}; give a file that can be written") from error
    return 0


def _floor(text: str) -> tuple[str, float]:
    metric, _, value = text.partition("=")
    try:
        floor = float(value)
    except ValueError:
        floor = float("nan")
    if metric not in METRICS or isnan(floor):
        raise MisuseError(f"--fail-under {text}: expected METRIC=NUMBER with one of {', '.join(METRICS)}")
    return metric, floor


def _evaluated(assistant: Assistant, pairs: Sequence[Pair]) -> list[Result]:
    from tqdm import tqdm

    with tqdm(total=len(pairs), desc="asking", unit="question", disable=not sys.stderr.isatty()) as bar:

        def advance(_: Result) -> None:
            bar.update()

        return evaluate(assistant, pairs, advance)


def _gate(scores: dict[str, float], floors: Sequence[tuple[str, float]]) -> int:
    missed = []
    for metric, floor in floors:
        score, lower = scores[metric], metric in LOWER_IS_BETTER
        if isnan(score) or (score > floor if lower else score < floor):
            missed.append(f"{metric} is {score:.3f}; {'at most' if lower else 'at least'} {floor} is asked for")
    if missed:
        raise EvaluationError("; ".join(missed))
    return 0


def _table(results: Sequence[Result]) -> str:
    """Scores over all questions, by kind and by language; then the questions that went wrong."""
    groups = {"all": list(results)}
    for result in results:
        groups.setdefault(result.kind, []).append(result)
    for result in results:
        groups.setdefault(f"in {result.language}", []).append(result)
    metrics = [metric for metric in METRICS if any(not isnan(result.scores[metric]) for result in results)]
    rows = [["", "questions", *metrics]]
    for name, members in groups.items():
        scores = summarise(members)
        rows.append([name, str(len(members)), *("–" if isnan(scores[m]) else f"{scores[m]:.3f}" for m in metrics)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.rjust(w) if i else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    wrong = [r for r in results if r.scores["refusal_accuracy"] < 1 or r.scores["correctness"] < 1]
    median = statistics.median(result.elapsed_ms for result in results)
    lines.append(f"\nmedian time {median:.0f} ms; {len(wrong)} of {len(results)} went wrong")
    lines += [f"  {r.id}: {r.question!r} → {r.status}: {' '.join(r.answer.split())[:160]}" for r in wrong]
    lines += [f"  {r.id}: not as {r.of}" for r in results if r.scores["same_as_original"] < 1]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(run_command(main))
