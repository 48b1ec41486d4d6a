"""What a store's names tell: initials, the name of whoever runs all projects, words in either language."""

import pytest

from assistant.acronyms import Acronyms
from assistant.assistant import Assistant
from assistant.crosslingual import are_akin, is_held, share_held, translated
from assistant.evidence import Rarity, stems
from assistant.heard import hear
from assistant.names import ORGANISATION, Called
from tests.assistant.answers import ask, listed


def test_an_organisation_is_known_by_its_initials(reedmoor: Assistant) -> None:
    assert [one.name for one in reedmoor.vocabulary.initials["esc"]] == ["European Salt Council"]
    assert "s" not in reedmoor.vocabulary.initials


def test_a_name_and_its_initials_are_the_same_where_both_stand_in_records(reedmoor: Assistant) -> None:
    council = Called(ORGANISATION, "European Salt Council", "European Salt Council")
    assert reedmoor.vocabulary.same(Called(ORGANISATION, "ESC", "ESC"))[1:] == [council]
    assert reedmoor.vocabulary.same(council) == [council]


def test_words_of_the_title_of_a_page_about_no_project_name_whoever_runs_them_all(reedmoor: Assistant) -> None:
    heard = hear("Which projects did the Reedmoor Trust run with Varna?")
    assert {heard.words[at] for at in reedmoor.vocabulary.own_name(heard)} == {"reedmoor", "trust"}
    assert reedmoor.vocabulary.own_name(hear("is there trust in it")) == frozenset()


def test_the_name_of_whoever_runs_them_all_narrows_nothing_down(reedmoor: Assistant) -> None:
    with_name = ask(reedmoor, "Which projects of the Reedmoor Trust were in Georgia?")
    assert with_name.citations == ask(reedmoor, "Which projects were in Georgia?").citations


def test_initials_that_most_documents_spell_out_are_the_publisher_s(assistant: Assistant) -> None:
    acronyms = Acronyms(assistant.records)
    assert acronyms.is_own("PF")  # the Progress Foundation's own pages
    assert not acronyms.is_own("EC")
    assert not acronyms.is_own("Pf")
    assert not acronyms.is_own("P")


def test_the_initials_of_a_funder_are_not_taken_for_the_publisher(reedmoor: Assistant) -> None:
    assert set(listed(ask(reedmoor, "Which projects did the NF fund?"))) == {
        "Lantern Walk",
        "Harbour Voices",
        "Podul de Lemn",
    }


@pytest.mark.parametrize(
    ("one", "other", "akin"),
    [
        ("italian", "italy", True),
        ("librarian", "library", True),
        ("lamp", "lantern", False),
        ("salt", "salter", True),
        ("road", "rod", False),
        ("", "", False),
    ],
)
def test_words_of_one_family_begin_alike(one: str, other: str, akin: bool) -> None:
    assert are_akin(one, other) is akin
    assert are_akin(other, one) is akin


def test_a_word_is_held_in_a_form_or_in_translation() -> None:
    held = stems("Gardeners grafted forgotten kinds of apples in prisons.", "en")
    assert is_held("apple", held, "en", "en")
    assert is_held("gardening", held, "en", "en")
    assert is_held("inchisori", held, "en", "ro")
    assert not is_held("inchisori", held, "en", "en")
    assert not is_held("volcano", held, "en", "en")


def test_the_share_of_words_held_counts_rare_ones_more(reedmoor: Assistant) -> None:
    rarity = Rarity(reedmoor.store)
    held = stems("A road of salt", "en")
    assert share_held([], held, "en", "en", rarity) == 1.0
    assert share_held(["road", "salt"], held, "en", "en", rarity) == pytest.approx(1.0)
    assert share_held(["salt", "zeppelin"], held, "en", "en", rarity) < 0.5
    assert rarity.weight("zeppelin") > rarity.weight("salt") > 0


def test_content_words_are_put_into_the_other_language_in_a_row() -> None:
    assert "lantern" in translated(["felinare"], "ro").split()
    assert translated(["zzyx"], "ro") == ""


def test_a_category_is_a_value_under_its_label(reedmoor: Assistant) -> None:
    keys = {one.key for one in reedmoor.vocabulary.categories.names}
    assert {"status\0Closed", "sector\0Energy"} <= keys


def test_titles_and_descriptions_are_no_labels_to_ask_for(reedmoor: Assistant) -> None:
    labels = reedmoor.vocabulary.labels
    assert labels.find(["title"], {0}) == []
    assert labels.find(["summary"], {0}) == []
    assert labels.find(["status"], {0}) != []


def test_organisations_are_of_the_country_that_their_name_tells(assistant: Assistant) -> None:
    assert "National Library of Moldova" in assistant.vocabulary.organisations_of("MD")
    assert "National Library of Romania" in assistant.vocabulary.organisations_of("RO")
    assert "National Library of Romania" not in assistant.vocabulary.organisations_of("MD")
    assert assistant.vocabulary.organisations_of("ZZ") == ()
