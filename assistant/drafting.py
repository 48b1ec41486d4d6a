"""The draft of a plan: what a question's words are, once its names, fields and labels are found."""

from collections.abc import Sequence

from assistant.asking import counted_in_words, end_asked, left_over, narrowing_in, quoted_in, without_labels
from assistant.events_asked import own_in
from assistant.grammar import Asked, grammar
from assistant.heard import Heard
from assistant.labels import LabelMention
from assistant.linking import Link
from assistant.names import PROJECT
from assistant.operations import operation_of
from assistant.plan import HIGHEST, LOWEST, SHARE, Plan
from assistant.records import one_each
from assistant.shares import asks_share
from assistant.vocabulary import Vocabulary
from corpus.words import fold, stem, words

MOST_SUBJECTS = 12
"""Names of one question that are looked at."""


def drafted(
    question: str,
    heard: Heard,
    links: Sequence[Link],
    fields: tuple[Asked, ...],
    labels: Sequence[LabelMention],
    vocabulary: Vocabulary,
) -> Plan:
    """The plan of a question without its intent and conditions; its names are taken out of what is `heard`."""
    known, unnamed = grammar(), heard.blanked()
    telling = (at for at in sorted(heard.free) if not heard.is_closed(at, known.closed))
    content = tuple(dict.fromkeys(heard.words[at] for at in telling))
    titles = {stem(word, heard.language) for link in links for word in words(link.called.name)}
    found = [vocabulary.records.subject(link.called) for link in links[:MOST_SUBJECTS]]
    titles |= {stem(word, heard.language) for subject in found for word in words(subject.title)}
    titles |= {stem(heard.words[at], heard.language) for at in vocabulary.own_name(heard)}
    own = {heard.words[at] for one in labels for at in one.positions}
    leftover = tuple(
        word
        for word in left_over(content, fields, unnamed)
        if word not in own and stem(word, heard.language) not in titles
    )
    narrowing, heads = narrowing_in(leftover, fields, unnamed)
    meant = [link for link in links if link.called.kind == PROJECT] or list(links)
    meant.sort(key=lambda link: min(link.positions))
    records = vocabulary.records
    subjects = [records.subject(link.called) for link in meant[:MOST_SUBJECTS]]
    subjects = one_each([*subjects, *(page for subject in subjects for page in records.pages_of(subject))])
    folded = fold(heard.question)
    return Plan(
        question=question,
        language=heard.language,
        intent="",
        subjects=tuple(subjects),
        fields=fields,
        labels=tuple(dict.fromkeys(one.label for mention in labels for one in mention.labels)),
        end=end_asked(heard, labels),
        operation=_operation(heard, labels, vocabulary),
        words=content,
        leftover=leftover,
        narrowing=narrowing,
        heads=heads,
        own=own_in(leftover, unnamed, heard.language),
        quoted=quoted_in(heard.question) & set(content),
        wants_town=bool(known.across["towns"].search(unnamed)),
        names=frozenset(heard.words[at] for at in heard.free if heard.is_name(at)) & set(content)
        | quoted_in(heard.question),
        wants_number=bool(known.how_many.search(folded)),
        counted=counted_in_words(unnamed, content),
        wants_date=bool(known.when.search(folded)),
        wants_name=bool(known.who.search(folded)),
        wants_code=bool(known.code.search(unnamed)) and not known.counted.search(unnamed),
    )


def _operation(heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary) -> str:
    """What is done with records, where the question says so."""
    if asks_share(heard.blanked()):
        return SHARE
    return operation_of(without_labels(heard, labels)) or _dated_operation(heard, labels, vocabulary)


def _dated_operation(heard: Heard, labels: Sequence[LabelMention], vocabulary: Vocabulary) -> str:
    """The extreme that is asked for with the label of a date in it: "which was approved first"."""
    operation = operation_of(heard.blanked()) if dates_only(labels, vocabulary) else ""
    return operation if operation in (HIGHEST, LOWEST) else ""


def dates_only(labels: Sequence[LabelMention], vocabulary: Vocabulary) -> bool:
    """Whether labels are named, and each gives dates."""
    own = [label for mention in labels for label in mention.labels]
    return bool(own) and all(one.name == "period" or vocabulary.records.is_dated(one.label) for one in own)
