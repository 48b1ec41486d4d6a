"""Words for a country's people, language and things, and words that are none."""

from time import perf_counter

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.country_names import PARTS
from corpus.nationalities import LONGEST_WORD, OTHER_ENGLISH, OTHER_ROMANIAN, SPELT, country_of_nationality
from corpus.words import fold

NATIONS = {
    "IT": "Italian Italians italian italiană italieni italiene italienesc italienești italianul italienilor italiancă",
    "MD": "Moldovan Moldovans moldovean moldoveni moldovenească moldovene moldoveancă moldovenilor",
    "NL": "Dutch Dutchman Netherlander olandez olandeză olandezii neerlandez",
    "CH": "Swiss elvețian elveţiană elvețieni",
    "GR": "Greek Greeks grec grecesc greacă greci grecoaică",
    "US": "American Americans american americani americanilor",
    "GB": "British Briton britanic britanice",
    "GB-ENG": "English Englishwomen englez englezești",
    "GB-SCT": "Scottish Scots scoțian scoțieni",
    "GB-WLS": "Welsh galez galezi",
    "IE": "Irish Irishmen irlandez irlandeză",
    "PL": "Polish polish Poles polonez polonezi",
    "DK": "Danish Danes danez daneză",
    "NO": "Norwegian norvegian norvegiană norvegieni norvegiene",
    "SE": "Swedish Swedes suedez suedeze",
    "TR": "Turkish Turks turc turcesc turcești turcoaică",
    "AL": "Albanian albanez albaneză",
    "UA": "Ukrainian ucrainean ucraineni ucrainence",
    "KG": "Kyrgyz kârgâz kirghiz",
    "TM": "Turkmen turkmenă",
    "KZ": "Kazakh kazahă",
    "AF": "Afghan Afghans afgani",
    "PK": "Pakistani pakistanez",
    "RS": "Serbian Serb sârb sârbi sârbească",
    "HU": "Hungarian maghiar maghiare ungur ungurească",
    "BD": "Bangladeshi",
    "DE": "German Germans german germane nemți nemțești",
    "AT": "Austrian austriac austriece",
    "RU": "Russian rus rusă ruși rusoaică rusește",
    "CZ": "Czech ceh cehă cehești",
    "RO": "Romanian Romanians român română români române românesc românește româncă românilor romana romanesti",
    "GE": "Georgian georgian georgiană georgieni",
    "IN": "Indian Indians indiană indieni",
    "NG": "Nigerian nigerieni",
    "NE": "Nigerien",
    "ZA": "South-African sud-african sudafrican",
    "KH": "Khmer Cambodian",
}


@pytest.mark.parametrize(("code", "forms"), NATIONS.items())
def test_a_nationality_is_known_in_any_form(code: str, forms: str) -> None:
    found = {word: country_of_nationality(word) for word in forms.split()}
    assert found == dict.fromkeys(forms.split(), code)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("South African", "ZA"), ("New Zealander", "NZ"), ("Costa Ricans", "CR"), ("Northern Irish", "GB-NIR"),
        ("South Korean", "KR"), ("North Korean", "KP"), ("sud-coreeni", "KR"), ("Sri Lankan", "LK"),
        ("Sierra Leonean", "SL"), ("Puerto Rican", "PR"), ("Papua New Guinean", "PG"), ("Korean", "KR"),
    ],
)  # fmt: skip
def test_a_nationality_may_have_several_words(words: str, code: str) -> None:
    assert country_of_nationality(words) == code


@pytest.mark.parametrize("word", ["Congolese", "congolez", "congoleză", "Dominican", "dominicani", "arabă", "Arabic"])
def test_a_word_of_several_countries_is_of_none(word: str) -> None:
    assert country_of_nationality(word) is None


@pytest.mark.parametrize(
    "word",
    ["roman", "romane", "romanul", "romanele", "romance", "romani", "Romani", "romană", "Indiana", "Georgiana", "poles",
     "dane", "scot", "bulgări"],
)  # fmt: skip
def test_a_word_that_is_another_word_as_it_is_spelt_is_none(word: str) -> None:
    assert country_of_nationality(word) is None


@pytest.mark.parametrize("word", ["Italy", "Italia", "Italiei", "Belarus", "Niger", "Germania", "USA", "RO", "Cluj"])
def test_the_name_of_a_place_is_no_nationality(word: str) -> None:
    assert country_of_nationality(word) is None


COMMON = """
able academy access account across active activity actor addition adult advice agency agenda agent agreement air
alban alumni animal annual apart archive area arena arm army article artist asian aspect austral author avenue balance
ban bank baron base basic bean begin benign board body book border boss bottle branch brand bread bridge brief budget
build bulk burden bus business camera campaign can canal car care catalan cave cell central century chain chair change
charity chart chief child chin china church citizen city civic class clean climate club coach coast code college common
community company concert congress copy course court craft cube culture cyprian danger data debate degree
design digital dinner doctor domain donor door dutiful early earth economy editor elder election engine
equal estate european exam expert factory family farm fashion festival film final finance finish fish flower folk food
forest forum frank freedom fresh friend fund future garden gender general germ giant girl global goal grant grease
green grenade guest guide guinea gym hall health heritage history holiday home hospital hotel house human hunger idea
image impact inclusion indie industry infant inland innovation insular island islander issue italic jersey job jordan
journal journey judge juice junior justice kitchen lab labour lake land language latin law leader league learn legal
lesson liberal liberty library light liter local magazine main malt man maple marine market master medical meeting
mentor method mission mobile model modern mongrel museum music nation native nature network new niche norm north novel
nurse office oman open opera orphan pan panel paper parent park partner past peace pension people perish person phone
pilot planet plant plane police policy pole polling poor portal poverty power press price primary print prison process
product project public pupil quality rain reader reform region repair report rescue research reunion river road
romantic roman rural safe school science sea senior service share short site skill slave slavic social society solar
sport square staff stage station stone story street student study summer swing table teacher team thing time tong tool
tower town trade training transport tree trip turkey union urban user van venue victim video village visit voice
volunteer war waste water weather web welfare west wild window winter woman women work worker world writer year young
youth zone
"""
COMUNE = """
acces act activitate adult agricol ajutor alb altul amenajare an anul apa apel ardelean argint arhiva
arta asociatie austral autor avans bani barbat baza bazin biserica boala bogat brun brune bun bunica buget
cadru calatorie cale camin camp cantina capital carte casa caz ceainic ceas cerere cetatean chin chinuit cina ciprian
cisterna clasa clima club comun comuna comunitate concurs copii copil corp cub curs dar dascal deal decizie democrat
dezvoltare digital domeniu donator drum drept durata echipa economie educatie egal elena elev elevi elvin energie
etaj european examen familie fapt fata femei ferma festival fier film firma foaie fond forta frate franc frant frunte
fundatie ger germen gradina grad grup guvern harta hotar idee imagine incendiu inel inginer insula insule intrare
invatator ioan italic izvor jar joc judet lac lan larg latin leagan lege lemn liber liberi libertate liceu
lider limba linie literatura livada loc local locuinta lucru lume lumina luna malul mama manual mar mare mari marin
marina maritim martor masa mediu medic melodie mesaj meserie mic mina minune misiune moara moneda moral mosie munca
munte muzeu muzica nastere natal natura neam neamt nemernic nisip nivel nord nou oameni oas obiect oltean oman omul
oras organizatie ou padure pagina paine pamant parc parinte parte pas pasare pat perete perioada persoana
piata piatra plan plata poarta pod poet poezie pol polei politic popor port post prieten primar primarie principese
profesor program proiect public punct putere radio raion ran rand rau regiune retea rom roma romanitate
romi rural sala sanatate sap sat satul scaun scena scoala scoate scoti scump sef senat serban serie serviciu
sest sfant sir social soare societate soldat somn sora span sport spital sprijin stat stea strada student sud suma
sustinere tabara tanar tara tarani targ teatru tehnic text timp tinere tineri tong tren tribunal turcan turn turneu
unghi ungher universitate urs utilaj vale vapor var varsta veche vedere vest viata viitor viol voluntar vot vreme
zambezi zapada zi ziar zid
"""


@pytest.mark.parametrize("listed", [COMMON, COMUNE], ids=["English", "Romanian"])
def test_common_words_are_no_nationalities(listed: str) -> None:
    words = listed.split()
    assert len(words) > 300
    assert {word: code for word in words if (code := country_of_nationality(word))} == {}


def test_every_country_that_the_tables_name_is_one() -> None:
    known = {country.alpha_2 for country in pycountry.countries} | {"XK", *PARTS}
    assert OTHER_ENGLISH.keys() | OTHER_ROMANIAN.keys() <= known


def test_what_the_tables_hold_is_folded_and_found() -> None:
    for table in (OTHER_ENGLISH, OTHER_ROMANIAN):
        for code, row in table.items():
            for word in row.split("|"):
                assert fold(word) == word
                assert country_of_nationality(word if word not in SPELT else SPELT[word].split()[0]) == code


@given(st.sampled_from([word for forms in NATIONS.values() for word in forms.split()]))
def test_accents_count_only_where_they_tell_words_apart(word: str) -> None:
    if fold(word) not in SPELT:
        assert country_of_nationality(fold(word)) == country_of_nationality(word)


@given(st.text(max_size=50))
def test_any_text_is_answered(text: str) -> None:
    code = country_of_nationality(text)
    assert code is None or (len(code.partition("-")[0]) == 2 and len(text) <= LONGEST_WORD)


def test_a_thousand_words_take_little_time() -> None:
    words = [f"word{number}ilor" for number in range(1000)]
    country_of_nationality("Italian")
    started = perf_counter()
    for word in words:
        country_of_nationality(word)
    assert perf_counter() - started < 1
