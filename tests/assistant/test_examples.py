"""Examples come from the store that is shown, in the page's language, and each is answered."""

from pathlib import Path

import pytest

from assistant.answer import ANSWERED
from assistant.assistant import Assistant
from assistant.examples import examples
from assistant.language import detect_language
from index.settings import Settings
from index.store import Store
from index.sync import build


def store_of(folder: Path, text: str) -> Assistant:
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8")
    build(Settings(folder / "store"), [page])
    return Assistant(Store(Settings(folder / "store")))


@pytest.mark.parametrize("language", ["en", "ro"])
def test_examples_are_of_four_kinds_and_answered(assistant: Assistant, reedmoor: Assistant, language: str) -> None:
    for store in (assistant, reedmoor):
        found = examples(store, language, seconds=60)
        told = [store.answer(one) for one in found]
        assert [one.answer.status for one in told] == [ANSWERED] * 4
        assert [one.plan.intent for one in told] == ["field", "across", "across", "description"]
        assert told[2].plan.operation in ("sum", "count")
        assert {detect_language(one) for one in found} == {language}


def test_examples_name_what_this_store_holds(reedmoor: Assistant) -> None:
    assert examples(reedmoor, "en", seconds=60)[1] == "Which projects were funded by Nordhaven Fund?"


def test_the_same_store_gives_the_same_examples(reedmoor: Assistant) -> None:
    assert examples(reedmoor, "ro", seconds=60) == examples(reedmoor, "ro", seconds=60)


def test_fewer_may_be_wanted(reedmoor: Assistant) -> None:
    assert len(examples(reedmoor, "en", 2, seconds=60)) == 2


def test_a_store_of_one_project_has_examples_of_it(tmp_path: Path) -> None:
    store = store_of(
        tmp_path, "# Lamp Row\n\nLamps were put up along the quay.\n\nBudget: 4,000 EUR\n\nPartners: Oil Inc.\n"
    )
    found = examples(store, "en", seconds=60)
    assert "What was the budget of Lamp Row?" in found
    assert all(store.ask(one).status == ANSWERED for one in found)


def test_a_store_of_no_project_has_none(tmp_path: Path) -> None:
    assert examples(store_of(tmp_path, "Nothing to see here.\n"), "en", seconds=60) == ()


def test_no_more_time_is_taken_than_is_given(reedmoor: Assistant) -> None:
    assert examples(reedmoor, "en", seconds=0) == ()
