"""Sets of questions: what is wrong in one is named by line and field."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import MisuseError
from eval.errors import EvaluationError
from eval.qa import SHIPPED, Pair, Source, digest_of, pairs_of, read_pairs

GOOD: dict[str, Any] = {
    "id": "one",
    "question": "Who paid?",
    "kind": "field",
    "language": "en",
    "answerable": True,
    "answers": ["Tidewater Fund"],
    "sources": [{"document": "page.txt", "quote": "Funder: Tidewater Fund"}],
}


def _written(folder: Path, *pairs: Any) -> Path:
    path = folder / "qa.jsonl"
    path.write_text("\n".join(pair if isinstance(pair, str) else json.dumps(pair) for pair in pairs), encoding="utf-8")
    return path


def test_a_pair_is_read(tmp_path: Path) -> None:
    (pair,) = read_pairs(_written(tmp_path, GOOD))
    assert (pair.id, pair.answers, pair.sources[0][0].quote, pair.history) == (
        "one",
        ("Tidewater Fund",),
        "Funder: Tidewater Fund",
        (),
    )


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    written = GOOD | {
        "history": ["And before?"],
        "all": ["Moss", ["550 USD", "550,00 USD"]],
        "none": ["Reed"],
        "note": "The page differs.",
        "reviewed": "Ana, 3 May",
    }
    assert read_pairs(_written(tmp_path, written)) == [
        Pair(
            "one", "Who paid?", "field", "en", True, ("Tidewater Fund",),
            ((Source("page.txt", quote="Funder: Tidewater Fund"),),), ("And before?",),
            (("Moss",), ("550 USD", "550,00 USD")), ("Reed",),
        )
    ]  # fmt: skip


def test_the_first_mistake_is_named_with_how_many_there_are_and_how_to_see_them(tmp_path: Path) -> None:
    path = _written(tmp_path, GOOD, GOOD | {"id": "two", "question": " "})
    with pytest.raises(EvaluationError) as one:
        read_pairs(path)
    assert str(one.value) == f"{path}, line 2: field 'question': is blank: \" \""
    with pytest.raises(EvaluationError, match=r"\(1 more mistake; see all with"):
        read_pairs(_written(tmp_path, "{", "{"))
    path = _written(tmp_path, GOOD | {"answers": []}, "{", GOOD | {"id": "two", "kind": 3})
    with pytest.raises(EvaluationError) as three:
        read_pairs(path)
    assert str(three.value) == (
        f"{path}, line 1: field 'answers': an answerable question needs 'answers' or 'all' "
        f"(2 more mistakes; see all with: python -m eval check {path})"
    )
    with pytest.raises(EvaluationError, match=rf"check {path} --originals {tmp_path / 'other'}\)$"):
        read_pairs(path, tmp_path / "other")


def test_rows_that_stand_in_no_file_are_read_as_a_file_s_lines_are(tmp_path: Path) -> None:
    wording = {"id": "one~1", "of": "one", "question": "Paid by whom?"}
    assert pairs_of([GOOD, wording]) == read_pairs(_written(tmp_path, GOOD, wording))
    with pytest.raises(EvaluationError, match=r"^proposed questions, line 2: field 'kind': has to be a text"):
        pairs_of([GOOD, GOOD | {"id": "two", "kind": 3}])


def test_broken_json_empty_files_and_doubled_ids_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="line 2: not JSON"):
        read_pairs(_written(tmp_path, GOOD, "{"))
    with pytest.raises(EvaluationError, match=r"qa\.jsonl holds no question"):
        read_pairs(_written(tmp_path))
    with pytest.raises(EvaluationError, match="line 2: field 'id': 'one' is used twice: line 1"):
        read_pairs(_written(tmp_path, GOOD, GOOD | {"question": "Who else?"}))
    with pytest.raises(MisuseError, match="--qa FILE"):
        read_pairs(tmp_path / "missing.jsonl")
    (tmp_path / "old.jsonl").write_bytes('{"id": "Bistrița"}'.encode("cp1250", "replace") + b"\xfe")
    with pytest.raises(MisuseError, match="not UTF-8"):
        read_pairs(tmp_path / "old.jsonl")


SOURCE = {"document": "page.txt", "quote": "Funder: Tidewater Fund"}
PROJECT = {"document": "grants.csv", "project": "G-7"}


def test_a_source_is_words_or_a_project_and_may_have_alternatives(tmp_path: Path) -> None:
    (pair,) = read_pairs(_written(tmp_path, GOOD | {"sources": [PROJECT, [SOURCE, PROJECT]]}))
    words, project = Source("page.txt", quote="Funder: Tidewater Fund"), Source("grants.csv", project="G-7")
    assert pair.sources == ((project,), (words, project))


def test_a_wording_takes_from_its_original_what_it_does_not_give(tmp_path: Path) -> None:
    wording = {"id": "one~1", "of": "one", "question": "Cine a plătit?", "language": "ro"}
    original, pair = read_pairs(_written(tmp_path, GOOD, wording))
    assert (pair.original, original.original) == (original, None)
    assert (pair.question, pair.language, pair.answers, pair.sources) == (
        "Cine a plătit?", "ro", original.answers, original.sources,
    )  # fmt: skip


def test_an_original_may_stand_in_another_file(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    originals = _written(tmp_path / "elsewhere", GOOD)
    wordings = _written(tmp_path, {"id": "one~1", "of": "one", "question": "Paid by whom?"})
    (pair,) = read_pairs(wordings, originals)
    assert (pair.id, pair.original) == ("one~1", read_pairs(originals)[0])
    for of, message in (
        ("two", "is neither in this file nor in"),
        (["one"], "field 'of'"),
        ("one~1", "is a wording itself"),
    ):
        wrong = _written(tmp_path, {"id": "one~1", "of": of, "question": "Paid by whom?"})
        with pytest.raises(EvaluationError, match=f"line 1: .*{message}"):
            read_pairs(wrong, originals)


DIGESTED = Pair(
    "one", "Who paid?", "field", "en", True, ("Tidewater Fund", "Tidewater"),
    ((Source("page.txt", quote="Funder: Tidewater"), Source("grants.csv", project="G-7")), (Source("a.md", "Reed"),)),
    ("And before?", "When?"), (("Moss",), ("550 USD", "550,00 USD")), ("Reed", "Lamp"),
)  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"question": "Who pays?"},
        {"language": "ro"},
        {"answerable": False},
        {"answers": ("Tidewater Fund",)},
        {"every": (("Moss", "550 USD", "550,00 USD"),)},
        {"none": ()},
        {"history": ("When?", "And before?")},
        {"sources": DIGESTED.sources[:1]},
        {"sources": (*DIGESTED.sources[:1], (Source("a.md", project="Reed"),))},
        {"sources": (*DIGESTED.sources[:1], (Source("b.md", "Reed"),))},
    ],
)
def test_the_digest_tells_what_is_asked_and_what_is_right(change: dict[str, Any]) -> None:
    assert digest_of(replace(DIGESTED, **change)) != digest_of(DIGESTED)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "two"},
        {"kind": "passage"},
        {"original": DIGESTED},
        {"answers": ("Tidewater", "Tidewater Fund", "Tidewater")},
        {"every": (("550,00 USD", "550 USD"), ("Moss",))},
        {"none": ("Lamp", "Reed")},
        {"sources": (DIGESTED.sources[1], DIGESTED.sources[0][::-1])},
        {"sources": ((Source("page.txt", "Funder:\n Tidewater"), DIGESTED.sources[0][1]), DIGESTED.sources[1])},
    ],
)
def test_the_digest_knows_no_names_and_no_order_of_alternatives(change: dict[str, Any]) -> None:
    assert digest_of(replace(DIGESTED, **change)) == digest_of(DIGESTED)
    assert len(digest_of(DIGESTED)) == 16


def test_the_shipped_questions_have_a_digest_each(tmp_path: Path) -> None:
    pairs = read_pairs(SHIPPED)
    assert len({digest_of(pair) for pair in pairs}) == len(pairs) > 200
    (again,) = read_pairs(_written(tmp_path, GOOD | {"id": "x", "kind": "y", "note": "z", "reviewed": "w"}))
    (pair,) = read_pairs(_written(tmp_path, GOOD))
    assert digest_of(again) == digest_of(pair)
