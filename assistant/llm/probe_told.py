"""What was found out about a language model's server, in words for a terminal. Asks nothing."""

from collections.abc import Iterator

from assistant.llm.model import DEFAULT, SERVER, SETTING
from assistant.llm.probe import NEITHER, Probe
from assistant.llm.structured import OBJECT, SCHEMA
from assistant.llm.tokens import BOUND, FILE
from assistant.llm.tokens import SERVER as BY_SERVER
from assistant.model_settings import CONTEXT, KEY, MODEL, TOKENIZER, URL

SHOWN = 10
"""How many of a server's models are named."""
UNSET = f"""no language model is set, and none is needed; to use one, start its server and name both:

  Ollama      export {URL}=http://127.0.0.1:11434/v1 {MODEL}=qwen3:8b
  llama.cpp   export {URL}=http://127.0.0.1:8080/v1 {MODEL}=default
  LM Studio   export {URL}=http://127.0.0.1:1234/v1 {MODEL}=qwen3-8b
  vLLM        export {URL}=http://127.0.0.1:8000/v1 {MODEL}=Qwen/Qwen3-8B

and {KEY} where the server wants a key; then: python -m assistant models"""
UNKNOWN = "not found out"
WINDOWS = {
    SETTING: f"as {CONTEXT} says",
    SERVER: "as the server says",
    DEFAULT: f"a guess; set {CONTEXT} if it has more",
}
COUNTED = {
    FILE: f"by the file that {TOKENIZER} names",
    BY_SERVER: "by the server",
    BOUND: f"by a safe bound, about twice as many as there are; {TOKENIZER} may name the tokenizer.json of the model",
}
STRUCTURED = {
    SCHEMA: "yes, by a schema (json_schema)",
    OBJECT: "yes, as a JSON object (json_object)",
    NEITHER: "no; questions are understood without it",
    None: UNKNOWN,
}
CALLS = {True: "yes", False: "no; they are not needed", None: UNKNOWN}


def lines_of(probe: Probe) -> Iterator[str]:
    """A line a finding; the problem, where there is one, is left to the caller."""
    yield f"server             {probe.url}"
    yield f"model              {probe.model}{_listed(probe)}"
    yield f"key                {'set' if probe.has_key else 'none'}"
    if probe.models is not None:
        more = f" and {len(probe.models) - SHOWN} more" if len(probe.models) > SHOWN else ""
        yield f"models there       {', '.join(probe.models[:SHOWN]) or 'none listed'}{more}"
    if probe.problem:
        return
    yield f"first token        after {probe.first_token_s:.2f} s"
    yield f"speed              {UNKNOWN if probe.tokens_per_s is None else f'{probe.tokens_per_s:.0f} tokens a second'}"
    yield f"reads at once      {probe.context_tokens} tokens, {WINDOWS[probe.context_from or DEFAULT]}"
    yield f"tokens counted     {COUNTED[probe.tokens_counted_by or BOUND]}"
    yield f"structured output  {STRUCTURED[probe.structured_output]}"
    yield f"calls tools        {CALLS[probe.calls_tools]}"


def _listed(probe: Probe) -> str:
    return ", which is not in the server's list but replies" if probe.is_listed is False and not probe.problem else ""
