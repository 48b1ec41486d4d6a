"""The command lines as a user meets them: exit codes, one line for what went wrong, JSON that programs can read."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.settings import Settings
from index.sync import build

Ended = subprocess.CompletedProcess[str]
Command = Callable[..., Ended]

PROGRAMS = ("corpus", "index", "assistant", "assistant.reader", "eval", "web")
NEXT_STEP = re.compile(r"\b(give|put|build|choose|save|set|unset|run it again|ask|see|write|expected|remove)\b")


def check_failed(ended: Ended, code: int, *said: str) -> None:
    """Assert one line on standard error that says what to do, the right exit code, and nothing on standard output."""
    assert "Traceback" not in ended.stderr
    assert ended.returncode == code, ended.stderr
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert NEXT_STEP.search(line), line
    for words in said:
        assert words in line


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, small_model: Path) -> Path:
    """Lay out what can go wrong: an empty folder, files that cannot be read, a store of another model."""
    made = tmp_path_factory.mktemp("wrong")
    (made / "empty").mkdir()
    (made / "binary.txt").write_bytes(b"\x89PNG\x00\x00")
    (made / "blank.md").write_bytes(b" \n")
    (made / "table.xlsx").write_bytes(b"PK")
    (made / "good.txt").write_text("Words.")
    (made / "broken.jsonl").write_text('{"id": "a"\n')
    (made / "pictures").mkdir()
    (made / "pictures" / "a.png").write_bytes(b"\x89PNG")
    build(Settings(made / "other", str(small_model)), [made / "good.txt"])
    return made


@pytest.mark.parametrize("program", PROGRAMS)
def test_help_is_there_and_a_command_is_asked_for(command: Command, program: str) -> None:
    helped = command("-m", program, "--help")
    assert (helped.returncode, helped.stderr) == (0, "")
    assert helped.stdout.startswith(f"usage: python -m {program}")
    bare = command("-m", program)
    assert (bare.returncode, bare.stdout) == (2, "")
    assert "Traceback" not in bare.stderr
    assert "required" in bare.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("corpus text {0}/nowhere.txt", 2, "nowhere.txt: no such file or folder"),
        ("corpus records {0}/good.txt {0}/nowhere", 2, "nowhere: no such file or folder"),
        ("corpus records {0}/empty", 1, "empty: no document to read"),
        ("corpus records {0}/pictures", 1, "pictures: no document to read"),
        ("corpus records {0}/table.xlsx", 1, "table.xlsx: a workbook (.xlsx) cut short or damaged"),
        ("index build {0}/nowhere --store {0}/new", 2, "nowhere: no such file or folder"),
        ("index build {0}/empty --store {0}/new", 1, "empty: no document to read"),
        ("index build {0}/table.xlsx --store {0}/new", 1, "table.xlsx: a workbook (.xlsx) cut short or damaged"),
        ("index build {0}/good.txt --store {0}/good.txt", 1, "good.txt is not a folder"),
        ("index status --store {0}/empty", 1, "python -m index build PATH --store {0}/empty"),
        ("index status --store {0}/good.txt", 1, "no store here"),
        ("index search lamp --store {0}/nowhere", 1, "python -m index build PATH --store {0}/nowhere"),
        ("index search _ --store {0}/nowhere", 2, "the query is empty"),
        ("index search lamp --top 0 --store {0}/nowhere", 2, "--top 0"),
        ("assistant ask lamp --store {0}/nowhere", 1, "python -m index build PATH --store {0}/nowhere"),
        ("assistant ask _ --store {0}/nowhere", 2, "the question is empty"),
        ("assistant ask --store {0}/nowhere", 2, "--jsonl"),
        ("assistant ask lamp --jsonl --store {0}/nowhere", 2, "--jsonl"),
        ("eval run --store {0}/nowhere", 1, "python -m index build PATH --store {0}/nowhere"),
        ("eval run --qa {0}/nowhere.jsonl", 2, "nowhere.jsonl: No such file"),
        ("eval run --qa {0}/empty", 2, "empty: Is a directory"),
        ("eval run --qa {0}/binary.txt", 2, "binary.txt: it is not UTF-8"),
        ("eval run --qa {0}/blank.md", 1, "blank.md holds no question"),
        ("eval run --fail-under luck=1", 2, "--fail-under luck=1"),
        ("eval run --fail-under correctness=high", 2, "--fail-under correctness=high"),
    ],
)
def test_what_went_wrong_is_one_line_that_says_what_to_do(
    command: Command, folder: Path, arguments: str, code: int, said: str
) -> None:
    # `_` stands for an argument of nothing but spaces.
    given = [" " if word == "_" else word.format(folder) for word in arguments.split()]
    check_failed(command("-m", *given), code, said.format(folder))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("corpus text {0}/binary.txt", 1, "binary.txt"),
        ("corpus text {0}/blank.md", 1, "blank.md"),
        ("corpus text {0}/table.xlsx", 1, "table.xlsx"),
        ("corpus text {0}/empty", 2, "empty"),
        ("corpus text {0}", 2, "text"),
        ("corpus records {0}/binary.txt", 1, "binary.txt"),
        ("corpus records {0}/blank.md --json", 1, "blank.md"),
        ("index build {0}/binary.txt --store {0}/bad", 1, "binary.txt"),
        ("eval run --qa {0}/broken.jsonl", 1, "broken.jsonl, line 1: not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(
    command: Command, folder: Path, arguments: str, code: int, said: str
) -> None:
    check_failed(command("-m", *(word.format(folder) for word in arguments.split())), code, said)


@pytest.mark.parametrize("arguments", ["index status", "index search lamp", "assistant ask lamp", "eval run"])
def test_a_store_of_another_model_is_refused_with_both_names(command: Command, folder: Path, arguments: str) -> None:
    ended = command("-m", *arguments.split(), "--store", folder / "other")
    check_failed(ended, 1, "small (", "all-MiniLM-L6-v2 (", f"build PATH --store {folder / 'other'} --rebuild")


def test_the_environment_names_the_store_where_the_command_line_does_not(command: Command, folder: Path) -> None:
    told = {"ASSISTANT_STORE": str(folder / "told")}
    check_failed(command("-m", "index", "status", environment=told), 1, f"{folder / 'told'}: no store here")


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(
    command: Command, sample: Path, sample_store: Path, tmp_path: Path
) -> None:
    docs, store = shutil.copytree(sample, tmp_path / "docs"), shutil.copytree(sample_store, tmp_path / "store")
    (docs / "binary.txt").write_bytes(b"\x89PNG\x00\x00")
    (docs / "picture.png").write_bytes(b"\x00")
    ended = command("-m", "index", "build", docs, "--store", store, "--json")
    report = json.loads(ended.stdout)
    assert ended.returncode == 1
    assert list(report) == [
        *("added", "changed", "removed", "unchanged", "failed", "skipped"),
        *("generation", "embedded", "documents", "projects", "passages", "left_out", "uploaded"),
    ]
    assert [failure["source"] for failure in report["failed"]] == ["binary.txt"]
    assert report["skipped"] == ["picture.png"]
    assert (len(report["unchanged"]), report["documents"], report["projects"]) == (10, 10, 15)
    told = command("-m", "index", "build", docs, "--store", store)
    assert told.returncode == 1
    assert [line.split(":")[0] for line in told.stderr.splitlines()] == ["failed", "skipped"]
    assert "10 unchanged, 1 failed" in told.stdout
    records = command("-m", "corpus", "records", docs, "--json")
    assert records.returncode == 1
    assert len(records.stdout.splitlines()) == 15
    assert records.stderr.startswith("binary.txt: ")


def test_text_prints_the_canonical_text_that_records_count_in(command: Command, sample: Path) -> None:
    path = sample / "earlier-projects.html"
    text = command("-m", "corpus", "text", path).stdout
    records = [json.loads(line) for line in command("-m", "corpus", "records", path, "--json").stdout.splitlines()]
    assert len(records) == 4
    for record in records:
        assert text[record["start"] : record["end"]].startswith(record["title"])
        fields = [record["period"], *record["amounts"], *record["organisations"]]
        assert all(text[slice(*field["span"])] == field["text"] for field in fields)


def test_status_as_json(command: Command, sample_store: Path) -> None:
    ended = command("-m", "index", "status", "--store", sample_store, "--json")
    status = json.loads(ended.stdout)
    assert list(status) == [
        *("store", "generation", "embedding_model", "documents", "projects", "passages", "languages"),
    ]
    assert (status["documents"], status["projects"], status["languages"]) == (10, 15, {"ro": 1, "en": 9})
    assert ended.stderr == ""


def test_search_as_json_is_a_ranked_passage_a_line(command: Command, sample: Path, sample_store: Path) -> None:
    ended = command("-m", "index", "search", "community caterers", "--top", "3", "--store", sample_store, "--json")
    rows = [json.loads(line) for line in ended.stdout.splitlines()]
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert list(rows[0]) == ["rank", "score", "document", "project_id", "start", "end", "page", "text"]
    assert (rows[0]["project_id"], rows[0]["document"]) == (
        "socacitele-the-community-caterers",
        "earlier-projects.html",
    )
    text = command("-m", "corpus", "text", sample / "earlier-projects.html").stdout
    assert text[rows[0]["start"] : rows[0]["end"]] == rows[0]["text"]


def test_an_answer_as_json_has_the_documented_keys_and_a_verbatim_quote(
    command: Command, sample: Path, sample_store: Path
) -> None:
    ended = command(
        "-m", "assistant", "ask", "What was the budget of Silver Stories?", "--json", "--store", sample_store
    )
    answer = json.loads(ended.stdout)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert list(answer) == [
        *("question", "answer", "status", "mode", "language", "plan", "citations", "elapsed_ms"),
    ]
    assert (answer["status"], answer["mode"], answer["language"]) == ("answered", "extractive", "en")
    assert "279.014 EUR" in answer["answer"]
    citation = answer["citations"][0]
    assert list(citation) == [
        *("n", "project", "project_id", "document", "page", "start", "end", "quote", "decisive"),
    ]
    text = command("-m", "corpus", "text", sample / citation["document"]).stdout
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_an_answer_names_the_page_of_a_document_that_has_pages(command: Command, sample_store: Path) -> None:
    question = "How many speakers did the OCCUPY LIBRARY Conference have?"
    told = command("-m", "assistant", "ask", question, "--store", sample_store)
    assert "[1] OCCUPY LIBRARY Conference, occupy-library-report.pdf, page 3, " in told.stdout
    answer = json.loads(command("-m", "assistant", "ask", question, "--json", "--store", sample_store).stdout)
    assert [citation["page"] for citation in answer["citations"]] == [3]


def test_a_stream_of_questions_is_answered_in_order_and_bad_lines_do_not_end_it(
    command: Command, sample_store: Path
) -> None:
    lines = [
        '{"question": "What was the budget of Silver Stories?"}',
        "not json",
        "",
        '{"question": "   "}',
        '{"question": 3}',
        '["What was the budget?"]',
        '{"question": "Who funded it?", "history": ["What was the budget of Silver Stories?"]}',
        '{"question": "Who funded it?", "history": "no list"}',
    ]
    ended = command("-m", "assistant", "ask", "--jsonl", "--store", sample_store, stdin="\n".join(lines))
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.returncode == 2
    assert ["error" in answer for answer in answers] == [False, True, True, True, True, False, True]
    assert "279.014 EUR" in answers[0]["answer"]
    assert "Leonardo da Vinci" in answers[5]["answer"]
    assert "Traceback" not in ended.stderr
    assert [line.split(":")[0] for line in ended.stderr.splitlines()] == [
        "line 2",
        "line 4",
        "line 5",
        "line 6",
        "line 8",
    ]
    assert all(NEXT_STEP.search(line) for line in ended.stderr.splitlines())


def test_an_evaluation_prints_its_run_and_fails_below_a_floor(
    command: Command, sample_store: Path, tmp_path: Path
) -> None:
    pairs = [
        {
            "id": "budget",
            "question": "What was the budget of Silver Stories?",
            "kind": "field",
            "language": "en",
            "answerable": True,
            "answers": ["279.014 EUR"],
            "sources": [{"document": "silver-stories.md", "quote": "Budget: 279.014 EUR"}],
        },
        {
            "id": "none",
            "question": "What was the budget of Apollo?",
            "kind": "field",
            "language": "en",
            "answerable": False,
        },
    ]
    qa, out = tmp_path / "qa.jsonl", tmp_path / "out"
    qa.write_text("\n".join(map(json.dumps, pairs)))
    floors = ("--fail-under", "correctness=1", "--fail-under", "same_as_original=0")
    ended = command(
        "-m", "eval", "run", "--qa", qa, "--store", sample_store, "--no-keep", "--out", out, "--json", *floors
    )
    run = json.loads(ended.stdout)
    assert run == json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert (run["questions"], run["metrics"]["correctness"], run["metrics"]["refusal_accuracy"]) == (2, 1.0, 1.0)
    assert [(result["id"], result["status"]) for result in run["results"]] == [
        ("budget", "answered"),
        ("none", "refused"),
    ]
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert "same_as_original is nan" in line
    assert "correctness" not in line


def test_ctrl_c_ends_with_one_line_and_the_shell_s_own_code(root: Path, sample_store: Path) -> None:
    asking = subprocess.Popen(
        [sys.executable, "-m", "assistant", "ask", "--jsonl", "--store", str(sample_store)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root, encoding="utf-8",
    )  # fmt: skip
    with asking:
        assert asking.stdin is not None
        assert asking.stdout is not None
        asking.stdin.write('{"question": "What was the budget of Silver Stories?"}\n')
        asking.stdin.flush()
        assert "279.014 EUR" in asking.stdout.readline()
        asking.send_signal(signal.SIGINT)
        _, errors = asking.communicate(timeout=60)
    assert asking.returncode == 130
    assert errors == "stopped; nothing that was there before is lost\n"


def test_a_reader_that_goes_away_is_no_error_to_speak_of(sample: Path, root: Path) -> None:
    ended = piped_into_nothing(root, "corpus", "records", sample, "--json")
    assert ended.stderr == ""


def test_a_reader_that_goes_away_before_a_short_output_is_no_error_to_speak_of(root: Path, sample_store: Path) -> None:
    ended = piped_into_nothing(root, "index", "status", "--store", sample_store)
    assert ended.stderr == ""


def piped_into_nothing(root: Path, *arguments: object) -> Ended:
    """Run a command whose standard output nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return subprocess.run(
            [sys.executable, "-m", *map(str, arguments)],
            stdout=writing,
            stderr=subprocess.PIPE,
            # Unbuffered, every line would meet the closed pipe by itself.
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
            cwd=root,
            encoding="utf-8",
            check=False,
        )
    finally:
        os.close(writing)
