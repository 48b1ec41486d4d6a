"""What people said of answers, made into candidates: a pair for each, as far as their verdict fixes one.

A thumb up says that the answer was right, so what it rests on is proposed as gold; a thumb down, only that it was not.
"""

from collections.abc import Iterator, Mapping
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
UNSAID = "a person has to say what is right"


def take_feedback(store: Store) -> int:
    """Make a candidate of what was said and not taken yet; how many were made. The same said twice makes one."""
    made = 0
    with store.catalogue.transaction() as connection:
        known = [dict(one.pair) for one in read_candidates(connection)]
        for one in read_feedback(connection, taken=False):
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
    """The words that decided, each once, and the quotes they stand in."""
    words = list(dict.fromkeys(word for one in said.citations for word in _decisive(one)))
    sources = [
        {"document": file_of(str(one["document"])), "quote": _plain(str(one["quote"]))} for one in said.citations
    ]
    distinct = [one for at, one in enumerate(sources) if one not in sources[:at]]
    return {"answers": words, "sources": distinct} if len(words) == 1 else {"all": words, "sources": distinct}


def _decisive(citation: Mapping[str, Any]) -> Iterator[str]:
    """The decisive words of a quote; the whole of it where none stand out."""
    quote, start = str(citation["quote"]), int(citation["start"])
    spans = citation.get("decisive") or [(start, start + len(quote))]
    yield from (_plain(quote[begin - start : end - start]) for begin, end in spans)


def _plain(text: str) -> str:
    return " ".join(text.split())


def note_of(said: Feedback) -> str:
    """What a person who judges it has to know: the answer that was given, and what was said of it."""
    verdict = "thumb up" if said.verdict == UP else f"thumb down: {UNSAID}"
    comment = f"\ncomment: {said.comment}" if said.comment.strip() else ""
    return f"{verdict}{comment}\nwhat was answered ({said.status}): {said.answer.strip()}"
