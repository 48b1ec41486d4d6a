"""Organisations in labelled values and in prose."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.organisation_lists import GROUP, OTHERS, TOGETHER
from corpus.organisations import Name, find_in_prose, find_organisations

PIECES = st.sampled_from(
    [
        *(
            "Owl Trust",
            "Lamp Foundation (Norway)",
            "Fundația „Salcia”",
            "ABC",
            "Sun S.R.L.",
            "12 other schools",
            "et al.",
        ),
        *("Ministry of Culture, Media and Sport", "funded by", "in partnership with", "within the project", "Erasmus+"),
        *("(", ")", "“", "”", "1.", "-", "\n", "•", "none", "Italy", "the", "și al", "x" * 40, "²", "ﬁ"),
    ]
)
JUMBLE = st.lists(st.tuples(PIECES, st.sampled_from([" ", ", ", "; ", " and ", " & ", " / ", "\n", ""]))).map(
    lambda pairs: "".join(piece + glue for piece, glue in pairs)
)


def names(value: str, label: str = "Partners") -> list[str]:
    return [one.name for one in find_organisations(value, label=label)]


def told(sentence: str, title: str = "") -> list[tuple[str, str]]:
    return [(one.role, one.name) for one in find_in_prose(sentence, title)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Owl Trust, Lamp, Sun Bank", ["Owl Trust", "Lamp", "Sun Bank"]),
        ("Owl Trust, Lamp Ltd., Sun S.R.L., Moon GmbH", ["Owl Trust", "Lamp Ltd.", "Sun S.R.L.", "Moon GmbH"]),
        ("Owl, Inc., Lamp", ["Owl, Inc.", "Lamp"]),
        ("Town, Harbour and Sons; School", ["Town, Harbour and Sons", "School"]),
        ("• Owl Trust\n• Lamp Foundation", ["Owl Trust", "Lamp Foundation"]),
        ("- Owl Trust\n- Lamp", ["Owl Trust", "Lamp"]),
        ("1. Owl Trust 2. Lamp Foundation", ["Owl Trust", "Lamp Foundation"]),
        ("Owl Trust / Lamp Foundation", ["Owl Trust", "Lamp Foundation"]),
        ("Owl/Lamp Trust", ["Owl/Lamp Trust"]),
        ("Owl Trust, Lamp (Oslo, Bergen), Sun", ["Owl Trust", "Lamp (Oslo, Bergen)", "Sun"]),
        ("Asociația „Unu, doi, trei”, Fundația Salcia", ["Asociația „Unu, doi, trei”", "Fundația Salcia"]),
        ("Primăria Lunca, județul Bihor, Fundația Salcia", ["Primăria Lunca, județul Bihor", "Fundația Salcia"]),
        ("Lamp University, Faculty of Letters, Owl Trust", ["Lamp University, Faculty of Letters", "Owl Trust"]),
        ("School (Italy, School", ["School (Italy, School"]),
        ("School,  , Society,", ["School", "Society"]),
    ],
)
def test_a_list_is_cut_at_its_marks_and_not_within_names(value: str, expected: list[str]) -> None:
    assert names(value) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Save the Owls",
        "Ministry of Education and Research",
        "Department for Culture, Media and Sport",
        "Ministerul Muncii, Familiei și Protecției Sociale",
        "Lamp Municipality Arts and Leisure Service (Denmark)",
        "Friends of Romania and Moldova Reading Group",
        "Institute for Research and University Development",
        "Marks & Lamp",
        "Hill & Co. Design GmbH & Co KG",
        "Asociația Artă, Sport și Cultură",
    ],
)
def test_a_conjunction_within_a_name_stays(name: str) -> None:
    (found,) = find_organisations(name, label="Partners")
    assert found.end == len(name)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Association of Millers of the Republic of Moldova and Owl Foundation", 2),
        ("Ministry of Health and Ministry of Education", 2),
        ("Fundația Salcia și Primăria Lunca", 2),
        ("Owl (Norway) and Lamp (Italy)", 2),
        ("Owl Trust, Lamp and Sun", 3),
        ("Owl Trust, Lamp, and Sun", 3),
        ("Department for Culture, Media and Sport, UNICEF and Red Lamp", 3),
        ("Owl Shop and Lamp Oil", 2),
        ("Owl Trust, Johnson & Lamp", 2),
        ("Owl Trust, Doctors of the World & Oxlamp", 3),
    ],
)
def test_a_conjunction_between_names_parts_them(value: str, expected: int) -> None:
    assert len(names(value)) == expected


def test_two_short_names_are_told_apart_only_by_a_label_in_the_plural() -> None:
    assert names("Owl and Lamp", "Sponsors") == ["Owl", "Lamp"]
    assert names("Owl and Lamp", "Sponsor") == ["Owl and Lamp"]
    assert names("Owl and Lamp", "") == ["Owl and Lamp"]


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("Funder", "Lamp Mechanism 2009-2014, Owl Scheme", 1),
        ("Finanțator", "Banca Lunii, Fundația Salcia", 1),
        ("Funders", "Owl Bank, Lamp Foundation", 2),
        ("Finanțatori", "Banca Lunii, Fundația Salcia", 2),
        ("Funded by", "Owl Bank, Lamp Foundation", 2),
        ("Partner", "Owl (Norway), Lamp (Italy)", 2),
        ("Partner", "Owl Trust; Lamp", 2),
        ("", "Owl Trust, Lamp", 2),
    ],
)
def test_a_label_in_the_singular_holds_one_name_whatever_its_commas(label: str, value: str, expected: int) -> None:
    assert len(names(value, label)) == expected


def test_whoever_knows_that_a_value_is_a_list_may_say_so() -> None:
    assert len(find_organisations("Owl Trust, Lamp", label="Funder", several=True)) == 2
    assert len(find_organisations("Owl Trust, Lamp", label="Partners", several=False)) == 1


@pytest.mark.parametrize(
    ("value", "name", "country"),
    [
        ("Owl Foundation (Romania)", "Owl Foundation", "RO"),
        ("Owl Foundation (Arad, Romania)", "Owl Foundation", "RO"),
        ("Owl Foundation (RO)", "Owl Foundation", "RO"),
        ("Owl Foundation [UK]", "Owl Foundation", "GB"),
        ("Owl Group (Netherlands, The)", "Owl Group", "NL"),
        ("Owl Foundation, Norway", "Owl Foundation", "NO"),
        ("Owl Foundation – Norvegia", "Owl Foundation", "NO"),
        ("NO: Owl Foundation", "Owl Foundation", "NO"),
        ("Norway: Owl Foundation", "Owl Foundation", "NO"),
        ("Owl Library, Arad, Romania", "Owl Library, Arad", "RO"),
        ("Association of Owls (AOW)", "Association of Owls (AOW)", None),
        ("Institute of Education (IE)", "Institute of Education (IE)", None),
        ("National Library of Moldova", "National Library of Moldova", None),
    ],
)
def test_the_country_beside_a_name_is_read_off_and_the_span_holds_it(
    value: str, name: str, country: str | None
) -> None:
    assert find_organisations(value, label="Partners") == [Name(0, len(value), name, country)]


def test_semicolons_leave_the_country_behind_a_comma_to_its_name() -> None:
    found = find_organisations("Owl Library “Ana“ Arad, Romania; District Library Soroca, Moldova", label="Partners")
    assert [(one.name, one.country) for one in found] == [
        ("Owl Library “Ana“ Arad", "RO"),
        ("District Library Soroca", "MD"),
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("the Owl Trust", "Owl Trust"),
        ("by the Owl Trust.", "Owl Trust"),
        ("„Owl Trust”", "Owl Trust"),
        ("Owl Trust”", "Owl Trust"),
        ("Lamp Ltd.", "Lamp Ltd."),
        ("County Library “Ana” Soroca", "County Library “Ana” Soroca"),
    ],
)
def test_what_stands_around_a_name_is_left_out(value: str, expected: str) -> None:
    (found,) = find_organisations(value)
    assert value[found.start : found.end] == found.name == expected


@pytest.mark.parametrize(
    "value", ["", " ", "-", "—", "none", "None.", "n/a", "N.A.", "tbc", "not applicable", "fără", "?"]
)
def test_nothing_is_nobody(value: str) -> None:
    assert find_organisations(value, label="Partners") == []


@pytest.mark.parametrize(
    "value",
    ["40 reading clubs in Norway and the Republic of Korea", "six schools from Oslo", "public schools in Norway",
     "peste 30 de școli din Bihor", "NGOs from the region"],
)  # fmt: skip
def test_a_group_is_kept_whole_and_said_to_be_one(value: str) -> None:
    assert find_organisations(value, label="Partners") == [Name(0, len(value), value, None, GROUP)]


def test_others_that_are_counted_are_a_group_and_others_that_are_not_a_note() -> None:
    assert [(one.name, one.note) for one in find_organisations("Owl Trust, Lamp and 12 other libraries")] == [
        ("Owl Trust", ""),
        ("Lamp", ""),
        ("12 other libraries", GROUP),
    ]
    for ending in (" et al.", " and others", ", etc.", " și alții"):
        assert [(one.name, one.note) for one in find_organisations("Owl Trust" + ending)] == [("Owl Trust", OTHERS)]


def test_names_without_a_mark_between_them_are_not_guessed_apart() -> None:
    (found,) = find_organisations("Owl AssociationLampSun InstituteBookshop", label="With the support of")
    assert (found.name, found.note) == ("Owl AssociationLampSun InstituteBookshop", TOGETHER)
    assert find_organisations("YouTube")[0].note == ""


def test_a_name_ends_at_its_short_form_or_its_country_though_the_next_is_glued_to_it() -> None:
    value = "Owl Association (OWA)LampSun InstituteBookshop, Moon Shop"
    assert [(one.name, one.note) for one in find_organisations(value, label="With the support of")] == [
        ("Owl Association (OWA)", ""),
        ("LampSun InstituteBookshop", TOGETHER),
        ("Moon Shop", ""),
    ]
    assert [(one.name, one.country) for one in find_organisations("Owl Shop (Norway)Lamp Shop (Italy)")] == [
        ("Owl Shop", "NO"),
        ("Lamp Shop", "IT"),
    ]
    assert names("Asociația (Re)Construct") == ["Asociația (Re)Construct"]


def test_words_in_the_value_give_another_role_than_the_label() -> None:
    value = (
        "Co-financed by the Owl Union and implemented by LAMPO (Finland), in partnership with Sun, Moon desk and ABC."
    )
    assert [(one.name, one.role, one.country) for one in find_organisations(value, label="Investors")] == [
        ("Owl Union", "funder", None),
        ("LAMPO", "implementer", "FI"),
        ("Sun", "partner", None),
        ("Moon desk", "partner", None),
        ("ABC", "partner", None),
    ]


def test_a_project_or_a_programme_named_beside_the_giver_is_no_organisation() -> None:
    value = (
        "Owl Regional Bank”, within the project “Bridges” , implemented by the Lamp Hub – LAP with the support of SUN"
    )
    assert [(one.name, one.role) for one in find_organisations(value, label="Funder")] == [
        ("Owl Regional Bank", ""),
        ("Lamp Hub – LAP", "implementer"),
        ("SUN", "supporter"),
    ]
    assert names("the Owl Commission under the Creative Europe Program – Culture Sub-Program", "Funded by") == [
        "Owl Commission"
    ]


def test_a_bracket_may_give_the_role() -> None:
    found = find_organisations("Fundația Salcia (lider), Primăria Lunca (partener), Owl Trust (lead partner)")
    assert [(one.name, one.role) for one in found] == [
        ("Fundația Salcia", "implementer"),
        ("Primăria Lunca", "partner"),
        ("Owl Trust", "implementer"),
    ]


def test_a_name_that_begins_like_a_phrase_stays_a_name() -> None:
    assert names("Fundația Alături de Lume, Împreună cu Noi") == ["Fundația Alături de Lume", "Împreună cu Noi"]


@given(JUMBLE, st.sampled_from(["", "Partners", "Funder", "Cu sprijinul"]))
def test_spans_lie_in_the_text_in_order_and_hold_the_name(value: str, label: str) -> None:
    end = 0
    for one in find_organisations(value, label=label):
        assert end <= one.start < one.end <= len(value)
        assert one.name
        assert one.name in value[one.start : one.end]
        end = one.end


@given(st.text(alphabet="AaȘ ,;.()“”„\n\t-–/&'1•|²İ", max_size=60))
def test_any_text_is_read(value: str) -> None:
    for one in find_organisations(value):
        assert one.name in value[one.start : one.end]


@pytest.mark.parametrize("unit", ["A and ", " ", "\n", "X & ", "A (B), ", "(", "“", "1. A ", "funded by A, "])
def test_the_worst_value_takes_little_time(unit: str) -> None:
    begun = perf_counter()
    find_organisations(unit * 20_000, label="Partners")
    assert perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The project is financially supported by the Embassy of Norway within the “LUMEN” Program.",
         [("supporter", "Embassy of Norway")]),
        ("This project is funded by the Owl Union through the Erasmus+ programme and implemented by Lamp Trust.",
         [("funder", "Owl Union"), ("implementer", "Lamp Trust")]),
        ("They began the project “Bridges”, implemented by the Lamp Foundation, with the support of the Sun Fund.",
         [("implementer", "Lamp Foundation"), ("supporter", "Sun Fund")]),
        ("Proiectul este finanțat de Ambasada Norvegiei, cu sprijinul Fundației Salcia.",
         [("funder", "Ambasada Norvegiei"), ("supporter", "Fundației Salcia")]),
        ("Proiectul este implementat de Asociația Lumina în parteneriat cu Primăria Lunca și Biblioteca Județeană.",
         [("implementer", "Asociația Lumina"), ("partner", "Primăria Lunca"), ("partner", "Biblioteca Județeană")]),
        ("Funded by the Ministry of Culture, the project brings books.", [("funder", "Ministry of Culture")]),
        ("It was funded by Sun Bank in 2014.", [("funder", "Sun Bank")]),
        ("The project is funded by Owl Trust, Lamp Foundation and the Sun Bank.",
         [("funder", "Owl Trust"), ("funder", "Lamp Foundation"), ("funder", "Sun Bank")]),
        ("The project is funded by the Owl\nBank (OWB).", [("funder", "Owl Bank (OWB)")]),
        ("The conference was organized by Lamp College.", [("implementer", "Lamp College")]),
    ],
)  # fmt: skip
def test_prose_says_who_did_what(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The project was funded by the sale of cakes.",
        "The project is supported by volunteers.",
        "The project is supported by a team of 30.",
        "The project is funded by Romanian donors.",
        "The project is funded by EU grants.",
        "The project was funded by January 2013.",
        "The project was not funded by the Owl Union.",
        "Proiectul nu este finanțat de Uniunea Bufnițelor.",
        "The project could be funded by the Owl Bank.",
        "Was the project funded by the Owl Bank?",
        "The trip was funded by Owl Trust.",
        "The project was organised by Ana Lumina.",
        "The project follows an earlier one and the programme Lampion, financed by OWLEX (2013).",
        "Ana took part in a training course organized by Lamp College.",
        "These projects are funded by the Owl Bank.",
        "The reform program supported by the OWLC is old.",
        "The project is run by CSOs.",
        "The project is supported by the Bank.",
        "The project is funded by the EEA Grants 2009-2014.",
        "THE PROJECT IS FUNDED BY OWLS OF ALL KINDS AND IT IS NOT KNOWN WHO THEY ARE.",
        "The equipment was donated by Lamp Oil Ltd.",
        "The project, in partnership with schools in Oslo, taught children.",
    ],
)
def test_prose_that_may_mean_something_else_says_nothing(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Owl Ltd. has been shortlisted for the project contract in Malta, in consortium with LUlamp.", ["LUlamp"]),
        ("Owl Ltd. has been shortlisted for the project contract in Malta, in consortium with eLamp:", ["eLamp"]),
        ("Owl is on the shortlist of the service contract, in consortium with Hill & Co. Lamp GmbH & Co KG.",
         ["Hill & Co. Lamp GmbH & Co KG"]),
        ("Owl is on the shortlist of the project in Malta, in consortium with the Hill and co. Lamp KG:",
         ["Hill and co. Lamp KG"]),
        ("The project in the Republic of Malta, in consortium with HILL Lambalar A.Ş.", ["HILL Lambalar A.Ş."]),
        ("The project “Lanterns for all the hills, harbours, lanes and yards of seven towns” in Malta together with "
         "Hill Profiles S.A.(Greece), Moon LLP (UK) and Sun & Lamp S.L. (Spain) in a consortium led by the Lamp Group "
         "(Italy).",
         ["Hill Profiles S.A.", "Moon LLP", "Sun & Lamp S.L.", "Lamp Group"]),
        ("It was built in partnership with the Owl Trust.", []),
        ("We ran the walks together with Sun e.V. (Germany) and lit them, too.", ["Sun e.V."]),
        ("Am organizat plimbările împreună cu Biblioteca Județeană.", ["Biblioteca Județeană"]),
        ("The initiative is delivered alongside Owl Trust and Sun Bank.", ["Owl Trust", "Sun Bank"]),
        ("Proiectul „Felinare” se desfășoară în parteneriat cu Asociația Salcia.", ["Asociația Salcia"]),
        ("Fundația Salcia a câștigat contractul pentru felinare, în consorțiu cu Lamp S.R.L. și Owl S.A.",
         ["Lamp S.R.L.", "Owl S.A."]),
        ("Owl Ltd. has won the contract for a bridge built together with Lamp Ltd.", []),
        ("Alături de Primăria Lunca, Fundația Salcia implementează proiectul.", []),
        ("A house is built in partnership with the Owl Trust.", []),
        ("Contractul a fost semnat de noi.", []),
        ("Acest proiect din Republica Moldova, în consorțiu cu Asociația Lumina și Primăria Lunca.",
         ["Asociația Lumina", "Primăria Lunca"]),
        ("The trip was planned together with Owl Trust.", []),
        ("She lives together with Ana Lumina in Malta.", []),
        ("The project on owls in Malta that Ana began together with Lamp Trust.", []),
    ],
)  # fmt: skip
def test_prose_says_who_the_partners_of_a_contract_are(sentence: str, expected: list[str]) -> None:
    assert [one.name for one in find_in_prose(sentence) if one.role == "partner"] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Owl Works Ltd. has been awarded the project contract in Malta.", ["Owl Works Ltd."]),
        ("Fundația Salcia implementează proiectul din 2014.", ["Fundația Salcia"]),
        ("Alături de Primăria Lunca, Fundația Salcia implementează proiectul.", []),
        ("Owl Works Ltd. has been shortlisted for the project contract.", []),
        ("Owl Works Ltd. has won a prize for the project.", []),
        ("Ana Lumina has won the project.", []),
        ("Owl Works Ltd. has not won the project.", []),
    ],
)
def test_whoever_holds_the_contract_does_the_work(sentence: str, expected: list[str]) -> None:
    assert [one.name for one in find_in_prose(sentence) if one.role == "implementer"] == expected


def test_a_sentence_that_begins_with_the_title_speaks_of_the_project() -> None:
    assert told("Lamp Walk is supported by Sun Bank.") == []
    assert told("Lamp Walk is supported by Sun Bank.", "Lamp Walk") == [("supporter", "Sun Bank")]


@given(JUMBLE)
def test_what_prose_tells_stands_in_the_sentence(sentence: str) -> None:
    prose = "The project is funded by " + sentence
    for one in find_in_prose(prose):
        assert one.name in prose[one.start : one.end].replace("\n", " ")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Together with our partner, the Upland Herders' Union, we built a hut.", ["Upland Herders' Union"]),
        ("Our partner was the Forest Institute of Zvolen.", ["Forest Institute of Zvolen"]),
        ("The partner was Rijeka Marine Projekt (Croatia).", ["Rijeka Marine Projekt"]),
        ("The partner was late.", []),
        ("Împreună cu partenerul nostru, Asociația Crescătorilor de Oi, am construit o stână.",
         ["Asociația Crescătorilor de Oi"]),
        ("Our partners were the Bat Society and the Cave Institute.", ["Bat Society", "Cave Institute"]),
        ("Together with our partners from Slovakia we built a hut.", []),
    ],
)  # fmt: skip
def test_prose_calls_a_partner_so(sentence: str, expected: list[str]) -> None:
    assert [(one.name, one.role) for one in find_in_prose(sentence)] == [(name, "partner") for name in expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Arcadia Trust gave us €90k to count bats.", ["Arcadia Trust"]),
        ("The Meadow Fund paid £3,200 towards it.", ["Meadow Fund"]),
        ("Fundația Carpați ne-a dat 20.000 de lei pentru proiect.", ["Fundația Carpați"]),
        ("UNDP finances it with USD 220,000 until December 2023.", ["UNDP"]),
        ("The maps were drawn for the Aldbury City Hall, which paid 96,500 euro.", ["Aldbury City Hall"]),
        ("The Northern Development Bank and the City of Brenwick have awarded us a contract of EUR 2 million.",
         ["Northern Development Bank", "City of Brenwick"]),
        ("The maps were drawn for the Aldbury City Hall, which paid 500 EUR for tickets.", []),
        ("The Bat Society gave us a map.", []),
        ("The Town Council paid 500 EUR for tickets.", []),
    ],
)  # fmt: skip
def test_whoever_gave_us_money_is_a_funder(sentence: str, expected: list[str]) -> None:
    assert [(one.name, one.role) for one in find_in_prose(sentence)] == [(name, "funder") for name in expected]


@pytest.mark.parametrize(
    ("sentence", "funder"),
    [
        ("Casa s-a deschis în 2021 și a fost finanțată de Fundația Salcia cu 32.000 de euro.", ""),
        ("Casa cu prispă s-a ținut din mai până în iunie și a fost finanțată de Fundația Salcia.", "Fundația Salcia"),
        ("Proiectul a fost finanțat cu 32.000 de euro de Fundația Salcia.", "Fundația Salcia"),
        ("A început un proiect de 22.600 de euro finanțat de Fundația Salcia.", "Fundația Salcia"),
        ("Proiectul a avut un buget de 15.400 de euro de la Fundația Salcia.", "Fundația Salcia"),
        ("Cu 15.400 de euro de la Fundația Salcia am pus cuiburi.", "Fundația Salcia"),
        ("The project was funded with EUR 32,000 by the Owl Trust.", "Owl Trust"),
        ("It was a project of EUR 22,600 funded by the Owl Trust.", "Owl Trust"),
        ("With EUR 15,400 from the Owl Trust we set up nests.", "Owl Trust"),
        ("With 30 people from the Owl Trust we walked, and the bus cost 200 euro.", ""),
        ("Un alt proiect de 10.000 de euro a fost finanțat de Fundația Salcia.", ""),
        ("Primăria a cumpărat un autobuz de 20.000 de euro de la Fundația Salcia.", ""),
    ],
)
def test_a_sum_between_a_funder_and_what_it_paid_for_parts_them_not(sentence: str, funder: str) -> None:
    found = find_in_prose(sentence, "Casa cu prispă")
    assert [(one.name, one.role) for one in found] == ([(funder, "funder")] if funder else [])
    assert all(funder in sentence[one.start : one.end] for one in found)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The client is the State Hydrometeorological Service.", ["State Hydrometeorological Service"]),
        ("Clientul este Agenția Apele Moldovei.", ["Agenția Apele Moldovei"]),
        ("The map was commissioned by the Forest Institute.", ["Forest Institute"]),
        ("The client was satisfied.", []),
        ("The client was not the Forest Institute.", []),
    ],
)
def test_prose_calls_a_client_so(sentence: str, expected: list[str]) -> None:
    assert [(one.name, one.role) for one in find_in_prose(sentence)] == [(name, "client") for name in expected]
