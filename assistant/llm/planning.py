"""Plan by model: a question understood by a language model, as the Plan that the grammar makes of plainer words.

The model fills in a form; what it names is looked up in the store, what it counts with has been said. It sees names of
projects, organisations, places and labels, and the earlier turns, never a document; it computes nothing.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from assistant.llm.language_model import LanguageModel
from assistant.llm.memory import remembered
from assistant.llm.message import Deadline, Message, Prompt
from assistant.llm.plan_conditions import Known, UnusableError
from assistant.llm.plan_kept import SETTLED, is_sure, kept
from assistant.llm.plan_names import Choice, names_meant
from assistant.llm.plan_read import known_of, read_plan
from assistant.llm.plan_schema import PLAN_SCHEMA
from assistant.llm.plan_told import form_told, names_told
from assistant.llm.prompts import planning_prompt
from assistant.mend import Earlier
from assistant.plan import Plan
from assistant.vocabulary import Vocabulary

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

REPLY_TOKENS = 500
"""Room for the form; one with five conditions takes some 350 tokens."""
LONGEST_ANSWER = 400
"""Characters of an earlier answer in which names are looked for, and that the model is told."""
LEANED_ON = 6
"""Earlier questions that names may come from."""
MARGIN = 64
"""Tokens that a server adds between messages."""


def plan_by_model(
    model: LanguageModel,
    asked: str,
    earlier: Sequence[Earlier],
    hint: Plan,
    vocabulary: Vocabulary,
    deadline: Deadline,
) -> Plan | None:
    """The plan of a question as a model understands it; None where the grammar's, `hint`, is the one to carry out.

    The model is not asked where the grammar explains all of the question, or where it wants nothing looked up.

    Raises:
        LanguageModelError: the model gives nothing that fits the form.
    """
    if hint.intent in SETTLED or hint.unmended:
        return None
    known = known_from(asked, earlier, hint, vocabulary)
    if is_sure(hint, known):
        return None
    prompt = _prompt(model, asked, earlier, hint, known.choice)
    told = model.fill(prompt, PLAN_SCHEMA, deadline, reply_tokens=REPLY_TOKENS)
    return read_form(told, known, hint)


def known_from(asked: str, earlier: Sequence[Earlier], hint: Plan, vocabulary: Vocabulary) -> Known:
    """What the plan of a question may hold: names of the store and figures that it or an earlier turn says."""
    before = [
        text for one in reversed(earlier[-LEANED_ON:]) for text in (one.question, one.answer[:LONGEST_ANSWER]) if text
    ]
    choice = names_meant(asked, before, hint.language, vocabulary)
    return known_of((asked, choice.heard.question, *before), choice, hint, vocabulary)


def read_form(told: object, known: Known, hint: Plan) -> Plan | None:
    """The plan that a filled form comes to; None where it is of no use, or says no more than `hint`."""
    if not isinstance(told, Mapping) or not _fits(told):
        return None
    try:
        plan, alone = read_plan(told, known, hint)
    except UnusableError as error:
        logging.getLogger(__name__).info("the model's plan is not used: %s", error)
        return None
    chosen = kept(plan, alone, hint, known)
    return None if chosen is hint else chosen


def _fits(told: Mapping[str, object]) -> bool:
    return bool(_validator().is_valid(told))


@cache
def _validator() -> "Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(PLAN_SCHEMA)


def _prompt(model: LanguageModel, asked: str, earlier: Sequence[Earlier], hint: Plan, choice: Choice) -> Prompt:
    """The prompt, with as many of the earlier turns as the model has room for."""
    names, form = names_told(choice), form_told(hint)

    def made(turns: Sequence[Message]) -> Prompt:
        return planning_prompt(asked, turns, names, form)

    # A server without structured output is told the schema in words.
    taken = sum(model.counts([*(one.text for one in made(())), json.dumps(PLAN_SCHEMA)]))
    room = model.context_tokens - REPLY_TOKENS - MARGIN - taken
    return made(remembered(earlier, room, model.counts))
