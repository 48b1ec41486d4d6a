"""Places in a labelled value, countries in prose, codes of countries."""

from time import perf_counter

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from corpus.places import PlaceName, countries_in, country_code, country_of, find_places, part_around

PIECES = st.sampled_from(
    [
        *(
            "Cluj",
            "Romania",
            "Moldova",
            "Georgia",
            "USA",
            "Bosnia and Herzegovina",
            "Oslo (Norway)",
            "12 villages",
            "RO",
        ),
        *("județul Bihor", "the", "(", ")", "Region:", "n/a", "²", "ﬁ", "İ", "CA", "sector 1", "Paris"),
    ]
)
JUMBLE = st.lists(st.tuples(PIECES, st.sampled_from([" ", ", ", "; ", " and ", " și ", " / ", "\n• ", ""]))).map(
    lambda pairs: "".join(piece + glue for piece, glue in pairs)
)


def placed(value: str) -> list[tuple[str, str | None]]:
    return [(one.name, one.country) for one in find_places(value)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Cluj, Romania", [("Cluj", "RO")]),
        ("Cluj (Romania)", [("Cluj", "RO")]),
        ("Romania, Moldova and Ukraine", [("Romania", "RO"), ("Moldova", "MD"), ("Ukraine", "UA")]),
        ("România, Republica Moldova", [("România", "RO"), ("Republica Moldova", "MD")]),
        ("RO, MD", [("RO", "RO"), ("MD", "MD")]),
        ("Romania (Cluj, Arad)", [("Romania", "RO"), ("Cluj", "RO"), ("Arad", "RO")]),
        ("Orhei, Soroca and Ocnița (Moldova)", [("Orhei", "MD"), ("Soroca", "MD"), ("Ocnița", "MD")]),
        ("Elm, Oak and Ash, Norway", [("Elm", "NO"), ("Oak", "NO"), ("Ash", "NO")]),
        ("Elm and Ash villages from Caras-Severin County",
         [("Elm", "RO"), ("Ash villages from Caras-Severin County", "RO")]),
        ("județele Cluj, Bihor și Sălaj", [("județele Cluj", "RO"), ("Bihor", "RO"), ("Sălaj", "RO")]),
        ("• Cluj\n• Soroca; Oslo", [("Cluj", "RO"), ("Soroca", "MD"), ("Oslo", "NO")]),
        ("Bucharest / Sofia", [("Bucharest", "RO"), ("Sofia", "BG")]),
        ("București, sector 1", [("București, sector 1", "RO")]),
        ("Anina, județul Caraș-Severin", [("Anina, județul Caraș-Severin", "RO")]),
        ("comuna Elm, jud. Caraș-Severin", [("comuna Elm, jud. Caraș-Severin", "RO")]),
        ("Județul Cluj", [("Județul Cluj", "RO")]),
        ("Cluj-Napoca", [("Cluj-Napoca", "RO")]),
        ("Region: Central Africa", [("Central Africa", None)]),
        ("12 villages in Iași County", [("12 villages in Iași County", "RO")]),
        ("27 counties of Romania", [("27 counties of Romania", "RO")]),
        ("nine moorings between Elm and Ash", [("nine moorings between Elm and Ash", None)]),
        ("multi-country", [("multi-country", None)]),
        ("online", [("online", None)]),
        ("Western Balkans", [("Western Balkans", None)]),
        ("EU", [("EU", None)]),
    ],
)  # fmt: skip
def test_the_places_of_a_value_and_their_countries(value: str, expected: list[tuple[str, str | None]]) -> None:
    assert placed(value) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bosnia and Herzegovina", "BA"),
        ("Trinidad and Tobago", "TT"),
        ("Antigua and Barbuda", "AG"),
        ("St. Vincent and the Grenadines", "VC"),
        ("North Macedonia", "MK"),
        ("Papua New Guinea", "PG"),
        ("Equatorial Guinea", "GQ"),
        ("Guinea-Bissau", "GW"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Democratic Republic of the Congo", "CD"),
        ("Congo, Dem. Rep.", "CD"),
        ("Congo", "CG"),
        ("Yemen, Republic of", "YE"),
        ("Gambia, The", "GM"),
        ("Egypt, Arab Republic of", "EG"),
        ("Korea, Republic of", "KR"),
        ("Lao PDR", "LA"),
        ("Taiwan, China", "TW"),
        ("Hashemite Kingdom of Jordan", "JO"),
        ("the Netherlands", "NL"),
        ("Côte d’Ivoire", "CI"),
        ("Kosovo*", "XK"),
        ("Germania", "DE"),
        ("GERMANY", "DE"),
        ("U.S.A.", "US"),
        ("EL", "GR"),
    ],
)
def test_a_country_is_one_place_however_it_is_written(name: str, code: str) -> None:
    assert country_code(name) == code
    ((_, country),) = placed(name)
    assert country == code


@pytest.mark.parametrize(
    "name", ["", "Cluj", "ro", "polish", "Embassy of the Kingdom of Norway", "Government of Romania", "x" * 999]
)
def test_what_is_no_country_has_no_code(name: str) -> None:
    assert country_code(name) is None


@pytest.mark.parametrize("language", ["en", "ro"])
def test_every_country_of_the_standard_has_its_code_in_both_languages(language: str) -> None:
    import pycountry

    known = {country.alpha_2 for country in pycountry.countries}
    territories = {code: name for code, name in Locale(language).territories.items() if code in known}
    assert len(territories) == len(known)
    assert {name: country_code(name) for name in territories.values()} == {name: c for c, name in territories.items()}


def test_georgia_is_the_country_unless_the_states_stand_behind_it() -> None:
    assert placed("Georgia") == [("Georgia", "GE")]
    assert placed("Tbilisi, Georgia") == [("Tbilisi", "GE")]
    assert placed("Georgia, USA") == [("Georgia", "US")]
    assert placed("Atlanta, Georgia, USA") == [("Atlanta", "US"), ("Georgia", "US")]
    assert placed("Armenia, Georgia, Ukraine") == [("Armenia", "AM"), ("Georgia", "GE"), ("Ukraine", "UA")]
    assert placed("Benin, Niger, Nigeria") == [("Benin", "BJ"), ("Niger", "NE"), ("Nigeria", "NG")]


def test_a_place_before_another_country_than_its_own_is_not_guessed() -> None:
    assert placed("Iași, Moldova") == [("Iași", None), ("Moldova", "MD")]
    assert placed("Paris, Texas, USA") == [("Paris", None), ("Texas", "US")]
    assert placed("Iași, Soroca, Moldova") == [("Iași", "RO"), ("Soroca", "MD")]


def test_directions_and_everyday_words_are_no_parts_of_some_far_country() -> None:
    assert [placed(value)[0][1] for value in ("Regiunea Nord-Est", "Central", "Western Area", "Victoria", "The")] == [
        None
    ] * 5


def test_a_remark_behind_a_country_is_no_place() -> None:
    (one,) = find_places("Kosovo (under UNSCR 1244/99)")
    assert one == PlaceName(0, 28, "Kosovo", "XK")


def test_the_span_holds_the_country_that_the_text_adds() -> None:
    text = "Elm; Oak (Norway), Ash, Italy"
    assert [text[one.start : one.end] for one in find_places(text)] == ["Elm", "Oak (Norway)", "Ash, Italy"]


def test_a_state_of_two_letters_belongs_to_its_town() -> None:
    assert [name for name, _ in placed("Los Angeles, CA")] == ["Los Angeles, CA"]
    assert placed("London, UK") == [("London", "GB")]


@pytest.mark.parametrize("value", ["", " ", "-", "n/a", "N/A", "none", "tbc", ";", ", ,"])
def test_nothing_is_nowhere(value: str) -> None:
    assert find_places(value) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Schools in Romania and the Republic of Moldova, and one in the UK.", ["RO", "MD", "GB"]),
        ("It began in New Mexico, over turkey and china, in no hurry.", []),
        ("În România și în Ucraina; bibliotecile Norvegiei.", ["RO", "UA", "NO"]),
    ],
)
def test_prose_names_countries_with_a_capital(sentence: str, expected: list[str]) -> None:
    assert [one.country for one in countries_in(sentence)] == expected


def test_a_place_has_the_country_of_its_name_or_none() -> None:
    assert [country_of(name) for name in ("Cluj", "Bihor County", "Budapest", "Elm", "x" * 999)] == [
        *("RO", "RO", "HU"),
        *(None, None),
    ]


@given(JUMBLE)
def test_spans_lie_in_the_text_in_order_and_hold_the_name(value: str) -> None:
    end = 0
    for one in find_places(value):
        assert end <= one.start < one.end <= len(value)
        assert one.name
        assert one.name in value[one.start : one.end]
        end = one.end


@pytest.mark.parametrize("unit", ["A and ", " ", "A b ", "Cluj, ", "(", "the ", "Romania, "])
def test_the_worst_value_takes_little_time(unit: str) -> None:
    begun = perf_counter()
    find_places(unit * 20_000)
    assert perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Isle of Lewis, Scotland", [("Isle of Lewis", "GB"), ("Scotland", "GB")]),
        ("Devon and Somerset, England", [("Devon", "GB"), ("Somerset", "GB"), ("England", "GB")]),
        ("Bangor (Wales)", [("Bangor", "GB"), ("Wales", "GB")]),
        ("Belfast, Northern Ireland, UK", [("Belfast", "GB"), ("Northern Ireland", "GB")]),
        ("Bristol, United Kingdom", [("Bristol", "GB")]),
    ],
)
def test_a_country_within_another_is_a_place_of_its_own(value: str, expected: list[tuple[str, str]]) -> None:
    assert [(place.name, place.country) for place in find_places(value)] == expected


def test_what_is_in_a_part_of_a_country_is_told_by_words_or_divisions() -> None:
    told = {
        "North Wales": "GB-WLS",
        "Devon": "GB-ENG",
        "Țara Galilor": "GB-WLS",
        "Scoției": "GB-SCT",
        "Powys": "GB-WLS",
    }
    assert {name: part_around(name) for name in told} == told
    assert [part_around(name) for name in ("Bristol Channel", "New England", "United Kingdom", "Ireland")] == [None] * 4
