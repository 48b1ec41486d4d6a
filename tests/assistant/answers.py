"""What tests read from an answer: which projects it lists, what it cites, and whether its quotes are verbatim."""

from assistant.answer import ANSWERED, TOTAL, Answer
from assistant.assistant import Assistant
from assistant.check import check


def listed(answer: Answer) -> list[str]:
    """The projects that have a line of their own, in order: what stands before the dash, or all of the line."""
    own = [one for one in answer.statements if one.cites and not one.is_remark]
    titles = {one.project for one in answer.citations}
    return [title for one in own if (title := one.text.partition(" – ")[0]) in titles]


def cited(answer: Answer) -> set[tuple[str | None, str]]:
    """The projects cited, with their documents."""
    return {(one.project, one.document) for one in answer.citations}


def quotes(answer: Answer) -> list[str]:
    """The words cited, in order."""
    return [one.quote for one in answer.citations]


def ask(assistant: Assistant, question: str, *history: str) -> Answer:
    """Ask, and assert what holds of every answer: it passes the check, and its quotes are its documents' words."""
    answer = assistant.ask(question, history)
    documents = assistant.store.sources
    for one in answer.citations:
        assert one.quote == documents[one.document].text[one.span.start : one.span.end]
    vouched = frozenset(d.value for said in answer.statements for d in said.derived if d.kind == TOTAL)
    assert check(answer, assistant.store.documents, titles=assistant.records.all_titles, totals=vouched) == []
    assert answer.citations or answer.status != ANSWERED
    return answer
