"""An answer that a language model writes from numbered sources, each sentence checked before anybody sees it.

The stream is read sentence by sentence; what is right may be shown at once. What is not is asked for once more when
the stream is over, with the reason, and left out where it is wrong again. Does not know what makes a sentence right:
`assistant.llm.supported` does. Never raises for what a model or its server does.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from assistant.answer import Derived, Statement
from assistant.derived import allows
from assistant.errors import LanguageModelError
from assistant.figures import figures_of
from assistant.llm.asides import states_nothing
from assistant.llm.language_model import LanguageModel
from assistant.llm.markers import SENTINEL
from assistant.llm.message import Deadline
from assistant.llm.prompts import rewriting_prompt, writing_prompt
from assistant.llm.sentences import Numbered, Sentences
from assistant.llm.source import Ground
from corpus.words import words

MOST_STATEMENTS, MOST_READ, MOST_WRONG = 12, 30, 8
"""Sentences that are shown, that are read, and that may be wrong before the first right one: then the stream is closed.
The model is asked for five; a list of ten projects is still an answer, and eight wrong ones in a row are gibberish."""
MOST_RETRIES, LEAST_FOR_RETRY_S = 3, 1.0
REPLY_PART, FEWEST_REPLY_TOKENS, MOST_REPLY_TOKENS = 6, 400, 2000
"""The part of the context that a reply may have: 682 of 4096 tokens; models that think before they write need more."""
RETRY_TOKENS = 200
"""Of one sentence; 120 of Romanian in the worst of tokenizers, and what a model says around it."""
TOKENS_OF_MESSAGE = 12
"""That the form of a chat puts around each message: who speaks, where it begins and ends."""
EMPTY = "its reply is empty"
Faults = Callable[[Statement, Ground], list[str]]


@dataclass(frozen=True, slots=True)
class Written:
    """What may be shown so far; every statement has been checked.

    In the last one, which `is_finished`, `left_out` counts the sentences that were wrong twice, and `trouble` tells
    what the model failed at, if it did. It `says_nothing` where the model says that the sources do not answer.
    """

    statements: tuple[Statement, ...]
    left_out: int = 0
    is_finished: bool = False
    trouble: str = ""
    says_nothing: bool = False


@dataclass(slots=True)
class _Draft:
    """Sentences in the order they came: those that are right, and those that are wrong, with the reason.

    None stands where a wrong one turned out to be one of the right ones.
    """

    ground: Ground
    faults: Faults
    lines: list[Statement | tuple[Numbered, str] | None] = field(default_factory=list)
    read: int = 0
    says_nothing: bool = False

    @property
    def right(self) -> tuple[Statement, ...]:
        """Those that are right."""
        return tuple(one for one in self.lines if isinstance(one, Statement))

    @property
    def wrong(self) -> list[tuple[int, Numbered, str]]:
        """Those that are wrong, each with its place before it and the reason behind."""
        return [(at, *one) for at, one in enumerate(self.lines) if isinstance(one, tuple)]

    @property
    def is_over(self) -> bool:
        """Whether no more is to be read."""
        right = len(self.right)
        is_hopeless = not right and len(self.lines) >= MOST_WRONG
        return self.says_nothing or right >= MOST_STATEMENTS or self.read >= MOST_READ or is_hopeless

    def take(self, sentence: Numbered) -> bool:
        """Whether there is more to show than before this sentence."""
        self.read += 1
        if SENTINEL.search(sentence.text):
            self.says_nothing = not self.right  # behind something right it is a remark
            return False
        if states_nothing(sentence):
            return False
        if self.has(sentence.text):
            return False
        statement, faults = judged(sentence, self.ground, self.faults)
        self.lines.append((sentence, "; ".join(faults)) if faults else statement)
        return not faults

    def has(self, text: str) -> bool:
        """Whether the same has been said already, be it right or wrong."""
        said = [*(one.text for one in self.right), *(one.text for _, one, _ in self.wrong)]
        return words(text) in map(words, said)


def write(
    model: LanguageModel, ground: Ground, deadline: Deadline, *, faults: Faults | None = None
) -> Iterator[Written]:
    """What may be shown of an answer, again with each sentence that is found right, then all of it, finished.

    `faults` says what of a statement its citations do not say; it is that of `assistant.llm.supported` unless given.
    """
    draft = _Draft(ground, faults or _supported())
    trouble = ""
    try:
        with closing(_streamed(model, draft, deadline)) as sentences:
            for sentence in sentences:
                if draft.take(sentence):
                    yield Written(draft.right)
                if draft.is_over:
                    break
    except LanguageModelError as error:
        trouble = str(error)
    if draft.says_nothing:
        yield Written((), is_finished=True, says_nothing=True)
        return
    if not trouble and (draft.right or len(draft.lines) < MOST_WRONG):
        try:
            for _ in _mended(model, draft, deadline):
                yield Written(draft.right)
        except LanguageModelError as error:
            trouble = str(error)
    if not draft.read:
        trouble = trouble or EMPTY
    yield Written(draft.right, len(draft.wrong), is_finished=True, trouble=trouble)


def room_for_sources(model: LanguageModel, question: str, language: str) -> int:
    """The tokens that sources may have in the prompt, beside its rules, the reply, and one sentence asked for again."""
    prompt = rewriting_prompt(question, language, (), Numbered(""), "")
    told = sum(model.count(message.text) + TOKENS_OF_MESSAGE for message in prompt)
    return max(0, model.context_tokens - told - reply_tokens(model) - RETRY_TOKENS)


def reply_tokens(model: LanguageModel) -> int:
    """The tokens that the answer may have."""
    return min(MOST_REPLY_TOKENS, max(FEWEST_REPLY_TOKENS, model.context_tokens // REPLY_PART))


def judged(sentence: Numbered, ground: Ground, faults: Faults) -> tuple[Statement, list[str]]:
    """(the statement that a sentence makes, what is wrong with it, in words)."""
    by_number = {source.n: source for source in ground.sources}
    named = [by_number[n] for n in sentence.numbers if n in by_number]
    cites = tuple(dict.fromkeys(n for source in named for n in source.cites))
    figures = figures_of(sentence.text).numbers
    said = [one for source in named for one in source.derived if any(allows([one], number) for number in figures)]
    derived: tuple[Derived, ...] = tuple(dict.fromkeys(said))  # a sum it does not say excuses no other figure
    statement = Statement(sentence.text, cites, derived=derived)
    if not sentence.is_whole:
        return statement, ["the sentence is not finished"]
    if not sentence.numbers:
        return statement, ["it names no source"]
    if unknown := [n for n in sentence.numbers if n not in by_number]:
        return statement, [f"there is no source S{unknown[0]}"]
    return statement, faults(statement, ground)


def _streamed(model: LanguageModel, draft: _Draft, deadline: Deadline) -> Generator[Numbered]:
    """The sentences of the answer as they are finished; if the stream breaks, those that were, and then its error."""
    ground = draft.ground
    prompt = writing_prompt(ground.question, ground.language, ground.sources)
    sentences = Sentences(ground.language)
    pieces = model.stream(prompt, deadline, reply_tokens=reply_tokens(model))
    try:
        for piece in pieces:
            restarts = sentences.restarts
            found = sentences.feed(piece)
            if sentences.restarts > restarts:
                draft.lines.clear()
            yield from found
    except LanguageModelError:
        yield from sentences.end(is_broken=True)
        raise
    finally:
        if close := getattr(pieces, "close", None):
            close()  # and with it the connection, where the reader is gone or has enough
    yield from sentences.end()


def _mended(model: LanguageModel, draft: _Draft, deadline: Deadline) -> Iterator[None]:
    """Ask once more for what was wrong; yields each time one has become right and stands in its place."""
    ground = draft.ground
    for at, wrong, reason in draft.wrong[:MOST_RETRIES]:
        if deadline.left_s < LEAST_FOR_RETRY_S:
            return
        prompt = rewriting_prompt(ground.question, ground.language, ground.sources, wrong, reason)
        sentences = Sentences(ground.language)
        reply = model.reply(prompt, deadline, reply_tokens=RETRY_TOKENS)
        found = [one for one in (*sentences.feed(reply), *sentences.end()) if not states_nothing(one)]
        if not found or SENTINEL.search(found[0].text):
            continue
        statement, faults = judged(found[0], ground, draft.faults)
        if not faults:
            is_said = words(statement.text) in (words(one.text) for one in draft.right)
            draft.lines[at] = None if is_said else statement
            yield


def _supported() -> Faults:
    from assistant.llm.supported import faults_in

    return faults_in
