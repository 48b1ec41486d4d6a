"""Sets of queries with judged documents: read from a BEIR folder or a SQuAD file, written as a BEIR folder.

BEIR's layout (Thakur et al. 2021): `corpus.jsonl`, `queries.jsonl`, `qrels/<split>.tsv`. Knows nothing of searching.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.json_lines import read_lines, read_rows

SPLIT = "test"
INSTEAD = "give a BEIR folder, or a JSON file of SQuAD's layout"
QRELS_HEADER = "query-id\tcorpus-id\tscore"


@dataclass(frozen=True, slots=True)
class Text:
    """A document to be found. `language` is ISO 639-1, or empty where the set does not tell."""

    id: str
    title: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries by id, and the judgements of each: document id → grade, above zero where it is relevant."""

    name: str
    texts: Sequence[Text]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]

    @property
    def unknown(self) -> int:
        """How many judgements name a document that is not there."""
        known = {text.id for text in self.texts}
        return sum(document not in known for judged in self.qrels.values() for document in judged)

    @property
    def judged(self) -> list[str]:
        """Ids of the queries that have a relevant document, in the order of the judgements."""
        return [
            query
            for query, judged in self.qrels.items()
            if query in self.queries and any(g > 0 for g in judged.values())
        ]


def read_beir(folder: Path, split: str = SPLIT) -> Collection:
    """The set in a BEIR folder.

    Raises:
        MisuseError: a file is missing or is not text.
        EvaluationError: naming the file and the line that is wrong, or that no query is judged.
    """
    texts = list(read_texts(folder / "corpus.jsonl"))
    queries = {}
    for where, row in read_rows(folder / "queries.jsonl", INSTEAD):
        query = _string(row, ("_id", "id"), where)
        if query in queries:
            raise EvaluationError(f"{where}: the id {query!r} is used twice; give each query its own")
        queries[query] = _string(row, ("text",), where)
    return _checked(Collection(folder.name, texts, queries, _qrels(folder / "qrels" / f"{split}.tsv")))


def read_texts(path: Path, names: Sequence[str] = ("_id", "title", "text")) -> Iterator[Text]:
    """The texts of a JSON Lines file, `names` being its fields of id, title and text; `id` does for `_id`.

    Rows whose text is missing or empty are passed over, as in registers that do not describe every project.
    Raises as `read_beir` does.
    """
    identity, title, text = names
    seen = set()
    for where, row in read_rows(path, INSTEAD):
        found = _string(row, ("_id", "id") if identity == "_id" else (identity,), where)
        if found in seen:
            raise EvaluationError(f"{where}: the id {found!r} is used twice; give each text its own")
        seen.add(found)
        if words := str(row.get(text) or "").strip():
            yield Text(found, str(row.get(title) or "").strip(), words, _language(row))


def read_squad(path: Path, *, titles: bool = True) -> Collection:
    """The answerable questions of a SQuAD file (v1 or v2, .json or .json.gz) over its paragraphs, each once.

    Without `titles` the paragraphs stand alone: those of XQuAD's articles are English in every language.

    Raises:
        MisuseError: the file is missing, or is no JSON.
        EvaluationError: naming the article and what is wrong with it, or that no question is answerable.
    """
    try:
        articles = json.loads("".join(read_lines(path, INSTEAD)))["data"]
    except (ValueError, KeyError, TypeError) as error:
        raise MisuseError(f"{path}: not SQuAD's JSON ({error}); give a file that holds 'data'") from error
    texts: dict[str, Text] = {}
    collection = Collection(path.name.split(".json")[0], [], {}, {})
    count: Counter[str] = Counter()
    for number, article in enumerate(articles, 1):
        try:
            # Titles are those of Wikipedia's addresses.
            title = unquote(str(article.get("title", ""))).replace("_", " ")
            for paragraph in article["paragraphs"]:
                words = paragraph["context"]
                if words not in texts:
                    count[title] += 1
                    texts[words] = Text(f"{title or number}-{count[title]}", title if titles else "", words)
                _add_questions(collection, paragraph["qas"], texts[words].id)
        except (KeyError, TypeError, AttributeError) as error:
            raise EvaluationError(
                f"{path}, article {number}: not SQuAD's layout ({error!r}); expected 'context' and 'qas' in paragraphs"
            ) from error
    return _checked(Collection(collection.name, list(texts.values()), collection.queries, collection.qrels))


def _add_questions(collection: Collection, questions: Sequence[dict[str, Any]], document: str) -> None:
    for question in questions:
        if question.get("is_impossible") or not question.get("answers"):
            continue
        query = str(question["id"])
        if query in collection.queries:
            raise EvaluationError(f"{collection.name}: the question id {query!r} is used twice; give each its own")
        collection.queries[query] = question["question"]
        collection.qrels[query] = {document: 1}


def write_beir(collection: Collection, folder: Path, split: str = SPLIT) -> None:
    """Write the set as a BEIR folder; files of these names that are there are replaced.

    Raises:
        MisuseError: the folder cannot be written.
    """
    corpus = [_row(text) for text in collection.texts]
    queries = [{"_id": query, "text": text} for query, text in collection.queries.items()]
    lines = [
        f"{query}\t{document}\t{grade}" for query, of in collection.qrels.items() for document, grade in of.items()
    ]
    try:
        (folder / "qrels").mkdir(parents=True, exist_ok=True)
        for name, rows in (("corpus", corpus), ("queries", queries)):
            made = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / f"{name}.jsonl").write_text(made, encoding="utf-8")
        (folder / "qrels" / f"{split}.tsv").write_text("\n".join([QRELS_HEADER, *lines]) + "\n", encoding="utf-8")
    except OSError as error:
        raise MisuseError(f"--save {folder}: {error.strerror}; give a folder that can be written") from error


def _row(text: Text) -> dict[str, str]:
    row = {"_id": text.id, "title": text.title, "text": text.text}
    return row | {"language": text.language} if text.language else row


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for number, line in enumerate(read_lines(path, INSTEAD), 1):
        if not line.strip():
            continue
        cells, where = line.rstrip("\r\n").split("\t"), f"{path}, line {number}"
        grade = cells[2].strip() if len(cells) == len(QRELS_HEADER.split("\t")) else ""
        if number == 1:
            if not grade or _is_whole(grade):
                raise EvaluationError(
                    f"{where}: expected the header {QRELS_HEADER!r}, not {line.strip()!r}; put it there"
                )
        elif not _is_whole(grade):
            raise EvaluationError(
                f"{where}: expected query id, document id and a whole number, with tabs, not {line.strip()!r}"
            )
        else:
            found.setdefault(cells[0], {})[cells[1]] = int(grade)
    return found


def _is_whole(text: str) -> bool:
    return text.removeprefix("-").isdecimal()


def _checked(collection: Collection) -> Collection:
    if not collection.texts:
        raise EvaluationError(f"{collection.name}: holds no document; give a set with documents that have text")
    if not collection.judged:
        raise EvaluationError(f"{collection.name}: no query has a relevant document; give judgements above 0 to some")
    return collection


def _string(row: dict[str, Any], names: Sequence[str], where: str) -> str:
    value = next((row[name] for name in names if name in row), None)
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise EvaluationError(f"{where}: field {names[0]!r} has to be a non-empty string, not {value!r}")
    return str(value)


def _language(row: dict[str, Any]) -> str:
    metadata = row.get("metadata")
    told = row.get("language") or (metadata.get("language") if isinstance(metadata, dict) else None)
    return told if isinstance(told, str) else ""
