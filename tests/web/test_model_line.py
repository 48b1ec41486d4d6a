"""What staff see of the language model: its name and host, how it went last, never its key; in their language."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.llm.noted import Outcome
from assistant.model_settings import Key, ModelSettings
from tests.hostile import ATTACK, harms, text_of
from web.frames import make_frames
from web.model_line import model_line

ENGLISH, ROMANIAN = make_frames()
MOMENT = datetime(2026, 11, 26, 17, 4, tzinfo=UTC)
PLANTED = "sk-planted-0123456789"


def live(last: Outcome | None = None, name: str = "tiny-1") -> Any:
    settings = ModelSettings("http://models.example:8080/v1", name, Key(PLANTED))
    return SimpleNamespace(model=SimpleNamespace(name=name, settings=settings, last=last))


@pytest.mark.parametrize(
    ("frame", "last", "says"),
    [
        (ENGLISH, None, "Language model tiny-1 (at models.example:8080). It has not been asked since the start."),
        (ENGLISH, Outcome(MOMENT), "It answered when it was last asked, on 26 Nov, 17:04 UTC."),
        (ENGLISH, Outcome(MOMENT, "no reply"), "It gave no answer on 26 Nov, 17:04 UTC: no reply."),
        (ROMANIAN, None, "Model de limbaj tiny-1 (la models.example:8080). De la pornire nu a fost întrebat."),
        (ROMANIAN, Outcome(MOMENT, "x"), "Nu a răspuns pe 26 nov., 17:04 UTC: x."),
    ],
)  # fmt: skip
def test_it_is_told_which_model_is_set_and_how_it_went_last(frame: Any, last: Outcome | None, says: str) -> None:
    told = " ".join(text_of(model_line(frame, live(last))).split())
    assert says in told
    assert PLANTED not in model_line(frame, live(last))


def test_without_a_model_it_is_told_that_there_is_none() -> None:
    for frame, says in ((ENGLISH, "No language model is set"), (ROMANIAN, "Nu este setat niciun model")):
        assert says in text_of(model_line(frame, SimpleNamespace(model=None)))  # type: ignore[arg-type]


def test_whatever_a_model_is_called_and_says_is_shown_as_text() -> None:
    assert harms(f"<div>{model_line(ENGLISH, live(Outcome(MOMENT, ATTACK), ATTACK))}</div>") == []
