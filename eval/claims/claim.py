"""Claims: sentences as a language model might write them, each with what it cites and whether that says it.

How a line is written is the schema's matter (`claim.schema.json`). Knows no checker; what one makes of claims is
measured in `eval.claims.telling`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.document import canonical
from eval.errors import EvaluationError
from eval.json_lines import Row, read_rows
from eval.schema import path_of

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

SHIPPED_CLAIMS = Path(__file__).parent / "claims.jsonl"
"""The set that measures: 200 falsehoods and 200 paraphrases, written apart from the check and after its rules."""
DEVELOPMENT_CLAIMS = Path(__file__).parent / "development.jsonl"
"""As many over other projects, on which the check's rules were made."""
CLAIM_SCHEMA = Path(__file__).parent / "claim.schema.json"
INSTEAD = "give a JSON Lines file of claims, as docs/evaluation.md shows"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a document in one language; `title` is that of the project they tell of."""

    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Claim:
    """`sentence` in `language` rests on the sources numbered, from 1, in `cites`; `is_true` if they say all of it.

    `kind` says what was changed in a false one, and in what way a true one says the same.
    """

    id: str
    language: str
    question: str
    sources: tuple[Words, ...]
    sentence: str
    cites: tuple[int, ...]
    is_true: bool
    kind: str
    note: str = ""

    @property
    def crosses(self) -> bool:
        """Whether something that it cites is in another language than the sentence."""
        return any(self.sources[n - 1].language != self.language for n in self.cites)


def read_claims(path: Path) -> list[Claim]:
    """The claims of a set, in order.

    Raises:
        MisuseError: there is no such file.
        EvaluationError: naming the first line that is wrong, and how many are; or that there is none.
    """
    rows = list(read_rows(path, INSTEAD))
    if not rows:
        raise EvaluationError(f"{path} holds no claim; {INSTEAD}")
    if wrong := [f"{where}: {said}" for where, said in _mistakes(rows)]:
        more = f" (and {len(wrong) - 1} more mistakes)" if len(wrong) > 1 else ""
        raise EvaluationError(f"{wrong[0]}{more}")
    return [_claim(row) for _, row in rows]


def _mistakes(rows: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, str]]:
    """Where, and what is wrong there."""
    first: dict[str, str] = {}
    for where, row in rows:
        broken = [(path_of(tuple(error.absolute_path)), error.message) for error in _validator().iter_errors(row)]
        if broken:
            yield from ((where, f"field {at!r}: {said}" if at else said) for at, said in broken)
            continue
        if beyond := [n for n in row["cites"] if n > len(row["sources"])]:
            yield where, f"field 'cites': there is no source {beyond[0]}; give one of 1 to {len(row['sources'])}"
        if first.setdefault(row["id"], where) != where:
            yield where, f"field 'id': {row['id']!r} is used twice; give each line its own"
        for at, text in _texts(row):
            if canonical(text) != text:
                yield where, f"field {at!r}: is not NFC with plain line ends; save the text anew"


def _texts(row: Row) -> Iterator[tuple[str, str]]:
    yield "sentence", row["sentence"]
    for number, source in enumerate(row["sources"]):
        yield f"sources[{number}].title", source["title"]
        yield f"sources[{number}].text", source["text"]


@cache
def claim_schema() -> Mapping[str, Any]:
    """The schema as it is written."""
    read: Mapping[str, Any] = json.loads(CLAIM_SCHEMA.read_text(encoding="utf-8"))
    return read


@cache
def _validator() -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(claim_schema())


def _claim(row: Row) -> Claim:
    return Claim(
        row["id"], row["language"], row["question"],
        tuple(Words(one["title"], one["text"], one["language"]) for one in row["sources"]),
        row["sentence"], tuple(row["cites"]), row["label"] == "true", row["kind"], row.get("note", ""),
    )  # fmt: skip


def titles_of(claims: Sequence[Claim]) -> frozenset[str]:
    """The titles of all projects that a set tells of: those of the store that its sources would stand in."""
    return frozenset(source.title for claim in claims for source in claim.sources)
