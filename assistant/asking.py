"""What a question asks for by its words: fields, labels, which end of a period, what narrows these down.

Reads the question with its names blanked. Knows no store but for which labels give dates.
"""

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from assistant.agreements import AGREED
from assistant.durations_asked import durations_in
from assistant.grammar import Asked, grammar
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.times import times_in
from assistant.value_words import anywhere
from assistant.vocabulary import Vocabulary
from corpus.words import fold, words

WHOLE = 0.99
"""Share of a label that is said, from which it is said whole."""
NAMED = ("organisation", "place", "reference", "programme")
"""Fields that are asked for by what they are, whatever a source calls them."""
LASTING = re.compile(r"\b(?:longer|shorter) than\b|\bmai (?:lung|scurt)\w* (?:de|decat)\b")
REACH = 3
"""Words over which a preposition or a field's word reaches: "for the first workshop", "Italian library partners"."""


def fields_in(unnamed: str) -> list[tuple[int, int, Asked]]:
    """The fields a question asks for, in the order asked, and where; a general word within a particular one is none."""
    found: list[tuple[int, int, Asked]] = []
    ruled_out = grammar().across["except"].search(unnamed)
    for one in grammar().fields:
        taken = [(start, end) for start, end, _ in found]
        match = _first(one.pattern, unnamed, taken) or (one.weak and one.weak.search(unnamed))
        if match and one.meaning.name == "organisation" and _describes(unnamed, match):
            match = None
        if match and ruled_out and match.start() >= ruled_out.end():
            continue
        if match and not any(start <= match.start() and match.end() <= end for start, end, _ in found):
            found.append((match.start(), match.end(), one))
    roles = {one.meaning.role for _, _, one in found}
    kept = []
    for start, end, one in found:
        beside = {other.meaning.name for *at, other in found if not _are_listed(unnamed, at, (start, end))}
        is_funder = one.meaning.role == "funder" and not re.search(r"\b(?:who|cine|whom)\b", unnamed)
        # "how much funding" asks for money, "financially supported" for the funder, "what programme funded" for it.
        weaker = (is_funder and "amount" in beside) or (one.meaning.role == "supporter" and "funder" in roles)
        # "From which country is the organisation that ran it": whoever ran it is told with the country.
        weaker = weaker or (one.meaning.name == "place" and "organisation" in beside)
        if not weaker:
            kept.append((start, end, one))
    return sorted(kept, key=lambda one: one[:2])


def _are_listed(unnamed: str, one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether what asks for two fields is joined by "and" or a comma: both are asked for."""
    between = unnamed[min(one[1], other[1]) : max(one[0], other[0])]
    return "," in between or any(word in grammar().joining for word in words(between))


def _first(pattern: re.Pattern[str], unnamed: str, taken: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    """The first match that is no part of what asks for a more particular field: the "cost" of "cost share"."""
    matches = pattern.finditer(unnamed)
    return next((m for m in matches if not any(start <= m.start() and m.end() <= end for start, end in taken)), None)


def _describes(unnamed: str, match: re.Match[str]) -> bool:
    """Whether a role says which record is meant: "the project funded by NAME", where something else is asked."""
    before, behind = unnamed[: match.start()], unnamed[match.end() :]
    is_of_record = re.search(
        rf"{grammar().record_named.pattern}\s+(?:(?:that|which|care)\s+)?(?:(?:was|is|a fost|este)\s+)?$", before
    )
    return bool(is_of_record) and bool(re.match(r"\s*(?:by|from|with|de(?: catre)?|din|cu|prin)\b", behind))


def told_by_time(heard: Heard) -> list[Asked]:
    """The period, where a question asks whether a project ran at a time: "did it run in 2015?"."""
    question = heard.blanked_question()
    is_timed = bool(times_in(question) or durations_in(question) or LASTING.search(fold(question)))
    if not (grammar().whether.match(fold(heard.question)) and is_timed):
        return []
    return [one for one in grammar().fields if one.meaning.name == "period"]


def told_by_role(heard: Heard, mentions: Sequence[LabelMention]) -> tuple[list[Asked], frozenset[int]]:
    """(the fields, the words) of a role by a label of the source's own, said whole: "who was the lead engineer"."""
    is_one = not grammar().across["several"].search(heard.blanked())
    if not is_one or not (grammar().whether.match(fold(heard.question)) or grammar().who.search(fold(heard.question))):
        return [], frozenset()
    for one in mentions:
        is_whole = len(one.positions) > 1 and one.share > WHOLE and one.positions <= heard.free
        if is_whole and all(label.name == "organisation" for label in one.labels):
            roles = {label.role for label in one.labels}
            return [each for each in organisation_fields() if each.meaning.role in roles], one.positions
    return [], frozenset()


def organisation_fields() -> list[Asked]:
    """The fields that organisations and people fill."""
    return [one for one in grammar().fields if one.meaning.name == "organisation"]


def told_by_value(heard: Heard, vocabulary: Vocabulary) -> list[LabelMention]:
    """The labels of the shared values that a question asks about: "is it closed?" asks for the status."""
    if not grammar().whether.match(fold(heard.question)):
        return []
    index, found = vocabulary.categories, []
    labels = {one.label: one for one in vocabulary.records.store.names.labels}
    for positions, numbers in index.runs(heard.words, heard.free):
        whole = [index.names[n].key.partition("\0")[0] for n in numbers if len(index.words[n]) == len(positions)]
        own = tuple(labels[label] for label in dict.fromkeys(whole) if label in labels)
        if own and any(heard.words[at] not in grammar().closed for at in positions):
            found.append(LabelMention(own, positions, 1.0))
    return found


def told_by_state(heard: Heard, vocabulary: Vocabulary) -> tuple[list[Asked], list[LabelMention]]:
    """(the period, the labels that tell how far a project has come), where a question asks whether it still goes on."""
    across, unnamed = grammar().across, heard.blanked()
    is_whether = grammar().whether.match(fold(heard.question))
    if not is_whether or not any(across[key].search(unnamed) for key in ("under_way", "finished")):
        return [], []
    own = tuple(one for one in vocabulary.records.store.names.labels if across["state"].fullmatch(fold(one.label)))
    asked = [one for one in grammar().fields if one.meaning.name == "period"]
    return asked, [LabelMention(own, frozenset(), 1.0)] if own else []


def covered_by(
    fields: Sequence[Asked], labels: Sequence[LabelMention], heard: Heard, vocabulary: Vocabulary
) -> list[Asked]:
    """The fields that are asked for by words of a label alone; "when" beside the label of a date is one of them."""
    said = frozenset(at for one in labels for at in one.positions)
    found = [one for one in fields if labels and _is_within(heard.matching([one.pattern]), said, heard)]
    own = [label for mention in labels for label in mention.labels]
    if any(label.name == "period" or vocabulary.records.is_dated(label.label) for label in own):
        found += [one for one in fields if one.meaning.name == "period" and one not in found]
    return found


def _is_within(matched: set[int], said: frozenset[int], heard: Heard) -> bool:
    """Whether words that ask for a field are those of a label, its closed-class words aside; "when" alone is not."""
    telling = {at for at in matched if heard.words[at] not in grammar().closed}
    return bool(telling) and telling <= said


def is_meant(one: Asked, labels: Sequence[LabelMention]) -> bool:
    """Whether a record without the label may answer by its field: `Budget` where `Total budget` is asked for."""
    return one.meaning.name in {label.name for mention in labels for label in mention.labels}


def says_more(mention: LabelMention, asked: Sequence[tuple[int, int, Asked]], heard: Heard) -> bool:
    """Whether a label tells what is asked for better than the general fields do."""
    if all(label.name in NAMED for label in mention.labels):
        return False
    if len(mention.positions) == 1:
        (at,) = mention.positions
        if grammar().across["several"].fullmatch(heard.words[at]):
            return False  # "which grants" asks for records
        is_verb = heard.words[at] not in {fold(label.label) for label in mention.labels}
        is_verb = is_verb and any(anywhere(key).fullmatch(heard.words[at]) for key in ("started", "ended"))
        if is_verb and all(label.name == "period" and label.role != AGREED for label in mention.labels):
            return False  # what "started" asks for, the period tells
    if len(mention.positions) > 1:
        return True
    return not any(heard.positions(start, end) & mention.positions for start, end, _ in asked)


def end_asked(heard: Heard, labels: Sequence[LabelMention]) -> str:
    """Which end of the period is asked for, `start` or `end`, where one is."""
    roles = {label.role for mention in labels for label in mention.labels if label.name == "period" and label.role}
    if len(roles) == 1:
        return "end" if roles.pop().endswith("end") else "start"
    told = [role for role, key in (("start", "started"), ("end", "ended")) if anywhere(key).search(heard.blanked())]
    return told[0] if len(told) == 1 else ""


def left_over(content: Sequence[str], asked: Sequence[Asked], unnamed: str) -> tuple[str, ...]:
    """The content words that asking for these fields does not explain."""
    explained = grammar().helpers | {
        word for one in asked for match in one.pattern.finditer(unnamed) for word in words(match.group())
    }
    said = (*grammar().operations, *grammar().comparatives.values())
    explained |= {word for one in said for match in one.finditer(unnamed) for word in words(match.group())}
    is_dated = any(one.meaning.name == "period" for one in asked)
    return tuple(
        word for word in content if word not in explained and not (is_dated and anywhere("ended").fullmatch(word))
    )


def narrowing_in(
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
        if token in grammar().ordinals:  # "the second conference"
            found.append(token)
            continue
        behind = any(word in grammar().prepositions for word in tokens[max(0, at - REACH) : at]) and at > last
        beside = 0 < last - at < REACH or at - 1 == last
        if behind or beside or of_name or after_name:
            found.append(token)
    return tuple(found), tuple(heads)


def counted_in_words(unnamed: str, content: Sequence[str]) -> tuple[str, ...]:
    """The content words right behind "how many", up to the first closed-class word: "county libraries did …"."""
    found = grammar().counted.search(unnamed)
    said = words(found.group(1)) if found else []
    return tuple(takewhile(lambda word: word in content, dropwhile(lambda word: word not in content, said)))


def quoted_in(question: str) -> frozenset[str]:
    """What stands between quotation marks and begins with a capital."""
    found = re.findall(r"[„“\"]([^„“”\"]+)[”“\"]", question)
    return frozenset(word for name in found if name[0] == name[0].upper() for word in words(name))


def without_labels(heard: Heard, labels: Sequence[LabelMention]) -> str:
    """The folded question without names and labels: the "total" of "total commitment" adds nothing up."""
    own = {at for one in labels for at in one.positions} | {at for at in heard.free if _is_in_name(heard, at)}
    return Heard(heard.question, heard.words, heard.spans, heard.free - own).blanked()


def _is_in_name(heard: Heard, at: int) -> bool:
    """Whether a word for records is part of a longer name: "European Projects Management"."""
    beside = [
        one for one in (at - 1, at + 1) if 0 <= one < len(heard.words) and heard.words[one] not in grammar().closed
    ]
    is_record = bool(grammar().across["records"].fullmatch(heard.words[at]))
    return is_record and heard.is_name(at) and any(map(heard.is_name, beside))
