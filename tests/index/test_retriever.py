"""LlamaIndex's seam: the programs of docs/llamaindex.md run, and nodes are the hits of the store."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import MetadataMode, QueryBundle, TextNode

from index.filters import Filters
from index.live import LOOK_SECONDS
from index.retriever import StoreRetriever
from index.settings import Settings
from index.store import Store
from index.sync import build

QUESTION = "cooks who cater for weddings"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "llamaindex.md"
PROGRAMS = re.findall(r"```python\n(.+?)```\n\n```text\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def retriever(sample_store: Path) -> Iterator[StoreRetriever]:
    """Open the sample store for LlamaIndex."""
    with closing(StoreRetriever(Settings(sample_store), top_k=3)) as opened:
        yield opened


def test_the_page_shows_a_program_for_each_seam() -> None:
    shown = "".join(program for program, _ in PROGRAMS)
    assert PAGE.read_text(encoding="utf-8").count("```python") == len(PROGRAMS)
    for name in ("StoreRetriever", "Filters", "open_embedding", "PassageNodeParser"):
        assert f"{name}(" in shown


@pytest.mark.parametrize(("program", "printed"), PROGRAMS)
def test_a_program_of_the_page_prints_what_stands_below_it(
    program: str, printed: str, sample_store: Path, tmp_path: Path, root: Path
) -> None:
    shutil.copytree(sample_store, tmp_path / "store")
    told = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=told | {"PYTHONPATH": str(root)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == printed


def test_nodes_are_the_hits_of_the_store(retriever: StoreRetriever, sample_store: Path) -> None:
    assert isinstance(retriever, BaseRetriever)
    found = retriever.retrieve(QUESTION)
    with closing(Store(Settings(sample_store))) as store:
        hits = store.search(QUESTION, 3)
        assert [one.node.node_id for one in found] == [hit.passage.id for hit in hits]
        assert [one.score for one in found] == [hit.score for hit in hits]
        for one, hit in zip(found, hits, strict=True):
            node, passage = one.node, hit.passage
            document, project = store.documents[passage.document_id], store.projects.get(passage.project_id or "")
            assert isinstance(node, TextNode)
            assert node.text == document.text[node.start_char_idx : node.end_char_idx]
            assert node.metadata == {
                "source": document.source,
                "document_id": document.id,
                "title": document.title,
                "project_id": passage.project_id,
                "project": project.title if project else None,
                "page": passage.page,
            }
    assert all(one.score is not None and 0 <= one.score <= 1 for one in found)


def test_an_embedding_of_a_node_is_one_of_its_text_alone(retriever: StoreRetriever) -> None:
    node = retriever.retrieve(QUESTION)[0].node
    assert node.get_content(MetadataMode.EMBED) == node.get_content(MetadataMode.NONE)
    for_model = node.get_content(MetadataMode.LLM)
    assert node.metadata["project"] in for_model
    assert node.metadata["document_id"] not in for_model


def test_filters_reach_the_search(sample_store: Path) -> None:
    filters = Filters(projects=("digitales", "silver-stories"))
    with closing(StoreRetriever(Settings(sample_store), top_k=30, filters=filters)) as retriever:
        assert {one.node.metadata["project_id"] for one in retriever.retrieve("money")} == {
            "digitales",
            "silver-stories",
        }


def test_llamaindex_s_other_ways_to_ask_find_the_same(retriever: StoreRetriever) -> None:
    asked = [one.node.node_id for one in retriever.retrieve(QUESTION)]
    assert [one.node.node_id for one in asyncio.run(retriever.aretrieve(QUESTION))] == asked
    assert [one.node.node_id for one in retriever.retrieve(QueryBundle(QUESTION))] == asked


def test_a_retriever_takes_up_a_new_generation(small_model: Path, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "store", str(small_model))
    (tmp_path / "a.txt").write_text("One.")
    build(settings, [tmp_path / "a.txt"])
    with closing(StoreRetriever(settings)) as retriever:
        assert [one.node.get_content() for one in retriever.retrieve("one")] == ["One."]
        (tmp_path / "a.txt").write_text("Two.")
        build(settings, [tmp_path / "a.txt"])
        time.sleep(LOOK_SECONDS)
        assert [one.node.get_content() for one in retriever.retrieve("one")] == ["Two."]


def test_the_store_without_the_seams_does_without_llamaindex(root: Path) -> None:
    having = {path.name for path in (root / "index").glob("*.py") if "llama_index" in path.read_text(encoding="utf-8")}
    assert having == {"retriever.py", "node_parser.py", "embedding.py"}
