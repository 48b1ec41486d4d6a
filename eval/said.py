"""What people said of answers, made into candidates: a pair for each, as far as their verdict fixes one.

A thumb up says that the answer was right, so what it rests on is proposed as gold; a thumb down, only that it was not.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from assistant.answer import ANSWERED
from assistant.language import detect_language
from corpus.files import file_of
from eval.growing.asked import slug_of
from eval.json_lines import Row
from index.candidates import FEEDBACK, add_candidate, read_candidates
from index.feedback import UP, Feedback, mark_taken, read_feedback
from index.store import Store

KIND = "asked"
"""Of questions that somebody asked."""
QUOTED = re.compile(r"[“„](.+?)”", re.DOTALL)
UNSAID = "a person has to say what is right"


def take_feedback(store: Store) -> int:
    """Make a candidate of what was said and not taken yet; how many were made. The same said twice makes one."""
    return _take(store, lambda connection: read_feedback(connection, taken=False))


def take_one(store: Store, key: int) -> bool:
    """Make a candidate of the feedback of a key, unless it has become one; whether one was made."""
    return bool(_take(store, lambda connection: [o for o in read_feedback(connection, key=key) if not o.taken]))


def _take(store: Store, chosen: Callable[[Any], list[Feedback]]) -> int:
    made = 0
    with store.catalogue.transaction() as connection:
        known = [dict(one.pair) for one in read_candidates(connection)]
        for one in chosen(connection):
            pair = proposed(one)
            if pair not in known:
                add_candidate(connection, pair, origin=FEEDBACK, note=note_of(one))
                known.append(pair)
                made += 1
            mark_taken(connection, one.key)
    return made


def proposed(said: Feedback) -> Row:
    """The pair that a verdict speaks for; without answers where it does not say what is right."""
    is_right = said.verdict == UP
    is_answered = said.status == ANSWERED
    row: Row = {
        "id": slug_of(KIND, *said.history[-1:], said.question), "question": said.question,
        "history": list(said.history), "kind": KIND, "language": detect_language(said.question),
        "answerable": is_answered or not is_right, "answers": [], "all": [], "none": [], "sources": [],
    }  # fmt: skip
    return {**row, **_gold(said)} if is_right and is_answered else row


def _gold(said: Feedback) -> Row:
    """The words that decided, each once, and the quotes they stand in; of several projects the projects as well."""
    titles = list(dict.fromkeys(_plain(str(one["project"])) for one in said.citations if one.get("project")))
    decided = dict.fromkeys(word for one in said.citations for word in _decisive(one, said.answer))
    are_several = len(titles) > 1
    words = [*(titles if are_several else ()), *decided]
    sources = [_source(one, by_project=are_several) for one in said.citations]
    distinct = [one for at, one in enumerate(sources) if one not in sources[:at]]
    return {"answers": words, "sources": distinct} if len(words) == 1 else {"all": words, "sources": distinct}


def _source(citation: Mapping[str, Any], *, by_project: bool) -> Row:
    """What was cited, by its words; of several projects by the project, since their words may be the same."""
    document = file_of(str(citation["document"]))
    if by_project and citation.get("project"):
        return {"document": document, "project": _plain(str(citation["project"]))}
    return {"document": document, "quote": _plain(str(citation["quote"]))}


def _decisive(citation: Mapping[str, Any], answer: str) -> list[str]:
    """The decisive words of a quote; of them, or of the whole quote, those that the answer has in quotation marks."""
    quote, start = str(citation["quote"]), int(citation["start"])
    spans = citation.get("decisive") or [(start, start + len(quote))]
    words = [_plain(quote[begin - start : end - start]) for begin, end in spans]
    shown = [_plain(one) for one in QUOTED.findall(answer)]
    return [one for word in words for one in ([part for part in shown if part in word] or [word])]


def _plain(text: str) -> str:
    return " ".join(text.split())


def note_of(said: Feedback) -> str:
    """What a person who judges it has to know: the answer that was given, and what was said of it."""
    verdict = "thumb up" if said.verdict == UP else f"thumb down: {UNSAID}"
    comment = f"\ncomment: {said.comment}" if said.comment.strip() else ""
    return f"{verdict}{comment}\nwhat was answered ({said.status}): {said.answer.strip()}"
