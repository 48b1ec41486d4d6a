"""The check before display: quotes are verbatim, and each number and quoted word of a statement is in what it cites.

The same for every way of making an answer. It compares; it does not mend.
"""

import re
from collections.abc import Mapping

from assistant.answer import ANSWERED, Answer, Citation, Statement, numbered
from corpus.amounts import find_money
from corpus.document import Document

NUMBER = re.compile(r"\d[\d.,\u00a0\u202f ]*\d|\d")
QUOTED = re.compile(r"[“„](.+)”")


def check(answer: Answer, documents: Mapping[str, Document]) -> list[str]:
    """What is wrong with an answer, in words; empty if nothing is. `documents` by id."""
    citations = numbered(answer.citations)
    faults = [f"citation {c.n} is not verbatim" for c in answer.citations if not _is_verbatim(c, documents)]
    for statement in answer.statements:
        if answer.status == ANSWERED and not statement.cites and not statement.is_remark:
            faults.append(f"nothing is cited for: {statement.text}")
        unknown = [n for n in statement.cites if n not in citations]
        if unknown:
            faults.append(f"there is no citation {unknown[0]}")
        elif statement.cites:
            faults.extend(_unsupported(statement, [citations[n] for n in statement.cites]))
    return faults


def _is_verbatim(citation: Citation, documents: Mapping[str, Document]) -> bool:
    document = documents.get(citation.document_id)
    return document is not None and bool(citation.quote.strip()) and citation.span.of(document.text) == citation.quote


def _unsupported(statement: Statement, cited: list[Citation]) -> list[str]:
    source = " ".join(f"{citation.quote} {citation.project or ''}" for citation in cited)
    own = statement.text
    for citation in cited:
        own = own.removeprefix(citation.project or "")  # a title may hold quotation marks itself
    faults = []
    for words in QUOTED.findall(own):
        if _plain(words) not in _plain(source):
            faults.append(f"not in its source: {words}")
    known = _numbers(source) | _readings(cited)
    faults.extend(f"number not in its source: {n}" for n in sorted(_numbers(statement.text) - known))
    currencies = {money.currency for citation in cited for money in find_money(citation.quote)}
    stated = {money.currency for money in find_money(QUOTED.sub("", own))}
    faults.extend(f"currency not in its source: {currency}" for currency in sorted(filter(None, stated - currencies)))
    return faults


def _readings(cited: list[Citation]) -> set[str]:
    """The numbers that an ambiguous amount of the source may mean; saying both is not adding one."""
    return {number for citation in cited for money in find_money(citation.quote) for number in _numbers(money.note)}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _numbers(text: str) -> set[str]:
    """Every number of a text by its digits, and every amount by its value: `1,2 mil. lei` holds 1200000."""
    found = {
        re.sub(r"\D", "", number)
        for match in NUMBER.finditer(text)
        for number in (match.group(), *match.group().split())
    }
    found |= {f"{money.amount:f}".replace(".", "") for money in find_money(text) if money.amount is not None}
    return found - {""}
