"""What can go wrong between a question and its answer, beside what the layers below report.

ProjectError (corpus.errors)
├── LanguageModelError   the language model gave no reply that can be used (exit code 1)
│   ├── NoReplyError     its server could not be reached, or said nothing in time
│   ├── BrokenError      the connection to it broke
│   └── RefusedError     its server answered with an HTTP status that is no success
├── ReaderError          the reading model that comes with the project is not whole (exit code 1)
└── ConversationError    a conversation, or one of its citations, is not there (exit code 1)

A refusal to answer is an Answer, not an error.
"""

from corpus.errors import ProjectError


class LanguageModelError(ProjectError):
    """The message is the reason, in a few words, and holds nothing of what the model's server said."""


class NoReplyError(LanguageModelError):
    """Whoever asks again at once waits as long again; `is_unreachable` where no connection came about."""

    def __init__(self, reason: str, *, is_unreachable: bool = False) -> None:
        super().__init__(reason)
        self.is_unreachable = is_unreachable


class BrokenError(LanguageModelError):
    """It was reached before, and may be again."""


class RefusedError(LanguageModelError):
    """`status` is that of HTTP, `wait_s` after how many seconds the server would be asked again, where it says so.

    `named` are the settings of a request, of those that some servers do not know, which it speaks of.
    """

    def __init__(
        self, reason: str, status: int, wait_s: float | None = None, named: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.wait_s = wait_s
        self.named = named


class ConversationError(ProjectError):
    """It never was, or it is kept no more."""


class ReaderError(ProjectError):
    """The file of the reading model is missing, or is not the one that was shipped."""
