"""Nothing that was looked up is lost behind what a model wrote of it."""

from dataclasses import replace
from decimal import Decimal

from assistant.answer import COUNT, SUM, Citation, Derived, Statement, numbered
from assistant.assistant import Assistant
from assistant.llm.merging import head_of, merged, renumbered
from assistant.said import Said
from corpus.document import Span


def said_for(assistant: Assistant, question: str) -> Said:
    return assistant.look_up(assistant.understand(question)).said


def test_a_value_that_is_cited_is_not_repeated(reedmoor: Assistant) -> None:
    said = said_for(reedmoor, "What was the budget of Lantern Walk?")
    written = [Statement("Lantern Walk cost 120,000 EUR.", (1, 2))]
    assert merged(written, said) == written
    assert merged([Statement("Lantern Walk cost 120,000 EUR.", (1,))], said)[1:] == said.statements
    assert merged([], said) == said.statements


def test_a_note_that_the_source_is_ambiguous_is_kept_though_its_words_are_cited(reedmoor: Assistant) -> None:
    for question in ("What was the budget of Winter Orchard?", "Ce buget a avut Winter Orchard?"):
        said = said_for(reedmoor, question)
        assert merged([Statement("It cost 640 CHF.", (1,))], said)[1:] == said.statements


def test_lines_of_a_list_that_are_not_cited_are_kept_and_its_head_comes_first(reedmoor: Assistant) -> None:
    said = said_for(reedmoor, "Which projects ran in 2019?")
    head, boats, roads, *_ = said.statements
    first, second, third, fourth = (one for one in said.statements if not one.is_remark)
    assert (head.is_remark, head.text) == (True, "4 of 16 projects (2019):")
    two = Statement("Two of them did.", (*first.cites, *second.cites))
    assert merged([two], said) == [
        replace(head, text="4 of 16 projects (2019)."),
        two,
        third,
        fourth,
        said.statements[-1],
    ]
    every = merged([Statement("All of them did.", tuple(one.n for one in said.citations))], said)
    assert [one.text for one in every] == ["4 of 16 projects (2019).", "All of them did.", said.statements[-1].text]
    assert boats != roads
    assert head_of(said).statements == [head]


def test_a_figure_that_was_computed_is_kept_until_it_is_written() -> None:
    together = Derived(SUM, Decimal(30), "EUR", (1, 2))
    said = Said([Statement("Together: 30 EUR", (1, 2), derived=(together,))])
    parts = [Statement("One cost 10 EUR.", (1,)), Statement("One cost 20 EUR.", (2,))]
    assert merged(parts, said) == [*parts, *said.statements]
    whole = [Statement("They cost 30 EUR.", (1, 2), derived=(together,))]
    assert merged(whole, said) == whole


def test_citations_are_numbered_in_the_order_in_which_they_are_used_and_others_dropped() -> None:
    citations = [Citation(n, None, None, "a.md", "a", None, Span(n, n + 1), f"quote {n}") for n in range(1, 6)]
    counted = Derived(COUNT, Decimal(2), None, (4, 2))
    statements, kept = renumbered([Statement("B.", (4, 2), derived=(counted,)), Statement("A.", (1, 4))], citations)
    assert [one.cites for one in statements] == [(1, 2), (3, 1)]
    assert statements[0].derived[0].from_ == (1, 2)
    assert [one.n for one in kept] == [1, 2, 3]
    assert [one.quote for one in kept] == ["quote 4", "quote 2", "quote 1"]
    assert {n: one.quote for n, one in numbered(kept).items()}[3] == "quote 1"
