"""`python -m assistant ask`: one question, or a stream of them, answered with citations."""

import argparse
import json
import sys
from collections.abc import Sequence

from assistant.answer import Answer, place_of, to_json
from assistant.assistant import Assistant
from corpus.command import run
from corpus.errors import MisuseError
from index.settings import DEFAULT_STORE, read_settings
from index.store import Store


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand. A refusal is an answer: exit code 0."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant", description="Ask questions of the documents in a store."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    ask = commands.add_parser("ask", help="answer a question with citations, or refuse")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})")
    ask.add_argument("--json", action="store_true", help="the answer as one JSON object")
    ask.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"question": …, "history": [earlier questions]} lines, write an answer a line',
    )
    given = parser.parse_args(arguments)
    if given.jsonl == (given.question is not None):
        raise MisuseError(
            "give a QUESTION, or --jsonl and questions on standard input; see: python -m assistant ask --help"
        )
    if not given.jsonl and not given.question.strip():
        raise MisuseError(
            'the question is empty; ask something, for example: python -m assistant ask "What was the budget of …?"'
        )
    assistant = Assistant(Store(read_settings(given.store)))
    if given.jsonl:
        return _stream(assistant)
    answer = assistant.ask(given.question)
    print(json.dumps(to_json(answer), ensure_ascii=False) if given.json else _shown(answer))
    return 0


def _stream(assistant: Assistant) -> int:
    """An answer a line, in order; a line that is no question becomes {"error": …} and the rest goes on."""
    failed = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            question, history = _read_line(line)
            print(json.dumps(to_json(assistant.ask(question, history)), ensure_ascii=False), flush=True)
        except MisuseError as error:
            print(json.dumps({"error": str(error), "line": number}, ensure_ascii=False), flush=True)
            print(f"line {number}: {error}", file=sys.stderr)
            failed += 1
    return 2 if failed else 0


def _read_line(line: str) -> tuple[str, list[str]]:
    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        raise MisuseError(f'not JSON ({error.msg}); expected {{"question": …}}') from error
    question = given.get("question") if isinstance(given, dict) else None
    history = given.get("history") or [] if isinstance(given, dict) else []
    if not isinstance(question, str) or not isinstance(history, list) or not all(isinstance(q, str) for q in history):
        raise MisuseError('expected {"question": "…", "history": ["…"]}')
    return question, history


def _shown(answer: Answer) -> str:
    lines = [answer.text]
    if answer.citations:
        lines.append("")
    for citation in answer.citations:
        where = f"{place_of(citation)}, {citation.span.start}–{citation.span.end}"
        about = f"{citation.project}, " if citation.project else ""
        lines.append(f"[{citation.n}] {about}{where}: {' '.join(citation.quote.split())}")
    lines.append(f"\n({answer.status}; understood as: {answer.plan})")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(run(main))
