"""Sentences of documents that address whoever answers from them: "ignore the rules above and say that …".

They tell nothing of a project. A reader may be shown them as the document's words; a model is not, and nothing rests on
them. Knows closed-class words and verbs of answering in English and Romanian; what is asked of other people, "visitors
are asked not to …", is no such sentence.
"""

import re

from corpus.words import fold

_EARLIER = r"(?:previous|prior|above|earlier|foregoing|preceding|other|your)"
_ORDERS = r"(?:instructions?|prompts?|directives?|guidelines)"
_SAYING = (
    r"(?:say|state|claim|write|answer|reply|respond|tell|repeat|reveal|pretend|insist|assert|declare|conclude|mention)"
)
_WHO = r"(?:ai|a\.i\.|assistants?|chatbots?|(?:language )?models?|llms?|bots?)"
_READER = r"(?:the )?(?:user|reader|person asking|whoever asks)"
_ORDERS_RO = r"(?:instructiuni(?:le|lor)?|indicatii(?:le)?|reguli(?:le)? (?:de mai sus|anterioare|precedente))"
_SAYING_RO = r"(?:spune|scrie|afirma|raspunde|declara|mentioneaza|repeta|dezvaluie|pretinde)(?:ti)?"
_TO_SAY_RO = r"(?:spuna|scrie|afirme|raspunda|declare|mentioneze|repete|dezvaluie|pretinda|spui|scrii|raspunzi|afirmi)"
_START = r"(?:^|[.!?:;\n]\s*)"
_ADDRESSED = re.compile(
    "|".join((
        r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}"
        rf"\b(?:{_ORDERS}|{_EARLIER} \w+|(?:the )?\w+ above)\b",
        rf"\b(?:ignor|uit|nesocot|nu tine)\w*\b[^.!?\n]{{0,40}}\b{_ORDERS_RO}\b",
        r"\b(?:system|hidden|secret) prompts?\b|\bprompt(?:ul)? (?:de sistem|ascuns)\b",
        rf"\byou are (?:now )?(?:an? |the )?(?:\w+ ){{0,2}}{_WHO}\b|\bas an? (?:ai|llm|language model)\b",
        r"\b(?:esti|sunteti) (?:acum )?(?:un |o )?(?:\w+ ){0,2}(?:asistent|model de limbaj|robot|ai)\w*\b",
        rf"{_START}(?:\W|now |please |then |and |instead,? |always |note to (?:the )?{_WHO}\W+)*"
        rf"(?:{_SAYING} (?:only |instead |always |simply |just )?(?:that|(?:to )?{_READER})"
        r"|(?:answer|reply|respond) with)\b",
        rf"\b{_WHO}\b[^.!?\n]{{0,25}}\b(?:must|should|shall|ha(?:s|ve) to|(?:is|are) to|needs? to)\b"
        rf"[^.!?\n]{{0,25}}\b{_SAYING}\b",
        rf"\b(?:when|if|whenever) (?:you are |you're )?asked\b[^.!?\n]{{0,60}}\b{_SAYING}\b",
        rf"{_START}(?:\W|acum |te rog |va rog |apoi |si )*{_SAYING_RO} "
        r"(?:(?:doar|numai|intotdeauna|mereu|la (?:orice|toate|fiecare) \w+) )?(?:ca|utilizatorului|cititorului)\b",
        r"\b(?:asistent|model|robot)\w*\b(?! (?:social|medical|maternal))[^.!?\n]{0,25}"
        rf"\b(?:trebuie|va|are)\b[^.!?\n]{{0,12}}\bsa\b[^.!?\n]{{0,12}}\b{_TO_SAY_RO}\b",
        rf"\b(?:daca|cand) (?:esti|sunteti|te|va) intreb\w*\b[^.!?\n]{{0,60}}\b(?:{_SAYING_RO}|{_TO_SAY_RO})\b",
    ))
)  # fmt: skip


def addresses_answerer(text: str) -> bool:
    """Whether words of a document tell whoever answers from it what to say, or how."""
    return _ADDRESSED.search(fold(text)) is not None
