"""Which answers a language model writes, and what of the documents' text it is given for that.

A list, a table or a sum over many records stays as it was made: nothing that a model says would make it more complete.
"""

from collections.abc import Sequence

from assistant.answer import ANSWERED, CLARIFY, Answer
from assistant.assistant import LookedUp
from assistant.crosslingual import share_held
from assistant.evidence import ENOUGH, ENOUGH_OF_SUBJECT, Rarity, Sentence, stems
from assistant.plan import ABILITIES, DESCRIPTION, FIELD, GREETED, PASSAGE, PRECEDENT, TASK, Plan
from assistant.prose import Prose
from corpus.words import stem, words

MOST_STATEMENTS, MOST_CITED = 6, 24
"""Statements that were looked up, and what they cite, up to which they are written as prose."""
MOST_SENTENCES = 12
"""Sentences of the documents that a model is given beside what was looked up."""
NEARLY = 1.5
"""Log odds by which a sentence may fall short of being quoted by itself, and is still given to a model to judge."""
LEAST_HELD = 0.4
"""Share of a question's telling words, by rarity, that such a sentence has to hold, in whatever form; else it is beside
the point, however true."""
OF_TEXT = (PASSAGE, DESCRIPTION, FIELD)
ROW = "|"


def is_writable(found: LookedUp, plain: Answer) -> bool:
    """Whether a model is asked to write what was found, or to look whether the sentences found answer after all."""
    plan = found.plan
    if plain.status == CLARIFY or plan.intent in (GREETED, ABILITIES, TASK, PRECEDENT):
        return False
    if plain.status == ANSWERED:
        stated = [one for one in plain.statements if not one.is_remark]
        is_short = len(stated) <= MOST_STATEMENTS and len(plain.citations) <= MOST_CITED
        return is_short and not any(one.text.startswith(ROW) for one in plain.statements)
    is_unclear = plan.unknown or plan.unread or plan.unmended or (plan.intent == FIELD and not plan.subjects)
    return plan.intent in OF_TEXT and not is_unclear


def sentences_for(found: LookedUp, plain: Answer, prose: Prose, rarity: Rarity) -> Sequence[Sentence]:
    """The sentences of the documents that a model is given, best first.

    Where nothing was quoted, only those that hold what an answer has to hold, and nearly enough speaks for.
    """
    plan = found.plan
    if not _reads(plan, plain):
        return []
    ranked = prose.ranked(plan)
    if plain.status != ANSWERED:
        enough = ENOUGH_OF_SUBJECT if plan.subjects else ENOUGH
        ranked = [one for one in ranked if one.fits and one.evidence >= enough - NEARLY]
        ranked = [one for one in ranked if _is_on_topic(one, plan, rarity)]
    return ranked[:MOST_SENTENCES]


def _is_on_topic(sentence: Sentence, plan: Plan, rarity: Rarity) -> bool:
    """Whether a sentence has what the question asks about, beside the name of what it is about."""
    language = sentence.document.language
    named = {stem(word, plan.language) for one in plan.subjects for word in words(one.title)}
    telling = [word for word in plan.words if stem(word, plan.language) not in named]
    held = stems(sentence.text, language)
    return share_held(telling, held, language, plan.language, rarity) >= LEAST_HELD


def _reads(plan: Plan, plain: Answer) -> bool:
    """Whether the text has a part in the answer: not where fields alone were asked for, and told."""
    is_told = plan.intent == FIELD and plain.status == ANSWERED and not plan.leftover
    return plan.intent in OF_TEXT and not is_told
