"""A model of which it is noted whether it answered when it was last asked, for whoever looks after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.errors import LanguageModelError
from assistant.llm.language_model import LanguageModel
from assistant.llm.passing import Passing


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went when a model was asked: `trouble` is why nothing came, empty where something did."""

    moment: datetime
    trouble: str = ""


class Noted(Passing):
    """Asks another model. `last` is how that went last, None before it was asked for the first time.

    Whoever goes away before the end of a stream leaves nothing noted.
    """

    def __init__(self, model: LanguageModel) -> None:
        super().__init__(model)
        self.last: Outcome | None = None

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except LanguageModelError as error:
            self.last = Outcome(datetime.now(UTC), str(error))
            raise
        self.last = Outcome(datetime.now(UTC))
