"""`python -m assistant.reader` as one meets it: what it prints, and what it says where something is missing."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from assistant.reader.__main__ import main
from assistant.reader.model import ReadingModel, save_model
from assistant.reader.train import MODEL
from corpus.errors import MisuseError

WELLS = "The wells of the village were dug by hand in 1902. Forty families drew their water there."


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    """Write four articles with a question that their paragraph answers and one that it does not."""
    articles = []
    for number, town in enumerate(("Arad", "Blaj", "Cluj", "Dej")):
        text = f"The mill of {town} was built in {1801 + number}. It has two wheels."
        answer = {"text": str(1801 + number), "answer_start": text.index("18")}
        asked = [
            {"id": f"{town}1", "question": f"When was the mill of {town} built?", "answers": [answer]},
            {"id": f"{town}2", "question": "Who owns it?", "is_impossible": True, "answers": []},
        ]
        articles.append({"title": town, "paragraphs": [{"context": text, "qas": asked}]})
    path = tmp_path / "mills.json"
    path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    return path


def test_training_writes_weights_and_tells_how_they_do(
    squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made"
    assert main(["train", "--squad", str(squad), "--out", str(out), "--epochs", "1", "--batch", "8"]) == 0
    told = capsys.readouterr()
    assert (out / MODEL).is_file()
    assert told.out.startswith(f"{out / MODEL}\nheld back: 1 answerable, 1 unanswerable\n")
    for words in ("exact match", "F1", "balanced accuracy", "ms a reading"):
        assert words in told.out
    assert "questions to learn from, 2 held back" in told.err
    assert re.search(r"step 1 of \d+: loss \d", told.err)


def test_exporting_prints_size_and_digest(
    untrained: ReadingModel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_model(untrained, tmp_path / "model.safetensors")
    out = tmp_path / "new" / "reader.onnx"
    assert main(["export", "--model", str(tmp_path / "model.safetensors"), "--out", str(out)]) == 0
    graph = out.read_bytes()
    assert capsys.readouterr().out == f"{out}: {len(graph):,} bytes, SHA-256 {hashlib.sha256(graph).hexdigest()}\n"


def test_reading_prints_words_of_the_text_and_what_speaks_for_them(
    untrained_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "wells.txt"
    text.write_text(WELLS, encoding="utf-8")
    read = ["read", "How many families drew water?", str(text), "--graph", str(untrained_graph)]
    assert main([*read, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["answer"] == WELLS[told["start"] : told["end"]] != ""
    assert told["not_there"] == pytest.approx(-told["score"], abs=1e-3)
    assert main(read) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{told['answer']}\ncharacters {told['start']}–{told['end']}, score ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("train --squad {0}/none.json --out {0}/out", r"none\.json: no such file"),
        ("train --squad {0} --out {0}/out --rate 2", "--rate 2.0: expected a number above 0"),
        ("train --squad {0} --out {0}/out --epochs 0", "--epochs 0: expected a whole number from 1"),
        ("export --model {0}/none --out {0}/reader.onnx", "give model.safetensors"),
        ("read Who? {0}/none.txt", "give a text file"),
        ("read Who? {0}/text.txt --graph {0}/none.onnx", "no such file; give one"),
    ],
)
def test_what_is_missing_is_named_with_what_to_give(arguments: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(WELLS, encoding="utf-8")
    with pytest.raises(MisuseError, match=said):
        main(arguments.format(tmp_path).split(" "))
