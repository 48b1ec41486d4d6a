"""Sets with judgements: what is read, and that what is wrong is named by file and line."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import MisuseError
from eval.beir import Text, read_beir, read_squad, read_texts, write_beir
from eval.errors import EvaluationError

CORPUS = [
    {"_id": "1", "title": "Wells", "text": "Wells were dug.", "language": "en"},
    {"_id": "2", "title": "", "text": "S-au săpat fântâni.", "metadata": {"language": "ro"}},
    {"_id": "3", "title": "Empty", "text": " "},
]
QUERIES = [{"_id": "q1", "text": "Who dug?"}, {"_id": "q2", "text": "Ce s-a săpat?"}, {"_id": "q3", "text": "Why?"}]
QRELS = ["query-id\tcorpus-id\tscore", "q1\t1\t2", "q1\t2\t0", "q2\t2\t1", "q2\tgone\t1", "q3\t1\t0"]


def written(
    folder: Path, corpus: Any = CORPUS, queries: Any = QUERIES, qrels: Any = QRELS, *, split: str = "test"
) -> Path:
    """Write a BEIR folder; a string stands for itself, anything else for its JSON."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "qrels" / f"{split}.tsv").write_text("\n".join(qrels) + "\n", encoding="utf-8")
    return folder


def test_a_folder_is_read(tmp_path: Path) -> None:
    collection = read_beir(written(tmp_path / "wells", split="dev"), "dev")
    assert collection.name == "wells"
    assert collection.texts == [
        Text("1", "Wells", "Wells were dug.", "en"),
        Text("2", "", "S-au săpat fântâni.", "ro"),
    ]
    assert collection.queries == {"q1": "Who dug?", "q2": "Ce s-a săpat?", "q3": "Why?"}
    assert collection.qrels["q1"] == {"1": 2, "2": 0}
    assert collection.judged == ["q1", "q2"]
    assert collection.unknown == 1


def test_a_folder_written_is_the_folder_read(tmp_path: Path) -> None:
    collection = read_beir(written(tmp_path / "wells"))
    write_beir(collection, tmp_path / "again" / "wells")
    assert read_beir(tmp_path / "again" / "wells") == collection


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    (text,) = read_texts(written(tmp_path, ['{"_id": "1", "text": "one\u2028two\x85three"}']) / "corpus.jsonl")
    assert text.text == "one\u2028two\x85three"


def test_other_fields_and_gzip_are_read(tmp_path: Path) -> None:
    path = tmp_path / "register.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"ref": 7, "name": "Wells", "aim": "To dig."}\n{"ref": 8, "name": "No aim"}\n'))
    assert list(read_texts(path, ("ref", "name", "aim"))) == [Text("7", "Wells", "To dig.")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"corpus": [*CORPUS, "{"]}, r"corpus\.jsonl, line 4: not JSON"),
        ({"corpus": [["1"]]}, r"corpus\.jsonl, line 1: expected an object"),
        ({"corpus": [{"title": "Wells", "text": "Dug."}]}, r"corpus\.jsonl, line 1: field '_id'"),
        ({"corpus": [CORPUS[0], CORPUS[0]]}, r"corpus\.jsonl, line 2: the id '1' is used twice"),
        ({"corpus": [CORPUS[2]]}, "holds no document"),
        ({"queries": [QUERIES[0], {"_id": "q2", "text": " "}]}, r"queries\.jsonl, line 2: field 'text'"),
        ({"queries": [QUERIES[0], QUERIES[0]]}, r"queries\.jsonl, line 2: the id 'q1' is used twice"),
        ({"qrels": QRELS[1:]}, r"test\.tsv, line 1: expected the header"),
        ({"qrels": [*QRELS, "q1\t1\tmuch"]}, r"test\.tsv, line 7: expected query id"),
        ({"qrels": [*QRELS, "q1 1 1"]}, r"test\.tsv, line 7: expected query id"),
        ({"qrels": [QRELS[0], "q1\t1\t0"]}, "no query has a relevant document"),
        ({"qrels": [QRELS[0], "q9\t1\t1"]}, "no query has a relevant document"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        read_beir(written(tmp_path, **change))


def test_a_missing_file_or_one_that_is_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match=r"corpus\.jsonl: No such file"):
        read_beir(tmp_path)
    folder = written(tmp_path)
    with pytest.raises(MisuseError, match=r"dev\.tsv: No such file"):
        read_beir(folder, "dev")
    (folder / "queries.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(MisuseError, match=r"queries\.jsonl: it is not UTF-8 text"):
        read_beir(folder)
    (folder / "squad.json.gz").write_bytes(b"{}")
    with pytest.raises(MisuseError, match=r"squad\.json\.gz: it is not UTF-8 text, or not gzip"):
        read_squad(folder / "squad.json.gz")


def squad(*paragraphs: tuple[str, list[dict[str, Any]]], title: str = "Well_%28water%29") -> dict[str, Any]:
    """Build a file of SQuAD's layout, of one article."""
    return {"data": [{"title": title, "paragraphs": [{"context": words, "qas": asked} for words, asked in paragraphs]}]}


def question(identity: str, **fields: Any) -> dict[str, Any]:
    """Build one question that is answered, except as the fields say."""
    return {"id": identity, "question": f"{identity}?", "answers": [{"text": "dug", "answer_start": 11}]} | fields


def test_squad_gives_paragraphs_once_and_answerable_questions(tmp_path: Path) -> None:
    given = squad(
        ("Wells were dug.", [question("a"), question("b", is_impossible=True), question("c", answers=[])]),
        ("Pumps came later.", [question("d")]),
        ("Wells were dug.", [question("e")]),
    )
    path = tmp_path / "wells.v2.json.gz"
    path.write_bytes(gzip.compress(json.dumps(given).encode()))
    collection = read_squad(path)
    assert collection.name == "wells.v2"
    assert collection.texts == [
        Text("Well (water)-1", "Well (water)", "Wells were dug."),
        Text("Well (water)-2", "Well (water)", "Pumps came later."),
    ]
    assert [text.title for text in read_squad(path, titles=False).texts] == ["", ""]
    assert collection.queries == {"a": "a?", "d": "d?", "e": "e?"}
    assert collection.qrels == {"a": {"Well (water)-1": 1}, "d": {"Well (water)-2": 1}, "e": {"Well (water)-1": 1}}


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ([], MisuseError, "not SQuAD's JSON"),
        ({"data": [{"title": "x"}]}, EvaluationError, r"article 1: not SQuAD's layout \(KeyError\('paragraphs'\)\)"),
        (squad(("Dug.", [{"question": "q"}])), EvaluationError, "no query has a relevant document"),
        (squad(("Dug.", [question("a"), question("a")])), EvaluationError, "'a' is used twice"),
    ],
)
def test_what_is_wrong_in_a_squad_file_is_said(
    tmp_path: Path, given: Any, error: type[Exception], message: str
) -> None:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    with pytest.raises(error, match=message):
        read_squad(path)
