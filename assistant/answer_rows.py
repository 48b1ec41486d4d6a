"""An Answer as JSON types and back, with nothing lost: what a conversation keeps. `answer.to_json` is for programs.

A field that an Answer gets later has to have a default: rows of the time before lack it.
"""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from assistant.answer import Answer, Citation, Derived, Statement
from corpus.document import Span

Row = dict[str, Any]


def answer_row(answer: Answer) -> Row:
    """The answer as JSON types; numbers that have to stay exact are texts."""
    statements = [_statement_row(one) for one in answer.statements]
    citations = [_citation_row(one) for one in answer.citations]
    return {**_own(answer), "statements": statements, "citations": citations}


def _statement_row(statement: Statement) -> Row:
    derived = [_derived_row(one) for one in statement.derived]
    return {**_own(statement), "cites": list(statement.cites), "derived": derived}


def _derived_row(derived: Derived) -> Row:
    exact = {"value": str(derived.value), "values": [str(value) for value in derived.values]}
    return {**_own(derived), **exact, "from_": list(derived.from_)}


def _citation_row(citation: Citation) -> Row:
    return {**_own(citation), "span": list(citation.span), "decisive": [list(span) for span in citation.decisive]}


def _own(one: Answer | Statement | Derived | Citation) -> Row:
    """The fields as they are: `asdict` takes half of the time that it takes to keep a long answer."""
    return {field.name: getattr(one, field.name) for field in fields(one)}


def answer_of(row: Mapping[str, Any]) -> Answer:
    """The answer of a row."""
    statements = tuple(_statement(one) for one in row["statements"])
    citations = tuple(_citation(one) for one in row["citations"])
    return Answer(**{**row, "statements": statements, "citations": citations})


def _statement(row: Row) -> Statement:
    derived = tuple(_derived(one) for one in row["derived"])
    return Statement(**{**row, "cites": tuple(row["cites"]), "derived": derived})


def _derived(row: Row) -> Derived:
    exact = {"value": Decimal(row["value"]), "values": tuple(Decimal(one) for one in row["values"])}
    return Derived(**{**row, **exact, "from_": tuple(row["from_"])})


def _citation(row: Row) -> Citation:
    decisive = tuple(Span(*span) for span in row["decisive"])
    return Citation(**{**row, "span": Span(*row["span"]), "decisive": decisive})
