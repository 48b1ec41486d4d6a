"""Questions over paragraphs as in SQuAD, version 1 or 2: where in its paragraph each is answered, or that it is not."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Span
from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.json_lines import read_lines

INSTEAD = "give a JSON file of SQuAD's layout, .json or .json.gz"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article; `id` is its number in the file with that of the article before it."""

    id: str
    article: int
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a paragraph; `answers` are spans of it that each answer, none if it does not."""

    id: str
    question: str
    paragraph: Paragraph
    answers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Squad:
    """The paragraphs of a file, each once, and its questions in order."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    questions: tuple[Question, ...]


def read_questions(path: Path) -> Squad:
    """All questions of a SQuAD file, those without an answer too.

    Raises:
        MisuseError: the file is missing, or is no JSON.
        EvaluationError: naming the article and what is wrong with it, or that there is no question.
    """
    try:
        articles = json.loads("".join(read_lines(path, INSTEAD)))["data"]
    except (ValueError, KeyError, TypeError) as error:
        raise MisuseError(f"{path}: not SQuAD's JSON ({error}); {INSTEAD}") from error
    paragraphs: dict[str, Paragraph] = {}
    questions: list[Question] = []
    for number, article in enumerate(articles, 1):
        try:
            for told in article["paragraphs"]:
                text = told["context"]
                known = Paragraph(f"{number}-{len(paragraphs) + 1}", number, text)
                paragraph = paragraphs.setdefault(text, known)
                questions += _questions(told["qas"], paragraph)
        except (KeyError, TypeError, AttributeError) as error:
            raise EvaluationError(
                f"{path}, article {number}: not SQuAD's layout ({error!r}); expected 'context' and 'qas' in paragraphs"
            ) from error
    if not questions:
        raise EvaluationError(f"{path}: holds no question; give a file whose paragraphs have some")
    return Squad(path.name.split(".json")[0], tuple(paragraphs.values()), tuple(questions))


def _questions(told: list[dict[str, Any]], paragraph: Paragraph) -> Iterator[Question]:
    for one in told:
        spans = (Span(a["answer_start"], a["answer_start"] + len(a["text"])) for a in one.get("answers", ()))
        answers = () if one.get("is_impossible") else tuple(dict.fromkeys(spans))
        yield Question(str(one["id"]), one["question"], paragraph, answers)
