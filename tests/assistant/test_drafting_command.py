"""`python -m assistant precedents … --draft`, with a scripted model's server and without one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import docx

from tests.assistant.llm.drafts import OPENING, honest, reply_to
from tests.assistant.papers import word_notes
from tests.scripted_events import NAME
from tests.scripted_model import Reply, Request, ScriptedModel, prompt_of

Command = Callable[..., CompletedProcess[str]]
IDEA = "Older people record digital stories of their lives in the library"
BOAST = "We are the leading organisation in Europe."


def writes(request: Request) -> Reply:
    return Reply(reply_to(prompt_of(request), lambda sources: f"{honest(sources)}\n{BOAST}"))


def configured(model: ScriptedModel) -> dict[str, str]:
    return {"ASSISTANT_LLM_URL": model.url, "ASSISTANT_LLM_MODEL": NAME}


def test_a_draft_is_printed_with_its_connecting_sentences_marked_and_its_sources_listed(
    command: Command, sample_store: Path
) -> None:
    with ScriptedModel(writes) as model:
        told = command(
            "-m", "assistant", "precedents", IDEA, "--draft", "--top", 2, "--store", sample_store,
            environment=configured(model),
        )  # fmt: skip
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert lines[0] == f"[draft] {OPENING['en']}"
    assert len([line for line in lines if line.startswith("## ")]) == 2
    assert any(line.endswith(" [1]") for line in lines)
    assert any(line.startswith("[1] ") for line in lines)
    assert BOAST not in told.stdout
    assert "2 sentences of the language model were left out" in told.stderr


def test_it_is_written_to_a_file(command: Command, sample_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "draft.docx"
    with ScriptedModel(writes) as model:
        told = command(
            "-m", "assistant", "precedents", IDEA, "--draft", "--top", 1, "--out", out, "--store", sample_store,
            environment=configured(model),
        )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert docx.Document(str(out)).paragraphs[1].text == OPENING["en"]
    assert len(word_notes(out)) == 2


def test_without_a_model_it_is_the_track_record_and_says_so(command: Command, sample_store: Path) -> None:
    told = command("-m", "assistant", "precedents", IDEA, "--draft", "--top", 1, "--store", sample_store)
    assert told.returncode == 0
    assert told.stdout.startswith("# Track record\n")
    assert told.stderr == "No language model is set. These are the documents' own words.\n"


def test_a_format_that_there_is_not_is_refused_before_the_model_is_asked(
    command: Command, sample_store: Path, tmp_path: Path
) -> None:
    with ScriptedModel(writes) as model:
        told = command(
            "-m", "assistant", "precedents", IDEA, "--draft", "--out", tmp_path / "x.csv", "--store", sample_store,
            environment=configured(model),
        )  # fmt: skip
        assert (told.returncode, model.requests) == (2, [])
    assert "no draft is written so" in told.stderr


def test_ctrl_c_ends_it_at_once_and_writes_nothing(sample_store: Path, tmp_path: Path, root: Path) -> None:
    with ScriptedModel(lambda _: Reply("slow", waits_s=60)) as model:
        line = [sys.executable, "-m", "assistant", "precedents", IDEA, "--draft", "--out", str(tmp_path / "x.md")]
        with subprocess.Popen(
            [*line, "--store", str(sample_store)], cwd=root, env=os.environ | configured(model), stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as process:  # fmt: skip
            while not model.requests and process.poll() is None:
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors.strip().splitlines()[-1] == "stopped; nothing that was there before is lost"
    assert "Traceback" not in errors
    assert list(tmp_path.iterdir()) == []
