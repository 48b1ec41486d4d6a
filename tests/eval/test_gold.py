"""Where the sources of a set stand: words in a document or in a register's parts, and records by any of their names."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.errors import EvaluationError
from eval.gold import document_sources, find_gold
from eval.metrics import Gold
from eval.qa import SHIPPED, Pair, Source, read_pairs
from index.settings import Settings
from index.store import Store
from index.sync import build

ROWS = 1_200
"""More than one part of a register holds."""
SAME = "Pier Lights"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, small_model: Path) -> Store:
    """Build a store over a register of two parts, two of whose records share a title, and a page."""
    folder = tmp_path_factory.mktemp("register")
    rows = [
        {"id": f"G-{n:04}", "title": SAME if n in (3, ROWS) else f"Moss Works {n}", "budget": f"{n + 500} EUR"}
        for n in range(1, ROWS + 1)
    ]
    (folder / "grants.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "page.md").write_text(f"# {SAME}\n\nPeriod: 2019\n\nBudget: 900 EUR\n", encoding="utf-8")
    settings = Settings(folder / "store", embedding_model=str(small_model))
    build(settings, [folder / "grants.jsonl", folder / "page.md"])
    return Store(settings)


def _pair(*sources: Source | Sequence[Source]) -> Pair:
    several = tuple((one,) if isinstance(one, Source) else tuple(one) for one in sources)
    return Pair("one", "How much?", "field", "en", True, ("900",), several)


def _words(store: Store, places: Sequence[Gold]) -> list[str]:
    texts = store.texts({one.document for one in places})
    return [one.span.of(texts[one.document].text) for one in places]


def test_every_source_of_the_shipped_set_is_in_the_sample_corpus(sample_store: Path) -> None:
    store = Store(Settings(sample_store))
    pairs = read_pairs(SHIPPED)
    gold = find_gold(store, pairs)
    for pair in pairs:
        for source, places in zip(pair.sources, gold[pair.id], strict=True):
            quotes = [" ".join(one.quote.split()) for one in source if one.quote]
            assert {" ".join(words.split()) for words in _words(store, [p for p in places if not p.whole])} == set(
                quotes
            )


def test_a_source_that_names_a_register_is_looked_for_in_its_parts(register: Store) -> None:
    first, second = sorted(source for source in document_sources(register) if source.startswith("grants"))
    (places,) = find_gold(register, [_pair(Source("grants.jsonl", "1643 EUR"))])["one"]
    assert [one.document for one in places] == [second]
    assert _words(register, places) == ["1643 EUR"]
    assert find_gold(register, [_pair(Source(second, "1643 EUR"))])["one"] == [places]
    with pytest.raises(EvaluationError, match=r"one: .* does not hold the words '1643 EUR'"):
        find_gold(register, [_pair(Source(first, "1643 EUR"))])


def test_a_record_is_named_by_reference_id_or_title(register: Store) -> None:
    (record,) = (one for one in register.names.titles if one.title == "Moss Works 1143")
    by_name = [
        find_gold(register, [_pair(Source("grants.jsonl", project=name))])["one"]
        for name in (record.title, record.id, record.reference)
    ]
    assert record.reference == "G-1143"
    assert by_name[0] == by_name[1] == by_name[2]
    ((place,),) = by_name[0]
    assert place.whole
    assert _words(register, [place])[0].startswith("Moss Works 1143\n")
    assert place.met_by((place.document, place.span))


def test_a_title_that_several_records_share_means_each_of_them_in_that_document_and_no_other(register: Store) -> None:
    (places,) = find_gold(register, [_pair(Source("grants.jsonl", project=SAME))])["one"]
    assert len({one.document for one in places}) == len(places) == 2
    (there,) = find_gold(register, [_pair(Source("page.md", project=SAME))])["one"]
    assert {one.document for one in there} == {"page.md"}


def test_alternatives_are_one_source_with_the_places_of_all(register: Store) -> None:
    words, record = Source("page.md", "900 EUR"), Source("grants.jsonl", project="G-0400")
    apart = find_gold(register, [_pair(words, record)])["one"]
    assert find_gold(register, [_pair([words, record])])["one"] == [apart[0] + apart[1]]


def test_what_is_not_there_is_named(register: Store) -> None:
    for source, message in (
        (Source("lamp.txt", "Budget"), r"one: the store holds no document 'lamp\.txt'; it holds grants\.jsonl"),
        (Source("lamp.txt", project="Lamp"), r"one: the store holds no document 'lamp\.txt'"),
        (Source("page.md", "901 EUR"), r"one: page\.md does not hold the words '901 EUR'"),
        (Source("page.md", project="G-0400"), r"one: page\.md does not hold the project 'G-0400'"),
    ):
        with pytest.raises(EvaluationError, match=message):
            find_gold(register, [_pair(source)])
