"""Names in questions are found through typos, accents and missing words, and told apart from names like them."""

import pytest

from assistant.assistant import Assistant
from assistant.grammar import grammar
from assistant.linking import Linker, nearest_titles
from assistant.names import DOCUMENT, PROJECT, Called
from corpus.titles import aliases_of
from corpus.words import words
from tests.assistant.answers import ask

TITLES = (
    "Silver Stories",
    "DigiTales",
    "Occupy Library Innovators Hub",
    "OCCUPY LIBRARY Conference",
    "Socacitele, the community caterers",
    "The third space of the community",
    "Third Place for Active Citizenship",
    "New Challenge for Public Libraries (New Lib)",
)


@pytest.fixture(scope="module")
def linker() -> Linker:
    names = [Called(PROJECT, title, title) for title in TITLES]
    names += [Called(PROJECT, alias, title, whole=True) for title in TITLES for alias in aliases_of(title)]
    names.append(Called(PROJECT, "PA17/RO13", "DigiTales", whole=True))
    return Linker(names, grammar().closed)


def _named(linker: Linker, question: str, language: str = "en") -> set[str]:
    return {link.called.key for link in linker.link(words(question), language)}


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("What was the budget of Silver Stories?", {"Silver Stories"}),
        ("silver storys budget", {"Silver Stories"}),
        ("stories silver budget", {"Silver Stories"}),
        ("who paid for digi tales", {"DigiTales"}),
        ("who paid for digitale", {"DigiTales"}),
        ("Cine a finanțat Socăcițele?", {"Socacitele, the community caterers"}),
        ("When did New Lib run?", {"New Challenge for Public Libraries (New Lib)"}),
        ("new chalenge for public libraries partners", {"New Challenge for Public Libraries (New Lib)"}),
        ("How many spoke at the Occupy Library conference?", {"OCCUPY LIBRARY Conference"}),
        ("the innovators hub of occupy library", {"Occupy Library Innovators Hub"}),
        ("Who funded the third space?", {"The third space of the community"}),
        ("budget of Third Place for Active Citizenship", {"Third Place for Active Citizenship"}),
        ("Compare Silver Stories with DigiTales", {"Silver Stories", "DigiTales"}),
        ("What is the budget of PA17/RO13?", {"DigiTales"}),
    ],
)
def test_a_project_is_found_by_how_people_call_it(linker: Linker, question: str, titles: set[str]) -> None:
    assert _named(linker, question) == titles


def test_a_word_counts_as_what_translates_it(linker: Linker) -> None:
    assert _named(linker, "câți vorbitori a avut conferința Occupy Library", "ro") == {"OCCUPY LIBRARY Conference"}


def test_a_name_that_fits_two_projects_finds_both(linker: Linker) -> None:
    found = _named(linker, "What was Occupy Library about?")
    assert found == {"Occupy Library Innovators Hub", "OCCUPY LIBRARY Conference"}


@pytest.mark.parametrize(
    "question", ["What was the budget of Project Apollo?", "Who is the president?", "What is it for?", "", "42"]
)
def test_an_unknown_name_finds_nothing(linker: Linker, question: str) -> None:
    assert _named(linker, question) == set()


def test_a_name_is_sure_where_it_is_said_as_it_is(linker: Linker) -> None:
    (said,) = linker.link(words("budget of silver stories"))
    (slip,) = linker.link(words("budget of the third space"))
    (code,) = linker.link(words("budget of PA17/RO13"))
    assert (said.is_sure, slip.is_sure, code.is_sure) == (True, False, True)
    assert (said.score, said.positions) == (1.0, frozenset({2, 3}))


def test_one_word_names_a_project_where_it_is_written_like_a_name(linker: Linker) -> None:
    said = words("Who funded the Innovators?")
    assert {link.called.key for link in linker.link(said, "en", frozenset({3}))} == {"Occupy Library Innovators Hub"}
    both = {link.called.key for link in linker.link(words("Who funded the Library?"), "en", frozenset({3}))}
    assert both == {"Occupy Library Innovators Hub", "OCCUPY LIBRARY Conference"}
    assert linker.link(words("Who funded the library?")) == []


def test_one_word_of_a_title_names_none_beside_a_name_of_no_title(linker: Linker) -> None:
    # “Silver Apollo” is not Silver Stories.
    assert linker.link(words("Who funded Silver Apollo?"), "en", frozenset({2, 3})) == []


def test_a_document_without_projects_is_a_subject_by_its_title() -> None:
    (link,) = Linker([Called(DOCUMENT, "The Hen House", "d")], grammar().closed).link(words("Who ran the hen house?"))
    assert link.called == Called(DOCUMENT, "The Hen House", "d")


def test_a_document_is_no_subject_beside_a_project_by_one_word() -> None:
    names = [Called(PROJECT, "Tide School", "p"), Called(DOCUMENT, "Reedmoor", "d")]
    assert [link.called.key for link in Linker(names, grammar().closed).link(words("tide school of reedmoor"))] == ["p"]


def test_of_many_names_the_same_is_found_as_of_few() -> None:
    names = [Called(PROJECT, f"Lamp House of Town {number}", f"{number}") for number in range(500)]
    names.append(Called(PROJECT, "Forgotten Apple Orchards", "apples"))
    linker = Linker(names, grammar().closed)
    assert _named(linker, "who funded the forgoten apple orchards") == {"apples"}
    assert _named(linker, "who funded lamp house of town 77") == {"77"}


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What was the budget of lantern wlak?", "Lantern Walk"),
        ("What was the budget of Salt Rood?", "Salt Road"),
        ("What was the budget of Harbor Voices?", "Harbour Voices"),
        ("Orchard Winter budget", "Winter Orchard"),
        ("who funded lanternwalk", "Lantern Walk"),
        ("ce buget a avut podul de lemn", "Podul de Lemn"),
        ("What was the budget of casa albinelor?", "Casa Albinelor"),
        ("What is the Junior project's budget?", "Harbour Voices Junior"),
        ("What was the budget of Harbour Voices Junior?", "Harbour Voices Junior"),
        ("total cost of rm-2043", "Coastal Roads Upgrade"),
    ],
)
def test_a_project_of_a_store_is_found_by_how_people_call_it(reedmoor: Assistant, question: str, title: str) -> None:
    assert {one.project for one in ask(reedmoor, question).citations} == {title}


def test_a_word_of_two_titles_gives_both_or_asks_which_is_meant(reedmoor: Assistant) -> None:
    text = ask(reedmoor, "What was the Harbour project's budget?").text
    assert "Harbour Voices;" in text or "Harbour Voices –" in text
    assert "Harbour Voices Junior" in text


def test_the_nearest_titles_are_those_that_share_words() -> None:
    titles = {title: title.lower() for title in TITLES}
    assert nearest_titles(titles, "silver dreams", 1) == ["Silver Stories"]
    assert nearest_titles(titles, "quixotic zebras") == []
    assert nearest_titles({}, "silver dreams") == []
