"""`python -m eval review`: open candidates on the terminal, one at a time, for a person to decide on.

Reads lines, so that a program can drive it as well.
"""

import argparse
import getpass
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.qa_file import QaFile
from eval.review import Review, ordered
from eval.said import take_feedback
from eval.shown import shown
from index.candidates import ACCEPTED, OPEN, REJECTED, Candidate, read_candidates
from index.errors import DecidedError, StoreError
from index.settings import DEFAULT_STORE, read_settings
from index.store import Store

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

QA = "questions.jsonl"
NEXT, STOP = 0, -1
"""Where to go from a candidate; keys of candidates begin with 1."""
KEYS = "a accept, e edit, r reject, k skip, u undo, s show what is answered now, q quit"


def add(commands: "Subparsers") -> None:
    """Add the command to those of `python -m eval`."""
    review = commands.add_parser(
        "review",
        help="judge the questions that were proposed, one at a time",
        description="Show each open candidate with what is expected and the words of the documents that it rests on, "
        f"and ask what to do with it: {KEYS}. What is accepted is added to the set; each decision is kept at once. "
        "What people said of answers in the chat comes up here too.",
    )
    review.add_argument("--store", metavar="DIR", help=f"the store's folder (ASSISTANT_STORE, else ./{DEFAULT_STORE})")
    review.add_argument(
        "--qa", type=Path, default=Path(QA), metavar="FILE",
        help=f"the set that accepted ones are added to, made where there is none ({QA})",
    )  # fmt: skip
    review.add_argument(
        "--by", metavar="NAME", help="who judges, for `reviewed` in accepted lines (the name logged in with)"
    )
    review.add_argument("--list", action="store_true", help="print the open candidates, a line each, and stop")
    review.add_argument("--json", action="store_true", help="with --list, as JSON, an object a line")
    review.set_defaults(execute=_execute)


def _execute(given: argparse.Namespace) -> int:
    if given.json and not given.list:
        raise MisuseError("--json: expected with --list only; give both")
    store = Store(read_settings(given.store))
    if given.list:
        _take_what_can_be(store)
        with store.catalogue.transaction() as connection:
            _list(ordered(read_candidates(connection, OPEN)), as_json=given.json)
        return 0
    take_feedback(store)
    review = Review(store, QaFile(given.qa, store), _logged_in() if given.by is None else given.by.strip())
    if not review.open:
        where = f" --store {shlex.quote(given.store)}" if given.store else ""
        print(f"no candidate is open; propose some with: python -m eval generate{where}", file=sys.stderr)
        return 0
    try:
        _walk(review)
    except (EOFError, KeyboardInterrupt):
        print()
    told = review.counts()
    print(
        f"{told[ACCEPTED]} accepted into {given.qa}, {told[REJECTED]} rejected, {told[OPEN]} still open",
        file=sys.stderr,
    )
    return 0


def _logged_in() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name goes with the number of the user
        return ""


def _take_what_can_be(store: Store) -> None:
    """A store that cannot be written can be looked at all the same."""
    try:
        take_feedback(store)
    except StoreError as error:
        print(f"warning: what was said of answers since the last review is not among them: {error}", file=sys.stderr)


def _list(candidates: list[Candidate], *, as_json: bool) -> None:
    for one in candidates:
        row = one.pair
        what = f"{row.get('kind', 'wording')} {row.get('language', '')}".strip()
        line = f"{one.key}  {one.origin}  {what}  {row['question']}"
        print(json.dumps(asdict(one), ensure_ascii=False) if as_json else line)


def _walk(review: Review) -> None:
    """Every open candidate in turn; back to one whose decision is undone."""
    keys = [one.key for one in review.open]
    at = 0
    while at < len(keys):
        candidate = review.now(keys[at])
        original = review.original(candidate)
        if candidate.status != OPEN or (original and original.status == OPEN):  # decided, or its original is not
            at += 1
            continue
        print(f"\n{at + 1} of {len(keys)}")
        said = str(original.pair["question"]) if original else ""
        print(shown(review.store, candidate, review.whole(candidate), said, bold=sys.stdout.isatty()), flush=True)
        went = _decide(review, candidate)
        if went == STOP:
            return
        at = at + 1 if went == NEXT else keys.index(went)


def _decide(review: Review, candidate: Candidate) -> int:
    """Ask until it is decided on or left: whether to go on to the next, to stop, or back to the candidate of a key."""
    while True:
        key = _ask(f"[{KEYS}] ").strip().lower()[:1]
        try:
            if key == "a":
                print(f"accepted as {review.accept(review.now(candidate.key))['id']}", flush=True)
                return NEXT
            if key == "r":
                others = review.reject(review.now(candidate.key), _ask("why (may be empty): ").strip())
                print("rejected" + (f", and with it {others} in other words" if others else ""), flush=True)
                return NEXT
            if key in ("k", "q"):
                return NEXT if key == "k" else STOP
            if key == "u":
                undone = review.undo()
                if undone:
                    print(f"undone: {undone.pair['question']}", flush=True)
                    return undone.key
                print("nothing to undo", flush=True)
            elif key == "e":
                _edit(review, review.now(candidate.key))
            elif key == "s":
                _answer_now(review, review.now(candidate.key))
            else:
                print(f"give one of: {KEYS}", flush=True)
        except DecidedError as error:
            print(error, flush=True)
            return NEXT
        except EvaluationError as error:
            print(f"not accepted: {error}", flush=True)


def _ask(prompt: str) -> str:
    """A line; EOFError at the end of the input."""
    if sys.stdin.isatty():
        return input(prompt)
    # Not `input`, which loses a Ctrl-C that comes while it flushes.
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _answer_now(review: Review, candidate: Candidate) -> None:
    from assistant.assistant import Assistant

    row = review.whole(candidate)
    answer = Assistant(review.store).ask(row["question"], row.get("history") or ())
    print(f"now ({answer.status}): {answer.text}", flush=True)


def _edit(review: Review, candidate: Candidate) -> None:
    """Change the pair in an editor, or by lines where none is set, until it is right or left as it was."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    text = json.dumps(candidate.pair, ensure_ascii=False, indent=1)
    while True:
        try:
            if editor:
                text = _in_editor(editor, text)
                pair = _read(text)
            else:
                pair = _by_lines(candidate.pair)
            review.edit(candidate, pair)
        except EvaluationError as error:
            print(f"not right yet: {error}", flush=True)
            if _ask("e to edit it again, anything else leaves it as it was: ").strip().lower() != "e":
                return
            continue
        whole = review.whole(review.now(candidate.key))
        print(shown(review.store, review.now(candidate.key), whole, "", bold=sys.stdout.isatty()), flush=True)
        return


def _in_editor(editor: str, text: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "question.json"
        path.write_text(text + "\n", encoding="utf-8")
        try:
            started = [*shlex.split(editor), str(path)]
        except ValueError as error:
            raise EvaluationError(f"EDITOR {editor!r} is no command ({error}); set it anew") from error
        try:
            done = subprocess.run(started, check=False)  # noqa: S603  # the user's own
        except OSError as error:
            raise EvaluationError(f"the editor {editor} cannot be started ({error.strerror}); set EDITOR") from error
        if done.returncode:
            raise EvaluationError(f"the editor {editor} ended with {done.returncode}; nothing was changed")
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise EvaluationError(f"the editor {editor} did not save it as UTF-8; nothing was changed") from error


def _read(text: str) -> Mapping[str, Any]:
    try:
        pair = json.loads(text)
    except json.JSONDecodeError as error:
        raise EvaluationError(f"line {error.lineno}: not JSON ({error.msg})") from error
    if not isinstance(pair, dict):
        raise EvaluationError("expected an object with the fields of a question")
    return pair


def _by_lines(pair: Mapping[str, Any]) -> Mapping[str, Any]:
    """The question, whether it has an answer, and the answers; an empty line keeps what is there.

    Where a right answer has to hold all of several things, what is given takes their place and is needed whole too.
    """
    print(f"question (empty keeps it): {pair['question']}", flush=True)
    changed = dict(pair)
    if question := _ask("> ").strip():
        changed["question"] = question
    if "of" in pair:
        return changed
    print("do the documents answer it? y or n (empty keeps it)", flush=True)
    if (told := _ask("> ").strip().lower()[:1]) == "n":
        return {**changed, "answerable": False, "answers": [], "all": [], "none": [], "sources": []}
    changed |= {"answerable": True} if told == "y" else {}
    field, other = ("all", "answers") if pair.get("all") else ("answers", "all")
    told = "all of them needed" if field == "all" else "each of them enough"
    print(f"right answers, one a line, {told}; an empty line ends (at once: keeps them)", flush=True)
    answers = []
    while line := _ask("> ").strip():
        answers.append(line)
    return {**changed, field: answers, other: []} if answers else changed
