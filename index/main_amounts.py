"""Which of a project's amounts is its main one: what sums, sorts and tables take where one figure is wanted."""

from collections.abc import Iterable, Sequence

from corpus.record import Amount

MAIN_ROLES = ("budget", "grant")
"""Roles of an amount that may be a project's main one, the first that it has."""


def preference(role: str, amount: str | None, roles: Sequence[str] = MAIN_ROLES) -> tuple[int, bool]:
    """How far behind the best an amount of one of the roles is: first by role, then whether it lacks a value.

    Of a budget without a usable value a grant does not take the place, since it may be a part only: so do the sums of
    an answer.
    """
    return roles.index(role), amount is None


def main_amount(amounts: Iterable[Amount], roles: Sequence[str] = MAIN_ROLES) -> Amount | None:
    """The amount of the first role that has any, one with a value if there is; parts of another are passed over."""
    own = [one for one in amounts if one.role in roles and not one.included_in]
    return min(own, key=lambda one: preference(one.role, one.amount, roles), default=None)
