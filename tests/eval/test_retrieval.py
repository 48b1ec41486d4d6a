"""Retrieval measured: over searches whose answers are known by hand, then over a real store."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import MisuseError
from eval.__main__ import main
from eval.beir import Collection, Text, read_beir, write_beir
from eval.errors import EvaluationError
from eval.retrieval import documents_found, measure, score, table, to_json

TEXTS = [
    Text("w", "Wells", "The wells of Obârșia were dug by hand.", "en"),
    Text("p", "Pumps", "Pumps came to the valley in 1995.", "en"),
    Text("f", "Fântâni", "Fântânile au fost săpate de mână.", "ro"),
]
COLLECTION = Collection(
    "wells",
    TEXTS,
    {"q1": "obârșia wells", "q2": "pumps 1995", "q3": "fântânile săpate", "q4": "idle"},
    {"q1": {"w": 1}, "q2": {"p": 1, "w": 0}, "q3": {"f": 2, "gone": 1}, "q5": {"w": 1}},
)
FOUND = {"obârșia wells": ["w", "p", "w"], "pumps 1995": ["f", "w", "p"], "fântânile săpate": ["w", "f"]}


def known(question: str, top_k: int) -> list[str]:
    """Find what stands in `FOUND`."""
    return FOUND[question][:top_k]


def test_scores_are_means_over_the_judged_queries_by_language() -> None:
    rows = {row.group: row for row in score("known", COLLECTION, known)}
    assert {group: row.queries for group, row in rows.items()} == {"all": 3, "en": 2, "ro": 1}
    assert rows["en"].scores["recall@1"][0] == (1 + 0) / 2
    assert rows["en"].scores["MRR@10"][0] == pytest.approx((1 + 1 / 3) / 2)
    assert rows["ro"].scores["recall@5"][0] == 1 / 2  # a judged document that is not there is not found
    assert rows["all"].scores["recall@5"][0] == pytest.approx((1 + 1 + 1 / 2) / 3)
    mean, low, high = rows["all"].scores["MRR@10"]
    assert mean == pytest.approx((1 + 1 / 3 + 1 / 2) / 3)
    assert 1 / 3 <= low < mean < high <= 1


def test_a_metric_that_looks_further_than_was_searched_is_left_out() -> None:
    (row, *_) = score("known", COLLECTION, known, 5)
    assert list(row.scores) == ["recall@1", "recall@5"]
    (row, *_) = score("known", COLLECTION, known, 100)
    assert list(row.scores) == ["recall@1", "recall@5", "recall@10", "recall@100", "MRR@10", "nDCG@10"]


def test_a_collection_that_tells_no_language_or_one_has_one_row() -> None:
    texts = [Text(text.id, text.title, text.text) for text in TEXTS]
    assert [
        row.group for row in score("known", Collection("", texts, COLLECTION.queries, COLLECTION.qrels), known)
    ] == ["all"]
    english = Collection("", TEXTS, COLLECTION.queries, {"q1": {"w": 1}})
    assert [row.group for row in score("known", english, known)] == ["all"]


def test_a_document_stands_where_its_best_passage_does_and_more_are_asked_for_until_there_are_enough() -> None:
    passages = ["a", "a", "b", "a", "c", "b", "d", "e"]
    asked: list[int] = []

    def search(_: str, top_k: int) -> list[str]:
        asked.append(top_k)
        return passages[:top_k]

    assert documents_found(search, "", 3) == ["a", "b", "c"]
    assert asked == [3, 6]
    assert documents_found(search, "", 50) == ["a", "b", "c", "d", "e"]
    assert asked == [3, 6, 50]


def test_what_the_set_could_not_use_is_said() -> None:
    rows = score("known", COLLECTION, known)
    said = table(COLLECTION, rows)
    remarks = [
        "1 judgements name a document that is not in the corpus; they count as not found",
        "1 judged queries are not among the queries; they are left out",
        "1 queries have no relevant document; they are left out",
    ]
    assert said.splitlines()[-4:] == ["wells: 3 documents", *remarks]
    assert f"{(1 + 1 / 3 + 1 / 2) / 3:.3f} (" in said.splitlines()[1]
    made = json.loads(to_json(COLLECTION, rows))
    assert (made["collection"], made["documents"], made["remarks"]) == ("wells", 3, remarks)
    assert [(result["program"], result["group"]) for result in made["results"]] == [
        ("known", "all"),
        ("known", "en"),
        ("known", "ro"),
    ]
    assert list(made["results"][0]["metrics"]["MRR@10"]) == ["mean", "low", "high"]


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ("--beir {0}/nowhere", MisuseError, "corpus.jsonl: No such file"),
        ("--beir {0}/wells --split dev", MisuseError, "dev.tsv: No such file"),
        ("--squad {0}/nowhere.json", MisuseError, "nowhere.json: No such file"),
        ("--beir {0}/wells --legs dense,smell", MisuseError, "'smell' is none; expected some of dense, words, hybrid"),
        ("--beir {0}/wells --legs=", MisuseError, "names none and --peers is not given"),
        ("--beir {0}/wells --top 0", MisuseError, "--top 0: expected at least 1"),
        ("--beir {0}/broken", EvaluationError, "queries.jsonl, line 1: not JSON"),
    ],
)
def test_a_mistake_on_the_command_line_is_named(
    tmp_path: Path, arguments: str, error: type[Exception], said: str
) -> None:
    for name in ("wells", "broken"):
        write_beir(COLLECTION, tmp_path / name)
    (tmp_path / "broken" / "queries.jsonl").write_text("{\n")
    with pytest.raises(error) as raised:
        main(["retrieval", *arguments.format(tmp_path).split()])
    assert said in str(raised.value)


# Over a real store.


def test_each_leg_of_a_real_store_is_measured(small_model: Path) -> None:
    asked: list[None] = []
    rows = measure(COLLECTION, model=str(small_model), advance=lambda: asked.append(None))
    assert [(row.program, row.group) for row in rows] == [
        (leg, group) for leg in ("dense", "words", "hybrid") for group in ("all", "en", "ro")
    ]
    assert len(asked) == 3 * 3
    words = next(row for row in rows if (row.program, row.group) == ("words", "all"))
    # Each question has the words of its document alone; "gone" cannot be found by anything.
    assert words.scores["MRR@10"][0] == 1
    assert words.scores["recall@5"][0] == pytest.approx((1 + 1 + 1 / 2) / 3)
    for row in rows:
        if row.group == "en":
            assert row.scores["recall@100"][0] == 1 or row.program == "words"


def test_the_command_prints_and_saves(
    small_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", str(small_model))
    path = tmp_path / "wells.json"
    asked = [{"id": "q", "question": "wells by hand?", "answers": [{"text": "wells", "answer_start": 4}]}]
    paragraphs = [{"context": TEXTS[0].text, "qas": asked}, {"context": TEXTS[1].text, "qas": []}]
    path.write_text(json.dumps({"data": [{"title": "Wells", "paragraphs": paragraphs}]}), encoding="utf-8")
    told: Sequence[str] = ["--legs", "words", "--json", "--save", str(tmp_path / "saved")]
    assert main(["retrieval", "--squad", str(path), *told]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert (result["program"], result["queries"]) == ("words", 1)
    assert result["metrics"]["recall@1"] == {"mean": 1, "low": 1, "high": 1}
    assert len(read_beir(tmp_path / "saved").texts) == 2
    assert main(["retrieval", "--beir", str(tmp_path / "saved"), "--legs", "words"]) == 0
    assert "1.000 (1.000–1.000)" in capsys.readouterr().out
