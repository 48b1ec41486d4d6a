"""Connecting sentences: what a draft may say without a source, since it says how the text goes on and nothing else.

A sentence passes if all of it is made of words and turns of a closed list (`connecting.toml`), of titles, and, behind
"the call asks for" and the like, of one run of the call's own words as they stand there. Nothing on that list praises,
counts, dates or tells what somebody did, so leaving out its sources makes no claim pass. Does not know what is true.
"""

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from assistant.cited import MASK
from assistant.grammar import LANGUAGES
from corpus.folding import fold_keeping_length
from corpus.words import WORD, stem

MOST_WORDS = 40
LONGEST = 320
"""Words and characters of a sentence, with titles and words of the call."""
LONGEST_RUN = 25
"""Words of the call that one sentence may hold."""
MOST_FILLERS = 3
"""Words such as "projects that" between "the call asks for" and the call's own."""
_WORD = re.compile(rf"[^\W\d_{MASK}]+(?:['’-][^\W\d_]+)*|\d+")
_PLAIN = re.compile(rf"[^\W_]|[{MASK} ,.:;()'’‘“”„«»\"–-]")
_QUOTED = re.compile(r"“[^“”]*”|„[^„“”]*[”“]|«[^«»]*»|\"[^\"]*\"")
_CALLED = re.compile(r"\b(?:call|idea|proposal|apel|apelul|ideea|propunerea|apelului)[ ,:]*$")
_GOES_ON = re.compile(r"[”»\"]?(?:[.:]?\Z|[,;]? (?:and|iar|și) )")
"""How a sentence ends or goes on behind the call's words: "…, our organisation" would say who is meant by them."""
_ENDS = re.compile(r"[.!?…;]\s|\n\s*\n")


@dataclass(frozen=True, slots=True)
class _Frame:
    """What may be said in one language."""

    language: str
    units: re.Pattern[str]
    asks: re.Pattern[str]
    words: frozenset[str]
    fillers: frozenset[str]
    joining: frozenset[str]
    own: frozenset[str]


def connecting_faults(text: str, call: str, titles: Collection[str] = ()) -> list[str]:
    """What a sentence says beyond connecting, in words; empty if it only connects.

    `call` is the idea or call that is answered; `titles` are those of the projects that the draft cites.
    """
    said = " ".join(text.split())
    if not any(map(str.isalpha, said)):
        return ["it says nothing"]
    if not said.endswith((".", ":")):
        return ["it is no sentence"]
    if len(said) > LONGEST or len(_WORD.findall(said)) > MOST_WORDS:
        return [f"longer than {MOST_WORDS} words, and no source is given"]
    found = [_faults(said, call, titles, _frame(language)) for language in LANGUAGES]
    return min(found, key=len)


def _faults(said: str, call: str, titles: Collection[str], frame: _Frame) -> list[str]:
    said = _without_quoted(_without_titles(said, titles), call)
    said = _without_asked(said, call, frame)
    odd = sorted({one for one in said if not _PLAIN.fullmatch(one)})
    faults = [f"“{''.join(odd)}” without a source"] if odd else []
    left = frame.units.sub(lambda unit: " " * len(unit[0]), fold_keeping_length(said))
    unknown = dict.fromkeys(one.group() for one in _WORD.finditer(left) if one.group() not in frame.words)
    return faults + ([f"without a source: {', '.join(unknown)}"] if unknown else [])


def _without_titles(said: str, titles: Collection[str]) -> str:
    """The sentence with whole titles masked, and the quotation marks around them; letters as they are written."""
    for title in sorted({" ".join(title.split()) for title in titles}, key=len, reverse=True):
        if any(map(str.isalpha, title)):
            pattern = rf"(?<!\w)[“„«\"]?{re.escape(title)}(?!\w)[”“»\"]?"
            said = re.sub(pattern, lambda one: MASK * len(one[0]), said)
    return said


def _without_quoted(said: str, call: str) -> str:
    """The same with words of the call masked that stand between quotation marks right behind "the call"."""
    whole = fold_keeping_length(" ".join(call.split()))

    def masked(quoted: re.Match[str]) -> str:
        words = fold_keeping_length(quoted[0][1:-1]).strip(" .,;:")
        behind = _CALLED.search(fold_keeping_length(said[: quoted.start()]))
        is_right = behind and words and len(words.split()) <= LONGEST_RUN and _stands(words, whole)
        return MASK * len(quoted[0]) if is_right else quoted[0]

    return _QUOTED.sub(masked, said)


def _stands(words: str, whole: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", whole) is not None


def _without_asked(said: str, call: str, frame: _Frame) -> str:
    """The same with what the call is said to ask for masked, as far as these are its own words in its own order."""
    asked = frame.asks.search(fold_keeping_length(said))
    if asked is None:
        return said
    found = list(WORD.finditer(said, asked.end()))[: LONGEST_RUN + MOST_FILLERS]
    told = [fold_keeping_length(one.group()) for one in found]
    length = _longest_run(told, call, frame)
    end = found[length - 1].end() if length else asked.end()
    if not length or re.search(r"[.;:!?]", said[asked.end() : end]) or not _GOES_ON.match(said, end):
        return said
    # Quotation marks around the call's words change nothing.
    return said[: asked.start()] + MASK * (end - asked.start()) + said[end:]


def _longest_run(told: Sequence[str], call: str, frame: _Frame) -> int:
    """How many of these words, from the first, are the call's: fillers, then words that follow on each other there.

    What joins nouns, an article or "that", may stand or be left out; none of them may mean whoever writes the draft.
    """
    longest = 0
    told = told[: next((at for at, word in enumerate(told) if word in frame.own), len(told))]
    for start in range(min(MOST_FILLERS, len(told)) + 1):
        if not set(told[:start]) <= frame.fillers:
            break
        kept = [at for at in range(start, len(told)) if told[at] not in frame.joining]
        run = [stem(told[at], frame.language) for at in kept]
        length = max((_in_common(run, sentence) for sentence in _sentences(call, frame)), default=0)
        longest = max(longest, kept[length - 1] + 1 if length else 0)
    return longest


def _in_common(run: Sequence[str], sentence: Sequence[str]) -> int:
    """How many words of a run, from its first, follow on each other in a sentence."""
    starts = (at for at, word in enumerate(sentence) if run and word == run[0])
    alike = (zip(run, sentence[at:], strict=False) for at in starts)
    return max((len(list(takewhile(lambda two: two[0] == two[1], pairs))) for pairs in alike), default=0)


@lru_cache(maxsize=8)
def _sentences(call: str, frame: _Frame) -> tuple[tuple[str, ...], ...]:
    """The stems of each sentence of a call, without what joins; the end of a line ends none."""
    told = ((fold_keeping_length(one.group()) for one in WORD.finditer(part)) for part in _ENDS.split(call))
    return tuple(tuple(stem(word, frame.language) for word in part if word not in frame.joining) for part in told)


@cache
def _frame(language: str) -> _Frame:
    told: Any = tomllib.loads(Path(__file__).with_name("connecting.toml").read_text(encoding="utf-8"))[language]
    units, asks = (re.compile(rf"(?<!\w)(?:{'|'.join(told[key])})(?!\w)") for key in ("units", "asks"))
    plain = (frozenset(told[key].split()) for key in ("words", "fillers", "joining", "own"))
    return _Frame(language, units, asks, *plain)
