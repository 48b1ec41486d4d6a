"""A question in other words, proposed by a language model: what a person looks through before it joins a set."""

import asyncio
import re

from assistant.errors import LanguageModelError
from assistant.model_client import ask_within, open_model
from assistant.model_settings import ModelSettings
from corpus.words import fold

PROMPT = """\
Say this question in {many} other ways, in {language}, as different people would ask it: formal, short, turned round.
Keep every name, number and date exactly as it is. Add nothing and leave out nothing.
Write one question a line, without numbers or bullets before it, and nothing else.

Question: {question}"""
LANGUAGES = {"en": "English", "ro": "Romanian"}
MANY = 5
MOST_FAILURES = 3
REPLY_TOKENS = 1024
LONGEST, SHORT = 3, 40
"""What is more than so many times as long as the question, or as so many characters, is something else."""
_LIST_MARK = re.compile(r"\s*(?:[-*•–]|\(?\d{1,2}[.):])\s+")
_NUMBER = re.compile(r"\d+")


class Rewording:
    """A model that is asked for wordings, and no more once it has failed three times in a row."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._in_a_row = 0
        self.failures = 0

    @property
    def is_given_up(self) -> bool:
        """Whether it is asked no more."""
        return self._in_a_row >= MOST_FAILURES

    def __call__(self, question: str, language: str) -> tuple[str, ...]:
        """Up to five wordings; none where the model gives none that can be used, in the time of one request.

        Raises:
            MisuseError: the extra that brings the client is not installed.
        """
        if self.is_given_up:
            return ()
        prompt = PROMPT.format(many=MANY, language=LANGUAGES.get(language, language), question=question)
        try:
            reply = asyncio.run(_reply(prompt, self._settings))
        except LanguageModelError:
            self.failures += 1
            self._in_a_row += 1
            return ()
        self._in_a_row = 0
        return wordings(reply, question)


def wordings(reply: str, question: str) -> tuple[str, ...]:
    """The lines of a reply that are the question in other words; without its names and numbers it is another one."""
    seen = {_plain(question)}
    found = []
    for line in reply.rpartition("</think>")[2].splitlines():
        said = _LIST_MARK.sub("", line, count=1).strip().strip("*_`\"“”„'").strip()
        if _is_wording(said, question) and _plain(said) not in seen:
            seen.add(_plain(said))
            found.append(said)
    return tuple(found[:MANY])


def _is_wording(said: str, question: str) -> bool:
    if len(said.split()) < 2 or len(said) > LONGEST * max(len(question), SHORT):
        return False
    ends_like_it = said.endswith("?") or said[-1].isalnum() or said[-1] == question.strip()[-1:]
    return ends_like_it and _names(question) <= set(_plain(said).split()) and _numbers(said) == _numbers(question)


def _numbers(text: str) -> list[str]:
    return sorted(_NUMBER.findall(text))


def _names(text: str) -> set[str]:
    """What is written with a capital, but for the first word: names, mostly."""
    return {_plain(word) for word in re.findall(r"\w+", text)[1:] if word[0].isupper()}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


async def _reply(prompt: str, settings: ModelSettings) -> str:
    model = open_model(settings, reply_tokens=REPLY_TOKENS)
    return str(await ask_within(model, settings, lambda: model.acomplete(prompt), settings.timeout_s))
