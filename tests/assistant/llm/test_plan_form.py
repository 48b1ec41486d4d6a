"""Nonsense in the form of a plan: whatever a model fills in, a plan comes of it that can be carried out, or none."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from assistant.answer import ANSWERED, CLARIFY, REFUSED
from assistant.assistant import Assistant
from assistant.grammar import grammar
from assistant.llm.plan_conditions import _MAKERS
from assistant.llm.plan_schema import CONDITIONS, FIELDS, INTENTS, PLAN_SCHEMA, ROLES
from assistant.llm.planning import known_from, read_form
from assistant.llm.prompts import form_of
from assistant.mend import Earlier

ASKED = (
    "Did Nordhaven Fund or European Salt Council bankroll jobs in Georgia above 50k euros in 2014, unlike Salt Road?",
    "Ce chestii din Georgia au mers după 2015 cu bani de la Banca Dunării, mai puțin Moara Veche?",
    "And the two priciest?",
)  # fmt: skip
BEFORE = (Earlier("Which projects ran in 2016?", answer="Harbour Voices; Hill Roads Rehabilitation; 20 EUR; Closed"),)
NAMES = (
    "Nordhaven Fund", "European Salt Council", "Banca Dunării", "Salt Road", "Harbour Voices", "Moara Veche", "Georgia",
    "status", "sector", "Closed", "Energy", "totalcostamt", "closingdate", "EUR", "2014", "2015-03", "", "\x00", "şi ţ",
)  # fmt: skip
FIGURED = ("operation", "measure", "group_by", "group_rank")
TEXTS = st.sampled_from(NAMES) | st.sampled_from(ASKED) | st.text(max_size=30)
NUMBERS = st.sampled_from([2, 50, 50_000, 2014, 20.0]) | st.floats(allow_nan=False) | st.integers()


def _of_schema(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Anything that fits a schema made of the keywords that ours are."""
    if "anyOf" in schema:
        return st.one_of(*(_of_schema(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return {
        "object": lambda: st.fixed_dictionaries({key: _of_schema(one) for key, one in schema["properties"].items()}),
        "array": lambda: st.lists(_of_schema(schema["items"]), max_size=schema["maxItems"]),
        "string": lambda: TEXTS,
        "number": lambda: NUMBERS,
        "integer": lambda: st.sampled_from([1, 2, 50]) | st.integers(),
        "boolean": st.booleans,
        "null": st.none,
    }[schema["type"]]()


KEYS = [*PLAN_SCHEMA["properties"], "x"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=6,
)  # fmt: skip


def _carried_out(assistant: Assistant, asked: str, told: object) -> None:
    hint = assistant.understand(asked, BEFORE)
    plan = read_form(told, known_from(asked, BEFORE, hint, assistant.vocabulary), hint)
    if plan is not None:
        answer = assistant.checked(assistant.look_up(plan), asked)
        assert answer.status in (ANSWERED, CLARIFY, REFUSED)
        assert plan.language == hint.language


@settings(max_examples=150)
@given(asked=st.sampled_from(ASKED), told=_of_schema(PLAN_SCHEMA))
def test_any_form_that_fits_becomes_a_plan_that_can_be_carried_out_or_none(
    reedmoor: Assistant, asked: str, told: dict[str, Any]
) -> None:
    assert Draft202012Validator(PLAN_SCHEMA).is_valid(told)
    _carried_out(reedmoor, asked, told)


@settings(max_examples=100)
@given(
    told=st.fixed_dictionaries(
        {
            "intent": st.sampled_from(["projects", "groups", "field", "comparison", "organisations"]),
            "subjects": st.lists(st.sampled_from(["Salt Road", "Harbour Voices"]), max_size=2),
            "fields": st.lists(st.sampled_from(FIELDS), max_size=2),
            "labels": st.lists(st.sampled_from(["status", "sector"]), max_size=1),
            **{key: _of_schema(PLAN_SCHEMA["properties"][key]) for key in FIGURED},
        }
    )
)  # fmt: skip
def test_whatever_is_asked_of_known_names_can_be_carried_out(reedmoor: Assistant, told: dict[str, Any]) -> None:
    asked = "whatever of salt road and harbour voices, by status or sector, the lot?"
    _carried_out(reedmoor, asked, form_of({**told, "question": asked}))


@settings(max_examples=60)
@given(asked=st.sampled_from(ASKED), told=ANYTHING)
def test_what_is_no_form_is_no_plan(reedmoor: Assistant, asked: str, told: object) -> None:
    hint = reedmoor.understand(asked, BEFORE)
    known = known_from(asked, BEFORE, hint, reedmoor.vocabulary)
    assert Draft202012Validator(PLAN_SCHEMA).is_valid(told) or read_form(told, known, hint) is None


# The schema


def _objects(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if schema.get("type") == "object":
        yield schema
    for one in (
        *schema.get("anyOf", ()),
        *schema.get("properties", {}).values(),
        *([schema["items"]] if "items" in schema else ()),
    ):
        yield from _objects(one)  # fmt: skip


def test_the_schema_is_strict_as_servers_want_it() -> None:
    Draft202012Validator.check_schema(PLAN_SCHEMA)
    objects = list(_objects(PLAN_SCHEMA))
    assert len(objects) == 1 + len(CONDITIONS)
    for one in objects:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
    keywords = {"type", "enum", "anyOf", "properties", "required", "items", "maxItems", "additionalProperties"}
    told = json.dumps(PLAN_SCHEMA)
    assert all(one not in told for one in ("$ref", "maxLength", "pattern", "oneOf", "default"))
    assert {key for one in objects for each in one["properties"].values() for key in each} <= keywords


def test_every_field_of_the_grammar_and_every_kind_of_condition_has_its_word() -> None:
    own = {one.meaning.role or one.meaning.name for one in grammar().fields}
    assert own == set(FIELDS) - {"start", "end"}
    assert {one.meaning.role for one in grammar().fields if one.meaning.name == "organisation"} == set(ROLES)
    assert {one["properties"]["kind"]["enum"][0] for one in CONDITIONS} == set(_MAKERS)


@pytest.mark.parametrize("intent", INTENTS)
def test_a_form_with_nothing_but_an_intent_fits(intent: str) -> None:
    assert Draft202012Validator(PLAN_SCHEMA).is_valid(form_of({"question": "What?", "intent": intent}))
