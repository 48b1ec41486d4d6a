"""What can go wrong between a question and its answer, beside what the layers below report.

ProjectError (corpus.errors)
├── LanguageModelError   the language model gave no reply that can be used (exit code 1)
└── ConversationError    a conversation, or one of its citations, is not there (exit code 1)

A refusal to answer is an Answer, not an error.
"""

from corpus.errors import ProjectError


class LanguageModelError(ProjectError):
    """The message is the reason, in a few words, and holds nothing of what the model's server said."""


class ConversationError(ProjectError):
    """It never was, or it is kept no more."""
