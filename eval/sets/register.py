"""The register of World Bank projects as a table of SQLite in memory, and which of its projects a question may name.

A project is asked for by name only if no other row's name holds that name, is held by it or nearly is. The same file
and seed give the same choices. Knows no questions.
"""

import gzip
import json
import random
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from eval.errors import EvaluationError
from eval.sets.forms import plain_words, stem, stems
from eval.sets.wording import countries

TABLE = (
    "create table p (id text primary key, region text, country text, status text, name text, pdo text, approval text,"
    " closing text, effective text, cost real, grantamt real, commitment real, instrument text)"
)
GENERIC = {
    stem(word)
    for word in "project projects program programme programmes the of and for in to on a an phase additional financing "
    "support development second first third i ii iii iv v 1 2 3 4 de la".split()
}
SMALL = set("and of for the in to a an on with by from under at de la its through".split())
CUTS = {"for", "in", "to", "through", "under", "from", "with", "by"}
"""Words before which a name may be broken off."""
TYPED_BADLY = 7
"""Letters of a word that a slip is made in."""
COMMON = 2_000
"""Names that hold a word from which on it tells nothing about any."""


class Register:
    """The rows, what is said of them and what was chosen so far.

    Amounts have no currency. Of a row `cost` is curr_project_cost, `commitment` curr_total_commitment, `approval`
    boardapprovaldate, `closing` closingdate, `effective` loan_effective_date and `instrument` lendinginstr.

    Raises:
        EvaluationError: the file is not that register.
    """

    def __init__(self, path: Path, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.document = path.name
        self._db = sqlite3.connect(":memory:")
        self._db.execute(TABLE)
        try:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                self._db.executemany(f"insert into p values ({','.join('?' * 13)})", map(_row, lines))  # noqa: S608
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise EvaluationError(f"{path}: not the register of World Bank projects: {error!r}") from error
        self.names: dict[str, str] = dict(self._db.execute("select id, name from p order by id"))
        self.folded = {key: plain_words(name) for key, name in self.names.items()}
        self.words = {key: stems(name) for key, name in self.names.items()}
        self._holding: dict[str, set[str]] = defaultdict(set)
        for key, words in self.words.items():
            for word in words:
                self._holding[word].add(key)
        self.used: set[str] = set()

    def sql(self, query: str, *values: object) -> list[Any]:
        """The rows that a query gives."""
        return self._db.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> Any:
        """The value that a query gives."""
        return self.sql(query, *values)[0][0]

    def value(self, key: str, column: str) -> Any:
        """What a row holds in a column."""
        return self.one(f"select {column} from p where id = ?", key)  # noqa: S608

    @cached_property
    def _prose(self) -> str:
        return "\n".join(" ".join(row[0].split()) for row in self.sql("select pdo from p where pdo is not null"))

    def source(self, key: str) -> dict[str, str]:
        """The row as what an answer has to rest on."""
        return {"document": self.document, "project": key}

    def countries(self, low: int, high: int) -> list[str]:
        """Countries with that many rows, shuffled."""
        counted = "select country from p group by country having count(*) between ? and ? order by country"
        names = [name for (name,) in self.sql(counted, low, high) if name in countries()]
        self.random.shuffle(names)
        return names

    def pick(
        self,
        where: str,
        values: Sequence[object] = (),
        extra: Callable[[str], object] | None = None,
        *,
        upper: bool = False,
    ) -> str:
        """A project not asked for yet that fulfils the condition and `extra` and can be told by its name."""
        query = f"select id from p where {where} order by id"  # noqa: S608
        rows: list[str] = [row[0] for row in self.sql(query, *values)]
        self.random.shuffle(rows)
        for key in rows:
            name = self.names[key]
            if key in self.used or not readable(name) or (name.isupper() and not upper) or (extra and not extra(key)):
                continue
            if self.is_distinctive(key):
                self.used.add(key)
                return key
        raise EvaluationError(f"the register holds no project that can be told by its name with {where}")

    def holders(self, words: Iterable[str]) -> set[str]:
        """The rows whose names hold all these words."""
        ordered = sorted(words, key=lambda word: len(self._holding[word]))
        return set.intersection(*(self._holding[word] for word in ordered)) if ordered else set()

    def is_distinctive(self, key: str) -> bool:
        """Whether it is plain which row the name means."""
        telling = self.words[key] - GENERIC
        if len(telling) < 3 or self.holders(telling) != {key}:
            return False
        near = set().union(*(self._holding[word] for word in telling if len(self._holding[word]) < COMMON))
        for other in near - {key}:
            theirs = self.words[other] - GENERIC
            if len(theirs) >= 2 and len(theirs & telling) >= min(len(theirs), len(telling) - 1):
                return False
        return True

    def is_alone(self, key: str) -> bool:
        """Whether no other row holds the name in its own or in its objective."""
        holding = [other for other in self.holders(self.words[key]) if self.folded[key] in self.folded[other]]
        return self.names[key] not in self._prose and holding == [key]

    def with_typo(self, name: str) -> str:
        """The name as someone types it in a hurry: lower case, with a slip in one long word of it."""
        words = name.lower().split()
        places = [i for i, word in enumerate(words) if len(word) >= TYPED_BADLY and word.isalpha()]
        if not places:
            return name.lower()
        place = self.random.choice(places)
        word = words[place]
        at = self.random.randrange(2, len(word) - 2)
        slip = self.random.choice("swap drop double".split())
        if slip == "swap" and word[at] != word[at + 1]:
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        elif slip == "double":
            word = word[:at] + word[at] + word[at:]
        else:
            word = word[:at] + word[at + 1 :]
        words[place] = word
        return " ".join(words)

    def partial(self, key: str) -> str | None:
        """The name without its country in front or its last phrase, where no other row's name holds it; else None."""
        words = self.names[key].split()
        runs = []
        for start in sorted(_starts(words)):
            for end in sorted(_ends(words)):
                run = " ".join(words[start:end])
                telling = stems(run) - GENERIC
                is_whole = end - start >= len(words) - (end == len(words) - 1)
                if len(telling) < 3 or is_whole or any(char in run for char in "(),&:"):
                    continue
                if plain_words(run.split()[-1]) not in SMALL and self.holders(telling) == {key}:
                    runs.append(run)
        return self.random.choice(runs) if runs else None

    def has_partial(self, key: str) -> bool:
        """Whether the project can be told by a part of its name."""
        return self.is_distinctive(key) and self.partial(key) is not None


def _row(line: str) -> tuple[object, ...]:
    row = json.loads(line)
    approval = row.get("boardapprovaldate")
    columns = ("closingdate", "loan_effective_date", "curr_project_cost", "grantamt", "curr_total_commitment")
    told = (row["id"], row["regionname"], row["countryshortname"], row["status"], " ".join(row["project_name"].split()))
    dated = (row.get("pdo"), approval[:10] if approval else None)
    return (*told, *dated, *(row.get(column) for column in columns), row.get("lendinginstr"))


def readable(name: str) -> bool:
    """Whether a person would type such a name: no codes, not cut off, not a remark."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9 ,'&()-]*", name) or not 24 <= len(name) <= 85 or len(name) == 30:
        return False
    words = name.split()
    if len(words) < 4 or name.count("(") != name.count(")") or "TF0" in name:
        return False
    if sum(word.isupper() and len(word) > 1 for word in words) > (len(words) if name.isupper() else 1):
        return False
    if re.search(r"dropped|unreleased|not issued|cancel|fy\d|\(bd|no project", name.lower()):
        return False
    return words[-1].lower() not in {"and", "of", "for", "the", "in", "to", "&"} and "." not in name


def _starts(words: Sequence[str]) -> set[int]:
    starts = {0}
    for country in countries():
        front = plain_words(country).split()
        if [plain_words(word) for word in words[: len(front)]] == front:
            starts = {len(front) + (words[len(front) : len(front) + 1] == ["-"])}
    return starts


def _ends(words: Sequence[str]) -> set[int]:
    is_kind = words[-1].lower() in {"project", "program", "programme"}
    return {at for at, word in enumerate(words) if word.lower() in CUTS} | {len(words) - is_kind}
