"""`python -m assistant`: questions answered with citations, precedents, and what the language model can do."""

import argparse
import json
import sys
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from assistant.answer import Answer, pieces_of, place_of, render, to_json
from assistant.assistant import Assistant
from assistant.llm.terminal import Asked, answering
from assistant.mend import Earlier
from assistant.written import plainly, told_beside
from corpus.command import run
from corpus.errors import MisuseError
from corpus.record import Reading
from index.filters import Filters
from index.settings import DEFAULT_STORE, read_settings
from index.store import Store

BOLD = "\x1b[1m", "\x1b[22m"
"""What a terminal takes for the start and the end of bold letters (ECMA-48)."""
NARROWED = (
    ("funder", "NAME", "with this funder"),
    ("country", "CODE", "in this country, ISO 3166-1 alpha-2"),
    ("since", "DATE", "that went on until this date or later"),
    ("until", "DATE", "that had begun by this date"),
    ("least", "AMOUNT", "with an amount of this or more"),
    ("most", "AMOUNT", "with an amount of this or less"),
)


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
    chat = commands.add_parser("chat", help="a conversation: follow-up questions lean on those before")
    precedents = commands.add_parser("precedents", help="the projects most like an idea, a call or a draft")
    precedents.add_argument("idea", metavar="IDEA", help="some sentences, or a document: draft.docx")
    precedents.add_argument(
        "--out", type=Path, metavar="FILE", help="write them with footnotes: .docx, .pdf, .md or .csv"
    )
    precedents.add_argument(
        "--draft", action="store_true", help="write the section of a proposal from them, with the language model"
    )
    precedents.add_argument("--top", type=int, default=5, metavar="N", help="how many projects (5)")
    for name, value, meaning in NARROWED:
        precedents.add_argument(f"--{name}", metavar=value, help=f"only projects {meaning}")
    for command in (chat, precedents):
        command.add_argument(
            "--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})"
        )
    models = commands.add_parser(
        "models",
        help="what the language model that is set can do, and how fast",
        description="Ask the language model that ASSISTANT_LLM_URL and ASSISTANT_LLM_MODEL name for a few short "
        "replies: whether it answers, how fast, how much it reads at once, whether it returns structured output and "
        "calls tools.",
    )
    models.add_argument("--json", action="store_true", help="what was found out as one JSON object")
    given = parser.parse_args(arguments)
    if given.command == "models":
        return _models(is_json=given.json)
    if given.command == "chat":
        return _chat(answering(Store(read_settings(given.store))))
    if given.command == "precedents":
        return _precedents(given)
    if given.jsonl == (given.question is not None):
        raise MisuseError(
            "give a QUESTION, or --jsonl and questions on standard input; see: python -m assistant ask --help"
        )
    if not given.jsonl and not given.question.strip():
        raise MisuseError(
            'the question is empty; ask something, for example: python -m assistant ask "What was the budget of …?"'
        )
    asked = answering(Store(read_settings(given.store)))
    if given.jsonl:
        return _stream(asked)
    answer = asked(given.question, ())
    print(json.dumps(to_json(answer), ensure_ascii=False) if given.json else _shown(answer))
    return 0


def _chat(ask: Asked) -> int:
    """Questions from the terminal until its end, each with those before it as history."""
    history: list[Earlier] = []
    while True:
        try:
            question = input("> " if sys.stdin.isatty() else "")
        except EOFError:
            if sys.stdin.isatty():
                print()
            return 0
        if not any(character.isalnum() for character in question):
            continue
        answer = ask(question, history)
        print(f"{_shown(answer)}\n", flush=True)
        history.append(Earlier(question, answer=answer.text))


def _precedents(given: argparse.Namespace) -> int:
    from assistant.drafting_command import draft
    from assistant.export import to_markdown, write
    from assistant.llm.configured import configured_model

    if given.top < 1:
        raise MisuseError(f"--top {given.top}: give a number of projects, 1 or more")
    if not any(character.isalnum() for character in given.idea):
        raise MisuseError('the idea is empty; for example: python -m assistant precedents "A map that a town makes"')
    assistant = Assistant(Store(read_settings(given.store)))
    told = {name: value for name, _, _ in NARROWED if (value := getattr(given, name)) is not None}
    filters = _filters(told) if told else None
    found = assistant.precedents(_idea(given.idea), count=given.top, filters=filters)
    if given.draft:
        draft(found, assistant, configured_model(), given.out)
    elif given.out:
        write(found, given.out)
        print(f"{given.out}: {len(found.found)} of {found.total} projects")
    else:
        print(to_markdown(found))
    return 0


def _models(*, is_json: bool) -> int:
    """What the language model's server can do; exit code 1 where it cannot be used."""
    from assistant.llm.probe import probe
    from assistant.llm.probe_told import UNSET, lines_of
    from assistant.model_settings import read_model_settings

    settings = read_model_settings()
    if settings is None:
        raise MisuseError(UNSET)
    found = probe(settings, lambda doing: print(f"{doing} …", file=sys.stderr))
    print(json.dumps(found.to_json(), ensure_ascii=False) if is_json else "\n".join(lines_of(found)))
    if found.problem:
        print(f"error: {found.problem}", file=sys.stderr)
    return 1 if found.problem else 0


def _filters(told: dict[str, str]) -> Filters:
    """What narrows precedents down; sizes are numbers."""
    amounts = {name: _amount(name, told[name]) for name in ("least", "most") if name in told}
    funder = {"organisation": told["funder"], "role": "funder"} if "funder" in told else {}
    rest = {name: value for name, value in told.items() if name not in ("least", "most", "funder")}
    return Filters(**rest, **funder, **amounts)  # type: ignore[arg-type]  # told apart by name above


def _amount(name: str, told: str) -> Decimal:
    try:
        return Decimal(told)
    except InvalidOperation as error:
        raise MisuseError(f"--{name} {told}: no amount; expected a number such as 250000") from error


def _idea(told: str) -> str:
    """The idea itself, or the text of the document that it names."""
    path = Path(told) if len(told) < 1_000 else None
    if path is None or not path.suffix or not path.is_file():
        return told
    from corpus.pool import read_paths

    readings = [reading for reading in read_paths([path]) if isinstance(reading, Reading)]
    if not readings:
        raise MisuseError(
            f"{path} cannot be read; give the idea in words, or a document that python -m corpus text reads"
        )
    return " ".join(reading.document.text for reading in readings)


def _stream(ask: Asked) -> int:
    """An answer a line, in order; a line that is no question becomes {"error": …} and the rest goes on."""
    failed = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            question, history = _read_line(line)
            print(json.dumps(to_json(ask(question, history)), ensure_ascii=False), flush=True)
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
    """The answer, then its quotes; on a terminal the words that decide are bold."""
    start, end = BOLD if sys.stdout.isatty() else ("", "")
    lines = [plainly(render(one)) if one.is_connecting else render(one) for one in answer.statements]
    lines += [f"\n({told})" for told in told_beside(answer)]
    if answer.citations:
        lines.append("")
    for citation in answer.citations:
        where = f"{place_of(citation)}, {citation.span.start}–{citation.span.end}"
        quote = "".join(f"{start}{piece}{end}" if is_bold else piece for piece, is_bold in pieces_of(citation))
        about = f"{citation.project}, " if citation.project else ""
        lines.append(f"[{citation.n}] {about}{where}: {' '.join(quote.split())}")
    lines.append(f"\n({answer.status}; understood as: {answer.plan})")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(run(main))
