"""Decisions on candidates, by hand and by the command: kept at once, taken back, and never lost."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.__main__ import main
from eval.errors import EvaluationError
from eval.qa import read_pairs
from eval.qa_file import QaFile
from eval.review import Review
from index.candidates import GENERATED, add_candidate, decide, read_candidates
from index.errors import DecidedError
from index.feedback import DOWN, add_feedback
from index.settings import Settings
from index.store import Store
from tests.index.read_only import read_only

Command = Callable[..., subprocess.CompletedProcess[str]]
MILL = {
    "id": "mill", "question": "Ce buget a avut Moara Veche?", "history": [], "kind": "field", "language": "ro",
    "answerable": True, "answers": ["75.000 RON"], "all": [], "none": [],
    "sources": [{"document": "proiecte.md", "quote": "Buget: 75.000 RON"}],
}  # fmt: skip
OTHER = {"id": "mill~1", "of": "mill", "question": "buget moara veche"}
NONE = {"id": "none", "question": "Who painted it?", "kind": "unanswerable", "language": "en", "answerable": False}


@pytest.fixture
def store(reedmoor_store: Path, tmp_path: Path) -> Iterator[Store]:
    """Open a copy of a store, with three open candidates, one of which says another in other words."""
    with closing(Store(Settings(shutil.copytree(reedmoor_store, tmp_path / "store")))) as opened:
        with opened.catalogue.transaction() as connection:
            for pair in (OTHER, NONE, MILL):
                add_candidate(connection, pair, origin=GENERATED)
        yield opened


@pytest.fixture
def qa(tmp_path: Path) -> Path:
    """Name a file that is not there yet."""
    return tmp_path / "questions.jsonl"


@pytest.fixture
def review(store: Store, qa: Path) -> Review:
    """Begin a sitting."""
    return Review(store, QaFile(qa, store))


def statuses(store: Store) -> dict[str, str]:
    """Read what was decided, by id."""
    with store.catalogue.transaction() as connection:
        return {one.id: one.status for one in read_candidates(connection)}


def by_id(review: Review, identity: str) -> int:
    """Find the key of an open candidate."""
    return next(one.key for one in review.open if one.id == identity)


def test_a_question_in_other_words_comes_behind_its_original(review: Review) -> None:
    assert [one.id for one in review.open] == ["none", "mill", "mill~1"]


def test_what_is_accepted_is_in_the_file_and_under_the_id_that_it_has_there(store: Store, qa: Path) -> None:
    qa.write_text(json.dumps({**NONE, "id": "mill"}) + "\n")
    again = Review(store, QaFile(qa, store))
    assert again.accept(again.now(by_id(again, "mill")))["id"] == "mill-2"
    added = again.accept(again.now(by_id(again, "mill~1")))
    assert added["of"] == "mill-2"
    assert [pair.original.id if pair.original else "" for pair in read_pairs(qa)] == ["", "", "mill-2"]
    assert statuses(store) == {"mill": "accepted", "mill~1": "accepted", "none": "open"}


def test_other_words_wait_for_their_original(review: Review, qa: Path) -> None:
    with pytest.raises(EvaluationError, match="accept that one first"):
        review.accept(review.now(by_id(review, "mill~1")))
    assert not qa.exists()


def test_with_an_original_its_other_words_are_rejected(review: Review, store: Store) -> None:
    assert review.reject(review.now(by_id(review, "mill")), "two mills") == 1
    assert statuses(store) == {"mill": "rejected", "mill~1": "rejected", "none": "open"}
    with store.catalogue.transaction() as connection:
        assert [one.note for one in read_candidates(connection) if one.id == "mill"] == ["two mills"]


def test_each_decision_is_taken_back_in_turn(review: Review, store: Store, qa: Path) -> None:
    before = statuses(store)
    review.edit(review.now(by_id(review, "mill")), {**MILL, "answers": ["75.000 RON", "75 000 lei"]})
    review.accept(review.now(by_id(review, "mill")))
    review.reject(review.now(by_id(review, "mill~1")), "")
    assert review.counts() == {"accepted": 1, "rejected": 1, "open": 1}
    assert [undone.id for _ in range(3) if (undone := review.undo())] == ["mill~1", "mill", "mill"]
    assert review.undo() is None
    assert statuses(store) == before
    assert qa.read_text() == ""
    with store.catalogue.transaction() as connection:
        assert [one.pair for one in read_candidates(connection)] == [OTHER, NONE, MILL]


def test_a_changed_question_has_to_be_right(review: Review) -> None:
    key = by_id(review, "mill")
    with pytest.raises(EvaluationError, match="does not hold the words"):
        review.edit(review.now(key), {**MILL, "sources": [{"document": "proiecte.md", "quote": "Buget: 1 RON"}]})
    assert review.now(key).pair == MILL
    assert review.undo() is None


def test_an_accepted_one_that_the_catalogue_could_not_keep_leaves_the_file(review: Review, qa: Path) -> None:
    candidate = review.now(by_id(review, "mill"))
    with review.store.catalogue.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM candidates WHERE key = ?", (candidate.key,))
    with pytest.raises(KeyError):
        review.accept(candidate)
    assert qa.read_text() == ""


def test_of_two_who_decide_on_one_the_first_does_and_the_file_holds_it_once(store: Store, qa: Path) -> None:
    one, other = (Review(store, QaFile(qa, store)) for _ in range(2))
    key = by_id(one, "mill")
    one.accept(one.now(key))
    with pytest.raises(DecidedError, match="it is accepted by now"):
        other.accept(other.now(key))
    assert [pair.id for pair in read_pairs(qa)] == ["mill"]
    assert {candidate.id for candidate in other.open} == {"none", "mill~1"}
    other.accept(other.now(by_id(other, "mill~1")))
    with store.catalogue.transaction() as connection:
        decide(connection, key, "rejected", expected="accepted")
    with pytest.raises(DecidedError, match="it is rejected by now"):
        one.undo()
    assert [pair.id for pair in read_pairs(qa)] == ["mill", "mill~1"]


# The command


def test_what_somebody_else_has_decided_is_told_and_passed_over(
    store: Store, qa: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lines() -> Iterator[str]:
        with store.catalogue.transaction() as connection:
            key = next(one.key for one in read_candidates(connection) if one.id == "none")
            decide(connection, key, "rejected", expected="open")
        yield from ("a\n", "a\n", "q\n")

    given = lines()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: False, readline=lambda: next(given)))
    assert main(["review", "--store", str(store.settings.store), "--qa", str(qa)]) == 0
    said = capsys.readouterr().out
    assert "somebody else has decided on candidate 2 already: it is rejected by now\n" in said
    assert [pair.id for pair in read_pairs(qa)] == ["mill"]


def sit(command: Command, store: Store, qa: Path, *lines: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Review with these lines on standard input."""
    told = {"VISUAL": "", "EDITOR": "", **environment}
    return command(
        "-m", "eval", "review", "--store", store.settings.store, "--qa", qa,
        stdin="".join(f"{line}\n" for line in lines), environment=told,
    )  # fmt: skip


def test_a_sitting_accepts_rejects_skips_and_undoes(command: Command, store: Store, qa: Path) -> None:
    ended = sit(command, store, qa, "r", "nobody asks that", "u", "k", "a", "z", "a", "q")
    assert ended.returncode == 0, ended.stderr
    assert "1 of 3\nunanswerable · en · not answerable · generated\n  Who painted it?" in ended.stdout
    assert "undone: Who painted it?" in ended.stdout
    assert ">>Buget: 75.000 RON<<" in ended.stdout
    assert "give one of: a accept" in ended.stdout
    assert "in other words: Ce buget a avut Moara Veche?" in ended.stdout
    assert ended.stderr == f"2 accepted into {qa}, 0 rejected, 1 still open\n"
    assert statuses(store) == {"mill": "accepted", "mill~1": "accepted", "none": "open"}
    assert [pair.id for pair in read_pairs(qa)] == ["mill", "mill~1"]


def test_the_end_of_the_input_loses_nothing(command: Command, store: Store, qa: Path) -> None:
    ended = sit(command, store, qa, "a")
    assert (ended.returncode, ended.stderr) == (0, f"1 accepted into {qa}, 0 rejected, 2 still open\n")
    assert [pair.id for pair in read_pairs(qa)] == ["none"]


def test_ctrl_c_loses_nothing(store: Store, qa: Path, root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "eval", "review", "--store", str(store.settings.store), "--qa", str(qa)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root, encoding="utf-8",
    ) as sitting:  # fmt: skip
        assert sitting.stdin
        assert sitting.stdout
        sitting.stdin.write("a\n")
        sitting.stdin.flush()
        while "2 of 3" not in sitting.stdout.readline():
            pass
        sitting.send_signal(signal.SIGINT)
        _, errors = sitting.communicate(timeout=60)
    assert (sitting.returncode, errors) == (0, f"1 accepted into {qa}, 0 rejected, 2 still open\n")
    assert statuses(store)["none"] == "accepted"


def test_what_is_answered_now_is_shown(command: Command, store: Store, qa: Path) -> None:
    ended = sit(command, store, qa, "k", "s", "q")
    assert "now (answered): Moara Veche – Buget: „75.000 RON” [1]" in ended.stdout


def test_an_editor_changes_the_pair_and_is_opened_again_where_it_is_wrong(
    command: Command, store: Store, qa: Path, tmp_path: Path
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import sys, pathlib\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text()\n"
        "path.write_text(text.replace('75.000', '1') if 'Ce buget' in text else text)\n"
        "again = pathlib.Path(__file__).with_name('again')\n"
        "if again.exists(): path.write_text(text.replace('Buget: 1 RON', 'Buget: 75.000 RON'))\n"
        "again.touch()\n"
    )
    ended = sit(command, store, qa, "k", "e", "e", "a", "q", EDITOR=f"{sys.executable} {editor}")
    assert "not right yet: " in ended.stdout
    assert "does not hold the words 'Buget: 1 RON'" in ended.stdout
    assert "accepted as mill" in ended.stdout
    assert read_pairs(qa)[0].answers == ("1 RON",)


LATIN = f"{sys.executable} -c \"import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(b'\\xe9')\""


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("false", "the editor false ended with 1"),
        ("nowhere/editor", "the editor nowhere/editor cannot be started"),
        ("vi '", "is no command (No closing quotation)"),
        (LATIN, "did not save it as UTF-8"),
    ],
)
def test_an_editor_that_fails_changes_nothing(command: Command, store: Store, qa: Path, editor: str, said: str) -> None:
    ended = sit(command, store, qa, "k", "e", "no", "q", EDITOR=editor)
    assert "not right yet: " in ended.stdout
    assert said in ended.stdout
    assert ended.returncode == 0
    assert statuses(store)["mill"] == "open"


def test_without_an_editor_a_question_is_changed_line_by_line(command: Command, store: Store, qa: Path) -> None:
    lines = ("k", "e", "Cât a costat Moara Veche?", "", "75.000 RON", "75 de mii de lei", "", "a", "q")
    sit(command, store, qa, *lines)
    (pair,) = read_pairs(qa)
    assert (pair.question, pair.answers) == ("Cât a costat Moara Veche?", ("75.000 RON", "75 de mii de lei"))


def test_what_is_needed_whole_stays_so_when_changed_line_by_line(command: Command, store: Store, qa: Path) -> None:
    with store.catalogue.transaction() as connection:
        add_candidate(connection, {**MILL, "id": "whole", "answers": [], "all": ["75.000 RON"]}, origin=GENERATED)
    sit(command, store, qa, "k", "k", "e", "", "", "75.000 RON", "Moara Veche", "", "a", "q")
    (pair,) = read_pairs(qa)
    assert (pair.answers, pair.every) == ((), (("75.000 RON",), ("Moara Veche",)))


def test_an_accepted_line_says_who_has_looked_at_it_and_when(command: Command, store: Store, qa: Path) -> None:
    told = ("-m", "eval", "review", "--store", store.settings.store, "--qa", qa)
    command(*told, "--by", " Ana ", stdin="a\n")
    command(*told, "--by", "", stdin="a\n")
    first, second = (json.loads(line)["reviewed"] for line in qa.read_text().splitlines())
    assert re.fullmatch(r"Ana, 20\d\d-\d\d-\d\d", first)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", second)


def test_a_wrong_answer_has_to_be_put_right_before_it_is_accepted(command: Command, store: Store, qa: Path) -> None:
    with store.catalogue.transaction() as connection:
        add_feedback(
            connection, question="Who paid for Moara Veche?", answer="Nobody.", status="answered", verdict=DOWN,
            generation=1, comment="a bank did",
        )  # fmt: skip
    ended = sit(command, store, qa, "k", "k", "a", "e", "", "", "Banca Dunării", "", "a")
    assert "comment: a bank did" in ended.stdout
    assert "not accepted: it has no answers yet; edit it and say what is right, then accept it" in ended.stdout
    (pair,) = read_pairs(qa)
    assert (pair.question, pair.answers, pair.answerable) == ("Who paid for Moara Veche?", ("Banca Dunării",), True)


def test_a_wrong_answer_may_turn_out_to_have_none(command: Command, store: Store, qa: Path) -> None:
    with store.catalogue.transaction() as connection:
        add_feedback(connection, question="Who sang?", answer="He.", status="answered", verdict=DOWN, generation=1)
    sit(command, store, qa, "k", "k", "e", "", "n", "a")
    (pair,) = read_pairs(qa)
    assert (pair.question, pair.answerable) == ("Who sang?", False)


def test_open_candidates_are_listed_and_nothing_is_decided(command: Command, store: Store, qa: Path) -> None:
    told = ("-m", "eval", "review", "--store", store.settings.store, "--list")
    listed = command(*told)
    assert [line.split("  ", 3)[3] for line in listed.stdout.splitlines()] == [
        "Who painted it?", "Ce buget a avut Moara Veche?", "buget moara veche",
    ]  # fmt: skip
    rows = [json.loads(line) for line in command(*told, "--json").stdout.splitlines()]
    assert [(row["id"], row["status"]) for row in rows] == [("none", "open"), ("mill", "open"), ("mill~1", "open")]
    assert not qa.exists()


def test_a_store_that_cannot_be_written_is_listed_without_what_was_said_since(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with store.catalogue.transaction() as connection:
        add_feedback(connection, question="Who sang?", answer="He.", status="answered", verdict=DOWN, generation=1)
    store.close()  # what was written last stands in its journal until then, which is not read of such a store
    with read_only(store.settings.store):
        assert main(["review", "--store", str(store.settings.store), "--list"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0].split("  ", 3)[3] == "Who painted it?"
    assert len(said.out.splitlines()) == 3
    assert "warning: what was said of answers since the last review is not among them: " in said.err
    assert "cannot be written" in said.err


def test_where_nothing_is_open_the_next_command_is_named(
    command: Command, reedmoor_store: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(reedmoor_store, tmp_path / "an other")
    ended = command("-m", "eval", "review", "--store", folder, "--qa", tmp_path / "q.jsonl")
    assert ended.returncode == 0
    assert ended.stderr == f"no candidate is open; propose some with: python -m eval generate --store '{folder}'\n"


def test_json_without_a_list_is_misuse(command: Command, tmp_path: Path) -> None:
    ended = command("-m", "eval", "review", "--store", tmp_path, "--json")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "--json: expected with --list only" in ended.stderr


def test_a_whole_round_from_proposing_to_a_set_that_is_asked(command: Command, store: Store, qa: Path) -> None:
    folder = store.settings.store
    proposed = command("-m", "eval", "generate", "--store", folder, "--count", "6")
    assert proposed.returncode == 0, proposed.stderr
    assert f"look at them with: python -m eval review --store {folder}" in proposed.stderr
    sit(command, store, qa, *(["a"] * 30))
    pairs = read_pairs(qa)
    assert len(pairs) >= 12
    asked = command("-m", "eval", "run", "--store", folder, "--qa", qa, "--json")
    assert asked.returncode == 0, asked.stderr
    assert os.linesep.join(sorted(pair.id for pair in pairs)) == os.linesep.join(
        sorted(row["id"] for row in json.loads(asked.stdout)["results"])
    )
