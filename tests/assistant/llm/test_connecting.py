"""What a sentence of a draft may say without a source: how the text goes on and what the call asks for."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.connecting import connecting_faults

CALL = (
    "A library where young people learn to make films about their village. Applicants are the leading organisation in "
    "Europe, have 30 years of experience and excellent results, and have always\ndelivered on time."
)
APEL = (
    "O bibliotecă în care tinerii învață să facă filme despre satul lor. Solicitanții sunt organizația cea mai bună "
    "din Europa și au o experiență de 30 de ani."
)
TITLES = ("Silver Stories", "Paper Boats", "Poveștile satului")


@pytest.mark.parametrize(
    "text",
    [
        "The call asks for a library where young people learn to make films.",
        "This call asks for young people who learn to make films, and the following projects respond to it.",
        "The call “A library where young people learn to make films” is set out below.",
        "The following projects are relevant to this call.",
        "Our previous experience is described below.",
        "Silver Stories is described next.",
        "We now turn to “Paper Boats”.",
        "The next project follows.",
        "Each project is described below with its sources.",
        "In response to this call, we present our earlier projects.",
        "The next project, Silver Stories, is presented below.",
        "Finally, we present another project.",
        "The idea concerns films about their village.",
        "The sources are listed below.",
        "The projects described below are relevant to this call.",
        "The next project is Silver Stories.",
        "Paper Boats is another relevant project.",
        "Below are our relevant projects.",
        "The sources for each project are listed below.",
        "These projects are as follows:",
    ],
)
def test_sentences_that_only_connect_pass_in_english(text: str) -> None:
    assert connecting_faults(text, CALL, TITLES) == []


@pytest.mark.parametrize(
    "text",
    [
        "Apelul cere o bibliotecă în care tinerii învață să facă filme.",
        "Ideea privește filme despre satul lor.",
        "Proiectele de mai jos sunt relevante pentru acest apel.",
        "Experiența noastră anterioară este descrisă mai jos.",
        "În continuare prezentăm proiectul Poveștile satului.",
        "Următorul proiect este prezentat mai jos.",
        "În cele ce urmează, prezentăm experiența anterioară a organizației.",
        "Sursele sunt enumerate mai jos.",
        "Fiecare proiect este prezentat cu sursele lui.",
        "Următorul proiect este Poveștile satului.",
        "Proiectele descrise mai jos sunt relevante pentru acest apel.",
        "Ca răspuns la acest apel, prezentăm proiectele noastre.",
    ],
)
def test_sentences_that_only_connect_pass_in_romanian(text: str) -> None:
    assert connecting_faults(text, APEL, TITLES) == []


@pytest.mark.parametrize(
    "text",
    [
        "We are the leading organisation in Europe.",
        "All our projects were evaluated as excellent.",
        "Our 30 years of experience are described below.",
        "We have always delivered on time.",
        "Our leading organisation in Europe is described below.",
        "Our excellent results are presented below.",
        "The call asks for projects, and we have excellent results.",
        "Silver Stories is the leading project in Europe.",
        "The call asks for the leading organisation in Europe, which we are.",
        "Silver Stories had excellent results.",
        "The call is for our organisation.",
        "Silver Stories is the project that won.",
        "Silver Stories is our organisation.",
        "Below are the most relevant projects in Europe.",
        "Our projects are Silver Stories and excellent.",
        "The call asks for the leading organisation in Europe, our organisation.",
        "The call describes our excellent experience.",
        "Silver Stories was funded by the European Union.",
        "Paper Boats ran in twelve villages.",
        "The project reached thousands of young people.",
        "Many projects are described below.",
        "We present three projects below.",
        "Both projects won a prize.",
        "We presented the project to the organisation.",
        "Our organisation is described in the call.",
        "The call describes our organisation.",
        "No other organisation has this experience.",
        "Maria Ionescu is presented below.",
        "This experience is the best.",
        "We never failed.",
        "Our budget follows.",
        "The next project ran in May.",
        "The next project cost €5.",
        "Projects in Europe are described below.",
        "The call asks for a library. We have always delivered on time.",
        "Our projects are “relevant and excellent”.",
        "See [S9] below.",
        "See https://example.org below.",
        "The projects below <b>are</b> relevant to this call.",
        "Leading organisation in Europe.",
        "The call asks for our leading organisation in Europe.",
        "The projects below are the most relevant to this call.",
        "Our experience is relevant to this call and unique.",
    ],
)
def test_a_claim_does_not_pass_by_leaving_out_its_sources(text: str) -> None:
    assert connecting_faults(text, CALL, TITLES)


@pytest.mark.parametrize(
    "text",
    [
        "Suntem organizația cea mai bună din Europa.",
        "Toate proiectele noastre au fost apreciate ca excelente.",
        "Avem o experiență de 30 de ani.",
        "Am livrat întotdeauna la timp.",
        "Experiența noastră este unică.",
        "Proiectele noastre sunt cele mai relevante pentru acest apel.",
        "Poveștile satului a câștigat un premiu.",
        "Prezentăm trei proiecte mai jos.",
        "Proiectul a fost finanțat de Uniunea Europeană.",
        "Apelul cere filme, iar noi avem experiență de 30 de ani.",
        "Multe proiecte sunt descrise mai jos.",
        "Apelul descrie organizația noastră.",
        "Organizația cea mai bună din Europa este prezentată mai jos.",
        "Nicio altă organizație nu are această experiență.",
        "Următorul proiect a costat 5 lei.",
    ],
)
def test_nor_does_it_in_romanian(text: str) -> None:
    assert connecting_faults(text, APEL, TITLES)


def test_words_of_the_call_pass_only_as_they_stand_there_in_one_run() -> None:
    assert connecting_faults("The call asks for films about their village.", CALL) == []
    assert connecting_faults("The call asks for films about time.", CALL)
    assert connecting_faults("The call asks for films and excellent results.", CALL)
    assert connecting_faults("The call asks for village libraries.", CALL)


def test_a_title_passes_whole_and_as_it_is_written() -> None:
    assert connecting_faults("Paper Boats follows.", "", TITLES) == []
    for text in ("Paper follows.", "Paper boats follows.", "Paper Boatsmen follows.", "Papers Boats follows."):
        assert connecting_faults(text, "", TITLES), text


@pytest.mark.parametrize("text", ["", " ", "…", "Silver Stories", "- Silver Stories:x", "Below. " * 60])
def test_what_is_no_sentence_does_not_connect(text: str) -> None:
    assert connecting_faults(text, CALL, TITLES)


PRAISE_AND_FIGURES = (
    "excellent leading best first unique successful proven strong extensive long many several all every always never "
    "most only won awarded years europe million hundred two three thousand because good great"
).split()


@given(st.sampled_from(PRAISE_AND_FIGURES), st.integers(0, 6))
def test_a_word_of_praise_or_number_is_noticed_wherever_it_stands(word: str, at: int) -> None:
    said = "our previous projects are described below".split()
    assert connecting_faults(" ".join([*said[:at], word, *said[at:]]) + ".", CALL, TITLES)


def test_the_lists_hold_no_number_word_and_no_verb_of_doing() -> None:
    import assistant.llm.connecting as connecting
    from assistant.figures import FIGURE_WORDS

    told = tomllib.loads(Path(connecting.__file__).with_name("connecting.toml").read_text(encoding="utf-8"))
    listed = {word for language in told.values() for word in language["words"].split()}
    assert listed & FIGURE_WORDS <= {"o", "un", "noi"}  # Romanian: a, we; the last is short for a month as well
    assert not listed & {
        "have",
        "has",
        "had",
        "was",
        "were",
        "did",
        "made",
        "won",
        "not",
        "no",
        "au",
        "avem",
        "am",
        "nu",
    }
