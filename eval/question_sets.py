"""The sets of questions that a store can be evaluated with: the shipped ones over their documents, and those beside it.

Those beside it lie in the store's folder under `questions`; what is accepted on the page goes into one of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from corpus.errors import ProjectError
from eval.errors import EvaluationError
from eval.generate import known_rows
from eval.json_lines import KEPT, read_lines
from eval.lines import Mistake
from eval.qa import SHIPPED, pair_of
from eval.runs import qa_digest
from eval.sources import source_mistakes
from eval.validate import INSTEAD, examine
from index.settings import Settings
from index.store import Store

FOLDER, ACCEPTED = "questions", "accepted.jsonl"
SHIPPED_SETS = (SHIPPED, SHIPPED.with_name("sample-paraphrases.jsonl"))
SHOWN = 5
"""Mistakes of a set that are told; `python -m eval check` tells them all."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set by its file, with how many questions it has, its first mistakes, and how many there are.

    `digest` is that of its pairs, as runs have it (`Run.qa_sha256`); nothing where the set has a mistake.
    """

    path: Path
    questions: int
    digest: str
    mistakes: tuple[str, ...]
    number_of_mistakes: int

    @property
    def name(self) -> str:
        """The file's name, which runs are told by."""
        return self.path.name

    @property
    def key(self) -> str:
        """What tells it from another set of the same file name."""
        return f"{self.path.parent.name}/{self.path.name}"


def questions_folder(settings: Settings) -> Path:
    """Where the sets of a store are that somebody has put or accepted there; it need not be there yet."""
    return settings.store / FOLDER


def accepted_file(settings: Settings) -> Path:
    """The file of what is accepted, in a folder that is there.

    Raises:
        EvaluationError: the folder cannot be made.
    """
    folder = questions_folder(settings)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise EvaluationError(f"{folder}: {error.strerror}; make the store's folder writable") from error
    return folder / ACCEPTED


def question_sets(store: Store) -> list[QuestionSet]:
    """The sets of a store, those beside it first; the shipped ones only if it holds all their documents."""
    own = sorted(questions_folder(store.settings).glob("*.jsonl"))
    paths = [*own, *(SHIPPED_SETS if known_rows(store, None) else ())]
    return [read for path in paths if (read := _read(path))]


def find_set(store: Store, key: str) -> QuestionSet:
    """The set of a key, as it is now.

    Raises:
        EvaluationError: there is none.
    """
    for one in question_sets(store):
        if one.key == key:
            return one
    raise EvaluationError(f"{key}: there is no such set of questions any more; choose another")


def _read(path: Path) -> QuestionSet | None:
    try:
        told = path.stat()
        return _examined(path, told.st_mtime_ns, told.st_size)
    except OSError:  # gone since it was listed
        return None
    except ProjectError as error:
        return QuestionSet(path, 0, "", (str(error),), 1)


@lru_cache(maxsize=64)
def _examined(path: Path, changed: int, size: int) -> QuestionSet:  # noqa: ARG001  # a changed file is another one
    lines, mistakes = examine(read_lines(path, INSTEAD, KEPT), SHIPPED)
    digest = "" if mistakes else qa_digest([pair_of(line) for line in lines])
    return QuestionSet(path, len(lines), digest, _told(path, mistakes), len(mistakes))


def checked(store: Store, chosen: QuestionSet) -> QuestionSet:
    """The set with its mistakes, those of sources that the store does not hold too."""
    if chosen.mistakes:
        return chosen
    lines = examine(read_lines(chosen.path, INSTEAD, KEPT), SHIPPED).lines
    found = [one for one in source_mistakes(store, lines) if not one.is_warning]
    return QuestionSet(chosen.path, chosen.questions, chosen.digest, _told(chosen.path, found), len(found))


def _told(path: Path, mistakes: Iterable[Mistake]) -> tuple[str, ...]:
    return tuple(one.told(Path(path.name)) for one in islice(mistakes, SHOWN))
