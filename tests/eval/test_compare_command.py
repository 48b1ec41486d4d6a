"""`python -m eval compare` as a member of staff uses it: files of runs in, sentence and tables out, exit codes."""

import json
from pathlib import Path

import pytest

from corpus.errors import MisuseError
from eval.__main__ import main
from eval.errors import EvaluationError
from eval.result import Run
from eval.runs import write_run
from tests.conftest import Command
from tests.eval.runs_by_hand import answerable, result, rights, run


def kept(made: Run, folder: Path) -> str:
    """Keep the run in a folder as a file; the folder's path."""
    folder.mkdir()
    write_run(made, folder)
    return str(folder)


@pytest.fixture
def better(tmp_path: Path) -> list[str]:
    """Keep two runs of which the second is better."""
    a, b = rights([0] * 9 + [1] * 11, "first"), rights([1] * 19 + [0], "second")
    return [kept(a, tmp_path / "a"), kept(b, tmp_path / "b")]


def test_the_terminal_shows_sentence_scores_and_turned_questions(
    better: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *better]) == 0
    printed, errors = capsys.readouterr()
    lines = [line.rstrip() for line in printed.splitlines()]
    assert errors == ""
    assert max(map(len, lines)) <= 100
    assert lines[0] == "A  first, made 2026-01-02T03:04:05Z: set.jsonl, 20 questions"
    assert lines[3].startswith("B is better than A: correct_and_cited 0.550 → 0.950 (+0.400, ")
    (row,) = [line.split() for line in lines if line.startswith(" correct_and_cited")]
    assert (row[:4], row[-5:]) == (
        ["correct_and_cited", "0.550", "0.950", "+0.400"],
        ["9", "1", "10", "0.043", "better"],
    )
    assert any(line.startswith(" field") and "0.550 → 0.950" in line for line in lines)
    assert any(line.startswith("Right in A, wrong in B: 1") for line in lines)
    (side_by_side,) = [line for line in lines if "Question q19?" in line]
    assert "answered: Answer 19, 1." in side_by_side
    assert "answered: Answer 19, 0." in side_by_side


def test_long_answers_and_many_questions_are_cut_where_a_terminal_would_drown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a = run([answerable(f"q{n}", 1) for n in range(40)])
    b = run([answerable(f"q{n}", 0, answer="word " * 200) for n in range(40)], "B")
    main(["compare", kept(a, tmp_path / "a"), kept(b, tmp_path / "b")])
    printed = capsys.readouterr().out
    assert "Right in A, wrong in B: 40" in printed
    assert "and 10 more; all of them with --out FILE.html or --json" in printed
    assert printed.count("word") == 30 * 100


def test_what_looks_like_markup_is_shown_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = {"question": "[red]Who?[/nothing]", "kind": "[i]field[/b]"}
    a = run([answerable("q", 1, answer="[b]Silver[/b] [1]", **told)])
    b = run([answerable("q", 0, **told)], "B")
    main(["compare", kept(a, tmp_path / "a"), kept(b, tmp_path / "b")])
    printed = capsys.readouterr().out
    assert "[b]Silver[/b] [1]" in printed
    assert "[red]Who?[/nothing]" in printed
    assert "[i]field[/b]" in printed


def test_a_program_gets_one_object_that_another_seed_changes_slightly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [
        kept(run([result(f"q{n}", {"fact_recall": n * step % 1}) for n in range(30)]), tmp_path / f"{step}")
        for step in (0.37, 0.61)
    ]
    made = []
    for seed in ("7", "7", "8"):
        assert main(["compare", *runs, "--json", "--seed", seed]) == 0
        made.append(json.loads(capsys.readouterr().out))
    assert made[0] == made[1]
    assert made[0]["metrics"] != made[2]["metrics"]
    assert (made[0]["verdict"], made[0]["seed"]) == ("no difference", 7)


def test_a_page_is_written_beside_what_is_printed(
    better: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *better, "--out", str(tmp_path / "page.html")]) == 0
    assert "B is better than A" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "B is better than A" in capsys.readouterr().out


@pytest.mark.parametrize(("turned", "options", "code"), [
    (False, [], 0), (True, [], 0), (False, ["--fail-if-worse"], 0), (True, ["--fail-if-worse"], 1),
])  # fmt: skip
def test_only_a_worse_run_fails_and_only_if_asked_to(
    better: list[str], turned: bool, options: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *(better[::-1] if turned else better), *options]) == code
    assert f"B is {'worse' if turned else 'better'} than A" in capsys.readouterr().out


def test_misuse_is_one_line_that_names_what_was_given(better: list[str], tmp_path: Path) -> None:
    nowhere = str(tmp_path / "none" / "page.html")
    for arguments in (["--seed", "-1"], ["--out", nowhere]):
        with pytest.raises(MisuseError, match=f"^{arguments[0]} {arguments[1]}: "):
            main(["compare", *better, *arguments])


def test_a_run_of_another_set_is_work_that_failed(better: list[str], tmp_path: Path, command: Command) -> None:
    other = kept(run([answerable("other", 1)], qa="other.jsonl"), tmp_path / "other")
    ended = command("-m", "eval", "compare", better[0], other)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("error: B is a run of another set: ")
    with pytest.raises(EvaluationError, match=r"other\.jsonl"):
        main(["compare", better[0], other])
