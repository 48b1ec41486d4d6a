"""Who may import whom: read from the source of every module, and seen in a fresh process for what is heavy."""

import ast
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pytest

MAY_IMPORT = {
    "corpus": set(),
    "index": {"corpus"},
    "assistant": {"corpus", "index"},
    "eval": {"corpus", "index", "assistant"},
    "web": {"corpus", "index", "assistant", "eval"},
    "app": {"corpus", "index", "assistant", "eval", "web"},
}
ONLY_INDEX = {
    "chromadb",
    "tantivy",
    "sqlalchemy",
    "onnx",
    "onnxruntime",
    "sentence_transformers",
    "torch",
    "transformers",
    "llama_index",
    "sklearn",
}
SEAMS = {"index/retriever.py", "index/node_parser.py"}
"""Modules for who uses LlamaIndex, which nothing else imports."""
MODEL_SEAMS = {"assistant/llm/memory.py", "assistant/model_client.py", "eval/judges.py"}
"""Modules that speak to LlamaIndex where a language model is configured; loaded or not, they load it only when used."""
TRAINING = {"assistant/reader/model.py", "assistant/reader/train.py", "assistant/reader/export.py"}
"""Modules that make the reader. Nothing that answers imports them, and only they may import torch outside of index."""
ONLY_TRAINING = {"torch", "transformers", "onnxruntime.quantization"}
CLIENT = {"assistant/model_client.py", "assistant/model_failures.py"}
ONLY_CLIENT = {"openai"}
"""What only these two speak to."""
PEERS = "eval/peers.py"
"""What we are compared with stands on the same libraries."""
HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "chromadb",
    "llama_index",
    "sklearn",
    "gradio",
    "openai",
    "httpx",
)


def violations(source: str, path: PurePosixPath) -> list[str]:
    """List what the module at `path` (relative to the repository) imports and must not, a line each."""
    part = path.parts[0].removesuffix(".py")
    found = []
    for name in _imported(ast.parse(source), path):
        top = name.split(".")[0]
        if top in MAY_IMPORT and top != part and top not in MAY_IMPORT[part]:
            found.append(f"{path}: {part} may not import {name}")
        is_excepted = path.as_posix() == PEERS or _is_model_seam(top, path) or _is_training(name, path)
        if top in ONLY_INDEX and part != "index" and not is_excepted:
            found.append(f"{path}: {top} belongs to index")
        if top in ONLY_CLIENT and path.as_posix() not in CLIENT:
            found.append(f"{path}: {top} belongs to assistant/model_client.py")
        if top == "gradio" and not (part == "web" or path.name == "panel.py" or "panels" in path.parts):
            found.append(f"{path}: gradio belongs to web and panels")
        if name == "eval":
            found.append(f"{path}: only `from eval.module import name`, since `import eval` hides a builtin")
    return found


def _is_model_seam(top: str, path: PurePosixPath) -> bool:
    return top == "llama_index" and path.as_posix() in MODEL_SEAMS


def _is_training(name: str, path: PurePosixPath) -> bool:
    is_theirs = any(name == one or name.startswith(f"{one}.") for one in ONLY_TRAINING)
    return is_theirs and path.as_posix() in TRAINING


def _imported(tree: ast.AST, path: PurePosixPath) -> Iterator[str]:
    """Full names of imported modules; relative ones resolved, those named in a call of import_module included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                # `import eval.metrics` binds the name `eval`; with `as` it does not.
                yield "eval" if alias.name.startswith("eval.") and not alias.asname else alias.name
        elif isinstance(node, ast.ImportFrom):
            package = ".".join(path.parent.parts[: len(path.parent.parts) - node.level + 1]) if node.level else ""
            yield ".".join(filter(None, (package, node.module)))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str))


def modules(root: Path) -> list[Path]:
    """Every module of the program."""
    packages = sorted(path for part in MAY_IMPORT for path in (root / part).rglob("*.py"))
    return packages + [path for path in [root / "app.py"] if path.exists()]


def test_every_import_points_the_right_way(root: Path) -> None:
    checked = modules(root)
    assert {path.relative_to(root).parts[0] for path in checked} >= {"corpus", "index", "assistant", "eval"}
    assert [
        line
        for path in checked
        for line in violations(path.read_text(encoding="utf-8"), PurePosixPath(path.relative_to(root).as_posix()))
    ] == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("corpus/made_up.py", "from index.store import Store"),
        ("corpus/made_up.py", "import assistant.answer"),
        ("corpus/readers/made_up.py", "if True:\n    def f():\n        from eval.metrics import recall"),
        ("index/made_up.py", "from assistant.answer import Answer"),
        ("index/made_up.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from eval.qa import Pair"),
        ("assistant/made_up.py", "from eval.metrics import recall"),
        ("assistant/made_up.py", "import app"),
        ("eval/made_up.py", "from app import serve"),
        ("corpus/made_up.py", "import chromadb"),
        ("assistant/made_up.py", "from sqlalchemy import select"),
        ("assistant/made_up.py", "from llama_index.core.schema import TextNode"),
        ("assistant/model_settings.py", "from llama_index.core.llms import LLM"),
        ("eval/judging.py", "def f():\n    from llama_index.core.evaluation import FaithfulnessEvaluator"),
        ("eval/judges.py", "import torch"),
        ("assistant/model_client.py", "from transformers import AutoModel"),
        ("eval/judges.py", "def f():\n    import openai"),
        ("assistant/reader/reading.py", "import torch"),
        ("assistant/reader/train.py", "import chromadb"),
        ("assistant/reader/export.py", "import onnxruntime"),
        ("index/made_up.py", "import openai"),
        ("assistant/made_up.py", "import importlib\nimportlib.import_module('torch')"),
        ("eval/made_up.py", "import sentence_transformers"),
        ("eval/made_up.py", "import onnxruntime as runtime"),
        ("app.py", "import tantivy"),
        ("app.py", "import transformers"),
        ("assistant/made_up.py", "import gradio as gr"),
        ("index/made_up.py", "from gradio import Blocks"),
        ("app.py", "import gradio as gr"),
        ("eval/made_up.py", "from web.users import User"),
        ("eval/made_up.py", "import eval"),
        ("app.py", "import eval.metrics"),
        ("app.py", "from eval import metrics"),
    ],
)
def test_a_wrong_import_is_noticed(path: str, source: str) -> None:
    assert len(violations(source, PurePosixPath(path))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "index/made_up.py",
            "import chromadb\nfrom llama_index.core.schema import TextNode\nfrom corpus.document import Span",
        ),
        ("assistant/model_client.py", "def f():\n    import openai\n    from llama_index.core.llms import LLM"),
        ("eval/judges.py", "def f():\n    from llama_index.core.evaluation import FaithfulnessEvaluator"),
        ("assistant/reader/export.py", "import torch\ndef f():\n    from onnxruntime.quantization import QuantType"),
        ("assistant/panel.py", "import gradio as gr\nfrom index.store import Store"),
        (
            "eval/panels/made_up.py",
            "import gradio as gr\nfrom assistant.answer import Answer\nfrom eval.metrics import recall",
        ),
        (
            "web/site.py",
            "import gradio as gr\nfrom eval.run import evaluate\nfrom assistant.live import LiveAssistant",
        ),
        ("corpus/readers/made_up.py", "from .draft import Draft\nfrom ..document import Span"),
    ],
)
def test_a_right_import_is_let_through(path: str, source: str) -> None:
    assert violations(source, PurePosixPath(path)) == []


def test_a_relative_import_is_resolved() -> None:
    tree = ast.parse("from ..document import Span\nfrom . import html")
    assert list(_imported(tree, PurePosixPath("corpus/readers/made_up.py"))) == ["corpus.document", "corpus.readers"]


def test_importing_any_module_loads_nothing_heavy(
    root: Path, command: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    relative = [path.relative_to(root) for path in modules(root)]
    assert {path.as_posix() for path in relative} > SEAMS | MODEL_SEAMS | TRAINING
    light = [path for path in relative if path.as_posix() not in SEAMS | TRAINING]
    names = [".".join(path.with_suffix("").parts) for path in light]
    program = (
        "import importlib, sys\n"
        "for name in sys.argv[2:]: importlib.import_module(name)\n"
        "print([name for name in sys.argv[1].split(',') if name in sys.modules], 'corpus.finder' in sys.modules)\n"
    )
    ended = command("-c", program, ",".join(HEAVY), *names)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == "[] True"
