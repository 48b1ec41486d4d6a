"""Whether a question asks for a section about earlier projects to be written, and for which call. Knows no projects.

Told by closed-class words alone: a verb of writing, a noun for such a section, and behind it the call itself.
"""

import re

from corpus.folding import fold_keeping_length
from corpus.words import WORD

FEWEST_WORDS = 3
"""Of a call: with fewer there is nothing to compare projects with."""
_POLITE = (
    r"(?:(?:please|kindly|ok|okay|so|and|now|hello|hi|te rog|va rog|acum|salut|buna)[\s,]+)*"
    r"(?:(?:can|could|would|will) you(?: please)?\s+|help me(?: to)?\s+|"
    r"(?:i|we) (?:want|need|would like)(?: you)? to\s+|"
    r"(?:poti|puteti|ai putea|ati putea)(?: sa)?\s+|(?:vreau|vrem|as vrea|am vrea|dorim|doresc) sa\s+|"
    r"ajuta-(?:ma|ne) sa\s+)*"
)
_WRITES = (
    r"(?:write|draft|compose|prepare|produce|generate|create|make|redraft|"
    r"(?:scri|redact|compu|preg[a]t|intocm|gener|cre|fa)\w*)(?:-(?:mi|ne))?(?: (?:up|out|me|us))?"
)
_WHOSE = r"(?:\s+(?:a|an|the|our|my|us|me|short|brief|first|new|this|o|un|scurta|prima|noastra|noi))*"
_EXPERIENCE = (
    r"(?:(?:previous|past|prior|earlier|relevant|organi[sz]ational)[\s-]+)*(?:project\s+)?"
    r"(?:experience|track[\s-]record|track[\s-]records)(?:[\s-]+(?:section|part|chapter|paragraphs?|statement|text))?"
)
_SECTION_ON = (
    r"(?:(?:draft|section|part|chapter|paragraphs?|text)\s+){1,2}(?:on|about|of|for)\s+(?:(?:our|the|its)\s+)*"
    + _EXPERIENCE
)
_EXPERIENTA = (
    r"(?:(?:sectiunea|sectiune|partea|capitolul|capitol|paragraful|textul|schita|schita sectiunii)\s+)*"
    r"(?:(?:de|despre|cu|privind|pentru|noastra|noastre|a|al)\s+)*"
    r"(?:experient(?:a|ei)|portofoliul(?:ui)?)(?:\s+(?:anterioara|anterioare|noastra|noastre|relevanta|relevante|precedenta))*"
)
_ASKS = re.compile(
    rf"^\W*{_POLITE}{_WRITES}{_WHOSE}\s+(?:{_SECTION_ON}|{_EXPERIENCE}|{_EXPERIENTA})(?!\w)(?P<call>.*)$", re.DOTALL
)
_LEADS = re.compile(
    r"^[\s,.:;–-]*(?:section\s+)?(?:(?:of|in)\s+(?:our|the|a|this)\s+(?:proposal|application|bid)\s*)?"
    r"(?:(?:for|to|in response to|under|based on|from|with|about|"
    r"pentru|la|ca raspuns la|in cadrul|pe baza)(?:\s+|\s*:))?"
    r"(?:(?:(?:this|the|that|our|my|following|next|acest|acestui|aceasta|urmatorul|urmatoarea|a)\s+)*"
    r"(?:calls?(?:\s+for\s+proposals)?|idea|proposal|application|tender|apel(?:ul)?(?:ui)?(?:\s+de\s+proiecte)?|idee(?:a)?|propunere(?:a)?)"
    r"(?:\s+(?:below|de mai jos|urmator))?\s*(?:$|[:–,.-]+|\n|(?=[\"“„«(])))?[\s:;,–-]*"
)  # fmt: skip


def asks_for_draft(question: str) -> str | None:
    """The call for which a question wants a section about earlier projects written; None where it wants none.

    A question that gives no call is none: there is nothing that projects could be like.
    """
    folded = fold_keeping_length(question)
    asked = _ASKS.match(folded)
    if asked is None:
        return None
    start = asked.start("call")
    lead = _LEADS.match(folded[start:])
    call = question[start + (lead.end() if lead else 0) :].strip()
    return call if len(WORD.findall(call)) >= FEWEST_WORDS else None
