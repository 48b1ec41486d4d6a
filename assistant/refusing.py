"""What is said where nothing answers: what was looked for, what is there instead, and the nearest projects."""

from collections.abc import Sequence
from functools import cached_property

from assistant.across import where_of
from assistant.answer import REFUSED, Statement
from assistant.grammar import Asked, grammar
from assistant.linking import Subject, nearest_titles
from assistant.phrases import listing, say
from assistant.plan import Plan
from assistant.records import Records
from assistant.said import Said
from corpus.words import words

MOST_TITLES = 4
"""Titles of a question's subjects that are told."""
MOST_WORDS, LONGEST_ECHO = 12, 80
"""Words, and characters, of a question that a refusal repeats."""


class Refusals:
    """Refusals over the projects of one store."""

    def __init__(self, records: Records) -> None:
        self.records = records

    def none_of(self, plan: Plan, total: int) -> Said:
        """That no record fulfils the conditions."""
        refusal = Said()
        text = say(plan.language, "none_of", total=str(total), where=where_of(plan))
        refusal.say(text, is_remark=True, derived=[refusal.vouch(total)])
        return refusal

    def nothing(self, plan: Plan) -> tuple[Plan, str, Said]:
        """That nothing answers, with what was looked for."""
        sought = ", ".join(plan.words[:MOST_WORDS]) or plan.question[:LONGEST_ECHO]
        if plan.subjects:
            title = listing(titles_of(plan.subjects))
            return plan, REFUSED, self.refusal(plan, "nothing_about", title=title, words=sought)
        return plan, REFUSED, self.refusal(plan, "nothing", words=sought)

    def refusal(self, plan: Plan, key: str, **values: str) -> Said:
        """A phrase, with the projects whose names are nearest where none or nothing was found."""
        said = self.remark(plan, key, **values)
        near = nearest_titles(self._titles, _telling(plan.question)) if key in ("no_such", "nothing") else []
        if near:
            said.say(say(plan.language, "nearest", titles=listing(near)))
        return said

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Titles with the words of each that tell it from others."""
        return {title: told for title in self.records.titles if (told := _telling(title))}

    def remark(self, plan: Plan, key: str, **values: str) -> Said:
        """A phrase alone."""
        return Said([Statement(say(plan.language, key, **values))])

    def examples(self) -> str:
        """A few titles, to ask about."""
        return listing(list(dict.fromkeys(self.records.titles))[:3])


def titles_of(subjects: Sequence[Subject]) -> list[str]:
    """Their titles, each once: a project may stand in two files."""
    return list(dict.fromkeys(subject.title for subject in subjects))[:MOST_TITLES]


def not_stated(plan: Plan, said: Said, missing: Sequence[tuple[Subject, Asked | str]]) -> None:
    """A remark for each subject that lacks a field asked for."""
    lacking: dict[str, list[str]] = {}
    for subject, one in missing:
        lacking.setdefault(subject.title, []).append(one if isinstance(one, str) else one.names[plan.language].lower())
    for title, names in lacking.items():
        told = ", ".join(dict.fromkeys(names))
        said.say(say(plan.language, "not_stated", title=title, names=told), is_remark=True)


def _telling(text: str) -> str:
    return " ".join(word for word in words(text) if word not in grammar().closed)
