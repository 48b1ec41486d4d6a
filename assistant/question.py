"""A question, with the ones before it, understood as a Plan by the grammar; no model takes part.

Knows the closed-class words and the catalogue's names; does not look anything up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.grammar import LANGUAGES, Asked, grammar
from assistant.linking import Linker, Subject
from corpus.words import fold, stem, words

FIELD, PASSAGE, DESCRIPTION, ACROSS_PROJECTS, GREETED = "field", "passage", "description", "across", "greeting"
REACH = 3
"""Words over which a preposition or a field's word reaches: "for the first workshop", "Italian library partners"."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A question as understood. `words` are what is left to look for once names and closed-class words are gone."""

    question: str
    language: str
    intent: str
    subjects: tuple[Subject, ...] = ()
    fields: tuple[Asked, ...] = ()
    labels: tuple[str, ...] = ()
    """Labels of the source's own that the question names."""
    words: tuple[str, ...] = ()
    leftover: tuple[str, ...] = ()
    """Those of `words` that asking for a field does not explain."""
    narrowing: tuple[str, ...] = ()
    """Those of `leftover` that narrow the field down: "budget for catering", "Italian partners"."""
    heads: tuple[str, ...] = ()
    """Those of `narrowing` that are asked about in place of the subject: "what did a telescope in NAME cost"."""
    names: frozenset[str] = frozenset()
    """Those of `words` that are written like a name or a number."""
    wants_number: bool = False
    counted: tuple[str, ...] = ()
    """The content words right behind "how many": one of them names what is counted."""
    wants_date: bool = False
    wants_name: bool = False
    wants_code: bool = False
    inherited: bool = False
    """Whether the subjects come from an earlier question."""

    @property
    def standalone(self) -> str:
        """The question with the name of what it is about, where that was said earlier."""
        return f"{self.question} ({'; '.join(s.title for s in self.subjects)})" if self.inherited else self.question

    @property
    def in_words(self) -> str:
        """The plan for a person to read."""
        about = "; ".join(subject.title for subject in self.subjects)
        if self.intent == FIELD:
            names = [asked.names["en"].lower() for asked in self.fields] or [label.lower() for label in self.labels]
            return f"{', '.join(names)} of {about or 'a project that is not named'}"
        if self.intent == DESCRIPTION and about:
            return f"what {about} is"
        looked_for = ", ".join(self.words)
        return f"passages{f' of {about}' if about else ''}{f' about: {looked_for}' if looked_for else ''}"


def understand(question: str, history: Sequence[str], linker: Linker, labels: Sequence[str]) -> Plan:
    """The Plan of `question`; `history` are the questions before it, oldest first; `labels` the sources' own labels."""
    before: Plan | None = None
    for earlier in history:
        if earlier.strip():
            before = _follow(_alone(earlier, linker, labels), before)
    return _follow(_alone(question, linker, labels), before)


def detect_language(question_words: Sequence[str]) -> str:
    """The language with more closed-class words in the question; English where they tie."""
    known = grammar()
    scores = {
        language: sum(
            word in known.function_words[language]
            or word in known.helper_words[language]
            or word in known.generic_words[language]
            for word in question_words
        )
        for language in LANGUAGES
    }
    return max(LANGUAGES, key=lambda language: scores[language])


def _alone(question: str, linker: Linker, labels: Sequence[str]) -> Plan:
    asked_part = _asked_part(question)
    folded, said = fold(asked_part), words(asked_part)
    language = detect_language(words(question))
    links = linker.link(said)
    named = {at for link in links for at in link.positions}
    if not links:
        links = linker.link(words(question))
    unnamed = _without(asked_part, said, named)
    asked = _fields(unnamed)
    own = tuple(label for label in labels if re.search(rf"\b{re.escape(fold(label))}\b", unnamed)) if not asked else ()
    known = grammar()
    closed = known.closed
    content = tuple(dict.fromkeys(word for at, word in enumerate(said) if at not in named and word not in closed))
    titles = {stem(word, language) for link in links for word in words(" ".join(link.subject.names))}
    leftover = tuple(word for word in _leftover(content, asked, own, unnamed) if stem(word, language) not in titles)
    narrowing, heads = _narrowing(leftover, asked, unnamed)
    plan = Plan(
        question=question,
        language=language,
        intent=PASSAGE,
        subjects=tuple(link.subject for link in links),
        fields=asked,
        labels=own,
        words=content,
        leftover=leftover,
        narrowing=narrowing,
        heads=heads,
        names=_names(asked_part) & set(content),
        wants_number=bool(known.how_many.search(folded)),
        counted=_counted(unnamed, content),
        wants_date=bool(known.when.search(folded)),
        wants_name=bool(known.who.search(folded)),
        wants_code=bool(known.code.search(unnamed)) and not known.counted.search(unnamed),
    )
    return replace(plan, intent=_intent(plan, folded, unnamed))


def _asked_part(question: str) -> str:
    """The sentences that end in a question mark, if others stand beside them: "I write about schools. Who paid?"."""
    sentences = re.findall(r"[^.!?]+(?:[.!](?=\S)[^.!?]*)*[.!?]*", question)
    asking = [sentence for sentence in sentences if sentence.rstrip().endswith("?")]
    return "".join(asking) if asking else question


def _counted(unnamed: str, content: Sequence[str]) -> tuple[str, ...]:
    found = grammar().counted.search(unnamed)
    return tuple(word for word in words(found.group(1)) if word in content) if found else ()


def _names(question: str) -> frozenset[str]:
    """Words written with a capital inside the sentence, numbers, and what stands between quotation marks."""
    quoted = re.findall(r"[„“\"]([^„“”\"]+)[”“\"]", question)
    capital = re.findall(r"(?<=[^\s.?!] )[^\W\d_a-z][\w-]+|\d[\d.,]*", question)
    return frozenset(word for name in (*quoted, *capital) if name[0] == name[0].upper() for word in words(name))


def _leftover(content: Sequence[str], asked: Sequence[Asked], own: Sequence[str], unnamed: str) -> tuple[str, ...]:
    """The content words that asking for these fields or labels does not explain."""
    explained = grammar().helpers.union(*(words(label) for label in own))
    explained |= {word for one in asked for match in one.pattern.finditer(unnamed) for word in words(match.group())}
    return tuple(word for word in content if word not in explained)


def _narrowing(
    leftover: Sequence[str], asked: Sequence[Asked], unnamed: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(leftover words behind a preposition, beside what asks for the field or around the name; those before "of NAME").

    Others give the reason of asking ("I write about …") or are verbs ("Where is it based?").
    """
    tokens = re.findall(r"\w+", unnamed)
    field_words = {word for one in asked for match in one.pattern.finditer(unnamed) for word in words(match.group())}
    fields = [at for at, token in enumerate(tokens) if token in field_words]
    last = max(fields, default=0)
    found, heads = [], []
    for at, token in enumerate(tokens):
        if token not in leftover:
            continue
        ahead = tokens[at + 1 : at + REACH + 1]
        after_name = at > 0 and tokens[at - 1].startswith("_")
        of_name = any(
            word in grammar().prepositions and any(t.startswith("_") for t in ahead[i + 1 :])
            for i, word in enumerate(ahead)
        )
        if of_name and not after_name:
            heads.append(token)
        behind = any(word in grammar().prepositions for word in tokens[max(0, at - REACH) : at]) and at > last
        beside = 0 < last - at < REACH or at - 1 == last
        if behind or beside or of_name or after_name:
            found.append(token)
    return tuple(found), tuple(heads)


def _without(question: str, said: Sequence[str], named: set[int]) -> str:
    """The folded question with the names in it blanked, so that no word of a title is read as asking for a field."""
    text = fold(question)
    position = 0
    for at, word in enumerate(said):
        start = text.find(word, position)
        if start < 0:
            continue
        position = start + len(word)
        if at in named:
            text = text[:start] + "_" * len(word) + text[position:]
    return text


def _fields(unnamed: str) -> tuple[Asked, ...]:
    """The fields a question asks for, in the order asked; a general word within a particular one does not count."""
    found: list[tuple[int, int, Asked]] = []
    for one in grammar().fields:
        match = one.pattern.search(unnamed)
        if match and not any(start <= match.start() and match.end() <= end for start, end, _ in found):
            found.append((match.start(), match.end(), one))
    names = {one.meaning.name for _, _, one in found}
    roles = {one.meaning.role for _, _, one in found}
    kept = []
    for start, _, one in found:
        # "how much funding" asks for money, "financially supported" for the funder, "what programme funded" for it.
        weaker = (
            one.meaning.role == "funder" and "amount" in names and not re.search(r"\b(?:who|cine|by whom)\b", unnamed)
        ) or (one.meaning.role == "supporter" and "funder" in roles)
        if not weaker:
            kept.append((start, one))
    return tuple(one for _, one in sorted(kept, key=lambda pair: pair[0]))


def _intent(plan: Plan, folded: str, unnamed: str) -> str:
    if grammar().greeting.match(folded):
        return GREETED
    if grammar().across.search(unnamed) and not plan.subjects:
        return ACROSS_PROJECTS
    if plan.fields or plan.labels:
        return FIELD
    if plan.subjects and not plan.leftover:
        return DESCRIPTION
    return PASSAGE


def _follow(plan: Plan, before: Plan | None) -> Plan:
    """The plan with what it leaves unsaid taken from the one before."""
    if before is None or plan.intent in (GREETED, ACROSS_PROJECTS):
        return plan
    leans = bool(grammar().same_again.match(fold(plan.question)))
    if plan.subjects:
        if leans and plan.intent == DESCRIPTION and before.intent == FIELD:
            return replace(plan, intent=FIELD, fields=before.fields, labels=before.labels)
        return plan
    if not before.subjects:
        return plan
    pointing = set(words(plan.question)) & grammar().anaphora[plan.language]
    if leans or pointing or (plan.intent == FIELD and not plan.leftover):
        intent = DESCRIPTION if plan.intent == PASSAGE and not plan.leftover else plan.intent
        return replace(plan, subjects=before.subjects, intent=intent, inherited=True)
    return plan
