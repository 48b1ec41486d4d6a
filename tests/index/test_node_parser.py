"""The passages as LlamaIndex's nodes: their places in the text that was given, and their projects."""

import pytest
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import Document, MetadataMode, NodeRelationship, TextNode
from pydantic import ValidationError

from index.node_parser import PassageNodeParser

PAGE = """Our projects

Lamp Hill

The lamp shines over the yard, and everybody in the village can see it at night.

Period: May 2016 – April 2018 | Budget: 300 EUR

Owl Wood

The owls of the wood were counted by forty children, who wrote down where each of them lives.

Period: 2011-2012 | Budget: 20.000 EUR
"""


def test_nodes_are_the_words_at_their_places_each_of_one_project() -> None:
    nodes = PassageNodeParser().get_nodes_from_documents([Document(text=PAGE, id_="page", metadata={"from": "us"})])
    assert [node.metadata.get("project") for node in nodes] == [None, "Lamp Hill", "Owl Wood"]
    for node in nodes:
        assert isinstance(node, TextNode)
        assert node.text == PAGE[node.start_char_idx : node.end_char_idx]
        assert node.metadata["from"] == "us"
        assert node.ref_doc_id == "page"
    assert nodes[1].relationships[NodeRelationship.NEXT].node_id == nodes[2].node_id  # type: ignore[union-attr]
    assert "project: Lamp Hill" in nodes[1].get_content(MetadataMode.EMBED)


def test_words_that_come_twice_are_each_in_their_own_place() -> None:
    text = "See owls.\n\nowls."  # LlamaIndex by itself takes the first "owls." for both
    nodes = PassageNodeParser(limit=2).get_nodes_from_documents([Document(text=text)])
    assert [node.get_content() for node in nodes] == ["See owls.", "owls."]
    assert [(n.start_char_idx, n.end_char_idx) for n in nodes if isinstance(n, TextNode)] == [(0, 9), (11, 16)]


@pytest.mark.parametrize("text", ["Lamps.\r\n\r\nOwls.\r\n", "Caf\u0065\u0301 of the owls.", "\ufeffLamps.", " \n "])
def test_a_text_that_is_not_canonical_keeps_its_own_places(text: str) -> None:
    nodes = PassageNodeParser().get_nodes_from_documents([Document(text=text)])
    assert [node.get_content() for node in nodes] == ([text.strip()] if text.strip() else [])
    assert [text[node.start_char_idx : node.end_char_idx] for node in nodes if isinstance(node, TextNode)] == [
        node.get_content() for node in nodes
    ]


def test_it_goes_into_a_pipeline() -> None:
    pipeline = IngestionPipeline(transformations=[PassageNodeParser(limit=80)])
    nodes = pipeline.run(documents=[Document(text="Lamps lamps lamps. " * 50)])  # 3 words a sentence
    assert [node.get_content().count(".") for node in nodes] == [25, 25]


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="greater than 0"):
        PassageNodeParser(limit=0)
