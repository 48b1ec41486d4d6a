"""The same question in other words, by rule: terse, turned round, typed badly, or in the other language."""

import re
from collections.abc import Callable, Iterator, Sequence
from zlib import crc32

from eval.growing.asked import LANGUAGES, Asked
from eval.growing.wording import PLAIN, TERSE, TURNED, worded
from eval.json_lines import Row
from eval.sets.forms import plain_words, without_accents

LONG_WORD = 7
"""Letters of a word that a slip is made in."""
Reword = Callable[[str, str], Sequence[str]]
"""Other ways to say (a question, in its language); a language model's, where one is configured."""
MODEL = "model-"
"""In the id of a wording, before its number, where it is that of a model."""


def rewordings(row: Row, asked: Asked, languages: Sequence[str], most: int, reword: Reword | None = None) -> list[Row]:
    """At most `most` rows that say a chosen question, `row`, in other words; which kinds of them, its id decides.

    Those whose words are the model's say so in their ids (`is_of_model`).
    """
    if not most:
        return []
    said = {_plain(row["question"], row["language"])}
    found: list[Row] = []
    for question, language, by in _ways(row, asked, languages, reword):
        plain = _plain(question, language)
        if plain in said or len(found) == most:
            continue
        said.add(plain)
        other = {"id": f"{row['id']}~{by}{len(found) + 1}", "of": row["id"], "question": question}
        found.append(other if language == row["language"] else {**other, "language": language})
    return found


def is_of_model(row: Row) -> bool:
    """Whether a row is a wording that a model has made."""
    return "of" in row and str(row["id"]).startswith(f"{row['of']}~{MODEL}")


def _plain(question: str, language: str) -> str:
    """Questions that differ in nothing but capitals are one; those without accents are another wording."""
    return f"{language} {' '.join(question.lower().split())}"


def _ways(row: Row, asked: Asked, languages: Sequence[str], reword: Reword | None) -> Iterator[tuple[str, str, str]]:
    """(question, its language, the mark of who made it), those of a language model first."""
    question, language = row["question"], row["language"]
    if reword:
        yield from ((one, language, MODEL) for one in reword(question, language))
    other = next((one for one in LANGUAGES if one != language and one in asked.languages and one in languages), "")
    made: list[Callable[[], tuple[str, str]]] = [
        lambda: (worded(asked, language, TERSE), language),
        lambda: (worded(asked, language, TURNED), language),
        lambda: (in_small_letters(question), language),
        lambda: (with_slip(question), language),
        lambda: (worded(asked, other, PLAIN) if other else question, other or language),
    ]
    first = crc32(str(row["id"]).encode()) % len(made)
    yield from ((*make(), "") for make in (*made[first:], *made[:first]))


def in_small_letters(question: str) -> str:
    """As somebody types it who has neither time nor a key for accents."""
    return without_accents(question.lower()).rstrip("?. ")


def with_slip(question: str) -> str:
    """With two letters of a long word changed round; as it is where no word is long enough.

    The word and its letters are decided by the question, so that it is the same in every run.
    """
    words = [match for match in re.finditer(r"[^\W\d_]+", question) if len(match.group()) >= LONG_WORD]
    number = crc32(plain_words(question).encode())
    for step in range(len(words)):
        match = words[(number + step) % len(words)]
        word = match.group()
        places = [at for at in range(2, len(word) - 2) if word[at] != word[at + 1]]
        if places:
            at = places[number % len(places)]
            slipped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            return question[: match.start()] + slipped + question[match.end() :]
    return question
