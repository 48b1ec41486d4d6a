"""What is wrong in a set of questions, every mistake by line and field.

Knows the lines and what they say of each other; knows no documents (`eval.sources`) and no answers of the program.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from eval.json_lines import KEPT, read_lines
from eval.lines import Line, Mistake, read_line, texts
from eval.metrics import correctness
from eval.schema import path_of, shown

INSTEAD = "give a JSON Lines file"
NO_QUESTION = "holds no question; write one JSON object a line, as docs/evaluation.md shows"
Named = Mapping[str, Line]
"""Lines by id."""


class Examined(NamedTuple):
    """The lines of a set that hold an object, and all mistakes, both in order of lines."""

    lines: Sequence[Line]
    mistakes: Sequence[Mistake]


def mistakes_of(path: Path, originals: Path) -> list[Mistake]:
    """Every mistake of a file, in order of lines; what is not UTF-8 is one.

    Raises:
        MisuseError: there is no such file, or none of originals where one is needed.
    """
    return [*examine(read_lines(path, INSTEAD, KEPT), originals).mistakes]


def examine(each: Iterable[str], originals: Path) -> Examined:
    """The lines of a set, wordings with their originals, and every mistake.

    Raises:
        MisuseError: the file of originals is needed and is not there.
    """
    read, mistakes = _read(each)
    if not read and not mistakes:
        mistakes.append(Mistake(0, "", NO_QUESTION))
    own, elsewhere = _by_id(read), cache(partial(_elsewhere, originals))
    lines = []
    for line in read:
        if isinstance(of := line.given.get("of"), str) and line.is_fine("of"):
            found = _original(of, own, elsewhere, originals)
            if isinstance(found, str):
                mistakes.append(Mistake(line.number, "of", found))
            else:
                line = replace(line, original=found)
        lines.append(line)
    for check in (_ids, _gold, _never_right, _contradictions):
        mistakes += check(lines)
    return Examined(lines, sorted(mistakes, key=lambda mistake: mistake.line))


def _read(each: Iterable[str]) -> tuple[list[Line], list[Mistake]]:
    read = [read_line(number, text) for number, text in enumerate(each, 1) if text.strip()]
    return [line for line, _ in read if line], [mistake for _, several in read for mistake in several]


def _by_id(lines: Iterable[Line]) -> dict[str, Line]:
    named: dict[str, Line] = {}
    for line in lines:
        if "id" in line.given and line.is_fine("id"):
            named.setdefault(line.given["id"], line)
    return named


def _elsewhere(originals: Path) -> tuple[Named, Mapping[int, Mistake]]:
    """The originals by id, and the first mistake of each of their lines."""
    lines, mistakes = _read(read_lines(originals, "give the file that holds the originals with --originals FILE", KEPT))
    for check in (_gold, _never_right):
        mistakes += check(lines)
    return _by_id(lines), {mistake.line: mistake for mistake in reversed(mistakes)}


def _original(
    of: str, own: Named, elsewhere: Callable[[], tuple[Named, Mapping[int, Mistake]]], originals: Path
) -> Line | str:
    """The line that a wording is of, or why it has none."""
    named, wrong = (own, {}) if of in own else elsewhere()
    if of not in named or "of" in named[of].given:
        reason = "is a wording itself" if of in named else f"is neither in this file nor in {originals}"
        return f"has to hold the id of an original; {of!r} {reason}"
    if mistake := wrong.get(named[of].number):
        return f"the original has a mistake itself: {mistake.told(originals)}"
    return named[of]


def _ids(lines: Iterable[Line]) -> Iterator[Mistake]:
    first = _by_id(lines)
    for line in lines:
        named = first.get(line.given["id"], line) if "id" in line.given and line.is_fine("id") else line
        if named is not line:
            said = f"{line.given['id']!r} is used twice: line {named.number} has it too; give each line its own"
            yield Mistake(line.number, "id", said)


def _tells(line: Line, *fields: str) -> bool:
    """Whether what the line says in these fields is to be looked at here; of a wording not what it merely takes."""
    return line.is_fine(*fields) and (not line.original or any(field in line.given for field in fields))


def _gold(lines: Iterable[Line]) -> Iterator[Mistake]:
    """Answers and sources where there are to be some, none where there are to be none."""
    for line in lines:
        given = line.whole
        if "answerable" not in given:
            continue
        if given["answerable"] is True and _tells(line, "answerable", "answers", "all"):
            if not given.get("answers") and not given.get("all"):
                yield Mistake(line.number, "answers", "an answerable question needs 'answers' or 'all'")
        elif given["answerable"] is False:
            for field in ("answers", "all", "sources"):
                if given.get(field) and _tells(line, "answerable", field):
                    whose = "" if field in line.given else ", and the original's are not"
                    said = f"has to be empty, since 'answerable' is false{whose}; give [] or answerable true"
                    yield Mistake(line.number, field, said)


def _never_right(lines: Iterable[Line]) -> Iterator[Mistake]:
    """Accepted answers that hold what no answer may hold."""
    for line in lines:
        given = line.whole
        if not given.get("none") or not _tells(line, "answers", "all", "none"):
            continue
        for at, one in texts({field: given.get(field, []) for field in ("answers", "all")}):
            clash = next((none for none in given["none"] if not correctness(one, (one,), none=(none,))), None)
            if clash is not None:
                said = f"{shown(one)} can never be right, since 'none' has {shown(clash)}; remove one of them"
                yield Mistake(line.number, path_of(at), said)


def _contradictions(lines: Iterable[Line]) -> Iterator[Mistake]:
    """The same question, once with an answer and once without."""
    seen: dict[tuple[str, ...], Line] = {}
    for line in lines:
        if "answerable" not in line.whole or not line.is_fine("question", "history", "answerable"):
            continue
        other = seen.setdefault(asked(line), line)
        if (there := other.whole["answerable"]) is not line.whole["answerable"]:
            said = f"the same question is asked in line {other.number}, and there it is {shown(there)}"
            yield Mistake(line.number, "answerable", said)


def asked(line: Line) -> tuple[str, ...]:
    """What a line asks, with what was asked before: white space and capitals do not matter."""
    given = line.whole
    return tuple(" ".join(text.split()).casefold() for text in (given["question"], *given.get("history", ())))
