"""What labels mean, in both languages, and which words are nobody's label."""

import pytest

from corpus.labels import Meaning, meaning_of, speaks_of_project

PERIOD, BUDGET, GRANT, SHARE = (
    Meaning("period"),
    Meaning("amount", "budget"),
    Meaning("amount", "grant"),
    Meaning("amount", "cost share"),
)


@pytest.mark.parametrize(
    ("meaning", "labels"),
    [
        (
            PERIOD,
            [
                "Period",
                "Implementation period",
                "PROJECT DURATION",
                "When",
                "Perioada de implementare",
                "Durata",
                "Derulare",
            ],
        ),
        (BUDGET, ["Budget", "Total budget", "Project value", "Cost", "Buget", "Bugetul total", "Valoarea proiectului"]),
        (GRANT, ["Grant", "Grant amount", "Amount awarded", "Subvenție"]),
        (SHARE, ["Cost share", "Cost share estimated to", "Own contribution", "Co-financing", "Contribuție proprie"]),
        (
            Meaning("organisation", "funder"),
            ["Funder", "Funders", "Donors", "Investors", "Funded by", "Finanțator", "Finanţat de"],
        ),
        (Meaning("organisation", "sponsor"), ["Sponsors", "Sponsored by", "Sponsori"]),
        (Meaning("organisation", "supporter"), ["With the support of", "Supporters", "Cu sprijinul"]),
        (
            Meaning("organisation", "partner"),
            [
                "Partners",
                "Partner",
                "In partnership with",
                "Parteneri",
                "În parteneriat cu",
                "Consortium members",
                "Members of the consortium",
                "Membri consorțiu",
                "Membrii consorțiului",
                "Membrii asocierii",
            ],
        ),
        (Meaning("organisation", "implementer"), ["Implemented by", "Lead partner", "Implementat de", "Solicitant"]),
        (Meaning("organisation", "beneficiary"), ["Beneficiaries", "Target group", "Beneficiari", "Grup țintă"]),
        (Meaning("organisation", "client"), ["Client", "Contracting authority", "Autoritate contractantă"]),
        (Meaning("title", "project"), ["Project title", "Titlul proiectului"]),
        (Meaning("title"), ["Title", "Denumire"]),
        (Meaning("programme"), ["Programme", "Program", "Schema"]),
        (Meaning("reference"), ["Reference", "Project code", "Contract number", "Cod SMIS"]),
        (Meaning("place"), ["Location", "Countries", "Where", "Localizare", "Județul"]),
        (Meaning("link"), ["Website", "More information here", "Detalii"]),
    ],
)
def test_a_label_is_known_in_both_languages(meaning: Meaning, labels: list[str]) -> None:
    assert {label: meaning_of(label) for label in labels} == dict.fromkeys(labels, meaning)


@pytest.mark.parametrize(
    "label", ["Buget (lei)", " *Budget*: ", "BUDGET -", "Cost share estimated to", "Bugetul  total"]
)
def test_what_stands_around_a_label_does_not_matter(label: str) -> None:
    assert meaning_of(label) in (BUDGET, SHARE)


@pytest.mark.parametrize(
    "label", ["Mentor", "The main themes of the edition were", "Note", "Email", "Tel", "Budgeting", ""]
)
def test_other_words_are_no_known_label(label: str) -> None:
    assert meaning_of(label) is None


def test_an_address_does_not_speak_of_a_project_and_a_budget_does() -> None:
    assert speaks_of_project(meaning_of("Budget"))
    assert speaks_of_project(meaning_of("Project title"))
    assert not speaks_of_project(meaning_of("Location"))
    assert not speaks_of_project(meaning_of("Title"))
    assert not speaks_of_project(None)


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("of which grant", "grant"), ("Of which: EU contribution", "grant"), ("din care grant", "grant"),
        ("din care fonduri UE", "grant"), ("thereof EU funds", "grant"), ("din care cofinanțare proprie", "cost share"),
        ("of which own contribution", "cost share"),
    ],
)  # fmt: skip
def test_a_part_of_the_money_is_known_behind_of_which(label: str, role: str) -> None:
    assert meaning_of(label) == Meaning("amount", role)


@pytest.mark.parametrize("label", ["of which", "of which total", "din care cheltuieli eligibile", "including partners"])
def test_of_which_makes_no_other_label_known(label: str) -> None:
    assert meaning_of(label) is None


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("Cât a costat", "amount", "budget"),
        ("How much it cost", "amount", "budget"),
        ("What did it cost?", "amount", "budget"),
        ("Cât am primit", "amount", "grant"),
        ("Cine a dat banii", "organisation", "funder"),
        ("Who paid for it", "organisation", "funder"),
        ("Cine ne-a ajutat", "organisation", "supporter"),
        ("Cu cine", "organisation", "partner"),
        ("Who led it", "organisation", "implementer"),
        ("Pentru cine", "organisation", "beneficiary"),
        ("Când s-a desfășurat", "period", ""),
        ("When it started", "period", "start"),
        ("Când s-a încheiat", "period", "end"),
        ("Unde a avut loc", "place", ""),
        ("Lead partner", "organisation", "implementer"),
        ("Lider de parteneriat", "organisation", "implementer"),
    ],
)
def test_a_question_or_a_verb_may_be_a_label(label: str, name: str, role: str) -> None:
    assert meaning_of(label) == Meaning(name, role)


@pytest.mark.parametrize("label", ["How we worked", "Who we are", "Unde suntem", "Who can apply", "When to come"])
def test_what_is_asked_of_anything_else_is_no_label(label: str) -> None:
    assert meaning_of(label) is None
