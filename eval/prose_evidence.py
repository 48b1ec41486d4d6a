"""How much speaks for what prose answers, over a set of questions: what a threshold of evidence would show or refuse.

Asks a real assistant and listens to its prose; what is answered from fields, lists and sums needs no threshold and
is left out. Knows nothing of scores.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from assistant.assistant import Assistant
from assistant.evidence import ENOUGH, ENOUGH_OF_SUBJECT
from assistant.plan import Plan
from assistant.prose import Prose
from assistant.said import Said
from assistant.second_look import readings
from eval.errors import EvaluationError
from eval.qa import Pair
from eval.reading import Report, report_of
from eval.refusal_curve import Asked
from index.settings import NO_READER
from index.store import Store


class Listening(Prose):
    """Prose that keeps how much spoke for what it was asked last: evidence above the threshold in use, so 0 is there.

    -inf where no sentence holds what the answer has to hold; NaN where prose was not asked.
    """

    def __init__(self, assistant: Assistant, *, reader: bool) -> None:
        named = assistant.store.settings.reader if reader else NO_READER
        super().__init__(assistant.records, assistant.rarity, readings(named))
        self.heard = math.nan

    def read(self, plan: Plan) -> Said | None:
        """As `Prose.read`, and keep the most that was heard since `heard` was last set."""
        enough = ENOUGH_OF_SUBJECT if plan.subjects else ENOUGH
        ranked = self._own_first([sentence for sentence in self.ranked(plan) if sentence.fits], plan, enough)
        evidence = ranked[0].evidence - enough if ranked else -math.inf
        self.heard = evidence if math.isnan(self.heard) else max(self.heard, evidence)
        return super().read(plan)


def margins(
    store: Store, pairs: Sequence[Pair], *, reader: bool, advance: Callable[[], object] = lambda: None
) -> dict[str, Asked]:
    """What was heard of each pair that prose was asked about, by id, in order."""
    assistant = Assistant(store, reader=reader)
    assistant.prose = listening = Listening(assistant, reader=reader)
    found = {}
    for pair in pairs:
        listening.heard = math.nan
        assistant.ask(pair.question, pair.history)
        if not math.isnan(listening.heard):
            found[pair.id] = Asked(pair.answerable, listening.heard)
        advance()
    return found


def read_pairs_of(
    name: str, store: Store, pairs: Sequence[Pair], ways: Sequence[bool], advance: Callable[[], object] = lambda: None
) -> Report:
    """The report of the questions of a set that go to prose in each way; 0 is the threshold in use.

    Raises:
        EvaluationError: prose is asked about none of them.
    """
    heard: Mapping[bool, Mapping[str, Asked]] = {
        way: margins(store, pairs, reader=way, advance=advance) for way in ways
    }
    shared = [pair.id for pair in pairs if all(pair.id in found for found in heard.values())]
    if not shared:
        raise EvaluationError(f"{name}: no question of it is answered from prose; give a set that has some")
    return report_of(name, {way: [found[one] for one in shared] for way, found in heard.items()}, 0.0)
