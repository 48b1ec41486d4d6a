"""The places that a question names, among those of the world's countries and of a store."""

from time import perf_counter

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.places import PlaceIndex, PlaceMention
from corpus.words import words

KNOWN = [
    ("Moldova", "MD"), ("Republica Moldova", "MD"), ("Romania", "RO"), ("Islanda", "IS"), ("Finland", "FI"),
    ("South Asia", None), ("Western Balkans", None), ("Aarhus", "DK"), ("Cluj", "RO"), ("Cluj County", "RO"),
    ("Timișoara", "RO"), ("București, sector 1", "RO"), ("12 villages in Iași County", "RO"), ("Global", None),
    ("EU", None), ("National", None), ("Georgia", "US"),
]  # fmt: skip
INDEX = PlaceIndex(KNOWN)


def mentions(question: str, index: PlaceIndex = INDEX) -> list[PlaceMention]:
    return index.find(words(question), question)


def told(question: str) -> list[tuple[str, str | None]]:
    """(the words, folded, and the country) of each mention."""
    said = words(question)
    return [(" ".join(said[at] for at in sorted(one.positions)), one.code) for one in mentions(question)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("the Netherlands", "NL"), ("Țările de Jos", "NL"), ("Țărilor de Jos", "NL"), ("Republica Moldova", "MD"),
        ("Republicii Moldova", "MD"), ("REPUBLICA MOLDOVA", "MD"), ("Turciei", "TR"), ("turkey", "TR"),
        ("Bosnia and Herzegovina", "BA"), ("Bosnia & Herzegovina", "BA"), ("bosnia si hertegovina", "BA"),
        ("Bosniei și Herțegovinei", "BA"), ("cote d ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Marii Britanii", "GB"),
        ("Africii de Sud", "ZA"), ("Arabiei Saudite", "SA"), ("Noii Zeelande", "NZ"), ("Egiptului", "EG"),
        ("Statelor Unite", "US"), ("UK", "GB"), ("US", "US"), ("U.S.", "US"), ("Northern Ireland", "GB-NIR"),
        ("Scoției", "GB-SCT"), ("Țara Galilor", "GB-WLS"), ("Țării Galilor", "GB-WLS"), ("England", "GB-ENG"),
        ("DR Congo", "CD"), ("United Kingdom of Great Britain and Northern Ireland", "GB"),
    ],
)  # fmt: skip
def test_a_country_is_found_in_any_case_and_form(name: str, code: str) -> None:
    question = f"care sunt partenerii din {name}?"
    said = tuple(range(4, 4 + len(words(name))))
    assert [(one.code, tuple(sorted(one.positions)), one.is_adjective) for one in mentions(question)] == [
        (code, said, False)
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Regatul Norvegiei", "NO"),
        ("Regatului Țărilor de Jos", "NL"),
        ("Republica Bulgaria", "BG"),
        ("Kingdom of Norway", "NO"),
    ],
)
def test_what_a_country_is_as_a_state_belongs_to_its_name(name: str, code: str) -> None:
    assert told(f"schools in the {name}") == [(" ".join(words(name)), code)]


@pytest.mark.parametrize(
    ("adjective", "code"),
    [("Dutch", "NL"), ("elvețiene", "CH"), ("români", "RO"), ("moldovenești", "MD"), ("South African", "ZA"),
     ("sud-africani", "ZA"), ("Costa Rican", "CR")],
)  # fmt: skip
def test_a_nationality_is_found_as_an_adjective(adjective: str, code: str) -> None:
    assert [(one.code, one.is_adjective) for one in mentions(f"care parteneri {adjective} are?")] == [(code, True)]


@pytest.mark.parametrize(
    "question",
    [
        "what is in it for us at all, and who is to be there?", "IS IT IN US AT ALL", "romanele și romanul", "reunion",
        "repararea ușii, o ușă", "o relație frântă", "British Columbia", "New Mexico", "the Gulf of Guinea",
        "Indian Ocean", "Oceanul Indian", "Lake Chad", "South America", "Americii Latine", "Latin American",
        "latino-american", "Congolese", "", "costs in US dollars", "in Swiss francs", "dolari americani",
    ],
)  # fmt: skip
def test_words_that_look_like_a_country_and_are_none(question: str) -> None:
    assert mentions(question) == []


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("projects in South Asia", ("South Asia",)),
        ("proiecte din cluj", ("Cluj", "Cluj County")),
        ("bugetul Clujului", ("Cluj", "Cluj County")),
        ("projects in Cluj County", ("Cluj County", "Cluj")),
        ("proiecte la Timisoara", ("Timișoara",)),
        ("școlile Timișoarei", ("Timișoara",)),
        ("Timisoarra", ("Timișoara",)),
        ("work in Arhus", ("Aarhus",)),
        ("western balkan", ("Western Balkans",)),
        ("proiecte din București", ("București, sector 1",)),
        ("proiecte din Iași", ("12 villages in Iași County",)),
        ("EU projects", ("EU",)),
        ("schools in Georgia", ("Georgia",)),
    ],
)
def test_a_place_of_the_store_is_found_by_its_name(question: str, names: tuple[str, ...]) -> None:
    assert [(one.code, one.names, one.is_adjective) for one in mentions(question)] == [(None, names, False)]


@pytest.mark.parametrize("question", ["eu vreau proiecte", "national projects", "Kluj", "Clux", "Iasi1", "Global2"])
def test_other_words_are_no_place_of_the_store(question: str) -> None:
    assert mentions(question) == []


def test_a_word_in_small_letters_is_no_place_where_names_have_capitals() -> None:
    assert told("Which global health projects ran in Aarhus?") == [("aarhus", None)]
    assert told("global health") == [("global", None)]
    assert told("What did Silver Stories do in aarhus?") == [("aarhus", None)]


def test_a_country_has_the_names_that_the_store_has_for_it() -> None:
    assert [one.names for one in mentions("Moldovei, moldovean, Norway")] == [
        ("Moldova", "Republica Moldova"), ("Moldova", "Republica Moldova"), (),
    ]  # fmt: skip


def test_a_slip_is_forgiven_in_the_name_of_a_country_that_the_store_has() -> None:
    assert told("Rumania, Romnia, Moldva") == [("rumania", "RO"), ("romnia", "RO"), ("moldva", "MD")]
    assert told("Bulgria") == []


@pytest.mark.parametrize("question", ["island", "inland", "romani", "Finlan"])
def test_a_word_that_is_nearly_a_country_is_no_slip(question: str) -> None:
    assert mentions(question) == []


def test_the_longest_run_of_words_wins() -> None:
    index = PlaceIndex([("South", None), ("South Asia", None), ("Asia", None), ("Georgia", "GE"), ("Guinea", "GN")])
    assert [one.names for one in mentions("South Asia, Papua New Guinea, Asia", index)] == [
        ("South Asia",),
        (),
        ("Asia",),
    ]


def test_a_country_that_the_store_has_goes_before_a_place_called_like_it() -> None:
    index = PlaceIndex([("Georgia", "US"), ("Georgia", "GE"), ("Șiria", "RO")])
    assert [(one.code, one.names) for one in mentions("Georgia", index)] == [("GE", ("Georgia",))]
    assert [(one.code, one.names) for one in mentions("Șiria", index)] == [(None, ("Șiria",))]
    assert [(one.code, one.names) for one in mentions("Georgian", index)] == [("GE", ("Georgia",))]


def test_without_the_question_as_typed_the_folded_words_are_enough() -> None:
    assert [one.code for one in INDEX.find(words("parteneri din Moldova"), "Moldova?")] == ["MD"]


@given(
    st.lists(
        st.sampled_from(
            ["South", "Asia", "New", "Mexico", "Guinea", "of", "the", "Republic", "Cluj", "US", "români", "ușa", "Lake",
             "America", "Dutch", ",", "și", "Bosnia", "Herzegovina", "İ", "ß", "Moldva"]
        )
    ).map(" ".join)
)  # fmt: skip
def test_mentions_stand_in_order_and_do_not_overlap(question: str) -> None:
    found = mentions(question)
    positions = [at for one in found for at in sorted(one.positions)]
    assert positions == sorted(set(positions))
    assert set(positions) <= set(range(len(words(question))))
    assert all(one.code or one.names for one in found)


@given(st.text(max_size=80))
def test_any_question_is_read(question: str) -> None:
    mentions(question)


def test_a_question_of_twelve_words_takes_less_than_two_milliseconds_among_five_thousand_places() -> None:
    index = PlaceIndex([(one.name, one.country_code) for one in pycountry.subdivisions][:5000])
    question = "which partners did the Dutch fund in villages of Westren Norweey valleys"
    said = words(question)
    seconds = []
    for _ in range(20):
        started = perf_counter()
        assert [one.code for one in index.find(said, question)] == ["NL"]
        seconds.append(perf_counter() - started)
    assert min(seconds) < 0.002
