"""What a claim is held against: its sources, verbatim in documents, each cited by its number."""

from pathlib import Path

import pytest

from assistant.answer import Statement
from eval.claims.claim import DEVELOPMENT_CLAIMS, SHIPPED_CLAIMS, Claim, Words, read_claims, titles_of
from eval.claims.grounding import figure_faults, ground_of, statement_of

LANTERN = Words("Lantern", "Funder: Holt Fund", "en")
LONGER = Words("Lantern", "Funder: Holt Fund of 1921", "en")
OTHER = Words("Pasarela", "Buget: 12.000 EUR", "ro")


def _claim(sentence: str, *cites: int, sources: tuple[Words, ...] = (LONGER, LANTERN, OTHER)) -> Claim:
    return Claim("one", "en", "Who paid?", sources, sentence, cites, is_true=True, kind="label")


def test_each_source_is_cited_where_it_stands_though_another_begins_alike() -> None:
    ground = ground_of(_claim("x", 1))
    assert [ground.citations[n].quote for n in (1, 2, 3)] == [LONGER.text, LANTERN.text, OTHER.text]
    spans = [ground.citations[n].span for n in (1, 2)]
    assert not spans[0].overlaps(spans[1])
    assert [(one.n, one.cites, one.title) for one in ground.sources] == [
        (1, (1,), "Lantern"), (2, (2,), "Lantern"), (3, (3,), "Pasarela"),
    ]  # fmt: skip


def test_sources_of_one_title_are_parts_of_one_document() -> None:
    ground = ground_of(_claim("x", 1))
    assert [(one.title, one.language) for one in ground.documents.values()] == [("Lantern", "en"), ("Pasarela", "ro")]
    assert ground.citations[1].document_id == ground.citations[2].document_id


@pytest.mark.parametrize("path", [SHIPPED_CLAIMS, DEVELOPMENT_CLAIMS], ids=lambda path: path.stem)
def test_every_citation_of_the_shipped_sets_is_verbatim_and_cuts_no_word(path: Path) -> None:
    claims = read_claims(path)
    for claim in claims:
        ground = ground_of(claim, titles_of(claims))
        quotes = [ground.citations[n].quote for n in range(1, len(claim.sources) + 1)]
        assert quotes == [source.text for source in claim.sources], claim.id
        own = Statement("“" + quotes[0].splitlines()[0] + "”", (1,))
        assert figure_faults(own, ground) == [], claim.id


def test_the_check_of_figures_looks_at_what_is_cited_and_at_nothing_else() -> None:
    claim = _claim("The budget was 12,000 EUR.", 3)
    assert figure_faults(statement_of(claim), ground_of(claim)) == []
    wrong = _claim("The budget was 12,000 EUR.", 1)
    assert figure_faults(statement_of(wrong), ground_of(wrong)) == [
        "number not in its source: 12,000 EUR", "currency not in its source: EUR",
    ]  # fmt: skip
