"""Questions become plans: what is asked, of what, and what is left to look for."""

import pytest

from assistant.grammar import grammar
from assistant.linking import Linker, subjects_of
from assistant.question import ACROSS_PROJECTS, DESCRIPTION, FIELD, GREETED, PASSAGE, Plan, understand
from corpus.document import Document, Span
from corpus.record import Project


@pytest.fixture(scope="module")
def linker() -> Linker:
    document = Document("d", "page.txt", "text/plain", "Projects", "en", "", "x" * 100, ())
    projects = [
        Project(title, title, None, (), "page.txt", Span(at, at + 1), "en", "")
        for at, title in enumerate(("Harbour Lights", "Casa Verde", "Tide School"))
    ]
    return Linker(subjects_of(projects, {"d": document}), grammar().closed)


def _plan(linker: Linker, question: str, *history: str) -> Plan:
    return understand(question, history, linker, ["Status"])


def _asked(plan: Plan) -> list[tuple[str, str]]:
    return [(one.meaning.name, one.meaning.role) for one in plan.fields]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("What was the budget of Harbour Lights?", ("amount", "budget")),
        ("how much did harbour lights cost", ("amount", "budget")),
        ("Ce buget a avut Casa Verde?", ("amount", "budget")),
        ("cati bani a primit casa verde", ("amount", "budget")),
        ("When did Harbour Lights run?", ("period", "")),
        ("În ce perioadă s-a desfășurat Casa Verde?", ("period", "")),
        ("Who funded Tide School?", ("organisation", "funder")),
        ("Cine a finanțat Casa Verde?", ("organisation", "funder")),
        ("Where did the money for Tide School come from?", ("organisation", "funder")),
        ("Name the partners of Harbour Lights", ("organisation", "partner")),
        ("Cu cine a colaborat Casa Verde?", ("organisation", "partner")),
        ("Who were the sponsors of Tide School", ("organisation", "sponsor")),
        ("cost share of Harbour Lights", ("amount", "cost share")),
        ("Where is Harbour Lights based?", ("place", "")),
        ("contract number of Tide School", ("reference", "")),
    ],
)
def test_a_question_for_a_field_is_known_in_both_languages(
    linker: Linker, question: str, field: tuple[str, str]
) -> None:
    plan = _plan(linker, question)
    assert plan.intent == FIELD
    assert field in _asked(plan)
    assert len(plan.subjects) == 1
    assert plan.narrowing == ()


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Tell me about Harbour Lights", DESCRIPTION),
        ("Despre ce este Casa Verde?", DESCRIPTION),
        ("How many fishermen did Harbour Lights train?", PASSAGE),
        ("Which projects were funded by the Tidewater Fund?", ACROSS_PROJECTS),
        ("Câte proiecte ați avut?", ACROSS_PROJECTS),
        ("What is the total budget?", ACROSS_PROJECTS),
        ("hello", GREETED),
        ("Bună ziua!", GREETED),
    ],
)
def test_intents(linker: Linker, question: str, intent: str) -> None:
    assert _plan(linker, question).intent == intent


def test_a_label_of_the_sources_own_is_a_field() -> None:
    document = Document("d", "page.txt", "text/plain", "Projects", "en", "", "x" * 100, ())
    linker = Linker(
        subjects_of([Project("p", "Tide School", None, (), "page.txt", Span(0, 1), "en", "")], {"d": document}),
        grammar().closed,
    )
    plan = understand("What is the status of Tide School?", [], linker, ["Status"])
    assert (plan.intent, plan.labels) == (FIELD, ("Status",))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was the budget for catering of Harbour Lights?", ("catering",)),
        ("What did each telescope in Harbour Lights cost?", ("telescope",)),
        ("Which Italian partners did Harbour Lights have?", ("italian",)),
    ],
)
def test_what_narrows_a_field_down_is_kept(linker: Linker, question: str, words: tuple[str, ...]) -> None:
    assert _plan(linker, question).narrowing == words


def test_the_reason_of_asking_does_not_narrow(linker: Linker) -> None:
    plan = _plan(linker, "I write about village schools. Who funded Tide School?")
    assert (plan.intent, plan.leftover) == (FIELD, ())


def test_a_follow_up_takes_its_subject_from_before(linker: Linker) -> None:
    plan = _plan(linker, "And who funded it?", "What was the budget of Tide School?")
    assert [subject.title for subject in plan.subjects] == ["Tide School"]
    assert _asked(plan) == [("organisation", "funder")]
    assert plan.standalone == "And who funded it? (Tide School)"


def test_a_follow_up_takes_its_field_from_before(linker: Linker) -> None:
    plan = _plan(linker, "What about Harbour Lights?", "Who funded Tide School?")
    assert [subject.title for subject in plan.subjects] == ["Harbour Lights"]
    assert _asked(plan) == [("organisation", "funder")]


def test_a_follow_up_reaches_over_several_questions(linker: Linker) -> None:
    plan = _plan(linker, "și cine a fost partener?", "Ce buget a avut Casa Verde?", "dar cand s-a desfasurat?")
    assert [subject.title for subject in plan.subjects] == ["Casa Verde"]


def test_a_question_of_its_own_takes_nothing_from_before(linker: Linker) -> None:
    plan = _plan(linker, "How tall is Mont Blanc?", "Who funded Tide School?")
    assert plan.subjects == ()


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Cine a finanțat Silver Stories?", "ro"),
        ("cat a costat Tide School", "ro"),
        ("Who funded Casa Verde?", "en"),
        ("Harbour Lights budget", "en"),
    ],
)
def test_the_language_of_a_question_is_that_of_its_small_words(linker: Linker, question: str, language: str) -> None:
    assert _plan(linker, question).language == language
