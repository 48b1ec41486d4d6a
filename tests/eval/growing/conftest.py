"""What tests of proposed questions share: the records of an invented organisation."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from eval.growing.asked import Asked
from eval.growing.asking import Labels
from eval.growing.labels import spoken
from eval.growing.records import Records, Told
from index.settings import Settings
from index.store import Store

Named = Callable[[str], Told]


@pytest.fixture(scope="session")
def reedmoor(reedmoor_store: Path) -> Store:
    """Open the store of the Reedmoor Trust."""
    return Store(Settings(reedmoor_store))


@pytest.fixture
def records(reedmoor: Store) -> Records:
    """Read its records."""
    return Records(reedmoor, 1)


@pytest.fixture
def labels(reedmoor: Store) -> Labels:
    """List the labels that questions may use."""
    return spoken({label.label for label in reedmoor.names.labels})


@pytest.fixture
def named(records: Records) -> Named:
    """Give a function from a title to its project, the first of several."""
    return lambda title: next(one for one in records.told if one.project.title == title)


@pytest.fixture
def told_as(small_model: Path, tmp_path: Path) -> Callable[[str], Records]:
    """Give a function from a page in Markdown to the records read from it."""
    from index.sync import build

    def read(text: str) -> Records:
        docs = tmp_path / "docs"
        docs.mkdir(exist_ok=True)
        (docs / "page.md").write_text(text, encoding="utf-8")
        settings = Settings(tmp_path / "store", str(small_model))
        build(settings, [docs])
        return Records(Store(settings), 1)

    return read


def by_slug(asked: Iterable[Asked]) -> dict[str, Asked]:
    """Questions by what their ids say."""
    return {one.slug: one for one in asked}
