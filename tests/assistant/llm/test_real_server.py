"""A server of another make, `transformers serve`, with a tiny model of random weights that is made here.

What it says is gibberish; that it is connected to, streamed from, broken off and turned away is what counts.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from assistant.errors import LanguageModelError
from assistant.llm.message import SYSTEM, USER, Deadline, Message
from assistant.llm.model import Model
from assistant.model_settings import ModelSettings
from index.offline import stay_offline

READY_S = 120.0
"""How long the server may take to start, on busy cores; 10 s as a rule."""
PROMPT = (Message(SYSTEM, "You answer."), Message(USER, "What is a library?"))
TEMPLATE = (
    "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant:{% endif %}"
)


def make_model(folder: Path) -> None:
    """Write a Llama of 37,000 random weights, and a tokenizer of bytes, to a folder."""
    stay_offline()
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    letters = ["<s>", "</s>", *sorted(pre_tokenizers.ByteLevel.alphabet())]
    tokenizer = Tokenizer(models.BPE(vocab={letter: n for n, letter in enumerate(letters)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>")  # type: ignore[no-untyped-call]  # noqa: S106
    wrapped.chat_template = TEMPLATE
    wrapped.save_pretrained(folder)
    torch.manual_seed(0)
    shape = LlamaConfig(
        vocab_size=len(letters),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=4096,
        bos_token_id=0,
        eos_token_id=1,
    )
    LlamaForCausalLM(shape).save_pretrained(folder)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelSettings]:
    """Give settings that name the server, which runs until the last test of this module."""
    folder, cache = tmp_path_factory.mktemp("model"), tmp_path_factory.mktemp("cache")
    make_model(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_CACHE": str(cache), "OMP_NUM_THREADS": "1"}
    program = Path(sys.executable).with_name("transformers")
    options = ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    log = cache / "server.log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            [program, "serve", folder, *options], env=os.environ | told, stdout=output, stderr=output
        ) as server,
    ):
        try:
            _wait_for(server, port, log)
            # Its tokenizer is set, since it cannot be asked to count.
            yield ModelSettings(f"http://127.0.0.1:{port}/v1", str(folder), tokenizer=folder / "tokenizer.json")
        finally:
            server.terminate()
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_for(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    began = time.monotonic()
    while time.monotonic() - began < READY_S:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=1, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            pass
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    pytest.fail(log.read_text())


def test_it_replies_in_pieces_and_the_same_each_time(served: ModelSettings) -> None:
    model = Model(served)
    pieces = list(model.stream(PROMPT, Deadline.within(20), reply_tokens=40))
    assert len(pieces) > 5
    text = "".join(pieces)
    assert model.count(text) <= 3 * 40  # what is no letter is told as one of three bytes
    assert model.reply(PROMPT, Deadline.within(20), reply_tokens=40) == text


def test_it_stops_when_it_is_broken_off(served: ModelSettings) -> None:
    model = Model(served)
    began = time.monotonic()
    pieces = model.stream(PROMPT, Deadline.within(20), reply_tokens=3000)
    assert next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    # It makes one reply after the other: the next has only this little time because the first is really over.
    assert model.reply(PROMPT, Deadline.within(20), reply_tokens=5)
    assert time.monotonic() - began < 5


def test_a_reply_that_takes_too_long_ends_in_time(served: ModelSettings) -> None:
    began = time.monotonic()
    with pytest.raises(LanguageModelError, match=r"^its reply did not end within 0.\d+ s$"):
        Model(served).reply(PROMPT, Deadline.within(0.8), reply_tokens=3000)
    assert time.monotonic() - began < 2


def test_it_passes_over_a_schema_and_its_gibberish_is_no_object(served: ModelSettings) -> None:
    with pytest.raises(LanguageModelError, match=r"^its reply is not what was asked for$"):
        Model(served).fill(PROMPT, {"type": "object", "required": ["a"]}, Deadline.within(20), reply_tokens=30)


def test_a_model_that_it_does_not_have_is_refused(served: ModelSettings) -> None:
    other = Model(ModelSettings(served.url, "other", is_context_set=True))
    with pytest.raises(LanguageModelError, match=r"^the request was refused \(HTTP 400\)$"):
        other.reply(PROMPT, Deadline.within(20), reply_tokens=9)


def test_the_command_finds_out_what_it_can_do(
    served: ModelSettings, command: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    told = {"ASSISTANT_LLM_URL": served.url, "ASSISTANT_LLM_MODEL": served.model}
    ended = command("-m", "assistant", "models", "--json", environment=told)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert (found["problem"], found["is_listed"]) == ("", False)
    assert (found["structured_output"], found["calls_tools"]) == ("neither", False)
    assert (found["context_tokens"], found["context_from"], found["tokens_counted_by"]) == (4096, "default", "bound")
    assert 0 < found["first_token_s"] < 20
    assert found["tokens_per_s"] > 1
