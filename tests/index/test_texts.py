"""A store over texts in hand: each is a document, the last call's texts are what is held, given vectors are used."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import ModelMismatchError
from index.passages import context
from index.settings import Settings
from index.store import Store
from index.sync import build
from index.texts import add_texts
from index.verify import verify

LAMP = ("1", "Lămpi", "A lamp.", "en")
OWL = ("2", "", "An owl.", "en")
LEAF = ("3", "Frunze", "Frunzele copacilor.", "ro")


@pytest.fixture
def settings(small_model: Path, tmp_path: Path) -> Settings:
    """Name a store that is not there yet."""
    return Settings(tmp_path / "store", str(small_model))


def vector(place: int) -> NDArray[np.float32]:
    made: NDArray[np.float32] = np.eye(1, 16, place, dtype=np.float32)[0]
    return made


def found(settings: Settings, question: str, legs: Sequence[str] = ("words", "dense"), place: int = 0) -> list[str]:
    with closing(Store(settings)) as store:
        hits = store.search(question, 10, vector=vector(place), legs=legs)
        assert verify(settings) == []
        return [str(store.facts_of(hit.passage)["source"]) for hit in hits]


def test_each_text_is_a_document_with_its_title_and_language(settings: Settings) -> None:
    assert add_texts(settings, [LAMP, OWL, LEAF]) == 3
    with closing(Store(settings)) as store:
        held = {(one.source, one.title, one.text, one.language) for one in store.documents.values()}
        assert held == {LAMP, OWL, LEAF}
        assert {one.text for one in store.passages()} == {"A lamp.", "An owl.", "Frunzele copacilor."}
        assert store.projects == {}
        assert len({one.id for one in store.documents.values()}) == 3
    assert verify(settings) == []


def test_what_is_held_is_what_the_last_call_gave(settings: Settings) -> None:
    add_texts(settings, [LAMP, OWL])
    assert add_texts(settings, [("2", "", "Another owl.", "en"), LEAF]) == 2
    with closing(Store(settings)) as store:
        assert sorted(one.text for one in store.passages()) == ["Another owl.", "Frunzele copacilor."]
        assert store.generation == 2
    assert found(settings, "lamp", ["words"]) == []
    assert found(settings, "owl", ["words"]) == ["2"]


def test_the_same_texts_again_are_held_once(settings: Settings) -> None:
    for _ in range(2):
        add_texts(settings, [LAMP, OWL])
    with closing(Store(settings)) as store:
        assert store.counts() == {"documents": 2, "projects": 0, "passages": 2}
    assert verify(settings) == []


def test_no_texts_at_all_empty_the_store(settings: Settings) -> None:
    add_texts(settings, [LAMP])
    assert add_texts(settings, []) == 0
    assert found(settings, "lamp") == []


def test_files_that_were_built_before_give_way(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A lamp of old.")
    build(settings, [tmp_path / "a.txt"])
    add_texts(settings, [OWL])
    with closing(Store(settings)) as store:
        assert [one.source for one in store.documents.values()] == ["2"]


def test_a_long_text_is_several_passages_that_give_it_back(settings: Settings) -> None:
    text = " ".join(f"Lamp number {number} shines." for number in range(150))
    count = add_texts(settings, [("long", "Lamps", text, "en"), OWL])
    with closing(Store(settings)) as store:
        own = [one for one in store.passages() if one.document_id == store.sources["long"].id]
        assert len(own) == count - 1 > 3
        assert all(text[one.span.start : one.span.end] == one.text for one in own)
        assert "".join("".join(one.text.split()) for one in own) == "".join(text.split())


def test_given_vectors_are_used_and_no_text_is_embedded(settings: Settings) -> None:
    # The small model would give none of these.
    assert add_texts(settings, [LAMP, OWL, LEAF], [vector(1), vector(2), vector(3)]) == 3
    for place, source in ((1, "1"), (2, "2"), (3, "3")):
        assert found(settings, "x", ["dense"], place)[0] == source
    with closing(Store(settings)) as store:
        (nearest, *_) = store.search("x", 1, vector=vector(2), legs=["dense"])
        assert nearest.score == pytest.approx(1 - np.exp(-1))  # of a cosine of 1


def test_with_vectors_a_text_is_one_passage_however_long(settings: Settings) -> None:
    text = "A lamp shines. " * 200
    assert add_texts(settings, [("long", "", text, "en")], [vector(1)]) == 1
    with closing(Store(settings)) as store:
        (only,) = store.passages()
        assert only.text == text


def test_a_language_has_its_own_stems(settings: Settings) -> None:
    add_texts(settings, [("ro", "", "frunzele copacilor", "ro"), ("en", "", "running leaves", "en")])
    assert found(settings, "frunză", ["words"]) == ["ro"]
    assert found(settings, "leaf runs", ["words"])[0] == "en"


def test_a_title_is_found_and_stands_before_what_is_embedded(settings: Settings) -> None:
    add_texts(settings, [LAMP, OWL])
    assert found(settings, "lămpi", ["words"]) == ["1"]
    with closing(Store(settings)) as store:
        document = store.sources["1"]
        assert context(document, None) == "Lămpi"
        (asked,) = store.embed(["Lămpi\nA lamp."])
        hits = store.search("x", 2, vector=asked, legs=["dense"])
        assert hits[0].passage.document_id == document.id
        assert hits[0].score == pytest.approx(1 - np.exp(-1), abs=1e-3)


def test_texts_may_hold_what_no_file_should(settings: Settings) -> None:
    odd = [("a\u2028b", "t\x00", "line\r\nbreak \ud800 \x00", "und"), ("", "", "", "en")]
    add_texts(settings, odd)
    with closing(Store(settings)) as store:
        assert store.sources["a\u2028b"].text == "line\nbreak \N{REPLACEMENT CHARACTER} "
    assert verify(settings) == []


@pytest.mark.parametrize("vectors", [[vector(1)], [vector(1), vector(2), vector(3)]])
def test_as_many_vectors_are_wanted_as_there_are_texts(settings: Settings, vectors: list[NDArray[np.float32]]) -> None:
    add_texts(settings, [LEAF])
    with pytest.raises(ValueError, match=r"shorter|longer"):
        add_texts(settings, [LAMP, OWL], vectors)
    with closing(Store(settings)) as store:
        assert [one.text for one in store.passages()] == ["Frunzele copacilor."]


def test_a_store_of_another_model_is_left_alone(settings: Settings, other_model: Path) -> None:
    add_texts(settings, [LAMP])
    with pytest.raises(ModelMismatchError):
        add_texts(Settings(settings.store, str(other_model)), [OWL])
    assert found(settings, "lamp", ["words"]) == ["1"]
