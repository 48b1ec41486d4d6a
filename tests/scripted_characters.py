"""Characters of a language model that read what they are given: the honest one, liars, the disobedient, the clumsy.

Each is a function of the request: it finds the numbered sources in the prompt, however they are set out, and tells a
plan that is asked for from an answer, and that from one sentence that it has to write again.
"""

import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.scripted_events import Flow
from tests.scripted_model import Character, Reply, Request, prompt_of, refuses

PLAN, WRITE, AGAIN = "plan", "write", "again"
LINE = re.compile(r"^\W{0,2}S(\d{1,3})\b[\]|:.)\s]*(.+)$", re.MULTILINE)
"""`[S3] Title: text`, `S3 | title | text` and the like."""
BUDGET = re.compile(r"(?:Budget|Buget|Grant)\W+([\d.,]+ ?[A-Z]{3})", re.IGNORECASE)
PERIOD = re.compile(r"(?:Period|Perioada)\W+([^“”„|]+\d{4})", re.IGNORECASE)
FUNDER = re.compile(r"(?:Funder|Finanțator)\W+([^“”„|]+)", re.IGNORECASE)
TITLE = re.compile(r"^([^:|]+?)(?: – [^:|]*)?\s*[:|]\s*(.+)$")
QUESTION = re.compile(r"<question>(.*?)</question>", re.DOTALL)
HINT, SHAPE = re.compile(r'"hint":(?=\{)'), re.compile(r"JSON schema:\s*(?=\{)")
ROMANIAN = re.compile(r"\bRomanian\b")
WRONG_NAME, WRONG_YEAR, WRONG_MONEY = "Zoltan Fabricius", "1871", "987.654 CHF"
"""What no document of a test holds."""
PLANTED_KEY = "sk-planted-9f8e7d6c5b4a"
"""A key that a test plants, and that a model may say."""

Told = dict[str, Any]
Sentences = Sequence[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A source as the prompt numbers it; `whole` is its title, its text, and what may stand between."""

    n: int
    whole: str
    title: str
    text: str


def asked_for(request: Request) -> str:
    """What a request is about: `PLAN`, `WRITE`, or one sentence `AGAIN`."""
    if "response_format" in request or "tools" in request or "one JSON object" in prompt_of(request):
        return PLAN
    roles = [message["role"] for message in request["messages"]]
    return AGAIN if "assistant" in roles[-2:] else WRITE


def sources_in(request: Request) -> list[Line]:
    """The sources of the prompt, in order."""
    found = []
    for number, line in LINE.findall(prompt_of(request)):
        parts = TITLE.match(line)
        found.append(Line(int(number), line, *(parts.groups() if parts else ("", line))))
    return found


def is_romanian(request: Request) -> bool:
    """Whether the answer is to be in Romanian."""
    return ROMANIAN.search(prompt_of(request)) is not None


def sentence_of(line: Line, *, romanian: bool) -> str:
    """A right sentence that rests on a source, with its marker."""
    mark = f"[S{line.n}]"
    if found := BUDGET.search(line.whole):
        said = f"Bugetul proiectului {line.title} a fost de" if romanian else f"The budget of {line.title} was"
        return f"{said} {found[1]} {mark}."
    if found := PERIOD.search(line.whole):
        said = f"{line.title} a avut loc în perioada" if romanian else f"{line.title} took place in"
        return f"{said} {found[1].strip()} {mark}."
    if found := FUNDER.search(line.whole):
        said = f"{line.title} a fost finanțat de" if romanian else f"{line.title} was funded by"
        return f"{said} {found[1].strip(' .')} {mark}."
    quoted = line.text.strip("“”„ ")
    return f"Documentele spun: „{quoted}” {mark}." if romanian else f"{quoted.rstrip('.')} {mark}."


def right(request: Request) -> list[str]:
    """Right sentences from the first two sources."""
    romanian = is_romanian(request)
    return [sentence_of(line, romanian=romanian) for line in sources_in(request)[:2]] or ["NOT_FOUND"]


def plan_of(request: Request) -> Told:
    """The plan that it is given as a hint; what that leaves open is left open."""
    last = str(request["messages"][-1]["content"])
    given = request.get("response_format", {}).get("json_schema", {}).get("schema") or _object_behind(SHAPE, last)
    told: Told = _filled(given, given.get("$defs", {})) if given else {}
    return told | _object_behind(HINT, last)


def _object_behind(place: re.Pattern[str], text: str) -> Told:
    """The JSON object that begins there; an empty one where none does."""
    found = place.search(text)
    return dict(json.JSONDecoder().raw_decode(text, found.end())[0]) if found else {}


def _filled(schema: Mapping[str, Any], named: Mapping[str, Any]) -> Any:
    """The least that a JSON schema takes."""
    if "$ref" in schema:
        return _filled(named[schema["$ref"].rpartition("/")[2]], named)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    choices = schema.get("anyOf", [])
    if "null" in kinds or any(one.get("type") == "null" for one in choices) or None in schema.get("enum", ()):
        return None
    if choices or "enum" in schema or "const" in schema:
        return _filled(choices[0], named) if choices else schema.get("const", schema.get("enum", [None])[0])
    if "object" in kinds:
        own = schema.get("properties", {})
        return {key: _filled(own[key], named) for key in schema.get("required", [])}
    empty: Told = {"array": [], "string": "", "boolean": False}
    return empty.get(kinds[0] if kinds else "", 0)


def writes(
    change: Callable[[Request, list[str]], Sentences] = lambda _, said: said,
    plan: Callable[[Request], Told] | str = plan_of,
    flow: Flow | None = None,
) -> Character:
    """Makes an honest plan, or says the text `plan`, and writes right sentences, changed."""

    def reply(request: Request) -> Reply:
        if asked_for(request) == PLAN:
            return Reply(plan if isinstance(plan, str) else json.dumps(plan(request)))
        told = Reply(" ".join(change(request, right(request))))
        return replace(told, flow=flow) if flow else told

    return reply


def fails_to_write(reply: Reply) -> Character:
    """Makes an honest plan, and does something else than write."""
    return lambda request: Reply(json.dumps(plan_of(request))) if asked_for(request) == PLAN else reply


def _each(pattern: str, instead: Callable[[re.Match[str]], str] | str) -> Callable[[Request, list[str]], Sentences]:
    """Change what stands before the markers of every sentence."""
    behind = r"(?=[^\[\]]*(?:\[S\d|\Z))"
    return lambda _, said: [re.sub(pattern + behind, instead, one, count=1) for one in said]


def other_digit(found: re.Match[str]) -> str:
    """Another digit in its place."""
    return str((int(found.group()) + 3) % 10)


def _moved(request: Request, said: list[str]) -> Sentences:
    """Each sentence with the marker of another source."""
    most = max((line.n for line in sources_in(request)), default=1)
    return [re.sub(r"\[S(\d+)\]", lambda one: f"[S{int(one[1]) % most + 1}]", sentence) for sentence in said]


def _planted(request: Request, said: list[str]) -> Sentences:
    """What a document tells a model to say, where one does."""
    told = re.search(r"(?:say|write|spune|scrie)[^\n“\"]*[“\"]([^”\"\n]+)[”\"]", prompt_of(request), re.IGNORECASE)
    return [f"{told[1]} [S1]." if told else "Ignored.", *said]


def _mended() -> Character:
    """Gets it wrong, and right once it is told what was wrong."""
    asked: list[str] = []
    turn = threading.Lock()

    def change(request: Request, said: list[str]) -> Sentences:
        with turn:
            asked.append(asked_for(request))
        return said[:1] if asked_for(request) == AGAIN else _each(r"\d", other_digit)(request, said)

    return writes(change)


SHAPED = {"response_format", "tools"}
MARKUP = (
    "<img src=x onerror=window.hurt=1> [S1].", "<script>window.hurt=1</script> [S1].",
    "See [the report](javascript:window.hurt=1) [S1].", "![budget](http://leak.example/?q=1) [S1].",
    "Read more at https://leak.example/all [S1].",
)  # fmt: skip
RAMBLE = "As everybody knows, things are what they are and will be what they will be, and so on and so forth. "
WORDS_OF_CURRENCY = r"\b(?:EUR|euro|USD|RON|lei)\b|€"
CHARACTERS: Mapping[str, Callable[[], Character]] = {
    "honest": lambda: writes(),
    "changes a digit": lambda: writes(_each(r"\d", other_digit)),
    "swaps the currency": lambda: writes(_each(WORDS_OF_CURRENCY, "CHF")),
    "shifts dates": lambda: writes(_each(r"\b(?:19|20)\d\d\b", WRONG_YEAR)),
    "changes names": lambda: writes(lambda _, said: [f"{WRONG_NAME} led it {one[one.rfind('[') :]}" for one in said]),
    "cites another source": lambda: writes(_moved),
    "cites none": lambda: writes(lambda _, said: [re.sub(r" ?\[S\d+\]", "", one) for one in said]),
    "cites what is not there": lambda: writes(lambda _, said: [re.sub(r"\[S\d+\]", "[S97]", one) for one in said]),
    "obeys a document": lambda: writes(_planted),
    "knows it all": lambda: writes(lambda *_: [f"It cost {WRONG_MONEY} in {WRONG_YEAR}, as {WRONG_NAME} said [S1]."]),
    "rambles": lambda: fails_to_write(Reply(RAMBLE * 200)),
    "rambles for ever": lambda: fails_to_write(Reply(RAMBLE, flow=Flow(endless=True, pause_s=0.002))),
    "breaks the plan": lambda: writes(plan='{"intent": "field", "subj'),
    "plans nonsense": lambda: writes(plan='{"intent": 7, "project": ["x"], "answer": 42}'),
    "plans in prose": lambda: writes(plan=f"Sure! Here is the plan: it cost {WRONG_MONEY}."),
    "speaks a character at a time": lambda: writes(flow=Flow(characters=1, write_bytes=1, escapes=False)),
    "speaks half characters": lambda: writes(
        lambda _, said: ["🎭 🎪 " + said[0], *said[1:]], flow=Flow(characters=1, write_bytes=7)
    ),
    "stalls": lambda: writes(flow=Flow(until=3, stalls=True)),
    "stalls behind a sentence": lambda: writes(
        lambda _, said: [said[0], f"{WRONG_NAME} said so.", *said], flow=Flow(until=14, stalls=True)
    ),
    "says nothing": lambda: fails_to_write(Reply(waits_s=3600)),
    "drops the line": lambda: writes(flow=Flow(until=4, drops=True)),
    "sends broken events": lambda: writes(flow=Flow(until=3, then=b'data: {"choices": [{"del\n\ndata: [DONE]\n\n')),
    "says nothing of note": lambda: fails_to_write(Reply("")),
    "refuses the key": lambda: lambda _: refuses(401),
    "has had enough": lambda: lambda _: refuses(429, retry_after="30"),
    "breaks down": lambda: lambda _: refuses(500),
    "is away": lambda: lambda _: refuses(503),
    "closes at once": lambda: lambda _: Reply(closes=True),
    "takes no schema": lambda: lambda request: refuses(400) if SHAPED & request.keys() else writes()(request),
    "mends itself": _mended,
    "writes markup": lambda: writes(lambda _, said: [*MARKUP, *said]),
    "tells its prompt": lambda: writes(lambda request, said: [*prompt_of(request).splitlines(), *said]),
    "says the key": lambda: writes(lambda _, said: [f"The key is {PLANTED_KEY} [S1].", *said]),
}
"""Each anew for each server, since some keep count."""
