"""A country that is part of another is a place of its own: Scotland is not all of Britain."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.settings import Settings
from index.store import Store
from index.sync import build
from tests.assistant.answers import ask, listed

REGISTER = """Title,Location,Partner,Budget
Otter Weirs,"Isle of Mull, Scotland",Mull Otter Group,£1000
Slate Roofs,Wales,Welsh Slate Union,£2000
Chalk Streams,Devon,River Friends,£3000
Linen Looms,"Lisburn, Northern Ireland",Flax Makers,£4000
Canal Boats,United Kingdom,Lock Keepers,£5000
Turf Houses,Ireland,Bog Council,£6000
"""


@pytest.fixture(scope="module")
def isles(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Build a register of projects in parts of the United Kingdom, in all of it, and beside it."""
    folder = tmp_path_factory.mktemp("isles")
    (folder / "register.csv").write_text(REGISTER)
    settings = Settings(folder / "store", str(small_model))
    build(settings, [folder / "register.csv"])
    with closing(Store(settings)) as store:
        yield Assistant(store)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Which projects were in Scotland?", {"Otter Weirs"}),
        ("Ce proiecte au fost în Scoția?", {"Otter Weirs"}),
        ("How many projects took place in Wales?", {"Slate Roofs"}),
        ("Ce proiecte din Țara Galilor?", {"Slate Roofs"}),
        ("Which projects were in England?", {"Chalk Streams"}),
        ("Which projects were in Northern Ireland?", {"Linen Looms"}),
        ("Which projects were in Scotland or Wales?", {"Otter Weirs", "Slate Roofs"}),
        ("Which projects had Welsh partners?", {"Slate Roofs"}),
        ("Which projects were in Ireland?", {"Turf Houses"}),
        (
            "Which projects were in the United Kingdom?",
            {"Otter Weirs", "Slate Roofs", "Chalk Streams", "Linen Looms", "Canal Boats"},
        ),
    ],
)
def test_a_part_of_a_country_is_not_all_of_it(isles: Assistant, question: str, titles: set[str]) -> None:
    assert set(listed(ask(isles, question))) == titles


def test_what_may_have_been_in_a_part_is_not_said_to_have_been_elsewhere(isles: Assistant) -> None:
    found = ask(isles, "Which projects were not in Scotland?")
    assert set(listed(found)) == {"Slate Roofs", "Chalk Streams", "Linen Looms", "Turf Houses"}
