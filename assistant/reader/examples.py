"""Questions with the passage each is asked of, and where it is answered: what a reader learns from.

Read from files in SQuAD's layout, version 1 or 2. Knows nothing of tokens or models.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Span
from corpus.errors import MisuseError

INSTEAD = "give a JSON file of SQuAD's layout, .json or .json.gz"


@dataclass(frozen=True, slots=True)
class Example:
    """A question asked of a passage.

    `answer` is a span of the passage, None where the passage does not answer; `lure` is what then looks like an
    answer, if that is known. `article` names what is held back or kept together, `source` where the example is from.
    """

    question: str
    passage: str
    answer: Span | None
    lure: Span | None = None
    article: str = ""
    source: str = ""


def read_squad(path: Path) -> list[Example]:
    """All questions of a file in SQuAD's layout, in order; of several answers the one given most often.

    Raises:
        MisuseError: the file is missing or is not of that layout.
    """
    try:
        data = path.read_bytes()
        told = json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)["data"]
        return [example for article in told for example in _article(article, path.name.split(".json")[0])]
    except OSError as error:
        raise MisuseError(f"{path}: {error.strerror or error}; {INSTEAD}") from error
    except (ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
        raise MisuseError(f"{path}: not SQuAD's JSON ({error!r}); {INSTEAD}") from error


def _article(told: dict[str, Any], source: str) -> Iterator[Example]:
    for paragraph in told["paragraphs"]:
        passage = paragraph["context"]
        for one in paragraph["qas"]:
            answer = None if one.get("is_impossible") else _usual(one.get("answers", ()), passage)
            lure = None if answer else _usual(one.get("plausible_answers", ()), passage)
            yield Example(one["question"].strip(), passage, answer, lure, str(told.get("title", "")), source)


def _usual(answers: Iterable[dict[str, Any]], passage: str) -> Span | None:
    """The answer most people gave, of those the shortest; None where none stands where it says."""
    spans = [Span(one["answer_start"], one["answer_start"] + len(one["text"])) for one in answers if one["text"]]
    spans = [span for span, one in zip(spans, answers, strict=False) if span.end <= len(passage)]
    if not spans:
        return None
    return min(spans, key=lambda span: (-spans.count(span), span.end - span.start, span.start))


def held_back(examples: Sequence[Example], share: float) -> tuple[list[Example], list[Example]]:
    """(kept, held back): whole articles, in an order that their titles' digests give, until `share` are held back."""
    sizes: dict[str, int] = {}
    for example in examples:
        sizes[example.article] = sizes.get(example.article, 0) + 1
    held: set[str] = set()
    for title in sorted(sizes, key=lambda title: hashlib.sha256(title.encode()).hexdigest()):
        if sum(sizes[one] for one in held) >= share * len(examples):
            break
        held.add(title)
    return [one for one in examples if one.article not in held], [one for one in examples if one.article in held]
