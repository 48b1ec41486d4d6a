"""A sentence that announces something is quoted with it."""

from pathlib import Path

from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.assistant.answers import ask, quotes

PAGE = """# Ferry Landing

Budget: 40,000 EUR | Period: 2017 | Funder: Nordhaven Fund

Two things delayed the ferry. The ice broke late. The captain had to be replaced. In summer it ran every hour.

The landing sells the following tickets:

- a single ride
- a ride with a bicycle

The kiosk was painted by pupils.
"""


def _opened(folder: Path) -> Assistant:
    (folder / "page.md").write_text(PAGE, encoding="utf-8")
    build(Settings(folder / "store"), [folder / "page.md"])
    return Assistant(Store(Settings(folder / "store")))


def test_as_many_sentences_follow_as_are_announced(tmp_path: Path) -> None:
    found = quotes(ask(_opened(tmp_path), "What delayed the ferry of Ferry Landing?"))
    assert found == [
        "Two things delayed the ferry.",
        "The ice broke late.",
        "The captain had to be replaced.",
    ]


def test_a_list_follows_its_colon(tmp_path: Path) -> None:
    found = quotes(ask(_opened(tmp_path), "What tickets does Ferry Landing sell?"))
    assert found[0] == "The landing sells the following tickets:"
    assert "bicycle" in found[-1]
