"""What a judge's reply says: a yes or a no, or a score from 1 to 5. What says neither is NaN, never a guess.

Knows no model. The replies are those that LlamaIndex's prompts for its evaluators ask for.
"""

import re
from math import nan

LEAST, MOST = 1.0, 5.0
"""The scale of LlamaIndex's CorrectnessEvaluator."""
_EMPHASIS = re.compile(r"[*_`#\"“”„]+")
_VERDICT = re.compile(r"(?i:answer\s*:\s*)?(?:(YES|NO)\b|((?i:yes|no))(?=\s*(?:[.,:;!—–-]|$)))")
_SHOUTED = re.compile(r"\b(?:YES|NO)\b")
_SCORE = re.compile(r"(?i:score\s*[:=]\s*)?(\d+(?:[.,]\d+)?)(?:\s*/\s*5(?:\.0)?)?\.?")


def read_support(reply: str) -> float:
    """1 for a reply that begins with YES, 0 for one that begins with NO, NaN for any other.

    LlamaIndex itself takes every reply that holds the letters "yes" for a yes and every other for a no.
    """
    first = _first_line(reply)
    found = _VERDICT.match(first)
    if not found or len(set(_SHOUTED.findall(first))) > 1:  # the second is the prompt's own words given back
        return nan
    return float((found[1] or found[2]).upper() == "YES")


def read_score(reply: str) -> tuple[float | None, str]:
    """The score from 1 to 5 on the first line, and the reason below it; None where there is no such score."""
    first = _first_line(reply)
    found = _SCORE.fullmatch(first)
    score = float(found[1].replace(",", ".")) if found else nan
    return (score if LEAST <= score <= MOST else None), reply


def scaled(score: float | None) -> float:
    """(score − 1) / 4, so that 1 to 5 becomes 0 to 1; NaN where there is none."""
    return nan if score is None else (score - LEAST) / (MOST - LEAST)


def _first_line(reply: str) -> str:
    """Without what a model thinks aloud before it replies, and without marks of emphasis."""
    said = _EMPHASIS.sub("", reply.rpartition("</think>")[2]).strip()
    return said.splitlines()[0].strip() if said else ""
