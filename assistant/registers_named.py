"""A register that a question calls by the name of its file: "small grants", „granturi mici”, of `small-grants.csv`.

Only what nothing else explains is read so, and only beside a noun for particular records: not all energy projects stand
in `energy-projects.csv`. Knows no name itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from assistant.grammar import grammar
from assistant.heard import Heard
from assistant.plan import Condition, Found
from assistant.translation import translations_of
from corpus.files import file_of
from corpus.reading import REGISTER_READERS
from corpus.words import stem, words
from index.filters import Filters
from index.selection import Names


@dataclass(frozen=True, slots=True)
class Register:
    """A register by the noun for its records, `grants`, the words before it, and the sources that its rows stand in."""

    noun: str
    others: tuple[str, ...]
    sources: tuple[str, ...]


def registers_in(names: Names) -> tuple[Register, ...]:
    """The registers of a store whose files are called by a noun in the plural with words before it."""
    by_file: dict[str, dict[str, None]] = {}
    for title in names.titles:
        by_file.setdefault(file_of(title.source), {})[title.source] = None
    found = []
    for file, sources in by_file.items():
        path = PurePosixPath(file)
        called = words(path.name.partition(".")[0].replace("_", " ")) if path.suffix in REGISTER_READERS else []
        if len(called) > 1 and called[-1].endswith("s") and called[-1] not in grammar().closed:
            found.append(Register(called[-1], tuple(called[:-1]), tuple(sources)))
    return tuple(found) if len(by_file) > 1 else ()


def registers_of(heard: Heard, registers: Iterable[Register]) -> Found:
    """The registers that free words beside the noun for records name whole."""
    found: Found = []
    operated = heard.matching(grammar().operations)  # „cel mai mic grant”
    for one in registers:
        size = len(one.others)
        for at in range(len(heard.words)):
            if not _says(heard, at, one.noun):
                continue
            for beside in (range(at - size, at), range(at + 1, at + 1 + size)):
                positions = frozenset(beside)
                if positions <= heard.free - operated and _say_all(heard, beside, one.others):
                    heard.take(positions)
                    condition = Condition("kind", heard.text({*positions, at}), (Filters(documents=one.sources),))
                    found.append((positions, condition))
    return found


def _say_all(heard: Heard, beside: range, others: tuple[str, ...]) -> bool:
    """Whether words say those of a name, in whatever order."""
    said = [{other for other in others if _says(heard, at, other)} for at in beside]
    return all(said) and set().union(*said) == set(others)


def _says(heard: Heard, at: int, word: str) -> bool:
    """Whether a word of the question is another form of one in English, or in Romanian what is translated so."""
    said = {stem(heard.words[at], "en")}
    said |= set(translations_of(heard.words[at], "ro")) if heard.language == "ro" else set()
    return bool(said & {word, stem(word, "en")})
