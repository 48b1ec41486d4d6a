"""Questions that the project makes about its own records."""

from functools import cache
from pathlib import Path

from assistant.reader.examples import Example
from assistant.reader.made import LONGEST_PASSAGE, made_examples
from corpus.document import Document
from corpus.files import find_files
from corpus.reading import read_file
from corpus.record import Project
from corpus.words import fold

SAMPLE = Path("corpus/sample")
NAMES = ("digitales.md", "code-kids.md", "silver-stories.md", "ora-sa-stim.md", "bistrita-mea.md")


@cache
def _read() -> tuple[tuple[Project, ...], dict[str, Document]]:
    readings = [one for file in find_files([SAMPLE / name for name in NAMES]) for one in read_file(file)]
    return tuple(one for reading in readings for one in reading.projects), {
        reading.document.source: reading.document for reading in readings
    }


def _made(seed: int) -> list[Example]:
    projects, documents = _read()
    return made_examples(projects, documents, seed)


def test_an_answer_is_the_words_of_a_field_of_its_own_record() -> None:
    projects, documents = _read()
    values = {field.span.of(documents[one.document].text) for one in projects for field in one.fields}
    answered = [one for one in _made(1) if one.answer and one.question.startswith(("How much", "Who "))]
    assert answered
    assert all(one.answer and one.answer.of(one.passage) in values for one in answered)


def test_a_passage_is_a_piece_of_its_document_no_longer_than_a_reader_sees() -> None:
    _, documents = _read()
    answered = [one for one in _made(2) if one.answer]
    assert all(one.passage in documents[one.article].text for one in answered)
    assert max(len(one.passage) for one in answered) <= LONGEST_PASSAGE


def test_what_is_removed_is_not_there() -> None:
    made = [one for seed in range(5) for one in _made(seed)]
    answers = [one.answer.of(one.passage) if one.answer else "" for one in made]
    pairs = [
        (before, one)
        for before, one in zip(answers, made[1:], strict=False)
        if one.source == "made removed" and one.answer is None
    ]
    assert pairs
    assert all(fold(before) not in fold(one.passage) for before, one in pairs if before)


def test_records_in_other_languages_are_passed_over() -> None:
    assert all(one.article != "bistrita-mea.md" for one in _made(1) if one.answer)


def test_the_same_seed_makes_the_same_questions_about_records() -> None:
    assert _made(4) == _made(4)
    assert _made(4) != _made(5)
