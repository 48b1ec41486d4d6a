"""Message: one piece of what a language model is told, and by when it has to have answered. Knows no client."""

import time
from dataclasses import dataclass

SYSTEM, USER, MODEL = "system", "user", "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """`role` is one of the three above, as the chat protocol of OpenAI calls them."""

    role: str
    text: str


Prompt = tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point of the monotonic clock, in seconds, by which everything asked of a model for one question is over."""

    at: float

    @classmethod
    def within(cls, seconds: float) -> "Deadline":
        """The deadline so many seconds from now."""
        return cls(time.monotonic() + seconds)

    @property
    def left_s(self) -> float:
        """Seconds until then; 0 once it has passed."""
        return max(0.0, self.at - time.monotonic())
