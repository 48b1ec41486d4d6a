"""The words view: one Tantivy index a language, searched together; BM25 over passages, derived from the catalogue.

    words/words.json    which languages there are, and the version of the analysis that made them
    words/en/ …         a Tantivy index: `title`, `body` (title and text), `pieces` (of the words) and `key`

One index a language, because BM25 weighs a word by how many passages hold it, and a passage by the mean length: in one
for all, a language of few passages would be weighed by the others. How one is searched is word_ranking's business.
Does not know which passages are visible: whoever searches hands in the keys that may come out.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

import numpy as np

from index.analysis import ANALYSIS, analyzer, group, joined_parts, piece_analyzer, pieces, prepared
from index.errors import StoreError, WordsError, repair
from index.word_ranking import QUERY_CHARACTERS_MOST, LanguageWords, is_in

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tantivy import Index, IndexWriter, Schema

MANIFEST = "words.json"

HEAP_BYTES = 48_000_000
"""Of one language's writer, which has one thread. A build has one or two languages that fill it."""

_BATCH = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one passage; `language` is ISO 639-1 or `und`."""

    key: int
    title: str
    text: str
    language: str


class WordsWriter:
    """Adds and removes passages; nothing is visible before `commit`. The caller sees to it that there is one at a time.

    Killed before `commit`, it leaves what was committed last; killed in it, some languages may be ahead of others.
    """

    def __init__(self, folder: Path) -> None:
        """Open or create the index; StoreError where it cannot be written, WordsError where it is damaged."""
        self._folder = folder
        self._writers: dict[str, IndexWriter] = {}
        with _translated(folder, writing=True):
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / MANIFEST).exists():
                if any(inside.is_dir() for inside in folder.iterdir()):
                    raise _damaged(folder, f"it has no {MANIFEST}")
                _write_manifest(folder, [])
        with _translated(folder):
            self._languages = _read_manifest(folder)
            for place in (folder, *(folder / language for language in self._languages)):
                if place.is_dir() and not os.access(place, os.W_OK):
                    raise _unwritable(folder, f"{place} is read-only")
            self._highest = max((_highest_key(_open(folder, language)) for language in self._languages), default=0)

    def add(self, entries: Iterable[Entry]) -> None:
        """Add passages; a key that is there already is replaced. Ascending new keys are the fast case."""
        from tantivy import Document

        for entry in entries:
            title, text = prepared(entry.title), prepared(entry.text)
            document = Document(title=title, key=entry.key)
            for value in (title, text, joined_parts(title), joined_parts(text)):
                if value:
                    document.add_text("body", value)
            document.add_text("pieces", pieces(text if text.startswith(title) else f"{title}\n{text}"))
            with _translated(self._folder, writing=True):
                if entry.key <= self._highest:
                    self._delete([entry.key])
                self._writer(group(entry.language)).add_document(document)
            self._highest = max(self._highest, entry.key)

    def remove(self, keys: Iterable[int]) -> None:
        """Remove passages; keys that are not there are ignored."""
        rest = map(int, keys)
        while batch := list(islice(rest, _BATCH)):
            with _translated(self._folder, writing=True):
                self._delete(batch)

    def commit(self) -> None:
        """Make what was added and removed visible to readers that open from now on."""
        with _translated(self._folder, writing=True):
            for writer in self._writers.values():
                writer.commit()
            languages = sorted({*self._languages, *self._writers})
            if languages != self._languages:
                _write_manifest(self._folder, languages)
                self._languages = languages

    def close(self) -> None:
        """Stop, and wait for the threads; what was added since the last commit is forgotten."""
        writers, self._writers = self._writers, {}
        for writer in writers.values():
            # One that failed before, on a full disk for instance, fails here again, and nothing is lost by it.
            with suppress(ValueError):
                writer.rollback()
            with suppress(ValueError):
                writer.wait_merging_threads()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _delete(self, keys: list[int]) -> None:
        from tantivy import Query

        for language in {*self._languages, *self._writers}:
            self._writer(language).delete_documents_by_query(Query.term_set_query(_schema(), "key", keys))

    def _writer(self, language: str) -> IndexWriter:
        if language not in self._writers:
            if language in self._languages:
                with _translated(self._folder):
                    index = _open(self._folder, language)
            else:
                index = _create(self._folder, language)
            index.register_tokenizer("words", analyzer(language))
            index.register_tokenizer("pieces", piece_analyzer())
            self._writers[language] = index.writer(heap_size=HEAP_BYTES, num_threads=1)
        return self._writers[language]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which passages of one `Words` may come out, by language, sorted; None where all of a language may."""

    parts: tuple[NDArray[np.int64] | None, ...]


class Words:
    """A reader of what was committed last when it was opened; later commits do not change what it finds."""

    def __init__(self, folder: Path) -> None:
        """Open the index; WordsError where it is missing or damaged."""
        self._folder = folder
        with _translated(folder):
            self._parts = [LanguageWords(language, _look(folder, language)) for language in _read_manifest(folder)]
        self.count = sum(part.count for part in self._parts)

    @cached_property
    def _own(self) -> list[NDArray[np.int64]]:
        with _translated(self._folder):
            return [part.keys() for part in self._parts]

    def allow(self, keys: NDArray[np.int64]) -> Allowed:
        """What a search needs to let out these keys only, sorted ascending; kept by whoever searches them again."""
        parts: list[NDArray[np.int64] | None] = []
        for own in self._own:
            few, many = (keys, own) if len(keys) < len(own) else (own, keys)
            there = few[is_in(few, many)]
            parts.append(None if len(there) == len(own) else there)
        return Allowed(tuple(parts))

    def search(
        self, query: str, top_k: int, keys: NDArray[np.int64] | Allowed | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The keys and scores of the `top_k` best passages, best first, ties by key; higher is better, all above 0.

        `keys`, sorted ascending or what `allow` made of them, are the only ones that may come out; they change no
        score. None allows all.

        Each language is asked in its own terms. What its passages score is divided by what the query's words, the
        unknown ones too, weigh in that language, and multiplied by the most they weigh in any: so a question finds
        passages of its own language however few they are (XQuAD Romanian beside 15,426 English texts: R@1 0.931,
        against 0.626), and one language's scores stay plain BM25.
        """
        found: list[tuple[float, int]] = []
        allowed = self.allow(keys).parts if isinstance(keys, np.ndarray) else keys.parts if keys else None
        if top_k > 0:
            with _translated(self._folder):
                asked = [part.ask(query[:QUERY_CHARACTERS_MOST]) for part in self._parts]
                most = max((one.weight for one in asked), default=0.0)
                for part, one, own in zip(self._parts, asked, allowed or [None] * len(asked), strict=True):
                    if own is None or len(own):
                        found += part.search(one, most, top_k, own)
        best = sorted(found, key=lambda hit: (-hit[0], hit[1]))[:top_k]
        scores = np.array([score for score, _ in best], dtype=np.float32)
        return np.array([key for _, key in best], dtype=np.int64), scores

    def holding(self, text: str) -> NDArray[np.int64]:
        """The keys, ascending, of all passages that hold every word of `text`, in whatever form and language."""
        with _translated(self._folder):
            return np.sort(np.concatenate([part.holding(text) for part in self._parts] or [np.empty(0, np.int64)]))

    def keys(self) -> NDArray[np.int64]:
        """The keys of all passages that are in the index, ascending."""
        return np.sort(np.concatenate(self._own)) if self._own else np.empty(0, dtype=np.int64)


def _schema() -> Schema:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_text_field("title", tokenizer_name="words", index_option="freq")
    builder.add_text_field("body", tokenizer_name="words", index_option="position")
    builder.add_text_field("pieces", tokenizer_name="pieces", index_option="freq")
    builder.add_integer_field("key", indexed=True, fast=True)
    return builder.build()


def _open(folder: Path, language: str) -> Index:
    from tantivy import Index

    return Index.open(str(folder / language))


def _look(folder: Path, language: str) -> Index:
    """Open an index for reading only; for this too Tantivy wants to write a lock file, where none can be, elsewhere."""
    path = folder / language
    if not path.is_dir() or os.access(path, os.W_OK):
        return _open(folder, language)
    # A thread of Tantivy's may put its lock there once more while the folder is removed.
    with TemporaryDirectory(ignore_cleanup_errors=True) as elsewhere:
        (Path(elsewhere) / language).mkdir()
        for file in path.iterdir():
            if file.suffix != ".lock":
                (Path(elsewhere) / language / file.name).symlink_to(file.resolve())
        return _open(Path(elsewhere), language)  # its files stay open, as they are mapped into memory


def _create(folder: Path, language: str) -> Index:
    from tantivy import Index

    path = folder / language
    if path.exists():
        shutil.rmtree(path)  # of a build that was killed in the first commit with this language
    path.mkdir()
    return Index(_schema(), str(path))


def _highest_key(index: Index) -> int:
    from tantivy import Order, Query

    hits = index.searcher().search(Query.all_query(), 1, count=False, order_by_field="key", order=Order.Desc).hits
    return int(hits[0][0]) if hits else 0


def _read_manifest(folder: Path) -> list[str]:
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        version, languages = int(told["analysis"]), [str(language) for language in told["languages"]]
    except FileNotFoundError as error:
        raise _damaged(folder, f"it has no {MANIFEST}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, f"{MANIFEST} is not what was written there") from error
    if version != ANALYSIS:
        raise _damaged(folder, f"version {version} of the analysis made it, and this program's is {ANALYSIS}")
    return languages


def _write_manifest(folder: Path, languages: list[str]) -> None:
    beside = folder / f"{MANIFEST}.new"
    with beside.open("w", encoding="utf-8") as file:
        json.dump({"analysis": ANALYSIS, "languages": languages}, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / MANIFEST)


def _damaged(folder: Path, reason: str) -> WordsError:
    return WordsError(f"the index of words in {folder} cannot be used: {reason}; make it anew: {repair(folder.parent)}")


def _unwritable(folder: Path, reason: str) -> StoreError:
    return StoreError(
        f"the index of words in {folder} cannot be written: {reason}; see that there is space and that files may be"
        " written there, then build again"
    )


@contextmanager
def _translated(folder: Path, writing: bool = False) -> Iterator[None]:
    """Tantivy's errors as ours; a panic of Rust's is a BaseException, which no `except Exception` sees."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise (_unwritable if writing else _damaged)(folder, str(error)) from error
    except BaseException as panic:
        if type(panic).__module__ != "pyo3_runtime":
            raise
        raise _damaged(folder, str(panic)) from panic
