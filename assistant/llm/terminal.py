"""Who answers on a terminal: the documents alone or, where one is set, with a language model, which is waited for."""

import sys
from collections.abc import Callable

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.llm.configured import configured_model
from assistant.mend import History
from index.store import Store

Asked = Callable[[str, History], Answer]


def answering(store: Store) -> Asked:
    """Answers a question with those before it.

    Raises:
        MisuseError: the language model is set wrongly, or the extra `llm` is not installed.
    """
    assistant, model = Assistant(store), configured_model()
    if model is None:
        return assistant.ask
    from assistant.llm.fluent import Fluent

    fluent = Fluent(assistant, model)

    def ask(question: str, history: History) -> Answer:
        _tell(f"waiting for {model.name} …")
        for told in fluent.stream(question, history):
            checked = sum(bool(one.cites) for one in told.answer.statements)
            _tell(f"waiting for {model.name}; sentences checked so far: {checked}")
        _tell("")
        return told.answer

    return ask


def _tell(text: str) -> None:
    """Say on one line of a terminal how far it is."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
