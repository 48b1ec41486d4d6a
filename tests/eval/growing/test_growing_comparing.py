"""Two projects set against each other."""

from decimal import Decimal

from eval.growing.asking import Labels
from eval.growing.comparing import compares
from eval.growing.records import Records
from eval.growing.values import exact


def test_of_two_amounts_the_larger_is_named_and_both_are_given(records: Records, labels: Labels) -> None:
    chosen = [one for one in records.told if records.is_apart(one)]
    found = [one for one in compares(records, chosen, labels) if one.ways == "compare.amount"]
    assert found
    titles = {one.project.title: one for one in records.told}
    for asked in found:
        pair = [titles[source["project"]] for source in asked.gold["sources"]]  # type: ignore[index]
        worth: list[Decimal] = [value for one in pair if (value := exact(one.project.amounts[0])) is not None]
        assert asked.gold["answers"][0] == pair[worth.index(max(worth))].project.title
        assert worth[0] != worth[1]
        assert len({one.project.amounts[0].currency for one in pair}) == 1


def test_dates_of_which_one_may_be_within_the_other_are_not_compared(records: Records, labels: Labels) -> None:
    named = {one.project.title: one for one in records.told}
    year, month = named["Harbour Voices"], named["Harbour Voices Junior"]
    assert (year.project.period.start, month.project.period.start) == ("2016", "2018-09")  # type: ignore[union-attr]
    chosen = [named["Podul de Lemn"], named["Paper Boats"]]
    (asked,) = (one for one in compares(records, chosen, labels) if one.ways == "compare.start")
    assert asked.gold["answers"] == ["Podul de Lemn"]
    orchard, salt = named["Winter Orchard"], named["Moara Veche"]
    (asked,) = (one for one in compares(records, [orchard, salt], labels) if one.ways == "compare.start")
    assert asked.gold["answers"] == ["Winter Orchard"]
