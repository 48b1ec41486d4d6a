"""Questions over the sample corpus, from text to cited answer or refusal: a real store, a real model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import to_json
from assistant.assistant import Assistant
from corpus.errors import MisuseError
from tests.assistant.answers import ask


@pytest.mark.parametrize(
    ("question", "answer", "project", "document"),
    [
        ("What was the budget of Silver Stories?", "279.014 EUR", "Silver Stories", "silver-stories.md"),
        (
            "Who funded Socacitele?",
            "EEA Grants 2009-2014, program PA17/RO13",
            "Socacitele, the community caterers",
            "earlier-projects.html",
        ),
        (
            "When did New Lib run?",
            "May 2016 – April 2018",
            "New Challenge for Public Libraries (New Lib)",
            "grants.xlsx#row=2-3",
        ),
        (
            "How many speakers did Occupy Library have?",
            "95 speakers",
            "OCCUPY LIBRARY Conference",
            "occupy-library-report.pdf",
        ),
        ("Ce buget a avut Bistrita mea?", "800 RON", "Bistrita mea, secretul meu", "bistrita-mea.md"),
    ],
)
def test_a_question_gets_the_words_of_the_right_project(
    assistant: Assistant, question: str, answer: str, project: str, document: str
) -> None:
    found = assistant.ask(question)
    assert found.status == "answered"
    assert answer in found.text
    assert [(citation.project, citation.document) for citation in found.citations] == [(project, document)]


def test_what_the_page_says_of_the_organisation_is_answered(assistant: Assistant) -> None:
    found = assistant.ask("What is the foundation's motto?")
    assert "Small steps, giant leaps" in found.text
    assert found.citations[0].project is None


def test_what_one_word_asks_for_is_found_by_that_word(assistant: Assistant) -> None:
    assert "office@progressfoundation.ro" in assistant.ask("What is the email of the foundation?").text


@pytest.mark.parametrize(
    "question",
    [
        "Who is the president of Romania?",
        "What was the budget of Project Apollo?",
        "Who funded the Moon Library project?",
        "Who won the World Cup?",
        "What was the cost share of Silver Stories?",
        "Cine este primarul Clujului?",
    ],
)
def test_what_the_documents_do_not_hold_is_refused(assistant: Assistant, question: str) -> None:
    found = assistant.ask(question)
    assert found.status == "refused"
    assert found.citations == ()


def test_a_refusal_names_what_was_looked_for_and_the_nearest_projects(assistant: Assistant) -> None:
    text = assistant.ask("What was the budget of Silver Dreams?").text
    assert "silver dreams" in text
    assert "Silver Stories" in text


def test_a_missing_field_of_a_known_project_is_named(assistant: Assistant) -> None:
    found = assistant.ask("Who was the contracting authority of DigiTales?")
    assert (found.status, "DigiTales" in found.text, "client" in found.text) == ("refused", True, True)


def test_a_project_of_a_register_is_told_by_its_description_without_the_column_s_name(assistant: Assistant) -> None:
    found = assistant.ask("What is New Lib?")
    assert found.statements[0].text.startswith("“New Lib wants to gather a transnational community")
    assert {citation.document for citation in found.citations} == {"grants.xlsx#row=2-3"}


def test_a_sentence_that_a_fact_was_taken_from_still_describes_its_project(assistant: Assistant) -> None:
    assert "beneficiary" in {field.role for field in assistant.store.projects["digitales"].fields}
    assert assistant.ask("What is DigiTales?").statements[0].text.startswith("“In 2011 and the first part of 2012")


def test_a_list_over_projects_is_whole(assistant: Assistant) -> None:
    found = assistant.ask("Which projects were funded by EEA Grants?")
    assert found.statements[0].text == "2 of 15 projects (EEA Grants):"
    titles = {"Third Place for Active Citizenship", "Socacitele, the community caterers"}
    assert {citation.project for citation in found.citations} == titles


def test_an_ambiguous_amount_is_quoted_not_guessed(assistant: Assistant) -> None:
    text = assistant.ask("What was the budget of Learning circle in libraries?").text
    assert "“550,00 USD”" in text
    assert "ambiguous" in text


def test_a_foreign_number_form_is_quoted_and_read(assistant: Assistant) -> None:
    text = assistant.ask("What was the budget of Third Place for Active Citizenship?").text
    assert "“245.884 EUR”, that is 245,884 EUR" in text


def test_the_answer_is_in_the_language_of_the_question(assistant: Assistant) -> None:
    found = assistant.ask("Cine a finanțat Silver Stories?")
    assert found.language == "ro"
    assert "Finanțator: „EC, Leonardo da Vinci”" in found.text


def test_a_follow_up_is_answered_about_the_project_before(assistant: Assistant) -> None:
    found = assistant.ask("And who funded it?", ["What was the budget of Silver Stories?"])
    assert "Leonardo da Vinci" in found.text


def test_which_project_is_asked_where_none_is_named(assistant: Assistant) -> None:
    assert assistant.ask("What was the budget?").status == "clarify"


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "?!"])
def test_a_question_without_words_is_misuse(assistant: Assistant, question: str) -> None:
    with pytest.raises(MisuseError, match="empty"):
        assistant.ask(question)


def test_the_answer_as_json_has_the_documented_keys(assistant: Assistant) -> None:
    made = to_json(assistant.ask("What was the budget of Silver Stories?"))
    assert list(made) == ["question", "answer", "status", "mode", "language", "plan", "citations", "elapsed_ms"]
    (citation,) = made["citations"]
    assert list(citation) == ["n", "project", "project_id", "document", "page", "start", "end", "quote", "decisive"]
    text = assistant.store.sources[citation["document"]].text
    assert citation["quote"] == text[citation["start"] : citation["end"]]
    assert made["answer"].endswith("[1]")
    assert made["plan"] == "budget of Silver Stories"


ASKING = st.lists(
    st.sampled_from(
        "what who when how many much budget period funder of the in and for cine cât când Silver Stories DigiTales"
        " Occupy Library Conference librarians children 2013 EUR [1] “ ” ? ! | Apollo motto e-mail students".split()
    ),
    min_size=1,
    max_size=9,
).map(" ".join)


@given(ASKING)
def test_whatever_is_asked_every_shown_statement_passes_the_check(assistant: Assistant, question: str) -> None:
    try:
        found = ask(assistant, question)
    except MisuseError:
        return
    assert (found.status == "answered") == bool(found.citations)


def test_what_a_funder_s_value_holds_is_told_once(assistant: Assistant) -> None:
    found = assistant.ask("Which programme paid for Third Place for Active Citizenship?")
    assert [statement.text for statement in found.statements] == [
        "Third Place for Active Citizenship – Funder: “EEA Grants 2009-2014, NGO Fund”"
    ]


def test_a_programme_within_the_funder_is_told_by_itself_where_only_it_is_asked_for(assistant: Assistant) -> None:
    found = assistant.ask("Which programme was Silver Stories in?")
    assert [statement.text for statement in found.statements] == ["Silver Stories – Programme: “Leonardo da Vinci”"]
    assert [citation.quote for citation in found.citations] == ["Funder: EC, Leonardo da Vinci"]


def test_partners_that_the_funder_s_line_names_are_partners_and_cited_once(assistant: Assistant) -> None:
    found = assistant.ask("Who were the partners of Școala de Reporteri SDG?")
    assert [statement.text.rpartition(": ")[2] for statement in found.statements] == [
        *("“FOND”", "“CROSOL platform”", "“CONCORD”")
    ]
    assert [(citation.n, citation.document) for citation in found.citations] == [(1, "scoala-de-reporteri.docx")]


def test_a_line_that_states_another_field_is_no_prose_about_this_one(assistant: Assistant) -> None:
    # Its funder is “Erasmus +, Action Strategic Partnerships”.
    assert assistant.ask("Who were the partners of Learning circle in libraries?").status == "refused"


def test_a_field_that_is_missing_beside_one_that_is_there_is_said(assistant: Assistant) -> None:
    found = assistant.ask("What was the budget and the cost share of Silver Stories?")
    assert found.status == "answered"
    assert "“279.014 EUR”" in found.text
    assert found.statements[-1].is_remark
    assert "cost share" in found.statements[-1].text
