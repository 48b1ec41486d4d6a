"""What is proposed to be asked next the store answers, in the question's language, and nobody has asked it yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import ANSWERED
from assistant.assistant import Assistant
from corpus.words import words
from index.settings import Settings
from index.store import Store
from index.sync import build

PORTFOLIOS = ("casa-cu-obloane-mixt", "brightwell-crm-csv")
OF_ALL = (
    "Which projects are there?",
    "Câte proiecte sunt?",
    "How many projects per year?",
    "Cine a finanțat cele mai multe proiecte?",
    "hello",
    "Who painted the Mona Lisa?",
    "Which project was the longest?",
    "What did all projects cost together?",
)
OF_ONE = ("What was the budget of {}?", "Cine a finanțat {}?", "What is {} about?", "Când s-a derulat {}?")


@pytest.fixture(scope="module")
def portfolios(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Assistant]:
    """Build stores over two portfolios of other organisations."""
    made = []
    for name in PORTFOLIOS:
        settings = Settings(tmp_path_factory.mktemp("suggested") / name)
        build(settings, [root / "tests" / "portfolios" / name / "docs"])
        made.append(Assistant(Store(settings)))
    return made


def asked_of(assistant: Assistant) -> Iterator[str]:
    yield from OF_ALL
    titles = list(dict.fromkeys(assistant.records.titles))
    for at, title in enumerate(titles[:: max(1, len(titles) // 6)]):
        yield OF_ONE[at % len(OF_ONE)].format(title)


def test_nearly_every_question_proposed_is_answered(
    assistant: Assistant, reedmoor: Assistant, portfolios: list[Assistant]
) -> None:
    told: list[tuple[str, str, str]] = []
    for store in (assistant, reedmoor, *portfolios):
        for question in asked_of(store):
            told += [(question, one, store.ask(one, [question]).status) for one in store.answer(question).suggestions]
    answered = [one for one in told if one[2] == ANSWERED]
    assert len(told) > 120
    assert len(answered) >= 0.95 * len(told), [one for one in told if one[2] != ANSWERED]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was the budget of DigiTales?", "Who funded DigiTales?"),
        ("Care a fost bugetul proiectului DigiTales?", "Cine a finanțat proiectul DigiTales?"),
        ("Which projects ran in 2014?", "How much did they cost together?"),
        ("Ce proiecte s-au derulat în 2014?", "Cât au costat împreună?"),
        ("What did the projects in 2014 cost together?", "Which of them had the largest budget?"),
        ("What does Silver Stories say about rockets?", "What was the budget of Silver Stories?"),
    ],
)
def test_the_first_question_proposed(assistant: Assistant, question: str, told: str) -> None:
    assert assistant.answer(question).suggestions[0] == told


def test_a_follow_up_is_of_the_records_just_told(assistant: Assistant) -> None:
    question = "Which projects ran in 2014?"
    first = assistant.answer(question).suggestions[0]
    assert assistant.ask(first, [question]).plan == "sum of budget, grant: projects (2014)"


def test_other_projects_share_what_the_one_asked_about_has(assistant: Assistant) -> None:
    told = assistant.answer("What was the budget of DigiTales?").suggestions
    assert told[1:] == ("Which projects were funded by EC?", "Compare the budgets of DigiTales and Silver Stories")


def test_nothing_is_proposed_twice_in_a_conversation(reedmoor: Assistant) -> None:
    question, history = "What was the budget of Salt Road?", list[str]()
    for _ in range(8):
        told = reedmoor.answer(question, history)
        history.append(question)
        known = {" ".join(words(one)) for one in history}
        assert not known & {" ".join(words(one)) for one in told.suggestions}
        if not told.suggestions:
            break
        question = told.suggestions[0]
    assert len(history) > 4


def test_a_store_of_one_project_proposes_nothing_over_several(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(
        "# Lamp Row\n\nLamps were put up along the quay.\n\nBudget: 4,000 EUR\n\nFunder: Quay Fund\n", encoding="utf-8"
    )
    build(Settings(tmp_path / "store"), [tmp_path / "page.md"])
    told = Assistant(Store(Settings(tmp_path / "store"))).answer("What was the budget of Lamp Row?")
    assert told.answer.status == ANSWERED
    assert told.suggestions == ("Who funded Lamp Row?", "What is Lamp Row about?")
