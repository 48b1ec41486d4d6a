"""Claims as lines of a file: the shipped set is whole and what it says it is; a wrong line is told with its field."""

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from corpus.errors import MisuseError
from corpus.words import fold
from eval.claims.claim import (
    CLAIM_SCHEMA,
    DEVELOPMENT_CLAIMS,
    SHIPPED_CLAIMS,
    Claim,
    claim_schema,
    read_claims,
    titles_of,
)
from eval.claims.telling import CERTAIN
from eval.errors import EvaluationError

GOOD: dict[str, Any] = {
    "id": "one",
    "language": "en",
    "question": "Who paid?",
    "sources": [{"title": "Lantern", "text": "Funder: Holt Fund", "language": "en"}],
    "sentence": "The Holt Fund paid for Lantern.",
    "cites": [1],
    "label": "true",
    "kind": "label",
}


"""As many claims, over other projects, that the check was not written with."""


@pytest.fixture(scope="module", params=[SHIPPED_CLAIMS, DEVELOPMENT_CLAIMS], ids=lambda path: path.stem)
def shipped(request: pytest.FixtureRequest) -> list[Claim]:
    return read_claims(request.param)


def test_no_project_of_one_set_is_one_of_the_other() -> None:
    first, second = (
        {fold(title) for title in titles_of(read_claims(path))} for path in (SHIPPED_CLAIMS, DEVELOPMENT_CLAIMS)
    )
    assert first.isdisjoint(second)


def _written(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "claims.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_shipped_set_has_as_many_claims_of_each_sort_as_it_is_said_to_have(shipped: list[Claim]) -> None:
    false, true = ([one for one in shipped if one.is_true is wanted] for wanted in (False, True))
    assert len(false) == len(true) == 200
    kinds = Counter(one.kind for one in false)
    assert all(kinds[kind] >= least for kind, least in zip(CERTAIN, (35, 20, 15, 30), strict=True))
    assert sum(kinds[kind] for kind in kinds if kind not in CERTAIN) == 100
    for claims in (false, true):
        assert Counter(one.language for one in claims) == {"en": 100, "ro": 100}
        assert 60 <= sum(one.crosses for one in claims) <= 72
    assert len({source.title for one in shipped for source in one.sources}) >= 50


def test_no_sentence_of_the_shipped_set_stands_in_it_twice(shipped: list[Claim]) -> None:
    assert [sentence for sentence, n in Counter(fold(one.sentence) for one in shipped).items() if n > 1] == []


def test_words_of_one_title_are_in_one_language(shipped: list[Claim]) -> None:
    languages = {(source.title, source.language) for one in shipped for source in one.sources}
    assert len(languages) == len({title for title, _ in languages})


def test_a_claim_is_read_as_it_is_written(tmp_path: Path) -> None:
    (claim,) = read_claims(_written(tmp_path, GOOD | {"note": "plain"}))
    assert (claim.id, claim.sentence, claim.cites, claim.kind, claim.note) == (
        "one", GOOD["sentence"], (1,), "label", "plain",
    )  # fmt: skip
    assert claim.is_true
    assert not claim.crosses
    (other,) = read_claims(_written(tmp_path, GOOD | {"language": "ro", "label": "false"}))
    assert not other.is_true
    assert other.crosses


def test_a_claim_crosses_languages_where_any_source_that_it_cites_does_and_no_other(tmp_path: Path) -> None:
    sources = [GOOD["sources"][0], {"title": "Pasarela", "text": "Buget: 3 lei", "language": "ro"}]
    for cites, crosses in (([1], False), ([1, 2], True), ([2], True)):
        (claim,) = read_claims(_written(tmp_path, GOOD | {"sources": sources, "cites": cites}))
        assert claim.crosses is crosses


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": True}, "field 'label'"),
        ({"cites": []}, "field 'cites'"),
        ({"cites": [2]}, "field 'cites': there is no source 2; give one of 1 to 1"),
        ({"cites": [0]}, "field 'cites[0]'"),
        ({"sources": [{"title": "Lantern", "text": " ", "language": "en"}]}, "field 'sources[0].text'"),
        ({"sentense": "Typo."}, "'sentense' was unexpected"),
        ({"sentence": "Bistri\u0074\u0326a"}, "field 'sentence': is not NFC"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_field(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    path = _written(tmp_path, GOOD, GOOD | {"id": "two"} | change)
    with pytest.raises(EvaluationError) as caught:
        read_claims(path)
    assert str(caught.value).startswith(f"{path}, line 2: ")
    assert said in str(caught.value)


def test_a_name_that_is_used_twice_is_a_mistake_and_others_are_counted(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"'one' is used twice.*\(and 1 more mistakes\)"):
        read_claims(_written(tmp_path, GOOD, GOOD, GOOD))


def test_a_file_without_claims_and_no_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="holds no claim"):
        read_claims(_written(tmp_path))
    with pytest.raises(MisuseError, match="nowhere"):
        read_claims(tmp_path / "nowhere.jsonl")


def test_the_schema_is_one_its_examples_keep_it_and_it_is_packed(root: Path) -> None:
    Draft202012Validator.check_schema(claim_schema())
    validator = Draft202012Validator(claim_schema())
    for name, field in claim_schema()["properties"].items():
        assert field["description"], name
        assert all(validator.is_valid(GOOD | {name: example}) for example in field["examples"]), name
    packed = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    for path in (CLAIM_SCHEMA, SHIPPED_CLAIMS, DEVELOPMENT_CLAIMS):
        assert any(path.match(pattern) for pattern in packed["eval"])
