"""What the page adds up and lists is what an answer does: the same main amounts, a project in two files once."""

from assistant.assistant import Assistant
from assistant.plan import SUM
from index.facets import facets
from index.wanted import Wanted
from tests.assistant.answers import ask


def test_the_sums_of_the_page_are_those_of_an_answer(reedmoor: Assistant) -> None:
    found = ask(reedmoor, "What is the total budget of all projects?")
    answered = {one.currency or "": one.value for told in found.statements for one in told.derived if one.kind == SUM}
    listed = facets(reedmoor.store, Wanted())
    added = {code: sum(bar.amount or 0 for bar in bars) for code, bars in listed.money_by_year.items()}
    assert listed.left_out["same"] > 0
    assert len(added) > 2
    assert answered == added
