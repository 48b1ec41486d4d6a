"""Questions for what a project lacks, and for projects that there are not."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.record import Amount
from corpus.words import fold
from eval.growing.absent import absent
from eval.growing.asking import Labels
from eval.growing.no_such import no_such
from eval.growing.records import Records
from eval.growing.wording import at, worded
from tests.eval.growing.conftest import Named, by_slug


def test_a_field_that_a_record_has_or_speaks_of_is_not_asked_for(
    records: Records, named: Named, labels: Labels
) -> None:
    boats = set(by_slug(absent(records, [named("Paper Boats")], labels)))
    assert {"no-budget-paper-boats", "no-status-paper-boats", "no-reference-paper-boats"} <= boats
    assert not {"no-partner-paper-boats", "no-funder-paper-boats", "no-period-paper-boats"} & boats
    mill = set(by_slug(absent(records, [named("Moara Veche")], labels)))
    assert "no-volunteers-moara-veche" not in mill  # „voluntari”
    assert "no-auditor-moara-veche" in mill


def test_a_field_that_a_record_has_is_not_asked_for_whatever_its_words(
    records: Records, named: Named, labels: Labels
) -> None:
    boats = named("Paper Boats")
    amount = Amount("5", "EUR", "budget", "5", boats.project.span)
    rich = replace(boats, project=replace(boats.project, amounts=(amount,)))
    assert "no-budget-paper-boats" in by_slug(absent(records, [boats], labels))
    assert "no-budget-paper-boats" not in by_slug(absent(records, [rich], labels))


def test_no_word_for_what_is_asked_stands_in_what_is_said_of_the_project(records: Records, labels: Labels) -> None:
    for one in records.told:
        if records.is_apart(one):
            for asked in absent(records, [one], labels):
                assert not asked.answerable
                name = asked.ways.removeprefix("absent.")
                if name in at("absent"):
                    signs = at(f"absent.{name}")["signs"]
                    assert not re.search(rf"\b(?:{signs})", fold(one.own)), asked.slug


def test_an_absent_project_has_words_of_real_ones_and_is_none_of_them(records: Records) -> None:
    chosen = [one for one in records.told if records.is_apart(one)]
    made = [one.slots["en"]["title"] for one in no_such(records, chosen)]
    assert len(made) > 5
    real = {fold(one.project.title) for one in records.told}
    every = {word for title in real for word in title.split()}
    for title in made:
        words = fold(title).split()
        assert fold(title) not in real
        assert set(words) <= every
        assert not any(all(word in text for word in words) for text in records.folded)


@pytest.mark.parametrize("said", ["Boats were folded.", "Boats were folded at evening concerts with songs."])
def test_a_project_whose_words_all_stand_in_one_text_is_not_taken_for_absent(
    told_as: Callable[[str], Records], said: str
) -> None:
    records = told_as(
        "# Projects\n\n## Evening Songs and Concerts for Owls\n\nBirds sang.\n\nPeriod: 2015 | Budget: 900 EUR\n\n"
        f"## Boats for Rivermouth Children\n\n{said}\n\nPeriod: 2016 | Budget: 500 EUR\n"
    )
    made = {one.slots["en"]["title"] for one in no_such(records, records.told)}
    assert ("Evening Songs and Concerts for Rivermouth Children" in made) is ("songs" not in said)


def test_a_year_is_changed_for_one_that_no_title_has(told_as: Callable[[str], Records]) -> None:
    records = told_as(
        "# Projects\n\n## Owl Count 2015\n\nOwls were counted.\n\nPeriod: 2015 | Budget: 900 EUR\n\n"
        "## Lamps by Night\n\nLamps were lit.\n\nPeriod: 2016 | Budget: 500 EUR\n"
    )
    asked = by_slug(no_such(records, [records.told[0]]))
    assert list(asked) == ["absent-owl-count-2018"]
    assert "Owl Count 2018" in worded(asked["absent-owl-count-2018"], "en")
