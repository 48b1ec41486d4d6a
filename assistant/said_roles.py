"""The roles that a question speaks of, and of whom: "partners from Ukraine", "funded by the …"."""

from collections.abc import Sequence

from assistant.grammar import Asked, grammar
from assistant.heard import Heard
from assistant.places import PlaceMention

ROLE_REACH = 2
"""Words between a role and the country of whoever has it: "partners from Ukraine"."""


class Roles:
    """The roles that a question speaks of, and where."""

    def __init__(self, heard: Heard, fields: Sequence[Asked]) -> None:
        blanked = heard.blanked()
        self._heard = heard
        self._said: list[tuple[int, tuple[str, ...]]] = []
        for one in fields:
            if one.meaning.name == "organisation":
                roles = tuple(role for role in (one.meaning.role, *one.also) if role != "programme")
                for match in one.pattern.finditer(blanked):
                    if positions := heard.positions(*match.span()):
                        self._said.append((max(positions), roles))
        self._said.sort()

    def of(self, positions: frozenset[int]) -> tuple[str, ...]:
        """The roles of an organisation named there: those spoken of last before it, else all that follow."""
        before = [roles for at, roles in self._said if at < min(positions)]
        chosen = before[-1:] or [roles for _, roles in self._said]
        return tuple(dict.fromkeys(role for roles in chosen for role in roles))

    def beside(self, place: PlaceMention) -> tuple[str, ...]:
        """The roles of those who are from a place: "Greek partners", "partners from Greece", "are Greek"."""
        first, last = min(place.positions), max(place.positions)
        told = self._heard.words[first - 1] if first else ""
        is_told = place.is_adjective and bool(grammar().across["share_verb"].fullmatch(told))
        for at, roles in self._said:
            near = at < first <= at + ROLE_REACH + 1 and self._only_links(at, first)
            ahead = place.is_adjective and last < at <= last + ROLE_REACH
            if near or ahead:
                return roles
        before = [roles for at, roles in self._said if at < first] if is_told else []
        return before[-1] if before else ()

    def _only_links(self, at: int, first: int) -> bool:
        return all(word in grammar().closed | grammar().prepositions for word in self._heard.words[at + 1 : first])
