"""Words of a question in texts of either language: the same in another form, of one family, or a translation."""

from collections.abc import Iterable, Sequence

from assistant.evidence import Rarity
from assistant.translation import translations, translations_of
from corpus.words import stem

SHORTEST_ROOT, ROOT_SHARE = 4, 0.55
"""Letters, and share of the longer word, that two words of one family begin with."""

MOST_TRANSLATIONS = 3
"""Of each word; the later ones are less likely."""


def translated(words: Iterable[str], language: str) -> str:
    """What words, content words of a question in `language`, may be in the other language, in a row; may be empty."""
    return " ".join(other for word in words for other in translations_of(word, language)[:MOST_TRANSLATIONS])


def forms_of(word: str, language: str) -> tuple[str, ...]:
    """Other forms of a word that its stem does not reach, by way of the other language: `copii` and `copiii`."""
    other = "ro" if language == "en" else "en"
    back = (form for one in translations_of(word, language)[:MOST_TRANSLATIONS] for form in translations_of(one, other))
    own = plurals(word) if language == "ro" else ()
    return tuple(dict.fromkeys(form for form in (*own, *back) if form != word and are_akin(word, form)))


def plurals(word: str) -> tuple[str, ...]:
    """`copii` and `copiii`: Romanian plurals without and with the article, which their stems keep apart."""
    if word.endswith("iii"):
        return (word[:-1],)
    return (f"{word}i",) if word.endswith("ii") else ()


def share_held(wanted: Sequence[str], held: set[str], language: str, asked_in: str, rarity: Rarity) -> float:
    """Share of words, by rarity, that a text in `language` holds, given by the stems of its words; 0 to 1."""
    if not wanted:
        return 1.0
    total = sum(map(rarity.weight, wanted))
    found = sum(rarity.weight(word) for word in wanted if is_held(word, held, language, asked_in))
    return found / total if total else 0.0


def is_held(word: str, held: set[str], language: str, asked_in: str) -> bool:
    """Whether a text holds a word of a question in `asked_in`, in one form or another, or what translates it."""
    if stem(word, language) in held or any(are_akin(word, other) for other in held):
        return True
    if language == asked_in or asked_in not in ("en", "ro"):
        return False
    return any(other in held for other in translations(stem(word, asked_in), asked_in))


def are_akin(one: str, other: str) -> bool:
    """Whether two words begin alike far enough to be of one family: `italian`, `italy`; `librarian`, `library`."""
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= SHORTEST_ROOT and shared >= ROOT_SHARE * max(len(one), len(other))
