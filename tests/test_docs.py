"""The documents speak of the program as it is: what they show it print is real output, every option is described."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store

Command = Callable[..., CompletedProcess[str]]


def test_the_examples_in_the_readme_are_what_the_program_prints(
    root: Path, sample_store: Path, command: Command
) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```console\n\$ \S+ -m assistant ask \"(.+?)\"\n(.+?)```", readme, re.DOTALL)
    assert len(shown) == readme.count("```console") >= 3
    for question, text in shown:
        assert command("-m", "assistant", "ask", question, "--store", sample_store).stdout == text


def test_the_conversations_in_the_guide_are_what_is_answered(root: Path, sample_store: Path) -> None:
    guide = (root / "docs" / "answers.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```text\n(> .+?)\n```", guide, re.DOTALL)
    assert len(blocks) == guide.count("```text") >= 20
    assistant = Assistant(Store(Settings(sample_store)))
    for block in blocks:
        history: list[str] = []
        for turn in re.split(r"\n\n(?=> )", block):
            question, _, text = turn.removeprefix("> ").partition("\n")
            assert assistant.ask(question, history).text == text, question
            history.append(question)


def test_every_command_and_option_stands_in_the_list_of_commands(root: Path, command: Command) -> None:
    listed = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"## (python [^\n]+)\n\n```\n(.+?)```", listed, re.DOTALL))
    assert len(sections) >= 12
    for name, text in sections.items():
        printed = command(*name.split()[1:], "--help")
        assert printed.returncode == 0, name
        options = set(re.findall(r"(?<![\w-])--[a-z-]+", printed.stdout))
        commands = set(re.findall(r"^ {4}([a-z]+)\b", printed.stdout, re.MULTILINE))
        assert {option for option in options if option not in text} == set(), name
        assert {one for one in commands if f"## {name} {one}\n" not in listed} == set(), name


DOCUMENTS = sorted(path.name for path in (Path(__file__).parent.parent / "docs").glob("*.md"))


@pytest.mark.parametrize("name", ["README.md", *(f"docs/{name}" for name in DOCUMENTS)])
def test_links_between_documents_lead_somewhere(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert not re.search(r"^[A-Z]{4,}$", text, re.MULTILINE)  # a place to be filled in later
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (root / name).parent.joinpath(target).is_file(), target


def test_the_makefile_knows_the_two_commands_of_the_readme(root: Path) -> None:
    readme, makefile = ((root / name).read_text(encoding="utf-8") for name in ("README.md", "Makefile"))
    for target in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
