"""Questions that a passage no longer answers."""

from assistant.reader.examples import Example
from assistant.reader.misled import misled
from corpus.document import Span
from corpus.words import fold

HARBOUR = (
    "The harbour of Constanta was opened in 1909. Ships from Odessa came every week. "
    "In 1914 the customs house was finished by Anghel Saligny."
)
BRIDGE = "The bridge at Cernavoda was opened in 1895. It was lengthened by Victor Popescu in 1921."


def _example(question: str, passage: str, answer: str) -> Example:
    start = passage.index(answer)
    return Example(question, passage, Span(start, start + len(answer)), article="Docks", source="people")


EXAMPLES = [
    _example("When was the harbour of Constanta opened?", HARBOUR, "1909"),
    _example("Who finished the customs house in 1914?", HARBOUR, "Anghel Saligny"),
    _example("Who lengthened the bridge at Cernavoda?", BRIDGE, "Victor Popescu"),
    Example("Who painted the bridge at Cernavoda?", BRIDGE, None, article="Docks"),
]


def _all() -> list[Example]:
    return [one for seed in range(40) for one in misled(EXAMPLES, seed)]


def test_a_misled_question_has_no_answer_and_the_old_one_as_its_lure() -> None:
    lures = {one.lure.of(one.passage) for one in _all() if one.lure}
    assert lures <= {"1909", "Anghel Saligny", "Victor Popescu"}
    assert len(lures) > 1
    assert all(one.answer is None and one.lure and one.source == "misled" for one in _all())


def test_a_misled_question_is_one_that_nobody_asked_of_the_article() -> None:
    asked = {fold(one.question) for one in EXAMPLES}
    assert not asked & {fold(one.question) for one in _all()}


def test_a_year_is_exchanged_for_a_year_that_the_answering_sentence_lacks() -> None:
    exchanged = {one.question for one in _all() if one.question.startswith("Who finished the customs house in ")}
    assert exchanged
    assert exchanged <= {f"Who finished the customs house in {year}?" for year in (1909, 1895, 1921)}


def test_each_answered_question_gives_one_at_most_and_the_others_none() -> None:
    made = misled(EXAMPLES, 3)
    assert len(made) == len({one.lure for one in made}) <= 3


def test_a_question_without_names_is_turned_to_its_opposite_in_the_same_form() -> None:
    passage = "Prices increased in the north. In the south they decreased. Nobody had expected either."
    made = [
        one.question
        for seed in range(40)
        for one in misled([_example("Where were prices said to have increased?", passage, "the north")], seed)
    ]
    assert "Where were prices said to have decreased?" in made


def test_the_same_seed_makes_the_same_questions() -> None:
    assert misled(EXAMPLES, 5) == misled(EXAMPLES, 5)
    assert len({tuple(misled(EXAMPLES, seed)) for seed in range(20)}) > 1
