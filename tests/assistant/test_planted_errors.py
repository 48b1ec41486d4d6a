"""Some thousand answers with one error each, made from the sample corpus: all are caught, and right answers pass."""

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

import pytest

from assistant.check import check
from corpus.document import Document
from corpus.pool import read_paths
from corpus.record import Reading
from tests.assistant.planted_errors import PLANTS, Plant
from tests.assistant.right_answers import KINDS, TOTAL_RECORDS, Case, Record, records_of, right_answers

FEWEST = {"currencies_are_mixed": 10, "a_record_is_left_out": 50}
"""Cases that an error has to be planted in; 100 where nothing is said."""
TOTALS = frozenset({TOTAL_RECORDS})


@pytest.fixture(scope="module")
def readings(sample: Path) -> list[Reading]:
    return [one for one in read_paths([sample], processes=1) if isinstance(one, Reading)]


@pytest.fixture(scope="module")
def documents(readings: Sequence[Reading]) -> dict[str, Document]:
    return {reading.document.id: reading.document for reading in readings}


@pytest.fixture(scope="module")
def records(readings: Sequence[Reading]) -> list[Record]:
    return records_of(readings)


@pytest.fixture(scope="module")
def titles(records: Sequence[Record]) -> frozenset[str]:
    return frozenset(record.project.title for record in records)


@pytest.fixture(scope="module")
def cases(records: Sequence[Record]) -> list[Case]:
    return right_answers(records)


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize("kind", KINDS)
def test_right_answers_pass(
    kind: str, language: str, cases: Sequence[Case], documents: Mapping[str, Document], titles: frozenset[str]
) -> None:
    answers = [case.answer for case in cases if (case.kind, case.language) == (kind, language)]
    assert len(answers) > 5
    assert [(answer.text, faults) for answer in answers if (faults := check(answer, documents, totals=TOTALS))] == []
    assert not any(check(answer, documents, totals=TOTALS, titles=titles) for answer in answers)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_error_is_caught(
    plant: Plant,
    cases: Sequence[Case],
    records: Sequence[Record],
    documents: Mapping[str, Document],
    titles: frozenset[str],
) -> None:
    wrong = list(chain.from_iterable(plant(case, records) for case in cases))
    passed = [answer.text for answer in wrong if not check(answer, documents, totals=TOTALS, titles=titles)]
    assert len(wrong) >= FEWEST.get(plant.__name__, 100)
    assert passed == []


def test_a_total_that_nobody_vouches_for_is_caught(cases: Sequence[Case], documents: Mapping[str, Document]) -> None:
    lists = [case.answer for case in cases if case.kind == "list"]
    assert all(check(answer, documents) for answer in lists)
