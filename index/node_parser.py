"""LlamaIndex's seam: our passages as nodes, to be used wherever LlamaIndex takes a node parser.

Imported by who uses LlamaIndex; nothing else here needs it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.node_parser.node_utils import build_nodes_from_splits
from llama_index.core.schema import BaseNode, TextNode
from llama_index.core.schema import Document as TheirDocument
from llama_index.core.utils import get_tqdm_iterable
from pydantic import PositiveInt

from corpus.document import Document, Span, digest
from corpus.projects import find_projects
from corpus.readers.text import read_text
from corpus.reading import detect_language
from index.models import find_model, open_tokenizer
from index.passages import PASSAGE_WORDS, split
from index.settings import DEFAULT_MODEL


class PassageNodeParser(NodeParser):
    """Plain texts in, a node for each passage out; `metadata` has the title of its `project`, where there is one.

    `start_char_idx` and `end_char_idx` are its place in the given text. `limit` counts words; numbers and runs without
    spaces count by the tokens of `model`, an embedding model by name or path.
    """

    model: str = DEFAULT_MODEL
    limit: PositiveInt = PASSAGE_WORDS

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex writes it down."""
        return "PassageNodeParser"

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> list[BaseNode]:  # noqa: ARG002
        shown = get_tqdm_iterable(nodes, show_progress, "Parsing nodes")
        return [made for node in shown for made in self._passages(node)]

    def _passages(self, node: BaseNode) -> Iterator[BaseNode]:
        text = node.get_content()
        found = list(_split(text, self.model, self.limit))
        made = build_nodes_from_splits([span.of(text) for span, _ in found], node, id_func=self.id_func)
        for one, (span, title) in zip(made, found, strict=True):
            one.start_char_idx, one.end_char_idx = span
            one.metadata |= {"project": title} if title else {}
            yield one

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, TheirDocument]
    ) -> list[BaseNode]:
        # LlamaIndex looks for the words and takes the first that are the same; we know where they are.
        places = [(one.start_char_idx, one.end_char_idx) for one in nodes if isinstance(one, TextNode)]
        nodes = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for one, place in zip((one for one in nodes if isinstance(one, TextNode)), places, strict=True):
            one.start_char_idx, one.end_char_idx = place
        return nodes


def _split(text: str, model: str, limit: int) -> Iterator[tuple[Span, str]]:
    """Where each passage is, and the title of its project or nothing."""
    draft = read_text(text)
    # Spaces for line ends at most: else the text is not canonical, and where its lines are is all that we know of it.
    read, blocks = (draft.text, draft.blocks) if len(draft.text) == len(text) else (text, ())
    document = Document("", "", "text/plain", "", detect_language(read), digest(read.encode()), read, blocks)
    projects = find_projects(document) if blocks else []
    titles = {project.id: project.title for project in projects}
    for passage in split(document, projects, open_tokenizer(find_model(model).folder), limit=limit):
        yield passage.span, titles.get(passage.project_id or "", "")
