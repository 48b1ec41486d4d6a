"""How a question speaks of a source's own labels, and which it leaves alone."""

from eval.growing.labels import is_metadata, spoken


def test_a_label_is_said_in_small_letters_but_for_acronyms() -> None:
    assert spoken(["Value of the Contract", "PI", "Cod proiect", "Project period:"]) == {
        "Value of the Contract": "value of the contract",
        "PI": "PI",
        "Cod proiect": "cod proiect",
        "Project period:": "project period",
    }


def test_a_label_that_a_program_wrote_is_spelled_out() -> None:
    said = spoken(["closing_date", "boardapprovaldate", "projectCode", "curr_project_cost", "regionname"])
    assert said == {
        "closing_date": "closing date",
        "boardapprovaldate": "board approval date",
        "projectCode": "project code",
        "curr_project_cost": "project cost",
        "regionname": "region",
    }


def test_a_label_that_nobody_can_say_is_left_out() -> None:
    assert spoken(["idacommamt", "xqzvlbl", "", "Funded by", "With the support of", "Lamp " * 12]) == {}


def test_of_a_shortened_label_that_would_mean_another_nothing_is_said() -> None:
    assert spoken(["curr_ibrd_commitment", "curr_total_commitment"]) == {"curr_total_commitment": "total commitment"}


def test_what_a_page_says_of_itself_is_told_from_what_it_says_of_a_project() -> None:
    assert all(map(is_metadata, ["lang", "Tags", "image_alt", "date", "category", "eleventyExcludeFromCollections"]))
    assert not any(map(is_metadata, ["Start date", "loan_effective_date", "Status", "sector", "Project officer"]))
