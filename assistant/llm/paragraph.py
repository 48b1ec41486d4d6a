"""One part of a draft: asked for, read as it streams in, checked by sentences, those refused asked for once more.

Knows the one project it tells of, or that it opens or closes the section; not the section.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from assistant.answer import Statement
from assistant.errors import LanguageModelError
from assistant.llm.connecting import connecting_faults
from assistant.llm.language_model import LanguageModel
from assistant.llm.message import Deadline, Prompt
from assistant.llm.prompts import drafted_again, numbered_source, project_paragraph, section_closing, section_opening
from assistant.llm.section import Material, Part, quoted_part
from assistant.llm.sentences import Numbered, Sentences
from assistant.llm.source import Ground, Source
from assistant.llm.supported import faults_in
from corpus.words import fold

PARAGRAPH_TOKENS, FRAME_TOKENS = 400, 120
"""Of a reply: a project's paragraph; what opens or closes the section."""
MOST_SENTENCES, MOST_FRAMING = 8, 2
"""Of a paragraph, and of an opening; where a model goes on, it is not read on."""
CALL_SHARE = 0.3
"""Of the room in a prompt, what the call may take; the rest is for sources."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A part that is asked for: of the project of this rank, or with 0 what opens, or, `is_last`, closes, it all."""

    model: LanguageModel
    material: Material
    rank: int
    deadline: Deadline
    is_last: bool = False

    @property
    def language(self) -> str:
        """The language of the section."""
        return self.material.precedents.language

    @property
    def ground(self) -> Ground | None:
        """What its sentences are held against; none for what opens or closes the section."""
        return self.material.grounds[self.rank - 1] if self.rank else None

    @property
    def soon(self) -> Deadline:
        """By when one request has to be over."""
        return Deadline(min(self.deadline.at, Deadline.within(self.model.settings.timeout_s).at))


@dataclass(frozen=True, slots=True)
class Refused:
    """A sentence that cannot be shown, and why."""

    text: str
    reason: str


def written_part(asked: Asked) -> Iterator[tuple[Part, int]]:
    """(the part as it grows, how many sentences were left out of it); a project of which nothing holds is quoted.

    Raises:
        LanguageModelError: the model failed; what was given until then holds.
    """
    tokens, most = (PARAGRAPH_TOKENS, MOST_SENTENCES) if asked.rank else (FRAME_TOKENS, MOST_FRAMING)
    prompt, sources = _prompt(asked, tokens)
    said: list[Statement | Refused] = []
    with closing(_sentences(asked.model.stream(prompt, asked.soon, reply_tokens=tokens), asked.language)) as sentences:
        for sentence in sentences:
            if sentence is None:
                said.clear()
                continue
            said.append(_judged(sentence, sources, asked))
            if isinstance(said[-1], Statement):
                yield Part(asked.rank, arranged(said, asked.rank)), 0
            if len(said) == most:
                break
    if refused := [(one.text, one.reason) for one in said if isinstance(one, Refused)]:
        anew = _anew(asked, drafted_again(prompt, refused), tokens)
        said = [
            _judged(next(anew, Numbered(one.text)), sources, asked) if isinstance(one, Refused) else one for one in said
        ]
    part = Part(asked.rank, arranged(said, asked.rank))
    if asked.rank and not part.is_stating:
        yield quoted_part(asked.material, asked.rank), len(said)
    else:
        yield part, len(said) - len(part.statements)


def _anew(asked: Asked, prompt: Prompt, tokens: int) -> Iterator[Numbered]:
    """The sentences of a second try; none where that fails, which loses nothing that was right at first."""
    try:
        reply = asked.model.reply(prompt, asked.soon, reply_tokens=tokens)
    except LanguageModelError:
        return
    yield from (one for one in _sentences([reply], asked.language) if one is not None)


def faults_of(statement: Statement, material: Material, rank: int) -> list[str]:
    """What keeps a statement from standing in the part of this rank, in words; empty if nothing does."""
    if not statement.cites:
        return connecting_faults(statement.text, material.precedents.idea, material.titles)
    if not rank:
        return ["what opens or closes the section rests on no source"]
    ground = material.grounds[rank - 1]
    unknown = [n for n in statement.cites if n not in ground.citations]
    return [f"there is no citation {unknown[0]}"] if unknown else faults_in(statement, ground)


def arranged(said: Sequence[Statement | Refused], rank: int) -> tuple[Statement, ...]:
    """What is shown: nothing twice, and of a project no two in a row that only connect, nor one at its end."""
    kept: list[Statement] = []
    for one in said:
        if not isinstance(one, Statement) or any(fold(one.text) == fold(other.text) for other in kept):
            continue
        if rank and one.is_connecting and kept and kept[-1].is_connecting:
            continue
        kept.append(one)
    while rank and kept and kept[-1].is_connecting:
        kept.pop()
    return tuple(kept)


def _sentences(pieces: Iterable[str], language: str) -> Generator[Numbered | None, None, None]:
    """The sentences of a stream, which is closed with it; None where all that came before was none of the reply."""
    read = Sentences(language)
    restarts = 0
    try:
        for piece in pieces:
            found = read.feed(piece)
            if read.restarts != restarts:
                restarts = read.restarts
                yield None
            yield from found
        yield from read.end()
    finally:
        if close := getattr(pieces, "close", None):
            close()


def _judged(sentence: Numbered, sources: Sequence[Source], asked: Asked) -> Statement | Refused:
    """The sentence as a statement, or why it cannot be one."""
    held = {source.n: source for source in sources}
    if not sentence.is_whole:
        return Refused(sentence.text, "it has no end")
    if unknown := [n for n in sentence.numbers if n not in held]:
        return Refused(sentence.text, f"there is no source S{unknown[0]}")
    cited = [held[n] for n in sentence.numbers]
    statement = Statement(
        sentence.text,
        tuple(dict.fromkeys(n for source in cited for n in source.cites)),
        derived=tuple(one for source in cited for one in source.derived),
        is_connecting=not cited,
    )
    faults = faults_of(statement, asked.material, asked.rank)
    if faults and asked.rank and not cited:
        return Refused(sentence.text, "no source stands at its end")
    return Refused(sentence.text, "; ".join(faults)) if faults else statement


def _prompt(asked: Asked, tokens: int) -> tuple[Prompt, Sequence[Source]]:
    """What is asked, and the sources that it gives: as many as the model can read at once."""
    model, call = asked.model, asked.material.precedents.idea
    # Room for the reply, and for a second try, which repeats some of it and says what is wrong with it.
    room = model.context_tokens - 3 * tokens - _size(_worded(asked, "", ()), model)
    call = shortened(call, int(room * CALL_SHARE), model)
    room -= model.count(call)
    sources = asked.ground.sources if asked.ground else ()
    kept = []
    for source, size in zip(sources, model.counts([f"{numbered_source(one)}\n" for one in sources]), strict=True):
        if size <= room:
            kept.append(source)
            room -= size
    return _worded(asked, call, kept), kept


def _worded(asked: Asked, call: str, sources: Sequence[Source]) -> Prompt:
    if asked.rank:
        return project_paragraph(asked.language, call, asked.material.titles[asked.rank - 1], sources)
    if asked.is_last:
        return section_closing(asked.language, call)
    return section_opening(asked.language, call, asked.material.titles)


def _size(prompt: Prompt, model: LanguageModel) -> int:
    return sum(model.counts([message.text for message in prompt]))


def shortened(text: str, tokens: int, model: LanguageModel) -> str:
    """As many words from the beginning of a text as make no more than so many of the model's tokens."""
    words = text.split()
    if model.count(text) <= tokens:
        return text
    few, many = 0, max(0, min(len(words) - 1, tokens))  # a word is a token or more
    while few < many:
        middle = (few + many + 1) // 2
        few, many = (middle, many) if model.count(" ".join(words[:middle])) <= tokens else (few, middle - 1)
    return " ".join(words[:few])
