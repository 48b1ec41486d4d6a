"""How much an organisation gave to the project named, or received for it: told by its amount beside who gave it.

What one of several funders gave is not told by the amount of the project; of these nothing is said here.
"""

from dataclasses import replace

from assistant.grammar import Asked, grammar
from assistant.lookup import fields_of
from assistant.members import is_one_of, named_in
from assistant.name_conditions import FUNDING
from assistant.plan import FIELD, PASSAGE, Plan
from assistant.vocabulary import Vocabulary
from corpus.words import fold, words

GRANT, BUDGET = "grant", "budget"


def told_as_given(plan: Plan, vocabulary: Vocabulary) -> Plan | None:
    """The plan that asks for the organisation's line and the amount; None where no organisation of it gave any."""
    across, folded = grammar().across, fold(plan.question)
    if plan.intent not in (FIELD, PASSAGE) or plan.labels or not plan.subjects:
        return None
    if not (across["asks_money"].search(folded) and across["gives"].search(folded)):
        return None
    roles = {one.meaning.role: one for one in grammar().fields if one.meaning.name == "organisation"}
    named = named_in(plan, roles["funder"], vocabulary)
    everyone = [each for one in plan.subjects for each in (one.project.organisations if one.project else ())]
    told = [each.role for each in everyone if any(is_one_of(wanted, each.name) for wanted in named.values())]
    role = next((role for role in told if role in FUNDING), next((role for role in told if role in roles), ""))
    of_role = {
        vocabulary.key_of(each.name) for each in everyone if each.role in (FUNDING if role in FUNDING else (role,))
    }
    said = {word for name in named for word in words(name)}
    if len(of_role) != 1 or any(not across["gives"].fullmatch(word) for word in set(plan.leftover) - said):
        return None
    amounts = _amounts(plan)
    if not any(fields_of(subject, one) for subject in plan.subjects for one in amounts):
        return None
    fields = (roles["funder" if role in FUNDING else role], *amounts)
    return replace(plan, intent=FIELD, fields=fields, leftover=(), narrowing=(), heads=(), own=(), wants_number=False)


def _amounts(plan: Plan) -> list[Asked]:
    """The grant where all projects tell one, else the budget."""
    amounts = [{one.role for one in subject.project.amounts} if subject.project else set() for subject in plan.subjects]
    role = GRANT if all(GRANT in own for own in amounts) else BUDGET
    return [one for one in grammar().fields if (one.meaning.name, one.meaning.role) == ("amount", role)]
